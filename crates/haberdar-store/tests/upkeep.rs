//! A store that is whole, one that is not, watches, and a smaller file.

mod sample;

use std::path::Path;

use haberdar_store::{Arrived, Fault, Filter, Store, Watch};
use sample::{article, filled};

fn faults(path: &Path) -> Vec<Fault> {
    let mut found = Vec::new();
    let checked = Store::open_read_only(path).and_then(|s| s.check(|f| found.push(f))).expect("a look");
    assert_eq!(checked.faults, found.len());
    assert!(checked.articles == 2 && checked.spans > 10 && checked.rows == 5, "{checked:?}");
    found
}

#[test]
fn a_whole_store_has_no_fault_and_every_damage_is_one() {
    let dir = tempfile::tempdir().expect("a folder");
    let whole = dir.path().join("whole.db");
    drop(filled(&whole));
    assert_eq!(faults(&whole), []);
    for (damage, kind, words) in [
        ("UPDATE articles SET text = replace(text, 'görüştü', 'görüşdü')", "span", "said to stand at"),
        ("UPDATE articles SET text = text || ' ' WHERE publisher = 'Sample Post'", "hash", "SHA-256"),
        ("UPDATE articles SET publisher = 'Other'", "row", "its columns in articles"),
        ("UPDATE readings SET json = replace(json, 'Sample Post', 'Other')", "id", "the id is not that of"),
        (
            "DELETE FROM readings WHERE rowid = 1; DELETE FROM articles WHERE id NOT IN (SELECT article FROM readings)",
            "key",
            "not there",
        ),
        ("DELETE FROM mentions", "row", "0 rows in mentions"),
        ("UPDATE event_reports SET span_start = 0", "key", "other words stand there"),
        ("DELETE FROM event_reports WHERE position = 1", "row", "reports in event_reports"),
        ("UPDATE conflicts SET event = 'b3:none'", "key", "is about an event that is not there"),
        ("DELETE FROM stories", "key", "belongs to a story that is not there"),
        ("INSERT INTO unreconciled SELECT min(number) FROM arrivals", "record", "the record does not know yet"),
        ("DELETE FROM arrivals WHERE number = 1", "index", "1 of 2 articles can be searched"),
        ("UPDATE pair_counts SET events = events + 1", "index", "events are counted"),
        ("UPDATE readings SET json = replace(json, '\"speaker\":\"m1\"', '\"speaker\":\"m7\"')", "key", "names m7"),
    ] {
        let path = dir.path().join("damaged.db");
        std::fs::copy(&whole, &path).expect("room");
        rusqlite::Connection::open(&path)
            .and_then(|db| db.execute_batch(&format!("PRAGMA foreign_keys = OFF; {damage}")))
            .expect(damage);
        let mut found = Vec::new();
        Store::open_read_only(&path).and_then(|s| s.check(|f| found.push(f))).expect("a look");
        assert!(found.iter().any(|f| f.kind == kind && f.message.contains(words)), "{damage}: {found:?}");
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(dir.path().join(format!("damaged.db{end}")));
        }
    }
}

#[test]
fn a_store_is_smaller_afterwards_and_answers_the_same() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("s.db");
    let (mut store, record) = filled(&path);
    // A record that came and went leaves gaps, and names that nobody has.
    let mut large = record.clone();
    for i in 0..500 {
        let mut e = record.events[0].clone();
        e.id = format!("b3:x{i}");
        e.actor[0].name = format!("Kimse {i}");
        large.events.push(e);
    }
    store.replace_record(&large).expect("room");
    store.replace_record(&record).expect("room");
    let all = |s: &Store| (s.events(&Filter::default()).expect("events"), s.counts().expect("counts"));
    let before = all(&store);
    let found = |s: &Store| s.search(&Filter { text: "görüşmek".parse().ok(), ..Filter::default() }).expect("hits").events.len();
    assert_eq!(found(&store), 3);
    let (from, to) = store.compact().expect("room");
    assert!(to < from, "{from} {to}");
    assert_eq!(all(&store), before);
    assert_eq!(found(&store), 3);
    drop(store);
    assert_eq!(faults(&path), []);
    let db = rusqlite::Connection::open(&path).expect("a file");
    let names: i64 = db.query_row("SELECT count(*) FROM names WHERE name LIKE 'Kimse%'", [], |r| r.get(0)).expect("a count");
    assert_eq!(names, 0);
}

#[test]
fn a_watch_remembers_what_it_has_seen() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut store, _) = filled(&dir.path().join("s.db"));
    let filter = Filter { actor: Some("IRL".into()), ..Filter::default() };
    let watch = Watch { name: "İrlanda".into(), filter, seen: store.arrivals().expect("a number") };
    assert!(store.add_watch(&watch).expect("room"));
    assert!(!store.add_watch(&Watch { seen: 0, ..watch.clone() }).expect("room"), "it stays as it is");
    assert_eq!(store.watches().expect("watches"), std::slice::from_ref(&watch));
    assert_eq!(watch.unseen().new_since, Some(Arrived::Behind(2)));
    let (a, r) = article("Üçüncü", "2024-03-09");
    store.add_reading(&a, &r).expect("room");
    assert_eq!(store.quotes(&watch.unseen()).expect("quotes").len(), 1);
    store.mark_seen("İrlanda", 3).expect("room");
    let seen = store.watches().expect("watches").remove(0);
    assert_eq!(store.quotes(&seen.unseen()).expect("quotes").len(), 0);
    assert!(store.remove_watch("İrlanda").expect("room"));
    assert!(!store.remove_watch("İrlanda").expect("room"));
}
