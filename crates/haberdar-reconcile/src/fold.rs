//! Words made comparable across spellings, cases, suffixes and, for names, languages.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use haberdar_model::Span;
pub(crate) use haberdar_model::outlet::fold;

/// Letters of a stem: Turkish words cut after five letters are about as good for retrieval as analysed ones, and names
/// and loanwords then look alike in both languages.
const STEM: usize = 5;

/// Folded words of a text. A suffix behind an apostrophe is left out (`Lavrov'un`, `Russia's`).
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    each_word(text, |word, _, _| {
        let folded = fold(word);
        if !folded.is_empty() {
            out.push(folded);
        }
    });
    out
}

/// The same with where each word stands, in a text that begins at `from`.
pub(crate) fn placed_words(text: &str, from: usize) -> Vec<(String, Span)> {
    let mut out = Vec::new();
    each_word(text, |word, _, end| {
        let folded = fold(word);
        if !folded.is_empty() {
            out.push((folded, Span { start: from + end - word.chars().count(), end: from + end }));
        }
    });
    out
}

/// Every word without the suffix behind its apostrophe, whether it stands at the beginning of a sentence, a line or a
/// quotation, and where it ends.
fn each_word(text: &str, mut then: impl FnMut(&str, bool, usize)) {
    let (mut word, mut suffix, mut end) = (String::new(), false, 0);
    // Whether the word, and the next one, can have a capital for its place alone.
    let (mut first, mut next_first) = (true, true);
    for (at, c) in text.chars().chain([' ']).enumerate() {
        if c.is_alphanumeric() {
            if word.is_empty() && !suffix {
                first = next_first;
            }
            if !suffix {
                word.push(c);
                end = at + 1;
            }
            next_first = false;
        } else if matches!(c, '\'' | '’' | '‘' | 'ʼ') && !word.is_empty() && !suffix {
            suffix = true;
        } else {
            suffix = false;
            if !word.is_empty() {
                then(&word, first, end);
                word.clear();
            }
            next_first |= matches!(c, '.' | '!' | '?' | ':' | '"' | '“' | '«' | '\n');
        }
    }
}

/// Words that look like names, folded, with how often they occur: capitals where no sentence begins, never in small letters.
pub(crate) fn capitals(text: &str) -> BTreeMap<String, f64> {
    let mut out: BTreeMap<String, f64> = BTreeMap::new();
    let mut small: HashSet<String> = HashSet::new();
    each_word(text, |word, first, _| {
        let folded = fold(word);
        if word.starts_with(char::is_uppercase) {
            *out.entry(folded).or_default() += if first { 0.5 } else { 1.0 };
        } else {
            small.insert(folded);
        }
    });
    out.retain(|w, n| *n > 0.5 && w.len() > 1 && !small.contains(w));
    out
}

/// The numbers of a text as they are written, without the few that stand everywhere.
pub(crate) fn numerals(text: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let mut number = String::new();
    for c in text.chars().chain([' ']) {
        if c.is_ascii_digit() || matches!(c, '.' | ',') && !number.is_empty() {
            number.push(c);
        } else if !number.is_empty() {
            let digits = number.trim_end_matches(['.', ',']);
            if !matches!(digits, "1" | "2" | "3") {
                out.insert(digits.to_owned());
            }
            number.clear();
        }
    }
    out
}

/// A folded word cut to its stem.
pub(crate) fn stem(folded: &str) -> &str {
    folded.get(..STEM).unwrap_or(folded)
}

/// True where two names can be spellings or shortenings of one: all words of the shorter one are found in the longer, a
/// single word as first or last.
pub(crate) fn same_name(a: &str, b: &str) -> bool {
    let (a, b) = (name_words(a), name_words(b));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if short.is_empty() {
        return false;
    }
    let (whole_a, whole_b) = (a.concat(), b.concat());
    if whole_a == whole_b || whole_a.len() >= 8 && distance(whole_a.as_bytes(), whole_b.as_bytes()) <= 1 {
        return true;
    }
    if short.len() == 1 {
        return long.last().is_some_and(|w| near(w, &short[0])) || long.first().is_some_and(|w| w == &short[0]);
    }
    let mut free: Vec<&String> = long.iter().collect();
    short.iter().all(|s| {
        let initial = |l: &str| (s.len() == 1 || l.len() == 1) && s.get(..1) == l.get(..1);
        match free.iter().position(|l| near(l, s) || initial(l)) {
            Some(i) => {
                free.remove(i);
                true
            }
            None => false,
        }
    })
}

/// Folded words of a name; a hyphen joins (`Son-gwon`).
fn name_words(name: &str) -> Vec<String> {
    name.split(|c: char| c.is_whitespace() || c == '.').map(fold).filter(|w| !w.is_empty()).collect()
}

/// The last word of a name, folded: the surname in most of what is read.
pub(crate) fn surname(name: &str) -> String {
    name_words(name).pop().unwrap_or_default()
}

/// Equal but for a letter in longer words, as transliterations differ (`Lavrov`, `Lavrof`).
fn near(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let n = a.len().min(b.len());
    let allowed = match n {
        0..=4 => return false,
        5..=8 => 1,
        _ => 2,
    };
    a.len().abs_diff(b.len()) <= allowed && distance(a.as_bytes(), b.as_bytes()) <= allowed
}

/// Edit distance.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let next = (diagonal + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = row[j + 1];
            row[j + 1] = next;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_joins_cases_and_leaves_suffixes_out() {
        assert_eq!(
            words("İSTANBUL'da IŞIK, Lavrov’un 1.200 gemi; Russia's"),
            ["istanbul", "isik", "lavrov", "1", "200", "gemi", "russia"]
        );
    }

    #[test]
    fn words_are_found_again_where_they_stand() {
        let placed = placed_words("İki “Rus'un” evi", 5);
        let told: Vec<(&str, usize, usize)> = placed.iter().map(|(w, s)| (w.as_str(), s.start, s.end)).collect();
        assert_eq!(told, [("iki", 5, 8), ("rus", 10, 13), ("evi", 18, 21)]);
    }

    #[test]
    fn names_and_numbers_are_told_by_how_they_are_written() {
        let text = "Bakan Fidan dün Moskova'ya gitti. Heyet bakan ile 1.200 tonu ve 45 gemiyi konuştu; Heyet 2 gün kalacak.";
        assert_eq!(capitals(text).into_keys().collect::<Vec<_>>(), ["fidan", "heyet", "moskova"]);
        assert_eq!(numerals(text).into_iter().collect::<Vec<_>>(), ["1.200", "45"]);
    }

    #[test]
    fn spellings_of_one_name_meet_and_different_names_do_not() {
        for (a, b) in [
            ("Sergey Lavrov", "Lavrov"),
            ("Sergei Lavrov", "Sergey Lavrov"),
            ("Choe Son-hui", "Choe Son Hui"),
            ("Choe Son-hui", "Çoe Son-hui"),
            ("S. Lavrov", "Sergey Lavrov"),
            ("Hakan FİDAN", "Hakan Fidan"),
            ("Volodymyr Zelenskyy", "Volodimir Zelenskiy"),
        ] {
            assert!(same_name(a, b), "{a} = {b}");
        }
        for (a, b) in [
            ("Ri Son-gwon", "Choe Son-hui"),
            ("Kim Jong-un", "Kim Yo-jong"),
            ("Kim Jong-un", "Kim Jong-il"),
            ("Hakan Fidan", "Mevlüt Çavuşoğlu"),
            ("", "Lavrov"),
        ] {
            assert!(!same_name(a, b), "{a} / {b}");
        }
    }
}
