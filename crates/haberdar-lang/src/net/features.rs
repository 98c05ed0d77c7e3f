//! What the network sees of a word, in groups; each group has its own table of vectors.

use crate::{linear::feature, word::WordInfo};

/// Number of groups: the form, its affixes, what the lexicon says, how it is written.
pub const GROUPS: usize = 4;

/// The features of a word, by group.
pub type Bag = [Vec<u32>; GROUPS];

/// Collects the features of a word.
pub fn features(w: &WordInfo, out: &mut Bag) {
    out.iter_mut().for_each(Vec::clear);
    let [form, affixes, lexicon, shape] = out;
    let present = |v: u32| (v != 0).then_some(v);
    form.push(w.low);
    // A name without its suffix is the same form as the name alone.
    form.extend(present(w.base));
    for (k, &s) in w.suf.iter().enumerate() {
        affixes.extend(present(s).map(|s| feature(800 + k as u32, &[s])));
    }
    for (k, &s) in w.pre.iter().enumerate() {
        affixes.extend(present(s).map(|s| feature(810 + k as u32, &[s])));
    }
    affixes.extend(present(w.stem).map(|s| feature(820, &[s])));
    affixes.extend(present(w.tail).map(|s| feature(821, &[s])));
    affixes.push(feature(822, &[w.form]));
    lexicon.extend(w.hints.iter().map(|&h| feature(830, &[h])));
    lexicon.extend(w.details.iter().map(|&h| feature(831, &[h])));
    for (k, &c) in w.cluster.iter().enumerate() {
        lexicon.extend(present(c).map(|c| feature(840 + k as u32, &[c])));
    }
    lexicon.push(feature(850, &[w.class]));
    lexicon.push(feature(851, &[w.class >> 24]));
    shape.push(feature(860, &[w.shape as u32]));
    shape.push(feature(861, &[w.shape as u32, (w.tail != 0) as u32]));
    shape.push(feature(862, &[w.length as u32]));
}
