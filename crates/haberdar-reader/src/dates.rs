//! Expressions of time in a sentence: calendar dates and what is relative to the day of publication.
//!
//! Values are TIMEX3's; the words are in `data/lang/*/dates.tsv`, the calendar is jiff's. Without a day of publication a
//! relative expression keeps its value's form (`PAST_REF`, `XXXX-XX-XX`) and its ends stay open.

use haberdar_model::{DateBasis, DateInterval, Language, PartialDate};
use jiff::{Span, ToSpan, civil::Date};
use rustc_hash::FxHashMap;

use crate::tree::Tree;

mod periods;

/// An expression of time while the article is being read.
#[derive(Clone, Debug, PartialEq)]
pub struct When {
    /// First word.
    pub first: usize,
    /// Last word, included.
    pub last: usize,
    /// First byte.
    pub start: usize,
    /// Byte behind the last, without a suffix behind an apostrophe.
    pub end: usize,
    /// TIMEX3 type: DATE or DURATION.
    pub kind: &'static str,
    /// TIMEX3 value.
    pub value: String,
    /// The days that it can mean.
    pub interval: DateInterval,
    /// Calendar date or relative.
    pub basis: DateBasis,
}

/// The words of one language.
#[derive(Clone, Debug, Default)]
pub struct DateWords {
    months: FxHashMap<&'static str, i8>,
    weekdays: FxHashMap<&'static str, i8>,
    numbers: FxHashMap<&'static str, i32>,
    units: FxHashMap<&'static str, char>,
    behind: FxHashMap<&'static str, i32>,
    prefixes: FxHashMap<&'static str, i32>,
    relative: FxHashMap<&'static str, &'static str>,
    ordinals: FxHashMap<&'static str, i32>,
    /// Beginnings of words for parts of a period: quarter, half, week, day.
    parts: FxHashMap<&'static str, char>,
    /// Beginning, middle and end of a period.
    edges: FxHashMap<&'static str, char>,
    /// Month and day of feasts.
    feasts: FxHashMap<&'static str, (i8, i8)>,
}

impl DateWords {
    /// Parses `dates.tsv`; lines that are no entry are left out.
    pub fn parse(content: &'static str) -> Self {
        let mut w = DateWords::default();
        for line in content.lines().filter(|l| !l.starts_with('#')) {
            let mut c = line.split('\t');
            let (Some(kind), Some(word), Some(value)) = (c.next(), c.next(), c.next()) else { continue };
            let number = value.trim_start_matches('+').parse::<i32>().unwrap_or(0);
            match kind {
                "month" => drop(w.months.insert(word, number as i8)),
                "weekday" => drop(w.weekdays.insert(word, number as i8)),
                "number" => drop(w.numbers.insert(word, number)),
                "unit" => drop(w.units.insert(word, value.chars().next().unwrap_or('d'))),
                "before" => drop(w.behind.insert(word, -1)),
                "after" => drop(w.behind.insert(word, 1)),
                "prefix" => drop(w.prefixes.insert(word, number)),
                "rel" => drop(w.relative.insert(word, value)),
                "ordinal" => drop(w.ordinals.insert(word, number)),
                "part" => drop(w.parts.insert(word, value.chars().next().unwrap_or('q'))),
                "edge" => drop(w.edges.insert(word, value.chars().next().unwrap_or('b'))),
                "feast" => {
                    if let Some((m, d)) = value.split_once('-').and_then(|(m, d)| m.parse().ok().zip(d.parse().ok())) {
                        w.feasts.insert(word, (m, d));
                    }
                }
                _ => {}
            }
        }
        w
    }
}

/// From one day to another.
fn days(from: Date, to: Date) -> DateInterval {
    DateInterval { from: Some(from), to: Some(to) }
}

/// The Monday of a day's week.
fn monday(of: Date) -> Date {
    of.checked_sub(i32::from(of.weekday().to_monday_zero_offset()).days()).unwrap_or(of)
}

/// Finds the expressions of one sentence; `anchor` is the day of publication.
pub fn find(tree: &Tree<'_>, words: &DateWords, anchor: Option<PartialDate>) -> Vec<When> {
    let reader = Reader { tree, words, anchor: anchor.filter(|a| a.is_day()).map(PartialDate::first) };
    let mut out = Vec::new();
    let mut i = 0;
    while i < tree.len() {
        match reader.at(i) {
            Some(w) => {
                let w = if tree.language == Language::Tr { reader.part_behind(w) } else { w };
                i = w.last + 1;
                out.push(w);
            }
            None => i += 1,
        }
    }
    reader.join(out)
}

struct Reader<'a> {
    tree: &'a Tree<'a>,
    words: &'a DateWords,
    anchor: Option<Date>,
}

impl Reader<'_> {
    /// The word without a Turkish suffix behind an apostrophe.
    fn bare(&self, i: usize) -> &str {
        let low = if i < self.tree.len() { self.tree.lower(i) } else { "" };
        match (self.tree.language, low.find(['\'', '’', 'ʼ'])) {
            (Language::Tr, Some(at)) => &low[..at],
            _ => low,
        }
    }

    /// A word of a table, also with Turkish suffixes ("mayısta", "haftaki", "günü").
    fn inflected<'t, T>(&self, i: usize, table: &'t FxHashMap<&'static str, T>) -> Option<&'t T> {
        let bare = self.bare(i);
        table.get(bare).or_else(|| {
            if self.tree.language != Language::Tr {
                return None;
            }
            const SUFFIXES: &[&str] = &[
                "da", "de", "ta", "te", "dan", "den", "tan", "ten", "ın", "in", "un", "ün", "ı", "i", "u", "ü", "a", "e", "nda",
                "nde", "ında", "inde", "unda", "ünde", "ki", "daki", "deki", "taki", "teki", "nın", "nin", "nun", "nün", "ya",
                "ye", "yı", "yi", "sı", "si", "lık", "lik",
            ];
            SUFFIXES.iter().find_map(|s| bare.strip_suffix(s).filter(|b| b.len() > 1).and_then(|b| table.get(b)))
        })
    }

    /// "geçen", "next": the shift, and how many words say it; "önümüzde" + "ki" is a split token.
    fn prefix(&self, i: usize) -> Option<(i32, usize)> {
        let bare = self.bare(i);
        if let Some(&n) = self.words.prefixes.get(bare) {
            return Some((n, 1));
        }
        if self.tree.language != Language::Tr || self.bare(i + 1) != "ki" {
            return None;
        }
        let n = self.words.prefixes.get(format!("{bare}ki").as_str())?;
        Some((*n, 2))
    }

    fn number(&self, i: usize) -> Option<i32> {
        let bare = self.bare(i);
        bare.parse().ok().or_else(|| self.words.numbers.get(bare).copied())
    }

    fn day_number(&self, i: usize) -> Option<i8> {
        let bare = self.bare(i);
        let digits = bare.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
        let rest = &bare[digits.len()..];
        let ordinal = rest.is_empty() || matches!(rest, "st" | "nd" | "rd" | "th" | ".");
        digits.parse::<i8>().ok().filter(|d| (1..=31).contains(d) && ordinal)
    }

    fn year(&self, i: usize) -> Option<i16> {
        let bare = self.bare(i);
        (bare.len() == 4).then(|| bare.parse::<i16>().ok()).flatten().filter(|y| (1800..=2100).contains(y))
    }

    fn month(&self, i: usize) -> Option<i8> {
        self.inflected(i, &self.words.months).copied()
    }

    fn at(&self, i: usize) -> Option<When> {
        self.numeric(i)
            .or_else(|| self.part_before(i))
            .or_else(|| self.decade(i))
            .or_else(|| self.day_of_week(i))
            .or_else(|| self.weekend(i))
            .or_else(|| self.stretch(i))
            .or_else(|| self.feast(i))
            .or_else(|| self.calendar(i))
            .or_else(|| self.relative(i))
            .or_else(|| self.counted(i))
            .or_else(|| self.weekday(i))
            .or_else(|| self.bare_year(i))
    }

    fn make(&self, first: usize, last: usize, value: String, interval: DateInterval, basis: DateBasis) -> When {
        let node = &self.tree.nodes[last];
        let form = &self.tree.text[node.start..node.end];
        let end = match (self.tree.language, form.find(['\'', '’', 'ʼ'])) {
            (Language::Tr, Some(at)) if at > 0 => node.start + at,
            _ => node.end,
        };
        When { first, last, start: self.tree.nodes[first].start, end, kind: "DATE", value, interval, basis }
    }

    fn of_partial(&self, first: usize, last: usize, date: &str) -> Option<When> {
        let d: PartialDate = date.parse().ok()?;
        Some(self.make(
            first,
            last,
            d.to_string(),
            DateInterval { from: Some(d.first()), to: Some(d.last()) },
            DateBasis::Explicit,
        ))
    }

    /// 2024-03-01, 01.03.2024
    fn numeric(&self, i: usize) -> Option<When> {
        let bare = self.bare(i);
        let parts: Vec<&str> = bare.split(['-', '.', '/']).collect();
        if let ([d, m], Language::Tr) = (&parts[..], self.tree.language)
            && bare.contains('/')
            && let (Ok(d), Ok(m)) = (d.parse::<i8>(), m.parse::<i8>())
        {
            Date::new(2024, m, d).ok()?;
            return self.without_year(i, i, m, Some(d));
        }
        let [a, b, c] = parts[..] else { return None };
        let (y, m, d) = if a.len() == 4 {
            (a, b, c)
        } else if c.len() == 4 {
            (c, b, a)
        } else {
            return None;
        };
        let (y, m, d): (i16, i8, i8) = (y.parse().ok()?, m.parse().ok()?, d.parse().ok()?);
        self.of_partial(i, i, &format!("{y:04}-{m:02}-{d:02}"))
    }

    /// "1 Mart 2024", "March 1, 2024", "Mart 2024", "10 Nisan", "Nisan ayında", "in March"
    fn calendar(&self, i: usize) -> Option<When> {
        if let (Some(d), Some(m)) = (self.day_number(i), self.month(i + 1)) {
            return match self.year(i + 2) {
                Some(y) => self.of_partial(i, i + 2, &format!("{y:04}-{m:02}-{d:02}")),
                None => self.without_year(i, i + 1, m, Some(d)),
            };
        }
        // "yirmi bir Mayıs"
        if let Some((d, len)) = self.count(i).filter(|(d, _)| (1..=31).contains(d) && self.tree.language == Language::Tr)
            && let Some(m) = self.month(i + len).filter(|_| self.tree.nodes[i + len].capital)
        {
            return match self.year(i + len + 1) {
                Some(y) => self.of_partial(i, i + len + 1, &format!("{y:04}-{m:02}-{d:02}")),
                None => self.without_year(i, i + len, m, Some(d as i8)),
            };
        }
        let m = self.month(i)?;
        if let Some(d) = self.day_number(i + 1).filter(|_| self.tree.language == Language::En) {
            let comma = usize::from(self.bare(i + 2) == ",");
            return match self.year(i + 2 + comma) {
                Some(y) => self.of_partial(i, i + 2 + comma, &format!("{y:04}-{m:02}-{d:02}")),
                None => self.without_year(i, i + 1, m, Some(d)),
            };
        }
        if let Some(y) = self.year(i + 1) {
            return self.of_partial(i, i + 1, &format!("{y:04}-{m:02}"));
        }
        // "June of 1992", "Kasım, 2016"
        let between = matches!(self.bare(i + 1), "of" | ",") && self.tree.nodes[i].capital;
        if let Some(y) = self.year(i + 2).filter(|_| between) {
            return self.of_partial(i, i + 2, &format!("{y:04}-{m:02}"));
        }
        // "2017 Mart", and a month alone only where something marks it as one.
        let marked = match self.tree.language {
            Language::En => {
                i > 0
                    && matches!(
                        self.bare(i - 1),
                        "in" | "since" | "until" | "by" | "last" | "early" | "late" | "mid" | "this" | "next"
                    )
                    && self.tree.nodes[i].capital
            }
            Language::Tr => {
                self.tree.nodes[i].capital
                    && (self.bare(i) != self.tree.lower(i)
                        || self.words.units.contains_key("ay") && self.bare(i + 1).starts_with("ay"))
            }
        };
        marked.then(|| self.without_year(i, i, m, None)).flatten()
    }

    /// A date without its year is the nearest to the publication.
    fn without_year(&self, first: usize, last: usize, m: i8, d: Option<i8>) -> Option<When> {
        let Some(anchor) = self.anchor else {
            Date::new(2024, m, d.unwrap_or(1)).ok()?;
            let value = d.map_or_else(|| format!("XXXX-{m:02}"), |d| format!("XXXX-{m:02}-{d:02}"));
            return Some(self.make(first, last, value, DateInterval::default(), DateBasis::Explicit));
        };
        let years = [anchor.year(), anchor.year() - 1, anchor.year() + 1];
        let near = years.into_iter().filter_map(|y| Date::new(y, m, d.unwrap_or(15)).ok());
        let best = near.min_by_key(|x| (*x - anchor).get_days().abs())?;
        let date = d.map_or_else(|| format!("{:04}-{m:02}", best.year()), |_| best.to_string());
        self.of_partial(first, last, &date)
    }

    fn bare_year(&self, i: usize) -> Option<When> {
        let y = self.year(i)?;
        let marked = match self.tree.language {
            Language::En => {
                i > 0
                    && matches!(
                        self.bare(i - 1),
                        "in" | "since"
                            | "until"
                            | "by"
                            | "of"
                            | "from"
                            | "early"
                            | "late"
                            | "mid"
                            | "during"
                            | "before"
                            | "after"
                            | "to"
                            | "and"
                            | ","
                            | "the"
                            | "for"
                    )
            }
            Language::Tr => {
                self.bare(i) != self.tree.lower(i) || self.bare(i + 1).starts_with("yıl") || self.bare(i + 1).starts_with("sene")
            }
        };
        let last = if self.tree.language == Language::Tr
            && (self.bare(i + 1).starts_with("yıl") || self.bare(i + 1).starts_with("sene"))
        {
            i + 1
        } else {
            i
        };
        marked.then(|| self.of_partial(i, last, &y.to_string())).flatten()
    }

    /// Expressions of the table.
    fn relative(&self, i: usize) -> Option<When> {
        let (last, value) = self.phrase(i, &self.words.relative)?;
        Some(self.shifted(i, last, value))
    }

    /// The longest phrase of a table that begins here, of up to four words: its last word, and what the table says.
    fn phrase<'t, T>(&self, i: usize, table: &'t FxHashMap<&'static str, T>) -> Option<(usize, &'t T)> {
        (1..=4).rev().filter(|n| i + n <= self.tree.len()).find_map(|n| {
            let joined = (i..i + n).map(|k| self.bare(k)).collect::<Vec<_>>().join(" ");
            Some((i + n - 1, table.get(joined.as_str())?))
        })
    }

    fn shifted(&self, first: usize, last: usize, value: &str) -> When {
        let open = |v: &str, i: DateInterval| self.make(first, last, v.to_owned(), i, DateBasis::Relative);
        match value {
            "past" => open("PAST_REF", DateInterval { from: None, to: self.anchor }),
            "future" => open("FUTURE_REF", DateInterval { from: self.anchor, to: None }),
            "present" => open("PRESENT_REF", DateInterval { from: None, to: None }),
            _ => {
                let n = value.trim_end_matches(|c: char| c.is_ascii_alphabetic()).trim_start_matches('+').parse().unwrap_or(0);
                self.offset(first, last, n, value.chars().last().unwrap_or('d'), true)
            }
        }
    }

    /// `n` units from the anchor; `whole` units mean the whole week, month or year.
    fn offset(&self, first: usize, last: usize, n: i32, unit: char, whole: bool) -> When {
        let at = self.moved(n, unit);
        let Some(at) = at else {
            let value = if n < 0 {
                "PAST_REF"
            } else if n > 0 {
                "FUTURE_REF"
            } else {
                "XXXX-XX-XX"
            };
            return self.make(first, last, value.to_owned(), DateInterval::default(), DateBasis::Relative);
        };
        let (value, interval) = match unit {
            'w' => {
                let monday = monday(at);
                let iso = at.iso_week_date();
                let week = days(monday, monday.checked_add(6.days()).unwrap_or(monday));
                (format!("{:04}-W{:02}", iso.year(), iso.week()), if whole { week } else { days(at, at) })
            }
            'm' => (format!("{:04}-{:02}", at.year(), at.month()), days(at.first_of_month(), at.last_of_month())),
            'y' => (format!("{:04}", at.year()), days(at.first_of_year(), at.last_of_year())),
            'D' | 'C' => (format!("{:03}", at.year() / 10), days(at.first_of_year(), at.last_of_year())),
            _ => (at.to_string(), days(at, at)),
        };
        self.make(first, last, value, interval, DateBasis::Relative)
    }

    /// The day `n` units from the anchor; `None` also where the calendar does not reach that far.
    fn moved(&self, n: i32, unit: char) -> Option<Date> {
        let span = match unit {
            'd' => Span::new().try_days(n),
            'w' => Span::new().try_weeks(n),
            'm' => Span::new().try_months(n),
            'y' => Span::new().try_years(n),
            'D' => Span::new().try_years(n.saturating_mul(10)),
            'C' => Span::new().try_years(n.saturating_mul(100)),
            _ => return None,
        };
        self.anchor?.checked_add(span.ok()?).ok()
    }

    /// "iki hafta önce", "two weeks ago", "geçen ay", "last month"
    fn counted(&self, i: usize) -> Option<When> {
        if let Some((n, len)) = self.prefix(i) {
            let at = i + len;
            if let Some(&unit) = self.inflected(at, &self.words.units).filter(|u| **u != 'd') {
                return Some(self.offset(i, at, n, unit, true));
            }
            if let Some(&day) = self.inflected(at, &self.words.weekdays) {
                let last = if self.bare(at + 1).starts_with("gün") { at + 1 } else { at };
                // "geçen cuma" lies behind today, "next Friday" in the week to come, "önümüzdeki cuma" is the nearest.
                let far = n > 0 && !self.bare(i).starts_with("önümüzde") && self.anchor.is_some();
                return Some(if far { self.in_week(i, last, day, n) } else { self.on_weekday(i, last, day, 2 * n) });
            }
            if let Some(m) = self.month(at).filter(|_| self.tree.nodes.get(at).is_some_and(|w| w.capital)) {
                return self.without_year(i, at, m, None);
            }
        }
        // "in two weeks"; "in two days of talks" is how long something takes.
        if self.tree.language == Language::En && matches!(self.bare(i), "in" | "within") {
            let (n, len) = self.count(i + 1)?;
            let &unit = self.inflected(i + 1 + len, &self.words.units)?;
            let behind = self.bare(i + 2 + len);
            let open = behind.is_empty() || matches!(behind, "." | "," | "!" | "?" | ";" | "and" | "or" | "on");
            return open.then(|| self.offset(i, i + 1 + len, n, unit, false));
        }
        let (n, len) = self.count(i)?;
        let &unit = self.inflected(i + len, &self.words.units)?;
        let &sign = self.words.behind.get(self.bare(i + len + 1))?;
        Some(self.offset(i, i + len + 1, n.saturating_mul(sign), unit, false))
    }

    fn weekday(&self, i: usize) -> Option<When> {
        let &day = self.inflected(i, &self.words.weekdays)?;
        match self.tree.language {
            Language::En => self.tree.nodes[i].capital.then(|| self.on_weekday(i, i, day, -1)),
            Language::Tr => {
                // "pazar" and "salı" are words of their own: a weekday has "günü" or its like behind it.
                let next = self.bare(i + 1);
                let marked = ["günü", "günkü", "akşamı", "sabahı", "gecesi"].contains(&next);
                marked.then(|| self.on_weekday(i, i + 1, day, -1))
            }
        }
    }

    /// The weekday before (n < 0), in (0) or after the week of the anchor; a bare weekday is the last one.
    fn on_weekday(&self, first: usize, last: usize, day: i8, n: i32) -> When {
        let Some(anchor) = self.anchor else {
            return self.make(first, last, format!("XXXX-WXX-{day}"), DateInterval::default(), DateBasis::Relative);
        };
        let today = anchor.weekday().to_monday_one_offset();
        let delta = i32::from(day - today);
        let delta = match n {
            -2 if delta >= 0 => delta - 7,
            n if n > 0 => {
                if delta <= 0 {
                    delta + 7
                } else {
                    delta
                }
            }
            0 => delta,
            _ => {
                if delta > 0 {
                    delta - 7
                } else {
                    delta
                }
            }
        };
        let at = anchor.checked_add(delta.days()).unwrap_or(anchor);
        self.make(first, last, at.to_string(), DateInterval::day(at), DateBasis::Relative)
    }
}
