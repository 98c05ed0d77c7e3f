//! The country of those of whom neither the text nor the tables say one: "polis", "the mayor's office", a suspect's name.
//!
//! It is that of the one whose they are, else of the state whose own word stands in the name ("kaymakam"), else of the place
//! that they stand with, else of the state that the article tells of there. Where it tells of none, readers take it to be
//! the publisher's, or the one in which the language is at home. All of this is inference: it is kept apart from what is
//! said ([`haberdar_model::CountryBasis`]), and no other part of the reading builds on it.

use std::collections::BTreeMap;

use haberdar_lang::Upos;
use haberdar_model::{Country, CountryBasis, Language, MentionKind};
use haberdar_world::{EntityKind, HitKind, NameHit, World};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Draft, assemble::is_locative};
use crate::{
    events::Scene,
    tree::{Case, Rel},
};

/// What is left of a word's weight one sentence further.
const DECAY: f32 = 0.7;
/// What the whole article weighs beside the sentences around.
const ARTICLE: f32 = 0.25;
/// The home of the readers against one mention of a state.
const READERS: f32 = 1.0;
/// A word that only one state has for its bodies.
const TERM: f32 = 1.5;
/// A name inside a body's ("Vancouver Sun").
const INSIDE: f32 = 0.75;
/// The share of all weights that makes a state the one that is told of.
const SHARE: f32 = 0.55;
/// The same for persons: those of one state speak of others.
const SHARE_OF_PERSONS: f32 = 0.65;

/// Sectors of those who act for a state or want to.
const OF_A_STATE: [&str; 8] = ["GOV", "MIL", "COP", "JUD", "LEG", "PTY", "OPP", "SPY"];

/// A country, and how it was inferred.
pub(crate) type Home = Option<(Country, CountryBasis)>;

/// What the article is read with.
pub(crate) struct Setting<'a> {
    /// All names of the article.
    pub(crate) hits: &'a [NameHit],
    /// Who is who.
    pub(crate) world: &'a World,
    /// Home of the publisher.
    pub(crate) publisher: Option<Country>,
    /// Mentions that take part in an act or a quotation.
    pub(crate) taking_part: &'a FxHashSet<usize>,
}

/// The inferred countries of an article's mentions; none for those that have one.
pub(crate) fn infer(scenes: &[Scene<'_>], setting: &Setting<'_>) -> Vec<Home> {
    let Some(first) = scenes.first() else { return Vec::new() };
    let drafts = first.drafts;
    let told = Told::new(scenes, setting);
    let mut homes: Vec<Home> = drafts.iter().enumerate().map(|(i, d)| home(scenes, i, d, &told, setting)).collect();
    one_for_each(drafts, &mut homes);
    homes
}

fn home(scenes: &[Scene<'_>], i: usize, d: &Draft, told: &Told, setting: &Setting<'_>) -> Home {
    let scene = &scenes[d.sentence];
    if d.country.is_some() || d.twin_of.is_some() || !may_have_one(scene, i, d, setting) {
        return None;
    }
    let around = told.state_at(scene, d, setting.publisher);
    // Others may have the word too ("Supreme Court"): what is told of there says more.
    let term = told.term(d).filter(|c| around.is_none_or(|(a, basis)| a == *c || basis == CountryBasis::Language));
    let found = owner(scene, i, d, setting)
        .or(term.map(|c| (c, CountryBasis::Term)))
        .or_else(|| place(scene, d).map(|c| (c, CountryBasis::Place)))
        .or(around.filter(|h| h.1 != CountryBasis::Language || is_domestic(scene, d)));
    found.filter(|&(c, basis)| d.kind != MentionKind::Person || basis == CountryBasis::Term || may_be_named(scene, d, c, setting))
}

/// False for what is at home nowhere or elsewhere: the parties to something, foreigners, terrorists, bodies of no state.
fn may_have_one(scene: &Scene<'_>, i: usize, d: &Draft, setting: &Setting<'_>) -> bool {
    let (tree, lexicon) = (scene.tree, scene.lexicon);
    let of_a_state = d.sector.as_deref().is_some_and(|s| OF_A_STATE.contains(&s));
    match d.kind {
        MentionKind::Country => return false,
        // "Analysts", "uzmanlar": of anywhere; "officials" are somebody's.
        MentionKind::Source if !of_a_state => return false,
        _ if setting.taking_part.contains(&i) => {}
        // Goods and brands look like names; bodies of a state are somebody's wherever they stand.
        _ if !of_a_state => return false,
        _ => {}
    }
    // "DEAŞ", "Amnesty": the tables know it and give it no state; ministries and the like are of whichever state.
    let stateless = |e: &str| {
        setting.world.entity(e).is_some_and(|e| {
            let own = matches!(e.class, Some("armed_group" | "ngo" | "igo" | "company")) || e.kind == EntityKind::Place;
            e.country.is_none() && own
        })
    };
    if d.entity.as_deref().is_some_and(stateless) {
        return false;
    }
    // "United Nations Mission": part of a body that is no state's.
    if d.kind == MentionKind::Organization && hits_inside(d, setting).any(|h| h.country.is_some_and(|c| c.is_body())) {
        return false;
    }
    let homeless = lexicon.list("no_home");
    let described = tree.kids(d.head).filter(|&k| tree.nodes[k].rel == Rel::Amod).chain(d.first..=d.last);
    let several = tree.nodes[d.head].plural && tree.is_any(d.head, lexicon.list("pair_country"));
    !several && !described.into_iter().any(|w| tree.is_any(w, homeless))
}

/// "Mr Sanders's supporters", "the Obama administration", "Akıncı'nın sözcüsü", "police in Paris": who or where a noun of the
/// same phrase says; "Boston Marathon": after whom or what the body is named.
fn owner(scene: &Scene<'_>, i: usize, d: &Draft, setting: &Setting<'_>) -> Home {
    let tree = scene.tree;
    // Of a person's lawyer or a minister's counterpart it does not say enough.
    if d.kind == MentionKind::Person || d.role.as_ref().is_some_and(|r| r.office == "counterpart") {
        return None;
    }
    for k in tree.kids(d.head) {
        let Some(m) = scene.words.headed(k).filter(|&m| m != i) else { continue };
        let Some(country) = scene.drafts[m].country else { continue };
        let owns = matches!(tree.nodes[k].rel, Rel::NmodPoss | Rel::Nmod | Rel::Compound);
        let basis = match tree.language {
            Language::Tr if matches!(tree.nodes[k].case, Case::Gen | Case::Nom | Case::None) => CountryBasis::Owner,
            Language::Tr if tree.nodes[k].case == Case::Loc => CountryBasis::Place,
            Language::Tr => continue,
            Language::En => match tree.kids_by(k, &[Rel::Case]).next().map(|c| tree.lower(c)) {
                None | Some("of" | "'s" | "’s" | "'" | "’") => CountryBasis::Owner,
                Some("in" | "at" | "near" | "from") => CountryBasis::Place,
                Some(_) => continue,
            },
        };
        if owns && (basis == CountryBasis::Owner || !country.is_body()) {
            return Some((country, basis));
        }
    }
    if d.kind != MentionKind::Organization {
        return None;
    }
    names_inside(d, setting).next().map(|c| (c, CountryBasis::Owner))
}

/// The states of the names within a body's name.
fn names_inside<'a>(d: &Draft, setting: &Setting<'a>) -> impl Iterator<Item = Country> + use<'a> {
    hits_inside(d, setting).filter_map(|h| h.country).filter(|c| !c.is_body())
}

fn hits_inside<'a>(d: &Draft, setting: &Setting<'a>) -> impl Iterator<Item = &'a NameHit> + use<'a> {
    let (from, end) = (setting.hits.partition_point(|h| h.start < d.start), d.end);
    let inside = setting.hits[from..].iter().take_while(move |h| h.end <= end);
    inside.filter(|h| h.kind != HitKind::Office && h.score > 0.5)
}

/// "Paris'te polis …", "In Paris, police …": the place in the same clause, if all places there lie in one state.
fn place(scene: &Scene<'_>, d: &Draft) -> Option<Country> {
    if is_guest(d) {
        return None;
    }
    let tree = scene.tree;
    let governor = tree.nodes[d.head].head?;
    let mut found = None;
    for m in scene.words.in_order() {
        let p = &scene.drafts[m];
        if tree.nodes[p.head].head != Some(governor) || !is_locative(tree, p.head) {
            continue;
        }
        match (p.country.filter(|c| !c.is_body()), found) {
            (Some(c), None) => found = Some(c),
            (Some(c), Some(other)) if c != other => return None,
            _ => {}
        }
    }
    found
}

/// "Bakan, Paris'te …", "troops in Gaza": who holds an office, bears arms or has a name is not at home wherever he is.
fn is_guest(d: &Draft) -> bool {
    matches!(d.kind, MentionKind::Office | MentionKind::Person) || d.sector.as_deref() == Some("MIL")
}

/// "RBS", "Diyab hükümeti": an unknown name that no word tells the kind of may be one from anywhere, and those who follow
/// an unknown head too.
fn is_domestic(scene: &Scene<'_>, d: &Draft) -> bool {
    let (tree, lexicon) = (scene.tree, scene.lexicon);
    match d.kind {
        MentionKind::Organization => d.sector.is_some() || tree.is_any(d.last, lexicon.list("org_noun")),
        MentionKind::Group if tree.is_any(d.head, lexicon.list("named_after_head")) => {
            !(d.first..d.head).any(|w| tree.nodes[w].upos == Upos::Propn)
        }
        _ => true,
    }
}

/// A person is no native of a state in which, as far as the tables know, nobody has such a name.
fn may_be_named(scene: &Scene<'_>, d: &Draft, country: Country, setting: &Setting<'_>) -> bool {
    let native = scene.lexicon.homes.readers == Some(country);
    if native && scene.tree.language == Language::Tr && !d.name.chars().all(is_turkish) {
        return false;
    }
    let mut words = d.name.split_whitespace();
    let (Some(given), Some(_)) = (words.next(), words.next()) else { return true };
    setting.world.may_be_named(given, country)
}

/// Letters in which Turkish names are written.
fn is_turkish(c: char) -> bool {
    c.is_ascii() && !matches!(c, 'q' | 'w' | 'x' | 'Q' | 'W' | 'X') || "çğıöşüâîûÇĞİÖŞÜÂÎÛ’".contains(c)
}

/// Mentions of one entity have one country: the one that most of them were given.
fn one_for_each(drafts: &[Draft], homes: &mut [Home]) {
    let mut count: FxHashMap<&str, BTreeMap<(Country, CountryBasis), u32>> = FxHashMap::default();
    for (d, home) in drafts.iter().zip(homes.iter()) {
        if let (Some(e), Some(home)) = (&d.entity, home) {
            *count.entry(e).or_default().entry(*home).or_default() += 1;
        }
    }
    for (d, home) in drafts.iter().zip(homes.iter_mut()).filter(|(d, _)| d.country.is_none() && d.kind == MentionKind::Person) {
        if let Some(found) = d.entity.as_deref().and_then(|e| count.get(e)) {
            *home = found.iter().rev().max_by_key(|f| f.1).map(|f| *f.0);
        }
    }
}

/// Weights of states.
type Weights = BTreeMap<Country, f32>;

/// Of which states the article tells, sentence by sentence.
struct Told {
    /// Those who act, with the sentences around.
    near: Vec<Weights>,
    /// Those where something takes place, with the sentences around.
    around: Vec<Weights>,
    whole: Weights,
    /// Words for what one state alone has: sentence, word, state.
    terms: Vec<(usize, usize, Country)>,
}

impl Told {
    fn new(scenes: &[Scene<'_>], setting: &Setting<'_>) -> Told {
        let drafts = scenes.first().map_or(&[][..], |s| s.drafts);
        let mut near = vec![Weights::new(); scenes.len()];
        let mut around = vec![Weights::new(); scenes.len()];
        let mut whole = Weights::new();
        for d in drafts.iter().filter(|d| d.candidates.is_empty() && d.twin_of.is_none()) {
            let Some(c) = d.country.filter(|c| !c.is_body()) else { continue };
            let tree = scenes[d.sentence].tree;
            let place = d.kind == MentionKind::Place || is_locative(tree, d.head);
            // Who is quoted as a medium is not what is told of.
            let weight = if d.sector.as_deref() == Some("JRN") {
                0.3
            } else if place {
                1.5
            } else {
                1.0
            };
            let at = if place { &mut around } else { &mut near };
            *at[d.sentence].entry(c).or_default() += weight;
            *whole.entry(c).or_default() += weight;
        }
        for d in drafts.iter().filter(|d| d.country.is_none() && d.kind == MentionKind::Organization) {
            for c in names_inside(d, setting) {
                *near[d.sentence].entry(c).or_default() += INSIDE;
                *whole.entry(c).or_default() += INSIDE;
            }
        }
        let mut terms = Vec::new();
        for (s, scene) in scenes.iter().enumerate() {
            for (w, c) in terms_of(scene) {
                terms.push((s, w, c));
                *near[s].entry(c).or_default() += TERM;
                *whole.entry(c).or_default() += TERM;
            }
        }
        spread(&mut near);
        spread(&mut around);
        Told { near, around, whole, terms }
    }

    /// The state whose own word the mention has, unless it has those of two.
    fn term(&self, d: &Draft) -> Option<Country> {
        let from = self.terms.partition_point(|t| (t.0, t.1) < (d.sentence, d.first));
        let mut own = self.terms[from..].iter().take_while(|t| t.0 == d.sentence && t.1 <= d.last).map(|t| t.2);
        own.next().filter(|c| own.all(|o| o == *c))
    }

    /// The state that the article tells of around a mention.
    fn state_at(&self, scene: &Scene<'_>, d: &Draft, publisher: Option<Country>) -> Home {
        let guest = is_guest(d);
        let mut all = self.near[d.sentence].clone();
        for (c, w) in &self.around[d.sentence] {
            *all.entry(*c).or_default() += if guest { w * 0.5 } else { *w };
        }
        for (c, w) in &self.whole {
            *all.entry(*c).or_default() += w * ARTICLE;
        }
        let silent = all.is_empty();
        let readers = scene.lexicon.homes.readers;
        if let Some(c) = readers {
            *all.entry(c).or_default() += READERS;
        } else if silent {
            return publisher.map(|c| (c, CountryBasis::Publisher));
        }
        let sum: f32 = all.values().sum();
        let (&c, &w) = all.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)))?;
        let basis =
            if Some(c) == readers && !self.whole.contains_key(&c) { CountryBasis::Language } else { CountryBasis::Article };
        let share = if d.kind == MentionKind::Person { SHARE_OF_PERSONS } else { SHARE };
        (w >= sum * share).then_some((c, basis))
    }
}

/// Words of `homes.tsv` in a sentence: the first word of each, with its state.
fn terms_of(scene: &Scene<'_>) -> Vec<(usize, Country)> {
    let (tree, homes) = (scene.tree, &scene.lexicon.homes);
    let is = |w: usize, word: &str| tree.lower(w) == word || tree.lemma(w) == word;
    let found = |w: usize| {
        let terms = [tree.lower(w), tree.lemma(w)].into_iter().find_map(|f| homes.terms.get(f))?;
        let fits = |t: &&crate::lexicon::HomeTerm| {
            w + t.rest.len() < tree.len()
                && (!t.capital || tree.nodes[w].capital && tree.nodes[w].upos != Upos::Verb)
                && t.rest.iter().enumerate().all(|(i, r)| is(w + 1 + i, r))
        };
        terms.iter().find(fits).map(|t| (w, t.country))
    };
    (0..tree.len()).filter_map(found).collect()
}

/// Adds to each sentence what those before and behind it weigh, less and less.
fn spread(own: &mut [Weights]) {
    let mut before = Weights::new();
    let mut sums = own.to_vec();
    for i in 0..own.len() {
        merge(&mut sums[i], &before);
        merge(&mut before, &own[i]);
        fade(&mut before);
    }
    let mut behind = Weights::new();
    for i in (0..own.len()).rev() {
        merge(&mut sums[i], &behind);
        merge(&mut behind, &own[i]);
        fade(&mut behind);
    }
    own.clone_from_slice(&sums);
}

fn merge(into: &mut Weights, from: &Weights) {
    for (c, w) in from {
        *into.entry(*c).or_default() += w;
    }
}

fn fade(weights: &mut Weights) {
    for w in weights.values_mut() {
        *w *= DECAY;
    }
    weights.retain(|_, w| *w > 0.05);
}
