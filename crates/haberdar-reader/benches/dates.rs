//! How well expressions of time are read, on annotated files: `cargo bench -p haberdar-reader --bench dates -- FILE`.
//!
//! `FILE` is JSON lines of one of two forms, and nothing in it is passed over in silence:
//!
//! * **Recognizers** (`text`, `lang`, `published`, `results` with `Start` and either `Resolution.values` or `Value`). For
//!   every type of expression it prints how many there are (*n*), how many meet one of ours (*found*), how many of those
//!   that come with a value meet one whose value is right (*valued*, *right*, *share*), and how many of ours stand in
//!   texts that hold none (*none*). A value is right where the TIMEX3 values are equal, or our earliest and latest day (or
//!   time) are those of the row; rows that leave a choice (this year's or last year's May) accept each. Their ends are
//!   those behind the last day of a whole unit, but in a range the first day of the last unit that is named (2014 to 2018
//!   ends on 1 January 2018, 4 to 22 May on 22 May): each is accepted where our value names the same unit. Their times of day
//!   have no day, ours that of the sentence or of publication, which is not compared.
//! * **Articles** (`text`, `published`, `timex`, `events`, `tlinks`): expressions found and right by TIMEX3 value and type,
//!   and the dates of events: of our events whose trigger meets one of theirs that a link ties to a day, how many have it.
//!
//! `--half even|odd` reads every other line, `--failures` prints what is wrong, `--finds` prints all that is found.
#![allow(clippy::print_stdout, reason = "a program for people at a terminal")]

use std::{collections::BTreeMap, env, fs};

use haberdar_model::{Article, ArticleMeta, Reading, reading::DateExpression};
use haberdar_reader::Reader;
use serde_json::Value;

#[derive(Default)]
struct Count {
    n: usize,
    found: usize,
    valued: usize,
    right: usize,
}

struct Options {
    half: Option<usize>,
    failures: bool,
    finds: bool,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = env::args().skip(1).filter(|a| a != "--bench").collect();
    let half = args.iter().position(|a| a == "--half").and_then(|i| args.get(i + 1));
    let options = Options {
        half: half.map(|h| usize::from(h == "odd")),
        failures: args.iter().any(|a| a == "--failures"),
        finds: args.iter().any(|a| a == "--finds"),
    };
    let files: Vec<&String> = args.iter().filter(|a| !a.starts_with("--") && Some(*a) != half).collect();
    if files.is_empty() {
        println!("no file was given, so there is nothing to score: cargo bench -p haberdar-reader --bench dates -- FILE");
        return Ok(());
    }
    let tables = env::var_os("HABERDAR_TABLES");
    let reader = Reader::with_tables(tables.as_deref().map(std::path::Path::new))?;
    for file in files {
        let text = fs::read_to_string(file).map_err(|e| format!("{file}: {e}"))?;
        let mut rows = Vec::new();
        for (n, line) in text.lines().enumerate().filter(|(n, _)| options.half.is_none_or(|h| n % 2 == h)) {
            rows.push(serde_json::from_str::<Value>(line).map_err(|e| format!("{file}:{}: {e}", n + 1))?);
        }
        println!("{file}: {} rows", rows.len());
        if rows.iter().any(|r| r.get("timex").is_some()) {
            articles(&reader, &rows, &options)?;
        } else {
            recognizers(&reader, &rows, &options)?;
        }
    }
    Ok(())
}

fn read(reader: &Reader, row: &Value) -> Result<Reading, Box<dyn std::error::Error>> {
    let text = row["text"].as_str().unwrap_or_default();
    let meta = ArticleMeta {
        source_id: row["id"].as_str().unwrap_or_default().into(),
        language: row["lang"].as_str().and_then(|l| l.parse().ok()),
        published: row["published"].as_str().and_then(|p| p.parse().ok()),
        published_time: row["published"].as_str().and_then(|p| p.get(11..19)).and_then(|t| t.parse().ok()),
        ..Default::default()
    };
    Ok(reader.read(&Article { meta, text: text.to_owned() })?)
}

fn recognizers(reader: &Reader, rows: &[Value], options: &Options) -> Result<(), Box<dyn std::error::Error>> {
    let mut by: BTreeMap<String, Count> = BTreeMap::new();
    let mut spurious = 0;
    for row in rows {
        let reading = read(reader, row)?;
        let empty = Vec::new();
        let gold = row["results"].as_array().unwrap_or(&empty);
        if options.finds {
            reading.dates.iter().for_each(|d| println!("{}", shown(d)));
        }
        if gold.is_empty() {
            spurious += reading.dates.len();
            if options.failures && !reading.dates.is_empty() {
                println!("none     | {} | {}", row["text"], reading.dates.iter().map(shown).collect::<Vec<_>>().join(" ; "));
            }
        }
        for g in gold {
            let kind =
                g["TypeName"].as_str().or(g["Type"].as_str()).unwrap_or("unnamed").rsplit('.').next().unwrap_or("").to_owned();
            let start = g["Start"].as_u64().unwrap_or(0) as usize;
            let length = g["Length"].as_u64().map_or(g["Text"].as_str().unwrap_or("").chars().count(), |l| l as usize);
            let met: Vec<&DateExpression> =
                reading.dates.iter().filter(|d| d.at.span.start < start + length && start < d.at.span.end).collect();
            let c = by.entry(kind.clone()).or_default();
            c.n += 1;
            c.found += usize::from(!met.is_empty());
            let readings = candidates(g);
            if readings.is_empty() {
                if options.failures && met.is_empty() {
                    println!("{kind:9}| {} | {} | -", row["text"], g["Text"]);
                }
                continue;
            }
            c.valued += 1;
            if met.iter().any(|d| readings.iter().any(|r| r.is(d))) {
                c.right += 1;
            } else if options.failures {
                let ours = met.iter().map(|d| shown(d)).collect::<Vec<_>>().join(" ; ");
                let want = readings.iter().map(|r| format!("{r:?}")).collect::<Vec<_>>().join(" or ");
                println!(
                    "{kind:9}| {} | {} | {} | {ours} | {want}",
                    row["published"].as_str().unwrap_or("").get(..10).unwrap_or(""),
                    row["text"],
                    g["Text"]
                );
            }
        }
    }
    table(&by);
    println!("ours in texts with none: {spurious}");
    Ok(())
}

/// Prints the counts by kind, and their sum.
fn table(by: &BTreeMap<String, Count>) {
    println!("{:14} {:>5} {:>6} {:>7} {:>6} {:>6}", "", "n", "found", "valued", "right", "share");
    let mut all = Count::default();
    for (kind, c) in by {
        line(kind, c);
        all.n += c.n;
        all.found += c.found;
        all.valued += c.valued;
        all.right += c.right;
    }
    line("all", &all);
}

fn line(name: &str, c: &Count) {
    let share = c.right as f64 / c.valued.max(1) as f64;
    println!("{name:14} {:5} {:6} {:7} {:6} {share:6.3}", c.n, c.found, c.valued, c.right);
}

fn shown(d: &DateExpression) -> String {
    let end = |e: &Option<String>| e.clone().unwrap_or_default();
    let m = d.modifier.as_deref().map(|m| format!(" {m}")).unwrap_or_default();
    format!("{} = {} {}{m} ({}..{})", d.at.text, d.kind, d.value, end(&d.from), end(&d.to))
}

/// One of the values that a row accepts.
#[derive(Debug, Default)]
struct Wanted {
    timex: String,
    value: Option<String>,
    start: Option<String>,
    end: Option<String>,
}

fn candidates(g: &Value) -> Vec<Wanted> {
    let text = |v: &Value| v.as_str().map(str::to_owned);
    let values = g["Resolution"]["values"].as_array().or(g["Value"]["values"].as_array());
    if let Some(values) = values {
        return values
            .iter()
            .map(|v| Wanted {
                timex: text(&v["timex"]).unwrap_or_default(),
                value: text(&v["value"]).filter(|v| v != "not resolved"),
                start: text(&v["start"]),
                end: text(&v["end"]),
            })
            .collect();
    }
    let Some(v) = g.get("Value").filter(|v| v.is_object()) else { return Vec::new() };
    let mut out = Vec::new();
    for side in ["FutureResolution", "PastResolution"] {
        let of = |names: &[&str]| names.iter().find_map(|n| text(&v[side][*n]));
        out.push(Wanted {
            timex: text(&v["Timex"]).unwrap_or_default(),
            value: of(&["date", "dateTime", "time"]),
            start: of(&["startDate", "startDateTime", "startTime"]),
            end: of(&["endDate", "endDateTime", "endTime"]),
        });
    }
    out
}

impl Wanted {
    fn is(&self, d: &DateExpression) -> bool {
        let alone = d.value.split('/').map(|v| v.find('T').map_or(v, |t| &v[t..])).collect::<Vec<_>>().join("/");
        if d.value == self.timex || self.timex.starts_with('T') && alone == self.timex {
            return true;
        }
        let (from, to) = (d.from.as_deref(), d.to.as_deref());
        if let Some(v) = &self.value {
            return match v.len() {
                // "14:30:00"
                8 => d.kind == "TIME" && !d.value.contains('/') && clock(&d.value) == Some(v[..5].to_owned()),
                10 => d.kind == "DATE" && from == Some(v) && to == Some(v),
                _ => same(from, v) && same(to, v),
            };
        }
        if self.start.is_none() && self.end.is_none() {
            return false;
        }
        if self.start.as_ref().or(self.end.as_ref()).is_some_and(|s| s.len() == 8) {
            let (a, b) = d.value.split_once('/').unwrap_or((&d.value, &d.value));
            let open = d.modifier.is_some();
            let meets = |g: &Option<String>, ours: &str| match g {
                None => open,
                Some(g) => clock(ours).as_deref() == Some(&g[..5]),
            };
            return meets(&self.start, a) && meets(&self.end, b);
        }
        let first = match (&self.start, from) {
            (None, None) => true,
            (Some(s), Some(f)) => same(Some(f), s),
            _ => false,
        };
        let last = match (&self.end, to) {
            (None, None) => true,
            (Some(e), Some(t)) => {
                let named = d.value.split_once('/').map_or("", |(_, b)| b);
                let begins = match named.len() {
                    4 => format!("{named}-01-01") == *e,
                    7 => format!("{named}-01") == *e,
                    _ => false,
                };
                begins || same(Some(t), e) || t.len() == 10 && e.get(..10).is_some_and(|e| day_before(e) == t)
            }
            _ => false,
        };
        first && last
    }
}

/// The same day or minute; the last second of a day is its end.
fn same(ours: Option<&str>, theirs: &str) -> bool {
    let Some(ours) = ours else { return false };
    let theirs = theirs.replace(' ', "T");
    let whole = if theirs.len() == 10 { format!("{theirs}T00:00") } else { theirs.get(..16).unwrap_or(&theirs).to_owned() };
    let ours = if ours.len() == 10 { format!("{ours}T00:00") } else { ours.get(..16).unwrap_or(ours).to_owned() };
    ours == whole || whole.ends_with("23:59") && ours.ends_with("T00:00") && day_before(&ours[..10]) == whole[..10]
}

fn day_before(day: &str) -> String {
    day.parse::<jiff::civil::Date>().ok().and_then(|d| d.yesterday().ok()).map(|d| d.to_string()).unwrap_or_default()
}

/// "T14", "T14:30", "2024-05-15T14:30Z" as 14:30.
fn clock(value: &str) -> Option<String> {
    let v = value.split_once('T')?.1.trim_end_matches('Z');
    let (h, m) = v.split_once(':').unwrap_or((v, "00"));
    (h.parse::<u8>().is_ok()).then(|| format!("{h:0>2}:{}", m.get(..2).unwrap_or("00")))
}

fn articles(reader: &Reader, rows: &[Value], options: &Options) -> Result<(), Box<dyn std::error::Error>> {
    let mut by: BTreeMap<String, Count> = BTreeMap::new();
    let (mut ours, mut met_gold) = (0, 0);
    let mut events = [0usize; 6];
    let mut bases: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for row in rows {
        let reading = read(reader, row)?;
        let empty = Vec::new();
        let timex = row["timex"].as_array().unwrap_or(&empty);
        let place = |v: &Value| Some((v["start"].as_u64()? as usize, v["end"].as_u64()? as usize));
        ours += reading.dates.len();
        if options.finds {
            reading.dates.iter().for_each(|d| println!("{}", shown(d)));
        }
        for g in timex {
            // An expression that stands nowhere in the text is only an anchor of links.
            let Some((start, end)) = place(g) else { continue };
            let kind = g["type"].as_str().unwrap_or("unnamed");
            let value = g["value"].as_str().unwrap_or("");
            let met: Vec<&DateExpression> =
                reading.dates.iter().filter(|d| d.at.span.start < end && start < d.at.span.end).collect();
            met_gold += met.len();
            let c = by.entry(kind.to_owned()).or_default();
            c.n += 1;
            c.valued += 1;
            c.found += usize::from(!met.is_empty());
            if met.iter().any(|d| d.value == value) {
                c.right += 1;
            } else if options.failures {
                let found = met.iter().map(|d| shown(d)).collect::<Vec<_>>().join(" ; ");
                println!("{kind:9}| {} | {} | {value} | {found}", row["published"].as_str().unwrap_or(""), g["text"]);
            }
        }
        // Events and the days that links tie them to.
        let day: BTreeMap<&str, &str> = timex
            .iter()
            .filter_map(|t| {
                Some((t["id"].as_str()?, t["value"].as_str().filter(|v| v.len() >= 4 && v.as_bytes()[0].is_ascii_digit())?))
            })
            .collect();
        let gold_events: BTreeMap<&str, (usize, usize)> =
            row["events"].as_array().unwrap_or(&empty).iter().filter_map(|e| Some((e["id"].as_str()?, place(e)?))).collect();
        for link in row["tlinks"].as_array().unwrap_or(&empty) {
            let (Some(a), Some(b), Some(rel)) = (link["from"].as_str(), link["to"].as_str(), link["rel"].as_str()) else {
                continue;
            };
            let (event, value, within) = match (gold_events.get(a), day.get(b), day.get(a), gold_events.get(b)) {
                (Some(e), Some(v), _, _) => (e, v, matches!(rel, "IS_INCLUDED" | "SIMULTANEOUS")),
                (_, _, Some(v), Some(e)) => (e, v, matches!(rel, "INCLUDES" | "SIMULTANEOUS")),
                _ => continue,
            };
            events[0] += 1;
            if !within {
                events[1] += 1;
                continue;
            }
            events[2] += 1;
            let Some(own) = reading.events.iter().find(|o| o.trigger.span.start < event.1 && event.0 < o.trigger.span.end) else {
                continue;
            };
            events[3] += 1;
            let basis = bases.entry(own.date.basis.to_string()).or_default();
            basis.0 += 1;
            let Some(start) = own.date.start else { continue };
            events[4] += 1;
            let end = own.date.end.unwrap_or(start).to_string();
            let right = match value.len() {
                10 => start.to_string() == *value && end == *value,
                4 | 7 => start.to_string().starts_with(value) && end.starts_with(value),
                _ => reading
                    .dates
                    .iter()
                    .any(|d| d.value == *value && d.from == Some(start.to_string()) && d.to.as_ref() == Some(&end)),
            };
            events[5] += usize::from(right);
            basis.1 += usize::from(right);
            if !right && options.failures {
                println!(
                    "event    | {} | {} | {value} | {start}..{end} {:?}",
                    row["published"].as_str().unwrap_or(""),
                    own.trigger.text,
                    own.date.basis
                );
            }
        }
    }
    table(&by);
    println!("ours: {ours}, of them on one of theirs: {met_gold}");
    let [links, other, within, met, dated, right] = events;
    println!("event-time links to a calendar value: {links}; {other} only order (before, after, …), {within} say within");
    println!(
        "  our events on those: {met}, with a day: {dated}, the right one: {right} ({:.3})",
        right as f64 / met.max(1) as f64
    );
    for (basis, (n, right)) in bases {
        println!("  basis {basis}: {right} of {n}");
    }
    Ok(())
}
