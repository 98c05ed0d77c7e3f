//! GDELT 2.0: Events (61 columns) and Mentions (16), separated by tabs, without a header.
//!
//! Only acts that took place or go on: the tables have no column for plans, forecasts and denials. Tone is left empty. Places are
//! those of the countries (type 1, at the capital); offsets of mentions count code points of the text in its own language.

use std::io::{BufWriter, Write};

use haberdar_model::{Country, Language, reading::Mention, record::Party};
use haberdar_world::{World, codes};
use jiff::civil::Date;

use crate::{ExportError, Exporter, Row};

pub(crate) struct Events<'w, W: Write> {
    out: BufWriter<W>,
    world: &'w World,
}

impl<'w, W: Write> Events<'w, W> {
    pub(crate) fn new(out: W, world: &'w World) -> Self {
        Events { out: BufWriter::new(out), world }
    }
}

/// CAMEO's role of an actor for a PLOVER sector.
fn role(sector: &str) -> &str {
    match sector {
        "GOV" | "MIL" | "COP" | "JUD" | "LEG" | "REB" | "SPY" | "UAF" | "OPP" | "BUS" | "CRM" | "CVL" | "EDU" | "ELI" | "LAB"
        | "MED" | "REF" | "AGR" => sector,
        "JRN" => "MED",
        "PTY" => "PTY",
        "PRM" => "UAF",
        _ => "",
    }
}

/// The ten columns of an actor.
fn actor(row: &Row, p: Option<&Party>) -> [String; 10] {
    let mut out = <[String; 10]>::default();
    let Some(p) = p else { return out };
    let (mut country, mut group, mut kind) = ("", "", "");
    match p.country.as_ref().map(|c| (c, c.as_str())) {
        Some((_, "UNO")) => (group, kind) = ("UNO", "IGO"),
        Some((_, "EUR")) => (country, group, kind) = ("EUR", "EEC", "IGO"),
        Some((_, "NAT")) => (country, group, kind) = ("WST", "NAT", "IGO"),
        Some((_, "IGO")) => kind = "IGO",
        Some((_, "NGO")) => kind = "NGO",
        Some((_, "WST")) => country = "WST",
        Some((c, code)) => country = codes(*c).map_or(code, |c| c.cameo),
        None => {}
    }
    if kind.is_empty() {
        kind = row.sector(p).map_or("", role);
    }
    out[0] = if matches!(kind, "IGO" | "NGO") { format!("{kind}{country}{group}") } else { format!("{country}{group}{kind}") };
    out[1] = p.name.to_uppercase();
    out[2] = country.to_owned();
    out[3] = group.to_owned();
    out[7] = kind.to_owned();
    out
}

/// The eight columns of a place, from the country alone.
fn place(world: &World, country: Option<Country>, name: Option<&str>) -> [String; 8] {
    let mut out = <[String; 8]>::default();
    out[0] = "0".to_owned();
    let Some(codes) = country.and_then(codes) else { return out };
    let known = country.and_then(|c| world.country(c)).map_or("", |c| c.name(Language::En));
    out[0] = "1".to_owned();
    out[1] = name.unwrap_or(known).to_owned();
    out[2] = codes.fips.to_owned();
    out[3] = codes.fips.to_owned();
    if let Some((latitude, longitude)) = codes.capital {
        (out[5], out[6]) = (latitude.to_string(), longitude.to_string());
    }
    out[7] = codes.fips.to_owned();
    out
}

fn compact(d: Option<Date>) -> String {
    d.map_or_else(String::new, |d| format!("{:04}{:02}{:02}", d.year(), d.month(), d.day()))
}

/// A day as GDELT's time of midnight.
fn midnight(d: Option<Date>) -> String {
    d.map_or_else(String::new, |_| compact(d) + "000000")
}

fn line(out: &mut impl Write, columns: &[String]) -> std::io::Result<()> {
    // The format knows no quoting: what would break it becomes a blank.
    let clean: Vec<String> = columns.iter().map(|c| c.replace(['\t', '\n', '\r'], " ")).collect();
    writeln!(out, "{}", clean.join("\t"))
}

impl<W: Write + Send> Exporter for Events<'_, W> {
    fn put(&mut self, row: &Row) -> Result<bool, ExportError> {
        let Some(day) = row.any_day().filter(|_| row.is_act()) else { return Ok(false) };
        let e = &row.event;
        let mut parties = e.actor.iter().chain(&e.recipient);
        let (first, second) = (parties.next(), e.recipient.first().or_else(|| e.actor.get(1)));
        let code = row.cameo();
        let geo = |p: Option<&Party>| place(self.world, p.and_then(|p| p.country), None);
        let action = row.reports.iter().find_map(|r| r.place.as_ref());
        let mut columns = vec![
            row.number().to_string(),
            compact(Some(day)),
            format!("{:04}{:02}", day.year(), day.month()),
            day.year().to_string(),
            format!("{:.4}", f64::from(day.year()) + f64::from(i32::from(day.month()) * 30 + i32::from(day.day())) / 365.0),
        ];
        columns.extend(actor(row, first));
        columns.extend(actor(row, second));
        columns.extend([
            u8::from(e.reports.iter().any(|r| r.sentence == 0)).to_string(),
            code.to_owned(),
            code.get(..3).unwrap_or(code).to_owned(),
            code[..2].to_owned(),
            e.quad.to_string(),
            e.goldstein.map(|g| crate::row::real(g).to_string()).unwrap_or_default(),
            e.reports.len().to_string(),
            e.independent_sources.to_string(),
            row.articles().len().to_string(),
            String::new(),
        ]);
        columns.extend(geo(first));
        columns.extend(geo(second));
        columns.extend(place(self.world, action.and_then(|m| m.stated_country()), action.map(|m| m.name.as_str())));
        columns.extend([midnight(row.first_published()), row.urls().first().copied().unwrap_or_default().to_owned()]);
        line(&mut self.out, &columns)?;
        Ok(true)
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        Ok(self.out.flush()?)
    }
}

pub(crate) struct Mentions<W: Write> {
    out: BufWriter<W>,
}

impl<W: Write> Mentions<W> {
    pub(crate) fn new(out: W) -> Self {
        Mentions { out: BufWriter::new(out) }
    }
}

impl<W: Write> Exporter for Mentions<W> {
    fn put(&mut self, row: &Row) -> Result<bool, ExportError> {
        let Some(day) = row.any_day().filter(|_| row.is_act()) else { return Ok(false) };
        let offset = |m: Option<&Mention>| m.map_or_else(|| "-1".to_owned(), |m| m.at.span.start.to_string());
        for r in &row.reports {
            let a = &r.article;
            let translation = match a.language {
                Some(Language::Tr) => "srclc:tur;eng:none".to_owned(),
                _ => String::new(),
            };
            let published = a.published.map(haberdar_model::PartialDate::first);
            let columns = [
                row.number().to_string(),
                midnight(Some(day)),
                midnight(published),
                if a.url.is_some() { "1" } else { "2" }.to_owned(),
                a.publisher.clone().unwrap_or_default(),
                a.url.clone().unwrap_or_else(|| a.source_id.clone()),
                (r.event.sentence + 1).to_string(),
                offset(r.actor.first()),
                offset(r.recipient.first().or_else(|| r.actor.get(1))),
                r.event.trigger.span.start.to_string(),
                "1".to_owned(),
                format!("{:.0}", f64::from(r.event.confidence) * 100.0),
                r.length.to_string(),
                String::new(),
                translation,
                String::new(),
            ];
            line(&mut self.out, &columns)?;
        }
        Ok(true)
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        Ok(self.out.flush()?)
    }
}
