//! Puts leaves together by the rules: a chart parser over the few words of an island.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::{
    Now,
    actions::{Parts, Sem},
    tokens::Leaf,
    words::{Argument, DateWords, Element, Flags, Symbol},
};

/// Something understood of the tokens `first..until`.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) first: usize,
    pub(super) until: usize,
    pub(super) symbol: Symbol,
    flags: Flags,
    capital: bool,
    pub(super) sem: Sem,
    /// Line of the rule; 0 for leaves.
    pub(super) line: u16,
}

/// A rule of which some places are filled.
#[derive(Clone, Debug)]
struct Edge {
    rule: u16,
    until: usize,
    /// Without the context before and behind.
    body: (usize, usize),
    captures: SmallVec<[(u8, u32); 4]>,
    filled: usize,
    /// Suffixes of the last word of the body.
    flags: Flags,
}

/// More items than this in one island are no expression of time but a table or noise.
const MOST: usize = 1200;

pub(super) fn parse(leaves: Vec<Leaf>, words: &DateWords, now: Now) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::with_capacity(leaves.len() * 3);
    let mut starts_at: FxHashMap<usize, Vec<u32>> = FxHashMap::default();
    let mut waiting: FxHashMap<usize, Vec<Edge>> = FxHashMap::default();
    let mut agenda: Vec<Item> = leaves
        .into_iter()
        .map(|l| Item {
            first: l.first,
            until: l.until,
            symbol: l.symbol,
            flags: l.flags,
            capital: l.capital,
            sem: l.sem,
            line: 0,
        })
        .collect();
    agenda.reverse();
    while let Some(item) = agenda.pop() {
        let at = starts_at.entry(item.first).or_default();
        let twin = at.iter().any(|&k| {
            let x = &items[k as usize];
            x.until == item.until && x.symbol == item.symbol && x.flags == item.flags && x.sem == item.sem
        });
        if twin || items.len() >= MOST {
            continue;
        }
        let id = items.len() as u32;
        at.push(id);
        items.push(item);
        let item = &items[id as usize];
        // Rules that begin with it, and rules that wait for it.
        let mut fresh: Vec<Edge> = Vec::new();
        for &r in words.starts.get(&item.symbol).into_iter().flatten() {
            let edge = Edge {
                rule: r,
                until: item.first,
                body: (usize::MAX, item.first),
                captures: SmallVec::new(),
                filled: 0,
                flags: 0,
            };
            fresh.extend(advance(&edge, id, item, words));
        }
        for edge in waiting.get(&item.first).into_iter().flatten() {
            fresh.extend(advance(edge, id, item, words));
        }
        while let Some(edge) = fresh.pop() {
            let rule = &words.rules[usize::from(edge.rule)];
            if edge.filled == rule.elements.len() {
                agenda.extend(complete(&edge, &items, words, now));
                continue;
            }
            for &k in starts_at.get(&edge.until).into_iter().flatten() {
                fresh.extend(advance(&edge, k, &items[k as usize], words));
            }
            waiting.entry(edge.until).or_default().push(edge);
        }
    }
    items
}

fn fits(element: &Element, item: &Item) -> bool {
    let suffixed = |flags: Option<Flags>| flags.is_none_or(|f| if f == 0 { item.flags == 0 } else { item.flags & f != 0 });
    element.choices.iter().any(|&(symbol, flags)| symbol == item.symbol && suffixed(flags))
        && (item.capital || !element.capital)
        && element.bounds.is_none_or(|(lo, hi)| matches!(item.sem, Sem::Num(n) if n >= lo && n <= hi))
}

fn advance(edge: &Edge, id: u32, item: &Item, words: &DateWords) -> Option<Edge> {
    let element = words.rules[usize::from(edge.rule)].elements.get(edge.filled)?;
    if !fits(element, item) {
        return None;
    }
    let mut next = edge.clone();
    if let Some(c) = element.capture {
        next.captures.push((c, id));
    }
    next.until = item.until;
    next.filled += 1;
    if !element.context {
        next.body = (next.body.0.min(item.first), item.until);
        next.flags = item.flags;
    }
    Some(next)
}

fn complete(edge: &Edge, items: &[Item], words: &DateWords, now: Now) -> Option<Item> {
    let rule = &words.rules[usize::from(edge.rule)];
    let parts: SmallVec<[Sem; 4]> = rule
        .arguments
        .iter()
        .map(|a| match a {
            Argument::Capture(c) => {
                edge.captures.iter().find(|(k, _)| k == c).map_or(Sem::Word("-"), |(_, id)| items[*id as usize].sem.clone())
            }
            Argument::Constant(n) => Sem::Num(f64::from(*n)),
            Argument::Word(w) => Sem::Word(w),
        })
        .collect();
    let sem = Parts { parts: &parts, anchor: now.day, time: now.time }.run(rule.action)?;
    let capital = items.iter().any(|i| i.first == edge.body.0 && i.capital);
    Some(Item { first: edge.body.0, until: edge.body.1, symbol: rule.makes, flags: edge.flags, capital, sem, line: rule.line })
}

/// The longest expressions that do not overlap, from the left; of equals the one whose rule stands first.
pub(super) fn choose(items: &[Item], words: &DateWords) -> Vec<Item> {
    let mut found: Vec<&Item> =
        items.iter().filter(|i| words.outputs.contains_key(&i.symbol) && matches!(i.sem, Sem::Moment(_))).collect();
    found.sort_by_key(|i| (usize::MAX - (i.until - i.first), i.first, i.line));
    let mut out: Vec<Item> = Vec::new();
    for i in found {
        if out.iter().all(|o| i.until <= o.first || o.until <= i.first) {
            out.push(i.clone());
        }
    }
    out.sort_by_key(|i| i.first);
    out
}
