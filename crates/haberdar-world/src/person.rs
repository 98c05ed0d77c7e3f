//! Persons: ids and names.

use haberdar_model::Country;

use rustc_hash::FxHashMap;

use crate::{
    error::WorldError,
    fold::{fold_into, fold_name},
    table::Table,
};

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
    pub(crate) fn load(name: &'static str, text: &'static str) -> Result<Vec<Person>, WorldError> {
        let table = Table::new(name, text)?;
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

    /// Adds the spellings of `persons_aliases.tsv`; its rows name a person by name and state.
    pub(crate) fn add_aliases(persons: &mut [Person], text: &'static str) -> Result<(), WorldError> {
        let table = Table::new("persons_aliases.tsv", text)?;
        let rows = table.rows(&["name", "country", "name_tr", "aliases", "short"])?.collect::<Result<Vec<_>, _>>()?;
        // The few names of the rows are kept, the many of the persons only held against them.
        let mut wanted: FxHashMap<Vec<u8>, Vec<(Option<Country>, usize)>> = FxHashMap::default();
        let mut folded = Vec::new();
        for row in &rows {
            wanted.entry(fold_name(row.get(0))).or_default();
        }
        for (i, p) in persons.iter().enumerate() {
            folded.clear();
            fold_into(p.name, &mut folded);
            if let Some(found) = wanted.get_mut(&folded) {
                found.push((p.country, i));
            }
        }
        for row in rows {
            let country = row.parse(1)?;
            let found = wanted.get(&fold_name(row.get(0))).into_iter().flatten().find(|(c, _)| *c == country);
            let Some(&(_, i)) = found else {
                return Err(row.fault(format!(
                    "no person {:?} of {:?} in persons.tsv or persons_manual.tsv",
                    row.get(0),
                    row.get(1)
                )));
            };
            let p = &mut persons[i];
            p.name_tr = Some(row.get(2)).filter(|n| !n.is_empty()).or(p.name_tr);
            p.aliases.extend(row.list(3));
            p.short.extend(row.list(4));
        }
        Ok(())
    }
}
