//! An article: a text and what is known of its origin.

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use crate::{Language, PartialDate, id::content_id};

/// A text to be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// What is known of its origin.
    pub meta: ArticleMeta,
    /// The text, as it stood in the source or was extracted from it; every span points into it.
    pub text: String,
}

/// What is known of an article's origin.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ArticleMeta {
    /// The id that the source gives it: a JSONL row's `id`, else the file's path as given.
    pub source_id: String,
    /// Headline, where it is known apart from the text.
    pub title: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Name of the outlet.
    pub publisher: Option<String>,
    /// Day of publication.
    pub published: Option<PartialDate>,
    /// Time of publication as it stands in the source, in the source's own zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_time: Option<Time>,
    /// Language as declared; `None` asks for detection.
    pub language: Option<Language>,
    /// Who wrote it, whom it is credited to, and how the day of publication is known.
    #[serde(default, skip_serializing_if = "Origin::is_empty")]
    pub origin: Origin,
}

/// What a source says of how an article came about. It does not count for the article's id.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Origin {
    /// Who wrote it, as the source writes the names.
    pub authors: Vec<String>,
    /// The news agency that it is credited to.
    pub wire: Option<String>,
    /// Day and time of publication with the offset from UTC where the source gives it (`2026-11-26T14:57:00+03:00`).
    pub published_at: Option<String>,
    /// What the day of publication was taken from, such as `json-ld datePublished`.
    pub published_from: Option<String>,
    /// Language tag as declared, such as `de-AT`.
    pub declared_language: Option<String>,
}

impl Origin {
    /// True where nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == Origin::default()
    }
}

impl Article {
    /// The content id: text, publisher, address and day of publication, so that the same file read twice is one article
    /// while the same text in another outlet is another.
    pub fn id(&self) -> String {
        let published = self.meta.published.map(|d| d.to_string()).unwrap_or_default();
        content_id([
            "article",
            &self.text,
            self.meta.publisher.as_deref().unwrap_or_default(),
            self.meta.url.as_deref().unwrap_or_default(),
            &published,
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_name_does_not_change_the_id() {
        let a = Article { meta: ArticleMeta { source_id: "a.txt".into(), ..Default::default() }, text: "x".into() };
        let mut b = a.clone();
        b.meta.source_id = "b.txt".into();
        assert_eq!(a.id(), b.id());
        b.meta.publisher = Some("Gazete".into());
        assert_ne!(a.id(), b.id());
    }
}
