//! What is worked out from the whole record, kept until the store changes.

use std::{
    any::Any,
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use haberdar_store::Store;

use crate::{Answer, Room, problem::Problem};

/// Things that are kept at one time; more of them than that are questions that nobody asks twice.
const KEPT: usize = 128;
/// The largest answer that is kept whole.
const LARGEST: usize = 256 << 10;

/// A place for one answer; whoever comes while it is worked out waits for it instead of working it out again.
type Slot = Arc<Mutex<Option<Arc<dyn Any + Send + Sync>>>>;

/// Kept answers, all of one version of the store.
#[derive(Default)]
pub(crate) struct Cache {
    /// A connection that does nothing but ask whether the file has changed: its numbers mean something to itself alone.
    watcher: Mutex<Option<Store>>,
    kept: Mutex<(i64, HashMap<String, Slot>)>,
}

impl Cache {
    fn version(&self, room: &Room) -> Result<i64, Problem> {
        let mut watcher = self.watcher.lock().unwrap_or_else(PoisonError::into_inner);
        let store = match watcher.take() {
            Some(store) => store,
            None => Store::open_read_only(&room.settings.store)?,
        };
        let version = store.data_version()?;
        *watcher = Some(store);
        Ok(version)
    }
}

impl Room {
    /// What `make` said when it was last asked for under this name, unless the store has changed since.
    pub(crate) fn kept<T: Send + Sync + 'static>(
        &self,
        name: &str,
        make: impl FnOnce() -> Result<T, Problem>,
    ) -> Result<Arc<T>, Problem> {
        self.kept_in(&self.cache, name, make)
    }

    /// True where the answer of this name can be had without working it out.
    pub(crate) fn is_kept(&self, name: &str) -> bool {
        let Ok(version) = self.cache.version(self) else { return false };
        let kept = self.cache.kept.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever works it out holds the slot.
        kept.0 == version && kept.1.get(name).is_some_and(|slot| slot.try_lock().is_ok_and(|s| s.is_some()))
    }

    /// Whole answers, which are kept apart: who walks through all pages pushes out pages, and nothing that was hard to work out.
    pub(crate) fn kept_answer(&self, name: &str, make: impl Fn() -> Result<Answer, Problem>) -> Result<Answer, Problem> {
        let kept = self.kept_in(&self.answers, name, || make().map(|a| (a.body.len() <= LARGEST).then_some(a)))?;
        match &*kept {
            Some(a) => Ok(a.clone()),
            // Too large to be kept.
            None => make(),
        }
    }

    fn kept_in<T: Send + Sync + 'static>(
        &self,
        cache: &Cache,
        name: &str,
        make: impl FnOnce() -> Result<T, Problem>,
    ) -> Result<Arc<T>, Problem> {
        // The version is asked for before the record is read: what is read later may only be newer than its label.
        let version = cache.version(self)?;
        let slot = {
            let mut kept = cache.kept.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.0 != version || kept.1.len() >= KEPT && !kept.1.contains_key(name) {
                *kept = (version, HashMap::new());
            }
            Arc::clone(kept.1.entry(name.to_owned()).or_default())
        };
        let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = slot.as_ref().and_then(|v| Arc::clone(v).downcast::<T>().ok()) {
            return Ok(found);
        }
        let made = Arc::new(make()?);
        let any: Arc<dyn Any + Send + Sync> = Arc::<T>::clone(&made);
        *slot = Some(any);
        Ok(made)
    }
}
