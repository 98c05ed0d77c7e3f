//! Who said what.

use std::str::FromStr;

use haberdar_model::{Country, Language, PartialDate, QuoteKind, Span, reading::TextSpan};
use rusqlite::{Row, params_from_iter, types::Type};
use serde::Serialize;

use crate::{
    Filter, Order, Store, StoreError,
    error::AtPath,
    filter::{Where, limit},
    search::{QUOTE_ID, QUOTES_WITH_WORDS},
    write::real,
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
    /// Quotations by publication, article and place in the article, or the newest articles first. Of the filter, kind and status look at the events inside;
    /// sources at the merged events that these became.
    pub fn quotes(&self, filter: &Filter) -> Result<Vec<QuoteRow>, StoreError> {
        let mut w = Where::default();
        on_quotes(&mut w, filter);
        if let Some(text) = &filter.text {
            w.and(&format!("(q.article, q.id) IN (SELECT v.article, {QUOTE_ID} FROM {QUOTES_WITH_WORDS})"), text.fts());
        }
        let order = match filter.order {
            // As the index of articles by day has them, backwards.
            Order::Newest => "a.published DESC, a.id DESC",
            _ => "a.published IS NULL, a.published, q.article",
        };
        let rows = format!("quotes q {JOINED}{} ORDER BY {order}, q.span_start, q.id", w.sql());
        let read = || -> rusqlite::Result<Vec<QuoteRow>> {
            if filter.limit.is_none() {
                let mut s = self.db.prepare_cached(&format!("SELECT {COLUMNS} FROM {rows}"))?;
                return s.query_map(params_from_iter(&w.values), quote_row)?.collect();
            }
            // A sort carries all that is selected: what belongs to a quotation is looked up for those that are wanted alone.
            let mut keys = self.db.prepare_cached(&format!("SELECT q.article, q.id FROM {rows}{}", limit(filter)))?;
            let one = format!("SELECT {COLUMNS} FROM quotes q {JOINED} WHERE q.article = ?1 AND q.id = ?2");
            let mut one = self.db.prepare_cached(&one)?;
            let keys = keys.query_map(params_from_iter(&w.values), |r| Ok((r.get::<_, String>(0)?, r.get::<_, String>(1)?)))?;
            keys.map(|key| one.query_row(key.map(|(a, q)| [a, q])?, quote_row)).collect()
        };
        read().at(&self.path)
    }
}

/// The conditions of a filter on the quotation `q` of the article `a`, said by `p` to `t`, but for its text.
pub(crate) fn on_quotes(w: &mut Where, filter: &Filter) {
    for who in [&filter.speaker, &filter.actor].into_iter().flatten() {
        w.somebody("{}", "p", who, false);
    }
    if let Some(who) = &filter.recipient {
        w.somebody("{}", "t", who, false);
    }
    if let Some(pair) = &filter.dyad {
        let [to, by] = [("p", "t"), ("t", "p")].map(|(x, y)| (w.means(x, &pair.a, false), w.means(y, &pair.b, false)));
        w.push(format!("(({} AND {}) OR ({} AND {}))", to.0, to.1, by.0, by.1));
    }
    let inside = "EXISTS (SELECT 1 FROM quote_events x JOIN events e ON e.article = x.article AND e.id = x.event \
                  WHERE x.article = q.article AND x.quote = q.id AND {})";
    if let Some(kind) = filter.kind {
        w.and(&inside.replace("{}", "e.type = ?"), kind.as_str().to_owned());
    }
    if let Some(status) = filter.status {
        w.and(&inside.replace("{}", "e.status = ?"), status.as_str().to_owned());
    }
    if let Some(least) = filter.min_confidence {
        w.and(&inside.replace("{}", "e.confidence >= ?"), real(least));
    }
    if let Some(least) = filter.min_sources {
        let merged = "EXISTS (SELECT 1 FROM event_reports r JOIN merged_events m ON m.id = r.event \
                      WHERE r.article = e.article AND r.article_event = e.id AND m.independent_sources >= ?)";
        w.and(&inside.replace("{}", merged), least as i64);
    }
    if let Some(story) = &filter.story {
        w.id("q.article IN (SELECT x.article FROM story_articles x WHERE {})", "x.story", story);
    }
    if let Some(arrived) = filter.new_since {
        let first = w.first_new(arrived);
        w.push(format!("q.article IN (SELECT v.article FROM arrivals v WHERE v.number >= {first})"));
    }
    w.article(filter, "{}");
    w.days(filter, "a.published", "a.published");
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
