//! The record types, ids, spans and vocabularies of Haberdar.
//!
//! Everything that one crate hands to another is defined here, and nothing here knows how it came about:
//!
//! ```text
//! bytes --sources--> Article --reader--> Reading --reconcile--> Record --store--> views
//! ```
//!
//! * [`Article`] is a text with what is known of its origin.
//! * [`Reading`] is one article understood alone: mentions, events, quotes, dates, flags. Its JSON form is the
//!   contract of `haberdar read` (schema [`READING_SCHEMA`]).
//! * [`record`] holds what readings become together: stories, merged events, conflicts.
//!
//! Public offsets are Unicode code points, half open, from 0 (see [`span`]); inside the analysis bytes are used.
//! Ids are derived from content ([`id`]), so that the same input gives the same output for ever.
#![forbid(unsafe_code)]

pub mod article;
pub mod country;
pub mod id;
pub mod labels;
pub mod language;
pub mod outlet;
pub mod reading;
pub mod record;
pub mod span;
pub mod time;
pub mod vocabulary;

pub use article::{Article, ArticleMeta, Origin};
pub use country::Country;
pub use language::Language;
pub use reading::Reading;
pub use span::{OffsetMap, Span};
pub use time::{DateInterval, PartialDate};
pub use vocabulary::{CountryBasis, DateBasis, EventType, MentionKind, Polarity, QuoteKind, Status};

/// Name and version of the JSON form of a [`Reading`].
pub const READING_SCHEMA: &str = "haberdar.reading/1";
