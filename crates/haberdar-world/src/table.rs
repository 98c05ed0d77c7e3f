//! Tab-separated tables with a header line: the one format of everything under `data/world/`.

use crate::error::WorldError;

/// A table: lines that are empty or start with `#` are left out.
pub(crate) struct Table {
    name: &'static str,
    columns: Vec<&'static str>,
    lines: Lines,
}

/// A row with its `N` fields in the order of the columns that were asked for.
pub(crate) struct Row<const N: usize> {
    table: &'static str,
    /// Line in the file, from 1.
    pub(crate) line: usize,
    fields: [&'static str; N],
}

/// The lines that count, with their numbers from 1.
struct Lines {
    rest: &'static str,
    line: usize,
}

impl Iterator for Lines {
    type Item = (usize, &'static str);

    fn next(&mut self) -> Option<Self::Item> {
        while !self.rest.is_empty() {
            let (text, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
            self.rest = rest;
            self.line += 1;
            let text = text.trim_end_matches('\r');
            if !text.starts_with('#') && !text.trim_ascii_start().is_empty() {
                return Some((self.line, text));
            }
        }
        None
    }
}

impl Table {
    /// Reads the header; the rows are split when they are asked for.
    pub(crate) fn new(name: &'static str, text: &'static str) -> Result<Self, WorldError> {
        let mut lines = Lines { rest: text, line: 0 };
        let (_, header) = lines.next().ok_or_else(|| WorldError::new(name, 1, "no header line"))?;
        Ok(Table { name, columns: header.split('\t').map(str::trim).collect(), lines })
    }

    /// The rows, with the named columns in this order.
    pub(crate) fn rows<const N: usize>(
        self,
        columns: &[&str; N],
    ) -> Result<impl Iterator<Item = Result<Row<N>, WorldError>> + use<N>, WorldError> {
        let Table { name, columns: header, lines } = self;
        // Column of the file -> field of the row.
        let mut field = vec![None; header.len()];
        for (i, c) in columns.iter().enumerate() {
            let at = header.iter().position(|h| h == c);
            let at = at.ok_or_else(|| WorldError::new(name, 1, format!("column {c:?} is missing; it has {header:?}")))?;
            field[at] = Some(i);
        }
        Ok(lines.map(move |(line, text)| {
            let mut row = Row { table: name, line, fields: [""; N] };
            let mut width = 0;
            for f in pieces(text, b'\t') {
                if let Some(&Some(i)) = field.get(width) {
                    row.fields[i] = f;
                }
                width += 1;
            }
            if width != field.len() {
                return Err(row.fault(format!("{width} fields where the header has {}", field.len())));
            }
            Ok(row)
        }))
    }
}

impl<const N: usize> Row<N> {
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

/// What stands between the separators. Goes byte by byte: most pieces are shorter than a search is worth.
fn pieces(text: &'static str, separator: u8) -> impl Iterator<Item = &'static str> {
    let ends = text.bytes().enumerate().filter(move |(_, b)| *b == separator).map(|(i, _)| i).chain([text.len()]);
    ends.scan(0, move |start, end| Some(text[std::mem::replace(start, end + 1)..end].trim_ascii()))
}

/// A list separated by `|`.
pub(crate) fn list(field: &'static str) -> Vec<&'static str> {
    if field.is_empty() {
        return Vec::new();
    }
    let mut out = Vec::with_capacity(1 + field.bytes().filter(|b| *b == b'|').count());
    out.extend(pieces(field, b'|').filter(|s| !s.is_empty()));
    out
}
