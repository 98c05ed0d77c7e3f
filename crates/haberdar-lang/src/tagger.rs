//! Parts of speech and features in two looks.
//!
//! The first look goes through the sentence once and gives each word a part of speech. The second sees what the first
//! thought of the words on both sides and gives the whole label: its score is the sum over the label's components (the
//! part of speech, each feature with its value, each feature's presence with that part of speech), so that a label that
//! is rare in training borrows from all others that share a feature with it.

use std::borrow::Borrow;

use crate::{
    Feats, Upos,
    bytes::{Reader, put_str, put_varint},
    linear::{Linear, Rows, feature},
    word::{Shape, WordInfo},
};

/// Number of parts of speech, which are the classes of the first look.
pub const UPOS: usize = Upos::ALL.len();

/// Labels (part of speech with features) and the components of their scores.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    /// Part of speech and features of each label.
    pub labels: Vec<(Upos, Feats)>,
    /// Components of each label.
    pub components: Vec<Vec<u8>>,
    /// Number of components.
    pub count: usize,
    /// The components of all labels in a row, each label's with their number in front: quick to go through.
    flat: Vec<u8>,
}

/// Names of the components of a label.
pub fn component_names(upos: Upos, feats: Feats) -> Vec<String> {
    let mut names = vec![upos.to_string()];
    for (name, value) in feats.iter() {
        names.push(format!("{name}={value}"));
        names.push(format!("{upos}+{name}"));
    }
    names
}

impl Labels {
    /// The inventory of labels; those with a component that is not among the 250 most frequent are left out.
    pub fn collect(seen: impl Iterator<Item = (Upos, Feats)>) -> Labels {
        use std::collections::BTreeMap;
        let mut label_counts: BTreeMap<(Upos, &str), (Feats, usize)> = BTreeMap::new();
        for (u, f) in seen {
            label_counts.entry((u, f.as_str())).or_insert((f, 0)).1 += 1;
        }
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (&(u, _), &(f, n)) in &label_counts {
            for name in component_names(u, f) {
                *counts.entry(name).or_default() += n;
            }
        }
        let mut order: Vec<(usize, String)> = counts.into_iter().map(|(s, n)| (n, s)).collect();
        order.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        order.truncate(250);
        let index: BTreeMap<String, u8> = order.into_iter().enumerate().map(|(i, (_, s))| (s, i as u8)).collect();
        let mut out = Labels { count: index.len(), ..Labels::default() };
        for (&(u, _), &(f, _)) in &label_counts {
            let parts: Option<Vec<u8>> = component_names(u, f).iter().map(|s| index.get(s).copied()).collect();
            if let Some(parts) = parts {
                out.push(u, f, parts);
            }
        }
        out
    }

    /// Index of a label.
    pub fn index(&self, upos: Upos, feats: Feats) -> Option<usize> {
        self.labels.iter().position(|&l| l == (upos, feats))
    }

    /// The label with the highest sum of its components' scores.
    pub fn best(&self, scores: &[i32]) -> usize {
        let mut best = (i32::MIN, 0);
        let (mut rest, mut i) = (&self.flat[..], 0);
        while let Some((&n, tail)) = rest.split_first() {
            let (parts, tail) = tail.split_at(n as usize);
            let s = parts.iter().map(|&p| scores[p as usize]).sum::<i32>();
            if s > best.0 {
                best = (s, i);
            }
            (rest, i) = (tail, i + 1);
        }
        best.1
    }

    /// A label with its components.
    pub fn push(&mut self, upos: Upos, feats: Feats, parts: Vec<u8>) {
        let parts: Vec<u8> = parts.into_iter().take(255).collect();
        self.flat.push(parts.len() as u8);
        self.flat.extend_from_slice(&parts);
        self.labels.push((upos, feats));
        self.components.push(parts);
    }

    fn write(&self, out: &mut Vec<u8>) {
        put_varint(out, self.count as u64);
        put_varint(out, self.labels.len() as u64);
        for ((u, f), parts) in self.labels.iter().zip(&self.components) {
            out.push(*u as u8);
            put_str(out, f.as_str());
            put_varint(out, parts.len() as u64);
            out.extend_from_slice(parts);
        }
    }

    fn read(r: &mut Reader<'_>) -> Option<Labels> {
        let count = usize::try_from(r.varint()?).ok().filter(|&n| n <= 256)?;
        let n = r.count(3)?;
        let mut l = Labels { count, ..Labels::default() };
        for _ in 0..n {
            let upos = *Upos::ALL.get(r.byte()? as usize)?;
            let feats = Feats::new(r.str()?);
            let k = r.count(1)?;
            let parts = r.take(k)?.to_vec();
            if parts.iter().any(|&p| p as usize >= count) {
                return None;
            }
            l.push(upos, feats, parts);
        }
        (!l.labels.is_empty()).then_some(l)
    }
}

/// The trained tagger.
pub struct Tagger {
    /// First look.
    pub first: Linear,
    /// Second look.
    pub second: Linear,
    /// Labels of the second look.
    pub labels: Labels,
}

/// Infos of a sentence with guards at both ends.
pub struct Context<'a, W> {
    /// The words.
    pub words: &'a [W],
    /// How much of the sentence is capitalised: a headline's capitals say little of its words.
    capitals: u32,
}

const EDGE: u32 = 0x0e0f_0e0f;

impl<'a, W: Borrow<WordInfo>> Context<'a, W> {
    /// Looks at a sentence.
    pub fn new(words: &'a [W]) -> Self {
        let (mut title, mut upper, mut all) = (0, 0, 0);
        for w in words {
            match w.borrow().shape {
                Shape::Title => title += 1,
                Shape::Upper => upper += 1,
                Shape::Symbol | Shape::Digits => continue,
                _ => {}
            }
            all += 1;
        }
        let share = |n: usize| (n * 4).checked_div(all).unwrap_or(0) as u32;
        Context { words, capitals: share(title) * 8 + share(upper) }
    }

    #[inline(always)]
    fn of(&self, i: isize, f: impl Fn(&WordInfo) -> u32) -> u32 {
        usize::try_from(i).ok().and_then(|i| self.words.get(i)).map_or(EDGE, |w| f(w.borrow()))
    }

    /// Features that both looks share: the word and its surroundings as they are written.
    fn common(&self, i: usize, t: u32, out: &mut Vec<u32>) {
        let w: &WordInfo = self.words[i].borrow();
        let p = i as isize;
        let shape = w.shape as u32 + if i == 0 { 16 } else { 0 };
        let low = |d: isize| self.of(p + d, |w| w.low);
        let suf = |d: isize, k: usize| self.of(p + d, |w| if w.suf[k - 1] == 0 { w.low } else { w.suf[k - 1] });
        let shp = |d: isize| self.of(p + d, |w| w.shape as u32);
        let clu = |d: isize| self.of(p + d, |w| w.cluster[0]);
        // Those that `style_features` counts come first.
        out.extend([feature(t, &[]), feature(t + 2, &[w.low])]);
        for &h in &w.hints {
            out.push(feature(t + 40, &[h]));
        }
        out.extend([
            feature(t + 1, &[w.form]),
            feature(t + 3, &[shape]),
            feature(t + 4, &[low(-1)]),
            feature(t + 5, &[low(1)]),
            feature(t + 6, &[low(-2)]),
            feature(t + 7, &[low(2)]),
            feature(t + 8, &[low(-1), w.low]),
            feature(t + 9, &[w.low, low(1)]),
            feature(t + 10, &[suf(-1, 3)]),
            feature(t + 11, &[suf(1, 3)]),
            feature(t + 12, &[suf(-1, 2), suf(0, 2)]),
            feature(t + 13, &[suf(0, 2), suf(1, 2)]),
            feature(t + 14, &[shp(-1), shape, shp(1)]),
            feature(t + 15, &[w.stem]),
            feature(t + 16, &[w.tail]),
            feature(t + 17, &[suf(0, 3), shape]),
            feature(t + 18, &[self.capitals, shape]),
            feature(t + 19, &[self.capitals, shape, suf(0, 2)]),
            feature(t + 44, &[w.low, shape]),
            feature(t + 45, &[self.capitals / 8, w.low]),
            feature(t + 46, &[shp(-1), shape, low(1)]),
            feature(t + 47, &[low(-1), shape, shp(1)]),
        ]);
        for (k, &s) in w.suf.iter().enumerate() {
            if s != 0 {
                out.push(feature(t + 20 + k as u32, &[s]));
            }
        }
        for (k, &s) in w.pre.iter().enumerate() {
            if s != 0 {
                out.push(feature(t + 30 + k as u32, &[s]));
            }
        }
        if w.cluster[0] != 0 {
            out.push(feature(t + 36, &[w.cluster[0]]));
            out.push(feature(t + 37, &[w.cluster[1]]));
        }
        if clu(-1) != 0 {
            out.push(feature(t + 38, &[clu(-1)]));
        }
        if clu(1) != 0 {
            out.push(feature(t + 39, &[clu(1)]));
        }
        for &h in &w.hints {
            out.push(feature(t + 41, &[h, shape]));
        }
        for &h in &w.details {
            out.push(feature(t + 43, &[h]));
        }
        if let Some(n) = self.words.get(i + 1) {
            let n: &WordInfo = n.borrow();
            for &h in n.hints.iter().take(4) {
                out.push(feature(t + 42, &[h]));
            }
        }
    }

    /// How many features, from the first, tell annotation styles apart in training: copies of all would cost too much.
    pub fn style_features(&self, i: usize) -> usize {
        20 + self.words[i].borrow().hints.len()
    }

    /// Features of the first look; `tags` holds the parts of speech in front.
    pub fn first(&self, i: usize, tags: &[u8], out: &mut Vec<u32>) {
        out.clear();
        self.common(i, 100, out);
        let w: &WordInfo = self.words[i].borrow();
        let tag = |d: usize| if i >= d { tags[i - d] as u32 } else { EDGE };
        out.extend([
            feature(90, &[tag(1)]),
            feature(91, &[tag(2), tag(1)]),
            feature(92, &[tag(1), w.low]),
            feature(93, &[tag(1), w.suf[2]]),
            feature(94, &[tag(3), tag(2), tag(1)]),
        ]);
    }

    /// Features of the second look. `first` holds the parts of speech of the first look, `labels` the labels in front
    /// (hashes of part of speech and features).
    pub fn second(&self, i: usize, first: &[u8], labels: &[u32], out: &mut Vec<u32>) {
        out.clear();
        self.common(i, 200, out);
        let w: &WordInfo = self.words[i].borrow();
        let p = i as isize;
        let tag = |d: isize| usize::try_from(p + d).ok().and_then(|k| first.get(k)).map_or(EDGE, |&t| t as u32);
        let label = |d: usize| if i >= d { labels[i - d] } else { EDGE };
        let low = |d: isize| self.of(p + d, |w| w.low);
        let suf = |d: isize, k: usize| self.of(p + d, |w| if w.suf[k - 1] == 0 { w.low } else { w.suf[k - 1] });
        out.extend([
            feature(150, &[tag(0)]),
            feature(151, &[tag(0), tag(1)]),
            feature(152, &[tag(-1), tag(0), tag(1)]),
            feature(153, &[tag(1), tag(2)]),
            feature(154, &[tag(0), tag(1), tag(2)]),
            feature(155, &[label(1)]),
            feature(156, &[label(1), label(2)]),
            feature(157, &[label(1), tag(0)]),
            feature(158, &[label(1), w.low]),
            feature(159, &[label(1), w.suf[2]]),
            feature(160, &[tag(0), w.low]),
            feature(161, &[tag(0), w.suf[2]]),
            feature(162, &[tag(0), w.suf[3]]),
            feature(163, &[tag(1), w.low]),
            feature(164, &[tag(1), w.suf[2]]),
            feature(165, &[tag(-1), tag(1), w.suf[1]]),
            feature(166, &[label(1), tag(1)]),
            feature(167, &[label(1), tag(0), tag(1)]),
            feature(168, &[tag(-1), w.low]),
            feature(169, &[tag(1), suf(1, 3), w.suf[1]]),
            feature(170, &[low(1), tag(0)]),
            feature(171, &[low(-1), tag(0)]),
            feature(172, &[tag(2), w.suf[1]]),
            feature(173, &[tag(3), tag(2), tag(1)]),
        ]);
        for &h in &w.hints {
            out.push(feature(174, &[h, tag(1)]));
            out.push(feature(175, &[h, label(1)]));
            out.push(feature(176, &[h, tag(0)]));
        }
    }
}

/// Hash of a label as later steps see it.
#[inline]
pub fn label_hash(upos: Upos, feats: Feats) -> u32 {
    feature(77, &[upos as u32, crate::linear::hash_str(feats.as_str())])
}

/// Buffers that are used again from sentence to sentence.
#[derive(Default)]
pub struct Scratch {
    features: Vec<u32>,
    scores: Vec<i32>,
}

impl Tagger {
    /// Index of the label of every word.
    pub fn tag<W: Borrow<WordInfo>>(&self, words: &[W], hashes: &[u32], s: &mut Scratch) -> Vec<u16> {
        let cx = Context::new(words);
        let mut first: Vec<u8> = Vec::with_capacity(words.len());
        for i in 0..words.len() {
            cx.first(i, &first, &mut s.features);
            let mut scores = [0; UPOS];
            self.first.score(&s.features, &mut scores);
            first.push(argmax(&scores) as u8);
        }
        let mut out = Vec::with_capacity(words.len());
        let mut labels: Vec<u32> = Vec::with_capacity(words.len());
        for i in 0..words.len() {
            cx.second(i, &first, &labels, &mut s.features);
            s.scores.clear();
            s.scores.resize(self.labels.count, 0);
            self.second.score(&s.features, &mut s.scores);
            let best = self.labels.best(&s.scores);
            out.push(best as u16);
            labels.push(hashes[best]);
        }
        out
    }

    /// The hashes of all labels, by which `tag` looks back.
    pub fn label_hashes(&self) -> Vec<u32> {
        self.labels.labels.iter().map(|&(u, f)| label_hash(u, f)).collect()
    }

    /// Writes a tagger.
    pub fn write(labels: &Labels, first: &Rows, second: &Rows, out: &mut Vec<u8>) {
        labels.write(out);
        Linear::write(first, out);
        Linear::write(second, out);
    }

    /// Reads what [`Tagger::write`] wrote.
    pub fn read(r: &mut Reader<'_>) -> Option<Tagger> {
        let labels = Labels::read(r)?;
        Some(Tagger { labels, first: Linear::read(r)?, second: Linear::read(r)? })
    }
}

/// Index of the highest score, the first among equals.
#[inline]
pub fn argmax(scores: &[i32]) -> usize {
    let mut best = 0;
    for (i, &s) in scores.iter().enumerate() {
        if s > scores[best] {
            best = i;
        }
    }
    best
}
