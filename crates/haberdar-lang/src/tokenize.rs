//! Text into tokens, by rule.
//!
//! White space always separates. Inside a run without white space (`Scanner::chunk`) punctuation is cut off, except
//! where it belongs to the word: addresses, decimals, dates, abbreviations, initials, ordinals (`3. kez`), the Turkish
//! suffix behind an apostrophe (`NATO'nun`) or behind a closing quotation mark (`"Sonat"ını`), English clitics, which
//! the splitting of words treats later.

use std::sync::LazyLock;

use haberdar_model::Language;
use rustc_hash::FxHashMap;

use crate::{casing, linear::hash_chars};

/// A token with what is known of the white space around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// Byte behind the last.
    pub end: u32,
    /// White space in front of it.
    pub before: Gap,
}

/// White space between two tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// None.
    None,
    /// Blanks within a line.
    Space,
    /// A line break.
    Line,
    /// An empty line, or the start of the text.
    Paragraph,
}

/// What may follow an abbreviation's full stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follows {
    /// A name or noun: never a sentence end.
    Name,
    /// A number.
    Number,
    /// Anything, also the end of the sentence.
    Any,
}

/// The abbreviations of a language.
#[derive(Debug)]
pub struct Abbreviations(FxHashMap<u32, (Follows, bool)>);

impl Abbreviations {
    /// The list of the language.
    pub fn new(lang: Language) -> Abbreviations {
        let table = match lang {
            Language::Tr => include_str!("../../../data/lang/tr/abbreviations.tsv"),
            Language::En => include_str!("../../../data/lang/en/abbreviations.tsv"),
        };
        let rows = table.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
        Abbreviations(
            rows.map(|(word, follows)| {
                let follows = match follows.trim() {
                    "name" => Follows::Name,
                    "number" => Follows::Number,
                    _ => Follows::Any,
                };
                let capital = word.starts_with(char::is_uppercase);
                (hash_chars(word.chars().map(|c| casing::lower_char(c, lang))), (follows, capital))
            })
            .collect(),
        )
    }

    /// What follows the abbreviation, which is given without its full stop.
    pub fn get(&self, word: &str, lang: Language) -> Option<Follows> {
        self.of(word.chars(), lang)
    }

    fn of(&self, word: impl Iterator<Item = char>, lang: Language) -> Option<Follows> {
        let mut word = word.filter(|&c| c != '\u{307}').peekable();
        let capital = word.peek().is_some_and(|c| c.is_uppercase());
        let &(follows, only_capital) = self.0.get(&hash_chars(word.map(|c| casing::lower_char(c, lang))))?;
        (capital || !only_capital).then_some(follows)
    }
}

/// True for characters that Python's and Rust's idea of white space cover, and for invisible separators.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}' | '\u{200b}' | '\u{feff}')
}

/// All spellings of the apostrophe.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '´' | '`' | '＇')
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || is_mark(c)
}

/// Combining marks, joiners and the soft hyphen belong to the letter in front.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{ad}' | '\u{fe0f}')
}

const HYPHENS: [char; 3] = ['-', '‐', '‑'];

/// English prefixes that keep their hyphen; elsewhere a hyphen between letters is a token.
const EN_PREFIXES: &[&str] = &[
    "e", "co", "non", "pre", "post", "anti", "pro", "re", "ex", "multi", "mid", "semi", "sub", "un", "over", "inter", "cross",
    "ultra", "self/", "vice/", "bi", "tri", "counter", "micro", "mini", "neo", "mega", "quasi", "trans", "intra", "extra", "de",
    "x",
];

/// Units that are cut from the number in front: `5kg`, `7pm`.
const EN_UNITS: &[&str] =
    &["am", "pm", "kg", "km", "m", "mm", "cm", "lb", "lbs", "k", "bn", "b", "mph", "hrs", "ft", "mg", "ml", "gb", "mb", "mw"];

/// Extensions of file names, which stay whole.
const FILES: &[&str] =
    &["pdf", "doc", "docx", "xls", "xlsx", "htm", "html", "txt", "jpg", "jpeg", "png", "gif", "zip", "ppt", "mp3", "mp4", "exe"];

const EMOTICONS: &[&str] =
    &[":)", ":-)", ";)", ";-)", ":(", ":-(", ":D", ":-D", ":P", ":p", ":/", ";D", "<3", ":'(", "=)", ":))", ":)))", ":]", ":|"];

/// Cuts a text into tokens.
pub fn tokenize(text: &str, lang: Language, abbreviations: &Abbreviations) -> Vec<Token> {
    let mut s = Scanner {
        text,
        lang,
        abbreviations,
        out: Vec::with_capacity(text.len() / 6 + 1),
        chars: Vec::new(),
        gap: Gap::Paragraph,
    };
    let mut start = None;
    let mut breaks = 0;
    for (i, c) in text.char_indices() {
        if is_space(c) {
            if let Some(from) = start.take() {
                s.chunk(from, i);
                (s.gap, breaks) = (Gap::Space, 0);
            }
            if matches!(c, '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
                || (c == '\r' && !text[i + 1..].starts_with('\n'))
            {
                breaks += if matches!(c, '\u{c}' | '\u{2029}') { 2 } else { 1 };
            }
            if !s.out.is_empty() {
                s.gap = match breaks {
                    0 => Gap::Space,
                    1 => Gap::Line,
                    _ => Gap::Paragraph,
                };
            }
        } else if start.is_none() {
            start = Some(i);
        }
    }
    if let Some(from) = start {
        s.chunk(from, text.len());
    }
    s.out
}

struct Scanner<'a> {
    text: &'a str,
    lang: Language,
    abbreviations: &'a Abbreviations,
    out: Vec<Token>,
    chars: Vec<(u32, char)>,
    gap: Gap,
}

impl Scanner<'_> {
    fn push(&mut self, start: usize, end: usize) {
        if start < end {
            self.out.push(Token { start: start as u32, end: end as u32, before: self.gap });
            self.gap = Gap::None;
        }
    }

    /// Cuts the text between two white spaces.
    fn chunk(&mut self, from: usize, to: usize) {
        let chunk = &self.text[from..to];
        if chunk.bytes().all(|b| b.is_ascii_alphabetic()) || EMOTICONS.contains(&chunk) {
            return self.push(from, to);
        }
        let mut chars = std::mem::take(&mut self.chars);
        chars.clear();
        chars.extend(chunk.char_indices().map(|(i, c)| ((from + i) as u32, c)));
        let at = |i: usize| chars.get(i).map_or(to, |&(b, _)| b as usize);
        let mut i = 0;
        // An address may stand behind opening punctuation, or be looked for once in the chunk: never at every position.
        let mut address_tried = false;
        while i < chars.len() {
            let c = chars[i].1;
            if !address_tried && (is_word(c) || c == '@' || c == '#') {
                address_tried = true;
                if let Some(n) = address(&chars[i..]) {
                    let n = n + suffix(&chars[i + n..], self.lang);
                    self.push(at(i), at(i + n));
                    i += n;
                    continue;
                }
            }
            let n = if is_word(c) { self.word(&chars, i, to) } else { symbol(&chars[i..], self.lang) };
            let mut end = i + n.max(1);
            if is_word(c) && chars[end - 1].1 == '.' {
                end += suffix(&chars[end..], self.lang);
            }
            // A Turkish suffix behind a closing quotation mark belongs to the quoted word: "Sonat"ını.
            if self.lang == Language::Tr && is_word(c) && chars.get(end).is_some_and(|&(_, q)| matches!(q, '"' | '”' | '»')) {
                let suffix = chars[end + 1..].iter().take_while(|(_, l)| l.is_lowercase()).count();
                let closed = chars.get(end + 1 + suffix).is_none_or(|&(_, l)| !is_word(l));
                if (1..=8).contains(&suffix) && closed {
                    end += 1 + suffix;
                }
            }
            if is_word(c) {
                self.word_pieces(&chars, i, end, to);
            } else {
                self.push(at(i), at(end));
            }
            // "A Name"<mail@host.org>
            address_tried &= c != '<';
            i = end;
        }
        self.chars = chars;
    }

    /// Number of characters of the word that starts at `i`.
    fn word(&self, chars: &[(u32, char)], i: usize, to: usize) -> usize {
        let get = |k: usize| chars.get(k).map(|&(_, c)| c);
        let mut j = i;
        loop {
            while get(j).is_some_and(is_word) {
                j += 1;
            }
            let (Some(joint), next) = (get(j), get(j + 1)) else { break };
            let (last, next_word) = (chars[j - 1].1, next.is_some_and(is_word));
            let next_digit = next.is_some_and(|c| c.is_ascii_digit());
            let keeps = match joint {
                c if is_apostrophe(c) => next_word,
                '.' => next_word && self.keeps_dot(chars, i, j),
                ',' => last.is_ascii_digit() && next_digit && thousands_or_decimal(&chars[j + 1..]),
                ':' => last.is_ascii_digit() && next_digit,
                '/' => last.is_ascii_digit() && next_digit || self.lang == Language::En && slashed_letters(&chars[i..]),
                '&' => next_word && last.is_uppercase() && next.is_some_and(char::is_uppercase),
                '@' => next_word,
                c if HYPHENS.contains(&c) => next_word && self.keeps_hyphen(chars, i, j),
                _ => false,
            };
            if !keeps {
                break;
            }
            j += 1;
        }
        if self.lang == Language::En
            && get(j).is_some_and(is_apostrophe)
            && matches!(chars[j - 1].1, 's' | 'S')
            && self.is_possessive(chars, j)
        {
            return j + 1 - i;
        }
        if get(j) == Some('.') && get(j + 1) != Some('.') && self.takes_final_dot(chars, i, j, to) {
            j += 1;
        }
        j - i
    }

    /// A full stop between two word characters: decimals, times, `U.S`, `G.Saray`, `odtu.edu.tr`; not `bitti.Sonra`.
    fn keeps_dot(&self, chars: &[(u32, char)], i: usize, j: usize) -> bool {
        let (last, next) = (chars[j - 1].1, chars[j + 1].1);
        if last.is_ascii_digit() || next.is_ascii_digit() {
            // 1.Lig and 32.Gün are an ordinal and a noun.
            return last.is_ascii_digit() && (next.is_ascii_digit() || chars[i].1.is_ascii_digit() && !next.is_uppercase());
        }
        let extension: String =
            chars[j + 1..].iter().take(5).map(|&(_, c)| c).take_while(|c| c.is_ascii_alphanumeric()).collect();
        if FILES.contains(&extension.to_ascii_lowercase().as_str()) {
            return true;
        }
        let piece = chars[i..j].iter().rev().take_while(|(_, c)| *c != '.').count();
        let next_piece = chars[j + 1..].iter().take(2).take_while(|(_, c)| c.is_alphanumeric()).count();
        // Initials and abbreviations of single letters.
        piece == 1 && (next_piece == 1 || last.is_uppercase() && next.is_uppercase() && self.lang == Language::Tr)
            || piece <= 2 && next_piece == 1
    }

    /// An apostrophe behind `s`: the mark of the genitive unless a quotation is open.
    fn is_possessive(&self, chars: &[(u32, char)], j: usize) -> bool {
        let closed = chars.get(j + 1).is_none_or(|&(_, c)| !is_word(c) && !is_apostrophe(c));
        let open =
            self.out.iter().rev().take(40).any(|t| matches!(&self.text[t.start as usize..t.end as usize], "'" | "‘" | "`"));
        closed && !open
    }

    /// A hyphen between two word characters.
    fn keeps_hyphen(&self, chars: &[(u32, char)], i: usize, j: usize) -> bool {
        let (last, next) = (chars[j - 1].1, chars[j + 1].1);
        if last.is_ascii_digit() && next.is_ascii_digit() {
            // Telephone numbers and dates have several hyphens; two numbers are a range.
            let groups = chars[i..].iter().take(24).take_while(|(_, c)| c.is_ascii_digit() || HYPHENS.contains(c));
            let groups = groups.filter(|(_, c)| HYPHENS.contains(c)).count();
            let digits = |cs: &[(u32, char)]| cs.iter().take(5).take_while(|(_, c)| c.is_ascii_digit()).count();
            return groups >= 2 || self.lang == Language::En && j - i == 3 && digits(&chars[j + 1..]) == 4;
        }
        let head: String = chars[i..j].iter().take(12).map(|&(_, c)| casing::lower_char(c, self.lang)).collect();
        let prefix = match self.lang {
            Language::Tr => head == "e",
            Language::En => EN_PREFIXES.contains(&head.as_str()),
        };
        match self.lang {
            // F-16, B-29, S-400, COVID-19, G-20; the English treebanks cut them, but not mid-2000s.
            Language::Tr if next.is_ascii_digit() => chars[i..j].iter().all(|(_, c)| c.is_uppercase()),
            _ => prefix,
        }
    }

    /// A full stop behind the word `i..j`, followed by white space or punctuation.
    fn takes_final_dot(&self, chars: &[(u32, char)], i: usize, j: usize, to: usize) -> bool {
        let word = &chars[i..j];
        if word.len() > 12 {
            return false;
        }
        let digits = word.iter().all(|(_, c)| c.is_ascii_digit());
        let tail = &chars[j + 1..];
        // The next word, as far as it can be seen.
        let mut rest = self.text[to..].chars();
        let broken = rest.by_ref().take_while(|&c| is_space(c)).take(80).any(|c| c == '\n');
        let next = match tail.first() {
            None => self.text[to..].chars().take(80).find(|&c| !is_space(c)),
            Some(&(_, c)) => Some(c).filter(|c| c.is_alphanumeric()),
        };
        let punctuation_follows =
            tail.first().is_some_and(|&(_, c)| matches!(c, ',' | ';' | ':' | '-' | '?' | '!' | ')' | '\'' | '’'));
        if digits || (self.lang == Language::Tr && is_roman(word)) {
            // Ordinals, of which English has none.
            let lower_follows = next.is_some_and(char::is_lowercase);
            let short = !digits || word.len() <= 2;
            return self.lang == Language::Tr
                && !broken
                && (punctuation_follows && tail[0].1 != ')' || lower_follows || short && next.is_some_and(char::is_uppercase));
        }
        if word.iter().any(|(_, c)| *c == '.') && !word[0].1.is_ascii_digit() {
            return word.iter().rev().take_while(|(_, c)| *c != '.').count() <= 2;
        }
        let listed = self.abbreviations.of(word.iter().map(|&(_, c)| c), self.lang);
        if word.len() == 1 && !(listed.is_some() && word[0].1.is_lowercase()) {
            let c = word[0].1;
            let numbered = self.lang == Language::En && next.is_some_and(|c| c.is_ascii_digit());
            return c.is_uppercase()
                && (next.is_some_and(char::is_uppercase) || numbered || punctuation_follows)
                && !(self.lang == Language::En && c == 'I');
        }
        match listed {
            Some(Follows::Number) => next.is_some_and(|c| c.is_ascii_digit()),
            Some(Follows::Name) => next.is_some_and(char::is_alphanumeric) || punctuation_follows,
            // Short words such as `min` or `no` are abbreviations only where the text goes on.
            Some(Follows::Any) => punctuation_follows || next.is_some(),
            None => false,
        }
    }

    /// Pushes the word, with units cut from numbers (`5kg`) in English.
    fn word_pieces(&mut self, chars: &[(u32, char)], i: usize, end: usize, to: usize) {
        let at = |k: usize| chars.get(k).map_or(to, |&(b, _)| b as usize);
        if self.lang == Language::En && chars[i].1.is_ascii_digit() {
            let digits = chars[i..end].iter().take_while(|(_, c)| c.is_ascii_digit() || matches!(c, '.' | ',' | ':')).count();
            if digits < end - i && end - i - digits <= 3 {
                let unit: String = chars[i + digits..end].iter().map(|&(_, c)| c.to_ascii_lowercase()).collect();
                if EN_UNITS.contains(&unit.as_str()) {
                    self.push(at(i), at(i + digits));
                    return self.push(at(i + digits), at(end));
                }
            }
        }
        self.push(at(i), at(end));
    }
}

fn is_roman(word: &[(u32, char)]) -> bool {
    word.len() <= 6 && word.iter().all(|(_, c)| matches!(c, 'I' | 'V' | 'X' | 'L'))
}

/// `2,000` and `11,7` are numbers; `13,14` behind a bracket is not told apart and stays whole.
fn thousands_or_decimal(rest: &[(u32, char)]) -> bool {
    let digits = rest.iter().take(9).take_while(|(_, c)| c.is_ascii_digit()).count();
    (1..=8).contains(&digits)
}

/// `c/o`, `w/o`, `n/a`: single letters around a slash.
fn slashed_letters(word: &[(u32, char)]) -> bool {
    let c = |k: usize| word.get(k).map(|&(_, c)| c);
    c(0).is_some_and(char::is_alphabetic)
        && c(1) == Some('/')
        && c(2).is_some_and(char::is_alphabetic)
        && !c(3).is_some_and(|c| c.is_alphanumeric() || c == '/')
}

/// Length of the suffix behind an apostrophe at the start of `chars`: `A.Ş.'de`, `aa.com.tr'nin`, `U.S.'s`.
fn suffix(chars: &[(u32, char)], lang: Language) -> usize {
    if !chars.first().is_some_and(|&(_, c)| is_apostrophe(c)) {
        return 0;
    }
    let n = chars[1..].iter().take_while(|(_, c)| c.is_lowercase()).count();
    let closed = chars.get(1 + n).is_none_or(|&(_, c)| !is_word(c));
    let known = match lang {
        Language::Tr => (1..=10).contains(&n),
        Language::En => n == 1 && chars[1].1 == 's',
    };
    if known && closed { 1 + n } else { 0 }
}

/// True for a host by its last label, or by three labels in lower case (`alt.politics.usa`).
fn is_host(host: &str) -> bool {
    static ENDS: LazyLock<FxHashMap<&str, bool>> = LazyLock::new(|| {
        let rows = include_str!("../../../data/lang/domains.tsv").lines().filter(|l| !l.starts_with('#'));
        rows.filter_map(|l| l.split_once('\t')).map(|(end, case)| (end, case == "any")).collect()
    });
    let Some((front, last)) = host.rsplit_once('.') else { return false };
    let lower = !host.contains(char::is_uppercase);
    let labels = || host.split('.');
    let named = front.len() >= 2 && host.len() > 4 && labels().all(|l| !l.is_empty());
    let country = last == "tr" && labels().count() >= 3;
    let known = country || ENDS.get(last.to_ascii_lowercase().as_str()).is_some_and(|&any| any || lower);
    let deep = lower && labels().count() >= 3 && labels().all(|l| l.len() >= 2 && l.bytes().any(|b| b.is_ascii_lowercase()));
    named && (known || deep)
}

/// Length of a web or mail address, a mention or a hashtag at the start of `chars`.
fn address(chars: &[(u32, char)]) -> Option<usize> {
    let starts = |p: &str| p.chars().enumerate().all(|(i, c)| chars.get(i).is_some_and(|&(_, d)| d.eq_ignore_ascii_case(&c)));
    let tag = matches!(chars[0].1, '@' | '#') && chars.get(1).is_some_and(|&(_, c)| c.is_alphabetic());
    if tag {
        let n = 1 + chars[1..].iter().take_while(|(_, c)| is_word(*c)).count();
        return Some(n);
    }
    let is_url = starts("http://") || starts("https://") || starts("www.") || starts("ftp://");
    let limit = chars.len();
    let mut n = if is_url {
        chars.iter().take_while(|(_, c)| !matches!(c, '"' | '<' | '>' | '“' | '”' | '’' | '…')).count()
    } else {
        let body =
            chars.iter().take_while(|(_, c)| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@' | '+' | '/')).count();
        let text: String = chars[..body.min(120)].iter().map(|&(_, c)| c.to_ascii_lowercase()).collect();
        let mail = text.find('@').is_some_and(|p| p > 0 && text[p + 1..].contains('.') && text.len() > p + 3);
        let host = chars[..body.min(120)].iter().map(|&(_, c)| c).take_while(|&c| c != '/').collect::<String>();
        let domain = !host.contains('@') && is_host(host.trim_end_matches(['.', '-']));
        if mail || domain { body } else { return None }
    };
    while n > 0 && matches!(chars[n - 1].1, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '\'' | '-') {
        n -= 1;
    }
    (n > 0 && n <= limit).then_some(n)
}

/// Length of the punctuation token at the start of `chars`.
fn symbol(chars: &[(u32, char)], lang: Language) -> usize {
    let c = chars[0].1;
    let run = |f: &dyn Fn(char) -> bool| chars.iter().take_while(|(_, d)| f(*d)).count();
    match c {
        // The Turkish treebank writes a full stop and the closing mark behind it as one token.
        '.' if lang == Language::Tr && chars.len() == 2 && matches!(chars[1].1, '"' | '”' | '’' | '\'' | ')' | '»') => 2,
        '.' => run(&|d| d == '.'),
        '!' | '?' => run(&|d| matches!(d, '!' | '?')),
        '-' | '*' | '=' | '_' | '~' | '+' | '<' | '>' | '#' | '$' => run(&|d| d == c),
        '\'' | '`' if chars.get(1).is_some_and(|&(_, d)| d == c) => 2,
        // '02, 'em: an apostrophe in front of a digit belongs to the year.
        '\'' | '’' if lang == Language::En && chars.len() >= 3 && chars[1].1.is_ascii_digit() && chars[2].1.is_ascii_digit() => {
            1 + chars[1..].iter().take_while(|(_, d)| d.is_ascii_alphanumeric()).count()
        }
        _ if is_mark(c) => run(&is_mark),
        _ => 1 + chars[1..].iter().take_while(|(_, d)| is_mark(*d)).count(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tokens(text: &str, lang: Language) -> String {
        let t = tokenize(text, lang, &Abbreviations::new(lang));
        t.iter().map(|t| &text[t.start as usize..t.end as usize]).collect::<Vec<_>>().join(" | ")
    }

    #[track_caller]
    fn tr(text: &str, want: &str) {
        assert_eq!(tokens(text, Language::Tr), want);
    }

    #[track_caller]
    fn en(text: &str, want: &str) {
        assert_eq!(tokens(text, Language::En), want);
    }

    #[test]
    fn a_turkish_suffix_stays_in_its_token() {
        tr("NATO'nun, Lavrov’un 2023'te", "NATO'nun | , | Lavrov’un | 2023'te");
        tr("\"Sonat\"ını çaldı.", "\" | Sonat\"ını | çaldı | .");
        tr("'Evde kal' dedi", "' | Evde | kal | ' | dedi");
    }

    #[test]
    fn numbers_and_ordinals() {
        tr("3. kez 19. yüzyılda 11,7'ye indi.", "3. | kez | 19. | yüzyılda | 11,7'ye | indi | .");
        tr("II. Abdülhamit 12.05.2020'de saat 19.00'da", "II. | Abdülhamit | 12.05.2020'de | saat | 19.00'da");
        tr("Yıl 1999. Sonra bitti.", "Yıl | 1999 | . | Sonra | bitti | .");
        en("It cost $2,000.50 at 5:30pm.", "It | cost | $ | 2,000.50 | at | 5:30 | pm | .");
    }

    #[test]
    fn abbreviations_and_initials() {
        tr("Prof. Dr. A. Yılmaz vb. geldi.", "Prof. | Dr. | A. | Yılmaz | vb. | geldi | .");
        tr("M.Ö. 5. yüzyıl", "M.Ö. | 5. | yüzyıl");
        en("Mr. Smith of the U.S. met J. Doe, No. 5.", "Mr. | Smith | of | the | U.S. | met | J. | Doe | , | No. | 5 | .");
    }

    #[test]
    fn addresses_stay_whole() {
        en(
            "See https://example.com/a?b=c, or mail a.b@c.org.",
            "See | https://example.com/a?b=c | , | or | mail | a.b@c.org | .",
        );
        tr("(www.ntv.com.tr)", "( | www.ntv.com.tr | )");
        en("\"Doe\"<j...@mail.com>", "\" | Doe | \" | < | j...@mail.com | >");
        tr("@haberdar #gündem", "@haberdar | #gündem");
    }

    #[test]
    fn datelines_hyphens_and_dots() {
        tr("ANKARA (AA) - Türk-Yunan S-400 e-posta...", "ANKARA | ( | AA | ) | - | Türk | - | Yunan | S-400 | e-posta | ...");
        en("Al-Zaman's non-stop and/or mother-in-law", "Al | - | Zaman's | non-stop | and | / | or | mother | - | in | - | law");
        tr("bitti.Sonra", "bitti | . | Sonra");
    }

    #[test]
    fn gaps_are_told() {
        let text = "a b\nc\n\nd e\u{a0}f";
        let t = tokenize(text, Language::En, &Abbreviations::new(Language::En));
        let gaps: Vec<Gap> = t.iter().map(|t| t.before).collect();
        assert_eq!(gaps, [Gap::Paragraph, Gap::Space, Gap::Line, Gap::Paragraph, Gap::Space, Gap::Space]);
    }

    proptest! {
        #[test]
        fn tokens_are_in_order_and_cover_everything_but_white_space(text in "(\\PC|[a-zğüşıöçİ .,'\"’\\-\n0-9@:/]){0,60}") {
            for lang in Language::ALL {
                let mut last = 0;
                for t in tokenize(&text, lang, &Abbreviations::new(lang)) {
                    let (start, end) = (t.start as usize, t.end as usize);
                    prop_assert!(start >= last && end > start);
                    prop_assert!(text[last..start].chars().all(is_space));
                    prop_assert!(!text[start..end].chars().any(is_space));
                    last = end;
                }
                prop_assert!(text[last..].chars().all(is_space));
            }
        }
    }
}
