//! Where reports disagree, and what was promised.

use haberdar_model::record::Conflict;
use haberdar_store::Filter;
use maud::{Markup, html};

use super::{
    days,
    layout::{filters, more, page, table},
    parties, short,
};
use crate::{
    Answer, Ask, Room,
    answer::Look,
    decide::{self, Door, Wish},
    derived,
    labels::label,
    problem::Problem,
    query::{Query, cut, encoded},
};

pub(super) fn rows(look: &Look, conflicts: &[Conflict]) -> Vec<Vec<Markup>> {
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

/// A form that was sent and could not be kept: why, and what stood in it.
pub(super) type Sent<'a> = Option<(&'a Problem, &'a Query)>;

/// The answer to the form of a conflict.
pub(crate) fn resolve(room: &Room, look: &Look, ask: &Ask, id: &str) -> Result<Answer, Problem> {
    let body = std::str::from_utf8(&ask.body).map_err(|_| Problem::bad("the form is no UTF-8"))?;
    let sent = Query::parse(body);
    let field = |name: &str| sent.get(name).unwrap_or_default().to_owned();
    let value = match field("holds") {
        v if v == OTHER => field("other"),
        v => v.strip_prefix(OTHER).unwrap_or(&v).to_owned(),
    };
    let wish = Wish { value, because: field("because"), by: field("by") };
    let kept = decide::may(room, ask, sent.get("token").unwrap_or_default()).and_then(|()| decide::resolve(room, id, &wish));
    if let Err(p) = kept {
        let mut a = one(room, &Look { path: format!("/conflicts/{id}"), ..look.clone() }, id, Some((&p, &sent)))?;
        a.status = p.status;
        return Ok(a);
    }
    let mut a = Answer::new(303, "text/plain; charset=utf-8", "");
    a.headers.push(("location", format!("/conflicts/{}", encoded(id))));
    Ok(a)
}

/// What the form sends for a value that no report has; the values of reports stand behind it, so that none can be taken for it.
const OTHER: &str = "+";

/// Who decided what, and the form to decide where that is allowed.
fn decisions(room: &Room, look: &Look, c: &Conflict, sent: Sent<'_>) -> Markup {
    let t = |k: &str| label(look.lang, k).to_owned();
    let was = |name: &str| sent.and_then(|s| s.1.get(name));
    let made: Vec<Vec<Markup>> = c
        .decisions
        .iter()
        .map(|d| {
            vec![
                html! { (d.at) },
                html! { (d.author) },
                html! { (t(d.action.as_str())) },
                html! { (d.value.as_deref().unwrap_or("–")) },
                html! { (d.because) },
            ]
        })
        .collect();
    html! {
        @if !made.is_empty() {
            h2 { (t("decisions")) }
            (table(look, &["on", "by", "decision", "holds", "because"], &made))
        }
        @if room.door() != Door::Shut {
            h2 #decide { (t("decide")) }
            @if let Some((p, _)) = sent { p.error role="alert" { (p.detail) } }
            form.decide method="post" action={ "/conflicts/" (encoded(&c.id)) "/resolve" } {
                fieldset {
                    legend { (t("holds")) }
                    @for v in &c.values {
                        @let own = format!("{OTHER}{}", v.value);
                        label.choice { input type="radio" name="holds" value=(own) required checked[was("holds") == Some(own.trim())]; span { (v.value) } }
                    }
                    label.choice { input type="radio" name="holds" value=(OTHER) checked[was("holds") == Some(OTHER)]; span { (t("other_value")) }
                        input name="other" aria-label=(t("other_value")) maxlength="2000" value=[was("other")]; }
                }
                label { span { (t("because")) } textarea name="because" rows="3" maxlength="2000" required { (was("because").unwrap_or_default()) } }
                label { span { (t("by")) } input name="by" required maxlength="200" autocomplete="name" value=[was("by")]; }
                @if room.door() == Door::Token { label { span { (t("token")) } input type="password" name="token" required autocomplete="current-password"; } }
                button { (t("keep")) }
                p.meta { (t("kept_apart")) }
            }
        }
    }
}

pub(super) fn one(room: &Room, look: &Look, id: &str, sent: Sent<'_>) -> Result<Answer, Problem> {
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
            (decisions(room, look, &c, sent))
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
