//! The tables against themselves: what refers to nothing, what cannot be, what contradicts.

use std::collections::{BTreeMap, BTreeSet};

use haberdar_model::vocabulary::SECTORS;

use crate::{
    gazetteer::Caps,
    holding::{GRACE_DAYS, Holding},
    world::World,
};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nobody is recorded for a time.
    Gap,
    /// The tables may be used; somebody should look.
    Warning,
    /// The row must be put right.
    Error,
}

impl Severity {
    /// Its name in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Gap => "gap",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// Offices that are never empty for long: a gap in their record is one of ours.
const ALWAYS_HELD: &[&str] = &["head_of_state", "head_of_government", "foreign_minister", "defence_minister"];

/// Shorter gaps are a change of government.
const GAP_DAYS: i32 = 60;

/// Something that is wrong with the tables.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// The table.
    pub table: &'static str,
    /// What is wrong, in words that name the row.
    pub message: String,
}

/// Offices that more than one person may hold at a time.
pub(crate) fn shared(office: &str) -> bool {
    office.starts_with("deputy_")
        || matches!(
            office,
            "vice_president"
                | "spokesperson"
                | "party_leader"
                | "special_envoy"
                | "mayor"
                | "governor"
                | "parliament_speaker"
                | "eu_commissioner"
                | "intelligence_chief"
                | "crown_prince"
        )
}

impl World {
    /// Everything that is wrong with the tables, worst first.
    pub fn check(&self) -> Vec<Finding> {
        let mut out = Vec::new();
        self.check_ids(&mut out);
        self.check_references(&mut out);
        self.check_overlaps(&mut out);
        self.check_names(&mut out);
        out.sort_by(|a, b| b.severity.cmp(&a.severity).then(a.table.cmp(b.table)).then(a.message.cmp(&b.message)));
        out.dedup();
        out
    }

    fn check_ids(&self, out: &mut Vec<Finding>) {
        let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
        let ids = self.countries.iter().map(|c| (c.id, "countries.tsv"));
        let ids = ids.chain(self.organizations.iter().map(|o| (o.id, "organizations.tsv")));
        let ids = ids.chain(self.places.iter().map(|o| (o.id, "places.tsv")));
        let ids = ids.chain(self.persons.iter().map(|p| (p.id, "persons.tsv")));
        for (id, table) in ids {
            if let Some(other) = seen.insert(id, table) {
                out.push(error(table, format!("the id {id} stands twice, also in {other}")));
            }
        }
        let mut offices = BTreeSet::new();
        for o in &self.offices {
            if !offices.insert(o.id) {
                out.push(error("offices.tsv", format!("the id {} stands twice", o.id)));
            }
        }
        if self.cameo.windows(2).any(|w| w[0].code >= w[1].code) {
            out.push(error("cameo.tsv", "the codes are not in order".to_owned()));
        }
    }

    fn check_references(&self, out: &mut Vec<Finding>) {
        for o in &self.offices {
            if o.recorded_as.is_some_and(|r| self.office(r).is_none()) {
                out.push(error("offices.tsv", format!("{} is recorded as {:?}, which is no office", o.id, o.recorded_as)));
            }
            if !o.sector.is_empty() && !SECTORS.contains(&o.sector) {
                out.push(error("offices.tsv", format!("{} has the unknown sector {}", o.id, o.sector)));
            }
        }
        for (table, rows) in [("organizations.tsv", &self.organizations), ("places.tsv", &self.places)] {
            for o in rows {
                if !o.sector.is_empty() && !SECTORS.contains(&o.sector) {
                    out.push(error(table, format!("{} has the unknown sector {}", o.id, o.sector)));
                }
                if o.country.is_some_and(|c| !c.is_body() && self.country(c).is_none()) {
                    out.push(error(table, format!("{} belongs to the unknown country {:?}", o.id, o.country)));
                }
                if o.names_en.is_empty() && o.names_tr.is_empty() {
                    out.push(error(table, format!("{} has no name", o.id)));
                }
            }
        }
        for (name, meanings) in self.shared.iter() {
            if meanings.len() < 2 {
                out.push(error("shared_names.tsv", format!("{name} has one meaning only")));
            }
            for m in meanings.iter().filter(|m| self.meaning(m).is_none()) {
                out.push(error("shared_names.tsv", format!("{name} means {m}, which is no state and no place")));
            }
        }
        for h in &self.holdings {
            if self.person(h.person).is_none() {
                out.push(error("holdings.tsv", format!("{} holds {} of {}, but is no person", h.person, h.office, h.country)));
            }
            if self.office(h.office).is_none_or(|o| o.recorded_as.is_some()) {
                out.push(error(
                    "holdings.tsv",
                    format!("{} of {} is no office that holders are recorded under", h.office, h.country),
                ));
            }
            if !(0.0..=1.0).contains(&h.trust) || h.source.is_empty() {
                out.push(error("holdings.tsv", format!("{} of {}: {} has no source or no trust", h.office, h.country, h.person)));
            }
            if h.from.is_none() && h.to.is_none() {
                out.push(error("holdings.tsv", format!("{} of {}: {} has no date", h.office, h.country, h.person)));
            }
        }
    }

    fn check_overlaps(&self, out: &mut Vec<Finding>) {
        let seat = |h: &Holding| (h.country, h.office);
        let named = |h: &Holding| format!("{} ({})", self.person(h.person).map_or("?", |p| p.name), h.person);
        for rows in self.holdings.chunk_by(|a, b| seat(a) == seat(b)).filter(|r| !shared(r[0].office)) {
            // The rows stand in order of their first days: whoever ends last meets the next one first.
            let mut last: Option<&Holding> = None;
            for b in rows.iter().filter(|h| h.tenure.is_empty()) {
                let Some(start) = b.first() else { continue };
                if let Some(a) = last
                    && let Some(end) = a.span().to
                {
                    let days = (end - start).get_days();
                    let seat = format!("{} of {}", b.office, b.country);
                    if days > GRACE_DAYS && a.person != b.person {
                        let both = days.min(b.span().to.map_or(days, |t| (t - start).get_days()));
                        let message =
                            format!("{seat}: {} and {} are both recorded for {both} days from {start}", named(a), named(b));
                        out.push(Finding { severity: Severity::Warning, table: "holdings.tsv", message });
                    }
                    if -days > GAP_DAYS && ALWAYS_HELD.contains(&b.office) {
                        let message = format!("{seat}: nobody is recorded between {end} and {start}");
                        out.push(Finding { severity: Severity::Gap, table: "holdings.tsv", message });
                    }
                }
                if last.is_none_or(|a| a.span().to <= b.span().to) {
                    last = Some(b);
                }
            }
        }
    }

    /// Two entities that one name means with the same weight.
    fn check_names(&self, out: &mut Vec<Finding>) {
        let mut seen: BTreeMap<(&str, u8), &str> = BTreeMap::new();
        for e in self.gazetteer.entries().iter().filter(|e| e.score > 0.5 && e.caps != Caps::Any) {
            let lang = e.lang.map_or(0, |l| l as u8 + 1);
            if let Some(other) = seen.insert((e.name, lang), e.entity)
                && other != e.entity
            {
                let message = format!("{:?} means {} and {}", e.name, other, e.entity);
                out.push(Finding { severity: Severity::Warning, table: "names", message });
            }
        }
    }
}

fn error(table: &'static str, message: String) -> Finding {
    Finding { severity: Severity::Error, table, message }
}
