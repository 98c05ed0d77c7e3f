//! Persons: ids and names.

use haberdar_model::Country;

use crate::{error::WorldError, table::Table};

/// A person of the tables.
#[derive(Clone, Debug)]
pub struct Person {
    /// Wikidata id where it is known, else a stable slug.
    pub id: &'static str,
    /// Usual name in English.
    pub name: &'static str,
    /// Usual spelling in Turkish texts, where it is another one.
    pub name_tr: Option<&'static str>,
    /// The state or body that the person acts for.
    pub country: Option<Country>,
    /// Further spellings.
    pub aliases: Vec<&'static str>,
    /// Names by which news means this person without more ("Putin", "Lavrov").
    pub short: Vec<&'static str>,
}

impl Person {
    pub(crate) fn load(text: &'static str) -> Result<Vec<Person>, WorldError> {
        let table = Table::new("persons.tsv", text)?;
        let rows = table.rows(&["id", "name", "country"])?.map(|row| {
            let row = row?;
            let (id, name) = (row.get(0), row.get(1));
            if id.is_empty() || name.is_empty() {
                return Err(row.fault("a person needs an id and a name"));
            }
            Ok(Person { id, name, name_tr: None, country: row.parse(2)?, aliases: Vec::new(), short: Vec::new() })
        });
        rows.collect()
    }
}
