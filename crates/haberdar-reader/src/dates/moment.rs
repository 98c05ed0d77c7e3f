//! What an expression means: a stretch of the calendar, a time of day, a length. Arithmetic is jiff's and never unchecked.

use haberdar_model::DateBasis;
use jiff::{
    Span, ToSpan,
    civil::{Date, DateTime, ISOWeekDate, Weekday, time},
};
use smallvec::SmallVec;

/// A stretch of the calendar with its TIMEX3 form.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Moment {
    /// DATE, TIME, DURATION or SET.
    pub(super) kind: &'static str,
    /// TIMEX3 value.
    pub(super) value: String,
    /// The first instant, and the first one behind it; open where unknown.
    pub(super) from: Option<DateTime>,
    pub(super) to: Option<DateTime>,
    /// What it is one of: a unit's letter, or `t` (time of day), `r` (range), `v` (vague).
    pub(super) unit: char,
    pub(super) basis: DateBasis,
    /// TIMEX3 `mod`: BEFORE, AFTER, START, MID, END, APPROX, ….
    pub(super) modifier: Option<&'static str>,
    /// The year was chosen, not said: a range may move it.
    pub(super) yearless: bool,
}

/// A time of day, from and to in seconds since midnight.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Clock {
    /// "T14:30", "TMO", or two with a slash.
    pub(super) value: String,
    pub(super) from: i32,
    pub(super) to: i32,
    /// The hour may be one of the afternoon.
    pub(super) twelve: bool,
    pub(super) modifier: Option<&'static str>,
}

/// Numbers of units; NaN where the number is left open ("several days").
pub(super) type Length = SmallVec<[(f64, char); 2]>;

pub(super) fn midnight(d: Date) -> DateTime {
    d.to_datetime(time(0, 0, 0, 0))
}

pub(super) fn monday(of: Date) -> Option<Date> {
    of.checked_sub(i32::from(of.weekday().to_monday_zero_offset()).days()).ok()
}

/// `n` units further.
pub(super) fn moved(at: DateTime, n: f64, unit: char) -> Option<DateTime> {
    if !n.is_finite() || n.abs() > 1e9 {
        return None;
    }
    let whole = n.trunc() as i64;
    let span = match unit {
        's' => Span::new().try_seconds(whole),
        'i' => Span::new().try_seconds((n * 60.0) as i64),
        'h' => Span::new().try_seconds((n * 3600.0) as i64),
        'd' => Span::new().try_days(whole),
        'w' => Span::new().try_days((n * 7.0) as i64),
        'F' => Span::new().try_weeks(whole * 2),
        'E' => Span::new().try_weeks(whole),
        'm' => Span::new().try_months(whole),
        'Q' => Span::new().try_months(whole * 3),
        'H' => Span::new().try_months(whole * 6),
        'y' => Span::new().try_months((n * 12.0) as i64),
        'D' => Span::new().try_years(whole * 10),
        'C' => Span::new().try_years(whole * 100),
        'b' => return working_days(at, whole),
        _ => return None,
    };
    at.checked_add(span.ok()?).ok()
}

fn working_days(mut at: DateTime, n: i64) -> Option<DateTime> {
    let mut left = n.abs().min(10_000);
    while left > 0 {
        at = at.checked_add((n.signum()).days()).ok()?;
        left -= i64::from(!matches!(at.weekday(), Weekday::Saturday | Weekday::Sunday));
    }
    Some(at)
}

/// All units of a length further, or back.
pub(super) fn moved_by(at: DateTime, length: &Length, sign: f64) -> Option<DateTime> {
    length.iter().try_fold(at, |at, &(n, unit)| moved(at, n * sign, unit))
}

/// "P3W", "P1DT5H", "PXY".
pub(super) fn length_value(length: &Length) -> String {
    let (mut days, mut hours) = (String::from("P"), String::new());
    for &(n, unit) in length {
        let (n, letter) = match unit {
            'F' => (n * 2.0, "W"),
            'Q' => (n * 3.0, "M"),
            'H' => (n * 6.0, "M"),
            'E' => (n, "WE"),
            'D' => (n * 10.0, "Y"),
            'C' => (n * 100.0, "Y"),
            'b' => (n, "BD"),
            's' => (n, "S"),
            'i' => (n, "M"),
            'h' => (n, "H"),
            'd' => (n, "D"),
            'w' => (n, "W"),
            'm' => (n, "M"),
            _ => (n, "Y"),
        };
        let letter = match unit {
            'D' if n.is_nan() => "DE",
            'C' if n.is_nan() => "CE",
            _ => letter,
        };
        let part = if matches!(unit, 's' | 'i' | 'h') { &mut hours } else { &mut days };
        if n.is_nan() {
            part.push('X');
        } else {
            part.push_str(&n.to_string());
        }
        part.push_str(letter);
    }
    if !hours.is_empty() {
        days.push('T');
        days.push_str(&hours);
    }
    days
}

impl Moment {
    /// One unit of the calendar that holds a day: its week, month, year, ….
    pub(super) fn unit(unit: char, day: Date, basis: DateBasis) -> Option<Moment> {
        let (year, month) = (day.year(), day.month());
        let iso = day.iso_week_date();
        let first = |y: i16, m: i8| Date::new(y, m, 1).ok();
        let (value, from) = match unit {
            'd' | 'b' => (day.to_string(), day),
            'w' => (format!("{:04}-W{:02}", iso.year(), iso.week()), monday(day)?),
            'E' => (format!("{:04}-W{:02}-WE", iso.year(), iso.week()), monday(day)?.checked_add(5.days()).ok()?),
            'F' => (format!("{:04}-W{:02}", iso.year(), iso.week()), monday(day)?),
            'm' => (format!("{year:04}-{month:02}"), first(year, month)?),
            'Q' => {
                let q = (month - 1) / 3;
                (format!("{year:04}-Q{}", q + 1), first(year, 3 * q + 1)?)
            }
            'H' => {
                let h = (month - 1) / 6;
                (format!("{year:04}-H{}", h + 1), first(year, 6 * h + 1)?)
            }
            'y' => (format!("{year:04}"), first(year, 1)?),
            'D' => (format!("{:03}", year / 10), first(year / 10 * 10, 1)?),
            'C' => (format!("{:02}", year / 100), first(year / 100 * 100, 1)?),
            _ => return None,
        };
        let from = midnight(from);
        let to = match unit {
            'E' => moved(from, 2.0, 'd'),
            'b' => moved(from, 1.0, 'd'),
            _ => moved(from, 1.0, unit),
        }?;
        Some(Moment::new("DATE", value, Some(from), Some(to), unit, basis))
    }

    pub(super) fn new(
        kind: &'static str,
        value: String,
        from: Option<DateTime>,
        to: Option<DateTime>,
        unit: char,
        basis: DateBasis,
    ) -> Moment {
        Moment { kind, value, from, to, unit, basis, modifier: None, yearless: false }
    }

    /// Without a place in the calendar.
    pub(super) fn open(kind: &'static str, value: impl Into<String>, unit: char) -> Moment {
        Moment::new(kind, value.into(), None, None, unit, DateBasis::Relative)
    }

    /// A week of a year by its ISO number.
    pub(super) fn week(year: i16, week: i8) -> Option<Moment> {
        let day = ISOWeekDate::new(year, week, Weekday::Monday).ok()?.date();
        Moment::unit('w', day, DateBasis::Explicit)
    }

    /// The last day, included.
    pub(super) fn last_day(&self) -> Option<Date> {
        let to = self.to?;
        if self.from == self.to { Some(to.date()) } else { Some(to.checked_sub(1.second()).ok()?.date()) }
    }

    pub(super) fn with(mut self, modifier: &'static str) -> Moment {
        self.modifier = Some(modifier);
        self
    }
}
