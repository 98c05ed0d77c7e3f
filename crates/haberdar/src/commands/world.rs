//! `haberdar world`: the tables of who is who, and the user's own beside them.

use std::{
    fs,
    io::{self, Read, Write},
    path::Path,
};

use anyhow::{Context, Result, bail};
use haberdar_world::{Finding, Severity};
use serde::Serialize;

use crate::{
    cli::{Format, WorldCommand},
    engine,
    output::rows,
    tables::{self, Kept},
};

pub(crate) fn run(what: &WorldCommand) -> Result<bool> {
    match what {
        WorldCommand::Check { gaps, format } => check(*gaps, *format),
        WorldCommand::Import { file, name } => import(file, name.as_deref()),
        WorldCommand::Export => export(),
    }
}

#[derive(Serialize)]
struct Row {
    severity: &'static str,
    table: &'static str,
    finding: String,
}

/// Fails on errors; what somebody should look at is no failure.
fn check(gaps: bool, format: Format) -> Result<bool> {
    let world = engine::world()?;
    let found: Vec<Finding> = world.check().into_iter().filter(|f| gaps || f.severity > Severity::Gap).collect();
    let row = |f: &Finding| Row { severity: f.severity.name(), table: f.table, finding: f.message.clone() };
    let found_rows: Vec<Row> = found.iter().map(row).collect();
    let cells = |r: &Row| vec![r.severity.to_owned(), r.table.to_owned(), r.finding.clone()];
    rows(format, &found_rows, &["severity", "table", "finding"], cells, "nothing is wrong with the tables")?;
    let errors = found.iter().filter(|f| f.severity == Severity::Error).count();
    eprintln!("{errors} errors, {} other findings; tables {}", found.len() - errors, world.version());
    Ok(errors == 0)
}

fn import(file: &Path, name: Option<&str>) -> Result<bool> {
    let stdin = file == Path::new("-");
    let text = if stdin {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text).context("standard input")?;
        text
    } else {
        fs::read_to_string(file).with_context(|| file.display().to_string())?
    };
    let name = name.or(file.file_stem().and_then(|s| s.to_str()).filter(|_| !stdin)).unwrap_or("own");
    if name.is_empty() || name.starts_with('.') || name.contains(['/', '\\']) {
        bail!("{name:?} is no name for a table: use letters, digits, - and _");
    }
    let Some(folder) = tables::folder() else {
        bail!("no folder for your tables is known: set HABERDAR_WORLD to one");
    };
    match tables::keep(&folder, name, &text)? {
        Kept::Written(path, rows) => {
            for l in &rows.left_out {
                eprintln!("haberdar: {}, {l}; left out", file.display());
            }
            if rows.built_in > 0 {
                eprintln!("haberdar: {} rows are built in as they are, and left out", rows.built_in);
            }
            let (n, what) = match rows.named() {
                0 => (rows.len(), "holders of offices"),
                n => (n, "organisations and places"),
            };
            let path = path.display();
            writeln!(io::stdout().lock(), "{n} {what} kept in {path}; they win over the tables that are built in")?;
            Ok(true)
        }
        Kept::Refused(faults) => {
            for f in &faults {
                eprintln!("haberdar: {}, {f}", file.display());
            }
            eprintln!("haberdar: nothing was imported: {} faults", faults.len());
            Ok(false)
        }
    }
}

fn export() -> Result<bool> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    engine::world()?.export_holders(&mut out)?;
    out.flush()?;
    Ok(true)
}
