//! From one version of the schema to the next. Every version that was ever written can be carried over.

use haberdar_model::{Reading, record::MergedEvent};
use rusqlite::Connection;

use crate::{
    StoreError,
    error::Trouble,
    index::{index_event, index_name, index_quotes, index_words},
};

/// One step: what it adds to the schema, and how rows that are there come into it.
struct Step {
    sql: &'static str,
    fill: fn(&Connection) -> Result<(), Trouble>,
}

/// The first version of the schema.
const FIRST: &str = include_str!("schema.sql");

/// From each version to the next one, beginning with the step from 1 to 2.
const STEPS: &[Step] = &[
    Step { sql: include_str!("sources.sql"), fill: |_| Ok(()) },
    Step { sql: include_str!("words.sql"), fill: fill_words },
    Step { sql: include_str!("overlays.sql"), fill: |_| Ok(()) },
    Step { sql: include_str!("facts.sql"), fill: fill_facts },
    Step { sql: include_str!("vocabulary.sql"), fill: fill_vocabulary },
    Step { sql: include_str!("counts.sql"), fill: |_| Ok(()) },
];

/// The version of the schema that this version writes.
pub const SCHEMA_VERSION: i32 = STEPS.len() as i32 + 1;

/// Makes the schema, where `from` is 0, or carries that of version `from` over, within the caller's transaction.
pub(crate) fn carry_over(db: &Connection, from: i32, path: &std::path::Path) -> Result<(), StoreError> {
    let steps = || -> Result<(), Trouble> {
        if from == 0 {
            db.execute_batch(FIRST)?;
        }
        for step in &STEPS[from.max(1) as usize - 1..] {
            db.execute_batch(step.sql)?;
            (step.fill)(db)?;
        }
        Ok(db.pragma_update(None, "user_version", SCHEMA_VERSION)?)
    };
    steps().map_err(|e| e.at(path))
}

fn fill_words(db: &Connection) -> Result<(), Trouble> {
    let mut s = db.prepare("SELECT r.json, a.text FROM articles a JOIN readings r ON r.article = a.id ORDER BY a.rowid")?;
    let mut arrives = db.prepare("INSERT INTO arrivals (article, added_at) VALUES (?1, 0)")?;
    let mut rows = s.query([])?;
    while let Some(row) = rows.next()? {
        let reading: Reading = serde_json::from_str(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?;
        // When it came in is not known.
        arrives.execute([&reading.article.id])?;
        index_words(db, db.last_insert_rowid(), &reading, row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)?;
        reading.article.publisher.iter().try_for_each(|p| index_name(db, p))?;
    }
    Ok(())
}

/// Names, pairs and facts; all of them come from rows that are there.
fn fill_facts(db: &Connection) -> Result<(), Trouble> {
    db.execute_batch(
        "UPDATE arrivals SET (published, publisher, language) = \
         (SELECT a.published, a.publisher, a.language FROM articles a WHERE a.id = arrivals.article)",
    )?;
    let mut s =
        db.prepare("SELECT v.number, r.json FROM arrivals v JOIN readings r ON r.article = v.article ORDER BY v.number")?;
    let mut rows = s.query([])?;
    while let Some(row) = rows.next()? {
        let reading: Reading = serde_json::from_str(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)?;
        index_quotes(db, row.get(0)?, &reading)?;
    }
    let mut s = db.prepare("SELECT json FROM merged_events ORDER BY id")?;
    let mut rows = s.query([])?;
    while let Some(row) = rows.next()? {
        let event: MergedEvent = serde_json::from_str(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?;
        index_event(db, &event)?;
    }
    Ok(())
}

/// The words are those of the index.
fn fill_vocabulary(db: &Connection) -> Result<(), Trouble> {
    Ok(db.execute_batch(
        "CREATE VIRTUAL TABLE temp.words_of_articles USING fts5vocab (main, article_words, row); \
         INSERT INTO vocabulary SELECT term, doc FROM temp.words_of_articles; DROP TABLE temp.words_of_articles;",
    )?)
}
