//! `haberdar export`: events for other tools.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use haberdar_export::{Row, exporter};
use haberdar_store::Filter;

use super::query::open;
use crate::{cli::Export, engine};

pub(crate) fn run(args: &Export) -> Result<bool> {
    let store = open(&args.store)?;
    let filter = Filter { text: args.text.clone(), limit: args.limit, ..args.filters.filter() };
    let events = store.events(&filter)?;
    let mut left_out = 0;
    let count = events.len();
    write_whole(&args.output, |out| {
        let mut export = exporter(args.format, out, engine::world()?)?;
        for event in events {
            let reports = store.explain_event(&event)?;
            if !export.put(&Row { event, reports })? {
                left_out += 1;
            }
        }
        Ok(export.finish()?)
    })?;
    let n = count - left_out;
    let without = if left_out > 0 {
        format!("; {left_out} left out, for which the format has no place (see docs/exports.md)")
    } else {
        String::new()
    };
    eprintln!("haberdar: {n} event{} written{without}", if n == 1 { "" } else { "s" });
    Ok(true)
}

/// Writes a file that is there whole or not at all; `-` is standard output.
pub(crate) fn write_whole(path: &Path, write: impl FnOnce(&mut (dyn Write + Send)) -> Result<()>) -> Result<()> {
    if path == Path::new("-") {
        let mut out = io::stdout();
        write(&mut out)?;
        return Ok(out.flush()?);
    }
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let why = || format!("{}: cannot be written; check the path and its folder", path.display());
    let mut file = File::create(&part).with_context(why)?;
    let done = write(&mut file).and_then(|()| Ok(file.sync_all()?)).and_then(|()| Ok(fs::rename(&part, path)?));
    if done.is_err() {
        let _ = fs::remove_file(&part);
    }
    done.with_context(why)
}
