//! Reading with the network.

use rustc_hash::FxHashMap;

use super::{
    Dims, UPOS,
    features::{Bag, features},
    integer::{Integers, Rows, multiply},
    kernel::{self, Packed, add_rows, leaky},
    labels::Labels,
    part,
    tree::{FORBIDDEN, best_tree},
    units::scan,
};
use crate::{Deprel, Upos, vectorized, word::WordInfo};

/// The vectors of one group of features.
pub struct Table {
    /// Number of each feature.
    pub(super) rows: FxHashMap<u32, u32>,
    /// Length of a vector.
    pub(super) dim: usize,
    /// What a row's numbers are multiplied with.
    pub(super) scales: Vec<f32>,
    /// The vectors, one behind the other.
    pub(super) values: Vec<i8>,
}

/// A trained network.
pub struct Net {
    /// Its sizes.
    pub dims: Dims,
    /// What it can say of a word's part of speech and features.
    pub labels: Labels,
    /// What it can say of a word and its head.
    pub relations: Vec<Deprel>,
    /// What it can say of a word in a name: `O`, `B-PERSON`, `I-PERSON`, …
    pub name_tags: Vec<String>,
    /// Relations whose head stands behind the dependent as long as a verb does ([`Net::look_ahead`]); none where empty.
    pub(super) ahead: Vec<bool>,
    pub(super) tables: Vec<Table>,
    /// The matrices that are multiplied with, by their number in [`part`].
    pub(super) integers: Vec<Integers>,
    /// The rows that are added or looked up, by the same number.
    pub(super) dense: Vec<Vec<f32>>,
}

/// Words that are read at a time: what is known of the others helps with each.
pub const AT_A_TIME: usize = 384;

/// Words whose products are worked out at a time, at most, but for those of a longer sentence: enough to keep the processor busy (three
/// times as many are no quicker), few enough to stay in the cache and not to weigh on machines with many threads.
const AT_ONCE: usize = 128;

/// Buffers, used again from text to text, and what was read last.
#[derive(Default)]
pub struct Scratch {
    /// Number of the label of each word.
    pub labels: Vec<u16>,
    /// Head of each word within its sentence; the number of words for the root.
    pub heads: Vec<u32>,
    /// Number of the relation of each word.
    pub relations: Vec<u16>,
    /// Scores of the name tags of each word.
    pub names: Vec<f32>,
    /// Scores of the parts of speech of each word, then of the components of its labels.
    pub tags: Vec<f32>,
    x: Vec<f32>,
    y: Vec<f32>,
    products: Vec<f32>,
    state: Vec<f32>,
    tag: Vec<f32>,
    scores: Vec<f32>,
    wide: Vec<f32>,
    tree: Vec<f32>,
    meeting: Vec<f32>,
    bag: Bag,
    rows: Rows,
    name_rows: Rows,
    all: Read,
    some: Vec<usize>,
}

/// What was read of the words before those that are read now.
#[derive(Default)]
struct Read {
    labels: Vec<u16>,
    heads: Vec<u32>,
    relations: Vec<u16>,
    names: Vec<f32>,
    tags: Vec<f32>,
}

impl Read {
    fn clear(&mut self) {
        self.labels.clear();
        self.heads.clear();
        self.relations.clear();
        self.names.clear();
        self.tags.clear();
    }

    fn take(&mut self, s: &Scratch) {
        self.labels.extend_from_slice(&s.labels);
        self.heads.extend_from_slice(&s.heads);
        self.relations.extend_from_slice(&s.relations);
        self.names.extend_from_slice(&s.names);
        self.tags.extend_from_slice(&s.tags);
    }

    fn give(&mut self, s: &mut Scratch) {
        std::mem::swap(&mut self.labels, &mut s.labels);
        std::mem::swap(&mut self.heads, &mut s.heads);
        std::mem::swap(&mut self.relations, &mut s.relations);
        std::mem::swap(&mut self.names, &mut s.names);
        std::mem::swap(&mut self.tags, &mut s.tags);
    }
}

/// How often a tree is searched for again.
const TURNS: usize = 4;

fn zeros(v: &mut Vec<f32>, n: usize) {
    v.clear();
    v.resize(n, 0.0);
}

vectorized! {
    /// Adds a stored vector to a sum.
    fn add_vector<'a>(sum: &'a mut [f32], values: &'a [i8], scale: f32) {
        for (s, &v) in sum.iter_mut().zip(values) {
            *s += v as f32 * scale;
        }
    }
}

vectorized! {
    /// The hidden units of a dependent and its head.
    fn meet<'a>(dep: &'a [f32], head: &'a [f32], out: &'a mut [f32]) {
        for ((o, d), h) in out.iter_mut().zip(dep).zip(head) {
            let s = d + h;
            *o = if s > 0.0 { s } else { s * super::kernel::LEAK };
        }
    }
}

impl Net {
    /// What the encoder sees of a word; depends on the word alone.
    pub fn vector(&self, word: &WordInfo, s: &mut Scratch) -> Box<[f32]> {
        features(word, &mut s.bag);
        zeros(&mut s.x, self.dims.input());
        let mut from = 0;
        for (table, bag) in self.tables.iter().zip(&s.bag) {
            let sum = &mut s.x[from..from + table.dim];
            for row in bag.iter().filter_map(|f| table.rows.get(f)) {
                let row = *row as usize;
                add_vector(sum, &table.values[row * table.dim..(row + 1) * table.dim], table.scales[row]);
            }
            from += table.dim;
        }
        let mut out = vec![0.0; self.dims.width()];
        s.rows.take(&s.x, 1, self.dims.input());
        multiply(&s.rows, &self.integers[part::INPUT], &mut out);
        leaky(&mut out, &self.dense[part::INPUT_BIAS]);
        out.into()
    }

    /// Reads sentences that lie one behind the other: `inputs` are the words' vectors, `ends` the words behind each
    /// sentence. What was read stands in the scratch.
    pub fn read<'a>(&self, mut inputs: impl Iterator<Item = &'a [f32]>, ends: &[usize], s: &mut Scratch) {
        let mut all = std::mem::take(&mut s.all);
        all.clear();
        let mut some = std::mem::take(&mut s.some);
        some.clear();
        let mut from = 0;
        for (i, &end) in ends.iter().enumerate() {
            some.push(end - from);
            if ends.get(i + 1).is_none_or(|next| next - from > AT_ONCE) {
                self.read_some(&mut inputs, &some, s);
                all.take(s);
                some.clear();
                from = end;
            }
        }
        all.give(s);
        (s.all, s.some) = (all, some);
    }

    fn read_some<'a>(&self, inputs: &mut impl Iterator<Item = &'a [f32]>, ends: &[usize], s: &mut Scratch) {
        let d = &self.dims;
        let (w, h) = (d.width(), d.hidden);
        let n = ends.last().copied().unwrap_or(0);
        s.x.clear();
        inputs.take(n).for_each(|v| s.x.extend_from_slice(v));
        zeros(&mut s.state, h);
        for layer in 0..d.layers {
            s.products.resize(n * 6 * h, 0.0);
            s.y.resize(n * w, 0.0);
            s.rows.take(&s.x, n, w);
            multiply(&s.rows, &self.integers[part::LAYERS + 2 * layer], &mut s.products);
            let v = &self.dense[part::LAYERS + 2 * layer + 1];
            for backward in [false, true] {
                let v = &v[if backward { 4 * h } else { 0 }..][..4 * h];
                scan(&s.products, &s.x, v, backward, ends, &mut s.state, &mut s.y);
            }
            std::mem::swap(&mut s.x, &mut s.y);
        }
        s.rows.take(&s.x, n, w);
        self.names(n, s);
        self.tags(n, s);
        self.trees(n, ends, s);
    }

    /// Makes the tree of a language in which heads stand behind their dependents: a word with one of the relations has its head
    /// in front of it only where no verb is behind it (inverted sentences).
    pub fn look_ahead(&mut self, relations: &[&str]) {
        self.ahead = self.relations.iter().map(|r| relations.contains(&r.as_str())).collect();
    }

    fn tags(&self, n: usize, s: &mut Scratch) {
        let d = &self.dims;
        s.tag.resize(n * d.tag, 0.0);
        multiply(&s.rows, &self.integers[part::TAG], &mut s.tag);
        leaky(&mut s.tag, &self.dense[part::TAG_BIAS]);
        let columns = UPOS + d.components;
        s.tags.resize(n * columns, 0.0);
        s.rows.take(&s.tag, n, d.tag);
        multiply(&s.rows, &self.integers[part::LABEL], &mut s.tags);
        add_rows(&mut s.tags, &self.dense[part::LABEL_BIAS]);
        s.labels.clear();
        s.labels.extend(s.tags.chunks_exact(columns).map(|row| self.labels.best(row) as u16));
    }

    fn trees(&self, n: usize, ends: &[usize], s: &mut Scratch) {
        let d = &self.dims;
        s.wide.clear();
        for (x, t) in s.x.chunks_exact(d.width()).zip(s.tag.chunks_exact(d.tag)) {
            s.wide.extend_from_slice(x);
            s.wide.extend_from_slice(t);
        }
        let columns = d.tree();
        s.tree.resize(n * columns, 0.0);
        s.rows.take(&s.wide, n, d.width() + d.tag);
        multiply(&s.rows, &self.integers[part::TREE], &mut s.tree);
        let bias = &self.dense[part::TREE_BIAS];
        // The vectors of arcs bend; those of relations meet first.
        add_rows(&mut s.tree, bias);
        for row in s.tree.chunks_exact_mut(columns) {
            for v in row[..2 * d.arc].iter_mut().filter(|v| **v < 0.0) {
                *v *= super::kernel::LEAK;
            }
        }
        let root = &self.dense[part::ROOT];
        s.heads.clear();
        let mut deps = Vec::new();
        let mut bent = Vec::new();
        let mut heads = Vec::new();
        let mut column = Packed::default();
        let mut scores = Vec::new();
        let mut from = 0;
        for &end in ends {
            let rows = &s.tree[from * columns..end * columns];
            let m = end - from;
            deps.clear();
            heads.clear();
            for row in rows.chunks_exact(columns) {
                deps.extend_from_slice(&row[..d.arc]);
                heads.extend_from_slice(&row[d.arc..2 * d.arc]);
            }
            heads.extend_from_slice(&root[..d.arc]);
            bent.resize(m * d.arc, 0.0);
            s.rows.take(&deps, m, d.arc);
            multiply(&s.rows, &self.integers[part::ARC], &mut bent);
            add_rows(&mut bent, &self.dense[part::ARC_HEAD]);
            column.pack_transposed(&heads, d.arc, m + 1);
            let at = scores.len();
            scores.resize(at + m * (m + 1), 0.0);
            kernel::multiply(&bent, m, &column, &mut scores[at..]);
            s.heads.extend(best_tree(&scores[at..], m));
            from = end;
        }
        s.relations.clear();
        s.relations.resize(n, 0);
        self.relations(0..n, ends, s);
        if !self.ahead.is_empty() {
            self.turn_ahead(ends, &mut scores, s);
        }
    }

    /// Finds the relations of some words to their heads; `ends` are the sentences' ends.
    fn relations(&self, range: std::ops::Range<usize>, ends: &[usize], s: &mut Scratch) {
        let d = &self.dims;
        let columns = d.tree();
        let root = &self.dense[part::ROOT];
        s.meeting.clear();
        s.meeting.resize(range.len() * d.rel, 0.0);
        let mut sentence = ends.partition_point(|&e| e <= range.start);
        for (i, w) in range.clone().enumerate() {
            while ends[sentence] <= w {
                sentence += 1;
            }
            let from = if sentence == 0 { 0 } else { ends[sentence - 1] };
            let dep = &s.tree[w * columns + 2 * d.arc..][..d.rel];
            let head = match from + s.heads[w] as usize {
                h if h >= ends[sentence] => &root[d.arc..],
                h => &s.tree[h * columns + 2 * d.arc + d.rel..][..d.rel],
            };
            meet(dep, head, &mut s.meeting[i * d.rel..][..d.rel]);
        }
        s.scores.resize(range.len() * d.relations, 0.0);
        s.rows.take(&s.meeting, range.len(), d.rel);
        multiply(&s.rows, &self.integers[part::REL], &mut s.scores);
        add_rows(&mut s.scores, &self.dense[part::REL_BIAS]);
        for (w, row) in range.zip(s.scores.chunks_exact(d.relations.max(1))) {
            s.relations[w] = argmax(row) as u16;
        }
    }

    /// Searches again for trees with arcs that point the wrong way ([`Net::look_ahead`]), without these arcs.
    fn turn_ahead(&self, ends: &[usize], scores: &mut [f32], s: &mut Scratch) {
        let (mut from, mut at) = (0, 0);
        for &end in ends {
            let m = end - from;
            let scores = &mut scores[at..at + m * (m + 1)];
            let verb = |w: usize| self.labels.labels[s.labels[w] as usize].0 == Upos::Verb;
            let last_verb = (from..end).rfind(|&w| verb(w)).unwrap_or(from);
            for _ in 0..TURNS {
                let mut wrong = false;
                for w in from..last_verb {
                    let (i, head) = (w - from, s.heads[w] as usize);
                    if head < i && self.ahead[s.relations[w] as usize] {
                        scores[i * (m + 1) + head] = FORBIDDEN;
                        wrong = true;
                    }
                }
                if !wrong {
                    break;
                }
                s.heads.splice(from..end, best_tree(scores, m));
                self.relations(from..end, ends, s);
            }
            at += m * (m + 1);
            from = end;
        }
    }

    fn names(&self, n: usize, s: &mut Scratch) {
        let d = &self.dims;
        s.names.clear();
        if self.name_tags.is_empty() {
            return;
        }
        s.y.resize(n * d.name, 0.0);
        multiply(&s.rows, &self.integers[part::NAME], &mut s.y);
        leaky(&mut s.y, &self.dense[part::NAME_BIAS]);
        s.names.resize(n * d.name_tags, 0.0);
        // The rows of the encoder's top are read again for the tags.
        s.name_rows.take(&s.y, n, d.name);
        multiply(&s.name_rows, &self.integers[part::NAME_OUT], &mut s.names);
        add_rows(&mut s.names, &self.dense[part::NAME_OUT_BIAS]);
    }
}

/// Index of the highest number, the first of equals.
pub fn argmax(row: &[f32]) -> usize {
    let mut best = (f32::MIN, 0);
    for (i, &s) in row.iter().enumerate() {
        if s > best.0 {
            best = (s, i);
        }
    }
    best.1
}

/// The best tags of a sentence, a row of scores a word, where a name's inside follows its begin.
pub fn best_tags(rows: &[f32], tags: &[String], out: &mut Vec<u8>) {
    let k = tags.len();
    let n = rows.len() / k;
    let other = tags.iter().position(|t| t == "O").unwrap_or(0);
    // A sentence without a name is done at once.
    if rows.chunks_exact(k).all(|row| argmax(row) == other) {
        out.extend(std::iter::repeat_n(other as u8, n));
        return;
    }
    // What may stand before an inside: the begin and the inside of its kind. All else may follow anything.
    let before: Vec<Option<[usize; 2]>> = tags
        .iter()
        .enumerate()
        .map(|(i, t)| {
            let kind = t.strip_prefix("I-")?;
            let begin = tags.iter().position(|b| b.strip_prefix("B-") == Some(kind)).unwrap_or(i);
            Some([begin, i])
        })
        .collect();
    let mut back = vec![0u8; n * k];
    let mut sums = vec![0f32; k];
    for (i, row) in rows.chunks_exact(k).enumerate() {
        let best = if i == 0 { 0 } else { argmax(&sums) };
        let mut next = vec![0f32; k];
        for t in 0..k {
            let from = match before[t] {
                None => best,
                Some(_) if i == 0 => {
                    next[t] = -1e9;
                    continue;
                }
                Some([a, b]) => {
                    if sums[a] >= sums[b] {
                        a
                    } else {
                        b
                    }
                }
            };
            back[i * k + t] = from as u8;
            next[t] = row[t] + if i == 0 { 0.0 } else { sums[from] };
        }
        sums = next;
    }
    let at = out.len();
    out.resize(at + n, 0);
    let mut t = argmax(&sums);
    for i in (0..n).rev() {
        out[at + i] = t as u8;
        t = back[i * k + t] as usize;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inside_follows_its_begin() {
        let tags: Vec<String> = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"].map(String::from).to_vec();
        let rows = [[0.0, 0.0, 1.0, 0.9, 0.0], [0.0, 0.0, 0.9, 0.0, 1.0], [1.0, 0.0, 0.0, 0.0, 0.0]];
        let mut out = Vec::new();
        best_tags(&rows.concat(), &tags, &mut out);
        assert_eq!(out, [3, 4, 0]);
    }
}
