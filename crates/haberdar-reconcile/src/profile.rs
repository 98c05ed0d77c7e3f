//! What an article is compared by, without its text: small enough to be kept for every article.

use std::collections::{BTreeMap, BTreeSet};

use haberdar_model::{Country, MentionKind, PartialDate};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    copies,
    doc::{Bucket, Doc, days_between},
    fold::{capitals, fold, numerals, stem, surname},
    weights::{Vector, hash, leading, unit, weight},
};

/// Words, and entities, that make an article a neighbour of others.
const KEYS: usize = 16;
/// Letters by which words that look like names are compared: their endings differ.
const NAME: usize = 6;
/// States of which every two together are a key: one state alone stands in too many articles.
const STATES: usize = 4;
/// Days that share a drawer of the index.
const DRAWER: i32 = 8;
/// Days between two articles that can be of one time, at most.
const REACH: i32 = 14;

/// What an article is compared by. Made by [`crate::update`]; whoever keeps it need not look into it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// The article's id.
    pub article: String,
    pub(crate) published: Option<PartialDate>,
    /// Days since 1970 of publication.
    pub(crate) day: Option<i32>,
    /// Days since 1970 of the latest act of which the text gives the day.
    pub(crate) latest_act: Option<i32>,
    /// Who stands behind it.
    pub(crate) source: String,
    pub(crate) outlet: Option<String>,
    pub(crate) turkish: bool,
    pub(crate) words: Vector,
    pub(crate) entities: Vector,
    /// Words that look like names.
    pub(crate) names: Vector,
    /// Acts as type and states.
    pub(crate) acts: Vec<u32>,
    /// Numbers as they are written.
    pub(crate) numbers: Vec<u32>,
    /// All runs of words.
    pub(crate) shingles: Vec<u32>,
    /// Its address, and its id at the source.
    pub(crate) address: Option<u32>,
    pub(crate) source_id: u32,
}

/// A place in the index of neighbours: a drawer of days and what is looked up in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// [`Key::UNDATED`], [`Key::ALWAYS`], or days since 1970 divided by eight.
    pub drawer: i32,
    /// Hash of a word, an entity, an act, a run of words or an address.
    pub feature: u32,
}

impl Key {
    /// The drawer of articles of which no day is known.
    pub const UNDATED: i32 = i32::MIN;
    /// The drawer of what is compared whatever the day: addresses.
    pub const ALWAYS: i32 = i32::MAX;
}

/// What an article is looked up by.
pub(crate) struct Features {
    /// Two in common make two articles neighbours.
    pub(crate) topics: Vec<u32>,
    /// One in common does.
    pub(crate) runs: Vec<u32>,
    /// One in common does, whatever the day.
    pub(crate) addresses: Vec<u32>,
}

impl Profile {
    pub(crate) fn new(d: &Doc<'_>) -> (Profile, Features) {
        let head = &d.reading.article;
        let entities = entities(d);
        let title = head.title.as_deref().map(crate::fold::words).unwrap_or_default();
        let words = leading(title.iter().chain(&d.words));
        let whole = format!("{}\n{}", head.title.as_deref().unwrap_or_default(), d.text);
        let names = capitals(&whole).into_iter().map(|(w, n)| {
            let known = w.get(..NAME).unwrap_or(&w);
            (hash(known.bytes()), (1.0 + n.max(1.0).ln()) * weight(stem(&w)))
        });
        let acts: BTreeSet<u32> = d
            .acts
            .iter()
            .filter_map(|a| {
                states(d, a.actor.iter().chain(&a.recipient), a.bucket).map(|s| feature("act", &format!("{} {s}", a.kind)))
            })
            .collect();
        let numbers: BTreeSet<u32> = numerals(&whole).iter().map(|n| feature("number", n)).collect();
        let address = head.url.as_deref().and_then(copies::address).map(|u| feature("address", &u));
        let source = copies::source(head.publisher.as_deref(), &head.id);
        let outlet = head.publisher.as_deref().map(fold).filter(|p| !p.is_empty());
        let source_id = feature("id", &format!("{} {}", outlet.as_deref().unwrap_or_default(), head.source_id));
        let mut topics: BTreeSet<u32> = heaviest(&words).map(|h| feature("word", &h.to_string())).collect();
        topics.extend(entities.iter().filter(|e| !e.1.1).map(|e| feature("entity", e.0)));
        let mut common: Vec<(&String, f64)> = entities.iter().filter(|e| e.1.1).map(|e| (e.0, e.1.0)).collect();
        common.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        common.truncate(STATES);
        for (i, a) in common.iter().enumerate() {
            topics.extend(common[i + 1..].iter().map(|b| feature("states", &format!("{} {}", a.0.min(b.0), a.0.max(b.0)))));
        }
        topics.extend(&acts);
        let mut addresses: Vec<u32> = address.into_iter().collect();
        if !head.source_id.is_empty() {
            addresses.push(source_id);
        }
        let features =
            Features { topics: topics.into_iter().collect(), runs: copies::winnow(&d.words).into_iter().collect(), addresses };
        let profile = Profile {
            article: head.id.clone(),
            published: d.published,
            day: d.published.map(|p| since_1970(p.first())),
            latest_act: d.latest_act.map(since_1970),
            source,
            outlet,
            turkish: head.language == Some(haberdar_model::Language::Tr),
            words,
            names: unit(names),
            entities: unit(entities.iter().map(|(k, v)| (hash(k.bytes()), v.0))),
            acts: acts.into_iter().collect(),
            numbers: numbers.into_iter().collect(),
            shingles: copies::shingles(&d.words),
            address,
            source_id,
        };
        (profile, features)
    }

    /// The day by which it is filed.
    fn anchor(&self) -> Option<i32> {
        self.day.or(self.latest_act)
    }

    /// The drawer in which it is filed.
    pub(crate) fn drawer(&self) -> i32 {
        self.anchor().map_or(Key::UNDATED, |d| d.div_euclid(DRAWER))
    }

    /// The drawers in which its neighbours are; `None` where they can be in any.
    pub(crate) fn drawers(&self) -> Option<Vec<i32>> {
        let d = self.anchor()?;
        Some((((d - REACH).div_euclid(DRAWER))..=((d + REACH).div_euclid(DRAWER))).chain([Key::UNDATED]).collect())
    }

    /// By day of publication (undated last), then id.
    pub(crate) fn order(&self) -> (bool, Option<PartialDate>, &str) {
        (self.published.is_none(), self.published, &self.article)
    }
}

/// Hash of a feature of a kind.
fn feature(kind: &str, what: &str) -> u32 {
    hash(kind.bytes().chain([0]).chain(what.bytes()))
}

fn since_1970(d: Date) -> i32 {
    days_between(Date::constant(1970, 1, 1), d)
}

/// The heaviest words.
fn heaviest(words: &Vector) -> impl Iterator<Item = u32> {
    let mut top = words.clone();
    top.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    top.into_iter().take(KEYS).map(|x| x.0)
}

/// Who is in it, with the weight, and whether it is a state.
fn entities(d: &Doc<'_>) -> BTreeMap<String, (f64, bool)> {
    let mut out: BTreeMap<String, (f64, bool)> = BTreeMap::new();
    for p in &d.parties {
        let (key, rarity) = match p.kind {
            MentionKind::Person => (p.entity.clone().unwrap_or_else(|| surname(&p.name)), 5.0),
            MentionKind::Organization | MentionKind::Place => (p.entity.clone().unwrap_or_else(|| fold(&p.name)), 3.5),
            MentionKind::Country | MentionKind::Office => match p.country {
                Some(c) => (c.to_string(), 2.0),
                None => continue,
            },
            MentionKind::Group | MentionKind::Source | MentionKind::Thing => continue,
        };
        if key.is_empty() {
            continue;
        }
        let state = matches!(p.kind, MentionKind::Country | MentionKind::Office);
        let weight = (1.0 + (p.mentions.len() as f64).ln()) * rarity;
        let old = out.entry(key).or_insert((0.0, state));
        *old = (old.0.max(weight), old.1 && state);
    }
    out
}

/// The two or more states of an act that is no background.
fn states<'p>(d: &Doc<'_>, parties: impl Iterator<Item = &'p usize>, bucket: Bucket) -> Option<String> {
    if matches!(bucket, Bucket::Historical | Bucket::Forecast) {
        return None;
    }
    let set: BTreeSet<Country> = parties.filter_map(|&p| d.parties[p].country).collect();
    (set.len() >= 2).then(|| set.iter().map(Country::as_str).collect::<Vec<_>>().join(" "))
}
