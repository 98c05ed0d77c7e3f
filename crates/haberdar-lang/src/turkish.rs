//! Turkish morphology: which stems and suffixes a word may be made of.
//!
//! A word is read from its stem to its end. Stems come from `data/lang/tr/stems.tsv`, also in the shapes that they take
//! before a vowel (kitap - kitab, burun - burn, git - gid) and before -yor (başla - başlı). Suffixes are the table
//! in `suffixes.rs`: an automaton whose arcs are written with the sounds that harmony decides.
//!
//! | letter | stands for |
//! |---|---|
//! | `A` | a or e, as the vowel before |
//! | `I` | ı, i, u or ü, as the vowel before |
//! | `D` | d, or t behind a voiceless consonant |
//! | `C` | c, or ç behind a voiceless consonant |
//! | `K` | k, or ğ before a vowel |
//! | `(x)` | a consonant that stands behind a vowel alone, a vowel that stands behind a consonant alone |
//!
//! All readings are given; which of them holds in the sentence is the tagger's matter.

mod suffixes;

use rustc_hash::FxHashMap;

use crate::{
    linear::{feature, hash_str},
    split::harmonic,
};
use suffixes::SUFFIXES;

/// Classes of stems in `stems.tsv`: noun, adjective, verb, adverb, proper name, postposition, conjunction, pronoun,
/// interjection, number, determiner, question particle, abbreviation, half of a reduplication.
const CLASSES: &str = "navdptcoiueqyx";

/// Relations of Turkish whose head stands behind the dependent. In BOUN one such arc in 250 points back while a verb follows.
pub(crate) const LOOK_AHEAD: [&str; 16] = [
    "nsubj",
    "csubj",
    "obj",
    "iobj",
    "obl",
    "nmod",
    "nmod:poss",
    "amod",
    "nummod",
    "det",
    "acl",
    "advcl",
    "advmod",
    "ccomp",
    "xcomp",
    "nsubj:pass",
];

/// States in which a word may end.
fn is_final(state: u8) -> bool {
    !matches!(state, b'y')
}

/// A stem in one of its shapes.
#[derive(Clone, Copy, Debug)]
struct Stem {
    class: u8,
    shape: StemShape,
    /// What restores the stem's last letter, `\0` for nothing.
    restore: char,
    inverse: bool,
    /// Lists of names that have it: 1 persons, 2 places.
    lists: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum StemShape {
    Base,
    /// Only before a vowel.
    BeforeVowel,
    /// Only before -yor.
    BeforeYor,
    /// Only before a vowel, and a vowel was lost before the last letter.
    Dropped(char),
}

/// A way to read a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Class of the stem, one of `navdptcoiueqyx`, or `?` for a guessed stem.
    pub class: u8,
    /// Characters behind the stem.
    pub cut: usize,
    /// What to put on for the dictionary form of the stem.
    pub add: String,
    /// All suffixes as one hash.
    pub all: u32,
    /// The suffixes behind the last derivation, with the class there.
    pub inflection: u32,
    /// Characters behind the last derivation, where there is one.
    pub derived: Option<usize>,
    /// Number of suffixes.
    pub suffixes: usize,
}

/// Stems in all their shapes.
pub struct Morphology {
    stems: FxHashMap<u32, Vec<Stem>>,
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'ı' | 'i' | 'o' | 'ö' | 'u' | 'ü')
}

/// The letters of Turkish first: those beyond ASCII are slow to look up.
fn is_letter(c: char) -> bool {
    matches!(c, 'a'..='z' | 'ç' | 'ğ' | 'ı' | 'ö' | 'ş' | 'ü' | 'â' | 'î' | 'û') || c.is_alphabetic()
}

fn is_voiceless(c: char) -> bool {
    matches!(c, 'f' | 's' | 't' | 'k' | 'ç' | 'ş' | 'h' | 'p')
}

/// The vowel that `A` or `I` stands for behind the last vowel.
fn harmony(letter: char, last: char) -> char {
    let back = matches!(last, 'a' | 'ı' | 'o' | 'u');
    let round = matches!(last, 'o' | 'ö' | 'u' | 'ü');
    match (letter, back, round) {
        ('A', true, _) => 'a',
        ('A', false, _) => 'e',
        (_, true, true) => 'u',
        (_, true, false) => 'ı',
        (_, false, true) => 'ü',
        (_, false, false) => 'i',
    }
}

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

fn rolling(h: u64, c: char) -> u64 {
    (h.rotate_left(5) ^ c as u64).wrapping_mul(STEP)
}

fn hash_of(chars: &[char]) -> u32 {
    (chars.iter().fold(0x51ed_u64, |h, &c| rolling(h, c)) >> 32) as u32
}

impl Morphology {
    /// The stems of `data/lang/tr/stems.tsv`.
    pub fn new() -> Morphology {
        Morphology::from_table(include_str!("../../../data/lang/tr/stems.tsv"))
    }

    /// Stems from rows of word, class and flags (`n` keeps its last consonant, `v` softens it, `d` drops its last
    /// vowel, `i` takes suffixes of the other harmony, `g` doubles its last consonant, `F` and `L` stand in the
    /// list of persons and of places).
    pub fn from_table(table: &str) -> Morphology {
        let mut m = Morphology { stems: FxHashMap::default() };
        m.stems.reserve(table.len() / 8);
        let mut chars: Vec<char> = Vec::new();
        for row in table.lines() {
            let mut columns = row.split('\t');
            let (Some(word), Some(class)) = (columns.next(), columns.next().and_then(|c| c.bytes().next())) else { continue };
            let flags = columns.next().unwrap_or_default();
            chars.clear();
            chars.extend(word.chars());
            m.add(&mut chars, class, flags);
        }
        m
    }

    fn put(&mut self, chars: &[char], stem: Stem) {
        let list = self.stems.entry(hash_of(chars)).or_default();
        if !list.iter().any(|s| s.class == stem.class && s.shape == stem.shape) {
            list.push(stem);
        }
    }

    fn add(&mut self, chars: &mut Vec<char>, class: u8, flags: &str) {
        let inverse = flags.contains('i');
        let base = Stem {
            class,
            shape: StemShape::Base,
            restore: '\0',
            inverse,
            lists: flags.contains('F') as u8 | (flags.contains('L') as u8) << 1,
        };
        self.put(chars, base);
        let n = chars.len();
        if n < 2 {
            return;
        }
        let last = chars[n - 1];
        let vowels = chars.iter().filter(|c| is_vowel(**c)).count();
        let soft = match last {
            'p' => 'b',
            'ç' => 'c',
            't' => 'd',
            'k' if chars[n - 2] == 'n' => 'g',
            'k' => 'ğ',
            'g' => 'ğ',
            _ => '\0',
        };
        let softens = match class {
            b'v' => flags.contains('v'),
            b'p' | b'y' => vowels > 1 && last == 'k',
            _ => flags.contains('v') || (vowels > 1 && !flags.contains('n') && last != 'g'),
        };
        if soft != '\0' && softens {
            chars[n - 1] = soft;
            self.put(chars, Stem { shape: StemShape::BeforeVowel, restore: last, ..base });
            chars[n - 1] = last;
        }
        if flags.contains('d') && n > 2 && is_vowel(chars[n - 2]) {
            let vowel = chars.remove(n - 2);
            self.put(chars, Stem { shape: StemShape::Dropped(vowel), restore: last, ..base });
            chars.insert(n - 2, vowel);
        }
        if flags.contains('g') {
            chars.push(last);
            self.put(chars, Stem { shape: StemShape::BeforeVowel, restore: '\u{1}', ..base });
            chars.pop();
        }
        if class == b'v' && matches!(last, 'a' | 'e') {
            let before =
                chars[..n - 1].iter().rev().copied().find(|c| is_vowel(*c)).unwrap_or(if last == 'a' { 'ı' } else { 'i' });
            chars[n - 1] = harmony('I', before);
            self.put(chars, Stem { shape: StemShape::BeforeYor, restore: last, ..base });
            // de-, ye-: also before y (diyen, yiyecek).
            if n == 2 {
                self.put(chars, Stem { shape: StemShape::BeforeVowel, restore: last, ..base });
            }
            chars[n - 1] = last;
        }
    }

    /// Classes of a stem that is spelled so, as bits in the order of the classes, then the lists of names that have it.
    pub fn classes(&self, chars: &[char]) -> u32 {
        let list = self.stems.get(&hash_of(chars)).map_or(&[][..], |l| l.as_slice());
        list.iter()
            .filter(|s| s.shape == StemShape::Base)
            .fold(0, |bits, s| bits | 1 << CLASSES.find(s.class as char).unwrap_or(20) | (s.lists as u32) << 24)
    }

    /// All readings of a word in its normal form, at most 12, those with the longest stems first.
    pub fn readings(&self, w: &[char]) -> Vec<Reading> {
        let mut out = Vec::new();
        if w.is_empty() || w.len() > 40 || !w.iter().any(|c| c.is_alphabetic()) {
            return out;
        }
        let apostrophe = w.iter().rposition(|&c| c == '\'').filter(|&p| p > 0);
        if let Some(p) = apostrophe {
            let mut walk =
                Walk { w, at: p, class: b'p', add: String::new(), stem: p, tags: Vec::new(), free: true, out: &mut out };
            walk.from(b'n', p + 1);
            out.truncate(6);
            return out;
        }
        let mut h = 0x51ed_u64;
        let mut found: Vec<(usize, Stem)> = Vec::new();
        for (i, &c) in w.iter().enumerate() {
            h = rolling(h, c);
            if let Some(list) = self.stems.get(&((h >> 32) as u32)) {
                found.extend(list.iter().map(|s| (i + 1, *s)));
            }
        }
        for (n, s) in found.into_iter().rev() {
            let next = w.get(n).copied();
            let mut add = String::new();
            let mut at = n;
            let fits = match s.shape {
                StemShape::Base => true,
                StemShape::BeforeVowel if s.restore == '\u{1}' => next.is_some_and(is_vowel),
                StemShape::BeforeVowel if is_vowel(s.restore) => next == Some('y'),
                StemShape::BeforeVowel => next.is_some_and(is_vowel),
                StemShape::Dropped(_) => next.is_some_and(is_vowel),
                StemShape::BeforeYor => next == Some('y'),
            };
            if !fits {
                continue;
            }
            match s.shape {
                StemShape::Base => {}
                StemShape::Dropped(v) => {
                    add.extend([v, s.restore]);
                    at -= 1;
                }
                _ if s.restore == '\u{1}' => at -= 1,
                _ => {
                    add.push(s.restore);
                    at -= 1;
                }
            }
            let state = match (s.class, s.shape) {
                (b'v', StemShape::BeforeYor) => b'y',
                (b'v', _) => b'v',
                (b'n' | b'a' | b'p' | b'o' | b'u' | b'y' | b'd' | b'e', _) => b'n',
                _ => b'n',
            };
            let mut walk = Walk { w, at, class: s.class, add, stem: n, tags: Vec::new(), free: s.inverse, out: &mut out };
            walk.from(state, n);
            if out.len() >= 12 {
                break;
            }
        }
        if out.is_empty() {
            self.guess(w, &mut out);
        }
        out.truncate(12);
        out
    }

    /// Readings of a word whose stem no list has: nouns and verbs that leave suffixes.
    fn guess(&self, w: &[char], out: &mut Vec<Reading>) {
        for n in (2..=w.len()).rev() {
            if !w[..n].iter().any(|c| is_vowel(*c)) {
                continue;
            }
            for (class, state) in [(b'?', b'n'), (b'!', b'v')] {
                if class == b'!' && n == w.len() {
                    continue;
                }
                let mut walk = Walk { w, at: n, class, add: String::new(), stem: n, tags: Vec::new(), free: false, out };
                walk.from(state, n);
            }
            if out.len() >= 10 {
                return;
            }
        }
    }
}

impl Default for Morphology {
    fn default() -> Self {
        Morphology::new()
    }
}

struct Walk<'a> {
    w: &'a [char],
    /// Characters of the word that the lemma keeps.
    at: usize,
    class: u8,
    add: String,
    /// Where suffixes begin.
    stem: usize,
    tags: Vec<(&'static str, usize)>,
    /// The first suffix need not harmonise with the stem.
    free: bool,
    out: &'a mut Vec<Reading>,
}

impl Walk<'_> {
    fn from(&mut self, state: u8, i: usize) {
        if self.out.len() >= 16 || self.tags.len() > 8 {
            return;
        }
        if i == self.w.len() {
            if is_final(state) {
                self.emit(state);
            }
            return;
        }
        for &(from, suffix, tag, to) in arcs(state) {
            debug_assert_eq!(from, state);
            if let Some(j) = self.matches(suffix, i) {
                self.tags.push((tag, j));
                self.from(to, j);
                self.tags.pop();
            }
        }
    }

    /// Where the suffix ends if it stands at `i`.
    fn matches(&self, suffix: &str, i: usize) -> Option<usize> {
        let w = self.w;
        let first = i <= self.stem + 1;
        let free = self.free && first || !is_letter(w[i - 1]);
        let mut i = i;
        let mut cs = suffix.chars();
        while let Some(c) = cs.next() {
            let mut want = c;
            let before = if i == 0 { ' ' } else { w[i - 1] };
            if c == '(' {
                want = cs.next()?;
                cs.next();
                let stands = is_vowel(before) != is_vowel_letter(want);
                if free && !is_letter(before) {
                    // Behind digits and the apostrophe of abbreviations the sound is not written: both may be.
                    if !same(want, *w.get(i).unwrap_or(&' ')) {
                        continue;
                    }
                } else if !stands {
                    continue;
                }
            }
            let got = *w.get(i)?;
            let ok = match want {
                'A' | 'I' => {
                    let last = w[..i].iter().rev().copied().find(|c| is_vowel(*c));
                    match last {
                        Some(last) if !free => got == harmony(want, last),
                        _ => same(want, got),
                    }
                }
                'D' => got == if is_voiceless(before) { 't' } else { 'd' } || free && same(want, got),
                'C' => got == if is_voiceless(before) { 'ç' } else { 'c' } || free && same(want, got),
                'G' => got == if is_voiceless(before) { 'k' } else { 'g' },
                'K' => got == if w.get(i + 1).is_some_and(|c| is_vowel(*c)) { 'ğ' } else { 'k' },
                _ => got == want,
            };
            if !ok {
                return None;
            }
            i += 1;
        }
        Some(i)
    }

    fn emit(&mut self, state: u8) {
        let mut all = self.class as u32;
        let last_derivation = self.tags.iter().rposition(|(t, _)| t.starts_with('*'));
        for (t, _) in &self.tags {
            all = feature(701, &[all, hash_str(t)]);
        }
        let from = last_derivation.map_or(0, |p| p + 1);
        let mut inflection = match last_derivation {
            Some(p) => hash_str(self.tags[p].0),
            None => self.class as u32,
        };
        for (t, _) in &self.tags[from..] {
            if !matches!(*t, "Cau" | "Rcp") {
                inflection = feature(702, &[inflection, hash_str(t)]);
            }
        }
        let reading = Reading {
            class: self.class,
            cut: self.w.len() - self.at,
            add: self.add.clone(),
            all: feature(703, &[all, (state == b'z') as u32]),
            inflection,
            derived: last_derivation.map(|p| self.w.len() - self.tags[p].1),
            suffixes: self.tags.len(),
        };
        if !self.out.contains(&reading) {
            self.out.push(reading);
        }
    }
}

fn is_vowel_letter(c: char) -> bool {
    is_vowel(c) || matches!(c, 'A' | 'I')
}

fn same(letter: char, got: char) -> bool {
    letter == got || harmonic(got) == letter
}

/// The arcs that leave a state.
fn arcs(state: u8) -> &'static [(u8, &'static str, &'static str, u8)] {
    use std::sync::OnceLock;
    type Arcs = Vec<(u8, &'static str, &'static str, u8)>;
    static BY_STATE: OnceLock<Vec<Arcs>> = OnceLock::new();
    let table = BY_STATE.get_or_init(|| {
        let mut table = vec![Arcs::new(); 128];
        SUFFIXES.iter().for_each(|a| table[a.0 as usize].push(*a));
        table
    });
    table.get(state as usize).map_or(&[], |v| v)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn morphology() -> Morphology {
        Morphology::from_table(
            "ev\tn\nkitap\tn\nburun\tn\td\nbaşla\tv\ngit\tv\tv\ngör\tv\nde\tv\nönem\tn\nrenk\tn\tv\nhak\tn\tg\nsaat\tn\tin\n",
        )
    }

    #[track_caller]
    fn stem_of(word: &str, lemma: &str) {
        let w: Vec<char> = word.chars().collect();
        let found = morphology().readings(&w);
        let lemmas: Vec<String> = found
            .iter()
            .filter(|r| !matches!(r.class, b'?' | b'!'))
            .map(|r| w[..w.len() - r.cut].iter().collect::<String>() + &r.add)
            .collect();
        assert!(lemmas.iter().any(|l| l == lemma), "{word}: {lemmas:?}");
    }

    #[test]
    fn stems_change_their_shape() {
        stem_of("evlerimizdekilerin", "ev");
        stem_of("kitabını", "kitap");
        stem_of("burnundan", "burun");
        stem_of("başlıyorlarmış", "başla");
        stem_of("gidecekti", "git");
        stem_of("gittiğini", "git");
        stem_of("görüşülmekteydi", "gör");
        stem_of("diyerek", "de");
        stem_of("önemsizliğinden", "önem");
        stem_of("rengi", "renk");
        stem_of("hakkında", "hak");
        stem_of("saatlerde", "saat");
        stem_of("görememişler", "gör");
    }

    #[test]
    fn suffixes_behind_an_apostrophe_need_no_known_stem() {
        for word in ["nato'nun", "lavrov'un", "0000'te", "ab'ye", "trump'ınkiler"] {
            let w: Vec<char> = word.chars().collect();
            assert!(!morphology().readings(&w).is_empty(), "{word}");
        }
    }

    #[test]
    fn harmony_is_asked_for() {
        let w: Vec<char> = "evlar".chars().collect();
        assert!(morphology().readings(&w).iter().all(|r| r.class != b'n'));
    }
}
