//! Is the record whole, can it be smaller, two records become one, and what is new.

use crate::folder::{Folder, text};

fn add(folder: &Folder, name: &str, content: &str, day: &str, outlet: &str, store: &str) {
    folder.file(name, content);
    folder.run(&["add", name, "--published", day, "--publisher", outlet, "--store", store]).exits(0);
}

/// Two records, of which the second has one report of its own.
fn two_records() -> Folder {
    let folder = Folder::new();
    let (choe, ri) = (include_str!("data/tr-choe.txt"), include_str!("data/tr-ri.txt"));
    add(&folder, "choe.txt", choe, "2023-11-02", "Örnek Gazete", "a.db");
    add(&folder, "choe.txt", choe, "2023-11-02", "Örnek Gazete", "b.db");
    add(&folder, "ri.txt", ri, "2023-11-03", "Sample Post", "b.db");
    folder
}

fn events(folder: &Folder, store: &str) -> String {
    folder.run(&["events", "--store", store, "--format", "json"]).exits(0).out
}

#[test]
fn merged_records_are_the_record_of_all_articles() {
    let folder = two_records();
    let before = std::fs::read(folder.path().join("b.db")).expect("a file");
    let merged = folder.run(&["merge", "a.db", "b.db"]).exits(0);
    merged.complains(&["b.db: 1 articles were taken over, 1 were there already"]);
    assert!(merged.out.starts_with("a.db: 2 articles"), "{}", merged.out);
    assert!(before == std::fs::read(folder.path().join("b.db")).expect("a file"), "what is taken in stays as it is");
    assert_eq!(events(&folder, "a.db"), events(&folder, "b.db"));
    folder.run(&["merge", "a.db", "b.db"]).exits(0).complains(&["0 articles were taken over, 2 were there already"]);
    folder.run(&["merge", "a.db", "./a.db"]).exits(1).complains(&["cannot be merged into itself"]);
    folder.run(&["merge", "none.db", "b.db"]).exits(1).complains(&["none.db: there is no store"]);
    folder.run(&["merge", "a.db", "choe.txt"]).exits(1).complains(&["choe.txt: not an SQLite file"]);
}

#[test]
fn a_whole_record_is_said_to_be_whole_and_a_changed_word_is_found() {
    let folder = two_records();
    let whole = folder.run(&["check", "--store", "b.db"]).exits(0);
    assert!(whole.out.contains("All is as it has to be."));
    whole.complains(&["2 articles with their hashes", "faults: 0"]);
    let compact = folder.run(&["compact", "--store", "b.db"]).exits(0);
    assert!(compact.out.contains("bytes before"), "{}", compact.out);
    folder.run(&["check", "--store", "b.db"]).exits(0);
    let db = rusqlite::Connection::open(folder.path().join("b.db")).expect("a file");
    db.execute("UPDATE articles SET text = replace(text, 'Choe', 'Chae')", []).expect("a change");
    drop(db);
    let faults = folder.run(&["check", "--store", "b.db", "--format", "jsonl"]).exits(1).lines();
    assert!(faults.iter().any(|f| text(f, "/kind") == "hash") && faults.iter().any(|f| text(f, "/kind") == "span"), "{faults:?}");
    folder.run(&["check", "--store", "none.db"]).exits(1).complains(&["there is no store"]);
    folder.run(&["compact", "--store", "none.db"]).exits(1).complains(&["there is no store"]);
}

#[test]
fn a_watch_prints_what_is_new_once() {
    let folder = two_records();
    let watch = |args: &[&str]| {
        let mut all = vec!["watch"];
        all.extend(args);
        all.extend(["--store", "a.db"]);
        folder.run(&all)
    };
    assert!(watch(&["run"]).exits(0).out.contains("There is no watch"));
    watch(&["add", "lavrov", "--dyad", "RUS:PRK"]).exits(0);
    watch(&["add", "alles", "--all", "--text", "görüşmek"]).exits(0);
    watch(&["add", "lavrov", "--dyad", "RUS:TUR"]).exits(1).complains(&["there is a watch \"lavrov\" already"]);
    watch(&["add", "x", "--new-since", "1d"]).exits(1).complains(&["leave it out"]);
    let listed = watch(&["list", "--format", "json"]).exits(0).array();
    assert_eq!(listed.iter().map(|w| text(w, "/name")).collect::<Vec<_>>(), ["alles", "lavrov"]);
    assert_eq!(text(&listed[1], "/filter/dyad"), "RUS:PRK");
    let run = |args: &[&str]| {
        let mut all = vec!["run", "--format", "jsonl"];
        all.extend(args);
        let rows = watch(&all).exits(0).lines();
        rows.iter().map(|r| format!("{} {}", text(r, "/watch"), text(r, "/kind"))).collect::<Vec<_>>()
    };
    assert_eq!(run(&["--keep"]), ["alles event"]);
    assert_eq!(run(&["lavrov"]), Vec::<String>::new());
    assert_eq!(run(&[]), ["alles event"]);
    assert_eq!(run(&[]), Vec::<String>::new());
    add(&folder, "ri.txt", include_str!("data/tr-ri.txt"), "2023-11-03", "Sample Post", "a.db");
    let new = run(&["--keep"]);
    assert!(new.contains(&"lavrov conflict".to_owned()), "{new:?}");
    let table = watch(&["run", "lavrov"]).exits(0);
    assert!(table.out.contains("lavrov: ") && table.out.contains("1 new conflict"), "{}", table.out);
    assert!(!run(&[]).contains(&"lavrov conflict".to_owned()));
    watch(&["remove", "lavrov"]).exits(0);
    watch(&["remove", "lavrov"]).exits(1).complains(&["there is no watch \"lavrov\""]);
    watch(&["run", "lavrov"]).exits(1).complains(&["there is no watch \"lavrov\""]);
}
