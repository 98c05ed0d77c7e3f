//! What readings become together: stories, merged events, the ledger of conflicts, commitments.
//!
//! The JSON forms are part of the public contract; field names do not change.

use std::collections::BTreeSet;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Country, DateBasis, EventType, PartialDate, Polarity, Span, Status,
    reading::{ArticleHead, Event, Mention, TextSpan},
};

/// Articles that tell of the same happenings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
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
    /// What people decided about it, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<Decision>,
}

impl MergedEvent {
    /// A real act and not its denial, which nobody rejected.
    pub fn is_act(&self) -> bool {
        matches!(self.status, Status::Happened | Status::Ongoing) && self.polarity == Polarity::Positive && !self.is_rejected()
    }

    /// Its first day, where any is known.
    pub fn first_day(&self) -> Option<Date> {
        self.date.from.or(self.date.to).map(PartialDate::first)
    }

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

/// What counts of an act between two states: a merged event that happened or goes on, that is not denied and that nobody
/// rejected.
#[derive(Clone, Debug, PartialEq)]
pub struct DyadAct {
    /// The event's id.
    pub event: String,
    /// Its first day.
    pub day: Option<Date>,
    /// Quad class.
    pub quad: u8,
    /// Goldstein value.
    pub goldstein: Option<f32>,
    /// Who stands behind its reports, each by a number of its own ([`crate::outlet::number`]).
    pub sources: Vec<u64>,
}

/// A participant.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct MergedDate {
    /// Earliest day.
    pub from: Option<PartialDate>,
    /// Latest day.
    pub to: Option<PartialDate>,
    /// Where it comes from.
    pub basis: DateBasis,
}

/// One report of a merged event.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
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

/// One report of a merged event, with all that it was coded from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Explained {
    /// The article.
    pub article: ArticleHead,
    /// Code points of its text.
    pub length: usize,
    /// The sentence in full.
    pub sentence: TextSpan,
    /// The event as it was coded in the article, with its trigger, rule and confidence.
    pub event: Event,
    /// Who acts.
    pub actor: Vec<Mention>,
    /// Who is acted upon.
    pub recipient: Vec<Mention>,
    /// In whose words the act stands.
    pub reported_by: Option<Mention>,
    /// Where.
    pub place: Option<Mention>,
}

/// A disagreement between reports, or between a report and the dated record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
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
    /// `open`, `explained`, `resolved`; `rejected` where a person says that it is none.
    pub state: String,
    /// What people decided about it, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<Decision>,
}

/// What a person decided about a row of the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Decision {
    /// What was decided.
    pub action: Action,
    /// The value that holds (`resolve`), or the field and its value (`amend`: `status=planned`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Why.
    pub because: String,
    /// Who.
    pub author: String,
    /// When: RFC 3339 in UTC.
    pub at: String,
}

/// How a person decides about a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// The row is right.
    Accept,
    /// The row is wrong, and counts no more.
    Reject,
    /// A field of an event is wrong, and has another value.
    Amend,
    /// One value of a conflict holds.
    Resolve,
}

impl Action {
    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Action::Accept => "accept",
            Action::Reject => "reject",
            Action::Amend => "amend",
            Action::Resolve => "resolve",
        }
    }
}

/// Of decisions that accept or reject, the last one holds.
fn rejected(decisions: &[Decision]) -> bool {
    let last = decisions.iter().rev().find(|d| matches!(d.action, Action::Accept | Action::Reject));
    last.is_some_and(|d| d.action == Action::Reject)
}

/// A field of an event cannot be amended so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CannotAmend(pub String);

impl std::fmt::Display for CannotAmend {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for CannotAmend {}

impl MergedEvent {
    /// A person says that it is wrong.
    pub fn is_rejected(&self) -> bool {
        rejected(&self.decisions)
    }

    /// The event as a person decided about it.
    pub fn decide(&mut self, decision: Decision) -> Result<(), CannotAmend> {
        if let (Action::Amend, Some(value)) = (decision.action, &decision.value) {
            let (field, value) = value.split_once('=').ok_or_else(|| CannotAmend(format!("{value:?}: write FIELD=VALUE")))?;
            self.amend(field.trim(), value.trim())?;
        }
        self.decisions.push(decision);
        Ok(())
    }

    fn amend(&mut self, field: &str, value: &str) -> Result<(), CannotAmend> {
        let some = || (!value.is_empty()).then(|| value.to_owned());
        let wrong = |e: String| CannotAmend(format!("{field}: {e}"));
        match field {
            "type" => {
                self.kind = value.parse().map_err(|e: crate::vocabulary::UnknownName| wrong(e.to_string()))?;
                self.quad = self.kind.quad();
                // They belong to the type that was wrong.
                (self.cameo, self.goldstein, self.mode) = (None, None, None);
            }
            "mode" => self.mode = some(),
            "status" => self.status = value.parse().map_err(|e: crate::vocabulary::UnknownName| wrong(e.to_string()))?,
            "polarity" => self.polarity = value.parse().map_err(|e: crate::vocabulary::UnknownName| wrong(e.to_string()))?,
            "place" => self.place = some(),
            "date" => {
                let day = |d: &str| match d.trim() {
                    "" => Ok(None),
                    d => d
                        .parse::<PartialDate>()
                        .map(Some)
                        .map_err(|_| wrong(format!("{d:?} is no date: write YYYY-MM-DD, or FROM..TO"))),
                };
                let (from, to) = value.split_once("..").unwrap_or((value, value));
                self.date = MergedDate { from: day(from)?, to: day(to)?, basis: DateBasis::Explicit };
            }
            _ => {
                return Err(CannotAmend(format!(
                    "{field:?} cannot be amended: name type, mode, status, polarity, date or place (for participants reject the row)"
                )));
            }
        }
        Ok(())
    }
}

impl Conflict {
    /// The conflict as a person decided about it.
    pub fn decide(&mut self, decision: Decision) {
        match decision.action {
            Action::Resolve => self.state = "resolved".into(),
            Action::Reject => self.state = "rejected".into(),
            Action::Accept if self.state == "rejected" => self.state = "open".into(),
            Action::Accept | Action::Amend => {}
        }
        self.decisions.push(decision);
    }
}

/// One side of a conflict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct ConflictReport {
    /// Article id.
    pub article: String,
    /// The verbatim words.
    pub span: TextSpan,
}

/// The dated record of one office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OfficeRecord {
    /// Office id and country code, such as `foreign_minister PRK`.
    pub office: String,
    /// Holders that matter here, by date.
    pub holders: Vec<Holder>,
}

/// A holder with dates.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// Stories by id.
    pub stories: Vec<Story>,
    /// Merged events by date, then id.
    pub events: Vec<MergedEvent>,
    /// Conflicts by id.
    pub conflicts: Vec<Conflict>,
}
