//! Numbers that matter: the dead, the wounded, troops, tonnes, sums, with their modifier ("en az", "at least").

use haberdar_model::Language;
use rustc_hash::FxHashMap;

use crate::tree::Tree;

/// A number while the article is being read.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// First word, with the modifier.
    pub first: usize,
    /// Last word of the number.
    pub last: usize,
    /// The word that is counted.
    pub noun: usize,
    /// First byte.
    pub start: usize,
    /// Byte behind the last.
    pub end: usize,
    /// The number.
    pub value: f64,
    /// exactly, at_least, at_most, about.
    pub modifier: &'static str,
    /// Unit.
    pub unit: &'static str,
}

/// The words of one language.
#[derive(Clone, Debug, Default)]
pub struct QuantityWords {
    times: FxHashMap<&'static str, f64>,
    numbers: FxHashMap<&'static str, f64>,
    modifiers: Vec<(Vec<&'static str>, &'static str)>,
    nouns: FxHashMap<&'static str, &'static str>,
    persons: FxHashMap<&'static str, &'static str>,
    verbs: FxHashMap<&'static str, &'static str>,
}

impl QuantityWords {
    /// Parses `quantities.tsv`; lines that are no entry are left out.
    pub fn parse(content: &'static str) -> Self {
        let mut w = QuantityWords::default();
        for line in content.lines().filter(|l| !l.starts_with('#')) {
            let mut c = line.split('\t');
            let (Some(kind), Some(word), Some(value)) = (c.next(), c.next(), c.next()) else { continue };
            let number = value.parse::<f64>().unwrap_or(0.0);
            match kind {
                "times" => drop(w.times.insert(word, number)),
                "number" => drop(w.numbers.insert(word, number)),
                "modifier" => w.modifiers.push((word.split(' ').collect(), value)),
                "noun" => drop(w.nouns.insert(word, value)),
                "person" => drop(w.persons.insert(word, value)),
                "verb" => drop(w.verbs.insert(word, value)),
                _ => {}
            }
        }
        w
    }
}

/// Finds the numbers of one sentence.
pub fn find(tree: &Tree<'_>, words: &QuantityWords) -> Vec<Amount> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < tree.len() {
        match number_at(tree, words, i) {
            Some((value, last)) => {
                out.extend(amount(tree, words, i, last, value));
                i = last + 1;
            }
            None => i += 1,
        }
    }
    out
}

/// A number with its multipliers: "5 bin", "23.4 million", "iki milyon".
fn number_at(tree: &Tree<'_>, words: &QuantityWords, i: usize) -> Option<(f64, usize)> {
    let simple = |k: usize| digits(tree.lower(k), tree.language).or_else(|| words.numbers.get(tree.lower(k)).copied());
    let mut value = simple(i)?;
    let mut last = i;
    while last + 1 < tree.len() {
        if let Some(t) = words.times.get(tree.lower(last + 1)) {
            value *= t;
        } else if let Some(v) = words
            .numbers
            .get(tree.lower(last + 1))
            .filter(|v| **v < 10.0 && value >= 10.0 && value % 10.0 == 0.0 && value < 100.0)
        {
            value += v;
        } else if tree.lower(last + 1) == "-"
            && last + 2 < tree.len()
            && let Some(v) = words.numbers.get(tree.lower(last + 2)).filter(|v| **v < 10.0 && (20.0..100.0).contains(&value))
        {
            // "twenty-six"
            value += v;
            last += 1;
        } else {
            break;
        }
        last += 1;
    }
    Some((value, last))
}

/// Digits with the language's separators: "1.234,5" in Turkish, "1,234.5" in English.
fn digits(s: &str, language: Language) -> Option<f64> {
    if !s.starts_with(|c: char| c.is_ascii_digit()) || s.chars().any(|c| !c.is_ascii_digit() && c != '.' && c != ',') {
        return None;
    }
    let (group, point) = if language == Language::Tr { ('.', ',') } else { (',', '.') };
    let plain: String = s.chars().filter(|&c| c != group).map(|c| if c == point { '.' } else { c }).collect();
    plain.parse().ok()
}

fn amount(tree: &Tree<'_>, words: &QuantityWords, first: usize, last: usize, value: f64) -> Option<Amount> {
    // "$5 million": the currency stands before.
    let sign = first.checked_sub(1).map(|k| tree.lower(k)).and_then(|s| match s {
        "$" => Some("USD"),
        "€" => Some("EUR"),
        "£" => Some("GBP"),
        "₺" => Some("TRY"),
        _ => None,
    });
    let counted = (last + 1..(last + 4).min(tree.len())).find_map(|k| {
        let lemma = key(tree, k, &words.persons).or_else(|| key(tree, k, &words.nouns))?;
        Some((k, lemma))
    });
    let (noun, unit) = match (sign, counted) {
        (Some(s), _) => (last, s),
        (None, Some((k, lemma))) => (k, unit_of(tree, words, k, lemma)?),
        (None, None) => return None,
    };
    let mut from = if sign.is_some() { first - 1 } else { first };
    let mut modifier = "exactly";
    for (m, meaning) in &words.modifiers {
        let n = m.len();
        if from >= n && m.iter().enumerate().all(|(k, w)| tree.lower(from - n + k) == *w) {
            from -= n;
            modifier = meaning;
            break;
        }
        // "yüzü aşkın", "100'den fazla": the modifier stands behind.
        if tree.language == Language::Tr && last + 1 < tree.len() && matches!(tree.lower(last + 1), "aşkın" | "fazla") {
            modifier = "at_least";
        }
    }
    let (start, end) = (tree.nodes[from].start, tree.nodes[last].end);
    Some(Amount { first: from, last, noun, start, end, value, modifier, unit })
}

/// The table's key that the word is a form of.
fn key(tree: &Tree<'_>, k: usize, table: &FxHashMap<&'static str, &'static str>) -> Option<&'static str> {
    let (low, lemma) = (tree.lower(k), tree.lemma(k));
    table.get_key_value(low).or_else(|| table.get_key_value(lemma)).map(|(k, _)| *k).or_else(|| {
        // A Turkish noun with suffixes that the tagger gives another lemma.
        (tree.language == Language::Tr && low.chars().count() > 4)
            .then(|| table.keys().copied().filter(|w| w.chars().count() > 3 && low.starts_with(*w)).max_by_key(|w| (w.len(), *w)))
            .flatten()
    })
}

/// "12 people were killed": the unit of people is what happened to them.
fn unit_of(tree: &Tree<'_>, words: &QuantityWords, noun: usize, lemma: &'static str) -> Option<&'static str> {
    if let Some(&plain) = words.persons.get(lemma) {
        let from = noun.saturating_sub(4);
        let to = (noun + 8).min(tree.len());
        for k in (noun + 1..to).chain(from..noun) {
            if let Some(v) = key(tree, k, &words.verbs) {
                return words.verbs.get(v).copied();
            }
        }
        return Some(plain);
    }
    words.nouns.get(lemma).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_follow_the_language() {
        assert_eq!(digits("1.234,5", Language::Tr), Some(1234.5));
        assert_eq!(digits("1,234.5", Language::En), Some(1234.5));
        assert_eq!(digits("F-16", Language::En), None);
    }
}
