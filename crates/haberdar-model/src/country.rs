//! Country codes: ISO 3166-1 alpha-3 and the three-letter codes of bodies that are no state.

use std::{borrow::Cow, fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Three upper-case letters: ISO 3166-1 alpha-3 (`XKX` for Kosovo), or a body: `UNO`, `EUR` (the EU), `NAT` (NATO),
/// `IGO`, `NGO`, `WST` (the West).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Country([u8; 3]);

impl Country {
    /// The code of three ASCII upper-case letters; panics at compile time for anything else.
    pub const fn of(code: &str) -> Self {
        match Self::parse(code.as_bytes()) {
            Some(c) => c,
            None => panic!("a country code is three upper-case letters"),
        }
    }

    const fn parse(b: &[u8]) -> Option<Self> {
        if b.len() == 3 && b[0].is_ascii_uppercase() && b[1].is_ascii_uppercase() && b[2].is_ascii_uppercase() {
            Some(Country([b[0], b[1], b[2]]))
        } else {
            None
        }
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }

    /// True for bodies that are no state.
    pub fn is_body(&self) -> bool {
        matches!(&self.0, b"UNO" | b"EUR" | b"NAT" | b"IGO" | b"NGO" | b"WST")
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl JsonSchema for Country {
    fn schema_name() -> Cow<'static, str> {
        "Country".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let about = "ISO 3166-1 alpha-3, or a body: UNO, EUR, NAT, IGO, NGO, WST";
        json_schema!({"type": "string", "pattern": "^[A-Z]{3}$", "description": about})
    }
}

/// Not three upper-case letters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no country code: use three upper-case letters (ISO 3166-1 alpha-3), such as TUR")]
pub struct BadCountry(pub String);

impl FromStr for Country {
    type Err = BadCountry;

    fn from_str(s: &str) -> Result<Self, BadCountry> {
        Self::parse(s.as_bytes()).ok_or_else(|| BadCountry(s.to_owned()))
    }
}

impl Serialize for Country {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}
