//! Which mentions of an article mean the same: surnames, bare titles, counterparts, "iki ülke".

use haberdar_lang::casing::fold_tr;
use haberdar_model::{Country, DateInterval, Language, MentionKind};
use haberdar_world::World;
use rustc_hash::FxHashMap;

use super::{Draft, Owner, RoleDraft, assemble::unknown_id};

/// How a pair phrase ("iki ülke", "both leaders") is to be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pair {
    /// Two states.
    Countries,
    /// Two persons.
    People,
}

/// Links the mentions of an article. `pairs` names the mentions that stand for two, `when` is the day of publication.
pub fn resolve(drafts: &mut Vec<Draft>, pairs: &[(usize, Pair)], when: Option<DateInterval>, world: &World, language: Language) {
    weigh_shared_names(drafts, world, language);
    link_surnames(drafts);
    complete_roles(drafts, world);
    link_counterparts(drafts);
    link_offices(drafts, when, world);
    expand_pairs(drafts, pairs);
    longest_names(drafts);
}

/// "Kongo" is the one of the two that the article names otherwise too ("Kinşasa"); where it names none or both it stays open.
fn weigh_shared_names(drafts: &mut [Draft], world: &World, language: Language) {
    for d in drafts.iter_mut().filter(|d| d.country.is_some()) {
        let mut words = d.name.split_whitespace();
        let (first, second) = (words.next().unwrap_or_default(), words.next());
        let name = match d.kind {
            MentionKind::Country => &d.name,
            // "Kongo hükümeti", not "Kongo Cumhuriyeti Ordusu".
            MentionKind::Group | MentionKind::Organization | MentionKind::Office
                if second.is_none_or(|w| !w.starts_with(char::is_uppercase)) =>
            {
                first
            }
            _ => continue,
        };
        d.candidates = world.bearers(name, language);
        if !d.candidates.iter().any(|c| Some(*c) == d.country) {
            d.candidates.clear();
        }
    }
    let told: Vec<Country> = drafts.iter().filter(|d| d.candidates.is_empty()).filter_map(|d| d.country).collect();
    for d in drafts.iter_mut().filter(|d| !d.candidates.is_empty()) {
        let mut named = d.candidates.iter().copied().filter(|c| told.contains(c));
        if let (Some(one), None) = (named.next(), named.next()) {
            d.country = Some(one);
            d.candidates.clear();
            if d.kind == MentionKind::Country {
                d.entity = Some(one.to_string());
            }
        }
    }
}

fn last_token(name: &str) -> String {
    fold_tr(name.split_whitespace().last().unwrap_or(name))
}

/// "Lavrov" is the "Sergey Lavrov" of the same article.
fn link_surnames(drafts: &mut [Draft]) {
    let mut by_token: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (i, d) in drafts.iter().enumerate() {
        if d.kind == MentionKind::Person && d.name.split_whitespace().count() > 1 {
            for token in d.name.split_whitespace() {
                by_token.entry(fold_tr(token)).or_default().push(i);
            }
        }
    }
    for i in 0..drafts.len() {
        let d = &drafts[i];
        if d.kind != MentionKind::Person || d.name.contains(char::is_whitespace) {
            continue;
        }
        let Some(full) = by_token.get(&last_token(&d.name)) else { continue };
        // The nearest one before, else the first one behind.
        let Some(&j) = full.iter().rev().find(|&&j| j < i).or(full.first()) else { continue };
        // A full name that another person of the article shares says more than the tables' guess for a surname.
        let (entity, country, sector) = (drafts[j].entity.clone(), drafts[j].country, drafts[j].sector.clone());
        let d = &mut drafts[i];
        d.entity = entity;
        d.country = country.or(d.country);
        d.sector = d.sector.take().or(sector);
    }
}

/// An office without a state is that of its holder's state.
fn complete_roles(drafts: &mut [Draft], world: &World) {
    let mut known: FxHashMap<String, (Option<Country>, Option<String>)> = FxHashMap::default();
    for d in drafts.iter_mut() {
        if d.kind != MentionKind::Person {
            continue;
        }
        let from_tables = d.entity.as_deref().and_then(|e| world.entity(e)).and_then(|e| e.country);
        d.country = d.country.or(from_tables);
        if let Some(r) = &mut d.role
            && r.office != "counterpart"
        {
            r.country = r.country.or(d.country);
            d.sector = d.sector.take().or_else(|| world.office(&r.office).map(|o| o.sector.to_owned()));
        }
        if let Some(e) = &d.entity {
            let seen = known.entry(e.clone()).or_default();
            seen.0 = seen.0.or(d.country);
            seen.1 = seen.1.take().or_else(|| d.sector.clone());
        }
    }
    for d in drafts.iter_mut().filter(|d| d.kind == MentionKind::Person) {
        if let Some((country, sector)) = d.entity.as_ref().and_then(|e| known.get(e)) {
            d.country = d.country.or(*country);
            d.sector = d.sector.take().or_else(|| sector.clone());
        }
    }
}

/// A counterpart holds the office of the person it is set beside, in its own country.
fn link_counterparts(drafts: &mut [Draft]) {
    for i in 0..drafts.len() {
        if drafts[i].role.as_ref().is_none_or(|r| r.office != "counterpart") {
            continue;
        }
        let own = drafts[i].role.as_ref().and_then(|r| r.country).or(drafts[i].country);
        let other = drafts[..i].iter().rev().find_map(|d| {
            let office = holder_office(drafts, d)?;
            (d.country.is_none() || d.country != own).then_some(office)
        });
        let office = other.unwrap_or_else(|| "counterpart".to_owned());
        let found = drafts[i].kind == MentionKind::Person;
        if let Some(r) = &mut drafts[i].role {
            r.office.clone_from(&office);
            r.country = own;
        }
        drafts[i].country = own;
        if found {
            continue;
        }
        let subject = drafts[..i].iter().rev().find(|d| d.kind == MentionKind::Person && d.sentence == drafts[i].sentence);
        let subject = subject.and_then(|d| d.entity.clone());
        let same = drafts.iter().find(|d| {
            d.kind == MentionKind::Person
                && d.role.as_ref().is_some_and(|r| r.office == office && (own.is_none() || r.country == own))
                && d.entity != subject
        });
        if let Some((entity, country, name)) = same.map(|d| (d.entity.clone(), d.country, d.name.clone())) {
            let d = &mut drafts[i];
            d.entity = entity;
            d.country = d.country.or(country);
            d.name = name;
        }
    }
}

/// The office that the article gives to a person anywhere.
fn holder_office(drafts: &[Draft], d: &Draft) -> Option<String> {
    if !matches!(d.kind, MentionKind::Person | MentionKind::Office) {
        return None;
    }
    let own = d.role.as_ref().filter(|r| r.office != "counterpart").map(|r| r.office.clone());
    own.or_else(|| {
        let e = d.entity.as_ref()?;
        drafts
            .iter()
            .filter(|x| x.entity.as_ref() == Some(e))
            .find_map(|x| x.role.as_ref().filter(|r| r.office != "counterpart").map(|r| r.office.clone()))
    })
}

/// A bare title means the person of the article who has it, else the recorded holder on the day of publication.
fn link_offices(drafts: &mut [Draft], when: Option<DateInterval>, world: &World) {
    for i in 0..drafts.len() {
        let d = &drafts[i];
        let (MentionKind::Office, Some(r)) = (d.kind, &d.role) else { continue };
        let low = d.name.to_lowercase();
        let several = ["lar", "ler", "ları", "leri", "sters", "ents", "ders"].iter().any(|s| low.ends_with(s));
        if d.entity.is_some() || r.tenure.is_some() || several {
            continue;
        }
        let fits = |x: &Draft| {
            x.kind == MentionKind::Person
                && x.role.as_ref().is_some_and(|o| {
                    same_office(&r.office, &o.office) && (r.country.is_none() || o.country == r.country) && same_owner(r, o)
                })
        };
        let person =
            drafts[..i].iter().rev().find(|x| fits(x)).or_else(|| drafts[i..].iter().find(|x| r.country.is_some() && fits(x)));
        if let Some((entity, country, name)) = person.map(|p| (p.entity.clone(), p.country, p.name.clone())) {
            let d = &mut drafts[i];
            d.entity = entity;
            d.country = d.country.or(country);
            d.name = name;
            if let Some(r) = &mut d.role {
                r.country = r.country.or(country);
            }
        } else if let (Some(country), Some(_)) = (r.country.filter(|_| r.owner != Owner::Part), when) {
            let holders = world.holders(&r.office, country, when);
            if let [one] = holders[..] {
                let entity = one.person.to_owned();
                drafts[i].entity = Some(entity);
            }
        }
    }
}

/// A minister of Bavaria is none of Germany's; a bare title may mean either.
fn same_owner(a: &RoleDraft, b: &RoleDraft) -> bool {
    a.owner == Owner::Unsaid || (a.owner == Owner::Part) == (b.owner == Owner::Part)
}

/// A generic title ("Bakan", "the minister") may mean each of its kinds.
fn same_office(short: &str, full: &str) -> bool {
    short == full || short == "minister" && full.ends_with("_minister") || short == "leader" && full.starts_with("head_of")
}

/// "iki ülke": the two states (or persons) that the article has spoken of most until then.
fn expand_pairs(drafts: &mut Vec<Draft>, pairs: &[(usize, Pair)]) {
    for &(i, pair) in pairs {
        match pair {
            Pair::Countries => {
                let two = two_countries(&drafts[..i]).or_else(|| two_countries(drafts));
                if let Some([a, b]) = two {
                    set_country(&mut drafts[i], a);
                    let mut twin = drafts[i].clone();
                    set_country(&mut twin, b);
                    twin.twin_of = Some(i);
                    drafts.push(twin);
                }
            }
            Pair::People => {
                if let Some([a, b]) = two_people(&drafts[..i]) {
                    let (a, b) = (drafts[a].clone(), drafts[b].clone());
                    set_person(&mut drafts[i], &a);
                    let mut twin = drafts[i].clone();
                    set_person(&mut twin, &b);
                    twin.twin_of = Some(i);
                    drafts.push(twin);
                }
            }
        }
    }
}

fn set_country(d: &mut Draft, (country, entity): (Country, Option<String>)) {
    d.kind = MentionKind::Country;
    d.country = Some(country);
    d.entity = entity.or_else(|| Some(country.to_string()));
    d.name = country.to_string();
}

fn set_person(d: &mut Draft, p: &Draft) {
    d.kind = MentionKind::Person;
    d.entity.clone_from(&p.entity);
    d.country = p.country;
    d.name.clone_from(&p.name);
}

fn two_countries(drafts: &[Draft]) -> Option<[(Country, Option<String>); 2]> {
    let mut count: Vec<(Country, u32, Option<String>)> = Vec::new();
    for d in drafts {
        let Some(c) = d.country.filter(|c| !c.is_body()) else { continue };
        // Who acts for a state weighs more than the state's name as a place or modifier.
        let weight = if matches!(d.kind, MentionKind::Person | MentionKind::Office) { 3 } else { 2 };
        let entity = (d.kind == MentionKind::Country).then(|| d.entity.clone()).flatten();
        match count.iter_mut().find(|x| x.0 == c) {
            Some(x) => {
                x.1 += weight;
                x.2 = x.2.take().or(entity);
            }
            None => count.push((c, weight, entity)),
        }
    }
    count.sort_by_key(|x| std::cmp::Reverse(x.1));
    let mut it = count.into_iter();
    match (it.next(), it.next()) {
        (Some(a), Some(b)) => Some([(a.0, a.2), (b.0, b.2)]),
        _ => None,
    }
}

fn two_people(drafts: &[Draft]) -> Option<[usize; 2]> {
    let mut found: Vec<usize> = Vec::new();
    for (i, d) in drafts.iter().enumerate().rev() {
        let new = d.kind == MentionKind::Person && !found.iter().any(|&j| drafts[j].entity == d.entity);
        if new {
            found.push(i);
        }
        if let [b, a] = found[..] {
            return Some([a, b]);
        }
    }
    None
}

/// The name of an entity is the longest that the article gives it; entities without any get one here.
fn longest_names(drafts: &mut [Draft]) {
    let mut names: FxHashMap<String, String> = FxHashMap::default();
    for d in drafts.iter_mut().filter(|d| d.kind == MentionKind::Person) {
        let e = d.entity.get_or_insert_with(|| unknown_id(&d.name)).clone();
        let best = names.entry(e).or_default();
        if d.name.chars().count() > best.chars().count() {
            best.clone_from(&d.name);
        }
    }
    for d in drafts.iter_mut().filter(|d| d.kind == MentionKind::Person) {
        if let Some(n) = d.entity.as_ref().and_then(|e| names.get(e)) {
            d.name.clone_from(n);
        }
    }
}
