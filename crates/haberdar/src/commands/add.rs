//! `haberdar add`: files into the record.

use std::{io::IsTerminal, time::Duration};

use anyhow::Result;
use haberdar_model::Reading;
use haberdar_reconcile::{Input, reconcile};
use haberdar_sources::Item;
use haberdar_store::{Counts, Store};
use indicatif::{ProgressBar, ProgressStyle};

use crate::{
    cli::Add,
    engine::{self, Outcome},
};

/// What became of the inputs of one `add`.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) new: usize,
    pub(crate) known: usize,
    pub(crate) failed: usize,
    pub(crate) sentences: usize,
    pub(crate) words: usize,
}

pub(crate) fn run(args: &Add) -> Result<bool> {
    let mut store = Store::open(&args.store.store)?;
    let options = args.origin.options();
    let (tally, counts) = add(&mut store, engine::items(&args.paths, &options))?;
    let s = |n: usize| if n == 1 { "" } else { "s" };
    eprintln!(
        "{} new article{}, {} already there, {} failed; the record in {} now has {} article{}, {} event{}, {} stor{}, {} conflict{}",
        tally.new,
        s(tally.new),
        tally.known,
        tally.failed,
        args.store.store.display(),
        counts.articles,
        s(counts.articles),
        counts.events,
        s(counts.events),
        counts.stories,
        if counts.stories == 1 { "y" } else { "ies" },
        counts.conflicts,
        s(counts.conflicts),
    );
    Ok(tally.failed == 0)
}

/// Articles that are written in one transaction.
const BATCH: usize = 200;

/// Reads the items into the store and reconciles what it holds.
pub(crate) fn add(store: &mut Store, items: impl Iterator<Item = Item>) -> Result<(Tally, Counts)> {
    let bar = progress("reading");
    let mut tally = Tally::default();
    let mut waiting = Vec::new();
    engine::each(items, |outcome| {
        match outcome {
            Outcome::Failed { why, .. } => {
                tally.failed += 1;
                bar.suspend(|| eprintln!("haberdar: {why}"));
            }
            Outcome::Read(pair) => {
                waiting.push(*pair);
                if waiting.len() >= BATCH {
                    write(store, &mut waiting, &mut tally)?;
                }
            }
        }
        bar.inc(1);
        Ok(())
    })?;
    write(store, &mut waiting, &mut tally)?;
    bar.finish_and_clear();
    // Also after a run that was killed between reading and reconciling.
    if store.record_is_behind()? {
        let bar = progress("reconciling");
        let readings: Vec<Reading> = store.readings_with_text().collect::<Result<_, _>>()?;
        let inputs: Vec<Input<'_>> =
            readings.iter().map(|r| Input { reading: r, text: r.text.as_deref().unwrap_or_default() }).collect();
        let record = reconcile(&inputs, engine::world()?);
        store.replace_record(&record)?;
        bar.finish_and_clear();
    }
    Ok((tally, store.counts()?))
}

fn write(store: &mut Store, waiting: &mut Vec<(haberdar_model::Article, Reading)>, tally: &mut Tally) -> Result<()> {
    let batch = store.begin()?;
    for (article, reading) in waiting.drain(..) {
        tally.sentences += reading.sentences.len();
        tally.words += reading.article.words;
        if batch.add(&article, &reading)? {
            tally.new += 1;
        } else {
            tally.known += 1;
        }
    }
    batch.commit()?;
    Ok(())
}

/// A spinner with a count, on a terminal only.
fn progress(what: &'static str) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner().with_message(what);
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}: {pos} articles, {per_sec}, {elapsed}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}
