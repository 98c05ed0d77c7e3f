//! What gives each language away: the tables under `data/lang/detect`, read into maps from a word or an ending to the
//! languages it speaks for.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::casing;

macro_rules! tables {
    ($($code:literal)*) => {
        [$(($code, include_str!(concat!("../../../../data/lang/detect/", $code, ".tsv")))),*]
    };
}

/// Languages and their tables, the two that are read first.
const TABLES: [(&str, &str); LANGUAGES] = tables!("tr" "en" "az" "tk" "uz" "crh" "gag" "ku" "de" "fr" "es" "it" "nl" "ro" "pl" "sv"
    "da" "pt" "sq" "hr" "hu" "id" "fi" "cs");

/// How many languages are told apart.
pub(super) const LANGUAGES: usize = 24;
/// Where Turkish stands among them.
pub(super) const TURKISH: usize = 0;
/// Where English stands among them.
pub(super) const ENGLISH: usize = 1;
/// Where the relatives of Turkish stand among them.
pub(super) const RELATIVES: std::ops::Range<usize> = 2..7;

/// The letters of the longest ending that is looked up.
pub(super) const LONGEST_ENDING: usize = 8;

/// Languages with the weight of their vote.
pub(super) type Votes = Vec<(u8, f32)>;

/// What speaks for which languages.
#[derive(Default)]
pub(super) struct Tables {
    /// Words of grammar.
    pub function: FxHashMap<String, Votes>,
    /// Further words.
    pub word: FxHashMap<String, Votes>,
    /// Ends of words.
    pub ending: FxHashMap<String, Votes>,
    /// What follows an apostrophe.
    pub suffix: FxHashMap<String, Votes>,
    /// Letters, and whether an apostrophe has to follow.
    pub letter: FxHashMap<(char, bool), Votes>,
}

/// The tables, read once.
pub(super) static VOICES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables::default();
    for (lang, (_, table)) in TABLES.iter().enumerate() {
        tables.add(lang as u8, table);
    }
    tables
});

impl Tables {
    fn add(&mut self, lang: u8, table: &str) {
        let mut harmony: FxHashMap<char, Vec<char>> = FxHashMap::default();
        for line in table.lines().filter(|l| !l.starts_with('#')) {
            let mut columns = line.split('\t');
            let (Some(kind), Some(weight), Some(entries)) = (columns.next(), columns.next(), columns.next()) else { continue };
            if kind == "harmony" {
                harmony.extend(weight.chars().next().map(|c| (c, entries.split(' ').flat_map(str::chars).collect())));
                continue;
            }
            let weight: f32 = weight.parse().unwrap_or_default();
            for entry in entries.split(' ') {
                match kind {
                    "function" => vote(self.function.entry(fold(entry)).or_default(), lang, weight),
                    "word" => vote(self.word.entry(fold(entry)).or_default(), lang, weight),
                    "ending" => {
                        for e in spellings(entry, &harmony) {
                            vote(self.ending.entry(e).or_default(), lang, weight);
                        }
                    }
                    "suffix" => {
                        for s in spellings(entry, &harmony) {
                            vote(self.suffix.entry(s).or_default(), lang, weight);
                        }
                    }
                    "letter" => {
                        let mut letters = entry.chars();
                        if let Some(c) = letters.next() {
                            vote(self.letter.entry((c, letters.next().is_some())).or_default(), lang, weight);
                        }
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Gives the language a vote. What a relative shares with Turkish weighs no more than there, so that it decides nothing.
fn vote(votes: &mut Votes, lang: u8, weight: f32) {
    let shared = votes.first().filter(|v| usize::from(v.0) == TURKISH && RELATIVES.contains(&usize::from(lang)));
    let weight = shared.map_or(weight, |v| v.1.min(weight));
    match votes.iter_mut().find(|v| v.0 == lang) {
        Some(v) => v.1 = v.1.max(weight),
        None => votes.push((lang, weight)),
    }
}

fn fold(entry: &str) -> String {
    entry.chars().map(fold_char).collect()
}

/// As [`casing::fold_char`], with the turned comma that Uzbek writes.
pub(super) fn fold_char(c: char) -> char {
    if c == 'ʻ' { '\'' } else { casing::fold_char(c) }
}

/// All spellings of an ending whose capital letters stand for several.
fn spellings(entry: &str, harmony: &FxHashMap<char, Vec<char>>) -> Vec<String> {
    let mut all = vec![String::new()];
    for c in entry.chars() {
        let own = [c];
        let letters = harmony.get(&c).map_or(&own[..], Vec::as_slice);
        all = all.iter().flat_map(|s| letters.iter().map(move |&l| s.chars().chain([fold_char(l)]).collect())).collect();
        all.sort_unstable();
        all.dedup();
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_hold_what_they_say() {
        for (code, table) in TABLES {
            for line in table.lines().filter(|l| !l.starts_with('#')) {
                let columns: Vec<&str> = line.split('\t').collect();
                assert!((3..=4).contains(&columns.len()), "{code}: {line}");
                let kind = columns[0];
                assert!(["function", "word", "ending", "suffix", "letter", "harmony"].contains(&kind), "{code}: {line}");
                if kind != "harmony" {
                    assert!(columns[1].parse::<f32>().is_ok_and(|w| w > 0.0), "{code}: {line}");
                }
                assert!(columns[2].split(' ').all(|e| !e.is_empty()), "{code}: two spaces in {line}");
                if kind != "ending" && kind != "suffix" && kind != "harmony" && kind != "letter" {
                    assert!(!columns[2].contains(char::is_uppercase), "{code}: {line}");
                }
            }
        }
        assert!(VOICES.ending.keys().all(|e| e.chars().count() <= LONGEST_ENDING));
        assert!(VOICES.ending.keys().all(|e| !e.contains(char::is_uppercase)));
    }

    #[test]
    fn capital_letters_of_an_ending_are_spelt_out() {
        let harmony = FxHashMap::from_iter([('A', vec!['a', 'e']), ('I', vec!['ı', 'i', 'u', 'ü'])]);
        assert_eq!(spellings("lArI", &harmony), ["lari", "laru", "leri", "leru"]);
    }
}
