//! The sample reports of the project are read without an error and keep their promises.

use std::path::Path;

use haberdar_model::{Article, Language};
use haberdar_sources::{Item, ReadOptions, read_path};

fn samples() -> Vec<Article> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut items = read_path(&folder, &ReadOptions::default());
    let articles = items
        .by_ref()
        .map(|item| match item {
            Item::Article(a) => a,
            Item::Error { error, .. } => panic!("{error}"),
        })
        .collect();
    assert_eq!(items.left_out(), 1, "README.md, and nothing else");
    articles
}

#[test]
fn every_sample_is_read_and_marked_as_one() {
    let samples = samples();
    let plain = samples.iter().filter(|a| a.meta.source_id.ends_with(".txt")).count();
    assert_eq!((samples.len(), plain), (17, 2));
    for a in &samples {
        let m = &a.meta;
        if m.source_id.ends_with(".txt") {
            assert!(a.text.contains("Örnek haber") || a.text.contains("Sample report"), "{}", m.source_id);
            continue;
        }
        let publisher = m.publisher.as_deref().unwrap_or_default();
        assert!(publisher.ends_with("(örnek)") || publisher.ends_with("(sample)"), "{}", m.source_id);
        assert!(m.published.is_some_and(|d| d.is_day()) && m.title.is_some() && m.url.is_some(), "{}", m.source_id);
    }
    let of = |l| samples.iter().filter(|a| a.meta.language == Some(l)).count();
    assert_eq!((of(Language::Tr), of(Language::En)), (8, 7));
}

#[test]
fn pages_give_the_article_alone() {
    for a in samples().iter().filter(|a| a.meta.source_id.ends_with(".html")) {
        assert_eq!(a.text.lines().count(), 5, "{}: {}", a.meta.source_id, a.text);
        assert!(a.text.ends_with(['.', '”']), "{}", a.meta.source_id);
        let outside = ["Ana sayfa", "Künye", "About us", "sample report", "örnek haber"];
        assert!(outside.iter().all(|o| !a.text.contains(o)), "{}: {}", a.meta.source_id, a.text);
        assert!(!a.text.contains(a.meta.title.as_deref().unwrap_or("-")), "{}", a.meta.source_id);
    }
}
