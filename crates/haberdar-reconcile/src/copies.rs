//! Which articles copy which.
//!
//! Two texts are compared by their word 4-shingles. Candidates come from winnowed shingles: of every eight consecutive
//! shingle hashes the smallest is kept, so that any run of eleven words that two texts share is found, at a fraction of
//! the index. Each kept hash links an article with the few before it that have the hash, so the work stays linear.

use std::collections::{BTreeMap, BTreeSet};

use crate::{doc::Doc, fold::fold};

const SHINGLE: usize = 4;
const WINDOW: usize = 8;
/// Articles before it with which a shingle links an article.
const LINKS: usize = 4;
/// Share of common shingles from which two texts are copies.
const COPY: f64 = 0.8;
/// Shingles that a shortened copy has at least; below that only near equality counts.
const SHORTENED: usize = 20;

/// For every article the earliest article whose text it repeats. Articles must be in their final order.
pub(crate) fn origins(docs: &[Doc<'_>]) -> Vec<Option<usize>> {
    let all: Vec<usize> = (0..docs.len()).collect();
    let order = publication_order(docs, &all);
    let sets: Vec<Vec<u64>> = docs.iter().map(|d| shingles(&d.words)).collect();
    let mut index: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    let mut origin: Vec<Option<usize>> = vec![None; docs.len()];
    for &d in &order {
        let kept = winnow(&docs[d].words);
        let candidates: BTreeSet<usize> = kept.iter().filter_map(|h| index.get(h)).flatten().copied().collect();
        let best = candidates
            .into_iter()
            .filter_map(|c| copied(&sets[d], &sets[c]).map(|s| (s, c)))
            .min_by(|a, b| b.0.total_cmp(&a.0).then(order_key(docs, a.1).cmp(&order_key(docs, b.1))));
        origin[d] = best.map(|(_, c)| origin[c].unwrap_or(c));
        // Further copies of a known text are found through the first one.
        if origin[d].is_none() {
            for h in kept {
                let earlier = index.entry(h).or_default();
                if earlier.len() < LINKS {
                    earlier.push(d);
                }
            }
        }
    }
    origin
}

/// By day of publication (undated last), then id.
pub(crate) fn publication_order(docs: &[Doc<'_>], of: &[usize]) -> Vec<usize> {
    let mut order = of.to_vec();
    order.sort_by_key(|&i| order_key(docs, i));
    order
}

fn order_key<'d>(docs: &'d [Doc<'_>], i: usize) -> (bool, Option<haberdar_model::PartialDate>, &'d str) {
    (docs[i].published.is_none(), docs[i].published, &docs[i].reading.article.id)
}

/// The outlet of an article, however it is spelt, or the article itself where none is known.
pub(crate) fn source(publisher: Option<&str>, article: &str) -> String {
    match publisher.map(fold).filter(|p| !p.is_empty()) {
        Some(p) => format!("outlet {p}"),
        None => article.to_owned(),
    }
}

/// Who stands behind an article, for counting independent sources: the outlet of the text that it repeats, or that text.
pub(crate) fn sources(docs: &[Doc<'_>], origins: &[Option<usize>]) -> Vec<String> {
    let key = |i: usize| {
        let a = &docs[i].reading.article;
        source(a.publisher.as_deref(), &a.id)
    };
    origins.iter().enumerate().map(|(i, o)| key(o.unwrap_or(i))).collect()
}

/// Similarity of two shingle sets where one copies the other.
fn copied(a: &[u64], b: &[u64]) -> Option<f64> {
    let common = common(a, b);
    let (union, small) = (a.len() + b.len() - common, a.len().min(b.len()));
    if small == 0 {
        return None;
    }
    let jaccard = common as f64 / union as f64;
    let contained = common as f64 / small as f64;
    (jaccard >= COPY || small >= SHORTENED && contained >= COPY).then_some(jaccard)
}

/// Number of elements in both of two sorted sets.
fn common(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, n) = (i + 1, j + 1, n + 1),
        }
    }
    n
}

/// Sorted set of shingle hashes; a text shorter than a shingle is one shingle.
fn shingles(words: &[String]) -> Vec<u64> {
    let mut out: Vec<u64> = hashes(words);
    out.sort_unstable();
    out.dedup();
    out
}

fn hashes(words: &[String]) -> Vec<u64> {
    let size = SHINGLE.min(words.len());
    if size == 0 { Vec::new() } else { words.windows(size).map(hash).collect() }
}

fn winnow(words: &[String]) -> BTreeSet<u64> {
    let all = hashes(words);
    if all.is_empty() {
        return BTreeSet::new();
    }
    all.windows(WINDOW.min(all.len())).filter_map(|w| w.iter().min().copied()).collect()
}

/// FNV-1a over the words, then mixed, so that the smallest is a fair choice; stable for ever.
fn hash(words: &[String]) -> u64 {
    let mut h = 0xcbf2_9ce4_8422_2325_u64;
    for w in words {
        for b in w.bytes().chain([b' ']) {
            h = (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    h ^= h >> 32;
    h = h.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    h ^ (h >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Draft, docs};

    const REPORT: &str = "Rusya Dışişleri Bakanı ile mevkidaşı dün Moskova'da bir araya geldi. Bakanlar iki ülke arasındaki ticareti, \
        enerji projelerini ve bölgedeki gelişmeleri ele aldı. Görüşmenin ardından ortak bir açıklama yapılmadı.";

    #[test]
    fn a_copy_points_to_the_earliest_text() {
        let later = REPORT.replace("ortak bir açıklama", "ortak açıklama");
        let drafts = [
            Draft::new(&later).publisher("B").published("2024-03-02"),
            Draft::new(REPORT).publisher("A").published("2024-03-01"),
            Draft::new("Bambaşka bir haber: seçim sonuçları açıklandı ve yeni meclis gelecek hafta toplanacak.").publisher("C"),
        ];
        let (readings, texts) = Draft::build_all(&drafts);
        let docs = docs(&readings, &texts);
        let origin = origins(&docs);
        let of = |p: &str| docs.iter().position(|d| d.reading.article.publisher.as_deref() == Some(p)).expect("an outlet");
        assert_eq!(origin[of("B")], Some(of("A")));
        assert_eq!((origin[of("A")], origin[of("C")]), (None, None));
        let sources = sources(&docs, &origin);
        assert_eq!(sources[of("A")], sources[of("B")]);
    }

    #[test]
    fn a_shortened_text_is_a_copy_but_a_shared_sentence_is_not() {
        let words = |s: &str| crate::fold::words(s);
        let long =
            shingles(&words(&format!("{REPORT} Uzmanlara göre bu temas yeni bir dönemin habercisi sayılıyor ve sürecek gibi.")));
        assert!(copied(&long, &shingles(&words(REPORT))).is_some());
        let other = format!(
            "Görüşmenin ardından ortak bir açıklama yapılmadı. {}",
            "Meclis bütçeyi kabul etti ve tatile girdi, ".to_owned()
                + "muhalefet ise karara itiraz ederek mahkemeye gideceğini duyurdu; oylamada kırk vekil yoktu."
        );
        assert!(copied(&long, &shingles(&words(&other))).is_none());
    }
}
