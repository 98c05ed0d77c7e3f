//! GeoJSON: a feature an event. Its point is the capital of the country in which the place lies, and `precision` says so;
//! where no place is told there is none.

use std::io::{BufWriter, Write};

use haberdar_world::codes;
use serde_json::{Value, json};

use crate::{
    ExportError, Exporter, Row,
    table::{COLUMNS, Cell, cells},
};

pub(crate) struct GeoJson<W: Write> {
    out: BufWriter<W>,
    first: bool,
}

impl<W: Write> GeoJson<W> {
    pub(crate) fn new(out: W) -> Result<Self, ExportError> {
        let mut out = BufWriter::new(out);
        write!(out, "{{\"type\":\"FeatureCollection\",\"features\":[")?;
        Ok(GeoJson { out, first: true })
    }
}

fn point((latitude, longitude): (f64, f64)) -> Value {
    json!({"type": "Point", "coordinates": [longitude, latitude]})
}

impl<W: Write> Exporter for GeoJson<W> {
    fn put(&mut self, row: &Row) -> Result<bool, ExportError> {
        let at = row
            .reports
            .iter()
            .find_map(|r| r.place.as_ref().and_then(|p| p.stated_country()))
            .and_then(codes)
            .and_then(|c| c.capital);
        let mut properties: serde_json::Map<String, Value> = COLUMNS
            .iter()
            .zip(cells(row))
            .map(|(name, cell)| {
                let value = match cell {
                    Cell::Text(t) => json!(t),
                    Cell::Whole(n) => json!(n),
                    Cell::Real(x) => json!(x),
                    Cell::Nothing => Value::Null,
                };
                ((*name).to_owned(), value)
            })
            .collect();
        properties.insert("precision".into(), if at.is_some() { json!("country") } else { Value::Null });
        let of = |l: &[haberdar_model::record::Party]| l.iter().find_map(|p| p.country.and_then(codes)?.capital);
        // For maps that draw who acts upon whom.
        for (name, side) in [("actor_capital", of(&row.event.actor)), ("recipient_capital", of(&row.event.recipient))] {
            properties.insert(name.into(), side.map_or(Value::Null, |(latitude, longitude)| json!([longitude, latitude])));
        }
        let feature = json!({"type": "Feature", "id": row.event.id, "geometry": at.map(point), "properties": properties});
        write!(self.out, "{}", if self.first { "\n" } else { ",\n" })?;
        self.first = false;
        serde_json::to_writer(&mut self.out, &feature)?;
        Ok(true)
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        writeln!(self.out, "\n]}}")?;
        Ok(self.out.flush()?)
    }
}
