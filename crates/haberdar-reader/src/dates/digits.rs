//! Dates and times written in digits.

use haberdar_model::{DateBasis, Language};
use jiff::civil::Date;

use super::{actions::Sem, clock::clock, moment::Moment};

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
            if *s != "."
                && matches!(a.len() + b.len(), 5 | 6)
                && a.len().max(b.len()) == 4
                && (1..=12).contains(&month)
                && (1900..=2100).contains(&year)
            {
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
