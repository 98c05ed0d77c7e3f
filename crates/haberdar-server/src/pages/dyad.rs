//! How states stand to each other.

use std::collections::BTreeMap;

use haberdar_model::Country;
use haberdar_reconcile::Period;
use maud::{Markup, html};

use super::{
    events,
    layout::{filters, more, page, table},
    today::dyad_table,
};
use crate::{
    Answer, Room,
    answer::Look,
    chart, derived,
    labels::{country, label},
    problem::Problem,
    query::cut,
};

pub(super) fn list(room: &Room, look: &Look) -> Result<Answer, Problem> {
    let title = label(look.lang, "active_dyads");
    let at = look.query.page()?;
    let all = derived::dyads(room, &look.query)?;
    let (found, next) = cut(all[..all.len().min(at.0 + at.1 + 1)].to_vec(), at);
    Ok(page(
        look,
        title,
        &html! {
            h1 { (title) }
            (filters(look, &["actor", "type", "status", "since", "until"]))
            (dyad_table(look, &found))
            (more(look, next.as_deref(), Some("/api/v1/dyads")))
        },
    ))
}

pub(super) fn one(room: &Room, look: &Look, pair: &str) -> Result<Answer, Problem> {
    let t = |k| label(look.lang, k);
    let found = derived::one_dyad(room, &look.query, pair)?;
    let derived::OneDyad { dyad: d, acts, all, quotes } = &*found;
    let sides = format!("{}:{}", d.a, d.b);
    let months: Vec<Vec<Markup>> = d
        .months
        .iter()
        .map(|m| {
            let n = |v: usize| html! { (v) };
            vec![
                html! { a href={ "/events?dyad=" (d.a) "%3A" (d.b) "&since=" (m.month) "&until=" (m.month) } { (m.month) } },
                n(m.verbal_cooperation),
                n(m.material_cooperation),
                n(m.verbal_conflict),
                n(m.material_conflict),
                html! { (format!("{:.1}", m.goldstein)) },
                n(m.independent_sources),
            ]
        })
        .collect();
    let day = |d: Option<jiff::civil::Date>| d.map_or_else(|| "–".to_owned(), |d| d.to_string());
    let title = format!("{} – {}", country(look.lang, d.a), country(look.lang, d.b));
    let shown = &acts[..acts.len().min(40)];
    Ok(page(
        look,
        &title,
        &html! {
            h1 { (title) }
            p.meta { a href={ "/actors/" (d.a) } { (country(look.lang, d.a)) } " · " a href={ "/actors/" (d.b) } { (country(look.lang, d.b)) } }
            dl.facts {
                dt { (t("first_contact")) } dd { (day(d.first)) }
                dt { (t("last_contact")) } dd { (day(d.last)) }
                dt { (t("acts")) } dd { (acts.len()) @if d.undated > 0 { ", " (d.undated) " " (t("undated")) } }
            }
            (filters(look, &["type", "since", "until"]))
            (chart::months(look.lang, &d.months))
            (chart::timeline(look.lang, all))
            (chart::legend(look.lang))
            (table(look, &["month", "verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict", "goldstein", "sources"], &months))
            h2 { (t("newest_acts")) }
            (table(look, events::COLUMNS, &events::rows(look.lang, shown)))
            @if !quotes.is_empty() {
                h2 { (t("quotes")) }
                @for q in quotes {
                    blockquote lang=[q.language.map(|l| l.to_string())] dir="auto" { (q.at.text)
                        footer { (q.speaker.as_deref().unwrap_or("–")) " · "
                            a href={ "/articles/" (q.article) "#q-" (q.id) } { (q.publisher.as_deref().unwrap_or("?")) } } }
                }
            }
            p.more { a href={ "/events?dyad=" (d.a) "%3A" (d.b) } { (t("events")) } " "
                a href={ "/promises?dyad=" (d.a) "%3A" (d.b) } { (t("promises")) } " "
                a.quiet href={ "/api/v1/dyads/" (sides) ".csv" } { "CSV" } " " a.quiet href={ "/api/v1/dyads/" (sides) } { "JSON" } }
        },
    ))
}

pub(super) fn network(room: &Room, look: &Look) -> Result<Answer, Problem> {
    let t = |k| label(look.lang, k);
    let periods = derived::networks(room, &look.query, Period::Year)?;
    // All years together: the sum decides the sign.
    let mut ties: BTreeMap<(Country, Country), (f64, usize)> = BTreeMap::new();
    for tie in periods.iter().flat_map(|p| &p.ties) {
        let sum = ties.entry((tie.a, tie.b)).or_default();
        sum.0 += tie.goldstein;
        sum.1 += tie.events.len();
    }
    let mut degree: BTreeMap<Country, usize> = BTreeMap::new();
    for ((a, b), (_, n)) in &ties {
        *degree.entry(*a).or_default() += n;
        *degree.entry(*b).or_default() += n;
    }
    let busiest = degree.iter().max_by_key(|(c, n)| (**n, std::cmp::Reverse(**c))).map(|(c, _)| *c);
    let centre = match look.query.get("centre") {
        Some(c) => {
            Some(c.to_uppercase().parse::<Country>().map_err(|_| Problem::bad(format!("centre={c:?} is no code of a state")))?)
        }
        None => busiest,
    };
    let mut around: Vec<chart::Neighbour> = ties
        .iter()
        .filter(|((a, b), _)| Some(*a) == centre || Some(*b) == centre)
        .map(|((a, b), (sum, n))| chart::Neighbour {
            country: if Some(*a) == centre { *b } else { *a },
            goldstein: *sum,
            events: *n,
        })
        .collect();
    around.sort_by(|x, y| y.events.cmp(&x.events).then(x.country.cmp(&y.country)));
    around.truncate(18);
    let sign = |v: f64| {
        if v > 0.0 {
            "+"
        } else if v < 0.0 {
            "−"
        } else {
            "0"
        }
    };
    let rows: Vec<Vec<Markup>> = around
        .iter()
        .map(|n| {
            vec![
                html! { a href={ "/dyads/" (centre.map(|c| c.to_string()).unwrap_or_default()) ":" (n.country) } { (n.country) } },
                html! { (n.events) },
                html! { (sign(n.goldstein)) " " (format!("{:.1}", n.goldstein.abs())) },
            ]
        })
        .collect();
    let triads: Vec<Vec<Markup>> = periods
        .iter()
        .flat_map(|p| p.triads.iter().map(move |x| (p, x)))
        .filter(|(_, x)| centre.is_none_or(|c| x.states.contains(&c)))
        .map(|(p, x)| {
            let s = |i: usize| if x.signs[i] > 0 { "+" } else { "−" };
            let [a, b, c] = x.states;
            vec![
                html! { (p.period) },
                html! { (a) " " (s(0)) " " (b) ", " (a) " " (s(1)) " " (c) ", " (b) " " (s(2)) " " (c) },
                html! { (if x.balanced { t("balanced") } else { t("unbalanced") }) },
            ]
        })
        .collect();
    let title = t("network");
    Ok(page(
        look,
        title,
        &html! {
            h1 { (title) @if let Some(c) = centre { ": " (country(look.lang, c)) } }
            form.filters method="get" {
                label { span { (t("centre")) } input name="centre" value=[centre.map(|c| c.to_string())] size="6"; }
                @for f in ["since", "until"] { label { span { (t(f)) } input name=(f) value=[look.query.get(f)] size="12"; } }
                button { (t("filter")) }
            }
            @if let Some(c) = centre { (chart::ego(c, &around)) }
            h2 { (t("ties")) }
            (table(look, &["country", "events", "goldstein"], &rows))
            p.more { a.quiet href="/api/v1/balance.csv?by=year" { "CSV" } " " a.quiet href="/api/v1/balance?by=year" { "JSON" } }
            h2 { (t("triads")) }
            (table(look, &["when", "ties", "state"], &triads))
        },
    ))
}
