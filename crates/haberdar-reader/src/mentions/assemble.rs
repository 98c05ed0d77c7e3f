//! From pieces to mentions: what belongs to one name or noun becomes one span.

use haberdar_lang::Upos;
use haberdar_model::{Language, MentionKind, id::content_id};
use haberdar_world::Via;

use super::{
    Draft,
    titles::{self, adjacent_title, apposition, may_own_title, title, unit_before},
    units::{Unit, UnitKind},
};
use crate::{
    clauses,
    lexicon::Lexicon,
    tree::{Case, Rel, SUFFERERS, Tree},
    turkish::VerbForm,
};

pub(super) fn assemble(tree: &Tree<'_>, sentence: usize, units: &[Unit], lexicon: &Lexicon, out: &mut Vec<Draft>) {
    let mut used = vec![false; units.len()];
    let base = out.len();
    for (i, u) in units.iter().enumerate() {
        if matches!(u.kind, UnitKind::Person | UnitKind::Name) && !owns_people(tree, units, i, lexicon) {
            out.push(person(tree, sentence, units, i, lexicon, &mut used));
        }
    }
    for (i, u) in units.iter().enumerate() {
        if !used[i] && matches!(u.kind, UnitKind::Office | UnitKind::Counterpart) {
            out.push(office(tree, sentence, units, i, lexicon, &mut used));
        }
    }
    // "terör örgütü PKK": the description takes its body before that makes a mention of its own.
    for i in 0..units.len() {
        let name = names_it(tree, units, i, lexicon).filter(|&n| !used[i] && !used[n]);
        if let Some(n) = name {
            let mut d = group(tree, sentence, units, i, lexicon, &mut used);
            used[n] = true;
            named(tree, &mut d, &units[n]);
            out.push(d);
        }
    }
    // In Turkish the head of a compound stands last ("polis ekipleri").
    let turkish = tree.language == Language::Tr;
    for i in 0..units.len() {
        let i = if turkish { units.len() - 1 - i } else { i };
        if !used[i] && matches!(units[i].kind, UnitKind::Actor(_) | UnitKind::Body) {
            out.push(group(tree, sentence, units, i, lexicon, &mut used));
        }
    }
    for (i, u) in units.iter().enumerate() {
        if !used[i] {
            out.push(bare(tree, sentence, u, lexicon));
        }
    }
    let dateline = tree.dateline();
    for d in out[base..].iter_mut().filter(|d| d.last < dateline) {
        d.kind = MentionKind::Place;
    }
    out[base..].sort_by_key(|d| (d.first, d.last));
}

fn draft(tree: &Tree<'_>, sentence: usize, u: &Unit, kind: MentionKind) -> Draft {
    Draft {
        sentence,
        first: u.first,
        last: u.last,
        head: head_of(tree, u.first, u.last),
        start: u.start,
        end: u.end,
        kind,
        name: tree.text[u.start..u.end].to_owned(),
        entity: u.entity.clone(),
        country: u.country,
        candidates: Vec::new(),
        sector: u.sector.map(str::to_owned),
        role: None,
        twin_of: None,
    }
}

/// The word of the range whose head lies outside; the last one where the parse gives none.
pub(crate) fn head_of(tree: &Tree<'_>, first: usize, last: usize) -> usize {
    let out = |w: &usize| tree.nodes[*w].upos != Upos::Punct && tree.nodes[*w].head.is_none_or(|h| h < first || h > last);
    match tree.language {
        Language::Tr => (first..=last).rev().find(out),
        Language::En => (first..=last).find(out),
    }
    .unwrap_or(last)
}

fn person(tree: &Tree<'_>, sentence: usize, units: &[Unit], i: usize, lexicon: &Lexicon, used: &mut [bool]) -> Draft {
    used[i] = true;
    let u = &units[i];
    let mut d = draft(tree, sentence, u, MentionKind::Person);
    let mut first = u.first;
    let (mut before, mut between, _) = unit_before(tree, units, u.first, lexicon, tree.language == Language::En);
    // "presidential nominee Jane Doe": a noun for who is to hold an office is a title of its own where no title stands in front of it.
    let is_title = |b: usize| matches!(units[b].kind, UnitKind::Office | UnitKind::Counterpart);
    let noun = |b: &usize| units[*b].last + 1 == u.first && matches!(units[*b].kind, UnitKind::Actor(n) if n.kind == "office");
    if tree.language == Language::En
        && !before.is_some_and(is_title)
        && let Some(b) = (0..units.len()).find(noun)
    {
        (before, between) = (Some(b), None);
    }
    if let Some(b) = before.filter(|&b| !used[b] && adjacent_title(tree, units, b, u)) {
        match units[b].kind {
            UnitKind::Office | UnitKind::Counterpart => {
                used[b] = true;
                let mut found = title(tree, units, b, lexicon, used);
                // "President-elect Trump", "Bakan Yardımcısı Aksoy"
                found.tenure = found.tenure.or(between);
                first = found.first;
                d.sector = units[b].sector.map(str::to_owned);
                d.role = Some(titles::role(&units[b], &found));
            }
            // "iktidarı Barrow": what stands in the accusative is no part of the name behind it.
            UnitKind::Actor(noun) if noun.kind == "group" && tree.nodes[units[b].last].case == Case::Acc => {}
            // "İngiliz hükümeti Pinochet'i …": nobody bears the name of a government as a title.
            UnitKind::Actor(noun) if noun.kind == "group" && noun.sector == "GOV" => {}
            UnitKind::Actor(noun) if noun.kind != "organization" => {
                used[b] = true;
                d.sector = Some(noun.sector.to_owned());
                first = units[b].first;
                let (owner, _, _) = unit_before(tree, units, first, lexicon, false);
                if let Some(c) = owner.filter(|&c| {
                    !used[c] && matches!(units[c].kind, UnitKind::Country(_) | UnitKind::Organization | UnitKind::Body)
                }) {
                    used[c] = true;
                    d.country = d.country.or(units[c].country);
                    first = units[c].first;
                }
            }
            // "Russia's Lavrov", "Rus Lavrov"
            UnitKind::Country(via) if via == Via::Adjective || tree.language == Language::En => {
                used[b] = true;
                d.country = d.country.or(units[b].country);
                first = units[b].first;
            }
            _ => {}
        }
    }
    if d.role.is_none() {
        d.role = apposition(tree, units, i, lexicon, used);
    }
    d.country = d.role.as_ref().and_then(|r| r.country).or(d.country);
    d.first = first.min(d.first);
    d.start = tree.nodes[d.first].start.min(d.start);
    d.head = head_of(tree, d.first, d.last);
    if u.kind == UnitKind::Name && d.role.is_none() && d.sector.is_none() {
        guess_kind(tree, u, &mut d);
    }
    if d.entity.is_none() && d.kind != MentionKind::Place {
        d.entity = Some(unknown_id(&d.name));
    }
    d
}

/// The id shared by all mentions of a name that no table has.
pub(super) fn unknown_id(name: &str) -> String {
    content_id(["name", &haberdar_lang::casing::fold_tr(name)])
}

/// A single unknown name: a place by its case or preposition, else a person or body that the text does not tell apart.
fn guess_kind(tree: &Tree<'_>, u: &Unit, d: &mut Draft) {
    let node = &tree.nodes[u.last];
    let place = match tree.language {
        Language::Tr => matches!(node.case, Case::Loc) || u.first == u.last && matches!(node.case, Case::Abl),
        Language::En => tree.behind_place_preposition(d.head),
    };
    if place {
        d.kind = MentionKind::Place;
    } else if tree.language == Language::En && u.first > 0 && tree.lower(u.first - 1) == "the" {
        d.kind = MentionKind::Organization;
    }
}

fn office(tree: &Tree<'_>, sentence: usize, units: &[Unit], i: usize, lexicon: &Lexicon, used: &mut [bool]) -> Draft {
    used[i] = true;
    let u = &units[i];
    let mut d = draft(tree, sentence, u, MentionKind::Office);
    let found = title(tree, units, i, lexicon, used);
    d.first = found.first.min(d.first);
    d.start = tree.nodes[d.first].start.min(d.start);
    // "the foreign minister of Russia": the owner behind the title belongs to the mention.
    if let Some(b) = units.iter().position(|c| used_owner_behind(tree, u, c)) {
        d.last = units[b].last;
        d.end = units[b].end;
    }
    take_part(tree, &mut d, lexicon);
    d.country = found.country;
    d.role = Some(titles::role(u, &found));
    d.entity = None;
    d.name = tree.text[d.start..d.end].to_owned();
    d.head = head_of(tree, d.first, d.last);
    d
}

fn used_owner_behind(tree: &Tree<'_>, title: &Unit, c: &Unit) -> bool {
    tree.language == Language::En
        && c.first > title.last
        && c.first <= title.last + 3
        && tree.lower(title.last + 1) == "of"
        && matches!(c.kind, UnitKind::Country(_) | UnitKind::Organization | UnitKind::Body)
}

/// "Trump yönetimi", "Hafter güçleri": a bare name right before the noun of those who are named after their head.
fn owns_people(tree: &Tree<'_>, units: &[Unit], i: usize, lexicon: &Lexicon) -> bool {
    let u = &units[i];
    let bare = tree.language == Language::Tr
        && tree.nodes[u.last].end == u.end
        && matches!(tree.nodes[u.last].case, Case::Nom | Case::None);
    let Some(group) = units.get(i + 1).filter(|g| bare && g.first == u.last + 1 && matches!(g.kind, UnitKind::Actor(_))) else {
        return false;
    };
    // "Erdoğan hükümeti eleştirdi": right before the verb it is rather what the person acts on.
    let object = !tree.nodes[group.last].possessed
        && tree.nodes.get(group.last + 1).is_none_or(|n| matches!(n.upos, Upos::Verb | Upos::Punct) || n.verb.is_some());
    tree.is_any(group.last, lexicon.list("named_after_head")) && tree.may_be_owned(group.last) && !object
}

/// A common noun or a kind of body with its modifiers: "Iranian protesters", "İsrail polisi", "the Obama administration",
/// "Rusya Dışişleri Bakanlığı".
fn group(tree: &Tree<'_>, sentence: usize, units: &[Unit], i: usize, lexicon: &Lexicon, used: &mut [bool]) -> Draft {
    used[i] = true;
    let u = &units[i];
    let kind = match u.kind {
        UnitKind::Actor(noun) => match noun.kind {
            "source" => MentionKind::Source,
            "office" => MentionKind::Office,
            "organization" => MentionKind::Organization,
            _ => MentionKind::Group,
        },
        _ => MentionKind::Organization,
    };
    let mut d = draft(tree, sentence, u, kind);
    let turkish = tree.language == Language::Tr;
    let owned = tree.may_be_owned(u.last);
    // In "teknoloji devi", "bölge sakinleri" the possessive is that of the compound; bodies of a state are owned all the same
    // ("İstanbul Emniyet Müdürlüğü").
    let state = u.sector.is_some_and(|s| ["GOV", "COP", "JUD", "MIL", "LEG", "SPY", "PTY"].contains(&s));
    let has_owner = turkish && u.first < u.last && matches!(u.kind, UnitKind::Actor(_)) && !state;
    let (mut first, mut country, mut numeral) = (u.first, None, false);
    while first > 0 {
        let q = first - 1;
        if let Some(c) = units.iter().position(|c| c.last == q) {
            let bare = may_own_title(tree, &units[c]);
            let fits = match units[c].kind {
                UnitKind::Country(Via::Adjective | Via::People) => !numeral && bare,
                // "Rusya 20 köylüyü": a bare name owns only a possessed noun next to it.
                UnitKind::Country(_) | UnitKind::Organization | UnitKind::Body | UnitKind::Place if turkish => {
                    !numeral && bare && owned && (!has_owner || tree.nodes[q].case == Case::Gen)
                }
                UnitKind::Country(_) | UnitKind::Organization | UnitKind::Body | UnitKind::Place => !numeral && bare,
                UnitKind::Person | UnitKind::Name => owns_people(tree, units, c, lexicon),
                // "güvenlik güçleri PKK'lı teröristleri": what is a phrase already owns only the noun next to it.
                UnitKind::Actor(_) => {
                    let next = first == u.first || !tree.may_be_owned(q);
                    turkish && tree.nodes[q].case == Case::Nom && owned && next && !has_owner && !clauses::is_agentive(tree, q)
                }
                _ => false,
            };
            let people = matches!(units[c].kind, UnitKind::Actor(_)) || u.sector.is_some_and(|s| SUFFERERS.contains(&s));
            if used[c] || !fits || turkish && people && acts_on(tree, q, u, lexicon) {
                break;
            }
            // "Rusya'nın birliklerini sınıra yığdığı": the owner acts and is a mention of his own.
            if turkish && tree.nodes[q].case == Case::Gen && clauses::is_object_of_nominal(tree, u.last) {
                break;
            }
            if turkish && clauses::is_moved_by_owner(tree, (units[c].first, q), u.last) {
                country = units[c].country;
                break;
            }
            used[c] = true;
            // "ABD'nin Bağdat Büyükelçiliği": whose it is says more than where it stands.
            let owner = turkish && tree.nodes[q].case == Case::Gen;
            country = if owner { units[c].country.or(country) } else { country.or(units[c].country) };
            // "polis ekipleri": what kind of people they are the modifier says.
            if matches!(u.kind, UnitKind::Actor(n) if n.sector == "UNK") && d.sector.as_deref() == Some("UNK") {
                d.sector = units[c].sector.map(str::to_owned).or(d.sector);
            }
            first = units[c].first;
            continue;
        }
        // "Çin'e ait 27 savaş uçağı", "orduya bağlı iki şirket": whose they are.
        let owner = (turkish && q > 0 && matches!(tree.lower(q), "ait" | "bağlı"))
            .then(|| units.iter().position(|c| c.last == q - 1))
            .flatten();
        if let Some(c) = owner.filter(|&c| !used[c] && tree.nodes[q - 1].case == Case::Dat && units[c].country.is_some()) {
            used[c] = true;
            country = units[c].country;
            first = units[c].first;
            break;
        }
        let n = &tree.nodes[q];
        let genitive_mark = !turkish && matches!(tree.lower(q), "'s" | "’s" | "'");
        // "Fransız bir avukat": the article stands behind the adjective.
        let count = matches!(tree.lower(q), "az" | "fazla" | "çok" | "aşkın" | "least" | "most" | "more");
        let article = turkish && tree.lower(q) == "bir" && q > 0 && units.iter().any(|c| c.last == q - 1 && is_adjective(c));
        if count || !article && !genitive_mark && !modifies(tree, q, first, u.last) {
            break;
        }
        numeral |= n.upos == Upos::Num && turkish;
        first = q;
    }
    // A possessor mark without its owner is no part of the phrase.
    while first < u.first && matches!(tree.lower(first), "'s" | "’s" | "'") {
        first += 1;
    }
    if country.is_none() && u.kind == UnitKind::Body {
        // "the foreign ministry of Russia"
        if let Some(b) = units.iter().position(|c| used_owner_behind(tree, u, c)).filter(|&b| !used[b]) {
            used[b] = true;
            country = units[b].country;
            (d.last, d.end) = (units[b].last, units[b].end);
        }
    }
    take_part(tree, &mut d, lexicon);
    d.first = first;
    d.start = tree.nodes[first].start;
    d.name = tree.text[d.start..d.end].to_owned();
    d.country = country;
    if let (Some(kind), Some(country)) = (&d.entity, country) {
        d.entity = Some(format!("{country}:{kind}"));
    }
    d.head = head_of(tree, d.first, d.last);
    d
}

/// "liderlerinden biri", "askerlerin çoğu": some of them.
fn take_part(tree: &Tree<'_>, d: &mut Draft, lexicon: &Lexicon) {
    let part = |w: usize| tree.may_be_owned(w) && tree.is_any(w, lexicon.list("part_of"));
    let of = tree.language == Language::Tr && matches!(tree.nodes[d.last].case, Case::Abl | Case::Gen);
    if of && d.last + 1 < tree.len() && part(d.last + 1) {
        d.last += 1;
        d.head = d.last;
        d.end = tree.nodes[d.last].end;
    }
}

/// "terör örgütü PKK", "the militant group Hamas": the body that a noun for one stands in front of as its description.
fn names_it(tree: &Tree<'_>, units: &[Unit], i: usize, lexicon: &Lexicon) -> Option<usize> {
    let u = &units[i];
    let UnitKind::Actor(noun) = u.kind else { return None };
    let bare = tree.nodes[u.last].end == u.end && (tree.language == Language::En || tree.may_be_owned(u.last));
    if !bare || !matches!(noun.kind, "organization" | "group") || tree.nodes[u.last].plural {
        return None;
    }
    // A body that belongs to no state is of a kind of its own in the tables ("DEAŞ").
    let is_body = |n: &Unit| n.kind == UnitKind::Organization || n.kind == UnitKind::Body && tree.nodes[n.first].capital;
    let n = units.iter().position(|n| n.first == u.last + 1 && is_body(n))?;
    let within = |w: Option<usize>, o: &Unit| w.is_some_and(|w| (o.first..=o.last).contains(&w));
    let part = |w: usize| !matches!(tree.nodes[w].rel, Rel::Nsubj | Rel::NsubjPass | Rel::Obj | Rel::Obl);
    let head = head_of(tree, units[n].first, units[n].last);
    let (noun, name) = (&tree.nodes[u.last], &tree.nodes[head]);
    // Two subjects side by side are one ("terör örgütü PKK saldırdı").
    let beside = noun.head == name.head && noun.rel == name.rel && name.head.is_some();
    let attached = within(noun.head, &units[n]) && part(u.last) || within(name.head, u) && part(head) || beside;
    let armed = u.first > 0 && tree.is_any(u.first - 1, lexicon.list("armed")) || tree.is_any(u.first, lexicon.list("armed"));
    (attached || armed).then_some(n)
}

/// The described body: its own name, country and sector, in the words of both.
fn named(tree: &Tree<'_>, d: &mut Draft, body: &Unit) {
    (d.last, d.end) = (body.last, body.end);
    while d.first > 0 && modifies(tree, d.first - 1, d.first, d.last) {
        d.first -= 1;
    }
    d.start = tree.nodes[d.first].start;
    d.kind = MentionKind::Organization;
    d.name = tree.text[body.start..body.end].to_owned();
    d.entity.clone_from(&body.entity);
    d.country = body.country.or(d.country);
    d.sector = body.sector.map(str::to_owned).or(d.sector.take());
    d.head = head_of(tree, d.first, d.last);
    if d.entity.is_none() {
        d.entity = Some(unknown_id(&d.name));
    }
}

/// "göstericiler polisi taşladı": subject and object of one verb are two.
fn acts_on(tree: &Tree<'_>, q: usize, u: &Unit, lexicon: &Lexicon) -> bool {
    let (subject, object) = (&tree.nodes[q], &tree.nodes[u.last]);
    // "federasyon üyeleri" are its own.
    let own = tree.is_any(u.last, lexicon.list("own_people"));
    let victims = !own && u.sector.is_some_and(|s| SUFFERERS.contains(&s));
    // "gençler güvenlik güçlerine taş attı": of several people a phrase in an oblique case is none either.
    let oblique = subject.plural && u.first < u.last && matches!(object.case, Case::Dat | Case::Abl | Case::Ins);
    let acted_upon =
        oblique || object.rel == Rel::Obj && object.case == Case::Acc || victims && object.rel == Rel::Nsubj && object.maybe_acc;
    subject.rel == Rel::Nsubj && acted_upon && subject.head == object.head
}

fn is_adjective(u: &Unit) -> bool {
    matches!(u.kind, UnitKind::Country(Via::Adjective | Via::People))
}

/// True for a word in front of a phrase that belongs to it.
fn modifies(tree: &Tree<'_>, q: usize, first: usize, last: usize) -> bool {
    let n = &tree.nodes[q];
    if tree.language == Language::Tr && n.verb.is_some() {
        // "planlama bakanı": a bare verbal noun in front of the possessed noun.
        let verbal_noun = n.verb.is_some_and(|m| m.form == VerbForm::VerbalNoun) && n.case == Case::Nom && !n.possessed;
        return verbal_noun && tree.may_be_owned(last) && n.head.is_some_and(|h| h >= first && h <= last);
    }
    let attached = n.head.is_some_and(|h| h >= first && h <= last || h == q + 1);
    matches!(n.rel, Rel::Amod | Rel::Compound | Rel::Nummod | Rel::Nmod | Rel::NmodPoss | Rel::Flat)
        && n.verb.is_none()
        && matches!(n.upos, Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num)
        && (tree.language == Language::En || matches!(n.case, Case::None | Case::Nom))
        && attached
}

fn bare(tree: &Tree<'_>, sentence: usize, u: &Unit, lexicon: &Lexicon) -> Draft {
    let kind = match u.kind {
        UnitKind::Country(_) => MentionKind::Country,
        UnitKind::Place => MentionKind::Place,
        UnitKind::Office | UnitKind::Counterpart => MentionKind::Office,
        UnitKind::Person | UnitKind::Name => MentionKind::Person,
        UnitKind::Organization | UnitKind::Body => MentionKind::Organization,
        UnitKind::Actor(_) => MentionKind::Group,
    };
    let mut d = draft(tree, sentence, u, kind);
    if u.kind == UnitKind::Country(Via::Capital) && (is_locative(tree, d.head) || is_scene(tree, u, lexicon)) {
        d.kind = MentionKind::Place;
    }
    if d.entity.is_none() && d.kind != MentionKind::Place {
        d.entity = Some(unknown_id(&d.name));
    }
    d
}

/// English: "the Kabul bombing", "the Geneva talks": a capital in front of what takes place somewhere says where; "Moscow attacks on
/// Kharkiv" are Russia's.
fn is_scene(tree: &Tree<'_>, u: &Unit, lexicon: &Lexicon) -> bool {
    let describes = |w: usize| matches!(tree.nodes[w].upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num);
    let behind = (u.last + 1..(u.last + 4).min(tree.len())).take_while(|&w| describes(w));
    let Some(noun) = behind.filter(|&w| tree.is_any(w, lexicon.list("takes_place"))).last() else { return false };
    let aimed = tree
        .kids_by(noun, &[Rel::Nmod, Rel::Obl])
        .any(|k| tree.kids_by(k, &[Rel::Case]).any(|c| matches!(tree.lower(c), "on" | "against" | "with")));
    tree.language == Language::En && !aimed
}

/// Names the place of something rather than somebody who acts.
pub(super) fn is_locative(tree: &Tree<'_>, w: usize) -> bool {
    match tree.language {
        Language::Tr => matches!(tree.nodes[w].case, Case::Loc),
        Language::En => tree.behind_place_preposition(w),
    }
}
