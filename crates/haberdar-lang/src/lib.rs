//! Universal Dependencies analysis of raw Turkish and English text.
//!
//! ```text
//! text --tokenize--> tokens --sentences--> --split--> words --tagger--> tags --lemma--> --parser--> Analysis
//! ```
//!
//! [`Analyzer::new`] loads the model that is built into the binary; [`Analyzer::analyze`] reads any text and never fails.
//! An analyzer is cheap to clone and may be used from many threads. Offsets are bytes of the text as it was given.
//!
//! This crate knows languages and nothing of politics, and does no I/O. Models are made by `haberdar-train`.

mod analysis;
mod analyzer;
pub mod bytes;
pub mod casing;
mod detect;
pub mod lemma;
pub mod lexicon;
pub mod linear;
pub mod model;
pub mod names;
pub mod net;
pub mod parser;
pub mod sentences;
pub mod split;
pub mod tagger;
mod tags;
pub mod tokenize;
pub mod turkish;
pub mod word;

pub use analysis::{Analysis, Sentence, Word};
pub use analyzer::{Analyzer, LangError};
pub use detect::detect;
pub use names::{NameClass, NameSpan};
pub use tags::{Deprel, Feats, Upos};
