//! Events and quotations: lists, one event with every report, search.

use haberdar_model::{Language, record::MergedEvent};
use haberdar_store::{Explained, Filter, Snippet};
use maud::{Markup, html};

use super::{
    days,
    layout::{filters, more, page, table},
    marks::{Mark, marked},
    parties, short,
};
use crate::{Answer, Room, answer::Look, chart, labels::label, problem::Problem, query::cut};

const FIELDS: &[&str] =
    &["actor", "recipient", "type", "status", "since", "until", "publisher", "language", "min_sources", "text", "order"];

/// The columns of [`rows`].
pub(super) const COLUMNS: &[&str] = &["when", "type", "actor", "recipient", "status", "sources", "confidence"];

/// Events as rows of a table.
pub(super) fn rows(lang: Language, events: &[MergedEvent]) -> Vec<Vec<Markup>> {
    let row = |e: &MergedEvent| {
        vec![
            html! { (days(e.date.from, e.date.to)) },
            html! { (chart::glyph(e)) "\u{a0}" a href={ "/events/" (e.id) } { (label(lang, e.kind.as_str())) }
            @if let Some(m) = &e.mode { " " span.code { (m) } } },
            parties(&e.actor),
            parties(&e.recipient),
            html! { (label(lang, e.status.as_str())) @if !e.conflicts.is_empty() { " " a.flag href={ "/conflicts/" (e.conflicts[0]) } { "≠" } } },
            html! { (e.independent_sources) },
            html! { (format!("{:.2}", e.confidence)) },
        ]
    };
    events.iter().map(row).collect()
}

pub(super) fn list(room: &Room, look: &Look) -> Result<Answer, Problem> {
    let look = &look.newest_first();
    let at = look.query.page()?;
    let filter = Filter { limit: Some(at.0 + at.1 + 1), ..look.query.filter()? };
    let (events, next) = cut(room.with_store(|s| s.events(&filter))?, at);
    let title = label(look.lang, "events");
    Ok(page(
        look,
        title,
        &html! {
            h1 { (title) }
            (filters(look, FIELDS))
            (table(look, COLUMNS, &rows(look.lang, &events)))
            (chart::legend(look.lang))
            (more(look, next.as_deref(), Some("/api/v1/events")))
        },
    ))
}

fn report(look: &Look, r: &Explained) -> Markup {
    let t = |k| label(look.lang, k);
    let mut marks = vec![Mark::plain(r.event.trigger.span, "act")];
    marks.extend(r.actor.iter().map(|m| Mark::plain(m.at.span, "actor")));
    marks.extend(r.recipient.iter().map(|m| Mark::plain(m.at.span, "recipient")));
    marks.extend(r.event.date.span.iter().map(|s| Mark::plain(s.span, "date")));
    let cite = format!(
        "{}, {}. “{}” {} {}–{}, sha256 {}.",
        r.article.publisher.as_deref().unwrap_or("?"),
        r.article.published.map(|d| d.to_string()).unwrap_or_default(),
        r.sentence.text,
        short(&r.article.id),
        r.sentence.span.start,
        r.sentence.span.end,
        r.article.text_sha256
    );
    html! {
        article.report {
            h3 { a href={ "/articles/" (r.article.id) "#e-" (r.event.id) } { (r.article.publisher.as_deref().unwrap_or("?")) }
                @if let Some(d) = r.article.published { " · " (d) } @if let Some(l) = r.article.language { " · " (l) } }
            blockquote lang=[r.article.language.map(|l| l.to_string())] dir="auto" { (marked(&r.sentence.text, r.sentence.span.start, &marks)) }
            dl {
                dt { (t("status")) } dd { (label(look.lang, r.event.status.as_str())) }
                @if let Some(m) = &r.reported_by { dt { (t("says")) } dd { (m.name) } }
                dt { (t("why")) } dd { code { (r.event.why) } }
                dt { (t("offset")) } dd { (r.event.trigger.span.start) "–" (r.event.trigger.span.end) }
            }
            details { summary { (t("cite")) } p.cite { (cite) } }
        }
    }
}

pub(super) fn one(room: &Room, look: &Look, id: &str) -> Result<Answer, Problem> {
    let t = |k| label(look.lang, k);
    let (event, reports) = room.with_store(|s| Ok((s.event(id)?, s.explain(id)?)))?;
    let e = event.ok_or_else(|| Problem::missing("event", id))?;
    let title = format!("{} {}", t(e.kind.as_str()), days(e.date.from, e.date.to));
    Ok(page(
        look,
        &title,
        &html! {
            h1 { (chart::glyph(&e)) " " (title) }
            dl.facts {
                dt { (t("actor")) } dd { (parties(&e.actor)) }
                dt { (t("recipient")) } dd { (parties(&e.recipient)) }
                dt { (t("status")) } dd { (t(e.status.as_str())) }
                dt { (t("when")) } dd { (days(e.date.from, e.date.to)) " " span.code { (e.date.basis) } }
                @if let Some(p) = &e.place { dt { (t("where")) } dd { (p) } }
                dt { "CAMEO" } dd { (e.cameo.as_deref().unwrap_or("–")) @if let Some(g) = e.goldstein { " (" (g) ")" } }
                dt { (t("sources")) } dd { (e.independent_sources) }
                dt { (t("confidence")) } dd { (format!("{:.2}", e.confidence)) }
                @if !e.conflicts.is_empty() { dt { (t("conflicts")) } dd { @for c in &e.conflicts { a.flag href={ "/conflicts/" (c) } { "≠ " (short(c)) } " " } } }
            }
            h2 { (t("reports")) }
            @for r in &reports { (report(look, r)) }
            p.more { a.quiet href={ "/api/v1/events/" (e.id) } { "JSON" } }
        },
    ))
}

pub(super) fn quotes(room: &Room, look: &Look) -> Result<Answer, Problem> {
    let look = &look.newest_first();
    let at = look.query.page()?;
    let filter = Filter { limit: Some(at.0 + at.1 + 1), ..look.query.filter()? };
    let (quotes, next) = cut(room.with_store(|s| s.quotes(&filter))?, at);
    let title = label(look.lang, "quotes");
    let rows: Vec<Vec<Markup>> = quotes
        .iter()
        .map(|q| {
            vec![
                html! { (q.published.map(|d| d.to_string()).unwrap_or_default()) },
                html! { @match &q.speaker { Some(s) => a href={ "/quotes?speaker=" (crate::query::encoded(s)) } { (s) }, None => "–" }
                    @if let Some(c) = q.country { " " span.code { (c) } } },
                html! { q lang=[q.language.map(|l| l.to_string())] dir="auto" { (q.at.text) } },
                html! { (label(look.lang, &q.kind.to_string())) },
                html! { a href={ "/articles/" (q.article) "#q-" (q.id) } { (q.publisher.as_deref().unwrap_or("?")) } },
            ]
        })
        .collect();
    Ok(page(
        look,
        title,
        &html! {
            h1 { (title) }
            (filters(look, &["speaker", "since", "until", "publisher", "language", "text"]))
            (table(look, &["published", "speaker", "quote", "kind", "publisher"], &rows))
            (more(look, next.as_deref(), Some("/api/v1/quotes")))
        },
    ))
}

fn snippet(s: &Snippet) -> Markup {
    let marks: Vec<Mark> = s.marks.iter().map(|m| Mark::plain(*m, "hit")).collect();
    marked(&s.text, s.span.start, &marks)
}

pub(super) fn search(room: &Room, look: &Look) -> Result<Answer, Problem> {
    let t = |k| label(look.lang, k);
    let title = t("search");
    let Some(words) = look.query.get("text") else {
        return Ok(page(
            look,
            title,
            &html! { h1 { (title) } (filters(look, &["text", "publisher", "language", "since", "until"])) },
        ));
    };
    let filter = Filter { limit: Some(20), ..look.query.filter()? };
    let hits = room.with_store(|s| s.search(&filter))?;
    let events: Vec<MergedEvent> = hits.events.iter().map(|h| h.event.clone()).collect();
    Ok(page(
        look,
        title,
        &html! {
            h1 { (title) ": " (words) }
            (filters(look, &["text", "publisher", "language", "since", "until"]))
            h2 { (t("articles")) " (" @if hits.at_least { "≥ " } (hits.found) ")" }
            @if hits.articles.is_empty() { p.empty { (t("empty")) } }
            @for a in &hits.articles {
                article.hit {
                    h3 { a href={ "/articles/" (a.id) } { (a.title.as_deref().unwrap_or(&a.source_id)) } }
                    p.meta { (a.publisher.as_deref().unwrap_or("?")) @if let Some(d) = a.published { " · " (d) } }
                    p lang=[a.language.map(|l| l.to_string())] dir="auto" { "… " (snippet(&a.snippet)) " …" }
                }
            }
            h2 { (t("events")) }
            (table(look, COLUMNS, &rows(look.lang, &events)))
            (more(look, None, Some("/api/v1/search")))
        },
    ))
}
