//! What readings become together: copies, stories, merged events and the ledger of conflicts.
//!
//! ```text
//! Input (Reading + text) --prepare--> Doc --copies--> origins --stories--> groups
//!                                                        each group --acts--> merged events --conflicts--> ledger
//! ```
//!
//! [`reconcile`] is a pure function: it sorts its input first, so the order of the articles changes nothing, and every id
//! is derived from the articles and events that stand behind a row. It knows no language beyond words and their weights;
//! who held which office it asks of [`Offices`]. What counts as a copy, a story, one act and a conflict, with all
//! thresholds, is in `docs/record.md`.
//!
//! What a record holds is read again by [`commitments`] (promises and their fate), [`dyad`] and [`balance`] (how states stand
//! to each other).
//!
//! This crate reads no files, keeps no state and never changes a reading.
#![forbid(unsafe_code)]

mod acts;
mod commitments;
mod conflicts;
mod copies;
mod doc;
mod fold;
mod merge;
mod offices;
mod parties;
mod relations;
mod stories;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod testing_rows;
mod weights;
mod world;

use std::collections::BTreeMap;

use haberdar_model::{
    PartialDate, Reading, Status,
    id::content_id,
    record::{Record, Story, StoryArticle},
};
use haberdar_world::World;

pub use commitments::{Commitment, Fate, Manner, commitments};
pub use offices::{Holding, NoRecord, Offices};
pub use relations::{Dyad, Month, Network, Period, Shift, Tie, Triad, balance, dyad, months};

use conflicts::{Chapter, Found, Ledger};
use doc::Doc;
use merge::Merged;

/// Code points of a story's title at most, where the title is a sentence.
const TITLE: usize = 160;

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
    let docs: Vec<Doc<'_>> = sorted.iter().enumerate().map(|(n, i)| Doc::new(n, i, offices)).collect();

    let origins = copies::origins(&docs);
    let sources = copies::sources(&docs, &origins);
    let weights = weights::Weights::new(&docs);
    let ledger = Ledger { docs: &docs, sources: &sources, offices };
    let mut record = Record::default();
    for members in stories::stories(&docs, &origins, &weights) {
        let mut events: Vec<Merged> =
            acts::merge(&docs, &members, &weights).into_iter().map(|a| Merged::new(&docs, a, &sources, offices)).collect();
        events.sort_by_key(|m| row_order(&m.row));
        let story = story(&docs, &origins, &members, &events);
        let mut found = conflicts::find(&ledger, &Chapter { id: &story.id, articles: &members, events: &events });
        found.sort_by(|a, b| a.0.id.cmp(&b.0.id));
        let mut rows: Vec<_> = events.into_iter().map(|m| m.row).collect();
        note(&mut rows, &found);
        record.events.extend(rows);
        record.conflicts.extend(found.into_iter().map(|f| f.0));
        record.stories.push(story);
    }
    record.stories.sort_by(|a, b| a.id.cmp(&b.id));
    record.events.sort_by_key(row_order);
    record.conflicts.sort_by(|a, b| a.id.cmp(&b.id));
    record
}

/// Writes the ids of conflicts into the events that they are about.
fn note(rows: &mut [haberdar_model::record::MergedEvent], found: &[Found]) {
    let at: BTreeMap<String, usize> = rows.iter().enumerate().map(|(i, r)| (r.id.clone(), i)).collect();
    for (conflict, events) in found {
        for e in events {
            if let Some(&i) = at.get(e) {
                rows[i].conflicts.push(conflict.id.clone());
            }
        }
    }
}

/// Events by date (undated last), then id.
fn row_order(e: &haberdar_model::record::MergedEvent) -> (bool, Option<PartialDate>, String) {
    let day = e.date.from.or(e.date.to);
    (day.is_none(), day, e.id.clone())
}

fn story(docs: &[Doc<'_>], origins: &[Option<usize>], members: &[usize], events: &[Merged]) -> Story {
    let order: Vec<usize> = copies::publication_order(docs, members);
    let articles: Vec<StoryArticle> = order
        .iter()
        .map(|&d| {
            let a = &docs[d].reading.article;
            StoryArticle {
                id: a.id.clone(),
                source_id: a.source_id.clone(),
                publisher: a.publisher.clone(),
                published: a.published,
                copy_of: origins[d].map(|o| docs[o].reading.article.id.clone()),
            }
        })
        .collect();
    let mut ids: Vec<&str> = articles.iter().map(|a| a.id.as_str()).collect();
    ids.sort_unstable();
    let real = |m: &&Merged| matches!(m.row.status, Status::Happened | Status::Ongoing);
    let told = events.iter().filter(real).flat_map(|m| [m.row.date.from, m.row.date.to]).flatten();
    let days: Vec<PartialDate> = told.chain(articles.iter().filter_map(|a| a.published)).collect();
    Story {
        id: content_id(["story"].into_iter().chain(ids)),
        title: order.first().map(|&d| title(&docs[d])).unwrap_or_default(),
        events: events.iter().map(|m| m.row.id.clone()).collect(),
        from: days.iter().copied().min_by_key(|d| (d.first(), d.last())),
        to: days.iter().copied().max_by_key(|d| (d.last(), d.first())),
        articles,
    }
}

/// The headline, else the first sentence, else the first line.
fn title(d: &Doc<'_>) -> String {
    if let Some(t) = d.reading.article.title.as_deref().map(str::trim).filter(|t| !t.is_empty()) {
        return t.to_owned();
    }
    let mut sentences = d.reading.sentences.iter().map(|s| d.slice(*s).trim());
    let first =
        sentences.find(|s| !s.is_empty()).or_else(|| d.text.lines().map(str::trim).find(|l| !l.is_empty())).unwrap_or_default();
    let words: Vec<&str> = first.split_whitespace().collect();
    let line = words.join(" ");
    if line.chars().count() <= TITLE {
        return line;
    }
    let cut: String = line.chars().take(TITLE).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |c| c.0))
}

/// The folded stems by which texts are compared, for the tables of common words.
#[doc(hidden)]
pub fn stems(text: &str) -> Vec<String> {
    fold::words(text).iter().map(|w| fold::stem(w).to_owned()).collect()
}

#[cfg(test)]
mod tests;
