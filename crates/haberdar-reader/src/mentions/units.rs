//! The pieces that mentions are made of: names from the tables, unknown names, titles, acting nouns.

use haberdar_lang::{NameClass, Upos};
use haberdar_model::{Country, Language};
use haberdar_world::{HitKind, NameHit, Via, World};

use super::counted::{PEOPLE, counted};
use crate::{
    clauses,
    lexicon::{ActorNoun, Lexicon},
    tree::{Case, Rel, Tree},
};

/// A piece of a mention.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub(super) kind: UnitKind,
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) entity: Option<String>,
    pub(super) country: Option<Country>,
    pub(super) sector: Option<&'static str>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum UnitKind {
    Country(Via),
    Organization,
    /// A kind of body that every state has ("Dışişleri Bakanlığı", "embassy").
    Body,
    Place,
    Person,
    /// A title; the entity is the office id.
    Office,
    /// "mevkidaşı", "counterpart".
    Counterpart,
    /// A run of capitalised words that no table knows.
    Name,
    /// A common noun for acting people.
    Actor(ActorNoun),
}

pub(super) fn find(tree: &Tree<'_>, hits: &[NameHit], lexicon: &Lexicon, world: &World) -> Vec<Unit> {
    let n = tree.len();
    let mut taken = vec![false; n];
    let mut units = Vec::new();
    for h in hits {
        let Some((first, last)) = words_at(tree, h.start, h.end) else { continue };
        let kind = match h.kind {
            HitKind::Country { via } => UnitKind::Country(via),
            HitKind::Organization if h.country.is_none() => UnitKind::Body,
            HitKind::Organization => UnitKind::Organization,
            HitKind::Place => UnitKind::Place,
            HitKind::Person => UnitKind::Person,
            HitKind::Office => UnitKind::Office,
        };
        if (first..=last).any(|w| taken[w]) {
            continue;
        }
        // "İdil Fırat": a river's name that the analysis takes for part of a person's.
        let whole = |n: &haberdar_lang::NameSpan| {
            n.class == NameClass::Per
                && n.first_word <= first
                && last < n.last_word
                && n.last_word - n.first_word > last + 1 - first
        };
        if kind == UnitKind::Place && tree.language == Language::Tr && tree.names.iter().any(whole) {
            continue;
        }
        // "ABD doları", "the US dollar"
        if matches!(kind, UnitKind::Country(_)) && last + 1 < n && is_currency(tree, last + 1, lexicon) {
            taken[first..=last].fill(true);
            continue;
        }
        // "Ordu yönetime el koydu": the army rather than the town.
        let common = tree.language == Language::Tr
            && kind == UnitKind::Place
            && first == last
            && first == sentence_start(tree)
            && tree.nodes[first].upos == Upos::Noun
            && !tree.lower(first).contains(['\'', '’'])
            && tree.nodes.get(first + 1).is_some_and(|next| !next.capital)
            && lexicon.acting(&tree.nodes[first].lemmas).next().is_some();
        if common {
            continue;
        }
        // A surname that is also a common word at the head of a sentence is no name.
        if kind == UnitKind::Person && first == last && h.score <= 0.5 && tree.nodes[first].upos != Upos::Propn {
            continue;
        }
        taken[first..=last].fill(true);
        units.push(Unit {
            kind,
            first,
            last,
            start: h.start,
            end: h.end,
            entity: Some(h.entity.to_owned()),
            country: h.country,
            sector: h.sector,
        });
    }
    let counterpart = lexicon.list("counterpart");
    for (w, taken) in taken.iter_mut().enumerate().filter(|(w, t)| !**t && tree.nodes[*w].part <= 1) {
        if tree.is_any(w, counterpart) && !matches!(tree.nodes[w].upos, Upos::Verb | Upos::Propn) {
            *taken = true;
            units.push(unit(tree, UnitKind::Counterpart, w, w, None));
        }
    }
    unknown_names(tree, lexicon, &mut taken, &mut units);
    join_given_names(tree, world, &mut units);
    for w in 0..n {
        let Some((last, noun)) = compound_at(tree, w, lexicon).filter(|&(last, _)| !taken[w..=last].contains(&true)) else {
            continue;
        };
        taken[w..=last].fill(true);
        units.push(unit(tree, UnitKind::Actor(noun), w, last, Some(noun.sector)));
    }
    for (w, taken) in taken.iter_mut().enumerate() {
        let node = &tree.nodes[w];
        let nominal = matches!(node.upos, Upos::Noun | Upos::Propn) || node.upos == Upos::Adj && stands_alone(tree, w);
        if *taken || !nominal || tree.is_any(w, lexicon.list("no_actor")) || node.verb.is_some_and(|m| m.is_finite()) {
            continue;
        }
        if node.possessed && tree.is_any(w, lexicon.list("not_possessed")) {
            continue;
        }
        // "iş birliği", "güç birliği": that people act together is nobody.
        let of_what = w > 0 && tree.is_any(w - 1, lexicon.list("unity_of"));
        if of_what && node.possessed && tree.is_any(w, lexicon.list("unity")) {
            continue;
        }
        // "mahkûm etti", "üye oldu": half of a verb is nobody.
        if node.rel == Rel::Lvc && tree.language == Language::Tr && node.case == Case::Nom && !node.possessed {
            continue;
        }
        // "a state of emergency"
        if w + 2 < n && tree.lower(w + 1) == "of" && tree.is_any(w + 2, lexicon.list("condition_of")) {
            continue;
        }
        if let Some(noun) = lexicon.acting(&node.lemmas).next() {
            *taken = true;
            units.push(unit(tree, UnitKind::Actor(*noun), w, w, Some(noun.sector)));
        }
    }
    for w in 0..n {
        if let Some((first, last)) = counted(tree, lexicon, w).filter(|&(first, last)| !taken[first..=last].contains(&true)) {
            taken[first..=last].fill(true);
            units.push(unit(tree, UnitKind::Actor(PEOPLE), first, last, Some(PEOPLE.sector)));
        }
    }
    units.sort_by_key(|u| u.first);
    units
}

/// The longest acting noun of several words that begins at the word ("emniyet müdürlüğü", "rebel commanders"): its last word.
fn compound_at(tree: &Tree<'_>, w: usize, lexicon: &Lexicon) -> Option<(usize, ActorNoun)> {
    // "Eski bakan": that somebody held an office says the office.
    let entries = lexicon.actor_compounds.get(tree.lower(w)).filter(|_| !tree.is_any(w, lexicon.list("former")))?;
    let found = entries.iter().filter_map(|(rest, noun)| {
        let last = w + rest.len();
        let (end, middle) = rest.split_last()?;
        let fits = last < tree.len()
            && middle.iter().enumerate().all(|(i, m)| tree.lower(w + 1 + i) == *m)
            && is_form_of(tree, last, end)
            && tree.nodes[last].verb.is_none_or(|m| !m.is_finite());
        fits.then_some((last, *noun))
    });
    found.max_by_key(|f| f.0)
}

/// True where the word is a form of the last word of an entry, which stands with its possessive suffix in Turkish ("müdürlüğü").
fn is_form_of(tree: &Tree<'_>, w: usize, entry: &str) -> bool {
    let form = tree.lower(w);
    match tree.language {
        Language::En => form == entry || *tree.words[w].lemma == *entry,
        Language::Tr => {
            // What follows the stem is plural, possessive and case: "müdürlüğ-ünden", "güç-leri".
            let stem = entry.trim_end_matches(['ı', 'i', 'u', 'ü']);
            let stem = stem.strip_suffix('s').filter(|_| stem.len() + 2 <= entry.len() && stem.len() > 3).unwrap_or(stem);
            let stem = stem.strip_suffix("ler").or_else(|| stem.strip_suffix("lar")).filter(|_| stem.len() > 5).unwrap_or(stem);
            form == entry || form.strip_prefix(stem).is_some_and(|rest| rest.chars().count() <= 8 && is_suffix(rest))
        }
    }
}

/// Letters that only suffixes of plural, possessive and case are made of.
fn is_suffix(rest: &str) -> bool {
    let rest = rest.trim_start_matches(['\'', '’', 'ʼ']);
    ["ı", "i", "u", "ü", "s", "lar", "ler", "n", "y", "d", "t", ""].iter().any(|s| rest.starts_with(s))
        && rest.chars().all(|c| "ıiuüaeslrnydtkc".contains(c))
}

fn is_currency(tree: &Tree<'_>, w: usize, lexicon: &Lexicon) -> bool {
    let node = &tree.nodes[w];
    let owned = tree.language == Language::En || tree.may_be_owned(w);
    owned && matches!(node.upos, Upos::Noun | Upos::Propn) && node.verb.is_none() && tree.is_any(w, lexicon.list("currency"))
}

/// An adjective used as a noun: it heads its phrase.
fn stands_alone(tree: &Tree<'_>, w: usize) -> bool {
    // "bir İsrail askeri, …": an adjective that ends its phrase.
    let ends = tree.language == Language::Tr
        && w > 0
        && tree.nodes[w - 1].capital
        && tree.nodes.get(w + 1).is_none_or(|n| matches!(n.upos, Upos::Punct | Upos::Verb));
    ends || !matches!(tree.nodes[w].rel, Rel::Amod | Rel::Advmod | Rel::Det)
}

fn unit(tree: &Tree<'_>, kind: UnitKind, first: usize, last: usize, sector: Option<&'static str>) -> Unit {
    let end = bare_end(tree, last);
    Unit { kind, first, last, start: tree.nodes[first].start, end, entity: None, country: None, sector }
}

/// End of a word without a Turkish suffix behind an apostrophe.
fn bare_end(tree: &Tree<'_>, w: usize) -> usize {
    let node = &tree.nodes[w];
    let form = &tree.text[node.start..node.end];
    match (tree.language, form.find(['\'', '’', 'ʼ', '`'])) {
        (Language::Tr, Some(at)) if at > 0 => node.start + at,
        _ => node.end,
    }
}

/// Words that overlap the bytes.
fn words_at(tree: &Tree<'_>, start: usize, end: usize) -> Option<(usize, usize)> {
    let first = tree.nodes.iter().position(|n| n.end > start)?;
    let last = tree.nodes.iter().rposition(|n| n.start < end && n.end > start)?;
    (first <= last).then_some((first, last))
}

fn unknown_names(tree: &Tree<'_>, lexicon: &Lexicon, taken: &mut [bool], units: &mut Vec<Unit>) {
    let n = tree.len();
    let capitals = tree.nodes.iter().filter(|w| w.capital && w.upos != Upos::Punct).count();
    let letters = tree.nodes.iter().filter(|w| w.upos != Upos::Punct).count();
    // In a headline with capitals on all words a capital says nothing.
    let headline = letters > 4 && capitals * 10 > letters * 7;
    let particles = lexicon.list("name_particle");
    let not_name = lexicon.list("no_name");
    let mut w = 0;
    while w < n {
        if !begins_name(tree, w, taken, headline, lexicon) || tree.is_any(w, not_name) {
            w += 1;
            continue;
        }
        let first = w;
        let mut last = w;
        while !ends_in_suffix(tree, last) {
            let next = last + 1;
            if next >= n || taken[next] || ends_person(tree, first, next) {
                break;
            }
            let hyphen = tree.lower(next) == "-" && tree.nodes[last].end == tree.nodes[next].start;
            if hyphen && next + 1 < n && tree.nodes[next].end == tree.nodes[next + 1].start && !taken[next + 1] {
                last = next + 1;
            } else if tree.nodes[next].capital && tree.nodes[next].upos != Upos::Punct && !tree.is_any(next, not_name) {
                last = next;
            } else if tree.is_any(next, particles) && next + 1 < n && tree.nodes[next + 1].capital && !taken[next + 1] {
                last = next + 1;
            } else {
                break;
            }
        }
        if names_body_behind(tree, first, last, lexicon) {
            last -= 1;
        }
        let tokens = last - first + 1;
        let propn = tree.nodes[first].upos == Upos::Propn;
        // In Turkish a comma sets the topic apart: "Naeh, …".
        let topic = || tree.lower((first + 1).min(n - 1)) == "," && tree.name_class(first, first).is_some();
        let named = propn && (tree.language == Language::En || topic()) || ends_in_suffix(tree, first);
        let alone_at_start = tokens == 1 && first == sentence_start(tree) && !named;
        if !alone_at_start {
            let kind = match kind_of_name(tree, first, last, lexicon) {
                // "İlçe Başkanı Vahyettin İlgün": who stands behind a title is a person.
                UnitKind::Place if tokens < 4 && behind_title(tree, units, first, last, lexicon) => UnitKind::Name,
                kind => kind,
            };
            // "Munich" + "Regional Court": a body's name may begin with a name that the tables know.
            let mut first = first;
            let named_after = named_after_people(tree, first, last, lexicon);
            let joins = |u: &Unit| {
                u.last + 1 == first
                    && (kind == UnitKind::Organization && joins_body(tree, u) || named_after && is_bare_person(tree, u))
            };
            if let Some(i) = units.iter().position(joins) {
                first = units.remove(i).first;
            }
            let sector = if kind == UnitKind::Organization {
                let compound = (first..last).find_map(|w| compound_at(tree, w, lexicon).filter(|c| c.0 == last)).map(|c| c.1);
                compound.as_ref().or_else(|| lexicon.acting(&tree.nodes[last].lemmas).next()).map(|a| a.sector)
            } else {
                None
            };
            units.push(unit(tree, kind, first, last, sector));
            taken[first..=last].fill(true);
        }
        w = last + 1;
    }
}

/// "Kerimcan Durmaz" + "Samsun": a person's whole name ends where the analysis has the name of something else begin.
fn ends_person(tree: &Tree<'_>, first: usize, next: usize) -> bool {
    let whole = |n: &&haberdar_lang::NameSpan| n.class == NameClass::Per && n.last_word == next && n.last_word - n.first_word > 1;
    let Some(person) = tree.names.iter().find(whole) else { return false };
    person.first_word >= first
        && tree.names.iter().any(|n| n.first_word == next && !matches!(n.class, NameClass::Title | NameClass::Per))
}

/// "Johannes Kahrs" + "Tagesspiegel gazetesi": the last of three words and more is the name of the body that stands behind it.
fn names_body_behind(tree: &Tree<'_>, first: usize, last: usize, lexicon: &Lexicon) -> bool {
    let body = |w: usize| tree.may_be_owned(w) && !tree.nodes[w].capital && denotes(tree, w, lexicon, "organization");
    tree.language == Language::Tr
        && last - first >= 2
        && last + 1 < tree.len()
        && !ends_in_suffix(tree, last)
        && body(last + 1)
        && tree.name_class(first, last) == Some(NameClass::Per)
}

/// Turkish: true for a name of two words or more, none of them a noun for a place, right behind a title.
fn behind_title(tree: &Tree<'_>, units: &[Unit], first: usize, last: usize, lexicon: &Lexicon) -> bool {
    let title = |u: &Unit| u.last + 1 == first && u.kind == UnitKind::Office && tree.nodes[u.last].end == u.end;
    tree.language == Language::Tr
        && last > first
        && (first..=last).all(|w| !tree.may_be_owned(w) || !tree.is_any(w, lexicon.list("place_noun")))
        && (units.iter().any(title) || first > 0 && tree.may_be_owned(first - 1) && denotes(tree, first - 1, lexicon, "office"))
}

/// True for an acting noun of that kind.
fn denotes(tree: &Tree<'_>, w: usize, lexicon: &Lexicon, kind: &str) -> bool {
    lexicon.acting(&tree.nodes[w].lemmas).any(|a| a.kind == kind)
}

/// "Dimitriy" + "Medvedev": an unknown name right before a surname of the tables is its given name. The person stays the
/// tables' one only where they know the whole name in some spelling; "Ayşe Erdoğan" is somebody else.
fn join_given_names(tree: &Tree<'_>, world: &World, units: &mut Vec<Unit>) {
    let mut i = 0;
    while i < units.len() {
        let before = units.iter().position(|n| {
            n.kind == UnitKind::Name && n.last + 1 == units[i].first && tree.nodes[n.last].end == n.end && n.last - n.first < 3
        });
        match before.filter(|_| units[i].kind == UnitKind::Person && units[i].first == units[i].last) {
            Some(b) => {
                let given = units.remove(b);
                let at = if b < i { i - 1 } else { i };
                let u = &mut units[at];
                (u.first, u.start) = (given.first, given.start);
                let full = &tree.text[u.start..u.end];
                let known =
                    world.find_person(full).first().is_some_and(|m| m.score >= 0.75 && Some(m.person.id) == u.entity.as_deref());
                if !known {
                    (u.kind, u.entity, u.country, u.sector) = (UnitKind::Name, None, None, None);
                }
                i = at + 1;
            }
            None => i += 1,
        }
    }
}

/// "Atatürk" + "Havalimanı", "Clinton" + "Foundation": true for the rest of the name of a place or body, which may be named
/// after somebody; not for those who are led by him ("Trump Yönetimi").
fn named_after_people(tree: &Tree<'_>, first: usize, last: usize, lexicon: &Lexicon) -> bool {
    let owned = |w: usize| tree.language == Language::En || tree.may_be_owned(w);
    let is = |w: usize, list| tree.is_any(w, lexicon.list(list));
    (first..=last).any(|w| owned(w) && (is(w, "org_noun") || is(w, "place_noun")) && !is(w, "named_after_head"))
}

/// A Turkish case suffix ends a name.
fn is_bare_person(tree: &Tree<'_>, u: &Unit) -> bool {
    u.kind == UnitKind::Person && tree.nodes[u.last].end == u.end
}

/// True for a name that can begin a body's name; a Turkish case suffix ends it.
fn joins_body(tree: &Tree<'_>, u: &Unit) -> bool {
    let plain = tree.nodes[u.last].end == u.end;
    plain
        && matches!(
            u.kind,
            UnitKind::Country(Via::CountryName | Via::Adjective | Via::Capital)
                | UnitKind::Organization
                | UnitKind::Body
                | UnitKind::Place
        )
}

/// The first word that is no punctuation.
fn sentence_start(tree: &Tree<'_>) -> usize {
    tree.nodes.iter().position(|n| n.upos != Upos::Punct).unwrap_or(0)
}

fn ends_in_suffix(tree: &Tree<'_>, w: usize) -> bool {
    tree.language == Language::Tr && tree.text[tree.nodes[w].start..tree.nodes[w].end].contains(['\'', '’', 'ʼ'])
}

fn begins_name(tree: &Tree<'_>, w: usize, taken: &[bool], headline: bool, lexicon: &Lexicon) -> bool {
    let node = &tree.nodes[w];
    if taken[w] || !node.capital || node.part > 1 {
        return false;
    }
    // "Danışmanı Jared Kushner": a capitalised acting noun is the title, not the name.
    if tree.language == Language::Tr && node.possessed && node.lemmas.iter().any(|l| lexicon.actors.contains_key(l)) {
        return false;
    }
    // "Kıdemli Danışman", "Eski Bakan": neither is what describes a title.
    if ["title_filler", "former", "acting", "deputy"].iter().any(|list| tree.is_any(w, lexicon.list(list)))
        && tree.nodes.get(w + 1).is_some_and(|n| n.capital && n.lemmas.iter().any(|l| lexicon.actors.contains_key(l)))
    {
        return false;
    }
    let form = &tree.text[node.start..node.end];
    // No name is a letter, a sum or a month's abbreviation.
    if form.chars().count() < 2
        || form.contains(|c: char| c.is_ascii_digit())
        || form.ends_with('.') && form.len() < 6 && !form[..form.len() - 1].contains('.')
    {
        return false;
    }
    match node.upos {
        Upos::Propn => !headline || w > sentence_start(tree),
        Upos::Noun | Upos::Adj | Upos::X if !headline => w > sentence_start(tree) && !after_quote(tree, w),
        _ => false,
    }
}

/// Behind an opening quotation mark, a colon or a dash a capital begins a sentence.
fn after_quote(tree: &Tree<'_>, w: usize) -> bool {
    w > 0 && tree.nodes[w - 1].upos == Upos::Punct && !matches!(tree.lower(w - 1), "," | "(" | "-")
}

/// English: "Brown said": an unknown name that does something is rather somebody's than that of a place.
fn does_something(tree: &Tree<'_>, w: usize) -> bool {
    let mut at = w;
    while tree.nodes[at].rel == Rel::Conj
        && let Some(h) = tree.nodes[at].head.filter(|&h| h < at)
    {
        at = h;
    }
    let node = &tree.nodes[at];
    node.rel == Rel::Nsubj && node.head.is_some_and(|h| tree.is_verbal(h) && !clauses::is_passive(tree, h))
}

/// Whoever does something is no mere place; Turkish sets who opens a sentence apart by a comma.
fn acts_by_itself(tree: &Tree<'_>, first: usize, last: usize) -> bool {
    match tree.language {
        Language::En => first == last && does_something(tree, first),
        Language::Tr => {
            let bare = tree.nodes[last].case == Case::Nom && !tree.nodes[last].possessed;
            let apart = first == sentence_start(tree) && last + 1 < tree.len() && tree.lower(last + 1) == ",";
            let head = (first..=last).find(|&w| tree.nodes[w].head.is_none_or(|h| !(first..=last).contains(&h))).unwrap_or(last);
            bare && apart && does_something(tree, head)
        }
    }
}

fn kind_of_name(tree: &Tree<'_>, first: usize, last: usize, lexicon: &Lexicon) -> UnitKind {
    for w in (first..=last).rev() {
        if tree.is_any(w, lexicon.list("org_noun")) {
            return UnitKind::Organization;
        }
        if tree.is_any(w, lexicon.list("place_noun")) {
            return UnitKind::Place;
        }
    }
    match tree.name_class(first, last) {
        Some(NameClass::Per) => return UnitKind::Name,
        Some(NameClass::Org) => return UnitKind::Organization,
        Some(NameClass::Gpe | NameClass::Loc) if acts_by_itself(tree, first, last) => return UnitKind::Name,
        Some(NameClass::Gpe | NameClass::Loc) => return UnitKind::Place,
        _ => {}
    }
    if first == last {
        let word = &tree.text[tree.nodes[first].start..bare_end(tree, first)];
        if word.chars().count() > 1 && word.chars().all(|c| c.is_uppercase() || c == '-') {
            return UnitKind::Organization;
        }
        return UnitKind::Name;
    }
    // Names of four and more unknown words are seldom those of people.
    if last - first < 3 { UnitKind::Name } else { UnitKind::Organization }
}
