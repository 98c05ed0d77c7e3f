//! The second look at parts of speech: what it learns from.

use std::collections::HashMap;

use haberdar_lang::{
    Analyzer,
    linear::hash_str,
    rows::{KEY, ONE, STRIDE},
    tagger::{Sight, Trained, atoms, capitals, features, given, tag},
};

use crate::{
    crf::{self, Example},
    data,
    treebank::Gold,
};

/// How the second look is made.
#[derive(Clone, Debug)]
pub struct Plan {
    /// How weights are learned.
    pub learning: crf::Plan,
    /// How many features are kept.
    pub features: usize,
    /// How much the network's scores count in reading.
    pub share: f32,
}

/// Learns from all features, then from those that mattered.
pub fn make(examples: &[Example], plan: &Plan, say: &dyn Fn(&str)) -> Trained {
    let w = crf::twice(examples, STRIDE, &plan.learning, plan.features, say);
    Trained { rows: w.stored(), moves: w.moves.map(|r| crf::whole(&r)), share: (plan.share * ONE).round() as i16 }
}

/// Reads the sentences of a treebank with the analyzer, as one text. Words that it cuts otherwise may have any tag.
pub fn examples(analyzer: &Analyzer, gold: &[Gold]) -> Vec<Example> {
    let text = data::join(&gold.iter().collect::<Vec<_>>(), "space");
    let tags = places(gold, &text);
    let mut out = Vec::new();
    analyzer.show(&text, &mut |sentence, infos, scores| {
        let mut e = Example { features: Vec::new(), ends: Vec::new(), given: Vec::new(), allowed: Vec::new() };
        let seen = infos.iter().map(|w| {
            let mut seen = Vec::new();
            atoms(w, &mut seen);
            seen
        });
        let seen: Vec<_> = seen.collect();
        let relations: Vec<u32> = sentence.words.iter().map(|w| hash_str(w.deprel.as_str())).collect();
        let sight = Sight { words: infos, around: scores.around, relations: &relations };
        let capitals = capitals(infos);
        let columns = scores.tags.len() / infos.len().max(1);
        for (i, w) in sentence.words.iter().enumerate() {
            e.reach(&seen, i);
            features(&sight, i, capitals, &mut e.features);
            e.ends.push(e.features.len() as u32);
            e.given.push(given(&scores.tags[i * columns..(i + 1) * columns]).0);
            let from = w.from as usize;
            e.allowed.push(tags.get(&(from, from + w.form.len())).map_or(u16::MAX, |t| 1 << t));
        }
        e.features.iter_mut().for_each(|f| *f >>= u32::BITS - KEY);
        out.push(e);
    });
    out
}

/// The tags of the words of sentences by the bytes at which they stand in their text.
fn places(gold: &[Gold], text: &str) -> HashMap<(usize, usize), usize> {
    let mut out = HashMap::new();
    let mut from = 0;
    for g in gold {
        from += text[from..].find(&g.text).unwrap_or(0);
        for t in &g.tokens {
            let mut at = from + t.start;
            for w in &g.words[t.word..t.word + t.words] {
                let end = if t.words == 1 { from + t.end } else { at + w.form.len() };
                out.insert((at, end), tag(w.upos));
                at = end;
            }
        }
        from += g.text.len();
    }
    out
}
