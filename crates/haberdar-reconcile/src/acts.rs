//! Which tellings are of one act.

use std::collections::{BTreeMap, HashMap};

use haberdar_model::{DateBasis, DateInterval, EventType, MentionKind};

use crate::{
    doc::{Act, Doc, days_between, width},
    fold::fold,
    parties::{Match, Relation, compare, groups},
    weights::dot,
};

/// Likeness that two sentences of one article need to tell the same act of speech or force.
const LIKE_WORDS: f64 = 0.3;
/// The same across articles of one language, where the act has rivals.
const AKIN_WORDS: f64 = 0.15;
/// Days by which reports of one meeting may differ, as a disagreement on its date.
const DAYS: i32 = 2;

/// How much of an act has to agree, by how often such acts happen within a story.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Habit {
    /// States meet, agree, give or withdraw something once.
    Once,
    /// Attacks, arrests and protests come in rows, told apart by day and place.
    Force,
    /// Words come in rows too, told apart by what is said.
    Words,
}

fn habit(kind: EventType) -> Habit {
    use EventType::{Accuse, Assault, Coerce, Mobilize, Protest, Reject, Request, Statement, Support, Threaten};
    match kind {
        Assault | Coerce | Protest | Mobilize => Habit::Force,
        Accuse | Reject | Request | Statement | Support | Threaten => Habit::Words,
        _ => Habit::Once,
    }
}

/// The acts of one story: tellings that belong together, as indices into the articles' acts.
pub(crate) fn merge(docs: &[Doc<'_>], members: &[usize]) -> Vec<Vec<Act>> {
    let mut units: Vec<Act> = Vec::new();
    for &d in members {
        units.extend(within(docs, d));
    }
    let mut blocks: BTreeMap<_, Vec<Act>> = BTreeMap::new();
    for u in units {
        blocks.entry((u.kind, u.bucket, u.polarity)).or_default().push(u);
    }
    blocks.into_values().flat_map(|block| across(docs, block)).collect()
}

/// The acts that one article tells, repeated tellings joined.
fn within(docs: &[Doc<'_>], d: usize) -> Vec<Act> {
    let mut acts = docs[d].acts.clone();
    acts.iter_mut().for_each(Act::weigh);
    let link = |i: usize, j: usize| {
        let l = likeness(docs, &acts[i], &acts[j])?;
        let enough = match habit(acts[i].kind) {
            Habit::Once => l.full || l.words.is_some_and(|w| w >= LIKE_WORDS),
            Habit::Force => l.same_place || l.words.is_some_and(|w| w >= LIKE_WORDS),
            Habit::Words => l.words.is_some_and(|w| w >= LIKE_WORDS + 0.1),
        };
        Some((l.score, enough))
    };
    let told = equal(&acts, link);
    let weights: Vec<usize> = told.iter().map(Vec::len).collect();
    let clusters = cluster(&weights, |i, j| link(told[i][0], told[j][0]));
    let mut units: Vec<Act> = Vec::new();
    for c in clusters {
        let mut tellings = c.iter().map(|&i| {
            let mut act = acts[told[i][0]].clone();
            act.events = told[i].iter().flat_map(|&n| acts[n].events.iter().copied()).collect();
            act
        });
        let Some(mut unit) = tellings.next() else { continue };
        tellings.for_each(|t| unit.absorb(&t));
        units.push(unit);
    }
    attach_partial(docs, &mut units);
    units.iter_mut().filter(|u| u.events.len() > 1).for_each(Act::weigh);
    units
}

/// The acts of an article that are told in the same words of the same parties, as one each, so that a text which says the same a
/// thousand times is not compared with itself a million times.
fn equal(acts: &[Act], link: impl Fn(usize, usize) -> Option<(f64, bool)>) -> Vec<Vec<usize>> {
    let mut first: HashMap<_, usize> = HashMap::new();
    let mut out: Vec<Vec<usize>> = Vec::new();
    for (i, a) in acts.iter().enumerate() {
        let parties = (&a.actor, &a.recipient, &a.places);
        let kind = format!("{:?}", (a.kind, a.bucket, a.polarity, &a.mode, &a.cameo, a.days, a.basis));
        let at = *first.entry((kind, parties, &a.words)).or_insert(out.len());
        match out.get_mut(at) {
            Some(told) if link(told[0], i).is_some_and(|l| l.1) => told.push(i),
            _ => out.push(vec![i]),
        }
    }
    out
}

/// "The meeting", told later with one of its sides, belongs to the only meeting of that side in the article.
fn attach_partial(docs: &[Doc<'_>], units: &mut Vec<Act>) {
    let parties = |u: &Act| -> Vec<usize> { u.actor.iter().chain(&u.recipient).copied().collect() };
    let mut i = 0;
    while i < units.len() {
        let u = &units[i];
        let d = &docs[u.doc];
        let mine = parties(u);
        let sides = |of: &[usize]| groups(d, of).len();
        let hosts: Vec<usize> = (0..units.len())
            .filter(|&j| {
                let h = &units[j];
                let theirs = parties(h);
                j != i
                    && (h.kind, h.bucket, h.polarity) == (u.kind, u.bucket, u.polarity)
                    && sides(&theirs) > 1
                    && timing(u, h) != Timing::Apart
                    && compare(d, &mine, d, &theirs).is_some_and(|m| m.shared == 1 && m.loosest <= Relation::StandsFor)
            })
            .collect();
        if u.kind == EventType::Consult && sides(&mine) == 1 && hosts.len() == 1 {
            let part = units.remove(i);
            let host = if hosts[0] > i { hosts[0] - 1 } else { hosts[0] };
            units[host].absorb(&part);
            i = 0;
        } else {
            i += 1;
        }
    }
}

/// Joins the acts of several articles.
fn across(docs: &[Doc<'_>], block: Vec<Act>) -> Vec<Vec<Act>> {
    let n = block.len();
    let mut links: BTreeMap<(usize, usize), Likeness> = BTreeMap::new();
    // How many acts of another article could be the same one.
    let mut rivals: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for i in 0..n {
        for j in i + 1..n {
            if block[i].doc != block[j].doc
                && let Some(l) = likeness(docs, &block[i], &block[j])
            {
                links.insert((i, j), l);
                *rivals.entry((i, block[j].doc)).or_default() += 1;
                *rivals.entry((j, block[i].doc)).or_default() += 1;
            }
        }
    }
    let clusters = cluster(&vec![1; n], |i, j| {
        let l = links.get(&(i, j))?;
        let alone = rivals.get(&(i, block[j].doc)) == Some(&1) && rivals.get(&(j, block[i].doc)) == Some(&1);
        let told = |at_least: f64| l.words.is_some_and(|w| w >= at_least);
        // The same person at "a meeting of three" in two articles: the manner stands for the sides that are not named.
        let same_manner = alone && l.same_person && block[i].mode.is_some() && block[i].mode == block[j].mode;
        let enough = match habit(block[i].kind) {
            Habit::Once => l.full || told(LIKE_WORDS) || same_manner,
            Habit::Force => l.full && (alone || l.same_place || told(AKIN_WORDS)) || told(LIKE_WORDS),
            Habit::Words if block[i].kind == EventType::Statement => told(LIKE_WORDS) || l.words.is_none() && alone && l.full,
            Habit::Words => l.full && (alone || told(AKIN_WORDS)) || told(LIKE_WORDS),
        };
        Some((l.score, enough))
    });
    clusters.into_iter().map(|c| c.into_iter().map(|i| block[i].clone()).collect()).collect()
}

/// How two tellings agree.
pub(crate) struct Likeness {
    score: f64,
    /// Both sides are known and agree.
    pub(crate) full: bool,
    same_place: bool,
    /// All participants are the same, none only stands for another.
    same_person: bool,
    /// Likeness of the sentences, where they are of one language.
    pub(crate) words: Option<f64>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Timing {
    /// The same days are told.
    Agree,
    /// Nothing speaks against it.
    Open,
    /// A day or two apart.
    Near,
    Apart,
}

/// `None` where the two cannot be one act.
fn likeness(docs: &[Doc<'_>], a: &Act, b: &Act) -> Option<Likeness> {
    if (a.kind, a.bucket, a.polarity) == (b.kind, b.bucket, b.polarity) { alike(docs, a, b) } else { None }
}

/// The same without a look at type and reality, for an act and its denial.
pub(crate) fn alike(docs: &[Doc<'_>], a: &Act, b: &Act) -> Option<Likeness> {
    let (da, db) = (&docs[a.doc], &docs[b.doc]);
    let one_language = da.reading.article.language == db.reading.article.language;
    let words = one_language.then(|| dot(&a.direction, &b.direction));
    let same_words = || one_language && a.same_words(b);
    let (parties, full) = participants(da, a, db, b)?;
    if parties.loosest == Relation::Swapped && !same_words() {
        return None;
    }
    let timing = timing(a, b);
    match timing {
        Timing::Apart | Timing::Near if a.doc == b.doc => return None,
        Timing::Apart if !same_words() => return None,
        Timing::Near if (habit(a.kind) != Habit::Once || parties.loosest > Relation::Slot || !full) && !same_words() => {
            return None;
        }
        _ => {}
    }
    let places = place_relation(da, a, db, b);
    if places == Some(false) && habit(a.kind) == Habit::Force && !same_words() {
        return None;
    }
    let by_phone = |x: &Act| x.mode.as_deref() == Some("phone");
    if a.mode.is_some() && b.mode.is_some() && by_phone(a) != by_phone(b) && !same_words() {
        return None;
    }
    let same = |x: &Option<String>, y: &Option<String>| f64::from(u8::from(x.is_some() && x == y));
    let score = 0.5 * parties.score
        + 0.25 * words.unwrap_or(0.3)
        + 0.1 * f64::from(u8::from(timing == Timing::Agree))
        + 0.05 * same(&a.mode, &b.mode)
        + 0.05 * same(&a.cameo, &b.cameo)
        + 0.05 * f64::from(u8::from(places == Some(true)))
        - 0.1 * f64::from(u8::from(places == Some(false) || timing == Timing::Near));
    let same_person = parties.loosest == Relation::Same && parties.alone == 0;
    Some(Likeness { score, full, same_place: places == Some(true), same_person, words })
}

/// The agreement of the participants, and whether both sides are known and agree in both tellings.
fn participants(da: &Doc<'_>, a: &Act, db: &Doc<'_>, b: &Act) -> Option<(Match, bool)> {
    let all = |x: &Act| -> Vec<usize> { x.actor.iter().chain(&x.recipient).copied().collect() };
    let joint = |x: &Act| x.kind == EventType::Consult || x.recipient.is_empty() && x.actor.len() >= 2;
    if joint(a) || joint(b) {
        let m = compare(da, &all(a), db, &all(b))?;
        let enough = m.shared >= 1 && m.shared * 3 >= (m.shared + m.alone) * 2;
        return enough.then_some((m, m.shared >= 2));
    }
    let side = |x: &[usize], y: &[usize]| match (x.is_empty(), y.is_empty()) {
        (true, true) => Some((None, true)),
        (false, false) => {
            let m = compare(da, x, db, y)?;
            (m.shared >= 1 && m.shared >= m.alone).then_some((Some(m), true))
        }
        _ => Some((None, false)),
    };
    let (actor, actor_known) = side(&a.actor, &b.actor)?;
    let (recipient, recipient_known) = side(&a.recipient, &b.recipient)?;
    let known: Vec<Match> = actor.into_iter().chain(recipient).collect();
    if known.is_empty() {
        return None;
    }
    let score =
        known.iter().map(|m| m.score).sum::<f64>() / if actor_known && recipient_known { known.len() as f64 } else { 2.5 };
    let sum = |f: fn(&Match) -> usize| known.iter().map(f).sum();
    let loosest = known.iter().map(|m| m.loosest).max()?;
    let m = Match { score, shared: sum(|m| m.shared), alone: sum(|m| m.alone), loosest };
    Some((m, actor_known && recipient_known && actor.is_some()))
}

/// How the days of two tellings stand to each other. What is only the day of publication leaves the day open.
fn timing(a: &Act, b: &Act) -> Timing {
    let told = |x: &Act| matches!(x.basis, DateBasis::Explicit | DateBasis::Relative) && !x.days.is_open();
    if told(a) && told(b) {
        if a.days.meets(b.days) {
            return if width(a.days).max(width(b.days)) <= 1 { Timing::Agree } else { Timing::Open };
        }
        return if gap(a.days, b.days) <= DAYS { Timing::Near } else { Timing::Apart };
    }
    // A report of a later day than the other's publication, or of a day long before it, is of another act.
    match (told(a), told(b)) {
        (true, false) if !b.days.is_open() && gap(a.days, b.days) > 7 => Timing::Apart,
        (false, true) if !a.days.is_open() && gap(a.days, b.days) > 7 => Timing::Apart,
        _ => Timing::Open,
    }
}

/// Days between two intervals that do not meet.
fn gap(a: DateInterval, b: DateInterval) -> i32 {
    match (a.to, b.from, b.to, a.from) {
        (Some(end), Some(start), _, _) if end < start => days_between(end, start),
        (_, _, Some(end), Some(start)) if end < start => days_between(end, start),
        _ => 0,
    }
}

/// Whether the places of two tellings are the same; `None` where one has none or names of two languages cannot be compared.
pub(crate) fn place_relation(da: &Doc<'_>, a: &Act, db: &Doc<'_>, b: &Act) -> Option<bool> {
    let one_language = da.reading.article.language == db.reading.article.language;
    let mut comparable = false;
    for &x in &a.places {
        for &y in &b.places {
            let (p, q) = (&da.parties[x], &db.parties[y]);
            let known = p.entity.is_some() && q.entity.is_some();
            let (np, nq) = (fold(&p.name), fold(&q.name));
            if known && p.entity == q.entity || np == nq {
                return Some(true);
            }
            let nested = np.contains(&nq) || nq.contains(&np);
            let same_kind = p.kind == MentionKind::Place && q.kind == MentionKind::Place
                || p.kind == MentionKind::Country && q.kind == MentionKind::Country;
            comparable |= same_kind && !nested && (known || one_language);
        }
    }
    comparable.then_some(false)
}

/// Grows clusters from the best pairs on. `weights` says for how many each stands. `link` gives a score and whether the pair alone would be enough, or nothing where
/// the two must stay apart; two clusters join where no pair across them must and half of the pairs are enough.
fn cluster(weights: &[usize], link: impl Fn(usize, usize) -> Option<(f64, bool)>) -> Vec<Vec<usize>> {
    let n = weights.len();
    let mut scores: BTreeMap<(usize, usize), (f64, bool)> = BTreeMap::new();
    for i in 0..n {
        for j in i + 1..n {
            if let Some(s) = link(i, j) {
                scores.insert((i, j), s);
            }
        }
    }
    let mut edges: Vec<(f64, usize, usize)> = scores.iter().filter(|s| s.1.1).map(|(&(i, j), s)| (s.0, i, j)).collect();
    edges.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut of: Vec<usize> = (0..n).collect();
    let mut members: Vec<Vec<usize>> = (0..n).map(|i| vec![i]).collect();
    for (_, a, b) in edges {
        let (x, y) = (of[a].min(of[b]), of[a].max(of[b]));
        if x == y {
            continue;
        }
        let pairs = members[x].iter().flat_map(|&i| members[y].iter().map(move |&j| (i.min(j), i.max(j))));
        let links: Option<Vec<(usize, bool)>> =
            pairs.map(|p| scores.get(&p).map(|s| (weights[p.0] * weights[p.1], s.1))).collect();
        let Some(links) = links else { continue };
        let enough: usize = links.iter().filter(|l| l.1).map(|l| l.0).sum();
        if enough * 2 < links.iter().map(|l| l.0).sum() {
            continue;
        }
        let moved = std::mem::take(&mut members[y]);
        moved.iter().for_each(|&m| of[m] = x);
        members[x].extend(moved);
        members[x].sort_unstable();
    }
    members.retain(|m| !m.is_empty());
    members
}
