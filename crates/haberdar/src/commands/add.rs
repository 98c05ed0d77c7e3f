//! `haberdar add`: files into the record.

use std::{
    fs::{self, File},
    io::{self, BufWriter, IsTerminal, Write},
    path::{Path, PathBuf},
    time::{Duration, UNIX_EPOCH},
};

use anyhow::{Context, Result};
use haberdar_model::{Article, Reading};
use haberdar_sources::Item;
use haberdar_store::{Counts, Store};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::{
    cli::Add,
    engine::{self, Outcome},
    shelf,
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

/// What became of one input, a line of the report.
#[derive(Clone, Debug, Serialize)]
struct Line {
    source_id: String,
    /// `added`, `copy of`, `version of`, `already there`, `no text`, `not a report`, `language unknown`, `too large`, `broken`.
    outcome: &'static str,
    /// The article that it is, or the one of which it is a copy or a version.
    article: Option<String>,
    of: Option<String>,
    /// Why, for people.
    why: Option<String>,
}

pub(crate) fn run(args: &Add) -> Result<bool> {
    let mut store = Store::open(&args.store.store)?;
    let options = args.origin.options();
    let mut report = args.report.is_some().then(Vec::new);
    let mut tally = Tally::default();
    for path in &args.paths {
        let file = Progress::of(path, &store)?;
        let passed = file.as_ref().map_or(0, |f| f.records);
        if passed > 0 {
            eprintln!(
                "haberdar: {}: {passed} records are in the record from an earlier run; going on behind them",
                path.display()
            );
            tally.known += passed as usize;
            if let Some(report) = &mut report {
                let why = Some(format!("{passed} records, read in an earlier run"));
                report.push(Line {
                    source_id: path.display().to_string(),
                    outcome: "already there",
                    article: None,
                    of: None,
                    why,
                });
            }
        }
        let items = engine::open(path, &options).pass_over(passed);
        read_into(&mut store, items, file, &mut tally, report.as_mut())?;
    }
    let counts = renew_record(&mut store)?;
    if let (Some(path), Some(lines)) = (&args.report, report) {
        write_report(&store, path, lines)?;
    }
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

/// How far a file of records was read.
struct Progress {
    path: String,
    size: u64,
    modified: i64,
    records: u64,
}

impl Progress {
    /// Of a file that holds records; `None` for folders, streams and files that are one article.
    fn of(path: &Path, store: &Store) -> Result<Option<Self>> {
        use haberdar_sources::Format;
        if !matches!(Format::of(path), Some(Format::Jsonl | Format::Csv | Format::Warc | Format::Xml)) {
            return Ok(None);
        }
        let Some(meta) = fs::metadata(path).ok().filter(fs::Metadata::is_file) else { return Ok(None) };
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()).display().to_string();
        let modified = meta.modified().ok().and_then(|t| t.duration_since(UNIX_EPOCH).ok()).map_or(0, |d| d.as_nanos() as i64);
        let records = store.progress(&path, meta.len(), modified)?;
        Ok(Some(Progress { path, size: meta.len(), modified, records }))
    }
}

/// Reads the items into the store and reconciles what it holds.
pub(crate) fn add(store: &mut Store, items: impl Iterator<Item = Item>) -> Result<(Tally, Counts)> {
    let mut tally = Tally::default();
    read_into(store, items, None, &mut tally, None)?;
    Ok((tally, renew_record(store)?))
}

/// What waits to be written together.
struct Waiting<'r> {
    read: Vec<(Article, Reading)>,
    progress: Option<Progress>,
    /// Records that are read or refused, of which the progress is not yet written.
    done: u64,
    report: Option<&'r mut Vec<Line>>,
}

fn read_into(
    store: &mut Store,
    items: impl Iterator<Item = Item>,
    progress: Option<Progress>,
    tally: &mut Tally,
    report: Option<&mut Vec<Line>>,
) -> Result<()> {
    let bar = spinner("reading");
    let mut waiting = Waiting { read: Vec::new(), progress, done: 0, report };
    engine::each(items, |outcome| {
        waiting.done += 1;
        match outcome {
            Outcome::Failed { source_id, why, code } => {
                tally.failed += 1;
                if let Some(report) = &mut waiting.report {
                    report.push(Line { source_id, outcome: refused(code), article: None, of: None, why: Some(why.clone()) });
                }
                bar.suspend(|| eprintln!("haberdar: {why}"));
            }
            Outcome::Read(pair) => waiting.read.push(*pair),
        }
        if waiting.read.len() >= BATCH || waiting.done >= 4 * BATCH as u64 {
            write(store, &mut waiting, tally)?;
        }
        bar.inc(1);
        Ok(())
    })?;
    write(store, &mut waiting, tally)?;
    bar.finish_and_clear();
    Ok(())
}

/// Takes into the record what it does not know yet, also after a run that was killed before it did.
pub(crate) fn renew_record(store: &mut Store) -> Result<Counts> {
    let bar = spinner("reconciling");
    shelf::reconcile(store, engine::world()?, |n| bar.inc(n as u64))?;
    bar.finish_and_clear();
    Ok(store.counts()?)
}

/// The word of the report for the code of an error.
fn refused(code: &str) -> &'static str {
    match code {
        "empty" | "no_text" | "row_without_text" | "no_text_column" => "no text",
        "no_article" | "folder_without_articles" | "binary" => "not a report",
        "unknown_language" => "language unknown",
        "too_large" | "line_too_long" | "bomb" => "too large",
        _ => "broken",
    }
}

fn write(store: &mut Store, waiting: &mut Waiting<'_>, tally: &mut Tally) -> Result<()> {
    if waiting.done == 0 {
        return Ok(());
    }
    let batch = store.begin()?;
    for (article, reading) in waiting.read.drain(..) {
        tally.sentences += reading.sentences.len();
        tally.words += reading.article.words;
        let new = batch.add(&article, &reading)?;
        if new {
            tally.new += 1;
        } else {
            tally.known += 1;
        }
        if let Some(report) = &mut waiting.report {
            let outcome = if new { "added" } else { "already there" };
            report.push(Line {
                source_id: article.meta.source_id,
                outcome,
                article: Some(reading.article.id),
                of: None,
                why: None,
            });
        }
    }
    if let Some(p) = &mut waiting.progress {
        p.records += waiting.done;
        batch.set_progress(&p.path, p.size, p.modified, p.records)?;
    }
    waiting.done = 0;
    batch.commit()?;
    Ok(())
}

/// Writes what became of each input: CSV where the file's name ends so, else a JSON object a line; `-` is standard output.
fn write_report(store: &Store, path: &PathBuf, mut lines: Vec<Line>) -> Result<()> {
    for line in lines.iter_mut().filter(|l| l.outcome == "added") {
        let Some(id) = &line.article else { continue };
        if let Some(of) = store.copy_of(id)? {
            (line.outcome, line.of) = ("copy of", Some(of));
        } else if let Some(of) = store.version_of(id)? {
            (line.outcome, line.of) = ("version of", Some(of));
        }
    }
    let out: Box<dyn Write> = if path == Path::new("-") {
        Box::new(io::stdout().lock())
    } else {
        Box::new(File::create(path).with_context(|| format!("{}: the report cannot be written; check the path", path.display()))?)
    };
    let mut out = BufWriter::new(out);
    if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("csv")) {
        let mut w = csv::Writer::from_writer(&mut out);
        for line in &lines {
            w.serialize(line)?;
        }
        w.flush()?;
    } else {
        for line in &lines {
            serde_json::to_writer(&mut out, line)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(())
}

/// A spinner with a count, on a terminal only.
fn spinner(what: &'static str) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner().with_message(what);
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}: {pos} articles, {per_sec}, {elapsed}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}
