//! Seeded disagreements: a minister, a number, a date, a place or the polarity of one act is changed in an article, and the
//! changed article is reconciled with the original as the report of another outlet.
//!
//! `cargo run --release -p haberdar --example seeded -- FILE...` (articles as `haberdar read` takes them) prints, kind by kind,
//! how many of the changes became a conflict, and in how many of the unchanged articles, each given twice under two outlets, a
//! false alarm was raised. `--show` prints what was missed and what was raised for nothing, with what was read there.
//!
//! A change is found where a conflict of its slot sets the changed words against the new ones, wherever they stand: a name is
//! changed throughout the article, and one row tells of it. A changed number, day, place or act is found, too, where a conflict of the
//! slot stands on its sentence. Nothing is left out because it was misread, but for words read as a place that are part of a
//! person's name as well: what takes their place is no other place. So some of the changes make no sense (“9/11” is no day of an
//! act), and a share of all that is found is out of reach.
#![allow(clippy::print_stdout, reason = "a measurement for people")]

use std::{collections::BTreeMap, error::Error, path::Path};

use haberdar_model::{
    Article, DateBasis, EventType, Language, MentionKind, Polarity, Reading, Span, Status,
    outlet::fold,
    reading::{Event, TextSpan},
    record::Conflict,
};
use haberdar_reader::Reader;
use haberdar_reconcile::{Input, reconcile};
use haberdar_sources::{Item, ReadOptions, read_path};
use haberdar_world::World;

/// A change of an article.
struct Seed {
    kind: &'static str,
    /// Slots of which one has to show it.
    slots: &'static [&'static str],
    text: String,
    /// Words of the original that are changed, at one of their places.
    was: TextSpan,
    /// What they have in it that the changed article has not, and what that has instead.
    turned: (String, String),
}

fn main() -> Result<(), Box<dyn Error>> {
    let (show, paths): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|a| a == "--show");
    let show = !show.is_empty();
    let reader = Reader::new()?;
    let options = ReadOptions::default();
    let items = paths.iter().flat_map(|p| read_path(Path::new(p), &options));
    let mut tally: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let (mut pairs, mut alarms) = (0, 0);
    for article in items.filter_map(Item::article) {
        let Some((reading, text)) = told_by(&reader, &article, "One Post") else { continue };
        let Some((twin, _)) = told_by(&reader, &article, "Other Post") else { continue };
        pairs += 1;
        let raised = conflicts(&[(&reading, &text), (&twin, &text)]);
        // What the article holds against the tables of office-holders, or against itself, is no alarm about the pair.
        if raised.len() > conflicts(&[(&reading, &text)]).len() {
            alarms += 1;
            if show {
                println!("alarm: {} {:?}", reading.article.source_id, raised.iter().map(words).collect::<Vec<_>>());
            }
        }
        for seed in seeds(&reading, &text) {
            let changed = Article { text: seed.text.clone(), meta: article.meta.clone() };
            let Some((other, changed)) = told_by(&reader, &changed, "Other Post") else { continue };
            let found = conflicts(&[(&reading, &text), (&other, &changed)]);
            let hit = found.iter().any(|c| seed.slots.contains(&c.slot.as_str()) && shows(c, &seed, &reading, &other));
            let t = tally.entry(seed.kind).or_default();
            *t = (t.0 + 1, t.1 + usize::from(hit));
            if show && !hit {
                let at = sentence(&reading, seed.was.span).slice(&text).unwrap_or_default();
                let found: Vec<String> = found.iter().map(words).collect();
                println!("missed: {} {} “{}” {found:?}\n        {at}", reading.article.source_id, seed.kind, seed.was.text);
                println!("        told: {:?}", told_at(&reading, seed.was.span));
                println!("        changed: {:?}", told_at(&other, seed.was.span));
            }
        }
    }
    for (kind, (seeded, found)) in &tally {
        println!("{kind}: {found} of {seeded} found");
    }
    let (seeded, found) = tally.values().fold((0, 0), |a, t| (a.0 + t.0, a.1 + t.1));
    println!("all: {found} of {seeded} found ({:.1} %)", 100.0 * found as f64 / seeded.max(1) as f64);
    println!("unchanged: {alarms} false alarms in {pairs} pairs ({:.1} %)", 100.0 * f64::from(alarms) / f64::from(pairs.max(1)));
    Ok(())
}

fn told_by(reader: &Reader, article: &Article, outlet: &str) -> Option<(Reading, String)> {
    let mut article = article.clone();
    article.meta.publisher = Some(outlet.into());
    article.meta.url = None;
    Some((reader.read(&article).ok()?, article.text))
}

fn conflicts(articles: &[(&Reading, &String)]) -> Vec<Conflict> {
    let inputs: Vec<Input<'_>> = articles.iter().map(|(reading, text)| Input { reading, text }).collect();
    reconcile(&inputs, World::shipped()).conflicts
}

fn words(c: &Conflict) -> String {
    let values: Vec<&str> = c.values.iter().map(|v| v.value.as_str()).collect();
    format!("{}: {}", c.slot, values.join(" / "))
}

fn sentence(reading: &Reading, at: Span) -> Span {
    reading.sentences.iter().copied().find(|s| s.contains(at)).unwrap_or(at)
}

/// What was read at a place: who and what is named in its sentence; type, status, polarity and words of each act.
fn told_at(reading: &Reading, at: Span) -> (Vec<String>, Vec<String>) {
    let here = reading.sentences.iter().position(|s| s.start <= at.start && at.start < s.end);
    let within = |s: Span| here.is_some_and(|i| reading.sentences[i].contains(s));
    let named = reading.mentions.iter().filter(|m| within(m.at.span)).map(|m| format!("{} “{}”", m.kind, m.at.text));
    let events = reading.events.iter().filter(|e| Some(e.sentence) == here);
    (named.collect(), events.map(|e| format!("{} {} {} “{}”", e.kind, e.status, e.polarity, e.trigger.text)).collect())
}

/// The conflict sets the changed words against the new ones, wherever in the articles they stand; a number, a day, a place or an act is
/// shown by a conflict of the changed sentence, too, whichever words of it were marked.
fn shows(c: &Conflict, seed: &Seed, reading: &Reading, other: &Reading) -> bool {
    let told = |reading: &Reading, words: &str| {
        let words = fold(words);
        let held = c.values.iter().flat_map(|v| &v.reports).filter(|r| r.article == reading.article.id);
        held.into_iter().any(|r| fold(&r.span.text).contains(&words))
    };
    let at = sentence(reading, seed.was.span);
    let here = c.values.iter().flat_map(|v| &v.reports).any(|r| r.article == reading.article.id && at.contains(r.span.span));
    told(reading, &seed.turned.0) && told(other, &seed.turned.1) || here && seed.kind != "minister"
}

/// At most one change of each kind.
fn seeds(reading: &Reading, text: &str) -> Vec<Seed> {
    let turkish = reading.article.language == Some(Language::Tr);
    let real = |e: &&Event| matches!(e.status, Status::Happened | Status::Ongoing);
    let mut out = Vec::new();
    let mut seed = |kind, slots, was: &TextSpan, turned: (&str, &str), changed: Option<String>| {
        if let Some(text) = changed.filter(|t| t != text) {
            out.push(Seed { kind, slots, text, was: was.clone(), turned: (turned.0.to_owned(), turned.1.to_owned()) });
        }
    };
    let minister = reading.mentions.iter().find(|m| {
        let single = |office: &str| office.ends_with("_minister") && !office.starts_with("deputy_") || office == "head_of_state";
        let holds = m.role.as_ref().is_some_and(|r| r.tenure.is_none() && r.country.is_some() && single(&r.office));
        m.kind == MentionKind::Person && holds && m.name.contains(' ')
    });
    if let Some(m) = minister {
        let parts = m.name.split_whitespace().rev().zip(["Varelli", "Marko", "Anton", "Luca"]);
        let changed = parts.fold(text.to_owned(), |t, (part, other)| t.replace(part, other));
        let surname = m.name.split_whitespace().next_back().unwrap_or_default();
        seed("minister", &["participant", "office_holder"], &m.at, (surname, "Varelli"), Some(changed));
    }
    let plain =
        |q: &&haberdar_model::reading::Quantity| q.modifier == "exactly" && q.to.is_none() && (4.0..1e4).contains(&q.value);
    if let Some(q) = reading.quantities.iter().find(plain) {
        let more = format!("{}", (q.value * 1.4).ceil());
        let less = q.value.to_string();
        seed("number", &["number"], &q.at, (&less, &more), replace(text, &q.at, &less, &more));
    }
    let dated = reading.events.iter().filter(real).find(|e| e.date.basis == DateBasis::Explicit && e.date.start == e.date.end);
    if let Some((day, at)) = dated.and_then(|e| Some((e.date.start?.day(), e.date.span.as_ref()?))) {
        let other = if day > 3 { day - 2 } else { day + 2 };
        let (day, other) = (day.to_string(), other.to_string());
        seed("date", &["date"], at, (&day, &other), replace(text, at, &day, &other));
    }
    let placed = reading.events.iter().filter(real).find_map(|e| {
        let m = reading.mentions.iter().find(|m| Some(&m.id) == e.place.as_ref())?;
        // A word that is part of a person's name, too, is no place.
        let named = |p: &haberdar_model::reading::Mention| p.kind == MentionKind::Person && p.at.text.contains(&m.at.text);
        (m.kind == MentionKind::Place && !m.at.text.contains(' ') && !reading.mentions.iter().any(named)).then_some(m)
    });
    if let Some(m) = placed {
        let other = if turkish { "Bursa" } else { "Lyon" };
        seed("place", &["place", "host"], &m.at, (&m.at.text, other), Some(text.replace(&m.at.text, other)));
    }
    let acted = reading.events.iter().filter(real).find_map(|e| {
        let act = e.polarity == Polarity::Positive && e.kind != EventType::Statement;
        negated(&e.trigger.text, turkish).filter(|_| act).map(|no| (e, no))
    });
    if let Some((e, no)) = acted {
        let verb = &e.trigger;
        seed("polarity", &["polarity", "signed"], verb, (&verb.text, &no), replace(text, verb, &verb.text, &no));
    }
    out
}

/// The text with other words at a span.
fn replace(text: &str, at: &TextSpan, old: &str, new: &str) -> Option<String> {
    let within = at.text.replacen(old, new, 1);
    let byte = |n: usize| text.char_indices().nth(n).map_or(text.len(), |c| c.0);
    (within != at.text).then(|| format!("{}{within}{}", &text[..byte(at.span.start)], &text[byte(at.span.end)..]))
}

/// A finite verb of the past in the negative, where it is one.
fn negated(verb: &str, turkish: bool) -> Option<String> {
    if !turkish {
        return (verb.ends_with("ed") && !verb.contains(' ')).then(|| format!("never {verb}"));
    }
    let stem = ["dı", "di", "du", "dü", "tı", "ti", "tu", "tü"].iter().find_map(|end| verb.strip_suffix(end))?;
    let last = stem.chars().rev().find(|c| "aeıioöuü".contains(*c))?;
    let ending = if "aıou".contains(last) { "madı" } else { "medi" };
    (stem.chars().count() > 1).then(|| format!("{stem}{ending}"))
}
