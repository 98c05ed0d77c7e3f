//! Who is who in the world, and when: countries, organisations, offices, persons and their dated holdings, with their
//! names in Turkish and English.
//!
//! The tables stand under `data/world/` and are built into the binary; [`World::shipped`] loads them once. There are
//! four questions to ask:
//!
//! * [`World::scan`]: which names stand in this text?
//! * [`World::find_person`]: whom does this name, in whatever spelling, mean?
//! * [`World::resolve`]: whom does this phrase mean ("two Chinese warplanes"), and of what sector is it?
//! * [`World::who`]: who held this office on that day, and which source says so?
//!
//! ```
//! use haberdar_model::Language;
//! use haberdar_world::{HitKind, World};
//!
//! let world = World::shipped();
//! let hits = world.scan("Rusya'nın Dışişleri Bakanı Ankara'ya geldi", Language::Tr);
//! assert_eq!(hits[0].country.map(|c| c.to_string()).as_deref(), Some("RUS"));
//! assert_eq!((hits[1].kind, hits[1].entity), (HitKind::Office, "foreign_minister"));
//! ```
//!
//! What the tables do not say stays unknown: nobody is recorded for a day that no source speaks of. This crate knows
//! nothing of sentences and grammar beyond the suffixes of a Turkish name.
#![forbid(unsafe_code)]

mod cameo;
mod check;
mod codes;
mod context;
mod country;
mod entries;
mod error;
mod fold;
mod gazetteer;
mod holding;
mod homes;
mod import;
mod named;
mod names;
mod office;
mod organization;
mod own;
mod person;
mod records;
mod resolve;
mod shared;
mod shipped;
mod sound;
mod suffix;
mod table;
mod trie;
mod who;
mod world;

pub use cameo::Cameo;
pub use check::{Finding, Severity};
pub use codes::{Codes, codes};
pub use country::CountryRow;
pub use error::WorldError;
pub use gazetteer::{HitKind, NameHit, Via};
pub use holding::{At, GRACE_DAYS, Holding};
pub use import::{ImportFault, Imported};
pub use names::PersonMatch;
pub use office::Office;
pub use organization::Organization;
pub use person::Person;
pub use resolve::Resolution;
pub use who::{WhoAnswer, WhoRow};
pub use world::{Entity, EntityKind, World};
