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
