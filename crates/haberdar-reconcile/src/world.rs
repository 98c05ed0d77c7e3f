//! The world tables as a record of office-holders.

use haberdar_model::{Language, reading::OfficeRef};
use haberdar_world::World;

use crate::offices::{Holding, Offices, office_ref};

impl Offices for World {
    fn holdings(&self, office: &OfficeRef) -> Vec<Holding> {
        let mut out: Vec<Holding> = self
            .holders(&office.office, office.country, None)
            .into_iter()
            .map(|h| Holding {
                from: h.from,
                to: h.to,
                known_until: h.known_until,
                person: h.person.to_owned(),
                name: self.name(h.person).unwrap_or_else(|| h.person.to_owned()),
                source: h.source.to_owned(),
            })
            .collect();
        out.sort();
        out.dedup();
        out
    }

    fn held_by(&self, person: &str) -> Vec<OfficeRef> {
        let mut out: Vec<OfficeRef> = self.holdings_of(person).into_iter().map(|h| office_ref(h.office, h.country)).collect();
        out.sort();
        out.dedup();
        out
    }

    fn recorded_as(&self, office: &str) -> String {
        self.office(office).map_or(office, |o| o.record_id()).to_owned()
    }

    fn name(&self, entity: &str) -> Option<String> {
        self.entity(entity).map(|e| e.name(Language::En).to_owned()).filter(|n| !n.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_answer_for_both_sides_of_a_hand_over() {
        let world = World::shipped();
        let office = office_ref("foreign_minister", haberdar_model::Country::of("PRK"));
        let named = |from: &str| {
            let rows = world.holdings(&office);
            rows.iter().find(|h| h.from.is_some_and(|f| f.to_string() == from)).map(|h| h.name.clone())
        };
        assert_eq!(named("2020-01-21").as_deref(), Some("Ri Son-gwon"));
        assert_eq!(named("2022-06-11").as_deref(), Some("Choe Son-hui"));
        assert_eq!(world.recorded_as("president"), "head_of_state");
    }
}
