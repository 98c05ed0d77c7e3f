//! Files, folders and streams into [`Article`]s: formats and encodings; no language, no politics.
//!
//! ```
//! use haberdar_sources::{Format, Item, ReadOptions, read_reader};
//!
//! let rows = r#"{"id": 7, "text": "Bakan Ankara'da görüştü.", "published": "2024-03-01"}"#.as_bytes();
//! let items: Vec<Item> = read_reader("rows", rows, Some(Format::Jsonl), &ReadOptions::default()).collect();
//! assert!(matches!(&items[..], [Item::Article(a)] if a.meta.source_id == "7"));
//! ```
//!
//! [`read_path`] takes a file or a folder, [`read_reader`] and [`read_stdin`] take a stream. All give [`Items`]: an
//! iterator in input order that yields an article or an error for everything that it meets, and goes on after an error.
//! Nothing here panics on input, and memory stays flat: JSONL is read line by line, and no article may be larger than
//! [`MAX_ARTICLE_BYTES`].
//!
//! | format | the article's text | what is known of its origin |
//! |---|---|---|
//! | `.txt`, `.md` | the decoded file, untouched but for a byte order mark | what the user says |
//! | `.html`, `.htm` | the article's paragraphs, one a line | JSON-LD, then `<meta>` tags, then what the user says |
//! | `.jsonl`, `.ndjson` | the row's `text`, untouched | the row's fields, then what the user says |
//!
//! A file of another kind that is named by itself is told by its content; within a folder it is left out and counted
//! ([`Items::left_out`]), and so is a README, which tells of its folder.
//!
//! Encodings: a byte order mark decides; then UTF-8 if the bytes are valid; then what a page declares; then a detector,
//! which takes the site's country into account, so that windows-1254 is read as the Turkish that it usually is.
#![forbid(unsafe_code)]

mod csv_rows;
mod decode;
mod error;
mod feeds;
mod items;
mod jsonl;
mod options;
mod page;
mod place;
mod unpack;
mod warc;
mod xml;
mod zipped;

pub use decode::{Decoded, decode};
pub use error::SourceError;
pub use feeds::{Entry, entries, opml_feeds};

pub use items::{Items, read_page, read_path, read_reader, read_stdin};
pub use options::{Format, ReadOptions};
pub use page::{Page, Published, extract_page, extract_page_at};
pub use place::{Before, Input, Place};

use haberdar_model::Article;

/// The largest article: a text or page file, or a line of JSONL. A novel has about one megabyte.
pub const MAX_ARTICLE_BYTES: usize = 16 * 1024 * 1024;

/// What reading meets: an article, or something that could not be read.
#[derive(Debug)]
pub enum Item {
    /// A text with what is known of its origin.
    Article(Article),
    /// Something that could not be read; what follows is still read.
    Error {
        /// The id that the article would have had: the row's id, else the file's path (with the line number for a row).
        source_id: String,
        /// Why, where, and what to do.
        error: SourceError,
    },
}

impl Item {
    /// The article, where there is one.
    pub fn article(self) -> Option<Article> {
        match self {
            Item::Article(a) => Some(a),
            Item::Error { .. } => None,
        }
    }
}
