//! Where reports disagree, and what was promised.

use haberdar_store::Filter;
use maud::{Markup, html};

use super::{
    days,
    layout::{filters, more, page, table},
    parties, short,
};
use crate::{Answer, Room, answer::Look, derived, labels::label, problem::Problem, query::cut};

pub(super) fn rows(look: &Look, conflicts: &[haberdar_model::record::Conflict]) -> Vec<Vec<Markup>> {
    let t = |k: &str| label(look.lang, k).to_owned();
    conflicts
        .iter()
        .map(|c| {
            vec![
                html! { a href={ "/conflicts/" (c.id) } { (t(&c.slot)) } },
                html! { @for (i, v) in c.values.iter().enumerate() { @if i > 0 { span.versus { " ≠ " } } (v.value) } },
                html! { (t(&c.relation)) },
                html! { (t(&c.state)) },
                html! { (c.verdict.as_deref().unwrap_or("–")) },
            ]
        })
        .collect()
}

pub(super) const COLUMNS: &[&str] = &["slot", "values", "relation", "state", "verdict"];

pub(super) fn list(room: &Room, look: &Look) -> Result<Answer, Problem> {
    let at = look.query.page()?;
    let filter = Filter { limit: Some(at.0 + at.1 + 1), ..look.query.filter()? };
    let (found, next) = cut(room.with_store(|s| s.conflicts(&filter))?, at);
    let title = label(look.lang, "conflicts");
    Ok(page(
        look,
        title,
        &html! {
            h1 { (title) }
            (filters(look, &["slot", "state", "actor", "since", "until", "publisher"]))
            (table(look, COLUMNS, &rows(look, &found)))
            (more(look, next.as_deref(), Some("/api/v1/conflicts")))
        },
    ))
}

pub(super) fn one(room: &Room, look: &Look, id: &str) -> Result<Answer, Problem> {
    let t = |k: &str| label(look.lang, k).to_owned();
    let found = room.with_store(|s| {
        let Some(c) = s.conflict(id)? else { return Ok(None) };
        let mut heads = std::collections::BTreeMap::new();
        for r in c.values.iter().flat_map(|v| &v.reports) {
            if let Some(a) = s.article(&r.article)? {
                heads.insert(r.article.clone(), a.head);
            }
        }
        Ok(Some((c, heads)))
    })?;
    let (c, heads) = found.ok_or_else(|| Problem::missing("conflict", id))?;
    let title = format!("{}: {}", t("conflict"), t(&c.slot));
    Ok(page(
        look,
        &title,
        &html! {
            h1 { (title) }
            p.meta { (t(&c.relation)) " · " (t(&c.state))
                @if let Some(e) = &c.event { " · " a href={ "/events/" (e) } { (t("event")) " " (short(e)) } } }
            @if let Some(v) = &c.verdict { p.verdict { b { (t("verdict")) ": " } (v) } }
            div.sides {
                @for v in &c.values {
                    section.value {
                        h2 { (v.value) }
                        p.meta { (t("sources")) ": " (v.independent_sources) }
                        @for r in &v.reports {
                            blockquote dir="auto" { (r.span.text)
                                footer { a href={ "/articles/" (r.article) } { (heads.get(&r.article).and_then(|h| h.publisher.as_deref()).unwrap_or("?")) }
                                    @if let Some(d) = heads.get(&r.article).and_then(|h| h.published) { " · " (d) }
                                    " · " (t("offset")) " " (r.span.span.start) "–" (r.span.span.end) } }
                        }
                    }
                }
            }
            @if let Some(o) = &c.record {
                h2 { (t("record")) ": " (o.office) }
                @let holders: Vec<Vec<Markup>> = o.holders.iter().map(|h| vec![
                    html! { (h.name) },
                    html! { (h.from.map(|d| d.to_string()).unwrap_or_default()) },
                    html! { (h.to.map(|d| d.to_string()).unwrap_or_default()) },
                    html! { (h.source) },
                ]).collect();
                (table(look, &["holder", "from", "to", "source"], &holders))
            }
            p.more { a.quiet href={ "/api/v1/conflicts/" (c.id) } { "JSON" } }
        },
    ))
}

pub(super) fn promise_rows(look: &Look, found: &[haberdar_reconcile::Commitment]) -> Vec<Vec<Markup>> {
    let t = |k: &str| label(look.lang, k).to_owned();
    let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
    found
        .iter()
        .map(|c| {
            let fate = c.fate.to_string();
            vec![
                html! { a href={ "/events/" (c.id) } { (t(c.kind.as_str())) } },
                parties(&c.actor),
                parties(&c.recipient),
                html! { (days(c.made, c.made)) },
                html! { @if c.due_from == c.due_until { (day(c.due_until)) } @else { (day(c.due_from)) " – " (day(c.due_until)) } },
                html! { b class={ "fate " (fate) } { (if fate == "overdue" { t("overdue_fate") } else { t(&fate) }) }
                    @for e in c.fulfilled_by.iter().chain(&c.contradicted_by) { " " a href={ "/events/" (e) } { "→" } } },
            ]
        })
        .collect()
}

pub(super) const PROMISES: &[&str] = &["type", "actor", "recipient", "made", "due", "fate"];

pub(super) fn promises(room: &Room, look: &Look) -> Result<Answer, Problem> {
    let at = look.query.page()?;
    let (found, next) = cut(derived::promises(room, &look.query)?, at);
    let title = label(look.lang, "promises");
    Ok(page(
        look,
        title,
        &html! {
            h1 { (title) }
            (filters(look, &["actor", "recipient", "type", "fate", "on", "since", "until"]))
            (table(look, PROMISES, &promise_rows(look, &found)))
            (more(look, next.as_deref(), Some("/api/v1/promises")))
        },
    ))
}
