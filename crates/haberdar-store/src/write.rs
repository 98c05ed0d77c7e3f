//! Readings into the store, taken apart into rows.

use std::time::{SystemTime, UNIX_EPOCH};

use haberdar_model::{
    Article, Reading, Span,
    reading::{Event, Mention, Quote},
};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use crate::{Store, StoreError, error::AtPath, index::index_article, sources::insert_origin};

/// Readings that become part of the store together, or not at all.
#[derive(Debug)]
pub struct Batch<'a> {
    pub(crate) tx: Transaction<'a>,
    pub(crate) path: &'a std::path::Path,
    /// Seconds since 1970.
    now: i64,
}

impl Store {
    /// True where the article with this id was read already.
    pub fn has_article(&self, id: &str) -> Result<bool, StoreError> {
        let mut s = self.db.prepare_cached("SELECT 1 FROM readings WHERE article = ?1").at(&self.path)?;
        s.exists([id]).at(&self.path)
    }

    /// Adds one reading; false where the article is there already, in which case nothing changes.
    pub fn add_reading(&mut self, article: &Article, reading: &Reading) -> Result<bool, StoreError> {
        let batch = self.begin()?;
        let new = batch.add(article, reading)?;
        batch.commit()?;
        Ok(new)
    }

    /// Begins a batch. Some hundreds of readings a batch make a good pace; a batch that is dropped leaves no trace.
    pub fn begin(&mut self) -> Result<Batch<'_>, StoreError> {
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate).at(&self.path)?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs() as i64);
        Ok(Batch { tx, path: &self.path, now })
    }
}

impl Batch<'_> {
    /// Adds one reading; false where the article is there already, in which case nothing changes.
    pub fn add(&self, article: &Article, reading: &Reading) -> Result<bool, StoreError> {
        let id = article.id();
        if reading.article.id != id {
            let (path, reading) = (self.path.to_owned(), reading.article.id.clone());
            return Err(StoreError::Mismatch { path, article: id, reading });
        }
        let known = self.tx.prepare_cached("SELECT 1 FROM articles WHERE id = ?1").at(self.path)?.exists([&id]).at(self.path)?;
        if known {
            return Ok(false);
        }
        let mut bare = reading.clone();
        bare.text = None;
        let json = serde_json::to_string(&bare).map_err(|e| StoreError::json(self.path, e))?;
        // A savepoint, so that a reading that does not fit leaves the rest of the batch as it is.
        self.tx.execute_batch("SAVEPOINT reading").at(self.path)?;
        match insert(&self.tx, article, reading, &json, self.now) {
            Ok(()) => self.tx.execute_batch("RELEASE reading").at(self.path)?,
            Err(e) => {
                let _ = self.tx.execute_batch("ROLLBACK TO reading; RELEASE reading");
                return Err(StoreError::from_sql(self.path, e));
            }
        }
        Ok(true)
    }

    /// Makes the batch part of the store.
    pub fn commit(self) -> Result<(), StoreError> {
        self.tx.commit().at(self.path)
    }
}

fn insert(db: &Connection, article: &Article, reading: &Reading, json: &str, now: i64) -> rusqlite::Result<()> {
    let head = &reading.article;
    let id = &head.id;
    let published = head.published.map(|d| d.to_string());
    db.prepare_cached("INSERT INTO articles VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?.execute(params![
        id,
        head.source_id,
        head.title,
        head.url,
        head.publisher,
        published,
        head.language.map(|l| l.code()),
        head.words as i64,
        head.text_sha256,
        article.text,
    ])?;
    insert_origin(db, id, article)?;
    db.prepare_cached("INSERT INTO readings VALUES (?1, ?2)")?.execute(params![id, json])?;
    let mut s = db.prepare_cached("INSERT INTO sentences VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (i, span) in reading.sentences.iter().enumerate() {
        let skipped = reading.skipped.iter().find(|s| s.sentence == i).map(|s| &s.reason);
        s.execute(params![id, i as i64, span.start as i64, span.end as i64, skipped])?;
    }
    reading.mentions.iter().try_for_each(|m| insert_mention(db, id, m))?;
    reading.events.iter().try_for_each(|e| insert_event(db, id, e))?;
    reading.quotes.iter().try_for_each(|q| insert_quote(db, id, q, sentence_of(&reading.sentences, q.at.span)))?;
    insert_dates(db, id, reading)?;
    insert_flags(db, id, reading)?;
    index_article(db, reading, &article.text, now)
}

/// The sentence in which a span begins.
pub(crate) fn sentence_of(sentences: &[Span], span: Span) -> Option<usize> {
    let i = sentences.partition_point(|s| s.end <= span.start);
    sentences.get(i).filter(|s| s.start <= span.start).map(|_| i)
}

fn insert_mention(db: &Connection, article: &str, m: &Mention) -> rusqlite::Result<()> {
    let role = m.role.as_ref();
    db.prepare_cached("INSERT INTO mentions VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)")?.execute(
        params![
            article,
            m.id,
            m.at.span.start as i64,
            m.at.span.end as i64,
            m.at.text,
            m.kind.as_str(),
            m.name,
            m.entity,
            m.stated_country().as_ref().map(|c| c.as_str()),
            m.sector,
            role.map(|r| &r.office),
            role.and_then(|r| r.country.as_ref()).map(|c| c.as_str()),
            role.map(|r| &r.text),
            role.and_then(|r| r.tenure.as_ref()),
        ],
    )?;
    Ok(())
}

fn insert_event(db: &Connection, article: &str, e: &Event) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO events VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)",
    )?
    .execute(params![
        article,
        e.id,
        e.kind.as_str(),
        e.mode,
        e.contexts.join(" "),
        e.cameo,
        e.quad,
        e.goldstein.map(real),
        e.sentence as i64,
        e.trigger.span.start as i64,
        e.trigger.span.end as i64,
        e.trigger.text,
        e.status.as_str(),
        e.polarity.as_str(),
        e.reported_by,
        e.date.start.map(|d| d.to_string()),
        e.date.end.map(|d| d.to_string()),
        e.date.basis.as_str(),
        e.date.span.as_ref().map(|s| &s.text),
        e.place,
        real(e.confidence),
        e.why,
    ])?;
    let mut s = db.prepare_cached("INSERT INTO event_mentions VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (role, mentions) in [("actor", &e.actor), ("recipient", &e.recipient)] {
        for (i, mention) in mentions.iter().enumerate() {
            s.execute(params![article, e.id, role, i as i64, mention])?;
        }
    }
    Ok(())
}

fn insert_quote(db: &Connection, article: &str, q: &Quote, sentence: Option<usize>) -> rusqlite::Result<()> {
    let cue = q.cue.as_ref();
    db.prepare_cached("INSERT INTO quotes VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)")?.execute(params![
        article,
        q.id,
        q.at.span.start as i64,
        q.at.span.end as i64,
        q.at.text,
        q.kind.as_str(),
        sentence.map(|s| s as i64),
        q.speaker,
        q.speaker_text,
        cue.map(|c| c.span.start as i64),
        cue.map(|c| c.span.end as i64),
        cue.map(|c| &c.text),
        q.addressee,
    ])?;
    let mut s = db.prepare_cached("INSERT OR IGNORE INTO quote_events VALUES (?1, ?2, ?3)")?;
    q.events.iter().try_for_each(|event| s.execute(params![article, q.id, event]).map(drop))
}

fn insert_dates(db: &Connection, article: &str, reading: &Reading) -> rusqlite::Result<()> {
    let mut s = db.prepare_cached("INSERT INTO dates VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?;
    for (i, d) in reading.dates.iter().enumerate() {
        let at = &d.at;
        let (start, end) = (at.span.start as i64, at.span.end as i64);
        s.execute(params![article, i as i64, start, end, at.text, d.kind, d.value, d.from, d.to])?;
    }
    let mut s = db.prepare_cached("INSERT INTO quantities VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?;
    for (i, q) in reading.quantities.iter().enumerate() {
        let at = &q.at;
        let (start, end) = (at.span.start as i64, at.span.end as i64);
        s.execute(params![article, i as i64, start, end, at.text, q.value, q.modifier, q.unit, q.event])?;
    }
    Ok(())
}

fn insert_flags(db: &Connection, article: &str, reading: &Reading) -> rusqlite::Result<()> {
    let mut s = db.prepare_cached("INSERT INTO flags VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)")?;
    for (i, f) in reading.flags.iter().enumerate() {
        let record = f.record.as_ref();
        s.execute(params![
            article,
            i as i64,
            f.kind,
            f.mention,
            f.office.office,
            f.office.country.as_str(),
            f.claimed,
            f.on.map(|d| d.to_string()),
            record.map(|r| &r.holder),
            record.map(|r| &r.name),
            record.and_then(|r| r.from).map(|d| d.to_string()),
            record.and_then(|r| r.to).map(|d| d.to_string()),
            record.map(|r| &r.source),
            f.message,
        ])?;
    }
    Ok(())
}

/// A number with the digits that it is written with: 0.87, not 0.8700000047.
pub(crate) fn real(x: f32) -> f64 {
    (f64::from(x) * 1e6).round() / 1e6
}
