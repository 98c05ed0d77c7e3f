//! RSS 2.0 and JSON Feed 1.1: the events whose first report is the newest.

use std::io::{BufWriter, Write};

use jiff::civil::Date;
use quick_xml::escape::escape;
use serde_json::json;

use crate::{ExportError, Exporter, Row, graph::clean};

/// Entries of a feed; a reader asks again and again.
const ENTRIES: usize = 100;

struct Entry {
    day: Option<Date>,
    id: String,
    title: String,
    words: Vec<String>,
    url: Option<String>,
    tags: Vec<String>,
}

pub(crate) struct Feed<W: Write> {
    out: BufWriter<W>,
    json: bool,
    entries: Vec<Entry>,
}

impl<W: Write> Feed<W> {
    pub(crate) fn json(out: W) -> Self {
        Feed { out: BufWriter::new(out), json: true, entries: Vec::new() }
    }

    pub(crate) fn rss(out: W) -> Self {
        Feed { json: false, ..Feed::json(out) }
    }

    /// The newest first, at most so many.
    fn trim(&mut self) {
        self.entries.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| a.id.cmp(&b.id)));
        self.entries.truncate(ENTRIES);
    }

    fn write_json(&mut self) -> Result<(), ExportError> {
        let items = self.entries.iter().map(|e| {
            let mut item = json!({"id": e.id, "title": e.title, "content_text": e.words.join("\n"), "tags": e.tags});
            if let Some(url) = &e.url {
                item["external_url"] = json!(url);
            }
            if let Some(day) = e.day {
                item["date_published"] = json!(format!("{day}T00:00:00Z"));
            }
            item
        });
        let feed = json!({"version": "https://jsonfeed.org/version/1.1", "title": "Haberdar: new events", "items": items.collect::<Vec<_>>()});
        serde_json::to_writer_pretty(&mut self.out, &feed)?;
        Ok(writeln!(self.out)?)
    }

    fn write_rss(&mut self) -> Result<(), ExportError> {
        let out = &mut self.out;
        let tag = |name: &str, text: &str| format!("<{name}>{}</{name}>\n", escape(clean(text)));
        write!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel>\n")?;
        // RSS asks for a link; a record in a file has none.
        write!(
            out,
            "{}{}{}",
            tag("title", "Haberdar: new events"),
            tag("link", "urn:haberdar"),
            tag("description", "Events by the day of their first report")
        )?;
        for e in &self.entries {
            write!(out, "<item>\n{}<guid isPermaLink=\"false\">{}</guid>\n", tag("title", &e.title), escape(&e.id))?;
            out.write_all(tag("description", &e.words.join("\n")).as_bytes())?;
            if let Some(url) = &e.url {
                out.write_all(tag("link", url).as_bytes())?;
            }
            if let Some(day) = e.day {
                let day = day.strftime("%a, %d %b %Y 00:00:00 +0000").to_string();
                out.write_all(tag("pubDate", &day).as_bytes())?;
            }
            for t in &e.tags {
                out.write_all(tag("category", t).as_bytes())?;
            }
            writeln!(out, "</item>")?;
        }
        Ok(writeln!(out, "</channel></rss>")?)
    }
}

impl<W: Write> Exporter for Feed<W> {
    fn put(&mut self, row: &Row) -> Result<bool, ExportError> {
        let e = &row.event;
        let countries = e.actor.iter().chain(&e.recipient).filter_map(|p| p.country).map(|c| c.to_string());
        let mut tags: Vec<String> = [e.kind.to_string(), e.status.to_string()].into_iter().chain(countries).collect();
        let mut seen = std::collections::BTreeSet::new();
        tags.retain(|t| seen.insert(t.clone()));
        self.entries.push(Entry {
            day: row.first_published().or_else(|| row.first_day()),
            id: e.id.clone(),
            title: row.title(),
            words: row.citations(),
            url: row.urls().first().map(|u| (*u).to_owned()),
            tags,
        });
        if self.entries.len() >= 20 * ENTRIES {
            self.trim();
        }
        Ok(true)
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        self.trim();
        if self.json {
            self.write_json()?
        } else {
            self.write_rss()?
        }
        Ok(self.out.flush()?)
    }
}
