//! Searching: articles, events and quotations by how well their words fit.

use haberdar_model::{
    Language, PartialDate, Span,
    record::{MergedEvent, Report},
};
use rusqlite::params_from_iter;
use serde::Serialize;

use crate::{
    Filter, QuoteRow, Snippet, Store, StoreError, TextQuery,
    answer::on_events,
    error::AtPath,
    filter::Where,
    quotes::{COLUMNS, JOINED, on_quotes, quote_row},
    terms::terms,
};

/// Ids of articles whose words fit `?`.
pub(crate) const ARTICLES_WITH_WORDS: &str =
    "SELECT v.article FROM article_words f JOIN arrivals v ON v.number = f.rowid WHERE article_words MATCH ?";

/// Reports `r` in whose sentence the words fit `?`.
pub(crate) const EVENTS_WITH_WORDS: &str = "row_words f JOIN arrivals v ON v.number = f.rowid / 16777216 \
    JOIN event_reports r ON r.article = v.article AND r.sentence = f.rowid % 16777216 WHERE row_words MATCH ?";

/// Articles `v` with quotations whose words fit `?`; which of their quotations, says [`QUOTE_ID`].
pub(crate) const QUOTES_WITH_WORDS: &str =
    "row_words f JOIN arrivals v ON v.number = f.rowid / 16777216 WHERE row_words MATCH ? AND f.rowid % 16777216 >= 8388608";

/// Id of the quotation.
pub(crate) const QUOTE_ID: &str = "'q' || (f.rowid % 16777216 - 8388608)";

/// Rows with their ranks; FTS5 ranks only while it looks through its own table.
const RANKED_ROWS: &str = "SELECT rowid, round(-bm25(row_words, 1.0, 0.5), 6) AS score FROM row_words WHERE row_words";

/// What is looked at: first the best by their words alone, for a common word stands in half of all articles; then, where a
/// filter leaves too few of these, all of them.
const CANDIDATES: [&str; 2] = [" ORDER BY score DESC LIMIT 2000", ""];

/// Rows of each kind where the filter does not say.
const ROWS: usize = 20;

/// What was found, each kind with the best first; rows that fit equally well by id.
#[derive(Clone, Debug, Default, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Hits {
    /// The query as it was given.
    pub query: String,
    /// How many articles fit, also beyond the limit.
    pub found: usize,
    /// Articles.
    pub articles: Vec<ArticleHit>,
    /// Events with a report whose sentence fits.
    pub events: Vec<EventHit>,
    /// Quotations whose words fit.
    pub quotes: Vec<QuoteHit>,
}

/// An article that fits.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct ArticleHit {
    /// Article id.
    pub id: String,
    /// The source's own id.
    pub source_id: String,
    /// Headline.
    pub title: Option<String>,
    /// What was found in the headline, in its code points.
    pub title_marks: Vec<Span>,
    /// Address.
    pub url: Option<String>,
    /// Outlet.
    pub publisher: Option<String>,
    /// Day of publication.
    pub published: Option<PartialDate>,
    /// Language.
    pub language: Option<Language>,
    /// Story id.
    pub story: Option<String>,
    /// How well it fits; larger is better, and comparable within one answer only.
    pub score: f64,
    /// Where most of it stands.
    pub snippet: Snippet,
}

/// An event that fits.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct EventHit {
    /// The event.
    pub event: MergedEvent,
    /// The report whose sentence fits best.
    pub report: Report,
    /// How well it fits.
    pub score: f64,
    /// That sentence.
    pub snippet: Snippet,
}

/// A quotation that fits.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct QuoteHit {
    /// The quotation.
    pub quote: QuoteRow,
    /// How well it fits.
    pub score: f64,
    /// Its words.
    pub snippet: Snippet,
}

impl Store {
    /// Articles, events and quotations with the words of [`Filter::text`], at most [`Filter::limit`] (else 20) of each. Articles
    /// have to hold what the filter says of articles, and an event of what it says of events.
    pub fn search(&self, filter: &Filter) -> Result<Hits, StoreError> {
        let Some(query) = &filter.text else {
            return Err(StoreError::Query { query: String::new(), reason: "nothing is said; write what to search for" });
        };
        let n = filter.limit.unwrap_or(ROWS);
        let (found, articles) = self.search_articles(filter, query, n)?;
        Ok(Hits {
            query: query.to_string(),
            found,
            articles,
            events: self.search_events(filter, query, n)?,
            quotes: self.search_quotes(filter, query, n)?,
        })
    }

    fn search_articles(&self, filter: &Filter, query: &TextQuery, n: usize) -> Result<(usize, Vec<ArticleHit>), StoreError> {
        let mut w = Where::default();
        let words = w.value(query.fts());
        on_articles(&mut w, filter);
        // FTS5 ranks only while it looks through its own table.
        let fits =
            |columns: &str| format!("SELECT f.rowid AS number{columns} FROM article_words f WHERE article_words MATCH {words}");
        let filtered = w.sql();
        let joined = "JOIN arrivals v ON v.number = b.number JOIN articles a ON a.id = v.article";
        let joined = if filtered.is_empty() { "" } else { joined };
        let count = format!("SELECT count(*) FROM ({}) b {joined}{filtered}", fits(""));
        let found: i64 = self.db.query_row(&count, params_from_iter(&w.values), |r| r.get(0)).at(&self.path)?;
        let mut best: Vec<(String, f64)> = Vec::new();
        for candidates in CANDIDATES {
            // A word of the headline counts most, a stem less than the word itself.
            let ranked = fits(", round(-bm25(article_words, 4.0, 1.0, 0.5), 6) AS score");
            let sql = format!(
                "WITH b AS MATERIALIZED ({ranked}{candidates}) SELECT v.article, b.score FROM b JOIN arrivals v ON v.number = b.number \
                 JOIN articles a ON a.id = v.article{filtered} ORDER BY b.score DESC, v.article LIMIT {n}"
            );
            let mut s = self.db.prepare_cached(&sql).at(&self.path)?;
            let rows = s.query_map(params_from_iter(&w.values), |r| Ok((r.get(0)?, r.get(1)?))).at(&self.path)?;
            best = rows.collect::<Result<_, _>>().at(&self.path)?;
            if best.len() >= n.min(found as usize) {
                break;
            }
        }
        let mut hits = Vec::new();
        for row in best {
            let (id, score) = row;
            let Some(article) = self.article(&id)? else { continue };
            let head = article.head;
            let words = terms(head.title.as_deref().unwrap_or_default(), head.language);
            let marks = query.found(&words);
            hits.push(ArticleHit {
                title_marks: marks
                    .iter()
                    .map(|&(_, i, n)| Span { start: words[i].span.start, end: words[i + n - 1].span.end })
                    .collect(),
                story: self.story_of(&id)?,
                snippet: Snippet::best(query, &article.text, head.language),
                id: head.id,
                source_id: head.source_id,
                title: head.title,
                url: head.url,
                publisher: head.publisher,
                published: head.published,
                language: head.language,
                score,
            });
        }
        Ok((found as usize, hits))
    }

    /// The story of an article.
    pub fn story_of(&self, article: &str) -> Result<Option<String>, StoreError> {
        let mut s = self.db.prepare_cached("SELECT min(story) FROM story_articles WHERE article = ?1").at(&self.path)?;
        s.query_row([article], |r| r.get(0)).at(&self.path)
    }

    fn search_events(&self, filter: &Filter, query: &TextQuery, n: usize) -> Result<Vec<EventHit>, StoreError> {
        let best = self.search_events_among(CANDIDATES[0], filter, query, n)?;
        if best.len() >= n { Ok(best) } else { self.search_events_among(CANDIDATES[1], filter, query, n) }
    }

    fn search_events_among(
        &self,
        candidates: &str,
        filter: &Filter,
        query: &TextQuery,
        n: usize,
    ) -> Result<Vec<EventHit>, StoreError> {
        let mut w = Where::default();
        let fits = w.value(query.fts());
        on_events(&mut w, filter);
        w.article(filter, "{}");
        let sql = format!(
            "WITH f AS MATERIALIZED ({RANKED_ROWS} MATCH {fits} AND rowid % 16777216 < 8388608{candidates}) SELECT m.json, r.position, max(f.score) AS score FROM f \
             JOIN arrivals v ON v.number = f.rowid / 16777216 JOIN articles a ON a.id = v.article \
             JOIN event_reports r ON r.article = v.article AND r.sentence = f.rowid % 16777216 \
             JOIN merged_events m ON m.id = r.event{} \
             GROUP BY m.id ORDER BY score DESC, m.id LIMIT {n}",
            w.sql()
        );
        let mut s = self.db.prepare_cached(&sql).at(&self.path)?;
        let mut rows = s.query(params_from_iter(&w.values)).at(&self.path)?;
        let mut hits = Vec::new();
        while let Some(row) = rows.next().at(&self.path)? {
            let json: String = row.get(0).at(&self.path)?;
            let event: MergedEvent = serde_json::from_str(&json).map_err(|e| StoreError::json(&self.path, e))?;
            let position: i64 = row.get(1).at(&self.path)?;
            let Some(report) = event.reports.get(position as usize).cloned() else { continue };
            let Some(reading) = self.reading(&report.article)? else { continue };
            let span = reading.sentences.get(report.sentence).copied().unwrap_or(report.span);
            let words = span.slice(reading.text.as_deref().unwrap_or_default()).unwrap_or_default();
            let snippet = Snippet::of(query, words, span.start, reading.article.language);
            hits.push(EventHit { event, report, score: row.get(2).at(&self.path)?, snippet });
        }
        Ok(hits)
    }

    fn search_quotes(&self, filter: &Filter, query: &TextQuery, n: usize) -> Result<Vec<QuoteHit>, StoreError> {
        let best = self.search_quotes_among(CANDIDATES[0], filter, query, n)?;
        if best.len() >= n { Ok(best) } else { self.search_quotes_among(CANDIDATES[1], filter, query, n) }
    }

    fn search_quotes_among(
        &self,
        candidates: &str,
        filter: &Filter,
        query: &TextQuery,
        n: usize,
    ) -> Result<Vec<QuoteHit>, StoreError> {
        let mut w = Where::default();
        let fits = w.value(query.fts());
        on_quotes(&mut w, filter);
        let sql = format!(
            "WITH f AS MATERIALIZED ({RANKED_ROWS} MATCH {fits} AND rowid % 16777216 >= 8388608{candidates}) SELECT {COLUMNS}, f.score FROM f \
             JOIN arrivals v ON v.number = f.rowid / 16777216 \
             JOIN quotes q ON q.article = v.article AND q.id = {QUOTE_ID} {JOINED}{} ORDER BY f.score DESC, q.article, q.id LIMIT {n}",
            w.sql()
        );
        let mut s = self.db.prepare_cached(&sql).at(&self.path)?;
        let rows = s.query_map(params_from_iter(&w.values), |r| Ok((quote_row(r)?, r.get::<_, f64>(24)?))).at(&self.path)?;
        rows.map(|row| {
            let (quote, score) = row.at(&self.path)?;
            let snippet = Snippet::of(query, &quote.at.text, quote.at.span.start, quote.language);
            Ok(QuoteHit { quote, score, snippet })
        })
        .collect()
    }

    /// How many articles came into the store so far; the number behind which the next ones are new.
    pub fn arrivals(&self) -> Result<i64, StoreError> {
        self.db.query_row("SELECT coalesce(max(number), 0) FROM arrivals", [], |r| r.get(0)).at(&self.path)
    }
}

/// The conditions of a filter on the article `a`, but for its text.
fn on_articles(w: &mut Where, f: &Filter) {
    w.article(f, "{}");
    w.days(f, "a.published", "a.published");
    if let Some(story) = &f.story {
        w.id("a.id IN (SELECT x.article FROM story_articles x WHERE {})", "x.story", story);
    }
    if let Some(arrived) = f.new_since {
        let first = w.first_new(arrived);
        w.push(format!("v.number >= {first}"));
    }
    let of_events = Filter { since: None, until: None, story: None, new_since: None, ..f.clone() };
    let some_event = "a.id IN (SELECT r.article FROM event_reports r JOIN merged_events m ON m.id = r.event WHERE {})";
    w.nest(some_event, |w| on_events(w, &of_events));
}
