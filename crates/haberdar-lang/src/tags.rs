//! The vocabularies of an analysis: parts of speech, features, relations. All are `Copy`.

use std::{
    collections::BTreeSet,
    fmt,
    sync::{Mutex, OnceLock},
};

macro_rules! upos {
    ($($name:ident = $text:literal, $doc:literal;)*) => {
        /// A universal part of speech.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Upos { $(#[doc = $doc] $name,)* }

        impl Upos {
            /// Every part of speech in alphabetical order.
            pub const ALL: [Upos; 17] = [$(Upos::$name,)*];

            /// The name in CoNLL-U.
            pub const fn as_str(self) -> &'static str {
                match self { $(Upos::$name => $text,)* }
            }

            /// The part of speech of this name.
            pub fn parse(s: &str) -> Option<Upos> {
                match s { $($text => Some(Upos::$name),)* _ => None }
            }
        }
    };
}

upos! {
    Adj = "ADJ", "Adjective";
    Adp = "ADP", "Adposition";
    Adv = "ADV", "Adverb";
    Aux = "AUX", "Auxiliary or copula";
    Cconj = "CCONJ", "Coordinating conjunction";
    Det = "DET", "Determiner";
    Intj = "INTJ", "Interjection";
    Noun = "NOUN", "Common noun";
    Num = "NUM", "Number";
    Part = "PART", "Particle";
    Pron = "PRON", "Pronoun";
    Propn = "PROPN", "Name";
    Punct = "PUNCT", "Punctuation";
    Sconj = "SCONJ", "Subordinating conjunction";
    Sym = "SYM", "Symbol";
    Verb = "VERB", "Verb";
    X = "X", "Anything else";
}

impl fmt::Display for Upos {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One copy of each text for the life of the program. Labels come from models, of which there are few.
fn intern(s: &str) -> &'static str {
    static POOL: OnceLock<Mutex<BTreeSet<&'static str>>> = OnceLock::new();
    let pool = POOL.get_or_init(Default::default);
    let mut pool = pool.lock().unwrap_or_else(|e| e.into_inner());
    if let Some(known) = pool.get(s) {
        return known;
    }
    let kept: &'static str = Box::leak(s.to_owned().into_boxed_str());
    pool.insert(kept);
    kept
}

/// Morphological features: `Case=Gen|Number=Sing`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Feats(&'static str);

impl Feats {
    /// No features.
    pub const NONE: Feats = Feats("");

    /// Features as CoNLL-U writes them, `_` for none. Each new combination is kept for the life of the program, so do
    /// not call this on unbounded input.
    pub fn new(s: &str) -> Feats {
        if s == "_" || s.is_empty() { Feats::NONE } else { Feats(intern(s)) }
    }

    /// The value of a feature: `feats.get("Case")`.
    pub fn get(self, name: &str) -> Option<&'static str> {
        self.iter().find(|(n, _)| *n == name).map(|(_, v)| v)
    }

    /// True if the feature has the value.
    pub fn is(self, name: &str, value: &str) -> bool {
        self.get(name) == Some(value)
    }

    /// Names and values in order.
    pub fn iter(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.0.split('|').filter_map(|p| p.split_once('='))
    }

    /// True if there are none.
    pub const fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// As CoNLL-U writes them, `_` for none.
    pub const fn as_str(self) -> &'static str {
        if self.0.is_empty() { "_" } else { self.0 }
    }
}

impl fmt::Display for Feats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Feats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A relation to the head: `nsubj`, `nmod:poss`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Deprel(&'static str);

impl Deprel {
    /// The relation of the sentence's head.
    pub const ROOT: Deprel = Deprel("root");
    /// Punctuation.
    pub const PUNCT: Deprel = Deprel("punct");
    /// A relation that could not be told.
    pub const DEP: Deprel = Deprel("dep");

    /// The relation of this name. Each new name is kept for the life of the program.
    pub fn new(s: &str) -> Deprel {
        Deprel(intern(s))
    }

    /// The name with its subtype.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// The name without its subtype.
    pub fn universal(self) -> &'static str {
        self.0.split(':').next().unwrap_or(self.0)
    }

    /// True for the relation itself and its subtypes: `rel.is("nsubj")` holds for `nsubj:pass`.
    pub fn is(self, universal: &str) -> bool {
        self.universal() == universal
    }
}

impl fmt::Display for Deprel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

impl fmt::Debug for Deprel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip() {
        for u in Upos::ALL {
            assert_eq!(Upos::parse(u.as_str()), Some(u));
        }
        assert_eq!(Upos::parse("FOO"), None);
    }

    #[test]
    fn features_are_looked_up_by_whole_name() {
        let f = Feats::new("Case=Gen|Number=Sing|Number[psor]=Plur");
        assert_eq!(f.get("Number"), Some("Sing"));
        assert_eq!(f.get("Number[psor]"), Some("Plur"));
        assert_eq!(f.get("Person"), None);
        assert_eq!(Feats::new("_").to_string(), "_");
        assert!(Feats::new("_").is_empty());
        assert_eq!(Feats::NONE.get("Case"), None);
    }

    #[test]
    fn relations_have_a_universal_part() {
        assert_eq!(Deprel::new("nmod:poss").universal(), "nmod");
        assert!(Deprel::new("nsubj:pass").is("nsubj"));
        assert_eq!(Deprel::new("root"), Deprel::ROOT);
    }
}
