//! `haberdar events|quotes|stories|conflicts`: what the record says.

use anyhow::Result;
use haberdar_model::record::{Action, Conflict, Decision, MergedEvent, Party, Story};
use haberdar_store::{Filter, QuoteRow, Store};

use crate::{
    cli::{Format, Query, StorePath},
    output::{cut, rows, short},
};

impl Query {
    /// As the store takes it.
    pub(crate) fn filter(&self) -> Filter {
        Filter { text: self.text.clone(), limit: self.limit, ..self.filters.filter() }
    }

    /// The same for people, of whom nobody reads a hundred thousand rows; whether the limit is not their own.
    fn page(&self) -> (Filter, bool) {
        let bounded = self.limit.is_none() && self.format == Format::Table;
        (Filter { limit: self.limit.or(bounded.then_some(TABLE)), ..self.filter() }, bounded)
    }
}

/// Opens a record that must be there.
pub(crate) fn open(path: &StorePath) -> Result<Store> {
    Ok(Store::open_read_only(&path.store)?)
}

/// Rows of a table, where nobody says how many. Programs get all.
const TABLE: usize = 500;

pub(crate) fn events(q: &Query) -> Result<bool> {
    let store = open(&q.store)?;
    let (filter, bounded) = q.page();
    let found = store.events(&filter)?;
    let cut_off = bounded && found.len() == TABLE;
    show_events(&found, q.format)?;
    if cut_off {
        let more = store.count_events(&filter)?.saturating_sub(found.len());
        if more > 0 {
            eprintln!("haberdar: {more} more events fit; --limit N shows more of them, --format jsonl or csv all");
        }
    }
    Ok(true)
}

pub(crate) fn show_events(found: &[MergedEvent], format: Format) -> Result<bool> {
    let header = ["id", "date", "event", "status", "actor", "recipient", "reports", "sources", "conflicts"];
    let cells = |e: &MergedEvent| {
        vec![
            short(&e.id).to_owned(),
            date(e),
            e.mode.as_ref().map_or_else(|| e.kind.to_string(), |m| format!("{} {m}", e.kind)),
            if e.is_rejected() { format!("{} (rejected)", e.status) } else { format!("{}{}", e.status, mark(&e.decisions)) },
            cut(&parties(&e.actor), 60),
            cut(&parties(&e.recipient), 60),
            e.reports.len().to_string(),
            e.independent_sources.to_string(),
            e.conflicts.len().to_string(),
        ]
    };
    rows(format, found, &header, cells, "No event fits.")?;
    Ok(true)
}

/// The last decision about a row, as a mark beside it.
fn mark(decisions: &[Decision]) -> String {
    decisions.last().map_or_else(String::new, |d| {
        let past = match d.action {
            Action::Accept => "accepted",
            Action::Reject => "rejected",
            Action::Amend => "amended",
            Action::Resolve => "resolved",
        };
        format!(" ({past})")
    })
}

fn date(e: &MergedEvent) -> String {
    match (e.date.from, e.date.to) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (None, None) => "?".to_owned(),
        (a, b) => format!("{}..{}", a.map(|d| d.to_string()).unwrap_or_default(), b.map(|d| d.to_string()).unwrap_or_default()),
    }
}

pub(crate) fn parties(list: &[Party]) -> String {
    list.iter()
        .map(|p| match p.country {
            Some(c) if p.name != c.as_str() => format!("{} ({c})", p.name),
            _ => p.name.clone(),
        })
        .collect::<Vec<_>>()
        .join("; ")
}

/// Says of a table that it may have been cut off, where counting the rest would take longer than showing it.
fn say_first(bounded: bool, found: usize, what: &str) {
    if bounded && found == TABLE {
        eprintln!("haberdar: these are the first {TABLE}; --limit N shows more {what}, --format jsonl or csv all");
    }
}

pub(crate) fn quotes(q: &Query) -> Result<bool> {
    let (filter, bounded) = q.page();
    let found = open(&q.store)?.quotes(&filter)?;
    show_quotes(&found, q.format)?;
    say_first(bounded, found.len(), "quotations");
    Ok(true)
}

pub(crate) fn show_quotes(found: &[QuoteRow], format: Format) -> Result<bool> {
    let header = ["speaker", "kind", "words", "published", "publisher", "article"];
    let table = format == Format::Table;
    let cells = |r: &QuoteRow| {
        vec![
            r.speaker.clone().unwrap_or_else(|| "-".to_owned()),
            r.kind.to_string(),
            if table { cut(&r.at.text, 200) } else { r.at.text.clone() },
            r.published.map(|d| d.to_string()).unwrap_or_default(),
            r.publisher.clone().unwrap_or_default(),
            r.source_id.clone(),
        ]
    };
    rows(format, found, &header, cells, "No quotation fits.")?;
    Ok(true)
}

pub(crate) fn stories(q: &Query) -> Result<bool> {
    let (filter, bounded) = q.page();
    let found = open(&q.store)?.stories(&filter)?;
    show_stories(&found, q.format)?;
    say_first(bounded, found.len(), "stories");
    Ok(true)
}

pub(crate) fn show_stories(found: &[Story], format: Format) -> Result<bool> {
    let header = ["id", "from", "to", "articles", "copies", "events", "title"];
    let cells = |s: &Story| {
        vec![
            short(&s.id).to_owned(),
            s.from.map(|d| d.to_string()).unwrap_or_default(),
            s.to.map(|d| d.to_string()).unwrap_or_default(),
            s.articles.len().to_string(),
            s.articles.iter().filter(|a| a.copy_of.is_some()).count().to_string(),
            s.events.len().to_string(),
            cut(&s.title, 90),
        ]
    };
    rows(format, found, &header, cells, "There is no story yet.")?;
    Ok(true)
}

pub(crate) fn conflicts(q: &Query) -> Result<bool> {
    let store = open(&q.store)?;
    show_conflicts(&store, &store.conflicts(&q.filter())?, q.format)
}

pub(crate) fn show_conflicts(store: &Store, found: &[Conflict], format: Format) -> Result<bool> {
    let header = ["id", "slot", "relation", "values", "record", "verdict", "state"];
    let table = format == Format::Table;
    let mut names = std::collections::BTreeMap::new();
    for r in found.iter().flat_map(|c| &c.values).flat_map(|v| &v.reports) {
        if !names.contains_key(&r.article)
            && let Some(a) = store.article(&r.article)?
        {
            let file = || a.head.source_id.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
            names.insert(r.article.clone(), a.head.publisher.clone().unwrap_or_else(file));
        }
    }
    let cells = |c: &Conflict| {
        let value = |v: &haberdar_model::record::ConflictValue| {
            let by: Vec<String> = v
                .reports
                .iter()
                .map(|r| format!("{}: “{}”", names.get(&r.article).map_or("?", String::as_str), cut(&r.span.text, 60)))
                .collect();
            format!("{} [{}]", v.value, by.join(" | "))
        };
        let record = c.record.as_ref().map_or_else(String::new, |r| {
            let holder = |h: &haberdar_model::record::Holder| {
                let day = |d: Option<haberdar_model::PartialDate>| d.map(|d| d.to_string()).unwrap_or_default();
                format!("{} {}..{} ({})", h.name, day(h.from), day(h.to), h.source)
            };
            format!("{}: {}", r.office, r.holders.iter().map(holder).collect::<Vec<_>>().join("; "))
        });
        vec![
            short(&c.id).to_owned(),
            c.slot.clone(),
            c.relation.clone(),
            c.values.iter().map(value).collect::<Vec<_>>().join(if table { "\n" } else { " / " }),
            record,
            c.verdict.clone().unwrap_or_default(),
            match c.decisions.iter().rev().find(|d| d.action == Action::Resolve) {
                Some(d) if c.state == "resolved" => {
                    format!("resolved as {} by {}: {}", d.value.as_deref().unwrap_or_default(), d.author, d.because)
                }
                _ => format!("{}{}", c.state, mark(&c.decisions)),
            },
        ]
    };
    rows(format, found, &header, cells, "No conflict is known.")?;
    Ok(true)
}
