//! Scores status and polarity against annotated factuality: how certain the text is of an event, whether it affirms or denies it,
//! and whether it lies in the future.
//!
//! `cargo run --release -p haberdar-reader --example score_factuality -- GOLD.jsonl [--show]`
//!
//! A line of GOLD is `{"text", "events": [{"start", "end", "certainty", "polarity", "time"}]}` with offsets in code points;
//! certainty is CERTAIN, PROBABLE or POSSIBLE, polarity POS or NEG, time NON_FUTURE or FUTURE (MEANTIME's scheme). A mention without
//! these attributes is not counted; where the annotators left one UNDERSPECIFIED, that attribute of the mention is not counted.
//!
//! Two figures are printed. *Coded events*: mentions whose span shares a character with the trigger of an event that
//! the reader codes, the first such event standing for it. *All mentions*: what [`status::of`] says of the mention's last verb or
//! noun, coded or not. Each attribute's value follows from status and polarity: forecast is PROBABLE, hypothetical POSSIBLE, all others
//! CERTAIN; a denied or negative act is NEG; planned, demanded, forecast and hypothetical acts are FUTURE. For each class precision,
//! recall and F1, then the mean of the classes' F1 over the three attributes (macro F1: an attribute's classes first, then
//! the attributes).
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for people at a terminal")]

use std::{collections::BTreeMap, process::ExitCode};

use haberdar_lang::Upos;
use haberdar_model::{Article, ArticleMeta, Language, OffsetMap, Polarity, Status};
use haberdar_reader::{Reader, lexicon::Lexicon, status, tree::Tree};
use serde::Deserialize;

#[derive(Deserialize)]
struct Row {
    text: String,
    events: Vec<Mention>,
}

#[derive(Deserialize)]
struct Mention {
    start: usize,
    end: usize,
    certainty: Option<String>,
    polarity: Option<String>,
    time: Option<String>,
}

impl Mention {
    fn values(&self) -> Option<[&str; 3]> {
        Some([self.certainty.as_deref()?, self.polarity.as_deref()?, self.time.as_deref()?])
    }
}

const ATTRIBUTES: [&str; 3] = ["certainty", "polarity", "time"];

/// What status and polarity say of the three attributes.
fn values(status: Status, polarity: Polarity) -> [&'static str; 3] {
    let certainty = match status {
        Status::Forecast => "PROBABLE",
        Status::Hypothetical => "POSSIBLE",
        _ => "CERTAIN",
    };
    let negative = status == Status::Denied || polarity == Polarity::Negative;
    let future = matches!(status, Status::Planned | Status::Demanded | Status::Forecast | Status::Hypothetical);
    [certainty, if negative { "NEG" } else { "POS" }, if future { "FUTURE" } else { "NON_FUTURE" }]
}

/// Right, said and wanted answers by attribute and class.
#[derive(Default)]
struct Score(BTreeMap<(usize, String), [usize; 3]>);

impl Score {
    fn count(&mut self, found: [&str; 3], gold: [&str; 3]) {
        for i in (0..3).filter(|&i| gold[i] != "UNDERSPECIFIED") {
            self.0.entry((i, gold[i].to_owned())).or_default()[2] += 1;
            let said = self.0.entry((i, found[i].to_owned())).or_default();
            said[1] += 1;
            said[0] += usize::from(found[i] == gold[i]);
        }
    }

    fn print(&self, title: &str) {
        println!("{title}");
        let mut all = Vec::new();
        for (i, name) in ATTRIBUTES.iter().enumerate() {
            let mut own = Vec::new();
            for ((_, class), &[right, said, wanted]) in self.0.iter().filter(|(k, c)| k.0 == i && c[2] > 0) {
                let ratio = |n: usize| if n == 0 { 0.0 } else { right as f64 / n as f64 };
                let f1 = 2.0 * right as f64 / (said + wanted).max(1) as f64;
                println!("  {name:<10} {class:<11} P {:.3}  R {:.3}  F1 {f1:.3}   ({wanted})", ratio(said), ratio(wanted));
                own.push(f1);
            }
            all.push(own.iter().sum::<f64>() / own.len().max(1) as f64);
        }
        println!(
            "  macro F1   {:.3}   (certainty {:.3}, polarity {:.3}, time {:.3})",
            all.iter().sum::<f64>() / 3.0,
            all[0],
            all[1],
            all[2]
        );
    }
}

/// The last verb or noun of the span: "had been attacked", "launch attacks".
fn word(tree: &Tree<'_>, start: usize, end: usize) -> Option<usize> {
    let inside = |w: &usize| tree.nodes[*w].start < end && start < tree.nodes[*w].end;
    let content = |w: &usize| matches!(tree.nodes[*w].upos, Upos::Verb | Upos::Noun | Upos::Propn | Upos::Adj);
    (0..tree.len()).rev().filter(inside).find(content).or_else(|| (0..tree.len()).rev().find(inside))
}

fn run(path: &str, show: bool) -> Result<(), String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("cannot read {path}: {e}"))?;
    let reader = Reader::new().map_err(|e| e.to_string())?;
    let lexicon: &Lexicon = reader.lexicon(Language::En);
    let (mut coded, mut all) = (Score::default(), Score::default());
    for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let row: Row = serde_json::from_str(line).map_err(|e| format!("{path}, line {}: {e}", n + 1))?;
        let meta = ArticleMeta { source_id: n.to_string(), language: Some(Language::En), ..Default::default() };
        let reading = reader.read(&Article { meta, text: row.text.clone() }).map_err(|e| e.to_string())?;
        let analysis = reader.analyzer(Language::En).analyze(&row.text);
        let trees: Vec<Tree<'_>> = analysis.sentences.iter().map(|s| Tree::new(&row.text, s, Language::En, lexicon)).collect();
        let map = OffsetMap::new(&row.text);
        for m in &row.events {
            let Some(gold) = m.values() else { continue };
            if let Some(e) = reading.events.iter().find(|e| e.trigger.span.start < m.end && m.start < e.trigger.span.end) {
                coded.count(values(e.status, e.polarity), gold);
            }
            let here = |t: &&Tree<'_>| t.nodes.last().is_some_and(|l| map.span(&row.text, 0, l.end).end >= m.end);
            let Some(tree) = trees.iter().find(here) else { continue };
            let byte = |at: usize| row.text.char_indices().nth(at).map_or(row.text.len(), |(b, _)| b);
            let Some(w) = word(tree, byte(m.start), byte(m.end)) else { continue };
            let (status, polarity) = status::of(tree, lexicon, w);
            let found = values(status, polarity);
            if show && found != gold {
                let (a, b) = (byte(m.start.saturating_sub(100)), byte(m.end + 50));
                println!("{status:?} {gold:?} [{}] {}", &row.text[byte(m.start)..byte(m.end)], row.text[a..b].replace('\n', " "));
            }
            all.count(found, gold);
        }
    }
    coded.print("coded events");
    all.print("all mentions");
    Ok(())
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let show = args.iter().any(|a| a == "--show");
    let Some(path) = args.iter().find(|a| !a.starts_with("--")) else {
        eprintln!("usage: score_factuality GOLD.jsonl [--show]");
        return ExitCode::FAILURE;
    };
    match run(path, show) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("score_factuality: {why}");
            ExitCode::FAILURE
        }
    }
}
