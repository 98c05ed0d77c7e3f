//! A dossier: one self-contained page on two states, an actor, a story or an office.
//!
//! ```
//! use haberdar_dossier::{Dossier, Subject, page};
//! use haberdar_model::{Country, Language};
//!
//! let dossier = Dossier::about(Subject::Dyad(Country::of("RUS"), Country::of("PRK")));
//! let html = page(&dossier, haberdar_world::World::shipped(), Language::Tr);
//! assert!(html.starts_with("<!doctype html>") && html.contains("Kuzey Kore"));
//! ```
//!
//! The page needs no script, no network and no second file; it is printed as it stands, and follows the reader's light or dark
//! theme. Drawings are inline SVG ([`draw`]), texts come from `data/labels`. Every sentence that is shown names outlet, day and
//! offsets, and leads to its place in the full text at the end of the page.
//!
//! Nothing is asked here: what the page is to show is handed in as a [`Dossier`]. The same dossier gives the same page.
#![forbid(unsafe_code)]

mod cite;
mod draw;
mod page;
mod sections;

use haberdar_model::{
    Country, Language, PartialDate, Span,
    reading::{ArticleHead, TextSpan},
    record::{Conflict, Explained, MergedEvent},
};
use haberdar_reconcile::{Commitment, Month, Network};

pub use page::page;

/// Whom or what a dossier is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Two states or bodies.
    Dyad(Country, Country),
    /// Somebody, by code, entity or name, under a name for people.
    Actor(String),
    /// A story, by its title.
    Story(String),
    /// An office, by its name.
    Office(String),
}

/// What is known.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// Whom or what it is about.
    pub subject: Subject,
    /// Events with their reports, by day.
    pub events: Vec<(MergedEvent, Vec<Explained>)>,
    /// Months with acts; of two states those between them.
    pub months: Vec<Month>,
    /// The signed network, by month.
    pub networks: Vec<Network>,
    /// Quotations by day.
    pub quotes: Vec<Quotation>,
    /// Commitments with their fate.
    pub commitments: Vec<Commitment>,
    /// Conflicts.
    pub conflicts: Vec<Conflict>,
    /// Recorded holders of an office.
    pub holders: Vec<HolderRow>,
    /// The articles that are cited, with their texts.
    pub articles: Vec<(ArticleHead, String)>,
}

impl Dossier {
    /// An empty one.
    pub fn about(subject: Subject) -> Dossier {
        Dossier {
            subject,
            events: Vec::new(),
            months: Vec::new(),
            networks: Vec::new(),
            quotes: Vec::new(),
            commitments: Vec::new(),
            conflicts: Vec::new(),
            holders: Vec::new(),
            articles: Vec::new(),
        }
    }
}

/// A quotation with where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Quotation {
    /// Who speaks; empty where the article does not say.
    pub speaker: Option<String>,
    /// The office of the speaker.
    pub office: Option<String>,
    /// The words.
    pub at: TextSpan,
    /// Language of the article.
    pub language: Option<Language>,
    /// Article id.
    pub article: String,
}

/// A recorded holder of an office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HolderRow {
    /// Name.
    pub name: String,
    /// First day.
    pub from: Option<PartialDate>,
    /// Last day.
    pub to: Option<PartialDate>,
    /// Where the tables have it from.
    pub source: String,
}

/// A place in an article that the page leads to.
type Place = (String, Span);
