//! One article understood alone: the contract of `haberdar read`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Country, CountryBasis, DateBasis, EventType, Language, MentionKind, PartialDate, Polarity, QuoteKind, Span, Status};

/// A span with its verbatim text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct TextSpan {
    /// Where.
    #[serde(flatten)]
    pub span: Span,
    /// The text at the span.
    pub text: String,
}

/// Everything that was understood of one article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reading {
    /// [`crate::READING_SCHEMA`].
    pub schema: String,
    /// The article's origin and identity.
    pub article: ArticleHead,
    /// Sentence spans in order.
    pub sentences: Vec<Span>,
    /// Mentions in order of their spans.
    pub mentions: Vec<Mention>,
    /// Events in order of their triggers.
    pub events: Vec<Event>,
    /// Quotations in order.
    pub quotes: Vec<Quote>,
    /// Expressions of time in order.
    pub dates: Vec<DateExpression>,
    /// Counts of dead, wounded, troops, sums.
    pub quantities: Vec<Quantity>,
    /// What a reader should look at twice.
    pub flags: Vec<Flag>,
    /// Sentences that gave no event, with the reason.
    pub skipped: Vec<Skipped>,
    /// The text, where it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// The article's identity as a reading shows it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ArticleHead {
    /// Content id.
    pub id: String,
    /// The source's own id.
    pub source_id: String,
    /// Headline.
    pub title: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Outlet.
    pub publisher: Option<String>,
    /// Day of publication.
    pub published: Option<PartialDate>,
    /// Language in which it was read.
    pub language: Option<Language>,
    /// Number of words.
    pub words: usize,
    /// SHA-256 of the text in UTF-8, hexadecimal.
    pub text_sha256: String,
}

/// The words that refer to somebody or something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mention {
    /// `m1`, `m2`, … within the reading.
    pub id: String,
    /// Where, without a case suffix behind an apostrophe.
    #[serde(flatten)]
    pub at: TextSpan,
    /// What it refers to.
    pub kind: MentionKind,
    /// The name in full, as far as the article gives it.
    pub name: String,
    /// Entity in the world tables, or a content id shared by the mentions of one unknown entity in the article.
    pub entity: Option<String>,
    /// The state or body that it belongs to.
    pub country: Option<Country>,
    /// How that was inferred; absent where the text or the tables say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country_basis: Option<CountryBasis>,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// Office that the text gives it.
    pub role: Option<Role>,
    /// Where the name means others too and the article does not tell which: all of them, the likeliest first, which is `country`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Country>,
}

impl Mention {
    /// The country where the text or the tables say it: what is only inferred tells nobody apart and contradicts nothing.
    pub fn stated_country(&self) -> Option<Country> {
        self.country.filter(|_| self.country_basis.is_none())
    }
}

/// An office as the text gives it to a mention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Role {
    /// Office id, such as `foreign_minister`.
    pub office: String,
    /// Whose office.
    pub country: Option<Country>,
    /// The words that say so.
    pub text: String,
    /// `former`, `acting`, `designate`, `deputy`; absent for the holder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenure: Option<String>,
}

/// An act.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// `e1`, `e2`, … within the reading.
    pub id: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// CAMEO code; a string, since the leading zero counts.
    pub cameo: Option<String>,
    /// Quad class.
    pub quad: u8,
    /// Goldstein value of the CAMEO code.
    pub goldstein: Option<f32>,
    /// Mention ids of who acts; all participants of a reciprocal act may stand here.
    pub actor: Vec<String>,
    /// Mention ids of who is acted upon.
    pub recipient: Vec<String>,
    /// The words that name the act.
    pub trigger: TextSpan,
    /// Index into [`Reading::sentences`].
    pub sentence: usize,
    /// Reality.
    pub status: Status,
    /// Negation.
    pub polarity: Polarity,
    /// Mention id of the one in whose words the act stands.
    pub reported_by: Option<String>,
    /// When.
    pub date: EventDate,
    /// Mention id of where.
    pub place: Option<String>,
    /// Probability that the row is right.
    pub confidence: f32,
    /// The rule or model that coded it.
    pub why: String,
}

/// When an act took place, as far as the text says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EventDate {
    /// Earliest day.
    pub start: Option<jiff::civil::Date>,
    /// Latest day.
    pub end: Option<jiff::civil::Date>,
    /// Where it comes from.
    pub basis: DateBasis,
    /// The expression.
    pub span: Option<TextSpan>,
}

/// Words of somebody else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Quote {
    /// `q1`, `q2`, … within the reading.
    pub id: String,
    /// The content.
    #[serde(flatten)]
    pub at: TextSpan,
    /// Direct (its own words, in marks), indirect (told by the article, whatever of it stands in marks), mixed (begins in marks and
    /// goes on outside, more than half of it in marks).
    pub kind: QuoteKind,
    /// The pieces of a quotation that its cue interrupts ("…," she said. "…"); left out where it is whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<TextSpan>,
    /// What of an indirect or mixed quotation stands in marks: its speaker's own words; left out where nothing does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub verbatim: Vec<TextSpan>,
    /// Mention id of the speaker.
    pub speaker: Option<String>,
    /// The words that name the speaker in the attribution, a pronoun too; they may stand without a mention ("the poll").
    pub speaker_text: Option<String>,
    /// The words of saying.
    pub cue: Option<TextSpan>,
    /// Mention id of whom it is said to.
    pub addressee: Option<String>,
    /// Events that it makes: in its words, or by its cue ("urged", "promised").
    pub events: Vec<String>,
}

/// An expression of time (TIMEX3).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DateExpression {
    /// Where.
    #[serde(flatten)]
    pub at: TextSpan,
    /// DATE, TIME, DURATION or SET.
    #[serde(rename = "type")]
    pub kind: String,
    /// TIMEX3 value.
    pub value: String,
    /// TIMEX3 modifier (BEFORE, AFTER, START, MID, END, APPROX, …), where the words say one.
    #[serde(rename = "mod", default, skip_serializing_if = "Option::is_none")]
    pub modifier: Option<String>,
    /// Earliest day or time.
    pub from: Option<String>,
    /// Latest day or time.
    pub to: Option<String>,
}

/// A number that matters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Quantity {
    /// Where.
    #[serde(flatten)]
    pub at: TextSpan,
    /// The number; of a range ("20 to 30") the lower one.
    pub value: f64,
    /// The upper end of a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<f64>,
    /// `exactly`, `at_least`, `at_most`, `about`, `between`.
    pub modifier: String,
    /// `dead`, `wounded`, `detained`, `troops`, a currency code, …
    pub unit: String,
    /// Event id.
    pub event: Option<String>,
}

/// Something to look at twice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Flag {
    /// `office_holder`.
    pub kind: String,
    /// Mention id.
    pub mention: String,
    /// The office in question.
    pub office: OfficeRef,
    /// Entity that the text puts into the office, where it is known.
    pub claimed: Option<String>,
    /// Day of reference; absent where the report has none.
    pub on: Option<PartialDate>,
    /// What the tables hold.
    pub record: Option<HolderRecord>,
    /// In words.
    pub message: String,
}

/// An office of a state or body.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct OfficeRef {
    /// Office id.
    pub office: String,
    /// Whose.
    pub country: Country,
}

/// A dated holding of an office, as the tables have it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct HolderRecord {
    /// Entity id.
    pub holder: String,
    /// Name.
    #[serde(default)]
    pub name: String,
    /// First day.
    pub from: Option<PartialDate>,
    /// Last day; open where it goes on or is not known.
    pub to: Option<PartialDate>,
    /// Where the tables have it from.
    pub source: String,
    /// The version of the tables, so that the verdict can be given again.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tables: String,
}

/// A sentence without an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Skipped {
    /// Index into [`Reading::sentences`].
    pub sentence: usize,
    /// `no_predicate`, `no_frame`, `no_actor`, `told_before`.
    pub reason: String,
}
