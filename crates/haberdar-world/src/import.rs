//! The user's own holders of offices: CSV with our columns, or a Wikidata query's result in CSV or JSON as it is.
//!
//! Our columns are `country, office, person, from, to` and, where wanted, `person_id`, `aliases` (separated by `|`),
//! `country_name` of the person, `source`. `country` is a code or a name, `office` an id or a title. Of a query's result
//! the columns `person`/`item`/`holder`, `position`/`office`, `country`, `start`/`from`, `end`/`to` are read, with their
//! `…Label` columns. Imported rows win over the shipped ones of the same office and time; a file with a single fault is
//! refused as a whole.

use std::collections::BTreeMap;

use haberdar_model::{Country, DateInterval, Language, PartialDate};
use rustc_hash::FxHashMap;

use crate::{
    check::shared,
    fold::fold_name,
    gazetteer::HitKind,
    holding::{GRACE_DAYS, Holding},
    person::Person,
    world::World,
};

/// A fault in an imported file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct ImportFault {
    /// Line, from 1; of JSON the number of the row, from 1.
    pub line: usize,
    /// What is wrong, and what would be right.
    pub fault: String,
}

/// Rows that were read from the user's file and found sound.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    pub(crate) persons: Vec<Person>,
    pub(crate) holdings: Vec<Holding>,
}

impl Imported {
    /// The number of holdings.
    pub fn len(&self) -> usize {
        self.holdings.len()
    }

    /// True where there are none.
    pub fn is_empty(&self) -> bool {
        self.holdings.is_empty()
    }
}

/// Keeps text for as long as the program runs: tables are imported once.
fn keep(s: &str) -> &'static str {
    Box::leak(s.to_owned().into_boxed_str())
}

/// A row as column -> value.
struct Record {
    line: usize,
    fields: FxHashMap<String, String>,
}

impl Record {
    /// The first of the columns that is there and filled.
    fn get(&self, columns: &[&str]) -> &str {
        columns.iter().find_map(|c| self.fields.get(*c).map(|s| s.trim()).filter(|s| !s.is_empty())).unwrap_or_default()
    }
}

/// Splits CSV (comma, semicolon or tab, quotes doubled inside quotes) into rows with the lines that they begin on.
fn csv(text: &str) -> Vec<(usize, Vec<String>)> {
    let first = text.lines().next().unwrap_or_default();
    let separator = ['\t', ';', ','].into_iter().max_by_key(|c| first.matches(*c).count()).unwrap_or(',');
    let (mut rows, mut row, mut field) = (Vec::new(), Vec::new(), String::new());
    let (mut quoted, mut line, mut start) = (false, 1, 1);
    let mut chars = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' if quoted || field.is_empty() => quoted = !quoted,
            c if c == separator && !quoted => row.push(std::mem::take(&mut field)),
            '\n' => {
                line += 1;
                if quoted {
                    field.push(' ');
                } else {
                    row.push(std::mem::take(&mut field).trim_end_matches('\r').to_owned());
                    rows.push((start, std::mem::take(&mut row)));
                    start = line;
                }
            }
            c => field.push(c),
        }
    }
    if !field.is_empty() || !row.is_empty() {
        row.push(field);
        rows.push((start, row));
    }
    rows.retain(|(_, r)| r.iter().any(|f| !f.trim().is_empty()));
    rows
}

/// The rows, and the faults of those that are none; an error where the file as a whole cannot be read.
fn records(text: &str) -> Result<(Vec<Record>, Vec<ImportFault>), ImportFault> {
    if text.trim_start().starts_with(['{', '[']) {
        return json(text).map(|rows| (rows, Vec::new()));
    }
    let mut rows = csv(text).into_iter();
    let Some((_, header)) = rows.next() else {
        return Err(ImportFault { line: 1, fault: "the file is empty: it needs a header line and rows".to_owned() });
    };
    let header: Vec<String> = header.iter().map(|h| h.trim().trim_start_matches('?').to_lowercase()).collect();
    let known = ["country", "office", "position", "person", "item", "holder", "positionlabel", "personlabel"];
    if !header.iter().any(|h| known.contains(&h.as_str())) {
        let fault = format!("none of the columns {header:?} is known: use country, office, person, from, to");
        return Err(ImportFault { line: 1, fault });
    }
    let (mut out, mut faults) = (Vec::new(), Vec::new());
    for (line, row) in rows {
        if row.len() == header.len() {
            out.push(Record { line, fields: header.iter().cloned().zip(row).collect() });
        } else {
            faults.push(ImportFault { line, fault: format!("{} fields where the header has {}", row.len(), header.len()) });
        }
    }
    Ok((out, faults))
}

/// SPARQL results in JSON, or a plain array of objects as the query service saves it.
fn json(text: &str) -> Result<Vec<Record>, ImportFault> {
    let bad = |e: serde_json::Error| ImportFault { line: e.line(), fault: format!("no valid JSON: {e}") };
    let value: serde_json::Value = serde_json::from_str(text).map_err(bad)?;
    let rows = value.pointer("/results/bindings").unwrap_or(&value).as_array().cloned().unwrap_or_default();
    let text = |v: &serde_json::Value| v.get("value").unwrap_or(v).as_str().unwrap_or_default().to_owned();
    let row = |(i, r): (usize, serde_json::Value)| Record {
        line: i + 1,
        fields: r.as_object().into_iter().flatten().map(|(k, v)| (k.to_lowercase(), text(v))).collect(),
    };
    Ok(rows.into_iter().enumerate().map(row).collect())
}

/// `http://www.wikidata.org/entity/Q42` -> `Q42`.
fn local_id(s: &str) -> &str {
    s.rsplit('/').next().unwrap_or(s)
}

fn is_q(s: &str) -> bool {
    s.len() > 1 && s.starts_with('Q') && s[1..].bytes().all(|b| b.is_ascii_digit())
}

fn date(s: &str) -> Result<Option<PartialDate>, String> {
    if s.is_empty() || s.starts_with("t") && s[1..].bytes().all(|b| b.is_ascii_digit()) || s.contains("well-known/genid") {
        return Ok(None);
    }
    s.trim_start_matches('+').parse().map(Some).map_err(|e: haberdar_model::time::BadDate| e.to_string())
}

impl World {
    /// Reads the user's holders of offices. Every fault is named with its line; with one fault nothing is taken.
    pub fn read_import(&self, text: &str) -> Result<Imported, Vec<ImportFault>> {
        let (records, mut faults) = records(text).map_err(|f| vec![f])?;
        let mut out = Imported::default();
        let mut lines = Vec::new();
        let mut names: FxHashMap<String, String> = FxHashMap::default();
        for r in &records {
            match self.import_row(r, &mut out, &mut names) {
                Ok(()) => lines.push(r.line),
                Err(fault) => faults.push(ImportFault { line: r.line, fault }),
            }
        }
        if faults.is_empty() {
            faults = overlaps(&out.holdings, &lines);
        }
        faults.sort_by(|a, b| (a.line, &a.fault).cmp(&(b.line, &b.fault)));
        if faults.is_empty() { Ok(out) } else { Err(faults) }
    }

    fn import_row(&self, r: &Record, out: &mut Imported, names: &mut FxHashMap<String, String>) -> Result<(), String> {
        let title = r.get(&["officelabel", "positionlabel", "office", "position"]);
        let (office, titled) = self.office_of(title).ok_or_else(|| {
            format!(
                "{title:?} is no office: use an id such as foreign_minister, or a title such as \"Minister of Foreign Affairs\""
            )
        })?;
        let state = r.get(&["countrylabel", "country"]);
        let country = match self.country_of(state).or(titled) {
            Some(c) => c,
            None => return Err(format!("{state:?} is no country: use a code such as TUR, or a name")),
        };
        let label = r.get(&["personlabel", "itemlabel", "holderlabel", "person", "item", "holder", "name"]);
        let id = local_id(r.get(&["person_id", "person", "item", "holder"]));
        if label.is_empty() || is_q(local_id(label)) {
            return Err("no name of a person: give the column person, or personLabel".to_owned());
        }
        let known = || {
            self.find_person(label)
                .into_iter()
                .find(|m| m.score >= 0.99 && m.person.country == Some(country))
                .map(|m| m.person.id)
        };
        let id = if is_q(id) || !r.get(&["person_id"]).is_empty() {
            id.to_owned()
        } else {
            known().map_or_else(|| format!("u:{}", slug(label)), str::to_owned)
        };
        if let Some(other) = names.insert(id.clone(), label.to_owned())
            && fold_name(&other) != fold_name(label)
        {
            return Err(format!("the id {id} stands for {other:?} as well as for {label:?}"));
        }
        let from = date(r.get(&["from", "start", "starttime", "start_date"]))?;
        let to = date(r.get(&["to", "end", "endtime", "end_date"]))?;
        if from.is_none() && to.is_none() {
            return Err("no date: a holding needs its first or its last day".to_owned());
        }
        if let (Some(f), Some(t)) = (from, to)
            && t.last() < f.first()
        {
            return Err(format!("it ends on {t}, before it begins on {f}"));
        }
        let id = keep(&id);
        if self.person(id).is_none() && !out.persons.iter().any(|p| p.id == id) {
            let aliases = keep(r.get(&["aliases"])).split('|').map(str::trim).filter(|a| !a.is_empty()).collect();
            out.persons.push(Person { id, name: keep(label), name_tr: None, country: Some(country), aliases, short: Vec::new() });
        }
        let source = r.get(&["source"]);
        let source = keep(&if source.is_empty() { "user".to_owned() } else { format!("user: {source}") });
        out.holdings.push(Holding { country, office, person: id, from, to, known_until: None, tenure: "", source, trust: 1.0 });
        Ok(())
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

    fn country_of(&self, name: &str) -> Option<Country> {
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

    /// The holdings as CSV with the columns that [`World::read_import`] reads, in a fixed order.
    pub fn export_holders(&self, out: &mut impl std::io::Write) -> std::io::Result<()> {
        writeln!(out, "country,office,person_id,person,from,to,known_until,source,trust")?;
        let quoted =
            |s: &str| if s.contains([',', '"', '\n']) { format!("\"{}\"", s.replace('"', "\"\"")) } else { s.to_owned() };
        for h in &self.holdings {
            let day = |d: Option<PartialDate>| d.map(|d| d.to_string()).unwrap_or_default();
            let known = h.known_until.map(|d| d.to_string()).unwrap_or_default();
            let name = self.person(h.person).map_or(h.person, |p| p.name);
            let (from, to) = (day(h.from), day(h.to));
            let (person, name, source) = (quoted(h.person), quoted(name), quoted(h.source));
            writeln!(out, "{},{},{person},{name},{from},{to},{known},{source},{}", h.country, h.office, h.trust)?;
        }
        Ok(())
    }

    /// The shipped tables with the user's rows, which win: a shipped holding of the same office that meets one of theirs
    /// is left out.
    pub fn with_import(imported: Imported) -> World {
        let mut base = World::load().expect("the tables that are built in are sound");
        let seats: FxHashMap<(Country, &str), Vec<DateInterval>> =
            imported.holdings.iter().fold(FxHashMap::default(), |mut m, h| {
                m.entry((h.country, h.office)).or_insert_with(Vec::new).push(h.span());
                m
            });
        base.holdings.retain(|h| {
            let theirs = seats.get(&(h.country, h.office));
            !theirs.is_some_and(|spans| !shared(h.office) && spans.iter().any(|s| overlap(*s, h.span()) > GRACE_DAYS))
        });
        base.holdings.extend(imported.holdings);
        base.persons.extend(imported.persons);
        base.rebuild()
    }
}

/// Days that two intervals have in common; open ends reach far.
fn overlap(a: DateInterval, b: DateInterval) -> i32 {
    let from = a.from.max(b.from).unwrap_or(jiff::civil::Date::constant(1900, 1, 1));
    let far = jiff::civil::Date::constant(2100, 1, 1);
    let to = a.to.unwrap_or(far).min(b.to.unwrap_or(far));
    (to - from).get_days()
}

/// Two persons of the file in one seat at one time.
fn overlaps(rows: &[Holding], lines: &[usize]) -> Vec<ImportFault> {
    let mut seats: BTreeMap<(Country, &str), Vec<usize>> = BTreeMap::new();
    for (i, h) in rows.iter().enumerate().filter(|(_, h)| !shared(h.office)) {
        seats.entry((h.country, h.office)).or_default().push(i);
    }
    let mut out = Vec::new();
    for seat in seats.values() {
        for (n, &i) in seat.iter().enumerate() {
            for &j in &seat[n + 1..] {
                let (a, b) = (&rows[i], &rows[j]);
                if overlap(a.span(), b.span()) > GRACE_DAYS {
                    let what = if a.person == b.person { "the same person twice" } else { "two persons" };
                    let fault = format!("{what} in {} of {} at one time, here and in line {}", a.office, a.country, lines[i]);
                    out.push(ImportFault { line: lines[j], fault });
                }
            }
        }
    }
    out
}

fn slug(name: &str) -> String {
    crate::sound::words(name).join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<(usize, String)> {
        World::shipped().read_import(text).expect_err("faults").into_iter().map(|f| (f.line, f.fault)).collect()
    }

    #[test]
    fn their_rows_win() {
        let csv = "country,office,person,from,to\nPRK,foreign_minister,Jane Doe,2023-01-01,2023-06-30\nNarnia Republic,x,y,z,\n";
        assert_eq!(faults(csv).len(), 1);
        let csv = "country,office,person,from,to\nKuzey Kore,Dışişleri Bakanı,Jane Doe,2023-01-01,2023-06-30\n";
        let world = World::with_import(World::shipped().read_import(csv).expect("sound"));
        let answer = world.who("Kuzey Kore Dışişleri Bakanı", "2023-03-01".parse().ok());
        assert_eq!(answer.rows.iter().map(|r| r.person.name).collect::<Vec<_>>(), ["Jane Doe"]);
        assert_eq!(world.who("Rusya Dışişleri Bakanı", "2023-03-01".parse().ok()).rows.len(), 1);
        assert_eq!(world.find_person("Jane Doe").len(), 1);
    }

    #[test]
    fn a_query_result_is_read() {
        let csv = "item,itemLabel,position,positionLabel,start,end\n\
                   http://www.wikidata.org/entity/Q1234567,\"Doe, John\",http://www.wikidata.org/entity/Q1,Minister of Foreign Affairs of Fiji,2001-02-03T00:00:00Z,\n";
        let got = World::shipped().read_import(csv).expect("sound");
        assert_eq!(
            (got.holdings[0].person, got.holdings[0].office, got.holdings[0].country.as_str()),
            ("Q1234567", "foreign_minister", "FJI")
        );
        let json = r#"{"results":{"bindings":[{"person":{"type":"uri","value":"http://www.wikidata.org/entity/Q7654321"},
            "personLabel":{"value":"Ann Lee"},"positionLabel":{"value":"Prime Minister"},"countryLabel":{"value":"Fiji"},"start":{"value":"2011"}}]}}"#;
        assert_eq!(World::shipped().read_import(json).expect("sound").len(), 1);
    }

    #[test]
    fn an_export_has_a_line_a_holding() {
        let mut out = Vec::new();
        World::shipped().export_holders(&mut out).expect("written");
        let text = String::from_utf8(out).expect("UTF-8");
        assert_eq!(text.lines().count(), World::shipped().holdings.len() + 1);
        assert_eq!(csv(&text).iter().filter(|(_, r)| r.len() != 9).count(), 0);
    }

    #[test]
    fn every_fault_is_named() {
        let got = faults(
            "country,office,person,from,to\nTUR,foreign_minister,A B,2020-13-01,\nTUR,juggler,A B,2020,\nTUR,foreign_minister,C D,2021,2020\nTUR,foreign_minister,E F\n",
        );
        assert_eq!(got.iter().map(|f| f.0).collect::<Vec<_>>(), [2, 3, 4, 5]);
        let got = faults(
            "country,office,person,from,to\nTUR,foreign_minister,A B,2020-13-01,\nTUR,juggler,A B,2020,\nTUR,foreign_minister,C D,2021,2020\n",
        );
        assert_eq!(got.iter().map(|f| f.0).collect::<Vec<_>>(), [2, 3, 4]);
        let got =
            faults("country,office,person,from,to\nTUR,foreign_minister,A B,2020,2022\nTUR,foreign_minister,C D,2021,2023\n");
        assert_eq!(got[0].0, 3);
        assert_eq!(faults("a,b\n1,2\n")[0].0, 1);
        assert_eq!(faults("")[0].0, 1);
        assert_eq!(faults("{\"x\":")[0].0, 1);
        let got = faults("country,office,person_id,person,from,to\nTUR,mayor,Q5,A B,2020,\nTUR,mayor,Q5,C D,2021,\n");
        assert!(got[0].1.contains("Q5"), "{got:?}");
    }
}
