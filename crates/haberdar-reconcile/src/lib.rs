//! What readings become together: copies, stories, merged events and the ledger of conflicts.
//!
//! ```text
//! Input (Reading + text) --Doc--> Profile --links--> connected parts --copies, stories--> groups of articles
//!                                                        each group --acts--> merged events --conflicts--> ledger
//! ```
//!
//! [`update`] takes new articles into an [`Archive`] and makes only those stories anew that they touch; [`reconcile`] does
//! the same in memory, for all articles at once. The record is a pure function of the set of articles: order and batching
//! change nothing, and every id is derived from the articles and events that stand behind a row. It knows no language beyond words and their weights;
//! who held which office it asks of [`Offices`]. What counts as a copy, a story, one act and a conflict, with all
//! thresholds, is in `docs/record.md`.
//!
//! What a record holds is read again by [`commitments`] (promises and their fate), [`dyad`] and [`balance`] (how states stand
//! to each other).
//!
//! This crate reads no files and never changes a reading; what it keeps, it keeps in an archive.
#![forbid(unsafe_code)]

mod acts;
mod archive;
mod chapter;
mod commitments;
mod conflicts;
mod copies;
mod doc;
mod fold;
mod merge;
mod offices;
mod parties;
mod profile;
mod relations;
mod similarity;
mod stories;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod testing_rows;
mod twins;
mod update;
mod weights;
mod world;

use haberdar_model::{PartialDate, Reading, record::Record};
use haberdar_world::World;

pub use archive::{Archive, Chapter, Link};
pub use commitments::{Commitment, Fate, Manner, commitments};
pub use offices::{Holding, NoRecord, Offices};
pub use profile::{Key, Profile};
pub use relations::{Dyad, Month, Network, Period, Shift, Tie, Ties, Triad, balance, dyad, in_question, months, series};
pub use similarity::{Text, similarity};
pub use update::{New, RULES, update};

use archive::Memory;

/// An article's reading with the text that its spans point into.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// What was understood.
    pub reading: &'a Reading,
    /// The untouched text.
    pub text: &'a str,
}

/// The record of all articles by the dated tables of `world`, whatever their order. An article that is given twice counts
/// once.
pub fn reconcile(inputs: &[Input<'_>], world: &World) -> Record {
    reconcile_with(inputs, world)
}

/// [`reconcile`] by any record of office-holders, whatever their order.
pub fn reconcile_with(inputs: &[Input<'_>], offices: &dyn Offices) -> Record {
    let mut sorted: Vec<&Input<'_>> = inputs.iter().collect();
    let key = |i: &&Input<'_>| (i.reading.article.id.clone(), i.reading.article.source_id.clone());
    // Two readings of one article are rare; which one counts must not depend on their order.
    sorted.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| format!("{:?}", a.reading).cmp(&format!("{:?}", b.reading))));
    sorted.dedup_by(|b, a| a.reading.article.id == b.reading.article.id);
    let new: Vec<New<'_>> = sorted.iter().enumerate().map(|(n, i)| New { number: n as i64, input: **i }).collect();
    let mut memory = Memory::new(sorted);
    match update(&mut memory, &new, offices) {
        Ok(()) => memory.record(),
        Err(never) => match never {},
    }
}

/// Events by date (undated last), then id.
pub(crate) fn row_order(e: &haberdar_model::record::MergedEvent) -> (bool, Option<PartialDate>, String) {
    let day = e.date.from.or(e.date.to);
    (day.is_none(), day, e.id.clone())
}

/// The folded stems by which texts are compared, for the tables of common words.
#[doc(hidden)]
pub fn stems(text: &str) -> Vec<String> {
    fold::words(text).iter().map(|w| fold::stem(w).to_owned()).collect()
}

#[cfg(test)]
mod tests;
