//! What makes the record grow by neighbourhoods: articles that it does not know yet, what articles are compared by, their
//! links, and stories that take the place of others. What the bytes and numbers mean is the business of whoever reconciles.

use haberdar_model::{
    Reading,
    record::{Conflict, MergedEvent, Story},
};
use rusqlite::{OptionalExtension, params};

use crate::{
    Batch, Store, StoreError,
    error::AtPath,
    overlays::put,
    record::{insert_story, insert_story_events},
};

/// A link of an article: the other article's number, agreement, common share of a copy, whether one is a version of the other.
pub type LinkRow = (i64, f32, f32, bool);

impl Store {
    /// True where the record does not know all articles yet: because they are new, or because the process that added them was
    /// killed.
    pub fn record_is_behind(&self) -> Result<bool, StoreError> {
        self.db.prepare_cached("SELECT 1 FROM unreconciled").at(&self.path)?.exists([]).at(&self.path)
    }

    /// Begins the record anew where it was made by other rules or tables than these: then it knows no article. What people
    /// decided stays.
    pub fn use_rules(&mut self, rules: &str) -> Result<(), StoreError> {
        let path = &self.path;
        let tx = self.db.transaction().at(path)?;
        let known: Option<String> = tx.query_row("SELECT rules FROM record_rules", [], |r| r.get(0)).optional().at(path)?;
        if known.as_deref() != Some(rules) {
            tx.execute_batch(
                "DELETE FROM stories; DELETE FROM merged_events; DELETE FROM conflicts; DELETE FROM undecided; DELETE FROM profiles; \
                 DELETE FROM neighbour_keys; DELETE FROM links; DELETE FROM record_rules; \
                 INSERT OR IGNORE INTO unreconciled SELECT number FROM arrivals;",
            )
            .at(path)?;
            tx.execute("INSERT INTO record_rules VALUES (?1)", [rules]).at(path)?;
        }
        tx.commit().at(path)
    }
}

impl Batch<'_> {
    /// Articles that the record does not know yet, in the order of their arrival, at most so many: number and reading, with
    /// the text.
    pub fn unreconciled(&self, limit: usize) -> Result<Vec<(i64, Reading)>, StoreError> {
        let sql = "SELECT number FROM unreconciled ORDER BY number LIMIT ?1";
        let mut s = self.tx.prepare_cached(sql).at(self.path)?;
        let numbers = s.query_map([limit as i64], |r| r.get(0)).at(self.path)?;
        let numbers = numbers.collect::<Result<Vec<i64>, _>>().at(self.path)?;
        numbers.into_iter().map(|n| Ok((n, self.reading(n)?))).collect()
    }

    /// The record knows the article now.
    pub fn reconciled(&self, number: i64) -> Result<(), StoreError> {
        self.tx.prepare_cached("DELETE FROM unreconciled WHERE number = ?1").at(self.path)?.execute([number]).at(self.path)?;
        Ok(())
    }

    /// The reading of an article, with the text.
    pub fn reading(&self, number: i64) -> Result<Reading, StoreError> {
        let sql = "SELECT r.json, a.text FROM arrivals v JOIN readings r ON r.article = v.article \
                   JOIN articles a ON a.id = v.article WHERE v.number = ?1";
        let mut s = self.tx.prepare_cached(sql).at(self.path)?;
        let (json, text) = s.query_row([number], |r| Ok((r.get::<_, String>(0)?, r.get::<_, String>(1)?))).at(self.path)?;
        let mut reading: Reading = serde_json::from_str(&json).map_err(|e| StoreError::json(self.path, e))?;
        reading.text = Some(text);
        Ok(reading)
    }

    /// Keeps what an article is compared by, under its keys (drawer, feature).
    pub fn keep_profile(&self, number: i64, profile: &[u8], keys: &[(i32, u32)]) -> Result<(), StoreError> {
        let insert = || {
            self.tx.prepare_cached("INSERT INTO profiles VALUES (?1, ?2)")?.execute(params![number, profile])?;
            let mut s = self.tx.prepare_cached("INSERT OR IGNORE INTO neighbour_keys VALUES (?1, ?2, ?3)")?;
            keys.iter().try_for_each(|(drawer, feature)| s.execute(params![drawer, feature, number]).map(drop))
        };
        insert().at(self.path)
    }

    /// What an article is compared by.
    pub fn profile(&self, number: i64) -> Result<Vec<u8>, StoreError> {
        let mut s = self.tx.prepare_cached("SELECT profile FROM profiles WHERE number = ?1").at(self.path)?;
        s.query_row([number], |r| r.get(0)).at(self.path)
    }

    /// The articles under a key.
    pub fn under(&self, drawer: i32, feature: u32, found: &mut dyn FnMut(i64)) -> Result<(), StoreError> {
        let sql = "SELECT number FROM neighbour_keys WHERE drawer = ?1 AND feature = ?2";
        let mut s = self.tx.prepare_cached(sql).at(self.path)?;
        let mut rows = s.query(params![drawer, feature]).at(self.path)?;
        while let Some(row) = rows.next().at(self.path)? {
            found(row.get(0).at(self.path)?);
        }
        Ok(())
    }

    /// All drawers, in order; each is found by one step in the index.
    pub fn drawers(&self) -> Result<Vec<i32>, StoreError> {
        let sql = "WITH RECURSIVE d (drawer) AS (SELECT min(drawer) FROM neighbour_keys UNION ALL \
                   SELECT (SELECT min(drawer) FROM neighbour_keys k WHERE k.drawer > d.drawer) FROM d WHERE d.drawer IS NOT NULL) \
                   SELECT drawer FROM d WHERE drawer IS NOT NULL";
        let mut s = self.tx.prepare_cached(sql).at(self.path)?;
        s.query_map([], |r| r.get(0)).at(self.path)?.collect::<Result<_, _>>().at(self.path)
    }

    /// The links of an article.
    pub fn links(&self, number: i64) -> Result<Vec<LinkRow>, StoreError> {
        let sql = "SELECT other, score, copy, version FROM links WHERE number = ?1 ORDER BY other";
        let mut s = self.tx.prepare_cached(sql).at(self.path)?;
        let rows = s.query_map([number], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?))).at(self.path)?;
        rows.collect::<Result<_, _>>().at(self.path)
    }

    /// Links two articles, in both directions.
    pub fn link(&self, a: i64, b: i64, (score, copy, version): (f32, f32, bool)) -> Result<(), StoreError> {
        let mut s = self.tx.prepare_cached("INSERT OR REPLACE INTO links VALUES (?1, ?2, ?3, ?4, ?5)").at(self.path)?;
        for (x, y) in [(a, b), (b, a)] {
            s.execute(params![x, y, score, copy, version]).at(self.path)?;
        }
        Ok(())
    }

    /// Takes a link away, in both directions.
    pub fn unlink(&self, a: i64, b: i64) -> Result<(), StoreError> {
        let mut s = self.tx.prepare_cached("DELETE FROM links WHERE number = ?1 AND other = ?2").at(self.path)?;
        for (x, y) in [(a, b), (b, a)] {
            s.execute([x, y]).at(self.path)?;
        }
        Ok(())
    }

    /// The articles of the story in which an article stands, itself too.
    pub fn together(&self, number: i64) -> Result<Vec<i64>, StoreError> {
        let sql = "SELECT o.number FROM arrivals v JOIN story_articles x ON x.article = v.article \
                   JOIN story_articles y ON y.story = x.story JOIN arrivals o ON o.article = y.article WHERE v.number = ?1";
        let mut s = self.tx.prepare_cached(sql).at(self.path)?;
        s.query_map([number], |r| r.get(0)).at(self.path)?.collect::<Result<_, _>>().at(self.path)
    }

    /// The story in which an article stands.
    pub fn story_of(&self, number: i64) -> Result<Option<Story>, StoreError> {
        let sql = "SELECT s.json FROM arrivals v JOIN story_articles x ON x.article = v.article JOIN stories s ON s.id = x.story \
                   WHERE v.number = ?1";
        let mut s = self.tx.prepare_cached(sql).at(self.path)?;
        let json: Option<String> = s.query_row([number], |r| r.get(0)).optional().at(self.path)?;
        json.map(|j| serde_json::from_str(&j)).transpose().map_err(|e| StoreError::json(self.path, e))
    }

    /// Takes a story away, with its events and conflicts.
    pub fn remove_story(&self, id: &str) -> Result<(), StoreError> {
        let remove = || {
            for sql in [
                "DELETE FROM undecided WHERE row IN (SELECT id FROM conflicts WHERE story = ?1 UNION ALL \
                 SELECT event FROM story_events WHERE story = ?1)",
                "DELETE FROM conflicts WHERE story = ?1",
                "DELETE FROM merged_events WHERE id IN (SELECT event FROM story_events WHERE story = ?1)",
                "DELETE FROM stories WHERE id = ?1",
            ] {
                self.tx.prepare_cached(sql)?.execute([id])?;
            }
            Ok(())
        };
        remove().at(self.path)
    }

    /// Writes a story with its events and conflicts, as people decided about them.
    pub fn add_story(&self, story: &Story, events: &[MergedEvent], conflicts: &[Conflict]) -> Result<(), StoreError> {
        let json = serde_json::to_string(story).map_err(|e| StoreError::json(self.path, e))?;
        insert_story(&self.tx, story, &json).at(self.path)?;
        events.iter().try_for_each(|e| put(&self.tx, e)).map_err(|e| e.at(self.path))?;
        insert_story_events(&self.tx, story).at(self.path)?;
        conflicts.iter().try_for_each(|c| put(&self.tx, c)).map_err(|e| e.at(self.path))
    }
}
