-- Version 7: how many events stand between two states or bodies, a before b, so that these are not gone through to be counted.
CREATE TABLE pair_counts (a TEXT NOT NULL, b TEXT NOT NULL, events INTEGER NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE TRIGGER pair_counts_grow AFTER INSERT ON event_dyads BEGIN
  INSERT OR IGNORE INTO pair_counts VALUES (new.a, new.b, 0);
  UPDATE pair_counts SET events = events + 1 WHERE a = new.a AND b = new.b;
END;
CREATE TRIGGER pair_counts_shrink AFTER DELETE ON event_dyads BEGIN
  UPDATE pair_counts SET events = events - 1 WHERE a = old.a AND b = old.b;
END;
INSERT INTO pair_counts SELECT a, b, count(*) FROM event_dyads GROUP BY a, b;
