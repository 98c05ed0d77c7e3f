//! Conflicts in twin sentences: what differs where two articles otherwise say the same, whether or not the acts were understood
//! alike.

use std::collections::{BTreeMap, BTreeSet};

use haberdar_model::{
    DateInterval, EventType, MentionKind, PartialDate, Span,
    reading::{Event, Mention, OfficeRef, TextSpan},
};

use super::{Chapter, Found, Ledger, conflict, days_text, polarity};
use crate::{
    doc::{Bucket, Doc},
    fold::{fold, same_name},
    offices::is_single,
    twins::{Twins, twins},
};

/// Days between two articles beyond which like sentences are told of two days.
const DAYS: i32 = 1;
/// Words between a denial and its verb: “never really agreed”.
const NEAR: usize = 2;

/// One difference: two values at two places.
struct Difference {
    slot: &'static str,
    relation: &'static str,
    sides: [(String, Option<String>, usize, TextSpan); 2],
    /// Indices of the chapter's events that it is about.
    events: BTreeSet<usize>,
}

/// Twin sentences of a story, looked at once.
pub(super) struct Wording(Vec<Twins>);

impl Wording {
    pub(super) fn new(ledger: &Ledger<'_, '_>, chapter: &Chapter<'_>) -> Wording {
        Wording(twins(ledger.docs, chapter.articles))
    }

    /// Persons of whom the text gives no state beside their office, with the office of those whose place they take: office,
    /// article, party.
    pub(super) fn holders(&self, ledger: &Ledger<'_, '_>) -> Vec<(OfficeRef, usize, usize)> {
        let mut out = Vec::new();
        for t in &self.0 {
            let (a, b) = (&ledger.docs[t.a.0], &ledger.docs[t.b.0]);
            for (x, y, _) in counterparts(t, a, b, &[MentionKind::Person]) {
                if same_name(&x.name, &y.name) {
                    continue;
                }
                let (Some(p), Some(q)) = (a.party(&x.id), b.party(&y.id)) else { continue };
                for ((doc, party, named), (other, place)) in [((a, p, x), (t.b.0, (b, q, y))), ((b, q, y), (t.a.0, (a, p, x)))] {
                    let office = doc.parties[party].role.as_ref().filter(|o| is_single(&o.office) && !doc.parties[party].beside);
                    if let Some(office) = office.filter(|_| named.role.is_some())
                        && can_hold(ledger, place.0, place.1, place.2, office)
                    {
                        out.push((office.clone(), other, place.1));
                    }
                }
            }
        }
        out
    }

    /// Days, places and polarity that differ and are in no conflict yet.
    pub(super) fn find(&self, ledger: &Ledger<'_, '_>, chapter: &Chapter<'_>, known: &[Found]) -> Vec<Found> {
        let mut all = Vec::new();
        for t in &self.0 {
            all.extend(polarities(ledger, chapter, t));
            all.extend(places(ledger, chapter, t));
            all.extend(dates(ledger, chapter, t));
        }
        all.retain(|d| !known.iter().any(|f| covers(ledger, &f.0, d)));
        joined(all).into_iter().map(|d| rows(ledger, chapter, d)).collect()
    }
}

/// True where a person can hold this office by the words of the text: they give the same office, or none. Of which state it is says
/// the sentence, which is the same.
fn can_hold(ledger: &Ledger<'_, '_>, doc: &Doc<'_>, party: usize, named: &Mention, office: &OfficeRef) -> bool {
    let p = &doc.parties[party];
    let told = named.role.as_ref().is_none_or(|r| {
        r.tenure.as_deref().is_none_or(|t| t == "acting") && ledger.offices.recorded_as(&r.office) == office.office
    });
    !p.beside && told && p.role.as_ref().is_none_or(|r| r.office == office.office && named.role.is_some())
}

/// Mentions of some kinds that fill one gap of two sentences, and which gap it is.
fn counterparts<'m>(t: &Twins, a: &'m Doc<'_>, b: &'m Doc<'_>, kinds: &[MentionKind]) -> Vec<(&'m Mention, &'m Mention, usize)> {
    let of = |d: &'m Doc<'_>, sentence: usize| -> Vec<&'m Mention> {
        let span = d.reading.sentences[sentence];
        d.reading.mentions.iter().filter(|m| kinds.contains(&m.kind) && span.contains(m.at.span)).collect()
    };
    let right = of(b, t.b.1);
    let mut out = Vec::new();
    for x in of(a, t.a.1) {
        let mut met = right.iter().filter_map(|y| Some((*y, t.gap(x.at.span, y.at.span)?)));
        // Two names in one gap do not say which stands for which.
        if let (Some((y, gap)), None) = (met.next(), met.next()) {
            out.push((x, y, gap));
        }
    }
    out
}

fn events_of<'e>(doc: &'e Doc<'_>, sentence: usize) -> impl Iterator<Item = (usize, &'e Event)> {
    doc.reading.events.iter().enumerate().filter(move |(_, e)| e.sentence == sentence)
}

/// The chapter's event of an event of an article.
fn merged(chapter: &Chapter<'_>, doc: usize, event: usize) -> Option<usize> {
    chapter.events.iter().position(|m| m.acts.iter().any(|a| a.doc == doc && a.events.contains(&event)))
}

fn of_one_time(a: &Doc<'_>, b: &Doc<'_>) -> bool {
    let day = |p: PartialDate| p.first();
    a.published.zip(b.published).is_none_or(|(x, y)| crate::doc::days_between(day(x), day(y)).abs() <= DAYS)
}

/// An act that one sentence tells and the other denies: by a negation beside the same verb. What is never agreed is a refusal.
fn polarities(ledger: &Ledger<'_, '_>, chapter: &Chapter<'_>, t: &Twins) -> Vec<Difference> {
    let docs = [t.a.0, t.b.0].map(|d| &ledger.docs[d]);
    let mut out = Vec::new();
    if t.gaps.len() > 2 {
        return out;
    }
    for (i, a) in events_of(docs[0], t.a.1) {
        for (j, b) in events_of(docs[1], t.b.1) {
            let denied = |e: &Event, of: &Event| {
                let bucket = Bucket::of(e.status, e.polarity);
                bucket == Bucket::Denied || bucket == Bucket::Real && e.kind == EventType::Reject && of.kind != EventType::Reject
            };
            let told = |e: &Event| Bucket::of(e.status, e.polarity) == Bucket::Real && e.kind != EventType::Statement;
            let turned = match (told(a) && denied(b, a), told(b) && denied(a, b)) {
                (true, false) => false,
                (false, true) => true,
                _ => continue,
            };
            let (x, y) = (a.trigger.span, b.trigger.span);
            if !t.meet(x, y) || !t.differ_near(x, y, NEAR) {
                continue;
            }
            let (real, not) = if turned { (b, a) } else { (a, b) };
            let (slot, yes, no) = polarity::values([real, not].iter().any(|e| e.cameo.as_deref() == Some(polarity::SIGN)));
            let mut sides = [(yes, t.a.0, a), (no, t.b.0, b)];
            if turned {
                (sides[0].0, sides[1].0) = (no, yes);
            }
            let owned = real.reported_by.is_some() || not.reported_by.is_some();
            out.push(Difference {
                slot,
                relation: if owned { "attribution" } else { "contradiction" },
                sides: sides.map(|(value, doc, e)| (value.to_owned(), None, doc, e.trigger.clone())),
                events: [merged(chapter, t.a.0, i), merged(chapter, t.b.0, j)].into_iter().flatten().collect(),
            });
        }
    }
    // One verb is denied once, however many acts it tells.
    let mut seen = BTreeSet::new();
    out.retain(|d| seen.insert((d.sides[0].3.span, d.sides[1].3.span)));
    out
}

/// A place that takes the place of another in a sentence that tells an act, where nothing else differs.
fn places(ledger: &Ledger<'_, '_>, chapter: &Chapter<'_>, t: &Twins) -> Vec<Difference> {
    let (a, b) = (&ledger.docs[t.a.0], &ledger.docs[t.b.0]);
    let acts = events_of(a, t.a.1).chain(events_of(b, t.b.1)).next().is_some();
    // An unknown name that takes the place of a place is one, whatever it looks like.
    let kinds = [MentionKind::Place, MentionKind::Person, MentionKind::Organization];
    let mut pairs = counterparts(t, a, b, &kinds);
    let is_place = |m: &Mention| m.kind == MentionKind::Place;
    let unknown = |m: &Mention| m.entity.as_deref().is_none_or(|e| e.starts_with("b3:")) && m.role.is_none();
    pairs.retain(|(x, y, _)| is_place(x) && is_place(y) || is_place(x) && unknown(y) || unknown(x) && is_place(y));
    let gaps: BTreeSet<usize> = pairs.iter().map(|p| p.2).collect();
    if !acts || gaps.len() < t.gaps.len() || !of_one_time(a, b) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for (x, y, _) in pairs {
        let (p, q) = (fold(&x.name), fold(&y.name));
        let same = x.entity.is_some() && x.entity == y.entity || p.contains(&q) || q.contains(&p) || same_name(&x.name, &y.name);
        if same {
            continue;
        }
        let there = |doc: usize, d: &Doc<'_>, sentence: usize, id: &str| -> Vec<usize> {
            let here = events_of(d, sentence).filter(|(_, e)| e.place.as_deref() == Some(id));
            here.filter_map(|(i, _)| merged(chapter, doc, i)).collect()
        };
        let mut events: BTreeSet<usize> = there(t.a.0, a, t.a.1, &x.id).into_iter().collect();
        events.extend(there(t.b.0, b, t.b.1, &y.id));
        out.push(Difference {
            slot: "place",
            relation: "contradiction",
            sides: [(t.a.0, x), (t.b.0, y)].map(|(d, m)| (m.name.clone(), m.entity.clone(), d, m.at.clone())),
            events,
        });
    }
    out
}

/// A day that takes the place of another, where nothing else differs and both articles are of one day.
fn dates(ledger: &Ledger<'_, '_>, chapter: &Chapter<'_>, t: &Twins) -> Vec<Difference> {
    let (a, b) = (&ledger.docs[t.a.0], &ledger.docs[t.b.0]);
    if t.gaps.len() > 1 || !of_one_time(a, b) {
        return Vec::new();
    }
    let told = |d: &Doc<'_>, sentence: usize| -> Vec<(DateInterval, TextSpan)> {
        let span: Span = d.reading.sentences[sentence];
        let dates = d.reading.dates.iter().filter(|x| x.kind == "DATE" && span.contains(x.at.span));
        dates.filter_map(|x| Some((interval(x.from.as_deref()?, x.to.as_deref()?)?, x.at.clone()))).collect()
    };
    let right = told(b, t.b.1);
    let mut out = Vec::new();
    for (x, at) in told(a, t.a.1) {
        for (y, there) in right.iter().filter(|(y, there)| t.gap(at.span, there.span).is_some() && !x.meets(*y)) {
            let dated = |doc: usize, d: &Doc<'_>, sentence: usize, by: &TextSpan| -> Vec<usize> {
                let here = events_of(d, sentence).filter(|(_, e)| e.date.span.as_ref().is_some_and(|s| s.span == by.span));
                here.filter_map(|(i, _)| merged(chapter, doc, i)).collect()
            };
            let mut events: BTreeSet<usize> = dated(t.a.0, a, t.a.1, &at).into_iter().collect();
            events.extend(dated(t.b.0, b, t.b.1, there));
            out.push(Difference {
                slot: "date",
                relation: "contradiction",
                sides: [(x, t.a.0, &at), (*y, t.b.0, there)].map(|(days, d, s)| (days_text(days), None, d, s.clone())),
                events,
            });
        }
    }
    out
}

/// The days that an expression can mean.
fn interval(from: &str, to: &str) -> Option<DateInterval> {
    let (from, to): (PartialDate, PartialDate) = (from.parse().ok()?, to.parse().ok()?);
    Some(DateInterval { from: Some(from.first()), to: Some(to.last()) })
}

/// True where a conflict shows both sides already.
fn covers(ledger: &Ledger<'_, '_>, c: &haberdar_model::record::Conflict, d: &Difference) -> bool {
    let polar = |slot: &str| matches!(slot, "polarity" | "signed");
    let one_slot = c.slot == d.slot || polar(&c.slot) && polar(d.slot) || c.slot == "host" && d.slot == "place";
    one_slot
        && d.sides.iter().all(|(value, _, doc, at)| {
            let docs = ledger.docs;
            let near = docs[*doc].reading.sentences.iter().find(|s| s.contains(at.span)).copied().unwrap_or(at.span);
            c.values.iter().any(|v| {
                let same = polar(d.slot) || v.value == *value || same_name(&v.value, value);
                same && v
                    .reports
                    .iter()
                    .any(|r| r.article == docs[*doc].reading.article.id && (d.slot == "place" || near.contains(r.span.span)))
            })
        })
}

/// A slot at a place in an article.
type Told = (&'static str, usize, Span);

/// Differences that share a place in an article are of one dispute.
fn joined(all: Vec<Difference>) -> Vec<Vec<Difference>> {
    let mut groups: Vec<(BTreeSet<Told>, Vec<Difference>)> = Vec::new();
    for d in all {
        let mut keys: BTreeSet<Told> = d.sides.iter().map(|s| (d.slot, s.2, s.3.span)).collect();
        let mut list = vec![d];
        let (met, rest): (Vec<_>, Vec<_>) = groups.into_iter().partition(|g| !g.0.is_disjoint(&keys));
        for (k, l) in met {
            keys.extend(k);
            list.extend(l);
        }
        groups = rest;
        groups.push((keys, list));
    }
    groups.into_iter().map(|g| g.1).collect()
}

fn rows(ledger: &Ledger<'_, '_>, chapter: &Chapter<'_>, list: Vec<Difference>) -> Found {
    type Held = Vec<(usize, TextSpan)>;
    let mut values: BTreeMap<String, (Option<String>, Held)> = BTreeMap::new();
    let (slot, relation) = (list[0].slot, list.iter().map(|d| d.relation).min().unwrap_or_default());
    let events: BTreeSet<usize> = list.iter().flat_map(|d| d.events.iter().copied()).collect();
    for (value, entity, doc, at) in list.into_iter().flat_map(|d| d.sides) {
        let v = values.entry(value).or_default();
        v.0 = v.0.take().or(entity);
        v.1.push((doc, at));
    }
    let about = values.values().flat_map(|v| &v.1).map(|(_, s)| s.text.as_str()).min().unwrap_or_default().to_owned();
    let rows = values.into_iter().map(|(value, (entity, held))| ledger.value(value, entity, held)).collect();
    let ids: Vec<String> = events.into_iter().map(|e| chapter.events[e].row.id.clone()).collect();
    (conflict(slot, relation, ids.first().map(String::as_str), chapter.id, &about, rows), ids)
}

#[cfg(test)]
mod tests;
