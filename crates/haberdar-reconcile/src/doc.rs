//! One article prepared for comparison: who is in it, its acts, its words.

use std::collections::{BTreeMap, BTreeSet};

use haberdar_model::{
    Country, DateBasis, DateInterval, EventType, MentionKind, PartialDate, Polarity, Reading, Span, Status,
    reading::{Event, Mention, OfficeRef, TextSpan},
};
use jiff::civil::Date;

use crate::{
    Input,
    fold::{same_name, words},
    offices::{Offices, office_ref},
    weights::{Vector, direction},
};

/// Share of common words from which two sentences are the same but for a word or two.
pub(crate) const SAME_WORDS: f64 = 0.6;
/// Common words that sentences need for that.
pub(crate) const SHORT: usize = 5;

/// An article with everything that comparing asks for more than once.
pub(crate) struct Doc<'a> {
    pub(crate) reading: &'a Reading,
    pub(crate) text: &'a str,
    pub(crate) published: Option<PartialDate>,
    /// Latest day that the article itself gives to something that happened; an article is no older.
    pub(crate) latest_act: Option<Date>,
    /// Everybody and everything mentioned, once.
    pub(crate) parties: Vec<Party>,
    pub(crate) acts: Vec<Act>,
    pub(crate) words: Vec<String>,
    /// Index into `parties` for every mention.
    party_of: Vec<usize>,
    by_id: BTreeMap<&'a str, usize>,
    /// Byte offset of every code point.
    bytes: Vec<usize>,
}

/// A referent of one article, from all its mentions.
#[derive(Clone, Debug)]
pub(crate) struct Party {
    pub(crate) name: String,
    /// Entity in the world tables.
    pub(crate) entity: Option<String>,
    pub(crate) country: Option<Country>,
    pub(crate) sector: Option<String>,
    pub(crate) kind: MentionKind,
    /// The office that the text gives.
    pub(crate) role: Option<OfficeRef>,
    /// The text gives an office with `former`, `deputy` and the like.
    pub(crate) beside: bool,
    /// Offices that the tables give on the day of publication (on any day, where that is not known).
    pub(crate) held: Vec<OfficeRef>,
    pub(crate) mentions: Vec<usize>,
}

/// Statuses that may tell of one act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Bucket {
    Real,
    Planned,
    Demanded,
    Forecast,
    Historical,
    Denied,
}

impl Bucket {
    pub(crate) fn of(status: Status, polarity: Polarity) -> Bucket {
        match status {
            Status::Happened | Status::Ongoing if polarity == Polarity::Negative => Bucket::Denied,
            Status::Happened | Status::Ongoing => Bucket::Real,
            Status::Planned => Bucket::Planned,
            Status::Demanded => Bucket::Demanded,
            Status::Forecast | Status::Hypothetical => Bucket::Forecast,
            Status::Historical => Bucket::Historical,
            Status::Denied => Bucket::Denied,
        }
    }
}

/// One act as one article tells it, in one or several sentences.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    pub(crate) doc: usize,
    /// Indices into the reading's events.
    pub(crate) events: Vec<usize>,
    pub(crate) kind: EventType,
    pub(crate) bucket: Bucket,
    /// Negation of planned and other unreal acts; `Denied` has both.
    pub(crate) polarity: Polarity,
    pub(crate) mode: Option<String>,
    pub(crate) cameo: Option<String>,
    /// Indices into the article's parties.
    pub(crate) actor: Vec<usize>,
    pub(crate) recipient: Vec<usize>,
    pub(crate) days: DateInterval,
    pub(crate) basis: DateBasis,
    pub(crate) places: Vec<usize>,
    /// Folded words of its sentences, sorted.
    pub(crate) words: Vec<String>,
    /// Folded words that name its participants: what is told of them tells acts apart, not their names.
    pub(crate) names: Vec<String>,
    /// The words without the names as a direction, once it is weighed.
    pub(crate) direction: Vector,
}

impl<'a> Doc<'a> {
    pub(crate) fn new(index: usize, input: &Input<'a>, offices: &dyn Offices) -> Doc<'a> {
        let (reading, text) = (input.reading, input.text);
        let by_id = reading.mentions.iter().enumerate().map(|(i, m)| (m.id.as_str(), i)).collect();
        let mut doc = Doc {
            reading,
            text,
            published: reading.article.published,
            latest_act: reading.events.iter().filter_map(told_day).max(),
            parties: Vec::new(),
            acts: Vec::new(),
            words: words(text),
            party_of: Vec::new(),
            by_id,
            bytes: text.char_indices().map(|(i, _)| i).chain([text.len()]).collect(),
        };
        doc.collect_parties(offices);
        let names: Vec<Vec<String>> = doc.parties.iter().map(|p| doc.words_of_names(p)).collect();
        doc.acts = (0..reading.events.len()).map(|e| doc.act(index, e, &names)).collect();
        doc
    }

    /// The text at a span, as far as it reaches.
    pub(crate) fn slice(&self, span: Span) -> &'a str {
        let at = |i: usize| self.bytes.get(i).copied().unwrap_or(self.text.len());
        self.text.get(at(span.start)..at(span.end.max(span.start))).unwrap_or_default()
    }

    pub(crate) fn party(&self, mention: &str) -> Option<usize> {
        self.by_id.get(mention).map(|&m| self.party_of[m])
    }

    /// The text of a sentence; that around `span` where the reading has no such sentence.
    pub(crate) fn sentence(&self, index: usize, span: Span) -> &'a str {
        self.slice(self.reading.sentences.get(index).copied().unwrap_or(span))
    }

    /// The days of publication.
    pub(crate) fn days(&self) -> Option<DateInterval> {
        self.published.map(|p| DateInterval { from: Some(p.first()), to: Some(p.last()) })
    }

    /// The mention of a party that shows its name best: with the name's last word in it, in `sentence` where there is one.
    pub(crate) fn best_span(&self, party: usize, sentence: Option<usize>) -> TextSpan {
        let p = &self.parties[party];
        let within = sentence.and_then(|s| self.reading.sentences.get(s)).copied();
        let rank = |m: &Mention| {
            let named = same_name(&m.at.text, &p.name);
            let near = within.is_some_and(|w| w.contains(m.at.span));
            (std::cmp::Reverse(named), std::cmp::Reverse(near), m.at.span)
        };
        let best = p.mentions.iter().map(|&i| &self.reading.mentions[i]).min_by_key(|m| rank(m));
        best.map(|m| m.at.clone()).unwrap_or_default()
    }

    /// Publisher, else the source's own id: how a verdict names an article.
    pub(crate) fn outlet(&self) -> &'a str {
        let a = &self.reading.article;
        a.publisher.as_deref().filter(|p| !p.is_empty()).unwrap_or(&a.source_id)
    }

    /// Joins the mentions of one referent: by entity id, unknown ones by kind, name and country.
    fn collect_parties(&mut self, offices: &dyn Offices) {
        let mut seen: BTreeMap<(String, Option<Country>), usize> = BTreeMap::new();
        for (i, m) in self.reading.mentions.iter().enumerate() {
            // What a reading inferred neither tells two apart nor makes a state a party.
            let country = m.stated_country();
            let key = match &m.entity {
                Some(e) => (format!("{}\u{0}{e}", m.kind), None),
                None => (format!("{}\u{1}{}", m.kind, m.name), country),
            };
            let slot = *seen.entry(key).or_insert(self.parties.len());
            if slot == self.parties.len() {
                self.parties.push(Party {
                    name: m.name.clone(),
                    entity: m.entity.clone().filter(|e| !e.starts_with("b3:")),
                    country,
                    sector: m.sector.clone(),
                    kind: m.kind,
                    role: None,
                    beside: false,
                    held: Vec::new(),
                    mentions: Vec::new(),
                });
            }
            let p = &mut self.parties[slot];
            p.mentions.push(i);
            if (m.name.split_whitespace().count(), m.name.len()) > (p.name.split_whitespace().count(), p.name.len()) {
                p.name.clone_from(&m.name);
            }
            p.country = p.country.or(country);
            p.sector = p.sector.take().or_else(|| m.sector.clone());
            if let Some(r) = &m.role {
                let acting = r.tenure.as_deref().is_none_or(|t| t == "acting");
                match r.country.or(country) {
                    Some(c) if acting => p.role = p.role.take().or_else(|| Some(office_ref(&offices.recorded_as(&r.office), c))),
                    _ => p.beside |= !acting,
                }
            }
            self.party_of.push(slot);
        }
        let days = self.days();
        for p in &mut self.parties {
            if let (None, false, MentionKind::Person, Some(e)) = (&p.role, p.beside, p.kind, &p.entity) {
                let mut held = offices.held_by(e);
                if let Some(on) = days {
                    held.retain(|o| offices.holdings(o).iter().any(|h| h.person == *e && h.covers(on)));
                }
                held.sort();
                held.dedup();
                p.held = held;
            }
        }
    }

    /// The folded words by which the article names a party.
    fn words_of_names(&self, party: &Party) -> Vec<String> {
        let told: BTreeSet<&str> = party.mentions.iter().map(|&m| self.reading.mentions[m].at.text.as_str()).collect();
        let mut out: Vec<String> = told.into_iter().chain([party.name.as_str()]).flat_map(words).collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    /// An event as an act; `of_party` are the words by which each party is named.
    fn act(&self, doc: usize, event: usize, of_party: &[Vec<String>]) -> Act {
        let e = &self.reading.events[event];
        let side = |ids: &[String]| {
            let mut out: Vec<usize> = ids.iter().filter_map(|m| self.party(m)).collect();
            out.sort_unstable();
            out.dedup();
            out
        };
        let actor = side(&e.actor);
        // What is acted upon where that is nobody is told in too many words to be compared.
        let party = |r: &usize| self.parties[*r].kind != MentionKind::Thing && !actor.contains(r);
        let recipient: Vec<usize> = side(&e.recipient).into_iter().filter(party).collect();
        let mut bag = words(self.sentence(e.sentence, e.trigger.span));
        bag.sort_unstable();
        bag.dedup();
        let mut names: Vec<String> = actor.iter().chain(&recipient).flat_map(|&p| of_party[p].iter().cloned()).collect();
        names.sort_unstable();
        names.dedup();
        Act {
            doc,
            events: vec![event],
            kind: e.kind,
            bucket: Bucket::of(e.status, e.polarity),
            polarity: if Bucket::of(e.status, e.polarity) == Bucket::Denied { Polarity::Positive } else { e.polarity },
            mode: e.mode.clone(),
            cameo: e.cameo.clone(),
            actor,
            recipient,
            days: DateInterval { from: e.date.start, to: e.date.end },
            basis: e.date.basis,
            places: e.place.iter().filter_map(|m| self.party(m)).collect(),
            words: bag,
            names,
            direction: Vector::new(),
        }
    }
}

/// The day that the text itself gives to something that happened; a month or a year is none.
fn told_day(e: &Event) -> Option<Date> {
    let told = e.status == Status::Happened && e.date.basis == DateBasis::Explicit && e.date.start == e.date.end;
    e.date.start.filter(|_| told)
}

impl Act {
    /// Weighs the words of the act.
    pub(crate) fn weigh(&mut self) {
        let told = self.words.iter().filter(|w| self.names.binary_search(w).is_err());
        self.direction = direction(told);
    }

    /// True where the sentences are the same but for a word or two.
    pub(crate) fn same_words(&self, other: &Act) -> bool {
        let common = self.words.iter().filter(|w| other.words.binary_search(w).is_ok()).count();
        let all = self.words.len() + other.words.len() - common;
        common >= SHORT && common as f64 >= SAME_WORDS * all as f64
    }

    /// Joins another telling of the same act by the same article.
    pub(crate) fn absorb(&mut self, other: &Act) {
        let union = |a: &mut Vec<usize>, b: &[usize]| {
            a.extend_from_slice(b);
            a.sort_unstable();
            a.dedup();
        };
        union(&mut self.events, &other.events);
        union(&mut self.actor, &other.actor);
        union(&mut self.recipient, &other.recipient);
        union(&mut self.places, &other.places);
        let actor = &self.actor;
        self.recipient.retain(|r| !actor.contains(r));
        for (mine, theirs) in [(&mut self.words, &other.words), (&mut self.names, &other.names)] {
            mine.extend_from_slice(theirs);
            mine.sort_unstable();
            mine.dedup();
        }
        self.mode = self.mode.take().or_else(|| other.mode.clone());
        self.cameo = self.cameo.take().or_else(|| other.cameo.clone());
        if (other.basis, width(other.days)) < (self.basis, width(self.days)) {
            (self.basis, self.days) = (other.basis, other.days);
        }
    }
}

/// Days between the ends; open intervals are widest.
pub(crate) fn width(days: DateInterval) -> i32 {
    match (days.from, days.to) {
        (Some(a), Some(b)) => days_between(a, b).max(0),
        _ => i32::MAX,
    }
}

/// Days from `a` to `b`.
pub(crate) fn days_between(a: Date, b: Date) -> i32 {
    a.until(b).map_or(0, |s| s.get_days())
}
