//! The second look at names: a linear chain over sparse features, on top of the network's scores.
//!
//! The network sees words as sums of vectors; it knows a name by its kind of word and its neighbours. This look has a weight of
//! its own for every word, ending, list and phrase, for how a run of capitals ends and for what a title stands in front of. The
//! scores of both are added, then the best sequence of tags is searched for. What depends on a word alone is summed up once and
//! remembered, for the word and for its two neighbours on either side.

pub mod features;

use haberdar_model::Language;

use crate::{
    Sentence, Word,
    bytes::{Reader, put_varint},
    names::{NameClass, NameSpan},
    rows::{self, Atoms, Row, Rows, STRIDE, Sums, add, gathered},
    word::WordInfo,
};
use features::{Context, Lists, Seen, look};

/// Classes of names, in the order of their tags: O, then begin and inside of each. All that is named otherwise comes last.
pub const CLASSES: [&str; 7] = ["PERSON", "GPE", "LOC", "ORG", "NORP", "TITLE", "MISC"];

/// Number of tags.
pub const TAGS: usize = 1 + 2 * CLASSES.len();

/// The number of a tag of a corpus or of the network; what is counted or dated is no name.
pub fn tag(t: &str) -> u8 {
    let class = |kind: &str| CLASSES.iter().position(|c| *c == kind).unwrap_or(CLASSES.len() - 1) as u8;
    match t.split_once('-') {
        Some((_, "DATE" | "CARDINAL" | "ORDINAL" | "QUANTITY" | "PERCENT" | "TIME" | "MONEY")) | None => 0,
        Some(("B", kind)) => 1 + 2 * class(kind),
        Some((_, kind)) => 2 + 2 * class(kind),
    }
}

/// Which tag may follow which; `None` is the start of a sentence.
pub fn may_follow(before: Option<usize>, tag: usize) -> bool {
    tag == 0 || tag % 2 == 1 || before.is_some_and(|b| b == tag || b + 1 == tag)
}

/// Scores of our tags from those of the network's, against the score of no name.
pub fn given(tags: &[u8], scores: &[f32]) -> [f32; STRIDE] {
    let mut out = [f32::MIN; STRIDE];
    for (&t, &s) in tags.iter().zip(scores) {
        let o = &mut out[t as usize];
        *o = o.max(s);
    }
    let none = out[0];
    out.iter_mut().for_each(|o| *o -= none);
    out[TAGS..].fill(0.0);
    out
}

/// What training found.
#[derive(Clone, Debug, Default)]
pub struct Trained {
    /// Features by their hash's first bits, sorted, with their weights.
    pub rows: Vec<(u32, Row)>,
    /// From each tag to each.
    pub moves: [Row; STRIDE],
    /// How much the network's score of each tag counts; first, what is added for no name.
    pub given: Row,
    /// Lists of names, by the hash of the phrase, sorted.
    pub lists: Vec<(u32, u16)>,
}

impl Trained {
    /// Writes it behind a model's other parts.
    pub fn write(&self, out: &mut Vec<u8>) {
        put_varint(out, self.lists.len() as u64);
        let mut last = 0;
        for (key, bits) in &self.lists {
            put_varint(out, (key - last) as u64);
            last = *key;
            put_varint(out, *bits as u64);
        }
        self.moves.iter().chain([&self.given]).for_each(|row| rows::write_row(row, out));
        rows::write(&self.rows, out);
    }
}

/// A trained second look.
pub struct Namer {
    lists: Lists,
    rows: Rows,
    moves: [Row; STRIDE],
    given: Row,
    /// Our tags of the network's.
    tags: Vec<u8>,
}

/// What is seen of a word by itself, and what it adds to the scores of its neighbours and its own.
pub struct Look {
    seen: Seen,
    sums: Sums,
}

/// Buffers.
#[derive(Default)]
pub struct Scratch {
    chars: Vec<char>,
    atoms: Atoms,
    features: Vec<u32>,
    scores: Vec<[i32; STRIDE]>,
    back: Vec<[u8; STRIDE]>,
}

impl Namer {
    /// Reads what [`Trained::write`] wrote, for a network with these tags.
    pub fn read_from(r: &mut Reader<'_>, name_tags: &[String]) -> Option<Namer> {
        let mut lists = Lists::default();
        let n = r.count(2)?;
        lists.of.reserve(n);
        let mut key = 0u32;
        for _ in 0..n {
            key = key.checked_add(u32::try_from(r.varint()?).ok()?)?;
            lists.of.insert(key, r.varint()? as u16);
        }
        let mut moves = [[0; STRIDE]; STRIDE];
        for m in &mut moves {
            *m = rows::read_row(r)?;
        }
        let given = rows::read_row(r)?;
        let rows = Rows::read_from(r)?;
        let tags = name_tags.iter().map(|t| tag(t)).collect();
        Some(Namer { lists, rows, moves, given, tags })
    }

    /// Looks at a word, given its label and lemma.
    pub fn look(&self, w: &Word<'_>, info: &WordInfo, s: &mut Scratch) -> Look {
        let seen = look(w, info, &self.lists, Language::Tr, &mut s.chars, &mut s.atoms);
        Look { seen, sums: self.rows.spread(&s.atoms) }
    }

    /// The names of a sentence, from what is seen of its words and the network's scores of their tags.
    pub fn names<L: std::ops::Deref<Target = Look>>(
        &self,
        sentence: &Sentence<'_>,
        looks: &[L],
        scores: &[f32],
        s: &mut Scratch,
    ) -> Vec<NameSpan> {
        let n = looks.len();
        let context = Context::new(sentence, looks.iter().map(|l| &l.seen).collect(), &self.lists);
        s.scores.clear();
        for (i, net) in (0..n).zip(scores.chunks_exact(self.tags.len().max(1))) {
            let mut sum = gathered(looks.iter().map(|l| &l.sums), i);
            s.features.clear();
            context.features(i, &mut s.features);
            for row in s.features.iter().filter_map(|f| self.rows.find(*f)) {
                add(&mut sum, row);
            }
            let given = given(&self.tags, net);
            // The network's scores in the parts of one that weights are in.
            let score = |t: usize| sum[t] as i32 + (given[t].clamp(-60.0, 60.0) * self.given[t] as f32) as i32;
            let mut row: [i32; STRIDE] = std::array::from_fn(score);
            row[0] = sum[0] as i32 + self.given[0] as i32;
            s.scores.push(row);
        }
        self.decode(s)
    }

    /// The names of the best sequence of tags.
    fn decode(&self, s: &mut Scratch) -> Vec<NameSpan> {
        const NEVER: i32 = i32::MIN / 2;
        s.back.clear();
        let mut sums = [NEVER; STRIDE];
        for (i, row) in s.scores.iter().enumerate() {
            let mut next = [NEVER; STRIDE];
            let mut back = [0u8; STRIDE];
            if i == 0 {
                (0..TAGS).filter(|&t| may_follow(None, t)).for_each(|t| next[t] = row[t]);
            } else {
                let mut best = [NEVER; STRIDE];
                for (b, &sum) in sums.iter().enumerate().take(TAGS) {
                    for t in 0..STRIDE {
                        let x = sum + self.moves[b][t] as i32;
                        if x > best[t] && may_follow(Some(b), t) {
                            best[t] = x;
                            back[t] = b as u8;
                        }
                    }
                }
                for t in 0..TAGS {
                    next[t] = best[t].max(NEVER) + row[t];
                }
            }
            s.back.push(back);
            sums = next;
        }
        let mut t = (0..TAGS).fold(0, |best, t| if sums[t] > sums[best] { t } else { best });
        let mut out = Vec::new();
        let mut end = s.back.len();
        for i in (0..s.back.len()).rev() {
            if t % 2 == 1 {
                if let Some(class) = NameClass::of_tag(CLASSES[t / 2]) {
                    out.push(NameSpan { first_word: i, last_word: end, class });
                }
                end = i;
            } else if t == 0 {
                end = i;
            }
            t = s.back[i][t] as usize;
        }
        out.reverse();
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::KEY;

    fn trained() -> Trained {
        let mut t = Trained { lists: vec![(3, 1), (70_000, 0x8000)], ..Trained::default() };
        t.rows = (0..500u32).map(|i| (i * 16_001, std::array::from_fn(|k| (i as i16 * k as i16) % 90))).collect();
        t.moves[1][2] = 40;
        t
    }

    #[test]
    fn what_is_written_is_read() {
        let (t, mut bytes) = (trained(), Vec::new());
        t.write(&mut bytes);
        let namer = Namer::read_from(&mut Reader::new(&bytes), &["O".into(), "B-DATE".into(), "I-ORG".into()]).unwrap();
        for (key, row) in &t.rows {
            assert_eq!(namer.rows.find(key << (32 - KEY)), Some(row));
        }
        assert_eq!(namer.rows.find(17 << (32 - KEY)), None);
        assert_eq!((namer.moves, namer.tags), (t.moves, vec![0, 0, tag("I-ORG")]));
        for cut in 0..bytes.len() {
            assert!(Namer::read_from(&mut Reader::new(&bytes[..cut]), &[]).is_none());
        }
    }

    #[test]
    fn an_inside_follows_its_begin() {
        let mut bytes = Vec::new();
        Trained::default().write(&mut bytes);
        let namer = Namer::read_from(&mut Reader::new(&bytes), &[]).unwrap();
        let mut s = Scratch { scores: vec![[0; STRIDE]; 3], ..Scratch::default() };
        s.scores[0][tag("I-ORG") as usize] = 9;
        s.scores[0][tag("B-ORG") as usize] = 4;
        s.scores[1][tag("I-ORG") as usize] = 5;
        s.scores[2][tag("B-GPE") as usize] = 5;
        let names: Vec<_> = namer.decode(&mut s).iter().map(|n| (n.first_word, n.last_word, n.class)).collect();
        assert_eq!(names, [(0, 2, NameClass::Org), (2, 3, NameClass::Gpe)]);
    }
}
