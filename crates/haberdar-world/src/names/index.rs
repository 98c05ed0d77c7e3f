//! All names of persons, filed by the sound of their words.

use haberdar_model::Country;
use rustc_hash::FxHashMap;

use super::compare::Asked;
use crate::{
    fold::fold_name,
    holding::Holding,
    person::Person,
    sound::{self, Letters, bit},
};

/// A name in pieces.
pub(super) struct Spelling {
    pub(super) person: u32,
    /// A name by which news means the person without more.
    pub(super) short: bool,
    /// The family name stands first.
    pub(super) family_first: bool,
    /// First of its words, and their number.
    pub(super) first: u32,
    pub(super) len: u32,
    /// How many of them are no particles; one at least.
    pub(super) names: u32,
    /// The letters with which the normal forms of its words begin, as bits.
    pub(super) starts: u32,
    /// Those with which more than one begins.
    pub(super) twice: u32,
    /// The initials of its words, as bits.
    pub(super) initials: u32,
}

/// A word of a name. The normal forms of all words stand in one row, those of a name side by side.
#[derive(Clone, Copy)]
pub(super) struct Word {
    at: u32,
    /// Words that share a normal form share its number.
    pub(super) form: u32,
    pub(super) letters: Letters,
    /// The first letters of its normal form and of the word itself.
    pub(super) start: u8,
    pub(super) initial: u8,
}

/// The index.
#[derive(Default)]
pub(crate) struct NameIndex {
    pub(super) spellings: Vec<Spelling>,
    words: Vec<Word>,
    normals: Vec<u8>,
    forms: FxHashMap<Vec<u8>, u32>,
    pub(super) by_key: FxHashMap<u64, Vec<u32>>,
    pub(super) by_fold: FxHashMap<Vec<u8>, Vec<u32>>,
    /// How much the world hears of each person: breaks ties.
    pub(super) weight: Vec<f32>,
}

/// True where the family name stands first.
pub(super) fn family_first(country: Option<Country>) -> bool {
    country.is_some_and(|c| matches!(c.as_str(), "PRK" | "KOR" | "CHN" | "TWN" | "VNM" | "HKG" | "MAC" | "KHM" | "SGP"))
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

impl NameIndex {
    pub(crate) fn new<'a>(persons: &[Person], held: impl Fn(&str) -> Vec<&'a Holding>) -> Self {
        let mut index = NameIndex::default();
        for (i, p) in persons.iter().enumerate() {
            let full = std::iter::once(p.name).chain(p.name_tr).chain(p.aliases.iter().copied()).map(|n| (n, false));
            for (name, short) in full.chain(p.short.iter().map(|n| (*n, true))) {
                index.add(i as u32, name, short, family_first(p.country));
            }
            index
                .weight
                .push(held(p.id).iter().map(|h| weight(h)).fold(0.0, f32::max) + if p.short.is_empty() { 0.0 } else { 0.5 });
        }
        index
    }

    fn add(&mut self, person: u32, name: &str, short: bool, family_first: bool) {
        let at = self.spellings.len() as u32;
        let plain = sound::words(name);
        if plain.is_empty() {
            return;
        }
        let first = self.words.len() as u32;
        let (mut starts, mut twice, mut initials) = (0, 0, 0);
        for w in &plain {
            let normal = sound::normal(w);
            let (initial, particle) = (w.as_bytes()[0], sound::is_particle(w));
            twice |= starts & bit(normal[0]);
            starts |= bit(normal[0]);
            initials |= bit(initial);
            let (at, letters) = (self.normals.len() as u32, Letters::of(&normal));
            self.normals.extend(&normal);
            let (start, next) = (normal[0], self.forms.len() as u32);
            let form = *self.forms.entry(normal).or_insert(next);
            self.words.push(Word { at, form, letters, start, initial });
            if !particle || plain.len() == 1 {
                self.file(w, self.spellings.len() as u32);
            }
        }
        // "Abdel Fattah" is also written as one word.
        for pair in plain.windows(2) {
            if pair[0].starts_with("abd") {
                self.file(&pair.concat(), at);
            }
        }
        self.by_fold.entry(fold_name(name)).or_default().push(at);
        let names = plain.iter().filter(|w| !sound::is_particle(w)).count().max(1) as u32;
        let len = plain.len() as u32;
        self.spellings.push(Spelling { person, short, family_first, first, len, names, starts, twice, initials });
    }

    fn file(&mut self, word: &str, at: u32) {
        sound::keys(word, |k| {
            let list = self.by_key.entry(k).or_default();
            if list.last() != Some(&at) {
                list.push(at);
            }
        });
    }

    /// The words of a spelling.
    pub(super) fn words(&self, s: &Spelling) -> &[Word] {
        &self.words[s.first as usize..(s.first + s.len) as usize]
    }

    /// The normal form of a word.
    pub(super) fn normal(&self, w: &Word) -> &[u8] {
        &self.normals[w.at as usize..w.at as usize + w.letters.len()]
    }

    /// The normal forms of a word and of the next one, as one.
    pub(super) fn joined(&self, w: &Word, next: &Word) -> &[u8] {
        &self.normals[w.at as usize..next.at as usize + next.letters.len()]
    }

    /// Calls `look` with each spelling to look at, once: the rarest word of the query decides.
    pub(super) fn candidates(&self, query: &Asked, mut look: impl FnMut(&Spelling)) {
        let lists = query.words.iter().filter(|w| !w.particle && w.text.len() > 1).map(|w| {
            let mut lists: Vec<&[u32]> = Vec::with_capacity(4);
            sound::keys(&w.text, |k| lists.extend(self.by_key.get(&k).map(Vec::as_slice)));
            lists
        });
        let len = |lists: &Vec<&[u32]>| lists.iter().map(|l| l.len()).sum::<usize>();
        let Some(lists) = lists.filter(|l| !l.is_empty()).min_by_key(len) else { return };
        // Most spellings stand under all sounds of the word.
        let mut seen = vec![0u64; if lists.len() > 1 { self.spellings.len() / 64 + 1 } else { 0 }];
        for &at in lists.into_iter().flatten() {
            if let Some(bits) = seen.get_mut(at as usize / 64) {
                let bit = 1 << (at % 64);
                if *bits & bit != 0 {
                    continue;
                }
                *bits |= bit;
            }
            look(&self.spellings[at as usize]);
        }
    }
}
