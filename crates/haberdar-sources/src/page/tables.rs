//! What is known of the habits of pages, as tables: names of months, words around dates, boilerplate, agencies, class names.

use std::{collections::HashMap, sync::OnceLock};

use super::{calendar::Calendar, day_text::Order};

/// What the words around a date say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateRole {
    Published,
    Updated,
    Other,
}

/// How a line of boilerplate is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineRule {
    Whole,
    Starts,
    End,
    Inside,
}

/// What the class or id of an element says of what it holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    pub(crate) drop: bool,
    /// What readers wrote; it is dropped, too.
    pub(crate) comments: bool,
    pub(crate) lead: bool,
    pub(crate) date: bool,
    pub(crate) body: bool,
}

#[derive(Default)]
pub(crate) struct Tables {
    /// A form of a month's name to its languages, calendars and numbers.
    months: HashMap<String, Vec<(&'static str, Calendar, i8)>>,
    /// Words before a year, the longest first.
    eras: Vec<(&'static str, Calendar)>,
    /// A language to the calendar by which it may mean bare numbers.
    calendars: HashMap<&'static str, Calendar>,
    /// Kind and code of a row of the order of numbers to that order and the language that is written there.
    orders: HashMap<(&'static str, &'static str), (Order, &'static str)>,
    /// Role and word, the longest words first.
    pub(crate) date_words: Vec<(DateRole, &'static str)>,
    fillers: Vec<String>,
    year_words: Vec<&'static str>,
    month_words: Vec<&'static str>,
    pub(crate) lines: Vec<(LineRule, String)>,
    /// Name of an agency, and the names by which it is credited.
    pub(crate) wires: Vec<(&'static str, Vec<&'static str>)>,
    /// A part of a class name to the rest of the parts, and what they mean together.
    marks: HashMap<&'static str, Vec<(Vec<&'static str>, &'static str)>>,
}

const MONTHS: &str = include_str!("../../../../data/pages/months.tsv");
const ERAS: &str = include_str!("../../../../data/pages/eras.tsv");
const NUMBERS: &str = include_str!("../../../../data/pages/numbers.tsv");
const DATE_WORDS: &str = include_str!("../../../../data/pages/datewords.tsv");
const LINES: &str = include_str!("../../../../data/pages/boilerplate.tsv");
const WIRES: &str = include_str!("../../../../data/pages/wires.tsv");
const MARKS: &str = include_str!("../../../../data/pages/marks.tsv");

/// The rows of a table below its header, without comments.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).skip(1).map(|l| l.split('\t').collect())
}

/// The tables that are built in.
pub(crate) fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let mut t = Tables::default();
        for row in rows(MONTHS) {
            let calendar = Calendar::named(row[1]).expect("a calendar");
            for (number, forms) in (1i8..).zip(row.iter().skip(4)) {
                for form in forms.split('|') {
                    let languages = row[0].split('|').map(|l| (l, calendar, number));
                    t.months.entry(lower(&form.replace('-', " "))).or_default().extend(languages);
                }
            }
        }
        for row in rows(ERAS) {
            let calendar = Calendar::named(row[0]).expect("a calendar");
            match row[2] {
                "-" => drop(t.calendars.insert(row[1], calendar)),
                word => t.eras.push((word, calendar)),
            }
        }
        t.eras.sort_by_key(|(w, _)| std::cmp::Reverse(w.len()));
        for row in rows(NUMBERS) {
            let order = match row[2] {
                "day-first" => Order::DayFirst,
                "month-first" => Order::MonthFirst,
                "year-first" => Order::YearFirst,
                _ => Order::Unknown,
            };
            t.orders.insert((row[0], row[1]), (order, row[3]));
        }
        for row in rows(DATE_WORDS) {
            match row[0] {
                "published" => t.date_words.push((DateRole::Published, row[2])),
                "updated" => t.date_words.push((DateRole::Updated, row[2])),
                "filler" => t.fillers.push(lower(row[2])),
                "year" => t.year_words.push(row[2]),
                "month" => t.month_words.push(row[2]),
                _ => t.date_words.push((DateRole::Other, row[2])),
            }
        }
        t.date_words.sort_by_key(|(_, w)| std::cmp::Reverse(w.len()));
        for row in rows(LINES) {
            let rule = match row[0] {
                "whole" => LineRule::Whole,
                "starts" => LineRule::Starts,
                "end" => LineRule::End,
                _ => LineRule::Inside,
            };
            t.lines.push((rule, lower(row[2])));
        }
        t.wires = rows(WIRES).map(|r| (r[0], r[1].split('|').collect())).collect();
        for row in rows(MARKS) {
            let mut parts = row[1].split('-');
            t.marks.entry(parts.next().unwrap_or_default()).or_default().push((parts.collect(), row[0]));
        }
        t
    })
}

impl Tables {
    /// The month that a word names: in `language` where it knows the word, else in all languages that do, if they agree.
    pub(crate) fn month(&self, word: &str, language: Option<&str>) -> Option<(Calendar, i8)> {
        let all = self.months.get(word)?;
        if let Some(&(_, c, m)) = language.and_then(|l| all.iter().find(|(of, ..)| *of == l)) {
            return Some((c, m));
        }
        let (_, calendar, month) = *all.first()?;
        all.iter().all(|&(_, c, m)| (c, m) == (calendar, month)).then_some((calendar, month))
    }

    /// The calendar of the era that a word names or, in a script without spaces, ends in; and whether it says that it is its first
    /// year.
    pub(crate) fn era(&self, word: &str) -> Option<(Calendar, bool)> {
        let &(name, calendar) = self.eras.iter().find(|(name, _)| word.ends_with(name))?;
        Some((calendar, name.ends_with('元')))
    }

    /// The calendar by which a language may mean bare numbers, beside the Gregorian one.
    pub(crate) fn calendar_of_numbers(&self, language: Option<&str>) -> Option<Calendar> {
        self.calendars.get(language?).copied()
    }

    /// The order of the numbers of a date in a `language` or `country`, where it is not day first.
    pub(crate) fn order(&self, kind: &str, code: &str) -> Option<Order> {
        self.orders.get(&(kind, code)).map(|o| o.0)
    }

    /// True for an end of addresses that looks like a country's and says nothing.
    pub(crate) fn is_generic(&self, domain: &str) -> bool {
        self.orders.contains_key(&("generic", domain))
    }

    /// The language of pages of a country that declare none.
    pub(crate) fn language_of(&self, country: &str) -> Option<&'static str> {
        self.orders.get(&("country", country)).map(|o| o.1).filter(|l| *l != "-")
    }

    pub(crate) fn is_filler(&self, word: &str) -> bool {
        self.fillers.iter().any(|f| f == word)
    }

    /// True for a word behind the number of a year.
    pub(crate) fn is_year_word(&self, word: &str) -> bool {
        self.year_words.contains(&word)
    }

    /// True for a word behind the number of a month.
    pub(crate) fn is_month_word(&self, word: &str) -> bool {
        self.month_words.contains(&word)
    }

    /// What the class and id names of an element say.
    pub(crate) fn marks(&self, names: &str) -> Marks {
        let mut marks = Marks::default();
        for name in names.split_ascii_whitespace() {
            let parts = name_parts(name);
            for (i, part) in parts.iter().enumerate() {
                for (rest, role) in self.marks.get(part.as_str()).into_iter().flatten() {
                    let follows = &parts[i + 1..];
                    if follows.len() >= rest.len() && rest.iter().zip(follows).all(|(a, b)| a == b) {
                        match *role {
                            "drop" => marks.drop = true,
                            "comments" => (marks.drop, marks.comments) = (true, true),
                            "lead" => marks.lead = true,
                            "date" => marks.date = true,
                            _ => marks.body = true,
                        }
                    }
                }
            }
        }
        marks
    }
}

/// The parts of a class name: `socialShare`, `social-share` and `social__share` have two.
fn name_parts(name: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut last_lower = false;
    for c in name.chars().take(120) {
        if (!c.is_alphanumeric() || (c.is_uppercase() && last_lower)) && !part.is_empty() {
            parts.push(std::mem::take(&mut part));
        }
        if c.is_alphanumeric() {
            part.extend(c.to_lowercase());
        }
        last_lower = c.is_lowercase();
    }
    if !part.is_empty() {
        parts.push(part);
    }
    parts
}

/// Lower case for comparing words of pages: dotted and dotless i are one letter, all digits are ASCII, and letters that are encoded
/// or accented in more than one way are written the one way.
pub(crate) fn lower(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    for c in s.chars() {
        match c {
            'İ' | 'I' | 'ı' => out.push('i'),
            '\u{307}' => {}
            '’' | '`' | '´' => out.push('\''),
            '\u{A0}' | '\u{202F}' | '\u{2009}' => out.push(' '),
            '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{AD}' => {}
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            c if c.is_ascii() => out.push(c),
            c => match digit(c) {
                Some(d) => out.push(d),
                None => out.extend(c.to_lowercase().filter(|&c| c != '\u{307}').flat_map(|c| spelled(c).into_iter().flatten())),
            },
        }
    }
    out
}

/// The one spelling of a letter that pages encode in several ways or write with and without its accent.
fn spelled(c: char) -> [Option<char>; 2] {
    let one = match c {
        // Capitals in Greek have no accents.
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        // Arabic keyboards for Persian.
        'ي' => 'ی',
        'ك' => 'ک',
        // The dot below letters of India is a character of its own or part of the letter.
        '\u{93C}' | '\u{9BC}' | '\u{A3C}' | '\u{B3C}' => return [None; 2],
        '\u{958}' => 'क',
        '\u{959}' => 'ख',
        '\u{95A}' => 'ग',
        '\u{95B}' => 'ज',
        '\u{95C}' => 'ड',
        '\u{95D}' => 'ढ',
        '\u{95E}' => 'फ',
        '\u{95F}' => 'य',
        '\u{9DC}' => 'ড',
        '\u{9DD}' => 'ঢ',
        '\u{9DF}' => 'য',
        '\u{A59}' => 'ਖ',
        '\u{A5A}' => 'ਗ',
        '\u{A5B}' => 'ਜ',
        '\u{A5E}' => 'ਫ',
        // Consonants of Malayalam without a vowel.
        'ൺ' => return [Some('ണ'), Some('്')],
        'ൻ' => return [Some('ന'), Some('്')],
        'ർ' => return [Some('ര'), Some('്')],
        'ൽ' => return [Some('ല'), Some('്')],
        'ൾ' => return [Some('ള'), Some('്')],
        c => c,
    };
    [Some(one), None]
}

/// The ASCII digit that a digit of another script stands for.
fn digit(c: char) -> Option<char> {
    const ZEROS: [char; 17] = [
        '\u{660}', '\u{6F0}', '\u{966}', '\u{9E6}', '\u{A66}', '\u{AE6}', '\u{B66}', '\u{BE6}', '\u{C66}', '\u{CE6}', '\u{D66}',
        '\u{E50}', '\u{ED0}', '\u{F20}', '\u{1040}', '\u{17E0}', '\u{FF10}',
    ];
    ZEROS.iter().find_map(|&z| {
        let d = (c as u32).checked_sub(z as u32).filter(|d| *d < 10)?;
        char::from_digit(d, 10)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{body::is_boilerplate, day_text::days_in, published::Hints, wire};

    fn days(text: &str, language: Option<&str>, order: Order) -> String {
        let days: Vec<String> = days_in(text, language, order).iter().map(|d| d.day.to_string()).collect();
        if days.is_empty() { "-".to_owned() } else { days.join(" ") }
    }

    #[test]
    fn every_month_reads_its_example() {
        for row in rows(MONTHS) {
            assert_eq!(row.len(), 16, "{row:?}");
            for language in row[0].split('|') {
                assert_eq!(days(row[2], Some(language), Order::DayFirst), row[3], "{language}: {}", row[2]);
            }
        }
    }

    #[test]
    fn every_form_of_a_month_is_read_in_its_language() {
        for row in rows(MONTHS).filter(|r| r[1] == "gregory") {
            for (number, forms) in (1..).zip(row.iter().skip(4)) {
                for form in forms.split('|') {
                    let text = format!("7 {} 2023", form.replace('-', " "));
                    assert_eq!(days(&text, row[0].split('|').next(), Order::DayFirst), format!("2023-{number:02}-07"), "{row:?}");
                }
            }
        }
    }

    #[test]
    fn every_era_and_order_reads_its_example() {
        for row in rows(ERAS) {
            assert_eq!(days(row[3], Some(row[1]), Order::DayFirst), row[4], "{row:?}");
        }
        for row in rows(NUMBERS) {
            let url = format!("https://ornek.{}/1", row[1].to_lowercase());
            let hints = if row[0] == "language" { Hints::new(Some(row[1]), None) } else { Hints::new(None, Some(&url)) };
            assert_eq!(days(row[4], hints.language, hints.order), row[5], "{row:?}");
        }
    }

    #[test]
    fn every_date_word_reads_its_example() {
        for row in rows(DATE_WORDS) {
            let found = days_in(row[3], Some(row[1]), Order::DayFirst);
            match row[0] {
                "filler" | "year" | "month" => assert_eq!(found.len(), 1, "{row:?}"),
                role => {
                    let want = [("published", DateRole::Published), ("updated", DateRole::Updated), ("other", DateRole::Other)];
                    let want = want.iter().find(|w| w.0 == role).map(|w| w.1);
                    assert_eq!(found.first().and_then(|d| d.role), want, "{row:?}");
                }
            }
        }
    }

    #[test]
    fn every_line_is_told_by_its_example() {
        for row in rows(LINES) {
            assert_eq!(row.len(), 4, "{row:?}");
            assert!(is_boilerplate(row[3]), "{row:?}");
        }
    }

    #[test]
    fn every_agency_is_credited_in_its_example() {
        for row in rows(WIRES) {
            assert_eq!(wire::credited(row[2]), Some(row[0]), "{row:?}");
        }
    }

    #[test]
    fn every_mark_is_told_by_its_example() {
        for row in rows(MARKS) {
            let m = tables().marks(row[2]);
            let said = match row[0] {
                "drop" => m.drop,
                "comments" => m.comments && m.drop,
                "lead" => m.lead,
                "date" => m.date,
                "body" => m.body,
                other => panic!("{other}"),
            };
            assert!(said, "{row:?}");
        }
        assert_eq!(tables().marks("shareholder headline download"), Marks::default());
    }
}
