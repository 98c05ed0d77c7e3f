//! CAMEO codes: their names in our own words and Goldstein's values.

use crate::{error::WorldError, table::Table};

/// A CAMEO code.
#[derive(Clone, Debug, PartialEq)]
pub struct Cameo {
    /// The code, as text, since the leading zero counts.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Goldstein's value, from -10 (conflict) to 10 (cooperation).
    pub goldstein: f32,
}

impl Cameo {
    pub(crate) fn load(text: &'static str) -> Result<Vec<Cameo>, WorldError> {
        let table = Table::new("cameo.tsv", text)?;
        let rows = table.rows(&["code", "name", "goldstein"])?.map(|row| {
            let row = row?;
            let goldstein = row.parse(2)?.ok_or_else(|| row.fault("no Goldstein value"))?;
            Ok(Cameo { code: row.get(0), name: row.get(1), goldstein })
        });
        rows.collect()
    }
}
