-- A store of schema version 6, as it was written then. Never to be changed.
PRAGMA foreign_keys = OFF;
BEGIN TRANSACTION;
CREATE TABLE articles (
  id TEXT NOT NULL PRIMARY KEY, source_id TEXT NOT NULL, title TEXT, url TEXT, publisher TEXT, published TEXT, language TEXT,
  words INTEGER NOT NULL, text_sha256 TEXT NOT NULL, text TEXT NOT NULL
);
INSERT INTO articles VALUES ('b3:31b552b4fa6130b22a723b27', 'tr-1', 'Choe Son-hui Moskova''da', NULL, 'Örnek Gazete', '2023-11-02', 'tr', 43, '88b27e5228c4a0b2a29b69c2766c5e56ae4c8b69ce83526e410e20ad59398f42', 'Rusya Dışişleri Bakanı Sergey Lavrov, Moskova''da Kuzey Kore Dışişleri Bakanı Choe Son-hui ile görüştü. Bakanlar ticareti ve ulaşımı ele aldı. Lavrov, “Komşumuzla yeni bir döneme giriyoruz” ifadelerini kullandı. Ziyaret yeni anlaşmalara kapı açabilir.');
INSERT INTO articles VALUES ('b3:f5c601a22386251a32cb46d6', 'tr-2', NULL, NULL, 'Sample Post', '2023-11-02', 'tr', 54, 'ad2c4cdfb4919b94ec0f36b331b91854b706020a582fd35d9212619d8d560de1', 'Rusya Dışişleri Bakanı Sergey Lavrov, Moskova''da Kuzey Koreli mevkidaşı Ri Son-gwon ile görüştü. Lavrov, basın toplantısında “Komşumuzla her alanda çalışmayı sürdüreceğiz” dedi. Rus bakan, BM oylamalarında Pyongyang''ın yanında yer alma taahhüdünde bulundu. Uzmanlar, ziyaretin iki ülke arasındaki ticarete katkı sağlayabileceğini öngörüyor.');
CREATE TABLE conflict_holders (
  conflict TEXT NOT NULL REFERENCES conflicts (id) ON DELETE CASCADE, position INTEGER NOT NULL,
  name TEXT NOT NULL, date_from TEXT, date_to TEXT, source TEXT NOT NULL,
  PRIMARY KEY (conflict, position)
) WITHOUT ROWID;
INSERT INTO conflict_holders VALUES ('b3:6903a145bc3c269d8fd7df43', 0, 'Ri Son-gwon', '2020-01-21', '2022-06-11', 'wikidata 2022; own knowledge; announced appointments');
INSERT INTO conflict_holders VALUES ('b3:6903a145bc3c269d8fd7df43', 1, 'Choe Son-hui', '2022-06-11', NULL, 'list of foreign ministers 2023-01; wikidata 2022; own knowledge; announced appointments');
CREATE TABLE conflict_reports (
  conflict TEXT NOT NULL, value INTEGER NOT NULL, position INTEGER NOT NULL,
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY (conflict, value, position),
  FOREIGN KEY (conflict, value) REFERENCES conflict_values (conflict, position) ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO conflict_reports VALUES ('b3:6903a145bc3c269d8fd7df43', 0, 0, 'b3:31b552b4fa6130b22a723b27', 49, 89, 'Kuzey Kore Dışişleri Bakanı Choe Son-hui');
INSERT INTO conflict_reports VALUES ('b3:6903a145bc3c269d8fd7df43', 1, 0, 'b3:f5c601a22386251a32cb46d6', 49, 83, 'Kuzey Koreli mevkidaşı Ri Son-gwon');
CREATE TABLE conflict_values (
  conflict TEXT NOT NULL REFERENCES conflicts (id) ON DELETE CASCADE, position INTEGER NOT NULL,
  value TEXT NOT NULL, entity TEXT, independent_sources INTEGER NOT NULL,
  PRIMARY KEY (conflict, position)
) WITHOUT ROWID;
INSERT INTO conflict_values VALUES ('b3:6903a145bc3c269d8fd7df43', 0, 'Choe Son-hui', 'Q30436217', 1);
INSERT INTO conflict_values VALUES ('b3:6903a145bc3c269d8fd7df43', 1, 'Ri Son-gwon', 'Q55708195', 1);
CREATE TABLE conflicts (
  id TEXT NOT NULL PRIMARY KEY, slot TEXT NOT NULL, relation TEXT NOT NULL, event TEXT, story TEXT, office TEXT, verdict TEXT,
  state TEXT NOT NULL, json TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO conflicts VALUES ('b3:6903a145bc3c269d8fd7df43', 'participant', 'contradiction', 'b3:1f21b0597cd3b84beab3cc80', 'b3:781c93b4543fb43f601e3457', 'foreign_minister PRK', 'on 2023-11-02 the record has Choe Son-hui (since 2022-06-11); ‘Ri Son-gwon’ in Sample Post differs from the record', 'explained', '{"id":"b3:6903a145bc3c269d8fd7df43","slot":"participant","relation":"contradiction","event":"b3:1f21b0597cd3b84beab3cc80","story":"b3:781c93b4543fb43f601e3457","values":[{"value":"Choe Son-hui","entity":"Q30436217","reports":[{"article":"b3:31b552b4fa6130b22a723b27","span":{"start":49,"end":89,"text":"Kuzey Kore Dışişleri Bakanı Choe Son-hui"}}],"independent_sources":1},{"value":"Ri Son-gwon","entity":"Q55708195","reports":[{"article":"b3:f5c601a22386251a32cb46d6","span":{"start":49,"end":83,"text":"Kuzey Koreli mevkidaşı Ri Son-gwon"}}],"independent_sources":1}],"record":{"office":"foreign_minister PRK","holders":[{"name":"Ri Son-gwon","from":"2020-01-21","to":"2022-06-11","source":"wikidata 2022; own knowledge; announced appointments"},{"name":"Choe Son-hui","from":"2022-06-11","to":null,"source":"list of foreign ministers 2023-01; wikidata 2022; own knowledge; announced appointments"}]},"verdict":"on 2023-11-02 the record has Choe Son-hui (since 2022-06-11); ‘Ri Son-gwon’ in Sample Post differs from the record","state":"explained"}');
CREATE TABLE dates (
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, number INTEGER NOT NULL,
  span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, text TEXT NOT NULL, type TEXT NOT NULL, value TEXT NOT NULL,
  date_from TEXT, date_to TEXT,
  PRIMARY KEY (article, number)
) WITHOUT ROWID;
CREATE TABLE event_mentions (
  article TEXT NOT NULL, event TEXT NOT NULL, role TEXT NOT NULL, position INTEGER NOT NULL, mention TEXT NOT NULL,
  PRIMARY KEY (article, event, role, position),
  FOREIGN KEY (article, event) REFERENCES events (article, id) ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO event_mentions VALUES ('b3:31b552b4fa6130b22a723b27', 'e1', 'actor', 0, 'm1');
INSERT INTO event_mentions VALUES ('b3:31b552b4fa6130b22a723b27', 'e1', 'recipient', 0, 'm3');
INSERT INTO event_mentions VALUES ('b3:31b552b4fa6130b22a723b27', 'e2', 'actor', 0, 'm5');
INSERT INTO event_mentions VALUES ('b3:f5c601a22386251a32cb46d6', 'e1', 'actor', 0, 'm1');
INSERT INTO event_mentions VALUES ('b3:f5c601a22386251a32cb46d6', 'e1', 'recipient', 0, 'm3');
INSERT INTO event_mentions VALUES ('b3:f5c601a22386251a32cb46d6', 'e2', 'actor', 0, 'm4');
INSERT INTO event_mentions VALUES ('b3:f5c601a22386251a32cb46d6', 'e3', 'actor', 0, 'm7');
INSERT INTO event_mentions VALUES ('b3:f5c601a22386251a32cb46d6', 'e3', 'recipient', 0, 'm9');
INSERT INTO event_mentions VALUES ('b3:f5c601a22386251a32cb46d6', 'e4', 'actor', 0, 'm11');
INSERT INTO event_mentions VALUES ('b3:f5c601a22386251a32cb46d6', 'e4', 'recipient', 0, 'm12');
CREATE TABLE event_participants (
  event TEXT NOT NULL REFERENCES merged_events (id) ON DELETE CASCADE, role TEXT NOT NULL, position INTEGER NOT NULL,
  name TEXT NOT NULL, entity TEXT, country TEXT, office TEXT,
  PRIMARY KEY (event, role, position)
) WITHOUT ROWID;
INSERT INTO event_participants VALUES ('b3:0badac49dca1b1d5702e86fc', 'actor', 0, 'Sergey Lavrov', 'Q58217', 'RUS', 'foreign_minister');
INSERT INTO event_participants VALUES ('b3:1f21b0597cd3b84beab3cc80', 'actor', 0, 'Sergey Lavrov', 'Q58217', 'RUS', 'foreign_minister');
INSERT INTO event_participants VALUES ('b3:1f21b0597cd3b84beab3cc80', 'recipient', 0, 'Choe Son-hui / Ri Son-gwon', NULL, 'PRK', 'foreign_minister');
INSERT INTO event_participants VALUES ('b3:616df77837cf52ea9b19a1b8', 'actor', 0, 'RUS', 'RUS', 'RUS', NULL);
INSERT INTO event_participants VALUES ('b3:616df77837cf52ea9b19a1b8', 'recipient', 0, 'Pyongyang', 'PRK', 'PRK', NULL);
INSERT INTO event_participants VALUES ('b3:e8faf347beea194622f64cf1', 'actor', 0, 'Rus bakan', NULL, 'RUS', NULL);
INSERT INTO event_participants VALUES ('b3:e8faf347beea194622f64cf1', 'recipient', 0, 'Pyongyang', 'PRK', 'PRK', NULL);
CREATE TABLE event_reports (
  event TEXT NOT NULL REFERENCES merged_events (id) ON DELETE CASCADE, position INTEGER NOT NULL,
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, article_event TEXT NOT NULL, publisher TEXT, published TEXT,
  sentence INTEGER NOT NULL, span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, reported_by TEXT,
  PRIMARY KEY (event, position)
) WITHOUT ROWID;
INSERT INTO event_reports VALUES ('b3:0badac49dca1b1d5702e86fc', 0, 'b3:31b552b4fa6130b22a723b27', 'e2', 'Örnek Gazete', '2023-11-02', 2, 189, 209, NULL);
INSERT INTO event_reports VALUES ('b3:0badac49dca1b1d5702e86fc', 1, 'b3:f5c601a22386251a32cb46d6', 'e2', 'Sample Post', '2023-11-02', 1, 172, 176, NULL);
INSERT INTO event_reports VALUES ('b3:1f21b0597cd3b84beab3cc80', 0, 'b3:31b552b4fa6130b22a723b27', 'e1', 'Örnek Gazete', '2023-11-02', 0, 94, 101, NULL);
INSERT INTO event_reports VALUES ('b3:1f21b0597cd3b84beab3cc80', 1, 'b3:f5c601a22386251a32cb46d6', 'e1', 'Sample Post', '2023-11-02', 0, 88, 95, NULL);
INSERT INTO event_reports VALUES ('b3:616df77837cf52ea9b19a1b8', 0, 'b3:f5c601a22386251a32cb46d6', 'e4', 'Sample Post', '2023-11-02', 3, 297, 305, 'Uzmanlar');
INSERT INTO event_reports VALUES ('b3:e8faf347beea194622f64cf1', 0, 'b3:f5c601a22386251a32cb46d6', 'e3', 'Sample Post', '2023-11-02', 2, 236, 255, NULL);
CREATE TABLE events (
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, id TEXT NOT NULL,
  type TEXT NOT NULL, mode TEXT, contexts TEXT NOT NULL, cameo TEXT, quad INTEGER NOT NULL, goldstein REAL,
  sentence INTEGER NOT NULL, span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, trigger_text TEXT NOT NULL,
  status TEXT NOT NULL, polarity TEXT NOT NULL, reported_by TEXT,
  date_from TEXT, date_to TEXT, date_basis TEXT NOT NULL, date_text TEXT, place TEXT, confidence REAL NOT NULL, why TEXT NOT NULL,
  PRIMARY KEY (article, id)
) WITHOUT ROWID;
INSERT INTO events VALUES ('b3:31b552b4fa6130b22a723b27', 'e1', 'CONSULT', NULL, 'executive diplomatic', '040', 1, 1.0, 0, 94, 101, 'görüştü', 'happened', 'positive', NULL, '2023-11-02', '2023-11-02', 'publication', NULL, 'm2', 0.77, 'tr/consult/v:görüş +ins !ins=@kamu R:ins');
INSERT INTO events VALUES ('b3:31b552b4fa6130b22a723b27', 'e2', 'STATEMENT', NULL, 'rights_freedoms', '010', 1, 0.0, 2, 189, 209, 'ifadelerini kullandı', 'happened', 'positive', NULL, '2023-11-02', '2023-11-02', 'publication', NULL, NULL, 0.74, 'tr/statement/v:kullan acc=ifade R:hakkında,için');
INSERT INTO events VALUES ('b3:f5c601a22386251a32cb46d6', 'e1', 'CONSULT', NULL, 'executive diplomatic', '040', 1, 1.0, 0, 88, 95, 'görüştü', 'happened', 'positive', NULL, '2023-11-02', '2023-11-02', 'publication', NULL, 'm2', 0.77, 'tr/consult/v:görüş +ins !ins=@kamu R:ins');
INSERT INTO events VALUES ('b3:f5c601a22386251a32cb46d6', 'e2', 'STATEMENT', NULL, 'rights_freedoms', '010', 1, 0.0, 1, 172, 176, 'dedi', 'happened', 'positive', NULL, '2023-11-02', '2023-11-02', 'publication', NULL, NULL, 0.66, 'tr/statement/v:de R:dat');
INSERT INTO events VALUES ('b3:f5c601a22386251a32cb46d6', 'e3', 'AGREE', NULL, 'executive', '030', 1, 4.0, 2, 236, 255, 'taahhüdünde bulundu', 'happened', 'positive', NULL, '2023-11-02', '2023-11-02', 'publication', NULL, NULL, 0.84, 'tr/agree/v:bulun loc=taahhüt R:dat,loc.dat');
INSERT INTO events VALUES ('b3:f5c601a22386251a32cb46d6', 'e4', 'COOPERATE', NULL, 'economic', '061', 2, 6.4, 3, 297, 305, 'ticarete', 'forecast', 'positive', 'm10', NULL, NULL, 'none', NULL, NULL, 0.58, 'tr/cooperate/n:ticaret +arasında A:gen,arasında R:ins');
CREATE TABLE feed_entries (
  key TEXT NOT NULL PRIMARY KEY, feed TEXT NOT NULL, url TEXT, title TEXT, mark TEXT NOT NULL, entry TEXT NOT NULL,
  state TEXT NOT NULL, reason TEXT NOT NULL, article TEXT, tries INTEGER NOT NULL, next_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE feeds (
  url TEXT NOT NULL PRIMARY KEY, etag TEXT, last_modified TEXT, next_at INTEGER NOT NULL, failures INTEGER NOT NULL, status TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE flags (
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, number INTEGER NOT NULL,
  kind TEXT NOT NULL, mention TEXT NOT NULL, office TEXT NOT NULL, office_country TEXT NOT NULL, claimed TEXT, day TEXT,
  holder TEXT, holder_name TEXT, holder_from TEXT, holder_to TEXT, source TEXT, message TEXT NOT NULL,
  PRIMARY KEY (article, number)
) WITHOUT ROWID;
INSERT INTO flags VALUES ('b3:f5c601a22386251a32cb46d6', 0, 'office_holder', 'm3', 'foreign_minister', 'PRK', 'Q55708195', '2023-11-02', 'Q30436217', 'Choe Son-hui', '2022-06-11', NULL, 'list of foreign ministers 2023-01; wikidata 2022; own knowledge; announced appointments', 'differs from the record: on 2023-11-02 Choe Son-hui is recorded as foreign minister of North Korea since 2022-06-11, not Ri Son-gwon (by: list of foreign ministers 2023-01; wikidata 2022; own knowledge; announced appointments)');
CREATE TABLE inputs (
  path TEXT NOT NULL PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL, records INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO inputs VALUES ('reports.jsonl', 855, 1795722083776500329, 2);
CREATE TABLE mentions (
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, id TEXT NOT NULL,
  span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, text TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
  entity TEXT, country TEXT, sector TEXT, office TEXT, office_country TEXT, office_text TEXT, tenure TEXT,
  PRIMARY KEY (article, id)
) WITHOUT ROWID;
INSERT INTO mentions VALUES ('b3:31b552b4fa6130b22a723b27', 'm1', 0, 36, 'Rusya Dışişleri Bakanı Sergey Lavrov', 'person', 'Sergey Lavrov', 'Q58217', 'RUS', 'GOV', 'foreign_minister', 'RUS', 'Dışişleri Bakanı', NULL);
INSERT INTO mentions VALUES ('b3:31b552b4fa6130b22a723b27', 'm2', 38, 45, 'Moskova', 'place', 'Moskova', 'RUS', 'RUS', 'GOV', NULL, NULL, NULL, NULL);
INSERT INTO mentions VALUES ('b3:31b552b4fa6130b22a723b27', 'm3', 49, 89, 'Kuzey Kore Dışişleri Bakanı Choe Son-hui', 'person', 'Choe Son-hui', 'Q30436217', 'PRK', 'GOV', 'foreign_minister', 'PRK', 'Dışişleri Bakanı', NULL);
INSERT INTO mentions VALUES ('b3:31b552b4fa6130b22a723b27', 'm4', 103, 111, 'Bakanlar', 'office', 'Bakanlar', NULL, NULL, 'GOV', 'minister', NULL, 'Bakanlar', NULL);
INSERT INTO mentions VALUES ('b3:31b552b4fa6130b22a723b27', 'm5', 142, 148, 'Lavrov', 'person', 'Sergey Lavrov', 'Q58217', 'RUS', 'GOV', NULL, NULL, NULL, NULL);
INSERT INTO mentions VALUES ('b3:31b552b4fa6130b22a723b27', 'm6', 151, 161, 'Komşumuzla', 'group', 'Komşumuzla', NULL, NULL, 'CVL', NULL, NULL, NULL, NULL);
INSERT INTO mentions VALUES ('b3:f5c601a22386251a32cb46d6', 'm1', 0, 36, 'Rusya Dışişleri Bakanı Sergey Lavrov', 'person', 'Sergey Lavrov', 'Q58217', 'RUS', 'GOV', 'foreign_minister', 'RUS', 'Dışişleri Bakanı', NULL);
INSERT INTO mentions VALUES ('b3:f5c601a22386251a32cb46d6', 'm10', 257, 265, 'Uzmanlar', 'source', 'Uzmanlar', NULL, NULL, 'EDU', NULL, NULL, NULL, NULL);
INSERT INTO mentions VALUES ('b3:f5c601a22386251a32cb46d6', 'm11', 277, 285, 'iki ülke', 'country', 'RUS', 'RUS', 'RUS', 'UNK', NULL, NULL, NULL, NULL);
INSERT INTO mentions VALUES ('b3:f5c601a22386251a32cb46d6', 'm12', 277, 285, 'iki ülke', 'country', 'PRK', 'PRK', 'PRK', 'UNK', NULL, NULL, NULL, NULL);
INSERT INTO mentions VALUES ('b3:f5c601a22386251a32cb46d6', 'm2', 38, 45, 'Moskova', 'place', 'Moskova', 'RUS', 'RUS', 'GOV', NULL, NULL, NULL, NULL);
INSERT INTO mentions VALUES ('b3:f5c601a22386251a32cb46d6', 'm3', 49, 83, 'Kuzey Koreli mevkidaşı Ri Son-gwon', 'person', 'Ri Son-gwon', 'Q55708195', 'PRK', NULL, 'foreign_minister', 'PRK', 'mevkidaşı', NULL);
INSERT INTO mentions VALUES ('b3:f5c601a22386251a32cb46d6', 'm4', 97, 103, 'Lavrov', 'person', 'Sergey Lavrov', 'Q58217', 'RUS', 'GOV', NULL, NULL, NULL, NULL);
INSERT INTO mentions VALUES ('b3:f5c601a22386251a32cb46d6', 'm5', 105, 110, 'basın', 'group', 'basın', NULL, NULL, 'JRN', NULL, NULL, NULL, NULL);
INSERT INTO mentions VALUES ('b3:f5c601a22386251a32cb46d6', 'm6', 126, 136, 'Komşumuzla', 'group', 'Komşumuzla', NULL, NULL, 'CVL', NULL, NULL, NULL, NULL);
INSERT INTO mentions VALUES ('b3:f5c601a22386251a32cb46d6', 'm7', 178, 187, 'Rus bakan', 'office', 'Rus bakan', NULL, 'RUS', 'GOV', NULL, NULL, NULL, NULL);
INSERT INTO mentions VALUES ('b3:f5c601a22386251a32cb46d6', 'm8', 189, 191, 'BM', 'country', 'BM', 'UNO', 'UNO', 'GOV', NULL, NULL, NULL, NULL);
INSERT INTO mentions VALUES ('b3:f5c601a22386251a32cb46d6', 'm9', 206, 215, 'Pyongyang', 'country', 'Pyongyang', 'PRK', 'PRK', 'GOV', NULL, NULL, NULL, NULL);
CREATE TABLE merged_events (
  id TEXT NOT NULL PRIMARY KEY, type TEXT NOT NULL, mode TEXT, cameo TEXT, quad INTEGER NOT NULL, goldstein REAL,
  status TEXT NOT NULL, polarity TEXT NOT NULL, date_from TEXT, date_to TEXT, date_basis TEXT NOT NULL, place TEXT,
  independent_sources INTEGER NOT NULL, confidence REAL NOT NULL, json TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO merged_events VALUES ('b3:0badac49dca1b1d5702e86fc', 'STATEMENT', NULL, '010', 1, 0.0, 'happened', 'positive', '2023-11-02', '2023-11-02', 'publication', NULL, 2, 0.9116, '{"id":"b3:0badac49dca1b1d5702e86fc","type":"STATEMENT","mode":null,"cameo":"010","quad":1,"goldstein":0.0,"actor":[{"name":"Sergey Lavrov","entity":"Q58217","country":"RUS","office":"foreign_minister"}],"recipient":[],"status":"happened","polarity":"positive","date":{"from":"2023-11-02","to":"2023-11-02","basis":"publication"},"place":null,"reports":[{"article":"b3:31b552b4fa6130b22a723b27","event":"e2","publisher":"Örnek Gazete","published":"2023-11-02","sentence":2,"span":{"start":189,"end":209},"reported_by":null},{"article":"b3:f5c601a22386251a32cb46d6","event":"e2","publisher":"Sample Post","published":"2023-11-02","sentence":1,"span":{"start":172,"end":176},"reported_by":null}],"independent_sources":2,"conflicts":[],"confidence":0.9116}');
INSERT INTO merged_events VALUES ('b3:1f21b0597cd3b84beab3cc80', 'CONSULT', NULL, '040', 1, 1.0, 'happened', 'positive', '2023-11-02', '2023-11-02', 'publication', 'Moskova', 2, 0.9471, '{"id":"b3:1f21b0597cd3b84beab3cc80","type":"CONSULT","mode":null,"cameo":"040","quad":1,"goldstein":1.0,"actor":[{"name":"Sergey Lavrov","entity":"Q58217","country":"RUS","office":"foreign_minister"}],"recipient":[{"name":"Choe Son-hui / Ri Son-gwon","entity":null,"country":"PRK","office":"foreign_minister"}],"status":"happened","polarity":"positive","date":{"from":"2023-11-02","to":"2023-11-02","basis":"publication"},"place":"Moskova","reports":[{"article":"b3:31b552b4fa6130b22a723b27","event":"e1","publisher":"Örnek Gazete","published":"2023-11-02","sentence":0,"span":{"start":94,"end":101},"reported_by":null},{"article":"b3:f5c601a22386251a32cb46d6","event":"e1","publisher":"Sample Post","published":"2023-11-02","sentence":0,"span":{"start":88,"end":95},"reported_by":null}],"independent_sources":2,"conflicts":["b3:6903a145bc3c269d8fd7df43"],"confidence":0.9471}');
INSERT INTO merged_events VALUES ('b3:616df77837cf52ea9b19a1b8', 'COOPERATE', NULL, '061', 2, 6.4, 'forecast', 'positive', NULL, NULL, 'none', NULL, 1, 0.58, '{"id":"b3:616df77837cf52ea9b19a1b8","type":"COOPERATE","mode":null,"cameo":"061","quad":2,"goldstein":6.4,"actor":[{"name":"RUS","entity":"RUS","country":"RUS","office":null}],"recipient":[{"name":"Pyongyang","entity":"PRK","country":"PRK","office":null}],"status":"forecast","polarity":"positive","date":{"from":null,"to":null,"basis":"none"},"place":null,"reports":[{"article":"b3:f5c601a22386251a32cb46d6","event":"e4","publisher":"Sample Post","published":"2023-11-02","sentence":3,"span":{"start":297,"end":305},"reported_by":"Uzmanlar"}],"independent_sources":1,"conflicts":[],"confidence":0.58}');
INSERT INTO merged_events VALUES ('b3:e8faf347beea194622f64cf1', 'AGREE', NULL, '030', 1, 4.0, 'happened', 'positive', '2023-11-02', '2023-11-02', 'publication', NULL, 1, 0.84, '{"id":"b3:e8faf347beea194622f64cf1","type":"AGREE","mode":null,"cameo":"030","quad":1,"goldstein":4.0,"actor":[{"name":"Rus bakan","entity":null,"country":"RUS","office":null}],"recipient":[{"name":"Pyongyang","entity":"PRK","country":"PRK","office":null}],"status":"happened","polarity":"positive","date":{"from":"2023-11-02","to":"2023-11-02","basis":"publication"},"place":null,"reports":[{"article":"b3:f5c601a22386251a32cb46d6","event":"e3","publisher":"Sample Post","published":"2023-11-02","sentence":2,"span":{"start":236,"end":255},"reported_by":null}],"independent_sources":1,"conflicts":[],"confidence":0.84}');
CREATE TABLE origins (
  article TEXT NOT NULL PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
  authors TEXT NOT NULL, wire TEXT, published_at TEXT, published_from TEXT
) WITHOUT ROWID;
CREATE TABLE quantities (
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, number INTEGER NOT NULL,
  span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, text TEXT NOT NULL, value REAL NOT NULL, modifier TEXT NOT NULL,
  unit TEXT NOT NULL, event TEXT,
  PRIMARY KEY (article, number)
) WITHOUT ROWID;
CREATE TABLE quote_events (
  article TEXT NOT NULL, quote TEXT NOT NULL, event TEXT NOT NULL,
  PRIMARY KEY (article, quote, event),
  FOREIGN KEY (article, quote) REFERENCES quotes (article, id) ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO quote_events VALUES ('b3:31b552b4fa6130b22a723b27', 'q1', 'e2');
INSERT INTO quote_events VALUES ('b3:f5c601a22386251a32cb46d6', 'q1', 'e2');
INSERT INTO quote_events VALUES ('b3:f5c601a22386251a32cb46d6', 'q2', 'e4');
CREATE TABLE quotes (
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, id TEXT NOT NULL,
  span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, text TEXT NOT NULL, kind TEXT NOT NULL, sentence INTEGER,
  speaker TEXT, speaker_text TEXT, cue_start INTEGER, cue_end INTEGER, cue_text TEXT, addressee TEXT,
  PRIMARY KEY (article, id)
) WITHOUT ROWID;
INSERT INTO quotes VALUES ('b3:31b552b4fa6130b22a723b27', 'q1', 151, 187, 'Komşumuzla yeni bir döneme giriyoruz', 'direct', 2, 'm5', 'Lavrov', 189, 209, 'ifadelerini kullandı', NULL);
INSERT INTO quotes VALUES ('b3:f5c601a22386251a32cb46d6', 'q1', 126, 170, 'Komşumuzla her alanda çalışmayı sürdüreceğiz', 'direct', 1, 'm4', 'Lavrov', 172, 176, 'dedi', NULL);
INSERT INTO quotes VALUES ('b3:f5c601a22386251a32cb46d6', 'q2', 267, 329, 'ziyaretin iki ülke arasındaki ticarete katkı sağlayabileceğini', 'indirect', 3, 'm10', 'Uzmanlar', 330, 339, 'öngörüyor', NULL);
CREATE TABLE readings (article TEXT NOT NULL PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE, json TEXT NOT NULL);
INSERT INTO readings VALUES ('b3:31b552b4fa6130b22a723b27', '{"schema":"haberdar.reading/1","article":{"id":"b3:31b552b4fa6130b22a723b27","source_id":"tr-1","title":"Choe Son-hui Moskova''da","url":null,"publisher":"Örnek Gazete","published":"2023-11-02","language":"tr","words":43,"text_sha256":"88b27e5228c4a0b2a29b69c2766c5e56ae4c8b69ce83526e410e20ad59398f42"},"sentences":[{"start":0,"end":102},{"start":103,"end":141},{"start":142,"end":210},{"start":211,"end":250}],"mentions":[{"id":"m1","start":0,"end":36,"text":"Rusya Dışişleri Bakanı Sergey Lavrov","kind":"person","name":"Sergey Lavrov","entity":"Q58217","country":"RUS","sector":"GOV","role":{"office":"foreign_minister","country":"RUS","text":"Dışişleri Bakanı"}},{"id":"m2","start":38,"end":45,"text":"Moskova","kind":"place","name":"Moskova","entity":"RUS","country":"RUS","sector":"GOV","role":null},{"id":"m3","start":49,"end":89,"text":"Kuzey Kore Dışişleri Bakanı Choe Son-hui","kind":"person","name":"Choe Son-hui","entity":"Q30436217","country":"PRK","sector":"GOV","role":{"office":"foreign_minister","country":"PRK","text":"Dışişleri Bakanı"}},{"id":"m4","start":103,"end":111,"text":"Bakanlar","kind":"office","name":"Bakanlar","entity":null,"country":null,"sector":"GOV","role":{"office":"minister","country":null,"text":"Bakanlar"}},{"id":"m5","start":142,"end":148,"text":"Lavrov","kind":"person","name":"Sergey Lavrov","entity":"Q58217","country":"RUS","sector":"GOV","role":null},{"id":"m6","start":151,"end":161,"text":"Komşumuzla","kind":"group","name":"Komşumuzla","entity":null,"country":null,"sector":"CVL","role":null}],"events":[{"id":"e1","type":"CONSULT","mode":null,"contexts":["executive","diplomatic"],"cameo":"040","quad":1,"goldstein":1.0,"actor":["m1"],"recipient":["m3"],"trigger":{"start":94,"end":101,"text":"görüştü"},"sentence":0,"status":"happened","polarity":"positive","reported_by":null,"date":{"start":"2023-11-02","end":"2023-11-02","basis":"publication","span":null},"place":"m2","confidence":0.77,"why":"tr/consult/v:görüş +ins !ins=@kamu R:ins"},{"id":"e2","type":"STATEMENT","mode":null,"contexts":["rights_freedoms"],"cameo":"010","quad":1,"goldstein":0.0,"actor":["m5"],"recipient":[],"trigger":{"start":189,"end":209,"text":"ifadelerini kullandı"},"sentence":2,"status":"happened","polarity":"positive","reported_by":null,"date":{"start":"2023-11-02","end":"2023-11-02","basis":"publication","span":null},"place":null,"confidence":0.74,"why":"tr/statement/v:kullan acc=ifade R:hakkında,için"}],"quotes":[{"id":"q1","start":151,"end":187,"text":"Komşumuzla yeni bir döneme giriyoruz","kind":"direct","speaker":"m5","speaker_text":"Lavrov","cue":{"start":189,"end":209,"text":"ifadelerini kullandı"},"addressee":null,"events":["e2"]}],"dates":[],"quantities":[],"flags":[],"skipped":[{"sentence":1,"reason":"no_frame"},{"sentence":3,"reason":"no_actor"}]}');
INSERT INTO readings VALUES ('b3:f5c601a22386251a32cb46d6', '{"schema":"haberdar.reading/1","article":{"id":"b3:f5c601a22386251a32cb46d6","source_id":"tr-2","title":null,"url":null,"publisher":"Sample Post","published":"2023-11-02","language":"tr","words":54,"text_sha256":"ad2c4cdfb4919b94ec0f36b331b91854b706020a582fd35d9212619d8d560de1"},"sentences":[{"start":0,"end":96},{"start":97,"end":177},{"start":178,"end":256},{"start":257,"end":340}],"mentions":[{"id":"m1","start":0,"end":36,"text":"Rusya Dışişleri Bakanı Sergey Lavrov","kind":"person","name":"Sergey Lavrov","entity":"Q58217","country":"RUS","sector":"GOV","role":{"office":"foreign_minister","country":"RUS","text":"Dışişleri Bakanı"}},{"id":"m2","start":38,"end":45,"text":"Moskova","kind":"place","name":"Moskova","entity":"RUS","country":"RUS","sector":"GOV","role":null},{"id":"m3","start":49,"end":83,"text":"Kuzey Koreli mevkidaşı Ri Son-gwon","kind":"person","name":"Ri Son-gwon","entity":"Q55708195","country":"PRK","sector":null,"role":{"office":"foreign_minister","country":"PRK","text":"mevkidaşı"}},{"id":"m4","start":97,"end":103,"text":"Lavrov","kind":"person","name":"Sergey Lavrov","entity":"Q58217","country":"RUS","sector":"GOV","role":null},{"id":"m5","start":105,"end":110,"text":"basın","kind":"group","name":"basın","entity":null,"country":null,"sector":"JRN","role":null},{"id":"m6","start":126,"end":136,"text":"Komşumuzla","kind":"group","name":"Komşumuzla","entity":null,"country":null,"sector":"CVL","role":null},{"id":"m7","start":178,"end":187,"text":"Rus bakan","kind":"office","name":"Rus bakan","entity":null,"country":"RUS","sector":"GOV","role":null},{"id":"m8","start":189,"end":191,"text":"BM","kind":"country","name":"BM","entity":"UNO","country":"UNO","sector":"GOV","role":null},{"id":"m9","start":206,"end":215,"text":"Pyongyang","kind":"country","name":"Pyongyang","entity":"PRK","country":"PRK","sector":"GOV","role":null},{"id":"m10","start":257,"end":265,"text":"Uzmanlar","kind":"source","name":"Uzmanlar","entity":null,"country":null,"sector":"EDU","role":null},{"id":"m11","start":277,"end":285,"text":"iki ülke","kind":"country","name":"RUS","entity":"RUS","country":"RUS","sector":"UNK","role":null},{"id":"m12","start":277,"end":285,"text":"iki ülke","kind":"country","name":"PRK","entity":"PRK","country":"PRK","sector":"UNK","role":null}],"events":[{"id":"e1","type":"CONSULT","mode":null,"contexts":["executive","diplomatic"],"cameo":"040","quad":1,"goldstein":1.0,"actor":["m1"],"recipient":["m3"],"trigger":{"start":88,"end":95,"text":"görüştü"},"sentence":0,"status":"happened","polarity":"positive","reported_by":null,"date":{"start":"2023-11-02","end":"2023-11-02","basis":"publication","span":null},"place":"m2","confidence":0.77,"why":"tr/consult/v:görüş +ins !ins=@kamu R:ins"},{"id":"e2","type":"STATEMENT","mode":null,"contexts":["rights_freedoms"],"cameo":"010","quad":1,"goldstein":0.0,"actor":["m4"],"recipient":[],"trigger":{"start":172,"end":176,"text":"dedi"},"sentence":1,"status":"happened","polarity":"positive","reported_by":null,"date":{"start":"2023-11-02","end":"2023-11-02","basis":"publication","span":null},"place":null,"confidence":0.66,"why":"tr/statement/v:de R:dat"},{"id":"e3","type":"AGREE","mode":null,"contexts":["executive"],"cameo":"030","quad":1,"goldstein":4.0,"actor":["m7"],"recipient":["m9"],"trigger":{"start":236,"end":255,"text":"taahhüdünde bulundu"},"sentence":2,"status":"happened","polarity":"positive","reported_by":null,"date":{"start":"2023-11-02","end":"2023-11-02","basis":"publication","span":null},"place":null,"confidence":0.84,"why":"tr/agree/v:bulun loc=taahhüt R:dat,loc.dat"},{"id":"e4","type":"COOPERATE","mode":null,"contexts":["economic"],"cameo":"061","quad":2,"goldstein":6.4,"actor":["m11"],"recipient":["m12"],"trigger":{"start":297,"end":305,"text":"ticarete"},"sentence":3,"status":"forecast","polarity":"positive","reported_by":"m10","date":{"start":null,"end":null,"basis":"none","span":null},"place":null,"confidence":0.58,"why":"tr/cooperate/n:ticaret +arasında A:gen,arasında R:ins"}],"quotes":[{"id":"q1","start":126,"end":170,"text":"Komşumuzla her alanda çalışmayı sürdüreceğiz","kind":"direct","speaker":"m4","speaker_text":"Lavrov","cue":{"start":172,"end":176,"text":"dedi"},"addressee":null,"events":["e2"]},{"id":"q2","start":267,"end":329,"text":"ziyaretin iki ülke arasındaki ticarete katkı sağlayabileceğini","kind":"indirect","speaker":"m10","speaker_text":"Uzmanlar","cue":{"start":330,"end":339,"text":"öngörüyor"},"addressee":null,"events":["e4"]}],"dates":[],"quantities":[],"flags":[{"kind":"office_holder","mention":"m3","office":{"office":"foreign_minister","country":"PRK"},"claimed":"Q55708195","on":"2023-11-02","record":{"holder":"Q30436217","name":"Choe Son-hui","from":"2022-06-11","to":null,"source":"list of foreign ministers 2023-01; wikidata 2022; own knowledge; announced appointments","tables":"0.1.0+8229e037475c"},"message":"differs from the record: on 2023-11-02 Choe Son-hui is recorded as foreign minister of North Korea since 2022-06-11, not Ri Son-gwon (by: list of foreign ministers 2023-01; wikidata 2022; own knowledge; announced appointments)"}],"skipped":[]}');
CREATE TABLE sentences (
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, number INTEGER NOT NULL,
  span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, skipped TEXT,
  PRIMARY KEY (article, number)
) WITHOUT ROWID;
INSERT INTO sentences VALUES ('b3:31b552b4fa6130b22a723b27', 0, 0, 102, NULL);
INSERT INTO sentences VALUES ('b3:31b552b4fa6130b22a723b27', 1, 103, 141, 'no_frame');
INSERT INTO sentences VALUES ('b3:31b552b4fa6130b22a723b27', 2, 142, 210, NULL);
INSERT INTO sentences VALUES ('b3:31b552b4fa6130b22a723b27', 3, 211, 250, 'no_actor');
INSERT INTO sentences VALUES ('b3:f5c601a22386251a32cb46d6', 0, 0, 96, NULL);
INSERT INTO sentences VALUES ('b3:f5c601a22386251a32cb46d6', 1, 97, 177, NULL);
INSERT INTO sentences VALUES ('b3:f5c601a22386251a32cb46d6', 2, 178, 256, NULL);
INSERT INTO sentences VALUES ('b3:f5c601a22386251a32cb46d6', 3, 257, 340, NULL);
CREATE TABLE stories (
  id TEXT NOT NULL PRIMARY KEY, title TEXT NOT NULL, date_from TEXT, date_to TEXT, json TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO stories VALUES ('b3:781c93b4543fb43f601e3457', 'Choe Son-hui Moskova''da', '2023-11-02', '2023-11-02', '{"id":"b3:781c93b4543fb43f601e3457","title":"Choe Son-hui Moskova''da","articles":[{"id":"b3:31b552b4fa6130b22a723b27","source_id":"tr-1","publisher":"Örnek Gazete","published":"2023-11-02"},{"id":"b3:f5c601a22386251a32cb46d6","source_id":"tr-2","publisher":"Sample Post","published":"2023-11-02"}],"events":["b3:0badac49dca1b1d5702e86fc","b3:1f21b0597cd3b84beab3cc80","b3:e8faf347beea194622f64cf1","b3:616df77837cf52ea9b19a1b8"],"from":"2023-11-02","to":"2023-11-02"}');
CREATE TABLE story_articles (
  story TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE, position INTEGER NOT NULL,
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, copy_of TEXT, version_of TEXT,
  PRIMARY KEY (story, position)
) WITHOUT ROWID;
INSERT INTO story_articles VALUES ('b3:781c93b4543fb43f601e3457', 0, 'b3:31b552b4fa6130b22a723b27', NULL, NULL);
INSERT INTO story_articles VALUES ('b3:781c93b4543fb43f601e3457', 1, 'b3:f5c601a22386251a32cb46d6', NULL, NULL);
CREATE TABLE story_events (
  story TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE, event TEXT NOT NULL REFERENCES merged_events (id) ON DELETE CASCADE,
  PRIMARY KEY (story, event)
) WITHOUT ROWID;
INSERT INTO story_events VALUES ('b3:781c93b4543fb43f601e3457', 'b3:0badac49dca1b1d5702e86fc');
INSERT INTO story_events VALUES ('b3:781c93b4543fb43f601e3457', 'b3:1f21b0597cd3b84beab3cc80');
INSERT INTO story_events VALUES ('b3:781c93b4543fb43f601e3457', 'b3:616df77837cf52ea9b19a1b8');
INSERT INTO story_events VALUES ('b3:781c93b4543fb43f601e3457', 'b3:e8faf347beea194622f64cf1');
CREATE TABLE arrivals (
  number INTEGER NOT NULL PRIMARY KEY, article TEXT NOT NULL UNIQUE REFERENCES articles (id) ON DELETE CASCADE,
  added_at INTEGER NOT NULL
, published TEXT, publisher TEXT, language TEXT);
INSERT INTO arrivals VALUES (1, 'b3:31b552b4fa6130b22a723b27', 0, '2023-11-02', 'Örnek Gazete', 'tr');
INSERT INTO arrivals VALUES (2, 'b3:f5c601a22386251a32cb46d6', 0, '2023-11-02', 'Sample Post', 'tr');
CREATE VIRTUAL TABLE article_words USING fts5 (title, words, stems, content = '', contentless_delete = 1, tokenize = 'ascii');
DELETE FROM article_words_data;
INSERT INTO article_words_data VALUES (1, x'02044c34');
INSERT INTO article_words_data VALUES (10, x'00000000ff00000101010100010101010101000002');
INSERT INTO article_words_data VALUES (137438953473, x'0000045b03306163010601021703066162696c6972010601012302016c010601020e010801020d0b0302616e020601020c05026461020601011503026469010601011603026d61020601012002046e6c6173010601021606026d61010601021508046c6172610106010121020472617369020601021b06056e64616b690206010127010362616b010a01020304070108010203120402616e010a0102020407010c01011a010202060169010801010409010601010406036c6172010601011103017302060102090402696e020601011102026972010601011a02016d020601011b0204756c756e0206010218060264750206010122010363616c020601020f04026973020601020e06046d61796902060101160203686f6501080201010c0102646502060102120302646902060101180208697369736c657269010801010309010601010302026f6e01060102110402656d0106010210060165010601011b0103656c65010601011501036769720106010212040669796f72757a010601011c02026f72010601020801060102080402757301060102070106010207060274750106010110010601010f0203776f6e020601010d010368657202060101140202756901080401010e01056966616465010601021306066c6572696e69010601011d02026b69020601012502016c01060102060106010206030165010601010f010601010e01046b6170690106010122030174020601021d04026b69020601012902046f6d7375010601020f010601020b06056d757a6c610106010118010601011303027265010601010905016c020601020406016902060101090205756c6c616e010601021407026469010601011e03037a65790106010108010601010801066c6176726f7601080101061301080101060c01086d65766b696461730206010205090169020601010a02066f736b6f7661010805010107010601010701056f6e676f72020601021f060475796f72020601012b0203796c61020601021405096d616c6172696e6461020601011c010970796f6e6779616e67020601011d01027269020601010b020275730206010119040279610106010102010601010201057361676c61020601021e060c796162696c65636567696e69020601012a020565726765790106010105010601010502026f6e01080301010d010601010c02027572020601021104036475720206010210070665636567697a0206010117010b74616168687564756e6465020601012107017402060102170206696361726574010601020b010601021c0801650206010128080169010601011202076f706c616e7469020601020a090573696e646102060101120104756c6173010601020d0502696d010601020c070169010601011403026b65020601012602047a6d616e020601021906036c61720206010123010276650106010113010779616e696e6461020601011e020165020601021503026e69010801011909030172020601011f01077a697961726574010601011f080169020601021a09016e020601012404090d0e090909090b090b0b0c12130e0a080909080b090a090b0b0909150909080a0a0d0e0e0e0a0a0a0c0d090d0d0b080910110908080c090f140f08130c0b0a101009090e0c13110f090a0d12081208080e0c0b0908090b0a090e080a080e08');
DELETE FROM article_words_idx;
INSERT INTO article_words_idx VALUES (1, x'', 2);
DELETE FROM article_words_docsize;
INSERT INTO article_words_docsize VALUES (1, x'042216', 1);
INSERT INTO article_words_docsize VALUES (2, x'002a1e', 1);
DELETE FROM article_words_config;
INSERT INTO article_words_config VALUES ('version', 4);
CREATE VIRTUAL TABLE row_words USING fts5 (words, stems, content = '', contentless_delete = 1, tokenize = 'ascii');
DELETE FROM row_words_data;
INSERT INTO row_words_data VALUES (1, x'09523b');
INSERT INTO row_words_data VALUES (10, x'00000000ff00000101010100010101010101000009');
INSERT INTO row_words_data VALUES (137438953473, x'000005610330616c9080800106010106010601010583ffff7f060101040302616e908080010601010584808000060101030502646190808001020784808000020403026d61908080020209020472617369908080030601010483ffff7f0601010306056e64616b6990808003020683ffff7f0205010362616b888080000801010304888080000601010302060101020402616e88808000080101020488808000060101020202030601698880800004040988808000020403017390808001060101020402696e9080800102030202697288808002020583ffff7f020402016d9080800202040204756c756e90808002060101070602647590808002020b010363616c90808001060101088480800006010106040269739080800106010107848080000601010506046d6179699080800102088480800002050203686f6588808000020c01026465908080010601010b0302646990808001020a0208697369736c6572698880800004030988808000020302026f6e888080020601010483ffff7f060101040402656d888080020601010383ffff7f0601010306016588808002020683ffff7f02050103676972888080020601010583ffff7f06010105040669796f72757a88808002020783ffff7f020602026f728880800006010108888080000601010804027573888080000601010788808000060101070602747588808000021088808000020f0203776f6e90808000020d01036865729080800102068480800002030202756988808000020e01056966616465888080020601010606066c6572696e6988808002020802026b6990808003020483ffff7f020302016c8880800006010106888080000601010603016588808000020f88808000020e01036b6174908080030601010683ffff7f0601010504026b6990808003020883ffff7f020702046f6d7375888080020601010283ffff7f060101028480800006010104848080000601010206056d757a6c6188808002020383ffff7f02028480800002058480800002020302726588808000020905016c90808000060101040601699080800002090205756c6c616e88808002060101070702646988808002020903037a657988808000020888808000020801066c6176726f7688808000020602020287ffff7e020601020201086d65766b69646173908080000601010509016990808000020a02066f736b6f766188808000020788808000020701056f6e676f729080800306010108060475796f7290808003020a0203796c61908080020601010305096d616c6172696e6461908080020205010970796f6e6779616e679080800202060102726990808000020b020275739080800202020402796188808000020288808000020201057361676c61908080030601010783ffff7f06010106060c796162696c65636567696e6990808003020983ffff7f02080205657267657988808000020588808000020502026f6e88808000020d88808000020c02027572908080010601010a8480800006010108040364757290808001060101098480800006010107070665636567697a908080010209848080000206010b74616168687564756e646590808002020a07017490808002060101060206696361726574908080030601010583ffff7f0601010408016590808003020783ffff7f020602076f706c616e74699080800106010103090573696e64619080800102040104756c6b6590808003020583ffff7f020402047a6d616e908080030601010206036c6172908080030202010779616e696e6461908080020207020165908080020601010403026e6988808002020483ffff7f020303017290808002020801087a69796172657469908080030601010383ffff7f0601010209016e90808003020383ffff7f0202041914100a16131b18100b0a10090e0a1514120b0c0a1714140f15141414100b110a0f0e10130f1510261f0a0b090f0a111a1209140f0c0d11110a0a10171a1310141514130b180f110d120e0b0f0b10091a');
DELETE FROM row_words_idx;
INSERT INTO row_words_idx VALUES (1, x'', 2);
DELETE FROM row_words_docsize;
INSERT INTO row_words_docsize VALUES (16777216, x'0f07', 1);
INSERT INTO row_words_docsize VALUES (16777218, x'0806', 1);
INSERT INTO row_words_docsize VALUES (25165825, x'0504', 1);
INSERT INTO row_words_docsize VALUES (33554432, x'0e07', 1);
INSERT INTO row_words_docsize VALUES (33554433, x'090a', 1);
INSERT INTO row_words_docsize VALUES (33554434, x'0a06', 1);
INSERT INTO row_words_docsize VALUES (33554435, x'0907', 1);
INSERT INTO row_words_docsize VALUES (41943041, x'0507', 1);
INSERT INTO row_words_docsize VALUES (41943042, x'0705', 1);
DELETE FROM row_words_config;
INSERT INTO row_words_config VALUES ('version', 4);
CREATE TABLE names (name TEXT NOT NULL PRIMARY KEY, key TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO names VALUES ('Choe Son-hui / Ri Son-gwon', 'choe son-hui / ri son-gwon');
INSERT INTO names VALUES ('Pyongyang', 'pyongyang');
INSERT INTO names VALUES ('RUS', 'rus');
INSERT INTO names VALUES ('Rus bakan', 'rus bakan');
INSERT INTO names VALUES ('Sample Post', 'sample post');
INSERT INTO names VALUES ('Sergey Lavrov', 'sergey lavrov');
INSERT INTO names VALUES ('Örnek Gazete', 'ornek gazete');
CREATE TABLE watches (
  name TEXT NOT NULL PRIMARY KEY, filter TEXT NOT NULL, seen INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE overlays (
  number INTEGER NOT NULL PRIMARY KEY, target TEXT NOT NULL, about TEXT NOT NULL, row TEXT NOT NULL, action TEXT NOT NULL, value TEXT,
  because TEXT NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL
);
CREATE TABLE overlay_places (
  overlay INTEGER NOT NULL REFERENCES overlays (number) ON DELETE CASCADE, article TEXT NOT NULL,
  span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY (overlay, article, span_start, span_end)
) WITHOUT ROWID;
CREATE TABLE unreconciled (number INTEGER NOT NULL PRIMARY KEY REFERENCES arrivals (number) ON DELETE CASCADE);
INSERT INTO unreconciled VALUES (1);
INSERT INTO unreconciled VALUES (2);
CREATE TABLE record_rules (rules TEXT NOT NULL);
CREATE TABLE profiles (number INTEGER NOT NULL PRIMARY KEY REFERENCES arrivals (number) ON DELETE CASCADE, profile BLOB NOT NULL);
CREATE TABLE neighbour_keys (
  drawer INTEGER NOT NULL, feature INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (drawer, feature, number)
) WITHOUT ROWID;
CREATE TABLE links (
  number INTEGER NOT NULL REFERENCES arrivals (number) ON DELETE CASCADE, other INTEGER NOT NULL, score REAL NOT NULL,
  copy REAL NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (number, other)
) WITHOUT ROWID;
CREATE TABLE undecided (row TEXT NOT NULL PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE arrival_events (
  number INTEGER NOT NULL, sentence INTEGER NOT NULL, event TEXT NOT NULL, position INTEGER NOT NULL,
  type TEXT NOT NULL, status TEXT NOT NULL, date_from TEXT, date_to TEXT, confidence REAL NOT NULL,
  independent_sources INTEGER NOT NULL, first_known INTEGER, facts TEXT NOT NULL,
  PRIMARY KEY (number, sentence, event, position)
) WITHOUT ROWID;
INSERT INTO arrival_events VALUES (1, 0, 'b3:1f21b0597cd3b84beab3cc80', 0, 'CONSULT', 'happened', '2023-11-02', '2023-11-02', 0.9471, 2, 1, 'AQ58217
aRUS
dPRK:RUS
ltr
mchoe son-hui / ri son-gwon
nsergey lavrov
pornek gazete
psample post
rPRK');
INSERT INTO arrival_events VALUES (1, 2, 'b3:0badac49dca1b1d5702e86fc', 0, 'STATEMENT', 'happened', '2023-11-02', '2023-11-02', 0.9116, 2, 1, 'AQ58217
aRUS
ltr
nsergey lavrov
pornek gazete
psample post');
INSERT INTO arrival_events VALUES (2, 0, 'b3:1f21b0597cd3b84beab3cc80', 1, 'CONSULT', 'happened', '2023-11-02', '2023-11-02', 0.9471, 2, 1, 'AQ58217
aRUS
dPRK:RUS
ltr
mchoe son-hui / ri son-gwon
nsergey lavrov
pornek gazete
psample post
rPRK');
INSERT INTO arrival_events VALUES (2, 1, 'b3:0badac49dca1b1d5702e86fc', 1, 'STATEMENT', 'happened', '2023-11-02', '2023-11-02', 0.9116, 2, 1, 'AQ58217
aRUS
ltr
nsergey lavrov
pornek gazete
psample post');
INSERT INTO arrival_events VALUES (2, 2, 'b3:e8faf347beea194622f64cf1', 0, 'AGREE', 'happened', '2023-11-02', '2023-11-02', 0.84, 1, 2, 'RPRK
aRUS
dPRK:RUS
ltr
mpyongyang
nrus bakan
psample post
rPRK');
INSERT INTO arrival_events VALUES (2, 3, 'b3:616df77837cf52ea9b19a1b8', 0, 'COOPERATE', 'forecast', NULL, NULL, 0.58, 1, 2, 'ARUS
RPRK
aRUS
dPRK:RUS
ltr
mpyongyang
nrus
psample post
rPRK
tuzmanlar');
CREATE TABLE arrival_quotes (row INTEGER NOT NULL PRIMARY KEY, facts TEXT NOT NULL);
INSERT INTO arrival_quotes VALUES (25165825, 'SQ58217
eSTATEMENT happened 0.74
sRUS
tsergey lavrov');
INSERT INTO arrival_quotes VALUES (41943041, 'SQ58217
eSTATEMENT happened 0.66
sRUS
tsergey lavrov');
INSERT INTO arrival_quotes VALUES (41943042, 'eCOOPERATE forecast 0.58
tuzmanlar');
CREATE TABLE event_dyads (
  a TEXT NOT NULL, b TEXT NOT NULL, day TEXT NOT NULL, event TEXT NOT NULL REFERENCES merged_events (id) ON DELETE CASCADE,
  act INTEGER NOT NULL, quad INTEGER NOT NULL, goldstein INTEGER, sources BLOB NOT NULL,
  type TEXT NOT NULL, status TEXT NOT NULL, date_from TEXT, date_to TEXT, confidence REAL NOT NULL,
  independent_sources INTEGER NOT NULL, first_known INTEGER, facts TEXT NOT NULL, places BLOB NOT NULL,
  PRIMARY KEY (a, b, day, event)
) WITHOUT ROWID;
INSERT INTO event_dyads VALUES ('PRK', 'RUS', '2023-11-02', 'b3:1f21b0597cd3b84beab3cc80', 1, 1, 10, x'c490cef69897a2ad12ec3661b6c09edd', 'CONSULT', 'happened', '2023-11-02', '2023-11-02', 0.9471, 2, 1, 'AQ58217
aRUS
dPRK:RUS
ltr
mchoe son-hui / ri son-gwon
nsergey lavrov
pornek gazete
psample post
rPRK', x'00000001000000000000000200000000');
INSERT INTO event_dyads VALUES ('PRK', 'RUS', '2023-11-02', 'b3:e8faf347beea194622f64cf1', 1, 1, 40, x'12ec3661b6c09edd', 'AGREE', 'happened', '2023-11-02', '2023-11-02', 0.84, 1, 2, 'RPRK
aRUS
dPRK:RUS
ltr
mpyongyang
nrus bakan
psample post
rPRK', x'0200000200000000');
INSERT INTO event_dyads VALUES ('PRK', 'RUS', '9999', 'b3:616df77837cf52ea9b19a1b8', 0, 2, 64, x'12ec3661b6c09edd', 'COOPERATE', 'forecast', NULL, NULL, 0.58, 1, 2, 'ARUS
RPRK
aRUS
dPRK:RUS
ltr
mpyongyang
nrus
psample post
rPRK
tuzmanlar', x'0300000200000000');
CREATE INDEX articles_by_day ON articles (published, id);
CREATE INDEX mentions_by_entity ON mentions (entity);
CREATE INDEX story_articles_by_article ON story_articles (article);
CREATE INDEX merged_events_by_day ON merged_events (date_from, id);
CREATE INDEX story_events_by_event ON story_events (event);
CREATE INDEX event_participants_by_country ON event_participants (country);
CREATE INDEX event_reports_by_article ON event_reports (article);
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
CREATE INDEX feed_entries_by_state ON feed_entries (state, next_at);
CREATE INDEX arrivals_by_time ON arrivals (added_at);
CREATE INDEX event_participants_by_name ON event_participants (name);
CREATE INDEX event_participants_by_entity ON event_participants (entity);
CREATE INDEX merged_events_by_type ON merged_events (type, date_from);
CREATE INDEX conflict_reports_by_article ON conflict_reports (article);
CREATE INDEX conflicts_by_event ON conflicts (event);
CREATE INDEX articles_by_publisher ON articles (publisher);
CREATE INDEX articles_by_url ON articles (url);
CREATE INDEX overlays_by_row ON overlays (row);
CREATE INDEX overlay_places_by_article ON overlay_places (article);
CREATE TRIGGER what_arrives_waits_for_the_record AFTER INSERT ON arrivals BEGIN
  INSERT OR IGNORE INTO unreconciled VALUES (new.number);
END;
CREATE INDEX conflicts_by_story ON conflicts (story);
CREATE TRIGGER arrival_events_leave_with_their_report AFTER DELETE ON event_reports BEGIN
  DELETE FROM arrival_events WHERE number = (SELECT v.number FROM arrivals v WHERE v.article = old.article)
    AND sentence = old.sentence AND event = old.event AND position = old.position;
END;
CREATE TRIGGER words_leave_with_their_article AFTER DELETE ON arrivals BEGIN
  DELETE FROM article_words WHERE rowid = old.number;
  DELETE FROM row_words WHERE rowid BETWEEN old.number * 16777216 AND old.number * 16777216 + 16777215;
  DELETE FROM arrival_quotes WHERE row BETWEEN old.number * 16777216 AND old.number * 16777216 + 16777215;
  DELETE FROM arrival_events WHERE number = old.number;
END;
CREATE INDEX event_dyads_by_event ON event_dyads (event);
CREATE INDEX merged_events_by_sources ON merged_events (
  independent_sources DESC, coalesce(date_from, date_to) IS NULL, coalesce(date_from, date_to), id
);
CREATE TABLE vocabulary (word TEXT NOT NULL PRIMARY KEY, articles INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO vocabulary VALUES ('ac', 1);
INSERT INTO vocabulary VALUES ('acabilir', 1);
INSERT INTO vocabulary VALUES ('al', 2);
INSERT INTO vocabulary VALUES ('alan', 1);
INSERT INTO vocabulary VALUES ('alanda', 1);
INSERT INTO vocabulary VALUES ('aldi', 1);
INSERT INTO vocabulary VALUES ('alma', 1);
INSERT INTO vocabulary VALUES ('anlas', 1);
INSERT INTO vocabulary VALUES ('anlasma', 1);
INSERT INTO vocabulary VALUES ('anlasmalara', 1);
INSERT INTO vocabulary VALUES ('arasi', 1);
INSERT INTO vocabulary VALUES ('arasindaki', 1);
INSERT INTO vocabulary VALUES ('bak', 2);
INSERT INTO vocabulary VALUES ('bakan', 2);
INSERT INTO vocabulary VALUES ('bakani', 2);
INSERT INTO vocabulary VALUES ('bakanlar', 1);
INSERT INTO vocabulary VALUES ('bas', 1);
INSERT INTO vocabulary VALUES ('basin', 1);
INSERT INTO vocabulary VALUES ('bir', 1);
INSERT INTO vocabulary VALUES ('bm', 1);
INSERT INTO vocabulary VALUES ('bulun', 1);
INSERT INTO vocabulary VALUES ('bulundu', 1);
INSERT INTO vocabulary VALUES ('cal', 1);
INSERT INTO vocabulary VALUES ('calis', 1);
INSERT INTO vocabulary VALUES ('calismayi', 1);
INSERT INTO vocabulary VALUES ('choe', 1);
INSERT INTO vocabulary VALUES ('de', 1);
INSERT INTO vocabulary VALUES ('dedi', 1);
INSERT INTO vocabulary VALUES ('disisleri', 2);
INSERT INTO vocabulary VALUES ('don', 1);
INSERT INTO vocabulary VALUES ('donem', 1);
INSERT INTO vocabulary VALUES ('doneme', 1);
INSERT INTO vocabulary VALUES ('ele', 1);
INSERT INTO vocabulary VALUES ('gir', 1);
INSERT INTO vocabulary VALUES ('giriyoruz', 1);
INSERT INTO vocabulary VALUES ('gor', 2);
INSERT INTO vocabulary VALUES ('gorus', 2);
INSERT INTO vocabulary VALUES ('gorustu', 2);
INSERT INTO vocabulary VALUES ('gwon', 1);
INSERT INTO vocabulary VALUES ('her', 1);
INSERT INTO vocabulary VALUES ('hui', 1);
INSERT INTO vocabulary VALUES ('ifade', 1);
INSERT INTO vocabulary VALUES ('ifadelerini', 1);
INSERT INTO vocabulary VALUES ('iki', 1);
INSERT INTO vocabulary VALUES ('il', 2);
INSERT INTO vocabulary VALUES ('ile', 2);
INSERT INTO vocabulary VALUES ('kapi', 1);
INSERT INTO vocabulary VALUES ('kat', 1);
INSERT INTO vocabulary VALUES ('katki', 1);
INSERT INTO vocabulary VALUES ('komsu', 2);
INSERT INTO vocabulary VALUES ('komsumuzla', 2);
INSERT INTO vocabulary VALUES ('kore', 1);
INSERT INTO vocabulary VALUES ('korel', 1);
INSERT INTO vocabulary VALUES ('koreli', 1);
INSERT INTO vocabulary VALUES ('kullan', 1);
INSERT INTO vocabulary VALUES ('kullandi', 1);
INSERT INTO vocabulary VALUES ('kuzey', 2);
INSERT INTO vocabulary VALUES ('lavrov', 2);
INSERT INTO vocabulary VALUES ('mevkidas', 1);
INSERT INTO vocabulary VALUES ('mevkidasi', 1);
INSERT INTO vocabulary VALUES ('moskova', 2);
INSERT INTO vocabulary VALUES ('ongor', 1);
INSERT INTO vocabulary VALUES ('ongoruyor', 1);
INSERT INTO vocabulary VALUES ('oyla', 1);
INSERT INTO vocabulary VALUES ('oylamalarinda', 1);
INSERT INTO vocabulary VALUES ('pyongyang', 1);
INSERT INTO vocabulary VALUES ('ri', 1);
INSERT INTO vocabulary VALUES ('rus', 1);
INSERT INTO vocabulary VALUES ('rusya', 2);
INSERT INTO vocabulary VALUES ('sagla', 1);
INSERT INTO vocabulary VALUES ('saglayabilecegini', 1);
INSERT INTO vocabulary VALUES ('sergey', 2);
INSERT INTO vocabulary VALUES ('son', 2);
INSERT INTO vocabulary VALUES ('sur', 1);
INSERT INTO vocabulary VALUES ('surdur', 1);
INSERT INTO vocabulary VALUES ('surdurecegiz', 1);
INSERT INTO vocabulary VALUES ('taahhudunde', 1);
INSERT INTO vocabulary VALUES ('taahhut', 1);
INSERT INTO vocabulary VALUES ('ticaret', 2);
INSERT INTO vocabulary VALUES ('ticarete', 1);
INSERT INTO vocabulary VALUES ('ticareti', 1);
INSERT INTO vocabulary VALUES ('toplanti', 1);
INSERT INTO vocabulary VALUES ('toplantisinda', 1);
INSERT INTO vocabulary VALUES ('ulas', 1);
INSERT INTO vocabulary VALUES ('ulasim', 1);
INSERT INTO vocabulary VALUES ('ulasimi', 1);
INSERT INTO vocabulary VALUES ('ulke', 1);
INSERT INTO vocabulary VALUES ('uzman', 1);
INSERT INTO vocabulary VALUES ('uzmanlar', 1);
INSERT INTO vocabulary VALUES ('ve', 1);
INSERT INTO vocabulary VALUES ('yaninda', 1);
INSERT INTO vocabulary VALUES ('ye', 1);
INSERT INTO vocabulary VALUES ('yeni', 1);
INSERT INTO vocabulary VALUES ('yer', 1);
INSERT INTO vocabulary VALUES ('ziyaret', 1);
INSERT INTO vocabulary VALUES ('ziyareti', 1);
INSERT INTO vocabulary VALUES ('ziyaretin', 1);
COMMIT;
PRAGMA application_id = 1214341746;
PRAGMA user_version = 6;
