//! Tokens that hold several words: `evdeki` (evde + ki), `gitmişti` (gitmiş + ti), `don't` (do + n't).

use std::borrow::Borrow;

use haberdar_model::Language;
use rustc_hash::FxHashMap;

use crate::{
    bytes::{Reader, put_str, put_varint},
    linear::{Linear, Rows, feature, hash_chars},
    word::{Shape, WordInfo},
};

/// The trained splitter: which endings may be words of their own, and when they are.
pub struct Splitter {
    /// The endings that may be cut, with the sounds that harmony exchanges as one letter.
    pub endings: FxHashMap<String, ()>,
    /// Weights: class 0 speaks for the cut.
    pub weights: Linear,
    longest: usize,
}

/// Lengths of the endings that may be cut from a word, longest first.
pub fn candidates(normal: &[char], endings: &FxHashMap<String, ()>, longest: usize) -> Vec<usize> {
    let n = normal.len();
    let mut out = Vec::new();
    for k in (1..=longest.min(n.saturating_sub(1))).rev() {
        let ending = harmonic_ending(&normal[n - k..]);
        if endings.contains_key(&ending) {
            out.push(k);
        }
    }
    out
}

/// Vowels and consonants that harmony and assimilation exchange, as one letter each.
pub fn harmonic(c: char) -> char {
    match c {
        'a' | 'e' => 'A',
        'ı' | 'i' | 'u' | 'ü' => 'I',
        'd' | 't' => 'D',
        'c' | 'ç' => 'C',
        'k' | 'g' | 'ğ' => 'K',
        other => other,
    }
}

/// An ending as [`Splitter::endings`] has it.
pub fn harmonic_ending(ending: &[char]) -> String {
    ending.iter().map(|&c| harmonic(c)).collect()
}

/// Features of cutting the last `k` characters of the word `i`.
pub fn features<W: Borrow<WordInfo>>(words: &[W], i: usize, normal: &[char], k: usize, lang: Language, out: &mut Vec<u32>) {
    out.clear();
    let w: &WordInfo = words[i].borrow();
    let n = normal.len();
    let map = |c: char| if lang == Language::Tr { harmonic(c) } else { c };
    let ending = hash_chars(normal[n - k..].iter().map(|&c| map(c)));
    let stem_tail = |m: usize| hash_chars(normal[..n - k].iter().rev().take(m).map(|&c| map(c)));
    let next: Option<&WordInfo> = words.get(i + 1).map(Borrow::borrow);
    let last = (next.is_none_or(|n| n.shape == Shape::Symbol)) as u32;
    let previous = i.checked_sub(1).map_or(0, |p| words[p].borrow().low);
    let place = w.shape as u32 * 2 + (i == 0) as u32;
    out.extend([
        feature(500, &[ending]),
        feature(501, &[ending, last]),
        feature(502, &[w.low, k as u32]),
        feature(503, &[ending, stem_tail(1)]),
        feature(504, &[ending, stem_tail(2)]),
        feature(505, &[ending, stem_tail(3)]),
        feature(506, &[ending, stem_tail(4)]),
        feature(507, &[ending, place]),
        feature(508, &[ending, next.map_or(0, |n| n.low)]),
        feature(509, &[ending, previous]),
        feature(510, &[ending, (n - k).min(6) as u32]),
        feature(511, &[ending, next.map_or(0, |n| n.suf[2])]),
        feature(512, &[ending, (w.tail != 0) as u32]),
        feature(513, &[hash_chars(normal[..n - k].iter().copied()), ending]),
    ]);
    for &h in &w.hints {
        out.push(feature(514, &[h, ending]));
        out.push(feature(515, &[h, ending, last]));
    }
}

impl Splitter {
    /// Where to cut the word, as the number of characters of its last part.
    pub fn cut<W: Borrow<WordInfo>>(
        &self,
        words: &[W],
        i: usize,
        normal: &[char],
        lang: Language,
        buffer: &mut Vec<u32>,
    ) -> Option<usize> {
        if matches!(words[i].borrow().shape, Shape::Symbol | Shape::Digits) {
            return None;
        }
        let mut best = (0, None);
        for k in candidates(normal, &self.endings, self.longest) {
            features(words, i, normal, k, lang, buffer);
            let mut score = [0];
            self.weights.score(buffer, &mut score);
            if score[0] > best.0 {
                best = (score[0], Some(k));
            }
        }
        best.1
    }

    /// Writes a splitter.
    pub fn write(endings: &[String], weights: &Rows, out: &mut Vec<u8>) {
        put_varint(out, endings.len() as u64);
        endings.iter().for_each(|e| put_str(out, e));
        Linear::write(weights, out);
    }

    /// Reads what [`Splitter::write`] wrote.
    pub fn read(r: &mut Reader<'_>) -> Option<Splitter> {
        let n = r.count(1)?;
        let mut endings = FxHashMap::default();
        for _ in 0..n {
            endings.insert(r.str()?.to_owned(), ());
        }
        let longest = endings.keys().map(|e| e.chars().count()).max().unwrap_or(0);
        Some(Splitter { endings, weights: Linear::read(r)?, longest })
    }
}
