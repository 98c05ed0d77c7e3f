//! An article as it was written, with layers of what was understood.

use haberdar_model::{Reading, Span, reading::Mention};
use maud::{Markup, html};

use super::{
    layout::page,
    marks::{Mark, marked},
};
use crate::{Answer, Room, answer::Look, labels::label, problem::Problem};

/// The text with layers of what was understood.
pub(super) fn text(text: &str, r: &Reading) -> Markup {
    let mut layers = Vec::new();
    let mut push =
        |span: Span, class, anchor: String, title: String| layers.push(Mark { span, class, anchor: Some(anchor), title });
    for q in &r.quotes {
        let who = q.speaker.as_ref().and_then(|id| r.mentions.iter().find(|m| m.id == *id)).map(|m| m.name.clone());
        push(q.at.span, "quote", format!("q-{}", q.id), who.or_else(|| q.speaker_text.clone()).unwrap_or_default());
    }
    for m in &r.mentions {
        let place = code(m).map(|c| format!(" ({c})")).unwrap_or_default();
        push(m.at.span, "person", format!("m-{}", m.id), format!("{}{place}", m.name));
    }
    for (i, d) in r.dates.iter().enumerate() {
        push(d.at.span, "date", format!("d-{i}"), d.value.clone());
    }
    for e in &r.events {
        push(e.trigger.span, "act", format!("e-{}", e.id), format!("{} {}", e.kind, e.status));
    }
    layers.retain(|l| l.span.end > l.span.start);
    marked(text, 0, &layers)
}

/// The country's code, with a question mark where it is only inferred.
fn code(m: &Mention) -> Option<String> {
    let mark = if m.country_basis.is_some() { "?" } else { "" };
    m.country.map(|c| format!("{c}{mark}"))
}

/// Words to cite the article with; the hash lets anybody check that it is the same text.
fn cite(look: &Look, r: &Reading) -> Markup {
    let head = &r.article;
    let title = head.title.as_deref().map(|t| format!("“{t}”")).unwrap_or_else(|| head.source_id.clone());
    let words = [head.publisher.clone(), Some(title), head.published.map(|d| d.to_string()), head.url.clone()];
    let words: Vec<String> = words.into_iter().flatten().collect();
    let length = r.text.as_deref().unwrap_or_default().chars().count();
    html! {
        section.citing {
            h2 { (label(look.lang, "cite")) }
            p.cite { (words.join(", ")) "." }
            dl {
                dt { "sha256" } dd { code.hash { (head.text_sha256) } }
                dt { "id" } dd { code { (head.id) } }
                dt { (label(look.lang, "length")) } dd { (length) " " (label(look.lang, "code_points")) }
            }
        }
    }
}

/// The name of a mention, else its id.
fn name<'a>(r: &'a Reading, id: &'a str) -> &'a str {
    r.mentions.iter().find(|m| m.id == id).map_or(id, |m| m.name.as_str())
}

/// What stands beside the text: who, what, which words, which days.
pub(super) fn side(look: &Look, r: &Reading) -> Markup {
    let t = |k| label(look.lang, k);
    let names = |ids: &[String]| ids.iter().map(|id| name(r, id)).collect::<Vec<_>>().join(", ");
    let mut people: Vec<(&str, Option<String>, &str, usize)> = Vec::new();
    for m in r.mentions.iter().filter(|m| m.entity.is_some()) {
        match people.iter_mut().find(|p| p.0 == m.name) {
            Some(p) => p.3 += 1,
            None => people.push((&m.name, code(m), &m.id, 1)),
        }
    }
    html! {
        aside.side {
            @if !r.flags.is_empty() {
                h2 { (t("flags")) }
                @for f in &r.flags { p.flagged { "≠ " (f.message) } }
            }
            h2 { (t("events")) }
            @if r.events.is_empty() { p.empty { "–" } }
            ul { @for e in &r.events { li {
                a.walk href={ "#e-" (e.id) } { b { (t(e.kind.as_str())) } } " " (names(&e.actor))
                @if !e.recipient.is_empty() { " → " (names(&e.recipient)) } " " span.code { (t(e.status.as_str())) }
            } } }
            h2 { (t("quotes")) }
            ul { @for q in &r.quotes { li {
                a.walk href={ "#q-" (q.id) } { (q.speaker.as_deref().map(|id| name(r, id)).or(q.speaker_text.as_deref()).unwrap_or("–")) } ": "
                (q.at.text.chars().take(90).collect::<String>())
            } } }
            h2 { (t("people")) }
            ul { @for p in &people { li { a href={ "#m-" (p.2) } { (p.0) } @if let Some(c) = &p.1 { " " span.code { (c) } } @if p.3 > 1 { " ×" (p.3) } } } }
            h2 { (t("dates")) }
            ul { @for (i, d) in r.dates.iter().enumerate() { li { a href={ "#d-" (i) } { (d.at.text) } " " span.code { (d.value) } } } }
        }
    }
}

pub(super) fn article(room: &Room, look: &Look, id: &str) -> Result<Answer, Problem> {
    let t = |k| label(look.lang, k);
    let (reading, copy) = room.with_store(|s| Ok((s.reading(id)?, s.copy_of(id)?)))?;
    let r = reading.ok_or_else(|| Problem::missing("article", id))?;
    let head = &r.article;
    let title = head.title.clone().unwrap_or_else(|| head.source_id.clone());
    // Only addresses of the web become links.
    let url = head.url.as_deref().filter(|u| u.starts_with("https://") || u.starts_with("http://"));
    Ok(page(
        look,
        &title,
        &html! {
            h1 lang=[head.language.map(|l| l.to_string())] dir="auto" { (title) }
            p.meta {
                (head.publisher.as_deref().unwrap_or("?")) @if let Some(d) = head.published { " · " (d) }
                @if let Some(u) = url { " · " a href=(u) rel="noreferrer noopener" { (t("original")) } }
                @if let Some(c) = copy { " · " (t("copy_of")) " " a href={ "/articles/" (c) } { (super::short(&c)) } }
            }
            div.reading {
                div.text lang=[head.language.map(|l| l.to_string())] dir="auto" { (text(r.text.as_deref().unwrap_or_default(), &r)) }
                (side(look, &r))
            }
            (cite(look, &r))
            p.more { a.quiet href={ "/api/v1/articles/" (head.id) } { "JSON" } }
        },
    ))
}
