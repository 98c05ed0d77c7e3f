//! What a page says of itself in JSON-LD: headline, day, outlet, language.

use haberdar_model::{Language, PartialDate};
use serde_json::{Map, Value};

use crate::jsonl::parse_published;

/// What was found; each field by itself.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct LinkedData {
    pub(crate) title: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) published: Option<PartialDate>,
    pub(crate) language: Option<Language>,
    pub(crate) body: Option<String>,
}

/// Types of schema.org that are a report. Their subtypes end in the same word.
const ARTICLE_ENDINGS: &[&str] = &["Article", "BlogPosting", "Report"];

/// Collects from the page's scripts in order; the first article that says something about a field wins. A script that is no
/// JSON is passed over, as pages with a comma too many are common.
pub(crate) fn collect<'a>(scripts: impl IntoIterator<Item = &'a str>) -> LinkedData {
    let mut found = LinkedData::default();
    for script in scripts {
        if let Ok(value) = serde_json::from_str::<Value>(script.trim().trim_end_matches(';')) {
            visit(&value, &mut found, 0);
        }
    }
    found
}

fn visit(value: &Value, found: &mut LinkedData, depth: usize) {
    if depth > 8 {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|v| visit(v, found, depth + 1)),
        Value::Object(object) => {
            if is_article(object) {
                fill(object, found);
            }
            for key in ["@graph", "mainEntity", "itemListElement"] {
                if let Some(v) = object.get(key) {
                    visit(v, found, depth + 1);
                }
            }
        }
        _ => {}
    }
}

fn is_article(object: &Map<String, Value>) -> bool {
    let named = |v: &Value| v.as_str().is_some_and(|t| ARTICLE_ENDINGS.iter().any(|e| t.ends_with(e)));
    match object.get("@type") {
        Some(Value::Array(types)) => types.iter().any(named),
        Some(t) => named(t),
        None => false,
    }
}

fn fill(object: &Map<String, Value>, found: &mut LinkedData) {
    let text = |key: &str| object.get(key).and_then(name_of);
    let or = |slot: &mut Option<String>, value: Option<String>| {
        if slot.is_none() {
            *slot = value;
        }
    };
    or(&mut found.title, text("headline").or_else(|| text("name")));
    or(&mut found.url, text("url").or_else(|| text("mainEntityOfPage")).filter(|u| u.starts_with("http")));
    or(&mut found.publisher, text("publisher").or_else(|| text("sourceOrganization")));
    or(&mut found.body, text("articleBody"));
    found.published = found.published.or_else(|| ["datePublished", "dateCreated"].iter().find_map(|k| published(&text(k)?)));
    found.language = found.language.or_else(|| text("inLanguage")?.parse().ok());
}

/// A string, or the name or id of an object, or the first of a list.
fn name_of(value: &Value) -> Option<String> {
    match value {
        Value::String(s) => Some(s.trim().to_owned()).filter(|s| !s.is_empty()),
        Value::Object(o) => ["name", "alternateName", "@id", "url"].iter().find_map(|k| o.get(*k)?.as_str().map(str::to_owned)),
        Value::Array(items) => items.iter().find_map(name_of),
        _ => None,
    }
}

/// A day as pages write it: like [`parse_published`], but a time of day that breaks the rules does not spoil the day.
pub(crate) fn published(s: &str) -> Option<PartialDate> {
    parse_published(s).ok().or_else(|| s.trim().get(..10)?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_found_in_graphs_and_lists() {
        let found = collect([
            "{ broken",
            r#"{"@graph":[{"@type":"WebPage","name":"no"},{"@type":["NewsArticle"],"headline":" Zirve ","datePublished":"2023-03-10T12:00:00+0300",
                "publisher":{"@type":"Organization","name":"Örnek"},"inLanguage":"tr-TR","mainEntityOfPage":{"@id":"https://ornek.example/1"}}]}"#,
            r#"[{"@type":"ReportageNewsArticle","headline":"second","articleBody":"Metin."}];"#,
        ]);
        let want = LinkedData {
            title: Some("Zirve".into()),
            url: Some("https://ornek.example/1".into()),
            publisher: Some("Örnek".into()),
            published: "2023-03-10".parse().ok(),
            language: Some(Language::Tr),
            body: Some("Metin.".into()),
        };
        assert_eq!(found, want);
    }

    #[test]
    fn days_survive_odd_times() {
        assert_eq!(published("2023-03-10 25:61"), "2023-03-10".parse().ok());
        assert_eq!(published("10.03.2023"), None);
        assert_eq!(published("açıklandığı"), None);
    }
}
