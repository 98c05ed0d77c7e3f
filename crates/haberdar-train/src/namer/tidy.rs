//! One way of marking names in sentences that many hands have marked.
//!
//! The train part of the Turkish set is less even than what is measured on: places that follow one another are one name here
//! and several there (`Hvidovre , Danimarka`), words such as *ilçesi* belong to the name here and not there, and more than
//! half of the titles behind a nationality or in front of a person are not marked. Names are cut the way that most are, and
//! where a title may have been overlooked, learning is told that it may be one: [`MAYBE`].

use std::collections::BTreeMap;

use haberdar_lang::casing;

use crate::names::Tagged;

/// The tag of a word that could belong to a title.
pub const MAYBE: &str = "?-TITLE";

/// The tag of a word that belongs to a title, which may have begun before it.
pub const SURELY: &str = "!-TITLE";

/// Lower-case words that tell what kind of place a name is, and do not belong to it.
const UNITS: [&str; 22] = [
    "il", "ilçe", "köy", "şehr", "şehir", "kent", "kasaba", "eyalet", "belde", "bucak", "bucağ", "mahalle", "kanton", "vilayet",
    "sancak", "sancağ", "başkent", "bölge", "kaza", "ada", "kıta", "topra",
];

/// Words that stand between a nationality and a title and may belong to the title.
const BEFORE: [&str; 16] = [
    "eski",
    "millî",
    "milli",
    "ünlü",
    "profesyonel",
    "genç",
    "asıllı",
    "kökenli",
    "film",
    "sinema",
    "tiyatro",
    "futbol",
    "televizyon",
    "dizi",
    "baş",
    "pop",
];

fn low(w: &str) -> String {
    let end = w.find(['\'', '’']).filter(|&p| p > 0).unwrap_or(w.len());
    casing::lower_tr(&w[..end])
}

/// A word of a title without the copula behind it.
fn bare(w: &str) -> String {
    let w = low(w);
    for ending in ["dır", "dir", "dur", "dür", "tır", "tir", "tur", "tür", "ydı", "ydi", "ydu", "ydü"] {
        if let Some(rest) = w.strip_suffix(ending).filter(|r| r.chars().count() > 3) {
            return rest.to_owned();
        }
    }
    w
}

fn capital(w: &str) -> bool {
    w.chars().next().is_some_and(char::is_uppercase)
}

fn kind(t: &str) -> &str {
    t.split_once('-').map_or("", |(_, k)| k)
}

/// Marks names in one way.
pub fn tidy(all: &mut [Tagged]) {
    // Which words are names of what, and how often the words of titles are marked as such.
    let mut classes: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    let mut heads: BTreeMap<String, usize> = BTreeMap::new();
    for s in all.iter() {
        for (i, (w, t)) in s.iter().enumerate() {
            *classes.entry(bare(w)).or_default().entry(kind(t).to_owned()).or_default() += 1;
            if kind(t) == "TITLE" && s.get(i + 1).is_none_or(|n| n.1 != "I-TITLE") {
                *heads.entry(bare(w)).or_default() += 1;
            }
        }
    }
    let share = |w: &str, class: &str| -> (usize, f64) {
        let Some(c) = classes.get(&bare(w)) else { return (0, 0.0) };
        let n = c.get(class).copied().unwrap_or(0);
        (n, n as f64 / c.values().sum::<usize>() as f64)
    };
    let title = |w: &str| {
        let n = heads.get(&bare(w)).copied().unwrap_or(0);
        n >= 2 && n as f64 >= 0.12 * classes.get(&bare(w)).map_or(0, |c| c.values().sum::<usize>()) as f64
    };
    let place = |w: &str| share(w, "GPE").1 > 0.5 || share(w, "NORP").1 > 0.5;
    for s in all.iter_mut() {
        cut(s, &place);
        maybe(s, &title);
    }
}

/// Cuts names that hold several, and takes off what does not belong to them.
fn cut(s: &mut Tagged, place: &dyn Fn(&str) -> bool) {
    let n = s.len();
    let mut i = 0;
    while i < n {
        if !s[i].1.starts_with("B-") {
            i += 1;
            continue;
        }
        let mut end = i + 1;
        while end < n && s[end].1.starts_with("I-") {
            end += 1;
        }
        let class = kind(&s[i].1).to_owned();
        let bracket = s[i..end].iter().any(|(w, _)| w == "(");
        if matches!(class.as_str(), "GPE" | "LOC" | "NORP" | "PERSON" | "TITLE") && !bracket {
            // At a mark or an "and", and behind a suffix.
            let mut open = false;
            for k in i..end {
                let w = s[k].0.clone();
                let apart = w == "," || w == "/" || w == "ve" && (class == "TITLE" || class == "GPE" && capital(&s[k - 1].0));
                if apart {
                    s[k].1 = "O".to_owned();
                    open = false;
                    continue;
                }
                s[k].1 = format!("{}-{class}", if open { "I" } else { "B" });
                open = true;
                let suffix = w.char_indices().skip(2).any(|(_, c)| matches!(c, '\'' | '’'));
                if suffix && k + 1 < end && matches!(class.as_str(), "GPE" | "LOC") {
                    if class == "LOC" && !capital(&s[k + 1].0) {
                        continue;
                    }
                    open = false;
                }
            }
            // `Artvin ilinin`: the name is Artvin. A title of a state is no part of its name, nor the state one of the title.
            if class == "GPE" {
                let mut k = end;
                while k > i && !capital(&s[k - 1].0) && s[k - 1].1 != "O" {
                    let w = low(&s[k - 1].0);
                    if !UNITS.iter().any(|u| w.starts_with(u)) || k - 1 == i {
                        break;
                    }
                    s[k - 1].1 = "O".to_owned();
                    k -= 1;
                }
                // What stands alone behind a cut and is no name.
                for (w, t) in &mut s[i..end] {
                    if t.starts_with("B-") && !capital(w) && UNITS.iter().any(|u| low(w).starts_with(u)) {
                        *t = "O".to_owned();
                    }
                }
                for k in i + 1..end {
                    if s[k].1.starts_with("I-") && s[k - 1].1 == "O" {
                        s[k].1 = format!("B-{class}");
                    }
                }
            }
            if class == "NORP" && end - i > 1 && matches!(low(&s[end - 1].0).as_str(), "asıllı" | "kökenli" | "uyruklu") {
                s[end - 1].1 = "O".to_owned();
            }
            if class == "TITLE"
                && end - i > 1
                && s[i].1 == "B-TITLE"
                && s[i + 1].1 == "I-TITLE"
                && capital(&s[i].0)
                && place(&s[i].0)
            {
                s[i].1 = "B-GPE".to_owned();
                s[i + 1].1 = "B-TITLE".to_owned();
            }
        }
        i = end;
    }
}

/// Says where a title may have been overlooked.
fn maybe(s: &mut Tagged, title: &dyn Fn(&str) -> bool) {
    let n = s.len();
    let free = |t: &str| t == "O" || t == MAYBE;
    let kind = |t: &str| if t == SURELY { "TITLE".to_owned() } else { kind(t).to_owned() };
    for i in 0..n {
        if s[i].1 != "O" || !title(&s[i].0) {
            continue;
        }
        let mut from = i;
        while from > 0
            && from + 4 > i
            && s[from - 1].1 == "O"
            && (!capital(&s[from - 1].0) || from == 1)
            && s[from - 1].0.chars().all(char::is_alphabetic)
        {
            let before = &s[from - 1].0;
            if matches!(before.as_str(), "ve" | "bir" | "ile" | "olan") {
                break;
            }
            from -= 1;
        }
        let behind = |k: usize| k.checked_sub(1).map_or(String::new(), |k| kind(&s[k].1));
        let listed = from >= 2 && (matches!(s[from - 1].0.as_str(), "," | "ve" | "ile")) && (kind(&s[from - 2].1) == "TITLE");
        let bir = from >= 2 && s[from - 1].0 == "bir" && kind(&s[from - 2].1) == "NORP";
        let ahead = s.get(i + 1).is_some_and(|(_, t)| t == "B-PERSON" || t == "B-TITLE" || t == SURELY);
        if behind(from) == "NORP" || behind(from) == "GPE" || listed || bir {
            let sure = behind(from) == "NORP";
            s[from..=i].iter_mut().filter(|w| free(&w.1)).for_each(|w| w.1 = MAYBE.to_owned());
            if sure {
                s[i].1 = SURELY.to_owned();
            }
        } else if ahead {
            let mut k = i;
            while k > from && (title(&s[k - 1].0) || BEFORE.contains(&low(&s[k - 1].0).as_str())) {
                k -= 1;
            }
            s[k..=i].iter_mut().filter(|w| free(&w.1)).for_each(|w| w.1 = MAYBE.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tagged(s: &str) -> Tagged {
        let word = |w: &str| w.rsplit_once('/').map_or((w.to_owned(), "O".to_owned()), |(w, t)| (w.to_owned(), t.to_owned()));
        s.split(' ').map(word).collect()
    }

    #[test]
    fn places_one_behind_the_other_are_names_of_their_own() {
        let mut all =
            [tagged("Hvidovre/B-GPE ,/I-GPE Danimarka/I-GPE doğumlu"), tagged("Artvin'in/B-GPE Hopa/I-GPE ilçesine/I-GPE bağlı")];
        tidy(&mut all);
        assert_eq!(all[0], tagged("Hvidovre/B-GPE , Danimarka/B-GPE doğumlu"));
        assert_eq!(all[1], tagged("Artvin'in/B-GPE Hopa/B-GPE ilçesine bağlı"));
    }

    #[test]
    fn a_title_behind_a_nationality_was_overlooked() {
        let mut all = [
            tagged("Türk/B-NORP futbolcu/B-TITLE ."),
            tagged("Alman/B-NORP futbolcu/B-TITLE ."),
            tagged("Rus/B-NORP eski futbolcu ."),
        ];
        tidy(&mut all);
        assert_eq!(all[2], tagged("Rus/B-NORP eski/?-TITLE futbolcu/!-TITLE ."));
    }
}
