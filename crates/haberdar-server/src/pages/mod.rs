//! The pages, made whole on the server: one module a kind of page.

mod actor;
mod article;
mod conflicts;
mod dyad;
mod events;
mod layout;
mod map;
mod marks;
mod paste;
mod today;

use haberdar_model::{PartialDate, record::Party};
use maud::{Markup, html};

use crate::{Answer, Room, answer::Look, labels::label, problem::Problem, query::encoded};

pub(crate) use conflicts::resolve;
pub(crate) use paste::paste;

/// The page at an address.
pub(crate) fn get(room: &Room, look: &Look, parts: &[&str]) -> Result<Answer, Problem> {
    match parts {
        [] => today::today(room, look),
        ["events"] => events::list(room, look),
        ["events", id] => events::one(room, look, id),
        ["articles", id] => article::article(room, look, id),
        ["quotes"] => events::quotes(room, look),
        ["stories"] => today::stories(room, look),
        ["stories", id] => today::story(room, look, id),
        ["conflicts"] => conflicts::list(room, look),
        ["conflicts", id] => conflicts::one(room, look, id, None),
        ["promises"] => conflicts::promises(room, look),
        ["dyads"] => dyad::list(room, look),
        ["dyads", pair] => dyad::one(room, look, pair),
        ["actors", code] => actor::actor(room, look, code),
        ["map"] => map::map(room, look),
        ["network"] => dyad::network(room, look),
        ["who"] => today::who(room, look),
        ["search"] => events::search(room, look),
        ["paste"] => Ok(paste::form(look)),
        ["about"] => Ok(today::about(look)),
        _ => Err(Problem { status: 404, title: "There is no such page", detail: look.path.chars().take(200).collect() }),
    }
}

/// A page that says what went wrong.
pub(crate) fn problem(look: &Look, p: &Problem) -> Answer {
    let t = |k| label(look.lang, k);
    let title = if p.status == 404 { t("not_found") } else { p.title };
    let mut a = layout::page(
        look,
        title,
        &html! {
            h1 { (title) }
            p { (p.detail) }
            p { a href="/" { (t("today")) } }
        },
    );
    a.status = p.status;
    a
}

/// A day with its precision; nothing where it is not known.
fn days(from: Option<PartialDate>, to: Option<PartialDate>) -> String {
    match (from, to) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) => format!("{a} – {b}"),
        (Some(a), None) => format!("{a} –"),
        (None, Some(b)) => format!("– {b}"),
        (None, None) => String::new(),
    }
}

/// Participants with links to what else they did.
fn parties(list: &[Party]) -> Markup {
    html! {
        @for (i, p) in list.iter().enumerate() {
            @if i > 0 { ", " }
            a href={ "/events?actor=" (encoded(p.entity.as_deref().filter(|e| !e.starts_with("b3:")).unwrap_or(&p.name))) } { (p.name) }
            @if let Some(c) = p.country { " " a.code href={ "/actors/" (c) } { (c) } }
        }
    }
}

/// The first characters of an id, as a link.
fn short(id: &str) -> &str {
    id.get(..id.len().min(15)).unwrap_or(id)
}
