//! Numbers of one thing that differ.

use std::collections::{BTreeMap, BTreeSet};

use haberdar_model::reading::{Quantity, TextSpan};

use super::{Chapter, Found, Ledger, conflict};
use crate::{
    fold::words,
    weights::{Vector, hash, unit},
};

/// Likeness of two sentences from which their numbers are of one thing.
const LIKE: f64 = 0.4;
/// Likeness from which two sentences are nearly the same.
const SAME_SENTENCE: f64 = 0.7;
/// Sentences in which an article says what it is about.
const LEAD: usize = 2;
/// Smaller counts stand in too many sentences to be compared without an act or words in common.
const SMALL: f64 = 5.0;
/// Share by which round numbers differ from exact ones.
const ROUND: f64 = 0.1;

/// A number in an article.
struct Figure<'q> {
    doc: usize,
    quantity: &'q Quantity,
    /// Index into the chapter's events.
    event: Option<usize>,
    sentence: Vector,
    turkish: bool,
    /// The only value of the unit in its article.
    only: bool,
    /// The first of its unit, in one of the first two sentences.
    lead: bool,
}

pub(super) fn find(ledger: &Ledger<'_, '_>, chapter: &Chapter<'_>) -> Vec<Found> {
    let mut out = Vec::new();
    for (unit, figures) in figures(ledger, chapter) {
        for group in group(&unit, &figures) {
            let held = one_each(&figures, &group);
            let mut values: BTreeMap<u64, Vec<&Figure<'_>>> = BTreeMap::new();
            for &i in &held {
                values.entry(figures[i].quantity.value.to_bits()).or_default().push(&figures[i]);
            }
            if values.len() < 2 {
                continue;
            }
            let events: BTreeSet<usize> = held.iter().filter_map(|&i| figures[i].event).collect();
            let ids: Vec<String> = events.iter().map(|&e| chapter.events[e].row.id.clone()).collect();
            let relation = overall(ledger, &unit, held.iter().map(|&i| &figures[i]).collect());
            let rows = values
                .into_values()
                .map(|f| ledger.value(text(&f), None, f.iter().map(|f| (f.doc, f.quantity.at.clone()))))
                .collect();
            out.push((conflict("number", relation, ids.first().map(String::as_str), chapter.id, &unit, rows), ids));
        }
    }
    out
}

/// The numbers of a story by unit.
fn figures<'q>(ledger: &Ledger<'_, 'q>, chapter: &Chapter<'_>) -> BTreeMap<String, Vec<Figure<'q>>> {
    let mut out: BTreeMap<String, Vec<Figure<'q>>> = BTreeMap::new();
    for &d in chapter.articles {
        let doc = &ledger.docs[d];
        let reading = doc.reading;
        let lead_end = reading.sentences.get(LEAD - 1).or(reading.sentences.last()).map_or(0, |s| s.end);
        let first =
            |q: &Quantity| reading.quantities.iter().filter(|o| o.unit == q.unit).all(|o| o.at.span.start >= q.at.span.start);
        for q in &reading.quantities {
            let of_act =
                |a: &crate::doc::Act| a.doc == d && a.events.iter().any(|&e| q.event.as_deref() == Some(&reading.events[e].id));
            let event = chapter.events.iter().position(|m| m.acts.iter().any(of_act));
            let only = reading.quantities.iter().filter(|o| o.unit == q.unit).all(|o| o.value.to_bits() == q.value.to_bits());
            out.entry(family(&q.unit).to_owned()).or_default().push(Figure {
                doc: d,
                quantity: q,
                event,
                sentence: bag(doc.slice(around(reading, &q.at))),
                turkish: reading.article.language == Some(haberdar_model::Language::Tr),
                only,
                lead: first(q) && q.at.span.start < lead_end,
            });
        }
    }
    out
}

fn around(reading: &haberdar_model::Reading, at: &TextSpan) -> haberdar_model::Span {
    reading.sentences.iter().copied().find(|s| s.contains(at.span)).unwrap_or(at.span)
}

/// The longer words of a sentence without its numbers, each by its hash.
fn bag(sentence: &str) -> Vector {
    let told = words(sentence).into_iter().filter(|w| w.len() > 2 && !w.bytes().all(|b| b.is_ascii_digit()));
    let stems: BTreeSet<u32> = told.map(|w| hash(crate::fold::stem(&w).bytes())).collect();
    unit(stems.into_iter().map(|h| (h, 1.0)))
}

/// Units whose count an event settles, and which rises while reports come in.
fn is_toll(unit: &str) -> bool {
    matches!(
        unit,
        "dead"
            | "casualties"
            | "killed"
            | "wounded"
            | "injured"
            | "missing"
            | "detained"
            | "arrested"
            | "displaced"
            | "evacuated"
            | "abducted"
            | "released"
    )
}

/// True where two numbers are of one thing.
fn comparable(unit: &str, a: &Figure<'_>, b: &Figure<'_>) -> bool {
    if a.doc == b.doc {
        return false;
    }
    let one_unit = a.quantity.unit == b.quantity.unit;
    if one_unit && a.event.is_some() && a.event == b.event {
        return true;
    }
    if one_unit && a.turkish == b.turkish && crate::weights::dot(&a.sentence, &b.sentence) >= LIKE {
        return true;
    }
    if !(one_unit || a.lead && b.lead) {
        return false;
    }
    // Without an act or words in common, only the figure that an article is about, and only of a like size.
    let (low, high) = (a.quantity.value.min(b.quantity.value), a.quantity.value.max(b.quantity.value));
    let like = |times: f64| low > 0.0 && high <= low * times;
    let about = (a.only || a.lead) && (b.only || b.lead);
    if is_toll(unit) {
        return a.only && b.only && like(10.0);
    }
    about && low >= SMALL && !is_measure(unit) && like(2.0)
}

/// Units of time, shares and money, in which one story holds many figures.
fn is_measure(unit: &str) -> bool {
    let money = unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase());
    money
        || matches!(
            unit,
            "days" | "weeks" | "months" | "years" | "hours" | "minutes" | "percent" | "km" | "kilometres" | "points"
        )
}

/// Numbers of one thing, by way of each other. Between two articles every number has one counterpart at most: an equal one,
/// else that of the most similar sentence. Beside equal numbers others are compared only in nearly the same sentence, since
/// an article with a total has its parts too.
fn group(unit: &str, figures: &[Figure<'_>]) -> Vec<Vec<usize>> {
    // Whether the values differ, likeness of the sentences, the two figures.
    type Pair = (bool, f64, usize, usize);
    let mut pairs: BTreeMap<(usize, usize), Vec<Pair>> = BTreeMap::new();
    for (i, a) in figures.iter().enumerate() {
        for (j, b) in figures.iter().enumerate().skip(i + 1).filter(|(_, b)| comparable(unit, a, b)) {
            let differ = a.quantity.value.to_bits() != b.quantity.value.to_bits();
            let like = crate::weights::dot(&a.sentence, &b.sentence);
            pairs.entry((a.doc, b.doc)).or_default().push((differ, like, i, j));
        }
    }
    let mut of: Vec<usize> = (0..figures.len()).collect();
    for mut list in pairs.into_values() {
        list.sort_by(|x, y| x.0.cmp(&y.0).then(y.1.total_cmp(&x.1)).then((x.2, x.3).cmp(&(y.2, y.3))));
        let equal = list.first().is_some_and(|p| !p.0);
        let (mut left, mut right) = (BTreeSet::new(), BTreeSet::new());
        for (differ, like, i, j) in list {
            let close = !differ || !equal || like >= SAME_SENTENCE;
            if !close || left.contains(&i) || right.contains(&j) {
                continue;
            }
            left.insert(i);
            right.insert(j);
            let (from, to) = (of[i].max(of[j]), of[i].min(of[j]));
            of.iter_mut().filter(|o| **o == from).for_each(|o| *o = to);
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, g) in of.into_iter().enumerate() {
        groups.entry(g).or_default().push(i);
    }
    groups.into_values().filter(|g| g.len() > 1).collect()
}

/// One number for every article: where it has several, one that another article has too, else the first.
fn one_each(figures: &[Figure<'_>], group: &[usize]) -> Vec<usize> {
    let mut by_doc: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &i in group {
        by_doc.entry(figures[i].doc).or_default().push(i);
    }
    let elsewhere = |i: usize| {
        let f = &figures[i];
        group.iter().any(|&j| figures[j].doc != f.doc && figures[j].quantity.value.to_bits() == f.quantity.value.to_bits())
    };
    by_doc.values().filter_map(|own| own.iter().copied().find(|&i| elsewhere(i)).or(own.first().copied())).collect()
}

/// The gravest relation between any two of the numbers.
fn overall(ledger: &Ledger<'_, '_>, unit: &str, figures: Vec<&Figure<'_>>) -> &'static str {
    let mut gravest = "precision";
    for (i, a) in figures.iter().enumerate() {
        for b in &figures[i + 1..] {
            match relate(ledger, unit, a, b) {
                "contradiction" => return "contradiction",
                "update" => gravest = "update",
                _ => {}
            }
        }
    }
    gravest
}

fn relate(ledger: &Ledger<'_, '_>, unit: &str, a: &Figure<'_>, b: &Figure<'_>) -> &'static str {
    if fits(a.quantity, b.quantity) || fits(b.quantity, a.quantity) {
        return "precision";
    }
    let (x, y) = (ledger.docs[a.doc].published, ledger.docs[b.doc].published);
    let rises = match (x, y) {
        (Some(x), Some(y)) if x.last() < y.first() => a.quantity.value < b.quantity.value,
        (Some(x), Some(y)) if y.last() < x.first() => b.quantity.value < a.quantity.value,
        _ => false,
    };
    if is_toll(unit) && rises { "update" } else { "contradiction" }
}

/// True where `loose` allows for `other`.
fn fits(loose: &Quantity, other: &Quantity) -> bool {
    let (l, o) = (loose.value, other.value);
    match loose.modifier.as_str() {
        "at_least" => o >= l,
        "at_most" => o <= l,
        "about" => (l - o).abs() <= ROUND * l.abs().max(o.abs()),
        _ => l == o,
    }
}

/// The unit under which a count is compared: prisoners are people, as outlets call them.
fn family(unit: &str) -> &str {
    if matches!(unit, "prisoners" | "hostages" | "diplomats") { "people" } else { unit }
}

/// One number in words, with what all of its reports say about its precision.
fn text(figures: &[&Figure<'_>]) -> String {
    let Some(first) = figures.first().map(|f| f.quantity) else { return String::new() };
    let alike = figures.iter().all(|f| f.quantity.modifier == first.modifier);
    let modifier = match first.modifier.as_str() {
        "at_least" if alike => "at least ",
        "at_most" if alike => "at most ",
        "about" if alike => "about ",
        _ => "",
    };
    let number = match first.value {
        v if v >= 1e9 && v % 1e8 == 0.0 => format!("{} billion", v / 1e9),
        v if v >= 1e6 && v % 1e5 == 0.0 => format!("{} million", v / 1e6),
        v => v.to_string(),
    };
    format!("{modifier}{number} {}", first.unit)
}
