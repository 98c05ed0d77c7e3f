//! Every example of every frame is read and must be coded with its file's type.
//!
//! The examples that are not coded right yet stand in `unread.tr.txt` and `unread.en.txt`. The test fails where another
//! example goes wrong, and where a listed one has come right, so the lists only shrink. `HABERDAR_UPDATE=1 cargo test -p
//! haberdar-reader --test frames` writes them anew. `HABERDAR_TABLES=…/data/lang` checks tables without a build.

use std::{collections::BTreeSet, fs, path::Path};

use haberdar_model::{Article, ArticleMeta, Language};
use haberdar_reader::Reader;

fn check(language: Language) {
    let folder = std::env::var_os("HABERDAR_TABLES");
    let reader = Reader::with_tables(folder.as_deref().map(Path::new)).expect("models and tables load");
    let mut wrong = BTreeSet::new();
    let mut all = 0;
    for frame in &reader.lexicon(language).frames {
        for text in frame.plain_examples() {
            all += 1;
            let meta = ArticleMeta { source_id: "example".into(), language: Some(language), ..Default::default() };
            let reading = reader.read(&Article { meta, text: text.clone() }).expect("a language is given");
            if !reading.events.iter().any(|e| frame.fits(e.kind)) {
                wrong.insert(format!("{}\t{text}", frame.kind));
            }
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/unread.{language}.txt"));
    if std::env::var_os("HABERDAR_UPDATE").is_some() {
        let lines: String = wrong.iter().map(|l| format!("{l}\n")).collect();
        fs::write(&path, lines).expect("the list can be written");
        return;
    }
    let known: BTreeSet<String> = fs::read_to_string(&path).unwrap_or_default().lines().map(str::to_owned).collect();
    let new: Vec<_> = wrong.difference(&known).collect();
    let mended: Vec<_> = known.difference(&wrong).collect();
    assert!(new.is_empty(), "{} of {all} examples are no longer coded right:\n{new:#?}", new.len());
    assert!(mended.is_empty(), "{} listed examples are coded right now; take them off the list:\n{mended:#?}", mended.len());
}

#[test]
fn turkish_examples_are_coded_with_their_type() {
    check(Language::Tr);
}

#[test]
fn english_examples_are_coded_with_their_type() {
    check(Language::En);
}
