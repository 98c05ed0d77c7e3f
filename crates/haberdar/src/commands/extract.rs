//! `haberdar extract`: the articles themselves, of any language, before anything is understood of them.

use std::io::{self, Write};

use anyhow::Result;
use haberdar_sources::Item;
use serde_json::{Map, Value, json};

use crate::{cli::Extract, engine};

pub(crate) fn run(args: &Extract) -> Result<bool> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut failed = false;
    let options = args.origin.options();
    for item in engine::items(&args.paths, &options) {
        let row = match item {
            Item::Article(a) => {
                let m = a.meta;
                let o = m.origin;
                json!({
                    "id": m.source_id, "url": m.url, "title": m.title, "publisher": m.publisher, "authors": o.authors, "wire": o.wire,
                    "published": m.published, "published_at": o.published_at, "published_from": o.published_from,
                    "lang": m.language, "declared_language": o.declared_language, "text": a.text,
                })
            }
            Item::Error { source_id, error } => {
                failed = true;
                eprintln!("haberdar: {error}");
                json!({"id": source_id, "error": error.to_string(), "code": error.code()})
            }
        };
        let row: Map<String, Value> = match row {
            Value::Object(o) => o.into_iter().filter(|(_, v)| !v.is_null()).collect(),
            _ => Map::new(),
        };
        serde_json::to_writer(&mut out, &row)?;
        writeln!(out)?;
    }
    out.flush()?;
    Ok(!failed)
}
