//! Persons by name, in whatever spelling.

use haberdar_model::Country;
use rustc_hash::FxHashMap;

use crate::{
    fold::{fold_name, is_apostrophe},
    holding::Holding,
    person::Person,
    sound,
    world::World,
};

/// A person whom a name may mean.
#[derive(Clone, Copy, Debug)]
pub struct PersonMatch<'w> {
    /// The person.
    pub person: &'w Person,
    /// How sure, 0..1: 1 is a full name of the tables letter for letter; a surname that others bear too is below 0.6.
    pub score: f32,
}

/// Below this a name is another name.
const FLOOR: f32 = 0.5;

/// A name in pieces.
struct Spelling {
    person: u32,
    /// A name by which news means the person without more.
    short: bool,
    words: Vec<Word>,
}

struct Word {
    normal: Vec<u8>,
    initial: u8,
    particle: bool,
}

/// All names of persons, filed by the sound of their words.
#[derive(Default)]
pub(crate) struct NameIndex {
    spellings: Vec<Spelling>,
    by_key: FxHashMap<u64, Vec<u32>>,
    by_fold: FxHashMap<Vec<u8>, Vec<u32>>,
    /// How much the world hears of each person: breaks ties.
    weight: Vec<f32>,
}

fn pieces(name: &str) -> Vec<(String, Word)> {
    sound::words(name)
        .into_iter()
        .map(|w| {
            let word = Word { normal: sound::normal(&w), initial: w.as_bytes()[0], particle: sound::is_particle(&w) };
            (w, word)
        })
        .collect()
}

/// True where the family name stands first.
fn family_first(country: Option<Country>) -> bool {
    country.is_some_and(|c| matches!(c.as_str(), "PRK" | "KOR" | "CHN" | "TWN" | "VNM" | "HKG" | "MAC" | "KHM" | "SGP"))
}

impl NameIndex {
    pub(crate) fn new<'a>(persons: &[Person], held: impl Fn(&str) -> Vec<&'a Holding>) -> Self {
        let mut index = NameIndex::default();
        for (i, p) in persons.iter().enumerate() {
            let full = std::iter::once(p.name).chain(p.name_tr).chain(p.aliases.iter().copied()).map(|n| (n, false));
            for (name, short) in full.chain(p.short.iter().map(|n| (*n, true))) {
                index.add(i as u32, name, short);
            }
            index
                .weight
                .push(held(p.id).iter().map(|h| weight(h)).fold(0.0, f32::max) + if p.short.is_empty() { 0.0 } else { 0.5 });
        }
        index
    }

    fn add(&mut self, person: u32, name: &str, short: bool) {
        let at = self.spellings.len() as u32;
        let (plain, words): (Vec<String>, Vec<Word>) = pieces(name).into_iter().unzip();
        if words.is_empty() {
            return;
        }
        for (w, word) in plain.iter().zip(&words) {
            if !word.particle || words.len() == 1 {
                self.file(w, at);
            }
        }
        // "Abdel Fattah" is also written as one word.
        for pair in plain.windows(2) {
            if pair[0].starts_with("abd") {
                self.file(&pair.concat(), at);
            }
        }
        self.by_fold.entry(fold_name(name)).or_default().push(at);
        self.spellings.push(Spelling { person, short, words });
    }

    fn file(&mut self, word: &str, at: u32) {
        sound::keys(word, |k| {
            let list = self.by_key.entry(k).or_default();
            if list.last() != Some(&at) {
                list.push(at);
            }
        });
    }
}

/// Heads and foreign ministers of late are whom news means.
fn weight(h: &Holding) -> f32 {
    let office = match h.office {
        "head_of_state" | "head_of_government" | "supreme_leader" => 1.0,
        "foreign_minister" | "un_secretary_general" | "nato_secretary_general" => 0.9,
        "defence_minister" | "eu_foreign_policy_chief" | "eu_commission_president" => 0.8,
        _ => 0.5,
    };
    let year = h.last().or(h.known_until).map_or(2000, |d| i32::from(d.year()));
    office + ((year - 2000) as f32 / 30.0).clamp(0.0, 1.0)
}

/// Letters of the query behind an apostrophe at the end of a word are a Turkish suffix or an English possessive.
fn without_suffix(name: &str) -> String {
    let strip = |w: &str| match w.rfind(is_apostrophe) {
        // "Sa'ar" and "O'Brien" keep theirs: the rest is no suffix in lower case, or too little stands in front.
        Some(i) if i > 2 && w[i..].chars().skip(1).all(char::is_lowercase) => w[..i].to_owned(),
        _ => w.to_owned(),
    };
    name.split_whitespace().map(strip).collect::<Vec<_>>().join(" ")
}

impl World {
    /// The persons whom a name may mean, the likeliest first: a full name or a surname, in any spelling and order, with
    /// initials, with a Turkish suffix behind an apostrophe.
    pub fn find_person(&self, name: &str) -> Vec<PersonMatch<'_>> {
        let stripped = without_suffix(name.trim());
        let mut best = self.look_up(&stripped);
        if stripped != name.trim() && best.first().is_none_or(|b| b.1 < 0.9) {
            // The apostrophe may belong to the name.
            best.extend(self.look_up(name.trim()));
        }
        if stripped.contains('-') && best.first().is_none_or(|b| b.1 < 0.7) {
            // "Xi Jin-ping" is also written in one.
            best.extend(self.look_up(&stripped.replace('-', "")));
        }
        best.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        best.dedup_by_key(|b| b.0);
        let index = self.names();
        best.sort_by(|a, b| {
            let weight = |i: u32| index.weight[i as usize];
            b.1.total_cmp(&a.1).then(weight(b.0).total_cmp(&weight(a.0))).then(a.0.cmp(&b.0))
        });
        best.truncate(20);
        best.into_iter().map(|(i, score)| PersonMatch { person: &self.persons[i as usize], score }).collect()
    }

    fn look_up(&self, name: &str) -> Vec<(u32, f32)> {
        let index = self.names();
        let mut out: Vec<(u32, f32)> = Vec::new();
        for &s in index.by_fold.get(&fold_name(name)).map(Vec::as_slice).unwrap_or_default() {
            let s = &index.spellings[s as usize];
            out.push((s.person, if s.short && s.words.len() == 1 { 0.95 } else { 1.0 }));
        }
        let query = pieces(name);
        if query.is_empty() || query.len() > 8 {
            return out;
        }
        // The rarest word decides who is looked at.
        let lists = query.iter().filter(|(w, p)| !p.particle && w.len() > 1).map(|(w, _)| {
            let mut list: Vec<u32> = Vec::new();
            sound::keys(w, |k| list.extend(index.by_key.get(&k).map(Vec::as_slice).unwrap_or_default()));
            list
        });
        let Some(list) = lists.filter(|l| !l.is_empty()).min_by_key(Vec::len) else { return out };
        for at in list {
            let s = &index.spellings[at as usize];
            let score = compare(&query, s, family_first(self.persons[s.person as usize].country));
            if score >= FLOOR {
                out.push((s.person, score.min(0.99)));
            }
        }
        // "Al-Sabah" is one word as well.
        self.crowd(query.iter().filter(|(_, w)| !w.particle).count(), &mut out);
        out
    }

    /// A surname that several persons bear is less sure for each of them.
    fn crowd(&self, words: usize, out: &mut [(u32, f32)]) {
        if words > 1 {
            return;
        }
        let mut bearers: Vec<u32> = out.iter().filter(|o| o.1 >= 0.6).map(|o| o.0).collect();
        bearers.sort_unstable();
        bearers.dedup();
        if bearers.len() > 1 {
            out.iter_mut().filter(|o| o.1 < 0.9).for_each(|o| o.1 *= 0.7);
        }
    }
}

/// How well a query fits a spelling.
fn compare(query: &[(String, Word)], s: &Spelling, family_first: bool) -> f32 {
    let mut used = [false; 16];
    let (mut sum, mut matched, mut asked) = (0.0, 0usize, 0usize);
    let mut place = 0;
    let words = query.iter().filter(|(_, q)| !q.particle || query.len() == 1).count();
    // One word of three or more may be strange to the name.
    let strange = usize::from(words > 2);
    for (text, q) in query {
        if q.particle && query.len() > 1 {
            continue;
        }
        asked += 1;
        let mut best = (0.0, usize::MAX);
        for (j, w) in s.words.iter().enumerate().take(16).filter(|(j, _)| !used[*j]) {
            let like = if text.len() == 1 {
                // An initial, where more than it was asked for.
                if query.len() > 1 && text.as_bytes()[0] == w.initial { 0.85 } else { 0.0 }
            } else {
                sound::likeness(&q.normal, &w.normal)
            };
            // Two words of the name as one of the query.
            let joined = s
                .words
                .get(j + 1)
                // The two make the one: it is about as long as both.
                .filter(|n| text.len() > 5 && q.normal.len() + 2 >= w.normal.len() + n.normal.len())
                .map_or(0.0, |n| sound::likeness(&q.normal, &[w.normal.as_slice(), n.normal.as_slice()].concat()) - 0.02);
            let like = like.max(joined);
            if like > best.0 {
                best = (like, j);
            }
        }
        if best.0 >= 0.55 {
            used[best.1] = true;
            sum += best.0;
            matched += 1;
            place = best.1;
        } else if asked - matched > strange {
            return 0.0;
        }
    }
    if matched == 0 {
        return 0.0;
    }
    let like = sum / asked as f32;
    let names = s.words.iter().filter(|w| !w.particle).count().max(1);
    if matched == 1 {
        // One word alone names its bearer if it is a family name or a name known to be enough.
        let last = s.words.len() - 1;
        return match () {
            () if s.words.len() == 1 => like * 0.93,
            () if like < 0.8 => 0.0,
            () if place == last && !family_first || place == 0 && family_first => like * 0.8,
            () if place > 0 => like * 0.66,
            () => 0.0,
        };
    }
    let coverage = (matched as f32 / names as f32).min(1.0);
    // Differences weigh more than what is left out.
    let like = (like - 0.5).max(0.0) * 2.0;
    like * (0.85 + 0.15 * coverage)
}
