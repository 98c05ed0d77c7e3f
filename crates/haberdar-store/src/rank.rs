//! Which rows fit words best, within a bounded time: a word such as “ministry” stands in half of all articles.
//!
//! FTS5 works out BM25 for every row that fits, and for every word it counts all rows that hold it, which takes seconds where a
//! million articles do. So what is ranked is bounded:
//!
//! * Of more rows than [`Bounds::candidates`] those that came in last are ranked. They are looked for in pieces of the table, the
//!   last ones first, so that nobody waits for the rest.
//! * A word that more articles hold than [`Bounds::common`] has to be there, but says nothing of which row fits better; nor does
//!   a phrase of such words, nor a beginning of words that more than [`Bounds::beginnings`] hold.
//! * Where all words are such, nothing is left to rank by: then rows with all words in the leading column (the headline; for
//!   sentences and quotations, in the very form) come first, and the rest is up to the day.
//!
//! What a filter leaves of them, finds [`crate::narrow`].

use rusqlite::{Row, params_from_iter, types::Value};

use crate::{
    Store, StoreError, TextQuery,
    error::AtPath,
    index::{QUOTES, ROWS},
    terms::terms,
    vocabulary::Vocabulary,
};

/// What is looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    /// Rows that are ranked at most.
    pub(crate) candidates: usize,
    /// Articles that hold a word which still counts for the rank, at most.
    pub(crate) common: usize,
    /// Articles that hold a word with a beginning which still counts for the rank, at most.
    pub(crate) beginnings: usize,
    /// Rows that come into question where all words are common, at most; as many again where the leading column has them.
    pub(crate) latest: usize,
    /// With a filter, the last rows that are gone through, at most.
    pub(crate) counted: usize,
    /// Rows that a filter may leave in order to be listed before the words are looked at.
    pub(crate) listed: usize,
    /// Rows that fit the filter and the words, before one stops to look for older ones.
    pub(crate) enough: usize,
    /// Articles of the first piece of a table that is looked at; every further one is twice as large.
    pub(crate) piece: i64,
}

/// Below a tenth of a second, all three kinds together, where a million articles have been read.
pub(crate) const BOUNDS: Bounds = Bounds {
    candidates: 2_000,
    common: 20_000,
    beginnings: 10_000,
    latest: 100,
    counted: 10_000,
    listed: 600,
    enough: 60,
    piece: 1 << 13,
};

/// Rows of which it is asked one by one whether they have the words, at once.
pub(crate) const PROBES: usize = 100;

/// Rows of a list that are gone through in the time in which one row is looked up.
const PER_PROBE: usize = 1_000;

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

/// What is searched for in one table, in the language of FTS5.
pub(crate) struct Words {
    index: Index,
    pub(crate) fits: String,
    /// The part without common words; `None` where all are common.
    telling: Option<String>,
    /// The rows that fit and came in last, the last one first, as far as was looked.
    pub(crate) latest: Vec<i64>,
    /// No row from here on has to be looked for any more.
    pub(crate) from: i64,
    /// Rows before this one belong to articles that were not looked for.
    reach: i64,
    /// At most so many articles fit.
    articles: usize,
    /// How large the next piece is.
    piece: i64,
}

impl Words {
    /// All rows that fit are known.
    pub(crate) fn all(&self) -> bool {
        self.from == 0
    }

    /// All rows of the articles that were looked for are known.
    pub(crate) fn reached(&self) -> bool {
        self.from <= self.reach
    }

    /// The rows that fit are sooner gone through than so many rows, or articles, are looked up one by one.
    pub(crate) fn are_fewer(&self, rows: usize) -> bool {
        self.articles / PER_PROBE <= rows
    }

    /// More than `n` rows of one kind are known.
    pub(crate) fn more_than(&self, n: usize, index: Index) -> bool {
        self.known(index).nth(n).is_some()
    }

    /// The rows of one kind that are known.
    pub(crate) fn known(&self, index: Index) -> impl Iterator<Item = i64> {
        self.latest.iter().copied().filter(move |n| index.has(*n))
    }
}

/// Rows that came into question, the last one first, and whether these are all that fit.
pub(crate) struct Candidates {
    pub(crate) rows: Vec<i64>,
    pub(crate) whole: bool,
}

/// Rows with their scores, the best first.
#[derive(Debug)]
pub(crate) struct Ranked {
    pub(crate) rows: Vec<(i64, f64)>,
    /// All rows that fit are among these.
    pub(crate) whole: bool,
    /// The words order the rows; else the day has to.
    pub(crate) by_words: bool,
}

impl Store {
    /// The rows of kinds that share a table in the order in which they fit the words, each kind for itself.
    pub(crate) fn ranked<const N: usize>(
        &self,
        (query, words): (&TextQuery, &Words),
        kinds: [(Index, Candidates); N],
        b: Bounds,
    ) -> Result<[Ranked; N], StoreError> {
        let mut found: Vec<i64> = kinds.iter().flat_map(|(_, c)| c.rows.iter().copied()).collect();
        found.sort_unstable_by(|a, b| b.cmp(a));
        let scores = match &words.telling {
            Some(telling) => self.scored(words.index, telling, &found)?,
            None => self.leading(query, words, &found, b)?.into_iter().map(|n| (n, 1.0)).collect(),
        };
        Ok(kinds.map(|(index, Candidates { rows, whole })| {
            let mine = scores.iter().copied().filter(|(n, _)| index.has(*n) && rows.binary_search_by(|x| n.cmp(x)).is_ok());
            if words.telling.is_some() {
                let mut rows: Vec<(i64, f64)> = mine.collect();
                rows.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0)));
                return Ranked { rows, whole, by_words: true };
            }
            let mut ranked: Vec<(i64, f64)> = mine.take(b.latest).collect();
            let lead: Vec<i64> = ranked.iter().map(|r| r.0).collect();
            let rest = rows.iter().filter(|n| lead.binary_search_by(|x| n.cmp(&x)).is_err()).take(b.latest);
            ranked.extend(rest.map(|&n| (n, 0.0)));
            Ranked { whole: whole && ranked.len() == rows.len(), rows: ranked, by_words: false }
        }))
    }

    /// BM25 of these rows.
    fn scored(&self, index: Index, telling: &str, found: &[i64]) -> Result<Vec<(i64, f64)>, StoreError> {
        let Some(&first) = found.last() else { return Ok(Vec::new()) };
        let table = index.table();
        let sql = format!(
            "SELECT rowid, round(-bm25({table}, {}), 6) FROM {table} WHERE {table} MATCH ?1 AND rowid >= ?2 \
             AND +rowid IN (SELECT value FROM json_each(?3))",
            index.weights()
        );
        let values = [Value::from(telling.to_owned()), Value::from(first), Value::from(format!("{found:?}"))];
        let mut s = self.db.prepare_cached(&sql).at(&self.path)?;
        let rows = s.query_map(params_from_iter(&values), |r| Ok((r.get(0)?, r.get(1)?))).at(&self.path)?;
        rows.collect::<Result<_, _>>().at(&self.path)
    }

    /// Those of the rows with all words in the leading column, the last ones first.
    fn leading(&self, query: &TextQuery, words: &Words, found: &[i64], b: Bounds) -> Result<Vec<i64>, StoreError> {
        let Some(&first) = found.last() else { return Ok(Vec::new()) };
        // Few rows of a large table: it was gone through once, and that is enough.
        if words.all() && !words.are_fewer(PROBES) {
            let few = &found[..found.len().min(PROBES)];
            return if matches!(words.index, Index::Articles) { self.headed(query, few) } else { Ok(Vec::new()) };
        }
        let lead = format!("{} : ({})", words.index.lead(), words.fits);
        let table = words.index.table();
        let sql = format!(
            "SELECT rowid FROM {table} WHERE {table} MATCH ?1 AND rowid >= ?2 ORDER BY rowid DESC LIMIT {}",
            2 * b.candidates
        );
        let mut lead = self.column(&sql, &[Value::from(lead), Value::from(first)])?;
        lead.retain(|n| found.binary_search_by(|x| n.cmp(x)).is_ok());
        Ok(lead)
    }

    /// Those of the articles with all words in their headlines.
    fn headed(&self, query: &TextQuery, found: &[i64]) -> Result<Vec<i64>, StoreError> {
        let sql = "SELECT a.title, a.language FROM arrivals v CROSS JOIN articles a ON a.id = v.article WHERE v.number = ?1";
        let mut s = self.db.prepare_cached(sql).at(&self.path)?;
        let mut out = Vec::new();
        for n in found {
            let read = |r: &Row<'_>| Ok((r.get::<_, Option<String>>(0)?, r.get::<_, Option<String>>(1)?));
            let (title, lang) = s.query_row([n], read).at(&self.path)?;
            let words = terms(title.as_deref().unwrap_or_default(), lang.and_then(|l| l.parse().ok()));
            if query.is_in(&words) {
                out.push(*n);
            }
        }
        Ok(out)
    }

    /// Those of few rows that fit, the last ones first; each is looked up for itself.
    pub(crate) fn having(&self, index: Index, fits: &str, rows: &[i64]) -> Result<Vec<i64>, StoreError> {
        let table = index.table();
        let sql = format!("SELECT rowid FROM {table} WHERE {table} MATCH ?1 AND rowid IN (SELECT value FROM json_each(?2))");
        let mut found = self.column(&sql, &[Value::from(fits.to_owned()), Value::from(format!("{rows:?}"))])?;
        found.sort_unstable_by(|a, b| b.cmp(a));
        Ok(found)
    }

    /// The words as the table of articles has them; nothing is looked for yet.
    pub(crate) fn words(&self, query: &TextQuery, known: &Vocabulary, b: Bounds) -> Result<Words, StoreError> {
        Ok(Words {
            index: Index::Articles,
            fits: query.fts_with(known, b),
            telling: query.telling(known, b),
            latest: Vec::new(),
            from: self.arrivals()? + 1,
            reach: 0,
            articles: query.articles(known),
            piece: b.piece,
        })
    }

    /// The same words in sentences and quotations, when the articles are known in which to look for them.
    pub(crate) fn words_of_rows(&self, articles: &Words, b: Bounds) -> Result<Words, StoreError> {
        let mut words = Words {
            index: Index::Sentences,
            fits: articles.fits.clone(),
            telling: articles.telling.clone(),
            latest: Vec::new(),
            from: (self.arrivals()? + 1) * ROWS,
            reach: articles.from * ROWS,
            articles: articles.articles,
            piece: b.piece * ROWS,
        };
        let few = &articles.latest;
        if articles.all() && few.len() <= PROBES && !words.are_fewer(few.len()) {
            let sql = "SELECT f.rowid FROM json_each(?2) o CROSS JOIN row_words f WHERE row_words MATCH ?1 \
                       AND f.rowid BETWEEN o.value * 16777216 AND o.value * 16777216 + 16777215";
            words.latest = self.column(sql, &[Value::from(words.fits.clone()), Value::from(format!("{few:?}"))])?;
            words.latest.sort_unstable_by(|a, b| b.cmp(a));
            words.from = 0;
        }
        Ok(words)
    }

    /// Looks for further rows that fit, piece by piece, until there are `enough` of them or no more.
    pub(crate) fn look_for(&self, words: &mut Words, b: Bounds, enough: impl Fn(&Words) -> bool) -> Result<(), StoreError> {
        let table = words.index.table();
        let sql = format!(
            "SELECT rowid FROM {table} WHERE {table} MATCH ?1 AND rowid >= ?2 AND rowid < ?3 ORDER BY rowid DESC LIMIT {}",
            b.counted
        );
        while words.from > 0 && !enough(words) {
            let to = (words.from - words.piece).max(0);
            let found = self.column(&sql, &[Value::from(words.fits.clone()), Value::from(to), Value::from(words.from)])?;
            if found.len() == b.counted {
                words.from = found[found.len() - 1];
            } else {
                words.from = to;
                words.piece = words.piece.saturating_mul(2);
            }
            words.latest.extend(found);
        }
        Ok(())
    }

    /// The rows of one kind that fit the words and came in last, of those that are known.
    pub(crate) fn latest(index: Index, words: &Words, b: Bounds) -> Candidates {
        let mut rows: Vec<i64> = words.known(index).take(b.candidates + 1).collect();
        let whole = words.all() && rows.len() <= b.candidates;
        rows.truncate(b.candidates);
        Candidates { rows, whole }
    }

    pub(crate) fn column(&self, sql: &str, values: &[Value]) -> Result<Vec<i64>, StoreError> {
        let mut s = self.db.prepare_cached(sql).at(&self.path)?;
        s.query_map(params_from_iter(values), |r| r.get(0)).at(&self.path)?.collect::<Result<_, _>>().at(&self.path)
    }
}
