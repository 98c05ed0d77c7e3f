//! GraphML: participants are nodes, every act an edge from each who acts to each who is acted upon. In a mutual act without
//! sides there is an edge each way.

use std::{
    collections::BTreeMap,
    io::{BufWriter, Write},
};

use haberdar_model::record::Party;
use quick_xml::escape::escape;

use crate::{ExportError, Exporter, Row, row::real};

pub(crate) struct GraphMl<W: Write> {
    out: BufWriter<W>,
    nodes: BTreeMap<String, Party>,
}

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="name" for="node" attr.name="name" attr.type="string"/>
<key id="country" for="node" attr.name="country" attr.type="string"/>
<key id="entity" for="node" attr.name="entity" attr.type="string"/>
<key id="event" for="edge" attr.name="event" attr.type="string"/>
<key id="type" for="edge" attr.name="type" attr.type="string"/>
<key id="status" for="edge" attr.name="status" attr.type="string"/>
<key id="polarity" for="edge" attr.name="polarity" attr.type="string"/>
<key id="date" for="edge" attr.name="date" attr.type="string"/>
<key id="quad" for="edge" attr.name="quad" attr.type="int"/>
<key id="goldstein" for="edge" attr.name="goldstein" attr.type="double"/>
<key id="sources" for="edge" attr.name="sources" attr.type="int"/>
<key id="confidence" for="edge" attr.name="confidence" attr.type="double"/>
<graph id="haberdar" edgedefault="directed">
"#;

impl<W: Write> GraphMl<W> {
    pub(crate) fn new(out: W) -> Result<Self, ExportError> {
        let mut out = BufWriter::new(out);
        out.write_all(HEAD.as_bytes())?;
        Ok(GraphMl { out, nodes: BTreeMap::new() })
    }

    /// The node of a participant: its entity, else its country, else its name.
    fn node(&mut self, p: &Party) -> String {
        let country = || p.country.map(|c| c.to_string());
        let id = p.entity.clone().or_else(country).unwrap_or_else(|| format!("name:{}", p.name));
        self.nodes.entry(id.clone()).or_insert_with(|| p.clone());
        id
    }
}

fn data(key: &str, value: &str) -> String {
    if value.is_empty() { String::new() } else { format!("<data key=\"{key}\">{}</data>", escape(clean(value))) }
}

/// What XML cannot hold is left out.
pub(crate) fn clean(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .filter(|c| !matches!(c, '\u{FFFE}' | '\u{FFFF}'))
        .collect()
}

impl<W: Write + Send> Exporter for GraphMl<W> {
    fn put(&mut self, row: &Row) -> Result<bool, ExportError> {
        let e = &row.event;
        let from: Vec<String> = e.actor.iter().map(|p| self.node(p)).collect();
        let mut to: Vec<String> = e.recipient.iter().map(|p| self.node(p)).collect();
        if to.is_empty() && from.len() > 1 {
            to.clone_from(&from);
        }
        let mut edges = 0;
        for a in &from {
            for b in to.iter().filter(|b| *b != a) {
                write!(self.out, "<edge source=\"{}\" target=\"{}\">", escape(clean(a)), escape(clean(b)))?;
                for (key, value) in [
                    ("event", e.id.clone()),
                    ("type", e.kind.to_string()),
                    ("status", e.status.to_string()),
                    ("polarity", e.polarity.to_string()),
                    ("date", row.any_day().map(|d| d.to_string()).unwrap_or_default()),
                    ("quad", e.quad.to_string()),
                    ("goldstein", e.goldstein.map(|g| real(g).to_string()).unwrap_or_default()),
                    ("sources", e.independent_sources.to_string()),
                    ("confidence", real(e.confidence).to_string()),
                ] {
                    self.out.write_all(data(key, &value).as_bytes())?;
                }
                writeln!(self.out, "</edge>")?;
                edges += 1;
            }
        }
        Ok(edges > 0)
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        for (id, p) in &self.nodes {
            let country = p.country.map(|c| c.to_string()).unwrap_or_default();
            let (name, country) = (data("name", &p.name), data("country", &country));
            let entity = data("entity", p.entity.as_deref().unwrap_or_default());
            writeln!(self.out, "<node id=\"{}\">{name}{country}{entity}</node>", escape(clean(id)))?;
        }
        writeln!(self.out, "</graph>\n</graphml>")?;
        Ok(self.out.flush()?)
    }
}
