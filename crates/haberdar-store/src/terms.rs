//! Words in the form in which they are searched.

use std::{cell::RefCell, collections::HashMap};

use haberdar_lang::{Stems, stems, tokenize::is_apostrophe};
use haberdar_model::{Language, Span};

use crate::turkish::search_key;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    /// Where, without a suffix behind an apostrophe.
    pub(crate) span: Span,
    /// Lower case, without marks, dotless ı as i.
    pub(crate) form: String,
    /// Stems in the same form, the likeliest first.
    pub(crate) stems: Vec<String>,
}

/// The words of a text; without a language they have no stems.
pub(crate) fn terms(text: &str, lang: Option<Language>) -> Vec<Term> {
    let mut out = Vec::new();
    let mut chars = text.char_indices().enumerate().peekable();
    let mut begun: Option<(usize, usize)> = None;
    while let Some((at, (byte, c))) = chars.next() {
        let joins = begun.is_some() && is_apostrophe(c) && chars.peek().is_some_and(|(_, (_, n))| n.is_alphabetic());
        if is_word(c) || joins {
            begun.get_or_insert((at, byte));
        } else if let Some((from, start)) = begun.take() {
            out.extend(term(&text[start..byte], from, lang));
        }
    }
    if let Some((from, start)) = begun {
        out.extend(term(&text[start..], from, lang));
    }
    out
}

/// Letters and digits of all scripts, and what may stand within a word without being seen.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || ('\u{300}'..='\u{36F}').contains(&c) || matches!(c, '\u{AD}' | '\u{200C}' | '\u{200D}')
}

/// The part of a key that is indexed.
fn bare(key: &str) -> String {
    key.chars()
        .filter(|c| {
            c.is_alphanumeric() || !c.is_ascii() && !is_apostrophe(*c) && !matches!(c, '\u{AD}' | '\u{200C}' | '\u{200D}')
        })
        .collect()
}

fn term(word: &str, from: usize, lang: Option<Language>) -> Option<Term> {
    let Stems { name, stems } = lang.map_or_else(|| Stems { name: word.len(), stems: Vec::new() }, |l| known_stems(word, l));
    let name = &word[..name];
    let form = bare(&search_key(name));
    let stems = stems.iter().map(|s| bare(&search_key(s))).filter(|s| *s != form && !s.is_empty()).collect();
    (!form.is_empty()).then(|| Term { span: Span { start: from, end: from + name.chars().count() }, form, stems })
}

/// Words that are remembered with their stems; texts repeat themselves.
const REMEMBERED: usize = 1 << 16;

fn known_stems(word: &str, lang: Language) -> Stems {
    thread_local! {
        static KNOWN: RefCell<HashMap<(Language, String), Stems>> = RefCell::default();
    }
    KNOWN.with_borrow_mut(|known| {
        let key = (lang, word.to_owned());
        if let Some(s) = known.get(&key) {
            return s.clone();
        }
        if known.len() >= REMEMBERED {
            known.clear();
        }
        let s = stems(word, lang);
        known.insert(key, s.clone());
        s
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn forms(text: &str, lang: Option<Language>) -> String {
        terms(text, lang).into_iter().map(|t| t.form).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn one_form_for_all_spellings() {
        let tr = Some(Language::Tr);
        for word in ["kıbrıs", "KIBRIS", "Kıbrıs'ın", "Kıbrıs’ta", "kibris", "Kıbrıs"] {
            assert_eq!(forms(word, tr), "kibris", "{word}");
        }
        assert_eq!(forms("IĞDIR ığdır Iğdır'dan", tr), "igdir igdir igdir");
        assert_eq!(forms("İ\u{307}stanbul, COVID-19; O'Brien", Some(Language::En)), "istanbul covid 19 obrien");
        assert_eq!(forms("Владимир Путин 北京", None), "владимир путин 北京");
        assert_eq!(forms("— … ' '' \u{AD}", tr), "");
    }

    #[test]
    fn stems_stand_beside_their_forms() {
        let found = terms("ihracatının", Some(Language::Tr));
        assert_eq!(found[0].stems, ["ihracat"]);
        assert_eq!(terms("ihracat", Some(Language::Tr))[0].stems, Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn spans_are_code_points_in_order(text in "[a-zıİIşĞ '’.\u{307}\u{AD}А-я0-9\n]{0,60}") {
            let n = text.chars().count();
            let mut last = 0;
            for t in terms(&text, Some(Language::Tr)) {
                prop_assert!(last <= t.span.start && t.span.start < t.span.end && t.span.end <= n);
                last = t.span.end;
                // Searched again, a form is itself.
                prop_assert_eq!(forms(&t.form, None), t.form);
            }
        }
    }
}
