//! What the user says about the input.

use std::path::Path;

use haberdar_model::{ArticleMeta, Language, PartialDate};

/// What the user knows of the articles; it fills what the file itself does not say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReadOptions {
    /// Language; `None` asks for detection.
    pub language: Option<Language>,
    /// Day of publication.
    pub published: Option<PartialDate>,
    /// Outlet.
    pub publisher: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Columns of tables: field (`text`, `title`, `url`, `publisher`, `published`, `lang`, `id`, `authors`) and column.
    pub columns: Vec<(String, String)>,
}

impl ReadOptions {
    /// Fills the gaps of `meta`. What goes into tables and onto terminals holds no control characters.
    pub(crate) fn fill(&self, mut meta: ArticleMeta) -> ArticleMeta {
        let origin = &mut meta.origin;
        let own = [&mut meta.title, &mut meta.url, &mut meta.publisher].into_iter().flatten();
        own.chain(&mut origin.authors).chain([&mut meta.source_id]).for_each(tame);
        meta.title = meta.title.or_else(|| self.title.clone());
        meta.url = meta.url.or_else(|| self.url.clone());
        meta.publisher = meta.publisher.or_else(|| self.publisher.clone());
        meta.published = meta.published.or(self.published);
        meta.language = meta.language.or(self.language);
        meta
    }

    /// The top-level domain that speaks for an encoding, in lower case. Turkey's unless the user says otherwise: its code
    /// page differs from the western one in six letters only, all of them Turkish.
    pub(crate) fn tld(&self) -> Option<&[u8]> {
        let from_url = self.url.as_deref().and_then(|u| {
            let host = u.split_once("://")?.1.split(['/', '?', '#', ':']).next()?;
            let tld = host.rsplit('.').next()?;
            (tld.len() == 2 && tld.bytes().all(|b| b.is_ascii_lowercase())).then_some(tld.as_bytes())
        });
        match (from_url, self.language) {
            (Some(tld), _) => Some(tld),
            (None, Some(Language::En)) => None,
            (None, _) => Some(b"tr"),
        }
    }
}

/// Puts a space in the place of every run of control characters.
fn tame(value: &mut String) {
    if value.contains(char::is_control) {
        *value = value.split(char::is_control).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    }
}

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A text as it is.
    Text,
    /// A page, from which the article is extracted.
    Html,
    /// A JSON object a line.
    Jsonl,
    /// One JSON document: ninjs, a JSON Feed, or a list of rows.
    Json,
    /// A table with a header; commas, semicolons or tabs.
    Csv,
    /// RSS, Atom, a news sitemap, NewsML-G2 or NITF.
    Xml,
    /// A web archive.
    Warc,
}

impl Format {
    /// The format by a file's ending; that of its compression does not count.
    pub fn of(path: &Path) -> Option<Format> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "txt" | "md" | "markdown" => Some(Format::Text),
            "html" | "htm" | "xhtml" => Some(Format::Html),
            "jsonl" | "ndjson" => Some(Format::Jsonl),
            "json" | "ninjs" => Some(Format::Json),
            "csv" | "tsv" => Some(Format::Csv),
            "xml" | "rss" | "atom" | "nitf" | "newsml" => Some(Format::Xml),
            "warc" | "wet" => Some(Format::Warc),
            "gz" | "zst" | "zstd" => Format::of(Path::new(path.file_stem()?)),
            _ => None,
        }
    }

    /// The format by the first bytes: an object opens JSONL, a document type or an `html` tag opens a page.
    pub fn guess(head: &[u8]) -> Format {
        let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
        if head.starts_with(b"WARC/") {
            return Format::Warc;
        }
        let after_brace = head.strip_prefix(b"{").map(|rest| rest.trim_ascii_start());
        if after_brace.is_some_and(|rest| rest.starts_with(b"\"") || rest.starts_with(b"}")) {
            // An object that goes on over several lines is one document.
            let first = head.split(|&b| b == b'\n').next().unwrap_or_default();
            let cut =
                first.len() < head.len() && serde_json::from_slice::<serde::de::IgnoredAny>(first).is_err_and(|e| e.is_eof());
            return if cut { Format::Json } else { Format::Jsonl };
        }
        let start = &head[..head.len().min(2048)].to_ascii_lowercase();
        let opens = |tag: &[u8]| start.windows(tag.len()).any(|w| w == tag);
        if start.starts_with(b"<") {
            if [&b"<rss"[..], b"<feed", b"<rdf:rdf", b"<urlset", b"<newsitem", b"<newsmessage", b"<nitf"].iter().any(|t| opens(t))
            {
                return Format::Xml;
            }
            if opens(b"<!doctype html") || opens(b"<html") || opens(b"<head") || opens(b"<body") {
                return Format::Html;
            }
            if start.starts_with(b"<?xml") {
                return Format::Xml;
            }
        }
        Format::Text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_ending_and_by_content() {
        assert_eq!(Format::of(Path::new("a/b.HTML")), Some(Format::Html));
        assert_eq!(Format::of(Path::new("rows.ndjson")), Some(Format::Jsonl));
        assert_eq!(Format::of(Path::new("a.pdf")), None);
        assert_eq!(Format::guess(b"  {\"id\": 1}"), Format::Jsonl);
        assert_eq!(Format::guess("{kim bilir}".as_bytes()), Format::Text);
        assert_eq!(Format::guess(b"<!DOCTYPE HTML><title>x"), Format::Html);
        assert_eq!(Format::guess(b"<3 is no page"), Format::Text);
        assert_eq!(Format::guess(b""), Format::Text);
    }

    #[test]
    fn the_site_speaks_for_the_encoding() {
        let url = |u: &str| ReadOptions { url: Some(u.into()), ..Default::default() };
        assert_eq!(url("https://haber.example.gr/1").tld(), Some(&b"gr"[..]));
        assert_eq!(url("https://example.com/1").tld(), Some(&b"tr"[..]));
        let english = ReadOptions { language: Some(Language::En), ..Default::default() };
        assert_eq!(english.tld(), None);
    }
}
