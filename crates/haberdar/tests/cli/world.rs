//! `world`: the tables are checked, the user's own are brought in and win, a bad file leaves nothing behind.

use crate::folder::{Folder, text};

const MINE: &str = "country,office,person,from,to\nPRK,foreign_minister,Jane Doe,2023-10-01,2023-12-31\n";

#[test]
fn the_shipped_tables_pass_the_check() {
    let folder = Folder::new();
    folder.run(&["world", "check"]).exits(0);
    let all = folder.run(&["world", "check", "--gaps", "--format", "json"]).exits(0).array();
    assert!(all.iter().all(|f| text(f, "/severity") != "error"));
    assert!(all.iter().any(|f| text(f, "/severity") == "gap"));
}

#[test]
fn their_tables_win_in_answers_and_readings() {
    let folder = Folder::with("mine.csv", MINE);
    let ask = || {
        let rows = folder.run(&["who", "Kuzey Kore Dışişleri Bakanı", "--on", "2023-11-02", "--format", "json"]).exits(0).array();
        let row = rows.first().cloned().unwrap_or_default();
        (text(&row, "/name").to_owned(), text(&row, "/source").to_owned(), text(&row, "/tables").to_owned())
    };
    let before = ask();
    assert_eq!(before.0, "Choe Son-hui");
    let said = folder.run(&["world", "import", "mine.csv"]).exits(0).out;
    assert!(said.contains("1 holders") && said.contains("mine.csv"), "{said}");
    let after = ask();
    assert_eq!((after.0.as_str(), after.1.as_str()), ("Jane Doe", "user"));
    assert!(after.2.starts_with(&before.2) && after.2 != before.2, "{after:?}");
    folder.file("report.txt", include_str!("data/readme-report.txt"));
    let reading = folder.run(&["read", "report.txt", "--published", "2023-11-02", "--format", "json"]).exits(0).lines();
    let flags = reading[0].to_string();
    assert!(flags.contains("Jane Doe is recorded as foreign minister") && flags.contains(&after.2), "{flags}");
    let export = folder.run(&["world", "export"]).exits(0).out;
    assert!(export.contains("Jane Doe") && export.lines().count() > 8000);
    // Taking the file away takes the table back.
    std::fs::remove_file(folder.path().join("world/mine.csv")).expect("the table");
    assert_eq!(ask(), before);
}

#[test]
fn every_fault_of_a_bad_file_is_named_and_nothing_is_kept() {
    let bad = format!("{MINE}PRK,juggler,A B,2020,\nPRK,foreign_minister,C D,2023-11-40,\nPRK,foreign_minister,E F,2023-11,\n");
    let folder = Folder::with("bad.csv", bad);
    folder.run(&["world", "import", "bad.csv"]).exits(1).complains(&[
        "bad.csv, line 3",
        "juggler",
        "line 4",
        "2023-11-40",
        "line 5",
        "nothing was imported",
    ]);
    assert!(!folder.path().join("world").exists());
    folder.file("mine.csv", MINE);
    folder.run(&["world", "import", "mine.csv"]).exits(0);
    folder.file("other.csv", MINE.replace("Jane Doe", "Jim Roe"));
    folder.run(&["world", "import", "other.csv", "--name", "again"]).exits(1).complains(&["line 2", "world/mine.csv"]);
    assert!(!folder.path().join("world/again.csv").exists());
    folder.run(&["world", "import", "missing.csv"]).exits(1).complains(&["missing.csv"]);
    folder.run(&["world", "import", "bad.csv", "--name", "../x"]).exits(1).complains(&["../x"]);
}

#[test]
fn a_table_that_was_broken_by_hand_is_named() {
    let folder = Folder::with("mine.csv", MINE);
    folder.run(&["world", "import", "mine.csv"]).exits(0);
    folder.file("world/mine.csv", "country,office\n");
    folder.run(&["who", "Lavrov"]).exits(1).complains(&["mine.csv", "person"]);
}

#[test]
fn their_organisations_are_read_and_an_export_is_read_back() {
    let folder =
        Folder::with("bodies.csv", "kind,names_en,country,sector\nparty,Yellow Dawn Party|YDPX,Fiji,PTY\ncity,Xandoria,FJI,\n");
    let said = folder.run(&["world", "import", "bodies.csv"]).exits(0).out;
    assert!(said.contains("2 organisations and places") && said.contains("bodies.csv"), "{said}");
    folder.file("report.txt", "The Yellow Dawn Party criticised Russia on Monday, a spokesman said in Xandoria.");
    let reading = folder.run(&["read", "report.txt", "--published", "2023-11-02", "--format", "json"]).exits(0).lines();
    assert!(reading[0].to_string().contains("u:yellow-dawn-party"), "{}", reading[0]);
    // Another table may not mean something else by the names.
    folder.file("other.csv", "kind,names_en\nparty,Other\nngo,YDPX\nshrub,Xandoria\n");
    folder.run(&["world", "import", "other.csv"]).exits(1).complains(&["other.csv, line 4", "shrub", "nothing was imported"]);
    folder.file("other.csv", "kind,names_en\nparty,Other\nngo,YDPX\n");
    folder.run(&["world", "import", "other.csv"]).exits(1).complains(&["line 3", "bodies.csv", "nothing was imported"]);
    // All that is built in says nothing new; what is theirs is theirs.
    folder.file("mine.csv", MINE);
    folder.run(&["world", "import", "mine.csv"]).exits(0);
    let export = folder.run(&["world", "export"]).exits(0).out;
    folder.file("export.csv", &export);
    let said = folder.run(&["world", "import", "export.csv", "--name", "mine"]).exits(0).out;
    assert!(said.contains("1 holders"), "{said}");
    let again = folder.run(&["world", "export"]).exits(0).out;
    assert!(again == export, "the export has changed");
}
