//! What people read on pages, in their language: `data/labels/tr.tsv` and `en.tsv`, a key and its text a line.
//!
//! A `%s` or `%d` stands for a value ([`filled`]).

use std::{collections::BTreeMap, sync::LazyLock};

use crate::Language;

type Labels = BTreeMap<&'static str, &'static str>;

static TURKISH: LazyLock<Labels> = LazyLock::new(|| table(include_str!("../../../data/labels/tr.tsv")));
static ENGLISH: LazyLock<Labels> = LazyLock::new(|| table(include_str!("../../../data/labels/en.tsv")));

fn table(rows: &'static str) -> Labels {
    rows.lines().filter_map(|l| l.split_once('\t')).collect()
}

/// All labels of a language, by key.
pub fn labels(lang: Language) -> &'static BTreeMap<&'static str, &'static str> {
    match lang {
        Language::Tr => &TURKISH,
        Language::En => &ENGLISH,
    }
}

/// The label of a key; the key itself where there is none, so that nothing vanishes from a page.
pub fn label(key: &str, lang: Language) -> &str {
    labels(lang).get(key).copied().unwrap_or(key)
}

/// The label of a value in a vocabulary (`status`, `happened`); the value itself where there is none.
pub fn value_label<'v>(vocabulary: &str, value: &'v str, lang: Language) -> &'v str {
    labels(lang).get(format!("{vocabulary}.{value}").as_str()).copied().unwrap_or(value)
}

/// A label with a value in its place.
pub fn filled(key: &str, value: &str, lang: Language) -> String {
    label(key, lang).replacen("%s", value, 1).replacen("%d", value, 1)
}

/// The label of so many things: of one where it is one.
pub fn counted(n: usize, key: &str, lang: Language) -> &str {
    let one = (n == 1).then(|| labels(lang).get(format!("{key}.one").as_str())).flatten();
    one.copied().unwrap_or_else(|| label(key, lang))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EventType, Status};

    #[test]
    fn every_key_has_its_text_in_every_language() {
        let keys = |l: Language| labels(l).keys().copied().collect::<Vec<_>>();
        assert_eq!(keys(Language::Tr), keys(Language::En));
        for l in Language::ALL {
            let rows = if l == Language::Tr {
                include_str!("../../../data/labels/tr.tsv")
            } else {
                include_str!("../../../data/labels/en.tsv")
            };
            assert_eq!(rows.lines().count(), labels(l).len(), "no key twice, no line without a text");
            for key in labels(l).keys() {
                let values = |l| label(key, l).matches('%').count();
                assert_eq!(values(Language::Tr), values(Language::En), "{key}");
            }
            for t in EventType::ALL {
                assert_ne!(value_label("type", t.as_str(), l), t.as_str());
            }
            for s in Status::ALL {
                assert!(labels(l).contains_key(format!("status.{s}").as_str()));
            }
        }
        assert_eq!(filled("day.last", "2024-01-01", Language::En), "Latest report: 2024-01-01");
        assert_eq!(value_label("status", "unknown", Language::Tr), "unknown");
        assert_eq!([1, 2].map(|n| counted(n, "independent", Language::En)), ["independent source", "independent sources"]);
        assert_eq!(counted(1, "summary", Language::En), label("summary", Language::En));
    }
}
