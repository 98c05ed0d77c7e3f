//! The analyzer: all steps in a row.

use std::sync::Arc;

use haberdar_model::Language;

use crate::{
    Analysis, Deprel, Feats, Sentence, Upos, Word, casing,
    tokenize::{Abbreviations, Gap, Token, tokenize},
};

/// A model that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LangError {
    /// The bytes are no model of this version, or are damaged.
    #[error("the {0} model is damaged or of another version ({1}): make it again with haberdar-train")]
    BadModel(Language, &'static str),
}

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

struct Inner {
    lang: Language,
    abbreviations: Abbreviations,
}

/// Reads text of one language. Cheap to clone.
#[derive(Clone)]
pub struct Analyzer(Arc<Inner>);

impl Analyzer {
    /// The analyzer of the language, with the model that is built in.
    pub fn new(lang: Language) -> Result<Analyzer, LangError> {
        Ok(Analyzer(Arc::new(Inner { lang, abbreviations: Abbreviations::new(lang) })))
    }

    /// Its language.
    pub fn language(&self) -> Language {
        self.0.lang
    }

    /// Reads a text.
    pub fn analyze<'t>(&self, text: &'t str) -> Analysis<'t> {
        let tokens = tokenize(text, self.0.lang, &self.0.abbreviations);
        let mut sentences = Vec::new();
        let mut from = 0;
        for i in 0..tokens.len() {
            let t = &text[tokens[i].start as usize..tokens[i].end as usize];
            let ends =
                matches!(t.chars().last(), Some('.' | '!' | '?' | '…')) && !t.chars().next().is_some_and(char::is_alphanumeric);
            let next = tokens.get(i + 1).map_or(Gap::Paragraph, |t| t.before);
            if next >= Gap::Line || (ends && next >= Gap::Space) || i + 1 - from >= 400 {
                sentences.push(self.sentence(text, &tokens[from..=i], next));
                from = i + 1;
            }
        }
        Analysis { text, sentences }
    }

    /// The names in a sentence.
    pub fn names(&self, _sentence: &Sentence) -> Vec<NameSpan> {
        Vec::new()
    }

    fn sentence(&self, text: &str, tokens: &[Token], behind: Gap) -> Sentence {
        let lang = self.0.lang;
        let words = tokens.iter().enumerate().map(|(i, t)| {
            let form = &text[t.start as usize..t.end as usize];
            let punct = !form.chars().any(char::is_alphanumeric);
            let upos = if punct {
                Upos::Punct
            } else if i > 0 && casing::is_capitalized(form) {
                Upos::Propn
            } else {
                Upos::Noun
            };
            Word {
                start: t.start,
                end: t.end,
                part: 0,
                form: form.into(),
                lemma: casing::lower(form.split(['\'', '’']).next().unwrap_or(form), lang).into(),
                upos,
                feats: Feats::NONE,
                head: (i > 0).then_some(0),
                deprel: if i == 0 {
                    Deprel::ROOT
                } else if punct {
                    Deprel::PUNCT
                } else {
                    Deprel::DEP
                },
                space_after: tokens.get(i + 1).map_or(behind, |t| t.before) != Gap::None,
            }
        });
        let words: Vec<Word> = words.collect();
        Sentence {
            start: tokens.first().map_or(0, |t| t.start as usize),
            end: tokens.last().map_or(0, |t| t.end as usize),
            words,
        }
    }
}
