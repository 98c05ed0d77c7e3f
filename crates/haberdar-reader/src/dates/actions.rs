//! What rules do with their parts. A rule names one of these actions; the words and their order are data.

use haberdar_model::{DateBasis, Language};
use jiff::{
    ToSpan,
    civil::{Date, DateTime, Time, Weekday},
};

use super::moment::{Clock, Length, Moment, length_value, midnight, monday, moved, moved_by};

/// The meaning of a part of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Sem {
    /// A word with the value that the table gives it.
    Word(&'static str),
    Num(f64),
    Moment(Box<Moment>),
    Clock(Box<Clock>),
    Length(Length),
}

macro_rules! actions {
    ($($variant:ident = $name:literal,)+) => {
        /// The actions that a rule can name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Action { $($variant),+ }

        impl Action {
            pub(super) fn named(name: &str) -> Option<Action> {
                match name { $($name => Some(Action::$variant),)+ _ => None }
            }
        }
    };
}

actions! {
    Same = "same",
    Ymd = "ymd",
    Md = "md",
    InDow = "indow",
    Dow = "dow",
    Period = "period",
    DowIn = "dowin",
    Near = "near",
    Ago = "ago",
    DowsAgo = "dowsago",
    Stretch = "stretch",
    Nth = "nth",
    NthDow = "nthdow",
    Edge = "edge",
    Range = "range",
    DayRange = "dayrange",
    Open = "open",
    Dom = "dom",
    Season = "season",
    Week = "week",
    Feast = "feast",
    Decade = "decade",
    Century = "century",
    ClockAt = "clock",
    Past = "past",
    PartOf = "part",
    InPart = "inpart",
    At = "at",
    Len = "len",
    Add = "add",
    Lengthen = "duration",
    Set = "set",
    SetDow = "setdow",
    SetAt = "setat",
    Mod = "mod",
    Rel = "rel",
    Span = "span",
    Rest = "rest",
    Plus = "plus",
    Alone = "alone",
    Within = "within",
    NearMonth = "nearmonth",
    WeekOf = "weekof",
    RangeTo = "rangeto",
    Military = "military",
    None = "none",
}

/// Parts of a rule as the action sees them, in the order in which the rule names them.
pub(super) struct Parts<'a> {
    pub(super) parts: &'a [Sem],
    /// Day of publication.
    pub(super) anchor: Option<Date>,
    /// Its time.
    pub(super) time: Option<Time>,
}

const DAY: i32 = 86_400;

impl Parts<'_> {
    fn word(&self, i: usize) -> Option<&'static str> {
        match self.parts.get(i)? {
            Sem::Word(w) => Some(w),
            _ => None,
        }
    }

    fn num(&self, i: usize) -> Option<f64> {
        match self.parts.get(i)? {
            Sem::Num(n) => Some(*n),
            Sem::Word(w) => w.parse().ok(),
            _ => None,
        }
    }

    fn int(&self, i: usize) -> Option<i32> {
        self.num(i).filter(|n| n.fract() == 0.0 && n.abs() < 1e9).map(|n| n as i32)
    }

    fn unit(&self, i: usize) -> Option<char> {
        self.word(i)?.chars().next()
    }

    fn moment(&self, i: usize) -> Option<&Moment> {
        match self.parts.get(i)? {
            Sem::Moment(m) => Some(m),
            _ => None,
        }
    }

    fn clock(&self, i: usize) -> Option<&Clock> {
        match self.parts.get(i)? {
            Sem::Clock(c) => Some(c),
            _ => None,
        }
    }

    fn length(&self, i: usize) -> Option<&Length> {
        match self.parts.get(i)? {
            Sem::Length(l) => Some(l),
            _ => None,
        }
    }

    /// Does it; `None` where the parts make no sense together ("32 May").
    pub(super) fn run(&self, action: Action) -> Option<Sem> {
        let moment = |m: Moment| Some(Sem::Moment(Box::new(m)));
        match action {
            Action::Same => self.parts.first().cloned(),
            Action::Ymd => moment(self.ymd()?),
            Action::Md => {
                let n = self.int(0)?;
                moment(self.without_year(i8::try_from(n / 100).ok()?, Some(i8::try_from(n % 100).ok()))?)
            }
            Action::InDow => moment(self.day_in_week(&self.period(self.int(0)?, 'w')?, self.int(1)?)?),
            Action::Dow => moment(self.weekday(self.int(0)?, None)?),
            Action::Near => moment(self.weekday(self.int(1)?, Some(self.int(0)?))?),
            Action::Period => moment(self.period(self.int(0)?, self.unit(1)?)?),
            Action::DowIn => moment(self.day_in_week(self.moment(0)?, self.int(1)?)?),
            Action::Ago => moment(self.ago()?),
            Action::DowsAgo => moment(self.weekdays_ago()?),
            Action::Stretch => moment(self.stretch()?),
            Action::Nth => moment(self.nth()?),
            Action::NthDow => moment(nth_weekday(self.int(0)?, self.int(1)?, self.moment(2)?)?),
            Action::Edge => moment(edge(self.word(0)?, self.moment(1)?)?),
            Action::Range => moment(range(self.moment(0)?, self.moment(1)?)?),
            Action::DayRange => moment(self.day_range()?),
            Action::Open => self.open(),
            Action::Dom => moment(self.day_of_month()?),
            Action::Season => moment(self.season()?),
            Action::Week => {
                let year = self.moment(1).and_then(|m| m.from).map(|f| f.year()).or(self.anchor.map(Date::year));
                let week = self.int(0).and_then(|w| i8::try_from(w).ok())?;
                match year {
                    Some(y) => moment(Moment::week(y, week)?),
                    None => moment(Moment::open("DATE", format!("XXXX-W{week:02}"), 'w')),
                }
            }
            Action::Feast => moment(self.feast()?),
            Action::Decade => moment(self.decade()?),
            Action::Century => {
                let n = self.int(0).filter(|n| (2..=30).contains(n))?;
                moment(Moment::unit('C', Date::new((n as i16 - 1) * 100, 1, 1).ok()?, DateBasis::Explicit)?)
            }
            Action::ClockAt => self.clock_at().map(|c| Sem::Clock(Box::new(c))),
            Action::Past => self.past().map(|c| Sem::Clock(Box::new(c))),
            Action::PartOf => part_of_day(self.word(0)?).map(|c| Sem::Clock(Box::new(c))),
            Action::InPart => self.in_part().map(|c| Sem::Clock(Box::new(c))),
            Action::At => {
                let today = if self.word(0) == Some("today") { self.period(0, 'd') } else { None };
                moment(at(today.as_ref().or(self.moment(0))?, self.clock(1)?)?)
            }
            Action::Len => {
                let n = match self.parts.first()? {
                    Sem::Word("x") => f64::NAN,
                    _ => self.num(0)?,
                };
                let more = self.num(2).unwrap_or(0.0);
                let unit = self.unit(1)?;
                // "2024 yılı" is no length.
                let year = n >= 1000.0 && unit == 'y';
                (!year).then(|| Sem::Length(Length::from_slice(&[(n + more, unit)])))
            }
            Action::Add => {
                let mut l = self.length(0)?.clone();
                l.extend(self.length(1)?.iter().copied());
                Some(Sem::Length(l))
            }
            Action::Lengthen => moment(Moment::open("DURATION", length_value(self.length(0)?), 'p')),
            Action::Set => moment(Moment::open("SET", length_value(self.length(0)?), 'p')),
            Action::SetDow => moment(Moment::open("SET", format!("XXXX-WXX-{}", self.word(0)?), 'p')),
            Action::SetAt => {
                let set = self.moment(0)?;
                let value = match set.value.split_once('T') {
                    _ if set.value == "P1D" => String::new(),
                    // "every evening at 7": the hour says more than the part of the day.
                    Some((day, _)) if !day.starts_with('P') => day.to_owned(),
                    _ => set.value.clone(),
                };
                moment(Moment::open("SET", value + &self.clock(1)?.value, 'p'))
            }
            Action::Mod => self.modified(),
            Action::Rel => moment(self.relative(self.word(0)?)?),
            Action::Span => self.clocks().map(|c| Sem::Clock(Box::new(c))),
            Action::Rest => moment(self.rest()?),
            Action::Within => moment(self.within()?),
            Action::NearMonth => moment(self.near_month(self.int(0)?, self.int(1)?)?),
            Action::WeekOf => moment(Moment::unit('w', self.moment(0)?.from?.date(), self.moment(0)?.basis)?),
            Action::RangeTo => moment(self.range_to()?),
            Action::Military => {
                let n = self.int(0)?;
                clock(n / 100, Some(n % 100), None, None).map(|c| Sem::Clock(Box::new(c)))
            }
            Action::None => moment(Moment::open("NONE", "", 'v')),
            Action::Plus => Some(Sem::Num(self.num(0)? + self.num(1)?)),
            Action::Alone => {
                let m = match self.clock(0)? {
                    c => Moment { modifier: c.modifier, ..Moment::open("TIME", c.value.clone(), 't') },
                };
                moment(m)
            }
        }
    }

    fn year_of(&self, i: usize) -> Option<i16> {
        match self.parts.get(i)? {
            Sem::Moment(m) => m.from.map(|f| f.year()),
            _ => {
                let n = self.int(i)?;
                let full = match n {
                    0..=49 => 2000 + n,
                    50..=99 => 1900 + n,
                    _ => n,
                };
                i16::try_from(full).ok()
            }
        }
    }

    /// year, month, day; "-" where one is not said.
    fn ymd(&self) -> Option<Moment> {
        let (y, m, d) = (self.year_of(0), self.int(1), self.int(2));
        let small = |n: i32| i8::try_from(n).ok();
        match (y, m, d) {
            (Some(y), None, _) => Moment::unit('y', Date::new(y, 1, 1).ok()?, DateBasis::Explicit),
            (Some(y), Some(m), None) => Moment::unit('m', Date::new(y, small(m)?, 1).ok()?, DateBasis::Explicit),
            (Some(y), Some(m), Some(d)) => Moment::unit('d', Date::new(y, small(m)?, small(d)?).ok()?, DateBasis::Explicit),
            (None, Some(m), d) => self.without_year(small(m)?, d.map(small)),
            _ => None,
        }
    }

    /// A date without its year is the nearest to the publication.
    fn without_year(&self, m: i8, d: Option<Option<i8>>) -> Option<Moment> {
        let d = match d {
            Some(d) => Some(d?),
            None => None,
        };
        let unit = if d.is_some() { 'd' } else { 'm' };
        let Some(anchor) = self.anchor else {
            Date::new(2024, m, d.unwrap_or(1)).ok()?;
            let value = d.map_or_else(|| format!("XXXX-{m:02}"), |d| format!("XXXX-{m:02}-{d:02}"));
            return Some(Moment { basis: DateBasis::Explicit, ..Moment::open("DATE", value, unit) });
        };
        let years = [0, -1, 1, -2, 2, -3, 3, -4, 4].map(|n| anchor.year() + n);
        let near = years.into_iter().filter_map(|y| Date::new(y, m, d.unwrap_or(15)).ok());
        let best = near.min_by_key(|x| (*x - anchor).get_days().abs())?;
        let best = if d.is_some() { best } else { Date::new(best.year(), m, 1).ok()? };
        Some(Moment { yearless: true, ..Moment::unit(unit, best, DateBasis::Explicit)? })
    }

    /// A weekday before (-1), in the week of (0) or after (1) the anchor; without a word for it the last one.
    fn weekday(&self, day: i32, side: Option<i32>) -> Option<Moment> {
        let Some(anchor) = self.anchor else { return Some(Moment::open("DATE", format!("XXXX-WXX-{day}"), 'd')) };
        let delta = day - i32::from(anchor.weekday().to_monday_one_offset());
        let delta = match side {
            None if delta > 0 => delta - 7,
            Some(-1) if delta >= 0 => delta - 7,
            Some(1) if delta <= 0 => delta + 7,
            _ => delta,
        };
        let found = Moment::unit('d', anchor.checked_add(delta.days()).ok()?, DateBasis::Relative)?;
        Some(Moment { yearless: side.is_none(), ..found })
    }

    /// "last week", "this year": whole units around the anchor.
    fn period(&self, n: i32, unit: char) -> Option<Moment> {
        let vague = || {
            let value = match (n, unit) {
                (i32::MIN..=-1, _) => "PAST_REF",
                (1.., _) => "FUTURE_REF",
                (0, 'd') => "XXXX-XX-XX",
                _ => "PRESENT_REF",
            };
            Moment::open("DATE", value, unit)
        };
        let Some(anchor) = self.anchor else { return Some(vague()) };
        if matches!(unit, 's' | 'i' | 'h') {
            return None;
        }
        // From the first of a month no month is skipped.
        let base = if matches!(unit, 'm' | 'Q' | 'H' | 'y' | 'D' | 'C') { anchor.first_of_month() } else { anchor };
        match moved(midnight(base), f64::from(n), unit) {
            Some(at) => Moment::unit(unit, at.date(), DateBasis::Relative),
            None => Some(vague()),
        }
    }

    fn day_in_week(&self, week: &Moment, day: i32) -> Option<Moment> {
        match week.from {
            Some(from) => Moment::unit('d', monday(from.date())?.checked_add((day - 1).days()).ok()?, DateBasis::Relative),
            None => Some(Moment::open("DATE", format!("XXXX-WXX-{day}"), 'd')),
        }
    }

    /// length, sign, and what it is counted from if it is not the anchor.
    fn ago(&self) -> Option<Moment> {
        let (length, sign) = (self.length(0)?, self.num(1)?);
        let vague = if sign < 0.0 { "PAST_REF" } else { "FUTURE_REF" };
        let clock = length.iter().any(|l| matches!(l.1, 's' | 'i' | 'h'));
        let base = match self.parts.get(2) {
            Some(Sem::Moment(m)) if sign < 0.0 => m.from,
            Some(Sem::Moment(m)) => m.last_day().map(midnight),
            _ => self.anchor.map(midnight),
        };
        let open = length.iter().any(|l| l.0.is_nan());
        if let (true, false, None, Some(now)) = (clock, open, self.moment(2), self.now()) {
            let at = moved_by(now, length, sign)?;
            return Some(Moment::new("TIME", instant(at), Some(at), Some(at), 't', DateBasis::Relative));
        }
        let at = base.filter(|_| !open && !clock).and_then(|b| moved_by(b, length, sign));
        let Some(at) = at else {
            let mut m = Moment::open(if clock { "TIME" } else { "DATE" }, vague, 'v');
            if let Some(b) = base {
                if sign < 0.0 { m.to = moved(b, 1.0, 'd') } else { m.from = Some(b) }
            }
            return Some(m);
        };
        let unit = match length.last()?.1 {
            'D' | 'C' => 'y',
            'y' | 'm' | 'Q' | 'H' | 'w' | 'F' | 'E' | 'd' | 'b' => 'd',
            _ => return None,
        };
        Moment::unit(unit, at.date(), DateBasis::Relative)
    }

    /// "iki Pazartesi sonra": number, weekday, sign.
    fn weekdays_ago(&self) -> Option<Moment> {
        let (n, day, sign) = (self.int(0)?, self.int(1)?, self.int(2)?);
        let first = self.weekday(day, Some(sign))?;
        let Some(from) = first.from else { return Some(first) };
        Moment::unit('d', moved(from, f64::from((n - 1) * sign), 'w')?.date(), DateBasis::Relative)
    }

    /// "the past two weeks": sign, length.
    fn stretch(&self) -> Option<Moment> {
        let (sign, length) = (self.num(0)?, self.length(1)?);
        let value = length_value(length);
        if sign == 0.0 {
            return Some(Moment::open("DURATION", value, 'p'));
        }
        let vague = || Moment::open("DATE", if sign < 0.0 { "PAST_REF" } else { "FUTURE_REF" }, 'v');
        let Some(anchor) = self.anchor else { return Some(vague()) };
        let today = midnight(anchor);
        if length.iter().any(|l| l.0.is_nan()) {
            let (from, to) = if sign < 0.0 { (None, Some(today)) } else { (Some(today), None) };
            return Some(Moment { from, to, ..vague() });
        }
        if length.iter().any(|l| matches!(l.1, 's' | 'i' | 'h')) {
            return self.around_now(length, sign).or_else(|| Some(Moment::open("DURATION", value, 'p')));
        }
        if let [(n, 'Q')] = length[..] {
            // Quarters are those of the calendar.
            let this = Moment::unit('Q', anchor, DateBasis::Relative)?;
            let (from, to) =
                if sign < 0.0 { (moved(this.from?, -n, 'Q'), this.from) } else { (this.to, moved(this.to?, n, 'Q')) };
            return Some(Moment::new("DATE", value, from, to, 'r', DateBasis::Relative));
        }
        let start = if sign < 0.0 { today } else { moved(today, 1.0, 'd')? };
        let end = match length[..] {
            [(n, 'b')] if sign > 0.0 => moved(today, n, 'b').and_then(|d| moved(d, 1.0, 'd')),
            _ => moved_by(start, length, sign),
        };
        let Some(end) = end else { return Some(vague()) };
        let (from, to) = if sign < 0.0 { (end, start) } else { (start, end) };
        Some(Moment::new("DATE", value, Some(from), Some(to), 'r', DateBasis::Relative))
    }

    /// length: "within two weeks", from the anchor on.
    fn within(&self) -> Option<Moment> {
        let length = self.length(0)?;
        let Some(today) = self.anchor.map(midnight) else { return Some(Moment::open("DATE", "FUTURE_REF", 'v')) };
        if !length.iter().any(|l| l.0.is_nan())
            && length.iter().any(|l| matches!(l.1, 's' | 'i' | 'h'))
            && let Some(found) = self.around_now(length, 1.0)
        {
            return Some(found);
        }
        if length.iter().any(|l| l.0.is_nan() || matches!(l.1, 's' | 'i' | 'h')) {
            return Some(Moment { from: Some(today), ..Moment::open("TIME", "FUTURE_REF", 'v') });
        }
        match moved_by(today, length, 1.0) {
            Some(to) => Some(Moment::new("DATE", length_value(length), Some(today), Some(to), 'r', DateBasis::Relative)),
            None => Some(Moment::open("DATE", "FUTURE_REF", 'v')),
        }
    }

    /// The instant of publication, where its time is known.
    fn now(&self) -> Option<DateTime> {
        Some(self.anchor?.to_datetime(self.time?))
    }

    /// So many hours or minutes from the publication, or back.
    fn around_now(&self, length: &Length, sign: f64) -> Option<Moment> {
        let now = self.now()?;
        let other = moved_by(now, length, sign)?;
        Some(Moment::new("DURATION", length_value(length), Some(now.min(other)), Some(now.max(other)), 't', DateBasis::Relative))
    }

    /// side, month: "last September" is over, "next March" is to come.
    fn near_month(&self, side: i32, month: i32) -> Option<Moment> {
        let month = i8::try_from(month).ok()?;
        let Some(anchor) = self.anchor else { return self.without_year(month, None) };
        let over = month < anchor.month();
        let year = match side {
            0 => anchor.year(),
            n if n < 0 => anchor.year() - i16::from(!over),
            _ => anchor.year() + i16::from(month <= anchor.month()),
        };
        Moment::unit('m', Date::new(year, month, 1).ok()?, DateBasis::Relative)
    }

    /// date, day: "April 9th through 17th", and into the next month where the day is behind.
    fn range_to(&self) -> Option<Moment> {
        let (a, day) = (self.moment(0)?, i8::try_from(self.int(1)?).ok()?);
        if a.unit != 'd' {
            return None;
        }
        let from = a.from?.date();
        let month = if day > from.day() { from } else { from.first_of_month().checked_add(1.month()).ok()? };
        range(a, &Moment::unit('d', Date::new(month.year(), month.month(), day).ok()?, a.basis)?)
    }

    /// number, unit, whole; the last where the number is -1. Without a whole the year of the anchor.
    fn nth(&self) -> Option<Moment> {
        let (n, unit) = (self.int(0)?, self.unit(1)?);
        let Some(whole) = self.moment(2).cloned().or_else(|| self.period(0, 'y')) else { return None };
        let (Some(from), Some(to)) = (whole.from, whole.to) else {
            return Some(Moment::open("DATE", "XXXX-XX-XX", unit));
        };
        if unit == whole.unit || whole.kind != "DATE" {
            return None;
        }
        if unit == 'H' && whole.unit != 'y' {
            return edge(if n == 1 { "START" } else { "END" }, &whole);
        }
        let (from, last) = (from.date(), to.checked_sub(1.second()).ok()?.date());
        let day = match unit {
            // The week of a period is the one whose Thursday lies in it.
            'w' | 'F' => {
                let thursday = |d: Date| Some(monday(d)?.checked_add(3.days()).ok()?);
                let first = monday(from)?;
                let first = if thursday(from)? < from { first.checked_add(7.days()).ok()? } else { first };
                let end = monday(last)?;
                let end = if thursday(last)? > last { end.checked_sub(7.days()).ok()? } else { end };
                if n < 0 { end } else { first.checked_add((7 * (n - 1)).days()).ok()? }
            }
            'E' => {
                let first = monday(from)?.checked_add(5.days()).ok()?;
                if n < 0 { last } else { first.checked_add((7 * (n - 1)).days()).ok()? }
            }
            _ if n < 0 => last,
            _ => moved(midnight(from), f64::from(n.checked_sub(1)?), unit)?.date(),
        };
        let part = Moment::unit(unit, day, whole.basis)?;
        (part.from? < to && n != 0).then_some(part)
    }

    /// first day, last day, month, year or "-".
    fn day_range(&self) -> Option<Moment> {
        let day = |d: usize| {
            let parts =
                [self.parts.get(3).cloned().unwrap_or(Sem::Word("-")), self.parts.get(2)?.clone(), self.parts.get(d)?.clone()];
            Parts { parts: &parts, ..*self }.ymd()
        };
        range(&day(0)?, &day(1)?)
    }

    /// TIMEX3 modifier, expression: "since 2020", "before Monday".
    fn open(&self) -> Option<Sem> {
        let word = self.word(0)?;
        if let Some(c) = self.clock(1) {
            return Some(Sem::Clock(Box::new(Clock { modifier: Some(modifier(word)), ..c.clone() })));
        }
        let m = self.moment(1)?;
        if m.modifier.is_some_and(|x| matches!(x, "BEFORE" | "AFTER" | "ON_OR_BEFORE" | "ON_OR_AFTER"))
            || m.kind != "DATE" && m.kind != "TIME"
            || m.value.contains('/') && word != "BEFORE"
        {
            return None;
        }
        let (from, to) = match word {
            "BEFORE" => (None, m.from),
            "ON_OR_BEFORE" => (None, m.to),
            "AFTER" => (m.to, None),
            _ => (m.from, None),
        };
        Some(Sem::Moment(Box::new(Moment { from, to, modifier: Some(modifier(word)), ..m.clone() })))
    }

    /// day [month]: "the 21st", "gelecek ayın 20'si".
    fn day_of_month(&self) -> Option<Moment> {
        let day = i8::try_from(self.int(0)?).ok().filter(|d| (1..=31).contains(d))?;
        if let Some(month) = self.moment(1) {
            let Some(from) = month.from else { return Some(Moment::open("DATE", format!("XXXX-XX-{day:02}"), 'd')) };
            if month.unit != 'm' {
                return None;
            }
            return Moment::unit('d', Date::new(from.year(), from.month(), day).ok()?, month.basis);
        }
        let Some(anchor) = self.anchor else {
            return Some(Moment { basis: DateBasis::Explicit, ..Moment::open("DATE", format!("XXXX-XX-{day:02}"), 'd') });
        };
        let first = anchor.first_of_month();
        let near = [0, -1, 1, -2, 2].into_iter().filter_map(|n: i32| {
            let m = first.checked_add(n.months()).ok()?;
            Date::new(m.year(), m.month(), day).ok()
        });
        let wanted = self.int(2);
        // "Perşembe 21'i": the nearest day of that number that is such a weekday.
        let fits = |d: &Date| wanted.is_none_or(|w| i32::from(d.weekday().to_monday_one_offset()) == w);
        let best = near.clone().filter(fits).min_by_key(|d| (*d - anchor).get_days().abs()).or_else(|| near.clone().next())?;
        Moment::unit('d', best, DateBasis::Explicit)
    }

    /// season (SP 3), year or shift or "-".
    fn season(&self) -> Option<Moment> {
        let (code, month) = self.word(0)?.split_once(' ')?;
        let month: i8 = month.parse().ok()?;
        let year = match self.parts.get(1) {
            Some(Sem::Word("-")) | None => None,
            Some(Sem::Moment(m)) => m.from.map(|f| f.year()),
            _ => self.year_of(1),
        };
        if self.moment(1).is_some_and(|m| m.unit != 'y') {
            return None;
        }
        let Some(year) = year.or_else(|| self.anchor.map(|a| a.year())) else {
            return Some(Moment::open("DATE", format!("XXXX-{code}"), 'S'));
        };
        let from = midnight(Date::new(year, month, 1).ok()?);
        Some(Moment::new("DATE", format!("{year:04}-{code}"), Some(from), moved(from, 3.0, 'm'), 'S', DateBasis::Explicit))
    }

    /// day of the table (10-29, 06-WXX-7-3, easter+1), year or "-".
    fn feast(&self) -> Option<Moment> {
        let rule = self.word(0)?;
        let year = match self.parts.get(1) {
            Some(Sem::Word(_)) | None => None,
            _ => self.year_of(1),
        };
        let of = |y: i16| feast_day(rule, y);
        let value = |y: &str| if rule.starts_with("easter") { format!("{y}-XX-XX") } else { format!("{y}-{rule}") };
        let day = match (year, self.anchor) {
            (Some(y), _) => of(y)?,
            (None, None) => return Some(Moment { basis: DateBasis::Explicit, ..Moment::open("DATE", value("XXXX"), 'd') }),
            (None, Some(a)) => {
                let near = [a.year() - 1, a.year(), a.year() + 1];
                near.into_iter().filter_map(of).min_by_key(|d| (*d - a).get_days().abs())?
            }
        };
        Some(Moment { yearless: year.is_none(), ..Moment::unit('d', day, DateBasis::Explicit)? })
    }

    /// "1990s", "nineties".
    fn decade(&self) -> Option<Moment> {
        let n = self.int(0)?;
        let year = match n {
            0..=20 => 2000 + n,
            30..=99 => 1900 + n,
            1500..=2090 => n,
            _ => return None,
        };
        Moment::unit('D', Date::new(year as i16, 1, 1).ok()?, DateBasis::Explicit)
    }

    /// hour, minute, second; then "pm" or the like.
    fn clock_at(&self) -> Option<Clock> {
        let number = |i: usize| match self.parts.get(i) {
            None | Some(Sem::Word("-")) => Some(None),
            _ => self.int(i).map(Some),
        };
        let (h, m, s) = (self.int(0)?, number(1)?, number(2)?);
        clock(h, m, s, self.word(3).filter(|w| *w != "-"))
    }

    /// minutes, hour, sign: "sekizi 20 geçe", "quarter to nine".
    fn past(&self) -> Option<Clock> {
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
    fn in_part(&self) -> Option<Clock> {
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
    fn clocks(&self) -> Option<Clock> {
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

    fn modified(&self) -> Option<Sem> {
        let word = modifier(self.word(0)?);
        match self.parts.get(1)? {
            Sem::Moment(m) => Some(Sem::Moment(Box::new(m.as_ref().clone().with(word)))),
            Sem::Clock(c) => {
                let (mut c, half) = (c.as_ref().clone(), (c.from + c.to) / 2);
                match word {
                    "START" => c.to = half,
                    "END" => c.from = half,
                    _ => {}
                }
                Some(Sem::Clock(Box::new(Clock { modifier: Some(word), ..c })))
            }
            other => Some(other.clone()),
        }
    }

    /// A word of the table: +1d, 0w, past, future, present.
    fn relative(&self, value: &'static str) -> Option<Moment> {
        let today = self.anchor.map(midnight);
        Some(match value {
            "past" => Moment { to: today.and_then(|t| moved(t, 1.0, 'd')), ..Moment::open("DATE", "PAST_REF", 'v') },
            "future" => Moment { from: today, ..Moment::open("DATE", "FUTURE_REF", 'v') },
            "present" => {
                let to = today.and_then(|t| moved(t, 1.0, 'd'));
                Moment { from: today, to, ..Moment::open("DATE", "PRESENT_REF", 'v') }
            }
            _ => {
                let unit = value.chars().last()?;
                self.period(value[..value.len() - unit.len_utf8()].trim_start_matches('+').parse().ok()?, unit)?
            }
        })
    }

    /// "the rest of the week": from the anchor to its end.
    fn rest(&self) -> Option<Moment> {
        let m = self.moment(0)?;
        let from = self.anchor.map(midnight).filter(|a| m.from.is_some_and(|f| f <= *a) && m.to.is_some_and(|t| *a < t));
        Some(Moment { from: from.or(m.from), unit: 'r', ..m.clone() })
    }
}

fn shift_half(c: &Clock, afternoon: bool) -> Clock {
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

/// TIMEX3's modifiers by name.
fn modifier(name: &str) -> &'static str {
    match name {
        "BEFORE" => "BEFORE",
        "AFTER" => "AFTER",
        "ON_OR_BEFORE" => "ON_OR_BEFORE",
        "ON_OR_AFTER" => "ON_OR_AFTER",
        "START" => "START",
        "MID" => "MID",
        "END" => "END",
        "LESS_THAN" => "LESS_THAN",
        "MORE_THAN" => "MORE_THAN",
        "EQUAL_OR_LESS" => "EQUAL_OR_LESS",
        "EQUAL_OR_MORE" => "EQUAL_OR_MORE",
        _ => "APPROX",
    }
}

/// "MO 8 12": the code and the hours of a part of the day.
fn part_of_day(value: &str) -> Option<Clock> {
    let mut cells = value.split(' ');
    let code = cells.next()?;
    let hour = |s: &str| s.parse::<i32>().ok().map(|h| h * 3600);
    let (from, to) = (hour(cells.next()?)?, hour(cells.next()?)?);
    let value = if code.bytes().all(|b| b.is_ascii_digit()) { format!("T{code}") } else { format!("T{code}") };
    Some(Clock { value, from, to, twelve: false, modifier: None })
}

fn clock(h: i32, m: Option<i32>, s: Option<i32>, part: Option<&str>) -> Option<Clock> {
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

/// A time of a day, a part of it, or from one time to another.
fn at(date: &Moment, clock: &Clock) -> Option<Moment> {
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

fn nth_weekday(n: i32, day: i32, whole: &Moment) -> Option<Moment> {
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
fn edge(word: &str, whole: &Moment) -> Option<Moment> {
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
fn range(a: &Moment, b: &Moment) -> Option<Moment> {
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
        let next = if b.basis == DateBasis::Relative { moved(b.from?, 1.0, 'w')? } else { moved(b.from?, 1.0, 'y')? };
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

/// The day of a feast in a year.
fn feast_day(rule: &str, year: i16) -> Option<Date> {
    if let Some(shift) = rule.strip_prefix("easter") {
        let days: i32 = shift.trim_start_matches('+').parse().unwrap_or(0);
        return easter(year)?.checked_add(days.days()).ok();
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

/// What digits with signs between them can be: ISO dates, 1.3.2024, 3/4, 14:30.
pub(super) fn numeric(parts: &[&str], signs: &[&str], language: Language, month_first: bool) -> Vec<(&'static str, Sem)> {
    let number = |s: &str| s.parse::<i32>().ok();
    let mut out = Vec::new();
    let day = |y: i32, m: i32, d: i32| {
        let y = match y {
            0..=49 => 2000 + y,
            50..=99 => 1900 + y,
            _ => y,
        };
        let date = Date::new(i16::try_from(y).ok()?, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok()?;
        Some(Sem::Moment(Box::new(Moment::unit('d', date, DateBasis::Explicit)?)))
    };
    let same = signs.iter().all(|s| *s == signs[0]);
    match (parts, signs) {
        ([a, b, c], [s, _]) if same && *s != ":" && *s != "," => {
            let (Some(x), Some(y), Some(z)) = (number(a), number(b), number(c)) else { return out };
            let found = if a.len() == 4 && b.len() <= 2 {
                day(x, y, z)
            } else if a.len() <= 2 && b.len() <= 2 && (c.len() == 4 || c.len() == 2 && (*s == "/" || *s == ".")) {
                // The day comes first where a point divides; in English the month does with the other signs, if it can be one.
                if month_first && *s != "." {
                    day(z, x, y).or_else(|| day(z, y, x))
                } else {
                    day(z, y, x).or_else(|| day(z, x, y))
                }
            } else {
                None
            };
            out.extend(found.map(|f| ("date", f)));
        }
        ([a, b], [s]) if *s == "/" || *s == "." || *s == "-" => {
            let (Some(x), Some(y)) = (number(a), number(b)) else { return out };
            let (year, month) = if b.len() == 4 { (y, x) } else { (x, y) };
            if *s != "." && a.len() + b.len() == 6 && (1..=12).contains(&month) && (1500..=2100).contains(&year) {
                let date = Date::new(year as i16, month as i8, 1).ok().and_then(|d| Moment::unit('m', d, DateBasis::Explicit));
                out.extend(date.map(|m| ("date", Sem::Moment(Box::new(m)))));
            }
            let (d, m) = if month_first && *s != "." {
                if x <= 12 { (y, x) } else { (x, y) }
            } else if y <= 12 {
                (x, y)
            } else {
                (y, x)
            };
            if a.len() <= 2
                && b.len() <= 2
                && (1..=12).contains(&m)
                && Date::new(2024, m as i8, d as i8).is_ok()
                && (1..=31).contains(&d)
            {
                // Two single digits are rather a part of a whole.
                let name = match *s {
                    "/" if a.len() + b.len() > 2 => "dm",
                    "/" => "dmsmall",
                    _ => "dmweak",
                };
                out.push((name, Sem::Num(f64::from(m * 100 + d))));
            }
            if *s == "."
                && b.len() == 2
                && a.len() <= 2
                && let Some(c) = clock(x, Some(y), None, None)
            {
                out.push(("clockweak", Sem::Clock(Box::new(c))));
            }
            if *s == "."
                && language == Language::En
                && (a.len() > 1 || b.len() == 1)
                && let Ok(n) = format!("{a}.{b}").parse::<f64>()
            {
                out.push(("decimal", Sem::Num(n)));
            }
        }
        ([a, b], [","]) if language == Language::Tr => {
            if let Ok(n) = format!("{a}.{b}").parse::<f64>() {
                out.push(("decimal", Sem::Num(n)));
            }
        }
        ([a, b], [":"]) if b.len() == 2 => {
            let c = number(a).zip(number(b)).and_then(|(h, m)| clock(h, Some(m), None, None));
            out.extend(c.map(|c| ("clock", Sem::Clock(Box::new(c)))));
        }
        ([a, b, c], [":", ":"]) if b.len() == 2 && c.len() == 2 => {
            let at = number(a).zip(number(b)).and_then(|(h, m)| clock(h, Some(m), number(c), None));
            out.extend(at.map(|c| ("clock", Sem::Clock(Box::new(c)))));
        }
        _ => {}
    }
    out
}

/// The time of a moment as readings show it.
pub(super) fn instant(t: DateTime) -> String {
    if t.second() == 0 {
        format!("{}T{:02}:{:02}", t.date(), t.hour(), t.minute())
    } else {
        format!("{}T{:02}:{:02}:{:02}", t.date(), t.hour(), t.minute(), t.second())
    }
}
