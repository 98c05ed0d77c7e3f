//! `haberdar promises`: what was announced, promised, demanded or forecast, and what became of it.

use std::collections::BTreeSet;

use anyhow::Result;
use haberdar_model::{PartialDate, Polarity, reading::TextSpan};
use haberdar_reconcile::{Commitment, Fate, commitments};
use haberdar_store::{Filter, Store};
use serde::Serialize;

use super::query::{open, parties};
use crate::{
    cli::{Format, Promises},
    output::{cut, rows, short},
};

/// A commitment with the words of both sides.
#[derive(Serialize)]
struct Row {
    #[serde(flatten)]
    commitment: Commitment,
    evidence: Vec<Evidence>,
}

/// Where it stands.
#[derive(Serialize)]
struct Evidence {
    /// `commitment`, `fulfils`, `contradicts`.
    side: &'static str,
    /// Merged event.
    event: String,
    article: String,
    publisher: Option<String>,
    published: Option<PartialDate>,
    /// The sentence with its offsets.
    sentence: TextSpan,
    /// The words that name the act.
    trigger: TextSpan,
    reported_by: Option<String>,
}

pub(crate) fn run(args: &Promises) -> Result<bool> {
    let store = open(&args.query.store)?;
    let on = args.on.map_or_else(|| jiff::Zoned::now().date(), PartialDate::last);
    let wanted = store.events(&Filter { limit: None, ..args.query.filter() })?;
    let wanted: BTreeSet<&str> = wanted.iter().map(|e| e.id.as_str()).collect();
    // What became of it is looked for in the whole record.
    let (events, stories) = (store.events(&Filter::default())?, store.stories(&Filter::default())?);
    let mut found = commitments(&events, &stories, on);
    found.retain(|c| wanted.contains(c.id.as_str()) && (!args.overdue || c.fate == Fate::Overdue));
    if let Some(last) = args.due_until {
        found.retain(|c| c.due_until.is_some_and(|d| d <= last.last()));
    }
    found.truncate(args.query.limit.unwrap_or(usize::MAX));
    let found = found.into_iter().map(|c| row(&store, c)).collect::<Result<Vec<_>>>()?;
    show(&found, args.query.format)
}

fn row(store: &Store, commitment: Commitment) -> Result<Row> {
    let mut evidence = Vec::new();
    let sides = [
        ("commitment", Some(&commitment.id)),
        ("fulfils", commitment.fulfilled_by.as_ref()),
        ("contradicts", commitment.contradicted_by.as_ref()),
    ];
    for (side, event) in sides.into_iter().filter_map(|(side, id)| id.map(|id| (side, id))) {
        evidence.extend(store.explain(event)?.into_iter().map(|e| Evidence {
            side,
            event: event.clone(),
            article: e.article.id,
            publisher: e.article.publisher,
            published: e.article.published,
            sentence: e.sentence,
            trigger: e.event.trigger,
            reported_by: e.reported_by.map(|m| m.name),
        }));
    }
    Ok(Row { commitment, evidence })
}

fn show(found: &[Row], format: Format) -> Result<bool> {
    let header = ["id", "manner", "event", "actor", "recipient", "made", "due", "fate", "evidence"];
    let table = format == Format::Table;
    let cells = |r: &Row| {
        let c = &r.commitment;
        let not = if c.polarity == Polarity::Negative { "not " } else { "" };
        let evidence = r.evidence.iter().map(|e| {
            let words = if table { cut(&e.sentence.text, 160) } else { e.sentence.text.clone() };
            let published = e.published.map(|d| format!(" {d}")).unwrap_or_default();
            format!("{}: {}{published} “{words}”", e.side, e.publisher.as_deref().unwrap_or("?"))
        });
        let late = if c.late { " late" } else { "" };
        vec![
            short(&c.id).to_owned(),
            c.manner.to_string(),
            c.mode.as_ref().map_or_else(|| format!("{not}{}", c.kind), |m| format!("{not}{} {m}", c.kind)),
            cut(&parties(&c.actor), 60),
            cut(&parties(&c.recipient), 60),
            c.made.map(|d| d.to_string()).unwrap_or_default(),
            due(c),
            format!("{}{late}", c.fate),
            evidence.collect::<Vec<_>>().join(if table { "\n" } else { " / " }),
        ]
    };
    rows(format, found, &header, cells, "No commitment fits.")?;
    Ok(true)
}

fn due(c: &Commitment) -> String {
    match (c.due_from, c.due_until) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (None, None) => String::new(),
        (a, b) => format!("{}..{}", a.map(|d| d.to_string()).unwrap_or_default(), b.map(|d| d.to_string()).unwrap_or_default()),
    }
}
