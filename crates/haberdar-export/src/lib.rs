//! Events of the record in the formats of other tools.
//!
//! ```
//! use haberdar_export::{Format, exporter};
//!
//! let mut out = Vec::new();
//! let mut export = exporter(Format::Csv, &mut out, haberdar_world::World::shipped())?;
//! // for each event with its reports: export.put(&row)?;
//! export.finish()?;
//! # Ok::<(), haberdar_export::ExportError>(())
//! ```
//!
//! Every format is one module that writes a [`Row`] after the other, in flat memory where the format allows it (all but the
//! feeds, which hold their newest entries, and GraphML, which holds its nodes). What a format has no place for is left out
//! and counted ([`Exporter::put`] says so), never squeezed into something else: GDELT's table knows no plans and no denials, a
//! calendar has no room for an act without a day. Which column holds what stands in `docs/exports.md`.
//!
//! The crate knows the record types and the countries' codes, and nothing of where rows come from. The same rows give the
//! same bytes; there is no time of export in any of them.
#![forbid(unsafe_code)]

mod calendar;
mod columnar;
mod feed;
mod gdelt;
mod geojson;
mod graph;
mod linked;
mod plover;
mod polecat;
mod row;
mod table;

use std::{io::Write, str::FromStr};

use haberdar_world::World;

pub use row::Row;

/// What an export is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Comma-separated values with a header, UTF-8.
    Csv,
    /// For Excel in Turkish and other languages with a decimal comma: semicolons, byte order mark.
    CsvExcel,
    /// The same separated by tabs in UTF-16, which Excel opens in every language.
    TsvExcel,
    /// PLOVER's JSON, one object a line, with fields of our own under `x_`.
    Jsonl,
    /// Apache Parquet.
    Parquet,
    /// GDELT 2.0 Events, 61 columns.
    Gdelt,
    /// GDELT 2.0 Mentions, 16 columns.
    GdeltMentions,
    /// POLECAT, 40 columns.
    Polecat,
    /// GeoJSON.
    GeoJson,
    /// GraphML: who acts upon whom.
    GraphMl,
    /// JSON-LD with the vocabularies PROV, SEM and Web Annotation.
    JsonLd,
    /// Planned events as a calendar.
    Ics,
    /// JSON Feed 1.1.
    JsonFeed,
    /// RSS 2.0.
    Rss,
}

impl Format {
    /// All of them with their names.
    pub const ALL: [(&'static str, Format); 14] = [
        ("csv", Format::Csv),
        ("csv-excel", Format::CsvExcel),
        ("tsv-excel", Format::TsvExcel),
        ("jsonl", Format::Jsonl),
        ("parquet", Format::Parquet),
        ("gdelt", Format::Gdelt),
        ("gdelt-mentions", Format::GdeltMentions),
        ("polecat", Format::Polecat),
        ("geojson", Format::GeoJson),
        ("graphml", Format::GraphMl),
        ("jsonld", Format::JsonLd),
        ("ics", Format::Ics),
        ("jsonfeed", Format::JsonFeed),
        ("rss", Format::Rss),
    ];
}

impl FromStr for Format {
    type Err = ExportError;

    fn from_str(s: &str) -> Result<Self, ExportError> {
        Self::ALL
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(s))
            .map(|f| f.1)
            .ok_or_else(|| ExportError::Format { name: s.to_owned(), known: Self::ALL.map(|f| f.0).join(", ") })
    }
}

/// What can stop an export.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// Not one of ours.
    #[error("unknown format {name:?}: use one of {known}")]
    Format {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// It cannot be written.
    #[error("the export cannot be written: {0}")]
    Io(#[from] std::io::Error),
    /// It cannot be written as CSV.
    #[error("the export cannot be written: {0}")]
    Csv(#[from] csv::Error),
    /// It cannot be written as JSON.
    #[error("the export cannot be written: {0}")]
    Json(#[from] serde_json::Error),
    /// It cannot be written as Parquet.
    #[error("the export cannot be written: {0}")]
    Parquet(#[from] parquet::errors::ParquetError),
}

/// Writes one row after the other.
pub trait Exporter {
    /// Writes a row; false where the format has no place for it.
    fn put(&mut self, row: &Row) -> Result<bool, ExportError>;

    /// Writes what stands behind the last row.
    fn finish(self: Box<Self>) -> Result<(), ExportError>;
}

/// The exporter of a format, which writes to `out`.
pub fn exporter<'w, W: Write + Send + 'w>(
    format: Format,
    out: W,
    world: &'w World,
) -> Result<Box<dyn Exporter + 'w>, ExportError> {
    Ok(match format {
        Format::Csv => Box::new(table::Table::csv(out)?),
        Format::CsvExcel => Box::new(table::Table::csv_excel(out)?),
        Format::TsvExcel => Box::new(table::Table::tsv_excel(out)?),
        Format::Jsonl => Box::new(plover::Plover::new(out)),
        Format::Parquet => Box::new(columnar::Columnar::new(out)?),
        Format::Gdelt => Box::new(gdelt::Events::new(out, world)),
        Format::GdeltMentions => Box::new(gdelt::Mentions::new(out)),
        Format::Polecat => Box::new(polecat::Polecat::new(out, world)?),
        Format::GeoJson => Box::new(geojson::GeoJson::new(out)?),
        Format::GraphMl => Box::new(graph::GraphMl::new(out)?),
        Format::JsonLd => Box::new(linked::Linked::new(out)?),
        Format::Ics => Box::new(calendar::Calendar::new(out)?),
        Format::JsonFeed => Box::new(feed::Feed::json(out)),
        Format::Rss => Box::new(feed::Feed::rss(out)),
    })
}
