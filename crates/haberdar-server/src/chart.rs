//! Pictures as SVG, made on the server; each page shows the same numbers as a table.

use haberdar_model::{Country, EventType, Language, PartialDate, Polarity, Status, record::MergedEvent};
use haberdar_reconcile::Month;
use jiff::civil::Date;
use maud::{Markup, html};

use crate::labels::label;

/// A term of office.
pub(crate) struct Term {
    pub(crate) name: String,
    pub(crate) from: Option<PartialDate>,
    pub(crate) to: Option<PartialDate>,
}

impl Term {
    /// A term as the desk names it.
    pub(crate) fn of(row: &serde_json::Value, name: &str) -> Term {
        let day = |k: &str| row[k].as_str().and_then(|d| d.parse().ok());
        Term { name: name.to_owned(), from: day("from"), to: day("to") }
    }
}

/// A state around the centre of the network.
pub(crate) struct Neighbour {
    pub(crate) country: Country,
    pub(crate) goldstein: f64,
    pub(crate) events: usize,
}

const WIDTH: f64 = 920.0;

fn days_from_zero(d: Date) -> f64 {
    f64::from(d.year()) * 365.2425 + f64::from(d.day_of_year())
}

/// The form of a quad class, so that colour is not all that tells them apart.
fn shape(quad: u8, x: f64, y: f64, r: f64, class: &str) -> Markup {
    let (x, y) = (round(x), round(y));
    let corners = |points: &[(f64, f64)]| {
        let points: Vec<String> = points.iter().map(|(dx, dy)| format!("{},{}", round(x + dx * r), round(y + dy * r))).collect();
        html! { polygon points=(points.join(" ")) class=(class) {} }
    };
    match quad {
        1 => html! { circle cx=(x) cy=(y) r=(r) class=(class) {} },
        2 => corners(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]),
        3 => corners(&[(0.0, -1.15), (1.1, 0.9), (-1.1, 0.9)]),
        _ => corners(&[(0.0, -1.25), (1.15, 0.0), (0.0, 1.25), (-1.15, 0.0)]),
    }
}

/// Whether an act is drawn hollow (not real) and struck (denied).
fn manner(e: &MergedEvent) -> (bool, bool) {
    let denied = e.status == Status::Denied || e.polarity == Polarity::Negative;
    let real = matches!(e.status, Status::Happened | Status::Ongoing | Status::Historical);
    (!real || denied, denied)
}

fn sign(quad: u8, hollow: bool, struck: bool) -> Markup {
    let class = format!("q{quad}{}", if hollow { " hollow" } else { "" });
    html! {
        svg.sign viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" focusable="false" {
            (shape(quad, 8.0, 8.0, 5.6, &class))
            @if struck { line x1="1" y1="15" x2="15" y2="1" class="strike" {} }
        }
    }
}

/// The sign of an act among words.
pub(crate) fn glyph(e: &MergedEvent) -> Markup {
    let (hollow, struck) = manner(e);
    sign(e.quad, hollow, struck)
}

/// What the signs mean.
pub(crate) fn legend(lang: Language) -> Markup {
    let kinds = ["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"];
    html! {
        ul.legend aria-label=(label(lang, "signs")) {
            @for (quad, key) in (1..).zip(kinds) { li { (sign(quad, false, false)) " " (label(lang, key)) } }
            li { (sign(1, false, false)) (sign(3, false, false)) " " (label(lang, "filled")) }
            li { (sign(1, true, false)) (sign(3, true, false)) " " (label(lang, "hollow")) }
            li { (sign(1, true, true)) " " (label(lang, "struck")) }
            li { span.flag { "≠" } " " (label(lang, "disputed")) }
        }
    }
}

/// Cooperation above the line, conflict below, a bar a month.
pub(crate) fn months(lang: Language, months: &[Month]) -> Markup {
    if months.is_empty() {
        return html! {};
    }
    let up = |m: &Month| m.verbal_cooperation + m.material_cooperation;
    let down = |m: &Month| m.verbal_conflict + m.material_conflict;
    let most = months.iter().map(|m| up(m).max(down(m))).max().unwrap_or(1).max(1) as f64;
    let step = (WIDTH / months.len() as f64).min(60.0);
    let (half, middle) = (70.0, 80.0);
    let bar = |x: f64, n: usize, from: usize, below: bool| {
        let h = n as f64 / most * half;
        let off = from as f64 / most * half;
        let y = if below { middle + off } else { middle - off - h };
        (x, y, h)
    };
    html! {
        svg.chart viewBox={ "0 0 " (WIDTH) " 178" } role="img" aria-label=(label(lang, "month")) {
            defs { pattern #deeds width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                line x1="0" y1="0" x2="0" y2="6" class="hatch" {} } }
            line x1="0" x2=(WIDTH) y1=(middle) y2=(middle) class="axis" {}
            @for (i, m) in months.iter().enumerate() {
                @let x = i as f64 * step + step * 0.15;
                @for (n, from, below, class) in [
                    (m.verbal_cooperation, 0, false, "q1"),
                    (m.material_cooperation, m.verbal_cooperation, false, "q2"),
                    (m.verbal_conflict, 0, true, "q3"),
                    (m.material_conflict, m.verbal_conflict, true, "q4"),
                ] {
                    @let (x, y, h) = bar(x, n, from, below);
                    @if n > 0 {
                        rect x=(round(x)) y=(round(y)) width=(round(step * 0.7)) height=(round(h)) class=(class) { title { (m.month) ": " (n) } }
                        @if matches!(class, "q2" | "q4") { rect x=(round(x)) y=(round(y)) width=(round(step * 0.7)) height=(round(h)) fill="url(#deeds)" {} }
                    }
                }
                @if months.len() <= 24 || i % (months.len() / 12).max(1) == 0 {
                    text x=(round(x)) y="170" class="tick" { (m.month) }
                }
            }
        }
        p.meta { (label(lang, "months_legend")) }
    }
}

/// Events in lanes by type; full: real, hollow: planned or expected, struck: denied.
pub(crate) fn timeline(lang: Language, events: &[MergedEvent]) -> Markup {
    let dated: Vec<(&MergedEvent, Date)> = events.iter().filter_map(|e| Some((e, e.first_day()?))).take(400).collect();
    let (Some(first), Some(last)) = (dated.iter().map(|d| d.1).min(), dated.iter().map(|d| d.1).max()) else { return html! {} };
    let lanes: Vec<EventType> = EventType::ALL.iter().copied().filter(|k| dated.iter().any(|(e, _)| e.kind == *k)).collect();
    let (left, row) = (130.0, 26.0);
    let span = (days_from_zero(last) - days_from_zero(first)).max(1.0);
    let x = |d: Date| left + 12.0 + (days_from_zero(d) - days_from_zero(first)) / span * (WIDTH - left - 24.0);
    let height = lanes.len() as f64 * row + 30.0;
    html! {
        svg.chart viewBox={ "0 0 " (WIDTH) " " (height) } role="group" aria-label=(label(lang, "events")) {
            @for (i, kind) in lanes.iter().enumerate() {
                @let y = i as f64 * row + 16.0;
                text x="8" y=(y + 4.0) class="lane" { (label(lang, kind.as_str())) }
                line x1=(left) x2=(WIDTH) y1=(y) y2=(y) class="grid" {}
                @for (e, d) in dated.iter().filter(|(e, _)| e.kind == *kind) {
                    @let (hollow, struck) = manner(e);
                    @let name = format!("{d} {} ({})", label(lang, e.kind.as_str()), label(lang, e.status.as_str()));
                    a href={ "/events/" (e.id) } aria-label=(name) {
                        title { (name) }
                        (shape(e.quad, x(*d), y, 6.0, &format!("q{}{}", e.quad, if hollow { " hollow" } else { "" })))
                        @if struck { line x1=(round(x(*d) - 7.0)) x2=(round(x(*d) + 7.0)) y1=(y + 7.0) y2=(y - 7.0) class="strike" {} }
                        @if !e.conflicts.is_empty() { text x=(round(x(*d) - 4.0)) y=(y - 8.0) class="flag" { "≠" } }
                    }
                }
            }
            text x=(left) y=(height - 4.0) class="tick" { (first) }
            text x=(WIDTH - 8.0) y=(height - 4.0) class="tick end" { (last) }
        }
    }
}

/// First and last day of a picture of terms.
#[derive(Clone, Copy)]
pub(crate) struct Scale {
    first: Date,
    last: Date,
}

impl Scale {
    /// The scale on which all terms can be seen; `None` where no beginning is known.
    pub(crate) fn of(terms: &[Term]) -> Option<Scale> {
        let begun = || terms.iter().filter_map(|t| Some((t, t.from?.first())));
        let first = begun().map(|b| b.1).min()?;
        let last = begun().map(|(t, d)| t.to.map_or(d, PartialDate::last)).max()?;
        Some(Scale { first, last: last.max(first.saturating_add(jiff::Span::new().days(365))) })
    }
}

/// Who held an office when, a bar a term, the first forty.
pub(crate) fn terms(name: &str, terms: &[Term], scale: Option<Scale>) -> Markup {
    let Some(Scale { first, last }) = scale else { return html! {} };
    let dated: Vec<(&Term, Date)> = terms.iter().filter_map(|t| Some((t, t.from?.first()))).take(40).collect();
    if dated.is_empty() {
        return html! {};
    }
    let span = (days_from_zero(last) - days_from_zero(first)).max(1.0) * 1.03;
    let x = |d: Date| 10.0 + (days_from_zero(d) - days_from_zero(first)) / span * (WIDTH - 20.0);
    let height = dated.len() as f64 * 30.0 + 20.0;
    // A name begins where its bar begins; towards the right edge it ends where the bar ends.
    let late = |d: Date| x(d) > WIDTH * 0.6;
    html! {
        svg.chart viewBox={ "0 0 " (WIDTH) " " (height) } role="img" aria-label=(name) {
            @for (i, (t, from)) in dated.iter().enumerate() {
                @let y = i as f64 * 30.0 + 4.0;
                @let to = t.to.map_or(WIDTH - 10.0, |d| x(d.last()));
                rect x=(round(x(*from))) y=(y) width=(round((to - x(*from)).max(2.0))) height="8" class={ "term" @if t.to.is_none() { " open" } } {}
                @if late(*from) { text x=(round(to)) y=(y + 21.0) class="tick end" { (t.name) } }
                @else { text x=(round(x(*from))) y=(y + 21.0) class="tick" { (t.name) } }
            }
            text x="10" y=(height - 2.0) class="tick" { (first.year()) }
            text x=(WIDTH - 10.0) y=(height - 2.0) class="tick end" { (last.year()) }
        }
    }
}

/// A state with those around it; thick: many acts, dashed: conflict.
pub(crate) fn ego(centre: Country, around: &[Neighbour]) -> Markup {
    let (cx, cy, r) = (WIDTH / 2.0, 210.0, 165.0);
    let most = around.iter().map(|n| n.events).max().unwrap_or(1) as f64;
    let at = |i: usize| {
        let angle = std::f64::consts::TAU * i as f64 / around.len().max(1) as f64 - std::f64::consts::FRAC_PI_2;
        (cx + 1.9 * r * angle.cos(), cy + r * angle.sin())
    };
    html! {
        svg.chart.ego viewBox={ "0 0 " (WIDTH) " 420" } role="group" aria-label=(centre) {
            @for (i, n) in around.iter().enumerate() {
                @let (x, y) = at(i);
                line x1=(cx) y1=(cy) x2=(round(x)) y2=(round(y)) stroke-width=(round(1.5 + 5.0 * n.events as f64 / most))
                    class=(if n.goldstein > 0.0 { "plus" } else if n.goldstein < 0.0 { "minus" } else { "zero" }) {}
            }
            @for (i, n) in around.iter().enumerate() {
                @let (x, y) = at(i);
                a href={ "/dyads/" (centre) ":" (n.country) } aria-label={ (centre) " – " (n.country) ": " (n.events) } {
                    circle cx=(round(x)) cy=(round(y)) r="21" class="node" { title { (n.events) ", " (format!("{:+.1}", n.goldstein)) } }
                    text x=(round(x)) y=(round(y + 4.0)) class="code" { (n.country) }
                }
            }
            circle cx=(cx) cy=(cy) r="30" class="node centre" {}
            text x=(cx) y=(cy + 5.0) class="code centre" { (centre) }
        }
    }
}

fn round(v: f64) -> f64 {
    (v * 10.0).round() / 10.0
}
