//! What rules do with their parts. A rule names one of these actions; the words and their order are data.

use haberdar_model::DateBasis;
use jiff::{
    ToSpan,
    civil::{Date, DateTime, Time},
};

use super::{
    clock::{clock, part_of_day},
    feasts::feast_day,
    moment::{Clock, Length, Moment, length_value, midnight, monday, moved, moved_by},
    stretches::{at, edge, nth_weekday, range},
};

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
    Portion = "portion",
    Lasting = "lasting",
    Unsaid = "unsaid",
    Utc = "utc",
}

/// Parts of a rule as the action sees them, in the order in which the rule names them.
pub(super) struct Parts<'a> {
    pub(super) parts: &'a [Sem],
    /// Day of publication.
    pub(super) anchor: Option<Date>,
    /// Its time.
    pub(super) time: Option<Time>,
}

impl Parts<'_> {
    pub(super) fn word(&self, i: usize) -> Option<&'static str> {
        match self.parts.get(i)? {
            Sem::Word(w) => Some(w),
            _ => None,
        }
    }

    pub(super) fn num(&self, i: usize) -> Option<f64> {
        match self.parts.get(i)? {
            Sem::Num(n) => Some(*n),
            Sem::Word(w) => w.parse().ok(),
            _ => None,
        }
    }

    pub(super) fn int(&self, i: usize) -> Option<i32> {
        self.num(i).filter(|n| n.fract() == 0.0 && n.abs() < 1e9).map(|n| n as i32)
    }

    pub(super) fn unit(&self, i: usize) -> Option<char> {
        self.word(i)?.chars().next()
    }

    pub(super) fn moment(&self, i: usize) -> Option<&Moment> {
        match self.parts.get(i)? {
            Sem::Moment(m) => Some(m),
            _ => None,
        }
    }

    pub(super) fn clock(&self, i: usize) -> Option<&Clock> {
        match self.parts.get(i)? {
            Sem::Clock(c) => Some(c),
            _ => None,
        }
    }

    pub(super) fn length(&self, i: usize) -> Option<&Length> {
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
            Action::NthDow => {
                let month = self.period(0, 'm');
                moment(nth_weekday(self.int(0)?, self.int(1)?, self.moment(2).or(month.as_ref())?)?)
            }
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
            // "24 saat içinde" lasts, "on gün içinde" is its last day.
            Action::Within if self.word(1) == Some("hours") && !self.length(0)?.iter().any(|l| "sih".contains(l.1)) => None,
            Action::Within => moment(self.within()?),
            Action::NearMonth => moment(self.near_month(self.int(0)?, self.int(1)?)?),
            Action::WeekOf => moment(Moment::unit('w', self.moment(0)?.from?.date(), self.moment(0)?.basis)?),
            Action::RangeTo => moment(self.range_to()?),
            Action::Military => {
                let n = self.int(0)?;
                clock(n / 100, Some(n % 100), None, None).map(|c| Sem::Clock(Box::new(c)))
            }
            Action::Portion => moment(self.portion()?),
            Action::Lasting if self.clock(0).is_some() => self.clock_lasting().map(|c| Sem::Clock(Box::new(c))),
            Action::Lasting => moment(self.lasting()?),
            Action::Unsaid => moment(self.unsaid()?),
            Action::None => moment(Moment::open("NONE", "", 'v')),
            Action::Plus => Some(Sem::Num(self.num(0)? + self.num(1)?)),
            Action::Utc => {
                let c = self.clock(0)?;
                let clear = c.from == c.to && !c.value.ends_with('Z') && !c.value.contains('/');
                clear.then(|| Sem::Clock(Box::new(Clock { value: format!("{}Z", c.value), ..c.clone() })))
            }
            Action::Alone => {
                let c = self.clock(0)?;
                let day = self.anchor.and_then(|_| at(&self.period(0, 'd')?, c));
                let (from, to) = day.map_or((None, None), |d| (d.from, d.to));
                moment(Moment { modifier: c.modifier, from, to, ..Moment::open("TIME", c.value.clone(), 't') })
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
    pub(super) fn period(&self, n: i32, unit: char) -> Option<Moment> {
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
    pub(super) fn now(&self) -> Option<DateTime> {
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
        let whole = self.moment(2).cloned().or_else(|| self.period(0, 'y'))?;
        let (Some(from), Some(to)) = (whole.from, whole.to) else {
            return Some(Moment::open("DATE", "XXXX-XX-XX", unit));
        };
        if unit == whole.unit || whole.kind != "DATE" || whole.value.contains('/') {
            return None;
        }
        if unit == 'H' && whole.unit != 'y' {
            return edge(if n == 1 { "START" } else { "END" }, &whole);
        }
        let (from, last) = (from.date(), to.checked_sub(1.second()).ok()?.date());
        let day = match unit {
            // The week of a period is the one whose Thursday lies in it.
            'w' | 'F' => {
                let thursday = |d: Date| monday(d)?.checked_add(3.days()).ok();
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
            let Some(from) = month.from.filter(|_| month.modifier.is_none()) else {
                return month.modifier.is_none().then(|| Moment::open("DATE", format!("XXXX-XX-{day:02}"), 'd'));
            };
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
        let best = near.clone().filter(fits).min_by_key(|d| (*d - anchor).get_days().abs());
        let best = best.or_else(|| near.clone().next().filter(|_| self.word(3) != Some("strict")))?;
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
        let value = |y: &str| if rule.starts_with(['e', 'h']) { format!("{y}-XX-XX") } else { format!("{y}-{rule}") };
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
}

/// TIMEX3's modifiers by name.
pub(super) fn modifier(name: &str) -> &'static str {
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

/// The time of a moment as readings show it.
pub(super) fn instant(t: DateTime) -> String {
    if t.second() == 0 {
        format!("{}T{:02}:{:02}", t.date(), t.hour(), t.minute())
    } else {
        format!("{}T{:02}:{:02}:{:02}", t.date(), t.hour(), t.minute(), t.second())
    }
}
