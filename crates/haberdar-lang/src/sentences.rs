//! Where sentences end.
//!
//! An empty line always ends one, and so does a line break unless the text is broken into lines of one width. Elsewhere
//! a trained model decides at every mark that may end a sentence.

use haberdar_model::Language;

use crate::{
    casing,
    linear::{Linear, feature, hash_chars},
    tokenize::{Abbreviations, Gap, Token},
};

/// Sentences longer than this are cut, so that time stays linear whatever the text.
pub const LONGEST: usize = 400;

/// What stands at a token, for the splitter.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    low: u32,
    suf: u32,
    class: u32,
    length: u32,
}

/// Looks at a token.
pub fn mark(form: &str, lang: Language, abbreviations: &Abbreviations) -> Mark {
    let mut chars = form.chars();
    let first = chars.next().unwrap_or(' ');
    let n = form.chars().count();
    let shape = crate::word::shape(form) as u32;
    let low: String = if n <= 30 { casing::lower(form, lang) } else { String::new() };
    let short = low.strip_suffix('.').filter(|s| !s.is_empty());
    let abbreviation = match short {
        None => 0,
        Some(s) => match abbreviations.get(s) {
            Some(f) => 1 + f as u32,
            None if s.chars().all(|c| c.is_ascii_digit()) => 5,
            None if s.chars().count() == 1 => 6,
            None => 7,
        },
    };
    let opens = matches!(first, '"' | '“' | '‘' | '«' | '(' | '[' | '\'' | '-' | '–' | '—' | '•' | '*');
    Mark {
        low: hash_chars(low.chars().map(|c| if c.is_ascii_digit() { '0' } else { c })),
        suf: hash_chars(low.chars().rev().take(3)),
        class: shape * 32 + abbreviation * 2 + opens as u32,
        length: (n as u32).min(4),
    }
}

/// True where a sentence may end behind the token, so that the model is asked.
pub fn may_end(form: &str) -> bool {
    form.ends_with(['.', '!', '?', '…', ':', ';', '"', '”', '’', '\'', ')', ']', '»', '*', '-', '–', '—'])
}

/// Features of an end behind token `i`. `since` is the number of tokens since the last end, `quotes` and `brackets` what
/// is open.
pub fn features(marks: &[Mark], i: usize, gap: Gap, since: usize, quotes: bool, brackets: bool, out: &mut Vec<u32>) {
    out.clear();
    let absent = Mark { low: 1, suf: 1, class: 1, length: 0 };
    let at = |k: isize| usize::try_from(i as isize + k).ok().and_then(|k| marks.get(k)).copied().unwrap_or(absent);
    let (m, p, q, n, o, r) = (at(0), at(-1), at(-2), at(1), at(2), at(3));
    let g = (gap != Gap::None) as u32;
    let open = quotes as u32 * 2 + brackets as u32;
    let length = match since {
        0..=3 => since as u32,
        4..=6 => 4,
        7..=12 => 5,
        13..=25 => 6,
        _ => 7,
    };
    out.extend([
        feature(600, &[m.low, g]),
        feature(601, &[m.low, n.class, g]),
        feature(602, &[m.low, n.low]),
        feature(603, &[m.low, p.class, n.class]),
        feature(604, &[m.low, p.low]),
        feature(605, &[m.low, p.low, n.class]),
        feature(606, &[m.low, n.class, o.class, g]),
        feature(607, &[m.low, open, n.class, g]),
        feature(608, &[m.low, length, n.class]),
        feature(609, &[m.low, p.suf]),
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
        feature(620, &[m.low, p.suf, n.class]),
    ]);
}

/// Cuts tokens into sentences: the index behind the last token of each.
pub fn sentences(text: &str, tokens: &[Token], lang: Language, abbreviations: &Abbreviations, weights: &Linear) -> Vec<usize> {
    let form = |i: usize| &text[tokens[i].start as usize..tokens[i].end as usize];
    let marks: Vec<Mark> = (0..tokens.len()).map(|i| mark(form(i), lang, abbreviations)).collect();
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
                let goes_on = casing::lower(form(i + 1), lang) == form(i + 1) && form(i + 1).starts_with(char::is_alphabetic);
                !goes_on || may_end(f) && !f.ends_with([':', ';', ',', '-', '–'])
            }
            // An aside within a sentence ("the Commission (EC) said") ends where it began: inside.
            _ if matches!(f, ")" | "]") && is_aside(i, from, &form) => false,
            _ if may_end(f) => {
                features(&marks, i, gap, i - from, quotes, brackets > 0, &mut buffer);
                let mut score = [0];
                weights.score(&buffer, &mut score);
                score[0] > 0
            }
            _ => false,
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
