//! Expressions of time in a sentence: dates, times of day, lengths, what recurs; calendar and relative.
//!
//! Words stand in `data/lang/*/dates.tsv`, the grammar in `date_rules.tsv`, the calendar is jiff's. A sentence is cut into
//! tokens; those that no word of the tables begins like are passed over by two bytes; where the others stand together
//! (an *island*) and one of them can make an expression, a chart parser puts them together by the rules. Values are
//! TIMEX3's. Without a day of publication a relative expression keeps its value's form (`PAST_REF`, `XXXX-WXX-1`) and its
//! ends stay open. A range is written as its ends with a slash (`2024-06-03/2024-06-07`).

use haberdar_model::{DateBasis, DateInterval, Language, PartialDate};
use jiff::{
    ToSpan,
    civil::{Date, Time},
};

use crate::{tree::Tree, turkish::Tense};

mod actions;
mod chart;
mod clock;
mod digits;
mod feasts;
mod moment;
mod portions;
mod stretches;
mod tokens;
mod words;

pub use words::DateWords;

use actions::{Sem, instant};
use moment::Moment;
use tokens::{Leaf, Lookup, Tokens};

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
    /// TIMEX3 type: DATE, TIME, DURATION or SET.
    pub kind: &'static str,
    /// TIMEX3 value.
    pub value: String,
    /// TIMEX3 modifier.
    pub modifier: Option<&'static str>,
    /// The days that it can mean.
    pub interval: DateInterval,
    /// First and last instant, where it is a time of a day.
    pub times: (Option<String>, Option<String>),
    /// Calendar date or relative.
    pub basis: DateBasis,
    /// A weekday without a word that says which one.
    bare_weekday: bool,
}

impl When {
    /// The same weekday of the week to come.
    fn next_week(&mut self) {
        let next = self.interval.from.and_then(|d| d.checked_add(7.days()).ok());
        if let Some(day) = next {
            self.value = day.to_string();
            self.interval = DateInterval::day(day);
        }
    }
}

/// The verb that the word stands with is in the future ("will meet", "is set to begin").
fn ahead(tree: &Tree<'_>, word: usize) -> bool {
    let mut at = word;
    for _ in 0..4 {
        let node = &tree.nodes[at];
        if let Some(verb) = node.verb {
            let will = |k: usize| matches!(tree.lower(k), "will" | "'ll" | "’ll" | "shall");
            let planned =
                |h: usize| matches!(tree.lower(h), "set" | "due" | "scheduled" | "expected" | "slated" | "planned" | "likely");
            let to = || tree.kids(at).any(|k| tree.lower(k) == "to") && node.head.is_some_and(planned);
            return verb.tense == Tense::Future || tree.language == Language::En && (tree.kids(at).any(will) || to());
        }
        match node.head {
            Some(h) => at = h,
            None => return false,
        }
    }
    false
}

/// When the article was published: what relative expressions are counted from.
#[derive(Clone, Copy, Debug, Default)]
struct Now {
    day: Option<Date>,
    time: Option<Time>,
}

/// Finds the expressions of one sentence; `anchor` is the day of publication, `time` its time.
pub fn find(tree: &Tree<'_>, words: &DateWords, anchor: Option<PartialDate>, time: Option<Time>) -> Vec<When> {
    let (Some(first), Some(last)) = (tree.nodes.first(), tree.nodes.last()) else { return Vec::new() };
    let now = Now { day: anchor.filter(|a| a.is_day()).map(PartialDate::first), time };
    let mut found = find_in(tree.text, (first.start, last.end), words, tree.language, now);
    give_days(&mut found, now.day);
    for w in &mut found {
        let at = |byte: usize| tree.nodes.iter().position(|n| n.start <= byte && byte < n.end);
        w.first = at(w.start).unwrap_or(0);
        w.last = at(w.end - 1).unwrap_or(w.first);
        if w.bare_weekday && ahead(tree, w.last) {
            w.next_week();
        }
    }
    found
}

/// Gives times of day that are said alone their day: the nearest one that the sentence names, else that of publication.
fn give_days(found: &mut [When], today: Option<Date>) {
    let day = |w: &When| w.interval.from.filter(|f| w.kind == "DATE" && w.modifier.is_none() && w.interval.to == Some(*f));
    let days: Vec<(usize, Date)> = found.iter().filter_map(|w| Some((w.start, day(w)?))).collect();
    for w in found.iter_mut().filter(|w| w.kind == "TIME" && w.value.starts_with('T')) {
        let near = days.iter().min_by_key(|(at, _)| at.abs_diff(w.start)).map(|d| d.1);
        let (Some(day), Some(today)) = (near.or(today), today) else { continue };
        w.value = w.value.split('/').map(|v| format!("{day}{v}")).collect::<Vec<_>>().join("/");
        let moved = |d: Option<Date>| d.and_then(|d| d.checked_add(day - today).ok());
        let shifted = |t: &Option<String>| {
            let (d, clock) = t.as_ref()?.split_at_checked(10)?;
            Some(format!("{}{clock}", moved(d.parse().ok())?))
        };
        w.times = (shifted(&w.times.0), shifted(&w.times.1));
        w.interval = DateInterval { from: moved(w.interval.from), to: moved(w.interval.to) };
    }
}

/// The day in the dateline: a date that stands alone in one of the first lines, where nobody says when the text was published.
pub fn dateline(text: &str, words: &DateWords, language: Language) -> Option<Date> {
    let mut start = 0;
    for line in text.split_inclusive('\n').take(4) {
        let span = (start, start + line.trim_end().len());
        start += line.len();
        let digits = line.len() < 60 && line.contains(|c: char| c.is_ascii_digit());
        let whole = |w: &When| {
            !text[span.0..w.start].contains(char::is_alphanumeric) && !text[w.end..span.1].contains(char::is_alphanumeric)
        };
        let found = if digits { find_in(text, span, words, language, Now::default()) } else { Vec::new() };
        if let [w] = &found[..]
            && whole(w)
            && w.kind == "DATE"
            && w.basis == DateBasis::Explicit
            && w.interval.from == w.interval.to
        {
            return w.interval.from;
        }
    }
    None
}

/// The same in a stretch of text; words are not counted.
fn find_in(text: &str, span: (usize, usize), words: &DateWords, language: Language, now: Now) -> Vec<When> {
    let tokens = Tokens::new(text, span.0, span.1, language);
    let lookup = Lookup { tokens: &tokens, words, language };
    let mut out = Vec::new();
    let mut leaves: Vec<Leaf> = Vec::new();
    let (mut until, mut strong) = (0, false);
    for i in 0..=tokens.all.len() {
        let before = leaves.len();
        if i < tokens.all.len() {
            lookup.at(i, &mut leaves);
        }
        if leaves.len() == before && i >= until {
            if strong {
                island(std::mem::take(&mut leaves), &tokens, words, now, &mut out);
            }
            leaves.clear();
            strong = false;
            continue;
        }
        for l in &leaves[before..] {
            until = until.max(l.until);
            strong |= !words.weak.contains_key(&l.symbol);
        }
    }
    out
}

fn island(leaves: Vec<Leaf>, tokens: &Tokens, words: &DateWords, now: Now, out: &mut Vec<When>) {
    let items = chart::parse(leaves, words, now);
    for i in chart::choose(&items, words) {
        let Sem::Moment(m) = &i.sem else { continue };
        if m.kind == "NONE" {
            continue;
        }
        out.push(when(m, tokens.all[i.first].start, tokens.all[i.until - 1].stem_end));
    }
}

fn when(m: &Moment, start: usize, end: usize) -> When {
    let interval = DateInterval { from: m.from.map(|f| f.date()), to: m.last_day() };
    let times = if m.unit == 't' { (m.from.map(instant), m.to.map(instant)) } else { (None, None) };
    When {
        first: 0,
        last: 0,
        start,
        end,
        kind: m.kind,
        value: m.value.clone(),
        modifier: m.modifier,
        interval,
        times,
        basis: m.basis,
        bare_weekday: m.yearless && m.unit == 'd' && m.kind == "DATE" && m.basis == DateBasis::Relative,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use haberdar_model::Language;
    use jiff::civil::date;

    use super::*;
    use crate::lexicon::{FILES, Lexicon};

    fn lexicon(language: Language) -> &'static Lexicon {
        static LOADED: OnceLock<Vec<Lexicon>> = OnceLock::new();
        let all = LOADED.get_or_init(|| Language::ALL.iter().map(|l| Lexicon::load(*l).0).collect());
        all.iter().find(|l| l.language == language).expect("every language has a lexicon")
    }

    fn read(text: &str, language: Language, words: &DateWords, day: Option<Date>) -> Vec<When> {
        find_in(text, (0, text.len()), words, language, Now { day, time: None })
    }

    /// Every rule of `date_rules.tsv` has an example, which is read as it says.
    #[test]
    fn examples_of_the_rules_are_read() {
        let mut wrong = String::new();
        for language in Language::ALL {
            let words = &lexicon(language).dates;
            let name = format!("{}/date_rules.tsv", language.code());
            let content = FILES.iter().find(|f| f.0 == name).map_or("", |f| f.1);
            assert!(!content.is_empty(), "{name} is among the tables");
            for (n, line) in content.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.is_empty()) {
                let example = line.rsplit('\t').next().unwrap_or("");
                let Some((text, want)) = example.rsplit_once('=') else {
                    wrong += &format!("{name}:{}: no example\n", n + 1);
                    continue;
                };
                let found = read(text.trim(), language, words, Some(date(2024, 5, 15)));
                let values: Vec<&str> = found.iter().map(|w| w.value.as_str()).collect();
                if values.join(" ; ") != want.trim() {
                    wrong += &format!("{name}:{}: {text}= {} and not{want}\n", n + 1, values.join(" ; "));
                }
            }
        }
        assert!(wrong.is_empty(), "\n{wrong}");
    }

    proptest::proptest! {
        /// Whatever words and numbers come together, and without a day, nothing panics and spans lie in the text.
        #[test]
        fn any_words_are_read(picks in proptest::collection::vec(0usize..40, 1..12), n in 0u64..u64::MAX, anchored: bool) {
            const WORDS: &[&str] = &[
                "next", "last", "weeks", "ago", "the", "first", "of", "May", "2024", "31", "between", "and", "at", "pm", "every", "Monday",
                "in", "gelecek", "hafta", "yıl", "önce", "ayın", "ilk", "Mart'ın", "saat", "14.30'da", "sonra", "her", "bin", "yüz", "yirmi",
                "3/4/2021", "9999", "century", "-", "year", "until", "1990'larda", "quarter",
            ];
            let word = |i: &usize| WORDS.get(*i).map_or_else(|| n.to_string(), |w| (*w).to_owned());
            let text = picks.iter().map(word).collect::<Vec<_>>().join(" ");
            for language in Language::ALL {
                for w in read(&text, language, &lexicon(language).dates, anchored.then(|| date(2024, 5, 15))) {
                    proptest::prop_assert!(text.get(w.start..w.end).is_some_and(|t| !t.is_empty()));
                }
            }
        }
    }
}
