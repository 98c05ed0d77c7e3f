//! English quotations by rows of `quotes_en.tsv`: what is found in a text, of which kind, and who says it.

use haberdar_model::{Article, ArticleMeta, Language};
use haberdar_reader::Reader;

#[test]
fn english_quotations_are_found_with_their_speakers() {
    let reader = Reader::new().expect("the shipped models and tables load");
    let mut wrong = String::new();
    let rows: Vec<&str> = include_str!("quotes_en.tsv").lines().filter(|l| !l.starts_with('#')).collect();
    assert!(rows.len() >= 10);
    for row in rows {
        let Some((text, want)) = row.split_once('\t') else { panic!("two cells are asked for: {row}") };
        let meta = ArticleMeta { source_id: "row".into(), language: Some(Language::En), ..Default::default() };
        let reading = reader.read(&Article { meta, text: text.replace("\\n", "\n") }).expect("a language is given");
        let found: Vec<String> = reading
            .quotes
            .iter()
            .map(|q| format!("{}: {} [{}]", q.kind, q.at.text.replace('\n', "\\n"), q.speaker_text.as_deref().unwrap_or("")))
            .collect();
        let found = found.join(" ; ");
        if found != want {
            wrong += &format!("{text}\n  want {want}\n  is   {found}\n");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
