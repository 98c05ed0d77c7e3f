//! Numbers that matter: the dead, the wounded, troops, tonnes, sums, with their modifier ("en az", "at least").

use haberdar_model::Language;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::tree::{Rel, Tree};

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
    /// The number; of a range the lower one.
    pub value: f64,
    /// The upper end of a range.
    pub to: Option<f64>,
    /// exactly, at_least, at_most, about, between.
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
    /// The same of several words: "sınır dışı".
    phrases: Vec<(Vec<&'static str>, &'static str)>,
    /// Words behind the number that change it: "fazla", "or more".
    behind: Vec<(Vec<&'static str>, &'static str)>,
    /// Words that are a rough number: "yüzlerce", "hundreds".
    vague: FxHashMap<&'static str, f64>,
    /// Words that name what a number without a noun counts: "death toll".
    tolls: Vec<(Vec<&'static str>, &'static str)>,
    signs: FxHashMap<&'static str, &'static str>,
    joins: FxHashSet<&'static str>,
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
                "behind" => w.behind.push((word.split(' ').collect(), value)),
                "vague" => drop(w.vague.insert(word, number)),
                "toll" => w.tolls.push((word.split(' ').collect(), value)),
                "sign" => drop(w.signs.insert(word, value)),
                "join" => drop(w.joins.insert(word)),
                "noun" => drop(w.nouns.insert(word, value)),
                "person" => drop(w.persons.insert(word, value)),
                "verb" if word.contains(' ') => w.phrases.push((word.split(' ').collect(), value)),
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
            Some(n) => {
                i = n.last + 1;
                let n = joined(tree, words, n);
                i = i.max(n.last + 1);
                out.extend(amount(tree, words, &n));
            }
            None => i += 1,
        }
    }
    out
}

/// A number as it stands in the text.
struct Number {
    first: usize,
    last: usize,
    value: f64,
    to: Option<f64>,
    /// A word such as "hundreds".
    vague: bool,
}

/// A number with its parts: "5 bin", "23.4 million", "iki yüz elli", "twenty-six", "half a million".
fn number_at(tree: &Tree<'_>, words: &QuantityWords, i: usize) -> Option<Number> {
    let word = |k: usize| if k < tree.len() { tree.lower(k) } else { "" };
    if let Some(&v) = words.vague.get(word(i)) {
        return Some(Number { first: i, last: i, value: v, to: None, vague: true });
    }
    let mut last = i;
    let (mut total, mut group) = match (value_of(tree, words, i), words.times.get(stem(tree, words, i).as_str())) {
        (Some(v), _) => (0.0, v),
        // "bin kişi", "a thousand" alone.
        (None, Some(&t)) if t >= 100.0 && (tree.language == Language::Tr || i > 0 && matches!(word(i - 1), "a" | "half")) => {
            let half = if i > 0 && word(i - 1) == "half" { 0.5 } else { 1.0 };
            if t >= 1000.0 { (t * half, 0.0) } else { (0.0, t) }
        }
        _ => return None,
    };
    let plain = |k: usize| value_of(tree, words, k).filter(|_| !word(k).starts_with(|c: char| c.is_ascii_digit()));
    while last + 1 < tree.len() {
        let next = last + 1;
        let hyphen = usize::from(word(next) == "-" && plain(next + 1).is_some_and(|v| v < 10.0) && group >= 20.0);
        let and = usize::from(word(next) == "and" && group % 100.0 == 0.0 && group >= 100.0 && plain(next + 1).is_some());
        let at = next + hyphen + and;
        if let Some(&t) = words.times.get(stem(tree, words, at).as_str()) {
            if t < 1000.0 { group *= t } else { (total, group) = (total + group.max(1.0) * t, 0.0) }
        } else if let Some(v) = plain(at).or_else(|| {
            // "3 bin 200"
            let rest = group == 0.0 && total > 0.0 && tree.language == Language::Tr;
            value_of(tree, words, at).filter(|v| rest && *v < 1000.0)
        }) {
            let fits = group == 0.0 && total > 0.0 && v < 1000.0
                || group >= 100.0 && group % 100.0 == 0.0 && v < 100.0
                || (10.0..1000.0).contains(&group) && group % 10.0 == 0.0 && v < 10.0
                || v == 100.0 && group < 10.0;
            if !fits {
                break;
            }
            group = if v == 100.0 { group.max(1.0) * 100.0 } else { group + v };
        } else {
            break;
        }
        last = at;
    }
    Some(Number { first: i, last, value: total + group, to: None, vague: false })
}

/// The number that a word is, whatever its suffix.
fn value_of(tree: &Tree<'_>, words: &QuantityWords, k: usize) -> Option<f64> {
    if k >= tree.len() {
        return None;
    }
    let low = tree.lower(k);
    if low.starts_with(|c: char| c.is_ascii_digit()) {
        let bare = low.find(['\'', '’', 'ʼ']).map_or(low, |at| &low[..at]);
        return digits(bare, tree.language);
    }
    words.numbers.get(stem(tree, words, k).as_str()).copied()
}

/// A number word without the suffix that "fazla", "aşkın", "yakın" ask for: "yüzden", "bini".
fn stem(tree: &Tree<'_>, words: &QuantityWords, k: usize) -> String {
    let low = if k < tree.len() { tree.lower(k) } else { "" };
    let followed = k + 1 < tree.len() && words.behind.iter().any(|(w, _)| w.first().is_some_and(|w| tree.lower(k + 1) == *w));
    if tree.language == Language::Tr && followed && !words.numbers.contains_key(low) && !words.times.contains_key(low) {
        const SUFFIXES: &[&str] = &["den", "dan", "ten", "tan", "yi", "yı", "ye", "ya", "ü", "u", "i", "ı", "e", "a"];
        let known = |s: &&str| words.numbers.contains_key(*s) || words.times.contains_key(*s);
        if let Some(bare) = SUFFIXES.iter().find_map(|s| low.strip_suffix(s).filter(known)) {
            return bare.to_owned();
        }
    }
    low.to_owned()
}

/// "20-30", "20 ila 30", "between 20 and 30": one amount with two ends.
fn joined(tree: &Tree<'_>, words: &QuantityWords, n: Number) -> Number {
    let at = n.last + 1;
    let between = n.first > 0 && tree.lower(n.first - 1) == "between";
    let join = at < tree.len() && (words.joins.contains(tree.lower(at)) || between && tree.lower(at) == "and");
    if !join || n.vague {
        return n;
    }
    let Some(second) = number_at(tree, words, at + 1).filter(|m| !m.vague) else { return n };
    // "5-6 bin": the thousand is that of both.
    let scale = [1e3, 1e6, 1e9].into_iter().rev().find(|t| second.value >= *t && n.value < 1000.0 && second.value / t > n.value);
    let low = n.value * scale.unwrap_or(1.0);
    if second.value <= low {
        return n;
    }
    Number { first: n.first, last: second.last, value: low, to: Some(second.value), vague: false }
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

fn amount(tree: &Tree<'_>, words: &QuantityWords, n: &Number) -> Option<Amount> {
    let word = |k: usize| if k < tree.len() { tree.lower(k) } else { "" };
    // "$5 million": the currency stands before.
    let sign = n.first.checked_sub(1).and_then(|k| words.signs.get(word(k)).copied());
    let mut from = if sign.is_some() { n.first - 1 } else { n.first };
    let mut modifier = match (n.to, n.vague) {
        (Some(_), _) => "between",
        (None, true) => "at_least",
        _ => "exactly",
    };
    let mut behind = n.last + 1;
    for (m, meaning) in &words.behind {
        if m.iter().enumerate().all(|(k, w)| word(n.last + 1 + k) == *w) {
            (modifier, behind) = (meaning, n.last + 1 + m.len());
            break;
        }
    }
    for (m, meaning) in &words.modifiers {
        let len = m.len();
        if from >= len && m.iter().enumerate().all(|(k, w)| word(from - len + k) == *w) {
            from -= len;
            if n.to.is_none() {
                modifier = meaning;
            }
            break;
        }
    }
    // The counted noun stands behind; another number or a comma ends the search.
    let counted = (behind..(behind + 4).min(tree.len()))
        .take_while(|&k| value_of(tree, words, k).is_none() && !matches!(word(k), "," | ";" | ":" | "." | "(" | "%" | "percent"))
        .find_map(|k| {
            let lemma = key(tree, k, &words.persons).or_else(|| key(tree, k, &words.nouns))?;
            Some((k, lemma))
        });
    let percent = matches!(word(n.last + 1), "%" | "percent") || n.first > 0 && matches!(word(n.first - 1), "%" | "yüzde");
    let (noun, unit) = match (sign, counted) {
        _ if percent => return None,
        (Some(s), _) => (n.last, s),
        (None, Some((k, lemma))) => (k, unit_of(tree, words, k, lemma)?),
        (None, None) => (n.last, bare_unit(tree, words, n)?),
    };
    let (start, end) = (tree.nodes[from].start, tree.nodes[(behind - 1).min(tree.len() - 1)].end);
    let end = if behind == n.last + 1 { bare_end(tree, n.last) } else { end };
    Some(Amount { first: from, last: behind - 1, noun, start, end, value: n.value, to: n.to, modifier, unit })
}

/// The end of a number without its Turkish suffix behind an apostrophe.
fn bare_end(tree: &Tree<'_>, k: usize) -> usize {
    let node = &tree.nodes[k];
    tree.text[node.start..node.end].find(['\'', '’', 'ʼ']).filter(|at| *at > 0).map_or(node.end, |at| node.start + at)
}

/// A number without a noun: "the death toll rose to 45", "ölü sayısı 45'e yükseldi", "killed 12 people and wounded 30".
fn bare_unit(tree: &Tree<'_>, words: &QuantityWords, n: &Number) -> Option<&'static str> {
    for (phrase, unit) in &words.tolls {
        let starts = n.first.saturating_sub(9)..n.first;
        let stands = |at: usize| phrase.iter().enumerate().all(|(k, w)| at + k < n.first && tree.lower(at + k).starts_with(w));
        if starts.into_iter().any(stands) {
            return Some(unit);
        }
    }
    // Nothing is counted behind it: the object of the verb right before it.
    let ends = n.last + 1 >= tree.len() || matches!(tree.lower(n.last + 1), "." | "," | "and" | ";");
    let before = (n.first.checked_sub(1)?..n.first).filter(|_| ends && tree.language == Language::En);
    before.rev().find_map(|k| key(tree, k, &words.verbs)).and_then(|v| words.verbs.get(v).copied())
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
        let of = |k: usize| {
            let phrase = |p: &&(Vec<&'static str>, &'static str)| {
                p.0.iter().enumerate().all(|(i, w)| k + i < tree.len() && tree.lower(k + i).starts_with(w))
            };
            let plain = || key(tree, k, &words.verbs).and_then(|v| words.verbs.get(v).copied());
            words.phrases.iter().find(phrase).map(|p| p.1).or_else(plain)
        };
        // "öldürülen 12 kişi", "12 wounded soldiers"
        let own = tree.kids(noun).filter(|&k| k.abs_diff(noun) <= 6 && tree.nodes[k].rel != Rel::Conj).find_map(of);
        if own.is_some() {
            return own;
        }
        // The verb that the noun stands with, and the noun of a light verb ("hayatını kaybetti").
        let mut at = noun;
        for _ in 0..3 {
            let Some(h) = tree.nodes[at].head else { break };
            let found = of(h).or_else(|| {
                let fixed = |k: &usize| {
                    *k != at
                        && !tree.below(noun, *k)
                        && matches!(tree.nodes[*k].rel, Rel::Obj | Rel::Lvc | Rel::Obl | Rel::Compound | Rel::Xcomp)
                };
                tree.kids(h).filter(fixed).find_map(of)
            });
            if found.is_some() {
                return found;
            }
            if tree.is_verbal(h) {
                break;
            }
            at = h;
        }
        // Where the tree does not say, the next such word before another number or a comma.
        let stop = |k: &usize| !matches!(tree.lower(*k), "," | ";") && digits(tree.lower(*k), tree.language).is_none();
        let ahead = (noun + 1..(noun + 8).min(tree.len())).take_while(stop).find_map(of);
        return ahead.or_else(|| (noun.saturating_sub(5)..noun).rev().find_map(of)).or(Some(plain));
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
