//! Which rows fit words best, within a bounded time: a word such as “ministry” stands in half of all articles.
//!
//! FTS5 works out BM25 for every row that fits, and for every word it counts all rows that hold it, which takes seconds where a
//! million articles do. So what is ranked is bounded:
//!
//! * Of more rows than [`Bounds::candidates`] those that came in last are ranked.
//! * A word that more rows hold than [`Bounds::common`] has to be there, but says nothing of which row fits better.
//! * Where all words are such, nothing is left to rank by: then rows with all words in the leading column (the headline; for
//!   sentences and quotations, in the very form) come first, and the rest is up to the day.

use rusqlite::{params_from_iter, types::Value};

use crate::{
    Store, StoreError, TextQuery,
    error::AtPath,
    index::{QUOTES, ROWS},
};

/// What is looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    /// Rows that are ranked at most.
    pub(crate) candidates: usize,
    /// Rows that hold a word which still counts for the rank, at most.
    pub(crate) common: usize,
    /// Rows that come into question where all words are common, at most; as many again where the leading column has them.
    pub(crate) latest: usize,
    /// Rows that are counted at most.
    pub(crate) counted: usize,
}

/// Below a tenth of a second, all three kinds together, where a million articles have been read.
pub(crate) const BOUNDS: Bounds = Bounds { candidates: 5_000, common: 50_000, latest: 100, counted: 50_000 };

/// The words of one kind of row.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Index {
    Articles,
    /// The sentences that hold events.
    Sentences,
    Quotes,
}

impl Index {
    fn table(self) -> &'static str {
        match self {
            Index::Articles => "article_words",
            Index::Sentences | Index::Quotes => "row_words",
        }
    }

    /// Sentences and quotations share a table.
    fn part(self) -> &'static str {
        match self {
            Index::Articles => "",
            Index::Sentences => " AND rowid % 16777216 < 8388608",
            Index::Quotes => " AND rowid % 16777216 >= 8388608",
        }
    }

    fn has(self, row: i64) -> bool {
        match self {
            Index::Articles => true,
            Index::Sentences => row % ROWS < QUOTES,
            Index::Quotes => row % ROWS >= QUOTES,
        }
    }

    /// A word of the headline counts most, a stem less than the word itself.
    fn weights(self) -> &'static str {
        match self {
            Index::Articles => "4.0, 1.0, 0.5",
            Index::Sentences | Index::Quotes => "1.0, 0.5",
        }
    }

    fn lead(self) -> &'static str {
        match self {
            Index::Articles => "title",
            Index::Sentences | Index::Quotes => "words",
        }
    }
}

/// Rows that a filter leaves, as a query with its values, of which the first is `?2`.
pub(crate) struct Within {
    pub(crate) sql: String,
    pub(crate) values: Vec<Value>,
}

/// What is searched for, in the language of FTS5.
pub(crate) struct Words {
    pub(crate) fits: String,
    /// The part without common words; `None` where all are common.
    telling: Option<String>,
    /// The rows that fit and came in last, the last one first; whether these are all.
    latest: (Vec<i64>, bool),
}

/// Rows with their scores, the best first.
#[derive(Debug, Default)]
pub(crate) struct Ranked {
    pub(crate) rows: Vec<(i64, f64)>,
    /// All rows that fit are among these.
    pub(crate) whole: bool,
    /// The words order the rows; else the day has to.
    pub(crate) by_words: bool,
}

impl Store {
    /// The rows that fit the words, among those `within`.
    pub(crate) fn ranked(&self, index: Index, words: &Words, within: Option<&Within>, b: Bounds) -> Result<Ranked, StoreError> {
        let (table, part, fits) = (index.table(), index.part(), &words.fits);
        let (found, whole) = match within {
            None => self.latest(index, words, b)?,
            // The sign keeps SQLite from asking the index once for each of them.
            Some(w) => self.newest(index, words, &format!("{part} AND +rowid IN ({})", w.sql), &w.values, b.candidates)?,
        };
        let Some(&first) = found.last() else { return Ok(Ranked { whole, ..Ranked::default() }) };
        let Some(telling) = &words.telling else {
            let lead = format!("{} : ({fits})", index.lead());
            let sql = format!(
                "SELECT rowid FROM {table} WHERE {table} MATCH ?1 AND rowid >= ?2{part} ORDER BY rowid DESC LIMIT {}",
                b.candidates
            );
            let mut lead: Vec<i64> = self.column(&sql, &[Value::from(lead), Value::from(first)])?;
            // Both go down.
            lead.retain(|n| found.binary_search_by(|x| n.cmp(x)).is_ok());
            lead.truncate(b.latest);
            let rest = found.iter().copied().filter(|n| lead.binary_search_by(|x| n.cmp(x)).is_err()).take(b.latest);
            let rows: Vec<(i64, f64)> = lead.iter().map(|&n| (n, 1.0)).chain(rest.map(|n| (n, 0.0))).collect();
            return Ok(Ranked { whole: whole && rows.len() == found.len(), rows, by_words: false });
        };
        // What else has to hold, where the words alone do not say it.
        let among = if within.is_some() || telling != fits { " AND +rowid IN (SELECT value FROM json_each(?3))" } else { "" };
        let sql = format!(
            "SELECT rowid, round(-bm25({table}, {}), 6) FROM {table} WHERE {table} MATCH ?1 AND rowid >= ?2{part}{among}",
            index.weights()
        );
        let mut values = vec![Value::from(telling.clone()), Value::from(first)];
        if !among.is_empty() {
            values.push(Value::from(format!("{found:?}")));
        }
        let mut s = self.db.prepare_cached(&sql).at(&self.path)?;
        let rows = s.query_map(params_from_iter(&values), |r| Ok((r.get(0)?, r.get(1)?))).at(&self.path)?;
        let mut rows = rows.collect::<Result<Vec<(i64, f64)>, _>>().at(&self.path)?;
        rows.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0)));
        Ok(Ranked { rows, whole, by_words: true })
    }

    /// The words as this kind of row has them; sentences and quotations share theirs.
    pub(crate) fn words(&self, index: Index, query: &TextQuery, b: Bounds) -> Result<Words, StoreError> {
        let rare = |clause: &str| self.count_to(index, clause, b.common).map(|n| n <= b.common);
        let mut words = Words { fits: query.fts(), telling: query.fts_of(rare)?, latest: (Vec::new(), false) };
        let kinds = if matches!(index, Index::Articles) { 1 } else { 2 };
        words.latest = self.newest(index, &words, "", &[], kinds * b.candidates)?;
        Ok(words)
    }

    /// The rows of one kind that fit and came in last, and whether these are all.
    fn latest(&self, index: Index, words: &Words, b: Bounds) -> Result<(Vec<i64>, bool), StoreError> {
        let (rows, whole) = &words.latest;
        let mut rows: Vec<i64> = rows.iter().copied().filter(|n| index.has(*n)).collect();
        if !whole && rows.len() < b.candidates {
            return self.newest(index, words, index.part(), &[], b.candidates);
        }
        let whole = *whole && rows.len() <= b.candidates;
        rows.truncate(b.candidates);
        Ok((rows, whole))
    }

    /// The same, of rows of which more has to hold; the values of that begin with `?2`.
    fn newest(
        &self,
        index: Index,
        words: &Words,
        more: &str,
        values: &[Value],
        most: usize,
    ) -> Result<(Vec<i64>, bool), StoreError> {
        let table = index.table();
        let sql = format!("SELECT rowid FROM {table} WHERE {table} MATCH ?1{more} ORDER BY rowid DESC LIMIT {}", most + 1);
        let values: Vec<Value> = std::iter::once(Value::from(words.fits.clone())).chain(values.iter().cloned()).collect();
        let mut found = self.column(&sql, &values)?;
        let whole = found.len() <= most;
        found.truncate(most);
        Ok((found, whole))
    }

    /// How many rows fit; one more than `most` stands for all that is more.
    pub(crate) fn count_to(&self, index: Index, fits: &str, most: usize) -> Result<usize, StoreError> {
        let table = index.table();
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH ?1 LIMIT {})", most + 1);
        let mut s = self.db.prepare_cached(&sql).at(&self.path)?;
        s.query_row([fits], |r| r.get::<_, i64>(0)).map(|n| n as usize).at(&self.path)
    }

    fn column(&self, sql: &str, values: &[Value]) -> Result<Vec<i64>, StoreError> {
        let mut s = self.db.prepare_cached(sql).at(&self.path)?;
        s.query_map(params_from_iter(values), |r| r.get(0)).at(&self.path)?.collect::<Result<_, _>>().at(&self.path)
    }
}
