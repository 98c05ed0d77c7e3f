//! Times of day: hours and minutes, parts of the day, from one time to another.

use super::{
    actions::{Parts, Sem},
    moment::Clock,
};

/// Seconds.
const DAY: i32 = 86_400;

impl Parts<'_> {
    /// hour, minute, second; then "pm" or the like.
    pub(super) fn clock_at(&self) -> Option<Clock> {
        let number = |i: usize| match self.parts.get(i) {
            None | Some(Sem::Word("-")) => Some(None),
            _ => self.int(i).map(Some),
        };
        let (h, m, s) = (self.int(0)?, number(1)?, number(2)?);
        clock(h, m, s, self.word(3).filter(|w| *w != "-"))
    }

    /// minutes, hour, sign: "sekizi 20 geçe", "quarter to nine".
    pub(super) fn past(&self) -> Option<Clock> {
        let (minutes, hour, sign) = (self.int(0)?, self.clock(1)?, self.int(2)?);
        if !(1..60).contains(&minutes) {
            return None;
        }
        let at = (hour.from + sign * minutes * 60).rem_euclid(DAY);
        let mut c = clock(at / 3600, Some(at % 3600 / 60), None, None)?;
        c.twelve = hour.twelve;
        Some(c)
    }

    /// clock, part of the day: "8 in the evening", "akşam saat 8".
    pub(super) fn in_part(&self) -> Option<Clock> {
        let (c, part) = (self.clock(0)?, self.word(1)?);
        if !c.twelve {
            return Some(c.clone());
        }
        let afternoon = match part.get(..2)? {
            "pm" => true,
            "am" => false,
            "MO" => return Some(if c.from < DAY / 2 { shift_half(c, false) } else { c.clone() }),
            "AF" | "EV" => c.from % (12 * 3600) < 11 * 3600,
            "MI" => (11 * 3600..13 * 3600).contains(&c.from) || c.from < 6 * 3600,
            "NI" => (6 * 3600..12 * 3600).contains(&c.from),
            _ => return None,
        };
        Some(shift_half(c, afternoon))
    }

    /// "from 5 to 7", "between 2:20 and 3pm"
    pub(super) fn clocks(&self) -> Option<Clock> {
        let (a, b) = (self.clock(0)?, self.clock(1)?);
        if a.value.contains('/') || b.value.contains('/') {
            return None;
        }
        let mut a = a.clone();
        if a.twelve && !b.twelve && b.from >= DAY / 2 {
            let late = shift_half(&a, true);
            if late.from <= b.from {
                a = late;
            }
        }
        let mut b = b.clone();
        if b.twelve && b.from < a.from && b.from + DAY / 2 > a.from {
            b = shift_half(&b, true);
        }
        Some(Clock {
            value: format!("{}/{}", a.value, b.value),
            from: a.from,
            to: if b.from < a.from { b.from + DAY } else { b.from },
            twelve: a.twelve && b.twelve,
            modifier: None,
        })
    }
}

pub(super) fn shift_half(c: &Clock, afternoon: bool) -> Clock {
    let turn = |s: i32| match (s, afternoon) {
        (s, true) if s < DAY / 2 => s + DAY / 2,
        (s, false) if (DAY / 2..13 * 3600).contains(&s) => s - DAY / 2,
        (s, _) => s,
    };
    let value = c.value.split('/').map(|v| {
        let hour = v.get(1..3).and_then(|h| h.parse::<i32>().ok()).unwrap_or(0);
        format!("T{:02}{}", turn(hour * 3600) / 3600, v.get(3..).unwrap_or(""))
    });
    Clock { value: value.collect::<Vec<_>>().join("/"), from: turn(c.from), to: turn(c.to), twelve: false, modifier: c.modifier }
}

/// "MO 8 12": the code and the hours of a part of the day.
pub(super) fn part_of_day(value: &str) -> Option<Clock> {
    let mut cells = value.split(' ');
    let code = cells.next()?;
    let hour = |s: &str| s.parse::<i32>().ok().map(|h| h * 3600);
    let (from, to) = (hour(cells.next()?)?, hour(cells.next()?)?);
    let value = format!("T{code}");
    Some(Clock { value, from, to, twelve: false, modifier: None })
}

/// Seconds since midnight as "T14" or "T14:30".
pub(super) fn hour_and_minute(seconds: i32) -> String {
    let (h, m) = (seconds.rem_euclid(DAY) / 3600, seconds % 3600 / 60);
    if m == 0 { format!("T{h:02}") } else { format!("T{h:02}:{m:02}") }
}

pub(super) fn clock(h: i32, m: Option<i32>, s: Option<i32>, part: Option<&str>) -> Option<Clock> {
    let (min, sec) = (m.unwrap_or(0), s.unwrap_or(0));
    if !(0..=24).contains(&h) || !(0..60).contains(&min) || !(0..60).contains(&sec) || h == 24 && (min > 0 || sec > 0) {
        return None;
    }
    let value = match (m, s) {
        (_, Some(_)) => format!("T{h:02}:{min:02}:{sec:02}"),
        (Some(_), None) => format!("T{h:02}:{min:02}"),
        _ => format!("T{h:02}"),
    };
    let from = h * 3600 + min * 60 + sec;
    let c = Clock { value, from, to: from, twelve: (1..=12).contains(&h), modifier: None };
    Some(match part {
        Some("pm") if c.twelve => shift_half(&c, true),
        Some("am") if c.twelve => shift_half(&c, false),
        Some(_) if !c.twelve => c,
        Some(_) => c,
        None => c,
    })
}
