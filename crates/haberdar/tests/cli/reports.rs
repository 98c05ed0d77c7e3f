//! Two reports of one meeting that name different ministers: what is read in each, and what becomes of both.

use serde_json::Value;

use crate::folder::{Folder, list, text};

const TR: [&str; 2] = [include_str!("data/tr-ri.txt"), include_str!("data/tr-choe.txt")];
const EN: [&str; 2] = [include_str!("data/en-ri.txt"), include_str!("data/en-choe.txt")];

/// A folder with the two reports as `ri.txt` and `choe.txt`.
fn two([ri, choe]: [&str; 2]) -> Folder {
    let folder = Folder::with("ri.txt", ri);
    folder.file("choe.txt", choe);
    folder
}

fn read(folder: &Folder, name: &str) -> Value {
    folder.run(&["read", name, "--format", "json"]).exits(0).lines().remove(0)
}

/// The mentions of a person.
fn mentions<'r>(reading: &'r Value, name: &str) -> Vec<&'r Value> {
    list(reading, "mentions").iter().filter(|m| text(m, "/name") == name).collect()
}

/// The ids of the entities behind a list of mention ids.
fn entities<'r>(reading: &'r Value, ids: &'r Value) -> Vec<&'r str> {
    let mention = |id: &Value| list(reading, "mentions").iter().find(|m| m["id"] == *id).map(|m| text(m, "/entity"));
    ids.as_array().into_iter().flatten().filter_map(mention).collect()
}

/// The two ministers are who they are, and they met.
#[track_caller]
fn tells_of_the_meeting(reading: &Value, lavrov: &str, other: &str) {
    for (name, country) in [(lavrov, "RUS"), (other, "PRK")] {
        let found = mentions(reading, name);
        let first = found.first().unwrap_or_else(|| panic!("{name} is not found in {reading}"));
        assert_eq!((text(first, "/kind"), text(first, "/country")), ("person", country), "{first}");
        assert_eq!((text(first, "/role/office"), text(first, "/role/country")), ("foreign_minister", country), "{first}");
        assert!(found.iter().all(|m| m["entity"] == first["entity"]), "one person has one entity: {found:?}");
    }
    assert!(mentions(reading, lavrov).len() >= 2, "the surname alone is Lavrov too: {reading}");
    let who = [lavrov, other].map(|n| text(mentions(reading, n)[0], "/entity").to_owned());
    let meeting = list(reading, "events").iter().find(|e| {
        let both = [entities(reading, &e["actor"]), entities(reading, &e["recipient"])].concat();
        e["type"] == "CONSULT" && who.iter().all(|w| both.contains(&w.as_str()))
    });
    let meeting = meeting.unwrap_or_else(|| panic!("nobody meets in {reading}"));
    assert_eq!((text(meeting, "/status"), text(meeting, "/polarity")), ("happened", "positive"), "{meeting}");
}

/// Lavrov's words are his, and nobody is said to have done what is only possible.
#[track_caller]
fn tells_words_from_acts(reading: &Value, words: &str, possible: &str) {
    let quote = list(reading, "quotes").iter().find(|q| text(q, "/kind") == "direct" && text(q, "/text").starts_with(words));
    let quote = quote.unwrap_or_else(|| panic!("{words:?} is not quoted in {reading}"));
    let speaker = list(reading, "mentions").iter().find(|m| m["id"] == quote["speaker"]).expect("a speaker");
    assert!(text(speaker, "/name").ends_with("Lavrov"), "{speaker}");
    let cue = list(reading, "events").iter().filter(|e| text(e, "/trigger/text").contains(possible));
    cue.for_each(|e| assert_ne!(text(e, "/status"), "happened", "{e}"));
}

#[test]
fn each_turkish_report_is_understood_alone() {
    let folder = two(TR);
    let ri = read(&folder, "ri.txt");
    tells_of_the_meeting(&ri, "Sergey Lavrov", "Ri Son-gwon");
    tells_words_from_acts(&ri, "Komşumuzla her alanda", "sağlayabileceğini");
    let promise = list(&ri, "events").iter().find(|e| text(e, "/trigger/text").contains("taahhüdünde")).expect("a promise");
    assert_eq!(text(promise, "/type"), "AGREE", "a promise is no cooperation: {promise}");
    let choe = read(&folder, "choe.txt");
    tells_of_the_meeting(&choe, "Sergey Lavrov", "Choe Son-hui");
    tells_words_from_acts(&choe, "Komşumuzla yeni bir döneme", "açabilir");
}

#[test]
fn each_english_report_is_understood_alone() {
    let folder = two(EN);
    let ri = read(&folder, "ri.txt");
    tells_of_the_meeting(&ri, "Sergei Lavrov", "Ri Son-gwon");
    tells_words_from_acts(&ri, "We will keep working", "increase");
    let promise = list(&ri, "events").iter().find(|e| text(e, "/trigger/text").contains("promised")).expect("a promise");
    assert_eq!(text(promise, "/type"), "AGREE", "a promise is no support: {promise}");
    let choe = read(&folder, "choe.txt");
    tells_of_the_meeting(&choe, "Sergei Lavrov", "Choe Son-hui");
    tells_words_from_acts(&choe, "A new chapter", "open the door");
}

#[test]
fn what_experts_expect_is_a_forecast_in_their_words() {
    for sentence in [
        "Uzmanlar, Rusya'nın Kuzey Kore'ye yardım edebileceğini öngörüyor.",
        "Analysts expect that Russia could send aid to North Korea next year.",
    ] {
        let folder = Folder::with("one.txt", sentence);
        let r = read(&folder, "one.txt");
        let event = list(&r, "events").first().unwrap_or_else(|| panic!("no event in {r}"));
        assert_eq!((text(event, "/type"), text(event, "/status")), ("AID", "forecast"), "{event}");
        assert_eq!(entities(&r, &event["actor"]), ["RUS"], "{event}");
        assert_eq!(entities(&r, &event["recipient"]), ["PRK"], "{event}");
        let by = list(&r, "mentions").iter().find(|m| m["id"] == event["reported_by"]);
        assert_eq!(by.map(|m| text(m, "/kind")), Some("source"), "{event}");
    }
}

#[test]
fn a_state_under_embargo_is_background_with_nobody_invented() {
    let folder = Folder::with("one.txt", "Ülke, Kuzey Kore'ye yıllardır uygulanan ambargolar nedeniyle zor durumda.");
    let r = folder.run(&["read", "one.txt", "--format", "json", "--lang", "tr"]).exits(0).lines().remove(0);
    for e in list(&r, "events") {
        assert_eq!(text(e, "/type"), "SANCTION", "{e}");
        assert!(list(e, "actor").is_empty() && ["ongoing", "historical"].contains(&text(e, "/status")), "{e}");
        assert_eq!(entities(&r, &e["recipient"]), ["PRK"], "{e}");
    }
}

/// `add` and `conflicts` over both reports: one story, one meeting, one conflict.
#[track_caller]
fn become_one_record(reports: [&str; 2], published: Option<&str>) -> Value {
    let folder = two(reports);
    let mut args = vec!["add", "ri.txt", "choe.txt"];
    if let Some(day) = published {
        args.extend(["--published", day]);
    }
    let added = folder.run(&args).exits(0);
    assert!(added.err.starts_with("2 new articles, 0 already there, 0 failed"), "{}", added.err);
    let stories = folder.run(&["stories", "--format", "json"]).exits(0).array();
    assert_eq!(stories.len(), 1, "{stories:?}");
    assert_eq!(list(&stories[0], "articles").len(), 2);
    let mut meetings = folder.run(&["events", "--format", "json", "--type", "CONSULT", "--actor", "Lavrov"]).exits(0).array();
    meetings.retain(|e| !list(e, "conflicts").is_empty());
    let [meeting] = &meetings[..] else { panic!("not one meeting: {meetings:?}") };
    assert_eq!(meeting["independent_sources"], 2, "{meeting}");
    let mut conflicts = folder.run(&["conflicts", "--format", "json"]).exits(0).array();
    conflicts.retain(|c| text(c, "/slot") != "number");
    assert_eq!(conflicts.len(), 1, "{conflicts:?}");
    let conflict = conflicts.remove(0);
    assert_eq!((text(&conflict, "/slot"), text(&conflict, "/relation")), ("participant", "contradiction"), "{conflict}");
    assert_eq!(conflict["event"], meeting["id"]);
    assert_eq!(conflict["story"], stories[0]["id"]);
    let values = list(&conflict, "values");
    assert_eq!(values.iter().map(|v| text(v, "/value")).collect::<Vec<_>>(), ["Choe Son-hui", "Ri Son-gwon"]);
    for (value, report) in values.iter().zip([reports[1], reports[0]]) {
        let span = &list(value, "reports")[0]["span"];
        let (start, end) = (span["start"].as_u64().unwrap_or(0) as usize, span["end"].as_u64().unwrap_or(0) as usize);
        let verbatim: String = report.chars().skip(start).take(end - start).collect();
        assert_eq!(text(span, "/text"), verbatim);
        assert!(verbatim.ends_with(text(value, "/value")), "{verbatim}");
    }
    let holders: Vec<_> =
        list(&conflict["record"], "holders").iter().map(|h| (text(h, "/name"), text(h, "/from"), text(h, "/to"))).collect();
    assert_eq!(holders, [("Ri Son-gwon", "2020-01-21", "2022-06-11"), ("Choe Son-hui", "2022-06-11", "")]);
    assert_eq!(text(&conflict, "/record/office"), "foreign_minister PRK");
    conflict
}

#[test]
fn two_reports_without_a_date_leave_the_conflict_open() {
    for reports in [TR, EN, [TR[0], EN[1]], [EN[0], TR[1]]] {
        let conflict = become_one_record(reports, None);
        assert_eq!((text(&conflict, "/state"), &conflict["verdict"]), ("open", &Value::Null), "{conflict}");
    }
}

#[test]
fn with_a_date_the_record_says_which_one_differs() {
    for (day, right, wrong) in [("2023-11-01", "Choe Son-hui", "Ri Son-gwon"), ("2021-11-01", "Ri Son-gwon", "Choe Son-hui")] {
        for reports in [TR, EN] {
            let conflict = become_one_record(reports, Some(day));
            assert_eq!(text(&conflict, "/state"), "explained", "{conflict}");
            let verdict = text(&conflict, "/verdict");
            assert!(verdict.contains(&format!("on {day} the record has {right}")), "{verdict}");
            assert!(verdict.contains(&format!("{wrong}’")) && verdict.contains("differs from the record"), "{verdict}");
        }
    }
}

#[test]
fn a_dated_report_is_flagged_where_it_differs_from_the_record() {
    let folder = two(TR);
    let flags = |name: &str, day: &str| {
        let r = folder.run(&["read", name, "--format", "json", "--published", day]).exits(0).lines().remove(0);
        list(&r, "flags").to_vec()
    };
    let found = flags("ri.txt", "2023-11-01");
    let [flag] = &found[..] else { panic!("not one flag: {found:?}") };
    assert_eq!((text(flag, "/kind"), text(flag, "/on")), ("office_holder", "2023-11-01"));
    assert_eq!((text(flag, "/office/office"), text(flag, "/office/country")), ("foreign_minister", "PRK"));
    assert_eq!(text(flag, "/record/from"), "2022-06-11");
    assert_eq!(flags("choe.txt", "2023-11-01"), [] as [Value; 0]);
    assert_eq!(flags("ri.txt", "2021-11-01"), [] as [Value; 0]);
}

/// Everything that the queries say of a record.
fn everything(folder: &Folder) -> Vec<String> {
    ["events", "quotes", "stories", "conflicts"].map(|q| folder.run(&[q, "--format", "json"]).exits(0).out).to_vec()
}

#[test]
fn adding_again_changes_nothing() {
    let folder = two(TR);
    folder.run(&["add", "ri.txt", "choe.txt"]).exits(0);
    let before = everything(&folder);
    let again = folder.run(&["add", "ri.txt", "choe.txt"]).exits(0);
    assert!(again.err.starts_with("0 new articles, 2 already there, 0 failed"), "{}", again.err);
    assert_eq!(before, everything(&folder));
    // Under another name, and the other way round, it is still the same.
    folder.file("copy.txt", TR[0]);
    folder.run(&["add", "copy.txt"]).exits(0);
    assert_eq!(before, everything(&folder));
}

#[test]
fn the_order_of_arrival_changes_nothing() {
    let record = |orders: &[&[&str]]| {
        let folder = two(TR);
        orders.iter().for_each(|o| drop(folder.run(&[&["add"], *o].concat()).exits(0)));
        everything(&folder)
    };
    let at_once = record(&[&["ri.txt", "choe.txt"]]);
    assert_eq!(at_once, record(&[&["choe.txt", "ri.txt"]]));
    assert_eq!(at_once, record(&[&["choe.txt"], &["ri.txt"]]));
}
