//! Our own columns as a table, for programs and for Excel.

use std::io::{self, BufWriter, Write};

use csv::{Terminator, Writer, WriterBuilder};
use haberdar_model::record::Party;

use crate::{ExportError, Exporter, Row, row::real};

/// Our columns.
pub(crate) const COLUMNS: [&str; 31] = [
    "id",
    "date_from",
    "date_to",
    "date_basis",
    "type",
    "mode",
    "contexts",
    "cameo",
    "quad",
    "goldstein",
    "status",
    "polarity",
    "actor",
    "actor_entity",
    "actor_country",
    "actor_office",
    "recipient",
    "recipient_entity",
    "recipient_country",
    "recipient_office",
    "place",
    "reports",
    "independent_sources",
    "confidence",
    "conflicts",
    "publishers",
    "first_published",
    "urls",
    "articles",
    "sentence",
    "trigger",
];

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Text(String),
    Whole(i64),
    Real(f64),
    Nothing,
}

impl From<Option<String>> for Cell {
    fn from(s: Option<String>) -> Cell {
        s.filter(|s| !s.is_empty()).map_or(Cell::Nothing, Cell::Text)
    }
}

/// The values of a row; lists are joined by `; `, with as many places as there are participants.
pub(crate) fn cells(row: &Row) -> [Cell; COLUMNS.len()] {
    let e = &row.event;
    let text = |s: &str| Cell::from(Some(s.to_owned()));
    let day = |d: Option<haberdar_model::PartialDate>| Cell::from(d.map(|d| d.to_string()));
    let of = |l: &[Party], f: fn(&Party) -> String| {
        let all: Vec<String> = l.iter().map(f).collect();
        Cell::from(all.iter().any(|s| !s.is_empty()).then(|| all.join("; ")))
    };
    let name = |p: &Party| p.name.clone();
    let entity = |p: &Party| p.entity.clone().unwrap_or_default();
    let country = |p: &Party| p.country.map(|c| c.to_string()).unwrap_or_default();
    let office = |p: &Party| p.office.clone().unwrap_or_default();
    let first = row.reports.first();
    [
        text(&e.id),
        day(e.date.from),
        day(e.date.to),
        text(row.basis().as_str()),
        text(e.kind.as_str()),
        Cell::from(e.mode.clone()),
        Cell::from(Some(row.contexts().into_iter().collect::<Vec<_>>().join("; "))),
        Cell::from(e.cameo.clone()),
        Cell::Whole(i64::from(e.quad)),
        e.goldstein.map_or(Cell::Nothing, |g| Cell::Real(real(g))),
        text(e.status.as_str()),
        text(e.polarity.as_str()),
        of(&e.actor, name),
        of(&e.actor, entity),
        of(&e.actor, country),
        of(&e.actor, office),
        of(&e.recipient, name),
        of(&e.recipient, entity),
        of(&e.recipient, country),
        of(&e.recipient, office),
        Cell::from(e.place.clone()),
        Cell::Whole(e.reports.len() as i64),
        Cell::Whole(e.independent_sources as i64),
        Cell::Real(real(e.confidence)),
        Cell::Whole(e.conflicts.len() as i64),
        text(&row.publishers().join("; ")),
        Cell::from(row.first_published().map(|d| d.to_string())),
        text(&row.urls().join("; ")),
        text(&row.articles().join("; ")),
        Cell::from(first.map(|r| r.sentence.text.clone())),
        Cell::from(first.map(|r| r.event.trigger.text.clone())),
    ]
}

/// A table that is written row by row.
pub(crate) struct Table<W: Write> {
    out: Writer<Target<W>>,
    excel: bool,
}

impl<W: Write> Table<W> {
    pub(crate) fn csv(out: W) -> Result<Self, ExportError> {
        Table::new(Target::Plain(BufWriter::new(out)), b',', false)
    }

    /// Excel takes the separator of its language, which is a semicolon wherever the decimal sign is a comma.
    pub(crate) fn csv_excel(out: W) -> Result<Self, ExportError> {
        let mut out = BufWriter::new(out);
        out.write_all("\u{FEFF}".as_bytes())?;
        Table::new(Target::Plain(out), b';', true)
    }

    pub(crate) fn tsv_excel(out: W) -> Result<Self, ExportError> {
        let mut out = BufWriter::new(out);
        out.write_all(&0xFEFF_u16.to_le_bytes())?;
        Table::new(Target::Utf16(out, Vec::new()), b'\t', true)
    }

    fn new(out: Target<W>, delimiter: u8, excel: bool) -> Result<Self, ExportError> {
        let mut b = WriterBuilder::new();
        b.delimiter(delimiter).terminator(if excel { Terminator::CRLF } else { Terminator::Any(b'\n') });
        let mut out = b.from_writer(out);
        out.write_record(COLUMNS)?;
        Ok(Table { out, excel })
    }
}

impl<W: Write> Exporter for Table<W> {
    fn put(&mut self, row: &Row) -> Result<bool, ExportError> {
        let excel = self.excel;
        self.out.write_record(cells(row).into_iter().map(|c| match c {
            // A cell that begins like a formula would be computed.
            Cell::Text(t) if excel && t.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{t}"),
            Cell::Text(t) => t,
            Cell::Whole(n) => n.to_string(),
            Cell::Real(x) if excel => x.to_string().replace('.', ","),
            Cell::Real(x) => x.to_string(),
            Cell::Nothing => String::new(),
        }))?;
        Ok(true)
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        Ok(self.out.flush()?)
    }
}

/// Where UTF-8 goes: as it is, or as UTF-16 with what is left of an unfinished character.
enum Target<W: Write> {
    Plain(BufWriter<W>),
    Utf16(BufWriter<W>, Vec<u8>),
}

impl<W: Write> Write for Target<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Target::Plain(out) => return out.write(bytes),
            Target::Utf16(out, rest) => {
                rest.extend_from_slice(bytes);
                let whole = match std::str::from_utf8(rest) {
                    Ok(text) => text.len(),
                    Err(e) => e.valid_up_to(),
                };
                let text = String::from_utf8_lossy(&rest[..whole]).into_owned();
                for unit in text.encode_utf16() {
                    out.write_all(&unit.to_le_bytes())?;
                }
                rest.drain(..whole);
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Target::Plain(out) | Target::Utf16(out, _) => out.flush(),
        }
    }
}
