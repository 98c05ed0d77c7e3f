//! "Who was it?": a question in words, answered from the record.

use haberdar_model::{Country, DateInterval};
use jiff::civil::Date;

use crate::{
    holding::{At, Holding},
    names::PersonMatch,
    office::Office,
    person::Person,
    world::World,
};

/// The answer to a question such as "Kuzey Kore Dışişleri Bakanı".
#[derive(Clone, Debug)]
pub struct WhoAnswer<'w> {
    /// The question.
    pub query: String,
    /// The day that it asks about.
    pub on: Option<Date>,
    /// The office that it names.
    pub office: Option<&'w Office>,
    /// The state or body that it names.
    pub country: Option<Country>,
    /// `former`, `acting`, `designate` or `deputy`, where it says so.
    pub tenure: Option<&'static str>,
    /// The persons that it names.
    pub persons: Vec<PersonMatch<'w>>,
    /// What is recorded; empty for "no holder recorded".
    pub rows: Vec<WhoRow<'w>>,
}

/// A line of the answer.
#[derive(Clone, Copy, Debug)]
pub struct WhoRow<'w> {
    /// The holding.
    pub holding: &'w Holding,
    /// Its person.
    pub person: &'w Person,
    /// Its office.
    pub office: &'w Office,
    /// How it relates to the day asked for; [`At::Perhaps`] where none was.
    pub at: At,
}

impl World {
    /// Answers a question in words: an office of a state ("Kuzey Kore Dışişleri Bakanı", "foreign minister of North
    /// Korea") or a person ("Lavrov").
    pub fn who(&self, query: &str, on: Option<Date>) -> WhoAnswer<'_> {
        let when = on.map(DateInterval::day).unwrap_or_default();
        let mut answer = WhoAnswer {
            query: query.to_owned(),
            on,
            office: None,
            country: None,
            tenure: None,
            persons: Vec::new(),
            rows: Vec::new(),
        };
        let row = |h| self.row(h, when);
        answer.persons = self.find_person(query);
        let held = answer.persons.iter().flat_map(|p| self.holdings_of(p.person.id)).filter_map(row).collect::<Vec<_>>();
        answer.rows = held;
        answer
    }

    fn row<'w>(&'w self, holding: &'w Holding, on: DateInterval) -> Option<WhoRow<'w>> {
        Some(WhoRow { holding, person: self.person(holding.person)?, office: self.office(holding.office)?, at: holding.at(on) })
    }
}
