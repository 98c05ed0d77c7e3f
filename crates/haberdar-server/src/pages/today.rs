//! The first page, stories, office-holders, and what the interface is.

use haberdar_store::{Filter, Order};
use maud::{Markup, html};
use serde_json::Value;

use super::{
    conflicts, days, events,
    layout::{filters, more, page, table},
};
use crate::{
    Answer, Room,
    answer::Look,
    api, chart,
    labels::label,
    openapi::LISTS,
    problem::Problem,
    query::{Query, cut, encoded},
};

pub(super) fn today(room: &Room, look: &Look) -> Result<Answer, Problem> {
    let t = |k| label(look.lang, k);
    let (counts, newest, open) = room.with_store(|s| {
        let newest = s.events(&Filter { order: Order::Sources, limit: Some(12), ..Filter::default() })?;
        let open = s.conflicts(&Filter { state: Some("open".to_owned()), limit: Some(8), ..Filter::default() })?;
        Ok((s.counts()?, newest, open))
    })?;
    let mut late = api::promises(room, &Query::parse("fate=overdue"))?;
    late.truncate(8);
    let mut dyads = api::dyads(room, &Query::default())?;
    dyads.truncate(8);
    let title = t("title");
    Ok(page(
        look,
        title,
        &html! {
            h1.lead { (t("tagline")) }
            p.numbers {
                @for (n, key, path) in [(counts.articles, "articles", "/stories"), (counts.stories, "stories", "/stories"),
                    (counts.events, "events", "/events"), (counts.conflicts, "conflicts", "/conflicts")] {
                    a href=(path) { b { (n) } " " (t(key)) }
                }
            }
            @if counts.articles == 0 { p.empty { (t("empty_store")) } }
            (filters(look_at("/events", look).as_ref(), &["actor", "recipient", "type", "since", "until", "text"]))
            h2 { (t("newest")) }
            (table(look, events::COLUMNS, &events::rows(look.lang, &newest)))
            h2 { (t("open_conflicts")) }
            (table(look, conflicts::COLUMNS, &conflicts::rows(look, &open)))
            h2 { (t("overdue")) }
            (table(look, conflicts::PROMISES, &conflicts::promise_rows(look, &late)))
            h2 { (t("active_dyads")) }
            (dyad_table(look, &dyads))
        },
    ))
}

/// The same look for a form of another page.
fn look_at(path: &str, look: &Look) -> Box<Look> {
    Box::new(Look { lang: look.lang, theme: look.theme, path: path.to_owned(), query: Query::default() })
}

pub(super) fn dyad_table(look: &Look, dyads: &[Value]) -> Markup {
    let rows: Vec<Vec<Markup>> = dyads
        .iter()
        .map(|d| {
            let side = |k: &str| d[k].as_str().unwrap_or_default();
            vec![
                html! { a href={ "/dyads/" (side("a")) ":" (side("b")) } { (side("a")) " – " (side("b")) } },
                html! { (d["events"]) },
                html! { (d["goldstein"]) },
            ]
        })
        .collect();
    table(look, &["dyad", "events", "goldstein"], &rows)
}

pub(super) fn stories(room: &Room, look: &Look) -> Result<Answer, Problem> {
    let at = look.query.page()?;
    let filter = Filter { limit: Some(at.0 + at.1 + 1), ..look.query.filter()? };
    let (found, next) = cut(room.with_store(|s| s.stories(&filter))?, at);
    let rows: Vec<Vec<Markup>> = found
        .iter()
        .map(|s| {
            vec![
                html! { (days(s.from, s.to)) },
                html! { a href={ "/stories/" (s.id) } dir="auto" { (s.title) } },
                html! { (s.articles.len()) },
                html! { (s.events.len()) },
            ]
        })
        .collect();
    let title = label(look.lang, "stories");
    Ok(page(
        look,
        title,
        &html! {
            h1 { (title) }
            (filters(look, &["actor", "publisher", "language", "since", "until", "text"]))
            (table(look, &["when", "story", "articles", "events"], &rows))
            (more(look, next.as_deref(), Some("/api/v1/stories")))
        },
    ))
}

pub(super) fn story(room: &Room, look: &Look, id: &str) -> Result<Answer, Problem> {
    let t = |k| label(look.lang, k);
    let found = room.with_store(|s| {
        let Some(story) = s.story(id)? else { return Ok(None) };
        let events = s.events(&Filter { story: Some(story.id.clone()), ..Filter::default() })?;
        let conflicts = s.conflicts(&Filter { story: Some(story.id.clone()), ..Filter::default() })?;
        Ok(Some((story, events, conflicts)))
    })?;
    let (story, found, disputed) = found.ok_or_else(|| Problem::missing("story", id))?;
    Ok(page(
        look,
        &story.title,
        &html! {
            h1 dir="auto" { (story.title) }
            p.meta { (days(story.from, story.to)) }
            h2 { (t("articles")) }
            ul { @for a in &story.articles { li {
                a href={ "/articles/" (a.id) } { (a.publisher.as_deref().unwrap_or(&a.source_id)) }
                @if let Some(d) = a.published { " · " (d) }
                @if let Some(c) = &a.copy_of { " · " (t("copy_of")) " " a href={ "/articles/" (c) } { (super::short(c)) } }
            } } }
            h2 { (t("events")) }
            (chart::timeline(look.lang, &found))
            (table(look, events::COLUMNS, &events::rows(look.lang, &found)))
            @if !disputed.is_empty() { h2 { (t("conflicts")) } (table(look, conflicts::COLUMNS, &conflicts::rows(look, &disputed))) }
        },
    ))
}

pub(super) fn who(room: &Room, look: &Look) -> Result<Answer, Problem> {
    let t = |k| label(look.lang, k);
    let title = t("who");
    let asked = look.query.get("q");
    let rows = asked.map(|q| api::who(room, q, &look.query)).transpose()?;
    let rows = rows.as_ref().and_then(Value::as_array).cloned().unwrap_or_default();
    let text = |r: &Value, k: &str| r[k].as_str().unwrap_or_default().to_owned();
    let bars: Vec<chart::Term> = rows
        .iter()
        .map(|r| chart::Term {
            name: format!("{} · {} {}", text(r, "name"), text(r, "office"), text(r, "country")),
            from: text(r, "from").parse().ok(),
            to: text(r, "to").parse().ok(),
        })
        .collect();
    let cells: Vec<Vec<Markup>> = rows
        .iter()
        .map(|r| {
            vec![
                html! { a href={ "/events?actor=" (encoded(&text(r, "entity"))) } { (text(r, "name")) } },
                html! { (text(r, "office")) },
                html! { (text(r, "country")) },
                html! { (text(r, "from")) },
                html! { (text(r, "to")) },
                html! { (text(r, "source")) },
            ]
        })
        .collect();
    Ok(page(
        look,
        title,
        &html! {
            h1 { (title) }
            form.filters method="get" {
                label { span { (t("office")) " / " (t("speaker")) } input name="q" value=[asked] size="34" placeholder="foreign minister of North Korea"; }
                label { span { (t("on")) } input name="on" value=[look.query.get("on")] size="12" placeholder="2022-06-11"; }
                button { (t("search")) }
            }
            @if asked.is_some() {
                (chart::terms(&bars))
                (table(look, &["holder", "office", "country", "from", "to", "source"], &cells))
            }
        },
    ))
}

pub(super) fn about(look: &Look) -> Answer {
    let title = label(look.lang, "about");
    page(
        look,
        title,
        &html! {
            h1 { (title) }
            p { a href="/api/v1/openapi.json" { "OpenAPI 3.1" } " · " a href="/metrics" { "/metrics" } " · " a href="/healthz" { "/healthz" } }
            table { tbody {
                @for (name, by_id, about) in LISTS {
                    tr { td { code { "/api/v1/" (name) @if *by_id { "[/{id}]" } } } td lang="en" { (about) } }
                }
                tr { td { code { "POST /api/v1/read" } } td lang="en" { "Read one text without keeping it" } }
                tr { td { code { "POST /api/v1/articles" } } td lang="en" { "Add articles, an object a line, with a token" } }
            } }
        },
    )
}
