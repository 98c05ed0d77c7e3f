//! Stores of every version that was ever written open for ever. `old/N.sql` is a store of version N as it was written then.

use std::{fs, path::Path};

use haberdar_store::{Feed, FeedEntry, Filter, Pair, SCHEMA_VERSION, Store};

/// Old stores, by version.
const OLD: [&str; 6] = [
    include_str!("old/1.sql"),
    include_str!("old/2.sql"),
    include_str!("old/3.sql"),
    include_str!("old/4.sql"),
    include_str!("old/5.sql"),
    include_str!("old/6.sql"),
];

fn write(path: &Path, sql: &str) {
    rusqlite::Connection::open(path).and_then(|db| db.execute_batch(sql)).expect("an old store");
}

/// All that a user can ask of the record is there, whatever the version was.
fn answers(store: &Store) -> String {
    let ids = |dyad: Option<&str>, text: Option<&str>| {
        let dyad = dyad.map(|d| d.parse::<Pair>().expect("a pair"));
        let f = Filter { dyad, text: text.map(|t| t.parse().expect("a query")), ..Filter::default() };
        let mut found: Vec<String> = store.events(&f).expect("events").into_iter().map(|e| e.id).collect();
        found.extend(store.quotes(&f).expect("quotes").into_iter().map(|q| q.article + &q.id));
        found.join(" ")
    };
    let all = ids(None, None);
    let dyad = ids(Some("RUS:PRK"), None);
    let named = ids(Some("lavrov:choe"), None);
    assert!(!dyad.is_empty() && all.contains(dyad.split(' ').next().unwrap_or("?")), "{dyad}");
    assert!(!named.is_empty());
    let found = store.search(&Filter { text: "kuzey kore".parse().ok(), ..Filter::default() }).expect("hits");
    assert_eq!(found.articles.len(), 1);
    assert!(!found.events.is_empty());
    format!("{all}\n{dyad}\n{named}\n{}\n{:?}", ids(None, Some("görüşmek OR komşu")), store.counts().expect("counts"))
}

#[test]
fn a_store_of_every_version_gives_the_same_answers() {
    assert_eq!(OLD.len() as i32 + 1, SCHEMA_VERSION, "a new version of the schema needs a store of the last one in tests/old");
    let dir = tempfile::tempdir().expect("a folder");
    let mut all = Vec::new();
    for (i, sql) in OLD.iter().enumerate() {
        let path = dir.path().join(format!("{}.db", i + 1));
        write(&path, sql);
        let before = fs::read(&path).expect("a file");
        all.push(answers(&Store::open_read_only(&path).expect("read through a copy")));
        assert!(before == fs::read(&path).expect("a file"), "reading an old store changes nothing");
        all.push(answers(&Store::open(&path).expect("carried over")));
        let db = rusqlite::Connection::open(&path).expect("a file");
        assert_eq!(db.pragma_query_value(None, "user_version", |r| r.get::<_, i32>(0)).ok(), Some(SCHEMA_VERSION));
        assert_eq!(db.pragma_query_value(None, "foreign_key_check", |_| Ok(())).ok(), None, "no key leads nowhere");
        all.push(answers(&Store::open_read_only(&path).expect("the store")));
    }
    all.dedup();
    assert_eq!(all.len(), 1, "{}", all.join("\n---\n"));
}

#[test]
fn a_store_that_was_carried_over_is_a_new_one() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("old.db");
    let schema = |path: &Path| {
        let db = rusqlite::Connection::open(path).expect("a file");
        let mut s =
            db.prepare("SELECT name || ' ' || sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").expect("a schema");
        s.query_map([], |r| r.get::<_, String>(0)).expect("rows").collect::<Result<Vec<_>, _>>().expect("rows")
    };
    write(&path, OLD[0]);
    let mut store = Store::open(&path).expect("carried over");
    drop(Store::open(dir.path().join("new.db")).expect("a new store"));
    assert_eq!(schema(&path), schema(&dir.path().join("new.db")));
    let feed = Feed { url: "https://o.example/rss".into(), next_at: 7, ..Default::default() };
    let entry = FeedEntry { key: "k".into(), feed: feed.url.clone(), mark: "1".into(), ..Default::default() };
    let batch = store.begin().expect("a batch");
    batch.set_feed(&feed).expect("a feed");
    assert!(batch.see_entry(&entry).expect("new"));
    assert!(!batch.see_entry(&entry).expect("known"));
    batch.set_progress("a.jsonl", 10, 5, 3).expect("progress");
    batch.commit().expect("kept");
    assert_eq!(store.feed(&feed.url).expect("a feed"), Some(feed));
    assert_eq!(store.waiting_entries(1).expect("entries").len(), 1);
    assert_eq!((store.progress("a.jsonl", 10, 5).expect("same"), store.progress("a.jsonl", 11, 5).expect("grown")), (3, 0));
}
