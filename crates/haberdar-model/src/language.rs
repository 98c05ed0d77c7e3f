//! The languages that Haberdar reads.

use std::{fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A language with its own data under `data/lang/` and its own model under `models/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Turkish
    Tr,
    /// English
    En,
}

impl Language {
    /// Every language, in the order in which they are tried and listed.
    pub const ALL: [Language; 2] = [Language::Tr, Language::En];

    /// The ISO 639-1 code.
    pub const fn code(self) -> &'static str {
        match self {
            Language::Tr => "tr",
            Language::En => "en",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The tag names no language that Haberdar reads.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown language {0:?}: use tr or en, or leave it out to have the language detected")]
pub struct UnknownLanguage(pub String);

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// Accepts a BCP 47 tag whose primary subtag is known (`tr`, `tr-TR`, `EN_us`).
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let primary = s.split(['-', '_']).next().unwrap_or_default();
        Language::ALL.into_iter().find(|l| l.code().eq_ignore_ascii_case(primary)).ok_or_else(|| UnknownLanguage(s.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn primary_subtags_are_read() {
        assert_eq!("tr-TR".parse(), Ok(Language::Tr));
        assert_eq!("EN".parse(), Ok(Language::En));
        assert!("xx".parse::<Language>().is_err());
    }
}
