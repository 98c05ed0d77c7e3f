-- Version 2: where articles come from. What of a file was read, which feeds are followed, and what became of their entries.

-- Streams of records (archives, tables, rows): how many of them are in the store, so that a run that was stopped goes on.
CREATE TABLE inputs (
  path TEXT NOT NULL PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL, records INTEGER NOT NULL
) WITHOUT ROWID;

-- Times are seconds since 1970 in UTC.
CREATE TABLE feeds (
  url TEXT NOT NULL PRIMARY KEY, etag TEXT, last_modified TEXT, next_at INTEGER NOT NULL, failures INTEGER NOT NULL, status TEXT NOT NULL
) WITHOUT ROWID;

-- state: waiting, fetched, skipped or failed. mark tells whether the feed says something else of the entry than before.
CREATE TABLE feed_entries (
  key TEXT NOT NULL PRIMARY KEY, feed TEXT NOT NULL, url TEXT, title TEXT, mark TEXT NOT NULL, entry TEXT NOT NULL,
  state TEXT NOT NULL, reason TEXT NOT NULL, article TEXT, tries INTEGER NOT NULL, next_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX feed_entries_by_state ON feed_entries (state, next_at);

-- What is known of an article's origin beyond its columns.
CREATE TABLE origins (
  article TEXT NOT NULL PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
  authors TEXT NOT NULL, wire TEXT, published_at TEXT, published_from TEXT
) WITHOUT ROWID;
