//! Days known to a precision, and intervals of them. Calendar arithmetic is jiff's.

use std::{borrow::Cow, fmt, str::FromStr};

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A year, a month or a day (`2022`, `2022-06`, `2022-06-11`): a date as a source gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl PartialDate {
    /// A whole year.
    pub fn year(year: i16) -> Self {
        PartialDate { year, month: None, day: None }
    }

    /// A day.
    pub fn day(date: Date) -> Self {
        PartialDate { year: date.year(), month: Some(date.month()), day: Some(date.day()) }
    }

    /// The first day that it can mean.
    pub fn first(self) -> Date {
        Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).unwrap_or(Date::MIN)
    }

    /// The last day that it can mean.
    pub fn last(self) -> Date {
        match (self.month, self.day) {
            (Some(_), Some(_)) => self.first(),
            (Some(_), None) => self.first().last_of_month(),
            _ => self.first().last_of_year(),
        }
    }

    /// True where the day is known.
    pub fn is_day(self) -> bool {
        self.day.is_some()
    }
}

impl From<Date> for PartialDate {
    fn from(d: Date) -> Self {
        PartialDate::day(d)
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut s = format!("{:04}", self.year);
        if let Some(m) = self.month {
            s.push_str(&format!("-{m:02}"));
        }
        if let Some(d) = self.day {
            s.push_str(&format!("-{d:02}"));
        }
        f.pad(&s)
    }
}

/// Not a date of the form `2022`, `2022-06` or `2022-06-11`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no date: write YYYY-MM-DD (or YYYY-MM, or YYYY), for example 2024-03-01")]
pub struct BadDate(pub String);

impl FromStr for PartialDate {
    type Err = BadDate;

    /// Reads `YYYY`, `YYYY-MM`, `YYYY-MM-DD`; what follows a `T` (a time of day) is left out.
    fn from_str(s: &str) -> Result<Self, BadDate> {
        let bad = || BadDate(s.to_owned());
        let head = s.trim().split(['T', ' ']).next().unwrap_or_default();
        let mut parts = head.split('-');
        let year = parts.next().filter(|y| y.len() == 4).and_then(|y| y.parse().ok()).ok_or_else(bad)?;
        let mut small = |n| match parts.next() {
            None => Ok(None),
            Some(p) if p.len() == 2 => p.parse::<i8>().ok().filter(|v| (1..=n).contains(v)).map(Some).ok_or_else(bad),
            Some(_) => Err(bad()),
        };
        let (month, day) = (small(12)?, small(31)?);
        if parts.next().is_some() || Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).is_err() {
            return Err(bad());
        }
        Ok(PartialDate { year, month, day })
    }
}

impl JsonSchema for PartialDate {
    fn schema_name() -> Cow<'static, str> {
        "PartialDate".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let about = "A year, a month or a day: 2022, 2022-06, 2022-06-11";
        json_schema!({"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", "description": about})
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

/// An interval of days, open where nothing is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct DateInterval {
    /// The earliest day, both ends included.
    pub from: Option<Date>,
    /// The latest day.
    pub to: Option<Date>,
}

impl DateInterval {
    /// One day.
    pub fn day(d: Date) -> Self {
        DateInterval { from: Some(d), to: Some(d) }
    }

    /// True where the two can mean the same day; an open end reaches for ever.
    pub fn meets(self, other: DateInterval) -> bool {
        let before = |a: Option<Date>, b: Option<Date>| matches!((a, b), (Some(a), Some(b)) if a < b);
        !before(self.to, other.from) && !before(other.to, self.from)
    }

    /// True where neither end is known.
    pub fn is_open(self) -> bool {
        self.from.is_none() && self.to.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precision_is_kept() {
        for s in ["2022", "2022-06", "2022-06-11"] {
            assert_eq!(s.parse::<PartialDate>().map(|d| d.to_string()), Ok(s.to_owned()));
        }
        let june: PartialDate = "2022-06".parse().expect("a month");
        assert_eq!((june.first().to_string(), june.last().to_string()), ("2022-06-01".into(), "2022-06-30".into()));
    }

    #[test]
    fn impossible_dates_are_refused() {
        for s in ["", "2022-13", "2022-02-30", "22-01-01", "2022-6-1", "2022-06-11-01", "yesterday"] {
            assert!(s.parse::<PartialDate>().is_err(), "{s}");
        }
    }

    #[test]
    fn open_intervals_meet_everything() {
        let d = |s: &str| s.parse::<Date>().expect("a day");
        let a = DateInterval { from: Some(d("2022-06-11")), to: None };
        assert!(a.meets(DateInterval::day(d("2023-11-01"))));
        assert!(!a.meets(DateInterval::day(d("2022-06-10"))));
        assert!(DateInterval::default().meets(a));
    }
}
