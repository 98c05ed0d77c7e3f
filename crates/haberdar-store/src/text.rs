//! What is searched for in texts: words in all their forms, phrases, beginnings of words.
//!
//! | written | finds |
//! |---|---|
//! | `enerji ihracatı` | texts with both words, in whatever form: `ihracatının`, `ihracat` |
//! | `"enerji ihracatı"` | the words side by side and in this form; a suffix behind an apostrophe does not count |
//! | `ihrac*` | words that begin so |
//! | `gaz OR petrol`, `gaz VEYA petrol` | either of them |
//! | `ihracat -gaz` | the first without the second |
//!
//! Case, marks and the dots of i do not count.

use std::{collections::BTreeSet, fmt, str::FromStr};

use haberdar_model::Language;
use serde::{Deserialize, Serialize};

use crate::{
    StoreError,
    rank::Bounds,
    terms::{Term, terms},
    vocabulary::Vocabulary,
};

/// A query that can be searched; its text is the one that was given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TextQuery {
    text: String,
    /// Each of these has to be found, in one of its alternatives.
    all: Vec<Vec<Clause>>,
    /// None of these.
    none: Vec<Clause>,
}

/// Something to be found.
#[derive(Clone, Debug, PartialEq)]
enum Clause {
    /// One word in any form.
    Word { forms: Vec<String>, stems: Vec<String> },
    /// Words side by side, in one of the ways in which the languages take them apart.
    Phrase(Vec<Vec<String>>),
    /// The beginning of a word.
    Beginning(String),
}

impl FromStr for TextQuery {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        let fail = |reason| StoreError::Query { query: text.to_owned(), reason };
        let mut query = TextQuery { text: text.to_owned(), all: Vec::new(), none: Vec::new() };
        let mut or = false;
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let (piece, behind) = piece(rest);
            rest = behind.trim_start();
            if matches!(piece, "OR" | "VEYA" | "|") {
                or = !query.all.is_empty();
                continue;
            }
            let (not, wanted) = match piece.strip_prefix('-') {
                Some(p) if !p.is_empty() => (true, p),
                _ => (false, piece),
            };
            // Marks alone (a dash between words) say nothing.
            let Some(clause) = clause(wanted) else { continue };
            match query.all.last_mut() {
                _ if not => query.none.push(clause),
                Some(group) if or => group.push(clause),
                _ => query.all.push(vec![clause]),
            }
            or = false;
        }
        match (query.all.is_empty(), query.none.is_empty()) {
            (true, true) => Err(fail("it has no word; write words, \"a phrase\", or beginnings of words such as ihrac*")),
            (true, false) => Err(fail("it only says what is not wanted; add a word that is")),
            _ => Ok(query),
        }
    }
}

impl TryFrom<String> for TextQuery {
    type Error = StoreError;

    fn try_from(text: String) -> Result<Self, StoreError> {
        text.parse()
    }
}

impl From<TextQuery> for String {
    fn from(q: TextQuery) -> String {
        q.text
    }
}

impl fmt::Display for TextQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The first piece and what stands behind it: a phrase with its marks and the sign before it, or all up to white space.
fn piece(text: &str) -> (&str, &str) {
    let sign = usize::from(text.starts_with('-'));
    if let Some(open) = text[sign..].chars().next().filter(|c| is_mark(*c)) {
        let inside = sign + open.len_utf8();
        return match text[inside..].find(is_mark) {
            Some(n) => {
                let close = text[inside + n..].chars().next().map_or(0, char::len_utf8);
                text.split_at(inside + n + close)
            }
            None => (text, ""),
        };
    }
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

fn clause(piece: &str) -> Option<Clause> {
    let exact = piece.starts_with(is_mark);
    let beginning = !exact && piece.ends_with('*');
    // What the word may be in each language: as many words, with stems or without.
    let mut readings: Vec<Vec<Term>> = Vec::new();
    for lang in Language::ALL {
        let found = terms(piece, Some(lang));
        if !found.is_empty() {
            readings.push(found);
        }
    }
    let first = readings.first()?;
    if beginning && first.len() == 1 {
        return terms(piece, None).pop().map(|t| Clause::Beginning(t.form));
    }
    let single = readings.iter().all(|r| r.len() == 1);
    let mut ways: Vec<Vec<String>> = readings.iter().map(|r| r.iter().map(|t| t.form.clone()).collect()).collect();
    ways.dedup();
    if exact || !single {
        return Some(Clause::Phrase(ways));
    }
    let mut stems: Vec<String> = readings.iter().filter_map(|r| r[0].stems.first().cloned()).collect();
    stems.dedup();
    Some(Clause::Word { forms: ways.concat(), stems })
}

impl Clause {
    /// In the language of FTS5. Words are letters and digits alone, so nothing has to be escaped.
    fn fts(&self) -> String {
        let ways: Vec<String> = match self {
            // Also a stem that was typed without its marks.
            Clause::Word { forms, stems } => {
                forms.iter().map(|f| format!("\"{f}\"")).chain(stems.iter().map(|s| format!("\"{s}\""))).collect()
            }
            Clause::Phrase(ways) => ways.iter().map(|w| format!("- stems : \"{}\"", w.join(" "))).collect(),
            Clause::Beginning(b) => vec![format!("\"{b}\" *")],
        };
        if ways.len() == 1 { ways.concat() } else { format!("({})", ways.join(" OR ")) }
    }

    /// At most so many articles have it.
    fn articles(&self, known: &Vocabulary) -> usize {
        let rarest = |way: &Vec<String>| way.iter().map(|w| known.articles(w)).min().unwrap_or_default();
        match self {
            Clause::Word { forms, stems } => forms.iter().chain(stems).map(|w| known.articles(w)).sum(),
            Clause::Phrase(ways) => ways.iter().map(rarest).sum(),
            Clause::Beginning(b) => known.articles_of_beginning(b),
        }
    }

    /// It counts for the rank.
    fn is_telling(&self, known: &Vocabulary, b: Bounds) -> bool {
        let most = match self {
            Clause::Word { .. } => b.common,
            // The rows that hold all of its words are looked at, too.
            Clause::Phrase(_) => b.common / 4,
            Clause::Beginning(_) => b.beginnings,
        };
        self.articles(known) <= most
    }

    /// In the language of FTS5, with words in the place of beginnings that many rows have.
    fn fts_with(&self, known: &Vocabulary, all: bool, b: Bounds) -> String {
        match self {
            Clause::Beginning(beginning) => match known.instead_of(beginning, all, b) {
                Some(words) => {
                    let words: Vec<String> = words.iter().map(|w| format!("\"{w}\"")).collect();
                    format!("({})", words.join(" OR "))
                }
                None => self.fts(),
            },
            _ => self.fts(),
        }
    }

    /// How many terms it takes where it begins at `terms[0]`, 0 where it does not.
    fn at(&self, terms: &[Term]) -> usize {
        let Some(t) = terms.first() else { return 0 };
        let has = |w: &String| *w == t.form || t.stems.contains(w);
        match self {
            Clause::Word { forms, stems } => usize::from(forms.iter().chain(stems).any(has)),
            Clause::Beginning(b) => {
                usize::from(t.form.starts_with(b.as_str()) || t.stems.iter().any(|s| s.starts_with(b.as_str())))
            }
            Clause::Phrase(ways) => {
                let fits = |w: &&Vec<String>| terms.len() >= w.len() && w.iter().zip(terms).all(|(w, t)| *w == t.form);
                ways.iter().find(fits).map_or(0, Vec::len)
            }
        }
    }
}

impl TextQuery {
    /// In the language of FTS5.
    pub(crate) fn fts(&self) -> String {
        written(self.all.iter().map(|g| g.iter().map(Clause::fts).collect()), self.none.iter().map(Clause::fts))
    }

    /// The words and the beginnings of words in it.
    pub(crate) fn leaves(&self) -> (Vec<&str>, Vec<&str>) {
        let (mut words, mut beginnings) = (Vec::new(), Vec::new());
        for clause in self.all.iter().flatten().chain(&self.none) {
            match clause {
                Clause::Word { forms, stems } => words.extend(forms.iter().chain(stems).map(String::as_str)),
                Clause::Phrase(ways) => words.extend(ways.iter().flatten().map(String::as_str)),
                Clause::Beginning(b) => beginnings.push(b.as_str()),
            }
        }
        (words, beginnings)
    }

    /// What has to be found, in the language of FTS5.
    pub(crate) fn fts_with(&self, known: &Vocabulary, b: Bounds) -> String {
        let all = self.all.iter().map(|g| g.iter().map(|c| c.fts_with(known, false, b)).collect());
        written(all, self.none.iter().map(|c| c.fts_with(known, true, b)))
    }

    /// At most so many articles have what has to be found.
    pub(crate) fn articles(&self, known: &Vocabulary) -> usize {
        let group = |g: &Vec<Clause>| g.iter().map(|c| c.articles(known)).sum();
        self.all.iter().map(group).min().unwrap_or_default()
    }

    /// The part of which every word counts for the rank, in the language of FTS5; `None` where nothing is left that has to be
    /// found. What is not wanted may be left out as well: this part finds more, never less.
    pub(crate) fn telling(&self, known: &Vocabulary, b: Bounds) -> Option<String> {
        let tells = |c: &Clause| c.is_telling(known, b);
        let all: Vec<Vec<String>> =
            self.all.iter().filter(|g| g.iter().all(tells)).map(|g| g.iter().map(Clause::fts).collect()).collect();
        let none = self.none.iter().filter(|c| tells(c)).map(Clause::fts);
        (!all.is_empty()).then(|| written(all.into_iter(), none))
    }

    /// All that has to be found is among the terms of a text.
    pub(crate) fn is_in(&self, terms: &[Term]) -> bool {
        let found: BTreeSet<usize> = self.found(terms).into_iter().map(|f| f.0).collect();
        found.len() == self.all.len()
    }

    /// What is found among the terms of a text: number of the clause, first term, number of terms.
    pub(crate) fn found(&self, terms: &[Term]) -> Vec<(usize, usize, usize)> {
        let mut out = Vec::new();
        for i in 0..terms.len() {
            for (k, clause) in self.all.iter().enumerate().flat_map(|(k, g)| g.iter().map(move |c| (k, c))) {
                let n = clause.at(&terms[i..]);
                if n > 0 {
                    out.push((k, i, n));
                }
            }
        }
        out
    }
}

/// All of these, each in one of its ways, and none of those.
fn written(all: impl Iterator<Item = Vec<String>>, none: impl Iterator<Item = String>) -> String {
    let group = |ways: Vec<String>| if ways.len() == 1 { ways.concat() } else { format!("({})", ways.join(" OR ")) };
    let out = all.map(group).collect::<Vec<_>>().join(" AND ");
    let none = none.collect::<Vec<_>>().join(" OR ");
    if none.is_empty() { out } else { format!("({out}) NOT ({none})") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fts(text: &str) -> String {
        text.parse::<TextQuery>().map_or_else(|e| e.to_string(), |q| q.fts())
    }

    #[test]
    fn queries_are_taken_apart() {
        assert_eq!(fts("KIBRIS"), "\"kibris\"");
        // In English the ending behind the apostrophe may be a part of the name.
        assert_eq!(fts("Kıbrıs'ın"), "(\"kibris\" OR \"kibrisin\")");
        assert_eq!(fts("\"enerji ihracatı\""), "- stems : \"enerji ihracati\"");
        assert_eq!(fts("“Enerji İhracatı”"), "- stems : \"enerji ihracati\"");
        assert_eq!(fts("ihrac*"), "\"ihrac\" *");
        assert_eq!(fts("İHRAC*"), "\"ihrac\" *");
        assert_eq!(fts("F-16"), "- stems : \"f 16\"");
        assert_eq!(fts("gaz OR 16 -f-16"), "((\"gaz\" OR \"16\")) NOT (- stems : \"f 16\")");
        assert!(fts("ihracatı").contains("\"ihracat\""), "{}", fts("ihracatı"));
    }

    #[test]
    fn what_cannot_be_searched_says_why() {
        for text in ["", "  ", "\"\"", "—", "*"] {
            assert!(fts(text).contains("it has no word"), "{text}: {}", fts(text));
        }
        assert!(fts("-gaz").contains("only says what is not wanted"));
    }

    proptest! {
        #[test]
        fn any_text_is_a_query_or_an_error(text in "\\PC{0,30}") {
            if let Ok(q) = text.parse::<TextQuery>() {
                prop_assert_eq!(q.to_string(), text);
                let db = rusqlite::Connection::open_in_memory().expect("memory");
                db.execute_batch("CREATE VIRTUAL TABLE t USING fts5 (title, words, stems, tokenize = 'ascii')").expect("a table");
                let found = db.query_row("SELECT count(*) FROM t WHERE t MATCH ?1", [q.fts()], |r| r.get::<_, i64>(0));
                prop_assert_eq!(found.map_err(|e| e.to_string()), Ok(0));
            }
        }
    }
}
