//! The user's own holders of offices: CSV with our columns, or a Wikidata query's result in CSV or JSON as it is.
//!
//! Our columns are `country, office, person, from, to` and, where wanted, `person_id`, `aliases` (separated by `|`),
//! `known_until`, `tenure`, `source`, `trust`. `country` is a code or a name, `office` an id or a title. Of a query's result
//! the columns `person`/`item`/`holder`, `position`/`office`, `country`, `start`/`from`, `end`/`to` are read, with their
//! `…Label` columns. A file with a single fault is refused as a whole; of a query's result, which asks the world and not us,
//! rows without a date or of an office that we do not keep are left out.

use std::collections::BTreeMap;

use haberdar_model::{Country, Language, PartialDate};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    check::shared,
    fold::fold_name,
    gazetteer::HitKind,
    holding::{GRACE_DAYS, Holding},
    named::Named,
    own::overlap,
    person::Person,
    records::{self, COUNTRY, FROM, OFFICE, PERSON, PERSON_ID, Record, TO},
    world::World,
};

/// A fault in an imported file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct ImportFault {
    /// Line, from 1, on which the row begins.
    pub line: usize,
    /// What is wrong, and what would be right.
    pub fault: String,
}

/// Rows that were read from the user's file and found sound.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    pub(crate) persons: Vec<Person>,
    pub(crate) holdings: Vec<Holding>,
    /// The line of each holding.
    pub(crate) lines: Vec<usize>,
    /// Organisations and places.
    pub(crate) named: Vec<Named>,
    /// The number of rows that are as they are built in, and left out therefore.
    pub built_in: usize,
    /// Rows of a query's result that were left out, and why.
    pub left_out: Vec<ImportFault>,
}

impl Imported {
    /// The number of holdings.
    pub fn len(&self) -> usize {
        self.holdings.len()
    }

    /// The number of organisations and places.
    pub fn named(&self) -> usize {
        self.named.len()
    }

    /// True where there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.holdings.is_empty() && self.named.is_empty()
    }
}

/// Keeps text for as long as the program runs: tables are imported once.
pub(crate) fn keep(s: &str) -> &'static str {
    Box::leak(s.to_owned().into_boxed_str())
}

/// `http://www.wikidata.org/entity/Q42` -> `Q42`.
fn local_id(s: &str) -> &str {
    s.rsplit('/').next().unwrap_or(s)
}

fn is_q(s: &str) -> bool {
    s.len() > 1 && s.starts_with('Q') && s[1..].bytes().all(|b| b.is_ascii_digit())
}

/// The source of a query's result, which knows many a date to the year alone.
pub(crate) const WIKIDATA: &str = "wikidata";

/// What stands before the source of a user's row.
pub(crate) const USER: &str = "user: ";

fn date(s: &str) -> Result<Option<PartialDate>, String> {
    // Wikidata's "some value" has no day.
    if s.is_empty() || s.starts_with("t") && s[1..].bytes().all(|b| b.is_ascii_digit()) || s.contains("well-known/genid") {
        return Ok(None);
    }
    s.trim_start_matches('+').parse().map(Some).map_err(|e: haberdar_model::time::BadDate| e.to_string())
}

/// A holding as far as two rows can be the same.
type Same = (Country, &'static str, &'static str, Option<PartialDate>, Option<PartialDate>);

/// What became of a row.
enum Row {
    Sound(Holding, Option<Person>),
    /// No matter of ours.
    LeftOut(String),
}

impl World {
    /// Reads the user's holders of offices, or their organisations and places. Every fault is named with its line; with one
    /// fault nothing is taken.
    pub fn read_import(&self, text: &str) -> Result<Imported, Vec<ImportFault>> {
        let file = records::read(text).map_err(|f| vec![f])?;
        if file.named {
            return self.read_named(file);
        }
        let mut faults = file.faults;
        let mut out = Imported::default();
        let mut names: FxHashMap<String, String> = FxHashMap::default();
        let mut persons: FxHashSet<&str> = FxHashSet::default();
        let mut seen: FxHashSet<Same> = FxHashSet::default();
        for r in &file.rows {
            match self.import_row(r, file.query, &mut names) {
                // A query repeats a row for each of its labels.
                Ok(Row::Sound(h, _)) if file.query && !seen.insert((h.country, h.office, h.person, h.from, h.to)) => {}
                // What an export gives back says nothing new, and leaves it to the sources to disagree.
                Ok(Row::Sound(h, _)) if self.is_built_in(&h) => out.built_in += 1,
                Ok(Row::Sound(h, person)) => {
                    out.persons.extend(person.filter(|p| persons.insert(p.id)));
                    out.holdings.push(h);
                    out.lines.push(r.line);
                }
                Ok(Row::LeftOut(fault)) => out.left_out.push(ImportFault { line: r.line, fault }),
                Err(of_row) => faults.extend(of_row.into_iter().map(|fault| ImportFault { line: r.line, fault })),
            }
        }
        faults.extend(overlaps(&out));
        faults.sort_by(|a, b| (a.line, &a.fault).cmp(&(b.line, &b.fault)));
        if faults.is_empty() { Ok(out) } else { Err(faults) }
    }

    fn import_row(&self, r: &Record, query: bool, names: &mut FxHashMap<String, String>) -> Result<Row, Vec<String>> {
        let mut faults = Vec::new();
        let title = r.get(OFFICE);
        let office = self.office_of(title);
        if office.is_none() {
            let fault = format!(
                "{title:?} is no office: use an id such as foreign_minister, or a title such as \"Minister of Foreign Affairs\""
            );
            if query {
                return Ok(Row::LeftOut(fault));
            }
            faults.push(fault);
        }
        let state = r.get(COUNTRY);
        let country = self.country_of(state).or(office.and_then(|o| o.1));
        if country.is_none() && (office.is_some() || !state.is_empty()) {
            faults.push(format!("{state:?} is no country: use a code such as TUR, or a name"));
        }
        let label = r.get(PERSON);
        if label.is_empty() || is_q(local_id(label)) {
            faults.push("no name of a person: give the column person, or personLabel".to_owned());
        }
        let mut day = |columns: &[&str]| date(r.get(columns)).map_err(|e| faults.push(e)).ok().flatten();
        let (from, to, known) = (day(FROM), day(TO), day(&["known_until"]));
        if let (Some(f), Some(t)) = (from, to)
            && t.last() < f.first()
        {
            faults.push(format!("it ends on {t}, before it begins on {f}"));
        }
        if from.is_none() && to.is_none() && faults.is_empty() {
            let fault = "no date: a holding needs its first or its last day".to_owned();
            if query {
                return Ok(Row::LeftOut(fault));
            }
            faults.push(fault);
        }
        let tenure = match r.get(&["tenure"]) {
            "" => "",
            "acting" => "acting",
            "rival" => "rival",
            other => {
                faults.push(format!("the tenure {other:?} is not known: leave it empty, or use acting or rival"));
                ""
            }
        };
        let trust = match r.get(&["trust"]) {
            "" => Some(1.0),
            s => s.parse::<f32>().ok().filter(|t| (0.0..=1.0).contains(t)),
        };
        if trust.is_none() {
            faults.push(format!("the trust {:?} is no number from 0 to 1", r.get(&["trust"])));
        }
        let (Some((office, _)), Some(country), Some(trust)) = (office, country, trust) else { return Err(faults) };
        let id = self.person_id(r, label, country);
        if let Some(other) = names.get(&id)
            && fold_name(other) != fold_name(label)
        {
            faults.push(format!("the id {id} stands for {other:?} as well as for {label:?}"));
        }
        names.entry(id.clone()).or_insert_with(|| label.to_owned());
        if !faults.is_empty() {
            return Err(faults);
        }
        let id = keep(&id);
        let person = self.person(id).is_none().then(|| {
            let aliases = keep(r.get(&["aliases"])).split('|').map(str::trim).filter(|a| !a.is_empty()).collect();
            Person { id, name: keep(label), name_tr: None, country: Some(country), aliases, short: Vec::new() }
        });
        let source = Some(r.get(&["source"])).filter(|s| !query || !s.is_empty()).unwrap_or(WIKIDATA);
        let source =
            if matches!(source, "" | "user") { "user".to_owned() } else { format!("{USER}{}", source.trim_start_matches(USER)) };
        let known_until = known.map(PartialDate::last);
        let holding = Holding { country, office, person: id, from, to, known_until, tenure, source: keep(&source), trust };
        Ok(Row::Sound(holding, person))
    }

    /// The id that the row gives; that of a person of the state whom the tables know by the name; else one of its own.
    fn person_id(&self, r: &Record, label: &str, country: Country) -> String {
        let id = local_id(r.get(PERSON_ID));
        if is_q(id) || !r.get(&["person_id"]).is_empty() {
            return id.to_owned();
        }
        let found = self.find_person(label).into_iter().find(|m| m.score >= 0.99 && m.person.country == Some(country));
        found.map_or_else(|| format!("u:{}", crate::sound::words(label).join("-")), |m| m.person.id.to_owned())
    }

    /// The office that an id or a title names, and the state that the title names besides.
    fn office_of(&self, title: &str) -> Option<(&'static str, Option<Country>)> {
        if let Some(o) = self.office(title) {
            return Some((o.record_id(), o.body));
        }
        for lang in [Language::En, Language::Tr] {
            let hits = self.scan(title, lang);
            let office = hits.iter().filter(|h| h.kind == HitKind::Office).max_by_key(|h| h.end - h.start);
            if let Some(h) = office {
                let state = hits.iter().find(|h| matches!(h.kind, HitKind::Country { .. })).and_then(|h| h.country);
                return self.office(h.entity).map(|o| (o.record_id(), h.country.or(state)));
            }
        }
        None
    }

    pub(crate) fn country_of(&self, name: &str) -> Option<Country> {
        let code = name.parse().ok().filter(|c| self.country(*c).is_some());
        let named = || {
            let key = fold_name(name.trim_start_matches("the "));
            let is = |n: &&str| fold_name(n.trim_start_matches("the ")) == key;
            let row = self
                .countries
                .iter()
                .find(|c| [c.name_en, c.name_tr].iter().any(&is) || c.alt_en.iter().any(&is) || c.alt_tr.iter().any(&is));
            row.map(|c| c.code)
        };
        code.or_else(|| (!name.is_empty()).then(named).flatten())
    }
}

/// Two persons of the file in one seat at one time, or one person there twice.
fn overlaps(file: &Imported) -> Vec<ImportFault> {
    let mut seats: BTreeMap<(Country, &str), Vec<usize>> = BTreeMap::new();
    for (i, h) in file.holdings.iter().enumerate().filter(|(_, h)| !shared(h.office) && !h.is_rival()) {
        seats.entry((h.country, h.office)).or_default().push(i);
    }
    let mut out = Vec::new();
    for seat in seats.values() {
        for (n, &i) in seat.iter().enumerate() {
            for &j in &seat[n + 1..] {
                let (a, b) = (&file.holdings[i], &file.holdings[j]);
                if a.tenure == b.tenure && overlap(a.span(), b.span()) > GRACE_DAYS {
                    let what = if a.person == b.person { "the same person twice" } else { "two persons" };
                    let other = file.lines[i];
                    let fault = format!("{what} in {} of {} at one time, here and in line {other}", a.office, a.country);
                    out.push(ImportFault { line: file.lines[j], fault });
                }
            }
        }
    }
    out
}
