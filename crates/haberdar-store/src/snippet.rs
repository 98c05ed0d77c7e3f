//! The place of a text where most of what was searched for stands together.

use haberdar_model::{Language, Span};
use serde::Serialize;

use crate::{
    TextQuery,
    terms::{Term, terms},
};

/// A piece of a text with what was found in it. All spans are code points of the whole text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Snippet {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// Verbatim.
    pub text: String,
    /// What was found, in order.
    pub marks: Vec<Span>,
}

/// Words in a snippet.
const WIDTH: usize = 32;

/// Words before the first one that was found.
const LEAD: usize = 6;

impl Snippet {
    /// The best place of a whole text; its beginning where nothing is found (a title that has the words).
    pub(crate) fn best(query: &TextQuery, text: &str, lang: Option<Language>) -> Snippet {
        let all = terms(text, lang);
        let found = query.found(&all);
        let from = found.iter().map(|f| f.1).max_by_key(|&i| (worth(&found, i), std::cmp::Reverse(i))).unwrap_or(0);
        let from = begin(text, &all, from);
        let to = (from + WIDTH).min(all.len());
        let Some((first, last)) = all.get(from).zip(all[..to].last()) else { return Snippet::default() };
        let span = Span { start: first.span.start, end: last.span.end };
        Snippet { span, text: span.slice(text).unwrap_or_default().to_owned(), marks: marks(&all, &found, span) }
    }

    /// A piece of a text as it is; `start` is where it begins.
    pub(crate) fn of(query: &TextQuery, piece: &str, start: usize, lang: Option<Language>) -> Snippet {
        let mut all = terms(piece, lang);
        for t in &mut all {
            t.span = Span { start: t.span.start + start, end: t.span.end + start };
        }
        let span = Span { start, end: start + piece.chars().count() };
        Snippet { span, text: piece.to_owned(), marks: marks(&all, &query.found(&all), span) }
    }
}

/// How much a window that begins at a term holds: different things first, then how many.
fn worth(found: &[(usize, usize, usize)], from: usize) -> (usize, usize) {
    let inside = || found.iter().filter(|f| (from..from + WIDTH - LEAD).contains(&f.1));
    let mut kinds: Vec<usize> = inside().map(|f| f.0).collect();
    kinds.sort_unstable();
    kinds.dedup();
    (kinds.len(), inside().count())
}

/// A few words earlier, at the beginning of a sentence where one is near.
fn begin(text: &str, all: &[Term], at: usize) -> usize {
    let least = at.saturating_sub(LEAD);
    let ends = |i: usize| {
        let gap = Span { start: all[i - 1].span.end, end: all[i].span.start };
        gap.slice(text).is_some_and(|g| g.contains(['.', '!', '?', '\n', '…']))
    };
    (least..=at).rev().find(|&i| i == 0 || i < all.len() && ends(i)).unwrap_or(least)
}

fn marks(all: &[Term], found: &[(usize, usize, usize)], within: Span) -> Vec<Span> {
    let mut marks: Vec<Span> = Vec::new();
    for &(_, i, n) in found {
        let span = Span { start: all[i].span.start, end: all[i + n - 1].span.end };
        if span.start < within.start || span.end > within.end {
            continue;
        }
        match marks.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => marks.push(span),
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(query: &str, text: &str) -> (String, Vec<String>) {
        let q: TextQuery = query.parse().expect("a query");
        let s = Snippet::best(&q, text, Some(Language::Tr));
        assert_eq!(s.span.slice(text), Some(s.text.as_str()));
        (s.text, s.marks.iter().map(|m| m.slice(text).unwrap_or_default().to_owned()).collect())
    }

    #[test]
    fn the_words_that_were_found_are_marked() {
        let text = "Şarkı bitti. Rusya, Kuzey Kore'ye enerji ihracatını artırdı. İhracat sürecek.";
        let (words, marks) = best("\"kuzey kore\" ihracat", text);
        assert!(words.starts_with("Rusya, Kuzey"), "{words}");
        assert_eq!(marks, ["Kuzey Kore", "ihracatını", "İhracat"]);
        assert_eq!(best("ener*", text).1, ["enerji"]);
        assert_eq!(best("balık", text).1, Vec::<String>::new());
        assert_eq!(best("balık", "").0, "");
    }
}
