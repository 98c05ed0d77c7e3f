//! Periods: decades, "the next three weeks", a week's day, feasts, parts of a period, and from one date to another.

use haberdar_model::{DateBasis, DateInterval, Language};
use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use super::{Reader, When, days, monday};

/// A part of a period.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    /// Quarter, half, week or day of this number; -1 is the last.
    Numbered(char, i32),
    /// Its beginning.
    Early,
    /// Its middle.
    Middle,
    /// Its end.
    Late,
}

impl Reader<'_> {
    /// "1990'larda", "the 1990s"
    pub(super) fn decade(&self, i: usize) -> Option<When> {
        let low = self.tree.lower(i);
        let (digits, suffix) = low.split_at(low.find(|c: char| !c.is_ascii_digit())?);
        let suffix = suffix.trim_start_matches(['\'', '’', 'ʼ']);
        let marked = match self.tree.language {
            Language::Tr => suffix.starts_with("lar") || suffix.starts_with("ler"),
            Language::En => suffix == "s",
        };
        let year: i16 = digits.parse().ok().filter(|_| marked)?;
        let year = match digits.len() {
            4 if (1500..=2090).contains(&year) && year % 10 == 0 => year,
            2 if year % 10 == 0 => 1900 + year,
            _ => return None,
        };
        let interval = days(Date::new(year, 1, 1).ok()?, Date::new(year + 9, 12, 31).ok()?);
        Some(self.make(i, i, (year / 10).to_string(), interval, DateBasis::Explicit))
    }

    /// "önümüzdeki üç hafta", "the past two weeks"
    pub(super) fn stretch(&self, i: usize) -> Option<When> {
        let (sign, before) = self.prefix(i).filter(|(n, _)| *n != 0)?;
        let (n, len) = self.count(i + before)?;
        let last = i + before + len;
        let &unit = self.inflected(last, &self.words.units)?;
        let n = n.checked_mul(sign)?;
        let (Some(anchor), Some(at)) = (self.anchor, self.moved(n, unit).filter(|_| unit != 'C')) else {
            return Some(self.offset(i, last, n, unit, false));
        };
        let interval = if sign > 0 { days(anchor.tomorrow().ok()?, at) } else { days(at, anchor) };
        let value = format!("P{}{}", n.abs(), if unit == 'D' { "DE".to_owned() } else { unit.to_ascii_uppercase().to_string() });
        Some(self.make(i, last, value, interval, DateBasis::Relative))
    }

    /// "gelecek hafta pazar", "önümüzdeki haftanın pazartesi günü", "haftaya çarşamba", "Monday next week"
    pub(super) fn day_of_week(&self, i: usize) -> Option<When> {
        let week = |k: usize| self.inflected(k, &self.words.units).is_some_and(|u| *u == 'w') || self.bare(k) == "haftanın";
        let (n, at) = match self.prefix(i) {
            Some((n, len)) if week(i + len) => (n, i + len + 1),
            None if self.bare(i) == "haftaya" => (1, i + 1),
            _ => return None,
        };
        let comma = usize::from(matches!(self.bare(at), "," | "-" | "on"));
        let &day = self.inflected(at + comma, &self.words.weekdays)?;
        let mut last = at + comma;
        if self.tree.language == Language::Tr && self.bare(last + 1).starts_with("gün") {
            last += 1;
        }
        Some(self.in_week(i, last, day, n))
    }

    /// A weekday of the week `n` weeks from that of the anchor.
    pub(super) fn in_week(&self, first: usize, last: usize, day: i8, n: i32) -> When {
        let of = |anchor: Date| monday(anchor).checked_add((7 * n + i32::from(day) - 1).days()).ok();
        match self.anchor.and_then(of) {
            Some(of) => self.make(first, last, of.to_string(), DateInterval::day(of), DateBasis::Relative),
            None => self.make(first, last, format!("XXXX-WXX-{day}"), DateInterval::default(), DateBasis::Relative),
        }
    }

    /// "Cumhuriyet Bayramı", "Christmas 2015": the nearest one where no year is given.
    pub(super) fn feast(&self, i: usize) -> Option<When> {
        let before = self.year(i);
        let from = i + usize::from(before.is_some());
        let (end, &(m, d)) = self.phrase(from, &self.words.feasts)?;
        let after = before.is_none().then(|| self.year(end + 1)).flatten();
        let last = end + usize::from(after.is_some());
        match before.or(after) {
            Some(y) => self.of_partial(i, last, &format!("{y:04}-{m:02}-{d:02}")),
            None => self.without_year(i, last, m, Some(d)),
        }
    }

    /// A number in one or two words ("yirmi bir", "twenty one") and how many words it takes.
    pub(super) fn count(&self, i: usize) -> Option<(i32, usize)> {
        let n = self.number(i)?;
        let tens = self.bare(i).parse::<i32>().is_err() && n >= 10 && n % 10 == 0 && n < 100;
        match self.number(i + 1).filter(|m| tens && (1..=9).contains(m) && self.bare(i + 1).parse::<i32>().is_err()) {
            Some(m) => Some((n + m, 2)),
            None => Some((n, 1)),
        }
    }

    /// Turkish names the part behind the period: "2016'nın dördüncü çeyreği", "gelecek ayın ilk haftası", "yılın sonu".
    pub(super) fn part_behind(&self, w: When) -> When {
        let i = w.last + 1;
        let (part, last) = match self.words.ordinals.get(self.bare(i)) {
            Some(&n) => match self.part_unit(i + 1) {
                Some(unit) => (Part::Numbered(unit, n), i + 1),
                None => return w,
            },
            None => match self.edge(i) {
                Some(p) => (p, i),
                None => return w,
            },
        };
        self.cut(w.first, last, &w, part).unwrap_or(w)
    }

    /// English names it in front: "the first quarter of 2016", "the end of the month", "early March".
    pub(super) fn part_before(&self, i: usize) -> Option<When> {
        if self.tree.language != Language::En {
            return None;
        }
        let the = usize::from(self.bare(i) == "the");
        let (part, behind) = match self.words.ordinals.get(self.bare(i + the)) {
            Some(&n) => (Part::Numbered(self.part_unit(i + the + 1)?, n), i + the + 2),
            None => (self.edge(i + the)?, i + the + 1),
        };
        let hyphen = usize::from(self.bare(behind) == "-");
        let of = hyphen + usize::from(matches!(self.bare(behind + hyphen), "of" | "in"));
        let mut start = behind + of;
        if matches!(part, Part::Numbered(..)) && of == 0 {
            return None;
        }
        if self.bare(start) == "the" && self.words.units.contains_key(self.bare(start + 1)) {
            start += 1;
        }
        let whole = self
            .calendar(start)
            .or_else(|| self.month(start).and_then(|m| self.without_year(start, start, m, None)))
            .or_else(|| self.counted(start))
            .or_else(|| self.year(start).and_then(|y| self.of_partial(start, start, &y.to_string())))
            .or_else(|| {
                let &unit = self.words.units.get(self.bare(start)).filter(|_| self.bare(start - 1) == "the")?;
                Some(self.offset(start, start, 0, unit, true))
            })?;
        self.cut(i, whole.last, &whole, part)
    }

    fn part_unit(&self, i: usize) -> Option<char> {
        let low = self.bare(i);
        self.words.parts.iter().find(|(stem, _)| low.starts_with(**stem)).map(|(_, &unit)| unit)
    }

    fn edge(&self, i: usize) -> Option<Part> {
        Some(match *self.inflected(i, &self.words.edges)? {
            'b' => Part::Early,
            'm' => Part::Middle,
            _ => Part::Late,
        })
    }

    fn cut(&self, first: usize, last: usize, whole: &When, part: Part) -> Option<When> {
        let (from, to) = (whole.interval.from?, whole.interval.to?);
        let year = to.duration_since(from).as_hours() > 24 * 200;
        let month = !year && to.day() >= 28 && from.day() == 1;
        let (value, interval) = match part {
            Part::Numbered('q', n) if year => {
                let n = if n < 0 { 4 } else { n };
                let m = i8::try_from(3 * n - 2).ok()?;
                let start = Date::new(from.year(), m, 1).ok()?;
                (format!("{:04}-Q{n}", from.year()), days(start, start.checked_add(2.months()).ok()?.last_of_month()))
            }
            Part::Numbered('h', n) if year => {
                let second = n == 2 || n < 0;
                let start = Date::new(from.year(), if second { 7 } else { 1 }, 1).ok()?;
                let value = format!("{:04}-H{}", from.year(), if second { 2 } else { 1 });
                (value, days(start, start.checked_add(5.months()).ok()?.last_of_month()))
            }
            Part::Numbered('w', n) if year || month => {
                let anchor = if n < 0 {
                    to
                } else if year {
                    Date::new(from.year(), 1, 4).ok()?
                } else {
                    from
                };
                let start = monday(anchor).checked_add((n.max(1) - 1).weeks()).ok()?;
                let iso = start.iso_week_date();
                (format!("{:04}-W{:02}", iso.year(), iso.week()), days(start, start.checked_add(6.days()).ok()?))
            }
            Part::Numbered('m', n) if year => {
                let start = Date::new(from.year(), i8::try_from(if n < 0 { 12 } else { n }).ok()?, 1).ok()?;
                (format!("{:04}-{:02}", start.year(), start.month()), days(start, start.last_of_month()))
            }
            Part::Numbered('d', n) if year || month => {
                let day = if n < 0 { to } else { from.checked_add((n - 1).days()).ok()? };
                (day.to_string(), DateInterval::day(day))
            }
            Part::Numbered(..) => return None,
            _ if !year && !month => return None,
            _ => {
                let length = (to - from).get_days() + 1;
                let length = if year { 366.max(length) } else { length };
                let at = |share: i32| from.checked_add((length * share / 6).days()).ok();
                let interval = match part {
                    Part::Early => days(from, at(2)?),
                    Part::Middle => days(at(2)?, at(4)?),
                    _ => days(at(4)?, to),
                };
                (whole.value.clone(), interval)
            }
        };
        Some(self.make(first, last, value, interval, whole.basis))
    }

    /// Two dates with a word of range between them are one period: "4 Ocak'tan 22 Ocak'a kadar", "from May 5 to May 7".
    pub(super) fn join(&self, found: Vec<When>) -> Vec<When> {
        let mut out: Vec<When> = Vec::with_capacity(found.len());
        for w in found {
            let joined = out.last().and_then(|before| self.range(before, &w));
            match joined {
                Some(j) => {
                    out.pop();
                    out.push(j);
                }
                None => out.push(w),
            }
        }
        out
    }

    fn range(&self, a: &When, b: &When) -> Option<When> {
        let between = b.first.checked_sub(a.last + 1)?;
        let word = |k: usize| self.bare(k);
        let lead = a.first.checked_sub(1).map_or("", word);
        let suffix = |w: &When| {
            let low = self.tree.lower(w.last);
            low.find(['\'', '’', 'ʼ']).map_or(low, |at| &low[at..]).to_owned()
        };
        let dash = between == 1 && matches!(word(a.last + 1), "-" | "–" | "—");
        let (fits, first, last) = match self.tree.language {
            Language::En => {
                let to = between == 1 && matches!(word(a.last + 1), "to" | "until" | "till" | "through");
                let and = between == 1 && word(a.last + 1) == "and" && lead == "between";
                let led = matches!(lead, "from" | "between");
                (to && lead == "from" || and || dash, if led { a.first - 1 } else { a.first }, b.last)
            }
            Language::Tr => {
                let from = suffix(a);
                let ablative = ["dan", "den", "tan", "ten"].iter().any(|s| from.ends_with(s));
                let until = matches!(word(b.last + 1), "kadar" | "dek" | "değin");
                let joint = between == 1 && matches!(word(a.last + 1), "ile" | "ve");
                let among = word(b.last + 1).starts_with("arası");
                (
                    between == 0 && ablative && until || joint && among || dash,
                    a.first,
                    if until || among { b.last + 1 } else { b.last },
                )
            }
        };
        let (from, to) = (a.interval.from.filter(|_| fits)?, b.interval.to?);
        if from > to {
            return None;
        }
        Some(self.make(first, last, format!("{from}/{to}"), days(from, to), a.basis))
    }

    /// Saturday and Sunday of the week `n` weeks from the anchor: "hafta sonu", "next weekend".
    pub(super) fn weekend(&self, i: usize) -> Option<When> {
        let prefix = self.prefix(i);
        let at = i + prefix.map_or(0, |p| p.1);
        let last = match self.tree.language {
            Language::En => (self.bare(at) == "weekend").then_some(at)?,
            Language::Tr => (self.bare(at) == "hafta" && self.bare(at + 1).starts_with("son")).then_some(at + 1)?,
        };
        let Some(anchor) = self.anchor else {
            return Some(self.make(i, last, "XXXX-WXX-WE".to_owned(), DateInterval::default(), DateBasis::Relative));
        };
        let saturday = monday(anchor).checked_add(prefix.map_or(0, |p| p.0).weeks()).ok()?.checked_add(5.days()).ok()?;
        debug_assert_eq!(saturday.weekday(), Weekday::Saturday);
        let iso = saturday.iso_week_date();
        let interval = days(saturday, saturday.tomorrow().ok()?);
        Some(self.make(i, last, format!("{:04}-W{:02}-WE", iso.year(), iso.week()), interval, DateBasis::Relative))
    }
}
