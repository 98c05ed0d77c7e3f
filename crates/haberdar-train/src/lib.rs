//! Training of the models of `haberdar-lang`: development only, no user needs it.
//!
//! [`recipe`] trains the linear steps over treebanks ([`treebank`]) with the averaged perceptron of [`perceptron`]; [`net`] trains
//! the network. The same data give the same bytes: fixed seeds, sorted maps, sums in one fixed order.
#![forbid(unsafe_code)]

pub mod clusters;
pub mod crf;
pub mod cutting;
pub mod data;
pub mod lemmas;
pub mod namer;
pub mod names;
pub mod net;
pub mod perceptron;
pub mod recipe;
pub mod segment;
pub mod silver;
pub mod stems;
pub mod tagger;
pub mod treebank;

use std::{io, path::PathBuf};

use haberdar_model::Language;

/// What can go wrong.
#[derive(Debug, thiserror::Error)]
pub enum TrainError {
    /// A file cannot be read or written.
    #[error("{0}: {1}")]
    Io(PathBuf, io::Error),
    /// A line is no CoNLL-U.
    #[error("{0}, line {1}: not CoNLL-U")]
    Line(PathBuf, usize),
    /// No treebank of the language was found.
    #[error("no treebank for {0} in {1}")]
    NoData(Language, PathBuf),
    /// The model does not load.
    #[error(transparent)]
    Model(#[from] haberdar_lang::LangError),
}
