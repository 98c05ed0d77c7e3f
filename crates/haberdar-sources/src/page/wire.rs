//! The agency that a report is credited to.

use super::{blocks::Block, tables::tables};

/// Words that open a credit.
const CREDITS: &[&str] = &[
    "kaynak",
    "source",
    "sources",
    "quelle",
    "quellen",
    "fuente",
    "fonte",
    "bron",
    "källa",
    "kilde",
    "lähde",
    "źródło",
    "zdroj",
    "forrás",
    "sursa",
    "izvor",
    "източник",
    "источник",
    "джерело",
    "πηγή",
    "ajans",
    "agency",
    "agence",
    "agencia",
];

/// The agency that an article is credited to: as author or publisher, in its dateline, at its end, or in a line of credit.
pub(crate) fn of(authors: &[String], text: &str, blocks: &[Block]) -> Option<&'static str> {
    let by_author = authors.iter().flat_map(|a| a.split([',', '/', '&', '|', ';'])).find_map(|a| named(a.trim()));
    let lines = || text.lines();
    by_author
        .or_else(|| lines().take(2).find_map(dateline))
        .or_else(|| lines().last().and_then(ending))
        .or_else(|| blocks.iter().filter(|b| b.text.chars().count() <= 160 && !b.framed).find_map(|b| credit(&b.text)))
}

/// The agency that one line credits in any way.
#[cfg(test)]
pub(crate) fn credited(line: &str) -> Option<&'static str> {
    dateline(line).or_else(|| ending(line)).or_else(|| credit(line))
}

/// An agency by one of its names, and nothing else.
fn named(name: &str) -> Option<&'static str> {
    let name = name.trim_matches(|c: char| !c.is_alphanumeric());
    tables().wires.iter().find(|(_, names)| names.contains(&name)).map(|(agency, _)| *agency)
}

/// `ANKARA (AA) - …`, `(서울=연합뉴스)`, `МОСКВА, 1 сентября. /ТАСС/.`, `Bakı, 10 iyun, AZƏRTAC – …`: an agency set apart among the
/// first words.
fn dateline(line: &str) -> Option<&'static str> {
    let head: String = line.chars().take(70).collect();
    let inside = |open: char, close: char| {
        let (_, rest) = head.split_once(open)?;
        let (inside, _) = rest.split_once(close)?;
        // `[東京 3日 ロイター]`
        Some(if open == '[' { inside.replace(' ', ",") } else { inside.to_owned() })
    };
    let pairs = [('(', ')'), ('[', ']'), ('（', '）'), ('【', '】'), ('/', '/')];
    let set_apart = pairs.iter().filter_map(|&(open, close)| inside(open, close));
    let before_dash = [" - ", " – ", " — "].iter().filter_map(|d| head.split_once(d)).map(|(before, _)| before.to_owned());
    set_apart.chain(before_dash.filter(|b| b.contains(','))).find_map(|part| {
        let last = part.rsplit(['=', ',']).next().unwrap_or_default().trim();
        named(&part).or_else(|| named(last)).or_else(|| behind_place(&part))
    })
}

/// The agency behind a place in a script without spaces: `ワシントン時事`.
fn behind_place(part: &str) -> Option<&'static str> {
    let fits = |name: &&str| !name.is_ascii() && name.chars().all(|c| c >= '\u{3000}') && part.ends_with(name);
    tables().wires.iter().find(|(_, names)| names.iter().any(fits)).map(|(agency, _)| *agency)
}

/// `… dedi. (AA)`, or a last line that is no more than a name.
fn ending(line: &str) -> Option<&'static str> {
    let line = line.trim_end_matches(['.', ' ']);
    let inside = line.strip_suffix([')', ']']).and_then(|l| l.rsplit_once(['(', '['])).map(|(_, inside)| inside);
    match inside {
        Some(inside) => inside.split(['/', ',']).find_map(named),
        None if line.chars().count() <= 30 => named(line),
        None => None,
    }
}

/// `Kaynak: AA`, alone or among other labels.
fn credit(line: &str) -> Option<&'static str> {
    line.match_indices([':', ':']).find_map(|(at, colon)| {
        let word = line[..at].trim_end().rsplit(' ').next().unwrap_or_default().to_lowercase();
        if !CREDITS.contains(&word.as_str()) {
            return None;
        }
        let names = line[at + colon.len()..].trim_start();
        let opens = |n: &str| names.strip_prefix(n).is_some_and(|rest| rest.chars().next().is_none_or(|c| !c.is_alphanumeric()));
        let all = tables().wires.iter().flat_map(|(agency, all)| all.iter().map(move |n| (*n, *agency)));
        all.filter(|(n, _)| opens(n))
            .max_by_key(|(n, _)| n.len())
            .map(|(_, agency)| agency)
            .or_else(|| names.split(['/', ',', '-', '|', '(']).find_map(named))
    })
}
