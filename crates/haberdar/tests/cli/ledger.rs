//! `promises`, `dyad` and `balance` over the sample reports and over reports made for them.

use serde_json::{Value, json};

use crate::folder::{Folder, list, text};

fn samples() -> Folder {
    let folder = Folder::new();
    folder.run(&["add", concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/reports")]).exits(0);
    folder
}

fn json(folder: &Folder, args: &[&str]) -> Vec<Value> {
    let rows = folder.run(&[args, &["--format", "json"]].concat()).exits(0).array();
    assert_eq!(rows, folder.run(&[args, &["--format", "jsonl"]].concat()).exits(0).lines(), "{args:?}");
    rows
}

#[test]
fn promises_show_the_words_of_what_is_not_yet_done() {
    let folder = samples();
    let rows = json(&folder, &["promises", "--on", "2025-01-01"]);
    assert!(rows.iter().any(|r| text(r, "/manner") == "forecast") && rows.iter().any(|r| text(r, "/manner") == "promised"));
    for r in &rows {
        let evidence = list(r, "evidence");
        assert!(evidence.iter().any(|e| text(e, "/side") == "commitment"), "{r}");
        for e in evidence {
            let (sentence, trigger) = (&e["sentence"], &e["trigger"]);
            assert!(text(sentence, "/text").contains(text(trigger, "/text")), "{e}");
            let length = sentence["end"].as_u64().zip(sentence["start"].as_u64()).map(|(end, start)| end - start);
            assert_eq!(length, Some(text(sentence, "/text").chars().count() as u64), "{e}");
        }
    }
    let of_russia = json(&folder, &["promises", "--actor", "RUS", "--on", "2025-01-01"]);
    assert!(!of_russia.is_empty() && of_russia.len() < rows.len(), "{of_russia:?}");
    assert!(json(&folder, &["promises", "--on", "2022-03-01"]).is_empty(), "nothing was promised yet");
    let csv = folder.run(&["promises", "--format", "csv"]).exits(0).out;
    assert!(csv.starts_with("id,manner,event,actor,recipient,made,due,fate,evidence\n"), "{csv}");
}

#[test]
fn a_meeting_that_was_announced_is_overdue_until_it_is_reported() {
    let article = |id: &str, day: &str, words: &str| {
        json!({"id": id, "lang": "en", "published": day, "publisher": "A", "text": words}).to_string()
    };
    let said = article(
        "said",
        "2024-03-01",
        "Turkish Foreign Minister Hakan Fidan will meet Russian Foreign Minister Sergey Lavrov on March 10.",
    );
    let folder = Folder::with("said.jsonl", said);
    folder.run(&["add", "said.jsonl"]).exits(0);
    let fate = |on: &str| {
        let rows = json(&folder, &["promises", "--actor", "TUR", "--type", "AGREE", "--on", on]);
        let [row] = &rows[..] else { panic!("{rows:?}") };
        assert_eq!((text(row, "/made"), text(row, "/due_until")), ("2024-03-01", "2024-03-10"), "{row}");
        row.clone()
    };
    assert_eq!(text(&fate("2024-03-10"), "/fate"), "open");
    assert_eq!(text(&fate("2024-03-11"), "/fate"), "overdue");
    let count = |args: &[&str]| json(&folder, &[&["promises", "--on", "2024-03-11"], args].concat()).len();
    assert_eq!((count(&["--overdue"]), count(&["--due-until", "2024-03-09"]), count(&["--due-until", "2024-03"])), (1, 0, 1));
    let done = article(
        "done",
        "2024-03-11",
        "Turkish Foreign Minister Hakan Fidan met Russian Foreign Minister Sergey Lavrov on March 10.",
    );
    folder.file("done.jsonl", done);
    folder.run(&["add", "done.jsonl"]).exits(0);
    let kept = fate("2024-03-20");
    assert_eq!(text(&kept, "/fate"), "fulfilled");
    let fulfils: Vec<&Value> = list(&kept, "evidence").iter().filter(|e| text(e, "/side") == "fulfils").collect();
    assert!(fulfils.len() == 1 && text(fulfils[0], "/sentence/text").contains(" met "), "{fulfils:?}");
    assert_eq!(json(&folder, &["promises", "--overdue", "--on", "2024-03-20"]).len(), 0);
}

#[test]
fn a_dyad_counts_what_was_done_and_nothing_else() {
    let folder = samples();
    let rows = json(&folder, &["dyad", "TUR", "RUS"]);
    let [dyad] = &rows[..] else { panic!("{rows:?}") };
    let months: Vec<&str> = list(dyad, "months").iter().map(|m| text(m, "/month")).collect();
    assert_eq!(months, ["2022-03", "2022-07"]);
    assert_eq!((text(dyad, "/first"), text(dyad, "/last")), ("2022-03-10", "2022-07-22"));
    for e in list(dyad, "newest") {
        assert!(["happened", "ongoing"].contains(&text(e, "/status")) && text(e, "/polarity") == "positive", "{e}");
    }
    // The outlets of the story, its copy left out.
    assert_eq!(dyad["months"][0]["independent_sources"], 4);
    let other = json(&folder, &["dyad", "RUS", "TUR"]);
    assert_eq!(other[0]["months"], dyad["months"]);
    // Without a filter the table of dyads answers, with one the events and stories themselves: both say the same.
    for days in [&[][..], &["--since", "2022-04"], &["--until", "2022-04"]] {
        let [plain, filtered] = [&["--limit", "3"][..], &["--limit", "3", "--min-confidence", "0"]]
            .map(|more| json(&folder, &[&["dyad", "TUR", "RUS"], days, more].concat()));
        assert_eq!(plain, filtered);
        assert!(!list(&plain[0], "newest").is_empty());
    }
    assert_eq!(list(&json(&folder, &["dyad", "TUR", "RUS", "--since", "2022-04"])[0], "months").len(), 1);
    let none = folder.run(&["dyad", "TUR", "CHL"]).exits(0).out;
    assert_eq!(none, "No dated act between the two is known.\n");
    folder.run(&["dyad", "TUR", "TUR"]).exits(1).complains(&["TUR", "two sides"]);
    folder.run(&["dyad", "turkey", "RUS"]).exits(2).complains(&["turkey", "ISO 3166"]);
    let csv = folder.run(&["dyad", "TUR", "RUS", "--format", "csv"]).exits(0).out;
    assert!(csv.starts_with("month,verbal_cooperation,") && csv.lines().count() == 3, "{csv}");
}

#[test]
fn the_balance_of_the_network_follows_the_acts() {
    let folder = samples();
    let rows = json(&folder, &["balance"]);
    let periods: Vec<&str> = rows.iter().map(|n| text(n, "/period")).collect();
    assert!(periods.contains(&"2022-03") && periods.is_sorted(), "{periods:?}");
    for tie in rows.iter().flat_map(|n| list(n, "ties")) {
        assert!(!list(tie, "events").is_empty() && text(tie, "/a") < text(tie, "/b"), "{tie}");
        assert!(!["NAT", "UNO", "EUR", "WST"].contains(&text(tie, "/a")), "a body is no state: {tie}");
    }
    for t in rows.iter().flat_map(|n| list(n, "triads")) {
        let product: i64 = list(t, "signs").iter().filter_map(Value::as_i64).product();
        assert_eq!(t["balanced"], product > 0, "{t}");
    }
    // At war in March, both sides of the grain agreement in July.
    let shifted = rows
        .iter()
        .flat_map(|n| list(n, "triads"))
        .find(|t| t["states"] == json!(["RUS", "TUR", "UKR"]) && !t["shift"].is_null());
    let shift = &shifted.expect("a triad that shifted")["shift"];
    assert_eq!((text(shift, "/since"), text(shift, "/by/0/a"), text(shift, "/by/0/b")), ("2022-03", "RUS", "UKR"));
    assert!(json(&folder, &["balance", "--since", "2023-01"]).iter().all(|n| text(n, "/period") >= "2023-01"));
    assert_eq!(text(&json(&folder, &["balance", "--by", "year"])[0], "/period"), "2022");
    let csv = folder.run(&["balance", "--format", "csv"]).exits(0).out;
    assert!(csv.starts_with("period,states,ties,balanced,shifted_since,by\n"), "{csv}");
    assert!(folder.run(&["balance"]).exits(0).out.contains("Triads"));
}
