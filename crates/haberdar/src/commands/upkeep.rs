//! `haberdar check|compact|merge`: is the store whole, can it be smaller, and two stores become one.

use std::io::{self, Write};

use anyhow::{Context, Result, bail};
use haberdar_store::{Fault, Store};

use super::{add, query::open};
use crate::{
    cli::{Check, Compact, Format, Merge},
    output::{rows, short},
};

pub(crate) fn check(args: &Check) -> Result<bool> {
    let store = open(&args.store)?;
    let mut faults = Vec::new();
    let checked = store.check(|f| faults.push(f))?;
    let header = ["kind", "place", "message"];
    let table = args.format == Format::Table;
    let cells = |f: &Fault| {
        let place = if table { short(&f.place) } else { &f.place };
        vec![f.kind.to_owned(), place.to_owned(), f.message.clone()]
    };
    rows(args.format, &faults, &header, cells, "All is as it has to be.")?;
    eprintln!(
        "{}: {} articles with their hashes, {} spans with their words and {} rows of the record were looked at; faults: {}",
        store.path().display(),
        checked.articles,
        checked.spans,
        checked.rows,
        checked.faults
    );
    Ok(faults.is_empty())
}

pub(crate) fn compact(args: &Compact) -> Result<bool> {
    // A store that is not there is not made.
    drop(open(&args.store)?);
    let (before, after) = Store::open(&args.store.store)?.compact()?;
    writeln!(io::stdout().lock(), "{}: {before} bytes before, {after} bytes now", args.store.store.display())?;
    Ok(true)
}

/// Readings that are written in one transaction.
const BATCH: usize = 500;

pub(crate) fn merge(args: &Merge) -> Result<bool> {
    let real = |p: &std::path::Path| std::fs::canonicalize(p).ok();
    drop(Store::open_read_only(&args.into)?);
    let mut into = Store::open(&args.into)?;
    for path in &args.from {
        if real(path) == real(&args.into) {
            bail!("{}: a store cannot be merged into itself; name another one", path.display());
        }
        let from = Store::open_read_only(path)?;
        let (mut new, mut known) = (0, 0);
        let mut readings = from.readings_with_text().peekable();
        while readings.peek().is_some() {
            let batch = into.begin()?;
            for reading in readings.by_ref().take(BATCH) {
                let reading = reading?;
                let article = from.source_of(&reading)?;
                let added = batch.add(&article, &reading).with_context(|| format!("{}", path.display()))?;
                if added { new += 1 } else { known += 1 }
            }
            batch.commit()?;
        }
        let batch = into.begin()?;
        batch.add_feeds_of(&from)?;
        batch.add_overlays_of(&from)?;
        batch.commit()?;
        eprintln!("{}: {new} articles were taken over, {known} were there already", path.display());
    }
    let counts = add::renew_record(&mut into)?;
    writeln!(
        io::stdout().lock(),
        "{}: {} articles, {} events, {} stories, {} conflicts",
        args.into.display(),
        counts.articles,
        counts.events,
        counts.stories,
        counts.conflicts
    )?;
    Ok(true)
}
