//! Reading the lists.

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
};

use any_ascii::any_ascii;
use haberdar_model::PartialDate;

use crate::names;

/// A holding as a list gives it.
#[derive(Clone, Debug)]
pub(crate) struct Raw {
    pub(crate) country: String,
    pub(crate) office: String,
    pub(crate) tenure: String,
    pub(crate) name: String,
    pub(crate) qid: Option<String>,
    pub(crate) from: Option<PartialDate>,
    pub(crate) to: Option<PartialDate>,
    /// For open ends: the last day of which the source knows.
    pub(crate) known_until: String,
    pub(crate) source: String,
    pub(crate) trust: f32,
    /// Rows of a higher rank win.
    pub(crate) rank: u8,
}

fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().skip(1).filter(|l| !l.trim().is_empty() && !l.starts_with('#')).map(|l| l.split('\t').map(str::trim).collect())
}

/// The rules that turn positions into offices, first match first.
pub(crate) struct Mapping(Vec<[String; 5]>);

impl Mapping {
    pub(crate) fn parse(text: &str) -> Result<Self, Box<dyn Error>> {
        let rules = rows(text)
            .map(|r| match r.as_slice() {
                [country, how @ ("is" | "starts" | "has"), position, office, tenure, _] => {
                    // A space at the end of a position is lost in the table; "deputy" as a start means the word.
                    Ok([country, how, position, office, tenure].map(|s| (*s).to_owned()))
                }
                other => Err(format!("position_map.tsv: {other:?} is no rule")),
            })
            .collect::<Result<_, _>>()?;
        Ok(Mapping(rules))
    }

    /// Office and tenure of a position in a country; `None` where no rule speaks or the rule drops it.
    fn office<'s>(&'s self, country: &str, position: &str) -> Option<(&'s str, &'s str)> {
        let p = normal(position);
        let word = |p: &str, r: &str| p.starts_with(r);
        let rule = self.0.iter().find(|[c, how, rule, ..]| {
            (c.is_empty() || c == country)
                && match how.as_str() {
                    "is" => p == *rule,
                    "starts" => word(&p, rule),
                    _ => p.contains(rule.as_str()),
                }
        })?;
        (rule[3] != "-").then_some((&rule[3], &rule[4]))
    }
}

/// Names of lists that are known to be wrong for their state.
pub(crate) struct Skip(BTreeSet<(String, String)>);

impl Skip {
    pub(crate) fn parse(text: &str) -> Self {
        Skip(rows(text).filter(|r| r.len() == 3).map(|r| (r[0].to_owned(), r[1].to_owned())).collect())
    }

    /// Leaves out the rows of newer lists that the table names.
    pub(crate) fn apply(&self, rows: &mut Vec<Raw>) {
        rows.retain(|r| {
            // Of the newest lists only the heads are meant.
            let heads = r.office == "head_of_state" || r.office == "head_of_government" && r.country != "SAU";
            !(self.0.contains(&(r.country.clone(), r.name.clone())) && (r.rank == 1 || r.rank == 2 && heads))
        });
    }
}

/// A position in the form in which the rules are written.
fn normal(position: &str) -> String {
    let p = any_ascii(position).to_lowercase();
    let p = p.split(" (").next().unwrap_or_default();
    let p = p
        .replace("minister for ", "minister of ")
        .replace("secretary for ", "secretary of ")
        .replace(" state for ", " state of ");
    let p = p.replace("defense", "defence").replace("labor", "labour").replace("labourat", "laborat");
    let words: Vec<&str> = p.split_whitespace().filter(|w| !matches!(*w, "the" | "federal" | "union")).collect();
    words.join(" ")
}

/// English names of states -> ISO codes.
pub(crate) struct Countries {
    codes: BTreeMap<String, String>,
    /// Territories, whose head of state is another state's.
    territories: BTreeSet<String>,
}

impl Countries {
    pub(crate) fn parse(text: &str) -> Result<Self, Box<dyn Error>> {
        let header: Vec<&str> = text.lines().next().unwrap_or_default().split('\t').collect();
        let at = |n: &str| header.iter().position(|h| *h == n).ok_or(format!("countries.tsv: no column {n:?}"));
        let (iso, code, name, alt) = (at("iso3")?, at("code")?, at("name_en")?, at("alt_en")?);
        let source = at("source")?;
        let territories =
            rows(text).filter(|r| r.len() > source && r[source].starts_with("CLDR")).map(|r| r[iso].to_owned()).collect();
        let mut map = BTreeMap::new();
        for r in rows(text).filter(|r| r.len() > alt && r[iso] == r[code]) {
            for n in std::iter::once(r[name]).chain(r[alt].split('|')).filter(|n| !n.is_empty() && !n.ends_with('?')) {
                map.insert(key(n), r[iso].to_owned());
            }
        }
        for (n, c) in [
            ("Congo (Brazzaville)", "COG"),
            ("Burma", "MMR"),
            ("Korea, North", "PRK"),
            ("Korea, South", "KOR"),
            ("Turkey (Turkiye)", "TUR"),
            ("Micronesia, Federated States of", "FSM"),
            ("Cabo Verde", "CPV"),
            ("Curacao", "CUW"),
            ("European Union", "EUR"),
            ("C&ocirc;te d'Ivoire", "CIV"),
            ("The Dominican", "DOM"),
            ("Holy See (Vatican City)", "VAT"),
            ("Falkland Islands (Islas Malvinas)", "FLK"),
        ] {
            map.insert(key(n), c.to_owned());
        }
        Ok(Countries { codes: map, territories })
    }

    fn code<'s>(&'s self, name: &'s str) -> Option<&'s str> {
        if name.len() == 3 && name.bytes().all(|b| b.is_ascii_uppercase()) {
            return Some(self.codes.get(&key(name)).map_or(name, String::as_str));
        }
        self.codes.get(&key(name)).map(String::as_str)
    }
}

fn key(name: &str) -> String {
    any_ascii(name).to_lowercase().trim_start_matches("the ").replace('-', " ")
}

/// ISO dates, "12 December 2019", "April 2018" and "1997".
fn date(s: &str) -> Option<PartialDate> {
    if s.is_empty() {
        return None;
    }
    if let Ok(d) = s.parse() {
        return Some(d);
    }
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let lower = s.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let month = |w: &str| MONTHS.iter().position(|m| *m == w).map(|i| i + 1);
    match words.as_slice() {
        [d, m, y] => format!("{y}-{:02}-{:02}", month(m)?, d.parse::<u8>().ok()?).parse().ok(),
        [m, y] => format!("{y}-{:02}", month(m)?).parse().ok(),
        _ => None,
    }
}

/// The list of office-holders.
pub(crate) fn read_holders(text: &str, mapping: &Mapping, countries: &Countries) -> Result<(Vec<Raw>, String), Box<dyn Error>> {
    let (mut out, mut dropped, mut unknown) = (Vec::new(), BTreeMap::<String, usize>::new(), BTreeMap::<String, usize>::new());
    let (mut debris, mut undated, mut total) = (0, 0, 0);
    for r in rows(text) {
        total += 1;
        let [country, position, person, qid, start, end, source] = r.as_slice() else {
            return Err(format!("office_holders.tsv: {r:?} has not 7 fields").into());
        };
        // Rows whose country was lost name it in the source.
        let by_source = [("middle-east/ae.json", "ARE"), ("africa/ct.json", "CAF"), ("australia-oceania/fm.json", "FSM")];
        let lost = by_source.iter().find(|(s, _)| *country == "none" && source.ends_with(s)).map(|(_, c)| *c);
        let Some(code) = lost.or_else(|| countries.code(country)) else {
            *unknown.entry((*country).to_owned()).or_default() += 1;
            continue;
        };
        let Some((office, tenure)) = mapping.office(code, position) else {
            *dropped.entry((*position).to_owned()).or_default() += 1;
            continue;
        };
        let Some(name) = names::clean(person) else {
            debris += 1;
            continue;
        };
        if *position == "Chief of state" && countries.territories.contains(code) {
            *dropped.entry("Chief of state of a territory".to_owned()).or_default() += 1;
            continue;
        }
        let (from, to) = (date(start), date(end));
        if from.is_none() && to.is_none() {
            undated += 1;
            continue;
        }
        let (known_until, trust, label) = if source.starts_with("factbook") {
            ("2026-01-15", 0.9, "factbook 2026-01")
        } else if source.starts_with("eps") {
            ("2022-12-01", 0.85, "list of foreign ministers 2023-01")
        } else {
            ("2022-12-01", 0.85, "wikidata 2022")
        };
        out.push(Raw {
            country: code.to_owned(),
            office: office.to_owned(),
            tenure: tenure.to_owned(),
            name,
            qid: Some((*qid).to_owned()).filter(|q| q.starts_with('Q')),
            from,
            to: to.filter(|t| from.is_none_or(|f| f.first() <= t.last())),
            known_until: known_until.to_owned(),
            source: label.to_owned(),
            trust,
            rank: if label.starts_with("factbook") { 2 } else { 1 },
        });
    }
    let mut report = format!(
        "office_holders.tsv: {total} rows, {} used, {} of positions without an office, {debris} without a name, {undated} without a date, countries unknown: {:?}",
        out.len(),
        dropped.values().sum::<usize>(),
        unknown.keys().collect::<Vec<_>>()
    );
    if std::env::var_os("WORLD_CONVERT_DROPPED").is_some() {
        let mut most: Vec<_> = dropped.into_iter().collect();
        most.sort_by_key(|(p, n)| (std::cmp::Reverse(*n), p.clone()));
        most.iter().take(400).for_each(|(p, n)| report.push_str(&format!("\n{n}\t{p}")));
    }
    Ok((out, report))
}

/// Heads of state and government of the large states.
pub(crate) fn read_leaders(text: &str, countries: &Countries) -> Result<(Vec<Raw>, String), Box<dyn Error>> {
    let mut out = Vec::new();
    for r in rows(text) {
        let field = |i: usize| r.get(i).copied().unwrap_or_default();
        let Some(code) = countries.code(field(0)).filter(|c| *c != "EUR") else { continue };
        for (title, name, since, office) in
            [(field(2), field(3), field(4), "head_of_government"), (field(5), field(6), field(7), "head_of_state")]
        {
            let _ = title;
            let (Some(name), Some(from)) = (names::clean(name), date(since)) else { continue };
            out.push(Raw {
                country: code.to_owned(),
                office: office.to_owned(),
                tenure: String::new(),
                name,
                qid: None,
                from: Some(from),
                to: None,
                known_until: "2026-08-01".to_owned(),
                source: "leaders 2026-08".to_owned(),
                trust: 0.9,
                rank: 2,
            });
        }
    }
    let report = format!("leaders_current.tsv: {} holdings", out.len());
    Ok((out, report))
}

/// The rows that were written by hand.
pub(crate) fn read_manual(text: &str) -> Result<(Vec<Raw>, String), Box<dyn Error>> {
    let mut out = Vec::new();
    for r in rows(text) {
        let [country, office, name, from, to, known_until, tenure, source, trust] = r.as_slice() else {
            return Err(format!("holdings_manual.tsv: {r:?} has not 9 fields").into());
        };
        let day = |s: &str| if s.is_empty() { Ok(None) } else { s.parse::<PartialDate>().map(Some) };
        out.push(Raw {
            country: (*country).to_owned(),
            office: (*office).to_owned(),
            tenure: (*tenure).to_owned(),
            name: (*name).to_owned(),
            qid: None,
            from: day(from)?,
            to: day(to)?,
            known_until: (*known_until).to_owned(),
            source: (*source).to_owned(),
            trust: trust.parse()?,
            rank: 3,
        });
    }
    let report = format!("holdings_manual.tsv: {} holdings", out.len());
    Ok((out, report))
}
