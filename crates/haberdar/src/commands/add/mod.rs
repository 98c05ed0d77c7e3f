//! `haberdar add`: files into the record.

mod progress;

use std::{
    cell::RefCell,
    fs::File,
    io::{self, BufWriter, IsTerminal, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, Result};
use haberdar_model::{Article, Reading};
use haberdar_sources::{Item, ReadOptions};
use haberdar_store::{Counts, Store};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use self::progress::{Going, Mark, Progress};
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
    let shared = RefCell::new(&mut store);
    let mut intake = Intake::new(&shared, &options);
    intake.report = args.report.is_some().then(Vec::new);
    for path in &args.paths {
        let mut items = Going::new(engine::open(path, &options), &shared, &options);
        intake.read(&mut items)?;
        let rest = items.rest()?;
        intake.note(rest, None);
        items.tell(path);
    }
    intake.write()?;
    let Intake { tally, report, .. } = intake;
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

/// Reads the items into the store and reconciles what it holds.
pub(crate) fn add(store: &mut Store, items: impl Iterator<Item = Item>) -> Result<(Tally, Counts)> {
    let shared = RefCell::new(&mut *store);
    let options = ReadOptions::default();
    let mut intake = Intake::new(&shared, &options);
    intake.read(items.map(|item| (item, Mark::default())))?;
    intake.write()?;
    let tally = intake.tally;
    Ok((tally, renew_record(store)?))
}

/// Articles on their way into the store: what waits to be written together, and what became of all so far.
struct Intake<'s, 'd> {
    store: &'s RefCell<&'d mut Store>,
    options: &'s ReadOptions,
    read: Vec<(Article, Reading)>,
    progress: Progress,
    /// Items that are read or refused and not yet written.
    done: usize,
    tally: Tally,
    report: Option<Vec<Line>>,
}

impl<'s, 'd> Intake<'s, 'd> {
    fn new(store: &'s RefCell<&'d mut Store>, options: &'s ReadOptions) -> Self {
        Intake { store, options, read: Vec::new(), progress: Progress::default(), done: 0, tally: Tally::default(), report: None }
    }

    fn read(&mut self, items: impl Iterator<Item = (Item, Mark)>) -> Result<()> {
        let bar = spinner("reading");
        engine::each(items, |outcome, mark| {
            match outcome {
                Outcome::Failed { source_id, why, code } => {
                    self.note(mark, Some(code));
                    self.tally.failed += 1;
                    bar.suspend(|| eprintln!("haberdar: {why}"));
                    self.tell(Line { source_id, outcome: refused(code), article: None, of: None, why: Some(why) });
                }
                Outcome::Read(pair) => {
                    self.note(mark, None);
                    self.read.push(*pair);
                }
            }
            self.done += 1;
            if self.read.len() >= BATCH || self.done >= 4 * BATCH {
                self.write()?;
            }
            bar.inc(1);
            Ok(())
        })?;
        bar.finish_and_clear();
        Ok(())
    }

    /// Takes down where an item stands, and what was passed over before it.
    fn note(&mut self, mark: Mark, failed: Option<&str>) {
        for (source_id, records) in &mark.passed {
            self.tally.known += *records as usize;
            let s = if *records == 1 { "" } else { "s" };
            let why = Some(format!("{records} record{s}, read in an earlier run"));
            self.tell(Line { source_id: source_id.clone(), outcome: "already there", article: None, of: None, why });
        }
        self.progress.note(mark, failed);
    }

    fn tell(&mut self, line: Line) {
        if let Some(report) = &mut self.report {
            report.push(line);
        }
    }

    /// Writes what waits: the articles and how far their files were read belong together.
    fn write(&mut self) -> Result<()> {
        if self.done == 0 && self.progress.is_empty() {
            return Ok(());
        }
        let mut store = self.store.borrow_mut();
        let batch = store.begin()?;
        for (article, reading) in self.read.drain(..) {
            self.tally.sentences += reading.sentences.len();
            self.tally.words += reading.article.words;
            let new = batch.add(&article, &reading)?;
            if new {
                self.tally.new += 1;
            } else {
                self.tally.known += 1;
            }
            if let Some(report) = &mut self.report {
                let outcome = if new { "added" } else { "already there" };
                let article_id = Some(reading.article.id);
                report.push(Line { source_id: article.meta.source_id, outcome, article: article_id, of: None, why: None });
            }
        }
        self.progress.write(&batch, self.options)?;
        self.done = 0;
        batch.commit()?;
        Ok(())
    }
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
        "no_article" | "tangled" | "folder_without_articles" | "binary" => "not a report",
        "unknown_language" => "language unknown",
        "too_large" | "line_too_long" | "bomb" => "too large",
        _ => "broken",
    }
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
