//! Words, phrases and the filters, which are the same for every query.

use serde_json::Value;

use crate::folder::{Folder, list, text};

/// A folder with the record of two Turkish reports and an English one on one meeting.
fn record() -> Folder {
    let folder = Folder::new();
    folder.file("choe.txt", include_str!("data/tr-choe.txt"));
    folder.file("ri.txt", include_str!("data/en-ri.txt"));
    folder.file("kibris.txt", "Kıbrıs'ın geleceği Ankara'da görüşüldü. Türkiye, IĞDIR'a gaz ihracatını artıracak.");
    folder.run(&["add", "choe.txt", "--published", "2023-11-02", "--publisher", "Örnek Gazete"]).exits(0);
    folder.run(&["add", "ri.txt", "--published", "2023-11-03", "--publisher", "Sample Post"]).exits(0);
    folder.run(&["add", "kibris.txt", "--published", "2024-02-01", "--publisher", "Örnek Gazete"]).exits(0);
    folder
}

fn of_kind<'v>(rows: &'v [Value], kind: &str) -> Vec<&'v Value> {
    rows.iter().filter(|r| r["kind"] == kind).collect()
}

#[test]
fn words_are_found_in_every_spelling_and_form() {
    let folder = record();
    for query in ["kıbrıs", "KIBRIS", "Kıbrıs'ın", "kibris", "ığdır", "Iğdır", "ihracat", "\"gaz ihracatını\"", "ihrac* -Lavrov"]
    {
        let rows = folder.run(&["search", query, "--format", "json"]).exits(0).array();
        let articles = of_kind(&rows, "article");
        assert_eq!(articles.len(), 1, "{query}");
        assert_eq!(text(articles[0], "/source_id"), "kibris.txt", "{query}");
        let marks = list(&articles[0]["snippet"], "marks");
        assert!(!marks.is_empty(), "{query}");
    }
    folder.run(&["search", "\"gaz ihracat\""]).exits(0).out.contains("Nothing fits").then_some(()).expect("no such phrase");
    let table = folder.run(&["search", "görüşmek"]).exits(0);
    assert!(table.out.contains("*görüştü*") && table.out.contains("*görüşüldü*"), "{}", table.out);
    table.is_plain();
}

#[test]
fn hits_are_verbatim_and_filtered() {
    let folder = record();
    let rows = folder.run(&["search", "Lavrov", "--dyad", "PRK:RUS", "--language", "en", "--format", "jsonl"]).exits(0).lines();
    let articles = of_kind(&rows, "article");
    assert_eq!(articles.iter().map(|a| text(a, "/source_id")).collect::<Vec<_>>(), ["ri.txt"]);
    let whole: Vec<char> = include_str!("data/en-ri.txt").chars().collect();
    for row in &rows {
        let s = &row["snippet"];
        let at = |v: &Value| v.as_u64().and_then(|n| usize::try_from(n).ok()).expect("an offset");
        let words: String = whole[at(&s["start"])..at(&s["end"])].iter().collect();
        assert_eq!(words, text(s, "/text"), "the snippet stands in the article");
    }
    assert!(!of_kind(&rows, "event").is_empty());
    let only = folder.run(&["search", "Lavrov", "--only", "quote", "--format", "json"]).exits(0).array();
    assert!(only.iter().all(|r| r["kind"] == "quote"));
    let csv = folder.run(&["search", "Lavrov", "--format", "csv", "--limit", "1"]).exits(0);
    assert!(csv.out.starts_with("kind,id,score,published,publisher,what,start,end,words\narticle,"), "{}", csv.out);
    folder.run(&["search", "—"]).exits(2).complains(&["it has no word"]);
    folder.run(&["search", "--", "-gaz"]).exits(2).complains(&["only says what is not wanted"]);
}

#[test]
fn every_query_takes_every_filter() {
    let folder = record();
    let count = |args: &[&str]| {
        let mut all = args.to_vec();
        all.extend(["--format", "jsonl"]);
        folder.run(&all).exits(0).lines().len()
    };
    for command in ["events", "quotes", "stories", "conflicts", "promises"] {
        let all = count(&[command]);
        for filter in [
            &["--publisher", "örnek gazete"][..],
            &["--dyad", "RUS:PRK"],
            &["--dyad", "lavrov:choe"],
            &["--min-sources", "2"],
            &["--min-confidence", "0.95"],
            &["--text", "ihracat"],
            &["--new-since", "1d"],
            &["--since", "2024", "--language", "tr", "--status", "planned"],
        ] {
            let args: Vec<&str> = [command].iter().chain(filter).copied().collect();
            assert!(count(&args) <= all, "{args:?}");
        }
        assert_eq!(count(&[command, "--new-since", "1d"]), all, "{command}: all of it is new");
        assert_eq!(count(&[command, "--new-since", "2999-01-01"]), 0, "{command}");
        assert_eq!(count(&[command, "--text", "balık"]), 0, "{command}");
    }
    assert!(count(&["events", "--dyad", "PRK:RUS"]) > 0);
    assert_eq!(count(&["events", "--dyad", "RUS:DEU"]), 0);
    assert_eq!(count(&["events", "--text", "ihracat"]), 1);
    folder.run(&["events", "--dyad", "RUS"]).exits(2).complains(&["RUS:PRK"]);
    folder.run(&["events", "--new-since", "soon"]).exits(2).complains(&["2024-03-01"]);
    folder.run(&["dyad", "RUS", "PRK", "--dyad", "RUS:TUR"]).exits(1).complains(&["leave --dyad out"]);
    let dyad = |args: &[&str]| {
        let mut all = vec!["dyad", "RUS", "PRK", "--format", "csv"];
        all.extend(args);
        folder.run(&all).exits(0).out.lines().count()
    };
    assert_eq!((dyad(&[]), dyad(&["--publisher", "nobody"])), (2, 1));
}

#[test]
fn a_filter_that_nothing_fits_leaves_nothing_whatever_is_asked() {
    let folder = record();
    let nothing = [
        &["--actor", "nobody"][..],
        &["--recipient", "nobody"],
        &["--dyad", "nobody:lavrov"],
        &["--dyad", "DEU:BRA"],
        &["--speaker", "nobody"],
        &["--type", "MOBILIZE"],
        &["--status", "historical"],
        &["--since", "2999"],
        &["--until", "1900"],
        &["--publisher", "nobody"],
        &["--publisher", "sample post", "--language", "tr"],
        &["--story", "b3:none"],
        &["--min-confidence", "1"],
        &["--min-sources", "99"],
        &["--new-since", "2999-01-01"],
    ];
    let commands =
        [&["events"][..], &["quotes"], &["stories"], &["conflicts"], &["promises"], &["balance"], &["search", "Lavrov OR gaz"]];
    for command in commands {
        for filter in nothing {
            // What the articles of one event say is asked of one report after the other.
            if filter.len() > 2 && command[0] != "search" && command[0] != "quotes" {
                continue;
            }
            let args: Vec<&str> = command.iter().chain(filter).chain(&["--format", "jsonl"]).copied().collect();
            assert_eq!(folder.run(&args).exits(0).lines().len(), 0, "{args:?}");
        }
    }
    for filter in &nothing[..10] {
        let args: Vec<&str> = ["dossier", "RUS", "-o", "d.html"].iter().chain(*filter).copied().collect();
        folder.run(&args).exits(1).complains(&["no event and no quotation"]);
    }
    // One that something fits leaves it.
    let some = [
        &["--actor", "RUS"][..],
        &["--actor", "lavrov"],
        &["--recipient", "PRK"],
        &["--type", "CONSULT"],
        &["--status", "happened"],
        &["--since", "2023-11-02", "--until", "2023-11-30"],
        &["--publisher", "SAMPLE"],
        &["--language", "en"],
        &["--story", "b3:"],
        &["--min-confidence", "0.2"],
        &["--min-sources", "1"],
        &["--new-since", "1d"],
    ];
    for filter in some {
        for command in [&["events"][..], &["stories"], &["search", "Lavrov"], &["balance"]] {
            let args: Vec<&str> = command.iter().chain(filter).chain(&["--format", "jsonl"]).copied().collect();
            assert!(!folder.run(&args).exits(0).lines().is_empty(), "{args:?}");
        }
    }
}
