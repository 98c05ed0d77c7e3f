//! The store as the archive in which reconciling keeps what it needs.

use anyhow::{Context, Result};
use haberdar_model::Reading;
use haberdar_model::record::Story;
use haberdar_reconcile::{Archive, Chapter, Key, Link, New, Profile, RULES, update};
use haberdar_store::{Batch, Store};
use haberdar_world::World;

/// Articles that are reconciled in one transaction.
const BATCH: usize = 250;

/// Takes into the record whatever it does not know yet; all of it, where it was made by other rules or tables. `step` is told
/// how many articles are done.
pub(crate) fn reconcile(store: &mut Store, world: &World, mut step: impl FnMut(usize)) -> Result<()> {
    store.use_rules(&format!("{RULES} {}", world.version()))?;
    loop {
        let batch = store.begin()?;
        let read = batch.unreconciled(BATCH)?;
        if read.is_empty() {
            return Ok(());
        }
        let new: Vec<New<'_>> = read.iter().map(|(number, r)| New::of(*number, r)).collect();
        update(&mut Shelf { batch: &batch }, &new, world)?;
        for (number, _) in &read {
            batch.reconciled(*number)?;
        }
        batch.commit()?;
        step(read.len());
    }
}

/// A transaction of the store.
struct Shelf<'s, 'b> {
    batch: &'s Batch<'b>,
}

impl Archive for Shelf<'_, '_> {
    type Error = anyhow::Error;

    fn keep(&mut self, number: i64, profile: &Profile, keys: &[Key]) -> Result<()> {
        let keys: Vec<(i32, u32)> = keys.iter().map(|k| (k.drawer, k.feature)).collect();
        Ok(self.batch.keep_profile(number, &postcard::to_stdvec(profile)?, &keys)?)
    }

    fn profile(&mut self, number: i64) -> Result<Profile> {
        postcard::from_bytes(&self.batch.profile(number)?).context("the store is damaged: an article's profile cannot be read")
    }

    fn under(&mut self, key: Key, found: &mut dyn FnMut(i64)) -> Result<()> {
        Ok(self.batch.under(key.drawer, key.feature, found)?)
    }

    fn drawers(&mut self) -> Result<Vec<i32>> {
        let all = self.batch.drawers()?;
        Ok(all.into_iter().filter(|d| !matches!(*d, Key::UNDATED | Key::ALWAYS)).collect())
    }

    fn links(&mut self, number: i64) -> Result<Vec<(i64, Link)>> {
        let rows = self.batch.links(number)?;
        Ok(rows.into_iter().map(|(n, score, copy, version)| (n, Link { score, copy, version })).collect())
    }

    fn link(&mut self, a: i64, b: i64, link: &Link) -> Result<()> {
        Ok(self.batch.link(a, b, (link.score, link.copy, link.version))?)
    }

    fn unlink(&mut self, a: i64, b: i64) -> Result<()> {
        Ok(self.batch.unlink(a, b)?)
    }

    fn together(&mut self, number: i64) -> Result<Vec<i64>> {
        Ok(self.batch.together(number)?)
    }

    fn story_of(&mut self, number: i64) -> Result<Option<Story>> {
        Ok(self.batch.story_of(number)?)
    }

    fn reading(&mut self, number: i64) -> Result<(Reading, String)> {
        let mut reading = self.batch.reading(number)?;
        let text = reading.text.take().unwrap_or_default();
        Ok((reading, text))
    }

    fn rewrite(&mut self, gone: &[String], come: Vec<Chapter>) -> Result<()> {
        for story in gone {
            self.batch.remove_story(story)?;
        }
        for c in &come {
            self.batch.add_story(&c.story, &c.events, &c.conflicts)?;
        }
        Ok(())
    }
}
