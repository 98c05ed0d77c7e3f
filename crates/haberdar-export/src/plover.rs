//! PLOVER's JSON, one object a line. What PLOVER does not know stands under `x_`.

use std::io::{BufWriter, Write};

use haberdar_model::{Polarity, Status, record::Party};
use serde_json::{Map, Value, json};

use crate::{ExportError, Exporter, Row, row::real};

pub(crate) struct Plover<W: Write> {
    out: BufWriter<W>,
}

impl<W: Write> Plover<W> {
    pub(crate) fn new(out: W) -> Self {
        Plover { out: BufWriter::new(out) }
    }
}

/// PLOVER's auxiliary modes: what the words say of the act's reality.
pub(crate) fn auxiliary(row: &Row) -> Vec<&'static str> {
    let mut modes = Vec::new();
    match row.event.status {
        Status::Happened | Status::Ongoing => {}
        Status::Planned | Status::Forecast => modes.push("future"),
        Status::Hypothetical | Status::Demanded => modes.push("hypothetical"),
        Status::Historical => modes.push("historical"),
        Status::Denied => modes.push("negation"),
    }
    if row.event.polarity == Polarity::Negative && !modes.contains(&"negation") {
        modes.push("negation");
    }
    modes
}

fn entity(row: &Row, p: &Party) -> Value {
    json!({
        "code": p.country,
        "sector": row.sector(p),
        "entity_text": row.words(p).unwrap_or(&p.name),
        "identifier_id": p.entity.as_deref().filter(|e| e.starts_with('Q')),
        "identifier_text": p.name,
        "office": p.office,
        "x_entity": p.entity,
    })
}

impl<W: Write> Exporter for Plover<W> {
    fn put(&mut self, row: &Row) -> Result<bool, ExportError> {
        let e = &row.event;
        let first = row.reports.first();
        let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string());
        let mut modes: Vec<&str> = e.mode.as_deref().into_iter().collect();
        modes.extend(auxiliary(row));
        let mut place = Map::new();
        if let Some(name) = &e.place {
            place.insert("name".into(), json!(name));
            let country = row.reports.iter().find_map(|r| r.place.as_ref().and_then(|p| p.stated_country()));
            place.insert("country".into(), json!(country));
        }
        let reports = row.reports.iter().map(|r| {
            json!({
                "article": r.article.id, "source_id": r.article.source_id, "publisher": r.article.publisher, "published": r.article.published,
                "language": r.article.language, "url": r.article.url,
                "sentence": {"start": r.sentence.span.start, "end": r.sentence.span.end, "text": r.sentence.text},
                "trigger": {"start": r.event.trigger.span.start, "end": r.event.trigger.span.end, "text": r.event.trigger.text},
                "actor": r.actor.iter().map(|m| json!({"start": m.at.span.start, "end": m.at.span.end, "text": m.at.text})).collect::<Vec<_>>(),
                "recipient": r.recipient.iter().map(|m| json!({"start": m.at.span.start, "end": m.at.span.end, "text": m.at.text})).collect::<Vec<_>>(),
                "reported_by": r.reported_by.as_ref().map(|m| &m.name),
                "why": r.event.why,
            })
        });
        let object = json!({
            "id": e.id,
            "has_event": true,
            "date": day(row.any_day()),
            "enddate": day(row.last_day().filter(|d| Some(*d) != row.first_day())),
            "actor": e.actor.iter().map(|p| entity(row, p)).collect::<Vec<_>>(),
            "recipient": e.recipient.iter().map(|p| entity(row, p)).collect::<Vec<_>>(),
            "event": [e.kind],
            "event_loc": place,
            "event_text": row.reports.iter().map(|r| r.event.trigger.text.as_str()).collect::<Vec<_>>(),
            "quad_code": e.quad,
            "event_scale": e.goldstein.map(real),
            "mode": modes,
            "context": row.contexts(),
            "link": first.and_then(|r| r.article.url.as_ref()),
            "text": first.map(|r| &r.sentence.text),
            "text_info": first.map(|r| json!({"sequence": r.event.sentence, "start": r.sentence.span.start, "end": r.sentence.span.end})),
            "cite_info": first.map(|r| json!({
                "url": r.article.url, "title": r.article.title, "language": r.article.language, "publication": r.article.publisher,
                "coder": "haberdar", "codebook": "PLOVER", "version": env!("CARGO_PKG_VERSION"),
            })),
            "coder": "haberdar",
            "x_cameo": e.cameo,
            "x_status": e.status,
            "x_polarity": e.polarity,
            "x_date_basis": e.date.basis,
            "x_independent_sources": e.independent_sources,
            "x_confidence": real(e.confidence),
            "x_conflicts": e.conflicts,
            "x_reports": reports.collect::<Vec<_>>(),
        });
        serde_json::to_writer(&mut self.out, &object)?;
        writeln!(self.out)?;
        Ok(true)
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        Ok(self.out.flush()?)
    }
}
