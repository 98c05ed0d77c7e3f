//! One state or body: what it did and said, with whom, and who holds its offices.

use haberdar_model::record::MergedEvent;
use maud::{Markup, html};
use serde_json::Value;

use super::{
    events,
    layout::{page, part, table},
    today::{dyad_table, office},
};
use crate::{
    Answer, Room,
    answer::Look,
    chart,
    derived::{self, DyadRow},
    labels::{country, is_known, label},
    problem::Problem,
    query::Query,
};

/// Rows of each list; further ones stand behind the links.
const ROWS: usize = 20;
const QUOTES: usize = 8;

pub(super) fn actor(room: &Room, look: &Look, code: &str) -> Result<Answer, Problem> {
    let t = |k| label(look.lang, k);
    let who = derived::code(code).map_err(|_| Problem::missing("state or body", code))?;
    let found = derived::actor(room, who, (ROWS, QUOTES))?;
    let derived::Actor { acts, suffers, quotes } = &*found;
    let all = derived::dyads(room, &Query::default())?;
    let dyads: Vec<DyadRow> = all.iter().filter(|d| d.a == who || d.b == who).take(ROWS).cloned().collect();
    let states = derived::states(room, &Query::default())?;
    let sum = states.iter().find(|s| s.country == who);
    let offices = room.desk.offices(who).map_err(Problem::bad)?;
    let offices = offices.as_array().cloned().unwrap_or_default();
    if !is_known(who) && acts.is_empty() && suffers.is_empty() && offices.is_empty() {
        return Err(Problem::missing("state or body", code));
    }
    let title = country(look.lang, who);
    let list = |heading: &'static str, rows: &[MergedEvent], role: &str| {
        html! {
            h2 { (t(heading)) }
            (part(look, events::COLUMNS, &events::rows(look.lang, rows)))
            @if rows.len() == ROWS { p.more { a href={ "/events?" (role) "=" (who) } { (t("all")) " →" } } }
        }
    };
    Ok(page(
        look,
        &title,
        &html! {
            h1 { (title) " " span.code { (who) } }
            @if let Some(s) = sum {
                dl.facts {
                    dt { (t("acts")) } dd { (s.events) }
                    dt { (t("cooperation")) } dd { (s.cooperation) }
                    dt { (t("conflict_acts")) } dd { (s.conflict) }
                    dt { (t("balance")) } dd { (format!("{:+.2}", s.balance)) }
                }
            }
            p.more {
                a href="#offices" { (t("offices")) } " "
                a href={ "/network?centre=" (who) } { (t("network")) } " "
                a href={ "/promises?actor=" (who) } { (t("promises")) } " "
                a href={ "/map" } { (t("map")) }
            }
            (list("what_it_did", acts, "actor"))
            (chart::legend(look.lang))
            (list("what_it_met", suffers, "recipient"))
            h2 { (t("quotes")) }
            @if quotes.is_empty() { p.empty { (t("nothing")) } }
            @for q in quotes {
                blockquote lang=[q.language.map(|l| l.to_string())] dir="auto" { (q.at.text)
                    footer { (q.speaker.as_deref().unwrap_or("–")) @if let Some(d) = q.published { " · " (d) } " · "
                        a href={ "/articles/" (q.article) "#q-" (q.id) } { (q.publisher.as_deref().unwrap_or("?")) } } }
            }
            @if quotes.len() == QUOTES { p.more { a href={ "/quotes?speaker=" (who) } { (t("all")) " →" } } }
            h2 { (t("dyads")) }
            (dyad_table(look, &dyads))
            h2 #offices { (t("offices")) }
            (holders(look, &offices))
        },
    ))
}

/// Offices that are shown at once, where they had few holders; the tables name the highest ones first.
const OPEN: usize = 5;
const FEW: usize = 15;

/// Every office with its holders, as bars on one scale of time and as a table.
fn holders(look: &Look, rows: &[Value]) -> Markup {
    let text = |r: &Value, k: &str| r[k].as_str().unwrap_or_default().to_owned();
    let groups: Vec<&[Value]> = rows.chunk_by(|a, b| a["office"] == b["office"]).collect();
    let terms = |g: &[Value]| g.iter().map(|r| chart::Term::of(r, &text(r, "name"))).collect::<Vec<_>>();
    let every = chart::Scale::of(&terms(rows));
    if rows.is_empty() {
        return html! { p.empty { (label(look.lang, "no_offices")) } };
    }
    html! {
        p.meta { (label(look.lang, "open_terms")) }
        @for (i, g) in groups.into_iter().enumerate() {
            details open[i < OPEN && g.len() <= FEW] {
                summary { (office(look, &g[0])) " (" (g.len()) ")" }
                (chart::terms(&office(look, &g[0]), &terms(g), every))
                @let cells: Vec<Vec<Markup>> = g.iter().map(|r| {
                    let name = text(r, "name");
                    vec![
                        html! { a href={ "/who?q=" (crate::query::encoded(&name)) } { (name) } },
                        html! { span.day { (text(r, "from")) } },
                        html! { span.day { (text(r, "to")) } },
                        html! { (text(r, "tenure")) },
                        html! { (text(r, "source")) },
                    ]
                }).collect();
                (table(look, &["holder", "from", "to", "tenure", "source"], &cells))
            }
        }
    }
}
