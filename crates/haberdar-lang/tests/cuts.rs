//! Tokens and sentences of hard cases, as tables of text and cuts.
//!
//! A case is a line of text and behind it a line a sentence, indented, with its tokens between bars.

use haberdar_lang::Analyzer;
use haberdar_model::Language;

/// White space that a table cannot show.
fn spaced(text: &str) -> String {
    text.replace('⏎', "\n").replace('⎵', "\u{a0}").replace('␠', "\u{2009}").replace('⇥', "\t")
}

/// The tokens of each sentence.
fn cut(analyzer: &Analyzer, text: &str) -> Vec<String> {
    let analysis = analyzer.analyze(text);
    let sentence = |s: &haberdar_lang::Sentence| {
        let whole = s.words.iter().filter(|w| w.part < 2).map(|w| &text[w.span()]);
        whole.collect::<Vec<_>>().join(" | ")
    };
    analysis.sentences.iter().map(sentence).collect()
}

#[track_caller]
fn check(lang: Language, table: &str, least: usize) {
    let analyzer = Analyzer::new(lang).expect("the built-in model loads");
    let lines: Vec<&str> = table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).collect();
    let (mut wrong, mut cases) = (Vec::new(), 0);
    for (i, text) in lines.iter().enumerate().filter(|(_, l)| !l.starts_with("  ")) {
        cases += 1;
        let want: Vec<&str> = lines[i + 1..].iter().take_while(|l| l.starts_with("  ")).map(|l| l.trim()).collect();
        let got = cut(&analyzer, &spaced(text));
        if got != want {
            wrong.push(format!("{text}\n  want {want:?}\n  got  {got:?}"));
        }
    }
    assert!(cases >= least, "{cases} cases");
    assert!(wrong.is_empty(), "{} of {cases} are cut wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn turkish() {
    check(Language::Tr, include_str!("cuts/tr.txt"), 110);
}

#[test]
fn english() {
    check(Language::En, include_str!("cuts/en.txt"), 80);
}
