//! One event out of all tellings of an act.

use std::collections::{BTreeMap, BTreeSet};

use haberdar_model::{
    Country, DateBasis, DateInterval, MentionKind, PartialDate,
    id::content_id,
    reading::{Event, OfficeRef},
    record::{MergedDate, MergedEvent, Party as RowParty, Report},
};
use jiff::civil::Date;

use crate::{
    doc::{Act, Doc, width},
    offices::Offices,
    parties::{Relation, relation, shared_office},
};

/// Confidence never reaches certainty.
const SURE: f64 = 0.99;

/// A merged event with what the ledger of conflicts needs of it.
pub(crate) struct Merged {
    pub(crate) acts: Vec<Act>,
    pub(crate) slots: Vec<Slot>,
    pub(crate) row: MergedEvent,
}

/// A participant, with the persons that the reports put there.
pub(crate) struct Slot {
    pub(crate) variants: Vec<Variant>,
    pub(crate) country: Option<Country>,
    pub(crate) office: Option<OfficeRef>,
    actor: usize,
    recipient: usize,
    first: (usize, usize),
}

/// One of the persons (usually the only one).
pub(crate) struct Variant {
    pub(crate) name: String,
    pub(crate) entity: Option<String>,
    /// Article and party.
    pub(crate) refs: BTreeSet<(usize, usize)>,
}

impl Merged {
    pub(crate) fn new(docs: &[Doc<'_>], acts: Vec<Act>, sources: &[String], offices: &dyn Offices) -> Merged {
        let slots = slots(docs, &acts, offices);
        let reports = reports(docs, &acts);
        let events: Vec<(usize, &Event)> =
            acts.iter().flat_map(|a| a.events.iter().map(|&e| (a.doc, &docs[a.doc].reading.events[e]))).collect();
        let stable: Vec<String> = reports.iter().map(|r| format!("{} {}", r.article, r.event)).collect();
        let kind = acts[0].kind;
        let id = content_id(["event", kind.as_str()].into_iter().chain(stable.iter().map(String::as_str)));
        let side = |of_actor: bool| {
            let mut on: Vec<&Slot> = slots.iter().filter(|s| (s.actor >= s.recipient) == of_actor).collect();
            on.sort_by_key(|s| s.first);
            on.into_iter().map(Slot::row).collect()
        };
        let mut recipient: Vec<RowParty> = side(false);
        if recipient.is_empty() {
            // What it was done to, where that is nobody; it takes no part in comparisons.
            let named = events
                .iter()
                .flat_map(|(d, e)| e.recipient.iter().filter_map(|m| docs[*d].party(m)).map(|p| &docs[*d].parties[p]));
            let thing = most_told(named.filter(|p| p.kind == MentionKind::Thing).map(|p| p.name.clone()));
            recipient.extend(thing.map(|name| RowParty { name, entity: None, country: None, office: None }));
        }
        let cameo = most_told(events.iter().filter_map(|e| e.1.cameo.clone()));
        let of_cameo = events.iter().map(|e| e.1).find(|e| e.cameo == cameo && cameo.is_some());
        let place = most_told(acts.iter().flat_map(|a| a.places.iter().map(|&p| docs[a.doc].parties[p].name.clone())));
        let strongest = events.iter().map(|e| e.1).min_by_key(|e| e.status);
        let row = MergedEvent {
            id,
            kind,
            mode: most_told(events.iter().filter_map(|e| e.1.mode.clone())),
            quad: of_cameo.map_or(kind.quad(), |e| e.quad),
            goldstein: of_cameo.and_then(|e| e.goldstein),
            cameo,
            actor: side(true),
            recipient,
            status: strongest.map_or(haberdar_model::Status::Happened, |e| e.status),
            polarity: strongest.map_or(haberdar_model::Polarity::Positive, |e| e.polarity),
            date: date(&acts, sources),
            place,
            independent_sources: acts.iter().map(|a| &sources[a.doc]).collect::<BTreeSet<_>>().len(),
            confidence: confidence(&events, sources),
            reports,
            conflicts: Vec::new(),
            decisions: Vec::new(),
        };
        Merged { acts, slots, row }
    }

    /// The days of the act where they are known, publication included.
    pub(crate) fn days(&self) -> DateInterval {
        DateInterval { from: self.row.date.from.map(PartialDate::first), to: self.row.date.to.map(PartialDate::last) }
    }
}

impl Slot {
    fn row(&self) -> RowParty {
        let names: Vec<&str> = self.variants.iter().map(|v| v.name.as_str()).collect();
        RowParty {
            name: names.join(" / "),
            // While reports put different persons here, none of them is the participant.
            entity: self.variants.first().filter(|_| self.variants.len() == 1).and_then(|v| v.entity.clone()),
            country: self.country,
            office: self.office.as_ref().map(|o| o.office.clone()),
        }
    }
}

/// The participants of an act, from the most definite mentions on.
fn slots(docs: &[Doc<'_>], acts: &[Act], offices: &dyn Offices) -> Vec<Slot> {
    let mut refs: Vec<(u8, usize, usize, bool)> = Vec::new();
    for a in acts {
        let mut add = |list: &[usize], actor: bool| {
            refs.extend(list.iter().map(|&p| (definite(docs[a.doc].parties[p].kind), a.doc, p, actor)));
        };
        add(&a.actor, true);
        add(&a.recipient, false);
    }
    refs.sort_unstable();
    let mut out: Vec<Slot> = Vec::new();
    for (_, d, p, actor) in refs {
        let party = &docs[d].parties[p];
        let found = place(docs, &out, d, p);
        let i = found.map_or(out.len(), |f| f.1);
        if i == out.len() {
            out.push(Slot { variants: Vec::new(), country: None, office: None, actor: 0, recipient: 0, first: (d, p) });
        }
        let slot = &mut out[i];
        match found {
            Some((Relation::Same, _, v)) => {
                slot.variants[v].refs.insert((d, p));
            }
            // A state beside its minister adds nothing.
            Some((Relation::StandsFor, ..)) => {}
            _ => {
                slot.variants.push(Variant { name: party.name.clone(), entity: party.entity.clone(), refs: [(d, p)].into() });
            }
        }
        slot.country = slot.country.or(party.country);
        slot.office = slot.office.take().or_else(|| party.role.clone());
        slot.first = slot.first.min((d, p));
        *(if actor { &mut slot.actor } else { &mut slot.recipient }) += 1;
    }
    for v in out.iter_mut().flat_map(|s| &mut s.variants) {
        let parties = || v.refs.iter().map(|&(d, p)| &docs[d].parties[p]);
        let entity = parties().find_map(|p| p.entity.clone());
        let person = parties().any(|p| p.kind == MentionKind::Person);
        let known = entity.as_deref().filter(|_| person).and_then(|e| offices.name(e));
        let name = known.unwrap_or_else(|| {
            let named = parties().filter(|p| !person || p.kind == MentionKind::Person);
            fullest(named.map(|p| p.name.clone()))
        });
        (v.name, v.entity) = (name, entity);
    }
    out.iter_mut().for_each(|s| s.variants.sort_by(|a, b| a.name.cmp(&b.name)));
    out
}

/// The slot and the variant of those found so far to which a party is closest, and how it stands to it.
fn place(docs: &[Doc<'_>], slots: &[Slot], d: usize, p: usize) -> Option<(Relation, usize, usize)> {
    let party = &docs[d].parties[p];
    let mut best: Option<(Relation, usize, usize)> = None;
    for (i, s) in slots.iter().enumerate() {
        // Persons who stand side by side in one article are two participants.
        let side_by_side =
            s.variants.iter().flat_map(|v| &v.refs).any(|&(x, y)| x == d && docs[x].parties[y].kind == MentionKind::Person);
        for (k, v) in s.variants.iter().enumerate() {
            for &(x, y) in &v.refs {
                let Some(r) = relation(&docs[x].parties[y], party) else { continue };
                let apart = matches!(r, Relation::Slot | Relation::Swapped);
                if !(apart && side_by_side) && best.is_none_or(|b| (r, i, k) < b) {
                    best = Some((r, i, k));
                }
            }
        }
    }
    best
}

impl Slot {
    /// The office in which the persons of a contested slot stand, as told of one of them.
    pub(crate) fn contested_office(&self, docs: &[Doc<'_>]) -> Option<OfficeRef> {
        let refs: Vec<_> = self.variants.iter().flat_map(|v| &v.refs).map(|&(d, p)| &docs[d].parties[p]).collect();
        let mut pairs = refs.iter().enumerate().flat_map(|(i, a)| refs[i + 1..].iter().map(move |b| (*a, *b)));
        pairs.find_map(|(a, b)| shared_office(a, b)).cloned()
    }
}

/// Order of kinds, the most definite first.
fn definite(kind: MentionKind) -> u8 {
    use MentionKind::{Country, Group, Office, Organization, Person, Place, Source, Thing};
    match kind {
        Person => 0,
        Office => 1,
        Organization => 2,
        Group => 3,
        Country => 4,
        Place => 5,
        Source => 6,
        Thing => 7,
    }
}

/// The fullest of the names, then the most frequent, then the first by letters.
fn fullest(names: impl Iterator<Item = String>) -> String {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for n in names {
        *count.entry(n).or_default() += 1;
    }
    let key = |n: &str| n.split_whitespace().count().min(4);
    let best = count.into_iter().min_by(|a, b| (key(&b.0), b.1).cmp(&(key(&a.0), a.1)).then(a.0.cmp(&b.0)));
    best.map(|b| b.0).unwrap_or_default()
}

/// The value told most often, the first by letters among equals.
fn most_told(values: impl Iterator<Item = String>) -> Option<String> {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for v in values {
        *count.entry(v).or_default() += 1;
    }
    count.into_iter().min_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0))).map(|b| b.0)
}

fn reports(docs: &[Doc<'_>], acts: &[Act]) -> Vec<Report> {
    let mut out = Vec::new();
    for a in acts {
        let d = &docs[a.doc];
        let head = &d.reading.article;
        for &e in &a.events {
            let e = &d.reading.events[e];
            out.push(Report {
                article: head.id.clone(),
                event: e.id.clone(),
                publisher: head.publisher.clone(),
                published: head.published,
                sentence: e.sentence,
                span: e.trigger.span,
                reported_by: e.reported_by.as_deref().and_then(|m| d.party(m)).map(|p| d.parties[p].name.clone()),
            });
        }
    }
    out.sort_by(|a, b| {
        let key = |r: &Report| (r.published.is_none(), r.published, r.article.clone(), r.span, r.event.clone());
        key(a).cmp(&key(b))
    });
    out
}

/// The day with the best basis; among equals the one of most sources, then the narrowest, then the earliest.
fn date(acts: &[Act], sources: &[String]) -> MergedDate {
    type Told = (DateBasis, i32, Option<Date>, Option<Date>);
    let mut votes: BTreeMap<Told, BTreeSet<&str>> = BTreeMap::new();
    for a in acts.iter().filter(|a| !a.days.is_open() && a.basis != DateBasis::None) {
        votes.entry((a.basis, width(a.days), a.days.from, a.days.to)).or_default().insert(&sources[a.doc]);
    }
    let best = votes.iter().min_by(|(a, x), (b, y)| a.0.cmp(&b.0).then(y.len().cmp(&x.len())).then(a.cmp(b)));
    match best {
        Some((&(basis, _, from, to), _)) => MergedDate { from: from.map(PartialDate::day), to: to.map(PartialDate::day), basis },
        None => MergedDate { from: None, to: None, basis: DateBasis::None },
    }
}

/// Independent sources err independently; what one source repeats adds nothing.
fn confidence(events: &[(usize, &Event)], sources: &[String]) -> f32 {
    let mut best: BTreeMap<&str, f64> = BTreeMap::new();
    for (d, e) in events {
        let c = best.entry(&sources[*d]).or_default();
        *c = c.max(f64::from(e.confidence).clamp(0.0, 1.0));
    }
    let single = best.values().copied().fold(0.0, f64::max);
    let missed: f64 = best.values().map(|c| 1.0 - c).product();
    (1.0 - missed).min(SURE.max(single)) as f32
}
