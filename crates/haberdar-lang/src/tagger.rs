//! The second look at parts of speech: a linear chain over sparse features, on top of the network's scores.
//!
//! The network sees words as sums of vectors and forgets what is rare; this look has a weight of its own for every word, ending
//! and pair of neighbours, and knows a headline by its capitals. The scores of both are added, then the best sequence is searched
//! for. What depends on a word alone is summed up once and remembered, for the word and for its two neighbours on either side.

use std::borrow::Borrow;

use rustc_hash::FxHashMap;

use crate::{
    Upos,
    bytes::Reader,
    linear::feature,
    net::{UPOS, labels::Labels},
    rows::{self, Atoms, ONE, Row, Rows, STRIDE, Sums, add, gathered},
    word::{Shape, WordInfo},
};

/// Bits of [`around`]: the same word stands elsewhere in lower case; with a capital behind the start of its sentence.
const LOWER: u8 = 1;
const CAPITAL: u8 = 2;

/// How the words of several sentences are written elsewhere in them: bits for each word. `ends` are the words behind each sentence.
pub fn around<W: Borrow<WordInfo>>(words: &[W], ends: &[usize], out: &mut Vec<u8>) {
    let mut counts: FxHashMap<u32, [u32; 2]> = FxHashMap::default();
    let mut kinds = Vec::with_capacity(words.len());
    let mut from = 0;
    for &end in ends {
        let mut first = true;
        for w in words[from..end].iter().map(Borrow::borrow) {
            let kind = match w.shape {
                Shape::Lower => Some(0),
                _ if capital(w) && !first => Some(1),
                _ => None,
            };
            if let Some(k) = kind {
                counts.entry(w.low).or_default()[k] += 1;
            }
            kinds.push(kind);
            first &= w.shape == Shape::Symbol;
        }
        from = end;
    }
    out.clear();
    out.extend(words.iter().map(Borrow::borrow).zip(kinds).map(|(w, kind)| {
        let mut n = counts.get(&w.low).copied().unwrap_or_default();
        if let Some(k) = kind {
            n[k] -= 1;
        }
        ((n[0] > 0) as u8 * LOWER) | ((n[1] > 0) as u8 * CAPITAL)
    }));
}

/// A sentence as the second look sees it.
#[derive(Clone, Copy)]
pub struct Sight<'a, W> {
    /// What its words look like.
    pub words: &'a [W],
    /// How they are written elsewhere, by [`around`].
    pub around: &'a [u8],
    /// The relation of each to its head as the network reads it, hashed.
    pub relations: &'a [u32],
}

/// A word beyond the sentence.
const NONE: u32 = 0x7fff_fff1;

/// The tag of a part of speech: its number, but that symbols have the tag of punctuation. Which of the two a mark is, the
/// network knows.
pub fn tag(upos: Upos) -> usize {
    match upos {
        Upos::Sym => Upos::Punct as usize,
        u if u > Upos::Sym => u as usize - 1,
        u => u as usize,
    }
}

/// Scores of the tags from those of the network, against the best; the network's part of speech for each tag.
pub fn given(scores: &[f32]) -> ([f32; STRIDE], [u8; STRIDE]) {
    let best = scores[..UPOS].iter().copied().fold(f32::MIN, f32::max);
    let (mut out, mut of) = ([f32::MIN; STRIDE], [0; STRIDE]);
    for (u, &score) in Upos::ALL.iter().zip(scores) {
        let t = tag(*u);
        let score = (score - best).max(-30.0);
        if score > out[t] {
            (out[t], of[t]) = (score, *u as u8);
        }
    }
    (out, of)
}

/// What training found.
#[derive(Clone, Debug, Default)]
pub struct Trained {
    /// Features by their hash's first bits, sorted, with their weights.
    pub rows: Vec<(u32, Row)>,
    /// From each tag to each.
    pub moves: [Row; STRIDE],
    /// How much the network's scores count, in parts of one.
    pub share: i16,
}

impl Trained {
    /// Writes it behind a model's other parts.
    pub fn write(&self, out: &mut Vec<u8>) {
        self.moves.iter().for_each(|row| rows::write_row(row, out));
        out.extend_from_slice(&self.share.to_le_bytes());
        rows::write(&self.rows, out);
    }
}

/// A trained second look.
pub struct Tagger {
    rows: Rows,
    moves: [[i32; STRIDE]; STRIDE],
    share: f32,
}

/// Buffers.
#[derive(Default)]
pub struct Scratch {
    atoms: Atoms,
    features: Vec<u32>,
    scores: Vec<[i32; STRIDE]>,
    of: Vec<[u8; STRIDE]>,
    back: Vec<[u8; STRIDE]>,
}

impl Tagger {
    /// Reads what [`Trained::write`] wrote.
    pub fn read_from(r: &mut Reader<'_>) -> Option<Tagger> {
        let mut moves = [[0; STRIDE]; STRIDE];
        for m in &mut moves {
            *m = rows::read_row(r)?.map(i32::from);
        }
        let share = r.take(2)?;
        let share = i16::from_le_bytes([share[0], share[1]]) as f32 / ONE;
        Some(Tagger { rows: Rows::read_from(r)?, moves, share })
    }

    /// Looks at a word.
    pub fn look(&self, w: &WordInfo, s: &mut Scratch) -> Sums {
        atoms(w, &mut s.atoms);
        self.rows.spread(&s.atoms)
    }

    /// Corrects the labels of a sentence: the words with what is `seen` of each, the network's `scores`, a row for each word.
    pub fn tag<W: Borrow<WordInfo>>(
        &self,
        sight: Sight<'_, W>,
        seen: &[&Sums],
        scores: &[f32],
        inventory: &Labels,
        labels: &mut [u16],
        s: &mut Scratch,
    ) {
        let n = sight.words.len();
        let columns = scores.len() / n.max(1);
        let capitals = capitals(sight.words);
        s.scores.clear();
        s.of.clear();
        for (i, net) in (0..n).zip(scores.chunks_exact(columns.max(1))) {
            let mut sum = gathered(seen.iter().copied(), i);
            s.features.clear();
            features(&sight, i, capitals, &mut s.features);
            for row in s.features.iter().filter_map(|f| self.rows.find(*f)) {
                add(&mut sum, row);
            }
            let (given, of) = given(net);
            let mut row = [0; STRIDE];
            for t in 0..STRIDE {
                row[t] = sum[t] as i32 + (given[t] * self.share * ONE) as i32;
            }
            s.scores.push(row);
            s.of.push(of);
        }
        let mut t = self.decode(s);
        for i in (0..n).rev() {
            let upos = s.of[i][t] as usize;
            if inventory.labels[labels[i] as usize].0 as usize != upos && !inventory.of(upos).is_empty() {
                labels[i] = inventory.best_of(upos, &scores[i * columns..(i + 1) * columns]) as u16;
            }
            t = s.back[i][t] as usize;
        }
    }

    /// The last tag of the best sequence; those in front of it stand in the scratch.
    fn decode(&self, s: &mut Scratch) -> usize {
        s.back.clear();
        let mut sums = [0; STRIDE];
        for (i, row) in s.scores.iter().enumerate() {
            let mut back = [0u8; STRIDE];
            let mut next = *row;
            if i > 0 {
                let mut best = [i32::MIN; STRIDE];
                for (b, &sum) in sums.iter().enumerate() {
                    for t in 0..STRIDE {
                        let x = sum + self.moves[b][t];
                        if x > best[t] {
                            best[t] = x;
                            back[t] = b as u8;
                        }
                    }
                }
                for t in 0..STRIDE {
                    next[t] += best[t];
                }
            }
            s.back.push(back);
            sums = next;
        }
        (0..STRIDE).fold(0, |best, t| if sums[t] > sums[best] { t } else { best })
    }
}

/// What is seen of a word by itself: features, each with how far it reaches to neighbours.
pub fn atoms(w: &WordInfo, out: &mut Atoms) {
    out.clear();
    let mut put = |reach: u8, template: u32, value: u32| out.push((feature(template, &[value]), reach));
    put(2, 1, w.low);
    put(1, 2, w.form);
    for (k, &s) in w.suf.iter().enumerate().filter(|s| *s.1 != 0) {
        put(u8::from((1..=2).contains(&k)), 10 + k as u32, s);
    }
    for (k, &s) in w.pre.iter().enumerate().filter(|s| *s.1 != 0) {
        put(0, 20 + k as u32, s);
    }
    put(2, 30, w.shape as u32);
    put(0, 31, feature(0, &[w.shape as u32, w.length as u32]));
    put(1, 32, w.class);
    for (k, s) in w.suf[1..4].iter().enumerate() {
        put(0, 33 + k as u32, feature(0, &[w.shape as u32, *s]));
    }
}

fn capital(w: &WordInfo) -> bool {
    matches!(w.shape, Shape::Title | Shape::Upper | Shape::Mixed)
}

/// How much of the sentence is in capitals: a headline writes all words so.
pub fn capitals<W: Borrow<WordInfo>>(words: &[W]) -> u32 {
    let words = || words.iter().map(Borrow::borrow).filter(|w: &&WordInfo| w.length > 3);
    let letters = words().filter(|w| !matches!(w.shape, Shape::Digits | Shape::Symbol)).count();
    let upper = words().filter(|w| capital(w)).count();
    let all = words().filter(|w| w.shape == Shape::Upper).count();
    if letters < 2 {
        return 0;
    }
    if all * 10 >= letters * 8 {
        return 4;
    }
    match upper * 10 / letters {
        0..=2 => 1,
        3..=6 => 2,
        _ => 3,
    }
}

/// What is seen of a word in its sentence.
pub fn features<W: Borrow<WordInfo>>(sight: &Sight<'_, W>, i: usize, capitals: u32, out: &mut Vec<u32>) {
    let words = sight.words;
    let get = |k: isize, f: fn(&WordInfo) -> u32| {
        usize::try_from(i as isize + k).ok().and_then(|j| words.get(j)).map_or(NONE, |w| f(w.borrow()))
    };
    let [low, end, shape]: [fn(&WordInfo) -> u32; 3] =
        [|w| w.low, |w| if w.suf[2] != 0 { w.suf[2] } else { w.low }, |w| w.shape as u32];
    let me: &WordInfo = words[i].borrow();
    let mut put = |template: u32, values: &[u32]| out.push(feature(200 + template, values));
    let first = words[..i].iter().all(|w| w.borrow().shape == Shape::Symbol);
    put(0, &[first as u32, me.shape as u32, capitals]);
    put(1, &[get(-1, low), me.low]);
    put(2, &[me.low, get(1, low)]);
    put(3, &[get(-1, shape), me.shape as u32, get(1, shape), capitals]);
    put(4, &[get(-1, low), get(1, low)]);
    put(5, &[get(-2, low), get(-1, low)]);
    put(6, &[get(1, low), get(2, low)]);
    put(7, &[get(-1, low), end(me)]);
    put(8, &[get(1, low), end(me)]);
    put(9, &[get(-1, end), end(me)]);
    put(10, &[end(me), get(1, end)]);
    put(11, &[get(-1, end), get(1, end)]);
    put(12, &[me.low, me.shape as u32, capitals]);
    put(13, &[me.low, first as u32]);
    put(14, &[get(-1, low), me.shape as u32]);
    put(15, &[get(1, low), me.shape as u32]);
    put(16, &[me.suf[2], me.shape as u32, capitals]);
    put(17, &[get(-1, end), me.shape as u32, get(1, end)]);
    put(18, &[get(-1, low), me.low, get(1, low)]);
    let (around, relation) = (sight.around[i] as u32, sight.relations[i]);
    put(19, &[around, me.shape as u32, first as u32, capitals]);
    put(20, &[around, me.shape as u32, end(me)]);
    put(21, &[relation, me.low]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_moves_decide() {
        let mut trained = Trained { share: 16, rows: vec![(5, [3; STRIDE])], ..Trained::default() };
        trained.moves[tag(Upos::Noun)][tag(Upos::Verb)] = 40;
        let mut bytes = Vec::new();
        trained.write(&mut bytes);
        for cut in 0..bytes.len() {
            assert!(Tagger::read_from(&mut Reader::new(&bytes[..cut])).is_none());
        }
        let tagger = Tagger::read_from(&mut Reader::new(&bytes)).unwrap();
        assert_eq!(tagger.share, 0.5);
        let mut s = Scratch { scores: vec![[0; STRIDE]; 2], ..Scratch::default() };
        s.scores[0][tag(Upos::Noun)] = 9;
        s.scores[0][tag(Upos::Adj)] = 10;
        s.scores[1][tag(Upos::Noun)] = 30;
        let last = tagger.decode(&mut s);
        assert_eq!((last, s.back[1][last] as usize), (tag(Upos::Verb), tag(Upos::Noun)));
    }

    #[test]
    fn symbols_share_the_tag_of_punctuation() {
        let mut scores = [0f32; UPOS];
        scores[Upos::Sym as usize] = 2.0;
        scores[Upos::X as usize] = 1.0;
        let (given, of) = given(&scores);
        assert_eq!((given[tag(Upos::Punct)], of[tag(Upos::Punct)]), (0.0, Upos::Sym as u8));
        assert_eq!((given[tag(Upos::X)], of[tag(Upos::X)]), (-1.0, Upos::X as u8));
    }
}
