//! Who said what.

use std::str::FromStr;

use haberdar_model::{Country, Language, PartialDate, QuoteKind, Span, reading::TextSpan};
use rusqlite::{Row, params_from_iter, types::Type};
use serde::Serialize;

use crate::{
    Filter, Order, Store, StoreError,
    error::AtPath,
    filter::Where,
    index::{QUOTES, ROWS},
    narrow::on_quotes,
};

/// A quotation with its speaker and the article that it stands in.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct QuoteRow {
    /// Article id.
    pub article: String,
    /// The source's own id of the article.
    pub source_id: String,
    /// Outlet.
    pub publisher: Option<String>,
    /// Day of publication.
    pub published: Option<PartialDate>,
    /// Language.
    pub language: Option<Language>,
    /// Story id.
    pub story: Option<String>,
    /// Id within the reading.
    pub id: String,
    /// The content.
    #[serde(flatten)]
    pub at: TextSpan,
    /// Direct, indirect, mixed.
    pub kind: QuoteKind,
    /// Name of the speaker; empty where the article does not say.
    pub speaker: Option<String>,
    /// Entity of the speaker.
    pub entity: Option<String>,
    /// Country or body of the speaker.
    pub country: Option<Country>,
    /// Office of the speaker.
    pub office: Option<String>,
    /// The speaker's words in the attribution.
    pub speaker_text: Option<String>,
    /// The words of saying.
    pub cue: Option<TextSpan>,
    /// Name of whom it is said to.
    pub addressee: Option<String>,
    /// Index of the sentence in which it begins.
    pub sentence: Option<usize>,
    /// The span of that sentence.
    pub sentence_span: Option<Span>,
    /// Ids of the events inside, within the reading.
    pub events: Vec<String>,
}

pub(crate) const COLUMNS: &str = "q.article, a.source_id, a.publisher, a.published, a.language, \
    (SELECT min(x.story) FROM story_articles x WHERE x.article = q.article), \
    q.id, q.span_start, q.span_end, q.text, q.kind, p.name, p.entity, p.country, p.office, q.speaker_text, \
    q.cue_start, q.cue_end, q.cue_text, t.name, q.sentence, s.span_start, s.span_end, \
    (SELECT group_concat(event, ' ') FROM (SELECT event FROM quote_events e WHERE e.article = q.article AND e.quote = q.id ORDER BY event))";

pub(crate) const JOINED: &str = "JOIN articles a ON a.id = q.article \
    LEFT JOIN mentions p ON p.article = q.article AND p.id = q.speaker \
    LEFT JOIN mentions t ON t.article = q.article AND t.id = q.addressee \
    LEFT JOIN sentences s ON s.article = q.article AND s.number = q.sentence";

impl Store {
    /// Quotations by publication, article and place in the article, or the newest articles first. Of the filter, kind, status and
    /// confidence look at the events inside, sources at the merged events that these became.
    pub fn quotes(&self, filter: &Filter) -> Result<Vec<QuoteRow>, StoreError> {
        let mut w = Where::default();
        let mut tables = "arrival_quotes q CROSS JOIN arrivals v ON v.number = q.row / 16777216";
        if let Some(text) = &filter.text {
            tables = "row_words f CROSS JOIN arrivals v ON v.number = f.rowid / 16777216 CROSS JOIN arrival_quotes q ON q.row = f.rowid";
            w.and("row_words MATCH ?", text.fts());
            w.push("f.rowid % 16777216 >= 8388608".to_owned());
        }
        on_quotes(&mut w, filter);
        let newest = filter.order == Order::Newest;
        let order = if newest { "v.published DESC, v.article DESC" } else { "v.published IS NULL, v.published, v.article" };
        let read = || -> rusqlite::Result<Vec<QuoteRow>> {
            let one = format!("SELECT {COLUMNS} FROM quotes q {JOINED} WHERE q.article = ?1 AND q.id = ?2");
            let mut one = self.db.prepare_cached(&one)?;
            let mut found = Vec::new();
            if w.is_empty() {
                // As the index of articles by day has them.
                let ways: &[&str] = match newest {
                    true => &["ORDER BY v.published DESC, v.id DESC"],
                    false => {
                        &["WHERE v.published IS NOT NULL ORDER BY v.published, v.id", "WHERE v.published IS NULL ORDER BY v.id"]
                    }
                };
                for way in ways {
                    let left = filter.limit.map_or(-1, |n| (n - found.len()) as i64);
                    let rows =
                        format!("articles v CROSS JOIN quotes q ON q.article = v.id {way}, q.span_start, q.id LIMIT {left}");
                    let mut keys = self.db.prepare_cached(&format!("SELECT q.article, q.id FROM {rows}"))?;
                    let mut keys = keys.query([])?;
                    while let Some(key) = keys.next()? {
                        found.push(one.query_row([key.get_ref(0)?.as_str()?, key.get_ref(1)?.as_str()?], quote_row)?);
                    }
                }
                return Ok(found);
            }
            // Where a quotation stands in its article is looked up for those that are wanted alone.
            let mut keys =
                self.db.prepare_cached(&format!("SELECT v.article, q.row FROM {tables}{} ORDER BY {order}", w.sql()))?;
            let mut keys = keys.query(params_from_iter(&w.values))?;
            let (mut last, mut of_last) = (String::new(), 0);
            let wanted = filter.limit.unwrap_or(usize::MAX);
            while let Some(key) = keys.next()? {
                let (article, n) = (key.get_ref(0)?.as_str()?, key.get::<_, i64>(1)? % ROWS - QUOTES);
                if article != last {
                    in_order(&mut found[of_last..]);
                    of_last = found.len();
                    if of_last >= wanted {
                        break;
                    }
                    article.clone_into(&mut last);
                }
                found.push(one.query_row([article, &format!("q{n}")], quote_row)?);
            }
            in_order(&mut found[of_last..]);
            found.truncate(wanted);
            Ok(found)
        };
        read().at(&self.path)
    }
}

/// Quotations of one article.
fn in_order(quotes: &mut [QuoteRow]) {
    quotes.sort_by(|a, b| (a.at.span.start, &a.id).cmp(&(b.at.span.start, &b.id)));
}

pub(crate) fn quote_row(row: &Row<'_>) -> rusqlite::Result<QuoteRow> {
    Ok(QuoteRow {
        article: row.get(0)?,
        source_id: row.get(1)?,
        publisher: row.get(2)?,
        published: parsed(row, 3)?,
        language: parsed(row, 4)?,
        story: row.get(5)?,
        id: row.get(6)?,
        at: TextSpan { span: span(row, 7)?.unwrap_or_default(), text: row.get(9)? },
        kind: parsed(row, 10)?.unwrap_or(QuoteKind::Direct),
        speaker: row.get(11)?,
        entity: row.get(12)?,
        country: parsed(row, 13)?,
        office: row.get(14)?,
        speaker_text: row.get(15)?,
        cue: match (span(row, 16)?, row.get(18)?) {
            (Some(span), Some(text)) => Some(TextSpan { span, text }),
            _ => None,
        },
        addressee: row.get(19)?,
        sentence: row.get::<_, Option<i64>>(20)?.map(|n| n as usize),
        sentence_span: span(row, 21)?,
        events: row.get::<_, Option<String>>(23)?.map(|s| s.split(' ').map(str::to_owned).collect()).unwrap_or_default(),
    })
}

/// A value of a vocabulary or type that is kept as its name.
fn parsed<T: FromStr<Err: std::error::Error + Send + Sync + 'static>>(row: &Row<'_>, i: usize) -> rusqlite::Result<Option<T>> {
    let text: Option<String> = row.get(i)?;
    text.map(|s| s.parse()).transpose().map_err(|e: T::Err| rusqlite::Error::FromSqlConversionFailure(i, Type::Text, Box::new(e)))
}

/// A span in the columns `i` and `i + 1`.
fn span(row: &Row<'_>, i: usize) -> rusqlite::Result<Option<Span>> {
    let (start, end): (Option<i64>, Option<i64>) = (row.get(i)?, row.get(i + 1)?);
    Ok(start.zip(end).map(|(start, end)| Span { start: start as usize, end: end as usize }))
}
