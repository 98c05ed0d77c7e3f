//! Words of the pages in both languages: `data/labels/room.tsv`.

use std::{collections::HashMap, sync::LazyLock};

use haberdar_model::{Country, Language};

static ROWS: LazyLock<HashMap<&str, [&str; 2]>> = LazyLock::new(|| {
    let rows = include_str!("../../../data/labels/room.tsv").lines().filter(|l| !l.is_empty() && !l.starts_with('#'));
    rows.filter_map(|l| {
        let mut c = l.split('\t');
        Some((c.next()?, [c.next()?, c.next()?]))
    })
    .collect()
});

/// The label of a key; the key itself where there is none, so that a new word of the vocabulary still shows.
pub(crate) fn label(lang: Language, key: &str) -> &str {
    ROWS.get(key).map_or(key, |r| r[usize::from(lang == Language::En)])
}

static COUNTRIES: LazyLock<HashMap<&str, [&str; 2]>> = LazyLock::new(|| {
    let mut rows = include_str!("../../../data/world/countries.tsv").lines().map(|l| l.split('\t').collect::<Vec<_>>());
    let head = rows.next().unwrap_or_default();
    let at = |name: &str| head.iter().position(|h| *h == name).unwrap_or(0);
    let (code, tr, en) = (at("code"), at("name_tr"), at("name_en"));
    // A state may stand there twice, under names of its parts: the first row is its own.
    let mut out = HashMap::new();
    for r in rows.filter(|r| r.len() > code.max(tr).max(en)) {
        out.entry(r[code]).or_insert([r[tr], r[en]]);
    }
    out
});

/// The name of a state or body; its code where the tables know none.
pub(crate) fn country(lang: Language, code: Country) -> String {
    COUNTRIES.get(code.as_str()).map_or_else(|| code.to_string(), |r| r[usize::from(lang == Language::En)].to_owned())
}

/// Whether the tables know a state or body of that code.
pub(crate) fn is_known(code: Country) -> bool {
    COUNTRIES.contains_key(code.as_str())
}

#[cfg(test)]
mod tests {
    use haberdar_model::{EventType, Status};

    use super::*;

    #[test]
    fn every_word_of_the_vocabulary_has_its_label() {
        let kinds = EventType::ALL.iter().map(|k| k.as_str());
        let states = Status::ALL.iter().map(|s| s.as_str());
        for key in kinds.chain(states) {
            assert!(ROWS.contains_key(key), "{key}");
        }
        assert!(ROWS.values().all(|r| r.iter().all(|w| !w.trim().is_empty())));
        assert_eq!(label(Language::Tr, "CONSULT"), "görüşme");
        assert_eq!(country(Language::Tr, Country::of("TUR")), "Türkiye");
        assert_eq!(country(Language::En, Country::of("XXQ")), "XXQ");
        assert!(is_known(Country::of("NAT")) && !is_known(Country::of("XXQ")));
    }
}
