//! What can be wrong with an input: each message says what, where, and what to do.

use std::io;

use haberdar_model::{language::UnknownLanguage, time::BadDate};

use crate::MAX_ARTICLE_BYTES;

const MAX_MB: usize = MAX_ARTICLE_BYTES / (1024 * 1024);

/// Something that could not be read.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// There is no such file or folder.
    #[error("{name}: no such file or folder; check the spelling, paths are taken relative to the current folder")]
    Missing {
        /// The path as given.
        name: String,
    },
    /// The operating system refuses.
    #[error("{name}: cannot be read ({source}); check its permissions and the disk")]
    Io {
        /// The path as given.
        name: String,
        /// The system's reason.
        source: io::Error,
    },
    /// A file without a single letter.
    #[error("{name}: the file is empty; nothing to read")]
    Empty {
        /// The path as given.
        name: String,
    },
    /// A folder that holds nothing to read.
    #[error(
        "{name}: the folder holds no articles; expected files ending in .txt, .md, .html, .htm, .jsonl, .json, .csv, .tsv, .xml, .rss, .atom or .warc, also as .gz, .zst or .zip"
    )]
    FolderWithoutArticles {
        /// The path as given.
        name: String,
    },
    /// Not a text.
    #[error("{name}: not a text file ({what}); extract its text first, then read the .txt")]
    Binary {
        /// The path as given.
        name: String,
        /// What it seems to be.
        what: &'static str,
    },
    /// Text in an encoding that cannot be told.
    #[error("{name}: the bytes from offset {at} on are no valid {encoding}; convert the file to UTF-8 (iconv -t UTF-8)")]
    Undecodable {
        /// The path as given.
        name: String,
        /// The encoding that was tried.
        encoding: &'static str,
        /// Offset of the first bad byte.
        at: usize,
    },
    /// A text or page beyond [`MAX_ARTICLE_BYTES`].
    #[error("{name}: larger than {MAX_MB} MB, the limit for one article; split it, or give one article a line as .jsonl")]
    TooLarge {
        /// The path as given.
        name: String,
    },
    /// A line beyond [`MAX_ARTICLE_BYTES`].
    #[error(
        "{name}, line {line}: the line has {bytes} bytes, more than {MAX_MB} MB, the limit for one article; it was left out, \
         the lines after it are read. Give one article a line"
    )]
    LineTooLong {
        /// The path as given.
        name: String,
        /// Line number from 1.
        line: u64,
        /// Its length.
        bytes: u64,
    },
    /// A line that is no JSON object.
    #[error(
        "{name}, line {line}, column {column}: not a JSON object ({reason}); give one object a line: {{\"id\":…,\"text\":…}}"
    )]
    BadRow {
        /// The path as given.
        name: String,
        /// Line number from 1.
        line: u64,
        /// Column in bytes from 1.
        column: usize,
        /// What the parser says.
        reason: String,
    },
    /// A row without an article.
    #[error("{name}, line {line}: the row has no \"text\", or it is empty; every row needs the article's text")]
    RowWithoutText {
        /// The path as given.
        name: String,
        /// Line number from 1.
        line: u64,
    },
    /// A field of the wrong type.
    #[error("{name}, line {line}: field \"{field}\" is {found}, but has to be {expected}")]
    BadField {
        /// The path as given.
        name: String,
        /// Line number from 1.
        line: u64,
        /// Its name.
        field: &'static str,
        /// What was found.
        found: &'static str,
        /// What it has to be.
        expected: &'static str,
    },
    /// A day of publication that is none.
    #[error("{name}, line {line}: field \"published\": {source}")]
    BadPublished {
        /// The path as given.
        name: String,
        /// Line number from 1.
        line: u64,
        /// Why.
        source: BadDate,
    },
    /// A language that is not known.
    #[error("{name}, line {line}: field \"lang\": {source}")]
    BadLanguage {
        /// The path as given.
        name: String,
        /// Line number from 1.
        line: u64,
        /// Why.
        source: UnknownLanguage,
    },
    /// A compressed or structured file that breaks off or breaks its own rules.
    #[error("{name}: broken at byte {at} ({reason}); what came before it was read. Fetch or make the file again")]
    Broken {
        /// The path as given.
        name: String,
        /// Bytes that were read without trouble.
        at: u64,
        /// What is wrong.
        reason: String,
    },
    /// A compressed file that unpacks to a thousand times its size.
    #[error(
        "{name}: unpacks to more than {ratio} times its size, as no report does; reading stopped. Unpack it by hand if you trust it"
    )]
    Bomb {
        /// The path as given.
        name: String,
        /// How many times.
        ratio: u64,
    },
    /// A record that holds no text.
    #[error("{name}, {place}: no text ({what})")]
    NoText {
        /// The path as given.
        name: String,
        /// Which record.
        place: String,
        /// What it holds instead.
        what: &'static str,
    },
    /// A table without a column of texts.
    #[error("{name}: no column holds the article's text (columns: {columns}); name it with --columns text=COLUMN")]
    NoTextColumn {
        /// The path as given.
        name: String,
        /// The columns that there are.
        columns: String,
    },
    /// A page that would take a parser hours, or all memory.
    #[error(
        "{name}: the tags of the page are nested too deep, too many, or out of order, as no report's are; it was not taken apart. If it is a report, save its text as .txt and read that"
    )]
    Tangled {
        /// The path as given.
        name: String,
    },
    /// A page without running text.
    #[error("{name}: no article found in the page; if it has one, save its text as .txt and read that")]
    NoArticle {
        /// The path as given.
        name: String,
    },
}

impl SourceError {
    /// A stable word for programs, such as `empty`.
    pub fn code(&self) -> &'static str {
        match self {
            SourceError::Missing { .. } => "missing",
            SourceError::Io { .. } => "io",
            SourceError::Empty { .. } => "empty",
            SourceError::FolderWithoutArticles { .. } => "folder_without_articles",
            SourceError::Binary { .. } => "binary",
            SourceError::Undecodable { .. } => "undecodable",
            SourceError::TooLarge { .. } => "too_large",
            SourceError::LineTooLong { .. } => "line_too_long",
            SourceError::BadRow { .. } => "bad_row",
            SourceError::RowWithoutText { .. } => "row_without_text",
            SourceError::BadField { .. } => "bad_field",
            SourceError::BadPublished { .. } => "bad_published",
            SourceError::BadLanguage { .. } => "bad_language",
            SourceError::NoArticle { .. } => "no_article",
            SourceError::Tangled { .. } => "tangled",
            SourceError::Broken { .. } => "broken",
            SourceError::Bomb { .. } => "bomb",
            SourceError::NoText { .. } => "no_text",
            SourceError::NoTextColumn { .. } => "no_text_column",
        }
    }

    /// The error of the operating system, or of an unpacker, about `name`.
    pub(crate) fn io(name: &str, source: io::Error) -> Self {
        if let Some(stop) = source.get_ref().and_then(|e| e.downcast_ref::<Stop>()) {
            return match stop {
                Stop::Bomb { ratio } => SourceError::Bomb { name: name.to_owned(), ratio: *ratio },
                Stop::Broken { at, reason } => SourceError::Broken { name: name.to_owned(), at: *at, reason: reason.clone() },
                Stop::RecordTooLarge => SourceError::TooLarge { name: name.to_owned() },
            };
        }
        match source.kind() {
            io::ErrorKind::NotFound => SourceError::Missing { name: name.to_owned() },
            _ => SourceError::Io { name: name.to_owned(), source },
        }
    }
}

/// Why a reader stopped; it travels through readers of other crates as an [`io::Error`].
#[derive(Debug, thiserror::Error)]
pub(crate) enum Stop {
    #[error("a compression bomb")]
    Bomb { ratio: u64 },
    #[error("broken at byte {at}: {reason}")]
    Broken { at: u64, reason: String },
    #[error("a record beyond the limit")]
    RecordTooLarge,
}

impl From<Stop> for io::Error {
    fn from(stop: Stop) -> Self {
        io::Error::new(io::ErrorKind::InvalidData, stop)
    }
}
