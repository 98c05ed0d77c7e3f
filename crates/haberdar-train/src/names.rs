//! Training of the tagger of names from BIO files: a word and its tag a line, an empty line between sentences.

use std::{collections::BTreeMap, fs, path::Path};

use haberdar_lang::{
    lexicon::Lexicon,
    linear::Rows,
    names::{self, NameWord, Names},
    tagger::argmax,
};

use crate::{
    TrainError,
    perceptron::{Perceptron, Random},
};

/// A sentence with the tag of each word.
pub type Tagged = Vec<(String, String)>;

/// Reads a BIO file. Tags without B (IO) are turned into BIO, and mentions that are no names (`a new prime minister`)
/// are left out: a name has a capital.
pub fn read(path: &Path) -> Result<Vec<Tagged>, TrainError> {
    let content = fs::read_to_string(path).map_err(|e| TrainError::Io(path.to_owned(), e))?;
    let mut out = Vec::new();
    let mut s: Tagged = Vec::new();
    for line in content.lines().chain([""]) {
        match line.rsplit_once(['\t', ' ']) {
            Some((word, tag)) => s.push((word.trim().to_owned(), tag.trim().to_owned())),
            None if !s.is_empty() => out.push(std::mem::take(&mut s)),
            None => {}
        }
    }
    for s in &mut out {
        let mut last = String::new();
        for (_, tag) in s.iter_mut() {
            let kind = tag.split_once('-').map_or(String::new(), |(_, k)| k.to_owned());
            if tag.starts_with("I-") && kind != last {
                *tag = format!("B-{kind}");
            }
            last = kind;
        }
        let mut i = 0;
        while i < s.len() {
            let mut end = i + 1;
            if s[i].1.starts_with("B-") {
                while end < s.len() && s[end].1.starts_with("I-") {
                    end += 1;
                }
                if !s[i..end].iter().any(|(w, _)| w.chars().any(|c| c.is_uppercase() || c.is_ascii_digit())) {
                    s[i..end].iter_mut().for_each(|(_, t)| *t = "O".to_owned());
                }
            }
            i = end;
        }
    }
    Ok(out)
}

/// Trains the tagger: tags and weights.
pub fn train(data: &[Tagged], lexicon: &Lexicon, epochs: usize) -> (Vec<String>, Rows) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    data.iter().flatten().for_each(|(_, t)| *counts.entry(t).or_default() += 1);
    let mut order: Vec<(&str, usize)> = counts.into_iter().collect();
    order.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let tags: Vec<String> = order.iter().take(255).map(|(t, _)| (*t).to_owned()).collect();
    let index: BTreeMap<&str, u8> = tags.iter().enumerate().map(|(i, t)| (t.as_str(), i as u8)).collect();
    let mut buffer = Vec::new();
    let words: Vec<Vec<NameWord>> =
        data.iter().map(|s| s.iter().map(|(w, _)| NameWord::new(w, lexicon, &mut buffer)).collect()).collect();
    let mut p = Perceptron::new(false);
    let mut random = Random(5);
    let mut features = Vec::new();
    let mut scores = vec![0; tags.len()];
    let mut got: Vec<u8> = Vec::new();
    for _ in 0..epochs {
        for i in random.order(data.len()) {
            got.clear();
            got.resize(data[i].len(), 0);
            for (k, (_, tag)) in data[i].iter().enumerate().rev() {
                names::features(&words[i], k, &got, &mut features);
                scores.fill(0);
                p.score(&features, &mut scores);
                let best = argmax(&scores) as u8;
                if let Some(&want) = index.get(tag.as_str()).filter(|&&w| w != best) {
                    p.update(&features, want, 1);
                    p.update(&features, best, -1);
                }
                p.tick();
                got[k] = best;
            }
        }
    }
    (tags.clone(), p.average(0, 2000, 1))
}

/// Precision, recall and F1 of exact spans and classes, over all classes of interest and each.
pub fn score(model: &Names, data: &[Tagged], lexicon: &Lexicon) -> String {
    let mut buffer = Vec::new();
    let index: BTreeMap<&str, u8> = model.tags.iter().enumerate().map(|(i, t)| (t.as_str(), i as u8)).collect();
    let mut table: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for s in data {
        let words: Vec<NameWord> = s.iter().map(|(w, _)| NameWord::new(w, lexicon, &mut buffer)).collect();
        let got = model.spans(&model.tag(&words));
        let other = model.tags.iter().position(|t| t == "O").unwrap_or(0) as u8;
        let gold: Vec<u8> = s.iter().map(|(_, t)| index.get(t.as_str()).copied().unwrap_or(other)).collect();
        let want = model.spans(&gold);
        for (list, column) in [(&want, 1), (&got, 2)] {
            for n in list {
                table.entry(n.class.as_str()).or_default()[column] += 1;
                table.entry("all").or_default()[column] += 1;
            }
        }
        for n in got.iter().filter(|n| want.contains(n)) {
            table.entry(n.class.as_str()).or_default()[0] += 1;
            table.entry("all").or_default()[0] += 1;
        }
    }
    let row = |(class, [hit, want, got]): (&&str, &[usize; 3])| {
        let (p, r) = (*hit as f32 / (*got).max(1) as f32, *hit as f32 / (*want).max(1) as f32);
        format!("{class} P {p:.3} R {r:.3} F1 {:.3}", 2.0 * p * r / (p + r).max(1e-9))
    };
    table.iter().map(row).collect::<Vec<_>>().join("; ")
}
