//! `haberdar watch add|list|remove|run`: questions that are asked again, and what is new to them.

use std::io::{self, Write};

use anyhow::{Result, bail};
use haberdar_model::record::{Conflict, MergedEvent};
use haberdar_store::{Filter, QuoteRow, Store, Watch};
use serde::Serialize;

use super::query::{open, show_conflicts, show_events, show_quotes};
use crate::{
    cli::{Format, StorePath, WatchCommand},
    output::rows,
};

/// Something new, for programs.
#[derive(Serialize)]
struct New<'a> {
    watch: &'a str,
    #[serde(flatten)]
    what: What<'a>,
}

#[derive(Serialize)]
#[serde(tag = "kind", content = "row", rename_all = "lowercase")]
enum What<'a> {
    Event(&'a MergedEvent),
    Quote(&'a QuoteRow),
    Conflict(&'a Conflict),
}

pub(crate) fn run(command: &WatchCommand) -> Result<bool> {
    match command {
        WatchCommand::Add { name, store, filters, text, all } => {
            if filters.new_since.is_some() {
                bail!("--new-since: a watch knows by itself what it has not seen; leave it out");
            }
            drop(open(store)?);
            let mut store = Store::open(&store.store)?;
            let seen = if *all { 0 } else { store.arrivals()? };
            let filter = Filter { text: text.clone(), ..filters.filter() };
            if !store.add_watch(&Watch { name: name.clone(), filter, seen })? {
                bail!("there is a watch {name:?} already; `haberdar watch remove {name}` first, or choose another name");
            }
            Ok(true)
        }
        WatchCommand::Remove { name, store } => {
            drop(open(store)?);
            if !Store::open(&store.store)?.remove_watch(name)? {
                bail!("there is no watch {name:?}; `haberdar watch list` names those there are");
            }
            Ok(true)
        }
        WatchCommand::List { store, format } => list(store, *format),
        WatchCommand::Run { names, store, format, keep } => news(names, store, *format, *keep),
    }
}

fn list(store: &StorePath, format: Format) -> Result<bool> {
    let store = open(store)?;
    let (watches, arrivals) = (store.watches()?, store.arrivals()?);
    let cells = |w: &Watch| {
        let filter = serde_json::to_string(&w.filter).unwrap_or_default();
        vec![w.name.clone(), filter, (arrivals - w.seen).to_string()]
    };
    rows(
        format,
        &watches,
        &["name", "filter", "articles_not_seen"],
        cells,
        "There is no watch; make one with `haberdar watch add`.",
    )?;
    Ok(true)
}

fn news(names: &[String], path: &StorePath, format: Format, keep: bool) -> Result<bool> {
    let store = open(path)?;
    let mut watches = store.watches()?;
    if let Some(name) = names.iter().find(|n| watches.iter().all(|w| w.name != **n)) {
        bail!("there is no watch {name:?}; `haberdar watch list` names those there are");
    }
    watches.retain(|w| names.is_empty() || names.contains(&w.name));
    // Counted before anything is looked at: what comes in meanwhile is new the next time.
    let arrivals = store.arrivals()?;
    let found = watches.iter().map(|w| {
        let f = w.unseen();
        Ok((store.events(&f)?, store.quotes(&f)?, store.conflicts(&f)?))
    });
    let found = found.collect::<Result<Vec<_>>>()?;
    if format == Format::Table {
        for (w, (events, quotes, conflicts)) in watches.iter().zip(&found) {
            let counts = [(events.len(), "event"), (quotes.len(), "quotation"), (conflicts.len(), "conflict")];
            let counts = counts.map(|(n, what)| format!("{n} new {what}{}", if n == 1 { "" } else { "s" }));
            writeln!(io::stdout().lock(), "{}: {}", w.name, counts.join(", "))?;
            if !events.is_empty() {
                show_events(events, format)?;
            }
            if !quotes.is_empty() {
                show_quotes(quotes, format)?;
            }
            if !conflicts.is_empty() {
                show_conflicts(&store, conflicts, format)?;
            }
        }
        if watches.is_empty() {
            writeln!(io::stdout().lock(), "There is no watch; make one with `haberdar watch add`.")?;
        }
    } else {
        let each = watches.iter().zip(&found).flat_map(|(w, (events, quotes, conflicts))| {
            let all =
                events.iter().map(What::Event).chain(quotes.iter().map(What::Quote)).chain(conflicts.iter().map(What::Conflict));
            all.map(|what| New { watch: &w.name, what })
        });
        let each: Vec<New<'_>> = each.collect();
        let cells = |n: &New<'_>| {
            let (kind, id, words) = match &n.what {
                What::Event(e) => ("event", e.id.clone(), format!("{} {}", e.kind, e.status)),
                What::Quote(q) => ("quote", format!("{} {}", q.article, q.id), q.at.text.clone()),
                What::Conflict(c) => ("conflict", c.id.clone(), format!("{} {}", c.slot, c.relation)),
            };
            vec![n.watch.to_owned(), kind.to_owned(), id, words]
        };
        rows(format, &each, &["watch", "kind", "id", "words"], cells, "")?;
    }
    drop(store);
    if !keep && watches.iter().any(|w| w.seen != arrivals) {
        let mut store = Store::open(&path.store)?;
        watches.iter().try_for_each(|w| store.mark_seen(&w.name, arrivals))?;
    }
    Ok(true)
}
