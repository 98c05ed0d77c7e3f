//! Questions that are asked again and again.

use rusqlite::{OptionalExtension, params};
use serde::Serialize;

use crate::{Arrived, Filter, Store, StoreError, error::AtPath};

/// A filter under a name, with what it has seen.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Watch {
    /// Its name.
    pub name: String,
    /// What it looks for; its time of arrival is that of what it has not seen.
    pub filter: Filter,
    /// How many articles it has seen.
    pub seen: i64,
}

impl Watch {
    /// What is new to it.
    pub fn unseen(&self) -> Filter {
        Filter { new_since: Some(Arrived::Behind(self.seen)), ..self.filter.clone() }
    }
}

impl Store {
    /// All watches by name.
    pub fn watches(&self) -> Result<Vec<Watch>, StoreError> {
        let mut s = self.db.prepare("SELECT name, filter, seen FROM watches ORDER BY name").at(&self.path)?;
        let rows = s.query_map([], |r| Ok((r.get(0)?, r.get::<_, String>(1)?, r.get(2)?))).at(&self.path)?;
        rows.map(|row| {
            let (name, json, seen) = row.at(&self.path)?;
            let filter = serde_json::from_str(&json).map_err(|e| StoreError::json(&self.path, e))?;
            Ok(Watch { name, filter, seen })
        })
        .collect()
    }

    /// Keeps a watch; false where there is one of this name, which stays as it is.
    pub fn add_watch(&mut self, watch: &Watch) -> Result<bool, StoreError> {
        let filter = serde_json::to_string(&watch.filter).map_err(|e| StoreError::json(&self.path, e))?;
        let sql = "INSERT OR IGNORE INTO watches VALUES (?1, ?2, ?3)";
        Ok(self.db.execute(sql, params![watch.name, filter, watch.seen]).at(&self.path)? > 0)
    }

    /// Forgets a watch; false where there is none of this name.
    pub fn remove_watch(&mut self, name: &str) -> Result<bool, StoreError> {
        Ok(self.db.execute("DELETE FROM watches WHERE name = ?1", [name]).at(&self.path)? > 0)
    }

    /// The watch has seen so many articles.
    pub fn mark_seen(&mut self, name: &str, seen: i64) -> Result<(), StoreError> {
        let sql = "UPDATE watches SET seen = ?2 WHERE name = ?1";
        self.db.execute(sql, params![name, seen]).optional().at(&self.path).map(drop)
    }
}
