-- Version 5: what filters ask of a row, beside the words and the pairs by which rows are found, so that they are answered
-- where the row is found and nothing else has to be read.
--
-- facts are lines, each a letter and a value: a code, A entity and n name of an actor; r, R, m of a recipient (in an act without
-- one all who take part); s, S, t of a speaker; d a pair of codes, p an outlet, l a language; of a quotation e an event inside
-- (type, status, confidence). Names and outlets are in the form in which they are searched.

ALTER TABLE arrivals ADD COLUMN published TEXT;
ALTER TABLE arrivals ADD COLUMN publisher TEXT;
ALTER TABLE arrivals ADD COLUMN language TEXT;

-- Reports of merged events, in the order in which their articles came in; first_known is the first of these that reports the event.
CREATE TABLE arrival_events (
  number INTEGER NOT NULL, sentence INTEGER NOT NULL, event TEXT NOT NULL, position INTEGER NOT NULL,
  type TEXT NOT NULL, status TEXT NOT NULL, date_from TEXT, date_to TEXT, confidence REAL NOT NULL,
  independent_sources INTEGER NOT NULL, first_known INTEGER, facts TEXT NOT NULL,
  PRIMARY KEY (number, sentence, event, position)
) WITHOUT ROWID;
CREATE TRIGGER arrival_events_leave_with_their_report AFTER DELETE ON event_reports BEGIN
  DELETE FROM arrival_events WHERE number = (SELECT v.number FROM arrivals v WHERE v.article = old.article)
    AND sentence = old.sentence AND event = old.event AND position = old.position;
END;

-- Quotations; row is that of row_words.
CREATE TABLE arrival_quotes (row INTEGER NOT NULL PRIMARY KEY, facts TEXT NOT NULL);

DROP TRIGGER words_leave_with_their_article;
CREATE TRIGGER words_leave_with_their_article AFTER DELETE ON arrivals BEGIN
  DELETE FROM article_words WHERE rowid = old.number;
  DELETE FROM row_words WHERE rowid BETWEEN old.number * 16777216 AND old.number * 16777216 + 16777215;
  DELETE FROM arrival_quotes WHERE row BETWEEN old.number * 16777216 AND old.number * 16777216 + 16777215;
  DELETE FROM arrival_events WHERE number = old.number;
END;

-- The pairs of states and bodies between which an act takes place, a before b, by its first day (ISO 8601; 9999 where none
-- is known); in mutual acts everybody acts with everybody. act: it is real, not denied and not rejected. goldstein in tenths. sources:
-- who stands behind the reports, eight bytes each (haberdar_model::outlet), as a copy is no source of its own. places: the
-- sentences of the reports, eight bytes each, as rows of row_words.
DROP TABLE event_dyads;
CREATE TABLE event_dyads (
  a TEXT NOT NULL, b TEXT NOT NULL, day TEXT NOT NULL, event TEXT NOT NULL REFERENCES merged_events (id) ON DELETE CASCADE,
  act INTEGER NOT NULL, quad INTEGER NOT NULL, goldstein INTEGER, sources BLOB NOT NULL,
  type TEXT NOT NULL, status TEXT NOT NULL, date_from TEXT, date_to TEXT, confidence REAL NOT NULL,
  independent_sources INTEGER NOT NULL, first_known INTEGER, facts TEXT NOT NULL, places BLOB NOT NULL,
  PRIMARY KEY (a, b, day, event)
) WITHOUT ROWID;
CREATE INDEX event_dyads_by_event ON event_dyads (event);

-- The most widely reported first, then by day.
CREATE INDEX merged_events_by_sources ON merged_events (
  independent_sources DESC, coalesce(date_from, date_to) IS NULL, coalesce(date_from, date_to), id
);
