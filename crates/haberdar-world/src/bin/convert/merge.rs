//! From rows of several lists to one record: who is the same person, which rows say the same, where an end is missing.

use std::collections::{BTreeMap, BTreeSet};

use haberdar_model::PartialDate;
use jiff::civil::Date;

use crate::{names, rows::Raw};

/// A line of `persons.tsv`.
pub(crate) struct PersonLine {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) country: String,
    pub(crate) source: String,
}

/// A line of `holdings.tsv`.
pub(crate) struct HoldingLine {
    pub(crate) country: String,
    pub(crate) office: String,
    pub(crate) person: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) known_until: String,
    pub(crate) tenure: String,
    pub(crate) source: String,
    pub(crate) trust: f32,
}

/// Offices that one person holds at a time.
const SINGLE: &[&str] = &[
    "head_of_state",
    "head_of_government",
    "foreign_minister",
    "defence_minister",
    "interior_minister",
    "finance_minister",
    "justice_minister",
    "supreme_leader",
    "chief_of_staff",
    "central_bank_governor",
    "attorney_general",
    "health_minister",
    "energy_minister",
    "national_security_adviser",
    "presidential_chief_of_staff",
    "permanent_representative_un",
    "chief_justice",
    "trade_representative",
];

/// Collects rows and puts them together.
#[derive(Default)]
pub(crate) struct Merger {
    rows: Vec<Raw>,
}

fn days(a: Date, b: Date) -> i32 {
    (b - a).get_days()
}

fn first(r: &Raw) -> Date {
    r.from.map_or(Date::MIN, PartialDate::first)
}

fn last(r: &Raw) -> Date {
    r.to.map_or(Date::MAX, PartialDate::last)
}

fn near(a: &Raw, b: &Raw, slack: i32) -> bool {
    let gap = |x: Date, y: Date| if x <= y { 0 } else { days(y, x) };
    gap(first(a), last(b)) <= slack && gap(first(b), last(a)) <= slack
}

impl Merger {
    pub(crate) fn add(&mut self, rows: Vec<Raw>) {
        self.rows.extend(rows);
    }

    pub(crate) fn finish(mut self) -> (Vec<PersonLine>, Vec<HoldingLine>) {
        let ids = self.identify();
        let (persons, names) = self.persons(&ids);
        let mut seats: BTreeMap<(String, String), Vec<(String, Raw)>> = BTreeMap::new();
        for (r, id) in self.rows.drain(..).zip(ids) {
            seats.entry((r.country.clone(), r.office.clone())).or_default().push((id, r));
        }
        let mut out = Vec::new();
        for ((country, office), rows) in seats {
            let mut rows = unite(rows);
            if SINGLE.contains(&office.as_str()) && (country.as_str(), office.as_str()) != ("BIH", "head_of_state") {
                close(&mut rows);
            }
            rows.sort_by(|(a, x), (b, y)| (first(x), last(x), a).cmp(&(first(y), last(y), b)));
            out.extend(rows.into_iter().map(|(person, r)| HoldingLine {
                country: country.clone(),
                office: office.clone(),
                person,
                from: r.from.map(|d| d.to_string()).unwrap_or_default(),
                to: r.to.map(|d| d.to_string()).unwrap_or_default(),
                known_until: if r.to.is_some() { String::new() } else { r.known_until },
                tenure: r.tenure,
                source: r.source,
                trust: r.trust,
            }));
        }
        let used: BTreeSet<&String> = out.iter().map(|h| &h.person).collect();
        debug_assert!(used.iter().all(|u| names.contains_key(*u)));
        (persons, out)
    }

    /// The id of every row's person: the list's own, else that of a person of the same state with the same name or in
    /// the same seat at the same time with a like name, else a new one.
    fn identify(&self) -> Vec<String> {
        let mut by_name: BTreeMap<(&str, Vec<String>), String> = BTreeMap::new();
        let mut by_country: BTreeMap<&str, Vec<(usize, String)>> = BTreeMap::new();
        let mut ids = vec![String::new(); self.rows.len()];
        let order: Vec<usize> = {
            let mut o: Vec<usize> = (0..self.rows.len()).collect();
            o.sort_by_key(|&i| (self.rows[i].qid.is_none(), std::cmp::Reverse(self.rows[i].rank), i));
            o
        };
        for i in order {
            let r = &self.rows[i];
            let key = (r.country.as_str(), names::tokens(&r.name));
            let id = match &r.qid {
                Some(q) => q.clone(),
                None => by_name.get(&key).cloned().or_else(|| self.alike(r, by_country.get(r.country.as_str()))).unwrap_or_else(
                    || {
                        // A foreigner to the record may still be known by the same full name elsewhere (a minister who
                        // became the head of a body).
                        let elsewhere: BTreeSet<&String> =
                            by_name.iter().filter(|((_, t), _)| t.len() > 1 && *t == key.1).map(|(_, id)| id).collect();
                        match elsewhere.len() {
                            1 if r.rank == 3
                                || matches!(r.country.as_str(), "UNO" | "EUR" | "NAT" | "IGO")
                                || r.name.ends_with("III") =>
                            {
                                elsewhere.first().map(|s| s.to_string()).unwrap_or_default()
                            }
                            _ => names::slug(&r.name),
                        }
                    },
                ),
            };
            by_name.entry(key).or_insert_with(|| id.clone());
            by_country.entry(&r.country).or_default().push((i, id.clone()));
            ids[i] = id;
        }
        ids
    }

    fn alike(&self, r: &Raw, known: Option<&Vec<(usize, String)>>) -> Option<String> {
        let known = known?;
        let seat = known.iter().filter(|(j, _)| {
            let o = &self.rows[*j];
            o.office == r.office
                && near(o, r, 40)
                && names::like(&o.name, &r.name)
                && names::given_agrees(&o.name, &r.name)
                // Two names written by hand are two persons.
                && !(o.rank == 3 && r.rank == 3)
                && (days(first(o).max(Date::constant(1900, 1, 1)), first(r)).abs() < 400 || o.to.is_none())
        });
        let seat: BTreeSet<&String> = seat.map(|(_, id)| id).collect();
        if seat.len() == 1 {
            return seat.first().map(|s| s.to_string());
        }
        let full: BTreeSet<&String> = known
            .iter()
            .filter(|(j, _)| names::contains(&self.rows[*j].name, &r.name) || names::same(&self.rows[*j].name, &r.name))
            .map(|(_, id)| id)
            .collect();
        if full.len() == 1 { full.first().map(|s| s.to_string()) } else { None }
    }

    /// One line a person: the name of the row with the highest rank, hand-written names first.
    fn persons(&self, ids: &[String]) -> (Vec<PersonLine>, BTreeMap<String, String>) {
        let mut best: BTreeMap<&String, &Raw> = BTreeMap::new();
        for (r, id) in self.rows.iter().zip(ids) {
            let score =
                |r: &Raw| (if r.rank == 2 { 0 } else { r.rank }, !matches!(r.country.as_str(), "UNO" | "EUR" | "NAT" | "IGO"));
            best.entry(id)
                .and_modify(|b| {
                    if score(r) > score(b) {
                        *b = r
                    }
                })
                .or_insert(r);
        }
        // The state of the latest holding.
        let mut country: BTreeMap<&String, (Date, &str)> = BTreeMap::new();
        for (r, id) in self.rows.iter().zip(ids) {
            let c = country.entry(id).or_insert((Date::MIN, &r.country));
            if first(r) >= c.0 {
                *c = (first(r), &r.country);
            }
        }
        let lines: Vec<PersonLine> = best
            .iter()
            .map(|(id, r)| PersonLine {
                id: (*id).clone(),
                name: r.name.clone(),
                country: country.get(id).map(|c| c.1.to_owned()).unwrap_or_default(),
                source: r.source.clone(),
            })
            .collect();
        let names = lines.iter().map(|l| (l.id.clone(), l.name.clone())).collect();
        (lines, names)
    }
}

/// Rows of one seat: those that say the same of a person become one; a hand-written row replaces what it overlaps.
fn unite(mut rows: Vec<(String, Raw)>) -> Vec<(String, Raw)> {
    rows.sort_by(|(a, x), (b, y)| a.cmp(b).then(first(x).cmp(&first(y))).then(y.rank.cmp(&x.rank)));
    let by_hand: Vec<(String, Raw)> = rows.iter().filter(|(_, r)| r.rank == 3).cloned().collect();
    let mut out: Vec<(String, Raw)> = Vec::new();
    for (id, r) in rows {
        if r.rank < 3
            && let Some((_, hand)) = by_hand.iter().find(|(i, h)| *i == id && near(h, &r, 60))
        {
            // A list that agrees on the beginning stands behind the hand-written row as well.
            if days(first(hand).max(Date::constant(1900, 1, 1)), first(&r).max(Date::constant(1900, 1, 1))).abs() <= 31
                && let Some((_, o)) = out.iter_mut().find(|(i, o)| *i == id && o.rank == 3 && o.from == hand.from)
                && !o.source.contains(&r.source)
            {
                o.source = format!("{}; {}", r.source, o.source);
                o.trust = r.trust;
            }
            // A newer list only tells that an open hand-written row still holds.
            if hand.to.is_none()
                && r.to.is_none()
                && let Some((_, o)) = out.iter_mut().find(|(i, o)| *i == id && o.rank == 3 && o.from == hand.from)
            {
                o.known_until = o.known_until.clone().max(r.known_until.clone());
            }
            continue;
        }
        match out.iter_mut().rev().find(|(i, o)| *i == id && o.tenure == r.tenure && o.rank < 3 && r.rank < 3 && joins(o, &r)) {
            Some((_, o)) => {
                let open = |x: &Raw| x.to.is_none();
                // An end that one list knows wins over an open end, unless a newer list begins after it.
                o.to = match (o.to, r.to) {
                    (Some(a), Some(b)) => Some(if a.last() >= b.last() { a } else { b }),
                    (Some(a), None) if first(&r) > a.first() || r.rank > o.rank => None,
                    (None, Some(b)) if r.rank >= o.rank => Some(b),
                    (Some(a), None) => Some(a),
                    (None, Some(_)) | (None, None) => None,
                };
                if open(o) {
                    o.known_until = o.known_until.clone().max(r.known_until.clone());
                }
                if !o.source.contains(&r.source) {
                    o.source = format!("{}; {}", o.source, r.source);
                }
                if o.from.is_some_and(|f| !f.is_day())
                    && r.from
                        .is_some_and(|f| f.is_day() && o.from.is_some_and(|g| g.first() <= f.first() && f.last() <= g.last()))
                {
                    o.from = r.from;
                }
            }
            None => out.push((id, r)),
        }
    }
    // A newer list may speak of rows that stand before the hand-written one in the order; extend those as well.
    out
}

/// True where two rows of a person are one holding. A newer list that begins where an older one ends is another term in
/// another system (a prime minister who became president and head of government).
fn joins(o: &Raw, r: &Raw) -> bool {
    near(o, r, 45) && (o.rank == r.rank || o.to.is_none() || first(r) < last(o))
}

/// In a seat for one: an open row that another person's row follows ends there.
fn close(rows: &mut [(String, Raw)]) {
    let starts: Vec<(String, Date, PartialDate, u8)> = rows
        .iter()
        .filter(|(_, r)| r.tenure.is_empty())
        .filter_map(|(id, r)| r.from.map(|f| (id.clone(), f.first(), f, r.rank)))
        .collect();
    let ends: Vec<(String, Date, Date, PartialDate)> =
        rows.iter().filter_map(|(id, r)| r.to.map(|t| (id.clone(), first(r), t.last(), t))).collect();
    for (id, r) in rows.iter_mut().filter(|(_, r)| r.rank < 3) {
        // A newer list counts a president as head of government from the first day in the other office.
        if r.rank == 2 && r.to.is_none() {
            let over =
                ends.iter().filter(|(i, s, e, _)| i != id && *s >= first(r) && *e > first(r)).max_by_key(|(_, _, e, _)| *e);
            if let Some((_, _, _, t)) = over {
                r.from = Some(*t);
                r.trust = 0.6;
            }
        }
        let begin = first(r);
        let next = starts.iter().filter(|(i, s, _, _)| i != id && *s > begin).min_by_key(|(_, s, _, _)| *s);
        match (r.to, next) {
            // A successor long after the list's last day need not be the next one.
            (None, Some((_, s, f, _))) if r.known_until.parse::<Date>().is_ok_and(|k| days(k, *s) < 60) => {
                r.to = Some(*f);
                r.trust = 0.6;
                r.source.push_str(" (end: the next holder)");
            }
            // A hand-written successor corrects an end that reaches far into the successor's time.
            (Some(t), Some((_, s, f, 3))) if days(*s, t.last()) > 45 => {
                r.to = Some(*f);
                r.trust = 0.6;
                r.source.push_str(" (end: the next holder)");
            }
            _ => {}
        }
    }
}
