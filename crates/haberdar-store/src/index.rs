//! What is searched: words of articles, of sentences with events and of quotations; names and dyads.

use std::collections::BTreeSet;

use haberdar_model::{Reading, Span, outlet, reading::Quote, record::MergedEvent};
use rusqlite::{Connection, OptionalExtension, params};

use crate::{
    facts::{EventFacts, index_quote},
    terms::{Term, terms},
    turkish::search_key,
    vocabulary::count_words,
    write::real,
};

/// Rows of one article in `row_words`.
pub(crate) const ROWS: i64 = 1 << 24;

/// From here on they are quotations.
pub(crate) const QUOTES: i64 = 1 << 23;

/// Stands for the day of an act that has none, behind all others.
const NO_DAY: &str = "9999";

/// Gives an article its number and indexes its words and what filters ask of it.
pub(crate) fn index_article(db: &Connection, reading: &Reading, text: &str, added_at: i64) -> rusqlite::Result<()> {
    let head = &reading.article;
    let sql = "INSERT INTO arrivals (article, added_at, published, publisher, language) VALUES (?1, ?2, ?3, ?4, ?5)";
    let (published, language) = (head.published.map(|d| d.to_string()), head.language.map(|l| l.code()));
    db.prepare_cached(sql)?.execute(params![head.id, added_at, published, head.publisher, language])?;
    let number = db.last_insert_rowid();
    let (title, all) = index_words(db, number, reading, text)?;
    count_words(db, title.iter().chain(&all))?;
    index_quotes(db, number, reading)?;
    head.publisher.iter().try_for_each(|p| index_name(db, p))
}

/// What filters ask of the quotations of an article.
pub(crate) fn index_quotes(db: &Connection, number: i64, reading: &Reading) -> rusqlite::Result<()> {
    numbered(reading).try_for_each(|(n, q)| index_quote(db, number * ROWS + QUOTES + n, q, reading))
}

/// The quotations with the numbers of their ids.
fn numbered(reading: &Reading) -> impl Iterator<Item = (i64, &Quote)> {
    let number = |q: &Quote| q.id.strip_prefix('q')?.parse::<i64>().ok().filter(|n| (0..QUOTES).contains(n));
    reading.quotes.iter().filter_map(move |q| Some((number(q)?, q)))
}

/// Indexes the words of an article that has its number: those of the headline, those of the text.
pub(crate) fn index_words(
    db: &Connection,
    number: i64,
    reading: &Reading,
    text: &str,
) -> rusqlite::Result<(Vec<Term>, Vec<Term>)> {
    let head = &reading.article;
    let title = terms(head.title.as_deref().unwrap_or_default(), head.language);
    let all = terms(text, head.language);
    db.prepare_cached("INSERT INTO article_words (rowid, title, words, stems) VALUES (?1, ?2, ?3, ?4)")?.execute(params![
        number,
        forms(&title),
        forms(&all),
        stems(title.iter().chain(&all)),
    ])?;
    let mut row = db.prepare_cached("INSERT INTO row_words (rowid, words, stems) VALUES (?1, ?2, ?3)")?;
    let mut put = |at: i64, span: Span| {
        let words = within(&all, span);
        row.execute(params![number * ROWS + at, forms(words), stems(words)]).map(drop)
    };
    let sentences: BTreeSet<usize> = reading.events.iter().map(|e| e.sentence).collect();
    for i in sentences {
        if let Some(span) = reading.sentences.get(i) {
            put(i as i64, *span)?;
        }
    }
    numbered(reading).try_for_each(|(n, q)| put(QUOTES + n, q.at.span))?;
    Ok((title, all))
}

/// The words that begin in a span.
fn within(terms: &[Term], span: Span) -> &[Term] {
    let from = terms.partition_point(|t| t.span.start < span.start);
    let to = terms.partition_point(|t| t.span.start < span.end);
    &terms[from..to]
}

fn forms(terms: &[Term]) -> String {
    let mut out = String::new();
    terms.iter().for_each(|t| push(&mut out, &t.form));
    out
}

fn stems<'t>(terms: impl IntoIterator<Item = &'t Term>) -> String {
    let mut out = String::new();
    terms.into_iter().flat_map(|t| &t.stems).for_each(|s| push(&mut out, s));
    out
}

fn push(out: &mut String, word: &str) {
    if !out.is_empty() {
        out.push(' ');
    }
    out.push_str(word);
}

/// Who stands behind the reports of an event, eight bytes each. The story must be there already: it knows the copies.
fn behind(db: &Connection, e: &MergedEvent) -> rusqlite::Result<Vec<u8>> {
    let mut s = db.prepare_cached(
        "SELECT coalesce(o.id, a.id), CASE WHEN o.id IS NULL THEN a.publisher ELSE o.publisher END FROM articles a \
         LEFT JOIN story_articles x ON x.article = a.id LEFT JOIN articles o ON o.id = coalesce(x.copy_of, x.version_of) WHERE a.id = ?1",
    )?;
    let mut by: BTreeSet<u64> = BTreeSet::new();
    for r in &e.reports {
        let found = s.query_row([&r.article], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?)));
        if let Some((id, publisher)) = found.optional()? {
            by.insert(outlet::number(&outlet::source(publisher.as_deref(), &id)));
        }
    }
    Ok(by.into_iter().flat_map(u64::to_le_bytes).collect())
}

/// Makes an event findable by those who take part, by its pairs and by the sentences that report it.
pub(crate) fn index_event(db: &Connection, e: &MergedEvent) -> rusqlite::Result<()> {
    let of = EventFacts::of(db, e)?;
    let (from, to) = (e.date.from.map(|d| d.first().to_string()), e.date.to.map(|d| d.last().to_string()));
    let (kind, status, confidence, sources) =
        (e.kind.as_str(), e.status.as_str(), real(e.confidence), e.independent_sources as i64);
    let mut s =
        db.prepare_cached("INSERT OR IGNORE INTO arrival_events VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)")?;
    for &(number, sentence, position) in &of.reports {
        let (known, facts) = (of.first_known, &of.facts);
        let place = (number, sentence as i64, &e.id, position as i64);
        s.execute(params![place.0, place.1, place.2, place.3, kind, status, from, to, confidence, sources, known, facts])?;
    }
    let pairs = e.pairs();
    if !pairs.is_empty() {
        let day = e.first_day().map_or_else(|| NO_DAY.to_owned(), |d| d.to_string());
        let goldstein = e.goldstein.map(|g| (f64::from(g) * 10.0).round() as i64);
        let (behind, places) = (behind(db, e)?, of.places());
        let sql = "INSERT OR IGNORE INTO event_dyads \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)";
        let mut s = db.prepare_cached(sql)?;
        for (a, b) in pairs {
            let (a, b, act, facts) = (a.as_str(), b.as_str(), e.is_act(), &of.facts);
            let known = of.first_known;
            s.execute(params![
                a, b, day, e.id, act, e.quad, goldstein, behind, kind, status, from, to, confidence, sources, known, facts,
                places
            ])?;
        }
    }
    e.actor.iter().chain(&e.recipient).try_for_each(|p| index_name(db, &p.name))
}

pub(crate) fn index_name(db: &Connection, name: &str) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT OR IGNORE INTO names VALUES (?1, ?2)")?.execute(params![name, search_key(name)]).map(drop)
}
