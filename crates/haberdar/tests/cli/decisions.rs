//! `resolve`, `accept`, `reject`, `amend`, `decisions`, `diff`: people decide, and what they decided stays.

use serde_json::Value;

use crate::folder::{Folder, list, text};

/// A folder with a record of two reports that name different ministers.
fn record() -> Folder {
    let folder = Folder::with("ri.txt", include_str!("data/tr-ri.txt"));
    folder.file("choe.txt", include_str!("data/tr-choe.txt"));
    folder.run(&["add", "ri.txt", "choe.txt"]).exits(0);
    folder
}

fn rows(folder: &Folder, args: &[&str]) -> Vec<Value> {
    folder.run(&[args, &["--format", "json"]].concat()).exits(0).array()
}

fn one(folder: &Folder, args: &[&str]) -> Value {
    let mut found = rows(folder, args);
    assert!(!found.is_empty(), "{args:?}");
    found.remove(0)
}

/// The conflict with this value in a field.
fn with(folder: &Folder, field: &str, value: &str) -> Value {
    let all = rows(folder, &["conflicts"]);
    all.iter().find(|c| text(c, field) == value).unwrap_or_else(|| panic!("no {value} in {all:?}")).clone()
}

#[test]
fn a_conflict_is_resolved_and_stays_so() {
    let folder = record();
    let conflict = with(&folder, "/slot", "participant");
    let id = text(&conflict, "/id");
    let why = "the ministry's own record names her";
    folder.run(&["resolve", id, "--as", "Choe Son-hui", "--because", why, "--by", "A. Editor"]).exits(0);
    let resolved = with(&folder, "/state", "resolved");
    assert_eq!((text(&resolved, "/id"), text(&resolved, "/state")), (id, "resolved"));
    let [d] = list(&resolved, "decisions") else { panic!("{resolved}") };
    let told = ["/action", "/value", "/because", "/author"].map(|p| text(d, p));
    assert_eq!(told, ["resolve", "Choe Son-hui", why, "A. Editor"]);
    assert!(text(d, "/at").ends_with('Z'), "{d}");
    let table = folder.run(&["conflicts"]).exits(0).out;
    assert!(table.contains("resolved") && table.contains("A. Editor"), "{table}");
    // A third report makes the story anew; the decision finds its conflict again.
    folder.file("third.txt", format!("{} Görüşme iki saat sürdü.", include_str!("data/tr-choe.txt").trim()));
    folder.run(&["add", "third.txt", "--publisher", "Üçüncü Gazete"]).exits(0);
    let again = with(&folder, "/state", "resolved");
    assert_eq!(list(&again, "decisions"), std::slice::from_ref(d), "{again}");
    let kept = one(&folder, &["decisions"]);
    assert_eq!(list(&kept, "rows"), [again["id"].clone()], "{kept}");
}

#[test]
fn an_event_is_rejected_accepted_and_amended() {
    let folder = record();
    let meeting = one(&folder, &["events", "--type", "CONSULT"]);
    let id = text(&meeting, "/id");
    let acts = || one_dyad(&folder);
    let before = acts();
    folder.run(&["reject", id, "--because", "they never met", "--by", "me"]).exits(0);
    assert!(folder.run(&["events"]).exits(0).out.contains("rejected"));
    assert!(acts() < before, "what is rejected is no act");
    folder.run(&["accept", &id[..12], "--because", "they did", "--by", "me"]).exits(0);
    assert_eq!(acts(), before);
    folder
        .run(&["amend", id, "--set", "status=planned", "--set", "date=2024-03-01", "--because", "it is to be", "--by", "me"])
        .exits(0);
    let planned = rows(&folder, &["events", "--type", "CONSULT", "--status", "planned", "--since", "2024-03-01"]);
    let amended = planned.iter().find(|e| text(e, "/id") == id).unwrap_or_else(|| panic!("{planned:?}"));
    assert_eq!((list(amended, "decisions").len(), text(amended, "/date/from")), (4, "2024-03-01"));
    assert_eq!(rows(&folder, &["decisions"]).len(), 4);
    folder.run(&["check"]).exits(0);
    // Into another store the decisions come along.
    folder.run(&["add", "ri.txt", "--store", "other.db"]).exits(0);
    folder.run(&["merge", "other.db", "haberdar.db"]).exits(0);
    let moved = rows(&folder, &["events", "--status", "planned", "--since", "2024-03-01", "--store", "other.db"]);
    assert!(moved.iter().any(|e| list(e, "decisions").len() == 4), "{moved:?}");
}

fn one_dyad(folder: &Folder) -> u64 {
    let dyad: Value = serde_json::from_str(&folder.run(&["dyad", "RUS", "PRK", "--format", "json"]).exits(0).out).expect("JSON");
    let dyad = if dyad.is_array() { dyad[0].clone() } else { dyad };
    let months = list(&dyad, "months").iter().map(|m| m["verbal_cooperation"].as_u64().unwrap_or_default()).sum::<u64>();
    months + dyad["undated"].as_u64().unwrap_or_default()
}

#[test]
fn decisions_say_what_is_wrong_with_them() {
    let folder = record();
    let event = one(&folder, &["events", "--type", "CONSULT"]);
    let id = text(&event, "/id");
    let conflict = one(&folder, &["conflicts"]);
    folder.run(&["reject", id]).exits(2).complains(&["--because"]);
    folder.run(&["reject", id, "--because", " "]).exits(2).complains(&["--because"]);
    folder.run(&["resolve", id, "--as", "x", "--because", "y", "--by", "z"]).exits(1).complains(&["not a conflict"]);
    folder
        .run(&["amend", text(&conflict, "/id"), "--set", "mode=x", "--because", "y", "--by", "z"])
        .exits(1)
        .complains(&["not an event"]);
    folder.run(&["accept", "b3:0000", "--because", "y", "--by", "z"]).exits(1).complains(&["b3:0000", "haberdar events"]);
    for (set, words) in
        [("colour=red", "status"), ("status=perhaps", "planned"), ("date=soon", "YYYY-MM-DD"), ("status", "FIELD=VALUE")]
    {
        folder.run(&["amend", id, "--set", set, "--because", "y", "--by", "z"]).exits(1).complains(&[words]);
    }
    assert_eq!(rows(&folder, &["decisions"]), Vec::<Value>::new(), "nothing was kept of what was refused");
    folder.run(&["accept", id, "--because", "y", "--store", "none.db"]).exits(1).complains(&["none.db"]);
    assert!(!folder.path().join("none.db").exists());
}

#[test]
fn diff_shows_what_another_store_codes_differently() {
    let folder = record();
    assert!(folder.run(&["diff", "haberdar.db", "haberdar.db"]).exits(0).out.contains("the same"));
    folder.run(&["add", "ri.txt", "--store", "other.db"]).exits(0);
    let found = rows(&folder, &["diff", "haberdar.db", "other.db"]);
    let of = |what: &str, how: &str| found.iter().filter(|d| text(d, "/what") == what && text(d, "/how") == how).count();
    assert_eq!((of("article", "only in A"), of("article", "only in B")), (1, 0), "{found:?}");
    assert!(of("conflict", "only in A") > 0, "{found:?}");
    // Other tables code the meeting as something else.
    let tables = folder.path().join("tables");
    copy(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/lang")), &tables);
    let consult = tables.join("tr/frames/consult.tsv");
    let rules = std::fs::read_to_string(&consult).expect("the frames");
    std::fs::write(&consult, rules.replace("\tvisit\t", "\tphone\t").replace("\t-\t040\t", "\tvisit\t042\t")).expect("room");
    let mut other = folder.command(&["add", "ri.txt", "choe.txt", "--store", "tables.db"]);
    assert!(other.env("HABERDAR_TABLES", &tables).status().expect("the binary starts").success());
    let found = rows(&folder, &["diff", "haberdar.db", "tables.db"]);
    let changed: Vec<&Value> = found.iter().filter(|d| text(d, "/how") == "changed" && text(d, "/what") == "event").collect();
    assert!(changed.iter().any(|d| list(d, "fields").iter().any(|f| text(f, "/field") == "mode")), "{found:?}");
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).expect("room");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let at = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &at);
        } else {
            std::fs::copy(entry.path(), at).expect("room");
        }
    }
}
