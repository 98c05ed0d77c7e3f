//! Names that mean something else in another company: the words around decide.
//!
//! What depends on the name stands in `data/world/traps.tsv`; what holds for all names of a kind stands here.

use haberdar_model::Language;
use rustc_hash::FxHashMap;

use crate::{
    error::WorldError,
    fold::{fold_name, is_apostrophe, lower},
    gazetteer::{Caps, Entry, HitKind, Via},
    table::Table,
};

/// How a trap is told from the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// Not before one of the words.
    NotBefore,
    /// Not behind one of the words.
    After,
    /// Before an apostrophe or a word of state only.
    Apostrophe,
    /// At the start of a sentence only before an apostrophe or a word of state.
    Inside,
    /// Like `Inside`, and never before one of the words or another capital.
    State,
    /// A title that is an adjective as well: before a capital only.
    Title,
    /// Not as a part of a person's name: not behind a capital that is no sentence's first, not before one of the words.
    Name,
    /// A surname that is a first name as well: not before another capital.
    Surname,
    /// The cardinal point.
    West,
    /// The state of the USA.
    Georgia,
}

/// A row of the table of traps.
#[derive(Clone, Debug)]
pub(crate) struct Trap {
    rule: Rule,
    words: Vec<&'static str>,
}

/// Traps by folded name and language.
pub(crate) type Traps = FxHashMap<(Vec<u8>, Language), Trap>;

pub(crate) fn load(text: &'static str) -> Result<Traps, WorldError> {
    let table = Table::new("traps.tsv", text)?;
    let mut traps = Traps::default();
    for row in table.rows(&["name", "lang", "rule", "words"])? {
        let row = row?;
        let rule = match row.get(2) {
            "not_before" => Rule::NotBefore,
            "after" => Rule::After,
            "apostrophe" => Rule::Apostrophe,
            "inside" => Rule::Inside,
            "state" => Rule::State,
            "title" => Rule::Title,
            "name" => Rule::Name,
            "surname" => Rule::Surname,
            "west" => Rule::West,
            "georgia" => Rule::Georgia,
            other => return Err(row.fault(format!("unknown rule {other:?}"))),
        };
        let lang = row.parse(1)?.ok_or_else(|| row.fault("no language"))?;
        traps.insert((fold_name(row.get(0)), lang), Trap { rule, words: row.list(3) });
    }
    Ok(traps)
}

/// Words behind the name of a state that only a state has.
const STATE_WORDS: &[&str] = &[
    "cumhurbaşkanı",
    "cumhuriyeti",
    "devlet",
    "başbakanı",
    "dışişleri",
    "savunma",
    "hükümeti",
    "yönetimi",
    "ordusu",
    "büyükelçisi",
    "büyükelçiliği",
    "lideri",
    "ulusal",
    "halkı",
    "vatandaşı",
    "silahlı",
    "parlamentosu",
    "kralı",
    "ekonomisi",
    "makamları",
    "askeri",
    "temsilcisi",
    "heyeti",
    "muhalefeti",
    "cuntası",
    "sultanı",
    "başkanı",
    "president",
    "prime",
    "foreign",
    "government",
    "army",
    "junta",
    "opposition",
    "military",
    "parliament",
    "embassy",
];

/// Words behind the name of a place that make it the name of a treaty, a road, a club.
const NAMED_AFTER: &[&str] = &[
    "anlaşması",
    "antlaşması",
    "sözleşmesi",
    "protokolü",
    "mutabakatı",
    "kriterleri",
    "üniversitesi",
    "bildirisi",
    "deklarasyonu",
    "iklim",
    "caddesi",
    "sokak",
    "sokağı",
    "mahallesi",
    "bulvarı",
    "belediyesi",
    "borsası",
    "muhtırası",
    "kupası",
    "maratonu",
    "olimpiyatları",
    "duvarı",
    "lisesi",
    "hastanesi",
    "havalimanı",
    "stadı",
    "nehri",
    "vadisi",
    "gölü",
    "körfezi",
    "denizi",
    "boğazı",
    "agreement",
    "treaty",
    "accord",
    "accords",
    "convention",
    "protocol",
    "declaration",
    "university",
    "memorandum",
    "criteria",
    "street",
    "avenue",
    "olympics",
    "stock",
    "airport",
    "marathon",
    "river",
    "valley",
    "sea",
    "lake",
    "desert",
    "basın",
    "barosu",
];

/// Words that begin a sentence in front of a name.
const FUNCTION_WORDS: &[&str] = &[
    "In",
    "The",
    "And",
    "But",
    "From",
    "While",
    "When",
    "After",
    "Since",
    "Both",
    "To",
    "For",
    "With",
    "As",
    "Meanwhile",
    "However",
    "If",
    "Before",
    "Although",
    "Though",
    "Because",
    "Like",
    "Unlike",
    "Even",
    "Only",
    "Now",
    "Then",
    "Today",
    "Yesterday",
    "Until",
    "Between",
    "Against",
    "At",
    "On",
    "Of",
    "By",
    "Into",
    "Near",
    "Inside",
    "Outside",
    "Neighbouring",
    "Neighboring",
    "Earlier",
    "Ve",
    "Ama",
    "Fakat",
    "Ancak",
    "Dün",
    "Bugün",
    "Şimdi",
    "Ayrıca",
    "Böylece",
    "Çünkü",
    "Eğer",
    "Hem",
    "Ne",
    "Bu",
    "O",
    "Daha",
];

/// A name that was found, with its surroundings.
pub(crate) struct Context<'t> {
    pub(crate) text: &'t str,
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// No suffix behind the name.
    pub(crate) bare: bool,
}

/// Lower case with Turkish dots, whatever the language: `İklim` -> `iklim`, and `I` as in English.
fn lowered(word: &str) -> String {
    word.chars().map(|c| lower(c, false)).collect()
}

pub(crate) fn capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

impl<'t> Context<'t> {
    /// The next word, if only blanks stand between.
    fn next(&self) -> &'t str {
        let rest = &self.text[self.to..];
        let trimmed = rest.trim_start_matches([' ', '\u{a0}', '-']);
        if trimmed.len() == rest.len() {
            return "";
        }
        let end = trimmed.find(|c: char| !c.is_alphanumeric() && c != '.' && c != '-').unwrap_or(trimmed.len());
        &trimmed[..end]
    }

    /// "Mali, Nijer ve Gana": a comma and a capital follow.
    fn lists_names(&self) -> bool {
        let rest = self.text[self.to..].strip_prefix(", ");
        rest.is_some_and(|r| capital(r.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()))
    }

    /// The word before, if only blanks stand between, and whether it is the first of its sentence.
    pub(crate) fn before(&self) -> (&'t str, bool) {
        let rest = &self.text[..self.from];
        let trimmed = rest.trim_end_matches([' ', '\u{a0}']);
        if trimmed.len() == rest.len() {
            return ("", false);
        }
        let start = trimmed
            .rfind(|c: char| !c.is_alphanumeric())
            .map_or(0, |i| i + trimmed[i..].chars().next().map_or(1, char::len_utf8));
        (&trimmed[start..], starts_sentence(&trimmed[..start]))
    }

    /// A suffix behind an apostrophe; without letters it is the end of a quotation.
    fn apostrophe(&self) -> bool {
        let mut rest = self.text[self.to..].chars();
        rest.next().is_some_and(is_apostrophe) && rest.next().is_some_and(char::is_alphanumeric)
    }

    fn state_word(&self) -> bool {
        let next = self.next();
        !next.is_empty() && STATE_WORDS.iter().any(|w| lowered(next).starts_with(w))
    }

    fn first(&self) -> bool {
        starts_sentence(&self.text[..self.from])
    }

    /// How sure the name means the entry here; `None` where it does not.
    pub(crate) fn score(&self, entry: &Entry, trap: Option<&Trap>) -> Option<f32> {
        if let Some(t) = trap
            && !self.passes(t)
        {
            return None;
        }
        if entry.caps == Caps::Proper && self.acronym(entry.name) {
            return None;
        }
        if let HitKind::Country { via: Via::CountryName | Via::Capital } = entry.kind
            && self.bare
        {
            let next = lowered(self.next());
            if !next.is_empty() && NAMED_AFTER.iter().any(|w| next.starts_with(w)) {
                return Some(entry.score.min(0.4));
            }
        }
        Some(entry.score)
    }

    /// A short name in capitals among words that are not: an abbreviation that only looks like it ("GAO" and Gao).
    fn acronym(&self, name: &str) -> bool {
        let seen = &self.text[self.from..self.to];
        let shouted = |w: &str| w.chars().count() > 1 && w.chars().all(|c| !c.is_lowercase());
        if self.apostrophe()
            || name.chars().count() > 5
            || name.contains(' ')
            || !shouted(seen)
            || !name.chars().any(char::is_lowercase)
        {
            return false;
        }
        let (before, next) = (self.before().0, self.next());
        let alone = before.is_empty() && next.is_empty();
        !(alone || shouted(before) || shouted(next))
    }

    fn passes(&self, trap: &Trap) -> bool {
        let next = self.next();
        let listed = trap.words.contains(&next);
        let sure = || self.apostrophe() || self.state_word();
        match trap.rule {
            Rule::NotBefore => !listed,
            Rule::After => !trap.words.contains(&self.before().0),
            Rule::Apostrophe => sure(),
            Rule::Inside => !listed && (sure() || !self.first()),
            Rule::State => !listed && (sure() || (!self.first() && !capital(next)) || self.lists_names()),
            Rule::Title => !listed && capital(next),
            Rule::Name => {
                let (before, first) = self.before();
                let function = first && FUNCTION_WORDS.contains(&before);
                let part_of_name = capital(before) && !function && before.chars().skip(1).any(char::is_lowercase);
                !listed && (self.apostrophe() || !part_of_name)
            }
            Rule::Surname => !self.bare || !capital(next),
            Rule::West => {
                let (before, _) = self.before();
                let pair = matches!(
                    before,
                    "Doğu" | "Kuzey" | "Güney" | "East" | "Mid" | "Middle" | "Key" | "Kanye" | "north" | "south"
                );
                !listed && !pair && (self.apostrophe() || !self.first() || !capital(next))
            }
            Rule::Georgia => {
                let before = self.text[..self.from].trim_end();
                let town =
                    before.ends_with(',') && before[..before.len() - 1].chars().next_back().is_some_and(char::is_alphabetic);
                let of = ["state of", "in south", "in north", "rural", "Senate in"].iter().any(|w| before.ends_with(w));
                !listed && !town && !of && !capital_name(self.before().0)
            }
        }
    }
}

/// "South Georgia", "President Georgia …" are other names.
fn capital_name(before: &str) -> bool {
    matches!(before, "South" | "North" | "Southern" | "Northern" | "Central")
}

/// True where what follows `before` begins a sentence.
fn starts_sentence(before: &str) -> bool {
    let t = before.trim_end_matches([' ', '\u{a0}', '"', '“', '”', '‘', '’', '\'', '(', '-', '–', '—']);
    t.is_empty() || t.ends_with(['.', '!', '?', ':', '…', '\n', '\t', ';', '•'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentence_starts() {
        assert!(starts_sentence(""));
        assert!(starts_sentence("Geldi. "));
        assert!(starts_sentence("dedi: \""));
        assert!(!starts_sentence("ülkesi "));
        assert!(!starts_sentence("Rusya, "));
    }
}
