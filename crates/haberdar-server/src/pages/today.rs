//! The first page, stories, office-holders, and what the interface is.

use haberdar_model::{
    Language,
    record::{Conflict, MergedEvent},
};
use haberdar_store::{Filter, Order};
use maud::{Markup, html};
use serde_json::Value;

use super::{
    conflicts, days, events,
    layout::{filters, more, page, part, table},
};
use crate::{
    Answer, Room,
    answer::Look,
    chart,
    derived::{self, DyadRow},
    labels::{country, label},
    openapi::LISTS,
    problem::Problem,
    query::{Query, cut, encoded},
};

/// What stands on the first page.
struct Front {
    newest: Vec<MergedEvent>,
    widest: Vec<MergedEvent>,
    open: Vec<Conflict>,
}

pub(super) fn today(room: &Room, look: &Look) -> Result<Answer, Problem> {
    let t = |k| label(look.lang, k);
    let day = jiff::Zoned::now().date();
    let front = room.kept(&format!("front {day}"), || {
        // Plans for later days stand among the promises.
        let newest = Filter { order: Order::Newest, until: Some(day), limit: Some(12), ..Filter::default() };
        let widest = Filter { order: Order::Sources, limit: Some(12), ..Filter::default() };
        let open = Filter { state: Some("open".to_owned()), limit: Some(8), ..Filter::default() };
        Ok(room.with_store(|s| Ok(Front { newest: s.events(&newest)?, widest: s.events(&widest)?, open: s.conflicts(&open)? }))?)
    })?;
    let counts = derived::counts(room)?;
    // Over a large record these two take seconds: the page comes without them, and again by itself.
    let slow = match derived::is_ready(room) {
        true => {
            let mut late = derived::promises(room, &Query::parse("fate=overdue"))?;
            late.truncate(8);
            Some((late, derived::dyads(room, &Query::default())?))
        }
        false => None,
    };
    let title = t("title");
    let mut answer = page(
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
            (part(look, events::COLUMNS, &events::rows(look.lang, &front.newest)))
            (chart::legend(look.lang))
            h2 { (t("widest")) }
            (part(look, events::COLUMNS, &events::rows(look.lang, &front.widest)))
            h2 { (t("open_conflicts")) }
            (part(look, conflicts::COLUMNS, &conflicts::rows(look, &front.open)))
            h2 { (t("overdue")) }
            @match &slow {
                Some((late, _)) => { (part(look, conflicts::PROMISES, &conflicts::promise_rows(look, late))) }
                None => { p.empty { (t("worked_out")) } }
            }
            h2 { (t("active_dyads")) }
            @match &slow {
                Some((_, dyads)) => { (dyad_table(look, &dyads[..dyads.len().min(8)])) }
                None => { p.empty { (t("worked_out")) } }
            }
        },
    );
    if slow.is_none() {
        answer.headers.push(("refresh", "3".to_owned()));
    }
    Ok(answer)
}

/// The same look for a form of another page.
fn look_at(path: &str, look: &Look) -> Box<Look> {
    Box::new(Look { lang: look.lang, theme: look.theme, path: path.to_owned(), query: Query::default() })
}

pub(super) fn dyad_table(look: &Look, dyads: &[DyadRow]) -> Markup {
    let rows: Vec<Vec<Markup>> = dyads
        .iter()
        .map(|d| {
            vec![
                html! { a href={ "/dyads/" (d.a) ":" (d.b) } { (country(look.lang, d.a)) " – " (country(look.lang, d.b)) }
                " " span.code { (d.a) ":" (d.b) } },
                html! { (d.events) },
                html! { (format!("{:+.1}", d.goldstein)) },
            ]
        })
        .collect();
    part(look, &["dyad", "acts", "goldstein"], &rows)
}

pub(super) fn stories(room: &Room, look: &Look) -> Result<Answer, Problem> {
    let look = &look.newest_first();
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
            (chart::legend(look.lang))
            (table(look, events::COLUMNS, &events::rows(look.lang, &found)))
            @if !disputed.is_empty() { h2 { (t("conflicts")) } (table(look, conflicts::COLUMNS, &conflicts::rows(look, &disputed))) }
        },
    ))
}

/// The office of a holding in the language of the page.
pub(super) fn office(look: &Look, row: &Value) -> String {
    let own = if look.lang == Language::Tr { row["office_tr"].as_str() } else { None };
    own.or(row["office"].as_str()).unwrap_or_default().to_owned()
}

pub(super) fn who(room: &Room, look: &Look) -> Result<Answer, Problem> {
    let t = |k| label(look.lang, k);
    let title = t("who");
    let asked = look.query.get("q");
    let rows = asked.map(|q| derived::who(room, q, &look.query)).transpose()?.unwrap_or_default();
    let text = |r: &Value, k: &str| r[k].as_str().unwrap_or_default().to_owned();
    let bars: Vec<chart::Term> = rows
        .iter()
        .map(|r| chart::Term::of(r, &format!("{} · {} {}", text(r, "name"), office(look, r), text(r, "country"))))
        .collect();
    let cells: Vec<Vec<Markup>> = rows
        .iter()
        .map(|r| {
            vec![
                html! { a href={ "/events?actor=" (encoded(&text(r, "entity"))) } { (text(r, "name")) } },
                html! { (office(look, r)) },
                html! { (text(r, "country")) },
                html! { span.day { (text(r, "from")) } },
                html! { span.day { (text(r, "to")) } },
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
                (chart::terms(asked.unwrap_or_default(), &bars, chart::Scale::of(&bars)))
                (table(look, &["holder", "office", "country", "from", "to", "source"], &cells))
                (more(look, None, Some("/api/v1/who")))
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
            div.scroll tabindex="0" role="group" aria-label=(label(look.lang, "table")) { table { tbody {
                @for (name, by_id, about) in LISTS {
                    tr { td { code { "/api/v1/" (name) @if *by_id { "[/{id}]" } } } td lang="en" { (about) } }
                }
                tr { td { code { "POST /api/v1/read" } } td lang="en" { "Read one text without keeping it" } }
                tr { td { code { "POST /api/v1/articles" } } td lang="en" { "Add articles, an object a line, with a token" } }
                tr { td { code { "POST /api/v1/conflicts/{id}/resolve" } } td lang="en" { "Say which value of a conflict holds, with a token" } }
            } } }
        },
    )
}
