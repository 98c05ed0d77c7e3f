//! The sections that are text.

use std::collections::BTreeMap;

use haberdar_model::{
    Language, PartialDate, Polarity, Status,
    labels::{counted, filled, label, value_label},
    record::{Explained, MergedEvent, Party},
};
use haberdar_world::World;

use crate::{
    Dossier, Subject,
    cite::{Citer, text},
    draw,
    page::sides,
};

/// Rows of a section; more would bury the page.
const ROWS: usize = 300;

/// Triads that are drawn.
const TRIADS: usize = 9;

/// Participants with their countries.
pub(crate) fn names(list: &[Party]) -> String {
    let name = |p: &Party| match p.country {
        Some(c) if p.name != c.as_str() => format!("{} ({c})", p.name),
        _ => p.name.clone(),
    };
    list.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn days(from: Option<PartialDate>, to: Option<PartialDate>) -> String {
    match (from, to) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (None, None) => "?".to_owned(),
        (a, b) => [a, b].map(|d| d.map(|d| d.to_string()).unwrap_or_default()).join(" – "),
    }
}

/// What an event is, as a line.
fn what(e: &MergedEvent, lang: Language) -> String {
    let kind = value_label("type", e.kind.as_str(), lang);
    let not = if e.polarity == Polarity::Negative { format!(" ({})", label("not", lang)) } else { String::new() };
    let real = matches!(e.status, Status::Happened);
    let status = if real {
        String::new()
    } else {
        format!(" <span class=\"status\">{}</span>", text(value_label("status", e.status.as_str(), lang)))
    };
    format!("<b>{}</b>{}{status} {}", text(kind), text(&not), sides(&e.actor, &e.recipient))
}

/// The sentences of an event's reports; one sentence is cited once.
fn evidence(reports: &[Explained], citer: &Citer<'_>, lang: Language) -> String {
    let mut seen = std::collections::BTreeSet::new();
    let mut out = String::from("<ul class=\"evidence\">");
    for r in reports.iter().filter(|r| seen.insert((&r.article.id, r.sentence.span))) {
        let by = r.reported_by.as_ref().map(|m| format!("{} {}: ", label("says", lang), m.name)).unwrap_or_default();
        out.push_str(&format!("<li>{}{}</li>", text(&by), citer.quote(&r.article.id, &r.sentence)));
    }
    out + "</ul>"
}

/// All events, the oldest first.
pub(crate) fn events(d: &Dossier, citer: &Citer<'_>, lang: Language) -> String {
    if d.events.is_empty() {
        return format!("<p>{}</p>", text(label("nothing", lang)));
    }
    let from = d.events.len().saturating_sub(ROWS);
    let mut out = if from > 0 {
        format!("<p class=\"fine\">{}</p>", text(&filled("shortened", &ROWS.to_string(), lang)))
    } else {
        String::new()
    };
    for (e, reports) in &d.events[from..] {
        let sources = format!("{} {}", e.independent_sources, counted(e.independent_sources, "independent", lang));
        out.push_str(&format!(
            "<article id=\"{}\" class=\"q{}\"><h3><time>{}</time> {}</h3><p class=\"fine\">{}{}</p>{}</article>",
            draw::event_anchor(&e.id),
            e.quad,
            text(&days(e.date.from, e.date.to)),
            what(e, lang),
            text(&sources),
            e.place.as_ref().map(|p| format!(" · {}", text(p))).unwrap_or_default(),
            evidence(reports, citer, lang)
        ));
    }
    out
}

pub(crate) fn quotations(d: &Dossier, citer: &Citer<'_>, lang: Language) -> String {
    let from = d.quotes.len().saturating_sub(ROWS);
    let mut out = String::new();
    for q in &d.quotes[from..] {
        let who = q.speaker.as_deref().unwrap_or("?");
        let office = q.office.as_ref().map(|o| format!(", {o}")).unwrap_or_default();
        out.push_str(&format!(
            "<blockquote><p{}>“{}”</p><footer>{}{} · {}</footer></blockquote>",
            q.language.filter(|l| *l != lang).map(|l| format!(" lang=\"{l}\"")).unwrap_or_default(),
            text(&q.at.text),
            text(who),
            text(&office),
            citer.cite(&q.article, q.at.span)
        ));
    }
    out
}

pub(crate) fn commitments(d: &Dossier, citer: &Citer<'_>, lang: Language) -> String {
    let reports: BTreeMap<&str, &Vec<Explained>> = d.events.iter().map(|(e, r)| (e.id.as_str(), r)).collect();
    let l = |key: &str| text(label(key, lang));
    let mut out = String::new();
    for c in d.commitments.iter().take(ROWS) {
        let not = if c.polarity == Polarity::Negative { format!(" ({})", l("not")) } else { String::new() };
        let due = days(c.due_from.map(PartialDate::day), c.due_until.map(PartialDate::day));
        let due = if due == "?" { String::new() } else { format!(" · {} {}", l("due"), text(&due)) };
        let late = if c.late { format!(", {}", l("late")) } else { String::new() };
        let (manner, fate) = (c.manner.to_string(), c.fate.to_string());
        let mut cited = reports.get(c.id.as_str()).map(|r| evidence(r, citer, lang)).unwrap_or_default();
        for id in c.fulfilled_by.iter().chain(&c.contradicted_by) {
            cited.push_str(&reports.get(id.as_str()).map(|r| evidence(r, citer, lang)).unwrap_or_default());
        }
        out.push_str(&format!(
            "<article class=\"plain\"><h3>{}: <b>{}</b>{not} {}</h3><p class=\"fine\"><span class=\"fate {fate}\">{}{late}</span>{due}{}</p>{cited}</article>",
            text(value_label("manner", &manner, lang)),
            text(value_label("type", c.kind.as_str(), lang)),
            sides(&c.actor, &c.recipient),
            text(value_label("fate", &fate, lang)),
            c.made.map(|m| format!(" · {} {m}", l("made"))).unwrap_or_default(),
        ));
    }
    out
}

pub(crate) fn conflicts(d: &Dossier, citer: &Citer<'_>, world: &World, lang: Language) -> String {
    let l = |key: &str| text(label(key, lang));
    let mut out = String::new();
    for c in d.conflicts.iter().take(ROWS) {
        let event = c.event.as_ref().and_then(|id| d.events.iter().find(|(e, _)| e.id == *id));
        let event =
            event.map(|(e, _)| format!(": <a href=\"#{}\">{}</a>", draw::event_anchor(&e.id), what(e, lang))).unwrap_or_default();
        out.push_str(&format!(
            "<article class=\"plain\"><h3>{} · {}{event}</h3><p class=\"fine\">{}</p><table class=\"values\"><tr><th>{}</th><th>{}</th><th>{}</th></tr>",
            text(value_label("slot", &c.slot, lang)),
            text(value_label("relation", &c.relation, lang)),
            text(value_label("state", &c.state, lang)),
            l("value"),
            l("independent"),
            l("words"),
        ));
        for v in &c.values {
            let cited: Vec<String> = v.reports.iter().map(|r| citer.quote(&r.article, &r.span)).collect();
            out.push_str(&format!(
                "<tr><td>{}</td><td>{}</td><td>{}</td></tr>",
                text(&v.value),
                v.independent_sources,
                cited.join("<br>")
            ));
        }
        out.push_str("</table>");
        if let Some(record) = &c.record {
            let holders: Vec<String> =
                record.holders.iter().map(|h| format!("{} {} ({})", h.name, days(h.from, h.to), h.source)).collect();
            out.push_str(&format!(
                "<p class=\"fine\">{}: {} – {}</p>",
                l("record"),
                text(&office(&record.office, world, lang)),
                text(&holders.join("; "))
            ));
        }
        if let Some(verdict) = &c.verdict {
            out.push_str(&format!("<p>{}: {}</p>", l("verdict"), text(verdict)));
        }
        out.push_str("</article>");
    }
    out
}

/// `foreign_minister UKR` in words.
fn office(written: &str, world: &World, lang: Language) -> String {
    let known = |(id, code): (&str, &str)| {
        let country = draw::country(code.parse().ok()?, world, lang);
        Some(format!("{country}, {}", world.office(id)?.name(lang)))
    };
    written.split_once(' ').and_then(known).unwrap_or_else(|| written.to_owned())
}

pub(crate) fn holders(d: &Dossier, lang: Language) -> String {
    if d.holders.is_empty() {
        return String::new();
    }
    let l = |key: &str| text(label(key, lang));
    let mut out =
        format!("<table><tr><th>{}</th><th>{}</th><th>{}</th><th>{}</th></tr>", l("holder"), l("from"), l("until"), l("source"));
    let day = |d: Option<PartialDate>| d.map(|d| d.to_string()).unwrap_or_default();
    for h in d.holders.iter().take(ROWS) {
        out.push_str(&format!(
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            text(&h.name),
            day(h.from),
            day(h.to),
            text(&h.source)
        ));
    }
    out + "</table>"
}

pub(crate) fn triads(d: &Dossier, world: &World, lang: Language) -> String {
    let members = match &d.subject {
        Subject::Dyad(a, b) => vec![*a, *b],
        Subject::Actor(name) => {
            let own = world.countries().iter().find(|c| c.name(lang) == name).map(|c| c.code);
            match own {
                Some(code) => vec![code],
                None => return String::new(),
            }
        }
        Subject::Story(_) => Vec::new(),
        Subject::Office(_) => return String::new(),
    };
    let found = draw::triads_with(&d.networks, &members);
    if found.is_empty() {
        return String::new();
    }
    let mut out = format!("<p class=\"fine\">{}</p><div class=\"triads\">", text(label("triads.note", lang)));
    for (period, t) in found.into_iter().take(TRIADS) {
        let balance = label(if t.balanced { "balanced" } else { "unbalanced" }, lang);
        out.push_str(&format!(
            "<figure>{}<figcaption>{period} · {}</figcaption></figure>",
            draw::triad(t, world, lang),
            text(balance)
        ));
    }
    out + "</div>"
}
