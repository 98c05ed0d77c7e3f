//! Training of the lemmatizer: what may be exchanged, and the weights of the candidates.

use std::collections::BTreeMap;

use haberdar_lang::{
    Upos,
    lemma::{Candidate, Exchanges, label_hash},
    lexicon::Lexicon,
    linear::Rows,
    word::{WordInfo, normal_chars, shape},
};
use haberdar_model::Language;

use crate::{
    perceptron::{Perceptron, Random},
    treebank::Gold,
};

/// Largest packed weight.
const LARGEST: i32 = 2000;

/// Exchanges of endings that lead from the forms to the lemmas.
pub fn exchanges(gold: &[&Gold], lang: Language) -> Exchanges {
    let mut pairs: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut normal = Vec::new();
    for g in gold {
        for w in g.words.iter().filter(|w| w.upos != Upos::Punct && w.lemma != "_") {
            normal_chars(&w.form, lang, &mut normal);
            // A lemma with capitals of a word without (me - I, google - Google) is put on as it stands; where the word has
            // capitals itself, the lemma's are a matter of keeping them.
            let plain = !w.form.chars().any(char::is_uppercase);
            let lemma: Vec<char> =
                w.lemma.chars().map(|c| if plain { c } else { haberdar_lang::casing::lower_char(c, lang) }).collect();
            let mut folded = Vec::new();
            normal_chars(&w.lemma, lang, &mut folded);
            let agree = |k: usize| normal[k] == lemma[k] || (folded.get(k) == normal.get(k) && !lemma[k].is_uppercase());
            let same = (0..normal.len().min(lemma.len()).min(folded.len())).take_while(|&k| agree(k)).count();
            let cut: String = normal[same..].iter().collect();
            let add: String = lemma[same..].iter().collect();
            *pairs.entry((cut, add)).or_default() += if g.scheme == 0 { 2 } else { 1 };
        }
    }
    // A short ending is exchanged in few ways; what was seen once there is a slip or an exception that its longer endings
    // tell. Every candidate costs time.
    let mut by_cut: BTreeMap<&str, Vec<(usize, &str)>> = BTreeMap::new();
    for ((cut, add), n) in &pairs {
        let least = if cut.chars().count() < 3 { 8 } else { 2 };
        if *n >= least {
            by_cut.entry(cut).or_default().push((*n, add));
        }
    }
    Exchanges::new(by_cut.into_iter().flat_map(|(cut, mut adds)| {
        adds.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        adds.truncate(4);
        adds.into_iter().map(move |(_, add)| (cut.to_owned(), add.to_owned()))
    }))
}

/// Weights of lemma candidates.
pub fn lemma_weights(gold: &[&Gold], exchanges: &Exchanges, lexicon: &Lexicon, epochs: usize) -> Rows {
    let lang = lexicon.language();
    let mut p = Perceptron::new(lang == Language::Tr);
    let mut random = Random(3);
    let mut normal = Vec::new();
    let look = |g: &&Gold| g.words.iter().map(|w| WordInfo::new(&w.form, lexicon, &mut Vec::new())).collect();
    let infos: Vec<Vec<WordInfo>> = gold.iter().map(look).collect();
    let mut candidates: Vec<Candidate> = Vec::new();
    let (mut features, mut best_features, mut want_features) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..epochs {
        for i in random.order(gold.len()) {
            let g = gold[i];
            for (k, w) in g.words.iter().enumerate() {
                let sh = shape(&w.form);
                if w.upos == Upos::Punct || sh == haberdar_lang::word::Shape::Symbol || w.lemma == "_" {
                    continue;
                }
                normal_chars(&w.form, lang, &mut normal);
                exchanges.candidates(&w.form, &normal, &infos[i][k].readings, &mut candidates);
                let (upos, label) = (w.upos, label_hash(w.upos, w.feats));
                let hash = haberdar_lang::linear::hash_chars(normal.iter().copied());
                let (mut best, mut want) = (i32::MIN, i32::MIN);
                let mut best_lemma = String::new();
                for c in &candidates {
                    let lemma = c.lemma(&w.form, &normal, lexicon);
                    if lemma.is_empty() {
                        continue;
                    }
                    c.features(&normal, hash, sh, k == 0, upos, label, &lemma, lexicon, &mut features);
                    p.expand(&mut features, g.scheme, usize::MAX);
                    let mut s = [0];
                    p.score(&features, &mut s);
                    if s[0] > best {
                        best = s[0];
                        best_features.clone_from(&features);
                        best_lemma.clone_from(&lemma);
                    }
                    if lemma == w.lemma && s[0] > want {
                        want = s[0];
                        want_features.clone_from(&features);
                    }
                }
                if want > i32::MIN && best_lemma != w.lemma {
                    p.update(&want_features, 0, 1);
                    p.update(&best_features, 0, -1);
                }
                p.tick();
            }
        }
    }
    p.average(0, LARGEST, 1)
}
