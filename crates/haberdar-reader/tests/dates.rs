//! Expressions of time as rows of `dates.tsv`: what is found in a sentence, with its TIMEX3 value and the days it means.

use haberdar_model::{Article, ArticleMeta};
use haberdar_reader::Reader;

#[test]
fn expressions_have_their_value_and_days() {
    let reader = Reader::new().expect("the shipped models and tables load");
    let mut wrong = String::new();
    let rows: Vec<&str> = include_str!("dates.tsv").lines().filter(|l| !l.starts_with('#')).collect();
    assert!(rows.len() >= 30);
    for row in rows {
        let cells: Vec<&str> = row.split('\t').collect();
        let [language, published, text, want] = cells[..] else { panic!("four cells are asked for: {row}") };
        let meta = ArticleMeta {
            source_id: "row".into(),
            language: language.parse().ok(),
            published: published.parse().ok(),
            ..Default::default()
        };
        let reading = reader.read(&Article { meta, text: text.to_owned() }).expect("a language is given");
        let day = |d: &Option<String>| d.clone().unwrap_or_default();
        let found: Vec<String> =
            reading.dates.iter().map(|d| format!("{} = {} ({}..{})", d.at.text, d.value, day(&d.from), day(&d.to))).collect();
        let found = found.join(" ; ");
        if found != want {
            wrong += &format!("{text}\n  want {want}\n  is   {found}\n");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
