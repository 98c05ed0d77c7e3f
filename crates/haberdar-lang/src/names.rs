//! Names of persons, places and bodies: what the network's tags of names say.

use crate::{Sentence, Upos, word::Shape};

/// What a name is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameClass {
    /// A person.
    Per,
    /// A place that is no state, province or town: mountains, seas, regions.
    Loc,
    /// A state, province or town.
    Gpe,
    /// An organisation.
    Org,
    /// A nationality, religious or political group.
    Norp,
    /// A title or office in front of or instead of a name.
    Title,
}

impl NameClass {
    /// Its short name.
    pub const fn as_str(self) -> &'static str {
        match self {
            NameClass::Per => "PER",
            NameClass::Loc => "LOC",
            NameClass::Gpe => "GPE",
            NameClass::Org => "ORG",
            NameClass::Norp => "NORP",
            NameClass::Title => "TITLE",
        }
    }
}

/// A name in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameSpan {
    /// Index of its first word.
    pub first_word: usize,
    /// Index behind its last word.
    pub last_word: usize,
    /// Its class.
    pub class: NameClass,
}

impl NameClass {
    /// The class that a tag of a corpus stands for.
    pub fn of_tag(tag: &str) -> Option<NameClass> {
        Some(match tag {
            "PERSON" | "PER" | "Person" => NameClass::Per,
            "GPE" => NameClass::Gpe,
            "LOC" | "Location" => NameClass::Loc,
            "ORG" | "Organisation" => NameClass::Org,
            "NORP" | "Nationality" => NameClass::Norp,
            "TITLE" => NameClass::Title,
            _ => return None,
        })
    }
}

/// The names of interest that tags mark; `inventory` says what each tag stands for.
pub(crate) fn spans(inventory: &[String], tags: &[u8]) -> Vec<NameSpan> {
    let name = |i: usize| inventory[tags[i] as usize].split_once('-').unwrap_or(("O", ""));
    let mut out = Vec::new();
    let mut i = 0;
    while i < tags.len() {
        let (_, kind) = name(i);
        let from = i;
        i += 1;
        if kind.is_empty() {
            continue;
        }
        while i < tags.len() && name(i) == ("I", kind) {
            i += 1;
        }
        if let Some(class) = NameClass::of_tag(kind) {
            out.push(NameSpan { first_word: from, last_word: i, class });
        }
    }
    out
}

/// Without those that cannot be names: a pronoun or an article alone is none, whatever the corpora mark.
pub(crate) fn plausible(mut spans: Vec<NameSpan>, sentence: &Sentence<'_>) -> Vec<NameSpan> {
    let names_something = |i: usize| {
        let w = &sentence.words[i];
        crate::word::shape(w.form) != Shape::Symbol
            && matches!(w.upos, Upos::Propn | Upos::Noun | Upos::Adj | Upos::Verb | Upos::Num | Upos::X)
    };
    spans.retain(|s| (s.first_word..s.last_word).any(names_something));
    spans
}
