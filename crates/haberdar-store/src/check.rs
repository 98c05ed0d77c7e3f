//! Checking that the store is whole: the file, every key, every hash, and the words at every span.

use std::collections::HashSet;

use haberdar_model::{
    Reading, Span,
    id::content_id,
    reading::TextSpan,
    record::{Conflict, MergedEvent, Story},
};
use rusqlite::{OptionalExtension, types::ValueRef};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use crate::{Store, StoreError, error::AtPath};

/// Something that is not as it has to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// `file`, `key`, `hash`, `id`, `span`, `row`, `index`, `record`.
    pub kind: &'static str,
    /// Article, event, story or conflict id, or the table.
    pub place: String,
    /// What is wrong.
    pub message: String,
}

/// What was looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// Articles, each with its hash and its id.
    pub articles: usize,
    /// Spans, each with the words that stand there.
    pub spans: usize,
    /// Rows of the record.
    pub rows: usize,
    /// Faults that were found.
    pub faults: usize,
}

/// A table of one article's rows, and how many of them its reading has.
type Rows = (&'static str, fn(&Reading) -> usize);

const ROWS: [Rows; 8] = [
    ("sentences", |r| r.sentences.len()),
    ("mentions", |r| r.mentions.len()),
    ("events", |r| r.events.len()),
    ("event_mentions", |r| r.events.iter().map(|e| e.actor.len() + e.recipient.len()).sum()),
    ("quotes", |r| r.quotes.len()),
    ("dates", |r| r.dates.len()),
    ("quantities", |r| r.quantities.len()),
    ("flags", |r| r.flags.len()),
];

impl Store {
    /// Looks at everything and hands on what is wrong, in the order of the file, the articles and the record; memory is flat.
    pub fn check(&self, mut tell: impl FnMut(Fault)) -> Result<Checked, StoreError> {
        let mut c = Checker { checked: Checked::default(), tell: &mut tell };
        self.check_file(&mut c)?;
        self.check_articles(&mut c)?;
        self.check_record(&mut c)?;
        Ok(c.checked)
    }

    fn check_file(&self, c: &mut Checker<'_>) -> Result<(), StoreError> {
        let mut s = self.db.prepare("PRAGMA integrity_check").at(&self.path)?;
        let mut rows = s.query([]).at(&self.path)?;
        while let Some(row) = rows.next().at(&self.path)? {
            let said: String = row.get(0).at(&self.path)?;
            if said != "ok" {
                c.fault("file", "sqlite", said);
            }
        }
        let mut s = self.db.prepare("PRAGMA foreign_key_check").at(&self.path)?;
        let mut rows = s.query([]).at(&self.path)?;
        while let Some(row) = rows.next().at(&self.path)? {
            let text = |i: usize| match row.get_ref(i) {
                Ok(ValueRef::Text(t)) => String::from_utf8_lossy(t).into_owned(),
                Ok(ValueRef::Integer(n)) => n.to_string(),
                _ => "?".to_owned(),
            };
            let (table, rowid, parent) = (text(0), text(1), text(2));
            c.fault("key", &table, format!("row {rowid} points to a row of {parent} that is not there"));
        }
        Ok(())
    }

    fn check_articles(&self, c: &mut Checker<'_>) -> Result<(), StoreError> {
        let count = |sql: &str| self.db.query_row(sql, [], |r| r.get::<_, i64>(0)).at(&self.path);
        let (articles, readings) = (count("SELECT count(*) FROM articles")?, count("SELECT count(*) FROM readings")?);
        if articles != readings {
            c.fault("row", "readings", format!("{readings} readings of {articles} articles"));
        }
        let indexed = count("SELECT count(*) FROM article_words_docsize JOIN arrivals ON number = id")?;
        if indexed != articles {
            c.fault("index", "article_words", format!("{indexed} of {articles} articles can be searched"));
        }
        for (table, of) in [("arrival_quotes", "quotes"), ("arrival_events", "event_reports")] {
            let (found, all) = (count(&format!("SELECT count(*) FROM {table}"))?, count(&format!("SELECT count(*) FROM {of}"))?);
            if found != all {
                c.fault("index", table, format!("{found} of {all} rows of {of} can be filtered"));
            }
        }
        let counted: Vec<String> = ROWS.iter().map(|(t, _)| format!("(SELECT count(*) FROM {t} WHERE article = ?1)")).collect();
        let mut count = self.db.prepare(&format!("SELECT {}", counted.join(", "))).at(&self.path)?;
        let columns = "SELECT source_id, title, url, publisher, published, language, text_sha256 FROM articles WHERE id = ?1";
        let mut columns = self.db.prepare(columns).at(&self.path)?;
        for reading in self.readings_with_text() {
            let reading = reading?;
            c.reading(&reading);
            let (id, head) = (&reading.article.id, &reading.article);
            let found = columns.query_row([id], |r| (0..7).map(|i| r.get::<_, Option<String>>(i)).collect::<Result<Vec<_>, _>>());
            let (day, language) = (head.published.map(|d| d.to_string()), head.language.map(|l| l.code().to_owned()));
            let [source, title, url] = [Some(head.source_id.clone()), head.title.clone(), head.url.clone()];
            if found.at(&self.path)?
                != [source, title, url, head.publisher.clone(), day, language, Some(head.text_sha256.clone())]
            {
                c.fault("row", id, "its columns in articles are not what its reading says".to_owned());
            }
            let found = count.query_row([id], |r| (0..ROWS.len()).map(|i| r.get::<_, i64>(i)).collect::<Result<Vec<_>, _>>());
            for (&(table, expected), found) in ROWS.iter().zip(found.at(&self.path)?) {
                let expected = expected(&reading);
                if found != expected as i64 {
                    c.fault("row", id, format!("{found} rows in {table}, its reading has {expected}"));
                }
            }
        }
        Ok(())
    }

    fn check_record(&self, c: &mut Checker<'_>) -> Result<(), StoreError> {
        if self.record_is_behind()? {
            c.fault(
                "record",
                "unreconciled",
                "articles came in that the record does not know yet; `haberdar add` something".into(),
            );
        }
        let pointing = [
            (
                "event_reports",
                "a report is not there, or other words stand there",
                "SELECT r.event || ': ' || r.article || ' ' || r.article_event FROM event_reports r \
              LEFT JOIN events e ON e.article = r.article AND e.id = r.article_event WHERE e.id IS NULL OR \
              (e.span_start, e.span_end, e.sentence) <> (r.span_start, r.span_end, r.sentence)",
            ),
            (
                "conflicts",
                "is about an event that is not there",
                "SELECT c.id || ': ' || c.event FROM conflicts c \
              WHERE c.event IS NOT NULL AND c.event NOT IN (SELECT id FROM merged_events)",
            ),
            (
                "conflicts",
                "belongs to a story that is not there",
                "SELECT c.id || ': ' || c.story FROM conflicts c \
              WHERE c.story IS NOT NULL AND c.story NOT IN (SELECT id FROM stories)",
            ),
        ];
        for (table, message, sql) in pointing {
            let mut s = self.db.prepare(sql).at(&self.path)?;
            let mut rows = s.query([]).at(&self.path)?;
            while let Some(row) = rows.next().at(&self.path)? {
                c.fault("key", table, format!("{}: {message}", row.get::<_, String>(0).at(&self.path)?));
            }
        }
        let miscounted = "SELECT coalesce(c.a, d.a) || ':' || coalesce(c.b, d.b), coalesce(c.events, 0), coalesce(d.n, 0) FROM pair_counts c \
                          FULL JOIN (SELECT a, b, count(*) AS n FROM event_dyads GROUP BY a, b) d ON d.a = c.a AND d.b = c.b \
                          WHERE coalesce(c.events, 0) <> coalesce(d.n, 0)";
        let mut s = self.db.prepare(miscounted).at(&self.path)?;
        let mut rows = s.query([]).at(&self.path)?;
        while let Some(row) = rows.next().at(&self.path)? {
            let (pair, counted, found): (String, i64, i64) = row.try_into().at(&self.path)?;
            c.fault("index", "pair_counts", format!("{pair}: {counted} events are counted, {found} are there"));
        }
        let count = |sql: &str, id: &str| {
            let mut s = self.db.prepare_cached(sql).at(&self.path)?;
            s.query_row([id], |r| r.get::<_, i64>(0)).at(&self.path)
        };
        self.each_json("SELECT json FROM merged_events ORDER BY id", |e: MergedEvent| {
            c.checked.rows += 1;
            c.checked.spans += e.reports.len();
            let rows = count("SELECT count(*) FROM event_reports WHERE event = ?1", &e.id)?;
            if rows != e.reports.len() as i64 {
                c.fault("row", &e.id, format!("{rows} reports in event_reports, the event has {}", e.reports.len()));
            }
            Ok(())
        })?;
        self.each_json("SELECT json FROM stories ORDER BY id", |s: Story| {
            c.checked.rows += 1;
            let rows = count("SELECT count(*) FROM story_articles WHERE story = ?1", &s.id)?;
            if rows != s.articles.len() as i64 {
                c.fault("row", &s.id, format!("{rows} articles in story_articles, the story has {}", s.articles.len()));
            }
            Ok(())
        })?;
        self.each_json("SELECT json FROM conflicts ORDER BY id", |conflict: Conflict| {
            c.checked.rows += 1;
            for report in conflict.values.iter().flat_map(|v| &v.reports) {
                let mut s = self.db.prepare_cached("SELECT text FROM articles WHERE id = ?1").at(&self.path)?;
                match s.query_row([&report.article], |r| r.get::<_, String>(0)).optional().at(&self.path)? {
                    Some(text) => c.span(&conflict.id, "a value", &Points::new(&text), &report.span),
                    None => {
                        c.fault("key", &conflict.id, format!("a value stands in article {}, which is not there", report.article))
                    }
                }
            }
            Ok(())
        })
    }

    fn each_json<T: DeserializeOwned>(
        &self,
        sql: &str,
        mut then: impl FnMut(T) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut s = self.db.prepare(sql).at(&self.path)?;
        let mut rows = s.query([]).at(&self.path)?;
        while let Some(row) = rows.next().at(&self.path)? {
            let json = row.get_ref(0).at(&self.path)?.as_str().map_err(rusqlite::Error::from).at(&self.path)?;
            then(serde_json::from_str(json).map_err(|e| StoreError::json(&self.path, e))?)?;
        }
        Ok(())
    }
}

/// A text with the bytes of its code points.
struct Points<'t> {
    text: &'t str,
    bytes: Vec<usize>,
}

impl<'t> Points<'t> {
    fn new(text: &'t str) -> Self {
        Points { text, bytes: text.char_indices().map(|(i, _)| i).chain([text.len()]).collect() }
    }

    fn at(&self, span: Span) -> Option<&'t str> {
        self.text.get(*self.bytes.get(span.start)?..*self.bytes.get(span.end)?)
    }
}

struct Checker<'a> {
    checked: Checked,
    tell: &'a mut dyn FnMut(Fault),
}

impl Checker<'_> {
    fn fault(&mut self, kind: &'static str, place: &str, message: String) {
        self.checked.faults += 1;
        (self.tell)(Fault { kind, place: place.to_owned(), message });
    }

    fn span(&mut self, place: &str, what: &str, text: &Points<'_>, at: &TextSpan) {
        self.checked.spans += 1;
        if text.at(at.span) != Some(at.text.as_str()) {
            let Span { start, end } = at.span;
            let found = text.at(at.span).map_or_else(|| "nothing".to_owned(), |t| format!("“{t}”"));
            self.fault("span", place, format!("{what}: “{}” is said to stand at {start}..{end}, but there is {found}", at.text));
        }
    }

    fn reading(&mut self, r: &Reading) {
        self.checked.articles += 1;
        let (id, head) = (&r.article.id, &r.article);
        let text = r.text.as_deref().unwrap_or_default();
        let sha256: String = Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
        if sha256 != head.text_sha256 {
            self.fault("hash", id, format!("the text has SHA-256 {sha256}, but {} is written down", head.text_sha256));
        }
        let published = head.published.map(|d| d.to_string()).unwrap_or_default();
        let (publisher, url) = (head.publisher.as_deref().unwrap_or_default(), head.url.as_deref().unwrap_or_default());
        if content_id(["article", text, publisher, url, &published]) != *id {
            self.fault("id", id, "the id is not that of text, publisher, address and day".to_owned());
        }
        let points = Points::new(text);
        let mut last = 0;
        for s in &r.sentences {
            self.checked.spans += 1;
            if s.start < last || s.end < s.start || points.at(*s).is_none() {
                self.fault(
                    "span",
                    id,
                    format!("the sentence at {}..{} lies beyond the text or before the one before it", s.start, s.end),
                );
            }
            last = s.end;
        }
        let mentions: HashSet<&str> = r.mentions.iter().map(|m| m.id.as_str()).collect();
        let events: HashSet<&str> = r.events.iter().map(|e| e.id.as_str()).collect();
        r.mentions.iter().for_each(|m| self.span(id, &m.id, &points, &m.at));
        r.dates.iter().for_each(|d| self.span(id, "a date", &points, &d.at));
        for e in &r.events {
            self.span(id, &e.id, &points, &e.trigger);
            e.date.span.iter().for_each(|s| self.span(id, &e.id, &points, s));
            let named = e.actor.iter().chain(&e.recipient).chain(&e.reported_by).chain(&e.place);
            named.filter(|m| !mentions.contains(m.as_str())).for_each(|m| self.missing(id, &e.id, m));
            if e.sentence >= r.sentences.len() {
                self.fault("key", id, format!("{} stands in sentence {}, of {}", e.id, e.sentence, r.sentences.len()));
            }
        }
        for q in &r.quotes {
            self.span(id, &q.id, &points, &q.at);
            q.parts.iter().chain(&q.verbatim).chain(&q.cue).for_each(|s| self.span(id, &q.id, &points, s));
            let named = q.speaker.iter().chain(&q.addressee).filter(|m| !mentions.contains(m.as_str()));
            named.for_each(|m| self.missing(id, &q.id, m));
            q.events.iter().filter(|e| !events.contains(e.as_str())).for_each(|e| self.missing(id, &q.id, e));
        }
        for q in &r.quantities {
            self.span(id, "a quantity", &points, &q.at);
            q.event.iter().filter(|e| !events.contains(e.as_str())).for_each(|e| self.missing(id, "a quantity", e));
        }
        r.flags.iter().filter(|f| !mentions.contains(f.mention.as_str())).for_each(|f| self.missing(id, "a flag", &f.mention));
    }

    fn missing(&mut self, article: &str, what: &str, named: &str) {
        self.fault("key", article, format!("{what} names {named}, which is not there"));
    }
}
