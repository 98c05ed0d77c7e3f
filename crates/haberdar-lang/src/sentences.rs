//! Where sentences end.
//!
//! An empty line always ends one, and so does a line break unless the text is broken into lines of one width. Elsewhere
//! a trained model decides at every mark that may end a sentence.

use haberdar_model::Language;
use rustc_hash::FxHashMap;

use crate::{
    casing,
    lexicon::Lexicon,
    linear::{Linear, feature, hash_chars},
    tokenize::{Abbreviations, Follows, Gap, Token, is_apostrophe},
    turkish::Reading,
    word::{Shape, normal_chars, shape},
};

/// Sentences longer than this are cut, so that time stays linear whatever the text.
pub const LONGEST: usize = 400;

/// What stands at a token.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    low: u32,
    /// The last three and the last five characters.
    suf: [u32; 2],
    class: u32,
    length: u32,
}

/// Where a sentence may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Behind a mark.
    Mark,
    /// Between words, in front of a capital or an opening mark: a headline without a full stop that runs into the text.
    Bare,
}

/// Longer tokens are alike.
const LONG: usize = 30;

/// Looks at a token.
pub fn mark(form: &str, lang: Language, abbreviations: &Abbreviations) -> Mark {
    let lower = || form.chars().filter(|&c| c != '\u{307}').map(|c| casing::lower_char(c, lang));
    let back = |n: usize| hash_chars(form.chars().rev().filter(|&c| c != '\u{307}').take(n).map(|c| casing::lower_char(c, lang)));
    let n = form.chars().count();
    let abbreviation = match form.strip_suffix('.').filter(|s| !s.is_empty() && n <= LONG) {
        None => 0,
        Some(s) => match abbreviations.get(s, lang) {
            Some(f) => 1 + f as u32,
            None if s.bytes().all(|c| c.is_ascii_digit()) => 5,
            None if s.chars().nth(1).is_none() => 6,
            None => 7,
        },
    };
    let opens = form.starts_with(OPENING) || form.starts_with(['(', '[', '\'', '*']);
    let apostrophe = form.chars().skip(1).any(is_apostrophe);
    let low = if n > LONG { 0 } else { hash_chars(lower().map(|c| if c.is_ascii_digit() { '0' } else { c })) };
    Mark {
        low,
        suf: [back(3), back(5)],
        class: shape(form) as u32 * 64 + abbreviation * 4 + apostrophe as u32 * 2 + opens as u32,
        length: (n as u32).min(4),
    }
}

const OPENING: [char; 8] = ['"', '“', '‘', '«', '-', '–', '—', '•'];

/// True where a mark ends the token behind which a sentence may end. What stands behind a colon in the same line belongs to
/// what introduced it.
pub fn may_end(form: &str) -> bool {
    form.ends_with(['.', '!', '?', '…', '"', '”', '’', '\'', ')', ']', '»', '*', '-', '–', '—'])
}

impl Mark {
    /// An abbreviation that goes on: a title in front of a name, `No.` in front of a number.
    fn goes_on(self, next: &str) -> bool {
        let follows = |f: Follows| self.class >> 2 & 15 == 1 + f as u32;
        follows(Follows::Name) && next.starts_with(char::is_alphanumeric)
            || follows(Follows::Number) && next.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// Whether the model is asked behind a token, which a gap and the next token follow.
pub fn place(form: &str, mark: Mark, gap: Gap, next: &str) -> Option<Place> {
    if may_end(form) {
        return (!mark.goes_on(next)).then_some(Place::Mark);
    }
    let word = form.ends_with(char::is_alphanumeric);
    let begins = || next.starts_with(char::is_uppercase) || next.starts_with(OPENING);
    (gap != Gap::None && word && begins()).then_some(Place::Bare)
}

/// What the morphology says of words next to places without a mark, each looked up once.
pub struct Readings<'l> {
    lexicon: &'l Lexicon,
    seen: FxHashMap<u32, [u32; 2]>,
    normal: Vec<char>,
}

impl<'l> Readings<'l> {
    /// Nothing looked up yet.
    pub fn new(lexicon: &'l Lexicon) -> Readings<'l> {
        Readings { lexicon, seen: FxHashMap::default(), normal: Vec::new() }
    }

    /// Hashes of the inflections and of the classes that the word may have.
    fn of(&mut self, form: &str, low: u32) -> [u32; 2] {
        if let Some(&known) = self.seen.get(&low) {
            return known;
        }
        if self.lexicon.language() != Language::Tr {
            return [0; 2];
        }
        normal_chars(form, self.lexicon.language(), &mut self.normal);
        let readings = self.lexicon.readings(&self.normal);
        let set = |of: &dyn Fn(&Reading) -> u32| {
            let mut values: Vec<u32> = readings.iter().map(of).collect();
            values.sort_unstable();
            values.dedup();
            feature(690, &values)
        };
        let found = [set(&|r| r.inflection), set(&|r| r.class as u32)];
        self.seen.insert(low, found);
        found
    }

    /// What is said of the words in front of and behind a place.
    pub fn around(&mut self, place: Place, words: [(&str, Mark); 2]) -> [[u32; 2]; 2] {
        match place {
            Place::Mark => [[0; 2]; 2],
            Place::Bare => words.map(|(form, mark)| self.of(form, mark.low)),
        }
    }
}

/// What stands around a place.
pub struct Around<'a> {
    /// All tokens.
    pub marks: &'a [Mark],
    /// The token that may be the sentence's last.
    pub at: usize,
    /// White space behind it.
    pub gap: Gap,
    /// Number of tokens since the last end.
    pub since: usize,
    /// Whether a quotation is open.
    pub quotes: bool,
    /// Whether a bracket is open.
    pub brackets: bool,
    /// From [`Readings::around`].
    pub readings: [[u32; 2]; 2],
}

impl Around<'_> {
    /// Features of an end behind the token.
    pub fn features(&self, place: Place, out: &mut Vec<u32>) {
        out.clear();
        let absent = Mark { low: 1, suf: [1; 2], class: 1, length: 0 };
        let at = |k: isize| self.at.checked_add_signed(k).and_then(|k| self.marks.get(k)).copied().unwrap_or(absent);
        let (m, p, q, n, o, r) = (at(0), at(-1), at(-2), at(1), at(2), at(3));
        let g = (self.gap != Gap::None) as u32;
        let open = self.quotes as u32 * 2 + self.brackets as u32;
        let length = match self.since {
            0..=3 => self.since as u32,
            4..=6 => 4,
            7..=12 => 5,
            13..=25 => 6,
            _ => 7,
        };
        let [x, y] = self.readings;
        match place {
            Place::Mark => out.extend([
                feature(600, &[m.low, g]),
                feature(601, &[m.low, n.class, g]),
                feature(602, &[m.low, n.low]),
                feature(603, &[m.low, p.class, n.class]),
                feature(604, &[m.low, p.low]),
                feature(605, &[m.low, p.low, n.class]),
                feature(606, &[m.low, n.class, o.class, g]),
                feature(607, &[m.low, open, n.class, g]),
                feature(608, &[m.low, length, n.class]),
                feature(609, &[m.low, p.suf[0]]),
                feature(610, &[m.low, p.low, n.low]),
                feature(611, &[n.low]),
                feature(612, &[n.low, o.class]),
                feature(613, &[m.class, n.class]),
                feature(614, &[m.low, p.class, q.class, n.class]),
                feature(615, &[m.low, p.length, p.class, n.class]),
                feature(616, &[m.low, n.low, o.low]),
                feature(617, &[m.class, m.low, n.class, o.class, r.class]),
                feature(618, &[m.low, open, g, length]),
                feature(619, &[m.low, o.low]),
                feature(620, &[m.low, p.suf[0], n.class]),
            ]),
            Place::Bare => out.extend([
                feature(640, &[m.class, n.class]),
                feature(641, &[m.low]),
                feature(642, &[m.suf[0]]),
                feature(643, &[m.suf[1]]),
                feature(644, &[m.suf[0], n.class]),
                feature(645, &[p.class, m.class, n.class, o.class]),
                feature(646, &[n.low]),
                feature(647, &[n.low, m.class]),
                feature(648, &[n.low, o.class, m.class]),
                feature(649, &[m.low, n.low]),
                feature(650, &[length, m.class, n.class]),
                feature(651, &[open, m.class, n.class]),
                feature(652, &[n.suf[0], n.class]),
                feature(653, &[n.suf[1], n.class]),
                feature(654, &[n.suf[0], m.suf[0]]),
                feature(655, &[m.class, n.class, o.class, r.class]),
                feature(656, &[q.class, p.class, m.class, n.class]),
                feature(657, &[o.low, n.class]),
            ]),
        }
        if place == Place::Bare && x[0] != 0 {
            out.extend([
                feature(658, &[x[0]]),
                feature(659, &[x[0], n.class]),
                feature(660, &[x[0], y[1], n.class]),
                feature(661, &[y[1], n.class]),
                feature(662, &[y[0], n.class]),
                feature(663, &[y[1], n.class, m.class, o.class]),
                feature(664, &[x[1], y[1]]),
                feature(665, &[x[0], length]),
            ]);
        }
    }
}

/// Cuts tokens into sentences: the index behind the last token of each.
pub fn sentences(text: &str, tokens: &[Token], lexicon: &Lexicon, abbreviations: &Abbreviations, weights: &Linear) -> Vec<usize> {
    let lang = lexicon.language();
    let form = |i: usize| &text[tokens[i].start as usize..tokens[i].end as usize];
    let marks: Vec<Mark> = (0..tokens.len()).map(|i| mark(form(i), lang, abbreviations)).collect();
    let mut readings = Readings::new(lexicon);
    let wrapped = is_wrapped(text, tokens);
    let mut out = Vec::new();
    let (mut from, mut quotes, mut brackets) = (0, false, 0i32);
    let mut buffer = Vec::new();
    for i in 0..tokens.len() {
        let f = form(i);
        follow(f, &mut quotes, &mut brackets);
        let gap = tokens.get(i + 1).map_or(Gap::Paragraph, |t| t.before);
        let ends = match gap {
            Gap::Paragraph => true,
            Gap::Line if !wrapped => {
                let goes_on = form(i + 1).starts_with(char::is_alphabetic) && !form(i + 1).contains(char::is_uppercase);
                !goes_on || may_end(f) && !f.ends_with(['-', '–'])
            }
            // An aside within a sentence ("the Commission (EC) said") ends where it began: inside.
            _ if matches!(f, ")" | "]") && is_aside(i, from, &form) => false,
            _ if is_dateline(i, from, &form) => false,
            // "Gov. Chris Christie": behind a title's short form stands a name, and a word or two are no headline.
            _ if !may_end(f) && (i < from + 2 || form(i - 1).ends_with('.')) => false,
            // "“It was wrong,” Clinton said": a comma inside of the mark says that the sentence goes on.
            _ if matches!(f, "”" | "\"" | "’" | "'" | "»") && i > from && form(i - 1) == "," => false,
            _ => place(f, marks[i], gap, form(i + 1)).is_some_and(|place| {
                let readings = readings.around(place, [(f, marks[i]), (form(i + 1), marks[i + 1])]);
                let since = i - from;
                let around = Around { marks: &marks, at: i, gap, since, quotes, brackets: brackets > 0, readings };
                around.features(place, &mut buffer);
                let mut score = [0];
                weights.score(&buffer, &mut score);
                score[0] > 0
            }),
        };
        if ends || i + 1 - from >= LONGEST {
            out.push(i + 1);
            (from, quotes, brackets) = (i + 1, false, 0);
        }
    }
    out
}

/// A closing bracket whose inside ends without a full stop and whose opening does not begin the sentence.
fn is_aside<'t>(close: usize, from: usize, form: &impl Fn(usize) -> &'t str) -> bool {
    let stopped = close > from && form(close - 1).ends_with(['.', '!', '?', '…']);
    let open = (from..close).rev().find(|&k| matches!(form(k), "(" | "["));
    !stopped && open.is_some_and(|k| k > from)
}

/// A dash behind the place and the agency (`ANKARA (AA) -`, `LONDON, Nov 3 —`), or the bracket of a number in a list.
fn is_dateline<'t>(at: usize, from: usize, form: &impl Fn(usize) -> &'t str) -> bool {
    let numbered = form(at) == ")" && at == from + 1;
    let dash = matches!(form(at), "-" | "–" | "—" | "--") && (1..12).contains(&(at - from));
    numbered || dash && shape(form(from)) == Shape::Upper && form(from).chars().nth(2).is_some()
}

/// Keeps count of quotation marks and brackets.
pub fn follow(form: &str, quotes: &mut bool, brackets: &mut i32) {
    match form {
        "\"" => *quotes = !*quotes,
        "“" | "«" | "„" => *quotes = true,
        "”" | "»" => *quotes = false,
        "(" | "[" => *brackets += 1,
        ")" | "]" => *brackets = (*brackets - 1).max(0),
        _ => {}
    }
}

/// True for text that was broken into lines of one width: most line breaks then fall inside of sentences.
fn is_wrapped(text: &str, tokens: &[Token]) -> bool {
    let (mut breaks, mut inside) = (0, 0);
    for (a, b) in tokens.iter().zip(tokens.iter().skip(1)) {
        if b.before == Gap::Line {
            breaks += 1;
            let ends = may_end(&text[a.start as usize..a.end as usize]);
            let goes_on = text[b.start as usize..].starts_with(char::is_lowercase);
            inside += (!ends && goes_on) as usize;
        }
    }
    breaks >= 3 && inside * 2 >= breaks
}
