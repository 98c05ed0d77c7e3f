//! Training of the models of `haberdar-lang`: development only, no user needs it.
//!
//! [`recipe::train`] runs all steps over treebanks ([`treebank`]); each step is a function in [`steps`] around the averaged
//! perceptron of [`perceptron`]. The same data give the same bytes: no floating point, fixed seeds, sorted maps.

pub mod clusters;
pub mod names;
pub mod net;
pub mod perceptron;
pub mod recipe;
pub mod stems;
pub mod steps;
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
