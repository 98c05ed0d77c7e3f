//! The neural network that reads sentences: one encoder, from which tags, trees and names are read off.
//!
//! ```text
//! features of a word --sums of vectors--> input --layers (both directions)--> top --+--> names
//!                                                                                   +--> tag --> part of speech, features
//!                                                                                   +--> (with tag) heads, relations
//! ```
//!
//! * A word is a bag of features ([`features`]): its form, its affixes, what the morphology says. Each group of features
//!   has a table of vectors; the vectors of a word's features are added. That depends on the word alone and is remembered.
//! * The layers are simple recurrent units (Lei and others 2018, "Simple Recurrent Units for Highly Parallelizable
//!   Recurrence"): all products of matrices run over many sentences at once, only cheap sums run along the sentence.
//! * Heads are scored by a bilinear form (Dozat and Manning 2017, "Deep Biaffine Attention for Neural Dependency Parsing"),
//!   and the best tree is searched for ([`tree`]).
//!
//! Everything is plain arithmetic in a fixed order ([`kernel`]), so that results are the same on every machine.

pub mod features;
pub mod forward;
pub mod integer;
pub mod kernel;
pub mod labels;
mod store;
pub mod tree;
pub mod units;

pub use forward::{Net, Scratch};
pub use store::{Trained, write};

use crate::Upos;

/// Sizes of the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dims {
    /// Length of the vectors of each group of features.
    pub groups: Vec<usize>,
    /// Units of a layer in each direction.
    pub hidden: usize,
    /// Number of layers.
    pub layers: usize,
    /// Units between the encoder and the tags.
    pub tag: usize,
    /// Length of the vectors that score heads.
    pub arc: usize,
    /// Units between two words and their relation.
    pub rel: usize,
    /// Units between the encoder and the names.
    pub name: usize,
    /// Components of labels.
    pub components: usize,
    /// Relations.
    pub relations: usize,
    /// Tags of names.
    pub name_tags: usize,
    /// Annotation styles, each with biases of its own; a shipped model has one.
    pub schemes: usize,
}

/// Parts of speech.
pub const UPOS: usize = Upos::ALL.len();

/// Names of the dense matrices in [`Dims::shapes`], in order; those of the layers follow, two for each.
#[allow(missing_docs)]
pub mod part {
    pub const INPUT: usize = 0;
    pub const INPUT_BIAS: usize = 1;
    pub const TAG: usize = 2;
    pub const TAG_BIAS: usize = 3;
    pub const LABEL: usize = 4;
    pub const LABEL_BIAS: usize = 5;
    pub const TREE: usize = 6;
    pub const TREE_BIAS: usize = 7;
    pub const ARC: usize = 8;
    pub const ARC_HEAD: usize = 9;
    pub const ROOT: usize = 10;
    pub const REL: usize = 11;
    pub const REL_BIAS: usize = 12;
    pub const NAME: usize = 13;
    pub const NAME_BIAS: usize = 14;
    pub const NAME_OUT: usize = 15;
    pub const NAME_OUT_BIAS: usize = 16;
    pub const LAYERS: usize = 17;

    /// True for rows that are added or looked up as they are; the others are multiplied with.
    pub fn is_row(number: usize) -> bool {
        matches!(number, INPUT_BIAS | TAG_BIAS | LABEL_BIAS | TREE_BIAS | ARC_HEAD | ROOT | REL_BIAS | NAME_BIAS | NAME_OUT_BIAS)
            || number > LAYERS && (number - LAYERS) % 2 == 1
    }
}

impl Dims {
    /// Units of a layer in both directions.
    pub fn width(&self) -> usize {
        2 * self.hidden
    }

    /// Length of a word's input.
    pub fn input(&self) -> usize {
        self.groups.iter().sum()
    }

    /// Columns of the tree's products: dependents and heads of arcs, then of relations.
    pub fn tree(&self) -> usize {
        2 * self.arc + 2 * self.rel
    }

    /// Rows and columns of each dense matrix; see [`part`]. A layer has the products of both directions (candidate, forget
    /// and highway gate of each) and four rows of each direction: weights of the last state in both gates, their biases.
    pub fn shapes(&self) -> Vec<(usize, usize)> {
        let (w, s) = (self.width(), self.schemes);
        let mut out = vec![
            (self.input(), w),
            (s, w),
            (w, self.tag),
            (s, self.tag),
            (self.tag, UPOS + self.components),
            (s, UPOS + self.components),
            (w + self.tag, self.tree()),
            (s, self.tree()),
            (self.arc, self.arc),
            (1, self.arc),
            (1, self.arc + self.rel),
            (self.rel, self.relations),
            (s, self.relations),
            (w, self.name),
            (1, self.name),
            (self.name, self.name_tags),
            (1, self.name_tags),
        ];
        for _ in 0..self.layers {
            out.extend([(w, 6 * self.hidden), (8, self.hidden)]);
        }
        out
    }
}
