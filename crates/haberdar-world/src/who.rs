//! "Who was it?": a question in words, answered from the record.

use haberdar_model::{Country, DateInterval, Language};
use jiff::civil::Date;

use crate::{
    gazetteer::{HitKind, NameHit},
    holding::{At, Holding},
    names::PersonMatch,
    office::Office,
    person::Person,
    world::World,
};

/// The answer to a question such as "Kuzey Kore Dışişleri Bakanı".
#[derive(Clone, Debug)]
pub struct WhoAnswer<'w> {
    /// The question.
    pub query: String,
    /// The day that it asks about.
    pub on: Option<Date>,
    /// The office that it names.
    pub office: Option<&'w Office>,
    /// The state or body that it names.
    pub country: Option<Country>,
    /// `former`, `acting`, `designate` or `deputy`, where it says so.
    pub tenure: Option<&'static str>,
    /// The persons that it names, the likeliest first.
    pub persons: Vec<PersonMatch<'w>>,
    /// What is recorded: with a day, who held the office then; without, all of it, the latest first. Empty for "no holder
    /// recorded".
    pub rows: Vec<WhoRow<'w>>,
}

/// A line of the answer.
#[derive(Clone, Copy, Debug)]
pub struct WhoRow<'w> {
    /// The holding.
    pub holding: &'w Holding,
    /// Its person.
    pub person: &'w Person,
    /// Its office.
    pub office: &'w Office,
    /// How it relates to the day asked for; [`At::Perhaps`] where none was.
    pub at: At,
}

impl WhoAnswer<'_> {
    /// The answer in a sentence.
    pub fn summary(&self) -> String {
        let day = self.on.map(|d| format!(" on {d}")).unwrap_or_default();
        if self.office.is_none() && self.persons.is_empty() {
            return format!("{:?} names no office and no person of the record", self.query);
        }
        let Some(first) = self.answers().next() else { return format!("no holder recorded{day}") };
        let from = first.holding.from.map(|d| format!(" from {d}")).unwrap_or_default();
        let to = match (first.holding.to, first.holding.known_until) {
            (Some(d), _) => format!(" to {d}"),
            (None, Some(k)) => format!(", no end recorded as of {k}"),
            (None, None) => String::new(),
        };
        format!(
            "{}, {} of {}{from}{to} ({})",
            first.person.name, first.office.name_en, first.holding.country, first.holding.source
        )
    }

    /// The rows that the record answers for: not those whose source knows of earlier days only.
    pub fn answers(&self) -> impl Iterator<Item = &WhoRow<'_>> {
        self.rows.iter().filter(|r| r.at != At::Unknown)
    }

    /// True where nothing is recorded for what was asked.
    pub fn nobody(&self) -> bool {
        self.answers().next().is_none()
    }
}

/// Words that tell a holder from one who was, will be or stands in.
const TENURES: &[(&str, &[&str])] = &[
    // "dönemin" and "then" ask about the day itself.
    ("former", &["eski", "sabık", "önceki", "former", "ex", "previous", "onetime"]),
    ("acting", &["vekaleten", "vekâleten", "geçici", "acting", "interim", "caretaker"]),
    ("designate", &["seçilmiş", "müstakbel", "designate", "elect", "incoming"]),
];

impl World {
    /// Answers a question in words: an office of a state ("Kuzey Kore Dışişleri Bakanı", "foreign minister of North
    /// Korea") or a person ("Lavrov").
    pub fn who(&self, query: &str, on: Option<Date>) -> WhoAnswer<'_> {
        let when = on.map(DateInterval::day).unwrap_or_default();
        let hits = self.question(query);
        let office = hits.iter().filter(|h| h.kind == HitKind::Office).max_by_key(|h| (h.end - h.start, h.country.is_some()));
        // "Emir" and "Marshall" are names as well as titles and states: a full name that fits wins.
        let whole = self.find_person(query);
        let named_in_full = query.contains(' ') && whole.first().is_some_and(|p| p.score >= 0.75);
        let office = office.filter(|o| !named_in_full || o.end - o.start > query.len() / 2);
        let country = hits.iter().find(|h| matches!(h.kind, HitKind::Country { .. })).and_then(|h| h.country);
        let country = office.and_then(|o| o.country).or(country);
        let low = query.to_lowercase();
        let words: Vec<&str> = low.split(|c: char| !c.is_alphanumeric()).collect();
        let tenure = TENURES.iter().find(|(_, marks)| words.iter().any(|w| marks.contains(w))).map(|(t, _)| *t);
        let mut answer =
            WhoAnswer { query: query.to_owned(), on, office: None, country, tenure, persons: Vec::new(), rows: Vec::new() };

        if let (Some(o), Some(country)) = (office, country) {
            answer.office = self.office(self.seat(o.entity, country));
            answer.rows = self.recorded(o.entity, country, tenure, on);
            // Northern Cyprus is reported under Cyprus; its officers stand in the record as rivals.
            let named = |h: &&NameHit| matches!(h.kind, HitKind::Country { .. }) && h.country == Some(country);
            let rivals = hits.iter().find(named).is_some_and(|h| h.entity != country.as_str());
            answer.rows.retain(|r| r.holding.is_rival() == rivals);
        } else if let Some(o) = office {
            answer.office = self.office(o.entity);
        }
        // What is left of the words may name a person.
        let mut rest = query.to_owned();
        for h in hits.iter().rev().filter(|h| h.kind != HitKind::Person) {
            rest.replace_range(h.start..h.end, " ");
        }
        let named = if office.is_none() && country.is_none() { query } else { rest.trim() };
        if named_in_full {
            answer.persons = whole;
        } else if named.chars().filter(|c| c.is_alphabetic()).count() > 2 {
            answer.persons = self.find_person(named);
        }
        if answer.office.is_none() || country.is_none() {
            let best = answer.persons.first().map_or(0.0, |p| p.score);
            let likely = answer.persons.iter().filter(|p| p.score > best - 0.1 && p.score >= 0.5);
            let mut rows: Vec<WhoRow> =
                likely.flat_map(|p| self.holdings_of(p.person.id)).filter_map(|h| self.row(h, when)).collect();
            rows.retain(|r| office.is_none_or(|o| self.office(o.entity).is_some_and(|x| x.record_id() == r.holding.office)));
            if on.is_some() {
                rows.retain(|r| r.at != At::Not);
            }
            sort(&mut rows);
            answer.rows = rows;
        }
        answer
    }

    /// The hits of a question: in the language that finds more of it.
    fn question(&self, query: &str) -> Vec<NameHit> {
        let of = |lang| self.scan(query, lang);
        let (tr, en) = (of(Language::Tr), of(Language::En));
        let worth = |hits: &[NameHit]| {
            let covered: usize = hits.iter().map(|h| h.end - h.start).sum();
            (hits.iter().any(|h| h.kind == HitKind::Office), covered)
        };
        if worth(&en) > worth(&tr) { en } else { tr }
    }

    /// The office under which the holders of a title are recorded in a state: its "leader" is whoever leads it.
    pub fn seat(&self, office: &str, country: Country) -> &'static str {
        let Some(id) = self.office(office).map(Office::record_id) else { return "" };
        let kept = |o: &'static str| self.by_seat.contains_key(&(country, o));
        match id {
            "leader" if kept("supreme_leader") => "supreme_leader",
            "leader" | "head_of_state" if !kept("head_of_state") && kept("supreme_leader") => "supreme_leader",
            "leader" if kept("head_of_state") => "head_of_state",
            id => id,
        }
    }

    fn recorded(&self, office: &str, country: Country, tenure: Option<&str>, on: Option<Date>) -> Vec<WhoRow<'_>> {
        let when = on.map(DateInterval::day).unwrap_or_default();
        let all = self.holders(office, country, None).into_iter().filter_map(|h| self.row(h, when));
        let mut rows: Vec<WhoRow> = all.filter(|r| asked(r, tenure, on)).collect();
        sort(&mut rows);
        rows
    }

    fn row<'w>(&'w self, holding: &'w Holding, on: DateInterval) -> Option<WhoRow<'w>> {
        Some(WhoRow { holding, person: self.person(holding.person)?, office: self.office(holding.office)?, at: holding.at(on) })
    }
}

/// Days before the first in office on which one counts as designated.
const DESIGNATE_DAYS: i32 = 180;

/// Whether a row answers a question about the holder, or about a former, acting or designated one.
fn asked(row: &WhoRow, tenure: Option<&str>, on: Option<Date>) -> bool {
    let (first, last) = (row.holding.first(), row.holding.last());
    match (tenure, on) {
        (Some("former"), Some(on)) => last.is_some_and(|l| l < on),
        (Some("former"), None) => last.is_some(),
        (Some("designate"), Some(on)) => first.is_some_and(|f| f > on && (f - on).get_days() <= DESIGNATE_DAYS),
        (Some("acting"), _) => row.holding.tenure == "acting" && (on.is_none() || row.at != At::Not),
        (_, Some(_)) => row.at != At::Not,
        (_, None) => true,
    }
}

/// The surest first, then the latest.
fn sort(rows: &mut [WhoRow]) {
    let rank = |r: &WhoRow| match r.at {
        At::Holder => 0,
        At::Perhaps => 1,
        At::Unknown => 2,
        At::Not => 3,
    };
    rows.sort_by(|a, b| rank(a).cmp(&rank(b)).then(b.holding.first().cmp(&a.holding.first())).then(a.person.id.cmp(b.person.id)));
}
