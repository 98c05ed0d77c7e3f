//! The store from outside: what goes in comes out, once; what is not ours is left alone.

mod sample;

use std::{collections::BTreeMap, fs, path::Path, time::Duration};

use haberdar_model::{EventType, Language, Reading, record::Record};
use haberdar_store::{Filter, Found, Order, Store, StoreError};
use sample::{TEXT, article, filled};

/// Every row of every table, in the order in which they lie there.
fn dump(path: &Path) -> BTreeMap<String, Vec<String>> {
    let db = rusqlite::Connection::open(path).expect("a file");
    let mut names = db.prepare("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY 1").expect("a schema");
    let names: Vec<String> = names.query_map([], |r| r.get(0)).expect("names").collect::<Result<_, _>>().expect("names");
    let rows = |table: &String| {
        let mut s = db.prepare(&format!("SELECT * FROM {table}")).expect("a table that every SQLite program can read");
        let n = s.column_count();
        let row = |r: &rusqlite::Row<'_>| {
            (0..n)
                .map(|i| r.get::<_, rusqlite::types::Value>(i).map(|v| format!("{v:?}")))
                .collect::<Result<Vec<_>, _>>()
                .map(|v| v.join("|"))
        };
        s.query_map([], row).expect("rows").collect::<Result<Vec<_>, _>>().expect("rows")
    };
    names.iter().map(|t| (t.clone(), rows(t))).collect()
}

#[test]
fn what_goes_in_comes_out() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("a store #1?.db");
    let (store, record) = filled(&path);
    let (a, r) = article("Örnek Gazete", "2024-03-02");
    assert!(store.has_article(&a.id()).expect("an answer"));
    assert!(!store.has_article("b3:none").expect("an answer"));
    let all: Vec<Reading> = store.readings().collect::<Result<_, _>>().expect("readings");
    assert_eq!(all.len(), 2);
    assert!(all.contains(&r));
    assert_eq!(store.article(&a.id()).expect("an answer").map(|s| s.text).as_deref(), Some(TEXT));
    assert!(store.readings_with_text().all(|r| r.is_ok_and(|r| r.text.as_deref() == Some(TEXT))));
    drop(store);
    let store = Store::open_read_only(&path).expect("the store");
    assert_eq!(store.stories(&Filter::default()).expect("stories"), record.stories);
    assert_eq!(store.conflicts(&Filter::default()).expect("conflicts"), record.conflicts);
    assert_eq!(store.event("e2").expect("an answer").as_ref(), record.events.get(1));
    let counts = store.counts().expect("counts");
    assert_eq!((counts.articles, counts.quotes, counts.events, counts.conflicts), (2, 2, 3, 1));
    assert_eq!(store.find("s1").expect("an answer"), [Found::Story("b3:s1".into())]);
    assert_eq!(store.find("e3").expect("an answer").last(), Some(&Found::Event("b3:e3".into())));
}

/// Tables of which the sample has no rows.
const EMPTY: [&str; 14] = [
    "dates",
    "feed_entries",
    "feeds",
    "inputs",
    "links",
    "neighbour_keys",
    "overlay_places",
    "overlays",
    "profiles",
    "quantities",
    "record_rules",
    "undecided",
    "unreconciled",
    "watches",
];

#[test]
fn adding_again_changes_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("s.db");
    let (mut store, record) = filled(&path);
    let before = dump(&path);
    let (a, r) = article("Sample Post", "2024-03-03");
    assert!(!store.add_reading(&a, &r).expect("room"));
    store.replace_record(&record).expect("room");
    drop(store);
    assert!(!Store::open(&path).expect("the store").add_reading(&a, &r).expect("room"));
    assert_eq!(dump(&path), before);
    for (table, rows) in &before {
        let empty = EMPTY.contains(&table.as_str());
        assert_eq!(rows.is_empty(), empty, "{table}");
    }
    let reports = before["v_event_reports"].join("\n");
    assert!(!before["v_quotes"].is_empty() && reports.contains("görüştü"), "{reports}");
}

#[test]
fn a_batch_that_is_dropped_leaves_no_trace() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("s.db");
    let mut store = Store::open(&path).expect("a new store");
    let (a, mut r) = article("x", "2024-01-01");
    let batch = store.begin().expect("the lock");
    assert!(batch.add(&a, &r).expect("room"));
    drop(batch);
    assert_eq!(store.counts().expect("counts").articles, 0);
    r.mentions.push(r.mentions[0].clone());
    let batch = store.begin().expect("the lock");
    assert!(batch.add(&a, &r).is_err(), "two mentions with one id");
    let (b, s) = article("y", "2024-01-01");
    assert!(batch.add(&b, &s).expect("room"));
    batch.commit().expect("room");
    assert_eq!(store.counts().expect("counts").articles, 1);
    r.article.id = "b3:other".into();
    assert!(matches!(store.add_reading(&a, &r), Err(StoreError::Mismatch { .. })));
}

#[test]
fn the_version_changes_with_the_file() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("s.db");
    let (mut store, record) = filled(&path);
    let reader = Store::open_read_only(&path).expect("the store");
    let before = reader.data_version().expect("a version");
    assert_eq!(reader.data_version().expect("a version"), before);
    store.replace_record(&record).expect("room");
    assert_ne!(reader.data_version().expect("a version"), before);
}

#[test]
fn filters_find_what_they_name() {
    let dir = tempfile::tempdir().expect("a folder");
    let (store, _) = filled(&dir.path().join("s.db"));
    let day = |s: &str| s.parse().ok();
    let events = |f: Filter| store.events(&f).expect("events").into_iter().map(|e| e.id).collect::<Vec<_>>().join(" ");
    let none = Filter::default;
    assert_eq!(events(none()), "b3:e2 b3:e1 b3:e3");
    assert_eq!(events(Filter { order: Order::Actor, ..none() }), "b3:e3 b3:e1 b3:e2");
    assert_eq!(events(Filter { order: Order::Newest, ..none() }), "b3:e1 b3:e2 b3:e3");
    assert_eq!(events(Filter { order: Order::Sources, limit: Some(1), ..none() }), "b3:e1");
    assert_eq!(events(Filter { actor: Some("IRL".into()), ..none() }), "b3:e1");
    assert_eq!(events(Filter { actor: Some("isik".into()), ..none() }), "b3:e3");
    assert_eq!(events(Filter { actor: Some("SEN".into()), ..none() }), "");
    assert_eq!(events(Filter { recipient: Some("turkiye".into()), ..none() }), "b3:e2 b3:e1 b3:e3");
    assert_eq!(events(Filter { kind: Some(EventType::Aid), ..none() }), "");
    assert_eq!(events(Filter { since: day("2024-03-15"), ..none() }), "b3:e1");
    assert_eq!(events(Filter { until: day("2024-02-29"), ..none() }), "b3:e2");
    assert_eq!(events(Filter { publisher: Some("sample".into()), ..none() }), "b3:e1");
    assert_eq!(events(Filter { language: Some(Language::En), ..none() }), "");
    assert_eq!(events(Filter { story: Some("s1".into()), min_confidence: Some(0.5), ..none() }), "b3:e2 b3:e1");
    let stories = |f: Filter| store.stories(&f).expect("stories").len();
    assert_eq!(
        (stories(none()), stories(Filter { actor: Some("IRL".into()), publisher: Some("örnek".into()), ..none() })),
        (1, 1)
    );
    assert_eq!(stories(Filter { actor: Some("DEU".into()), ..none() }), 0);
    let conflicts = |f: Filter| store.conflicts(&f).expect("conflicts").len();
    assert_eq!(conflicts(Filter { actor: Some("IRL".into()), slot: Some("participant".into()), ..none() }), 1);
    assert_eq!(conflicts(Filter { actor: Some("oburu".into()), kind: Some(EventType::Consult), ..none() }), 1);
    assert_eq!(conflicts(Filter { actor: Some("FRA".into()), ..none() }), 0);
    assert_eq!(conflicts(Filter { since: day("2024-05-01"), ..none() }), 0);
}

#[test]
fn quotes_come_with_their_speakers() {
    let dir = tempfile::tempdir().expect("a folder");
    let (store, _) = filled(&dir.path().join("s.db"));
    let quotes = |f: Filter| store.quotes(&f).expect("quotes");
    let all = quotes(Filter::default());
    let q = &all[0];
    assert_eq!(all.len(), 2);
    assert_eq!(
        (q.speaker.as_deref(), q.entity.as_deref(), q.office.as_deref()),
        (Some("Ada Şen"), Some("Q1"), Some("foreign_minister"))
    );
    assert_eq!((q.at.text.as_str(), q.at.span.slice(TEXT), q.sentence), ("Memnunuz", Some("Memnunuz"), Some(1)));
    assert_eq!(q.sentence_span.and_then(|s| s.slice(TEXT)), Some("Şen, “Memnunuz” dedi."));
    assert_eq!((q.cue.as_ref().map(|c| c.text.as_str()), q.story.as_deref()), (Some("dedi"), Some("b3:s1")));
    assert_eq!(q.events, ["e1"]);
    assert_eq!(quotes(Filter { speaker: Some("ada sen".into()), publisher: Some("Post".into()), ..Filter::default() }).len(), 1);
    assert_eq!(quotes(Filter { actor: Some("IRL".into()), kind: Some(EventType::Consult), ..Filter::default() }).len(), 2);
    assert_eq!(quotes(Filter { until: "2024-03-02".parse().ok(), ..Filter::default() }).len(), 1);
    assert_eq!(quotes(Filter { speaker: Some("TUR".into()), ..Filter::default() }).len(), 0);
}

#[test]
fn every_report_is_explained() {
    let dir = tempfile::tempdir().expect("a folder");
    let (store, _) = filled(&dir.path().join("s.db"));
    let rows = store.explain("b3:e1").expect("reports");
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].sentence.text, "İrlanda Dışişleri Bakanı Ada Şen, Ankara'da görüştü.");
    assert_eq!((rows[0].event.why.as_str(), rows[0].actor[0].name.as_str()), ("tr/consult/görüş", "Ada Şen"));
    assert!(store.explain("b3:nothing").expect("an answer").is_empty());
}

#[test]
fn what_is_not_ours_is_left_alone() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("x.db");
    let open = |text: &str| {
        let before = fs::read(&path).ok();
        let e = [Store::open(&path).expect_err("no store"), Store::open_read_only(&path).expect_err("no store")];
        assert_eq!(fs::read(&path).ok(), before);
        assert_eq!(fs::read_dir(dir.path()).expect("a folder").count(), 1, "nothing is made beside it");
        e.iter().for_each(|e| assert!(e.to_string().contains(text), "{e}"));
    };
    for journal in ["DELETE", "WAL"] {
        let db = rusqlite::Connection::open(&path).expect("a file");
        db.execute_batch(&format!("PRAGMA journal_mode={journal}; CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)"))
            .expect("room");
        drop(db);
        open("of another program");
        fs::remove_file(&path).expect("a file");
    }
    fs::write(&path, "Bu bir metindir, veritabanı değil.").expect("room");
    open("not an SQLite file");
    fs::write(&path, "x").expect("room");
    open("not an SQLite file");
    fs::remove_file(&path).expect("a file");
    drop(Store::open(&path).expect("a new store"));
    rusqlite::Connection::open(&path).and_then(|db| db.execute_batch("PRAGMA user_version=99")).expect("a file");
    open("newer version (schema 99");
}

#[test]
fn places_where_no_store_can_be() {
    let dir = tempfile::tempdir().expect("a folder");
    assert!(matches!(Store::open(dir.path()), Err(StoreError::Folder { .. })));
    assert!(matches!(Store::open(dir.path().join("no/s.db")), Err(StoreError::NoFolder { .. })));
    let path = dir.path().join("s.db");
    assert!(matches!(Store::open_read_only(&path), Err(StoreError::Missing { .. })));
    assert!(!path.exists());
    fs::write(&path, "").expect("room");
    assert!(matches!(Store::open_read_only(&path), Err(StoreError::Missing { .. })));
    Store::open(&path).expect("an empty file becomes a store");
}

#[test]
fn a_second_writer_is_told_and_readers_are_not_kept_waiting() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("s.db");
    let (mut store, _) = filled(&path);
    let batch = store.begin().expect("the lock");
    let e = Store::open_patiently(&path, Duration::from_millis(20)).expect_err("the lock is taken");
    assert!(matches!(e, StoreError::Locked { .. }) && e.to_string().contains("s.db: locked by another program"), "{e}");
    assert_eq!(Store::open_read_only(&path).expect("the store").counts().expect("counts").articles, 2);
    drop(batch);
    Store::open_patiently(&path, Duration::from_millis(20)).expect("the lock is free");
}

#[test]
fn many_open_a_new_store_at_once() {
    let dir = tempfile::tempdir().expect("a folder");
    for round in 0..2 {
        let path = dir.path().join(format!("{round}.db"));
        std::thread::scope(|s| {
            for i in 0..4 {
                let path = &path;
                s.spawn(move || {
                    let mut store = Store::open(path).expect("a store");
                    let (a, r) = article(&format!("outlet {i}"), "2024-01-01");
                    assert!(store.add_reading(&a, &r).expect("room"));
                });
            }
        });
        assert_eq!(Store::open(&path).expect("the store").counts().expect("counts").articles, 4);
    }
}

#[test]
fn a_store_that_was_killed_in_the_middle_opens_again() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("s.db");
    let (mut store, _) = filled(&path);
    let (a, r) = article("lost", "2024-05-05");
    let batch = store.begin().expect("the lock");
    assert!(batch.add(&a, &r).expect("room"));
    // What a kill leaves behind: the file and its log as they are now, and no lock.
    let left = tempfile::tempdir().expect("a folder");
    for name in ["s.db", "s.db-wal"] {
        fs::copy(dir.path().join(name), left.path().join(name)).expect("room");
    }
    drop(batch);
    let mut store = Store::open(left.path().join("s.db")).expect("the store");
    let counts = store.counts().expect("counts");
    assert_eq!((counts.articles, counts.events), (2, 3));
    assert!(!store.record_is_behind().expect("an answer"));
    assert!(store.add_reading(&a, &r).expect("room"));
    assert!(store.record_is_behind().expect("an answer"));
    store.replace_record(&Record::default()).expect("room");
    assert!(!store.record_is_behind().expect("an answer"));
}

#[test]
fn a_damaged_file_is_said_to_be_damaged() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("s.db");
    drop(filled(&path));
    let mut bytes = fs::read(&path).expect("a file");
    bytes[100..4096].fill(0xAB);
    fs::write(&path, bytes).expect("room");
    let e = Store::open(&path).expect_err("damage");
    assert!(matches!(e, StoreError::Damaged { .. }), "{e:?}");
}
