//! From treebanks to a model file.

use haberdar_lang::{
    Deprel,
    lemma::{Exchanges, Lemmatizer},
    lexicon::Lexicon,
    linear::{Linear, Rows},
    model::{self, Parts},
    names::Names,
    parser::Parser,
    split::Splitter,
    tagger::{Labels, Tagger},
};
use haberdar_model::Language;
use rayon::prelude::*;

use crate::{
    steps::{self, Item},
    treebank::Gold,
};

/// How long each step learns.
#[derive(Clone, Debug)]
pub struct Recipe {
    /// Rounds of the tagger's looks.
    pub tagger: usize,
    /// Rounds of the lemmatizer.
    pub lemma: usize,
    /// Rounds of the parser.
    pub parser: usize,
    /// Parts into which the data are cut, so that each step learns from what the step before says of unseen sentences.
    pub folds: usize,
    /// Orders in which the parser learns; the models are added.
    pub seeds: usize,
    /// Annotation styles whose trees the parser learns from.
    pub tree_schemes: Vec<u32>,
}

impl Default for Recipe {
    fn default() -> Self {
        Recipe { tagger: 8, lemma: 5, parser: 10, folds: 5, seeds: 1, tree_schemes: (0..16).collect() }
    }
}

/// Trained steps before they are packed.
pub struct Trained {
    lang: Language,
    sentences: Rows,
    splitter: (Vec<String>, Rows),
    tagger: (Labels, Rows, Rows),
    lemmatizer: (Exchanges, Rows),
    parser: (Vec<Deprel>, Rows),
    /// Distributional classes, where there is raw text.
    pub clusters: Classes,
    /// Tags and weights of the tagger of names, where it was trained.
    pub names: Option<(Vec<String>, Rows)>,
}

/// Distributional classes: hash of the normal form, classes at two depths.
pub type Classes = Vec<(u32, [u32; 2])>;

/// Least weights that are kept, of 2000, in the big steps: first look, second look, lemmas, parser, names.
pub type Least = [i16; 5];

impl Trained {
    /// The model file. Small weights are left out: they are many and decide nothing.
    pub fn pack(&self, least: Least, say: &dyn Fn(&str)) -> Vec<u8> {
        let mut parts = Parts { clusters: self.clusters.clone(), ..Parts::default() };
        Linear::write(&self.sentences, &mut parts.sentences);
        Splitter::write(&self.splitter.0, &self.splitter.1, &mut parts.splitter);
        let (first, second) = (prune(&self.tagger.1, least[0]), prune(&self.tagger.2, least[1]));
        Tagger::write(&self.tagger.0, &first, &second, &mut parts.tagger);
        let lemmas = prune(&self.lemmatizer.1, least[2]);
        Lemmatizer::write(&self.lemmatizer.0, &lemmas, &mut parts.lemmatizer);
        let trees = prune(&self.parser.1, least[3]);
        Parser::write(&self.parser.0, &trees, &mut parts.parser);
        let size = |r: &Rows| format!("{}/{}", r.len(), r.iter().map(|r| r.1.len()).sum::<usize>());
        say(&format!("rows/weights: {} {} {} {}", size(&first), size(&second), size(&lemmas), size(&trees)));
        if let Some((tags, rows)) = &self.names {
            Names::write(tags, &prune(rows, least[4]), &mut parts.names);
        }
        model::write(self.lang, &parts)
    }
}

/// A model file with more of its small weights left out; `least` counts in the model's own units, an eighth of those of
/// [`Trained::pack`].
pub fn repack(m: &model::Model, clusters: Classes, least: Least, say: &dyn Fn(&str)) -> Vec<u8> {
    let mut parts = Parts { clusters, ..Parts::default() };
    let rows = |l: &Linear, least: i16| prune_stored(&l.rows(), least);
    Linear::write(&m.sentences.rows(), &mut parts.sentences);
    let mut endings: Vec<String> = m.splitter.endings.keys().cloned().collect();
    endings.sort();
    Splitter::write(&endings, &m.splitter.weights.rows(), &mut parts.splitter);
    Tagger::write(&m.tagger.labels, &rows(&m.tagger.first, least[0]), &rows(&m.tagger.second, least[1]), &mut parts.tagger);
    Lemmatizer::write(&m.lemmatizer.exchanges, &rows(&m.lemmatizer.weights, least[2]), &mut parts.lemmatizer);
    Parser::write(&m.parser.relations, &rows(&m.parser.weights, least[3]), &mut parts.parser);
    if let Some(n) = &m.names {
        Names::write(&n.tags, &rows(&n.weights, least[4]), &mut parts.names);
    }
    let sizes = [&parts.sentences, &parts.splitter, &parts.tagger, &parts.lemmatizer, &parts.parser, &parts.names].map(Vec::len);
    say(&format!("bytes: sentences, splits, tagger, lemmas, parser, names {sizes:?}"));
    model::write(m.lang, &parts)
}

/// A model file whose tags, trees and names are read by a network; the linear steps that it takes over are left empty.
pub fn graft(m: &model::Model, net: Vec<u8>) -> Vec<u8> {
    let mut parts = Parts { clusters: m.lexicon.clusters(), net, ..Parts::default() };
    Linear::write(&m.sentences.rows(), &mut parts.sentences);
    let mut endings: Vec<String> = m.splitter.endings.keys().cloned().collect();
    endings.sort();
    Splitter::write(&endings, &m.splitter.weights.rows(), &mut parts.splitter);
    Tagger::write(&m.tagger.labels, &Rows::new(), &Rows::new(), &mut parts.tagger);
    Lemmatizer::write(&m.lemmatizer.exchanges, &m.lemmatizer.weights.rows(), &mut parts.lemmatizer);
    Parser::write(&m.parser.relations, &Rows::new(), &mut parts.parser);
    let tags = m.names.as_ref().map_or_else(|| vec!["O".to_owned()], |n| n.tags.clone());
    Names::write(&tags, m.names.as_ref().map(|n| n.weights.rows()).as_ref().unwrap_or(&Rows::new()), &mut parts.names);
    model::write(m.lang, &parts)
}

/// Leaves small weights of a packed model out.
pub fn prune_stored(rows: &Rows, least: i16) -> Rows {
    let kept = |(key, row): &(u32, Vec<(u8, i16)>)| {
        let row: Vec<(u8, i16)> = row.iter().copied().filter(|(_, w)| w.abs() >= least).collect();
        (!row.is_empty()).then_some((*key, row))
    };
    rows.iter().filter_map(kept).collect()
}

/// Leaves small weights out.
pub fn prune(rows: &Rows, least: i16) -> Rows {
    let kept = |(key, row): &(u32, Vec<(u8, i16)>)| {
        // What is kept is rounded to eighths, which fit into a byte each.
        let row: Vec<(u8, i16)> =
            row.iter().filter(|(_, w)| w.abs() >= least).map(|&(c, w)| (c, (w + 4 * w.signum()) / 8)).collect();
        (!row.is_empty()).then_some((*key, row))
    };
    rows.iter().filter_map(kept).collect()
}

/// Trains all steps.
pub fn train(lang: Language, gold: &[&Gold], lexicon: &Lexicon, recipe: &Recipe, say: &(dyn Fn(&str) + Sync)) -> Trained {
    // The English treebanks follow one set of guidelines; the Turkish ones do not.
    let pooled = lang == Language::Tr;
    // Treebanks without real spacing say nothing of sentences and split words.
    let spaced: Vec<&Gold> = gold.iter().copied().filter(|g| g.scheme < 3).collect();
    let sentences = steps::sentence_ends(&spaced, lang, 6);
    let splitter = steps::splits(&spaced, lexicon, if pooled { 4 } else { 8 });
    say("sentences and split words");

    let mut items: Vec<Item<'_>> = gold.iter().map(|g| Item::new(g, lexicon)).collect();
    let fold = |i: usize| i % recipe.folds;
    let without = |items: &[Item<'_>], k: usize| -> Vec<usize> { (0..items.len()).filter(|&i| fold(i) != k).collect() };

    let firsts: Vec<Linear> = (0..recipe.folds + 1)
        .into_par_iter()
        .map(|k| {
            let refs: Vec<&Item<'_>> = without(&items, k).into_iter().map(|i| &items[i]).collect();
            Linear::from_rows(&steps::first_look(&refs, recipe.tagger, pooled))
        })
        .collect();
    let tags: Vec<Vec<u8>> = items.iter().enumerate().map(|(i, it)| steps::run_first(&firsts[fold(i)], &it.infos)).collect();
    items.iter_mut().zip(tags).for_each(|(it, t)| it.first = t);
    let all: Vec<&Item<'_>> = items.iter().collect();
    let first = steps::first_look(&all, recipe.tagger, pooled);
    say("first look");

    let seconds: Vec<_> = (0..recipe.folds + 1)
        .into_par_iter()
        .map(|k| {
            let refs: Vec<&Item<'_>> = without(&items, k).into_iter().map(|i| &items[i]).collect();
            steps::second_look(&refs, recipe.tagger, pooled)
        })
        .collect();
    let models: Vec<Linear> = seconds.iter().map(|s| Linear::from_rows(&s.1)).collect();
    let labels: Vec<_> = (0..items.len()).map(|i| steps::run_second(&seconds[fold(i)].0, &models[fold(i)], &items[i])).collect();
    items.iter_mut().zip(labels).for_each(|(it, l)| it.labels = l);
    let (inventory, second) = seconds.into_iter().next_back().unwrap_or_default();
    say("second look");

    let mut trained: Vec<(Exchanges, Rows)> = (0..recipe.folds + 1)
        .into_par_iter()
        .map(|k| {
            let refs: Vec<&Item<'_>> = without(&items, k).into_iter().map(|i| &items[i]).collect();
            let exchanges = steps::exchanges(&refs, lang);
            let rows = steps::lemma_weights(&refs, &exchanges, lexicon, recipe.lemma);
            (exchanges, rows)
        })
        .collect();
    let lemmatizer = trained.pop().unwrap_or_default();
    let lemmatizers: Vec<Lemmatizer> =
        trained.into_iter().map(|(exchanges, rows)| Lemmatizer { exchanges, weights: Linear::from_rows(&rows) }).collect();
    let mut scratch = haberdar_lang::lemma::Scratch::default();
    let lemmas: Vec<Vec<String>> = items
        .iter()
        .enumerate()
        .map(|(i, it)| {
            let lemma = |k: usize| {
                let (u, f) = it.labels[k];
                let label = haberdar_lang::tagger::label_hash(u, f);
                lemmatizers[fold(i)]
                    .lemma(&it.gold.words[k].form, &it.infos[k].readings, k == 0, u, label, lexicon, &mut scratch)
                    .into_string()
            };
            (0..it.infos.len()).map(lemma).collect()
        })
        .collect();
    items.iter_mut().zip(lemmas).for_each(|(it, l)| it.lemmas = l);
    say("lemmas");

    let trees: Vec<&Item<'_>> = items.iter().filter(|i| recipe.tree_schemes.contains(&i.gold.scheme)).collect();
    let parser = steps::parser(&trees, recipe.parser, pooled, recipe.seeds);
    say("trees");
    Trained {
        lang,
        sentences,
        splitter,
        tagger: (inventory, first, second),
        lemmatizer,
        parser,
        clusters: Vec::new(),
        names: None,
    }
}
