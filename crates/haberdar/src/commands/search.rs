//! `haberdar search`: articles, events and quotations by their words.

use std::io::{self, Write};

use anyhow::Result;
use haberdar_model::{PartialDate, Span};
use haberdar_store::{ArticleHit, EventHit, Filter, Hits, QuoteHit, Snippet};
use serde::Serialize;

use super::query::{open, parties};
use crate::{
    cli::{Format, HitKind, Search},
    output::{cut, rows, short},
};

/// One row of the answer, whatever it is.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Hit<'a> {
    Article(&'a ArticleHit),
    Event(&'a EventHit),
    Quote(&'a QuoteHit),
}

impl<'a> Hit<'a> {
    fn kind(&self) -> HitKind {
        match self {
            Hit::Article(_) => HitKind::Article,
            Hit::Event(_) => HitKind::Event,
            Hit::Quote(_) => HitKind::Quote,
        }
    }

    fn snippet(&self) -> &'a Snippet {
        match self {
            Hit::Article(h) => &h.snippet,
            Hit::Event(h) => &h.snippet,
            Hit::Quote(h) => &h.snippet,
        }
    }

    fn score(&self) -> f64 {
        match self {
            Hit::Article(h) => h.score,
            Hit::Event(h) => h.score,
            Hit::Quote(h) => h.score,
        }
    }

    /// Id, day of publication, outlet.
    fn origin(&self) -> (&'a str, Option<PartialDate>, Option<&'a str>) {
        match self {
            Hit::Article(h) => (&h.id, h.published, h.publisher.as_deref()),
            Hit::Event(h) => (&h.event.id, h.report.published, h.report.publisher.as_deref()),
            Hit::Quote(h) => (&h.quote.article, h.quote.published, h.quote.publisher.as_deref()),
        }
    }

    /// What it is, for people.
    fn what(&self) -> String {
        match self {
            Hit::Article(h) => h.title.as_deref().map_or_else(|| h.source_id.clone(), |t| marked(t, 0, &h.title_marks)),
            Hit::Event(h) => {
                let e = &h.event;
                let sides = [parties(&e.actor), parties(&e.recipient)].into_iter().filter(|s| !s.is_empty());
                format!("{} {}: {}", e.kind, e.status, sides.collect::<Vec<_>>().join(" → "))
            }
            Hit::Quote(h) => h.quote.speaker.clone().or_else(|| h.quote.speaker_text.clone()).unwrap_or_else(|| "-".to_owned()),
        }
    }
}

pub(crate) fn run(args: &Search) -> Result<bool> {
    let filter = Filter { text: Some(args.query.clone()), limit: Some(args.limit), ..args.filters.filter() };
    let Hits { found, at_least, latest_only, articles, events, quotes, .. } = open(&args.store)?.search(&filter)?;
    if latest_only {
        eprintln!(
            "haberdar: words that so many rows hold say little of which fits best: the rows that came in last were looked at; a filter \
             such as --since or --dyad, or a rarer word, looks at all"
        );
    }
    let hits = articles.iter().map(Hit::Article).chain(events.iter().map(Hit::Event)).chain(quotes.iter().map(Hit::Quote));
    let hits: Vec<Hit<'_>> = hits.filter(|h| args.only.is_none_or(|k| k == h.kind())).collect();
    if args.format != Format::Table {
        let header = ["kind", "id", "score", "published", "publisher", "what", "start", "end", "words"];
        let cells = |h: &Hit<'_>| {
            let (id, published, publisher) = h.origin();
            let kind = format!("{:?}", h.kind()).to_lowercase();
            let day = published.map(|d| d.to_string()).unwrap_or_default();
            let s = h.snippet();
            let [start, end] = [s.span.start, s.span.end].map(|n| n.to_string());
            vec![
                kind,
                id.into(),
                h.score().to_string(),
                day,
                publisher.unwrap_or_default().into(),
                h.what(),
                start,
                end,
                s.text.clone(),
            ]
        };
        rows(args.format, &hits, &header, cells, "")?;
        return Ok(true);
    }
    if hits.is_empty() {
        writeln!(io::stdout().lock(), "Nothing fits.")?;
        return Ok(true);
    }
    for (kind, title) in [(HitKind::Article, "Articles"), (HitKind::Event, "Events"), (HitKind::Quote, "Quotations")] {
        let of_kind: Vec<&Hit<'_>> = hits.iter().filter(|h| h.kind() == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        let more = match kind {
            HitKind::Article if found > of_kind.len() => {
                format!(" (the best {} of {}{found})", of_kind.len(), if at_least { "at least " } else { "" })
            }
            _ => String::new(),
        };
        writeln!(io::stdout().lock(), "{title}{more}")?;
        let what = if kind == HitKind::Quote { "speaker" } else { &title.trim_end_matches('s').to_lowercase() };
        let cells = |h: &&Hit<'_>| {
            let (id, published, publisher) = h.origin();
            let s = h.snippet();
            vec![
                short(id).to_owned(),
                published.map(|d| d.to_string()).unwrap_or_default(),
                publisher.unwrap_or_default().to_owned(),
                cut(&h.what(), 90),
                cut(&marked(&s.text, s.span.start, &s.marks), 400),
            ]
        };
        rows(Format::Table, &of_kind, &["id", "published", "publisher", what, "words"], cells, "")?;
    }
    Ok(true)
}

/// A text that begins at `start` with what was found between asterisks.
fn marked(text: &str, start: usize, marks: &[Span]) -> String {
    let mut out = String::with_capacity(text.len() + 2 * marks.len());
    for (i, c) in text.chars().enumerate() {
        let at = start + i;
        let borders = marks.iter().filter(|m| m.end == at).count() + marks.iter().filter(|m| m.start == at).count();
        (0..borders).for_each(|_| out.push('*'));
        out.push(c);
    }
    if marks.iter().any(|m| m.end == start + text.chars().count()) {
        out.push('*');
    }
    out
}
