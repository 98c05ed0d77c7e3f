//! Which words there are and how many articles hold each: what of a question tells rows apart is known before any list of
//! rows is read.

use std::{
    cmp::Reverse,
    collections::{BTreeSet, BinaryHeap, HashMap},
};

use rusqlite::{Connection, OptionalExtension, params};

use crate::{Store, StoreError, TextQuery, error::AtPath, rank::Bounds, terms::Term};

/// Words of one beginning that are looked for side by side, at most.
const SIDE_BY_SIDE: usize = 64;

/// Words of one beginning that are looked at; of a letter or two there are more.
const LOOKED_AT: usize = 50_000;

/// How common the words of one question are.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    words: HashMap<String, usize>,
    beginnings: HashMap<String, Beginning>,
}

/// The words that begin in a way.
#[derive(Debug, Default)]
struct Beginning {
    /// Articles that hold one, those that hold two twice.
    articles: usize,
    /// The most common ones.
    words: Vec<String>,
    /// These are all.
    all: bool,
}

impl Vocabulary {
    /// How many articles hold the word.
    pub(crate) fn articles(&self, word: &str) -> usize {
        self.words.get(word).copied().unwrap_or_default()
    }

    /// How many articles hold a word that begins so; one that holds two such words counts twice.
    pub(crate) fn articles_of_beginning(&self, beginning: &str) -> usize {
        self.beginnings.get(beginning).map_or(0, |b| b.articles)
    }

    /// The words to look for instead of a beginning that many rows have: SQLite puts the lists of all of them together, for whole
    /// tables, before it gives the first row. `None` where that does not take long. Of more words than can be looked for side
    /// by side these are the most common ones, unless `all` are asked for.
    pub(crate) fn instead_of(&self, beginning: &str, all: bool, b: Bounds) -> Option<&[String]> {
        let found = self.beginnings.get(beginning)?;
        (found.articles > b.beginnings && (found.all || !all)).then_some(&found.words[..])
    }
}

/// Counts the words of an article that came in.
pub(crate) fn count_words<'t>(db: &Connection, terms: impl Iterator<Item = &'t Term>) -> rusqlite::Result<()> {
    let words: BTreeSet<&str> = terms.flat_map(|t| std::iter::once(&t.form).chain(&t.stems)).map(String::as_str).collect();
    let sql = "INSERT INTO vocabulary VALUES (?1, 1) ON CONFLICT (word) DO UPDATE SET articles = articles + 1";
    let mut s = db.prepare_cached(sql)?;
    words.into_iter().try_for_each(|w| s.execute([w]).map(drop))
}

impl Store {
    /// How common the words of a query are.
    pub(crate) fn vocabulary(&self, query: &TextQuery) -> Result<Vocabulary, StoreError> {
        let mut out = Vocabulary::default();
        let (words, beginnings) = query.leaves();
        let mut s = self.db.prepare_cached("SELECT articles FROM vocabulary WHERE word = ?1").at(&self.path)?;
        for word in words {
            let n = s.query_row([word], |r| r.get::<_, i64>(0)).optional().at(&self.path)?;
            out.words.insert(word.to_owned(), n.unwrap_or_default() as usize);
        }
        for beginning in beginnings {
            let found = self.beginning(beginning).at(&self.path)?;
            out.beginnings.insert(beginning.to_owned(), found);
        }
        Ok(out)
    }

    fn beginning(&self, beginning: &str) -> rusqlite::Result<Beginning> {
        let sql = "SELECT word, articles FROM vocabulary WHERE word >= ?1 AND word < ?1 || char(1114111) LIMIT ?2";
        let mut s = self.db.prepare_cached(sql)?;
        let mut rows = s.query(params![beginning, LOOKED_AT as i64])?;
        let mut out = Beginning::default();
        let mut most: BinaryHeap<Reverse<(usize, Reverse<String>)>> = BinaryHeap::new();
        let mut seen = 0;
        while let Some(row) = rows.next()? {
            let n = row.get::<_, i64>(1)? as usize;
            seen += 1;
            out.articles += n;
            // The words come in order: of two that are equally common the first stays.
            if most.len() < SIDE_BY_SIDE || most.peek().is_some_and(|Reverse((least, _))| n > *least) {
                most.push(Reverse((n, Reverse(row.get(0)?))));
                if most.len() > SIDE_BY_SIDE {
                    most.pop();
                }
            }
        }
        out.all = seen <= SIDE_BY_SIDE;
        out.words = most.into_sorted_vec().into_iter().map(|Reverse((_, Reverse(word)))| word).collect();
        Ok(out)
    }
}
