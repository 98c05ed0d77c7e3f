//! Distributional classes of words from raw text: words that stand between the same neighbours share a class.
//!
//! The exchange algorithm: every word in turn moves to the class where the classes predict each other best. All sums are
//! in whole numbers, so that the classes are the same on every machine.

use std::{collections::BTreeMap, fs, path::Path};

use haberdar_lang::{
    linear::hash_chars,
    tokenize::{Abbreviations, Gap, tokenize},
    word::normal_chars,
};
use haberdar_model::Language;

use crate::TrainError;

/// Words in their normal form, a run of text at a time.
pub type Runs = Vec<Vec<String>>;

/// Cuts a text into runs of words.
pub fn runs(text: &str, lang: Language, abbreviations: &Abbreviations, out: &mut Runs) {
    let mut normal = Vec::new();
    let mut run = Vec::new();
    for t in tokenize(text, lang, abbreviations) {
        if t.before >= Gap::Line && !run.is_empty() {
            out.push(std::mem::take(&mut run));
        }
        normal_chars(&text[t.start as usize..t.end as usize], lang, &mut normal);
        run.push(normal.iter().collect());
    }
    if !run.is_empty() {
        out.push(run);
    }
}

/// Reads the raw texts of a language as runs of words; see [`each_text`].
pub fn read(folder: &Path, lang: Language) -> Result<Runs, TrainError> {
    let abbreviations = Abbreviations::new(lang);
    let mut out = Runs::new();
    each_text(folder, lang, &mut |text| runs(text, lang, &abbreviations, &mut out))?;
    Ok(out)
}

/// Goes through the raw texts of a language: `*.LANG.txt`, and `*.LANG.jsonl` with a `text` a line.
pub fn each_text(folder: &Path, lang: Language, act: &mut dyn FnMut(&str)) -> Result<(), TrainError> {
    let fail = |p: &Path| {
        let p = p.to_owned();
        move |e| TrainError::Io(p, e)
    };
    let mut files: Vec<_> = fs::read_dir(folder).map_err(fail(folder))?.filter_map(|e| Some(e.ok()?.path())).collect();
    files.sort();
    for path in files {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
        if name.ends_with(&format!(".{lang}.txt")) {
            act(&fs::read_to_string(&path).map_err(fail(&path))?);
        } else if name.ends_with(&format!(".{lang}.jsonl")) {
            for line in fs::read_to_string(&path).map_err(fail(&path))?.lines() {
                let row: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
                act(row["text"].as_str().unwrap_or_default());
            }
        }
    }
    Ok(())
}

/// `x log2 x` in 1/65536, by squaring, without floating point.
fn entropy(x: u64) -> i64 {
    if x < 2 {
        return 0;
    }
    let whole = 63 - x.leading_zeros();
    // Mantissa in 1..2 with 31 bits behind the point.
    let mut m = ((x as u128) << 31 >> whole) as u64;
    let mut log = (whole as u64) << 16;
    for bit in (0..16).rev() {
        m = (m * m) >> 31;
        if m >= 2 << 31 {
            m >>= 1;
            log |= 1 << bit;
        }
    }
    (x * log) as i64
}

/// The class of each word that occurs at least `least` times, from 1.
fn exchange(runs: &Runs, least: usize, classes: usize, rounds: usize) -> BTreeMap<String, u32> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    runs.iter().flatten().for_each(|w| *counts.entry(w).or_default() += 1);
    let mut words: Vec<(&str, usize)> = counts.into_iter().filter(|(_, n)| *n >= least).collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let index: BTreeMap<&str, u32> = words.iter().enumerate().map(|(i, (w, _))| (*w, i as u32)).collect();
    // What is rare and the edge of a run are one word in the last class, which never moves.
    let (n, rare) = (words.len(), words.len() as u32);
    let mut pairs: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    for run in runs {
        let mut last = rare;
        for w in run.iter().map(|w| index.get(w.as_str()).copied().unwrap_or(rare)).chain([rare]) {
            *pairs.entry((last, w)).or_default() += 1;
            last = w;
        }
    }
    let mut right = vec![Vec::new(); n + 1];
    let mut left = vec![Vec::new(); n + 1];
    for (&(a, b), &c) in &pairs {
        right[a as usize].push((b, c));
        left[b as usize].push((a, c));
    }
    let k = classes + 1;
    let mut class: Vec<usize> = (0..n).map(|i| i % classes).chain([classes]).collect();
    let (mut joint, mut total) = (vec![0u64; k * k], vec![0u64; k]);
    for (&(a, b), &c) in &pairs {
        joint[class[a as usize] * k + class[b as usize]] += c as u64;
        total[class[a as usize]] += c as u64;
    }
    let table: Vec<i64> = (0..1 << 16).map(entropy).collect();
    let f = |x: u64| table.get(x as usize).copied().unwrap_or_else(|| entropy(x));
    for _ in 0..rounds {
        let mut moved = 0;
        for w in 0..n {
            let own = class[w];
            let count = words[w].1 as u64;
            let sums = |list: &[(u32, u32)]| {
                let mut m: BTreeMap<usize, u64> = BTreeMap::new();
                list.iter()
                    .filter(|(v, _)| *v as usize != w)
                    .for_each(|(v, c)| *m.entry(class[*v as usize]).or_default() += *c as u64);
                m.into_iter().collect::<Vec<_>>()
            };
            let (rs, ls) = (sums(&right[w]), sums(&left[w]));
            for &(g, c) in &rs {
                joint[own * k + g] -= c;
            }
            for &(g, c) in &ls {
                joint[g * k + own] -= c;
            }
            total[own] -= count;
            let gain = |b: usize| -> i64 {
                let r: i64 = rs.iter().map(|&(g, c)| f(joint[b * k + g] + c) - f(joint[b * k + g])).sum();
                let l: i64 = ls.iter().map(|&(g, c)| f(joint[g * k + b] + c) - f(joint[g * k + b])).sum();
                r + l - 2 * (f(total[b] + count) - f(total[b]))
            };
            let mut best = (gain(own), own);
            for b in (0..classes).filter(|b| *b != own) {
                let g = gain(b);
                if g > best.0 {
                    best = (g, b);
                }
            }
            let to = best.1;
            for &(g, c) in &rs {
                joint[to * k + g] += c;
            }
            for &(g, c) in &ls {
                joint[g * k + to] += c;
            }
            total[to] += count;
            moved += (to != own) as usize;
            class[w] = to;
        }
        if moved * 100 < n {
            break;
        }
    }
    words.iter().enumerate().map(|(i, (w, _))| ((*w).to_owned(), class[i] as u32 + 1)).collect()
}

/// Classes at two depths by the hash of the word's normal form, in order.
pub fn classes(runs: &Runs, least: usize, depths: [usize; 2], rounds: usize) -> Vec<(u32, [u32; 2])> {
    let coarse = exchange(runs, least, depths[0], rounds);
    let fine = exchange(runs, least, depths[1], rounds);
    let mut out: Vec<(u32, [u32; 2])> =
        fine.iter().map(|(w, c)| (hash_chars(w.chars()), [coarse.get(w).copied().unwrap_or(0), *c])).collect();
    out.sort_unstable();
    out.dedup_by_key(|e| e.0);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entropy_is_near_the_real_one() {
        for x in [1u64, 2, 3, 10, 1000, 123_456] {
            let real = (x as f64 * (x as f64).log2() * 65536.0) as i64;
            assert!((entropy(x) - real).abs() <= x as i64 * 2, "{x}");
        }
    }

    #[test]
    fn words_in_the_same_places_share_a_class() {
        let mut runs = Runs::new();
        for i in 0..200 {
            let animal = ["cat", "dog", "cow"][i % 3];
            let verb = ["sees", "hears"][i / 3 % 2];
            runs.push(["the", animal, verb, "a", ["tree", "house"][i / 7 % 2]].map(str::to_owned).to_vec());
        }
        let c = exchange(&runs, 2, 5, 10);
        assert_eq!(c["cat"], c["dog"]);
        assert_eq!(c["sees"], c["hears"]);
        assert_ne!(c["cat"], c["sees"]);
    }
}
