//! The closed vocabularies: PLOVER types with their modes and quad classes, status, polarity, kinds.
//!
//! Source: the PLOVER manual (2024) and the CAMEO codebook, as facts in our own words.

use std::{fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A name that is not in one of the closed vocabularies.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown {vocabulary} {name:?}: use one of {allowed}")]
pub struct UnknownName {
    /// Which vocabulary.
    pub vocabulary: &'static str,
    /// The name that was given.
    pub name: String,
    /// The allowed names.
    pub allowed: String,
}

/// Declares a closed vocabulary: an enum, its names, `Display`, `FromStr`, serde.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident, $what:literal { $($(#[$vmeta:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $text)] $variant,)+ }

        impl $name {
            /// All of them, in their usual order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The name in JSON, files and tables.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.pad(self.as_str()) }
        }

        impl FromStr for $name {
            type Err = UnknownName;
            fn from_str(s: &str) -> Result<Self, UnknownName> {
                Self::ALL.iter().copied().find(|v| v.as_str().eq_ignore_ascii_case(s)).ok_or_else(|| UnknownName {
                    vocabulary: $what,
                    name: s.to_owned(),
                    allowed: Self::ALL.iter().map(|v| v.as_str()).collect::<Vec<_>>().join(", "),
                })
            }
        }
    };
}

vocabulary! {
    /// PLOVER's 16 event types, and the neutral public statement that PLOVER leaves out.
    EventType, "event type" {
        /// Agree or promise to act, in the future.
        Agree = "AGREE",
        /// Meet, call, visit, negotiate.
        Consult = "CONSULT",
        /// Diplomatic cooperation: praise, defend, recognise, sign, apologise.
        Support = "SUPPORT",
        /// Yield in policy: concede, ease restrictions.
        Concede = "CONCEDE",
        /// Material cooperation: economic, military, judicial, intelligence.
        Cooperate = "COOPERATE",
        /// Give aid: economic, military, humanitarian, peacekeepers, asylum.
        Aid = "AID",
        /// Yield materially: release, return, withdraw, disarm, cease fire, resign.
        Retreat = "RETREAT",
        /// Demand or appeal.
        Request = "REQUEST",
        /// Criticise, accuse, sue, investigate.
        Accuse = "ACCUSE",
        /// Refuse.
        Reject = "REJECT",
        /// Threaten or warn of own coercive acts.
        Threaten = "THREATEN",
        /// Demonstrate, strike, riot, boycott.
        Protest = "PROTEST",
        /// Reduce relations: sanctions, expulsion, halted aid or talks.
        Sanction = "SANCTION",
        /// Show or raise military or police force without using it.
        Mobilize = "MOBILIZE",
        /// Coerce without killing: seize, restrict, arrest, deport, hack.
        Coerce = "COERCE",
        /// Use violence.
        Assault = "ASSAULT",
        /// A neutral public statement.
        Statement = "STATEMENT",
    }
}

impl EventType {
    /// Quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; a statement is 1,
    /// as in CAMEO.
    pub const fn quad(self) -> u8 {
        use EventType::*;
        match self {
            Agree | Consult | Support | Concede | Statement => 1,
            Cooperate | Aid | Retreat => 2,
            Request | Accuse | Reject | Threaten => 3,
            Protest | Sanction | Mobilize | Coerce | Assault => 4,
        }
    }

    /// True where both sides do the same to each other, wherever they stand.
    pub const fn is_mutual(self) -> bool {
        matches!(self, EventType::Consult | EventType::Agree | EventType::Cooperate)
    }

    /// The modes that PLOVER defines for the type; empty where it has none.
    pub const fn modes(self) -> &'static [&'static str] {
        use EventType::*;
        match self {
            Consult => &["visit", "third-party", "multilateral", "phone"],
            Retreat => &["withdraw", "release", "return", "disarm", "ceasefire", "access", "resign"],
            Request | Reject => &["assist", "change", "yield", "meet"],
            Accuse => &["disapprove", "investigate", "allege"],
            Threaten => &["restrict", "arrest", "relations", "expel", "territory", "violence"],
            Protest => &["demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"],
            Sanction => &["convict", "expel", "withdraw", "discontinue"],
            Mobilize => &["troops", "weapons", "police", "militia"],
            Coerce => &[
                "seize",
                "restrict",
                "censor",
                "curfew",
                "martial-law",
                "arrest",
                "deport",
                "withhold",
                "misinformation",
                "cyber",
            ],
            Assault => &[
                "abduct",
                "beat",
                "torture",
                "sexual",
                "targeted",
                "destroy",
                "primitive",
                "firearms",
                "explosives",
                "suicide-attack",
                "aerial",
                "drone",
                "heavy-weapons",
                "crowd-control",
                "unconventional",
            ],
            Agree | Support | Concede | Cooperate | Aid | Statement => &[],
        }
    }
}

vocabulary! {
    /// What the text says about the reality of an act.
    Status, "status" {
        /// It took place.
        Happened = "happened",
        /// It is going on.
        Ongoing = "ongoing",
        /// Somebody who can do it says that it will be done.
        Planned = "planned",
        /// Somebody expects it.
        Forecast = "forecast",
        /// If, would, could.
        Hypothetical = "hypothetical",
        /// Said not to have taken place.
        Denied = "denied",
        /// Background from an earlier time.
        Historical = "historical",
        /// Somebody asks for it.
        Demanded = "demanded",
    }
}

vocabulary! {
    /// Whether the clause is negated; apart from [`Status`].
    Polarity, "polarity" {
        /// Not negated.
        Positive = "positive",
        /// Negated.
        Negative = "negative",
    }
}

vocabulary! {
    /// What a mention refers to.
    MentionKind, "mention kind" {
        /// A named person.
        Person = "person",
        /// A state, also through its people, capital or seat of government.
        Country = "country",
        /// A named body.
        Organization = "organization",
        /// The holder of an office, not named.
        Office = "office",
        /// Unnamed persons or forces.
        Group = "group",
        /// A place that does not act.
        Place = "place",
        /// An unnamed source.
        Source = "source",
        /// What an act was done to where that is nobody: "the referendum", "a camp".
        Thing = "thing",
    }
}

vocabulary! {
    /// How a quotation stands in the text.
    QuoteKind, "quote kind" {
        /// Verbatim, within marks.
        Direct = "direct",
        /// Reported speech.
        Indirect = "indirect",
        /// Reported speech that holds words within marks.
        Mixed = "mixed",
    }
}

vocabulary! {
    /// Where an event's date comes from.
    DateBasis, "date basis" {
        /// A calendar date in the text.
        Explicit = "explicit",
        /// An expression relative to the publication ("dün", "last week").
        Relative = "relative",
        /// The day of publication.
        Publication = "publication",
        /// Nothing is known.
        None = "none",
    }
}

vocabulary! {
    /// Where the country of a mention comes from, if neither the text nor the tables say it.
    CountryBasis, "country basis" {
        /// Of the one whose it is, or who gave it its name ("the Obama administration", "Boston Marathon").
        Owner = "owner",
        /// From a word for what one state alone has ("sheriff", "kaymakam").
        Term = "term",
        /// Of the place that it stands with ("police in Paris").
        Place = "place",
        /// Of the state that the article tells of there.
        Article = "article",
        /// Of the publisher.
        Publisher = "publisher",
        /// Of the state that readers of the language take for granted.
        Language = "language",
    }
}

/// PLOVER's sectors of actors.
pub const SECTORS: &[&str] = &[
    "GOV", "MIL", "COP", "JUD", "LEG", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL", "EDU", "ELI", "JRN",
    "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC",
];

/// PLOVER's contexts.
pub const CONTEXTS: &[&str] = &[
    "military",
    "intelligence",
    "executive",
    "legislative",
    "election",
    "political_institutions",
    "pro_democracy",
    "pro_autocracy",
    "economic",
    "legal",
    "reparations",
    "human_rights",
    "rights_freedoms",
    "repression",
    "human_security",
    "gender",
    "lgbt",
    "religion_ethnicity",
    "inequality",
    "diplomatic",
    "territory",
    "peacekeeping",
    "health",
    "asylum",
    "migration",
    "disasters",
    "natural_resource",
    "environment",
    "technology",
    "terrorism",
    "cbrn",
    "cyber",
    "misinformation",
    "crime",
    "corruption",
    "illegal_drugs",
    "trafficking",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip() {
        for &t in EventType::ALL {
            assert_eq!(t.as_str().parse(), Ok(t));
            assert!((1..=4).contains(&t.quad()));
        }
        assert_eq!(EventType::ALL.len(), 17);
        assert_eq!(CONTEXTS.len(), 37);
        assert_eq!("forecast".parse(), Ok(Status::Forecast));
        let e = "perhaps".parse::<Status>().unwrap_err().to_string();
        assert!(e.contains("happened, ongoing"), "{e}");
    }
}
