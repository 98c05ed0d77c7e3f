//! From the tables to the names that the gazetteer searches for: plurals, cases of compounds, and what each form means.

use haberdar_model::{Country, Language};
use rustc_hash::FxHashMap;

use crate::{
    country::CountryRow,
    gazetteer::{Caps, Entry, HitKind, Via},
    office::Office,
    organization::Organization,
    person::Person,
};

/// Keeps a name that was made from the tables for as long as the program runs: the tables are loaded once.
fn keep(name: String) -> &'static str {
    Box::leak(name.into_boxed_str())
}

fn entry(name: &'static str, lang: Option<Language>, kind: HitKind, entity: &'static str) -> Entry {
    Entry { name, lang, kind, entity, country: None, sector: None, score: 0.95, caps: Entry::caps_of(name) }
}

/// The English plural of a noun or adjective for people, where it is formed with an s.
fn english_plural(word: &str) -> Option<String> {
    let bad = ["ese", "sh", "ch", "ss", "s", "x", "z"].iter().any(|e| word.ends_with(e));
    (!bad && !word.contains('\'')).then(|| format!("{word}s"))
}

pub(crate) fn countries(rows: &[CountryRow], out: &mut Vec<Entry>) {
    for r in rows {
        let mut add = |name: &'static str, lang, via| {
            // A "?" marks a name that means others too.
            let (name, sure) = match name.strip_suffix('?') {
                Some(n) => (n, false),
                None => (name, true),
            };
            // The article is no part of a name.
            let name = name.strip_prefix("the ").or(name.strip_prefix("The ")).unwrap_or(name);
            let mut e = entry(name, lang, HitKind::Country { via }, r.id);
            e.country = Some(r.code);
            e.sector = Some("GOV").filter(|_| !r.code.is_body());
            e.score = match via {
                _ if !sure => 0.5,
                Via::CountryName => 0.98,
                Via::Adjective | Via::People => 0.95,
                Via::Metonym => 0.9,
                Via::Capital => 0.8,
            };
            out.push(e);
        };
        let (en, tr) = (Some(Language::En), Some(Language::Tr));
        for n in std::iter::once(&r.name_en).chain(&r.alt_en) {
            add(n, en, Via::CountryName);
        }
        for n in std::iter::once(&r.name_tr).chain(&r.alt_tr) {
            add(n, tr, Via::CountryName);
        }
        for n in &r.adj_en {
            add(n, en, Via::Adjective);
            let (bare, mark) = n.strip_suffix('?').map_or((*n, ""), |b| (b, "?"));
            if let Some(p) = english_plural(bare) {
                add(keep(p + mark), en, Via::People);
            }
        }
        for n in &r.adj_tr {
            add(n, tr, Via::Adjective);
        }
        for n in &r.people_en {
            add(n, en, Via::People);
            if let Some(p) = english_plural(n).filter(|_| !n.ends_with("men")) {
                add(keep(p), en, Via::People);
            }
        }
        for n in &r.people_tr {
            add(n, tr, Via::People);
        }
        for (names, lang, via) in [
            (&r.capital_en, en, Via::Capital),
            (&r.capital_tr, tr, Via::Capital),
            (&r.metonym_en, en, Via::Metonym),
            (&r.metonym_tr, tr, Via::Metonym),
        ] {
            for n in names {
                add(n, lang, via);
            }
        }
    }
}

/// The plurals of a Turkish title: "Bakanı" -> "Bakanları", "Sözcüsü" -> "Sözcüleri".
fn turkish_plural(title: &str) -> Option<String> {
    let mut cs: Vec<char> = title.chars().collect();
    let last = *cs.last()?;
    if !matches!(last, 'ı' | 'i' | 'u' | 'ü') || cs.len() < 4 {
        return None;
    }
    cs.pop();
    if cs.last() == Some(&'s') && cs.get(cs.len() - 2).is_some_and(|c| matches!(c, 'ı' | 'i' | 'u' | 'ü' | 'a' | 'e')) {
        cs.pop();
    }
    let back = matches!(cs.iter().rev().find(|c| "aıoueiöü".contains(**c))?, 'a' | 'ı' | 'o' | 'u');
    let stem: String = cs.into_iter().collect();
    let stem = stem.strip_suffix('ğ').map(|s| format!("{s}k")).unwrap_or(stem);
    Some(stem + if back { "ları" } else { "leri" })
}

pub(crate) fn offices(rows: &[Office], out: &mut Vec<Entry>) {
    for o in rows {
        let mut add = |name: &'static str, lang, country: Option<Country>| {
            let (name, caps) = match name.strip_prefix('^') {
                Some(n) => (n, Caps::Proper),
                None => (name, Caps::Any),
            };
            let mut e = entry(name, Some(lang), HitKind::Office, o.id);
            e.caps = if matches!(e.caps, Caps::Exact) { Caps::Exact } else { caps };
            e.country = country.or(o.body);
            e.sector = Some(o.sector).filter(|s| !s.is_empty());
            e.score = 0.9;
            out.push(e);
        };
        for t in &o.titles_en {
            add(t, Language::En, None);
            // "Queens" and "Kings" are places and clubs.
            if let Some(p) = english_plural(t).filter(|t| !t.starts_with('^') && !t.ends_with(".s")) {
                add(keep(p), Language::En, None);
            }
        }
        for t in &o.titles_tr {
            add(t, Language::Tr, None);
            if let Some(p) = turkish_plural(t) {
                add(keep(p), Language::Tr, None);
            }
        }
        for (country, t) in &o.local {
            // A title of several states says nothing of which one.
            let alone = o.local.iter().filter(|(_, other)| other == t).count() == 1;
            // A local title is in the language that its letters show.
            let turkish = t.chars().any(|c| "çğıöşüÇĞİÖŞÜ".contains(c)) || t.ends_with("Bakan") || t.ends_with("Emiri");
            add(t, if turkish { Language::Tr } else { Language::En }, Some(*country).filter(|_| alone));
        }
    }
}

pub(crate) fn organizations(rows: &[Organization], place: bool, out: &mut Vec<Entry>) {
    for o in rows {
        for (names, lang) in [(&o.names_en, Language::En), (&o.names_tr, Language::Tr)] {
            for n in names {
                let (name, sure) = match n.strip_prefix('?') {
                    Some(n) => (n, false),
                    None => (*n, true),
                };
                // The article is no part of a name of several words ("The Associated Press"), but of "The Times".
                let name = name.strip_prefix("The ").or(name.strip_prefix("the ")).filter(|n| n.contains(' ')).unwrap_or(name);
                // A name that both languages share counts in both.
                let shared = o.names_en.contains(n) && o.names_tr.contains(n);
                let lang = Some(lang).filter(|_| !shared);
                let mut e = entry(name, lang, if place { HitKind::Place } else { HitKind::Organization }, o.id);
                e.country = o.country;
                e.sector = Some(o.sector).filter(|s| !s.is_empty());
                e.score = if sure { 0.93 } else { 0.5 };
                out.push(e);
            }
        }
    }
}

pub(crate) fn persons(rows: &[Person], out: &mut Vec<Entry>) {
    for p in rows {
        let full = std::iter::once(p.name).chain(p.name_tr).chain(p.aliases.iter().copied());
        for (name, score) in full.map(|n| (n, 0.95)).chain(p.short.iter().map(|n| (*n, 0.85))) {
            // A name of one word that is not listed as short means too many.
            if score > 0.9 && !name.contains([' ', '-']) {
                continue;
            }
            let mut e = entry(name, None, HitKind::Person, p.id);
            e.country = p.country;
            e.score = score;
            e.caps = Caps::Proper;
            out.push(e);
        }
    }
}

/// News agencies put the abbreviation of a body in brackets behind its name, also inside a longer name: "Avrupa Birliği
/// (AB) Komisyonu Başkanı". Adds those forms of all names that begin with the name of a body.
pub(crate) fn bracketed(out: &mut Vec<Entry>) {
    let body = |e: &&Entry| matches!(e.kind, HitKind::Organization | HitKind::Country { via: Via::CountryName });
    let mut short: FxHashMap<(&str, Option<Language>), &'static str> = FxHashMap::default();
    for e in out.iter().filter(body).filter(|e| e.caps == Caps::Exact && !e.name.contains(['.', '/']) && e.score > 0.5) {
        short.entry((e.entity, e.lang)).or_insert(e.name);
    }
    let mut long: FxHashMap<(&'static str, Language), &'static str> = FxHashMap::default();
    for e in out.iter().filter(body).filter(|e| e.name.contains(' ')) {
        for lang in Language::ALL.into_iter().filter(|l| e.lang.is_none_or(|x| x == *l)) {
            let abbreviation = short.get(&(e.entity, Some(lang))).or(short.get(&(e.entity, None)));
            if let Some(a) = abbreviation {
                long.insert((e.name, lang), a);
            }
        }
    }
    let mut more = Vec::new();
    for e in out.iter().filter(|e| matches!(e.kind, HitKind::Organization | HitKind::Office) && e.name.contains(' ')) {
        let lang = e.lang.unwrap_or(Language::En);
        for (i, _) in e.name.match_indices(' ') {
            if let Some(a) = long.get(&(&e.name[..i], lang)) {
                more.push(Entry { name: keep(format!("{} ({a}){}", &e.name[..i], &e.name[i..])), ..e.clone() });
            }
        }
    }
    out.append(&mut more);
}
