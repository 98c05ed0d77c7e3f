//! Names that several states or bodies go by: "Kongo", "Brüksel", "Georgia".

use haberdar_model::{Country, Language};
use rustc_hash::FxHashMap;

use crate::{
    error::WorldError,
    fold::{Folded, fold_name, is_word},
    gazetteer::NameHit,
    table::Table,
    world::World,
};

/// Their meanings, the likeliest first: codes, or ids of places for what is a part of a state; by folded name.
#[derive(Default)]
pub(crate) struct SharedNames {
    rows: FxHashMap<(Vec<u8>, Language), Vec<&'static str>>,
}

impl SharedNames {
    pub(crate) fn load(text: &'static str) -> Result<Self, WorldError> {
        let mut rows = FxHashMap::default();
        for row in Table::new("shared_names.tsv", text)?.rows(&["name", "lang", "meanings"])? {
            let row = row?;
            let lang = row.parse(1)?.ok_or_else(|| row.fault("no language"))?;
            if rows.insert((fold_name(row.get(0)), lang), row.list(2)).is_some() {
                return Err(row.fault("the name stands twice"));
            }
        }
        Ok(SharedNames { rows })
    }

    /// All names with their meanings.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (String, &[&'static str])> {
        self.rows.iter().map(|((name, _), meanings)| (String::from_utf8_lossy(name).into_owned(), meanings.as_slice()))
    }
}

/// A state or body that a name may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Meaning {
    pub(crate) country: Country,
    /// It means a part of it, which has none of the offices of a state.
    pub(crate) part: bool,
}

impl World {
    /// What a meaning of the table stands for; `None` where it is neither a code nor a place.
    pub(crate) fn meaning(&self, meaning: &str) -> Option<Meaning> {
        let state = meaning.parse().ok().filter(|c: &Country| c.is_body() || self.country(*c).is_some());
        let place = || self.places.iter().find(|p| p.id == meaning).and_then(|p| p.country);
        let whole = state.map(|country| Meaning { country, part: false });
        whole.or_else(|| place().map(|country| Meaning { country, part: true }))
    }

    fn all(&self, meanings: &[&str]) -> Vec<Meaning> {
        meanings.iter().filter_map(|m| self.meaning(m)).collect()
    }

    /// The states and bodies that go by the name (it may have a suffix), the likeliest first; none where it is nobody else's.
    pub fn bearers(&self, name: &str, lang: Language) -> Vec<Country> {
        let seen = fold_name(name);
        let suffix = |rest: &[u8]| match lang {
            Language::Tr => rest.iter().all(|b| is_word(*b)),
            Language::En => matches!(rest, b"" | b"s"),
        };
        let rows = self.shared.rows.iter().filter(|((_, l), _)| *l == lang);
        let longest =
            rows.filter(|((n, _), _)| seen.strip_prefix(n.as_slice()).is_some_and(suffix)).max_by_key(|((n, _), _)| n.len());
        longest.map(|(_, m)| self.all(m).into_iter().map(|m| m.country).collect()).unwrap_or_default()
    }

    /// What a name in a phrase may mean.
    pub(crate) fn meanings(&self, phrase: &str, hit: &NameHit, lang: Language) -> Vec<Meaning> {
        let Some(country) = hit.country else { return Vec::new() };
        let seen = fold_name(&phrase[hit.start..hit.end]);
        // The name may have a suffix, but no further word: "Kongo Cumhuriyeti" is one of the two.
        let suffix = |rest: &[u8]| match lang {
            Language::Tr => rest.iter().all(|b| is_word(*b)),
            Language::En => matches!(rest, b"" | b"s"),
        };
        let rows = self.shared.rows.iter().filter(|((_, l), _)| *l == lang);
        let fitting = rows.filter(|((name, _), _)| seen.strip_prefix(name.as_slice()).is_some_and(suffix));
        let longest = fitting.max_by_key(|((name, _), _)| name.len());
        let all = longest.map(|(_, m)| self.all(m)).filter(|all| all.iter().any(|m| m.country == country));
        all.unwrap_or_else(|| vec![Meaning { country, part: false }])
    }

    /// The meanings of a shared name that stands in a phrase where its first meaning is ruled out ("Atlanta, Georgia").
    pub(crate) fn other_meanings(&self, phrase: &str, lang: Language) -> Vec<Meaning> {
        let folded = Folded::new(phrase).bytes;
        let mut words = folded.split(|b| !is_word(*b)).filter(|w| !w.is_empty());
        let meanings = words.find_map(|w| self.shared.rows.get(&(w.to_vec(), lang)));
        meanings.and_then(|m| m.get(1..)).map(|m| self.all(m)).unwrap_or_default()
    }
}
