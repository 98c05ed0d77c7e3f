//! Upkeep: a smaller and quicker file.

use std::fs;

use crate::{Store, StoreError, error::AtPath};

impl Store {
    /// Writes the file anew without gaps, brings its indexes into their quickest form and lets go of names that nobody has any
    /// more. Takes the room of a second copy while it runs. Returns the size in bytes before and after.
    pub fn compact(&mut self) -> Result<(u64, u64), StoreError> {
        let size = |store: &Store| {
            let sizes = ["", "-wal"].map(|end| {
                let mut path = store.path.as_os_str().to_owned();
                path.push(end);
                fs::metadata(path).map_or(0, |m| m.len())
            });
            sizes.iter().sum::<u64>()
        };
        let before = size(self);
        let steps = "DELETE FROM names WHERE name NOT IN (SELECT name FROM event_participants) AND name NOT IN \
                       (SELECT publisher FROM articles WHERE publisher IS NOT NULL); \
                     INSERT INTO article_words (article_words) VALUES ('optimize'); \
                     INSERT INTO row_words (row_words) VALUES ('optimize');";
        let tx = self.db.transaction().at(&self.path)?;
        tx.execute_batch(steps).at(&self.path)?;
        tx.commit().at(&self.path)?;
        self.db.execute_batch("ANALYZE; VACUUM; PRAGMA wal_checkpoint(TRUNCATE);").at(&self.path)?;
        Ok((before, size(self)))
    }
}
