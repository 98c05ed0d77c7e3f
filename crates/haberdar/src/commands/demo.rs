//! `haberdar demo`: the sample reports, read into a record of their own.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use anyhow::{Context, Result};
use haberdar_sources::{Format, ReadOptions, read_reader};
use haberdar_store::{Filter, Store};

use super::{add, query, serve};
use crate::{
    cli::{Demo, Format as Print},
    output::cut,
};

include!(concat!(env!("OUT_DIR"), "/samples.rs"));

/// The record that the demo leaves, in the current folder.
const RECORD: &str = "haberdar-demo.db";

pub(crate) fn run(args: &Demo) -> Result<bool> {
    let path = args.store.clone().unwrap_or_else(|| RECORD.into());
    if args.store.is_none() {
        for end in ["", "-wal", "-shm"] {
            let old = format!("{RECORD}{end}");
            match fs::remove_file(&old) {
                Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e).with_context(|| format!("cannot replace {old}")),
                _ => {}
            }
        }
    }
    let options = ReadOptions::default();
    let items = SAMPLES.iter().flat_map(|(name, content)| read_reader(name, *content, Format::of(Path::new(name)), &options));
    let mut store = Store::open(&path)?;
    let (tally, counts) = add::add(&mut store, items)?;
    say(&format!(
        "Read {} sample reports ({} words, {} sentences) by invented outlets on real happenings, in Turkish and English.\n\
         The record: {} stories, {} events, {} conflicts.\n\nStories: reports that tell of the same happening",
        counts.articles, tally.words, tally.sentences, counts.stories, counts.events, counts.conflicts
    ))?;
    query::show_stories(&store.stories(&Filter::default())?, Print::Table)?;
    say("\nEvents: the acts with the most independent sources")?;
    let filter = Filter { order: haberdar_store::Order::Sources, limit: Some(12), ..Filter::default() };
    query::show_events(&store.events(&filter)?, Print::Table)?;
    say("\nConflicts: where reports disagree, and what the dated record of office-holders says")?;
    query::show_conflicts(&store, &store.conflicts(&Filter::default())?, Print::Table)?;
    let forecast = Filter { status: Some(haberdar_model::Status::Forecast), limit: Some(5), ..Filter::default() };
    let forecast = store.events(&forecast)?;
    if !forecast.is_empty() {
        say("\nOnly forecast: nobody did these")?;
        query::show_events(&forecast, Print::Table)?;
    }
    let first = store.events(&filter)?.first().map(|e| crate::output::short(&e.id).to_owned()).unwrap_or_default();
    let db = cut(&path.display().to_string(), 200);
    say(&format!(
        "\nTry next:\n  haberdar explain {first} --store {db}      why that event was coded\n  \
         haberdar quotes --store {db}                who said what\n  \
         haberdar who \"Kuzey Kore Dışişleri Bakanı\" --on 2021-05-01\n  \
         haberdar read YOUR-FILE.txt                   a report of your own\n  \
         haberdar serve --store {db}                 the record as web pages\n\
         (`cargo run --release --` stands for `haberdar` in the project's folder.)"
    ))?;
    if args.serve {
        drop(store);
        serve::open(haberdar_server::Settings { store: path, token: None, decide: false, rate: 50 }, args.addr)?;
    }
    Ok(tally.failed == 0)
}

fn say(text: &str) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{text}")
}
