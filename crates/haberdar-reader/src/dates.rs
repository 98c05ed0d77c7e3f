//! Expressions of time in a sentence: dates, times of day, lengths, what recurs; calendar and relative.
//!
//! Words stand in `data/lang/*/dates.tsv`, the grammar in `date_rules.tsv`, the calendar is jiff's. A sentence is cut into
//! tokens; those that no word of the tables begins like are passed over by two bytes; where the others stand together
//! (an *island*) and one of them can make an expression, a chart parser puts them together by the rules. Values are
//! TIMEX3's. Without a day of publication a relative expression keeps its value's form (`PAST_REF`, `XXXX-WXX-1`) and its
//! ends stay open. A range is written as its ends with a slash (`2024-06-03/2024-06-07`).

use haberdar_model::{DateBasis, DateInterval, Language, PartialDate};
use jiff::civil::{Date, Time};

use crate::tree::Tree;

mod actions;
mod chart;
mod moment;
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
    for w in &mut found {
        let at = |byte: usize| tree.nodes.iter().position(|n| n.start <= byte && byte < n.end);
        w.first = at(w.start).unwrap_or(0);
        w.last = at(w.end - 1).unwrap_or(w.first);
    }
    found
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
    }
}
