//! How much a shared word tells: by tables of common words, never by the articles at hand, so that what two articles have in
//! common does not change when a third one arrives.

use std::{
    collections::{BTreeMap, HashMap},
    sync::OnceLock,
};

use haberdar_model::Language;

use crate::fold::stem;

/// Size of the imagined archive of news that words are weighed against.
const ARCHIVE: f64 = 1000.0;
/// Share of the articles of that archive in which a word stands that no table lists.
const UNLISTED: f64 = 0.002;

/// Stems of common words with the share of news articles in which they stand, per mille.
const COMMON: [(Language, &str); 2] =
    [(Language::Tr, include_str!("common.tr.tsv")), (Language::En, include_str!("common.en.tsv"))];

/// Hashes and weights, by hash; of length 1 where it is a direction.
pub(crate) type Vector = Vec<(u32, f32)>;

/// FNV-1a: stable for ever.
pub(crate) fn hash(bytes: impl IntoIterator<Item = u8>) -> u32 {
    bytes.into_iter().fold(0x811c_9dc5, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
}

/// The weight of a folded stem, zero for words that stand in every article. A word of both languages counts as the commoner
/// of the two.
pub(crate) fn weight(stem: &str) -> f64 {
    static LISTED: OnceLock<HashMap<&str, f64>> = OnceLock::new();
    let listed = LISTED.get_or_init(|| {
        let mut out: HashMap<&str, f64> = HashMap::new();
        for (_, table) in COMMON {
            for (word, share) in table.lines().filter_map(|l| l.split_once('\t')) {
                let share = share.parse::<f64>().unwrap_or_default() / 1000.0;
                out.entry(word).and_modify(|s| *s = s.max(share)).or_insert(share);
            }
        }
        out
    });
    by_share(listed.get(stem).copied().unwrap_or(UNLISTED))
}

/// The weight of what stands in this share of articles.
pub(crate) fn by_share(share: f64) -> f64 {
    ((ARCHIVE + 1.0) / (ARCHIVE * share + 1.0)).ln().max(0.0)
}

/// A bag of folded words as a direction: damped counts times weight.
pub(crate) fn direction<'w>(words: impl IntoIterator<Item = &'w String>) -> Vector {
    let mut counts: BTreeMap<&str, f64> = BTreeMap::new();
    for w in words {
        *counts.entry(stem(w)).or_default() += 1.0;
    }
    unit(counts.into_iter().map(|(s, n)| (hash(s.bytes()), (1.0 + n.ln()) * weight(s))))
}

/// Words after which a word counts half of what it counts at the beginning: news tell first what matters.
const FADE: f64 = 64.0;
/// How quickly further occurrences of a word lose weight.
const DAMPING: f64 = 4.0;

/// What a word counts at its place in a text.
pub(crate) fn faded(place: usize) -> f64 {
    FADE / (FADE + place as f64)
}

/// What all occurrences of a word count together.
pub(crate) fn damped(count: f64) -> f64 {
    (1.0 + DAMPING * count).ln()
}

/// The folded words of a text as a direction, the first ones before all others.
pub(crate) fn leading<'w>(words: impl IntoIterator<Item = &'w String>) -> Vector {
    let mut counts: BTreeMap<&str, f64> = BTreeMap::new();
    for (place, w) in words.into_iter().enumerate() {
        *counts.entry(stem(w)).or_default() += faded(place);
    }
    unit(counts.into_iter().map(|(s, n)| (hash(s.bytes()), damped(n) * weight(s))))
}

/// The weights at length 1, by hash; those of one hash are added up, and what weighs nothing is left out.
pub(crate) fn unit(weights: impl IntoIterator<Item = (u32, f64)>) -> Vector {
    let mut sums: BTreeMap<u32, f64> = BTreeMap::new();
    for (h, w) in weights {
        *sums.entry(h).or_default() += w;
    }
    let length = sums.values().map(|x| x * x).sum::<f64>().sqrt();
    sums.into_iter().filter(|x| x.1 > 0.0).map(|(h, w)| (h, (w / length) as f32)).collect()
}

/// Scalar product of two vectors that are sorted by hash.
pub(crate) fn dot(a: &[(u32, f32)], b: &[(u32, f32)]) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += f64::from(a[i].1) * f64::from(b[j].1);
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    sum
}
