//! The page as a whole: head, style, sections.

use std::collections::BTreeSet;

use haberdar_model::{
    Language, PartialDate,
    labels::{counted, filled, label},
    record::Party,
};
use haberdar_world::World;

use crate::{
    Dossier, Subject,
    cite::{Citer, text},
    draw,
    sections::{self, names},
};

const STYLE: &str = include_str!("style.css");

/// The page in HTML.
pub fn page(d: &Dossier, world: &World, lang: Language) -> String {
    let l = |key: &str| text(label(key, lang));
    let citer = Citer::new(&d.articles, lang);
    let (kind, title) = match &d.subject {
        Subject::Dyad(a, b) => {
            ("dossier.dyad", format!("{} – {}", draw::country(*a, world, lang), draw::country(*b, world, lang)))
        }
        Subject::Actor(name) => ("dossier.actor", name.clone()),
        Subject::Story(name) => ("dossier.story", name.clone()),
        Subject::Office(name) => ("dossier.office", name.clone()),
    };
    let mut body = format!(
        "<header><p class=\"kind\">{} · {}</p><h1>{}</h1>{}</header>",
        l("dossier"),
        l(kind),
        text(&title),
        span_of(d, lang)
    );
    body.push_str(&section("summary", &l("summary"), &figures(d, lang)));
    let all: Vec<_> = d.events.iter().map(|e| &e.0).collect();
    let drawn = |note: &str, svg: String| {
        if svg.is_empty() {
            svg
        } else {
            format!("<figure><div class=\"wide\">{svg}</div><figcaption>{}</figcaption></figure>", l(note))
        }
    };
    body.push_str(&section("timeline", &l("timeline"), &drawn("timeline.note", draw::timeline(&all, lang))));
    body.push_str(&section("months", &l("months"), &drawn("months.note", draw::months(&d.months, lang))));
    body.push_str(&section("network", &l("network"), &drawn("network.note", network(d, world, lang))));
    body.push_str(&section("triads", &l("triads"), &sections::triads(d, world, lang)));
    body.push_str(&section("holders", &l("holders"), &sections::holders(d, lang)));
    body.push_str(&section("conflicts", &l("conflicts"), &sections::conflicts(d, &citer, world, lang)));
    body.push_str(&section("commitments", &l("commitments"), &sections::commitments(d, &citer, lang)));
    body.push_str(&section("quotations", &l("quotations"), &sections::quotations(d, &citer, lang)));
    body.push_str(&section("events", &l("events.all"), &sections::events(d, &citer, lang)));
    let sources = format!("<p class=\"fine\">{}</p>{}", l("sources.note"), citer.sources());
    body.push_str(&section("sources", &l("sources"), &sources));
    body.push_str(&format!(
        "<footer><p class=\"fine\">{}</p></footer>",
        text(&filled("method", env!("CARGO_PKG_VERSION"), lang))
    ));
    format!(
        "<!doctype html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
         <title>{} – {}</title><style>{STYLE}</style></head><body><main>{body}</main></body></html>\n",
        text(&title),
        l("dossier")
    )
}

/// A section with its heading; nothing where it has nothing to say.
fn section(id: &str, title: &str, content: &str) -> String {
    if content.is_empty() { String::new() } else { format!("<section id=\"{id}\"><h2>{title}</h2>{content}</section>") }
}

/// From when to when, and the day of the latest report.
fn span_of(d: &Dossier, lang: Language) -> String {
    let days = || d.events.iter().filter_map(|(e, _)| e.first_day());
    let days = days().min().zip(days().max()).map(|(a, b)| if a == b { a.to_string() } else { format!("{a} – {b}") });
    let latest = d.articles.iter().filter_map(|(a, _)| a.published).map(PartialDate::last).max();
    let latest = latest.map(|d| filled("day.last", &d.to_string(), lang));
    let parts: Vec<String> = days.into_iter().chain(latest).collect();
    if parts.is_empty() { String::new() } else { format!("<p class=\"fine\">{}</p>", text(&parts.join(" · "))) }
}

fn figures(d: &Dossier, lang: Language) -> String {
    let outlets: BTreeSet<&str> = d.articles.iter().filter_map(|(a, _)| a.publisher.as_deref()).collect();
    let reports: usize = d.events.iter().map(|(e, _)| e.reports.len()).sum();
    let figure = |n: usize, key: &str| format!("<li><b>{n}</b> {}</li>", text(counted(n, key, lang)));
    let mut out = String::from("<ul class=\"figures\">");
    for (n, key) in [
        (d.events.len(), "events"),
        (reports, "reports"),
        (d.articles.len(), "articles"),
        (outlets.len(), "outlets"),
        (d.quotes.len(), "figure.quotations"),
        (d.commitments.len(), "figure.commitments"),
        (d.conflicts.len(), "figure.conflicts"),
    ] {
        out.push_str(&figure(n, key));
    }
    out + "</ul>"
}

/// Partners in a network that can be drawn without crowding.
const PARTNERS: usize = 14;

fn network(d: &Dossier, world: &World, lang: Language) -> String {
    let is_ego = |p: &Party| match &d.subject {
        Subject::Dyad(a, b) => p.country == Some(*a) || p.country == Some(*b),
        Subject::Actor(name) => p.name == *name || p.country.is_some_and(|c| draw::country(c, world, lang) == *name),
        Subject::Story(_) | Subject::Office(_) => false,
    };
    let centre = match &d.subject {
        Subject::Dyad(..) => return String::new(),
        Subject::Actor(name) => name.clone(),
        Subject::Story(_) | Subject::Office(_) => return String::new(),
    };
    let mut partners: std::collections::BTreeMap<String, (usize, f64)> = std::collections::BTreeMap::new();
    for (e, _) in &d.events {
        let others: BTreeSet<String> = e
            .actor
            .iter()
            .chain(&e.recipient)
            .filter(|p| !is_ego(p))
            .map(|p| p.country.map_or_else(|| p.name.clone(), |c| draw::country(c, world, lang)))
            .filter(|n| *n != centre)
            .collect();
        for name in others {
            let p = partners.entry(name).or_default();
            p.0 += 1;
            p.1 += e.goldstein.map_or(0.0, f64::from);
        }
    }
    let mut partners: Vec<draw::Partner> =
        partners.into_iter().map(|(name, (acts, goldstein))| draw::Partner { name, acts, goldstein }).collect();
    partners.sort_by(|a, b| b.acts.cmp(&a.acts).then_with(|| a.name.cmp(&b.name)));
    partners.truncate(PARTNERS);
    draw::ego(&centre, &partners, lang)
}

/// Names of both sides.
pub(crate) fn sides(actor: &[Party], recipient: &[Party]) -> String {
    let both = [names(actor), names(recipient)];
    both.iter().filter(|s| !s.is_empty()).map(|s| text(s)).collect::<Vec<_>>().join(" → ")
}
