//! Calendars other than the Gregorian one in which pages write their days.

use icu_calendar::{
    Date as Day,
    cal::{Iso, Japanese},
};
use jiff::civil::Date;

/// How a page counts years, and which months it means by their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Calendar {
    Gregorian,
    /// The solar calendar of Iran and Afghanistan: 1402 began in March 2023.
    Persian,
    /// Gregorian months, years from the Buddha: 2566 is 2023.
    Buddhist,
    /// Gregorian months, years of the Republic of China: 113 is 2024.
    Minguo,
    /// Years of a Japanese emperor, by the name of the era.
    Japanese(&'static str),
    /// Months whose days are no day here: those of Nepal, whose lengths are announced and not computed, and those of Ethiopia, by
    /// whose names Gregorian months are called, too.
    Undated,
}

/// Years in which a page of the web can have been published. What lies beyond is a year of another calendar.
const YEARS: std::ops::RangeInclusive<i16> = 1994..=2050;

/// True for a day on which a page of the web can have been published.
pub(crate) fn plausible(day: &Date) -> bool {
    YEARS.contains(&day.year())
}

impl Calendar {
    /// The calendar that a table names.
    pub(crate) fn named(name: &'static str) -> Option<Self> {
        Some(match name {
            "gregory" => Calendar::Gregorian,
            "persian" => Calendar::Persian,
            "buddhist" => Calendar::Buddhist,
            "roc" => Calendar::Minguo,
            "bikram-sambat" | "ethiopic" => Calendar::Undated,
            _ => Calendar::Japanese(name.strip_prefix("japanese-")?),
        })
    }

    /// The Gregorian day; `None` for a day that does not exist or on which no page of the web can have been published.
    pub(crate) fn civil(self, year: i16, month: i8, day: i8) -> Option<Date> {
        let (y, m, d) = (i32::from(year), u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        let iso = match self {
            Calendar::Gregorian => return Date::new(year, month, day).ok().filter(plausible),
            Calendar::Persian => Day::try_new_persian(y, m, d).ok()?.to_calendar(Iso),
            Calendar::Buddhist => Day::try_new_buddhist(y, m, d).ok()?.to_calendar(Iso),
            Calendar::Minguo => Day::try_new_roc(y, m, d).ok()?.to_calendar(Iso),
            Calendar::Japanese(era) => Day::try_new_japanese_with_calendar(era, y, m, d, Japanese::new()).ok()?.to_calendar(Iso),
            Calendar::Undated => return None,
        };
        let year = i16::try_from(iso.year().extended_year()).ok()?;
        Date::new(year, iso.month().ordinal as i8, iso.day_of_month().0 as i8).ok().filter(plausible)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_other_calendars() {
        let cases = [
            ("persian", (1402, 3, 20), "2023-06-10"),
            ("persian", (1403, 12, 30), "2025-03-20"),
            ("persian", (1402, 12, 30), "-"),
            ("persian", (1444, 1, 1), "-"),
            ("buddhist", (2566, 8, 12), "2023-08-12"),
            ("roc", (113, 5, 3), "2024-05-03"),
            ("japanese-reiwa", (1, 5, 1), "2019-05-01"),
            ("japanese-heisei", (31, 4, 30), "2019-04-30"),
            ("bikram-sambat", (2080, 2, 27), "-"),
            ("gregory", (2080, 2, 27), "-"),
            ("gregory", (2023, 2, 29), "-"),
        ];
        for (name, (y, m, d), want) in cases {
            let day = Calendar::named(name).expect("a calendar").civil(y, m, d);
            assert_eq!(day.map_or("-".to_owned(), |d| d.to_string()), want, "{name} {y}-{m}-{d}");
        }
        assert_eq!(Calendar::named("maya"), None);
    }
}
