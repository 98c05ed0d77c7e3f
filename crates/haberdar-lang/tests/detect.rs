//! The detector on lines in news style, in its languages and in those that it must not take for them: 97 of 100 are to be
//! told right in each half of the lines, and no line of eight words in a neighbour of Turkish may pass for it.

use haberdar_lang::detect;
use haberdar_model::Language;

const LINES: &str = include_str!("detect.tsv");

/// Set, language and text of every line.
fn lines() -> impl Iterator<Item = (&'static str, &'static str, String)> {
    LINES.lines().filter(|l| !l.starts_with('#')).filter_map(|l| {
        let mut columns = l.split('\t');
        let (set, lang, text) = (columns.next()?, columns.next()?, columns.next()?);
        Some((set, lang, text.replace("\\n", "\n").replace("\\t", "\t")))
    })
}

fn wanted(lang: &str) -> Option<Language> {
    match lang {
        "tr" => Some(Language::Tr),
        "en" => Some(Language::En),
        _ => None,
    }
}

#[test]
fn most_lines_are_told_right() {
    for set in ["dev", "held"] {
        let of_set: Vec<_> = lines().filter(|l| l.0 == set).collect();
        let wrong: Vec<_> = of_set.iter().filter(|(_, lang, text)| detect(text) != wanted(lang)).collect();
        assert!(of_set.len() > 150, "{set} has {} lines", of_set.len());
        assert!(wrong.len() * 100 <= of_set.len() * 3, "{set}: {} of {} wrong: {wrong:#?}", wrong.len(), of_set.len());
    }
}

#[test]
fn a_neighbour_is_never_turkish() {
    for (_, lang, text) in lines().filter(|l| ["az", "tk", "ku"].contains(&l.1)) {
        if text.split_whitespace().count() >= 8 {
            assert_ne!(detect(&text), Some(Language::Tr), "{lang}: {text}");
        }
    }
}
