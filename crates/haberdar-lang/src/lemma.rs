//! Lemmas: candidates by what may be cut off and put on, ranked by a trained model.
//!
//! A candidate takes an ending off the word and puts another on (`gittiler` - `ttiler` + `t`, `went` - `went` + `go`), in
//! lower case or as it is written; what may be exchanged is learned from the treebanks, and the Turkish morphology
//! proposes the stems that it knows. The model weighs the exchange, the word's label, what the lemma looks like and
//! whether the lexicon has it.

use rustc_hash::FxHashMap;

use crate::{
    Feats, Upos,
    bytes::{Reader, put_str, put_varint},
    casing,
    lexicon::Lexicon,
    linear::{Linear, Rows, feature, hash_chars, hash_str},
    turkish::Reading,
    word::{Shape, normal_chars},
};

/// Hash of a label: part of speech and features.
pub fn label_hash(upos: Upos, feats: Feats) -> u32 {
    feature(77, &[upos as u32, hash_str(feats.as_str())])
}

/// A way from form to lemma.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Candidate {
    /// Characters that are cut from the end.
    pub cut: usize,
    /// What is put on instead.
    pub add: String,
    /// The rest stays as it is written instead of in lower case.
    pub keep_case: bool,
    /// The stem is one that the morphology knows: the hash of what it says.
    pub known: u32,
}

/// Exchanges of endings: the ending that is cut, with what is put on instead.
#[derive(Clone, Debug, Default)]
pub struct Exchanges {
    table: FxHashMap<String, Vec<String>>,
    longest: usize,
}

impl Exchanges {
    /// From pairs of what is cut and what is put on.
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Exchanges {
        let mut e = Exchanges::default();
        for (cut, add) in pairs {
            e.longest = e.longest.max(cut.chars().count());
            let adds = e.table.entry(cut).or_default();
            if !adds.contains(&add) {
                adds.push(add);
            }
        }
        e
    }

    /// The candidates for a word whose normal form is `normal`.
    pub fn candidates(&self, form: &str, normal: &[char], readings: &[Reading], out: &mut Vec<Candidate>) {
        out.clear();
        let n = normal.len();
        let capital = casing::is_capitalized(form) || form.chars().any(char::is_uppercase);
        let mut push = |cut: usize, add: &str, known: u32| {
            if let Some(c) = out.iter_mut().find(|c| c.cut == cut && c.add == add) {
                if known != 0 && c.known == 0 {
                    out.iter_mut().filter(|c| c.cut == cut && c.add == add).for_each(|c| c.known = known);
                }
                return;
            }
            for keep_case in [false, true] {
                if !keep_case || capital {
                    out.push(Candidate { cut, add: add.to_owned(), keep_case, known });
                }
            }
        };
        push(0, "", 0);
        let mut ending = String::new();
        for cut in 0..=n.min(self.longest) {
            ending.clear();
            ending.extend(&normal[n - cut..]);
            if let Some(adds) = self.table.get(&ending) {
                adds.iter().for_each(|add| push(cut, add, 0));
            }
        }
        if let Some(p) = normal.iter().rposition(|&c| c == '\'').filter(|&p| p > 0) {
            push(n - p, "", 1);
        }
        for r in readings.iter().take(8) {
            let known = feature(330, &[r.class as u32, r.inflection]);
            push(r.cut, &r.add, known | 4);
            if let Some(rest) = r.derived.filter(|&rest| rest < n) {
                // The derived stem is a dictionary form of its own; its last consonant is hard there.
                let soft = normal[n - rest - 1] == 'ğ';
                push(rest + soft as usize, if soft { "k" } else { "" }, feature(331, &[r.inflection]) | 4);
            }
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        let mut rows: Vec<_> = self.table.iter().collect();
        rows.sort();
        put_varint(out, rows.len() as u64);
        for (cut, adds) in rows {
            put_str(out, cut);
            put_varint(out, adds.len() as u64);
            adds.iter().for_each(|a| put_str(out, a));
        }
    }

    fn read(r: &mut Reader<'_>) -> Option<Exchanges> {
        let mut pairs = Vec::new();
        for _ in 0..r.count(2)? {
            let cut = r.str()?;
            for _ in 0..r.count(1)? {
                pairs.push((cut.to_owned(), r.str()?.to_owned()));
            }
        }
        Some(Exchanges::new(pairs))
    }
}

impl Candidate {
    /// The lemma that this candidate makes of the form.
    pub fn lemma(&self, form: &str, normal: &[char], lexicon: &Lexicon) -> String {
        let keep = normal.len().saturating_sub(self.cut);
        let lang = lexicon.language();
        let mut s = String::with_capacity(form.len() + self.add.len());
        let chars = form.chars().filter(|&c| c != '\u{307}' && c != '\u{ad}').take(keep);
        if self.keep_case {
            s.extend(chars);
            // What is put on follows the case of what is left.
            if s.chars().count() > 1 && s.chars().all(|c| c.is_uppercase()) {
                s.extend(self.add.chars().map(|c| casing::upper_char(c, lang)));
                return s;
            }
        } else {
            s.extend(chars.map(|c| casing::lower_char(c, lang)));
        }
        if s.is_empty() && self.keep_case {
            return casing::capitalize(&self.add, lang);
        }
        s.push_str(&self.add);
        s
    }

    /// Features of the candidate for a word with this label.
    #[allow(clippy::too_many_arguments)]
    pub fn features(
        &self,
        normal: &[char],
        form_hash: u32,
        shape: Shape,
        first: bool,
        upos: Upos,
        label: u32,
        lemma: &str,
        lexicon: &Lexicon,
        out: &mut Vec<u32>,
    ) {
        out.clear();
        let n = normal.len();
        let cut = hash_chars(normal[n - self.cut.min(n)..].iter().copied());
        let add = hash_str(&self.add);
        let case = self.keep_case as u32;
        let u = upos as u32;
        let lemma_hash = hash_str(lemma);
        let low = casing::lower(lemma, lexicon.language());
        let tail = |k: usize| hash_chars(low.chars().rev().take(k));
        let known = lexicon.lemma_class(&low, &mut Vec::new());
        let length = low.chars().count().min(8) as u32;
        let place = shape as u32 * 2 + first as u32;
        out.extend([
            feature(300, &[cut, add]),
            feature(301, &[cut, add, u]),
            feature(302, &[cut, add, label]),
            feature(303, &[form_hash, lemma_hash]),
            feature(304, &[form_hash, lemma_hash, u]),
            feature(305, &[lemma_hash, u]),
            feature(306, &[known, u]),
            feature(307, &[known, u, (self.cut == 0) as u32]),
            feature(308, &[tail(2), u]),
            feature(309, &[tail(3), u, cut]),
            feature(310, &[tail(1), cut, add]),
            feature(311, &[case, place, u]),
            feature(312, &[case, place, label]),
            feature(313, &[self.known, u]),
            feature(314, &[self.known, label]),
            feature(315, &[length, u]),
            feature(316, &[self.cut.min(12) as u32, u]),
            feature(317, &[add, u]),
            feature(318, &[case, lemma_hash]),
            feature(319, &[known, self.known.min(2), label]),
            feature(320, &[lemma_hash]),
            feature(321, &[label, self.cut.min(12) as u32, add]),
            feature(322, &[case, place, cut]),
        ]);
    }
}

/// The trained lemmatizer.
pub struct Lemmatizer {
    /// What may be exchanged.
    pub exchanges: Exchanges,
    /// Weights of the candidates.
    pub weights: Linear,
}

/// Buffers that are used again from word to word.
#[derive(Default)]
pub struct Scratch {
    candidates: Vec<Candidate>,
    features: Vec<u32>,
    normal: Vec<char>,
}

impl Lemmatizer {
    /// The lemma of a word with this label.
    #[allow(clippy::too_many_arguments)]
    pub fn lemma(
        &self,
        form: &str,
        readings: &[Reading],
        first: bool,
        upos: Upos,
        label: u32,
        lexicon: &Lexicon,
        s: &mut Scratch,
    ) -> Box<str> {
        let shape = crate::word::shape(form);
        if form.chars().count() > 60 || upos == Upos::Punct || shape == Shape::Symbol {
            return form.into();
        }
        normal_chars(form, lexicon.language(), &mut s.normal);
        self.exchanges.candidates(form, &s.normal, readings, &mut s.candidates);
        let form_hash = hash_chars(s.normal.iter().copied());
        let mut best = (i32::MIN, String::new());
        for c in &s.candidates {
            let lemma = c.lemma(form, &s.normal, lexicon);
            if lemma.is_empty() {
                continue;
            }
            c.features(&s.normal, form_hash, shape, first, upos, label, &lemma, lexicon, &mut s.features);
            let mut score = [0];
            self.weights.score(&s.features, &mut score);
            if score[0] > best.0 {
                best = (score[0], lemma);
            }
        }
        if best.1.is_empty() { form.into() } else { best.1.into() }
    }

    /// Writes a lemmatizer.
    pub fn write(exchanges: &Exchanges, weights: &Rows, out: &mut Vec<u8>) {
        exchanges.write(out);
        Linear::write(weights, out);
    }

    /// Reads what [`Lemmatizer::write`] wrote.
    pub fn read(r: &mut Reader<'_>) -> Option<Lemmatizer> {
        Some(Lemmatizer { exchanges: Exchanges::read(r)?, weights: Linear::read(r)? })
    }
}
