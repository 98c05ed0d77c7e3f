//! Where reports disagree, with each other or with the dated record.

mod holder;
mod host;
mod number;
mod participant;
mod polarity;
mod when_where;
mod wording;

use std::collections::BTreeSet;

use haberdar_model::{
    DateInterval, PartialDate,
    id::content_id,
    reading::{OfficeRef, TextSpan},
    record::{Conflict, ConflictReport, ConflictValue, Holder, OfficeRecord},
};

use crate::{
    doc::Doc,
    fold::same_name,
    merge::Merged,
    offices::{Holding, Offices, label},
};

/// What finding a conflict needs to see.
pub(crate) struct Ledger<'a, 'd> {
    pub(crate) docs: &'a [Doc<'d>],
    /// Who stands behind each article.
    pub(crate) sources: &'a [String],
    pub(crate) offices: &'a dyn Offices,
}

/// One story as its conflicts are found.
pub(crate) struct Chapter<'a> {
    pub(crate) id: &'a str,
    pub(crate) articles: &'a [usize],
    pub(crate) events: &'a [Merged],
}

/// A conflict, with the ids of every event that it is about.
pub(crate) type Found = (Conflict, Vec<String>);

/// All conflicts of a story.
pub(crate) fn find(ledger: &Ledger<'_, '_>, chapter: &Chapter<'_>) -> Vec<Found> {
    let mut out = participant::find(ledger, chapter);
    let settled: Vec<OfficeRecord> = out.iter().filter_map(|f| f.0.record.clone()).collect();
    let wording = wording::Wording::new(ledger, chapter);
    out.extend(holder::find(ledger, chapter, &settled, &wording.holders(ledger)));
    out.extend(number::find(ledger, chapter));
    out.extend(when_where::dates(ledger, chapter));
    out.extend(when_where::places(ledger, chapter));
    out.extend(host::find(ledger, chapter));
    out.extend(polarity::find(ledger, chapter));
    out.extend(wording.find(ledger, chapter, &out));
    out
}

impl Ledger<'_, '_> {
    /// One side of a conflict: the words that hold it, with their articles.
    fn value(&self, value: String, entity: Option<String>, held: impl IntoIterator<Item = (usize, TextSpan)>) -> ConflictValue {
        let held: BTreeSet<(usize, haberdar_model::Span, String)> = held.into_iter().map(|(d, s)| (d, s.span, s.text)).collect();
        let sources: BTreeSet<&String> = held.iter().map(|h| &self.sources[h.0]).collect();
        let independent_sources = sources.len();
        let reports = held
            .into_iter()
            .map(|(d, span, text)| ConflictReport {
                article: self.docs[d].reading.article.id.clone(),
                span: TextSpan { span, text },
            })
            .collect();
        ConflictValue { value, entity, reports, independent_sources }
    }
}

/// Fills in what every conflict has; its id stands for what is disputed and by which values.
fn conflict(
    slot: &str,
    relation: &str,
    event: Option<&str>,
    story: &str,
    about: &str,
    mut values: Vec<ConflictValue>,
) -> Conflict {
    values.sort_by(|a, b| (&a.value, &a.entity).cmp(&(&b.value, &b.entity)));
    let place = event.unwrap_or(story);
    let told = values.iter().flat_map(|v| [v.value.as_str()].into_iter().chain(v.reports.iter().map(|r| r.article.as_str())));
    let id = content_id(["conflict", slot, place, about].into_iter().chain(told));
    let settled = matches!(relation, "update" | "precision");
    Conflict {
        id,
        slot: slot.into(),
        relation: relation.into(),
        event: event.map(str::to_owned),
        story: Some(story.to_owned()),
        values,
        record: None,
        verdict: None,
        state: if settled { "explained" } else { "open" }.into(),
        decisions: Vec::new(),
    }
}

/// A person whom a report puts into an office.
struct Claim<'c> {
    name: &'c str,
    entity: Option<&'c str>,
    /// The articles that do so.
    outlets: Vec<&'c str>,
}

impl Claim<'_> {
    fn is(&self, h: &Holding) -> bool {
        self.entity == Some(h.person.as_str()) || same_name(self.name, &h.name)
    }
}

/// The holders that matter to a dispute: whoever it names, and whoever held the office on the day. Where it names none of
/// them, the latest.
fn office_record(
    holdings: &[Holding],
    office: &OfficeRef,
    claims: &[Claim<'_>],
    on: Option<DateInterval>,
) -> Option<OfficeRecord> {
    let matter = |h: &&Holding| claims.iter().any(|c| c.is(h)) || on.is_some_and(|d| h.covers(d));
    let mut holders: Vec<&Holding> = holdings.iter().filter(matter).collect();
    if holders.is_empty() {
        holders = holdings.iter().rev().take(2).rev().collect();
    }
    let row = |h: &Holding| Holder { name: h.name.clone(), from: h.from, to: h.to, source: h.source.clone() };
    let holders: Vec<Holder> = holders.into_iter().map(row).collect();
    (!holders.is_empty()).then(|| OfficeRecord { office: label(office), holders })
}

/// What the record says on a day, where it says one thing and that differs from a report.
fn verdict(holdings: &[Holding], claims: &[Claim<'_>], on: DateInterval) -> Option<String> {
    let held: Vec<&Holding> = holdings.iter().filter(|h| h.covers(on)).collect();
    let first = held.first()?;
    if held.iter().any(|h| h.person != first.person) {
        return None;
    }
    let differing: Vec<String> = claims
        .iter()
        .filter(|c| !c.is(first))
        .map(|c| format!("‘{}’ in {} differs from the record", c.name, c.outlets.join(", ")))
        .collect();
    let since = first.from.map_or_else(|| "first day not known".to_owned(), |d| format!("since {d}"));
    let until = first.to.map(|d| format!(" until {d}")).unwrap_or_default();
    (!differing.is_empty())
        .then(|| format!("on {} the record has {} ({since}{until}); {}", days_text(on), first.name, differing.join("; ")))
}

/// Days in words.
fn days_text(days: DateInterval) -> String {
    match (days.from, days.to) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) => format!("{a} to {b}"),
        (Some(a), None) => format!("{a} or later"),
        (None, Some(b)) => format!("{b} or earlier"),
        (None, None) => "an unknown day".into(),
    }
}

/// The earliest day of publication among articles.
fn first_published(docs: &[Doc<'_>], articles: impl IntoIterator<Item = usize>) -> Option<DateInterval> {
    let first: Option<PartialDate> = articles.into_iter().filter_map(|d| docs[d].published).min();
    first.map(|p| DateInterval { from: Some(p.first()), to: Some(p.last()) })
}

#[cfg(test)]
mod tests;
