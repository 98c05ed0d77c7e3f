//! The whole record into the store, in one transaction.

use haberdar_model::{
    PartialDate,
    record::{Conflict, MergedEvent, Record, Story},
};
use rusqlite::{Connection, TransactionBehavior, params};

use crate::{Store, StoreError, error::AtPath, index::index_event, write::real};

impl Store {
    /// Puts the record in the place of the one that is there; a reader sees the old one or the new one, never a mixture.
    pub fn replace_record(&mut self, record: &Record) -> Result<(), StoreError> {
        let path = &self.path;
        let json = |e| StoreError::json(path, e);
        let stories = record.stories.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>().map_err(json)?;
        let events = record.events.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>().map_err(json)?;
        let conflicts = record.conflicts.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>().map_err(json)?;
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate).at(path)?;
        let write = || {
            // Everything else hangs on these three.
            tx.execute_batch(
                "DELETE FROM arrival_events; DELETE FROM stories; DELETE FROM merged_events; DELETE FROM conflicts; \
                 DELETE FROM unreconciled",
            )?;
            record.stories.iter().zip(&stories).try_for_each(|(s, json)| insert_story(&tx, s, json))?;
            record.events.iter().zip(&events).try_for_each(|(e, json)| insert_event(&tx, e, json))?;
            record.stories.iter().try_for_each(|s| insert_story_events(&tx, s))?;
            record.conflicts.iter().zip(&conflicts).try_for_each(|(c, json)| insert_conflict(&tx, c, json))
        };
        write().at(path)?;
        tx.commit().at(path)
    }
}

fn first(d: Option<PartialDate>) -> Option<String> {
    d.map(|d| d.first().to_string())
}

fn last(d: Option<PartialDate>) -> Option<String> {
    d.map(|d| d.last().to_string())
}

/// Before its events: who stands behind their reports is known by it.
pub(crate) fn insert_story(db: &Connection, s: &Story, json: &str) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT INTO stories VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(params![
        s.id,
        s.title,
        first(s.from),
        last(s.to),
        json
    ])?;
    let mut q = db.prepare_cached("INSERT INTO story_articles VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (i, a) in s.articles.iter().enumerate() {
        q.execute(params![s.id, i as i64, a.id, a.copy_of, a.version_of])?;
    }
    Ok(())
}

/// Which events belong to a story; both must be there.
pub(crate) fn insert_story_events(db: &Connection, s: &Story) -> rusqlite::Result<()> {
    let mut q = db.prepare_cached("INSERT OR IGNORE INTO story_events VALUES (?1, ?2)")?;
    s.events.iter().try_for_each(|event| q.execute(params![s.id, event]).map(drop))
}

pub(crate) fn insert_event(db: &Connection, e: &MergedEvent, json: &str) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT INTO merged_events VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)")?
        .execute(params![
            e.id,
            e.kind.as_str(),
            e.mode,
            e.cameo,
            e.quad,
            e.goldstein.map(real),
            e.status.as_str(),
            e.polarity.as_str(),
            first(e.date.from),
            last(e.date.to),
            e.date.basis.as_str(),
            e.place,
            e.independent_sources as i64,
            real(e.confidence),
            json,
        ])?;
    let mut q = db.prepare_cached("INSERT INTO event_participants VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
    for (role, parties) in [("actor", &e.actor), ("recipient", &e.recipient)] {
        for (i, p) in parties.iter().enumerate() {
            q.execute(params![e.id, role, i as i64, p.name, p.entity, p.country.as_ref().map(|c| c.as_str()), p.office])?;
        }
    }
    let mut q = db.prepare_cached("INSERT INTO event_reports VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?;
    for (i, r) in e.reports.iter().enumerate() {
        q.execute(params![
            e.id,
            i as i64,
            r.article,
            r.event,
            r.publisher,
            r.published.map(|d| d.to_string()),
            r.sentence as i64,
            r.span.start as i64,
            r.span.end as i64,
            r.reported_by,
        ])?;
    }
    index_event(db, e)
}

pub(crate) fn insert_conflict(db: &Connection, c: &Conflict, json: &str) -> rusqlite::Result<()> {
    let office = c.record.as_ref().map(|r| &r.office);
    db.prepare_cached("INSERT INTO conflicts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?
        .execute(params![c.id, c.slot, c.relation, c.event, c.story, office, c.verdict, c.state, json])?;
    let mut value = db.prepare_cached("INSERT INTO conflict_values VALUES (?1, ?2, ?3, ?4, ?5)")?;
    let mut report = db.prepare_cached("INSERT INTO conflict_reports VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
    for (i, v) in c.values.iter().enumerate() {
        value.execute(params![c.id, i as i64, v.value, v.entity, v.independent_sources as i64])?;
        for (j, r) in v.reports.iter().enumerate() {
            let (start, end) = (r.span.span.start as i64, r.span.span.end as i64);
            report.execute(params![c.id, i as i64, j as i64, r.article, start, end, r.span.text])?;
        }
    }
    let mut holder = db.prepare_cached("INSERT INTO conflict_holders VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for (i, h) in c.record.iter().flat_map(|r| &r.holders).enumerate() {
        let (from, to) = (h.from.map(|d| d.to_string()), h.to.map(|d| d.to_string()));
        holder.execute(params![c.id, i as i64, h.name, from, to, h.source])?;
    }
    Ok(())
}
