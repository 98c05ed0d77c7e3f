-- Version 4: what people say of rows, and what makes the record grow by neighbourhoods.

-- What a person decided about a row of the record: who, when (RFC 3339 in UTC), why. Decisions are added and never
-- changed; the last one of a row counts. They hold on to the words in articles that a row stands on (overlay_places), so that they
-- find it again when articles are read again or the record is made anew; row is its id when the decision was made, about
-- what it is of: an event's type, a conflict's slot.
CREATE TABLE overlays (
  number INTEGER NOT NULL PRIMARY KEY, target TEXT NOT NULL, about TEXT NOT NULL, row TEXT NOT NULL, action TEXT NOT NULL, value TEXT,
  because TEXT NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL
);
CREATE INDEX overlays_by_row ON overlays (row);
-- The places in articles that an overlay is about; the rows of today that stand there are the ones that it is of.
CREATE TABLE overlay_places (
  overlay INTEGER NOT NULL REFERENCES overlays (number) ON DELETE CASCADE, article TEXT NOT NULL,
  span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY (overlay, article, span_start, span_end)
) WITHOUT ROWID;
CREATE INDEX overlay_places_by_article ON overlay_places (article);

-- Articles that the record does not know yet, and by which rules and tables it was made.
CREATE TABLE unreconciled (number INTEGER NOT NULL PRIMARY KEY REFERENCES arrivals (number) ON DELETE CASCADE);
CREATE TABLE record_rules (rules TEXT NOT NULL);
CREATE TRIGGER what_arrives_waits_for_the_record AFTER INSERT ON arrivals BEGIN
  INSERT OR IGNORE INTO unreconciled VALUES (new.number);
END;
DROP TABLE record_is_behind;

-- What articles are compared by: a profile of each one, the keys under which it is looked up (a drawer holds eight days), and
-- its links with others, once in each direction.
CREATE TABLE profiles (number INTEGER NOT NULL PRIMARY KEY REFERENCES arrivals (number) ON DELETE CASCADE, profile BLOB NOT NULL);
CREATE TABLE neighbour_keys (
  drawer INTEGER NOT NULL, feature INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (drawer, feature, number)
) WITHOUT ROWID;
CREATE TABLE links (
  number INTEGER NOT NULL REFERENCES arrivals (number) ON DELETE CASCADE, other INTEGER NOT NULL, score REAL NOT NULL,
  copy REAL NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (number, other)
) WITHOUT ROWID;

ALTER TABLE story_articles ADD COLUMN version_of TEXT;
INSERT INTO unreconciled SELECT number FROM arrivals;
CREATE INDEX conflicts_by_story ON conflicts (story);

-- A row of the record as reconciling made it, where a decision changes what is shown.
CREATE TABLE undecided (row TEXT NOT NULL PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;

-- The pairs of states and bodies between which an act takes place, a before b, by its first day (ISO 8601; 9999 where none
-- is known); in mutual acts everybody acts with everybody. act: it is real, not denied and not rejected. goldstein in tenths. sources:
-- who stands behind the reports, eight bytes each (haberdar_model::outlet), as a copy is no source of its own.
DROP TABLE event_dyads;
CREATE TABLE event_dyads (
  a TEXT NOT NULL, b TEXT NOT NULL, day TEXT NOT NULL, event TEXT NOT NULL REFERENCES merged_events (id) ON DELETE CASCADE,
  act INTEGER NOT NULL, quad INTEGER NOT NULL, goldstein INTEGER, sources BLOB NOT NULL,
  PRIMARY KEY (a, b, day, event)
) WITHOUT ROWID;
CREATE INDEX event_dyads_by_event ON event_dyads (event);
