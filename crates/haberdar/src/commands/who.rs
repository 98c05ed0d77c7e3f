//! `haberdar who`: who held an office, and which source says so.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use haberdar_model::{Country, Language, PartialDate};
use haberdar_world::{At, Holding, Office};
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    cli::{Format, Who},
    engine,
    output::rows,
};

/// A holding that answers the question.
#[derive(Serialize)]
pub(crate) struct Row {
    name: String,
    entity: String,
    office: String,
    office_tr: String,
    country: String,
    from: Option<PartialDate>,
    to: Option<PartialDate>,
    tenure: &'static str,
    source: String,
    trust: f32,
    tables: String,
    on_that_day: Option<&'static str>,
}

/// What is recorded of an office or a person.
pub(crate) fn found(query: &str, on: Option<Date>) -> Result<Vec<Row>> {
    let world = engine::world()?;
    let answer = world.who(query, on);
    let tables = world.version();
    let rows = answer.answers().map(|r| Row {
        on_that_day: on.map(|d| match r.at {
            At::Holder => "holder",
            At::Not if r.holding.last().is_some_and(|l| l < d) => "former",
            At::Not => "designate",
            At::Perhaps | At::Unknown => "perhaps",
        }),
        ..row(r.holding, r.person.name, r.office, &tables)
    });
    Ok(rows.collect())
}

/// All offices of a state or body with everybody who is recorded in them, office by office and in order of time.
pub(crate) fn offices(country: Country) -> Result<Vec<Row>> {
    let world = engine::world()?;
    let tables = world.version();
    let mut seats: BTreeSet<&str> = BTreeSet::new();
    let mut rows = Vec::new();
    // Several titles lead to one seat; the tables name the highest ones first.
    for office in world.offices().iter().filter_map(|o| world.office(world.seat(o.id, country))) {
        if !seats.insert(office.id) {
            continue;
        }
        for h in world.holders(office.id, country, None) {
            let name = world.person(h.person).map_or(h.person, |p| p.name);
            rows.push(row(h, name, office, &tables));
        }
    }
    Ok(rows)
}

fn row(h: &Holding, name: &str, office: &Office, tables: &str) -> Row {
    Row {
        name: name.to_owned(),
        entity: h.person.to_owned(),
        office: office.name(Language::En).to_owned(),
        office_tr: office.name(Language::Tr).to_owned(),
        country: h.country.to_string(),
        from: h.from,
        to: h.to,
        tenure: h.tenure,
        source: h.source.to_owned(),
        trust: h.trust,
        tables: tables.to_owned(),
        on_that_day: None,
    }
}

pub(crate) fn run(args: &Who) -> Result<bool> {
    let on = match args.on {
        Some(d) if !d.is_day() => bail!("--on asks about one day: write YYYY-MM-DD, not {d}"),
        other => other.map(PartialDate::first),
    };
    let query = args.query.join(" ");
    let world = engine::world()?;
    let answer = world.who(&query, on);
    let found = found(&query, on)?;
    let header = ["name", "entity", "office", "country", "from", "to", "tenure", "source", "on_that_day"];
    let cells = |r: &Row| {
        let day = |d: Option<PartialDate>| d.map(|d| d.to_string()).unwrap_or_default();
        vec![
            r.name.clone(),
            r.entity.clone(),
            r.office.clone(),
            r.country.clone(),
            day(r.from),
            day(r.to),
            r.tenure.to_owned(),
            r.source.clone(),
            r.on_that_day.unwrap_or_default().to_owned(),
        ]
    };
    let none = match (answer.office, answer.country, answer.persons.first()) {
        (Some(o), Some(c), _) => {
            let state = world.country(c).map_or(c.to_string(), |r| r.name(Language::En).to_owned());
            let last = on.and_then(|d| {
                let all = world.who(&query, None);
                let before = all.answers().filter(|r| r.holding.from.is_some_and(|f| f.first() <= d));
                before
                    .max_by_key(|r| r.holding.from.map(|f| f.first()))
                    .map(|r| (r.person.name, r.holding.from, r.holding.span().to))
            });
            let last = last.map(|(name, from, to)| {
                let from = from.map(|f| f.to_string()).unwrap_or_default();
                let until = to.map(|t| format!(", as far as known until {t}")).unwrap_or_default();
                format!("; last recorded before: {name}, from {from}{until}")
            });
            format!(
                "no holder recorded: {} of {state}{}{}",
                o.name(Language::En),
                on.map(|d| format!(" on {d}")).unwrap_or_default(),
                last.unwrap_or_default()
            )
        }
        (_, _, Some(p)) => {
            format!("{}: no office recorded{}", p.person.name, on.map(|d| format!(" on {d}")).unwrap_or_default())
        }
        _ => format!(
            "neither an office of a state nor a known person: {query:?}; try \"foreign minister of North Korea\" or \"Lavrov\""
        ),
    };
    let format = args.format;
    rows(format, &found, &header, cells, &none)?;
    Ok(!found.is_empty() || answer.office.is_some() || !answer.persons.is_empty() || format != Format::Table)
}
