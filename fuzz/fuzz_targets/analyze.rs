//! Any bytes, read as text in both languages: never a panic, and no part of the text is lost.
#![no_main]

use std::sync::LazyLock;

use haberdar_lang::{Analyzer, tokenize::is_space};
use haberdar_model::Language;
use libfuzzer_sys::fuzz_target;

static ANALYZERS: LazyLock<Vec<Analyzer>> =
    LazyLock::new(|| Language::ALL.into_iter().map(|l| Analyzer::new(l).expect("the built-in model loads")).collect());

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    for analyzer in ANALYZERS.iter() {
        let a = analyzer.analyze(&text);
        let mut last = 0;
        for s in &a.sentences {
            assert_eq!(s.words.iter().filter(|w| w.head.is_none()).count(), 1);
            for w in &s.words {
                assert_eq!(&text[w.part_span()], w.form());
                assert!(w.part_span().start >= last && text[last..w.part_span().start].chars().all(is_space));
                last = w.part_span().end;
            }
        }
        assert!(text[last..].chars().all(is_space));
        a.to_conllu();
    }
});
