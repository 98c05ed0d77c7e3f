//! What was found out about words, remembered for later texts by all threads together, so that it takes as much room on a machine with
//! many processors as on a small one.

use std::{
    hash::{BuildHasher, BuildHasherDefault},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use rustc_hash::{FxHashMap, FxHasher};

/// Parts that are locked apart from each other.
const PARTS: usize = 64;

/// Longer words, in bytes, are seen too seldom.
const LONGEST: usize = 64;

/// Words with what is known of each; of those that were asked for last, at least half as many are kept as there is room for.
pub(crate) struct Memory<T> {
    parts: Box<[Mutex<Part<T>>]>,
    /// Words of a generation in a part, at most.
    room: usize,
}

/// Words that were asked for since the last change of generations, and those that were before.
struct Part<T> {
    young: FxHashMap<Box<str>, Arc<T>>,
    old: FxHashMap<Box<str>, Arc<T>>,
}

impl<T> Memory<T> {
    /// Room for so many words.
    pub(crate) fn new(words: usize) -> Memory<T> {
        let part = || Mutex::new(Part { young: FxHashMap::default(), old: FxHashMap::default() });
        Memory { parts: (0..PARTS).map(|_| part()).collect(), room: words.div_ceil(2 * PARTS) }
    }

    /// What is known of a word, made where it is not remembered.
    pub(crate) fn get(&self, word: &str, make: impl FnOnce() -> T) -> Arc<T> {
        if word.len() > LONGEST {
            return Arc::new(make());
        }
        let hash = BuildHasherDefault::<FxHasher>::default().hash_one(word);
        // The maps take the bits at both ends.
        let part = &self.parts[(hash >> 24) as usize % PARTS];
        if let Some(known) = locked(part).find(word, self.room) {
            return known;
        }
        // Others need not wait meanwhile; who makes the same word at once makes the same.
        let made = Arc::new(make());
        locked(part).put(word.into(), Arc::clone(&made), self.room);
        made
    }
}

impl<T> Part<T> {
    fn find(&mut self, word: &str, room: usize) -> Option<Arc<T>> {
        if let Some(known) = self.young.get(word) {
            return Some(Arc::clone(known));
        }
        let (word, known) = self.old.remove_entry(word)?;
        self.put(word, Arc::clone(&known), room);
        Some(known)
    }

    fn put(&mut self, word: Box<str>, known: Arc<T>, room: usize) {
        if self.young.len() >= room {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(word, known);
    }
}

/// What a thread left that panicked is whole: everything is put in at once.
fn locked<T>(m: &Mutex<T>) -> MutexGuard<'_, T> {
    m.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is known under a key, made where it is not; those who ask at once make the same.
pub(crate) fn remembered<T: Clone>(known: &Mutex<Vec<(u32, T)>>, key: u32, make: impl FnOnce() -> T) -> T {
    if let Some((_, value)) = locked(known).iter().find(|k| k.0 == key) {
        return value.clone();
    }
    let value = make();
    locked(known).push((key, value.clone()));
    value
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn words_asked_for_stay_and_others_go() {
        let memory = Memory::new(40 * PARTS);
        let made = Cell::new(0);
        let ask = |word: &str| {
            let known = memory.get(word, || {
                made.set(made.get() + 1);
                word.to_owned()
            });
            assert_eq!(*known, word);
        };
        for i in 0..100_000 {
            ask(&format!("kelime{i}"));
            ask("ve");
        }
        // "ve" was made once, whatever came between.
        assert_eq!(made.get(), 100_001);
        ask("kelime99999");
        assert_eq!(made.get(), 100_001);
        ask("kelime1");
        assert_eq!(made.get(), 100_002);
        let both = |p: &Part<String>| p.young.len() + p.old.len();
        let held: usize = memory.parts.iter().map(|p| both(&locked(p))).sum();
        assert!((15 * PARTS..=40 * PARTS).contains(&held), "{held}");
    }

    #[test]
    fn long_words_are_not_kept() {
        let memory = Memory::new(100);
        let long = "a".repeat(LONGEST + 1);
        memory.get(&long, || 1);
        assert_eq!(*memory.get(&long, || 2), 2);
    }

    #[test]
    fn threads_share_what_is_known() {
        let memory = Memory::new(100_000);
        std::thread::scope(|s| {
            for _ in 0..4 {
                s.spawn(|| (0..5_000).for_each(|i| assert_eq!(*memory.get(&i.to_string(), || i), i)));
            }
        });
        assert_eq!(*memory.get("17", || 0), 17);
    }
}
