//! Several units of a period, so long from a day or hour on, and what refers back without a place in the calendar.

use haberdar_model::DateBasis;
use jiff::ToSpan;

use super::{
    actions::{Parts, instant},
    clock::hour_and_minute,
    moment::{Clock, Moment, length_value, midnight, moved, moved_by},
    stretches::range,
};

impl Parts<'_> {
    /// 1 or -1, number, unit, whole: "the first three months of the year", "the last two weeks of May".
    pub(super) fn portion(&self) -> Option<Moment> {
        let (side, n, unit, whole) = (self.int(0)?, self.int(1)?, self.unit(2)?, self.moment(3)?);
        if side.abs() != 1 || !(2..=400).contains(&n) || whole.kind != "DATE" || unit == whole.unit {
            return None;
        }
        let (Some(from), Some(to)) = (whole.from, whole.to) else { return Some(Moment::open("DATE", "XXXX-XX-XX", 'v')) };
        let more = f64::from(n - 1);
        let (first, last) = if side > 0 {
            (from, moved(from, more, unit)?)
        } else {
            let last = Moment::unit(unit, to.checked_sub(1.second()).ok()?.date(), whole.basis)?.from?;
            (moved(last, -more, unit)?, last)
        };
        let (a, b) = (Moment::unit(unit, first.date(), whole.basis)?, Moment::unit(unit, last.date(), whole.basis)?);
        let within = matches!(unit, 'w' | 'E') || a.from? >= from && b.to? <= to;
        range(&a, &b).filter(|_| within)
    }

    /// day or hour, length: "a week starting tomorrow", "from 2 pm for two hours".
    pub(super) fn lasting(&self) -> Option<Moment> {
        let (start, length) = (self.moment(0)?, self.length(1)?);
        let fits = matches!(start.unit, 'd' | 't' | 'w' | 'm' | 'y') && !start.value.contains('/');
        let known = start.from.filter(|_| fits && start.modifier.is_none() && length.iter().all(|l| !l.0.is_nan()));
        let Some(from) = known else { return fits.then(|| Moment::open("DURATION", length_value(length), 'p')) };
        let to = moved_by(from, length, 1.0)?;
        if start.unit == 't' || length.iter().any(|l| matches!(l.1, 's' | 'i' | 'h')) {
            let value = format!("{}/{}", instant(from), instant(to));
            return Some(Moment::new("TIME", value, Some(from), Some(to), 't', start.basis));
        }
        let last = to.checked_sub(1.second()).ok()?;
        (last > from).then(|| {
            let value = format!("{}/{}", from.date(), last.date());
            Moment::new("DATE", value, Some(from), Some(to), 'r', start.basis)
        })
    }

    /// clock, length: "from 9 for 2.5 hours".
    pub(super) fn clock_lasting(&self) -> Option<Clock> {
        let (start, length) = (self.clock(0)?, self.length(1)?);
        let seconds = length.iter().try_fold(0.0, |sum, &(n, unit)| match unit {
            'h' => Some(sum + n * 3600.0),
            'i' => Some(sum + n * 60.0),
            _ => None,
        })?;
        if start.value.contains('/') || !(0.0..86_400.0).contains(&seconds) || start.from != start.to {
            return None;
        }
        let to = start.from + seconds as i32;
        let value = format!("{}/{}", start.value, hour_and_minute(to));
        Some(Clock { value, to, modifier: None, ..start.clone() })
    }

    /// A TIMEX3 value with its open places: "that weekend", of which the words alone do not say when it was.
    pub(super) fn unsaid(&self) -> Option<Moment> {
        Some(Moment::open("DATE", self.word(0)?, 'v'))
    }

    /// "the rest of the week": from the anchor to its end; of the day, from the hour of the anchor.
    pub(super) fn rest(&self) -> Option<Moment> {
        let m = self.moment(0)?;
        let within = |at: &jiff::civil::DateTime| m.from.is_some_and(|f| f <= *at) && m.to.is_some_and(|t| *at < t);
        if let (Some(now), 'd') = (self.now().filter(within), m.unit) {
            let end = m.to.and_then(|t| t.checked_sub(1.second()).ok());
            return Some(Moment::new("TIME", m.value.clone(), Some(now), end, 't', DateBasis::Relative));
        }
        let from = self.anchor.map(midnight).filter(within);
        Some(Moment { from: from.or(m.from), unit: 'r', ..m.clone() })
    }
}
