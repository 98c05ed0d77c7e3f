//! Tables for people, JSON and CSV for programs.

use std::io::{self, IsTerminal, Write};

use anyhow::Result;
use comfy_table::{ContentArrangement, Table, TableComponent, presets};
use serde::Serialize;

use crate::cli::Format;

/// True where the reader of our output has gone away.
pub(crate) fn is_broken_pipe(e: &anyhow::Error) -> bool {
    e.chain().any(|c| {
        c.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
            || c.downcast_ref::<csv::Error>()
                .is_some_and(|e| matches!(e.kind(), csv::ErrorKind::Io(e) if e.kind() == io::ErrorKind::BrokenPipe))
            || c.downcast_ref::<serde_json::Error>().is_some_and(|e| e.io_error_kind() == Some(io::ErrorKind::BrokenPipe))
    })
}

/// Prints rows: `header` and `cells` make the table and the CSV, the rows themselves the JSON.
pub(crate) fn rows<T: Serialize>(
    format: Format,
    rows: &[T],
    header: &[&str],
    cells: impl Fn(&T) -> Vec<String>,
    none: &str,
) -> Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, rows)?;
            writeln!(out)?;
        }
        Format::Jsonl => {
            for r in rows {
                serde_json::to_writer(&mut out, r)?;
                writeln!(out)?;
            }
        }
        Format::Csv => {
            let mut w = csv::Writer::from_writer(&mut out);
            w.write_record(header)?;
            for r in rows {
                w.write_record(cells(r))?;
            }
            w.flush()?;
        }
        Format::Table if rows.is_empty() => writeln!(out, "{none}")?,
        Format::Table => {
            let mut t = table();
            t.set_header(header.iter().map(|h| h.replace('_', " ")));
            for r in rows {
                t.add_row(cells(r));
            }
            writeln!(out, "{t}")?;
        }
    }
    out.flush()?;
    Ok(())
}

/// An empty table as wide as the terminal; 120 columns where there is none.
pub(crate) fn table() -> Table {
    let mut t = Table::new();
    t.load_preset(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    if !io::stdout().is_terminal() {
        t.set_width(140);
    }
    t
}

/// The grammatical analysis of a sentence as a table: a line a word, without rules between them.
pub(crate) fn grammar(s: &haberdar_lang::Sentence<'_>) -> Table {
    let mut t = table();
    for part in [
        TableComponent::HorizontalLines,
        TableComponent::MiddleIntersections,
        TableComponent::LeftBorderIntersections,
        TableComponent::RightBorderIntersections,
    ] {
        t.remove_style(part);
    }
    t.set_header(["no", "form", "lemma", "part of speech", "features", "head", "relation"]);
    // Features too long for the column are broken between features.
    if let Some(column) = t.column_mut(4) {
        column.set_delimiter('|');
    }
    for (i, w) in s.words.iter().enumerate() {
        let head = w.head.map_or_else(|| "root".to_owned(), |h| format!("{} {}", h + 1, s.words[h as usize].form()));
        t.add_row([&(i + 1).to_string(), w.form(), w.lemma(), w.upos.as_str(), w.feats.as_str(), &head, w.deprel.as_str()]);
    }
    t
}

/// At most `n` code points, with an ellipsis where something was cut.
pub(crate) fn cut(s: &str, n: usize) -> String {
    let flat = s.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= n {
        return flat;
    }
    let mut short: String = flat.chars().take(n.saturating_sub(1)).collect();
    short.push('…');
    short
}

/// The first twelve digits of an id: enough to name it.
pub(crate) fn short(id: &str) -> &str {
    let id = id.strip_prefix("b3:").unwrap_or(id);
    id.get(..10).unwrap_or(id)
}
