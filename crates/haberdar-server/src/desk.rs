//! What the server has at hand: connections to the store, and what the binary lends it.

use std::{
    path::PathBuf,
    sync::{Mutex, PoisonError, atomic::AtomicBool},
};

use haberdar_model::{Article, Country, PartialDate, Reading};
use haberdar_store::{Store, StoreError};
use serde_json::Value;

use crate::cache::Cache;

/// What the server cannot do itself.
pub trait Desk: Send + Sync + 'static {
    /// Reads one article without keeping it.
    ///
    /// # Errors
    /// In words for the one who asked.
    fn read(&self, article: &Article) -> Result<Reading, String>;

    /// Reads articles and reconciles them into the record; how many were new.
    ///
    /// # Errors
    /// In words for the one who asked.
    fn add(&self, articles: Vec<Article>) -> Result<usize, String>;

    /// Who held an office, or which offices a person held: rows with `name`, `office`, `country`, `from`, `to`, `source`.
    ///
    /// # Errors
    /// In words for the one who asked.
    fn who(&self, query: &str, on: Option<PartialDate>) -> Result<Value, String>;

    /// All offices of a state or body with everybody who is recorded in them, as rows like those of [`Desk::who`].
    ///
    /// # Errors
    /// In words for the one who asked.
    fn offices(&self, country: Country) -> Result<Value, String>;
}

/// How the server is set up.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The store's file.
    pub store: PathBuf,
    /// Who may add articles and decide about conflicts; nobody where it is `None`.
    pub token: Option<String>,
    /// Whoever sits at this machine may decide about conflicts on its pages, without a token.
    pub decide: bool,
    /// Requests a second from one address, on average.
    pub rate: u32,
}

/// Connections that are kept open.
const KEPT: usize = 8;

/// Everything a request needs.
pub struct Room {
    pub(crate) settings: Settings,
    pub(crate) desk: Box<dyn Desk>,
    idle: Mutex<Vec<Store>>,
    pub(crate) counts: crate::answer::Counts,
    /// What was worked out from the record.
    pub(crate) cache: Cache,
    /// Whole answers.
    pub(crate) answers: Cache,
    /// What takes long is worked out beside the answers.
    pub(crate) warmed: AtomicBool,
    /// A record of so many events takes seconds to be gone through.
    pub(crate) many: usize,
}

impl Room {
    /// A room over the store.
    pub fn new(settings: Settings, desk: impl Desk) -> Room {
        Room {
            settings,
            desk: Box::new(desk),
            idle: Mutex::default(),
            counts: crate::answer::Counts::default(),
            cache: Cache::default(),
            answers: Cache::default(),
            warmed: AtomicBool::new(false),
            many: 10_000,
        }
    }

    /// Works with a connection of its own.
    pub(crate) fn with_store<T>(&self, work: impl FnOnce(&Store) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let store = match idle {
            Some(store) => store,
            None => Store::open_read_only(&self.settings.store)?,
        };
        let done = work(&store)?;
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < KEPT {
            idle.push(store);
        }
        Ok(done)
    }
}
