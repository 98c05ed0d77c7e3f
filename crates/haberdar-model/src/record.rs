//! What readings become together: stories, merged events, the ledger of conflicts, commitments.
//!
//! The JSON forms are part of the public contract; field names do not change.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{Country, DateBasis, EventType, PartialDate, Polarity, Span, Status, reading::TextSpan};

/// Articles that tell of the same happenings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// Content id over its articles.
    pub id: String,
    /// Title of the earliest article, else its first sentence.
    pub title: String,
    /// Its articles, by publication, then id.
    pub articles: Vec<StoryArticle>,
    /// Ids of its merged events.
    pub events: Vec<String>,
    /// Earliest day of its events or articles.
    pub from: Option<PartialDate>,
    /// Latest.
    pub to: Option<PartialDate>,
}

/// An article within a story.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct StoryArticle {
    /// Article id.
    pub id: String,
    /// The source's own id.
    pub source_id: String,
    /// Outlet.
    pub publisher: Option<String>,
    /// Day of publication.
    pub published: Option<PartialDate>,
    /// Id of the article that this one copies, where it is a copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy_of: Option<String>,
    /// Id of the article of which this one is a later version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version_of: Option<String>,
}

/// An act with every report of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MergedEvent {
    /// Content id over its reports.
    pub id: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// Quad class.
    pub quad: u8,
    /// Goldstein value.
    pub goldstein: Option<f32>,
    /// Who acts.
    pub actor: Vec<Party>,
    /// Who is acted upon.
    pub recipient: Vec<Party>,
    /// Reality, by the strongest report.
    pub status: Status,
    /// Negation.
    pub polarity: Polarity,
    /// When.
    pub date: MergedDate,
    /// Where.
    pub place: Option<String>,
    /// Every report.
    pub reports: Vec<Report>,
    /// Reports that are no copies of one another.
    pub independent_sources: usize,
    /// Ids of conflicts about it.
    pub conflicts: Vec<String>,
    /// Probability that the row is right.
    pub confidence: f32,
}

impl MergedEvent {
    /// The pairs of states and bodies between which the act takes place, each in order of its codes: one of them on each side;
    /// in mutual acts ([`EventType::is_mutual`]) everybody acts with everybody.
    pub fn pairs(&self) -> BTreeSet<(Country, Country)> {
        let codes = |l: &[Party]| l.iter().filter_map(|p| p.country).collect::<BTreeSet<Country>>();
        let (mut left, mut right) = (codes(&self.actor), codes(&self.recipient));
        if self.kind.is_mutual() {
            left.append(&mut right);
            right.clone_from(&left);
        }
        left.iter().flat_map(|&a| right.iter().filter(move |&&b| a != b).map(move |&b| (a.min(b), a.max(b)))).collect()
    }
}

/// A participant.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Party {
    /// Name.
    pub name: String,
    /// Entity id.
    pub entity: Option<String>,
    /// State or body.
    pub country: Option<Country>,
    /// Office id.
    pub office: Option<String>,
}

/// The day of a merged event.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MergedDate {
    /// Earliest day.
    pub from: Option<PartialDate>,
    /// Latest day.
    pub to: Option<PartialDate>,
    /// Where it comes from.
    pub basis: DateBasis,
}

/// One report of a merged event.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Report {
    /// Article id.
    pub article: String,
    /// Event id within the article's reading.
    #[serde(default)]
    pub event: String,
    /// Outlet.
    pub publisher: Option<String>,
    /// Day of publication.
    pub published: Option<PartialDate>,
    /// Index of the sentence.
    pub sentence: usize,
    /// The trigger's span.
    pub span: Span,
    /// Name of the one in whose words the act stands.
    pub reported_by: Option<String>,
}

/// A disagreement between reports, or between a report and the dated record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    /// Content id.
    pub id: String,
    /// `participant`, `office_holder`, `date`, `place`, `number`, `polarity`.
    pub slot: String,
    /// `contradiction`, `update`, `precision`, `attribution`.
    pub relation: String,
    /// Merged event id.
    pub event: Option<String>,
    /// Story id.
    pub story: Option<String>,
    /// The values that are held.
    pub values: Vec<ConflictValue>,
    /// What the tables of office-holders say.
    pub record: Option<OfficeRecord>,
    /// In words; only where the dated record speaks.
    pub verdict: Option<String>,
    /// `open`, `explained`, `resolved`.
    pub state: String,
}

/// One side of a conflict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConflictValue {
    /// The value in words.
    pub value: String,
    /// Entity id, for persons.
    pub entity: Option<String>,
    /// Who holds it.
    pub reports: Vec<ConflictReport>,
    /// How many of them are no copies.
    pub independent_sources: usize,
}

/// The place where a value stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ConflictReport {
    /// Article id.
    pub article: String,
    /// The verbatim words.
    pub span: TextSpan,
}

/// The dated record of one office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeRecord {
    /// Office id and country code, such as `foreign_minister PRK`.
    pub office: String,
    /// Holders that matter here, by date.
    pub holders: Vec<Holder>,
}

/// A holder with dates.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Holder {
    /// Name.
    pub name: String,
    /// First day.
    pub from: Option<PartialDate>,
    /// Last day.
    pub to: Option<PartialDate>,
    /// Where the tables have it from.
    pub source: String,
}

/// The whole record, as reconciling makes it from readings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Stories by id.
    pub stories: Vec<Story>,
    /// Merged events by date, then id.
    pub events: Vec<MergedEvent>,
    /// Conflicts by id.
    pub conflicts: Vec<Conflict>,
}
