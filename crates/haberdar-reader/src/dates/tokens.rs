//! Cuts a sentence into words, digits and signs, and looks them up in the tables.

use haberdar_lang::casing;
use haberdar_model::Language;
use smallvec::SmallVec;

use super::{
    actions::Sem,
    digits::numeric,
    words::{BARE, DateWords, Entry, Flags, Symbol},
};

/// Classes that come from digits and not from a table.
pub(super) const CLASSES: &[&str] = &[
    "num",
    "ord",
    "year",
    "yy",
    "yyq",
    "clock",
    "date",
    "dm",
    "digits",
    "decades",
    "dmweak",
    "dmsmall",
    "clockweak",
    "decimal",
    "ordnum",
];

/// A word, a run of digits, or a sign.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// Byte span in the text, with a suffix behind an apostrophe.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Byte behind the word without that suffix.
    pub(super) stem_end: usize,
    /// Span in the lower-cased copy: stem, then suffix.
    low: (u32, u32),
    suffix: (u32, u32),
    kind: Kind,
    pub(super) capital: bool,
    /// No white space before it.
    pub(super) glued: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Word,
    Digits,
    Sign,
}

/// Something that stands at some tokens: a word of the tables or a number.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    pub(super) first: usize,
    /// Behind the last.
    pub(super) until: usize,
    pub(super) symbol: Symbol,
    pub(super) flags: Flags,
    /// Begins with a capital letter.
    pub(super) capital: bool,
    pub(super) sem: Sem,
}

/// The tokens of a sentence with a lower-cased copy.
#[derive(Default)]
pub(super) struct Tokens {
    pub(super) all: Vec<Token>,
    lower: String,
}

impl Tokens {
    /// Cuts `text[start..end]`.
    pub(super) fn new(text: &str, start: usize, end: usize, language: Language) -> Tokens {
        let mut out = Tokens { all: Vec::with_capacity((end - start) / 4), lower: String::with_capacity(end - start + 8) };
        let bytes = &text[start..end];
        let mut chars = bytes.char_indices().peekable();
        let mut last_end = usize::MAX;
        while let Some((at, c)) = chars.next() {
            if c.is_whitespace() {
                continue;
            }
            let kind = if c.is_ascii_digit() {
                Kind::Digits
            } else if c.is_alphabetic() {
                Kind::Word
            } else {
                Kind::Sign
            };
            let from = out.lower.len() as u32;
            let push = |lower: &mut String, c: char| {
                if c != '\u{307}' {
                    lower.push(casing::lower_char(c, language));
                }
            };
            push(&mut out.lower, c);
            let mut stop = at + c.len_utf8();
            while let Some(&(k, x)) = chars.peek() {
                let same = match kind {
                    Kind::Digits => x.is_ascii_digit(),
                    Kind::Word => x.is_alphabetic() || x == '\u{307}',
                    Kind::Sign => false,
                };
                if !same {
                    break;
                }
                push(&mut out.lower, x);
                stop = k + x.len_utf8();
                chars.next();
            }
            let stem = (from, out.lower.len() as u32);
            let mut token = Token {
                start: start + at,
                end: start + stop,
                stem_end: start + stop,
                low: stem,
                suffix: (stem.1, stem.1),
                kind,
                capital: c.is_uppercase(),
                glued: last_end == at,
            };
            // A suffix behind an apostrophe belongs to the word before it.
            let mut ahead = bytes[stop..].chars();
            if kind != Kind::Sign
                && matches!(ahead.next(), Some('\'' | '’' | 'ʼ'))
                && ahead.next().is_some_and(char::is_alphabetic)
            {
                let mark = chars.next().map_or(' ', |m| m.1);
                stop += mark.len_utf8();
                out.lower.push('\'');
                token.suffix.0 = out.lower.len() as u32;
                while let Some(&(k, x)) = chars.peek().filter(|(_, x)| x.is_alphabetic() || *x == '\u{307}') {
                    push(&mut out.lower, x);
                    stop = k + x.len_utf8();
                    chars.next();
                }
                token.suffix.1 = out.lower.len() as u32;
                token.end = start + stop;
            }
            last_end = stop;
            out.all.push(token);
        }
        out
    }

    /// The lower-cased word without its suffix.
    pub(super) fn word(&self, i: usize) -> &str {
        self.all.get(i).map_or("", |t| &self.lower[t.low.0 as usize..t.low.1 as usize])
    }

    fn suffix(&self, i: usize) -> &str {
        let t = &self.all[i];
        &self.lower[t.suffix.0 as usize..t.suffix.1 as usize]
    }

    fn is_digits(&self, i: usize) -> bool {
        self.all.get(i).is_some_and(|t| t.kind == Kind::Digits)
    }

    fn glued(&self, i: usize) -> bool {
        self.all.get(i).is_some_and(|t| t.glued)
    }

    fn sign(&self, i: usize, signs: &[&str]) -> bool {
        signs.contains(&self.word(i)) && self.glued(i) && self.glued(i + 1)
    }
}

/// Looks the tokens of a sentence up.
pub(super) struct Lookup<'a> {
    pub(super) tokens: &'a Tokens,
    pub(super) words: &'a DateWords,
    pub(super) language: Language,
}

impl Lookup<'_> {
    fn symbol(&self, name: &str) -> Symbol {
        self.words.known(name).unwrap_or(0)
    }

    /// Everything that stands at a token, into `out`.
    pub(super) fn at(&self, i: usize, out: &mut Vec<Leaf>) {
        let token = &self.tokens.all[i];
        match token.kind {
            Kind::Digits => self.digits(i, out),
            Kind::Sign if matches!(self.tokens.word(i), "'" | "’" | "‘") && self.tokens.glued(i + 1) => {
                // "June '92"
                let digits = self.tokens.word(i + 1);
                if let (2, Ok(n)) = (digits.len(), digits.parse::<u8>()) {
                    self.push(i, i + 2, "yyq", BARE, Sem::Num(f64::from(n)), out);
                }
            }
            Kind::Word | Kind::Sign => {
                let word = self.tokens.word(i);
                let whole = &self.tokens.lower[token.low.0 as usize..token.suffix.1 as usize];
                if word.is_empty() || !self.words.may_know(word) && !self.words.may_know(whole) {
                    return;
                }
                self.table(i, out);
                self.number_words(i, out);
            }
        }
    }

    fn push(&self, first: usize, until: usize, name: &str, flags: Flags, sem: Sem, out: &mut Vec<Leaf>) {
        let capital = self.tokens.all[first].capital;
        out.push(Leaf { first, until, symbol: self.symbol(name), flags, capital, sem });
    }

    /// The suffix of the token's word that leaves a word for which `found` says yes; `None` where there is none.
    fn stem<T>(&self, i: usize, found: impl Fn(&str) -> Option<T>) -> Option<(T, Flags)> {
        let word = self.tokens.word(i);
        let behind = self.tokens.suffix(i);
        if self.words.traps.contains_key(word) {
            return None;
        }
        let marked = match (behind.is_empty(), self.language) {
            (true, _) => Some(BARE),
            (false, Language::En) => (behind == "s").then_some(1 << 3),
            (false, Language::Tr) => self.words.suffixes.get(behind).copied(),
        };
        if let (Some(found), Some(flags)) = (found(word), marked) {
            return Some((found, flags));
        }
        if self.language == Language::En {
            // "new year's": the word as it stands in a phrase of the table.
            let t = &self.tokens.all[i];
            let whole = &self.tokens.lower[t.low.0 as usize..t.suffix.1 as usize];
            return if behind.is_empty() { None } else { found(whole).map(|f| (f, BARE)) };
        }
        if !behind.is_empty() {
            // "günü'nde": a suffix before the mark, too.
            let more = self.words.suffixes.get(behind).copied()?;
            return self.split(word, &found).map(|(f, flags)| (f, flags | more));
        }
        self.split(word, &found)
    }

    fn split<T>(&self, word: &str, found: &impl Fn(&str) -> Option<T>) -> Option<(T, Flags)> {
        for (at, _) in word.char_indices().rev() {
            if at < 2 || word.len() - at > 14 {
                continue;
            }
            if let Some(&flags) = self.words.suffixes.get(&word[at..])
                && let Some(f) = found(&word[..at])
            {
                return Some((f, flags));
            }
        }
        None
    }

    fn table(&self, i: usize, out: &mut Vec<Leaf>) {
        let token = &self.tokens.all[i];
        let word = self.tokens.word(i);
        // Phrases: the first word as it stands, the last one with suffixes.
        let whole = &self.tokens.lower[self.tokens.all[i].low.0 as usize..self.tokens.all[i].suffix.1 as usize];
        for key in [word, whole].into_iter().take(if whole == word { 1 } else { 2 }) {
            for e in self.words.entries.get(key).into_iter().flatten().filter(|e| !e.rest.is_empty()) {
                let last = i + e.rest.len();
                let Some(end) = e.rest.last().filter(|_| last < self.tokens.all.len()) else { continue };
                let inner = e.rest[..e.rest.len() - 1].iter().enumerate().all(|(k, w)| {
                    let t = &self.tokens.all[i + 1 + k];
                    self.tokens.word(i + 1 + k) == *w || &self.tokens.lower[t.low.0 as usize..t.suffix.1 as usize] == *w
                });
                let tail = inner.then(|| self.stem(last, |s| (s == *end).then_some(()))).flatten();
                if let Some(((), flags)) = tail {
                    out.push(Leaf {
                        first: i,
                        until: last + 1,
                        symbol: e.meaning.symbol,
                        flags,
                        capital: token.capital,
                        sem: Sem::Word(e.meaning.value),
                    });
                }
            }
        }
        let single = |s: &str| self.words.entries.get(s).filter(|e| e.iter().any(|e| e.rest.is_empty()));
        let mut push = |entries: &[Entry], flags: Flags| {
            for e in entries.iter().filter(|e| e.rest.is_empty()) {
                let sem = Sem::Word(e.meaning.value);
                out.push(Leaf { first: i, until: i + 1, symbol: e.meaning.symbol, flags, capital: token.capital, sem });
            }
        };
        let Some((entries, flags)) = self.stem(i, single) else { return };
        push(entries, flags);
        // A word that a rule names with its suffix ("ayın") is that of its stem, too.
        if self.language == Language::Tr && token.suffix.0 == token.suffix.1 && !self.words.traps.contains_key(word) {
            let known = word.len();
            for (at, _) in word.char_indices().rev().filter(|(at, _)| *at >= 2 && known - at <= 14) {
                if let (Some(&flags), Some(entries)) = (self.words.suffixes.get(&word[at..]), single(&word[..at])) {
                    push(entries, flags);
                }
            }
        }
    }

    /// "yirmi bir", "two thousand and ten", "iki bin yirmi yedi", "nineteen ninety two".
    fn number_words(&self, i: usize, out: &mut Vec<Leaf>) {
        let number =
            |k: usize| (k < self.tokens.all.len()).then(|| self.stem(k, |s| self.words.numbers.get(s).copied())).flatten();
        let Some((first, flags)) = number(i) else { return };
        self.push(i, i + 1, "num", flags, Sem::Num(f64::from(first)), out);
        let (mut total, mut group, mut smallest) = if first == 1000 { (1000, 0, 1000) } else { (0, first, first) };
        let (mut k, mut before) = (i + 1, flags);
        let mut century = (first < 100 && first > 9).then_some(first);
        while before == BARE {
            let skip = usize::from(
                matches!(self.tokens.word(k), "and" | "-")
                    && k + 1 < self.tokens.all.len()
                    && (group + total > 99 || self.tokens.word(k) == "-"),
            );
            let Some((n, flags)) = number(k + skip) else { break };
            if n == 100 && (1..=20).contains(&group) || n == 100 && group == 0 && total > 0 {
                group = group.max(1) * 100;
            } else if n == 1000 && total == 0 && (1..=999).contains(&group) {
                (total, group) = (group * 1000, 0);
            } else if n < 100 && n < smallest && (group % 100 == 0 || smallest >= 10 && group % 10 == 0 && n < 10) {
                group += n;
            } else if let Some(c) =
                century.filter(|c| (15..=20).contains(c) && (10..100).contains(&n) && n % 10 != n && total == 0)
            {
                // "nineteen ninety": a year as it is spoken.
                total = c * 100 + n;
                if let Some((u, f)) = number(k + 1).filter(|(u, _)| n >= 20 && n % 10 == 0 && *u < 10) {
                    self.push(i, k + 2, "year", f, Sem::Num(f64::from(total + u)), out);
                } else {
                    self.push(i, k + 1, "year", flags, Sem::Num(f64::from(total)), out);
                }
                return;
            } else {
                break;
            }
            smallest = n;
            k += 1 + skip;
            century = century.filter(|_| n < 10 && group < 100);
            before = flags;
            let value = total + group;
            self.push(i, k, "num", flags, Sem::Num(f64::from(value)), out);
            if (1500..2100).contains(&value) {
                self.push(i, k, "year", flags, Sem::Num(f64::from(value)), out);
            }
        }
    }

    fn digits(&self, i: usize, out: &mut Vec<Leaf>) {
        let t = self.tokens;
        if i > 0 && t.all[i].glued && matches!(t.word(i - 1), "$" | "€" | "£" | "₺" | "%" | "#") {
            return;
        }
        if i > 0 && t.all[i].glued && t.all[i - 1].kind == Kind::Word && !self.words.may_know(t.word(i - 1)) {
            return;
        }
        // Inside a longer number or a score nothing begins.
        let inside = i >= 2
            && t.is_digits(i - 2)
            && t.glued(i)
            && t.glued(i - 1)
            && !(t.word(i - 1) == "-" && t.sign(i + 1, &["/", ".", ":"]));
        let flags = |k: usize| match (self.language, t.suffix(k)) {
            (_, "") => Some(BARE),
            (Language::Tr, s) => self.words.suffixes.get(s).copied(),
            (Language::En, s) => (s == "s").then_some(1 << 3),
        };
        // The chain of digits and signs between them: 2024-03-01, 1.3.2024, 14:30:05.
        let mut parts: SmallVec<[&str; 4]> = SmallVec::from_slice(&[t.word(i)]);
        let mut signs: SmallVec<[&str; 4]> = SmallVec::new();
        let mut k = i;
        while t.sign(k + 1, &["-", "/", ".", ":", "\\", ","]) && t.is_digits(k + 2) && parts.len() < 6 {
            signs.push(t.word(k + 1));
            parts.push(t.word(k + 2));
            k += 2;
        }
        if !inside && !parts.is_empty() {
            let mut length = parts.len();
            while length >= 2 {
                let last = i + 2 * (length - 1);
                if let Some(f) = flags(last) {
                    for (name, sem) in numeric(&parts[..length], &signs[..length - 1], self.language, self.words.month_first) {
                        let longer = |signs: &[&str]| t.sign(last + 1, signs) && t.is_digits(last + 2);
                        if name == "dm" && longer(&["/", "."]) || name == "date" && length == 2 && longer(&["/", ".", "-"]) {
                            continue;
                        }
                        self.push(i, last + 1, name, f, sem, out);
                    }
                }
                length -= 1;
            }
        }
        // A number that is part of a longer one is none: 1.500, 3,5; a range or a score (3-5) has two.
        let joint = |k: usize| t.sign(k, &[".", ",", ":", "/"]) && t.is_digits(k - 1) && t.is_digits(k + 1);
        if joint(i + 1) || i > 0 && joint(i - 1) {
            // The day before a month: "19-20.05" has none either.
            return;
        }
        let word = t.word(i);
        let Ok(n) = word.parse::<u32>() else { return };
        let suffix = t.suffix(i);
        let plural = suffix.starts_with("lar") || suffix.starts_with("ler");
        if let Some(f) = flags(i).filter(|_| !plural || n % 10 != 0) {
            if n < 1_000_000_000 {
                self.push(i, i + 1, "num", f, Sem::Num(f64::from(n)), out);
            }
            if word.len() == 4 {
                if (1500..=2100).contains(&n) {
                    self.push(i, i + 1, "year", f, Sem::Num(f64::from(n)), out);
                }
                if n % 100 < 60 && n < 2400 {
                    self.push(i, i + 1, "digits", f, Sem::Num(f64::from(n)), out);
                }
            }
            if word.len() == 2 {
                self.push(i, i + 1, "yy", f, Sem::Num(f64::from(n)), out);
            }
        }
        let next = t.word(i + 1);
        match self.language {
            Language::En => {
                let decade = suffix == "s" || next == "s" && (t.glued(i + 1) || word.len() == 4);
                if decade && n % 10 == 0 && matches!(word.len(), 2 | 4) {
                    let until = if suffix == "s" { i + 1 } else { i + 2 };
                    self.push(i, until, "decades", BARE, Sem::Num(f64::from(n)), out);
                }
                if matches!(next, "st" | "nd" | "rd" | "th") && t.glued(i + 1) {
                    self.push(i, i + 2, "ord", BARE, Sem::Num(f64::from(n)), out);
                    self.push(i, i + 2, "ordnum", BARE, Sem::Num(f64::from(n)), out);
                }
            }
            Language::Tr => {
                if (plural || matches!(suffix, "lı" | "li" | "lu" | "lü")) && n % 10 == 0 && matches!(word.len(), 2 | 4) {
                    self.push(i, i + 1, "decades", BARE, Sem::Num(f64::from(n)), out);
                }
                let ordinal = suffix.starts_with("nci")
                    || suffix.starts_with("ncı")
                    || suffix.starts_with("inci")
                    || suffix.starts_with("üncü")
                    || suffix.starts_with("ıncı")
                    || suffix.starts_with("uncu")
                    || suffix.starts_with("ncü")
                    || suffix.starts_with("ncu");
                if ordinal {
                    self.push(i, i + 1, "ord", BARE, Sem::Num(f64::from(n)), out);
                } else if next == "." && t.glued(i + 1) && suffix.is_empty() {
                    self.push(i, i + 2, "ord", BARE, Sem::Num(f64::from(n)), out);
                }
            }
        }
    }
}
