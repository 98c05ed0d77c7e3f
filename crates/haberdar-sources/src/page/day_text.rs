//! Days as people write them: `26 Kasım 2026 Perşembe 14:57`, `March 5, 2026`, `2024年5月3日`, `03.05.2024`.

use jiff::civil::Date;

use super::tables::{DateRole, lower, tables};

/// Which of two small numbers is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    DayFirst,
    MonthFirst,
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

struct Token {
    kind: Kind,
    start: usize,
    end: usize,
}

/// Years in which a page of the web can have been published.
const YEARS: std::ops::RangeInclusive<u32> = 1994..=2100;

/// The days that a text names, in order. `language` decides between months of one name, `order` between `3/4` and `4/3`.
pub(crate) fn days_in(text: &str, language: Option<&str>, order: Order) -> Vec<Written> {
    let text = lower(text);
    let tokens = tokens(&text);
    let (mut found, mut i, mut from) = (Vec::new(), 0, 0);
    while i < tokens.len() {
        let Some((day, next)) = day_at(&tokens, i, language, order) else {
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
        || matches!(c, '\u{300}'..='\u{36F}' | '\u{5B0}'..='\u{5C7}' | '\u{610}'..='\u{65F}' | '\u{900}'..='\u{DFF}' | '\u{E30}'..='\u{E4E}')
}

fn number(t: Option<&Token>) -> Option<(u32, usize)> {
    match t?.kind {
        Kind::Number { value, digits } => Some((value, digits)),
        _ => None,
    }
}

fn small(t: Option<&Token>, max: u32) -> Option<i8> {
    number(t).filter(|&(v, d)| d <= 2 && v >= 1 && v <= max).map(|(v, _)| v as i8)
}

fn year(t: Option<&Token>) -> Option<i16> {
    let (v, d) = number(t)?;
    // Thailand counts from the Buddha.
    let v = if (2537..=2643).contains(&v) { v - 543 } else { v };
    (d == 4 && YEARS.contains(&v)).then_some(v as i16)
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

/// A month by name, and the token behind it.
fn month_at(tokens: &[Token], i: usize, language: Option<&str>) -> Option<(i8, usize)> {
    let first = word(tokens.get(i))?;
    if let Some(second) = word(tokens.get(i + 1))
        && let Some(m) = tables().month(&format!("{first} {second}"), language)
    {
        return Some((m, i + 2));
    }
    if mark(tokens.get(i + 1)) == Some('.')
        && let Some(second) = word(tokens.get(i + 2))
        && let Some(m) = tables().month(&format!("{first}.{second}"), language)
    {
        return Some((m, i + 3));
    }
    tables().month(first, language).map(|m| (m, i + 1))
}

/// Passes over marks and little words that stand within a date.
fn skip(tokens: &[Token], mut i: usize) -> usize {
    const ORDINALS: [&str; 9] = ["st", "nd", "rd", "th", "er", "º", "ª", "d", "ός"];
    for _ in 0..3 {
        let passes = match tokens.get(i).map(|t| &t.kind) {
            Some(Kind::Mark(c)) => matches!(c, '.' | ',' | '-' | '\'' | '/' | '،' | '°'),
            Some(Kind::Word(w)) => ORDINALS.contains(&w.as_str()) || tables().is_filler(w),
            _ => false,
        };
        if !passes {
            break;
        }
        i += 1;
    }
    i
}

fn date(y: i16, m: i8, d: i8) -> Option<Date> {
    Date::new(y, m, d).ok()
}

/// A day that begins at a token, and the token behind it.
fn day_at(tokens: &[Token], i: usize, language: Option<&str>, order: Order) -> Option<(Date, usize)> {
    let at = |n: usize| tokens.get(i + n);
    if let Some(y) = year(at(0)) {
        let unit = |n: usize, a: &str, b: &str| word(at(n)).is_some_and(|w| w == a || w == b);
        if unit(1, "年", "년") && unit(3, "月", "월") {
            return Some((date(y, small(at(2), 12)?, small(at(4), 31)?)?, i + 5));
        }
        if let Some(sep) = mark(at(1)).filter(|c| "-./".contains(*c))
            && mark(at(3)) == Some(sep)
            && let (Some(m), Some(d)) = (small(at(2), 12), small(at(4), 31))
        {
            return Some((date(y, m, d)?, i + 5));
        }
        let behind = skip(tokens, i + 1);
        if let Some(d) = small(tokens.get(behind), 31) {
            let (m, next) = month_at(tokens, skip(tokens, behind + 1), language)?;
            return Some((date(y, m, d)?, next));
        }
        let (m, next) = month_at(tokens, behind, language)?;
        let next = skip(tokens, next);
        return Some((date(y, m, small(tokens.get(next), 31)?)?, next + 1));
    }
    if let Some((m, next)) = month_at(tokens, i, language) {
        let next = skip(tokens, next);
        let d = small(tokens.get(next), 31)?;
        let next = skip(tokens, next + 1);
        return Some((date(year(tokens.get(next))?, m, d)?, next + 1));
    }
    if let Some((v, 8)) = number(at(0)) {
        let y = v / 10_000;
        return YEARS.contains(&y).then(|| date(y as i16, (v / 100 % 100) as i8, (v % 100) as i8)).flatten().map(|d| (d, i + 1));
    }
    let first = small(at(0), 31)?;
    // A number before, as in 192.168.1.2024, is no date.
    if i >= 2
        && matches!(mark(tokens.get(i - 1)), Some('.' | '/' | '-'))
        && tokens[i - 1].end == tokens[i].start
        && number(tokens.get(i - 2)).is_some()
    {
        return None;
    }
    if let Some(sep) = mark(at(1)).filter(|c| "-./".contains(*c))
        && let Some(second) = small(at(2), 31).filter(|_| mark(at(3)) == Some(sep))
    {
        let y = year(at(4)).or_else(|| {
            let (v, d) = number(at(4))?;
            (d == 2 && sep != '-' && v <= 60).then_some(2000 + v as i16)
        })?;
        let (d, m) = match order {
            _ if first > 12 => (first, second),
            _ if second > 12 => (second, first),
            _ if first == second => (first, second),
            // A full stop separates days from months wherever it is used.
            Order::DayFirst => (first, second),
            Order::Unknown if sep == '.' => (first, second),
            Order::MonthFirst => (second, first),
            Order::Unknown => return None,
        };
        return Some((date(y, m, d)?, i + 5));
    }
    if word(at(1)) == Some("tháng") {
        let m = small(at(2), 12)?;
        let next = if word(at(3)) == Some("năm") || mark(at(3)).is_some() { i + 4 } else { i + 3 };
        return Some((date(year(tokens.get(next))?, m, first)?, next + 1));
    }
    let (m, next) = month_at(tokens, skip(tokens, i + 1), language)?;
    let next = skip(tokens, next);
    Some((date(year(tokens.get(next))?, m, first)?, next + 1))
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
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[0-9./ :年月日a-zşıİ\u{300}]{0,40}") {
            let _ = days_in(&text, None, Order::Unknown);
        }

        #[test]
        fn iso_days_come_back(y in 1995i16..2099, m in 1i8..=12, d in 1i8..=28) {
            let day = Date::new(y, m, d).expect("a day");
            prop_assert_eq!(days_in(&day.to_string(), None, Order::Unknown)[0].day, day);
        }
    }
}
