//! Who held which office, from when to when, and by which source.

use haberdar_model::{Country, DateInterval, PartialDate};
use jiff::civil::Date;

use crate::{
    error::WorldError,
    import::{USER, WIKIDATA},
    own::CUT,
    table::Table,
};

/// A person in an office over a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Holding {
    /// The state or body.
    pub country: Country,
    /// Office id.
    pub office: &'static str,
    /// Person id.
    pub person: &'static str,
    /// First day, as precisely as it is known.
    pub from: Option<PartialDate>,
    /// Last day; `None` where no end is recorded.
    pub to: Option<PartialDate>,
    /// Where no end is recorded: the day up to which the source is known to hold. Nothing is claimed about later days.
    pub known_until: Option<Date>,
    /// `acting` for one who stood in, `rival` for one whom a part of the state or of the world took for the holder beside
    /// the other (Northern Cyprus, Libya's governments); empty for the holder.
    pub tenure: &'static str,
    /// Where the row comes from.
    pub source: &'static str,
    /// How much the source is trusted, 0..1.
    pub trust: f32,
}

/// How a holding relates to a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// Recorded as the holder for the whole of it.
    Holder,
    /// It may be, as far as the precision of the record or of the question goes, or within days of a hand-over.
    Perhaps,
    /// The record does not reach so far.
    Unknown,
    /// Not at that time.
    Not,
}

/// Days around a hand-over in which a report may name either.
pub const GRACE_DAYS: i32 = 10;

fn plus(d: Date, days: i32) -> Date {
    d.saturating_add(jiff::Span::new().days(days))
}

impl Holding {
    /// True for one who claims the office beside the recorded holder.
    pub fn is_rival(&self) -> bool {
        self.tenure == "rival"
    }

    /// First day that the record can mean.
    pub fn first(&self) -> Option<Date> {
        self.from.map(PartialDate::first)
    }

    /// Last day that the record can mean; `None` where it is open.
    pub fn last(&self) -> Option<Date> {
        self.to.map(PartialDate::last)
    }

    /// The days that the record speaks of: an open holding ends with its source's knowledge.
    pub fn span(&self) -> DateInterval {
        DateInterval { from: self.first(), to: self.last().or(self.known_until) }
    }

    /// A day as far as the source knows it: Wikidata gives the first of January where it knows the year alone.
    fn known(&self, date: Option<PartialDate>) -> Option<PartialDate> {
        let new_year = |d: &PartialDate| d.is_day() && d.first().day_of_year() == 1;
        let alone = || {
            let source = self.source.strip_prefix(USER).unwrap_or(self.source);
            source.starts_with(WIKIDATA) && !source.trim_end_matches(CUT).contains(';')
        };
        date.map(|d| if new_year(&d) && alone() { PartialDate::year(d.first().year()) } else { d })
    }

    /// How the holding relates to a time.
    pub fn at(&self, on: DateInterval) -> At {
        let (from, to) = (self.known(self.from), self.known(self.to));
        let wide = DateInterval { from: from.map(|d| plus(d.first(), -GRACE_DAYS)), to: to.map(|d| plus(d.last(), GRACE_DAYS)) };
        if !wide.meets(on) {
            return At::Not;
        }
        if to.is_none()
            && let (Some(k), Some(from)) = (self.known_until, on.from)
            && from > k
        {
            return At::Unknown;
        }
        // Certain: the whole of the question lies within the days that are certain.
        let begun = matches!((from, on.from), (Some(f), Some(q)) if f.last() <= q);
        let ended = match (to, on.to) {
            (Some(t), Some(q)) => q <= t.first(),
            (None, Some(q)) => self.known_until.is_none_or(|k| q <= k),
            (_, None) => false,
        };
        if begun && ended { At::Holder } else { At::Perhaps }
    }

    pub(crate) fn load(name: &'static str, text: &'static str) -> Result<Vec<Holding>, WorldError> {
        const COLUMNS: &[&str; 9] = &["country", "office", "person", "from", "to", "known_until", "tenure", "source", "trust"];
        let table = Table::new(name, text)?;
        let rows = table.rows(COLUMNS)?.map(|row| {
            let row = row?;
            let h = Holding {
                country: row.parse(0)?.ok_or_else(|| row.fault("no country"))?,
                office: row.get(1),
                person: row.get(2),
                from: row.parse(3)?,
                to: row.parse(4)?,
                known_until: row.parse::<PartialDate>(5)?.map(PartialDate::last),
                tenure: row.get(6),
                source: row.get(7),
                trust: row.parse(8)?.unwrap_or(0.5),
            };
            match (h.first(), h.last()) {
                (Some(a), Some(b)) if b < a => Err(row.fault("it ends before it begins")),
                _ => Ok(h),
            }
        });
        rows.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::keep;

    fn held(from: &str, to: Option<&str>, known: Option<&str>) -> Holding {
        Holding {
            country: Country::of("PRK"),
            office: "foreign_minister",
            person: "x",
            from: from.parse().ok(),
            to: to.and_then(|t| t.parse().ok()),
            known_until: known.and_then(|k| k.parse().ok()),
            tenure: "",
            source: "",
            trust: 1.0,
        }
    }

    fn day(s: &str) -> DateInterval {
        DateInterval::day(s.parse().expect("a day"))
    }

    #[test]
    fn both_sides_of_a_hand_over() {
        let ri = held("2020-01-21", Some("2022-06-11"), None);
        let choe = held("2022-06-11", None, Some("2025-06-30"));
        assert_eq!((ri.at(day("2022-06-01")), choe.at(day("2022-06-01"))), (At::Holder, At::Perhaps));
        assert_eq!((ri.at(day("2022-06-15")), choe.at(day("2022-06-15"))), (At::Perhaps, At::Holder));
        assert_eq!((ri.at(day("2023-11-01")), choe.at(day("2023-11-01"))), (At::Not, At::Holder));
        assert_eq!(choe.at(day("2026-11-01")), At::Unknown);
        assert_eq!(ri.at(DateInterval::default()), At::Perhaps);
    }

    #[test]
    fn the_first_of_january_is_a_year_where_wikidata_alone_says_it() {
        let from = |source| Holding { source, ..held("2011-01-01", Some("2016-08-31"), None) };
        let to = |source| Holding { source, ..held("2003-05-07", Some("2011-01-01"), None) };
        let both = |source, on: &str| (to(source).at(day(on)), from(source).at(day(on)));
        for source in ["wikidata 2022", "wikidata 2022 (end: the next holder)", "user: wikidata"] {
            assert_eq!(both(source, "2010-12-01"), (At::Holder, At::Not), "{source}");
            assert_eq!(both(source, "2011-03-01"), (At::Perhaps, At::Perhaps), "{source}");
            assert_eq!(both(source, "2011-12-31"), (At::Perhaps, At::Holder), "{source}");
            assert_eq!(both(source, "2012-03-01"), (At::Not, At::Holder), "{source}");
        }
        for source in ["user", "wikidata 2022; own knowledge", "factbook 2026-01"] {
            assert_eq!(both(source, "2011-03-01"), (At::Not, At::Holder), "{source}");
        }
        // What the user's tables have left of a row says no more than the row did.
        assert_eq!(both(keep(&format!("wikidata 2022{CUT}")), "2011-03-01"), (At::Perhaps, At::Perhaps));
        let other_day = Holding { source: "wikidata 2022", ..held("2011-01-02", None, None) };
        assert_eq!(other_day.at(day("2011-03-01")), At::Holder);
    }

    #[test]
    fn the_precision_counts() {
        let h = held("2020", Some("2021"), None);
        assert_eq!(h.at(day("2020-07-01")), At::Perhaps);
        assert_eq!(h.at(day("2021-01-01")), At::Holder);
        assert_eq!(h.at(day("2019-06-01")), At::Not);
    }
}
