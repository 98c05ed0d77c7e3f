//! Training of the network: data, rounds, packing.
//!
//! One thread trains a network, in a fixed order and with the arithmetic of [`haberdar_lang::net::kernel`], so that the
//! same data give the same bytes on every machine.

pub mod adam;
pub mod matrix;
mod measure;
pub mod pass;
mod raw;

use std::collections::{BTreeMap, BTreeSet};

use haberdar_lang::{
    Deprel, Feats, Upos,
    lexicon::Lexicon,
    net::{
        self, Dims, Trained,
        features::{GROUPS, features},
        labels::{Labels, component_names},
    },
    word::WordInfo,
};
use rustc_hash::FxHashMap;

use crate::{names::Tagged, perceptron::Random, treebank::Gold};
pub use measure::measure;
pub use raw::raw_sentences;

use adam::{Adam, Gradients, Params};
use pass::{Dropout, Losses, Pass};

/// Features of a word type, as rows of the tables.
#[derive(Clone, Debug, Default)]
pub struct Bag {
    rows: Vec<u32>,
    ends: [u32; GROUPS],
    /// How often the type was seen.
    pub count: u32,
    /// Its number among the forms that masked words are guessed from.
    pub target: Option<u32>,
}

impl Bag {
    /// The rows of a group.
    pub fn group(&self, k: usize) -> &[u32] {
        let from = if k == 0 { 0 } else { self.ends[k - 1] as usize };
        &self.rows[from..self.ends[k] as usize]
    }
}

/// A sentence to learn from.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    /// Number of the bag of each word.
    pub words: Vec<u32>,
    /// Annotation style.
    pub scheme: u32,
    /// Tags and tree, where it has them.
    pub tree: Option<Tree>,
    /// Name tags, where it has them.
    pub names: Option<Vec<u8>>,
    /// Raw text, of which words are hidden and guessed.
    pub raw: bool,
}

/// Gold tags and tree.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// Parts of speech.
    pub upos: Vec<u8>,
    /// Label of each word in its style's inventory.
    pub labels: Vec<Option<u32>>,
    /// Heads; the number of words for the root.
    pub heads: Vec<u32>,
    /// Relations.
    pub relations: Vec<Option<u8>>,
}

/// How the network learns.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Sizes; what the data decide is filled in.
    pub dims: Dims,
    /// Rounds.
    pub rounds: usize,
    /// Rate at the start; it falls to nothing along a half wave.
    pub rate: f32,
    /// Words in a batch.
    pub batch: usize,
    /// What is left out.
    pub dropout: Dropout,
    /// How often a sentence of each style is seen in a round; a fraction is the share of its sentences.
    pub weights: Vec<f32>,
    /// The same for sentences with names.
    pub names: f32,
    /// How often a feature must occur to have a vector, by group.
    pub occur: [u32; GROUPS],
    /// Rounds over raw text before the others.
    pub raw_rounds: usize,
    /// How often a sentence of raw text is seen in the other rounds.
    pub raw: f32,
    /// Number of forms that masked words are guessed from.
    pub targets: usize,
    /// So many of the last trees were found and not drawn, and are seen so often in a round.
    pub silver: (usize, f32),
    /// Where chance starts.
    pub seed: u64,
}

impl Default for Plan {
    fn default() -> Self {
        Plan {
            dims: Dims {
                groups: vec![64, 96, 64, 16],
                hidden: 128,
                layers: 3,
                tag: 128,
                arc: 96,
                rel: 96,
                name: 96,
                components: 0,
                relations: 0,
                name_tags: 0,
                schemes: 1,
            },
            rounds: 20,
            rate: 2e-3,
            batch: 500,
            dropout: Dropout { layer: 0.25, head: 0.3, group: 0.05, form: 0.5 },
            weights: vec![1.0; 16],
            names: 0.5,
            occur: [2, 3, 3, 1],
            raw_rounds: 0,
            raw: 0.0,
            targets: 4000,
            silver: (0, 0.0),
            seed: 1,
        }
    }
}

/// All that a network is trained on.
pub struct Data {
    /// Sizes with what the data decide.
    pub dims: Dims,
    /// Feature hashes of each group, sorted: a hash's place is its row.
    pub vocabulary: Vec<Vec<u32>>,
    /// Word types.
    pub bags: Vec<Bag>,
    /// Sentences.
    pub sentences: Vec<Sentence>,
    /// Labels of each style.
    pub inventories: Vec<Labels>,
    /// Relations, those of the target style first.
    pub relations: Vec<Deprel>,
    /// Tags of names.
    pub name_tags: Vec<String>,
    /// Relations that the target style has.
    target_relations: usize,
    /// Number of forms that masked words are guessed from.
    targets: usize,
}

impl Data {
    /// From treebanks, names and sentences of raw text.
    pub fn new(gold: &[&Gold], names: &[Tagged], raw: &[Vec<String>], lexicon: &Lexicon, plan: &Plan) -> Data {
        let mut types: FxHashMap<&str, u32> = FxHashMap::default();
        let mut forms: Vec<(&str, u32)> = Vec::new();
        let mut number = |w| {
            let id = *types.entry(w).or_insert_with(|| {
                forms.push((w, 0));
                forms.len() as u32 - 1
            });
            forms[id as usize].1 += 1;
            id
        };
        let words: Vec<Vec<u32>> = gold.iter().map(|g| g.words.iter().map(|w| number(w.form.as_str())).collect()).collect();
        let name_words: Vec<Vec<u32>> = names.iter().map(|s| s.iter().map(|(w, _)| number(w.as_str())).collect()).collect();
        let raw_words: Vec<Vec<u32>> = raw.iter().map(|s| s.iter().map(|w| number(w.as_str())).collect()).collect();

        let mut buffer = Vec::new();
        let mut raw = Vec::with_capacity(forms.len());
        let mut lows: Vec<u32> = Vec::with_capacity(forms.len());
        let mut counts: [BTreeMap<u32, u32>; GROUPS] = Default::default();
        for (form, n) in &forms {
            let mut bag: net::features::Bag = Default::default();
            let info = WordInfo::new(form, lexicon, &mut buffer);
            features(&info, &mut bag);
            lows.push(info.low);
            for (c, b) in counts.iter_mut().zip(&bag) {
                b.iter().for_each(|f| *c.entry(*f).or_default() += n);
            }
            raw.push(bag);
        }
        let vocabulary: Vec<Vec<u32>> = counts
            .iter()
            .zip(plan.occur)
            .map(|(c, least)| c.iter().filter(|(_, n)| **n >= least).map(|(f, _)| *f).collect())
            .collect();
        let mut bags: Vec<Bag> = raw.iter().zip(&forms).map(|(raw, (_, count))| bag(raw, &vocabulary, *count)).collect();
        let targets = if raw_words.is_empty() { 0 } else { plan.targets };
        let mut frequent: Vec<(u32, u32)> = counts[0].iter().map(|(f, n)| (*n, *f)).collect();
        frequent.sort_unstable_by(|a, b| b.cmp(a));
        let target: FxHashMap<u32, u32> = frequent.iter().take(targets).enumerate().map(|(i, (_, f))| (*f, i as u32)).collect();
        bags.iter_mut().zip(&lows).for_each(|(b, low)| b.target = target.get(low).copied());

        let schemes = gold.iter().map(|g| g.scheme as usize + 1).max().unwrap_or(1);
        let mut components: BTreeMap<String, u32> = BTreeMap::new();
        let mut relations: BTreeMap<&str, (bool, u32)> = BTreeMap::new();
        let mut seen: Vec<BTreeSet<(Upos, Feats)>> = vec![BTreeSet::new(); schemes];
        for g in gold {
            for w in &g.words {
                if seen[g.scheme as usize].insert((w.upos, w.feats)) || g.scheme == 0 {
                    component_names(w.upos, w.feats).into_iter().for_each(|n| *components.entry(n).or_default() += 1);
                }
                let r = relations.entry(w.rel.as_str()).or_default();
                r.0 |= g.scheme == 0;
                r.1 += 1;
            }
        }
        let names_of: Vec<String> = components.into_keys().collect();
        let inventories: Vec<Labels> = seen.into_iter().map(|s| Labels::new(s, &names_of)).collect();
        let mut order: Vec<(&str, (bool, u32))> = relations.into_iter().collect();
        order.sort_by(|a, b| b.1.0.cmp(&a.1.0).then(b.1.1.cmp(&a.1.1)).then(a.0.cmp(b.0)));
        let target_relations = order.iter().filter(|r| r.1.0).count();
        let relations: Vec<Deprel> = order.iter().take(250).map(|(r, _)| Deprel::new(r)).collect();
        let relation: FxHashMap<Deprel, u8> = relations.iter().enumerate().map(|(i, r)| (*r, i as u8)).collect();
        let indexes: Vec<FxHashMap<(Upos, Feats), u32>> =
            inventories.iter().map(|l| l.labels.iter().enumerate().map(|(i, l)| (*l, i as u32)).collect()).collect();

        let name_tags: BTreeSet<&str> = names.iter().flatten().map(|(_, t)| t.as_str()).collect();
        let name_tags: Vec<String> = name_tags.into_iter().map(str::to_owned).collect();
        let tag: BTreeMap<&str, u8> = name_tags.iter().enumerate().map(|(i, t)| (t.as_str(), i as u8)).collect();

        let mut sentences = Vec::new();
        for (g, words) in gold.iter().zip(words) {
            let tree = Tree {
                upos: g.words.iter().map(|w| w.upos as u8).collect(),
                labels: g.words.iter().map(|w| indexes[g.scheme as usize].get(&(w.upos, w.feats)).copied()).collect(),
                heads: g.words.iter().map(|w| w.head).collect(),
                relations: g.words.iter().map(|w| relation.get(&w.rel).copied()).collect(),
            };
            sentences.push(Sentence { words, scheme: g.scheme, tree: Some(tree), names: None, raw: false });
        }
        for (s, words) in names.iter().zip(name_words) {
            let tags = s.iter().map(|(_, t)| tag[t.as_str()]).collect();
            sentences.push(Sentence { words, scheme: 0, tree: None, names: Some(tags), raw: false });
        }
        sentences.extend(raw_words.into_iter().map(|words| Sentence { words, raw: true, ..Sentence::default() }));
        let dims = Dims {
            components: names_of.len(),
            relations: relations.len(),
            name_tags: name_tags.len(),
            schemes,
            ..plan.dims.clone()
        };
        Data { dims, vocabulary, bags, sentences, inventories, relations, name_tags, target_relations, targets: target.len() }
    }

    fn rows(&self) -> Vec<usize> {
        self.vocabulary.iter().map(Vec::len).collect()
    }

    /// Learns.
    pub fn train(&self, plan: &Plan, say: &(dyn Fn(&str) + Sync)) -> Params {
        let rows = self.rows();
        let mut random = Random(plan.seed);
        let mut params = Params::random(&self.dims, &rows, self.targets, &mut random);
        let mut gradients = Gradients { of: Params::zeros(&self.dims, &rows, self.targets), touched: vec![Vec::new(); GROUPS] };
        let mut adam = Adam::new(&self.dims, &rows, self.targets);
        let mut pass = Pass::default();
        for round in 0..plan.raw_rounds + plan.rounds {
            let first = round < plan.raw_rounds;
            let batches = self.batches(plan, first, &mut random);
            let mut losses = Losses::default();
            for (i, batch) in batches.iter().enumerate() {
                let at = round as f32 + i as f32 / batches.len() as f32;
                // A short rise, then half a wave down; while raw text alone is read, the rate stays.
                let done = ((at - plan.raw_rounds as f32) / plan.rounds as f32).max(0.0);
                let rate = plan.rate * at.min(1.0) * half_wave(done);
                let batch: Vec<&Sentence> = batch.iter().map(|&i| &self.sentences[i]).collect();
                pass.run(
                    &self.dims,
                    &params,
                    &mut gradients,
                    &batch,
                    &self.bags,
                    &self.inventories,
                    &plan.dropout,
                    &mut random,
                    &mut losses,
                );
                adam.step(&mut params, &mut gradients, &self.dims, rate);
            }
            let mean = |i: usize| losses.sums[i] / losses.counts[i].max(1.0);
            say(&format!(
                "round {}: {} batches; tags {:.3} labels {:.3} heads {:.3} relations {:.3} names {:.3} masked {:.3}",
                round + 1,
                batches.len(),
                mean(0),
                mean(1),
                mean(2),
                mean(3),
                mean(4),
                mean(5)
            ));
        }
        params
    }

    /// A round's batches of sentences.
    fn batches(&self, plan: &Plan, raw_alone: bool, random: &mut Random) -> Vec<Vec<usize>> {
        let mut chosen = Vec::new();
        let trees = self.sentences.iter().filter(|s| s.tree.is_some()).count();
        for (i, s) in self.sentences.iter().enumerate() {
            if s.words.is_empty() || s.words.len() > 200 {
                continue;
            }
            let weight = match (raw_alone, s.raw) {
                (true, raw) => raw as u8 as f32,
                (false, true) => plan.raw,
                // The trees come first, those that were found last among them.
                _ if s.tree.is_some() && i + plan.silver.0 >= trees => plan.silver.1,
                _ if s.tree.is_some() => plan.weights[s.scheme as usize],
                _ => plan.names,
            };
            let times = weight.floor() as usize + adam::chance(random, weight.fract()) as usize;
            chosen.extend(std::iter::repeat_n(i, times));
        }
        let order = random.order(chosen.len());
        let mut out: Vec<Vec<usize>> = vec![Vec::new()];
        let mut words = 0;
        for i in order {
            let i = chosen[i];
            if words > plan.batch {
                out.push(Vec::new());
                words = 0;
            }
            words += self.sentences[i].words.len();
            if let Some(last) = out.last_mut() {
                last.push(i);
            }
        }
        out
    }

    /// The network for the target style as it goes into a model file.
    pub fn pack(&self, params: &Params, out: &mut Vec<u8>) {
        use haberdar_lang::net::{UPOS, part};
        // Components and relations of other styles are left out.
        let target = &self.inventories[0];
        let used: BTreeSet<u16> = target.components.iter().flatten().copied().collect();
        let kept: Vec<String> = used.iter().map(|&c| target.names[c as usize].clone()).collect();
        let labels = Labels::new(target.labels.iter().copied(), &kept);
        let columns: Vec<usize> = (0..UPOS).chain(used.iter().map(|&c| UPOS + c as usize)).collect();
        let relations = &self.relations[..self.target_relations];
        let dims = Dims { components: kept.len(), relations: relations.len(), schemes: 1, ..self.dims.clone() };
        let shapes = self.dims.shapes();
        let rel: Vec<usize> = (0..relations.len()).collect();
        let dense: Vec<Vec<f32>> = params.dense[..shapes.len()]
            .iter()
            .enumerate()
            .map(|(i, m)| {
                let n = shapes[i].1;
                let m = match i {
                    part::INPUT_BIAS | part::TAG_BIAS | part::LABEL_BIAS | part::TREE_BIAS | part::REL_BIAS => &m[..n],
                    _ => &m[..],
                };
                match i {
                    part::LABEL | part::LABEL_BIAS => select(m, n, &columns),
                    part::REL | part::REL_BIAS => select(m, n, &rel),
                    _ => m.to_vec(),
                }
            })
            .collect();
        let tables = self
            .vocabulary
            .iter()
            .zip(&params.tables)
            .zip(&self.dims.groups)
            .map(|((v, t), &d)| v.iter().copied().zip(t.chunks_exact(d)).collect())
            .collect();
        let trained = Trained {
            dims: &dims,
            labels: &labels,
            relations,
            name_tags: &self.name_tags,
            tables,
            dense: dense.iter().map(Vec::as_slice).collect(),
        };
        net::write(&trained, out);
    }
}

/// Columns of a matrix.
fn select(m: &[f32], n: usize, columns: &[usize]) -> Vec<f32> {
    m.chunks_exact(n).flat_map(|row| columns.iter().map(|&c| row[c])).collect()
}

fn bag(raw: &net::features::Bag, vocabulary: &[Vec<u32>], count: u32) -> Bag {
    let mut out = Bag { count, ..Bag::default() };
    for (k, features) in raw.iter().enumerate() {
        out.rows.extend(features.iter().filter_map(|f| vocabulary[k].binary_search(f).ok()).map(|i| i as u32));
        out.ends[k] = out.rows.len() as u32;
    }
    out
}

/// From one to nothing along half a wave, without a cosine: those differ between machines.
fn half_wave(x: f32) -> f32 {
    let x = x.clamp(0.0, 1.0);
    1.0 - x * x * (3.0 - 2.0 * x)
}

#[cfg(test)]
mod tests;
