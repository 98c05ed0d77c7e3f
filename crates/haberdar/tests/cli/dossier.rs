//! The dossier as a page, and the score of one's own annotated sentences.

use std::collections::BTreeSet;

use crate::folder::{Folder, list, text};

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/reports");

/// What stands in an attribute, of every element that has it.
fn attributes<'h>(html: &'h str, name: &str) -> Vec<&'h str> {
    html.split(&format!(" {name}=\"")).skip(1).map(|rest| rest.split('"').next().unwrap_or_default()).collect()
}

/// The text of a piece of HTML.
fn plain(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[test]
fn every_citation_leads_to_its_words() {
    let folder = Folder::new();
    folder.run(&["add", SAMPLES]).exits(0);
    let story = folder.run(&["stories", "--format", "json"]).exits(0).array();
    let story = text(&story[0], "/id").to_owned();
    for args in [
        &["RUS", "UKR"][..],
        &["TUR", "--lang", "tr"],
        &["Lavrov"],
        &["--of-story", &story],
        &["--office", "Rusya Dışişleri Bakanı", "--lang", "tr"],
    ] {
        let mut all = vec!["dossier", "-o", "page.html", "--on", "2024-12-31"];
        all.extend(args);
        folder.run(&all).exits(0);
        let html = std::fs::read_to_string(folder.path().join("page.html")).expect("a page");
        let ids = attributes(&html, "id");
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{args:?}: every id once");
        let links: Vec<&str> = attributes(&html, "href").into_iter().filter_map(|h| h.strip_prefix('#')).collect();
        assert!(links.len() > 5, "{args:?}");
        for link in &links {
            assert!(ids.contains(link), "{args:?}: #{link} leads nowhere");
        }
        // The words of a citation begin where its anchor stands, and have the length that it says.
        for cited in html.split("<q").skip(1) {
            let words = plain(&format!("<q{}", cited.split("</q>").next().unwrap_or_default()));
            let link = cited.split("href=\"#").nth(1).and_then(|r| r.split('"').next()).expect("a citation");
            let ends: Vec<usize> = link.split('-').skip(1).filter_map(|n| n.parse().ok()).collect();
            assert_eq!(words.chars().count(), ends[1] - ends[0], "{link}: {words}");
            let from = html.split(&format!(" id=\"{link}\">")).nth(1).expect("the place");
            let there = plain(from.split("</div>").next().unwrap_or_default());
            assert!(there.starts_with(&words), "{link}: {words}");
        }
        // Nothing is fetched and nothing runs.
        for never in ["<script", "<img", "<link", "src=", "@import", "url("] {
            assert!(!html.contains(never), "{args:?}: {never}");
        }
        assert!(html.contains("prefers-color-scheme:dark") && html.contains("@media print"));
    }
    let html = folder.run(&["dossier", "TUR", "--lang", "tr"]).exits(0).out;
    assert!(html.contains("<html lang=\"tr\">") && html.contains("Zaman çizelgesi") && html.contains("<svg"));
    assert_eq!(html, folder.run(&["dossier", "TUR", "--lang", "tr"]).exits(0).out);
    folder.run(&["dossier", "RUS", "RUS"]).exits(1).complains(&["RUS twice"]);
    folder.run(&["dossier", "Nobody At All"]).exits(1).complains(&["the record has no event"]);
    folder.run(&["dossier"]).exits(2).complains(&["required"]);
    folder.run(&["dossier", "--office", "balık"]).exits(1).complains(&["names no office"]);
}

#[test]
fn annotated_sentences_are_scored_with_their_errors() {
    let folder = Folder::new();
    folder.file(
        "gold.jsonl",
        concat!(
            r#"{"id":"a","lang":"en","text":"Russia imposed sanctions on Ukraine.","events":[{"type":"SANCTION","actor":[{"text":"Russia"}],"recipient":[{"text":"Ukraine"}],"status":"happened"}]}"#, "\n",
            r#"{"id":"b","lang":"en","text":"The sea was calm.","events":[{"type":"AID","actor":[{"text":"sea"}]}]}"#, "\n",
        ),
    );
    let scores = folder.run(&["eval", "gold.jsonl", "--format", "json"]).exits(0).array();
    let value = |name: &str| scores.iter().find(|s| s["measure"] == name).and_then(|s| s["value"].as_f64()).expect("a measure");
    assert_eq!((value("type precision"), value("type recall"), value("status of matched events")), (1.0, 0.5, 1.0));
    assert!(scores.iter().all(|s| s["low"].as_f64() <= s["value"].as_f64() && s["value"].as_f64() <= s["high"].as_f64()));
    let errors = folder.run(&["eval", "gold.jsonl", "--errors", "--format", "jsonl"]).exits(0).lines();
    assert_eq!(errors.iter().map(|e| format!("{} {}", text(e, "/id"), text(e, "/error"))).collect::<Vec<_>>(), ["b missed"]);
    assert!(list(&serde_json::json!({"l": errors}), "l")[0]["annotated"].as_str().is_some_and(|a| a.contains("AID")));
    folder.file("bad.jsonl", "{\"id\":1}\n");
    folder.run(&["eval", "bad.jsonl"]).exits(1).complains(&["bad.jsonl:1: no annotated text"]);
}
