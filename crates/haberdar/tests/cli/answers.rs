//! `who`, `explain`, `demo`, and the forms in which the record answers.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::folder::{Folder, text};

#[test]
fn who_knows_both_sides_of_a_handover() {
    let folder = Folder::new();
    for office in ["Kuzey Kore Dışişleri Bakanı", "foreign minister of North Korea", "North Korean foreign minister"] {
        for (day, name, from) in [("2022-06-10", "Ri Son-gwon", "2020-01-21"), ("2022-06-12", "Choe Son-hui", "2022-06-11")] {
            let mut rows = folder.run(&["who", office, "--on", day, "--format", "json"]).exits(0).array();
            // Near a hand-over the other one is listed, too, as `perhaps`.
            rows.retain(|r| text(r, "/on_that_day") == "holder");
            let [row] = &rows[..] else { panic!("{office} on {day}: {rows:?}") };
            assert_eq!((text(row, "/name"), text(row, "/from"), text(row, "/country")), (name, from, "PRK"), "{office} on {day}");
            assert!(!text(row, "/source").is_empty(), "{row}");
        }
    }
}

#[test]
fn who_does_not_guess_where_no_holder_is_recorded() {
    let folder = Folder::new();
    let answer = folder.run(&["who", "Kuzey Kore Dışişleri Bakanı", "--on", "1901-01-01"]).exits(0);
    assert!(answer.out.contains("no holder recorded"), "{}", answer.out);
    assert!(answer.out.contains("1901-01-01"), "{}", answer.out);
    assert_eq!(
        folder.run(&["who", "Kuzey Kore Dışişleri Bakanı", "--on", "1901-01-01", "--format", "json"]).exits(0).array().len(),
        0
    );
}

#[test]
fn who_lists_the_offices_of_a_person() {
    let rows = Folder::new().run(&["who", "Lavrov", "--format", "json"]).exits(0).array();
    assert!(rows.iter().any(|r| text(r, "/office") == "foreign minister" && text(r, "/country") == "RUS"), "{rows:?}");
}

#[test]
fn who_says_what_it_does_not_understand() {
    let folder = Folder::new();
    let answer = folder.run(&["who", "qwxz"]).exits(1);
    assert!(answer.out.contains("neither an office of a state nor a known person"), "{}", answer.out);
    folder.run(&["who", "Lavrov", "--on", "2022-06"]).exits(1).complains(&["YYYY-MM-DD"]);
    folder.run(&["who", "Lavrov", "--on", "yesterday"]).exits(2).complains(&["--on"]);
}

#[test]
fn explain_shows_sentence_rule_and_analysis() {
    let folder = Folder::with("report.txt", include_str!("data/tr-ri.txt"));
    folder.run(&["add", "report.txt"]).exits(0);
    let events = folder.run(&["events", "--format", "json", "--type", "CONSULT"]).exits(0).array();
    let id = text(&events[0], "/id");
    for name in [id, &id[..13], id.strip_prefix("b3:").unwrap_or(id)] {
        let answer = folder.run(&["explain", name]).exits(0);
        for part in ["görüştü", "rule", "tr/consult/", "Ri Son-gwon", "status", "happened", "confidence", "lemma", "nsubj"] {
            assert!(answer.out.contains(part), "no {part:?} in {}", answer.out);
        }
    }
    folder.run(&["explain", "b3:000000"]).exits(1).complains(&["b3:000000", "haberdar events"]);
}

#[test]
fn explain_reads_a_sentence_that_it_is_given() {
    let folder = Folder::new();
    let answer = folder.run(&["explain", "Fransa, Almanya ile görüştü."]).exits(0);
    assert!(answer.out.contains("CONSULT") && answer.out.contains("tr/consult/"), "{}", answer.out);
    let nothing = folder.run(&["explain", "Bugün hava çok güzel.", "--lang", "tr"]).exits(0);
    assert!(nothing.out.contains("No event was found.") && nothing.out.contains("no_"), "{}", nothing.out);
}

#[test]
fn demo_shows_the_record_and_says_what_to_try_next() {
    let folder = Folder::new();
    let answer = folder.run(&["demo", "--store", "demo.db"]).exits(0);
    assert!(answer.err.is_empty(), "{}", answer.err);
    for part in [
        "sample reports",
        "4 stories",
        "Conflicts",
        "participant",
        "Vadym Prystaiko",
        "foreign_minister UKR",
        "number",
        "forecast",
    ] {
        assert!(answer.out.contains(part), "no {part:?} in {}", answer.out);
    }
    let (_, next) = answer.out.split_once("Try next:").expect("it ends by saying what to try next");
    assert!(next.contains("haberdar explain") && next.contains("haberdar read"), "{next}");
    // What it says to try does work.
    let id = next.split_once("haberdar explain ").and_then(|(_, rest)| rest.split(' ').next()).expect("an id");
    folder.run(&["explain", id, "--store", "demo.db"]).exits(0);
    // Twice is the same.
    assert_eq!(answer.out, folder.run(&["demo", "--store", "demo.db"]).exits(0).out);
}

#[test]
fn demo_shows_what_was_only_forecast() {
    let answer = Folder::new().run(&["demo"]).exits(0);
    let (_, section) = answer.out.split_once("Only forecast").expect("a section on forecasts");
    assert!(section.split("Try next").next().is_some_and(|s| s.contains(" forecast ")), "{section}");
}

#[test]
fn the_samples_hold_what_their_readme_says() {
    let folder = Folder::new();
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/reports");
    folder.run(&["add", samples]).exits(0);
    let stories = folder.run(&["stories", "--format", "json"]).exits(0).array();
    assert_eq!(stories.len(), 4, "{stories:?}");
    let copies = stories.iter().flat_map(|s| s["articles"].as_array()).flatten().filter(|a| a.get("copy_of").is_some());
    let copies: Vec<_> = copies.map(|a| text(a, "/source_id")).collect();
    assert!(copies == ["antalya-1"] || copies == ["antalya-2"], "{copies:?}");
    let conflicts = folder.run(&["conflicts", "--format", "json"]).exits(0).array();
    let values: BTreeSet<String> = conflicts
        .iter()
        .flat_map(|c| c["values"].as_array())
        .flatten()
        .map(|v| text(v, "/value").split(' ').filter(|w| *w != "about").take(2).collect::<Vec<_>>().join(" "))
        .collect();
    for value in ["Vadym Prystaiko", "Dmytro Kuleba", "20 million", "25 million"] {
        assert!(values.contains(value), "no {value:?} in {values:?}");
    }
    for number in ["24 ", "26 "] {
        assert!(values.iter().any(|v| v.starts_with(number)), "no {number:?} in {values:?}");
    }
}

#[test]
fn every_query_answers_in_every_format() {
    let folder = Folder::with("report.txt", include_str!("data/tr-ri.txt"));
    folder.file("other.txt", include_str!("data/tr-choe.txt"));
    folder.run(&["add", "report.txt", "other.txt"]).exits(0);
    for query in ["events", "quotes", "stories", "conflicts"] {
        let ask = |format: &str| folder.run(&[query, "--format", format]).exits(0);
        let rows = ask("json").array();
        assert!(!rows.is_empty(), "{query}");
        assert_eq!(rows, ask("jsonl").lines(), "{query}");
        let csv = ask("csv").out;
        let header = csv.lines().next().unwrap_or_default();
        assert!(header.contains(',') && !header.contains(' '), "{query}: {header}");
        let table = folder.run(&[query]).exits(0).out;
        assert!(table.lines().count() > rows.len() && table.contains('─'), "{query}: {table}");
    }
    let csv = folder.run(&["read", "report.txt", "--format", "csv"]).exits(0).out;
    assert!(csv.starts_with("article,event,type,") && csv.contains("report.txt,e1,CONSULT,"), "{csv}");
}

#[test]
fn filters_narrow_the_answer() {
    let folder = Folder::with("report.txt", include_str!("data/tr-ri.txt"));
    folder.run(&["add", "report.txt", "--published", "2021-05-01"]).exits(0);
    let count = |args: &[&str]| folder.run(&[&["events", "--format", "json"], args].concat()).exits(0).array().len();
    let all = count(&[]);
    assert!(all >= 2, "{all}");
    assert_eq!(count(&["--type", "CONSULT", "--actor", "RUS"]), 1);
    assert_eq!(count(&["--type", "ASSAULT"]), 0);
    assert_eq!(count(&["--limit", "1"]), 1);
    assert_eq!(count(&["--since", "2030"]), 0);
    assert_eq!(count(&["--language", "tr"]), all);
    assert_eq!(count(&["--language", "en"]), 0);
    assert!(count(&["--status", "happened"]) <= all);
    folder.run(&["events", "--type", "MEETING"]).exits(2).complains(&["MEETING", "CONSULT"]);
    folder.run(&["events", "--status", "maybe"]).exits(2).complains(&["maybe", "forecast"]);
    let none = folder.run(&["events", "--type", "ASSAULT"]).exits(0);
    assert_eq!(none.out, "No event fits.\n");
}

#[test]
fn help_lists_every_command() {
    let folder = Folder::new();
    let help = folder.run(&["--help"]).exits(0).out;
    for &command in crate::COMMANDS {
        assert!(help.contains(&format!("\n  {command} ")), "no {command} in {help}");
        assert!(folder.run(&[command, "--help"]).exits(0).out.contains("Usage: haberdar"));
    }
    assert!(folder.run(&["--version"]).exits(0).out.starts_with("haberdar "));
}

#[test]
fn a_speaker_is_found_by_name_office_holder_and_entity_since_a_day() {
    let folder = Folder::new();
    let row = |id: &str, lang: &str, day: &str, words: &str| {
        serde_json::json!({"id": id, "lang": lang, "published": day, "publisher": "A", "text": words}).to_string()
    };
    let rows = [
        row("old", "en", "2023-11-02", "Russian Foreign Minister Sergei Lavrov said that the talks had failed."),
        row(
            "en",
            "en",
            "2024-02-03",
            "“The talks are over,” Russian Foreign Minister Sergei Lavrov said. “We shall not return.”",
        ),
        row("tr", "tr", "2024-03-05", "Rusya Dışişleri Bakanı Sergey Lavrov, \"Teklifi inceliyoruz\" dedi."),
        row("other", "tr", "2024-03-06", "Şili Dışişleri Bakanı Alberto van Klaveren, \"Süreci izliyoruz\" dedi."),
    ];
    folder.file("all.jsonl", rows.join("\n"));
    folder.run(&["add", "all.jsonl"]).exits(0);
    let ask = |who: &str, since: &str| {
        let answer = folder.run(&["quotes", "--speaker", who, "--since", since, "--format", "jsonl"]).exits(0);
        answer.lines()
    };
    let ids = |rows: &[Value]| rows.iter().map(|q| text(q, "/source_id").to_owned()).collect::<Vec<_>>();
    let found = ask("Lavrov", "2024-01");
    assert_eq!(ids(&found), ["en", "tr"], "{found:?}");
    // Names are looked up folded: without regard to capitals and to the letters of another alphabet.
    assert_eq!(ids(&ask("LAVROV", "2024-01")), ["en", "tr"]);
    assert_eq!(ids(&ask("sergey lavrov", "2024-03")), ["tr"]);
    assert_eq!(ids(&ask("Lavrov", "2023")), ["old", "en", "tr"]);
    let entity = text(&found[0], "/entity").to_owned();
    assert_eq!(ids(&ask(&entity, "2024-01")), ["en", "tr"], "by entity {entity}");
    assert_eq!(ids(&ask("RUS", "2024-01")), ["en", "tr"]);
    assert_eq!(ids(&ask("Klaveren", "2024-01")), ["other"]);
    assert!(ask("Nobody", "2024-01").is_empty());
}
