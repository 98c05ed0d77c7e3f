//! POLECAT: a header and 40 columns separated by tabs; nothing is the word `None`, several values are joined by `; `.

use std::io::{BufWriter, Write};

use haberdar_model::{Language, MentionKind, record::Party};
use haberdar_world::{World, codes};

use crate::{ExportError, Exporter, Row, plover::auxiliary};

const HEADER: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

pub(crate) struct Polecat<'w, W: Write> {
    out: csv::Writer<BufWriter<W>>,
    world: &'w World,
}

impl<'w, W: Write> Polecat<'w, W> {
    pub(crate) fn new(out: W, world: &'w World) -> Result<Self, ExportError> {
        let mut out = csv::WriterBuilder::new().delimiter(b'\t').from_writer(BufWriter::new(out));
        out.write_record(HEADER)?;
        Ok(Polecat { out, world })
    }

    /// The eight columns of a side.
    fn side(&self, row: &Row, parties: &[Party]) -> [String; 8] {
        let all = |f: &dyn Fn(&Party) -> Option<String>| {
            let mut values: Vec<String> = Vec::new();
            parties.iter().filter_map(f).filter(|v| !v.is_empty()).for_each(|v| {
                if !values.contains(&v) {
                    values.push(v);
                }
            });
            values.join("; ")
        };
        let sector = |p: &Party| row.sector(p).map(str::to_owned);
        let office = |p: &Party| p.office.as_deref().map(|o| self.world.office(o).map_or(o, |o| o.name(Language::En)).to_owned());
        [
            all(&|p| Some(p.name.clone())),
            all(&|p| p.country.map(|c| c.to_string())),
            all(&|p| p.country.and_then(codes).map(|c| c.cow.to_owned())),
            parties.iter().find_map(sector).unwrap_or_default(),
            all(&sector),
            all(&office),
            all(&|p| row.words(p).map(str::to_owned)),
            all(&|p| p.entity.clone().filter(|e| e.starts_with('Q'))),
        ]
    }
}

impl<W: Write + Send> Exporter for Polecat<'_, W> {
    fn put(&mut self, row: &Row) -> Result<bool, ExportError> {
        let Some(day) = row.any_day() else { return Ok(false) };
        let e = &row.event;
        let mut modes: Vec<&str> = e.mode.as_deref().into_iter().collect();
        modes.extend(auxiliary(row));
        let quad = ["", "VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"];
        let place = row.reports.iter().find_map(|r| r.place.as_ref());
        let country = place.and_then(|p| p.stated_country()).and_then(|c| self.world.country(c));
        let people = |kinds: &[MentionKind]| {
            let of = row.reports.iter().flat_map(|r| r.actor.iter().chain(&r.recipient).chain(&r.place));
            let mut names: Vec<&str> = of.filter(|m| kinds.contains(&m.kind)).map(|m| m.name.as_str()).collect();
            names.sort_unstable();
            names.dedup();
            names.join("; ")
        };
        let languages: Vec<&str> = row.reports.iter().filter_map(|r| r.article.language).map(|l| l.code()).collect();
        let mut columns: Vec<String> = vec![
            e.id.clone(),
            day.to_string(),
            e.kind.to_string(),
            modes.join("; "),
            e.goldstein.map(|g| crate::row::real(g).to_string()).unwrap_or_default(),
            quad.get(usize::from(e.quad)).copied().unwrap_or_default().to_owned(),
            row.contexts().into_iter().collect::<Vec<_>>().join("; "),
        ];
        columns.extend(self.side(row, &e.actor));
        columns.extend(self.side(row, &e.recipient));
        columns.extend([
            e.place.clone().unwrap_or_default(),
            String::new(),
            String::new(),
            String::new(),
            country.map(|c| c.code.to_string()).unwrap_or_default(),
            String::new(),
            String::new(),
            String::new(),
            place.map(|p| p.at.text.clone()).unwrap_or_default(),
            String::new(),
            row.publishers().join("; "),
            row.first_published().map(|d| d.to_string()).unwrap_or_default(),
            people(&[MentionKind::Person]),
            people(&[MentionKind::Organization]),
            people(&[MentionKind::Country, MentionKind::Place]),
            languages.first().copied().unwrap_or_default().to_owned(),
            format!("haberdar {}", env!("CARGO_PKG_VERSION")),
        ]);
        let clean =
            columns.into_iter().map(|c| if c.is_empty() { "None".to_owned() } else { c.replace(['\t', '\n', '\r'], " ") });
        self.out.write_record(clean)?;
        Ok(true)
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        Ok(self.out.flush()?)
    }
}
