//! Twin sentences: of two articles, the same but for a word or two. One text copied from the other, or both from a third, so what
//! differs between them is told of the same thing, whatever was understood of the rest.

use std::collections::{BTreeSet, HashMap};

use haberdar_model::{Language, Span};

use crate::{
    doc::{Doc, SAME_WORDS, SHORT},
    fold::placed_words,
    weights::hash,
};

/// Words of a sentence at most; what is longer is mostly a list.
const LONG: usize = 90;
/// Places in which twins differ at most.
const GAPS: usize = 3;
/// Words in a row by which twins are found.
const RUN: usize = 3;
/// Sentences that share a run of words beyond which it is a phrase of the trade.
const PHRASE: usize = 60;

/// A sentence of an article: their indices.
pub(crate) type At = (usize, usize);

/// Two sentences that are the same but for a word or two.
pub(crate) struct Twins {
    pub(crate) a: At,
    pub(crate) b: At,
    /// Where they differ, in the order of the words.
    pub(crate) gaps: Vec<Gap>,
    words: [Vec<Span>; 2],
    /// Words of `a` and of `b` that are the same.
    same: Vec<(usize, usize)>,
}

/// Words that stand in the place of each other; on one side there may be none.
#[derive(Clone)]
pub(crate) struct Gap {
    a: std::ops::Range<usize>,
    b: std::ops::Range<usize>,
    /// A sentence like this one, in the same article, differs here too: then it is a row of a list.
    listed: bool,
}

impl Twins {
    /// The gap that both spans fill, or that lies within them, unless it is one of a list.
    pub(crate) fn gap(&self, a: Span, b: Span) -> Option<usize> {
        let fills = |side: usize, of: &std::ops::Range<usize>, span: Span| {
            let words: Vec<usize> = touched(&self.words[side], span).collect();
            !of.is_empty() && of.clone().all(|w| words.contains(&w))
        };
        self.gaps.iter().position(|g| !g.listed && fills(0, &g.a, a) && fills(1, &g.b, b))
    }

    /// True where a gap that is none of a list lies in the words of the span or at most `before` words in front of it.
    pub(crate) fn differ_near(&self, a: Span, b: Span, before: usize) -> bool {
        let near = |side: usize, of: &std::ops::Range<usize>, span: Span| {
            let words: Vec<usize> = touched(&self.words[side], span).collect();
            let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
            of.start <= *last && of.end + before >= *first
        };
        self.gaps.iter().any(|g| !g.listed && near(0, &g.a, a) && near(1, &g.b, b))
    }

    /// True where some word of one span stands in the other sentence within the other span, or both have words in one gap.
    pub(crate) fn meet(&self, a: Span, b: Span) -> bool {
        let left: BTreeSet<usize> = touched(&self.words[0], a).collect();
        let right: BTreeSet<usize> = touched(&self.words[1], b).collect();
        let share = |g: &Gap| g.a.clone().any(|w| left.contains(&w)) && g.b.clone().any(|w| right.contains(&w));
        self.same.iter().any(|(i, j)| left.contains(i) && right.contains(j)) || self.gaps.iter().any(share)
    }
}

/// The words that a span touches.
fn touched(words: &[Span], span: Span) -> impl Iterator<Item = usize> {
    words.iter().enumerate().filter(move |(_, w)| w.start < span.end && span.start < w.end).map(|w| w.0)
}

/// A sentence in words, with all articles that have it.
struct Wording {
    language: Option<Language>,
    words: Vec<String>,
    at: Vec<At>,
    spans: Vec<Vec<Span>>,
}

/// The words of two sentences that are the same, in order.
type Common = Vec<(usize, usize)>;

/// All twins among the sentences of some articles. Of sentences that several articles share word by word the first stands for
/// the others, and every other one meets the first of the other side.
pub(crate) fn twins(docs: &[Doc<'_>], articles: &[usize]) -> Vec<Twins> {
    if articles.len() < 2 {
        return Vec::new();
    }
    let wordings = wordings(docs, articles);
    let mut pairs: Vec<(usize, usize, Common)> = Vec::new();
    // Words of a wording that differ in a like sentence of the same article.
    let mut listed: HashMap<usize, BTreeSet<usize>> = HashMap::new();
    for (i, j) in candidates(&wordings) {
        let (a, b) = (&wordings[i], &wordings[j]);
        let Some(same) = common(&a.words, &b.words).filter(|_| a.language == b.language) else { continue };
        if a.at.iter().any(|x| b.at.iter().any(|y| x.0 == y.0)) {
            for g in gaps(&same, a.words.len(), b.words.len()) {
                listed.entry(i).or_default().extend(around(&g.a));
                listed.entry(j).or_default().extend(around(&g.b));
            }
        } else {
            pairs.push((i, j, same));
        }
    }
    let mut out = Vec::new();
    for (i, j, same) in pairs {
        let (a, b) = (&wordings[i], &wordings[j]);
        let mut gaps = gaps(&same, a.words.len(), b.words.len());
        if gaps.is_empty() || gaps.len() > GAPS {
            continue;
        }
        let in_list = |n: usize, of: &std::ops::Range<usize>| listed.get(&n).is_some_and(|l| around(of).any(|w| l.contains(&w)));
        gaps.iter_mut().for_each(|g| g.listed = in_list(i, &g.a) || in_list(j, &g.b));
        let firsts = (0..b.at.len()).map(|y| (0, y)).chain((1..a.at.len()).map(|x| (x, 0)));
        out.extend(firsts.map(|(x, y)| Twins {
            a: a.at[x],
            b: b.at[y],
            gaps: gaps.clone(),
            words: [a.spans[x].clone(), b.spans[y].clone()],
            same: same.clone(),
        }));
    }
    out
}

/// The words of a range; between two words, both of these.
fn around(range: &std::ops::Range<usize>) -> std::ops::Range<usize> {
    if range.is_empty() { range.start.saturating_sub(1)..range.end + 1 } else { range.clone() }
}

fn wordings(docs: &[Doc<'_>], articles: &[usize]) -> Vec<Wording> {
    let mut index: HashMap<(Option<Language>, Vec<String>), usize> = HashMap::new();
    let mut out: Vec<Wording> = Vec::new();
    for &d in articles {
        let doc = &docs[d];
        for (s, &span) in doc.reading.sentences.iter().enumerate() {
            let (words, spans): (Vec<String>, Vec<Span>) = placed_words(doc.slice(span), span.start).into_iter().unzip();
            if !(SHORT..=LONG).contains(&words.len()) {
                continue;
            }
            let language = doc.reading.article.language;
            let at = *index.entry((language, words.clone())).or_insert(out.len());
            if at == out.len() {
                out.push(Wording { language, words, at: Vec::new(), spans: Vec::new() });
            }
            out[at].at.push((d, s));
            out[at].spans.push(spans);
        }
    }
    out
}

/// Pairs of wordings with a run of words in common that is no phrase of the trade, the smaller index first.
fn candidates(wordings: &[Wording]) -> BTreeSet<(usize, usize)> {
    let mut index: HashMap<u32, BTreeSet<usize>> = HashMap::new();
    for (i, w) in wordings.iter().enumerate() {
        for run in w.words.windows(RUN) {
            index.entry(hash(run.join(" ").bytes())).or_default().insert(i);
        }
    }
    let mut out = BTreeSet::new();
    for found in index.into_values().filter(|f| (2..=PHRASE).contains(&f.len())) {
        for &i in &found {
            out.extend(found.range(i + 1..).map(|&j| (i, j)));
        }
    }
    out
}

/// The longest common row of words, where it is long enough to make twins.
fn common(a: &[String], b: &[String]) -> Option<Common> {
    let enough = |same: usize| same >= SHORT && same as f64 >= SAME_WORDS * (a.len() + b.len() - same) as f64;
    if !enough(a.len().min(b.len())) {
        return None;
    }
    let mut best = vec![vec![0_u8; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            best[i][j] = if a[i] == b[j] { best[i + 1][j + 1] + 1 } else { best[i + 1][j].max(best[i][j + 1]) };
        }
    }
    if !enough(usize::from(best[0][0])) {
        return None;
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            out.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[i + 1][j] >= best[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    Some(out)
}

fn gaps(same: &Common, a: usize, b: usize) -> Vec<Gap> {
    let (mut out, mut i, mut j) = (Vec::new(), 0, 0);
    for &(x, y) in same.iter().chain(&[(a, b)]) {
        if x > i || y > j {
            out.push(Gap { a: i..x, b: j..y, listed: false });
        }
        (i, j) = (x + 1, y + 1);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        crate::fold::words(text)
    }

    #[test]
    fn twins_differ_in_a_word_or_two() {
        let a = words("Lavrov, Kuleba ile salı günü Antalya'da görüştü ve basına konuştu");
        let b = words("Lavrov, Kuleba ile salı günü Bursa'da görüştü ve basına konuşmadı");
        let same = common(&a, &b).expect("twins");
        let told: Vec<_> = gaps(&same, a.len(), b.len()).into_iter().map(|g| (a[g.a].join(" "), b[g.b].join(" "))).collect();
        assert_eq!(told, [("antalya".into(), "bursa".into()), ("konustu".into(), "konusmadi".into())]);
        assert!(common(&a, &words("Kuleba salı günü Ankara'ya giderek Fidan ile görüştü")).is_none());
    }

    #[test]
    fn what_only_one_has_is_a_gap() {
        let (a, b) = (words("The two states agreed to end the war"), words("The two states never agreed to end the war"));
        let same = common(&a, &b).expect("twins");
        let gaps = gaps(&same, a.len(), b.len());
        assert_eq!((gaps.len(), gaps[0].a.clone(), gaps[0].b.clone()), (1, 3..3, 3..4));
        assert_eq!(around(&gaps[0].a), 2..4);
    }
}
