//! Tab-separated tables with a header line: the one format of everything under `data/world/`.

use crate::error::WorldError;

/// A table: lines that are empty or start with `#` are left out.
pub(crate) struct Table {
    name: &'static str,
    columns: Vec<&'static str>,
    rows: Vec<(usize, &'static str)>,
}

/// A row with its fields in the order of the columns that were asked for.
pub(crate) struct Row {
    table: &'static str,
    /// Line in the file, from 1.
    pub(crate) line: usize,
    fields: Vec<&'static str>,
}

impl Table {
    /// Reads the header; the rows are split when they are asked for.
    pub(crate) fn new(name: &'static str, text: &'static str) -> Result<Self, WorldError> {
        let mut lines = text
            .lines()
            .enumerate()
            .map(|(i, l)| (i + 1, l.trim_end_matches('\r')))
            .filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
        let (_, header) = lines.next().ok_or_else(|| WorldError::new(name, 1, "no header line"))?;
        Ok(Table { name, columns: header.split('\t').map(str::trim).collect(), rows: lines.collect() })
    }

    /// The rows, with the named columns in this order.
    pub(crate) fn rows(&self, columns: &[&str]) -> Result<impl Iterator<Item = Result<Row, WorldError>>, WorldError> {
        let place = columns
            .iter()
            .map(|c| {
                let at = self.columns.iter().position(|h| h == c);
                at.ok_or_else(|| WorldError::new(self.name, 1, format!("column {c:?} is missing; it has {:?}", self.columns)))
            })
            .collect::<Result<Vec<_>, _>>()?;
        let width = self.columns.len();
        Ok(self.rows.iter().map(move |&(line, text)| {
            let all: Vec<&'static str> = text.split('\t').map(str::trim).collect();
            if all.len() != width {
                return Err(WorldError::new(self.name, line, format!("{} fields where the header has {width}", all.len())));
            }
            Ok(Row { table: self.name, line, fields: place.iter().map(|&i| all[i]).collect() })
        }))
    }
}

impl Row {
    /// The field of the i-th column that was asked for.
    pub(crate) fn get(&self, i: usize) -> &'static str {
        self.fields.get(i).copied().unwrap_or_default()
    }

    /// The field, parsed; an empty field is `None`.
    pub(crate) fn parse<T>(&self, i: usize) -> Result<Option<T>, WorldError>
    where
        T: std::str::FromStr,
        T::Err: std::fmt::Display,
    {
        match self.get(i) {
            "" => Ok(None),
            s => s.parse().map(Some).map_err(|e: T::Err| self.fault(e.to_string())),
        }
    }

    /// The field as a list separated by `|`.
    pub(crate) fn list(&self, i: usize) -> Vec<&'static str> {
        list(self.get(i))
    }

    /// An error that names this row.
    pub(crate) fn fault(&self, fault: impl Into<String>) -> WorldError {
        WorldError::new(self.table, self.line, fault)
    }
}

/// A list separated by `|`.
pub(crate) fn list(field: &'static str) -> Vec<&'static str> {
    field.split('|').map(str::trim).filter(|s| !s.is_empty()).collect()
}
