//! `haberdar read`: what each article says.

use std::io::{self, Write};

use anyhow::Result;
use haberdar_model::{Reading, reading::Mention};
use serde_json::json;

use crate::{
    cli::{Format, Read},
    engine::{self, Outcome},
    output::{cut, table},
};

pub(crate) fn run(args: &Read) -> Result<bool> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut csv = (args.format == Format::Csv).then(|| csv::Writer::from_writer(io::stdout()));
    if let Some(w) = &mut csv {
        w.write_record(HEADER)?;
    }
    let mut failed = 0usize;
    let options = args.origin.options();
    engine::each(engine::items(&args.paths, &options).map(|item| (item, ())), |outcome, ()| {
        match outcome {
            Outcome::Failed { source_id, why, .. } => {
                failed += 1;
                if matches!(args.format, Format::Json | Format::Jsonl) {
                    serde_json::to_writer(&mut out, &json!({"article": {"source_id": source_id}, "error": why}))?;
                    writeln!(out)?;
                }
                eprintln!("haberdar: {why}");
            }
            Outcome::Read(pair) => {
                let (article, mut reading) = *pair;
                match args.format {
                    Format::Json | Format::Jsonl => {
                        if args.with_text {
                            reading.text = Some(article.text);
                        }
                        serde_json::to_writer(&mut out, &reading)?;
                        writeln!(out)?;
                    }
                    Format::Csv => {
                        if let Some(w) = &mut csv {
                            for e in &reading.events {
                                w.write_record(event_cells(&reading, e, &article.text))?;
                            }
                        }
                    }
                    Format::Table => page(&mut out, &reading, &article.text)?,
                }
            }
        }
        Ok(())
    })?;
    out.flush()?;
    if let Some(w) = &mut csv {
        w.flush()?;
    }
    Ok(failed == 0)
}

const HEADER: [&str; 12] =
    ["article", "event", "type", "mode", "cameo", "status", "actor", "recipient", "trigger", "date", "reported_by", "sentence"];

fn find<'r>(reading: &'r Reading, id: &str) -> Option<&'r Mention> {
    reading.mentions.iter().find(|m| m.id == id)
}

/// A mention in words: name, office, country.
pub(crate) fn person(m: &Mention) -> String {
    match m.country {
        Some(c) if m.name != c.as_str() => format!("{} ({})", m.name, country(m)),
        _ => m.name.clone(),
    }
}

/// The country's code, with a question mark where it is only inferred.
fn country(m: &Mention) -> String {
    let mark = if m.country_basis.is_some() { "?" } else { "" };
    m.country.map(|c| format!("{c}{mark}")).unwrap_or_default()
}

fn people(reading: &Reading, ids: &[String]) -> String {
    ids.iter().filter_map(|id| find(reading, id)).map(person).collect::<Vec<_>>().join("; ")
}

fn event_cells(reading: &Reading, e: &haberdar_model::reading::Event, text: &str) -> Vec<String> {
    let date = match (e.date.start, e.date.end) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (a, b) if a.is_some() || b.is_some() => {
            format!("{}..{}", a.map(|d| d.to_string()).unwrap_or_default(), b.map(|d| d.to_string()).unwrap_or_default())
        }
        _ => e.date.span.as_ref().map(|s| s.text.clone()).unwrap_or_default(),
    };
    let sentence = reading.sentences.get(e.sentence).and_then(|s| s.slice(text)).unwrap_or_default();
    vec![
        reading.article.source_id.clone(),
        e.id.clone(),
        e.kind.to_string(),
        e.mode.clone().unwrap_or_default(),
        e.cameo.clone().unwrap_or_default(),
        e.status.to_string(),
        people(reading, &e.actor),
        people(reading, &e.recipient),
        e.trigger.text.clone(),
        date,
        e.reported_by.as_deref().and_then(|id| find(reading, id)).map(person).unwrap_or_default(),
        sentence.split_whitespace().collect::<Vec<_>>().join(" "),
    ]
}

/// A reading for people: events, quotations, flags, who is who.
fn page(out: &mut impl Write, r: &Reading, text: &str) -> Result<()> {
    let head = &r.article;
    let language = head.language.map(|l| l.to_string()).unwrap_or_default();
    let published = head.published.map(|d| d.to_string()).unwrap_or_else(|| "no date".to_owned());
    writeln!(out, "{}", head.title.clone().unwrap_or_else(|| head.source_id.clone()))?;
    writeln!(
        out,
        "{}{language}, {published}, {} words, {} sentences, {} without an event",
        head.publisher.as_ref().map(|p| format!("{p}, ")).unwrap_or_default(),
        head.words,
        r.sentences.len(),
        r.skipped.len()
    )?;
    if r.events.is_empty() {
        writeln!(out, "\nNo event was found.")?;
    } else {
        let mut t = table();
        t.set_header(["", "event", "status", "actor", "recipient", "in the words", "when", "says who"]);
        for e in &r.events {
            let c = event_cells(r, e, text);
            let kind = e.mode.as_ref().map_or_else(|| e.kind.to_string(), |m| format!("{} {m}", e.kind));
            t.add_row([&c[1], &kind, &c[5], &cut(&c[6], 48), &cut(&c[7], 48), &cut(&c[8], 40), &c[9], &cut(&c[10], 30)]);
        }
        writeln!(out, "\nEvents\n{t}")?;
    }
    if !r.quotes.is_empty() {
        let mut t = table();
        t.set_header(["", "kind", "speaker", "words", "cue"]);
        for q in &r.quotes {
            let speaker = q.speaker.as_deref().and_then(|id| find(r, id)).map(person).unwrap_or_else(|| "-".to_owned());
            let cue = q.cue.as_ref().map(|c| c.text.clone()).unwrap_or_default();
            t.add_row([q.id.as_str(), q.kind.as_str(), &cut(&speaker, 36), &cut(&q.at.text, 220), &cut(&cue, 30)]);
        }
        writeln!(out, "\nQuotations\n{t}")?;
    }
    let mut seen = Vec::new();
    let mut t = table();
    t.set_header(["who", "office", "country", "mentions"]);
    for m in r.mentions.iter().filter(|m| m.kind == haberdar_model::MentionKind::Person) {
        if seen.contains(&&m.entity) {
            continue;
        }
        seen.push(&m.entity);
        let all = r.mentions.iter().filter(|x| x.entity == m.entity);
        let office = all.clone().find_map(|x| x.role.as_ref()).map(|o| o.office.clone()).unwrap_or_default();
        t.add_row([&m.name, &office, &country(m), &all.count().to_string()]);
    }
    if !seen.is_empty() {
        writeln!(out, "\nPersons\n{t}")?;
    }
    for f in &r.flags {
        writeln!(out, "\n! {}", f.message)?;
    }
    writeln!(out)?;
    Ok(())
}
