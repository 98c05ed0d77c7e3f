//! JSON-LD: events in SEM, where they come from in PROV, and the words themselves as Web Annotation selectors.

use std::{
    collections::BTreeSet,
    io::{BufWriter, Write},
};

use haberdar_model::record::{Explained, Party};
use serde_json::{Value, json};

use crate::{ExportError, Exporter, Row, row::real};

pub(crate) struct Linked<W: Write> {
    out: BufWriter<W>,
    first: bool,
    /// Articles that are described already.
    articles: BTreeSet<String>,
}

impl<W: Write> Linked<W> {
    pub(crate) fn new(out: W) -> Result<Self, ExportError> {
        let context = json!({
            "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
            "prov": "http://www.w3.org/ns/prov#",
            "oa": "http://www.w3.org/ns/oa#",
            "dct": "http://purl.org/dc/terms/",
            "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
            "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
            "wd": "http://www.wikidata.org/entity/",
            "hab": "urn:haberdar:",
        });
        let mut out = BufWriter::new(out);
        write!(out, "{{\"@context\":{context},\"@graph\":[")?;
        Ok(Linked { out, first: true, articles: BTreeSet::new() })
    }

    fn node(&mut self, node: &Value) -> Result<(), ExportError> {
        write!(self.out, "{}", if self.first { "\n" } else { ",\n" })?;
        self.first = false;
        Ok(serde_json::to_writer(&mut self.out, node)?)
    }
}

fn iri(kind: &str, id: &str) -> String {
    format!("hab:{kind}:{}", id.trim_start_matches("b3:"))
}

fn day(d: Option<jiff::civil::Date>) -> Value {
    d.map_or(Value::Null, |d| json!({"@value": d.to_string(), "@type": "xsd:date"}))
}

fn party(p: &Party, role: &str) -> Value {
    let id = match p.entity.as_deref() {
        Some(q) if q.starts_with('Q') => json!(format!("wd:{q}")),
        Some(other) => json!(iri("entity", other)),
        None => Value::Null,
    };
    let mut actor = json!({"@type": "sem:Actor", "rdfs:label": p.name, "hab:country": p.country, "hab:office": p.office});
    if !id.is_null() {
        actor["@id"] = id;
    }
    json!({"@type": "sem:Role", "sem:roleType": {"@id": format!("hab:{role}")}, "rdf:value": actor})
}

/// The view of one report: according to whom, in which words.
fn view(r: &Explained) -> Value {
    let span = |s: &haberdar_model::reading::TextSpan| {
        json!([
            {"@type": "oa:TextPositionSelector", "oa:start": s.span.start, "oa:end": s.span.end},
            {"@type": "oa:TextQuoteSelector", "oa:exact": s.text},
        ])
    };
    json!({
        "@type": ["sem:View", "prov:Entity"],
        "sem:accordingTo": r.reported_by.as_ref().map(|m| m.name.as_str()).or(r.article.publisher.as_deref()),
        "prov:wasDerivedFrom": {
            "@type": "oa:SpecificResource",
            "oa:hasSource": {"@id": iri("article", &r.article.id)},
            "oa:hasSelector": span(&r.sentence),
        },
        "hab:trigger": {"@type": "oa:SpecificResource", "oa:hasSource": {"@id": iri("article", &r.article.id)}, "oa:hasSelector": span(&r.event.trigger)},
        "hab:rule": r.event.why,
    })
}

impl<W: Write + Send> Exporter for Linked<W> {
    fn put(&mut self, row: &Row) -> Result<bool, ExportError> {
        for r in &row.reports {
            let a = &r.article;
            if self.articles.insert(a.id.clone()) {
                self.node(&json!({
                    "@id": iri("article", &a.id), "@type": "prov:Entity", "dct:title": a.title, "dct:publisher": a.publisher,
                    "dct:issued": a.published, "dct:language": a.language, "dct:source": a.url, "hab:sha256": a.text_sha256,
                }))?;
            }
        }
        let e = &row.event;
        let roles = e.actor.iter().map(|p| party(p, "actor")).chain(e.recipient.iter().map(|p| party(p, "recipient")));
        self.node(&json!({
            "@id": iri("event", &e.id),
            "@type": ["sem:Event", "prov:Entity"],
            "rdfs:label": row.title(),
            "sem:eventType": {"@id": format!("hab:type:{}", e.kind)},
            "sem:hasActor": roles.collect::<Vec<_>>(),
            "sem:hasPlace": e.place.as_ref().map(|p| json!({"@type": "sem:Place", "rdfs:label": p})),
            "sem:hasEarliestBeginTimeStamp": day(row.first_day()),
            "sem:hasLatestEndTimeStamp": day(row.last_day()),
            "prov:wasGeneratedBy": {"@id": concat!("hab:version:", env!("CARGO_PKG_VERSION")), "@type": "prov:Activity"},
            "hab:status": e.status,
            "hab:polarity": e.polarity,
            "hab:mode": e.mode,
            "hab:cameo": e.cameo,
            "hab:independentSources": e.independent_sources,
            "hab:confidence": real(e.confidence),
            "hab:conflict": e.conflicts.iter().map(|c| json!({"@id": iri("conflict", c)})).collect::<Vec<_>>(),
            "hab:view": row.reports.iter().map(view).collect::<Vec<_>>(),
        }))?;
        Ok(true)
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        writeln!(self.out, "\n]}}")?;
        Ok(self.out.flush()?)
    }
}
