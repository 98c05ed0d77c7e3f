//! Articles and readings as they were put in.

use std::collections::VecDeque;

use haberdar_model::{Article, ArticleMeta, Origin, Reading, reading::ArticleHead};
use rusqlite::OptionalExtension;

use crate::{Store, StoreError, error::AtPath, filter::full_id};

/// An article in the store.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredArticle {
    /// Its origin and identity.
    pub head: ArticleHead,
    /// Its text, into which all spans point.
    pub text: String,
}

/// All readings by the ids of their articles, so that the order in which they arrived does not show.
pub struct Readings<'a> {
    store: &'a Store,
    with_text: bool,
    page: VecDeque<Reading>,
    after: String,
    done: bool,
}

/// Readings that are taken out at once; no statement stays open between them.
const PAGE: i64 = 256;

impl Store {
    /// All readings, without their texts.
    pub fn readings(&self) -> Readings<'_> {
        Readings { store: self, with_text: false, page: VecDeque::new(), after: String::new(), done: false }
    }

    /// All readings with their texts.
    pub fn readings_with_text(&self) -> Readings<'_> {
        Readings { with_text: true, ..self.readings() }
    }

    /// The reading of one article, with its text.
    pub fn reading(&self, article: &str) -> Result<Option<Reading>, StoreError> {
        let sql = "SELECT r.article, r.json, a.text FROM readings r JOIN articles a ON a.id = r.article WHERE r.article = ?1";
        let mut s = self.db.prepare_cached(sql).at(&self.path)?;
        let row = s.query_row([full_id(article)], columns).optional().at(&self.path)?;
        row.map(|row| self.parse(row)).transpose()
    }

    /// The article that a reading (with its text) is of, as it was handed in, but for its time of day.
    pub fn source_of(&self, reading: &Reading) -> Result<Article, StoreError> {
        let head = reading.article.clone();
        let sql = "SELECT authors, wire, published_at, published_from FROM origins WHERE article = ?1";
        let mut s = self.db.prepare_cached(sql).at(&self.path)?;
        let origin = s.query_row([&head.id], |r| {
            let authors: String = r.get(0)?;
            let authors = authors.split("; ").filter(|a| !a.is_empty()).map(str::to_owned).collect();
            Ok(Origin { authors, wire: r.get(1)?, published_at: r.get(2)?, published_from: r.get(3)?, declared_language: None })
        });
        let meta = ArticleMeta {
            source_id: head.source_id,
            title: head.title,
            url: head.url,
            publisher: head.publisher,
            published: head.published,
            published_time: None,
            language: head.language,
            origin: origin.optional().at(&self.path)?.unwrap_or_default(),
        };
        Ok(Article { meta, text: reading.text.clone().unwrap_or_default() })
    }

    /// One article.
    pub fn article(&self, id: &str) -> Result<Option<StoredArticle>, StoreError> {
        let reading = self.reading(id)?;
        Ok(reading.map(|r| StoredArticle { head: r.article, text: r.text.unwrap_or_default() }))
    }

    fn parse(&self, (_, json, text): (String, String, Option<String>)) -> Result<Reading, StoreError> {
        let mut reading: Reading = serde_json::from_str(&json).map_err(|e| StoreError::json(&self.path, e))?;
        reading.text = text;
        Ok(reading)
    }
}

fn columns(row: &rusqlite::Row<'_>) -> rusqlite::Result<(String, String, Option<String>)> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

impl Readings<'_> {
    fn turn_page(&mut self) -> Result<(), StoreError> {
        let text = if self.with_text { "a.text" } else { "NULL" };
        let sql = format!(
            "SELECT r.article, r.json, {text} FROM readings r JOIN articles a ON a.id = r.article \
             WHERE r.article > ?1 ORDER BY r.article LIMIT {PAGE}"
        );
        let store = self.store;
        let mut s = store.db.prepare_cached(&sql).at(&store.path)?;
        let rows = s.query_map([&self.after], columns).at(&store.path)?;
        let rows = rows.collect::<Result<Vec<_>, _>>().at(&store.path)?;
        self.done = (rows.len() as i64) < PAGE;
        for row in rows {
            self.after.clone_from(&row.0);
            self.page.push_back(store.parse(row)?);
        }
        Ok(())
    }
}

impl Iterator for Readings<'_> {
    type Item = Result<Reading, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.page.is_empty()
            && !self.done
            && let Err(e) = self.turn_page()
        {
            self.done = true;
            return Some(Err(e));
        }
        self.page.pop_front().map(Ok)
    }
}
