//! The day of a feast in a year.

use haberdar_model::DateBasis;
use jiff::{
    ToSpan,
    civil::{Date, DateTime},
};

use super::{moment::Moment, stretches::nth_weekday};

/// The day of a feast in a year.
pub(super) fn feast_day(rule: &str, year: i16) -> Option<Date> {
    if let Some(shift) = rule.strip_prefix("easter") {
        let days: i32 = shift.trim_start_matches('+').parse().unwrap_or(0);
        return easter(year)?.checked_add(days.days()).ok();
    }
    if let Some(day) = rule.strip_prefix("hijri+") {
        let (month, day) = day.split_once('-')?;
        return hijri(month.parse().ok()?, day.parse().ok()?, year);
    }
    let cells: Vec<&str> = rule.split('-').collect();
    let month: i8 = cells.first()?.parse().ok()?;
    if let ["WXX", day, n] = cells[1..] {
        let whole = Moment::unit('m', Date::new(year, month, 1).ok()?, DateBasis::Explicit)?;
        let n = if n == "L" { -1 } else { n.parse().ok()? };
        return nth_weekday(n, day.parse().ok()?, &whole)?.from.map(DateTime::date);
    }
    Date::new(year, month, cells.get(1)?.parse().ok()?).ok()
}

/// Easter Sunday of the Gregorian calendar.
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15) % 30;
    let m = (a + 11 * h) / 319;
    let r = (2 * (b % 4) + 2 * (c / 4) - c % 4 - h + m + 32) % 7;
    let month = (h - m + r + 90) / 25;
    let day = (h - m + r + month + 19) % 32;
    Date::new(year, month as i8, day as i8).ok()
}

/// The day of the Islamic calendar that falls into the year, by its arithmetic form: the calendars of states differ from it by a
/// day now and then.
fn hijri(month: i32, day: i32, year: i16) -> Option<Date> {
    let about = (i32::from(year) - 622) * 33 / 32;
    (about - 1..=about + 2).find_map(|h| {
        let days = day - 1 + (59 * (month - 1) + 1) / 2 + (h - 1) * 354 + (3 + 11 * h) / 30;
        // 16 July 622 of the Julian calendar.
        let found = Date::new(622, 7, 19).ok()?.checked_add(days.days()).ok()?;
        (found.year() == year).then_some(found)
    })
}
