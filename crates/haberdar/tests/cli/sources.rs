//! Every input accounted for: the report of `add`, runs that go on, articles as rows.

use serde_json::Value;

use crate::folder::{Folder, text};

const REPORT: &str = "Fransa Cumhurbaşkanı Emmanuel Macron, Ankara'da Türkiye Cumhurbaşkanı ile bir araya geldi. Görüşmede iki ülke arasındaki ilişkiler, enerji ve ticaret konuları ele alındı. Taraflar görüşmelerin süreceğini bildirdi.";

#[test]
fn the_report_says_what_became_of_each_input() {
    let folder = Folder::new();
    let row = |id: &str, publisher: &str, url: &str, text: &str| {
        serde_json::json!({"id": id, "publisher": publisher, "url": url, "text": text, "published": "2024-03-01"}).to_string()
    };
    let rows = [
        row("a", "Gazete", "https://o.example/1", REPORT),
        row("b", "Haber", "https://p.example/1", REPORT),
        row("c", "Gazete", "https://o.example/1", "Almanya Başbakanı Olaf Scholz, Berlin'de Türkiye Cumhurbaşkanı ile görüştü."),
        row("a2", "Gazete", "https://o.example/1", REPORT),
        "{\"id\":\"d\"}".to_owned(),
        row(
            "e",
            "Zeitung",
            "",
            "Der Bundeskanzler traf am Freitag in Berlin den Präsidenten und sprach mit ihm über die Lage in der Region.",
        ),
        "nonsense".to_owned(),
    ];
    folder.file("rows.jsonl", rows.join("\n"));
    folder.file("page.html", "<html><body></body></html>");
    let added = folder.run(&["add", "rows.jsonl", "page.html", "--report", "report.jsonl"]).exits(1);
    assert!(added.err.contains("3 new articles"), "{}", added.err);
    let lines: Vec<Value> = std::fs::read_to_string(folder.path().join("report.jsonl"))
        .expect("a report")
        .lines()
        .map(|l| serde_json::from_str(l).expect("JSON"))
        .collect();
    let mut shown: Vec<String> = lines.iter().map(|l| format!("{}: {}", text(l, "/source_id"), text(l, "/outcome"))).collect();
    shown.sort();
    let want = [
        "a2: already there",
        "a: added",
        "b: copy of",
        "c: version of",
        "d: no text",
        "e: language unknown",
        "page.html: not a report",
        "rows.jsonl:7: broken",
    ];
    let first_or_copy = |s: &String| s.starts_with("a:") || s.starts_with("b:");
    assert_eq!(
        shown.iter().filter(|s| !first_or_copy(s)).collect::<Vec<_>>(),
        want.iter().map(|s| (*s).to_owned()).filter(|s| !first_or_copy(s)).collect::<Vec<_>>().iter().collect::<Vec<_>>()
    );
    assert!(shown.iter().any(|s| s.ends_with("copy of")), "{shown:?}");
    // The second time the records are known to be there before they are read.
    let again = folder.run(&["add", "rows.jsonl", "--report", "report.csv"]).exits(0);
    assert!(again.err.contains("7 records are in the record from an earlier run"), "{}", again.err);
    let csv = std::fs::read_to_string(folder.path().join("report.csv")).expect("a report");
    assert!(csv.starts_with("source_id,outcome,article,of,why\nrows.jsonl,already there,"), "{csv}");
}

#[test]
fn articles_of_any_language_come_out_as_rows_that_are_read_again() {
    let folder = Folder::with(
        "a.html",
        "<html lang=de><head><title>Treffen</title><meta property=\"article:published_time\" content=\"2024-03-01T22:30:00+01:00\"><meta name=author content=dpa></head><body><article><h1>Treffen</h1><p>Der Bundeskanzler traf am Freitag in Berlin den Präsidenten und sprach mit ihm über die Lage in der Region.</p></article></body></html>",
    );
    let rows = folder.run(&["extract", "a.html"]).exits(0).lines();
    let row = &rows[0];
    assert_eq!(
        (text(row, "/title"), text(row, "/published"), text(row, "/published_at")),
        ("Treffen", "2024-03-01", "2024-03-01T22:30:00+01:00")
    );
    assert_eq!(
        (text(row, "/published_from"), text(row, "/wire"), text(row, "/declared_language")),
        ("meta", "Deutsche Presse-Agentur", "de")
    );
    folder.file("a.jsonl", row.to_string());
    assert_eq!(folder.run(&["extract", "a.jsonl"]).exits(0).lines()[0]["text"], row["text"]);
}
