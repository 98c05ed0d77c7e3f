//! Days as people write them: `26 Kasım 2026 Perşembe 14:57`, `March 5, 2026`, `2024年5月3日`, `03.05.2024`.

use jiff::civil::Date;

use super::{
    calendar::Calendar,
    tables::{DateRole, lower, tables},
};

/// Which of two small numbers is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    DayFirst,
    MonthFirst,
    /// `24.05.03` is in May. Where the year has four digits and stands last, the order is not known.
    YearFirst,
    /// Not known: `03/04/2024` then is no day at all, rather than a wrong one.
    Unknown,
}

/// A day found in a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Written {
    pub(crate) day: Date,
    /// Hour and minute.
    pub(crate) time: Option<(i8, i8)>,
    /// What the words before it say.
    pub(crate) role: Option<DateRole>,
}

#[derive(Debug, PartialEq)]
enum Kind {
    Number { value: u32, digits: usize },
    Word(String),
    Mark(char),
}

/// What is written behind the number of a day.
const ORDINALS: [&str; 9] = ["st", "nd", "rd", "th", "er", "º", "ª", "d", "ός"];

struct Token {
    kind: Kind,
    start: usize,
    end: usize,
}

/// The days that a text names, in order. `language` decides between months of one name, `order` between `3/4` and `4/3`.
pub(crate) fn days_in(text: &str, language: Option<&str>, order: Order) -> Vec<Written> {
    let text = lower(text);
    let tokens = tokens(&text);
    let grammar = Grammar { tokens: &tokens, language, order };
    let (mut found, mut i, mut from) = (Vec::new(), 0, 0);
    while i < tokens.len() {
        let Some((day, next)) = grammar.day_at(i) else {
            i += 1;
            continue;
        };
        let time = time_after(&tokens, next);
        let start = tokens[i].start;
        let after = tokens.get(next).map_or(text.len(), |t| t.start);
        let role = role_before(&text[from..start]).or_else(|| role_behind(&text[after..]));
        found.push(Written { day, time, role });
        from = tokens[next - 1].end;
        i = next;
    }
    found
}

fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut end = start + c.len_utf8();
        let kind = if c.is_ascii_digit() {
            while let Some(&(at, d)) = chars.peek().filter(|(_, d)| d.is_ascii_digit()) {
                end = at + d.len_utf8();
                chars.next();
            }
            let digits = end - start;
            Kind::Number { value: text[start..end].parse().unwrap_or(u32::MAX), digits }
        } else if is_letter(c) {
            // Chinese and Japanese dates have no spaces.
            while let Some(&(at, d)) = chars.peek().filter(|(_, d)| is_letter(*d) && !is_unit(*d) && !is_unit(c)) {
                end = at + d.len_utf8();
                chars.next();
            }
            Kind::Word(text[start..end].to_owned())
        } else {
            Kind::Mark(c)
        };
        out.push(Token { kind, start, end });
    }
    out
}

fn is_unit(c: char) -> bool {
    matches!(c, '年' | '月' | '日' | '년' | '월' | '일')
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic()
        || matches!(c, '\u{300}'..='\u{36F}' | '\u{5B0}'..='\u{5C7}' | '\u{610}'..='\u{65F}' | '\u{900}'..='\u{DFF}' | '\u{E30}'..='\u{E4E}'
            | '\u{EB0}'..='\u{ECD}' | '\u{102B}'..='\u{103E}' | '\u{17B4}'..='\u{17D3}')
}

fn number(t: Option<&Token>) -> Option<(u32, usize)> {
    match t?.kind {
        Kind::Number { value, digits } => Some((value, digits)),
        _ => None,
    }
}

fn mark(t: Option<&Token>) -> Option<char> {
    match t?.kind {
        Kind::Mark(c) => Some(c),
        _ => None,
    }
}

fn word(t: Option<&Token>) -> Option<&str> {
    match &t?.kind {
        Kind::Word(w) => Some(w),
        _ => None,
    }
}

/// How dates are written; each function looks at the tokens from one place on and gives the place behind what it read.
struct Grammar<'t> {
    tokens: &'t [Token],
    language: Option<&'t str>,
    order: Order,
}

impl Grammar<'_> {
    fn at(&self, i: usize) -> Option<&Token> {
        self.tokens.get(i)
    }

    fn small(&self, i: usize, max: u32) -> Option<i8> {
        number(self.at(i)).filter(|&(v, d)| d <= 2 && v >= 1 && v <= max).map(|(v, _)| v as i8)
    }

    /// The mark between the numbers of a date.
    fn separator(&self, i: usize) -> Option<char> {
        mark(self.at(i)).filter(|c| "-./".contains(*c))
    }

    /// A year, and the calendar that it is counted in; `months` is the calendar of the month's name, where it has one.
    fn year(&self, i: usize, months: Option<Calendar>) -> Option<(Calendar, i16)> {
        let (value, digits) = number(self.at(i))?;
        let by_number = tables().calendar_of_numbers(self.language);
        if digits == 2 && months == Some(Calendar::Gregorian) && by_number == Some(Calendar::Buddhist) {
            return buddhist(value);
        }
        if digits != 4 {
            return None;
        }
        let calendar = match (months, value) {
            (Some(named), _) if named != Calendar::Gregorian => named,
            (_, 1994..=2050) => Calendar::Gregorian,
            (_, 2537..=2593) => Calendar::Buddhist,
            (None, 1373..=1430) => by_number.filter(|c| *c == Calendar::Persian)?,
            _ => return None,
        };
        Some((calendar, value as i16))
    }

    /// A month by name, and the token behind it. Some name it twice: `حزيران/يونيو`.
    fn month(&self, i: usize) -> Option<(Calendar, i8, usize)> {
        let (calendar, month, next) = self.month_name(i)?;
        if mark(self.at(next)) == Some('/')
            && let Some((_, same, behind)) = self.month_name(next + 1)
            && same == month
        {
            return Some((calendar, month, behind));
        }
        Some((calendar, month, next))
    }

    fn month_name(&self, i: usize) -> Option<(Calendar, i8, usize)> {
        let known = |name: &str, next: usize| tables().month(name, self.language).map(|(c, m)| (c, m, next));
        let first = word(self.at(i))?;
        if let Some(second) = word(self.at(i + 1))
            && let Some(found) = known(&format!("{first} {second}"), i + 2)
        {
            return Some(found);
        }
        if let Some(abbreviated) = self.abbreviation(i)
            && let Some(found) = known(&abbreviated, i + 3)
        {
            return Some(found);
        }
        known(first, i + 1)
    }

    /// Two words with a full stop between them, such as `ส.ค`.
    fn abbreviation(&self, i: usize) -> Option<String> {
        let (first, second) = (word(self.at(i))?, word(self.at(i + 2))?);
        (mark(self.at(i + 1)) == Some('.')).then(|| format!("{first}.{second}"))
    }

    /// Passes over marks and little words that stand within a date.
    fn skip(&self, mut i: usize) -> usize {
        for _ in 0..4 {
            i += match self.at(i).map(|t| &t.kind) {
                _ if self.abbreviation(i).is_some_and(|a| tables().is_filler(&a)) => 3,
                Some(Kind::Mark(c)) if ".,-'/،°၊፣".contains(*c) => 1,
                Some(Kind::Word(w)) if ORDINALS.contains(&w.as_str()) || tables().is_filler(w) => 1,
                _ => break,
            };
        }
        i
    }

    /// A day that begins at a token, and the token behind it.
    fn day_at(&self, i: usize) -> Option<(Date, usize)> {
        if let Some(found) = self.in_era(i) {
            return Some(found);
        }
        if number(self.at(i)).is_some_and(|(_, digits)| digits == 4) {
            return self.year_first(i);
        }
        if let Some((calendar, m, next)) = self.month(i) {
            let next = self.skip(next);
            let d = self.small(next, 31)?;
            let next = self.skip(next + 1);
            let (calendar, y) = self.year(next, Some(calendar))?;
            return Some((calendar.civil(y, m, d)?, next + 1));
        }
        if let Some((v, 8)) = number(self.at(i)) {
            let day = Calendar::Gregorian.civil((v / 10_000) as i16, (v / 100 % 100) as i8, (v % 100) as i8)?;
            return Some((day, i + 1));
        }
        self.day_first(i)
    }

    /// `令和6年5月3日`, `民國113.5.3`: the year behind the name of its era.
    fn in_era(&self, i: usize) -> Option<(Date, usize)> {
        let (calendar, first) = tables().era(word(self.at(i))?)?;
        let (y, next) = if first { (1, i + 1) } else { (number(self.at(i + 1)).filter(|n| n.1 <= 3)?.0 as i16, i + 2) };
        self.month_and_day(calendar, y, next)
    }

    /// The rest of a date in numbers behind its year.
    fn month_and_day(&self, calendar: Calendar, y: i16, i: usize) -> Option<(Date, usize)> {
        if word(self.at(i)).is_some_and(|w| tables().is_year_word(w)) {
            let m = self.small(i + 1, 12)?;
            let is_month = |n: &usize| word(self.at(*n)).is_some_and(|w| tables().is_month_word(w));
            let unit = (i + 2..i + 5).find(is_month)?;
            return Some((calendar.civil(y, m, self.small(unit + 1, 31)?)?, unit + 2));
        }
        let sep = self.separator(i)?;
        let (m, d) = (self.small(i + 1, 12)?, self.small(i + 3, 31)?);
        (self.separator(i + 2) == Some(sep)).then(|| calendar.civil(y, m, d))?.map(|day| (day, i + 4))
    }

    /// `2024-05-03`, `2024年5月3日`, `2023. március 10.`
    fn year_first(&self, i: usize) -> Option<(Date, usize)> {
        if let Some((calendar, y)) = self.year(i, None)
            && let Some(found) = self.month_and_day(calendar, y, i + 1)
        {
            return Some(found);
        }
        let behind = self.skip(i + 1);
        if let Some(d) = self.small(behind, 31) {
            let (calendar, m, next) = self.month(self.skip(behind + 1))?;
            // In `© 2022, 10 June 2023` the first year is no part of the date.
            if number(self.at(self.skip(next))).is_some_and(|(_, digits)| digits == 4) {
                return None;
            }
            let (calendar, y) = self.year(i, Some(calendar))?;
            return Some((calendar.civil(y, m, d)?, next));
        }
        let (calendar, m, next) = self.month(behind)?;
        let next = self.skip(next);
        let (calendar, y) = self.year(i, Some(calendar))?;
        Some((calendar.civil(y, m, self.small(next, 31)?)?, next + 1))
    }

    /// `3 May 2024`, `03.05.2024`, and numbers in another order.
    fn day_first(&self, i: usize) -> Option<(Date, usize)> {
        let (value, digits) = number(self.at(i)).filter(|n| n.1 <= 2)?;
        // A number before, as in 192.168.1.2024, is no date.
        if i >= 2
            && self.separator(i - 1).is_some()
            && self.tokens[i - 1].end == self.tokens[i].start
            && number(self.at(i - 2)).is_some()
        {
            return None;
        }
        if let Some(sep) = self.separator(i + 1)
            && self.separator(i + 3) == Some(sep)
            && let Some(second) = self.small(i + 2, 31)
        {
            if let Some((third, 2)) = number(self.at(i + 4)) {
                if self.order == Order::YearFirst {
                    let y = 2000 + i16::try_from(value).ok().filter(|v| digits == 2 && *v <= 50)?;
                    let day = Calendar::Gregorian.civil(y, second, i8::try_from(third).ok()?)?;
                    return Some((day, i + 5));
                }
                let year = self.short_year(third).filter(|_| sep != '-')?;
                return self.numbers(i, sep, second, year);
            }
            return self.numbers(i, sep, second, self.year(i + 4, None)?);
        }
        let d = self.small(i, 31)?;
        if word(self.at(i + 1)) == Some("tháng") {
            let m = self.small(i + 2, 12)?;
            let skips = word(self.at(i + 3)).is_some_and(|w| tables().is_year_word(w)) || mark(self.at(i + 3)).is_some();
            let next = i + 3 + usize::from(skips);
            let (calendar, y) = self.year(next, None)?;
            return Some((calendar.civil(y, m, d)?, next + 1));
        }
        let (calendar, m, next) = self.month(self.skip(i + 1))?;
        let next = self.skip(next);
        let short = number(self.at(next)).is_some_and(|(_, digits)| digits == 2);
        // What looks like a short year may be an hour.
        if short
            && (mark(self.at(next + 1)) == Some(':') || self.separator(next + 1).is_some() && number(self.at(next + 2)).is_some())
        {
            return None;
        }
        let (calendar, y) = self.year(next, Some(calendar))?;
        Some((calendar.civil(y, m, d)?, next + 1))
    }

    /// The last two digits of a year.
    fn short_year(&self, value: u32) -> Option<(Calendar, i16)> {
        match tables().calendar_of_numbers(self.language) {
            Some(Calendar::Buddhist) if value >= 37 => buddhist(value),
            // In Persian `02/03/20` the year may stand first.
            Some(Calendar::Persian) => None,
            _ => (value <= 50).then_some((Calendar::Gregorian, 2000 + value as i16)),
        }
    }

    /// Day, month and year in numbers.
    fn numbers(&self, i: usize, sep: char, second: i8, (calendar, y): (Calendar, i16)) -> Option<(Date, usize)> {
        let first = self.small(i, 31)?;
        let (d, m) = match self.order {
            _ if first > 12 || first == second => (first, second),
            _ if second > 12 => (second, first),
            Order::DayFirst => (first, second),
            // A full stop separates days from months wherever it is used.
            Order::Unknown | Order::YearFirst if sep == '.' => (first, second),
            Order::MonthFirst => (second, first),
            Order::Unknown | Order::YearFirst => return None,
        };
        Some((calendar.civil(y, m, d)?, i + 5))
    }
}

/// The last two digits of a year of the Buddha; those of Christ's are smaller.
fn buddhist(value: u32) -> Option<(Calendar, i16)> {
    (37..=93).contains(&value).then_some((Calendar::Buddhist, 2500 + value as i16))
}

/// The time of day that follows within a few tokens.
fn time_after(tokens: &[Token], from: usize) -> Option<(i8, i8)> {
    for i in from..tokens.len().min(from + 7) {
        let Some((h, digits)) = number(tokens.get(i)) else { continue };
        let sep = mark(tokens.get(i + 1)).is_some_and(|c| c == ':' || c == '.')
            || word(tokens.get(i + 1)).is_some_and(|w| matches!(w, "h" | "u" | "시" | "时" | "時" | "g"));
        let (m, two) = number(tokens.get(i + 2))?;
        if !sep || digits > 2 || h > 23 || two != 2 || m > 59 {
            return None;
        }
        let mut half = (i + 3..i + 6).filter_map(|n| word(tokens.get(n)));
        let hour = match half.next() {
            Some("pm" | "p") if h < 12 => h + 12,
            Some("am" | "a") if h == 12 => 0,
            _ => h,
        };
        return Some((hour as i8, m as i8));
    }
    None
}

/// The role that the nearest word before a date, in lower case, gives it.
pub(crate) fn role_before(text: &str) -> Option<DateRole> {
    let mut start = text.len().saturating_sub(60);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let tail = &text[start..];
    let mut best: Option<(usize, DateRole)> = None;
    for &(role, word) in &tables().date_words {
        let word = lower(word);
        if let Some(at) = tail.rfind(&word) {
            let end = at + word.len();
            let opens = tail[..at]
                .chars()
                .next_back()
                .is_none_or(|c| !is_letter(c) || !c.is_ascii() && !word.is_ascii() && word.chars().count() <= 3);
            if opens && best.is_none_or(|(b, _)| end > b) {
                best = Some((end, role));
            }
        }
    }
    best.map(|(_, role)| role)
}

/// Japanese and Korean also put the word behind.
fn role_behind(text: &str) -> Option<DateRole> {
    let head: String = text.chars().take(16).collect();
    if head.contains("更新") || head.contains("수정") {
        return Some(DateRole::Updated);
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str, language: &str, order: Order) -> Vec<String> {
        days_in(text, Some(language), order)
            .iter()
            .map(|d| match d.time {
                Some((h, m)) => format!("{} {h:02}:{m:02}", d.day),
                None => d.day.to_string(),
            })
            .collect()
    }

    #[test]
    fn days_are_read_as_they_are_written() {
        let cases: &[(&str, &str, &[&str])] = &[
            ("26 Kasım 2026 Perşembe 14:57", "tr", &["2026-11-26 14:57"]),
            ("Giriş: 26.11.2026 - 14:57 Güncelleme: 27.11.2026 - 15:10", "tr", &["2026-11-26 14:57", "2026-11-27 15:10"]),
            ("Kasım 26, 2026 02:57", "tr", &["2026-11-26 02:57"]),
            ("26 KASIM 2026 - 09.05", "tr", &["2026-11-26 09:05"]),
            ("Thursday, 5 March 2026 at 3:04 PM", "en", &["2026-03-05 15:04"]),
            ("Mar 5th, 2026", "en", &["2026-03-05"]),
            ("2024年5月3日 10:20", "zh", &["2024-05-03 10:20"]),
            ("2024년 5월 3일", "ko", &["2024-05-03"]),
            ("2024.05.03 10:20", "ko", &["2024-05-03 10:20"]),
            ("ngày 10 tháng 3 năm 2023", "vi", &["2023-03-10"]),
            ("listopad 5, 2022", "hr", &["2022-10-05"]),
            ("5 listopada 2022", "pl", &["2022-11-05"]),
            ("الأحد 5 رمضان 1444 هـ - 26 مارس 2023 م", "ar", &["2023-03-26"]),
            ("10 حزيران/يونيو 2023", "ar", &["2023-06-10"]),
            ("١٤٤٤/٠٩/٠٥", "ar", &[]),
            ("۱۴۰۲/۰۳/۲۰ | 2023-06-10", "fa", &["2023-06-10", "2023-06-10"]),
            ("02/03/20", "fa", &[]),
            ("जून 10, 2023, 10:15 बजे", "hi", &["2023-06-10 10:15"]),
            ("21 ফেব্রুয়ারী 2023", "bn", &["2023-02-21"]),
            ("১১ মার্চ ২০২৪, ২৭ ফাল্গুন ১৪৩০", "bn", &["2024-03-11"]),
            ("२०८०/०२/२७", "ne", &[]),
            ("२७ जेठ २०८०, १० जुन २०२३", "ne", &["2023-06-10"]),
            ("12 ส.ค. 66 เวลา 10.15 น.", "th", &["2023-08-12 10:15"]),
            ("12 ส.ค. 14:30", "th", &[]),
            ("3 May 14.30", "en", &[]),
            ("25 ΜΑΡΤΙΟΥ 2023", "el", &["2023-03-25"]),
            ("ngày 10/3/2023 07:05", "vi", &["2023-03-10 07:05"]),
            ("© 2022, 10 June 2023", "en", &["2023-06-10"]),
            ("05/05/2080", "en", &[]),
            ("IP 192.168.1.2024", "en", &[]),
            ("31.02.2024", "tr", &[]),
            ("version 3.4.5", "en", &[]),
        ];
        for (text, language, want) in cases {
            assert_eq!(read(text, language, Order::DayFirst), *want, "{text}");
        }
    }

    #[test]
    fn days_and_months_are_not_swapped() {
        assert_eq!(read("03/04/2024", "en", Order::DayFirst), ["2024-04-03"]);
        assert_eq!(read("03/04/2024", "en", Order::MonthFirst), ["2024-03-04"]);
        assert_eq!(read("03/04/2024", "en", Order::Unknown), Vec::<String>::new());
        assert_eq!(read("03/24/2024", "en", Order::DayFirst), ["2024-03-24"]);
        assert_eq!(read("24/03/2024", "en", Order::MonthFirst), ["2024-03-24"]);
        assert_eq!(read("24.05.03", "ko", Order::YearFirst), ["2024-05-03"]);
        assert_eq!(read("05/03/2024", "ko", Order::YearFirst), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[0-9./ :年月日a-zşıİ\u{300}]{0,40}") {
            let _ = days_in(&text, None, Order::Unknown);
        }

        #[test]
        fn iso_days_come_back(y in 1995i16..=2050, m in 1i8..=12, d in 1i8..=28) {
            let day = Date::new(y, m, d).expect("a day");
            prop_assert_eq!(days_in(&day.to_string(), None, Order::Unknown)[0].day, day);
        }
    }
}
