//! Universal Dependencies analysis of raw Turkish and English text.
//!
//! ```text
//! text --tokenize--> tokens --sentences--> --split--> words --net--> tags, trees, names --lemma--> Analysis
//! ```
//!
//! [`Analyzer::new`] loads the model that is built into the binary; [`Analyzer::analyze`] reads any text and never fails:
//!
//! ```
//! use haberdar_lang::{Analyzer, Upos};
//! use haberdar_model::Language;
//!
//! let analyzer = Analyzer::new(Language::En)?;
//! let text = "The minister didn't sign the report. She left.";
//! let analysis = analyzer.analyze(text);
//! assert_eq!(analysis.sentences.len(), 2);
//!
//! let sentence = &analysis.sentences[0];
//! let sign = &sentence.words[sentence.root().expect("a sentence has a root")];
//! assert_eq!((sign.form(), sign.lemma(), sign.upos), ("sign", "sign", Upos::Verb));
//! assert_eq!(&text[sign.span()], "sign");
//!
//! // Words point at their heads by index.
//! let subject = sentence.words.iter().find(|w| w.deprel.as_str() == "nsubj").expect("a subject");
//! assert_eq!(subject.form(), "minister");
//! assert_eq!(subject.head.map(|h| sentence.words[h as usize].form()), Some("sign"));
//!
//! // One token can be two words: they share its span, each has a part of it.
//! let parts: Vec<&str> = sentence.words.iter().filter(|w| w.part > 0).map(|w| &text[w.part_span()]).collect();
//! assert_eq!(parts, ["did", "n't"]);
//!
//! assert!(analysis.to_conllu().starts_with("# sent_id = 1\n# text = The minister didn't sign the report.\n"));
//! # Ok::<(), haberdar_lang::LangError>(())
//! ```
//!
//! | to | use |
//! |---|---|
//! | find out the language of a text | [`detect`](detect()) |
//! | find a word in all its forms | [`stems`](stems()) |
//! | get persons, places and bodies of a sentence | [`Analyzer::names`] |
//! | ask for a feature: `word.feats.is("Case", "Loc")` | [`Feats`] |
//! | print the analysis for treebank tools | [`Analysis::to_conllu`] |
//! | use a model of one's own | [`Analyzer::from_bytes`] |
//!
//! An analyzer is cheap to clone and may be used from many threads; the built-in model of a language is decoded once for all
//! of them. Offsets are bytes of the text as it was given, and words are slices of it, so an [`Analysis`] lives as long as its
//! text. What the steps decide by and how good they are stands in `docs/language.md`; their modules are public for
//! `haberdar-train`, which makes the models.
//!
//! This crate knows languages and nothing of politics, and does no I/O.

mod analysis;
mod analyzer;
pub mod bytes;
pub mod casing;
mod detect;
pub mod lemma;
pub mod lexicon;
pub mod linear;
mod memory;
pub mod model;
pub mod namer;
pub mod names;
pub mod net;
pub mod rows;
pub mod sentences;
pub mod split;
mod stems;
pub mod tagger;
mod tags;
pub mod tokenize;
pub mod turkish;
pub mod word;

pub use analysis::{Analysis, Sentence, Word};
pub use analyzer::{Analyzer, LangError};
pub use detect::detect;
pub use names::{NameClass, NameSpan};
pub use stems::{Stems, stems};
pub use tags::{Deprel, Feats, Upos};
