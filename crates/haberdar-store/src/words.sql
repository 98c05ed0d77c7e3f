-- Version 3: what makes the record quick to search and to filter, and the questions that are asked again.

-- Articles in the order in which they came into this file. added_at is in seconds since 1970 (UTC), 0 where it is not known.
CREATE TABLE arrivals (
  number INTEGER NOT NULL PRIMARY KEY, article TEXT NOT NULL UNIQUE REFERENCES articles (id) ON DELETE CASCADE,
  added_at INTEGER NOT NULL
);
CREATE INDEX arrivals_by_time ON arrivals (added_at);

-- Words in the form in which they are searched (lower case, without marks, ı as i), in the order of the text; stems only
-- where they differ from the word. Indexes without content: the text itself stands in articles. rowid is arrivals.number.
CREATE VIRTUAL TABLE article_words USING fts5 (title, words, stems, content = '', contentless_delete = 1, tokenize = 'ascii');
-- The sentences that hold events, and the quotations. rowid is arrivals.number * 16777216 + the sentence's number, or,
-- for the quotation qN, + 8388608 + N.
CREATE VIRTUAL TABLE row_words USING fts5 (words, stems, content = '', contentless_delete = 1, tokenize = 'ascii');
CREATE TRIGGER words_leave_with_their_article AFTER DELETE ON arrivals BEGIN
  DELETE FROM article_words WHERE rowid = old.number;
  DELETE FROM row_words WHERE rowid BETWEEN old.number * 16777216 AND old.number * 16777216 + 16777215;
END;

-- The pairs of states and bodies between which an act takes place, a before b; in mutual acts everybody acts with everybody.
CREATE TABLE event_dyads (
  a TEXT NOT NULL, b TEXT NOT NULL, event TEXT NOT NULL REFERENCES merged_events (id) ON DELETE CASCADE,
  PRIMARY KEY (a, b, event)
) WITHOUT ROWID;
CREATE INDEX event_dyads_by_event ON event_dyads (event);

-- Names of participants and outlets in the form in which they are searched.
CREATE TABLE names (name TEXT NOT NULL PRIMARY KEY, key TEXT NOT NULL) WITHOUT ROWID;

CREATE INDEX event_participants_by_name ON event_participants (name);
CREATE INDEX event_participants_by_entity ON event_participants (entity);
CREATE INDEX merged_events_by_type ON merged_events (type, date_from);
CREATE INDEX conflict_reports_by_article ON conflict_reports (article);
CREATE INDEX conflicts_by_event ON conflicts (event);
CREATE INDEX articles_by_publisher ON articles (publisher);
CREATE INDEX articles_by_url ON articles (url);

-- Questions that are asked again: the filter as JSON, and the last arrival that was looked at.
CREATE TABLE watches (
  name TEXT NOT NULL PRIMARY KEY, filter TEXT NOT NULL, seen INTEGER NOT NULL
) WITHOUT ROWID;
