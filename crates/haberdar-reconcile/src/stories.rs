//! Which articles tell of the same happenings.
//!
//! How far two articles agree depends on the two alone. Of the articles that are linked with each other, directly or by way
//! of others, stories grow from the closest pairs on, as long as the articles of both sides agree on average. See
//! `docs/record.md` for the figures.

use std::{collections::HashMap, rc::Rc};

use crate::{
    archive::Link,
    copies,
    profile::Profile,
    weights::{Vector, dot},
};

/// Days between two dated articles of one story at most.
const DAYS: i32 = 7;
/// Days between the first and the last article of a story at most.
const SPAN: i32 = 21;
/// Agreement from which two articles are one story.
const SAME: f64 = 0.30;
/// Agreement on average from which two groups join, once two of their articles agree.
const MEAN: f64 = 0.26;
/// Articles of a story that a new one is compared with.
const SAMPLE: usize = 24;

/// How two articles stand to each other, where they belong together.
pub(crate) fn link(a: &Profile, b: &Profile) -> Option<Link> {
    let timely = in_time(a, b);
    let repeated = copies::repeats(a, b);
    let version = copies::is_version(a, b, repeated);
    let copy = repeated.filter(|_| timely || version).unwrap_or_default();
    let score = match agreement(a, b) {
        Some(_) if copy > 0.0 || version => 1.0,
        Some(s) => s,
        None => 0.0,
    };
    (score >= SAME || version).then_some(Link { score: score as f32, copy, version })
}

/// True where the articles of a link can be one story; a version of long ago is another one.
pub(crate) fn joins(link: &Link) -> bool {
    f64::from(link.score) >= f64::from(SAME as f32)
}

/// Groups of indices into `profiles`, each sorted; every article is in exactly one. Profiles are in the order of the ids of
/// their articles; `links` names two of them, the smaller index first.
pub(crate) fn stories(profiles: &[Rc<Profile>], links: &[(usize, usize, Link)]) -> Vec<Vec<usize>> {
    let mut score: HashMap<(usize, usize), Option<f64>> = HashMap::new();
    let mut edges: Vec<(f32, usize, usize)> = Vec::new();
    for &(a, b, l) in links.iter().filter(|l| joins(&l.2)) {
        score.insert((a, b), Some(f64::from(l.score)));
        edges.push((l.score, a, b));
    }
    edges.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut story_of: Vec<usize> = (0..profiles.len()).collect();
    let mut members: Vec<Vec<usize>> = (0..profiles.len()).map(|i| vec![i]).collect();
    for (_, a, b) in edges {
        let (x, y) = (story_of[a].min(story_of[b]), story_of[a].max(story_of[b]));
        if x == y || !agree(profiles, &members[x], &members[y], &mut score) {
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

/// True where the articles can be of one time: published within days of each other; an undated one must not tell of a later
/// day than a dated one can know.
fn in_time(a: &Profile, b: &Profile) -> bool {
    let near = |x: Option<i32>, y: Option<i32>, days: i32| x.zip(y).is_none_or(|(x, y)| (x - y).abs() <= days);
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
    let same = a.turkish == b.turkish;
    let mut s = match who(a, b, same) {
        // Texts in which nobody was found have only their words; the factor puts them on the same scale.
        None => words * if same { 1.3 } else { 0.2 },
        Some(who) if same => 0.65 * words + 0.25 * who,
        Some(who) => 0.2 * words + 0.45 * who,
    };
    if copies::common(&a.acts, &b.acts) > 0 {
        s += 0.12;
    }
    let numbers = (a.numbers.len().max(1) * b.numbers.len().max(1)) as f64;
    s += 0.1 * copies::common(&a.numbers, &b.numbers) as f64 / numbers.sqrt();
    if let (Some(x), Some(y)) = (a.day, b.day) {
        s *= 1.0 - 0.03 * f64::from(((x - y).abs() - 1).max(0));
    }
    Some(s)
}

/// How far two articles agree in who is in them; `None` where one of them names nobody. In one language names are compared
/// as they are written: the entities behind them are the few that tables know, often a state alone, which half of all articles
/// share.
fn who(a: &Profile, b: &Profile, same_language: bool) -> Option<f64> {
    let both = |x: &Vector, y: &Vector| (!x.is_empty() && !y.is_empty()).then(|| dot(x, y));
    let entities = || both(&a.entities, &b.entities);
    if same_language { both(&a.names, &b.names).or_else(entities) } else { entities() }
}

/// True where the articles of two stories agree on average, none of them is kept apart by time, and the story stays short.
fn agree(profiles: &[Rc<Profile>], a: &[usize], b: &[usize], known: &mut HashMap<(usize, usize), Option<f64>>) -> bool {
    let days = a.iter().chain(b).filter_map(|&i| profiles[i].day);
    if let (Some(first), Some(last)) = (days.clone().min(), days.max())
        && last - first > SPAN
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
