//! What a filter leaves of the rows that fit words, within a bounded time.
//!
//! There are two ways. Where a filter leaves few rows (a pair that seldom acts, a small outlet), these are listed, and it is looked
//! which of them have the words. Else the rows with the words are gone through, the last ones first, until enough of them fit
//! the filter: both are many then, so that soon is far enough.

use std::collections::BTreeSet;

use rusqlite::{params_from_iter, types::Value};

use crate::{
    Filter, Pair, Store, StoreError, TextQuery,
    answer::{PAIRED, REPORTED, codes, on_events},
    error::AtPath,
    facts::{RECIPIENT, SPEAKER, eights},
    filter::Where,
    index::{QUOTES, ROWS},
    rank::{Bounds, Candidates, Index, PROBES, Words},
    write::real,
};

/// Rows of which it is asked at once whether they fit.
const CHUNK: usize = 1_000;

/// Bytes of places that are kept for the next question, at most.
const LARGEST: usize = 64 << 20;

/// What a filter asks of one kind of row.
pub(crate) struct Asked {
    /// Tables beside `f`, the rows.
    pub(crate) tables: &'static str,
    /// The conditions; their first value is `?2`.
    pub(crate) w: Where,
}

impl Asked {
    /// Of the article `v`, and of one of its events `x`.
    pub(crate) fn of_articles(filter: &Filter) -> Asked {
        let mut w = Where::after(1);
        w.article(filter, "v", "{}");
        w.days(filter, "v.published", "v.published");
        if let Some(story) = &filter.story {
            w.id("v.article IN (SELECT y.article FROM story_articles y WHERE {})", "y.story", story);
        }
        if let Some(arrived) = filter.new_since {
            let first = w.first_new(arrived);
            w.push(format!("v.number >= {first}"));
        }
        let of_events = Filter { since: None, until: None, story: None, new_since: None, ..filter.clone() };
        let one = "EXISTS (SELECT 1 FROM arrival_events x WHERE x.number = v.number AND {})";
        w.nest(one, |w| on_events(w, &of_events, REPORTED));
        Asked { tables: "CROSS JOIN arrivals v ON v.number = f.number", w }
    }

    /// Of the event `x` that a sentence reports, and of its article `v`.
    pub(crate) fn of_sentences(filter: &Filter) -> Asked {
        let mut w = Where::after(1);
        on_events(&mut w, filter, REPORTED);
        w.article(filter, "v", "{}");
        let tables = "CROSS JOIN arrivals v ON v.number = f.number / 16777216 \
                      CROSS JOIN arrival_events x ON x.number = v.number AND x.sentence = f.number % 16777216";
        Asked { tables, w }
    }

    /// Of the quotation `q` in the article `v`.
    pub(crate) fn of_quotes(filter: &Filter) -> Asked {
        let mut w = Where::after(1);
        on_quotes(&mut w, filter);
        let tables = "CROSS JOIN arrivals v ON v.number = f.number / 16777216 CROSS JOIN arrival_quotes q ON q.row = f.number";
        Asked { tables, w }
    }
}

/// The conditions of a filter on the quotation `q` in the article `v`, but for its text.
pub(crate) fn on_quotes(w: &mut Where, filter: &Filter) {
    for who in [&filter.speaker, &filter.actor].into_iter().flatten() {
        w.fact("q", SPEAKER, who);
    }
    if let Some(who) = &filter.recipient {
        w.fact("q", RECIPIENT, who);
    }
    if let Some(Pair { a, b }) = &filter.dyad {
        let [to, by] = [(SPEAKER, RECIPIENT), (RECIPIENT, SPEAKER)].map(|(x, y)| (w.fact_of("q", x, a), w.fact_of("q", y, b)));
        w.push(format!("(({} AND {}) OR ({} AND {}))", to.0, to.1, by.0, by.1));
    }
    let least = filter.min_confidence.map(real);
    if filter.kind.is_some() || filter.status.is_some() || least.is_some() || filter.min_sources.is_some() {
        let open = |w: &mut Where, value: Option<Value>| value.map_or_else(|| "NULL".to_owned(), |v| w.value(v));
        let kind = open(w, filter.kind.map(|k| Value::from(k.as_str().to_owned())));
        let status = open(w, filter.status.map(|s| Value::from(s.as_str().to_owned())));
        let least = open(w, least.map(Value::from));
        w.push(format!("fact_event(q.facts, {kind}, {status}, {least})"));
        if let Some(n) = filter.min_sources {
            // One event inside with all of this.
            let n = w.value(n as i64);
            w.push(format!(
                "EXISTS (SELECT 1 FROM quote_events y JOIN events e ON e.article = y.article AND e.id = y.event \
                 JOIN event_reports r ON r.article = e.article AND r.article_event = e.id JOIN merged_events m ON m.id = r.event \
                 WHERE y.article = v.article AND y.quote = 'q' || (q.row % 16777216 - 8388608) AND m.independent_sources >= {n} \
                 AND coalesce(e.type = {kind}, 1) AND coalesce(e.status = {status}, 1) AND coalesce(e.confidence >= {least}, 1))"
            ));
        }
    }
    if let Some(story) = &filter.story {
        w.id("v.article IN (SELECT y.article FROM story_articles y WHERE {})", "y.story", story);
    }
    if let Some(arrived) = filter.new_since {
        let first = w.first_new(arrived);
        w.push(format!("v.number >= {first}"));
    }
    w.article(filter, "v", "{}");
    w.days(filter, "v.published", "v.published");
}

impl Store {
    /// The rows with the words that fit the filter, the last ones first.
    pub(crate) fn narrowed(
        &self,
        index: Index,
        words: &mut Words,
        (filter, asked): (&Filter, &Asked),
        b: Bounds,
    ) -> Result<Candidates, StoreError> {
        self.look_for(words, b, |w| w.more_than(b.candidates, index) || w.reached() && w.more_than(b.enough, index))?;
        // Of few rows it is asked right away.
        if (!words.all() || words.more_than(b.candidates, index))
            && let Some(listed) = self.listed(index, filter, asked, b)?
        {
            return self.with_words(index, words, listed, b);
        }
        let mut rows = Vec::new();
        let mut seen = 0;
        loop {
            let known: Vec<i64> = words.known(index).skip(seen).take(CHUNK).collect();
            let much = seen >= b.candidates / 2 || words.reached() && known.is_empty();
            if known.is_empty() && words.all() || seen >= b.counted || much && rows.len() >= b.enough {
                break;
            }
            rows.extend(self.fitting(&known, asked)?);
            seen += known.len();
            self.look_for(words, b, |w| w.more_than(seen, index) || w.reached() && rows.len() >= b.enough)?;
        }
        let whole = words.all() && !words.more_than(seen, index) && rows.len() <= b.candidates;
        rows.truncate(b.candidates);
        Ok(Candidates { rows, whole })
    }

    /// Those of the rows that the filter leaves, in their order.
    fn fitting(&self, rows: &[i64], asked: &Asked) -> Result<Vec<i64>, StoreError> {
        let sql = format!(
            "WITH f (number) AS (SELECT value FROM json_each(?1)) SELECT f.number FROM f {}{}",
            asked.tables,
            asked.w.sql()
        );
        let mut s = self.db.prepare_cached(&sql).at(&self.path)?;
        let found = s.query_map(params_from_iter(asked.w.with(Value::from(format!("{rows:?}")))), |r| r.get(0)).at(&self.path)?;
        let mut found = found.collect::<Result<Vec<i64>, _>>().at(&self.path)?;
        found.dedup();
        Ok(found)
    }

    /// Those of the listed rows that have the words.
    fn with_words(&self, index: Index, words: &mut Words, listed: Vec<i64>, b: Bounds) -> Result<Candidates, StoreError> {
        let last = listed.last().copied().unwrap_or(i64::MAX);
        let known = |words: &Words| -> Vec<i64> {
            listed.iter().copied().filter(|n| words.latest.binary_search_by(|x| n.cmp(x)).is_ok()).collect()
        };
        let mut rows = known(words);
        let mut looked = words.from;
        if words.are_fewer(listed.iter().filter(|n| **n < words.from).count()) {
            while words.from > last && rows.len() < b.enough {
                let from = words.from;
                self.look_for(words, b, |w| w.from < from)?;
                rows = known(words);
            }
            looked = words.from;
        } else {
            for chunk in listed[listed.partition_point(|n| *n >= words.from)..].chunks(PROBES) {
                if rows.len() >= b.enough {
                    break;
                }
                rows.extend(self.having(index, &words.fits, chunk)?);
                looked = chunk[chunk.len() - 1];
            }
        }
        let whole = looked <= last && rows.len() <= b.candidates;
        rows.truncate(b.candidates);
        Ok(Candidates { rows, whole })
    }

    /// All rows that the filter leaves, the last ones first, where some part of it leaves few.
    fn listed(&self, index: Index, filter: &Filter, asked: &Asked, b: Bounds) -> Result<Option<Vec<i64>>, StoreError> {
        let articles = match index {
            Index::Quotes => None,
            _ => self.sentences_listed(index, filter, b)?.map(|rows| rows.into_iter().map(|n| n / ROWS).collect()),
        };
        let articles: BTreeSet<i64> = match articles {
            Some(found) => found,
            None => match self.articles_listed(index, filter, b)? {
                Some(found) => found,
                None => return Ok(None),
            },
        };
        let rows: Vec<i64> = match index {
            Index::Articles => articles.into_iter().rev().collect(),
            Index::Sentences => {
                let sql = "SELECT DISTINCT x.number * 16777216 + x.sentence FROM json_each(?1) f \
                           CROSS JOIN arrival_events x ON x.number = f.value ORDER BY 1 DESC";
                self.column(sql, &[Value::from(format!("{:?}", articles.iter().collect::<Vec<_>>()))])?
            }
            Index::Quotes => {
                let sql = "SELECT q.row FROM json_each(?1) f CROSS JOIN arrival_quotes q \
                           ON q.row BETWEEN f.value * 16777216 AND f.value * 16777216 + 16777215 ORDER BY 1 DESC";
                self.column(sql, &[Value::from(format!("{:?}", articles.iter().collect::<Vec<_>>()))])?
            }
        };
        self.fitting(&rows, asked).map(Some)
    }

    /// The sentences that report what the filter asks of those who take part, where there are few; `None` where there are many, or
    /// nothing is asked.
    fn sentences_listed(&self, index: Index, filter: &Filter, b: Bounds) -> Result<Option<BTreeSet<i64>>, StoreError> {
        if let Some((x, y)) = filter.dyad.as_ref().and_then(codes) {
            let mut w = Where::default();
            w.and("d.a = ?", x.as_str().to_owned());
            w.and("d.b = ?", y.as_str().to_owned());
            // Of an article the days are those of publication.
            let days = matches!(index, Index::Sentences);
            let (since, until) = (filter.since.filter(|_| days), filter.until.filter(|_| days));
            on_events(&mut w, &Filter { dyad: None, story: None, new_since: None, since, until, ..filter.clone() }, PAIRED);
            let sql = format!("SELECT d.places FROM event_dyads d{} LIMIT {}", w.sql(), b.listed + 1);
            let mut s = self.db.prepare_cached(&sql).at(&self.path)?;
            let mut rows = s.query(params_from_iter(&w.values)).at(&self.path)?;
            let (mut found, mut events) = (BTreeSet::new(), 0);
            while let Some(row) = rows.next().at(&self.path)? {
                found.extend(eights(row.get_ref(0).at(&self.path)?.as_blob().map_err(rusqlite::Error::from).at(&self.path)?));
                events += 1;
            }
            return Ok((events <= b.listed).then_some(found));
        }
        for (who, role) in [(&filter.actor, " AND p.role = 'actor'"), (&filter.recipient, "")] {
            let Some(who) = who else { continue };
            let mut w = Where::default();
            let means = w.means("p", who, true);
            let rows = format!("FROM event_participants p WHERE {means}{role}");
            if self.are_few(&rows, &w, b)? {
                let sql = "SELECT v.number * 16777216 + r.sentence FROM (SELECT p.event ROWS) p \
                           CROSS JOIN event_reports r ON r.event = p.event CROSS JOIN arrivals v ON v.article = r.article";
                return Ok(Some(self.column(&sql.replace("ROWS", &rows), &w.values)?.into_iter().collect()));
            }
        }
        Ok(None)
    }

    /// The articles in question, where what is asked of articles leaves few.
    fn articles_listed(&self, index: Index, filter: &Filter, b: Bounds) -> Result<Option<BTreeSet<i64>>, StoreError> {
        let mut ways = Vec::new();
        if let Some(story) = &filter.story {
            let mut w = Where::default();
            w.id("{}", "y.story", story);
            ways.push(("y.article", "story_articles y", w));
        }
        if filter.publisher.is_some() {
            let mut w = Where::default();
            w.article(&Filter { publisher: filter.publisher.clone(), ..Filter::default() }, "a", "{}");
            ways.push(("a.id", "articles a", w));
        }
        if !matches!(index, Index::Sentences) && (filter.since.is_some() || filter.until.is_some()) {
            let mut w = Where::default();
            filter.since.iter().for_each(|d| w.and("a.published >= ?", d.to_string()));
            filter.until.iter().for_each(|d| w.and("a.published <= ?", d.to_string()));
            ways.push(("a.id", "articles a", w));
        }
        for (id, table, w) in ways {
            let rows = format!("FROM {table}{}", w.sql());
            if self.are_few(&rows, &w, b)? {
                let sql = format!("SELECT v.number FROM (SELECT {id} AS id {rows}) o CROSS JOIN arrivals v ON v.article = o.id");
                return Ok(Some(self.column(&sql, &w.values)?.into_iter().collect()));
            }
        }
        Ok(None)
    }

    /// There are few of these rows; to say so, an index is enough.
    fn are_few(&self, rows: &str, w: &Where, b: Bounds) -> Result<bool, StoreError> {
        let sql = format!("SELECT count(*) FROM (SELECT 1 {rows} LIMIT {})", b.listed + 1);
        Ok(self.column(&sql, &w.values)?.first().is_some_and(|n| *n <= b.listed as i64))
    }

    /// The sentences that have the words, in order, eight bytes each.
    pub(crate) fn places_with(&self, query: &TextQuery) -> Result<Vec<u8>, StoreError> {
        // Who writes looks again.
        let version = if self.db.is_readonly("main").at(&self.path)? { Some(self.data_version()?) } else { None };
        let fts = query.fts();
        if let Some(last) = self.places.borrow().as_ref().filter(|p| Some(p.version) == version && p.fts == fts) {
            return Ok(last.places.clone());
        }
        let sql = "SELECT rowid FROM row_words WHERE row_words MATCH ?1 ORDER BY rowid";
        let rows = self.column(sql, &[Value::from(fts.clone())])?;
        let places: Vec<u8> = rows.into_iter().filter(|n| n % ROWS < QUOTES).flat_map(i64::to_le_bytes).collect();
        let kept = version.filter(|_| places.len() <= LARGEST).map(|version| Places { version, fts, places: places.clone() });
        *self.places.borrow_mut() = kept;
        Ok(places)
    }
}

/// The sentences that have words.
#[derive(Debug)]
pub(crate) struct Places {
    /// Of the file.
    version: i64,
    fts: String,
    places: Vec<u8>,
}

#[cfg(test)]
mod tests;
