//! Numbers that matter as rows of `quantities.tsv`: what is counted in a sentence, and how exactly.

use std::collections::BTreeSet;

use haberdar_model::{Article, ArticleMeta};
use haberdar_reader::Reader;

/// Precision and recall over all rows; both must stay above these.
const LEAST: f64 = 0.95;

#[test]
fn quantities_are_found_with_unit_and_modifier() {
    let reader = Reader::new().expect("the shipped models and tables load");
    let rows: Vec<&str> = include_str!("quantities.tsv").lines().filter(|l| !l.starts_with('#')).collect();
    assert!(rows.len() >= 80);
    let (mut right, mut found, mut wanted, mut wrong) = (0, 0, 0, String::new());
    for row in rows {
        let cells: Vec<&str> = row.split('\t').collect();
        let [language, text, want] = cells[..] else { panic!("three cells are asked for: {row}") };
        let meta = ArticleMeta { source_id: "row".into(), language: language.parse().ok(), ..Default::default() };
        let reading = reader.read(&Article { meta, text: text.to_owned() }).expect("a language is given");
        let want: BTreeSet<String> = want.split("; ").filter(|w| !w.is_empty()).map(str::to_owned).collect();
        let is: BTreeSet<String> = reading.quantities.iter().map(|q| format!("{} {} {}", q.value, q.modifier, q.unit)).collect();
        right += want.intersection(&is).count();
        (found, wanted) = (found + is.len(), wanted + want.len());
        if want != is {
            wrong += &format!("{text}\n  want {want:?}\n  is   {is:?}\n");
        }
    }
    let (precision, recall) =
        (f64::from(right as u32) / f64::from(found as u32), f64::from(right as u32) / f64::from(wanted as u32));
    assert!(precision >= LEAST && recall >= LEAST, "precision {precision:.3}, recall {recall:.3}\n{wrong}");
}

/// A number belongs to the act whose participants it counts, not to the nearest verb.
#[test]
fn a_quantity_belongs_to_its_act() {
    let reader = Reader::new().expect("the shipped models and tables load");
    for (language, text, unit) in [
        ("en", "Russia expelled 35 diplomats after Britain accused Moscow.", "diplomats"),
        ("tr", "İngiltere Moskova'yı suçladıktan sonra Rusya 35 diplomatı sınır dışı etti.", "diplomats"),
    ] {
        let meta = ArticleMeta { source_id: "row".into(), language: language.parse().ok(), ..Default::default() };
        let reading = reader.read(&Article { meta, text: text.to_owned() }).expect("a language is given");
        let q = reading.quantities.iter().find(|q| q.unit == unit).expect("the diplomats are counted");
        let act = reading.events.iter().find(|e| Some(&e.id) == q.event.as_ref()).expect("they belong to an act");
        assert!(
            act.trigger.text.contains("expel") || act.trigger.text.contains("sınır") || act.trigger.text.contains("etti"),
            "{}",
            act.trigger.text
        );
    }
}
