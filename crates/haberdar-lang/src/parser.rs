//! The dependency parser: arc-hybrid transitions chosen by a linear model, in linear time.
//!
//! A state is a stack, the next word of the buffer and the arcs so far. The root is a node behind the last word.
//! `Shift` moves the next word onto the stack; `Left` makes the next word the head of the stack's top and removes that;
//! `Right` makes the word below the top its head and removes the top.

use crate::{
    Deprel, Upos,
    bytes::{Reader, put_str, put_varint},
    linear::{Linear, Rows, feature},
};

/// What the parser sees of a word.
#[derive(Clone, Copy, Debug, Default)]
pub struct Node {
    /// Hash of the normal form.
    pub low: u32,
    /// Hash of the lemma.
    pub lemma: u32,
    /// Part of speech, from 1.
    pub upos: u32,
    /// Hash of part of speech and features.
    pub label: u32,
    /// Hash of the features that decide about attachment: case, verb form, possessive.
    pub role: u32,
    /// Distributional classes.
    pub cluster: [u32; 2],
    /// True for punctuation.
    pub punct: bool,
}

/// The features of a label that decide about attachment.
pub fn role_hash(upos: Upos, feats: crate::Feats) -> u32 {
    let mut values = [0; 4];
    values[0] = upos as u32 + 1;
    for (i, name) in ["Case", "VerbForm", "Person[psor]"].iter().enumerate() {
        values[i + 1] = feats.get(name).map_or(0, crate::linear::hash_str);
    }
    feature(78, &values)
}

const NONE: u32 = u32::MAX;
/// What stands for a node that is not there.
const ABSENT: Node = Node { low: 0xa5a5, lemma: 0xa5a5, upos: 99, label: 0xa5a5, role: 0xa5a5, cluster: [0, 0], punct: false };
const ROOT_NODE: Node = Node { low: 0x5a5a, lemma: 0x5a5a, upos: 98, label: 0x5a5a, role: 0x5a5a, cluster: [0, 0], punct: false };

/// Index of `Shift` among the classes.
pub const SHIFT: usize = 0;

/// A state of the parser.
#[derive(Clone, Debug)]
pub struct State {
    /// Words that have no head yet.
    pub stack: Vec<u32>,
    /// Next word; `words` is the root.
    pub next: u32,
    /// Number of words.
    pub words: u32,
    /// Head of each word, `u32::MAX` for none yet, `words` for the root.
    pub heads: Vec<u32>,
    /// Relation of each word.
    pub rels: Vec<u8>,
    links: Vec<Links>,
}

#[derive(Clone, Copy, Debug)]
struct Links {
    left: u32,
    left2: u32,
    right: u32,
    right2: u32,
    left_set: u64,
    right_set: u64,
    left_count: u8,
    right_count: u8,
}

const NO_LINKS: Links =
    Links { left: NONE, left2: NONE, right: NONE, right2: NONE, left_set: 0, right_set: 0, left_count: 0, right_count: 0 };

impl State {
    /// The first state of a sentence of `words` words.
    pub fn new(words: usize) -> State {
        State {
            stack: Vec::with_capacity(words),
            next: 0,
            words: words as u32,
            heads: vec![NONE; words],
            rels: vec![0; words],
            links: vec![NO_LINKS; words + 1],
        }
    }

    /// True when every word has a head.
    pub fn done(&self) -> bool {
        self.next == self.words && self.stack.is_empty()
    }

    /// Which of shift, left and right may be done.
    pub fn allowed(&self) -> [bool; 3] {
        let rest = self.next < self.words;
        let n = self.stack.len();
        // One word alone hangs on the root: the last that is left.
        [rest, n > 0 && (rest || n == 1), n > 1]
    }

    fn arc(&mut self, head: u32, word: u32, rel: u8) {
        self.heads[word as usize] = head;
        self.rels[word as usize] = rel;
        let l = &mut self.links[head as usize];
        let bit = 1u64 << (rel as u32 % 64);
        if word < head {
            (l.left2, l.left) = (l.left, word);
            l.left_set |= bit;
            l.left_count = l.left_count.saturating_add(1);
        } else {
            (l.right2, l.right) = (l.right, word);
            l.right_set |= bit;
            l.right_count = l.right_count.saturating_add(1);
        }
    }

    /// Does a transition; the caller has checked that it is allowed.
    pub fn apply(&mut self, class: usize, relations: usize) {
        if class == SHIFT {
            self.stack.push(self.next);
            self.next += 1;
            return;
        }
        let rel = ((class - 1) % relations) as u8;
        let Some(word) = self.stack.pop() else { return };
        let head = if class <= relations { Some(self.next) } else { self.stack.last().copied() };
        if let Some(head) = head {
            self.arc(head, word, rel);
        }
    }

    /// Cost of shift, left and right: how many of the gold heads can no longer be reached behind it. `children` holds
    /// the dependents of each node in order.
    pub fn costs(&self, gold: &[u32], children: &[Vec<u32>], on_stack: &[bool]) -> [u32; 3] {
        let b = self.next;
        let in_buffer = |n: u32| n >= b;
        let mut c = [0; 3];
        if b < self.words {
            let head = gold[b as usize];
            let top = self.stack.last().copied();
            c[0] += (head < b && on_stack[head as usize] && Some(head) != top) as u32;
            c[0] += children[b as usize].iter().filter(|&&d| d < b && on_stack[d as usize]).count() as u32;
        }
        if let Some(&s0) = self.stack.last() {
            let below = self.stack.len().checked_sub(2).map(|i| self.stack[i]);
            let head = gold[s0 as usize];
            let lost = children[s0 as usize].iter().filter(|&&d| in_buffer(d)).count() as u32;
            c[1] += lost + (Some(head) == below || (in_buffer(head) && head != b)) as u32;
            c[2] += lost + in_buffer(head) as u32;
        }
        c
    }
}

/// How many features, from the first, tell annotation styles apart in training.
pub const STYLE_FEATURES: usize = 34;

/// Features of a state.
pub fn features(s: &State, nodes: &[Node], out: &mut Vec<u32>) {
    out.clear();
    let node = |i: u32| {
        if i == NONE {
            ABSENT
        } else if i == s.words {
            ROOT_NODE
        } else {
            nodes.get(i as usize).copied().unwrap_or(ABSENT)
        }
    };
    let stack = |k: usize| s.stack.len().checked_sub(k + 1).map_or(NONE, |i| s.stack[i]);
    let buffer = |k: u32| if s.next + k <= s.words { s.next + k } else { NONE };
    let links = |i: u32| if i == NONE { NO_LINKS } else { s.links[i as usize] };
    let rel = |i: u32| if i == NONE || i >= s.words { 200 } else { s.rels[i as usize] as u32 };
    let (i0, i1, i2) = (stack(0), stack(1), stack(2));
    let (j0, j1, j2, j3) = (buffer(0), buffer(1), buffer(2), buffer(3));
    let (s0, s1, s2) = (node(i0), node(i1), node(i2));
    let (b0, b1, b2, b3) = (node(j0), node(j1), node(j2), node(j3));
    let (l0, l1, lb) = (links(i0), links(i1), links(j0));
    let (s0l, s0r, s1l, s1r, b0l) = (node(l0.left), node(l0.right), node(l1.left), node(l1.right), node(lb.left));
    let (s0l2, s0r2, s1r2, b0l2) = (node(l0.left2), node(l0.right2), node(l1.right2), node(lb.left2));
    let distance = |a: u32, b: u32| if a == NONE || b == NONE { 9 } else { bucket(b.saturating_sub(a)) };
    let d = distance(i0, j0);
    let d1 = distance(i1, i0);
    let set = |x: u64| (x ^ x >> 32) as u32;
    let mut t = 400;
    let mut f = |values: &[u32]| {
        out.push(feature(t, values));
        t += 1;
    };
    // One word.
    for n in [&s0, &s1, &b0, &b1] {
        f(&[n.low]);
        f(&[n.lemma, n.upos]);
        f(&[n.label]);
        f(&[n.upos]);
    }
    for n in [&s2, &b2, &b3] {
        f(&[n.label]);
        f(&[n.lemma, n.upos]);
    }
    // Two words.
    f(&[s0.lemma, s0.upos, b0.lemma, b0.upos]);
    f(&[s0.label, b0.label]);
    f(&[s0.lemma, s0.upos, b0.upos]);
    f(&[s0.upos, b0.lemma, b0.upos]);
    f(&[s0.label, b0.lemma]);
    f(&[s0.lemma, b0.label]);
    f(&[s0.role, b0.role]);
    f(&[s0.role, b0.lemma]);
    f(&[s0.low, b0.low]);
    f(&[s1.lemma, s1.upos, s0.lemma, s0.upos]);
    f(&[s1.label, s0.label]);
    f(&[s1.lemma, s1.upos, s0.upos]);
    f(&[s1.upos, s0.lemma, s0.upos]);
    f(&[s1.label, s0.lemma]);
    f(&[s1.role, s0.role]);
    f(&[s1.role, b0.role]);
    f(&[s1.lemma, b0.lemma]);
    f(&[b0.label, b1.label]);
    f(&[s0.role, b1.role]);
    // Three and more.
    f(&[s0.upos, b0.upos, b1.upos]);
    f(&[s0.role, b0.role, b1.role]);
    f(&[s1.upos, s0.upos, b0.upos]);
    f(&[s1.role, s0.role, b0.role]);
    f(&[s2.upos, s1.upos, s0.upos]);
    f(&[s2.role, s1.role, s0.role, b0.role]);
    f(&[b0.upos, b1.upos, b2.upos]);
    f(&[s0.upos, b0.upos, b1.upos, b2.upos]);
    f(&[s1.role, s0.role, b0.role, b1.role]);
    f(&[s0.lemma, b0.upos, b1.upos]);
    f(&[s1.lemma, s0.upos, b0.upos]);
    f(&[s1.upos, s0.lemma, b0.upos]);
    f(&[s1.upos, s0.upos, b0.lemma]);
    // With children.
    f(&[s0.upos, s0l.upos, rel(l0.left), b0.upos]);
    f(&[s0.upos, s0r.upos, rel(l0.right), b0.upos]);
    f(&[s0.upos, b0.upos, b0l.upos, rel(lb.left)]);
    f(&[s1.upos, s1r.upos, rel(l1.right), s0.upos]);
    f(&[s1.upos, s1l.upos, rel(l1.left), s0.upos]);
    f(&[s1.upos, s0.upos, s0l.upos, rel(l0.left)]);
    f(&[s1.upos, s0.upos, s0r.upos, rel(l0.right)]);
    f(&[s0.lemma, s0l.lemma]);
    f(&[s0.lemma, s0r.lemma, rel(l0.right)]);
    f(&[b0.lemma, b0l.lemma, rel(lb.left)]);
    f(&[s1.lemma, s1r.lemma]);
    f(&[s0.upos, rel(l0.left), rel(l0.left2), s0l2.upos]);
    f(&[s0.upos, rel(l0.right), rel(l0.right2), s0r2.upos]);
    f(&[s1.upos, rel(l1.right), rel(l1.right2), s1r2.upos]);
    f(&[b0.upos, rel(lb.left), rel(lb.left2), b0l2.upos]);
    f(&[s0.role, set(l0.left_set)]);
    f(&[s0.role, set(l0.right_set)]);
    f(&[s1.role, set(l1.right_set)]);
    f(&[b0.role, set(lb.left_set)]);
    f(&[s0.lemma, set(l0.left_set)]);
    f(&[b0.lemma, set(lb.left_set)]);
    f(&[s0.role, b0.role, set(lb.left_set)]);
    f(&[s1.role, s0.role, set(l0.left_set)]);
    f(&[s1.role, s0.role, set(l1.right_set)]);
    // Distance and number of children.
    f(&[d, s0.lemma]);
    f(&[d, s0.role]);
    f(&[d, b0.lemma]);
    f(&[d, b0.role]);
    f(&[d, s0.role, b0.role]);
    f(&[d1, s1.role, s0.role]);
    f(&[d1, s1.lemma]);
    f(&[s0.lemma, l0.left_count.min(4) as u32, l0.right_count.min(4) as u32]);
    f(&[s0.role, l0.left_count.min(4) as u32, l0.right_count.min(4) as u32]);
    f(&[b0.role, lb.left_count.min(4) as u32]);
    f(&[s1.role, l1.right_count.min(4) as u32]);
    f(&[s.stack.len().min(4) as u32, (s.next >= s.words) as u32]);
    // The words beside, whether they are in the tree or not.
    let beside = |i: u32, by: i64| {
        let at = i as i64 + by;
        if i == NONE || at < 0 || at > s.words as i64 { ABSENT } else { node(at as u32) }
    };
    f(&[s0.role, beside(i0, -1).upos, beside(i0, 1).upos, b0.role]);
    f(&[s0.role, beside(i0, 1).lemma, b0.upos]);
    f(&[b0.role, beside(j0, -1).lemma, s0.upos]);
    f(&[s1.role, beside(i1, 1).upos, s0.role]);
    // Distributional classes.
    f(&[s0.cluster[0], b0.cluster[0]]);
    f(&[s0.cluster[1], b0.cluster[1]]);
    f(&[s0.cluster[1], s0.role, b0.role]);
    f(&[s0.role, b0.cluster[1], b0.role]);
    f(&[s1.cluster[1], s0.cluster[1], s0.role]);
    f(&[s1.role, s0.cluster[0], s0.role]);
}

fn bucket(d: u32) -> u32 {
    match d {
        0..=4 => d,
        5..=6 => 5,
        7..=10 => 6,
        _ => 7,
    }
}

/// The trained parser.
pub struct Parser {
    /// Weights of transitions.
    pub weights: Linear,
    /// Relations in the order of their classes.
    pub relations: Vec<Deprel>,
}

/// Buffers that are used again from sentence to sentence.
#[derive(Default)]
pub struct Scratch {
    features: Vec<u32>,
    scores: Vec<i32>,
}

/// The allowed class with the highest score.
pub fn best_allowed(scores: &[i32], allowed: [bool; 3], relations: usize) -> usize {
    let mut best = (i32::MIN, SHIFT);
    if allowed[0] {
        best = (scores[SHIFT], SHIFT);
    }
    for (side, from) in [(1, 1), (2, 1 + relations)] {
        if allowed[side] {
            for (i, &score) in scores[from..from + relations].iter().enumerate() {
                if score > best.0 {
                    best = (score, from + i);
                }
            }
        }
    }
    best.1
}

impl Parser {
    /// Head (the number of words for the root) and relation of every word.
    pub fn parse(&self, nodes: &[Node], s: &mut Scratch) -> (Vec<u32>, Vec<u8>) {
        let mut state = State::new(nodes.len());
        let n = self.relations.len();
        while !state.done() {
            features(&state, nodes, &mut s.features);
            s.scores.clear();
            s.scores.resize(2 * n + 1, 0);
            self.weights.score(&s.features, &mut s.scores);
            let class = best_allowed(&s.scores, state.allowed(), n);
            state.apply(class, n);
        }
        (state.heads, state.rels)
    }

    /// Writes a parser.
    pub fn write(relations: &[Deprel], weights: &Rows, out: &mut Vec<u8>) {
        put_varint(out, relations.len() as u64);
        relations.iter().for_each(|r| put_str(out, r.as_str()));
        Linear::write(weights, out);
    }

    /// Reads what [`Parser::write`] wrote.
    pub fn read(r: &mut Reader<'_>) -> Option<Parser> {
        let n = r.count(2)?;
        if n == 0 || 2 * n + 1 > 256 {
            return None;
        }
        let relations = (0..n).map(|_| r.str().map(Deprel::new)).collect::<Option<Vec<_>>>()?;
        Some(Parser { relations, weights: Linear::read(r)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Follows zero-cost transitions and gets the gold tree back.
    #[test]
    fn the_oracle_rebuilds_a_projective_tree() {
        let gold = [1u32, 3, 1, 7, 3, 6, 4];
        let mut children = vec![Vec::new(); 8];
        for (d, &h) in gold.iter().enumerate() {
            children[h as usize].push(d as u32);
        }
        let mut s = State::new(7);
        while !s.done() {
            let mut on_stack = vec![false; 8];
            s.stack.iter().for_each(|&i| on_stack[i as usize] = true);
            let costs = s.costs(&gold, &children, &on_stack);
            let side = (0..3).find(|&k| s.allowed()[k] && costs[k] == 0).expect("a way without cost");
            s.apply([SHIFT, 1, 2][side], 1);
        }
        assert_eq!(s.heads, gold);
    }
}
