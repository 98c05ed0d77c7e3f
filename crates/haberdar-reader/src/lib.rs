//! Reads one article: who did, said or promised what to whom, when; who says so, in which words.
//!
//! ```text
//! text --haberdar-lang--> sentences --tree--> mentions --coreference--> quotes, events, dates, quantities --> Reading
//! ```
//!
//! * [`mentions`]: names, titles, countries, acting nouns become mentions; an article's mentions are linked.
//! * [`clauses`]: the logical arguments of a predicate, in Turkish and in English.
//! * [`events`]: frames (`data/lang/*/frames`) matched against clauses; [`status`] says whether the act took place.
//! * [`quotes`]: direct and indirect speech with speaker and cue.
//! * [`dates`], [`dating`], [`quantities`]: expressions of time, the day of an act, numbers that matter.
//! * [`flags`]: what differs from the dated record of office-holders.
//!
//! The reader sees one article at a time, does no input or output and asks no clock. Everything that differs between
//! languages is in tables under `data/lang/`; code by language is the order of arguments ([`clauses`]) and the suffixes
//! of Turkish ([`turkish`]).
#![forbid(unsafe_code)]

pub mod clauses;
pub mod dates;
pub mod dating;
pub mod events;
pub mod flags;
pub mod lexicon;
pub mod mentions;
pub mod quantities;
pub mod quotes;
pub mod reader;
pub mod salience;
pub mod status;
pub mod tree;
pub mod turkish;

pub use reader::{ReadError, Reader};
