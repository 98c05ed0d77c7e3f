//! `haberdar demo`: the sample reports, read into a record of their own.

use std::{
    fs,
    io::{self, Write},
};

use anyhow::{Context, Result};
use haberdar_sources::ReadOptions;
use haberdar_store::{Filter, Store};

use super::{add, query};
use crate::{
    cli::{Demo, Format},
    output::cut,
};

include!(concat!(env!("OUT_DIR"), "/samples.rs"));

pub(crate) fn run(args: &Demo) -> Result<bool> {
    // A folder of its own: two users, or two demos at once, do not meet.
    let folder = std::env::temp_dir().join(format!("haberdar-demo-{}", std::process::id()));
    let samples = folder.join("samples");
    fs::create_dir_all(&samples).with_context(|| format!("cannot make the folder {}", samples.display()))?;
    for (name, content) in SAMPLES {
        fs::write(samples.join(name), content)?;
    }
    let path = args.store.clone().unwrap_or_else(|| folder.join("demo.db"));
    let mut store = Store::open(&path)?;
    let (tally, counts) = add::add(&mut store, &[&samples], &ReadOptions::default())?;
    say(&format!(
        "Read {} sample reports ({} words, {} sentences) by invented outlets on real happenings, in Turkish and English.\n\
         The record: {} stories, {} events, {} conflicts.\n\nStories: reports that tell of the same happening",
        counts.articles, tally.words, tally.sentences, counts.stories, counts.events, counts.conflicts
    ))?;
    query::show_stories(&store.stories(&Filter::default())?, Format::Table)?;
    say("\nEvents: the acts with the most independent sources")?;
    let filter = Filter { order: haberdar_store::Order::Sources, limit: Some(12), ..Filter::default() };
    query::show_events(&store.events(&filter)?, Format::Table)?;
    say("\nConflicts: where reports disagree, and what the dated record of office-holders says")?;
    query::show_conflicts(&store, &store.conflicts(&Filter::default())?, Format::Table)?;
    say("\nOnly forecast: nobody did these")?;
    let forecast = Filter { status: Some(haberdar_model::Status::Forecast), limit: Some(5), ..Filter::default() };
    query::show_events(&store.events(&forecast)?, Format::Table)?;
    let first = store.events(&filter)?.first().map(|e| crate::output::short(&e.id).to_owned()).unwrap_or_default();
    let db = cut(&path.display().to_string(), 200);
    say(&format!(
        "\nTry next:\n  haberdar explain {first} --store {db}      why that event was coded\n  \
         haberdar quotes --store {db}                who said what\n  \
         haberdar read {}/*.txt           one report, read alone\n  \
         haberdar who \"Kuzey Kore Dışişleri Bakanı\" --on 2021-05-01\n  \
         haberdar read YOUR-FILE.txt                   a report of your own\n\
         (`cargo run --release --` stands for `haberdar` in the project's folder.)",
        samples.display()
    ))?;
    Ok(tally.failed == 0)
}

fn say(text: &str) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{text}")
}
