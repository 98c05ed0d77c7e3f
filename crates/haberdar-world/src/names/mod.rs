//! Persons by name, in whatever spelling.

mod compare;
mod index;
#[cfg(test)]
mod plain;

pub(crate) use index::NameIndex;

use crate::{
    fold::{fold_name, is_apostrophe},
    person::Person,
    world::World,
};
use compare::{Asked, AtBest, compare};

/// A person whom a name may mean.
#[derive(Clone, Copy, Debug)]
pub struct PersonMatch<'w> {
    /// The person.
    pub person: &'w Person,
    /// How sure, 0..1: 1 is a full name of the tables letter for letter; a surname that others bear too is below 0.6.
    pub score: f32,
}

/// Below this a name is another name.
const FLOOR: f32 = 0.5;

/// Letters of the query behind an apostrophe at the end of a word are a Turkish suffix or an English possessive.
fn without_suffix(name: &str) -> String {
    let strip = |w: &str| match w.rfind(is_apostrophe) {
        // "Sa'ar" and "O'Brien" keep theirs: the rest is no suffix in lower case, or too little stands in front.
        Some(i) if i > 2 && w[i..].chars().skip(1).all(char::is_lowercase) => w[..i].to_owned(),
        _ => w.to_owned(),
    };
    name.split_whitespace().map(strip).collect::<Vec<_>>().join(" ")
}

impl World {
    /// The persons whom a name may mean, the likeliest first: a full name or a surname, in any spelling and order, with
    /// initials, with a Turkish suffix behind an apostrophe.
    pub fn find_person(&self, name: &str) -> Vec<PersonMatch<'_>> {
        let stripped = without_suffix(name.trim());
        let mut best = self.look_up(&stripped);
        if stripped != name.trim() && best.first().is_none_or(|b| b.1 < 0.9) {
            // The apostrophe may belong to the name.
            best.extend(self.look_up(name.trim()));
        }
        if stripped.contains('-') && best.first().is_none_or(|b| b.1 < 0.7) {
            // "Xi Jin-ping" is also written in one.
            best.extend(self.look_up(&stripped.replace('-', "")));
        }
        best.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        best.dedup_by_key(|b| b.0);
        let index = self.names();
        best.sort_by(|a, b| {
            let weight = |i: u32| index.weight[i as usize];
            b.1.total_cmp(&a.1).then(weight(b.0).total_cmp(&weight(a.0))).then(a.0.cmp(&b.0))
        });
        best.truncate(20);
        best.into_iter().map(|(i, score)| PersonMatch { person: &self.persons[i as usize], score }).collect()
    }

    fn look_up(&self, name: &str) -> Vec<(u32, f32)> {
        let index = self.names();
        let mut out: Vec<(u32, f32)> = Vec::new();
        for &s in index.by_fold.get(&fold_name(name)).map(Vec::as_slice).unwrap_or_default() {
            let s = &index.spellings[s as usize];
            out.push((s.person, if s.short && s.len == 1 { 0.95 } else { 1.0 }));
        }
        let Some(query) = Asked::of(name) else { return out };
        let mut at_best = AtBest::default();
        index.candidates(&query, |s| {
            let score = compare(&query, index, s, &mut at_best);
            if score >= FLOOR {
                out.push((s.person, score.min(0.99)));
            }
        });
        // "Al-Sabah" is one word as well.
        crowd(query.words.len(), &mut out);
        out
    }
}

/// A surname that several persons bear is less sure for each of them.
fn crowd(words: usize, out: &mut [(u32, f32)]) {
    if words > 1 {
        return;
    }
    let mut bearers: Vec<u32> = out.iter().filter(|o| o.1 >= 0.6).map(|o| o.0).collect();
    bearers.sort_unstable();
    bearers.dedup();
    if bearers.len() > 1 {
        out.iter_mut().filter(|o| o.1 < 0.9).for_each(|o| o.1 *= 0.7);
    }
}
