//! What reconciling asks of the dated record of office-holders.

use haberdar_model::{Country, DateInterval, PartialDate, reading::OfficeRef};
use jiff::civil::Date;

/// Days around a hand-over in which a report may name either person.
const HANDOVER_DAYS: i32 = 10;

/// A holding of an office, as the tables have it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holding {
    /// First day.
    pub from: Option<PartialDate>,
    /// Last day; `None` where it goes on or is not known.
    pub to: Option<PartialDate>,
    /// Where no end is recorded: the day up to which the source holds.
    pub known_until: Option<Date>,
    /// Entity id of the holder.
    pub person: String,
    /// Name of the holder.
    pub name: String,
    /// Where the tables have it from.
    pub source: String,
}

impl Holding {
    /// True where the person can have held the office then. Within days of a hand-over that is true of both, since reports
    /// and tables differ on the day; beyond the knowledge of the source it is true of nobody.
    pub fn covers(&self, on: DateInterval) -> bool {
        let shifted = |d: Date, days: i32| d.saturating_add(jiff::Span::new().days(days));
        let held = DateInterval {
            from: self.from.map(|d| shifted(d.first(), -HANDOVER_DAYS)),
            to: self.to.map(|d| shifted(d.last(), HANDOVER_DAYS)),
        };
        let beyond = self.to.is_none() && matches!((self.known_until, on.from), (Some(k), Some(from)) if from > k);
        held.meets(on) && !beyond
    }
}

/// The dated record of office-holders. The world tables implement it; tests have their own.
pub trait Offices {
    /// Every holding of an office, by first day.
    fn holdings(&self, office: &OfficeRef) -> Vec<Holding>;
    /// The offices that a person ever held.
    fn held_by(&self, person: &str) -> Vec<OfficeRef>;
    /// The office under which the holders of an office are recorded (`president` under `head_of_state`).
    fn recorded_as(&self, office: &str) -> String {
        office.to_owned()
    }
    /// The usual name of an entity.
    fn name(&self, entity: &str) -> Option<String>;
}

/// A record that knows nothing: conflicts stay open, entities keep the names that the articles give them.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoRecord;

impl Offices for NoRecord {
    fn holdings(&self, _: &OfficeRef) -> Vec<Holding> {
        Vec::new()
    }

    fn held_by(&self, _: &str) -> Vec<OfficeRef> {
        Vec::new()
    }

    fn name(&self, _: &str) -> Option<String> {
        None
    }
}

/// True for offices that one person holds at a time, so that two names in one are a disagreement: heads of states,
/// governments and bodies, ministries. Speakers are none, since many parliaments have two chambers.
pub(crate) fn is_single(office: &str) -> bool {
    const HEADS: &[&str] = &[
        "head_of_state",
        "head_of_government",
        "supreme_leader",
        "crown_prince",
        "pope",
        "central_bank_governor",
        "eu_foreign_policy_chief",
        "imf_managing_director",
        "un_human_rights_commissioner",
        "unhcr_commissioner",
        "icc_prosecutor",
    ];
    const ENDS: &[&str] = &["_minister", "_secretary_general", "_director_general", "_president"];
    let headed = ENDS.iter().any(|e| office.ends_with(e));
    HEADS.contains(&office) || headed && !office.starts_with("deputy_") && !office.starts_with("vice_")
}

/// The days for which an office-holder is asked, with an open end closed on the known day: "in the past days", read on a
/// known day, is asked for that day.
pub(crate) fn closed(days: DateInterval) -> Option<DateInterval> {
    match (days.from, days.to) {
        (None, None) => None,
        (from, to) => Some(DateInterval { from: from.or(to), to: to.or(from) }),
    }
}

/// An office and its state as they stand in rows: `foreign_minister PRK`.
pub(crate) fn label(office: &OfficeRef) -> String {
    format!("{} {}", office.office, office.country)
}

/// The office of a country.
pub(crate) fn office_ref(office: &str, country: Country) -> OfficeRef {
    OfficeRef { office: office.to_owned(), country }
}

#[cfg(test)]
mod tests {
    use super::is_single;

    #[test]
    fn single_offices_are_told_from_shared_ones() {
        for o in ["foreign_minister", "head_of_state", "un_secretary_general", "eu_commission_president"] {
            assert!(is_single(o), "{o}");
        }
        for o in [
            "deputy_foreign_minister",
            "ambassador",
            "member_of_parliament",
            "general",
            "spokesperson",
            "minister",
            "vice_president",
            "parliament_speaker",
        ] {
            assert!(!is_single(o), "{o}");
        }
    }
}
