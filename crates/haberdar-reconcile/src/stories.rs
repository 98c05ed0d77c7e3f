//! Which articles tell of the same happenings.
//!
//! Articles that share something rare, somebody, or an act of the same states become neighbours; neighbours are compared;
//! and stories grow from the closest pairs on, as long as the articles of both sides agree on average. See
//! `docs/record.md` for the figures.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use haberdar_model::{Country, EventType, MentionKind};
use jiff::civil::Date;

use crate::{
    doc::{Bucket, Doc, days_between},
    fold::surname,
    weights::{Vector, Weights, dot, unit},
};

/// Days between two dated articles of one story at most.
const DAYS: i32 = 7;
/// Days between the first and the last article of a story at most.
const SPAN: i32 = 21;
/// Agreement from which two articles are one story.
const SAME: f64 = 0.30;
/// Agreement on average from which two groups join, once two of their articles agree.
const MEAN: f64 = 0.26;
/// Features that make an article a neighbour of others.
const KEYS: usize = 16;
/// Later articles that one feature makes neighbours.
const NEIGHBOURS: usize = 12;
/// Articles of a story that a new one is compared with.
const SAMPLE: usize = 8;

/// What an article is compared by.
struct Profile {
    day: Option<Date>,
    latest_act: Option<Date>,
    turkish: bool,
    words: Vector,
    entities: Vector,
    /// Acts as type and states.
    acts: BTreeSet<(EventType, Vec<Country>)>,
    numbers: BTreeSet<(String, u64)>,
}

/// Groups of article indices, each sorted; every article is in exactly one.
pub(crate) fn stories(docs: &[Doc<'_>], origins: &[Option<usize>], weights: &Weights) -> Vec<Vec<usize>> {
    let mut names: HashMap<String, u32> = HashMap::new();
    let profiles: Vec<Profile> = docs.iter().map(|d| profile(d, weights, &mut names)).collect();
    let mut score: HashMap<(usize, usize), Option<f64>> = HashMap::new();
    let mut edges: Vec<(f64, usize, usize)> = Vec::new();
    for (a, b) in neighbours(&profiles, origins) {
        let s = if origins[b] == Some(a) || origins[a] == Some(b) {
            in_time(&profiles[a], &profiles[b]).then_some(1.0)
        } else {
            agreement(&profiles[a], &profiles[b])
        };
        score.insert((a, b), s);
        if let Some(s) = s.filter(|s| *s >= SAME) {
            edges.push((s, a, b));
        }
    }
    edges.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut story_of: Vec<usize> = (0..docs.len()).collect();
    let mut members: Vec<Vec<usize>> = (0..docs.len()).map(|i| vec![i]).collect();
    for (_, a, b) in edges {
        let (x, y) = (story_of[a].min(story_of[b]), story_of[a].max(story_of[b]));
        if x == y || !agree(&profiles, &members[x], &members[y], &mut score) {
            continue;
        }
        let moved = std::mem::take(&mut members[y]);
        for &m in &moved {
            story_of[m] = x;
        }
        members[x].extend(moved);
        members[x].sort_unstable();
    }
    members.retain(|m| !m.is_empty());
    members
}

fn profile(d: &Doc<'_>, weights: &Weights, names: &mut HashMap<String, u32>) -> Profile {
    let mut entities: BTreeMap<u32, f64> = BTreeMap::new();
    for p in &d.parties {
        let (key, rarity) = match p.kind {
            MentionKind::Person => (p.entity.clone().unwrap_or_else(|| surname(&p.name)), 5.0),
            MentionKind::Organization => (p.entity.clone().unwrap_or_else(|| crate::fold::fold(&p.name)), 3.5),
            MentionKind::Place => (p.entity.clone().unwrap_or_else(|| crate::fold::fold(&p.name)), 3.5),
            MentionKind::Country | MentionKind::Office => match p.country {
                Some(c) => (c.to_string(), 2.0),
                None => continue,
            },
            MentionKind::Group | MentionKind::Source => continue,
        };
        if key.is_empty() {
            continue;
        }
        let next = names.len() as u32;
        let id = *names.entry(key).or_insert(next);
        let weight = (1.0 + (p.mentions.len() as f64).ln()) * rarity;
        let old = entities.entry(id).or_default();
        *old = old.max(weight);
    }
    let title = d.reading.article.title.as_deref().map(crate::fold::words).unwrap_or_default();
    Profile {
        day: d.published.map(|p| p.first()),
        latest_act: d.latest_act,
        turkish: d.reading.article.language == Some(haberdar_model::Language::Tr),
        words: weights.direction(d.words.iter().chain(&title)),
        entities: unit(entities.into_iter().collect()),
        acts: d
            .acts
            .iter()
            .filter_map(|a| states(d, a.actor.iter().chain(&a.recipient), a.bucket).map(|s| (a.kind, s)))
            .collect(),
        numbers: d
            .reading
            .quantities
            .iter()
            .map(|q| (q.unit.clone(), q.value.to_bits()))
            .chain(d.reading.dates.iter().filter(|t| t.kind == "DURATION").map(|t| (t.value.clone(), 0)))
            .collect(),
    }
}

/// The two or more states of an act that is no background.
fn states<'p>(d: &Doc<'_>, parties: impl Iterator<Item = &'p usize>, bucket: Bucket) -> Option<Vec<Country>> {
    if matches!(bucket, Bucket::Historical | Bucket::Forecast) {
        return None;
    }
    let set: BTreeSet<Country> = parties.filter_map(|&p| d.parties[p].country).collect();
    (set.len() >= 2).then(|| set.into_iter().collect())
}

/// True where the articles can be of one time: published within days of each other; an undated one must not tell of a later
/// day than a dated one can know.
fn in_time(a: &Profile, b: &Profile) -> bool {
    let near = |x: Option<Date>, y: Option<Date>, days: i32| match (x, y) {
        (Some(x), Some(y)) => days_between(x, y).abs() <= days,
        _ => true,
    };
    match (a.day, b.day) {
        (Some(_), Some(_)) => near(a.day, b.day, DAYS),
        (None, None) => near(a.latest_act, b.latest_act, 2 * DAYS),
        (None, Some(_)) => near(a.latest_act, b.day, 2 * DAYS),
        (Some(_), None) => near(a.day, b.latest_act, 2 * DAYS),
    }
}

/// How far two articles agree, 0..1; `None` where time keeps them apart.
fn agreement(a: &Profile, b: &Profile) -> Option<f64> {
    if !in_time(a, b) {
        return None;
    }
    let words = dot(&a.words, &b.words);
    let known = !a.entities.is_empty() && !b.entities.is_empty();
    let entities = dot(&a.entities, &b.entities);
    let act = a.acts.intersection(&b.acts).next().is_some();
    let number = a.numbers.intersection(&b.numbers).next().is_some();
    let mut s = match (a.turkish == b.turkish, known) {
        // Texts in which nobody was found have only their words; the factor puts them on the same scale.
        (true, false) => words * 1.3,
        (true, true) => 0.65 * words + 0.25 * entities,
        (false, _) => 0.2 * words + 0.45 * entities,
    };
    if known && act {
        s += 0.12;
    }
    if number {
        s += 0.05;
    }
    if let (Some(x), Some(y)) = (a.day, b.day) {
        s *= 1.0 - 0.03 * f64::from((days_between(x, y).abs() - 1).max(0));
    }
    Some(s)
}

/// True where the articles of two stories agree on average, none of them is kept apart by time, and the story stays short.
fn agree(profiles: &[Profile], a: &[usize], b: &[usize], known: &mut HashMap<(usize, usize), Option<f64>>) -> bool {
    let days = a.iter().chain(b).filter_map(|&i| profiles[i].day);
    if let (Some(first), Some(last)) = (days.clone().min(), days.max())
        && days_between(first, last) > SPAN
    {
        return false;
    }
    let (mut sum, mut n) = (0.0, 0.0);
    for &i in a.iter().take(SAMPLE) {
        for &j in b.iter().take(SAMPLE) {
            let (i, j) = (i.min(j), i.max(j));
            let s = *known.entry((i, j)).or_insert_with(|| agreement(&profiles[i], &profiles[j]));
            match s {
                Some(s) => sum += s,
                // A chain of days may be longer than the gap between two of them; undated articles must not make one.
                None if profiles[i].day.is_none() || profiles[j].day.is_none() => return false,
                None => {}
            }
            n += 1.0;
        }
    }
    sum / n >= MEAN
}

/// Pairs worth comparing, the smaller index first: each feature links an article with those that have it next to it in time.
fn neighbours(profiles: &[Profile], origins: &[Option<usize>]) -> BTreeSet<(usize, usize)> {
    let mut index: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, p) in profiles.iter().enumerate() {
        let mut top: Vec<&(u32, f64)> = p.words.iter().collect();
        top.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        let words = top.iter().take(KEYS).map(|x| format!("w{}", x.0));
        let mut top: Vec<&(u32, f64)> = p.entities.iter().collect();
        top.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        let entities = top.iter().take(KEYS).map(|x| format!("e{}", x.0));
        let acts = p.acts.iter().map(|(k, s)| format!("a{k}{s:?}"));
        for key in words.chain(entities).chain(acts).collect::<Vec<_>>() {
            index.entry(key).or_default().push(i);
        }
    }
    let mut out = BTreeSet::new();
    for (_, mut list) in index {
        list.sort_by_key(|&i| (profiles[i].day.is_none(), profiles[i].day, i));
        for (n, &a) in list.iter().enumerate() {
            let near = list[n + 1..].iter().take_while(|&&b| in_time(&profiles[a], &profiles[b])).take(NEIGHBOURS);
            out.extend(near.map(|&b| (a.min(b), a.max(b))));
            // An undated article stands behind the dated ones and meets the few before it.
            if profiles[a].day.is_none() {
                let before = list[..n].iter().rev().filter(|&&b| in_time(&profiles[a], &profiles[b])).take(NEIGHBOURS);
                out.extend(before.map(|&b| (a.min(b), a.max(b))));
            }
        }
    }
    out.extend(origins.iter().enumerate().filter_map(|(i, o)| o.map(|o| (i.min(o), i.max(o)))));
    out
}
