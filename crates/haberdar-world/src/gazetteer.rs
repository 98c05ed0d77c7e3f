//! The gazetteer: finds the names of the tables in a text.

use haberdar_model::{Country, Language};
use rustc_hash::FxHashMap;

use crate::{
    context::{Context, Trap, Traps, capital},
    fold::{Folded, base, fold_into, is_apostrophe, is_word, lower},
    suffix::{Chain, chain},
    trie::Trie,
};

/// By which of its words a country is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Via {
    /// Its name.
    CountryName,
    /// An adjective ("Rus", "Kuzey Koreli", "German").
    Adjective,
    /// A word for its people ("Russians", "Ruslar").
    People,
    /// Its capital or seat of government.
    Capital,
    /// A building or place that stands for the government ("Kremlin").
    Metonym,
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HitKind {
    /// A state, territory, or a body with a country code.
    Country {
        /// By which word.
        via: Via,
    },
    /// An organisation, armed group, party, outlet, company.
    Organization,
    /// A title; [`NameHit::entity`] is the office id.
    Office,
    /// A person.
    Person,
    /// A town, region, sea.
    Place,
}

/// A name found in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct NameHit {
    /// First byte.
    pub start: usize,
    /// Byte behind the name; a case suffix behind an apostrophe stays out, one without an apostrophe is in.
    pub end: usize,
    /// What it names.
    pub kind: HitKind,
    /// Id of the country row, organisation, office, person or place.
    pub entity: &'static str,
    /// The state or body that it is or belongs to.
    pub country: Option<Country>,
    /// PLOVER sector.
    pub sector: Option<&'static str>,
    /// How sure it is, 0..1; at or below 0.5 the name means others too.
    pub score: f32,
    /// A suffix without an apostrophe is in ("Filistin topraklarında").
    pub inflected: bool,
}

/// How a name must be cased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Caps {
    /// In any way (titles).
    Any,
    /// Words that have a capital in the table need one in the text.
    Proper,
    /// Every letter as in the table (abbreviations).
    Exact,
}

/// A name of the tables.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// As the table writes it.
    pub(crate) name: &'static str,
    pub(crate) lang: Option<Language>,
    pub(crate) kind: HitKind,
    pub(crate) entity: &'static str,
    pub(crate) country: Option<Country>,
    pub(crate) sector: Option<&'static str>,
    pub(crate) score: f32,
    pub(crate) caps: Caps,
}

impl Entry {
    /// The rule of casing that the form of a name asks for.
    pub(crate) fn caps_of(name: &str) -> Caps {
        // Most names show by their second letter that they are no abbreviation.
        let mut letters = name.chars().filter(|c| c.is_alphabetic());
        if letters.by_ref().take(6).all(|c| !c.is_lowercase()) && letters.next().is_none() { Caps::Exact } else { Caps::Proper }
    }
}

/// All names, ready for a search.
pub(crate) struct Gazetteer {
    trie: Trie,
    /// In the order of the trie's keys.
    entries: Vec<Entry>,
    /// The trap of an entry, in a language.
    traps: Vec<(Trap, Language)>,
    /// Entry -> first of its traps and their number.
    trapped: FxHashMap<u32, (u32, u32)>,
}

/// A name while the names are sorted.
struct Keyed {
    /// The first sixteen bytes of its folded form, which tell most names apart.
    head: u128,
    /// Where the folded form stands.
    from: u32,
    to: u32,
    entry: u32,
}

impl Keyed {
    fn head(key: &[u8]) -> u128 {
        let mut head = [0; 16];
        let n = key.len().min(16);
        head[..n].copy_from_slice(&key[..n]);
        u128::from_be_bytes(head)
    }
}

/// How a name ends in the text.
struct Ending {
    /// Folded index behind the hit.
    end: usize,
    /// What the suffix without an apostrophe, or `-lI` behind one, makes of it.
    chain: Chain,
    /// No suffix at all.
    bare: bool,
}

impl Gazetteer {
    pub(crate) fn new(mut names: Vec<Entry>, table: &Traps) -> Self {
        let (mut folded, mut keyed) = (Vec::with_capacity(names.len() * 16), Vec::with_capacity(names.len()));
        let mut key = Vec::new();
        for (i, e) in names.iter().enumerate() {
            key.clear();
            fold_into(e.name, &mut key);
            if key.len() > 1 {
                let (from, to) = (folded.len() as u32, (folded.len() + key.len()) as u32);
                keyed.push(Keyed { head: Keyed::head(&key), from, to, entry: i as u32 });
                folded.extend_from_slice(&key);
            }
        }
        let key = |k: &Keyed| &folded[k.from as usize..k.to as usize];
        let name = |k: &Keyed| &names[k.entry as usize];
        // Equal keys stand in a fixed order, the likelier meaning first.
        keyed.sort_unstable_by(|k, l| {
            let (a, b) = (name(k), name(l));
            let score = || b.score.total_cmp(&a.score).then(a.kind.cmp(&b.kind)).then(a.entity.cmp(b.entity));
            k.head.cmp(&l.head).then_with(|| key(k).cmp(key(l))).then_with(score).then(k.entry.cmp(&l.entry))
        });
        keyed.dedup_by(|k, l| {
            let (a, b) = (name(k), name(l));
            k.head == l.head && a.name == b.name && a.entity == b.entity && a.lang == b.lang && a.kind == b.kind
        });
        let keys: Vec<&[u8]> = keyed.iter().map(key).collect();
        let mut wanted: Vec<_> = table.iter().collect();
        wanted.sort_unstable_by_key(|((name, lang), _)| (name, *lang));
        let (mut traps, mut trapped) = (Vec::new(), FxHashMap::default());
        for same in wanted.chunk_by(|((a, _), _), ((b, _), _)| a == b) {
            let (first, trap) = (traps.len() as u32, same[0].0.0.as_slice());
            traps.extend(same.iter().map(|((_, lang), trap)| ((*trap).clone(), *lang)));
            let from = keys.partition_point(|k| *k < trap);
            let to = from + keys[from..].partition_point(|k| *k == trap);
            trapped.extend((from..to).map(|i| (i as u32, (first, same.len() as u32))));
        }
        let trie = Trie::new(&keys);
        // The names into the order of the keys, where they are.
        for i in 0..keyed.len() {
            let mut j = keyed[i].entry as usize;
            while j < i {
                j = keyed[j].entry as usize;
            }
            names.swap(i, j);
        }
        names.truncate(keyed.len());
        Gazetteer { trie, entries: names, traps, trapped }
    }

    /// All names.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn trap(&self, entry: u32, lang: Language) -> Option<&Trap> {
        let &(first, n) = self.trapped.get(&entry)?;
        self.traps[first as usize..(first + n) as usize].iter().find(|(_, l)| *l == lang).map(|(t, _)| t)
    }

    /// All longest hits that do not overlap, from left to right.
    pub(crate) fn scan(&self, text: &str, lang: Language) -> Vec<NameHit> {
        let folded = Folded::new(text);
        let bytes = &folded.bytes;
        let (mut hits, mut found) = (Vec::new(), Vec::new());
        let mut i = 0;
        while i < bytes.len() {
            if !is_word(bytes[i]) {
                i += 1;
                continue;
            }
            // Behind an apostrophe inside a word stands a suffix, not a name.
            let suffix = i >= 2 && bytes[i - 1] == b'\'' && is_word(bytes[i - 2]);
            let mut next = i;
            if !suffix {
                self.trie.prefixes(bytes, i, &mut found);
                if let Some((mut hit, end)) = self.best(text, &folded, i, &found, lang) {
                    if surname_fits(text, &mut hit, hits.last()) {
                        hits.push(hit);
                    }
                    next = end.max(i + 1);
                }
            }
            if next == i {
                next += 1;
            }
            // On to the end of the word.
            while next < bytes.len() && is_word(bytes[next]) && is_word(bytes[next - 1]) {
                next += 1;
            }
            i = next;
        }
        hits
    }

    fn best(
        &self,
        text: &str,
        folded: &Folded,
        start: usize,
        found: &[(usize, u32, u16)],
        lang: Language,
    ) -> Option<(NameHit, usize)> {
        for &(end, first, n) in found.iter().rev() {
            for i in first..first + u32::from(n) {
                let entry = &self.entries[i as usize];
                let Some(ending) = ending(text, folded, end, entry, lang) else { continue };
                let at = |i: usize| folded.at[i] as usize;
                // The original may hold marks that fold to nothing behind the last letter: take them in.
                let (from, to) = (at(start), at(end));
                if !speaks(entry, lang) || !cased(entry, &text[from..to], lang) {
                    continue;
                }
                let context = Context { text, from, to, bare: ending.bare };
                let Some(score) = context.score(entry, self.trap(i, lang)) else { continue };
                let kind = match entry.kind {
                    HitKind::Country { via: Via::CountryName } if ending.chain == Chain::From => {
                        HitKind::Country { via: Via::Adjective }
                    }
                    HitKind::Country { via: Via::Adjective } if ending.chain == Chain::Plural => {
                        HitKind::Country { via: Via::People }
                    }
                    k => k,
                };
                let hit = NameHit {
                    start: from,
                    end: at(ending.end),
                    inflected: ending.end > end,
                    kind,
                    entity: entry.entity,
                    country: entry.country,
                    sector: entry.sector,
                    score,
                };
                return Some((hit, ending.end));
            }
        }
        None
    }
}

/// Words in front of a surname that are no first name.
const ADDRESSES: &[&str] =
    &["Sayın", "Bay", "Bayan", "Mr", "Mrs", "Ms", "Lider", "Madam", "Mösyö", "Kral", "Prens", "Molla", "Mullah"];

/// A surname behind another capital is somebody else's ("Emine Erdoğan"), unless a title or name of the tables stands
/// there; behind the first word of a sentence it may be.
fn surname_fits(text: &str, hit: &mut NameHit, last: Option<&NameHit>) -> bool {
    let name = &text[hit.start..hit.end];
    if hit.kind != HitKind::Person || name.contains(' ') {
        return true;
    }
    let context = Context { text, from: hit.start, to: hit.end, bare: true };
    let (before, first) = context.before();
    // The word in front belongs to a hit, perhaps with a suffix behind an apostrophe.
    let known = last.is_some_and(|l| !text[l.end..hit.start].trim().contains(char::is_whitespace));
    let proper = capital(before) && before.chars().count() > 2 && !ADDRESSES.contains(&before);
    let shouted = name.chars().all(|c| !c.is_lowercase());
    if !proper || known || shouted {
        return true;
    }
    hit.score = 0.6;
    first
}

/// True where a name of a language counts in a text of another: long names and persons do.
fn speaks(entry: &Entry, lang: Language) -> bool {
    match entry.lang {
        None => true,
        Some(l) if l == lang => true,
        Some(_) => match entry.kind {
            HitKind::Organization => entry.name.chars().count() >= 5,
            HitKind::Person => true,
            HitKind::Country { via } => matches!(via, Via::Capital | Via::Metonym) && entry.name.chars().count() >= 6,
            HitKind::Office | HitKind::Place => false,
        },
    }
}

/// Where the word ends in which the name ends, if the rest of it is nothing or a legal suffix.
fn ending(text: &str, folded: &Folded, end: usize, entry: &Entry, lang: Language) -> Option<Ending> {
    let bytes = &folded.bytes;
    match bytes.get(end) {
        Some(b'\'') => {
            let from = text[folded.at[end] as usize..].chars().skip_while(|c| is_apostrophe(*c)).take(2).collect::<String>();
            let from = matches!(from.to_lowercase().as_str(), "lı" | "li" | "lu" | "lü") && lang == Language::Tr;
            let chain = if from { Chain::From } else { Chain::Inflection };
            return Some(Ending { end, chain, bare: false });
        }
        Some(&b) if is_word(b) => {}
        _ => return Some(Ending { end, chain: Chain::Inflection, bare: true }),
    }
    if lang != Language::Tr {
        return None;
    }
    let mut stop = end;
    while stop < bytes.len() && is_word(bytes[stop]) {
        stop += 1;
    }
    let rest: String = text[folded.at[end] as usize..folded.at[stop] as usize].chars().map(|c| lower(c, true)).collect();
    let stem: String = entry.name.chars().map(|c| lower(c, true)).collect();
    // Only what ends in a possessive takes an n before its case ("Bakanlığı-nda"; "Lima-nda" is a harbour).
    let owned = matches!(entry.kind, HitKind::Office | HitKind::Organization) || entry.name.contains(' ');
    let verdict = chain(&stem, &rest, owned)?;
    let letters = entry.name.chars().count();
    // One letter behind a short name is more often another word ("türkü", "Rusu") than a case.
    let short = match entry.kind {
        HitKind::Office => false,
        HitKind::Person | HitKind::Place => letters < 5 || rest.chars().count() < 2,
        HitKind::Organization => letters < 4 || (letters < 7 && rest.chars().count() < 2),
        // Behind three letters a plural only.
        HitKind::Country { .. } => match letters {
            0..=3 => verdict != Chain::Plural,
            4 => rest.chars().count() < 3 && !rest.starts_with('l'),
            5..=6 => rest.chars().count() < 2,
            _ => false,
        },
    };
    let fits = match verdict {
        Chain::Inflection => true,
        Chain::Plural => !matches!(entry.kind, HitKind::Person | HitKind::Place),
        Chain::From => matches!(entry.kind, HitKind::Country { .. } | HitKind::Place),
        // "Almanca" is a language.
        Chain::Manner => matches!(entry.kind, HitKind::Office | HitKind::Organization),
    };
    (fits && !short).then_some(Ending { end: stop, chain: verdict, bare: false })
}

/// True where the text's letters are the name's as far as its rule of casing and the diacritics ask for.
fn cased(entry: &Entry, seen: &str, lang: Language) -> bool {
    if seen == entry.name {
        return true;
    }
    let turkish = lang == Language::Tr;
    let (mut a, mut b) = (entry.name.chars().peekable(), seen.chars().peekable());
    let skip = |c: &char| base(*c).is_none();
    let (mut first, mut degraded, mut letters, mut small) = (true, false, 0, 0);
    loop {
        while a.next_if(skip).is_some() {
            first = true;
        }
        while b.next_if(skip).is_some() {}
        let (Some(x), Some(y)) = (a.next(), b.next()) else { break };
        letters += 1;
        if x.is_uppercase() && !y.is_uppercase() {
            match entry.caps {
                Caps::Proper if first => {
                    let word: String = std::iter::once(x).chain(a.clone().take_while(|c| c.is_alphanumeric())).collect();
                    // "al-Shabaab" and "Al-Shabaab".
                    if !matches!(word.as_str(), "Al" | "El" | "Es" | "Eş" | "Von" | "De") {
                        return false;
                    }
                }
                Caps::Exact if letters == 1 => return false,
                Caps::Exact => small += 1,
                Caps::Any | Caps::Proper => {}
            }
        }
        let (lx, ly) = (lower(x, turkish), lower(y, turkish));
        // In capitals I and İ are mixed up too often to tell, but MIT is not MİT.
        let dots = matches!(lx, 'i' | 'ı') && matches!(ly, 'i' | 'ı') && (y.is_uppercase() || letters > 4);
        let dots = dots && (entry.caps != Caps::Exact || entry.name.chars().count() > 3);
        if lx != ly && !dots {
            degraded = true;
            // "Karakaş" is a surname, "Karakas" a capital; the other way round somebody had no Turkish keyboard.
            if turkish && lx.is_ascii() && matches!(ly, 'ç' | 'ğ' | 'ö' | 'ş' | 'ü') && !entry.name.contains(' ') {
                return false;
            }
        }
        first = false;
    }
    // "Asean" is ASEAN, but "Sana" is no SANA.
    if small > 0 && (letters < 5 || small + 1 < letters) {
        return false;
    }
    // "Cin", "Sam" and "Cad" are other words than "Çin", "Şam" and "Çad".
    !degraded || letters >= 5
}
