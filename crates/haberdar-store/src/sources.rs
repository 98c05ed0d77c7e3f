//! Where articles come from: progress in files, feeds and their entries.

use haberdar_model::Article;
use rusqlite::{Connection, OptionalExtension, params};

use crate::{Batch, Store, StoreError, error::AtPath};

/// What a feed said when it was last asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// Its address.
    pub url: String,
    /// The `ETag` of its last answer.
    pub etag: Option<String>,
    /// The `Last-Modified` of its last answer.
    pub last_modified: Option<String>,
    /// Not to be asked before (seconds since 1970).
    pub next_at: i64,
    /// Failures one after the other.
    pub failures: u32,
    /// What became of the last request, for people.
    pub status: String,
}

/// An entry of a feed, and what became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct FeedEntry {
    /// Its address, else its id within the feed.
    pub key: String,
    /// The feed that named it first.
    pub feed: String,
    /// Address of the article.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Changes where the feed says something else of it.
    #[serde(skip)]
    pub mark: String,
    /// The entry as JSON.
    #[serde(skip)]
    pub entry: String,
    /// `waiting`, `fetched`, `skipped` or `failed`.
    pub state: String,
    /// Why, for people.
    pub reason: String,
    /// The article that it became.
    pub article: Option<String>,
    /// Requests so far.
    pub tries: u32,
    /// Not to be fetched before (seconds since 1970).
    pub next_at: i64,
}

impl Store {
    /// How many records of a file are in the store; 0 where it changed since.
    pub fn progress(&self, path: &str, size: u64, modified: i64) -> Result<u64, StoreError> {
        let sql = "SELECT records FROM inputs WHERE path = ?1 AND size = ?2 AND modified = ?3";
        let found = self.db.query_row(sql, params![path, size as i64, modified], |r| r.get::<_, i64>(0)).optional();
        Ok(found.at(&self.path)?.unwrap_or(0) as u64)
    }

    /// The feed at an address, where it was asked before.
    pub fn feed(&self, url: &str) -> Result<Option<Feed>, StoreError> {
        let sql = "SELECT url, etag, last_modified, next_at, failures, status FROM feeds WHERE url = ?1";
        let of = |r: &rusqlite::Row<'_>| {
            Ok(Feed {
                url: r.get(0)?,
                etag: r.get(1)?,
                last_modified: r.get(2)?,
                next_at: r.get(3)?,
                failures: r.get(4)?,
                status: r.get(5)?,
            })
        };
        self.db.query_row(sql, [url], of).optional().at(&self.path)
    }

    /// Entries that wait to be fetched now, in the order of their feeds and addresses.
    pub fn waiting_entries(&self, now: i64) -> Result<Vec<FeedEntry>, StoreError> {
        self.entries_where("state = 'waiting' AND next_at <= ?1", now)
    }

    /// All entries that were ever seen.
    pub fn feed_entries(&self) -> Result<Vec<FeedEntry>, StoreError> {
        self.entries_where("?1 = ?1", 0)
    }

    fn entries_where(&self, condition: &str, now: i64) -> Result<Vec<FeedEntry>, StoreError> {
        let sql = format!(
            "SELECT key, feed, url, title, mark, entry, state, reason, article, tries, next_at FROM feed_entries WHERE {condition} ORDER BY feed, key"
        );
        let mut s = self.db.prepare(&sql).at(&self.path)?;
        let rows = s.query_map([now], |r| {
            Ok(FeedEntry {
                key: r.get(0)?,
                feed: r.get(1)?,
                url: r.get(2)?,
                title: r.get(3)?,
                mark: r.get(4)?,
                entry: r.get(5)?,
                state: r.get(6)?,
                reason: r.get(7)?,
                article: r.get(8)?,
                tries: r.get(9)?,
                next_at: r.get(10)?,
            })
        });
        rows.at(&self.path)?.collect::<Result<_, _>>().at(&self.path)
    }

    /// The article of which another is a copy, by the record.
    pub fn copy_of(&self, article: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT copy_of FROM story_articles WHERE article = ?1 AND copy_of IS NOT NULL";
        self.db.query_row(sql, [article], |r| r.get(0)).optional().at(&self.path)
    }

    /// Another article from the same address.
    pub fn version_of(&self, article: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT b.id FROM articles a JOIN articles b ON b.url = a.url AND b.id <> a.id WHERE a.id = ?1 ORDER BY b.rowid LIMIT 1";
        self.db.query_row(sql, [article], |r| r.get(0)).optional().at(&self.path)
    }
}

impl Batch<'_> {
    /// Takes over the feeds and entries of another store that are not known here.
    pub fn add_feeds_of(&self, other: &Store) -> Result<(), StoreError> {
        for (table, columns) in [("feeds", 6), ("feed_entries", 11)] {
            let marks: Vec<String> = (1..=columns).map(|i| format!("?{i}")).collect();
            let mut put =
                self.tx.prepare(&format!("INSERT OR IGNORE INTO {table} VALUES ({})", marks.join(", "))).at(self.path)?;
            let mut s = other.db.prepare(&format!("SELECT * FROM {table}")).at(&other.path)?;
            let mut rows = s.query([]).at(&other.path)?;
            while let Some(row) = rows.next().at(&other.path)? {
                let values = (0..columns).map(|i| row.get::<_, rusqlite::types::Value>(i)).collect::<Result<Vec<_>, _>>();
                put.execute(rusqlite::params_from_iter(values.at(&other.path)?)).at(self.path)?;
            }
        }
        Ok(())
    }

    /// So many records of a file are in the store now.
    pub fn set_progress(&self, path: &str, size: u64, modified: i64, records: u64) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO inputs VALUES (?1, ?2, ?3, ?4)";
        let mut s = self.tx.prepare_cached(sql).at(self.path)?;
        s.execute(params![path, size as i64, modified, records as i64]).at(self.path).map(drop)
    }

    /// What a feed answered.
    pub fn set_feed(&self, f: &Feed) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO feeds VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let mut s = self.tx.prepare_cached(sql).at(self.path)?;
        s.execute(params![f.url, f.etag, f.last_modified, f.next_at, f.failures, f.status]).at(self.path).map(drop)
    }

    /// An entry that a feed names: new, changed (both wait to be fetched), or neither; true for the first two.
    pub fn see_entry(&self, e: &FeedEntry) -> Result<bool, StoreError> {
        let sql = "INSERT INTO feed_entries VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'waiting', '', NULL, 0, 0) \
                   ON CONFLICT (key) DO UPDATE SET title = excluded.title, mark = excluded.mark, entry = excluded.entry, \
                   state = 'waiting', reason = 'changed', tries = 0, next_at = 0 WHERE mark <> excluded.mark";
        let mut s = self.tx.prepare_cached(sql).at(self.path)?;
        Ok(s.execute(params![e.key, e.feed, e.url, e.title, e.mark, e.entry]).at(self.path)? > 0)
    }

    /// What became of an entry.
    pub fn set_entry(&self, e: &FeedEntry) -> Result<(), StoreError> {
        let sql = "UPDATE feed_entries SET state = ?2, reason = ?3, article = ?4, tries = ?5, next_at = ?6 WHERE key = ?1";
        let mut s = self.tx.prepare_cached(sql).at(self.path)?;
        s.execute(params![e.key, e.state, e.reason, e.article, e.tries, e.next_at]).at(self.path).map(drop)
    }
}

/// Keeps what is known of an article's origin.
pub(crate) fn insert_origin(db: &Connection, id: &str, article: &Article) -> rusqlite::Result<()> {
    let o = &article.meta.origin;
    if o.is_empty() {
        return Ok(());
    }
    let mut s = db.prepare_cached("INSERT OR REPLACE INTO origins VALUES (?1, ?2, ?3, ?4, ?5)")?;
    s.execute(params![id, o.authors.join("; "), o.wire, o.published_at, o.published_from]).map(drop)
}
