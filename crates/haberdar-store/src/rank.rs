//! Which rows fit words best, within a bounded time: a word such as “ministry” stands in half of all articles.
//!
//! FTS5 works out BM25 for every row that fits, and for every word it counts all rows that hold it, which takes seconds where a
//! million articles do. So what is ranked is bounded:
//!
//! * Of more rows than [`Bounds::candidates`] those that came in last are ranked.
//! * A word that more rows hold than [`Bounds::common`] has to be there, but says nothing of which row fits better.
//! * Where all words are such, nothing is left to rank by: then rows with all words in the leading column (the headline; for
//!   sentences and quotations, in the very form) come first, and the rest is up to the day.
//!
//! What a filter leaves of them, finds [`crate::narrow`].

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
    /// Rows that are counted at most; with a filter, the last rows that are gone through.
    pub(crate) counted: usize,
    /// Rows that a filter may leave in order to be listed before the words are looked at.
    pub(crate) listed: usize,
    /// Rows that fit the filter and the words, before one stops to look for older ones.
    pub(crate) enough: usize,
}

/// Below a tenth of a second, all three kinds together, where a million articles have been read.
pub(crate) const BOUNDS: Bounds =
    Bounds { candidates: 2_000, common: 20_000, latest: 100, counted: 20_000, listed: 600, enough: 60 };

/// The words of one kind of row.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Index {
    Articles,
    /// The sentences that hold events.
    Sentences,
    Quotes,
}

impl Index {
    pub(crate) fn table(self) -> &'static str {
        match self {
            Index::Articles => "article_words",
            Index::Sentences | Index::Quotes => "row_words",
        }
    }

    /// Sentences and quotations share a table.
    pub(crate) fn part(self) -> &'static str {
        match self {
            Index::Articles => "",
            Index::Sentences => " AND rowid % 16777216 < 8388608",
            Index::Quotes => " AND rowid % 16777216 >= 8388608",
        }
    }

    pub(crate) fn has(self, row: i64) -> bool {
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

/// What is searched for, in the language of FTS5.
pub(crate) struct Words {
    pub(crate) fits: String,
    /// The part without common words; `None` where all are common.
    telling: Option<String>,
    /// The rows that fit and came in last, the last one first; whether these are all.
    pub(crate) latest: (Vec<i64>, bool),
    /// Rows before this one are not looked at.
    from: i64,
}

/// Rows that came into question, the last one first, and whether these are all that fit.
pub(crate) struct Candidates {
    pub(crate) rows: Vec<i64>,
    pub(crate) whole: bool,
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
    /// The rows in the order in which they fit the words; `chosen` by more than the words.
    pub(crate) fn ranked(
        &self,
        index: Index,
        words: &Words,
        found: Candidates,
        (chosen, b): (bool, Bounds),
    ) -> Result<Ranked, StoreError> {
        let (table, part, fits) = (index.table(), index.part(), &words.fits);
        let Candidates { rows: found, whole } = found;
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
        let among = if chosen || telling != fits { " AND +rowid IN (SELECT value FROM json_each(?3))" } else { "" };
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

    /// The words as this kind of row has them, sentences and quotations together, with the last `most` rows from `from` on that fit.
    pub(crate) fn words(
        &self,
        index: Index,
        query: &TextQuery,
        (from, most, b): (i64, usize, Bounds),
    ) -> Result<Words, StoreError> {
        let fits = query.fts();
        let mut latest = self.newest(index, &fits, (from, most))?;
        let rare = |clause: &str| match clause == fits && from == 0 && (latest.1 || latest.0.len() > b.common) {
            true => Ok(latest.0.len() <= b.common),
            false => self.count_to(index, clause, b.common).map(|n| n <= b.common),
        };
        let telling = query.fts_of(rare)?;
        latest.1 &= from == 0;
        Ok(Words { telling, fits, latest, from })
    }

    /// The rows of one kind that fit the words and came in last.
    pub(crate) fn latest(&self, index: Index, words: &Words, b: Bounds) -> Result<Candidates, StoreError> {
        let (rows, whole) = &words.latest;
        let mut rows: Vec<i64> = rows.iter().copied().filter(|n| index.has(*n)).take(b.candidates + 1).collect();
        let mut whole = *whole;
        if !whole && rows.len() <= b.candidates {
            // One kind is rare among the others.
            let (table, part) = (index.table(), index.part());
            let sql = format!(
                "SELECT rowid FROM {table} WHERE {table} MATCH ?1 AND rowid >= ?2{part} ORDER BY rowid DESC LIMIT {}",
                b.candidates + 1
            );
            rows = self.column(&sql, &[Value::from(words.fits.clone()), Value::from(words.from)])?;
            whole = words.from == 0;
        }
        whole &= rows.len() <= b.candidates;
        rows.truncate(b.candidates);
        Ok(Candidates { rows, whole })
    }

    /// The rows of a table that fit and came in last, and whether these are all.
    fn newest(&self, index: Index, fits: &str, (from, most): (i64, usize)) -> Result<(Vec<i64>, bool), StoreError> {
        let table = index.table();
        let sql =
            format!("SELECT rowid FROM {table} WHERE {table} MATCH ?1 AND rowid >= ?2 ORDER BY rowid DESC LIMIT {}", most + 1);
        let mut found = self.column(&sql, &[Value::from(fits.to_owned()), Value::from(from)])?;
        let whole = found.len() <= most;
        found.truncate(most);
        Ok((found, whole))
    }

    /// How many rows fit; one more than `most` stands for all that is more.
    fn count_to(&self, index: Index, fits: &str, most: usize) -> Result<usize, StoreError> {
        let table = index.table();
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH ?1 LIMIT {})", most + 1);
        let mut s = self.db.prepare_cached(&sql).at(&self.path)?;
        s.query_row([fits], |r| r.get::<_, i64>(0)).map(|n| n as usize).at(&self.path)
    }

    pub(crate) fn column(&self, sql: &str, values: &[Value]) -> Result<Vec<i64>, StoreError> {
        let mut s = self.db.prepare_cached(sql).at(&self.path)?;
        s.query_map(params_from_iter(values), |r| r.get(0)).at(&self.path)?.collect::<Result<_, _>>().at(&self.path)
    }
}
