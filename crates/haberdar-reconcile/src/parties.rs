//! Whether participants of two acts can be the same.

use std::collections::BTreeMap;

use haberdar_model::{MentionKind, reading::OfficeRef};

use crate::{
    doc::{Doc, Party},
    fold::{fold, same_name},
    offices::is_single,
};

/// How two participants stand to each other, the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Relation {
    /// One and the same.
    Same,
    /// Different persons in one office that only one can hold: the same participant, told differently.
    Slot,
    /// One stands for the other: a state, its government, its minister.
    StandsFor,
    /// Two persons of one state in the same words: only near-equal sentences make these one participant.
    Swapped,
}

impl Relation {
    fn weight(self) -> f64 {
        match self {
            Relation::Same => 1.0,
            Relation::Slot => 0.9,
            Relation::StandsFor => 0.75,
            Relation::Swapped => 0.5,
        }
    }
}

/// The relation of two participants, `None` where they are different.
pub(crate) fn relation(a: &Party, b: &Party) -> Option<Relation> {
    use MentionKind::{Country, Group, Office, Organization, Person, Place, Source};
    let same_country = a.country.is_some() && a.country == b.country;
    if a.entity.is_some() && a.entity == b.entity {
        return Some(Relation::Same);
    }
    match (a.kind, b.kind) {
        (Person, Person) => {
            let told_apart = a.country.is_some() && b.country.is_some() && !same_country;
            if !told_apart && same_name(&a.name, &b.name) {
                return Some(Relation::Same);
            }
            if shared_office(a, b).is_some() {
                return Some(Relation::Slot);
            }
            (same_country && !a.beside && !b.beside && roles_agree(a, b)).then_some(Relation::Swapped)
        }
        (Person, Office) | (Office, Person) | (Office, Office) => {
            if shared_office(a, b).is_some() {
                return Some(Relation::Same);
            }
            (same_country && roles_agree(a, b)).then_some(Relation::StandsFor)
        }
        (Organization, Organization) if fold(&a.name) == fold(&b.name) => Some(Relation::Same),
        (Group | Source | Place, _) | (_, Group | Source | Place) => {
            let same = a.kind == b.kind && fold(&a.name) == fold(&b.name) && (same_country || a.country == b.country);
            same.then_some(Relation::Same)
        }
        (Country, Country) if same_country => Some(Relation::Same),
        _ if same_country
            && official(a)
            && official(b)
            && !a.country.is_some_and(|c| c.is_body() && c.as_str().ends_with("GO")) =>
        {
            Some(Relation::StandsFor)
        }
        _ => None,
    }
}

/// True where no two different offices are told.
fn roles_agree(a: &Party, b: &Party) -> bool {
    match (&a.role, &b.role) {
        (Some(x), Some(y)) => x == y,
        _ => true,
    }
}

/// One who can act for the state.
fn official(p: &Party) -> bool {
    p.sector.as_deref().is_none_or(|s| matches!(s, "GOV" | "MIL" | "SPY" | "LEG" | "JUD" | "COP" | "UNK" | "ELI"))
}

/// The office that both hold and only one can; told of one of them at least.
pub(crate) fn shared_office<'p>(a: &'p Party, b: &'p Party) -> Option<&'p OfficeRef> {
    if a.beside || b.beside {
        return None;
    }
    let shared = match (&a.role, &b.role) {
        (Some(x), Some(y)) => (x == y).then_some(x),
        (Some(x), None) => b.held.contains(x).then_some(x),
        (None, Some(y)) => a.held.contains(y).then_some(y),
        (None, None) => None,
    };
    shared.filter(|o| is_single(&o.office))
}

/// Participants of one act as they are compared: by state, what belongs to none by itself.
pub(crate) fn groups(doc: &Doc<'_>, parties: &[usize]) -> BTreeMap<String, Vec<usize>> {
    let mut out: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for &i in parties {
        let p = &doc.parties[i];
        let key = match (p.country, &p.entity) {
            (Some(c), _) if !matches!(c.as_str(), "IGO" | "NGO") => c.to_string(),
            (_, Some(e)) => e.clone(),
            // Unknown names meet across articles by spelling, so that the key must not tell them apart.
            _ => format!("?{}", p.kind),
        };
        out.entry(key).or_default().push(i);
    }
    out
}

/// How well two lists of participants agree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Match {
    /// 0..1.
    pub(crate) score: f64,
    /// Groups that are in both.
    pub(crate) shared: usize,
    /// Groups that are in one only.
    pub(crate) alone: usize,
    /// The loosest relation among the shared groups.
    pub(crate) loosest: Relation,
}

/// Matches the groups of two sides. `None` where a state is on both sides through different persons.
pub(crate) fn compare(da: &Doc<'_>, a: &[usize], db: &Doc<'_>, b: &[usize]) -> Option<Match> {
    let (ga, gb) = (groups(da, a), groups(db, b));
    let mut m = Match { score: 0.0, shared: 0, alone: 0, loosest: Relation::Same };
    for (key, pa) in &ga {
        let Some(pb) = gb.get(key) else {
            m.alone += 1;
            continue;
        };
        let pairs = pa.iter().flat_map(|&x| pb.iter().map(move |&y| (x, y)));
        match pairs.filter_map(|(x, y)| relation(&da.parties[x], &db.parties[y])).min() {
            Some(r) => {
                m.shared += 1;
                m.score += r.weight();
                m.loosest = m.loosest.max(r);
            }
            None if key.starts_with('?') => m.alone += 2,
            None => return None,
        }
    }
    m.alone += gb.keys().filter(|k| !ga.contains_key(*k)).count();
    m.score /= (m.shared + m.alone).max(1) as f64;
    Some(m)
}
