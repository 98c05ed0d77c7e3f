//! Organisations, armed groups, parties, media, companies, and places.

use haberdar_model::{Country, Language};

use crate::{error::WorldError, table::Table};

/// A named body, or a place.
#[derive(Clone, Debug)]
pub struct Organization {
    /// Its id.
    pub id: &'static str,
    /// The state or body that it belongs to.
    pub country: Option<Country>,
    /// PLOVER sector; empty for places.
    pub sector: &'static str,
    /// What kind of body it is: `igo`, `ministry`, `party`, `armed_group`, `media`, `company`, `city`, …
    pub kind: &'static str,
    /// Names in English, the usual one first.
    pub names_en: Vec<&'static str>,
    /// Names in Turkish, the usual one first.
    pub names_tr: Vec<&'static str>,
}

impl Organization {
    /// The usual name in a language; the other language's where it has none.
    pub fn name(&self, lang: Language) -> &'static str {
        let (a, b) = match lang {
            Language::Tr => (&self.names_tr, &self.names_en),
            Language::En => (&self.names_en, &self.names_tr),
        };
        a.first().or(b.first()).map_or(self.id, |n| n.trim_start_matches(['^', '?']))
    }

    pub(crate) fn load(name: &'static str, text: &'static str) -> Result<Vec<Organization>, WorldError> {
        let table = Table::new(name, text)?;
        let rows = table.rows(&["id", "country", "sector", "kind", "names_en", "names_tr"])?.map(|row| {
            let row = row?;
            Ok(Organization {
                id: row.get(0),
                country: row.parse(1)?,
                sector: row.get(2),
                kind: row.get(3),
                names_en: row.list(4),
                names_tr: row.list(5),
            })
        });
        rows.collect()
    }
}
