//! What the trained steps see of a word: hashes of its spelling, computed once.

use haberdar_model::Language;

use crate::{
    casing,
    lexicon::Lexicon,
    linear::{feature, hash_chars},
    tokenize::is_apostrophe,
    turkish::Reading,
};

/// How a word is capitalised, or that it is no word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Shape {
    /// Letters in lower case.
    Lower,
    /// A capital first.
    Title,
    /// Capitals alone.
    Upper,
    /// Capitals elsewhere.
    Mixed,
    /// Digits alone, with their punctuation.
    Digits,
    /// Digits with letters.
    Alnum,
    /// No letter and no digit.
    Symbol,
}

/// Hashes of a word's spelling.
#[derive(Clone, Debug)]
pub struct WordInfo {
    /// As it is written.
    pub form: u32,
    /// In lower case, digits as 0, apostrophes alike.
    pub low: u32,
    /// Last 1 to 6 characters of the lower case; 0 where the word is shorter.
    pub suf: [u32; 6],
    /// First 1 to 4 characters.
    pub pre: [u32; 4],
    /// Capitals and digits.
    pub shape: Shape,
    /// The part in front of an apostrophe, 0 without one.
    pub stem: u32,
    /// The part behind an apostrophe, 0 without one.
    pub tail: u32,
    /// The same as `stem` in Turkish, where it is a word with a suffix behind it; 0 elsewhere.
    pub base: u32,
    /// The ways in which the morphology reads the word.
    pub readings: Vec<Reading>,
    /// What the readings say of the word's class and inflection, the whole set of them first.
    pub hints: Vec<u32>,
    /// What they say in detail.
    pub details: Vec<u32>,
    /// Distributional class at two depths, 0 where it is not known.
    pub cluster: [u32; 2],
    /// What the lists of stems say of the word in front of an apostrophe.
    pub class: u32,
    /// Number of characters, at most 15.
    pub length: u8,
}

/// The lower-case characters by which words are compared.
pub fn normal_chars(form: &str, lang: Language, out: &mut Vec<char>) {
    out.clear();
    out.extend(form.chars().filter(|&c| c != '\u{307}' && c != '\u{ad}').map(|c| {
        if is_apostrophe(c) {
            '\''
        } else if c.is_ascii_digit() {
            '0'
        } else {
            match c {
                '“' | '”' | '„' | '«' | '»' => '"',
                '–' | '—' | '‐' | '‑' => '-',
                '…' => '.',
                'â' | 'Â' if lang == Language::Tr => 'a',
                'î' | 'Î' if lang == Language::Tr => 'i',
                'û' | 'Û' if lang == Language::Tr => 'u',
                _ => casing::lower_char(c, lang),
            }
        }
    }));
}

/// The shape of a word.
pub fn shape(form: &str) -> Shape {
    let (mut upper, mut lower, mut digit, mut first_upper) = (0, 0, 0, false);
    // What stands behind an apostrophe is a suffix and says nothing of the word's own case.
    for (i, c) in form.chars().enumerate() {
        if is_apostrophe(c) && i > 0 && upper + lower + digit > 0 {
            break;
        }
        if c.is_ascii_digit() {
            digit += 1;
        } else if c.is_uppercase() {
            upper += 1;
            first_upper |= upper + lower + digit == 1;
        } else if c.is_alphabetic() {
            lower += 1;
        }
    }
    match (upper, lower, digit) {
        (0, 0, 0) => Shape::Symbol,
        (0, 0, _) => Shape::Digits,
        (_, _, 1..) => Shape::Alnum,
        (0, _, _) => Shape::Lower,
        (1, _, _) if first_upper => Shape::Title,
        (_, 0, _) => Shape::Upper,
        _ => Shape::Mixed,
    }
}

impl WordInfo {
    /// Looks at a word.
    pub fn new(form: &str, lexicon: &Lexicon, buffer: &mut Vec<char>) -> WordInfo {
        normal_chars(form, lexicon.language(), buffer);
        let n = buffer.len();
        let suf = std::array::from_fn(|k| if n > k { hash_chars(buffer[n - k - 1..].iter().copied()) } else { 0 });
        let pre = std::array::from_fn(|k| if n > k { hash_chars(buffer[..k + 1].iter().copied()) } else { 0 });
        let apostrophe = buffer.iter().rposition(|&c| c == '\'').filter(|&p| p > 0 && p + 1 < n);
        let part = |r: &[char]| hash_chars(r.iter().copied());
        let low = part(buffer);
        let readings = lexicon.readings(buffer);
        let (hints, details) = hints(&readings);
        let stem = apostrophe.map_or(0, |p| part(&buffer[..p]));
        WordInfo {
            form: hash_chars(form.chars()),
            low,
            suf,
            pre,
            shape: shape(form),
            stem,
            tail: apostrophe.map_or(0, |p| part(&buffer[p..])),
            base: if lexicon.language() == Language::Tr { stem } else { 0 },
            readings,
            hints,
            details,
            cluster: lexicon.cluster(low),
            class: lexicon.class(&buffer[..apostrophe.unwrap_or(n)]),
            length: n.min(15) as u8,
        }
    }
}

/// What readings say, as hashes: the set of inflections and each of them, then each reading in detail.
fn hints(readings: &[Reading]) -> (Vec<u32>, Vec<u32>) {
    let mut set: Vec<u32> = readings.iter().map(|r| feature(710, &[r.inflection])).collect();
    set.sort_unstable();
    set.dedup();
    let mut details: Vec<u32> = readings.iter().map(|r| r.all).collect();
    details.sort_unstable();
    details.dedup();
    details.truncate(5);
    if set.is_empty() {
        return (set, details);
    }
    let all = feature(711, &set);
    set.truncate(5);
    set.insert(0, all);
    (set, details)
}
