//! `haberdar serve`: the reading room.

use std::{
    io::{self, Write},
    net::SocketAddr,
    path::PathBuf,
};

use anyhow::Result;
use haberdar_model::{Article, Country, PartialDate, Reading};
use haberdar_server::{Desk, Room, Settings};
use haberdar_sources::Item;
use haberdar_store::Store;
use serde_json::Value;

use super::{add, who};
use crate::{cli::Serve, engine};

pub(crate) fn run(args: &Serve) -> Result<bool> {
    let settings = Settings { store: args.store.clone(), token: args.token.clone(), decide: args.decide, rate: args.rate };
    open(settings, args.addr)
}

/// Opens the room on a record that is there; a record that cannot be read is told before anything listens.
pub(crate) fn open(settings: Settings, addr: SocketAddr) -> Result<bool> {
    drop(Store::open_read_only(&settings.store)?);
    engine::reader()?;
    let desk = Binary { store: settings.store.clone() };
    let room = Room::new(settings, desk);
    haberdar_server::serve(room, addr, |addr| {
        let _ = writeln!(io::stdout().lock(), "The reading room is open: http://{addr}   (Ctrl-C closes it)");
    })?;
    Ok(true)
}

/// What the binary lends the server.
struct Binary {
    store: PathBuf,
}

impl Desk for Binary {
    fn read(&self, article: &Article) -> Result<Reading, String> {
        let reader = engine::reader().map_err(|e| format!("{e:#}"))?;
        reader.read(article).map_err(|e| e.to_string())
    }

    fn add(&self, articles: Vec<Article>) -> Result<usize, String> {
        let added = || -> Result<usize> {
            let mut store = Store::open(&self.store)?;
            let before = store.counts()?.articles;
            let (_, counts) = add::add(&mut store, articles.into_iter().map(Item::Article))?;
            Ok(counts.articles.saturating_sub(before))
        };
        added().map_err(|e| format!("{e:#}"))
    }

    fn who(&self, query: &str, on: Option<PartialDate>) -> Result<Value, String> {
        let rows = who::found(query, on.map(PartialDate::first)).map_err(|e| format!("{e:#}"))?;
        serde_json::to_value(rows).map_err(|e| e.to_string())
    }

    fn offices(&self, country: Country) -> Result<Value, String> {
        let rows = who::offices(country).map_err(|e| format!("{e:#}"))?;
        serde_json::to_value(rows).map_err(|e| e.to_string())
    }
}
