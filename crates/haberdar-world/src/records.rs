//! A user's file in rows: CSV in any common dialect, or the JSON of a SPARQL query's result.

use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::{import::ImportFault, named};

/// The columns of a holding, with the names that query results give them.
pub(crate) const PERSON: &[&str] = &["personlabel", "itemlabel", "holderlabel", "person", "item", "holder", "name"];
pub(crate) const PERSON_ID: &[&str] = &["person_id", "person", "item", "holder"];
pub(crate) const OFFICE: &[&str] = &["officelabel", "positionlabel", "office", "position"];
pub(crate) const COUNTRY: &[&str] = &["countrylabel", "country"];
pub(crate) const FROM: &[&str] = &["from", "start", "starttime", "start_date"];
pub(crate) const TO: &[&str] = &["to", "end", "endtime", "end_date"];
/// Columns of our own files alone.
const MORE: &[&str] = &["aliases", "known_until", "tenure", "source", "trust"];

/// A row as column -> value.
pub(crate) struct Record {
    pub(crate) line: usize,
    fields: FxHashMap<String, String>,
}

impl Record {
    /// The first of the columns that is there and filled.
    pub(crate) fn get(&self, columns: &[&str]) -> &str {
        columns.iter().find_map(|c| self.fields.get(*c).map(|s| s.trim()).filter(|s| !s.is_empty())).unwrap_or_default()
    }
}

/// A file in rows.
pub(crate) struct Records {
    pub(crate) rows: Vec<Record>,
    /// The rows that are none.
    pub(crate) faults: Vec<ImportFault>,
    /// The result of a query, not a file of our own columns: what we do not know in it is no mistake.
    pub(crate) query: bool,
    /// Organisations and places, not holders of offices.
    pub(crate) named: bool,
}

/// The rows of a file; an error where the file as a whole cannot be read.
pub(crate) fn read(text: &str) -> Result<Records, ImportFault> {
    let text = text.trim_start_matches('\u{feff}');
    let records = if text.trim_start().starts_with(['{', '[']) { json(text)? } else { table(text)? };
    Ok(records)
}

/// Splits CSV (comma, semicolon or tab, quotes doubled inside quotes) into rows with the lines that they begin on.
pub(crate) fn csv(text: &str) -> Vec<(usize, Vec<String>)> {
    let first = text.lines().next().unwrap_or_default();
    let separator = ['\t', ';', ','].into_iter().max_by_key(|c| first.matches(*c).count()).unwrap_or(',');
    let (mut rows, mut row, mut field) = (Vec::new(), Vec::new(), String::new());
    let (mut quoted, mut line, mut start) = (false, 1, 1);
    let mut chars = text.chars().peekable();
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

fn is_named(header: &[String]) -> bool {
    header.iter().any(|h| h == "names_en" || h == "names_tr")
}

/// Faults of the header as a whole: a column that every row needs is missing, or one is not known.
fn header_fault(header: &[String], query: bool) -> Option<String> {
    let mut faults = Vec::new();
    for (i, h) in header.iter().enumerate() {
        if header[..i].contains(h) {
            faults.push(format!("the column {h:?} stands twice"));
        }
    }
    let columns = if is_named(header) {
        if !header.iter().any(|h| h == "kind") {
            faults.push("the column kind is missing".to_owned());
        }
        let strange = header.iter().filter(|h| !named::COLUMNS.contains(&h.as_str()));
        faults.extend(strange.map(|h| format!("the column {h:?} is not known")));
        "kind, names_en, names_tr and, where wanted, id, country, sector, source"
    } else {
        faults.extend(holder_faults(header, query));
        "country, office, person, from, to and, where wanted, person_id, aliases, known_until, tenure, source, trust"
    };
    (!faults.is_empty()).then(|| format!("{}; the columns are {columns}", faults.join(", ")))
}

fn holder_faults(header: &[String], query: bool) -> Vec<String> {
    let has = |names: &[&str]| header.iter().any(|h| names.contains(&h.as_str()));
    let mut faults = Vec::new();
    for (name, names) in [("office", OFFICE), ("person", PERSON), ("from or to", &[FROM, TO].concat())] {
        if !has(names) {
            faults.push(format!("the column {name} is missing"));
        }
    }
    if !query {
        let known = [PERSON, PERSON_ID, OFFICE, COUNTRY, FROM, TO, MORE].concat();
        let strange = header.iter().filter(|h| !known.contains(&h.as_str()));
        faults.extend(strange.map(|h| format!("the column {h:?} is not known")));
    }
    faults
}

fn is_query(header: &[String]) -> bool {
    header.iter().any(|h| h.ends_with("label"))
}

fn table(text: &str) -> Result<Records, ImportFault> {
    let mut rows = csv(text).into_iter();
    let Some((line, header)) = rows.next() else {
        return Err(ImportFault { line: 1, fault: "the file is empty: it needs a header line and rows".to_owned() });
    };
    let header: Vec<String> = header.iter().map(|h| h.trim().trim_start_matches('?').to_lowercase()).collect();
    let (query, named) = (is_query(&header), is_named(&header));
    if let Some(fault) = header_fault(&header, query) {
        return Err(ImportFault { line, fault });
    }
    let (mut out, mut faults) = (Vec::new(), Vec::new());
    for (line, row) in rows {
        if row.len() == header.len() {
            out.push(Record { line, fields: header.iter().cloned().zip(row).collect() });
        } else {
            faults.push(ImportFault { line, fault: format!("{} fields where the header has {}", row.len(), header.len()) });
        }
    }
    Ok(Records { rows: out, faults, query, named })
}

#[derive(Deserialize)]
struct Results<'a> {
    #[serde(borrow)]
    results: Bindings<'a>,
}

#[derive(Deserialize)]
struct Bindings<'a> {
    #[serde(borrow)]
    bindings: Vec<&'a RawValue>,
}

/// SPARQL results in JSON, or a plain array of objects as the query service saves it.
fn json(text: &str) -> Result<Records, ImportFault> {
    let bad = |e: serde_json::Error| ImportFault { line: e.line().max(1), fault: format!("no valid result in JSON: {e}") };
    let raw: Vec<&RawValue> = if text.trim_start().starts_with('[') {
        serde_json::from_str(text).map_err(bad)?
    } else {
        serde_json::from_str::<Results<'_>>(text).map_err(bad)?.results.bindings
    };
    let mut out = Records { rows: Vec::new(), faults: Vec::new(), query: false, named: false };
    let value = |v: &serde_json::Value| v.get("value").unwrap_or(v).as_str().unwrap_or_default().to_owned();
    // Rows are slices of the text, in its order: their places give the lines.
    let (mut line, mut counted) = (1, 0);
    for r in raw {
        let at = (r.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize).min(text.len());
        line += text.as_bytes()[counted..at].iter().filter(|b| **b == b'\n').count();
        counted = at;
        match serde_json::from_str::<serde_json::Value>(r.get()) {
            Ok(serde_json::Value::Object(o)) => {
                let fields: FxHashMap<String, String> = o.iter().map(|(k, v)| (k.to_lowercase(), value(v))).collect();
                out.query |= fields.keys().any(|k| k.ends_with("label"));
                out.rows.push(Record { line, fields });
            }
            _ => out.faults.push(ImportFault { line, fault: "no object of columns and values".to_owned() }),
        }
    }
    if out.rows.is_empty() && out.faults.is_empty() {
        return Err(ImportFault { line: 1, fault: "the file has no rows".to_owned() });
    }
    Ok(out)
}
