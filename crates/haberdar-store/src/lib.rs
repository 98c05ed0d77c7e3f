//! The record in one SQLite file: articles and their readings, and the stories, events and conflicts that they become.
//!
//! ```no_run
//! # use haberdar_store::{Filter, Store, StoreError};
//! # fn f(article: haberdar_model::Article, reading: haberdar_model::Reading) -> Result<(), StoreError> {
//! let mut store = Store::open("haberdar.db")?;
//! store.add_reading(&article, &reading)?; // a second time: nothing changes
//! for reading in store.readings() {
//!     let _ = reading?; // reconcile them, then store.replace_record(&record)
//! }
//! for event in Store::open_read_only("haberdar.db")?.events(&Filter { actor: Some("TUR".into()), ..Filter::default() })? {
//!     println!("{} {}", event.kind, event.id);
//! }
//! # Ok(()) }
//! ```
//!
//! The crate knows SQL and nothing of analysis: what goes in comes out. Readings and record types are kept whole as JSON
//! and taken apart into rows beside it, written by the same call, so that programs get back exactly what was stored while
//! people query tables and the views `v_articles`, `v_events`, `v_event_reports`, `v_quotes` and `v_conflicts` with any
//! SQLite program.
//!
//! * **Crash-safe.** Write-ahead log, every change in one transaction: a killed process loses at most the batch that it was
//!   writing, and the next run goes on.
//! * **One writer.** A second one waits for some seconds, then is told so ([`StoreError::Locked`]); readers never wait.
//! * **Polite.** A file that is not ours is told before anything is written: other SQLite files, other files, newer schemas.
//! * **Same in, same out.** Answers are ordered by day and id, names by Turkish order ([`turkish_cmp`]); an article that is
//!   there already changes nothing, to the byte of a dump.
#![forbid(unsafe_code)]

mod answer;
mod check;
mod error;
mod explain;
mod facts;
mod filter;
mod index;
mod migrate;
mod narrow;
mod neighbours;
mod open;
mod overlays;
mod pairs;
mod quotes;
mod rank;
mod readings;
mod record;
mod search;
mod snippet;
mod sources;
mod terms;
mod text;
mod turkish;
mod upkeep;
mod vocabulary;
mod watches;
mod write;

use std::{
    cell::RefCell,
    path::{Path, PathBuf},
};

use rusqlite::Connection;

use narrow::Places;

pub use answer::{Counts, Found};
pub use check::{Checked, Fault};
pub use error::StoreError;
pub use filter::{Arrived, Filter, Order, Pair};
pub use haberdar_model::record::Explained;
pub use migrate::SCHEMA_VERSION;
pub use neighbours::LinkRow;
pub use overlays::{Overlay, Place};
pub use pairs::{PairAct, StateActs};
pub use quotes::QuoteRow;
pub use readings::{Readings, StoredArticle};
pub use search::{ArticleHit, EventHit, Hits, QuoteHit};
pub use snippet::Snippet;
pub use sources::{Feed, FeedEntry};
pub use text::TextQuery;
pub use turkish::{search_key, turkish_cmp};
pub use watches::Watch;
pub use write::Batch;

/// An open store.
#[derive(Debug)]
pub struct Store {
    pub(crate) db: Connection,
    pub(crate) path: PathBuf,
    /// The sentences that had the words of the last question: it is asked how many rows there are, and then for some of them.
    pub(crate) places: RefCell<Option<Places>>,
}

impl Store {
    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}
