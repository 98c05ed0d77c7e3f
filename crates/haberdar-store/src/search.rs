//! Searching: articles, events and quotations by how well their words fit.

use haberdar_model::{
    Language, PartialDate, Span,
    record::{MergedEvent, Report},
};
use rusqlite::{Row, params, params_from_iter, types::Value};
use serde::Serialize;

use crate::{
    Filter, QuoteRow, Snippet, Store, StoreError, TextQuery,
    error::AtPath,
    narrow::Asked,
    quotes::{COLUMNS, JOINED, quote_row},
    rank::{BOUNDS, Bounds, Candidates, Index, Ranked, Words},
    terms::terms,
};

/// Ids of articles whose words fit `?`.
pub(crate) const ARTICLES_WITH_WORDS: &str =
    "SELECT v.article FROM article_words f JOIN arrivals v ON v.number = f.rowid WHERE article_words MATCH ?";

/// Reports `x` in whose sentence the words fit `?`.
pub(crate) const EVENTS_WITH_WORDS: &str = "row_words f JOIN arrival_events x ON x.number = f.rowid / 16777216 \
    AND x.sentence = f.rowid % 16777216 WHERE row_words MATCH ?";

/// Rows that were ranked, as `f`: numbers and scores from JSON.
const RANKED: &str = "WITH f AS MATERIALIZED (SELECT value ->> 0 AS number, value ->> 1 AS score FROM json_each(?1))";

/// Rows that fit equally well and are put in order, at most.
const TIES: usize = 200;

/// Rows of each kind where the filter does not say.
const ROWS: usize = 20;

/// What was found, each kind with the best first; rows that fit equally well by id.
#[derive(Clone, Debug, Default, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Hits {
    /// The query as it was given.
    pub query: String,
    /// How many articles fit, also beyond the limit.
    pub found: usize,
    /// More may fit than were counted.
    pub at_least: bool,
    /// The words are so common that of some kind only the latest rows were ranked.
    pub latest_only: bool,
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
        self.search_within(filter, query, BOUNDS)
    }

    pub(crate) fn search_within(&self, filter: &Filter, query: &TextQuery, b: Bounds) -> Result<Hits, StoreError> {
        let known = self.vocabulary(query)?;
        let asked = Asked::of_articles(filter);
        let mut words = self.words(query, &known, b)?;
        let candidates = self.candidates(Index::Articles, &mut words, (filter, &asked), b)?;
        let (found, at_least) = match asked.w.is_empty() {
            true => (words.latest.len(), !words.all()),
            false => (candidates.rows.len(), !candidates.whole),
        };
        let [ranked] = self.ranked((query, &words), [(Index::Articles, candidates)], b)?;
        let articles = self.search_articles(filter, query, &ranked)?;
        // Sentences and quotations share a table.
        let (of_events, of_quotes) = (Asked::of_sentences(filter), Asked::of_quotes(filter));
        let mut words = self.words_of_rows(&words, b)?;
        let sentences = self.candidates(Index::Sentences, &mut words, (filter, &of_events), b)?;
        let quotes = self.candidates(Index::Quotes, &mut words, (filter, &of_quotes), b)?;
        let [sentences, quotes] = self.ranked((query, &words), [(Index::Sentences, sentences), (Index::Quotes, quotes)], b)?;
        Ok(Hits {
            query: query.to_string(),
            found,
            at_least,
            latest_only: !(ranked.whole && sentences.whole && quotes.whole),
            articles,
            events: self.search_events(filter, query, (&of_events, &sentences))?,
            quotes: self.search_quotes(filter, query, &quotes)?,
        })
    }

    /// The best `n` of what is ranked, and whether all that fits was. `look` finds what belongs to ranked rows, in order.
    fn best<T>(
        &self,
        ranked: &Ranked,
        n: usize,
        mut look: impl FnMut(&[(i64, f64)]) -> Result<Vec<T>, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        // Of those that fit equally well, all have to be looked at to know which come first.
        let rows = &ranked.rows[..];
        let first = rows.get(2 * n).map_or(rows.len(), |last| rows.partition_point(|r| r.1 >= last.1));
        if ranked.by_words && first < rows.len() {
            let hits = look(&rows[..first.min(2 * n + TIES)])?;
            if hits.len() >= n {
                return Ok(hits);
            }
        }
        look(rows)
    }

    /// The rows with the words that fit the filter as well, the last ones first.
    fn candidates(
        &self,
        index: Index,
        words: &mut Words,
        (filter, asked): (&Filter, &Asked),
        b: Bounds,
    ) -> Result<Candidates, StoreError> {
        if !asked.w.is_empty() {
            return self.narrowed(index, words, (filter, asked), b);
        }
        self.look_for(words, b, |w| {
            // Of a kind that is rare among the others fewer are looked for.
            let is_enough = w.reached() || matches!(index, Index::Quotes);
            w.more_than(b.candidates, index) || is_enough && w.more_than(b.enough, index)
        })?;
        Ok(Self::latest(index, words, b))
    }

    fn search_articles(&self, filter: &Filter, query: &TextQuery, ranked: &Ranked) -> Result<Vec<ArticleHit>, StoreError> {
        let n = filter.limit.unwrap_or(ROWS);
        let sql = format!(
            "{RANKED} SELECT v.article, f.score FROM f CROSS JOIN arrivals v ON v.number = f.number \
             ORDER BY f.score DESC, {}v.article",
            by_day(ranked)
        );
        let look = |rows: &[(i64, f64)]| -> Result<Vec<(String, f64)>, StoreError> {
            let mut s = self.db.prepare_cached(&sql).at(&self.path)?;
            let rows = s.query_map([json(rows)], |r| Ok((r.get(0)?, r.get(1)?))).at(&self.path)?;
            rows.collect::<Result<_, _>>().at(&self.path)
        };
        let mut best = self.best(ranked, n, look)?;
        best.truncate(n);
        let mut hits = Vec::new();
        for (id, score) in best {
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
        Ok(hits)
    }

    /// The story of an article.
    pub fn story_of(&self, article: &str) -> Result<Option<String>, StoreError> {
        let mut s = self.db.prepare_cached("SELECT min(story) FROM story_articles WHERE article = ?1").at(&self.path)?;
        s.query_row([article], |r| r.get(0)).at(&self.path)
    }

    fn search_events(
        &self,
        filter: &Filter,
        query: &TextQuery,
        (asked, ranked): (&Asked, &Ranked),
    ) -> Result<Vec<EventHit>, StoreError> {
        let n = filter.limit.unwrap_or(ROWS);
        let sql = format!(
            "{RANKED} SELECT x.event, x.position, max(f.score) AS score FROM f {}{} GROUP BY x.event ORDER BY score DESC, {}x.event",
            asked.tables,
            asked.w.sql(),
            by_day(ranked)
        );
        let look = |rows: &[(i64, f64)]| -> Result<Vec<(String, i64, f64)>, StoreError> {
            let mut s = self.db.prepare_cached(&sql).at(&self.path)?;
            let found = s.query_map(params_from_iter(asked.w.with(json(rows))), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)));
            found.at(&self.path)?.take(n).collect::<Result<_, _>>().at(&self.path)
        };
        let best = self.best(ranked, n, look)?;
        let sql = "SELECT s.span_start, substr(a.text, s.span_start + 1, s.span_end - s.span_start), a.language FROM sentences s \
                   JOIN articles a ON a.id = s.article WHERE s.article = ?1 AND s.number = ?2";
        let mut sentence = self.db.prepare_cached(sql).at(&self.path)?;
        let mut hits = Vec::new();
        for (id, position, score) in best {
            let Some(event) = self.event(&id)? else { continue };
            let Some(report) = event.reports.get(position as usize).cloned() else { continue };
            let read = |r: &Row<'_>| Ok((r.get::<_, i64>(0)?, r.get::<_, String>(1)?, r.get::<_, Option<String>>(2)?));
            let (start, words, lang) = sentence.query_row(params![report.article, report.sentence as i64], read).at(&self.path)?;
            let lang = lang.and_then(|l| l.parse().ok());
            let snippet = Snippet::of(query, &words, start as usize, lang);
            hits.push(EventHit { event, report, score, snippet });
        }
        Ok(hits)
    }

    fn search_quotes(&self, filter: &Filter, query: &TextQuery, ranked: &Ranked) -> Result<Vec<QuoteHit>, StoreError> {
        let n = filter.limit.unwrap_or(ROWS);
        let sql = format!(
            "{RANKED} SELECT q.article, q.id, f.score FROM f CROSS JOIN arrivals v ON v.number = f.number / 16777216 \
             CROSS JOIN quotes q ON q.article = v.article AND q.id = 'q' || (f.number % 16777216 - 8388608) \
             ORDER BY f.score DESC, {}q.article, q.span_start, q.id LIMIT {n}",
            by_day(ranked)
        );
        let look = |rows: &[(i64, f64)]| -> Result<Vec<([String; 2], f64)>, StoreError> {
            let mut s = self.db.prepare_cached(&sql).at(&self.path)?;
            let found = s.query_map([json(rows)], |r| Ok(([r.get(0)?, r.get(1)?], r.get(2)?)));
            found.at(&self.path)?.collect::<Result<_, _>>().at(&self.path)
        };
        let best = self.best(ranked, n, look)?;
        let sql = format!("SELECT {COLUMNS} FROM quotes q {JOINED} WHERE q.article = ?1 AND q.id = ?2");
        let mut one = self.db.prepare_cached(&sql).at(&self.path)?;
        let hit = |(key, score): ([String; 2], f64)| {
            let quote = one.query_row(key, quote_row).at(&self.path)?;
            let snippet = Snippet::of(query, &quote.at.text, quote.at.span.start, quote.language);
            Ok(QuoteHit { quote, score, snippet })
        };
        best.into_iter().map(hit).collect()
    }

    /// How many articles came into the store so far; the number behind which the next ones are new.
    pub fn arrivals(&self) -> Result<i64, StoreError> {
        self.db.query_row("SELECT coalesce(max(number), 0) FROM arrivals", [], |r| r.get(0)).at(&self.path)
    }
}

/// Where the words do not order the rows, their days do.
fn by_day(ranked: &Ranked) -> &'static str {
    if ranked.by_words { "" } else { "v.published DESC, " }
}

fn json(rows: &[(i64, f64)]) -> Value {
    let rows: Vec<String> = rows.iter().map(|(number, score)| format!("[{number},{score}]")).collect();
    Value::from(format!("[{}]", rows.join(",")))
}

#[cfg(test)]
mod tests {
    use haberdar_model::{Article, ArticleMeta, READING_SCHEMA, Reading, reading::ArticleHead};

    use std::collections::BTreeSet;

    use super::*;

    /// An article with its headline, outlet and day, of which nothing is known but its words.
    fn plain(n: usize, head: Option<(&str, &str, &str)>, text: &str) -> (Article, Reading) {
        let meta = ArticleMeta {
            source_id: n.to_string(),
            title: head.map(|h| h.0.to_owned()),
            publisher: head.map(|h| h.1.to_owned()),
            published: head.and_then(|h| h.2.parse().ok()),
            language: head.map(|_| Language::Tr),
            ..ArticleMeta::default()
        };
        let article = Article { meta: meta.clone(), text: text.to_owned() };
        let head = ArticleHead {
            id: article.id(),
            source_id: meta.source_id,
            title: meta.title,
            url: None,
            publisher: meta.publisher,
            published: meta.published,
            language: meta.language,
            words: 3,
            text_sha256: String::new(),
        };
        let reading = Reading {
            schema: READING_SCHEMA.into(),
            article: head,
            sentences: Vec::new(),
            mentions: Vec::new(),
            events: Vec::new(),
            quotes: Vec::new(),
            dates: Vec::new(),
            quantities: Vec::new(),
            flags: Vec::new(),
            skipped: Vec::new(),
            text: None,
        };
        (article, reading)
    }

    /// Thirty articles with a word that is common, and two words that are not.
    fn filled() -> (tempfile::TempDir, Store) {
        let dir = tempfile::tempdir().expect("a folder");
        let mut store = Store::open(dir.path().join("s.db")).expect("a store");
        for n in 1..=30 {
            let more = match n {
                3 => "nadir nadir söz",
                20 => "nadir bir söz de var",
                _ => "söz",
            };
            let title = if [7, 25].contains(&n) { "Ortak" } else { "Başlık" };
            let publisher = if n == 2 { "Eski" } else { "Gazete" };
            let day = format!("2024-01-{n:02}");
            let (article, reading) = plain(n, Some((title, publisher, &day)), &format!("Ortak {more} {n}."));
            assert!(store.add_reading(&article, &reading).expect("room"));
        }
        (dir, store)
    }

    #[test]
    fn what_is_ranked_of_common_words_is_bounded() {
        let (_dir, store) = filled();
        let bounds = Bounds { candidates: 10, common: 5, beginnings: 5, latest: 3, counted: 20, listed: 9, enough: 4, piece: 8 };
        let search = |query: &str, filter: Filter| {
            let query: TextQuery = query.parse().expect("a query");
            let hits = store.search_within(&filter, &query, bounds).expect("hits");
            let ids: Vec<&str> = hits.articles.iter().map(|a| a.source_id.as_str()).collect();
            (ids.join(" "), hits.found, hits.at_least, hits.latest_only)
        };
        let answer = |ids: &str, found, at_least, latest_only| (ids.to_owned(), found, at_least, latest_only);
        // Words that few have are ranked as ever, wherever they stand.
        assert_eq!(search("nadir", Filter::default()), answer("3 20", 2, false, false));
        // A common word beside them has to be there, and no more.
        assert_eq!(search("ortak nadir", Filter::default()), answer("3 20", 2, false, false));
        assert_eq!(search("nadir -ortak", Filter::default()), answer("", 0, false, false));
        assert_eq!(search("nadir -var", Filter::default()), answer("3", 1, false, false));
        // A common word alone: of the last ten that with the headline, then the newest days; the headline of January 7th is too old.
        assert_eq!(search("ortak", Filter::default()), answer("25 30 29 28", 24, true, true));
        assert_eq!(search("ortak OR nadir", Filter::default()), answer("25 30 29 28", 24, true, true));
        // So is a beginning that many words have, or phrases of common words alone.
        assert_eq!(search("ort*", Filter::default()), answer("25 30 29 28", 24, true, true));
        assert_eq!(search("orta* nadi* -va*", Filter::default()), answer("3", 1, false, false));
        assert_eq!(search("\"ortak söz\"", Filter::default()), answer("30 29 28", 23, true, true));
        assert_eq!(search("\"söz de\"", Filter::default()), answer("20", 1, false, false));
        // A filter is asked for all, not for the last ten alone.
        let old = Filter { publisher: Some("eski".into()), ..Filter::default() };
        assert_eq!(search("ortak", old.clone()), answer("2", 1, false, false));
        assert_eq!(search("ortak nadir", old), answer("", 0, false, false));
        let until = Filter { until: "2024-01-09".parse().ok(), limit: Some(2), ..Filter::default() };
        assert_eq!(search("ortak", until), answer("7 9", 9, false, true));
        // Without bounds all are ranked by their words.
        let query: TextQuery = "ortak".parse().expect("a query");
        let hits = store.search_within(&Filter { limit: Some(99), ..Filter::default() }, &query, BOUNDS).expect("hits");
        assert_eq!((hits.found, hits.articles.len(), hits.at_least, hits.latest_only), (30, 30, false, false));
    }

    /// Articles of words that are as common as those of a language, so that rare ones stand beside ones that all have.
    fn of_words(n: usize) -> (tempfile::TempDir, Store, Vec<Vec<String>>) {
        let dir = tempfile::tempdir().expect("a folder");
        let mut store = Store::open(dir.path().join("s.db")).expect("a store");
        let mut seed: u64 = 9;
        let mut word = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let x = (seed >> 33) as f64 / f64::from(1u32 << 31);
            let i = 60f64.powf(x) as usize;
            format!("{}{i}", ["kq", "qq", "tq"][i % 3])
        };
        let mut all = Vec::new();
        for i in 0..n {
            let words: Vec<String> = (0..12).map(|_| word()).collect();
            let (article, reading) = plain(i, None, &words.join(" "));
            assert!(store.add_reading(&article, &reading).expect("room"));
            all.push(words);
        }
        (dir, store, all)
    }

    #[test]
    fn what_is_found_piece_by_piece_is_what_is_there() {
        let (_dir, store, all) = of_words(300);
        let whole = Bounds { piece: 1 << 30, ..BOUNDS };
        let pieces = Bounds { piece: 3, ..BOUNDS };
        let common = Bounds { common: 20, beginnings: 20, candidates: 400, latest: 400, piece: 3, ..BOUNDS };
        type Fits<'a> = Box<dyn Fn(&[String]) -> bool + 'a>;
        let has = |w: &'static str| -> Fits<'_> { Box::new(move |a: &[String]| a.iter().any(|x| x == w)) };
        let begins = |w: &'static str| -> Fits<'_> { Box::new(move |a: &[String]| a.iter().any(|x| x.starts_with(w))) };
        let beside = |v: &'static str, w: &'static str| -> Fits<'_> {
            Box::new(move |a: &[String]| a.windows(2).any(|x| x[0] == v && x[1] == w))
        };
        let queries: Vec<(&str, Vec<Fits<'_>>)> = vec![
            ("qq1", vec![has("qq1")]),
            ("tq59", vec![has("tq59")]),
            ("qq1 tq2", vec![has("qq1"), has("tq2")]),
            ("kq3 qq40", vec![has("kq3"), has("qq40")]),
            ("\"qq1 tq2\"", vec![beside("qq1", "tq2")]),
            ("\"tq2 tq2\"", vec![beside("tq2", "tq2")]),
            ("qq*", vec![begins("qq")]),
            ("tq5* qq1", vec![begins("tq5"), has("qq1")]),
            ("kq3 \"tq2 qq1\"", vec![has("kq3"), beside("tq2", "qq1")]),
        ];
        let mut some = 0;
        for (text, fits) in queries {
            let query: TextQuery = text.parse().expect("a query");
            let f = Filter { limit: Some(400), ..Filter::default() };
            let find = |b: Bounds| store.search_within(&f, &query, b).expect("hits");
            let exact = find(whole);
            let expected: BTreeSet<String> =
                (0..all.len()).filter(|i| fits.iter().all(|fit| fit(&all[*i]))).map(|i| i.to_string()).collect();
            let ids = |h: &Hits| h.articles.iter().map(|a| a.source_id.clone()).collect::<BTreeSet<_>>();
            assert_eq!(ids(&exact), expected, "{text}");
            // In the same order, with the same scores.
            assert_eq!(find(pieces), exact, "{text}");
            // Without an order by words, the same ones.
            assert_eq!(ids(&find(common)), expected, "{text}");
            some += usize::from(!expected.is_empty());
        }
        assert!(some > 6, "{some} queries find something");
    }
}
