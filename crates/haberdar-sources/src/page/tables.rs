//! What is known of the habits of pages, as tables: names of months, words around dates, boilerplate, agencies, class names.

use std::{collections::HashMap, sync::OnceLock};

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
    pub(crate) lead: bool,
    pub(crate) date: bool,
    pub(crate) body: bool,
}

#[derive(Default)]
pub(crate) struct Tables {
    /// A form of a month's name to its languages and numbers.
    months: HashMap<String, Vec<(&'static str, i8)>>,
    /// Role and word, the longest words first.
    pub(crate) date_words: Vec<(DateRole, &'static str)>,
    fillers: Vec<&'static str>,
    pub(crate) lines: Vec<(LineRule, String)>,
    /// Name of an agency, and the names by which it is credited.
    pub(crate) wires: Vec<(&'static str, Vec<&'static str>)>,
    /// A part of a class name to the rest of the parts, and what they mean together.
    marks: HashMap<&'static str, Vec<(Vec<&'static str>, &'static str)>>,
}

const MONTHS: &str = include_str!("../../../../data/pages/months.tsv");
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
            for (number, forms) in (1i8..).zip(row.iter().skip(3)) {
                for form in forms.split('|') {
                    t.months.entry(lower(&form.replace('-', " "))).or_default().push((row[0], number));
                }
            }
        }
        for row in rows(DATE_WORDS) {
            match row[0] {
                "published" => t.date_words.push((DateRole::Published, row[2])),
                "updated" => t.date_words.push((DateRole::Updated, row[2])),
                "filler" => t.fillers.push(row[2]),
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
    pub(crate) fn month(&self, word: &str, language: Option<&str>) -> Option<i8> {
        let all = self.months.get(word)?;
        if let Some(&(_, m)) = language.and_then(|l| all.iter().find(|(of, _)| *of == l)) {
            return Some(m);
        }
        let first = all.first()?.1;
        all.iter().all(|&(_, m)| m == first).then_some(first)
    }

    pub(crate) fn is_filler(&self, word: &str) -> bool {
        self.fillers.contains(&word)
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

/// Lower case in which dotted and dotless i are one letter and all digits are ASCII, for comparing words of pages.
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
                None => out.extend(c.to_lowercase().filter(|&c| c != '\u{307}')),
            },
        }
    }
    out
}

/// The ASCII digit that a digit of another script stands for.
fn digit(c: char) -> Option<char> {
    const ZEROS: [char; 9] =
        ['\u{660}', '\u{6F0}', '\u{966}', '\u{9E6}', '\u{A66}', '\u{AE6}', '\u{E50}', '\u{1040}', '\u{FF10}'];
    ZEROS.iter().find_map(|&z| {
        let d = (c as u32).checked_sub(z as u32).filter(|d| *d < 10)?;
        char::from_digit(d, 10)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{
        body::is_boilerplate,
        day_text::{Order, days_in},
        wire,
    };

    #[test]
    fn every_month_reads_its_example() {
        for row in rows(MONTHS) {
            assert_eq!(row.len(), 15, "{row:?}");
            let found = days_in(row[1], Some(row[0]), Order::DayFirst);
            let days: Vec<String> = found.iter().map(|d| d.day.to_string()).collect();
            assert_eq!(days, [row[2]], "{}: {}", row[0], row[1]);
        }
    }

    #[test]
    fn every_date_word_reads_its_example() {
        for row in rows(DATE_WORDS) {
            let found = days_in(row[3], Some(row[1]), Order::DayFirst);
            match row[0] {
                "filler" => assert_eq!(found.len(), 1, "{row:?}"),
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
