//! What reconciling asks of the dated record of office-holders.

use haberdar_model::{Country, DateInterval, PartialDate, reading::OfficeRef};

/// A holding of an office, as the tables have it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holding {
    /// First day.
    pub from: Option<PartialDate>,
    /// Last day; `None` where it goes on or is not known.
    pub to: Option<PartialDate>,
    /// Entity id of the holder.
    pub person: String,
    /// Name of the holder.
    pub name: String,
    /// Where the tables have it from.
    pub source: String,
}

impl Holding {
    /// True where the holding and the days share one.
    pub fn covers(&self, on: DateInterval) -> bool {
        DateInterval { from: self.from.map(PartialDate::first), to: self.to.map(PartialDate::last) }.meets(on)
    }
}

/// The dated record of office-holders. The world tables implement it; tests have their own.
pub trait Offices {
    /// Every holding of an office, by first day.
    fn holdings(&self, office: &OfficeRef) -> Vec<Holding>;
    /// The offices that a person ever held.
    fn held_by(&self, person: &str) -> Vec<OfficeRef>;
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

/// True for offices that one person holds at a time, so that two names in one are a disagreement. The rule goes by the
/// office id: heads of states, governments, bodies, ministries and chambers; no deputies, envoys, deputies of parliaments.
pub(crate) fn is_single(office: &str) -> bool {
    const HEADS: &[&str] = &[
        "head_of_state",
        "head_of_government",
        "president",
        "prime_minister",
        "vice_president",
        "king",
        "queen",
        "emir",
        "sultan",
        "pope",
        "supreme_leader",
        "crown_prince",
        "chief_of_staff",
        "central_bank_governor",
        "eu_foreign_policy_chief",
    ];
    const ENDS: &[&str] =
        &["_minister", "_secretary_general", "_director_general", "_president", "_speaker", "_chief", "_chairperson"];
    let deputy = office.starts_with("deputy") || office.starts_with("former") || office.contains("vice_minister");
    !deputy && (HEADS.contains(&office) || ENDS.iter().any(|e| office.ends_with(e) && office.len() > e.len()))
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
        for o in ["foreign_minister", "head_of_state", "un_secretary_general", "parliament_speaker", "eu_commission_president"] {
            assert!(is_single(o), "{o}");
        }
        for o in
            ["deputy_foreign_minister", "ambassador", "member_of_parliament", "general", "spokesperson", "minister", "senator"]
        {
            assert!(!is_single(o), "{o}");
        }
    }
}
