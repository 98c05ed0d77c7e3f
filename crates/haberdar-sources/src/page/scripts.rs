//! The day of publication in the data that a page hands to its own scripts, for pages that say it nowhere else.

use jiff::civil::Date;
use trafilatura::dom::Document;

use super::published::{Hints, stamp};

/// Names for the day of publication, in lower case and without the marks between their words.
const NAMES: &[&str] = &[
    "datepublished",
    "firstpublished",
    "firstpublishedat",
    "firstpublisheddate",
    "firstpublishdate",
    "publicationdate",
    "publicationtime",
    "publishdate",
    "publishdatetime",
    "published",
    "publishedat",
    "publisheddate",
    "publishedon",
    "publishedtime",
    "publishtime",
    "pubdate",
];

/// Bytes of a script that are looked through.
const LONG: usize = 2 * 1024 * 1024;

/// Day and time of publication where all that the scripts call so is of one day: what they say of several articles says nothing of
/// this one.
pub(crate) fn published(doc: &Document, hints: &Hints<'_>) -> Option<(Date, Option<String>)> {
    let mut found: Option<(Date, Option<String>)> = None;
    for id in doc.get_elements_by_tag_name(doc.root(), "script") {
        let script = doc.text_content(id);
        if script.len() > LONG || !script.contains("ubl") && !script.contains("pub") {
            continue;
        }
        // Data within a string within a script.
        for (name, value) in pairs(&script.replace("\\\"", "\"")) {
            let name: String = name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
            let Some(told) = NAMES.contains(&name.as_str()).then(|| stamp(value, hints)).flatten() else { continue };
            match &found {
                Some(first) if first.0 != told.0 => return None,
                Some(_) => {}
                None => found = Some(told),
            }
        }
    }
    found
}

/// The names and values of `"name":"value"` and `"name":123`.
fn pairs(script: &str) -> impl Iterator<Item = (&str, &str)> {
    script.match_indices("\":").filter_map(|(at, _)| {
        let name = script[..at].rsplit_once('"')?.1;
        let rest = script[at + 2..].trim_start();
        let value = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?.0,
            None => rest.split(|c: char| !c.is_ascii_digit()).next()?,
        };
        (name.len() <= 40 && (8..=40).contains(&value.len())).then_some((name, value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(script: &str) -> String {
        let doc = Document::parse(&format!("<html><body><script>{script}</script></body></html>"));
        published(&doc, &Hints::new(Some("en"), None)).map_or("-".to_owned(), |(day, time)| time.unwrap_or(day.to_string()))
    }

    #[test]
    fn one_day_is_taken_and_several_are_none() {
        assert_eq!(day(r#"window.s={"article":{"publishedAt":"2024-05-03T10:00:00Z"}}"#), "2024-05-03T10:00:00Z");
        assert_eq!(day(r#"push("{\"first_published\":\"2024-05-03\",\"title\":\"x\"}")"#), "2024-05-03");
        assert_eq!(day(r#"{"publishDate": 1714730400000}"#), "2024-05-03T10:00:00Z");
        assert_eq!(day(r#"[{"publishedAt":"2024-05-03"},{"publishedAt":"2024-05-01"}]"#), "-");
        assert_eq!(day(r#"{"updatedAt":"2024-05-03","publisher":"2024-05-03 Ltd"}"#), "-");
    }
}
