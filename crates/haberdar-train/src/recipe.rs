//! From treebanks to a model file.

use haberdar_lang::{
    lemma::{Exchanges, Lemmatizer},
    lexicon::Lexicon,
    linear::{Linear, Rows},
    model::{self, Parts},
    split::Splitter,
};
use haberdar_model::Language;

use crate::{
    cutting::{self, Line},
    lemmas,
    treebank::Gold,
};

/// Distributional classes: hash of the normal form, classes at two depths.
pub type Classes = Vec<(u32, [u32; 2])>;

/// The linear steps, trained.
pub struct Linears {
    sentences: Rows,
    splitter: (Vec<String>, Rows),
    lemmatizer: (Exchanges, Rows),
}

/// Rounds of the lemmatizer.
const LEMMA_ROUNDS: usize = 5;

/// Least weight that the lemmatizer keeps, of 2000.
const LEMMA_LEAST: i16 = 10;

/// Trains the linear steps: where text is cut, and lemmas. These learn from gold labels.
pub fn linears(lang: Language, gold: &[&Gold], more: &[Line], lexicon: &Lexicon) -> Linears {
    let (sentences, splitter) = cutting(gold, more, lexicon);
    let exchanges = lemmas::exchanges(gold, lang);
    let weights = prune(&lemmas::lemma_weights(gold, &exchanges, lexicon, LEMMA_ROUNDS), LEMMA_LEAST);
    Linears { sentences, splitter, lemmatizer: (exchanges, weights) }
}

/// Trains what cuts text: the ends of sentences, from treebanks and further lines, and the endings and weights of the
/// splitter.
pub fn cutting(gold: &[&Gold], more: &[Line], lexicon: &Lexicon) -> (Rows, (Vec<String>, Rows)) {
    let lines: Vec<Line> = Line::of(gold).into_iter().chain(more.iter().cloned()).collect();
    let sentences = prune(&cutting::sentence_ends(&lines, lexicon, 5), 32);
    // Treebanks without real spacing say nothing of split words.
    let spaced: Vec<&Gold> = gold.iter().copied().filter(|g| g.scheme < 3).collect();
    let splitter = cutting::splits(&spaced, lexicon, if lexicon.language() == Language::Tr { 4 } else { 8 });
    (sentences, splitter)
}

/// The model file.
pub fn pack(lang: Language, linears: &Linears, clusters: Classes, net: Vec<u8>) -> Vec<u8> {
    let mut parts = Parts { clusters, net, ..Parts::default() };
    Linear::write(&linears.sentences, &mut parts.sentences);
    Splitter::write(&linears.splitter.0, &linears.splitter.1, &mut parts.splitter);
    Lemmatizer::write(&linears.lemmatizer.0, &linears.lemmatizer.1, &mut parts.lemmatizer);
    model::write(lang, &parts)
}

/// Leaves small weights out; what is kept is rounded to eighths, which fit into a byte each.
pub fn prune(rows: &Rows, least: i16) -> Rows {
    let kept = |(key, row): &(u32, Vec<(u8, i16)>)| {
        let row: Vec<(u8, i16)> =
            row.iter().filter(|(_, w)| w.abs() >= least).map(|&(c, w)| (c, (w + 4 * w.signum()) / 8)).collect();
        (!row.is_empty()).then_some((*key, row))
    };
    rows.iter().filter_map(kept).collect()
}
