//! Offices: what they are called, and which office a title names in which country.

use haberdar_model::{Country, Language};

use crate::{
    error::WorldError,
    table::{Table, list},
};

/// An office, such as `foreign_minister`.
#[derive(Clone, Debug)]
pub struct Office {
    /// Its id.
    pub id: &'static str,
    /// The office that its holders are recorded under, where that is another one (`president` -> `head_of_state`).
    pub recorded_as: Option<&'static str>,
    /// PLOVER sector of its holder.
    pub sector: &'static str,
    /// The body whose office it is, where there is only one (`un_secretary_general` -> UNO).
    pub body: Option<Country>,
    /// Name in English.
    pub name_en: &'static str,
    /// Name in Turkish.
    pub name_tr: &'static str,
    /// Titles in English; a `^` in front marks one that counts with a capital only.
    pub titles_en: Vec<&'static str>,
    /// Titles in Turkish.
    pub titles_tr: Vec<&'static str>,
    /// Titles that mean this office in one country only, such as "Secretary of State" in the USA.
    pub local: Vec<(Country, &'static str)>,
}

impl Office {
    /// The name in a language.
    pub fn name(&self, lang: Language) -> &'static str {
        match lang {
            Language::Tr => self.name_tr,
            Language::En => self.name_en,
        }
    }

    /// The id that holdings are recorded under.
    pub fn record_id(&self) -> &'static str {
        self.recorded_as.unwrap_or(self.id)
    }

    pub(crate) fn load(text: &'static str) -> Result<Vec<Office>, WorldError> {
        const COLUMNS: &[&str; 9] =
            &["id", "recorded_as", "sector", "body", "name_en", "name_tr", "titles_en", "titles_tr", "local"];
        let table = Table::new("offices.tsv", text)?;
        let rows = table.rows(COLUMNS)?.map(|row| {
            let row = row?;
            let local = list(row.get(8))
                .into_iter()
                .map(|l| {
                    let (c, title) = l.split_once('=').ok_or_else(|| row.fault(format!("{l:?} is not COUNTRY=title")))?;
                    Ok((c.parse().map_err(|e| row.fault(format!("{e}")))?, title))
                })
                .collect::<Result<_, WorldError>>()?;
            Ok(Office {
                id: row.get(0),
                recorded_as: Some(row.get(1)).filter(|s| !s.is_empty()),
                sector: row.get(2),
                body: row.parse(3)?,
                name_en: row.get(4),
                name_tr: row.get(5),
                titles_en: row.list(6),
                titles_tr: row.list(7),
                local,
            })
        });
        rows.collect()
    }
}
