//! How similar two texts are, by themselves: no other text is looked at.

use std::{
    collections::{BTreeMap, HashSet},
    sync::OnceLock,
};

use haberdar_model::Language;

use crate::{
    fold::{fold, stem, words},
    weights::{Vector, by_share, damped, dot, faded, hash, unit, weight},
};

/// Letters of the pieces of words that are compared, ends included.
const PIECE: usize = 4;
/// Share of texts in which a function word stands.
const FUNCTION: f64 = 0.9;

/// Function words of 24 languages, as the detection of languages has them.
const TABLES: &[&str] = &[
    include_str!("../../../data/lang/detect/az.tsv"),
    include_str!("../../../data/lang/detect/crh.tsv"),
    include_str!("../../../data/lang/detect/cs.tsv"),
    include_str!("../../../data/lang/detect/da.tsv"),
    include_str!("../../../data/lang/detect/de.tsv"),
    include_str!("../../../data/lang/detect/en.tsv"),
    include_str!("../../../data/lang/detect/es.tsv"),
    include_str!("../../../data/lang/detect/fi.tsv"),
    include_str!("../../../data/lang/detect/fr.tsv"),
    include_str!("../../../data/lang/detect/gag.tsv"),
    include_str!("../../../data/lang/detect/hr.tsv"),
    include_str!("../../../data/lang/detect/hu.tsv"),
    include_str!("../../../data/lang/detect/id.tsv"),
    include_str!("../../../data/lang/detect/it.tsv"),
    include_str!("../../../data/lang/detect/ku.tsv"),
    include_str!("../../../data/lang/detect/nl.tsv"),
    include_str!("../../../data/lang/detect/pl.tsv"),
    include_str!("../../../data/lang/detect/pt.tsv"),
    include_str!("../../../data/lang/detect/ro.tsv"),
    include_str!("../../../data/lang/detect/sq.tsv"),
    include_str!("../../../data/lang/detect/sv.tsv"),
    include_str!("../../../data/lang/detect/tk.tsv"),
    include_str!("../../../data/lang/detect/tr.tsv"),
    include_str!("../../../data/lang/detect/uz.tsv"),
];

/// A text with its headline, prepared for comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    language: Option<Language>,
    words: Vector,
    pieces: Vector,
}

impl Text {
    /// Prepares a text. Without a language it is taken for one of those that are not read; two such texts count as of one
    /// language.
    pub fn new(title: Option<&str>, text: &str, language: Option<Language>) -> Text {
        let mut stems: BTreeMap<String, f64> = BTreeMap::new();
        let mut pieces: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
        let all = title.map(words).unwrap_or_default().into_iter().chain(words(text));
        for (at, word) in all.enumerate() {
            let near = faded(at);
            let heavy = word_weight(&word, language);
            *stems.entry(stem(&word).to_owned()).or_default() += near;
            let ends = format!("_{word}_");
            for piece in ends.as_bytes().windows(PIECE.min(ends.len())) {
                let p = pieces.entry(hash(piece.iter().copied())).or_insert((0.0, heavy));
                // A piece of a common word tells no more than that word.
                *p = (p.0 + near, p.1.min(heavy));
            }
        }
        Text {
            language,
            words: unit(stems.iter().map(|(s, &n)| (hash(s.bytes()), damped(n) * word_weight(s, language)))),
            pieces: unit(pieces.into_iter().map(|(h, (n, w))| (h, damped(n) * w))),
        }
    }
}

/// Similarity of two texts, 0 (nothing in common) to 1 (the same words): the square root of the mean cosine of word stems and
/// pieces of words, both weighed by rarity and by nearness to the beginning; across languages of the pieces alone.
pub fn similarity(a: &Text, b: &Text) -> f64 {
    let pieces = dot(&a.pieces, &b.pieces);
    let mean = if a.language == b.language { 0.5 * (pieces + dot(&a.words, &b.words)) } else { pieces };
    mean.clamp(0.0, 1.0).sqrt()
}

/// What a word weighs: by the tables of common words of the languages that are read, by the function words of the others.
fn word_weight(word: &str, language: Option<Language>) -> f64 {
    if language.is_none() && function_words().contains(word) {
        return by_share(FUNCTION);
    }
    weight(stem(word))
}

fn function_words() -> &'static HashSet<String> {
    static WORDS: OnceLock<HashSet<String>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut out = HashSet::new();
        for line in TABLES.iter().flat_map(|t| t.lines()).filter(|l| !l.starts_with('#')) {
            let mut columns = line.split('\t');
            if columns.next() == Some("function") {
                out.extend(columns.nth(1).unwrap_or_default().split_whitespace().map(fold));
            }
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(a: &str, b: &str) -> f64 {
        similarity(&Text::new(None, a, Some(Language::Tr)), &Text::new(None, b, Some(Language::Tr)))
    }

    #[test]
    fn the_same_text_is_one_and_an_empty_one_nothing() {
        let text = "Dışişleri Bakanı Fidan, Moskova'da Rus mevkidaşı Lavrov ile görüştü.";
        assert!((like(text, text) - 1.0).abs() < 1e-6);
        assert_eq!(like(text, ""), 0.0);
    }

    #[test]
    fn a_retelling_is_nearer_than_another_matter() {
        let text = "Dışişleri Bakanı Fidan, Moskova'da Rus mevkidaşı Lavrov ile tahıl koridorunu görüştü.";
        let retold = "Fidan ile Lavrov Moskova'daki görüşmede tahıl koridorunu ele aldı.";
        let other = "Merkez Bankası politika faizini yüzde 45'te sabit tuttu, enflasyon tahminini yükseltti.";
        assert!(like(text, retold) > like(text, other) + 0.3, "{} {}", like(text, retold), like(text, other));
    }
}
