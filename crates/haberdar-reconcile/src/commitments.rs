//! What was announced, promised, demanded or forecast, and what became of it.
//!
//! A pure function of the merged events, the stories and a day; the order of the events changes nothing.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use haberdar_model::{
    EventType, PartialDate, Polarity, Status,
    record::{MergedEvent, Party, Story},
};
use jiff::{Span, civil::Date};
use schemars::JsonSchema;
use serde::Serialize;

/// Days after which an act of the same kind is no longer taken for what was promised without a day.
const WITHOUT_A_DAY: i64 = 180;
/// Days after the due day within which an act is taken for the late fulfilment.
const LATE: i64 = 30;

/// In which way an act is not yet real.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Manner {
    /// Planned by its actor, or said to be intended.
    Announced,
    /// Agreed to do: a promise (AGREE, CAMEO 03) that was made.
    Promised,
    /// Asked for by somebody else.
    Demanded,
    /// Expected by somebody.
    Forecast,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// Nothing is known, and the day has not passed or is not known.
    Open,
    /// Reported as done.
    Fulfilled,
    /// Denied later, or the opposite was done.
    Contradicted,
    /// The due day has passed and nothing is known.
    Overdue,
}

impl fmt::Display for Manner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Manner::Announced => "announced",
            Manner::Promised => "promised",
            Manner::Demanded => "demanded",
            Manner::Forecast => "forecast",
        })
    }
}

impl fmt::Display for Fate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Fate::Open => "open",
            Fate::Fulfilled => "fulfilled",
            Fate::Contradicted => "contradicted",
            Fate::Overdue => "overdue",
        })
    }
}

/// One entry of the ledger of commitments.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Commitment {
    /// Id of the merged event.
    pub id: String,
    /// How it is not yet real.
    pub manner: Manner,
    /// PLOVER type of the event as it is coded.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Negative where the act is to be left undone.
    pub polarity: Polarity,
    /// Who is to act.
    pub actor: Vec<Party>,
    /// Upon whom.
    pub recipient: Vec<Party>,
    /// Day on which it is first reported.
    pub made: Option<PartialDate>,
    /// Earliest day of the act, where its days reach beyond `made`.
    pub due_from: Option<Date>,
    /// Latest day of the act; open where only a beginning is told.
    pub due_until: Option<Date>,
    /// What became of it.
    pub fate: Fate,
    /// Fulfilled after the due day.
    pub late: bool,
    /// Id of the first merged event that fulfils it.
    pub fulfilled_by: Option<String>,
    /// Id of the first merged event that contradicts it.
    pub contradicted_by: Option<String>,
    /// Probability that the row is right.
    pub confidence: f32,
}

/// The commitments of a record as they stand on a day, by due day (without one last), day of report and id. What is
/// reported or done after that day is not looked at.
pub fn commitments(events: &[MergedEvent], stories: &[Story], on: Date) -> Vec<Commitment> {
    let mut story_of: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for s in stories {
        for e in &s.events {
            story_of.entry(e).or_default().insert(&s.id);
        }
    }
    let mut done: BTreeMap<EventType, Vec<(Date, &MergedEvent)>> = BTreeMap::new();
    let counts = |e: &&MergedEvent| !e.is_rejected();
    for e in events.iter().filter(counts).filter(|e| matches!(e.status, Status::Happened | Status::Ongoing | Status::Denied)) {
        // A denial is of the day on which it is told; the act that is denied has none.
        let day = if is_denied(e) { made(e).map(PartialDate::first) } else { e.first_day() };
        if let Some(day) = day.filter(|d| *d <= on) {
            done.entry(e.kind).or_default().push((day, e));
        }
    }
    done.values_mut().for_each(|l| l.sort_by(|a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id))));
    let mut out: Vec<Commitment> = Vec::new();
    for e in events.iter().filter(counts) {
        let Some(manner) = manner(e) else { continue };
        let mut c = Commitment::new(e, manner);
        if c.made.is_some_and(|m| m.first() > on) {
            continue;
        }
        let awaited = awaited(e);
        let mut reach: Vec<&(Date, &MergedEvent)> = Vec::new();
        for kind in awaited.iter().copied().chain((!awaited.contains(&e.kind)).then_some(e.kind)) {
            let acts = c.within_reach(done.get(&kind).map_or(&[], Vec::as_slice));
            // An intent is not carried out by another one, but it is taken back by its denial.
            reach.extend(acts.iter().filter(|(_, act)| awaited.contains(&kind) || is_denied(act)));
        }
        reach.sort_by(|a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)));
        let stories = story_of.get(e.id.as_str());
        for (day, act) in reach {
            let told_together = || stories.zip(story_of.get(act.id.as_str())).is_some_and(|(a, b)| !a.is_disjoint(b));
            if act.id != e.id && same_act(e, act, told_together) {
                c.take(*day, act);
                if c.is_settled() {
                    break;
                }
            }
        }
        c.judge(on);
        out.push(c);
    }
    out.sort_by(|a, b| {
        let key = |c: &Commitment| (c.due_until.or(c.due_from).is_none(), c.due_until.or(c.due_from), c.made, c.id.clone());
        key(a).cmp(&key(b))
    });
    out
}

/// `None` where an event commits nobody to anything.
fn manner(e: &MergedEvent) -> Option<Manner> {
    match e.status {
        Status::Planned => Some(Manner::Announced),
        Status::Demanded => Some(Manner::Demanded),
        Status::Forecast => Some(Manner::Forecast),
        Status::Happened | Status::Ongoing if is_intent(e) && e.polarity == Polarity::Positive => Some(Manner::Promised),
        _ => None,
    }
}

/// CAMEO 03: express intent to cooperate.
fn is_intent(e: &MergedEvent) -> bool {
    e.kind == EventType::Agree && e.cameo.as_deref().is_some_and(|c| c.starts_with("03"))
}

/// The types of the acts that would fulfil it: its own, and for the intent to do something (CAMEO 03x) that something.
fn awaited(e: &MergedEvent) -> Vec<EventType> {
    if !is_intent(e) {
        return vec![e.kind];
    }
    let cameo = e.cameo.as_deref().unwrap_or_default();
    match cameo.get(..3).unwrap_or_default() {
        "031" => vec![EventType::Cooperate],
        "032" => vec![EventType::Support],
        "033" => vec![EventType::Aid],
        "034" => vec![EventType::Concede],
        "035" => vec![EventType::Concede, EventType::Retreat],
        "036" | "038" | "039" => vec![EventType::Consult],
        "037" => vec![EventType::Support, EventType::Retreat],
        // Which act is meant is not said.
        _ => vec![EventType::Cooperate, EventType::Aid, EventType::Concede, EventType::Retreat],
    }
}

/// Said not to have happened.
fn is_denied(e: &MergedEvent) -> bool {
    e.status == Status::Denied || e.polarity == Polarity::Negative
}

/// The first day on which it is reported.
fn made(e: &MergedEvent) -> Option<PartialDate> {
    e.reports.iter().filter_map(|r| r.published).min_by_key(|d| (d.first(), d.last()))
}

fn later(d: Date, days: i64) -> Date {
    d.saturating_add(Span::new().days(days))
}

impl Commitment {
    fn new(e: &MergedEvent, manner: Manner) -> Commitment {
        let made = made(e);
        let (from, to) = (e.date.from.map(PartialDate::first), e.date.to.map(PartialDate::last));
        let promised = matches!(e.status, Status::Happened | Status::Ongoing);
        let ahead = made.is_some_and(|m| to.or(from).is_some_and(|d| d > m.last()));
        Commitment {
            id: e.id.clone(),
            manner,
            kind: e.kind,
            mode: e.mode.clone(),
            polarity: if promised { Polarity::Positive } else { e.polarity },
            actor: e.actor.clone(),
            recipient: e.recipient.clone(),
            made,
            due_from: from.filter(|_| ahead),
            due_until: to.filter(|_| ahead),
            fate: Fate::Open,
            late: false,
            fulfilled_by: None,
            contradicted_by: None,
            confidence: e.confidence,
        }
    }

    /// The acts, sorted by day, of the days on which it may have been kept or broken.
    fn within_reach<'a, 'e>(&self, acts: &'a [(Date, &'e MergedEvent)]) -> &'a [(Date, &'e MergedEvent)] {
        let Some(made) = self.made else { return &[] };
        let last = match (self.due_until, self.due_from) {
            (Some(d), _) => later(d, LATE),
            (None, from) => later(from.unwrap_or(made.last()), WITHOUT_A_DAY),
        };
        let start = acts.partition_point(|a| a.0 <= made.last());
        let end = acts.partition_point(|a| a.0 <= last);
        &acts[start..end.max(start)]
    }

    /// Notes an act; acts come by day.
    fn take(&mut self, day: Date, act: &MergedEvent) {
        let undone = is_denied(act);
        let kept = undone == (self.polarity == Polarity::Negative);
        if kept {
            // That something was not done yet proves nothing of what is to be left undone; that it was done too early, neither.
            if undone || self.due_from.is_some_and(|from| day < from) {
                return;
            }
            self.late |= self.fulfilled_by.is_none() && self.due_until.is_some_and(|d| day > d);
        }
        let first = if kept { &mut self.fulfilled_by } else { &mut self.contradicted_by };
        // The first act settles it.
        first.get_or_insert_with(|| act.id.clone());
    }

    /// No later act changes anything.
    fn is_settled(&self) -> bool {
        self.fulfilled_by.is_some() && self.contradicted_by.is_some()
    }

    fn judge(&mut self, on: Date) {
        self.fate = if self.fulfilled_by.is_some() {
            Fate::Fulfilled
        } else if self.contradicted_by.is_some() {
            Fate::Contradicted
        } else if self.polarity == Polarity::Positive && self.due_until.is_some_and(|d| d < on) {
            Fate::Overdue
        } else {
            Fate::Open
        };
    }
}

/// An act is the one that was spoken of: all who were named take part in it, on their sides, and more than its type and one
/// side speaks for it.
fn same_act(c: &MergedEvent, act: &MergedEvent, told_together: impl FnOnce() -> bool) -> bool {
    let kind = act.kind;
    let mutual = kind.is_mutual();
    let known = |side: &[Party]| side.iter().any(|p| p.entity.is_some() || p.country.is_some());
    if !known(&c.actor) {
        return false;
    }
    // In a mutual act everybody stands on both sides.
    let on = |who: &[Party], side: &[Party], other: &[Party]| {
        let other = if mutual { other } else { &[] };
        let mut named = who.iter().filter(|p| p.entity.is_some() || p.country.is_some());
        named.all(|p| side.iter().chain(other).any(|q| meets(p, q, kind)))
    };
    let sides = on(&c.actor, &act.actor, &act.recipient) && on(&c.recipient, &act.recipient, &act.actor);
    let same_mode = c.mode.is_some() && c.mode == act.mode;
    let manner_differs = c.kind == act.kind && c.mode.is_some() && act.mode.is_some() && !same_mode;
    let several = known(&c.recipient) || (mutual && c.actor.len() > 1);
    sides && !manner_differs && (several || same_mode || told_together())
}

/// The same one; outside of meetings a state may do what its minister promised.
fn meets(a: &Party, b: &Party, kind: EventType) -> bool {
    if a.entity.is_some() && a.entity == b.entity {
        return true;
    }
    let one_state = a.country.is_some() && a.country == b.country;
    let persons = a.office.is_some() && b.office.is_some();
    one_state && (kind != EventType::Consult || !persons || a.office == b.office)
}

#[cfg(test)]
mod tests;
