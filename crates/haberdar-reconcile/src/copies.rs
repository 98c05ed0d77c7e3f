//! Which articles copy which, and which are later versions of others.
//!
//! Two texts are compared by their word 4-shingles. Candidates come from winnowed shingles: of every sixteen consecutive
//! shingle hashes the smallest is kept, so that any run of nineteen words that two texts share is found, at a fraction of
//! the index.

use std::{collections::BTreeSet, rc::Rc};

pub(crate) use haberdar_model::outlet::source;

use crate::{archive::Link, profile::Profile};

const SHINGLE: usize = 4;
const WINDOW: usize = 16;
/// Share of common shingles from which two texts are copies.
const COPY: f64 = 0.8;
/// Shingles that a shortened copy has at least; below that only near equality counts.
const SHORTENED: usize = 20;
/// Share of the shorter text that a version has in common with the text before it, where an id of the source joins them.
const REVISED: f64 = 0.3;

/// The article from which another comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    /// Index of the earliest one.
    pub(crate) of: usize,
    /// It is a later version of it, or of a copy of it, and no copy by somebody else.
    pub(crate) version: bool,
}

/// For every article the earliest article that it repeats, directly or by way of others. Profiles are in the order of their
/// ids.
pub(crate) fn origins(profiles: &[Rc<Profile>], links: &[(usize, usize, Link)]) -> Vec<Option<Origin>> {
    let mut near: Vec<Vec<(usize, Link)>> = vec![Vec::new(); profiles.len()];
    for &(a, b, l) in links.iter().filter(|l| l.2.copy > 0.0 || l.2.version) {
        near[a].push((b, l));
        near[b].push((a, l));
    }
    let mut order: Vec<usize> = (0..profiles.len()).collect();
    order.sort_by(|&a, &b| profiles[a].order().cmp(&profiles[b].order()));
    let mut out: Vec<Option<Origin>> = vec![None; profiles.len()];
    let mut done = vec![false; profiles.len()];
    for d in order {
        let earlier = near[d].iter().filter(|n| done[n.0]);
        let best = earlier.min_by(|(x, a), (y, b)| {
            (b.version.cmp(&a.version)).then(b.copy.total_cmp(&a.copy)).then(profiles[*x].order().cmp(&profiles[*y].order()))
        });
        out[d] = best.map(|&(o, l)| Origin { of: out[o].map_or(o, |o| o.of), version: l.version });
        done[d] = true;
    }
    out
}

/// An address without what does not tell one article from another; `None` for an outlet's first page.
pub(crate) fn address(url: &str) -> Option<String> {
    let (_, rest) = url.trim().split_once("://")?;
    let rest = rest.split('#').next().unwrap_or_default();
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = path.split_once('/').unwrap_or((path, ""));
    let host = host.to_lowercase();
    let path = path.trim_end_matches('/');
    let kept: Vec<&str> =
        query.split('&').filter(|p| !p.is_empty() && !p.starts_with("utm_") && !p.starts_with("fbclid")).collect();
    (!path.is_empty() || !kept.is_empty())
        .then(|| format!("{}/{path}?{}", host.strip_prefix("www.").unwrap_or(&host), kept.join("&")))
}

/// Common share of all runs of words where one article repeats the other.
pub(crate) fn repeats(a: &Profile, b: &Profile) -> Option<f32> {
    copied(&a.shingles, &b.shingles).map(|s| s as f32)
}

/// True where one article is a later version of the other: at the same address, under the same id at the same outlet with
/// much of its text in common, or nearly the same text from the same outlet.
pub(crate) fn is_version(a: &Profile, b: &Profile, repeated: Option<f32>) -> bool {
    if repeated.is_some() && a.outlet.is_some() && a.outlet == b.outlet {
        return true;
    }
    let (one_address, one_id) = (a.address.is_some() && a.address == b.address, a.source_id == b.source_id);
    if !(one_address || one_id) {
        return false;
    }
    let common = common(&a.shingles, &b.shingles) as f64;
    let shorter = a.shingles.len().min(b.shingles.len()) as f64;
    one_address && common > 0.0 || one_id && common >= REVISED * shorter && common > 0.0
}

/// Similarity of two shingle sets where one copies the other.
fn copied(a: &[u32], b: &[u32]) -> Option<f64> {
    let small = a.len().min(b.len());
    if small == 0 {
        return None;
    }
    // Nearly all neighbours are no copies: a fifth of the shorter text shows it.
    let common = common_at_least(a, b, (COPY * small as f64) as usize)?;
    let union = a.len() + b.len() - common;
    let jaccard = common as f64 / union as f64;
    let contained = common as f64 / small as f64;
    (jaccard >= COPY || small >= SHORTENED && contained >= COPY).then_some(jaccard)
}

/// Number of elements in both of two sorted sets.
pub(crate) fn common(a: &[u32], b: &[u32]) -> usize {
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

/// [`common`], where it is not below `least`.
fn common_at_least(a: &[u32], b: &[u32], least: usize) -> Option<usize> {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut spare = short.len().checked_sub(least)?;
    let (mut j, mut n) = (0, 0);
    for x in short {
        while j < long.len() && long[j] < *x {
            j += 1;
        }
        if long.get(j) == Some(x) {
            (j, n) = (j + 1, n + 1);
        } else {
            spare = spare.checked_sub(1)?;
        }
    }
    Some(n)
}

/// Sorted set of shingle hashes; a text shorter than a shingle is one shingle.
pub(crate) fn shingles(words: &[String]) -> Vec<u32> {
    let mut out: Vec<u32> = hashes(words);
    out.sort_unstable();
    out.dedup();
    out
}

fn hashes(words: &[String]) -> Vec<u32> {
    let size = SHINGLE.min(words.len());
    if size == 0 { Vec::new() } else { words.windows(size).map(hash).collect() }
}

/// The hashes under which a text is filed.
pub(crate) fn winnow(words: &[String]) -> BTreeSet<u32> {
    let all = hashes(words);
    if all.is_empty() {
        return BTreeSet::new();
    }
    all.windows(WINDOW.min(all.len())).filter_map(|w| w.iter().min().copied()).collect()
}

/// FNV-1a over the words, then mixed, so that the smallest is a fair choice; stable for ever.
fn hash(words: &[String]) -> u32 {
    let mut h = 0xcbf2_9ce4_8422_2325_u64;
    for w in words {
        for b in w.bytes().chain([b' ']) {
            h = (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    h ^= h >> 32;
    h = h.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (h >> 32) as u32
}

#[cfg(test)]
mod tests {
    use haberdar_model::record::StoryArticle;

    use super::*;
    use crate::{testing::Draft, tests::record};

    const REPORT: &str = "Rusya Dışişleri Bakanı ile mevkidaşı dün Moskova'da bir araya geldi. Bakanlar iki ülke arasındaki ticareti, \
        enerji projelerini ve bölgedeki gelişmeleri ele aldı. Görüşmenin ardından ortak bir açıklama yapılmadı.";

    /// What the articles of a record copy, by outlet, and whether as a version.
    fn told(drafts: &[Draft]) -> Vec<(String, Option<String>, bool)> {
        let r = record(drafts);
        let articles: Vec<_> = r.stories.iter().flat_map(|s| &s.articles).collect();
        let name = |a: &StoryArticle| a.publisher.clone().unwrap_or_else(|| a.source_id.clone());
        let of = |id: &Option<String>| id.as_ref().and_then(|o| articles.iter().find(|a| a.id == *o)).map(|a| name(a));
        let mut out: Vec<_> =
            articles.iter().map(|a| (name(a), of(&a.copy_of).or(of(&a.version_of)), a.version_of.is_some())).collect();
        out.sort();
        out
    }

    fn row(name: &str, of: Option<&str>, version: bool) -> (String, Option<String>, bool) {
        (name.to_owned(), of.map(str::to_owned), version)
    }

    #[test]
    fn a_copy_points_to_the_earliest_text() {
        let later = REPORT.replace("ortak bir açıklama", "ortak açıklama");
        let got = told(&[
            Draft::new(&later).publisher("B").published("2024-03-02"),
            Draft::new(REPORT).publisher("A").published("2024-03-01"),
            Draft::new("Bambaşka bir haber: seçim sonuçları açıklandı ve yeni meclis gelecek hafta toplanacak.").publisher("C"),
        ]);
        assert_eq!(got, [row("A", None, false), row("B", Some("A"), false), row("C", None, false)]);
    }

    #[test]
    fn the_same_address_or_id_later_is_a_version_and_no_source() {
        let longer = format!("{REPORT} Bakanlık akşam saatlerinde görüşmenin ertelendiğini duyurdu.");
        let at = |text: &str, id: &str, day: &str| Draft::new(text).source(id).published(day);
        let by_address = told(&[
            at(REPORT, "1", "2024-03-01").url("https://www.gazete.example/haber/7?utm_source=x"),
            at("Görüşme ertelendi. Rusya Dışişleri Bakanı ile mevkidaşı dün bir araya gelmedi.", "2", "2024-05-02")
                .url("https://gazete.example/haber/7/"),
        ]);
        assert_eq!(by_address, [row("1", None, false), row("2", Some("1"), true)]);
        let by_id = [at(REPORT, "7", "2024-03-01"), at(&longer.replace("ticareti", "turizmi"), "7", "2024-03-02")];
        let r = record(&by_id);
        assert_eq!(r.stories[0].articles[1].version_of.as_ref(), Some(&r.stories[0].articles[0].id));
        let by_outlet = told(&[
            at(REPORT, "a", "2024-03-01").publisher("A"),
            at(&longer, "b", "2024-03-02").publisher("B"),
            at(&longer, "c", "2024-03-03").publisher("A"),
        ]);
        assert_eq!(by_outlet, [row("A", None, false), row("A", Some("A"), true), row("B", Some("A"), false)]);
    }

    #[test]
    fn addresses_meet_where_only_their_dress_differs() {
        assert_eq!(address("https://www.a.example/x/?utm_source=y#top"), address("http://A.example/x"));
        assert_ne!(address("https://a.example/?id=1"), address("https://a.example/?id=2"));
        assert_eq!((address("https://a.example/"), address("no address")), (None, None));
    }

    #[test]
    fn counting_stops_where_too_little_can_be_common() {
        let (a, b) = ([1, 3, 5, 7, 9], [2, 3, 5, 6, 7, 8, 9]);
        assert_eq!((common(&a, &b), common(&b, &a)), (4, 4));
        for least in 0..7 {
            let want = (least <= 4).then_some(4);
            assert_eq!((common_at_least(&a, &b, least), common_at_least(&b, &a, least)), (want, want));
        }
        assert_eq!((common_at_least(&[], &b, 0), common_at_least(&[], &b, 1)), (Some(0), None));
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
