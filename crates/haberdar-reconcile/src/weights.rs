//! How much a shared word tells.

use std::collections::{BTreeMap, HashMap};

use haberdar_model::Language;

use crate::{doc::Doc, fold::stem};

/// Size of the imagined archive that every batch is read against, so that two articles alone are weighed like two of many.
const ARCHIVE: f64 = 1000.0;
/// Share of the articles of that archive in which a word stands that no table lists.
const UNLISTED: f64 = 0.002;

/// Stems of common words with the share of news articles in which they stand, per mille.
const COMMON: [(Language, &str); 2] =
    [(Language::Tr, include_str!("common.tr.tsv")), (Language::En, include_str!("common.en.tsv"))];

/// The words of a batch by number, with their weights.
pub(crate) struct Weights {
    ids: HashMap<String, u32>,
    idf: Vec<f64>,
}

/// Numbers and weights, by number; of length 1 where it is a direction.
pub(crate) type Vector = Vec<(u32, f64)>;

impl Weights {
    pub(crate) fn new(docs: &[Doc<'_>]) -> Weights {
        let mut count: BTreeMap<&str, f64> = BTreeMap::new();
        for d in docs {
            let mut own: Vec<&str> = d.words.iter().map(|w| stem(w)).collect();
            own.sort_unstable();
            own.dedup();
            for w in own {
                *count.entry(w).or_default() += 1.0;
            }
        }
        let mut listed: HashMap<&str, f64> = HashMap::new();
        for (_, table) in COMMON {
            for line in table.lines() {
                if let Some((word, share)) = line.split_once('\t') {
                    let share = share.parse::<f64>().unwrap_or_default() / 1000.0;
                    // A word of both languages counts as the commoner of the two.
                    listed.entry(word).and_modify(|s| *s = s.max(share)).or_insert(share);
                }
            }
        }
        let total = docs.len() as f64 + ARCHIVE;
        let mut out = Weights { ids: HashMap::new(), idf: Vec::new() };
        for (i, (w, n)) in count.into_iter().enumerate() {
            let share = listed.get(w).copied().unwrap_or(UNLISTED);
            out.ids.insert(w.to_owned(), i as u32);
            out.idf.push((total / (n + ARCHIVE * share)).ln().max(0.0));
        }
        out
    }

    /// A bag of words as a direction: damped counts times weight.
    pub(crate) fn direction<'w>(&self, words: impl IntoIterator<Item = &'w String>) -> Vector {
        let mut counts: BTreeMap<u32, f64> = BTreeMap::new();
        for w in words {
            if let Some(&i) = self.ids.get(stem(w)) {
                *counts.entry(i).or_default() += 1.0;
            }
        }
        unit(counts.into_iter().map(|(i, n): (u32, f64)| (i, (1.0 + n.ln()) * self.idf[i as usize])).collect())
    }
}

/// The vector at length 1.
pub(crate) fn unit(mut v: Vector) -> Vector {
    let length = v.iter().map(|x| x.1 * x.1).sum::<f64>().sqrt();
    if length > 0.0 {
        v.iter_mut().for_each(|x| x.1 /= length);
    }
    v
}

/// Scalar product of two vectors that are sorted by number.
pub(crate) fn dot(a: &Vector, b: &Vector) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a[i].1 * b[j].1;
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    sum
}
