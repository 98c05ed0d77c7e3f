//! Drawings in SVG: they take their colours from the page, and a title from every mark.

use haberdar_model::{
    Country, Language, Polarity, Status,
    labels::{label, value_label},
    record::MergedEvent,
};
use haberdar_reconcile::{Month, Network, Triad};
use haberdar_world::World;
use jiff::civil::Date;

use crate::cite::text;

const WIDTH: f64 = 760.0;
/// Room for the names of the lanes.
const LEFT: f64 = 150.0;

/// Days since the year 0, about.
fn number(d: Date) -> f64 {
    f64::from(d.year()) * 365.25 + f64::from(d.day_of_year())
}

fn svg(height: f64, title: &str, body: &str) -> String {
    format!(
        "<svg viewBox=\"0 0 {WIDTH} {height:.0}\" role=\"img\" aria-label=\"{0}\"><title>{0}</title>{body}</svg>",
        text(title)
    )
}

/// Every event on its day, in the lane of its quad class; marks of one day and lane are stacked.
pub(crate) fn timeline(events: &[&MergedEvent], lang: Language) -> String {
    let mut dated: Vec<(Date, &MergedEvent)> = events.iter().filter_map(|e| Some((e.first_day()?, *e))).collect();
    dated.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.id.cmp(&b.1.id)));
    let (Some(first), Some(last)) = (dated.first(), dated.last()) else { return String::new() };
    let (from, to) = (number(first.0), number(last.0));
    let right = WIDTH - 20.0;
    let x = |d: Date| {
        if to > from { LEFT + 14.0 + (number(d) - from) / (to - from) * (right - LEFT - 28.0) } else { (LEFT + right) / 2.0 }
    };
    // Where marks of a lane stand already, so that no mark hides another.
    let mut taken: [Vec<(f64, usize)>; 4] = Default::default();
    let mut marks: Vec<(usize, f64, usize, &MergedEvent)> = Vec::new();
    for (d, e) in &dated {
        let lane = usize::from(e.quad.clamp(1, 4)) - 1;
        let at = x(*d);
        let level = (0..).find(|l| !taken[lane].iter().any(|(x, level)| level == l && (x - at).abs() < 13.0)).unwrap_or(0);
        taken[lane].push((at, level));
        marks.push((lane, at, level, e));
    }
    let heights: Vec<f64> = taken.iter().map(|t| 22.0 + 13.0 * t.iter().map(|m| m.1).max().unwrap_or(0) as f64).collect();
    let mut body = String::new();
    let mut y = 6.0;
    let mut base = [0.0; 4];
    for lane in 0..4 {
        y += heights[lane];
        base[lane] = y;
        let name = value_label("quad", ["1", "2", "3", "4"][lane], lang);
        body.push_str(&format!(
            "<text x=\"0\" y=\"{:.1}\" class=\"small\">{}</text><line x1=\"{LEFT}\" x2=\"{right}\" y1=\"{y:.1}\" y2=\"{y:.1}\" class=\"rule\"/>",
            y - 5.0, text(name)
        ));
    }
    for (lane, x, level, e) in marks {
        let r = 3.0 + (e.independent_sources.min(9) as f64).sqrt();
        let real =
            matches!(e.status, Status::Happened | Status::Ongoing | Status::Historical) && e.polarity == Polarity::Positive;
        let class = format!("q{}{}", lane + 1, if real { "" } else { " hollow" });
        let day = e.first_day().map(|d| d.to_string()).unwrap_or_default();
        let what =
            format!("{day} {} ({})", value_label("type", e.kind.as_str(), lang), value_label("status", e.status.as_str(), lang));
        body.push_str(&format!(
            "<a href=\"#{}\"><circle cx=\"{x:.1}\" cy=\"{:.1}\" r=\"{r:.1}\" class=\"{class}\"><title>{}</title></circle></a>",
            event_anchor(&e.id),
            base[lane] - 9.0 - 13.0 * level as f64,
            text(&what)
        ));
    }
    let height = y + 24.0;
    body.push_str(&format!("<text x=\"{LEFT}\" y=\"{:.1}\" class=\"small\">{}</text>", y + 18.0, first.0));
    if first.0 != last.0 {
        body.push_str(&format!(
            "<text x=\"{right}\" y=\"{:.1}\" class=\"small\" text-anchor=\"end\">{}</text>",
            y + 18.0,
            last.0
        ));
    }
    svg(height, label("timeline", lang), &body)
}

/// Bars above and below the line, with the Goldstein sum as a curve.
pub(crate) fn months(months: &[Month], lang: Language) -> String {
    let Some(most) =
        months.iter().map(|m| (m.verbal_cooperation + m.material_cooperation).max(m.verbal_conflict + m.material_conflict)).max()
    else {
        return String::new();
    };
    let strongest = months.iter().map(|m| m.goldstein.abs()).fold(1.0, f64::max);
    let (middle, room) = (92.0, 78.0);
    let step = (WIDTH - LEFT - 20.0) / months.len() as f64;
    let wide = (step * 0.62).min(46.0);
    let x = |i: usize| LEFT + step * (i as f64 + 0.5);
    let unit = room / most.max(1) as f64;
    let mut body = format!(
        "<line x1=\"{LEFT}\" x2=\"{}\" y1=\"{middle}\" y2=\"{middle}\" class=\"axis\"/>\
         <text x=\"{}\" y=\"{}\" class=\"small\" text-anchor=\"end\">+{most}</text><text x=\"{}\" y=\"{}\" class=\"small\" text-anchor=\"end\">−{most}</text>",
        WIDTH - 20.0,
        LEFT - 8.0,
        middle - room + 8.0,
        LEFT - 8.0,
        middle + room
    );
    for (i, m) in months.iter().enumerate() {
        let mut at = middle;
        for (n, class, up) in [
            (m.verbal_cooperation, "q1", true),
            (m.material_cooperation, "q2", true),
            (m.verbal_conflict, "q3", false),
            (m.material_conflict, "q4", false),
        ] {
            if class == "q3" {
                at = middle;
            }
            let h = n as f64 * unit;
            let top = if up { at - h } else { at };
            if n > 0 {
                let title = format!("{}: {n} × {}", m.month, value_label("quad", &class[1..], lang));
                body.push_str(&format!(
                    "<rect x=\"{:.1}\" y=\"{top:.1}\" width=\"{wide:.1}\" height=\"{h:.1}\" class=\"{class}\"><title>{}</title></rect>",
                    x(i) - wide / 2.0, text(&title)
                ));
            }
            at = if up { at - h } else { at + h };
        }
        // As many names of months as there is room for.
        let every = (52.0 / step).ceil().max(1.0) as usize;
        if i % every == 0 {
            body.push_str(&format!(
                "<text x=\"{:.1}\" y=\"{}\" class=\"small\" text-anchor=\"middle\">{}</text>",
                x(i),
                middle + room + 22.0,
                m.month
            ));
        }
    }
    let point = |(i, m): (usize, &Month)| format!("{:.1},{:.1}", x(i), middle - m.goldstein / strongest * room);
    let curve: Vec<String> = months.iter().enumerate().map(point).collect();
    if curve.len() > 1 {
        body.push_str(&format!("<polyline points=\"{}\" class=\"curve\"/>", curve.join(" ")));
    }
    for (p, m) in curve.iter().zip(months) {
        if let Some((x, y)) = p.split_once(',') {
            body.push_str(&format!(
                "<circle cx=\"{x}\" cy=\"{y}\" r=\"3\" class=\"dot\"><title>{}: {} {:+.1}</title></circle>",
                m.month,
                label("goldstein", lang),
                m.goldstein
            ));
        }
    }
    let lanes = ["1", "2", "3", "4"].iter().enumerate().map(|(i, q)| {
        format!(
            "<rect x=\"0\" y=\"{0}\" width=\"10\" height=\"10\" class=\"q{q}\"/><text x=\"16\" y=\"{1}\" class=\"small\">{2}</text>",
            40 + i * 26, 49 + i * 26, text(value_label("quad", q, lang))
        )
    });
    body.push_str(&lanes.collect::<String>());
    svg(middle + room + 30.0, label("months", lang), &body)
}

/// One partner of the ego.
pub(crate) struct Partner {
    pub(crate) name: String,
    pub(crate) acts: usize,
    pub(crate) goldstein: f64,
}

/// The one in the middle, its partners around it, the strongest first from the top.
pub(crate) fn ego(name: &str, partners: &[Partner], lang: Language) -> String {
    if partners.is_empty() {
        return String::new();
    }
    let (cx, cy, radius) = (WIDTH / 2.0, 190.0, 140.0);
    let most = partners.iter().map(|p| p.acts).max().unwrap_or(1) as f64;
    let (mut lines, mut nodes) = (String::new(), String::new());
    for (i, p) in partners.iter().enumerate() {
        let angle = std::f64::consts::TAU * (i as f64 / partners.len() as f64) - std::f64::consts::FRAC_PI_2;
        let (x, y) = (cx + 1.35 * radius * angle.cos(), cy + radius * angle.sin());
        let class = match p.goldstein {
            g if g > 0.0 => "tie plus",
            g if g < 0.0 => "tie minus",
            _ => "tie",
        };
        let width = 1.2 + 5.0 * p.acts as f64 / most;
        lines.push_str(&format!(
            "<line x1=\"{cx}\" y1=\"{cy}\" x2=\"{x:.1}\" y2=\"{y:.1}\" class=\"{class}\" stroke-width=\"{width:.1}\"><title>{}: {} {}, {} {:+.1}</title></line>",
            text(&p.name), p.acts, label("acts", lang), label("goldstein", lang), p.goldstein
        ));
        let (anchor, dx) = match angle.cos() {
            c if c > 0.25 => ("start", 12.0),
            c if c < -0.25 => ("end", -12.0),
            _ => ("middle", 0.0),
        };
        let dy = if dx != 0.0 {
            4.0
        } else if angle.sin() < 0.0 {
            -13.0
        } else {
            21.0
        };
        nodes.push_str(&format!(
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"7\" class=\"node\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{} <tspan class=\"small\">{}</tspan></text>",
            x + dx, y + dy, text(&shortened(&p.name, 24)), p.acts
        ));
    }
    let half = 5.0 * name.chars().count() as f64 + 14.0;
    nodes.push_str(&format!(
        "<rect x=\"{:.1}\" y=\"{}\" width=\"{:.1}\" height=\"30\" rx=\"15\" class=\"centre\"/><text x=\"{cx}\" y=\"{}\" text-anchor=\"middle\" class=\"strong\">{}</text>",
        cx - half, cy - 15.0, 2.0 * half, cy + 5.0, text(name)
    ));
    svg(380.0, label("network", lang), &(lines + &nodes))
}

/// A name that fits beside its node; the whole one is the title of the line.
fn shortened(name: &str, most: usize) -> String {
    if name.chars().count() <= most { name.to_owned() } else { name.chars().take(most - 1).chain(['…']).collect() }
}

/// A small triangle with the signs of its sides.
pub(crate) fn triad(t: &Triad, world: &World, lang: Language) -> String {
    let at = [(100.0, 22.0), (32.0, 106.0), (168.0, 106.0)];
    let pairs = [(0, 1), (0, 2), (1, 2)];
    let mut body = String::new();
    for ((a, b), sign) in pairs.iter().zip(t.signs) {
        let class = if sign > 0 { "tie plus" } else { "tie minus" };
        let ((x1, y1), (x2, y2)) = (at[*a], at[*b]);
        let mark = if sign > 0 { "+" } else { "−" };
        body.push_str(&format!(
            "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" class=\"{class}\" stroke-width=\"2.5\"/><text x=\"{:.1}\" y=\"{:.1}\" class=\"strong\" text-anchor=\"middle\">{mark}</text>",
            (x1 + x2) / 2.0 + if *a == 0 && *b == 1 { -12.0 } else if *a == 0 { 12.0 } else { 0.0 },
            (y1 + y2) / 2.0 + if *a == 1 { -6.0 } else { 0.0 }
        ));
    }
    // Names below the line grow from the edges, so that long ones are not cut and do not meet.
    let names = [(100.0, 14.0, "middle"), (2.0, 124.0, "start"), (198.0, 124.0, "end")];
    for (code, (x, y, anchor)) in t.states.iter().zip(names) {
        let name = shortened(&country(*code, world, lang), if anchor == "middle" { 24 } else { 15 });
        body.push_str(&format!("<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" class=\"small\">{}</text>", text(&name)));
    }
    format!("<svg viewBox=\"0 0 200 130\" class=\"triad\" role=\"img\">{body}</svg>")
}

/// The name of a country or body.
pub(crate) fn country(code: Country, world: &World, lang: Language) -> String {
    world.country(code).map_or_else(|| code.to_string(), |c| c.name(lang).to_owned())
}

/// Triads in which all of `members` take part, the newest first.
pub(crate) fn triads_with<'n>(networks: &'n [Network], members: &[Country]) -> Vec<(&'n str, &'n Triad)> {
    let fits = |t: &&Triad| members.iter().all(|m| t.states.contains(m));
    networks.iter().rev().flat_map(|n| n.triads.iter().filter(fits).map(|t| (n.period.as_str(), t))).collect()
}

/// Where an event stands on the page.
pub(crate) fn event_anchor(id: &str) -> String {
    format!("e{}", id.trim_start_matches("b3:"))
}
