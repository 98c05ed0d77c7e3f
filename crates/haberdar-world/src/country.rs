//! States, territories and the bodies that are written with a country code.

use haberdar_model::{Country, Language};

use crate::{error::WorldError, table::Table};

/// A state or territory with its names.
#[derive(Clone, Debug)]
pub struct CountryRow {
    /// Key of the row: the ISO code, or a key of its own for what has none (`NCY`).
    pub id: &'static str,
    /// The code under which readings report it.
    pub code: Country,
    /// Usual name in English.
    pub name_en: &'static str,
    /// Usual name in Turkish.
    pub name_tr: &'static str,
    /// Further names, formal and short ones, in English. A `?` at the end marks a name that means others too.
    pub alt_en: Vec<&'static str>,
    /// Further names in Turkish.
    pub alt_tr: Vec<&'static str>,
    /// Adjectives in English ("Russian").
    pub adj_en: Vec<&'static str>,
    /// Adjectives in Turkish ("Rus", "Kuzey Koreli").
    pub adj_tr: Vec<&'static str>,
    /// Words for its people in English that are not the adjective with an s.
    pub people_en: Vec<&'static str>,
    /// Words for its people in Turkish that are not the adjective.
    pub people_tr: Vec<&'static str>,
    /// Capital and other seats of government in English.
    pub capital_en: Vec<&'static str>,
    /// The same in Turkish.
    pub capital_tr: Vec<&'static str>,
    /// Buildings and places that stand for the government, in English.
    pub metonym_en: Vec<&'static str>,
    /// The same in Turkish.
    pub metonym_tr: Vec<&'static str>,
}

impl CountryRow {
    /// The usual name in a language.
    pub fn name(&self, lang: Language) -> &'static str {
        match lang {
            Language::Tr => self.name_tr,
            Language::En => self.name_en,
        }
    }

    pub(crate) fn load(text: &'static str) -> Result<Vec<CountryRow>, WorldError> {
        const COLUMNS: &[&str; 16] = &[
            "iso3",
            "code",
            "name_en",
            "name_tr",
            "formal_en",
            "formal_tr",
            "alt_en",
            "alt_tr",
            "adj_en",
            "adj_tr",
            "people_en",
            "people_tr",
            "capital_en",
            "capital_tr",
            "metonym_en",
            "metonym_tr",
        ];
        let table = Table::new("countries.tsv", text)?;
        let rows = table.rows(COLUMNS)?.map(|row| {
            let row = row?;
            let join = |a: usize, b: usize| [row.list(a), row.list(b)].concat();
            Ok(CountryRow {
                id: row.get(0),
                code: row.parse(1)?.ok_or_else(|| row.fault("no country code"))?,
                name_en: row.get(2),
                name_tr: row.get(3),
                alt_en: join(4, 6),
                alt_tr: join(5, 7),
                adj_en: row.list(8),
                adj_tr: row.list(9),
                people_en: row.list(10),
                people_tr: row.list(11),
                capital_en: row.list(12),
                capital_tr: row.list(13),
                metonym_en: row.list(14),
                metonym_tr: row.list(15),
            })
        });
        rows.collect()
    }
}
