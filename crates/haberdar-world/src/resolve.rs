//! Whom a phrase means: "the Belarusian protesters", "Şam yönetimi", "two Chinese warplanes".

use haberdar_model::{Country, DateInterval, Language};
use rustc_hash::FxHashMap;

use crate::{
    error::WorldError,
    gazetteer::{HitKind, NameHit, Via},
    holding::At,
    shared::Meaning,
    suffix::chain,
    table::Table,
    world::World,
};

/// What a phrase means, as far as the words say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resolution {
    /// The states or bodies that it may belong to, the likeliest first; more than one where the name is ambiguous.
    pub countries: Vec<Country>,
    /// PLOVER sector.
    pub sector: Option<&'static str>,
    /// The person, organisation or country row that it names, or who is recorded in the office that it names.
    pub entity: Option<&'static str>,
    /// The office that it names.
    pub office: Option<&'static str>,
    /// How sure it is, 0..1.
    pub score: f32,
}

/// The words that tell a sector, by language and folded form.
#[derive(Default)]
pub(crate) struct Sectors {
    words: FxHashMap<(Language, String), &'static str>,
    /// Turkish words by their first letters, for words with suffixes.
    stems: FxHashMap<String, Vec<(String, &'static str)>>,
}

fn lowered(word: &str, lang: Language) -> String {
    word.chars().map(|c| crate::fold::lower(c, lang == Language::Tr)).collect()
}

fn head(word: &str) -> String {
    word.chars().take(3).collect()
}

impl Sectors {
    pub(crate) fn load(text: &'static str) -> Result<Self, WorldError> {
        let mut out = Sectors::default();
        for row in Table::new("sectors.tsv", text)?.rows(&["sector", "words_en", "words_tr"])? {
            let row = row?;
            for (lang, column) in [(Language::En, 1), (Language::Tr, 2)] {
                for w in row.list(column) {
                    out.words.entry((lang, w.to_owned())).or_insert(row.get(0));
                    if lang == Language::Tr {
                        out.stems.entry(head(w)).or_default().push((w.to_owned(), row.get(0)));
                    }
                }
            }
        }
        // The longest stem counts.
        out.stems.values_mut().for_each(|v| v.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.cmp(b))));
        Ok(out)
    }

    /// The sector that a phrase in lower case tells: by its last word first, since that is its head in both languages.
    fn of(&self, phrase: &str, lang: Language) -> Option<&'static str> {
        let words: Vec<&str> = phrase.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        (0..words.len()).rev().find_map(|i| {
            let pair = (i > 0).then(|| format!("{} {}", words[i - 1], words[i]));
            pair.and_then(|p| self.word(&p, lang)).or_else(|| self.word(words[i], lang))
        })
    }

    fn word(&self, word: &str, lang: Language) -> Option<&'static str> {
        if let Some(s) = self.words.get(&(lang, word.to_owned())) {
            return Some(s);
        }
        if lang == Language::En {
            return None;
        }
        let stems = self.stems.get(&head(word))?;
        stems.iter().find(|(stem, _)| inflected(word, stem)).map(|(_, s)| *s)
    }
}

/// True where a word is a stem with legal suffixes; a final consonant may be softened ("birlik" -> "birliği").
fn inflected(word: &str, stem: &str) -> bool {
    if let Some(rest) = word.strip_prefix(stem) {
        return chain(stem, rest, true).is_some();
    }
    let mut cs = stem.chars();
    let soft = match cs.next_back() {
        Some('k') => 'ğ',
        Some('ç') => 'c',
        Some('t') => 'd',
        Some('p') => 'b',
        _ => return false,
    };
    let soft = format!("{}{soft}", cs.as_str());
    word.strip_prefix(&soft)
        .is_some_and(|rest| rest.starts_with(['ı', 'i', 'u', 'ü', 'a', 'e']) && chain(&soft, rest, true).is_some())
}

impl Resolution {
    /// True where the words leave open which of several states or bodies is meant.
    pub fn is_ambiguous(&self) -> bool {
        self.countries.len() > 1
    }
}

impl World {
    /// Resolves a phrase of an article, at the article's date: state or body, sector, and the entity where it is one.
    /// What the words leave open stays open.
    pub fn resolve(&self, phrase: &str, lang: Language, on: Option<DateInterval>) -> Resolution {
        let hits = self.scan(phrase, lang);
        let mut out = Resolution { score: hits.iter().map(|h| h.score).fold(0.0, f32::max), ..Resolution::default() };
        // A state names whose; the head of the phrase, which stands last, what.
        let state = hits.iter().find(|h| matches!(h.kind, HitKind::Country { .. }));
        let whose = state.or(hits.iter().find(|h| h.country.is_some()));
        let meanings = match whose {
            Some(h) => self.meanings(phrase, h, lang),
            None => self.other_meanings(phrase, lang),
        };
        out.countries = meanings.iter().map(|m| m.country).collect();
        let mut rest = phrase.to_owned();
        for h in hits.iter().rev() {
            rest.replace_range(h.start..h.end, " ");
        }
        let sector = self.sectors.of(&lowered(&rest, lang), lang);
        if let Some(p) = hits.iter().find(|h| h.kind == HitKind::Person) {
            out.entity = Some(p.entity);
            out.countries = p.country.into_iter().collect();
            out.sector = self.sector_of_person(p.entity, on);
        } else if let Some(o) = hits.iter().rfind(|h| h.kind == HitKind::Organization) {
            out.entity = Some(o.entity).filter(|_| o.country.is_some() || state.is_none());
            out.sector = o.sector.or(sector);
            out.countries = o.country.into_iter().chain(out.countries).fold(Vec::new(), |mut v, c| {
                if !v.contains(&c) {
                    v.push(c);
                }
                v
            });
            out.countries.truncate(if o.country.is_some() { 1 } else { 4 });
        } else if let Some(o) = hits.iter().rfind(|h| h.kind == HitKind::Office) {
            self.resolve_office(o, state, &meanings, on, &mut out);
            out.sector = out.sector.or(sector);
        } else if let Some(s) = state {
            let people = matches!(s.kind, HitKind::Country { via: Via::Adjective | Via::People });
            // "Nijer Nehri" is no state, and which of several is open.
            let itself = s.score >= 0.5 && !people;
            let governs = |m: &Meaning| !m.part && !m.country.is_body();
            out.sector = sector.or(s.sector.filter(|_| itself && meanings.iter().all(governs)));
            // The state itself, where nothing else is the head of the phrase.
            out.entity = Some(s.entity).filter(|_| itself && !out.is_ambiguous() && out.sector == s.sector);
        } else {
            out.sector = sector;
            let place = hits.iter().find(|h| h.kind == HitKind::Place && h.score > 0.5);
            out.entity = place.filter(|_| sector.is_none()).map(|p| p.entity);
        }
        out
    }

    /// An office, of the states that may be meant and have it; who holds it at the time, if that is one.
    fn resolve_office(
        &self,
        o: &NameHit,
        state: Option<&NameHit>,
        meanings: &[Meaning],
        on: Option<DateInterval>,
        out: &mut Resolution,
    ) {
        out.office = Some(o.entity);
        let has = |m: &&Meaning| !m.part && self.by_seat.contains_key(&(m.country, self.seat(o.entity, m.country)));
        let having: Vec<Country> = meanings.iter().filter(has).map(|m| m.country).collect();
        match o.country {
            Some(c) => out.countries = vec![c],
            None if !having.is_empty() => out.countries = having,
            None => {}
        }
        let [country] = out.countries[..] else {
            out.sector = o.sector;
            return;
        };
        // A "leader" is of the sector of the office that leads the state.
        let seat = self.office(self.seat(o.entity, country)).map(|s| s.sector).filter(|s| !s.is_empty());
        out.sector = o.sector.or(seat);
        let Some(on) = on else { return };
        let rivals = state.is_some_and(|s| s.country == Some(country) && s.entity != country.as_str());
        let holders = self.holders(o.entity, country, Some(on));
        let mut sure = holders.iter().filter(|h| h.at(on) == At::Holder && h.is_rival() == rivals);
        if let (Some(h), None) = (sure.next(), sure.next()) {
            out.entity = Some(h.person);
        }
    }

    /// The sector of the office that a person holds at a time.
    fn sector_of_person(&self, person: &str, on: Option<DateInterval>) -> Option<&'static str> {
        let when = on.unwrap_or_default();
        let held = self.holdings_of(person).into_iter().filter(|h| matches!(h.at(when), At::Holder | At::Perhaps));
        held.max_by_key(|h| h.first()).and_then(|h| self.office(h.office)).map(|o| o.sector).filter(|s| !s.is_empty())
    }

    /// The PLOVER sector that common nouns tell ("protesters", "savaş uçağı").
    pub fn sector(&self, phrase: &str, lang: Language) -> Option<&'static str> {
        self.sectors.of(&lowered(phrase, lang), lang)
    }
}
