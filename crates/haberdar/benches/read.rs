//! Articles and megabytes of reading a second on one core: `cargo bench -p haberdar --bench read [-- FILE]`.
//!
//! The articles are those of a file of your own, or the sample reports, with their line of origin as it stands in the files. The samples are
//! few, so that all of the model that they need stays in the processor's caches: many different articles take longer, a word. Reading does all that
//! `haberdar read` does after a file was decoded, and nothing is remembered from one round to the next. A plain clock
//! and the best of many rounds tell more here than a framework: one round takes a good part of a second, and what
//! disturbs it on a shared machine only ever makes it slower.
#![allow(clippy::print_stdout, reason = "a program for people at a terminal")]

use std::{
    env,
    hint::black_box,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use haberdar_model::{Article, Language};
use haberdar_reader::Reader;
use haberdar_sources::{Item, ReadOptions, read_path};

/// How long each language is measured.
const PATIENCE: Duration = Duration::from_secs(4);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let clock = Instant::now();
    let reader = Reader::new()?;
    println!("models and tables loaded in {:.0?}", clock.elapsed());
    let samples = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/reports");
    let path = env::args().skip(1).find(|a| !a.starts_with("--")).map_or_else(samples, PathBuf::from);
    let articles: Vec<Article> = read_path(&path, &ReadOptions::default()).filter_map(Item::article).collect();
    println!(
        "{:9} {:>8} {:>8} {:>11} {:>11} {:>7} {:>9}",
        "", "articles", "bytes", "articles/s", "sentences/s", "MB/s", "words/s"
    );
    for language in [Some(Language::Tr), Some(Language::En), None] {
        let of = |a: &&Article| language.is_none_or(|l| reader.read(a).is_ok_and(|r| r.article.language == Some(l)));
        measure(&reader, language, &articles.iter().filter(of).collect::<Vec<_>>());
    }
    Ok(())
}

fn measure(reader: &Reader, language: Option<Language>, articles: &[&Article]) {
    let bytes: usize = articles.iter().map(|a| a.text.len()).sum();
    let (mut sentences, mut words) = (0, 0);
    let mut best = f64::MAX;
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        (sentences, words) = (0, 0);
        let clock = Instant::now();
        for article in articles {
            if let Ok(reading) = black_box(reader.read(black_box(article))) {
                sentences += reading.sentences.len();
                words += reading.article.words;
            }
        }
        best = best.min(clock.elapsed().as_secs_f64());
    }
    let name = language.map_or_else(|| "together".to_owned(), |l| l.to_string());
    println!(
        "{name:9} {:8} {bytes:8} {:11.0} {:11.0} {:7.2} {:9.0}",
        articles.len(),
        articles.len() as f64 / best,
        sentences as f64 / best,
        bytes as f64 / best / 1e6,
        words as f64 / best
    );
}
