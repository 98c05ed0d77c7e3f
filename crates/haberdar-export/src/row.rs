//! A row and what every format asks of it.

use std::collections::BTreeSet;

use haberdar_model::{
    DateBasis, PartialDate, Polarity, Status,
    record::{Explained, MergedEvent, Party},
};
use jiff::civil::Date;

/// An event with its reports.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The event.
    pub event: MergedEvent,
    /// Its reports in their order, with what each was coded from.
    pub reports: Vec<Explained>,
}

impl Row {
    /// True for what took place or goes on, is not negated and was not rejected: what tables without a column for reality can hold.
    pub(crate) fn is_act(&self) -> bool {
        self.event.is_act()
    }

    /// First day of the event.
    pub(crate) fn first_day(&self) -> Option<Date> {
        self.event.first_day()
    }

    /// Last day of the event.
    pub(crate) fn last_day(&self) -> Option<Date> {
        self.event.date.to.or(self.event.date.from).map(PartialDate::last)
    }

    /// The day of the first report, where one is known.
    pub(crate) fn first_published(&self) -> Option<Date> {
        self.event.reports.iter().filter_map(|r| r.published).map(PartialDate::first).min()
    }

    /// The event's day, else that of the first report.
    pub(crate) fn any_day(&self) -> Option<Date> {
        self.first_day().or_else(|| self.first_published())
    }

    /// Where the day comes from.
    pub(crate) fn basis(&self) -> DateBasis {
        self.event.date.basis
    }

    /// CAMEO code, else the root code of the type.
    pub(crate) fn cameo(&self) -> &str {
        use haberdar_model::EventType::*;
        match self.event.cameo.as_deref().filter(|c| c.len() >= 2) {
            Some(code) => code,
            None => match self.event.kind {
                Statement => "01",
                Agree => "03",
                Consult => "04",
                Support => "05",
                Cooperate => "06",
                Aid => "07",
                Concede | Retreat => "08",
                Request => "10",
                Accuse => "11",
                Reject => "12",
                Threaten => "13",
                Protest => "14",
                Mobilize => "15",
                Sanction => "16",
                Coerce => "17",
                Assault => "18",
            },
        }
    }

    /// PLOVER contexts of all reports.
    pub(crate) fn contexts(&self) -> BTreeSet<&str> {
        self.reports.iter().flat_map(|r| &r.event.contexts).map(String::as_str).collect()
    }

    /// Outlets in the order of the reports, each once.
    pub(crate) fn publishers(&self) -> Vec<&str> {
        once(self.event.reports.iter().filter_map(|r| r.publisher.as_deref()))
    }

    /// Addresses in the order of the reports, each once.
    pub(crate) fn urls(&self) -> Vec<&str> {
        once(self.reports.iter().filter_map(|r| r.article.url.as_deref()))
    }

    /// Articles in the order of the reports, each once.
    pub(crate) fn articles(&self) -> Vec<&str> {
        once(self.event.reports.iter().map(|r| r.article.as_str()))
    }

    /// The PLOVER sector of a participant, where one of the reports says it.
    pub(crate) fn sector(&self, p: &Party) -> Option<&str> {
        let named = |m: &&haberdar_model::reading::Mention| m.entity.is_some() && m.entity == p.entity || m.name == p.name;
        self.reports.iter().flat_map(|r| r.actor.iter().chain(&r.recipient)).filter(named).find_map(|m| m.sector.as_deref())
    }

    /// The words in which a report names a participant.
    pub(crate) fn words(&self, p: &Party) -> Option<&str> {
        let named = |m: &&haberdar_model::reading::Mention| m.entity.is_some() && m.entity == p.entity || m.name == p.name;
        self.reports.iter().flat_map(|r| r.actor.iter().chain(&r.recipient)).find(named).map(|m| m.at.text.as_str())
    }

    /// One line for people: type, who, whom.
    pub(crate) fn title(&self) -> String {
        let e = &self.event;
        let names = |l: &[Party]| l.iter().map(label).collect::<Vec<_>>().join(", ");
        let mut out = e.kind.to_string();
        if let Some(mode) = &e.mode {
            out = format!("{out} {mode}");
        }
        if e.status != Status::Happened {
            out = format!("{out} ({})", e.status);
        }
        if e.polarity == Polarity::Negative {
            out.push_str(" (not)");
        }
        let sides = [names(&e.actor), names(&e.recipient)].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" → ");
        if sides.is_empty() { out } else { format!("{out}: {sides}") }
    }

    /// The sentences of the reports, each with its outlet, day and offsets.
    pub(crate) fn citations(&self) -> Vec<String> {
        let cite = |r: &Explained| {
            let outlet = r.article.publisher.as_deref().unwrap_or(&r.article.source_id);
            let day = r.article.published.map(|d| format!(", {d}")).unwrap_or_default();
            let span = r.sentence.span;
            format!("“{}” ({outlet}{day}, {}–{})", r.sentence.text, span.start, span.end)
        };
        self.reports.iter().map(cite).collect()
    }

    /// A number made from the id, for formats whose ids are numbers.
    pub(crate) fn number(&self) -> u64 {
        let hex = self.event.id.trim_start_matches("b3:");
        u64::from_str_radix(hex.get(..13).unwrap_or(hex), 16).unwrap_or(0)
    }
}

/// A participant with its country.
pub(crate) fn label(p: &Party) -> String {
    match p.country {
        Some(c) if p.name != c.as_str() => format!("{} ({c})", p.name),
        _ => p.name.clone(),
    }
}

fn once<'a>(all: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    all.filter(|s| seen.insert(*s)).collect()
}

/// A number with the digits that it is written with.
pub(crate) fn real(x: f32) -> f64 {
    (f64::from(x) * 1e6).round() / 1e6
}
