//! Stretches made of others: a time of a day, the n-th weekday, the beginning of a period, from one date to another.

use haberdar_model::DateBasis;
use jiff::{ToSpan, civil::Weekday};

use super::{
    actions::modifier,
    moment::{Clock, Moment, moved},
};

/// A time of a day, a part of it, or from one time to another.
pub(super) fn at(date: &Moment, clock: &Clock) -> Option<Moment> {
    if !matches!(date.unit, 'd') || date.kind != "DATE" {
        return None;
    }
    let instant = |s: i32| {
        let day = date.from?;
        day.checked_add(i64::from(s).seconds()).ok()
    };
    let value = clock.value.split('/').map(|v| format!("{}{v}", date.value)).collect::<Vec<_>>().join("/");
    let mut m = Moment::new("TIME", value, instant(clock.from), instant(clock.to), 't', date.basis);
    m.modifier = clock.modifier;
    match clock.modifier {
        Some("BEFORE" | "ON_OR_BEFORE") => (m.from, m.to) = (None, m.from),
        Some("AFTER" | "ON_OR_AFTER") => (m.from, m.to) = (m.to, None),
        _ => {}
    }
    Some(m)
}

pub(super) fn nth_weekday(n: i32, day: i32, whole: &Moment) -> Option<Moment> {
    let (Some(from), Some(to)) = (whole.from, whole.to) else {
        return Some(Moment::open("DATE", format!("XXXX-WXX-{day}"), 'd'));
    };
    if !matches!(whole.unit, 'm' | 'y') || n == 0 {
        return None;
    }
    let weekday = Weekday::from_monday_one_offset(i8::try_from(day).ok()?).ok()?;
    let (first, last) = (from.date(), to.date().yesterday().ok()?);
    let found = if n > 0 {
        let ahead = i32::from(weekday.since(first.weekday()));
        first.checked_add((ahead + 7 * (n - 1)).days()).ok()?
    } else {
        let back = i32::from(last.weekday().since(weekday));
        last.checked_sub((back + 7 * (-n - 1)).days()).ok()?
    };
    (found >= first && found <= last).then(|| Moment::unit('d', found, whole.basis))?
}

/// START and END of a whole are its halves, MID is what lies around the middle.
pub(super) fn edge(word: &str, whole: &Moment) -> Option<Moment> {
    let word = modifier(word);
    if let ('d', "DATE", "END", Some(to)) = (whole.unit, whole.kind, word, whole.to) {
        let last = to.checked_sub(1.second()).ok();
        return Some(Moment::new("TIME", format!("{}T23:59:59", whole.value), last, last, 't', whole.basis));
    }
    if whole.kind != "DATE" || whole.modifier.is_some() || matches!(whole.unit, 'd' | 'r' | 'v') {
        return None;
    }
    let (Some(from), Some(to)) = (whole.from, whole.to) else { return Some(whole.clone().with(word)) };
    let at = |n: i32, unit: char| moved(from, f64::from(n), unit);
    let length = (to.date() - from.date()).get_days();
    let (half, mid) = match whole.unit {
        'm' => (at(15, 'd'), (at(9, 'd'), at(20, 'd'))),
        'y' => (at(6, 'm'), (at(4, 'm'), at(8, 'm'))),
        'w' => (at(3, 'd'), (at(2, 'd'), at(4, 'd'))),
        _ => (at((length + 1) / 2, 'd'), (at(length / 3, 'd'), at(length * 2 / 3, 'd'))),
    };
    let (from, to) = match word {
        "START" => (Some(from), half),
        "MID" => mid,
        _ => (half, Some(to)),
    };
    Some(Moment { from, to, modifier: Some(word), ..whole.clone() })
}

/// From the first of one to the last of the other.
pub(super) fn range(a: &Moment, b: &Moment) -> Option<Moment> {
    let sound = |m: &Moment| matches!(m.kind, "DATE" | "TIME") && !matches!(m.unit, 'r' | 'v') && !m.value.contains('/');
    if !sound(a) || !sound(b) || matches!(a.modifier, Some("BEFORE" | "AFTER" | "ON_OR_AFTER" | "ON_OR_BEFORE")) {
        return None;
    }
    let (mut a, mut b) = (a.clone(), b.clone());
    // "Nov 18 - Dec 19, 2015": the year is that of both, or the one before.
    if let (true, false, Some(from), Some(last)) = (a.yearless, b.yearless, a.from, b.from) {
        let of = |year: i16| from.date().with().year(year).build().ok();
        let day = of(last.year()).filter(|d| *d <= last.date()).or_else(|| of(last.year().checked_sub(1)?));
        a = Moment::unit(a.unit, day?, a.basis)?;
    }
    // "2023 yılının Ocak-Haziran": the other way round.
    if let (false, true, Some(from), Some(last)) = (a.yearless, b.yearless, a.from, b.from)
        && matches!((a.unit, b.unit), ('m', 'm') | ('d', 'd'))
        && a.basis == DateBasis::Explicit
    {
        let of = |year: i16| last.date().with().year(year).build().ok();
        let day = of(from.year()).filter(|d| *d >= from.date()).or_else(|| of(from.year().checked_add(1)?));
        b = Moment::unit(b.unit, day?, b.basis)?;
    }
    if let (Some(from), Some(behind)) = (a.from, b.to)
        && from >= behind
        && b.yearless
    {
        // A weekday comes round in a week, a day of a month in a year.
        let (start, weekly) = (b.from?, b.basis == DateBasis::Relative);
        let later = |n: i32| if weekly { moved(start, f64::from(n), 'w') } else { moved(start, 1.0, 'y') };
        let next = (1..=3).filter_map(later).find(|d| *d > from)?;
        b = Moment::unit(b.unit, next.date(), b.basis)?;
    }
    let value = format!("{}/{}", a.value, b.value);
    if let (Some(f), Some(t)) = (a.from, b.to)
        && f >= t
    {
        return None;
    }
    let kind = if a.kind == "TIME" || b.kind == "TIME" { "TIME" } else { "DATE" };
    let unit = if kind == "TIME" { 't' } else { 'r' };
    Some(Moment::new(kind, value, a.from, b.to, unit, a.basis))
}
