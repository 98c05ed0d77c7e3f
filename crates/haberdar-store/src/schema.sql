-- The schema, version 1. Tables hold what was read (articles and readings, each with the rows it takes apart into) and
-- what readings become together (stories, merged_events, conflicts). Offsets count code points from 0, half open, as
-- substr() counts in text: substr(text, span_start + 1, span_end - span_start). Days are ISO 8601.
--
-- Only plain SQL that SQLite 3.8 understands, and no collation or function of our own: any SQLite program opens it.

-- What was read ---------------------------------------------------------------------------------------------------

CREATE TABLE articles (
  id TEXT NOT NULL PRIMARY KEY, source_id TEXT NOT NULL, title TEXT, url TEXT, publisher TEXT, published TEXT, language TEXT,
  words INTEGER NOT NULL, text_sha256 TEXT NOT NULL, text TEXT NOT NULL
);
CREATE INDEX articles_by_day ON articles (published, id);

-- The whole reading as JSON (schema haberdar.reading/1) without the text; the rows below are taken from it.
CREATE TABLE readings (article TEXT NOT NULL PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE, json TEXT NOT NULL);

CREATE TABLE sentences (
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, number INTEGER NOT NULL,
  span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, skipped TEXT,
  PRIMARY KEY (article, number)
) WITHOUT ROWID;

CREATE TABLE mentions (
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, id TEXT NOT NULL,
  span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, text TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
  entity TEXT, country TEXT, sector TEXT, office TEXT, office_country TEXT, office_text TEXT, tenure TEXT,
  PRIMARY KEY (article, id)
) WITHOUT ROWID;
CREATE INDEX mentions_by_entity ON mentions (entity);

CREATE TABLE events (
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, id TEXT NOT NULL,
  type TEXT NOT NULL, mode TEXT, contexts TEXT NOT NULL, cameo TEXT, quad INTEGER NOT NULL, goldstein REAL,
  sentence INTEGER NOT NULL, span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, trigger_text TEXT NOT NULL,
  status TEXT NOT NULL, polarity TEXT NOT NULL, reported_by TEXT,
  date_from TEXT, date_to TEXT, date_basis TEXT NOT NULL, date_text TEXT, place TEXT, confidence REAL NOT NULL, why TEXT NOT NULL,
  PRIMARY KEY (article, id)
) WITHOUT ROWID;

CREATE TABLE event_mentions (
  article TEXT NOT NULL, event TEXT NOT NULL, role TEXT NOT NULL, position INTEGER NOT NULL, mention TEXT NOT NULL,
  PRIMARY KEY (article, event, role, position),
  FOREIGN KEY (article, event) REFERENCES events (article, id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE quotes (
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, id TEXT NOT NULL,
  span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, text TEXT NOT NULL, kind TEXT NOT NULL, sentence INTEGER,
  speaker TEXT, speaker_text TEXT, cue_start INTEGER, cue_end INTEGER, cue_text TEXT, addressee TEXT,
  PRIMARY KEY (article, id)
) WITHOUT ROWID;

CREATE TABLE quote_events (
  article TEXT NOT NULL, quote TEXT NOT NULL, event TEXT NOT NULL,
  PRIMARY KEY (article, quote, event),
  FOREIGN KEY (article, quote) REFERENCES quotes (article, id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE dates (
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, number INTEGER NOT NULL,
  span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, text TEXT NOT NULL, type TEXT NOT NULL, value TEXT NOT NULL,
  date_from TEXT, date_to TEXT,
  PRIMARY KEY (article, number)
) WITHOUT ROWID;

CREATE TABLE quantities (
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, number INTEGER NOT NULL,
  span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, text TEXT NOT NULL, value REAL NOT NULL, modifier TEXT NOT NULL,
  unit TEXT NOT NULL, event TEXT,
  PRIMARY KEY (article, number)
) WITHOUT ROWID;

CREATE TABLE flags (
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, number INTEGER NOT NULL,
  kind TEXT NOT NULL, mention TEXT NOT NULL, office TEXT NOT NULL, office_country TEXT NOT NULL, claimed TEXT, day TEXT,
  holder TEXT, holder_name TEXT, holder_from TEXT, holder_to TEXT, source TEXT, message TEXT NOT NULL,
  PRIMARY KEY (article, number)
) WITHOUT ROWID;

-- What readings become together -----------------------------------------------------------------------------------

CREATE TABLE stories (
  id TEXT NOT NULL PRIMARY KEY, title TEXT NOT NULL, date_from TEXT, date_to TEXT, json TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE story_articles (
  story TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE, position INTEGER NOT NULL,
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, copy_of TEXT,
  PRIMARY KEY (story, position)
) WITHOUT ROWID;
CREATE INDEX story_articles_by_article ON story_articles (article);

CREATE TABLE merged_events (
  id TEXT NOT NULL PRIMARY KEY, type TEXT NOT NULL, mode TEXT, cameo TEXT, quad INTEGER NOT NULL, goldstein REAL,
  status TEXT NOT NULL, polarity TEXT NOT NULL, date_from TEXT, date_to TEXT, date_basis TEXT NOT NULL, place TEXT,
  independent_sources INTEGER NOT NULL, confidence REAL NOT NULL, json TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX merged_events_by_day ON merged_events (date_from, id);

CREATE TABLE story_events (
  story TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE, event TEXT NOT NULL REFERENCES merged_events (id) ON DELETE CASCADE,
  PRIMARY KEY (story, event)
) WITHOUT ROWID;
CREATE INDEX story_events_by_event ON story_events (event);

CREATE TABLE event_participants (
  event TEXT NOT NULL REFERENCES merged_events (id) ON DELETE CASCADE, role TEXT NOT NULL, position INTEGER NOT NULL,
  name TEXT NOT NULL, entity TEXT, country TEXT, office TEXT,
  PRIMARY KEY (event, role, position)
) WITHOUT ROWID;
CREATE INDEX event_participants_by_country ON event_participants (country);

CREATE TABLE event_reports (
  event TEXT NOT NULL REFERENCES merged_events (id) ON DELETE CASCADE, position INTEGER NOT NULL,
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, article_event TEXT NOT NULL, publisher TEXT, published TEXT,
  sentence INTEGER NOT NULL, span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, reported_by TEXT,
  PRIMARY KEY (event, position)
) WITHOUT ROWID;
CREATE INDEX event_reports_by_article ON event_reports (article);

CREATE TABLE conflicts (
  id TEXT NOT NULL PRIMARY KEY, slot TEXT NOT NULL, relation TEXT NOT NULL, event TEXT, story TEXT, office TEXT, verdict TEXT,
  state TEXT NOT NULL, json TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE conflict_values (
  conflict TEXT NOT NULL REFERENCES conflicts (id) ON DELETE CASCADE, position INTEGER NOT NULL,
  value TEXT NOT NULL, entity TEXT, independent_sources INTEGER NOT NULL,
  PRIMARY KEY (conflict, position)
) WITHOUT ROWID;

CREATE TABLE conflict_reports (
  conflict TEXT NOT NULL, value INTEGER NOT NULL, position INTEGER NOT NULL,
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY (conflict, value, position),
  FOREIGN KEY (conflict, value) REFERENCES conflict_values (conflict, position) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE conflict_holders (
  conflict TEXT NOT NULL REFERENCES conflicts (id) ON DELETE CASCADE, position INTEGER NOT NULL,
  name TEXT NOT NULL, date_from TEXT, date_to TEXT, source TEXT NOT NULL,
  PRIMARY KEY (conflict, position)
) WITHOUT ROWID;

-- Empty while the record is built from all readings; holds one row from the first new reading until the record is
-- replaced, so that a process that was killed in between is noticed.
CREATE TABLE record_is_behind (yes INTEGER NOT NULL PRIMARY KEY CHECK (yes = 1)) WITHOUT ROWID;

-- For people -------------------------------------------------------------------------------------------------------

CREATE VIEW v_articles AS
SELECT a.published, a.publisher, a.title, a.language, a.words, a.source_id, a.id AS article,
  (SELECT count(*) FROM events e WHERE e.article = a.id) AS events,
  (SELECT count(*) FROM quotes q WHERE q.article = a.id) AS quotes,
  (SELECT count(*) FROM flags f WHERE f.article = a.id) AS flags
FROM articles a;

CREATE VIEW v_events AS
SELECT m.date_from, m.date_to, m.type, m.mode, m.status, m.polarity,
  (SELECT group_concat(name, ', ') FROM
    (SELECT name FROM event_participants p WHERE p.event = m.id AND p.role = 'actor' ORDER BY p.position)) AS actor,
  (SELECT group_concat(name, ', ') FROM
    (SELECT name FROM event_participants p WHERE p.event = m.id AND p.role = 'recipient' ORDER BY p.position)) AS recipient,
  m.place, (SELECT count(*) FROM event_reports r WHERE r.event = m.id) AS reports, m.independent_sources, m.confidence,
  m.id AS event
FROM merged_events m;

CREATE VIEW v_event_reports AS
SELECT r.event, m.type, m.status, r.published, r.publisher, a.source_id,
  substr(a.text, s.span_start + 1, s.span_end - s.span_start) AS sentence,
  substr(a.text, r.span_start + 1, r.span_end - r.span_start) AS trigger_text,
  r.reported_by, e.confidence, e.why, r.article
FROM event_reports r
JOIN merged_events m ON m.id = r.event
JOIN articles a ON a.id = r.article
LEFT JOIN sentences s ON s.article = r.article AND s.number = r.sentence
LEFT JOIN events e ON e.article = r.article AND e.id = r.article_event;

CREATE VIEW v_quotes AS
SELECT a.published, a.publisher, p.name AS speaker, p.office, p.country, q.text AS quote, q.kind, q.cue_text AS cue,
  t.name AS addressee, a.source_id, q.article, q.id AS quote_id
FROM quotes q
JOIN articles a ON a.id = q.article
LEFT JOIN mentions p ON p.article = q.article AND p.id = q.speaker
LEFT JOIN mentions t ON t.article = q.article AND t.id = q.addressee;

CREATE VIEW v_conflicts AS
SELECT c.slot, c.relation, c.state, m.type, m.date_from, v.value, v.independent_sources, r.text AS words, a.publisher,
  a.published, a.source_id, c.office, c.verdict, c.id AS conflict
FROM conflicts c
JOIN conflict_values v ON v.conflict = c.id
LEFT JOIN conflict_reports r ON r.conflict = c.id AND r.value = v.position
LEFT JOIN articles a ON a.id = r.article
LEFT JOIN merged_events m ON m.id = c.event;
