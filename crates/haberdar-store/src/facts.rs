//! What a filter asks of an event or a quotation, as lines of one text: see `facts.sql`.

use std::collections::BTreeSet;

use haberdar_model::{
    Country, Reading,
    reading::{Mention, Quote},
    record::{MergedEvent, Party},
};
use rusqlite::{
    Connection, OptionalExtension,
    functions::{Context, FunctionFlags},
    params,
    types::ValueRef,
};

use crate::{index::ROWS, turkish::search_key, write::real};

/// The letters of somebody's code, entity and name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Role(char, char, char);

pub(crate) const ACTOR: Role = Role('a', 'A', 'n');
pub(crate) const RECIPIENT: Role = Role('r', 'R', 'm');
pub(crate) const SPEAKER: Role = Role('s', 'S', 't');

impl Role {
    /// The condition that somebody in this role is meant by `who`, both values as SQL: an entity, or a code, or else a part of a name.
    pub(crate) fn means(self, facts: &str, who: &str, key: &str, is_code: bool) -> String {
        let Role(code, entity, name) = self;
        match is_code {
            true => format!("(fact({facts}, '{entity}', {who}) OR fact({facts}, '{code}', {key}))"),
            false => format!("(fact({facts}, '{entity}', {who}) OR fact_part({facts}, '{name}', {key}))"),
        }
    }
}

/// The lines in their order, each once.
#[derive(Default)]
struct Facts(BTreeSet<String>);

impl Facts {
    fn add(&mut self, letter: char, value: &str) {
        self.0.insert(format!("{letter}{}", value.replace('\n', " ")));
    }

    fn somebody(&mut self, role: Role, code: Option<&str>, entity: Option<&str>, name: &str) {
        code.into_iter().for_each(|c| self.add(role.0, c));
        entity.into_iter().for_each(|e| self.add(role.1, e));
        self.add(role.2, &search_key(name));
    }

    fn party(&mut self, role: Role, p: &Party) {
        self.somebody(role, p.country.as_ref().map(Country::as_str), p.entity.as_deref(), &p.name);
    }

    fn mention(&mut self, role: Role, m: Option<&Mention>) {
        m.into_iter()
            .for_each(|m| self.somebody(role, m.stated_country().as_ref().map(Country::as_str), m.entity.as_deref(), &m.name));
    }

    fn text(self) -> String {
        self.0.into_iter().collect::<Vec<_>>().join("\n")
    }
}

/// Of an event.
pub(crate) struct EventFacts {
    pub(crate) facts: String,
    /// The first article that reports it.
    pub(crate) first_known: Option<i64>,
    /// Article, sentence and position of every report whose article is there.
    pub(crate) reports: Vec<(i64, usize, usize)>,
}

impl EventFacts {
    /// The articles and what they say of speakers must be there already.
    pub(crate) fn of(db: &Connection, e: &MergedEvent) -> rusqlite::Result<EventFacts> {
        let mut facts = Facts::default();
        e.actor.iter().for_each(|p| facts.party(ACTOR, p));
        // Without a recipient all who take part are.
        let upon = if e.recipient.is_empty() && e.actor.len() > 1 { &e.actor } else { &e.recipient };
        upon.iter().for_each(|p| facts.party(RECIPIENT, p));
        e.pairs().iter().for_each(|(a, b)| facts.add('d', &format!("{a}:{b}")));
        let mut s = db.prepare_cached(
            "SELECT v.number, v.publisher, v.language, s.name, s.entity, s.country FROM arrivals v \
             LEFT JOIN events x ON x.article = v.article AND x.id = ?2 \
             LEFT JOIN mentions s ON s.article = x.article AND s.id = x.reported_by WHERE v.article = ?1",
        )?;
        let mut reports = Vec::new();
        for (i, r) in e.reports.iter().enumerate() {
            let found = s.query_row([&r.article, &r.event], |row| {
                let text = |i: usize| row.get::<_, Option<String>>(i);
                text(1)?.iter().for_each(|p| facts.add('p', &search_key(p)));
                text(2)?.iter().for_each(|l| facts.add('l', l));
                if let Some(name) = text(3)? {
                    facts.somebody(SPEAKER, text(5)?.as_deref(), text(4)?.as_deref(), &name);
                }
                row.get(0)
            });
            reports.extend(found.optional()?.map(|number| (number, r.sentence, i)));
        }
        let first_known = reports.iter().map(|r| r.0).min();
        Ok(EventFacts { facts: facts.text(), first_known, reports })
    }

    /// The sentences as rows of `row_words`, eight bytes each.
    pub(crate) fn places(&self) -> Vec<u8> {
        let rows: BTreeSet<i64> = self.reports.iter().map(|&(number, sentence, _)| number * ROWS + sentence as i64).collect();
        rows.into_iter().flat_map(i64::to_le_bytes).collect()
    }
}

/// Of a quotation.
pub(crate) fn index_quote(db: &Connection, row: i64, q: &Quote, reading: &Reading) -> rusqlite::Result<()> {
    let mention = |id: &Option<String>| reading.mentions.iter().find(|m| Some(&m.id) == id.as_ref());
    let mut facts = Facts::default();
    facts.mention(SPEAKER, mention(&q.speaker));
    facts.mention(RECIPIENT, mention(&q.addressee));
    for e in reading.events.iter().filter(|e| q.events.contains(&e.id)) {
        facts.add('e', &format!("{} {} {}", e.kind, e.status, real(e.confidence)));
    }
    db.prepare_cached("INSERT INTO arrival_quotes VALUES (?1, ?2)")?.execute(params![row, facts.text()]).map(drop)
}

/// Adds the functions that read facts.
///
/// * `fact(facts, letter, value)`: a line of this letter has this value.
/// * `fact_part(facts, letter, part)`: a line of this letter has this part.
/// * `fact_event(facts, type, status, confidence)`: there is an event of this type and status and at least so much confidence, each of
///   which may be left open with NULL.
pub(crate) fn add_functions(db: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    db.create_scalar_function("fact", 3, flags, |ctx| {
        let value = bytes(ctx, 2);
        Ok(lines(ctx).any(|line| Some(line) == value))
    })?;
    db.create_scalar_function("fact_part", 3, flags, |ctx| {
        let Some(part) = bytes(ctx, 2) else { return Ok(false) };
        Ok(part.is_empty() && lines(ctx).next().is_some()
            || lines(ctx).any(|line| line.windows(part.len().max(1)).any(|w| w == part)))
    })?;
    db.create_scalar_function("any_place", 2, flags, |ctx| match (ctx.get_raw(0), ctx.get_raw(1)) {
        (ValueRef::Blob(places), ValueRef::Blob(found)) => {
            let found = found.as_chunks::<8>().0;
            Ok(eights(places).any(|p| found.binary_search_by(|x| i64::from_le_bytes(*x).cmp(&p)).is_ok()))
        }
        _ => Ok(false),
    })?;
    db.create_scalar_function("fact_event", 4, flags, |ctx| {
        let least = match ctx.get_raw(3) {
            ValueRef::Real(x) => Some(x),
            ValueRef::Integer(n) => Some(n as f64),
            _ => None,
        };
        let facts = bytes(ctx, 0).unwrap_or_default();
        Ok(facts.split(|b| *b == b'\n').filter_map(|l| l.strip_prefix(b"e")).any(|line| {
            let mut words = line.split(|b| *b == b' ');
            let mut same = |i: usize| {
                let word = words.next();
                bytes(ctx, i).is_none_or(|wanted| word == Some(wanted))
            };
            let fits = same(1) & same(2);
            let mut confidence = || words.next().and_then(|w| std::str::from_utf8(w).ok()?.parse::<f64>().ok());
            fits && least.is_none_or(|least| confidence().is_some_and(|c| c >= least))
        }))
    })
}

/// Numbers of eight bytes each.
pub(crate) fn eights(bytes: &[u8]) -> impl DoubleEndedIterator<Item = i64> {
    bytes.as_chunks::<8>().0.iter().map(|c| i64::from_le_bytes(*c))
}

fn bytes<'a>(ctx: &'a Context<'_>, i: usize) -> Option<&'a [u8]> {
    match ctx.get_raw(i) {
        ValueRef::Text(t) => Some(t),
        _ => None,
    }
}

/// The values of the lines that begin with the letter of the second argument.
fn lines<'a>(ctx: &'a Context<'_>) -> impl Iterator<Item = &'a [u8]> {
    let letter = bytes(ctx, 1).and_then(<[u8]>::first).copied();
    let facts = bytes(ctx, 0).unwrap_or_default();
    facts.split(|b| *b == b'\n').filter(move |l| letter.is_some() && l.first().copied() == letter).map(|l| &l[1..])
}
