//! Folding: one form for all the ways in which a name is cased and accented, with the way back to the text.

use any_ascii::any_ascii_char;

/// A text in folded form. `at[i]` is the byte of the original text where folded byte `i` comes from; one more entry at
/// the end holds the length of the text.
///
/// Letters become lower-case ASCII (so `İ`, `I`, `ı` and `i` are one letter), runs of white space and the hyphen inside
/// a word become one space, all apostrophes become `'`. A blank line, a dash and other breaks become `\n`, which no name
/// contains, so that nothing is found across them.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    pub(crate) bytes: Vec<u8>,
    pub(crate) at: Vec<u32>,
}

/// True for the bytes of a folded text that belong to a word.
pub(crate) fn is_word(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b >= 0x80
}

/// True for the characters that are written as an apostrophe.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '´' | '`' | '′' | 'ʽ' | 'ʿ' | 'ʾ')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—')
}

/// Calls `push` with each byte of the folded form of a letter or digit.
fn fold_letter(c: char, mut push: impl FnMut(u8)) {
    match c {
        'ç' | 'Ç' => push(b'c'),
        'ğ' | 'Ğ' => push(b'g'),
        'ı' | 'İ' => push(b'i'),
        'ö' | 'Ö' => push(b'o'),
        'ş' | 'Ş' => push(b's'),
        'ü' | 'Ü' => push(b'u'),
        // Combining marks vanish, so that decomposed text folds like composed text.
        '\u{300}'..='\u{36f}' => {}
        '\u{80}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => {
            any_ascii_char(c).bytes().filter(u8::is_ascii_alphanumeric).for_each(|b| push(b.to_ascii_lowercase()));
        }
        // Other scripts hold no name of the tables; one byte keeps the word together.
        _ => push(0xff),
    }
}

impl Folded {
    /// Folds a text.
    pub(crate) fn new(text: &str) -> Self {
        let mut f = Folded { bytes: Vec::with_capacity(text.len() + 8), at: Vec::with_capacity(text.len() + 9) };
        fold(text, &mut f);
        f.at.push(text.len() as u32);
        f
    }
}

/// Where folded bytes go.
trait Sink {
    /// A byte, and the byte of the original text where it comes from.
    fn push(&mut self, b: u8, at: usize);
    /// The byte before.
    fn before(&self) -> Option<u8>;
}

impl Sink for Folded {
    fn push(&mut self, b: u8, at: usize) {
        self.bytes.push(b);
        self.at.push(at as u32);
    }

    fn before(&self) -> Option<u8> {
        self.bytes.last().copied()
    }
}

/// The folded form without the way back.
impl Sink for Vec<u8> {
    fn push(&mut self, b: u8, _: usize) {
        self.push(b);
    }

    fn before(&self) -> Option<u8> {
        self.last().copied()
    }
}

fn fold(text: &str, out: &mut impl Sink) {
    let raw = text.as_bytes();
    let mut i = 0;
    while let Some(&b) = raw.get(i) {
        if b.is_ascii_alphanumeric() {
            out.push(b.to_ascii_lowercase(), i);
            i += 1;
        } else if b == b' ' && raw.get(i + 1).is_some_and(u8::is_ascii_graphic) {
            // The usual blank between two words.
            out.push(b, i);
            i += 1;
        } else if b.is_ascii() && !b.is_ascii_whitespace() && !matches!(b, b'-' | b'`' | b'\'') {
            out.push(b, i);
            i += 1;
        } else {
            i = fold_other(text, i, out);
        }
    }
}

/// Folds what is no plain ASCII letter or mark; returns where to go on.
fn fold_other(text: &str, i: usize, out: &mut impl Sink) -> usize {
    let mut chars = text[i..].chars();
    let Some(c) = chars.next() else { return i + 1 };
    let next = i + c.len_utf8();
    if c.is_whitespace() {
        let run = &text[i..];
        let len = run.find(|c: char| !c.is_whitespace()).unwrap_or(run.len());
        let breaks = run[..len].bytes().filter(|b| *b == b'\n').count();
        out.push(if breaks > 1 { b'\n' } else { b' ' }, i);
        return i + len;
    }
    if is_hyphen(c) {
        let inside = out.before().is_some_and(is_word) && chars.next().is_some_and(char::is_alphanumeric);
        out.push(if inside { b' ' } else { b'\n' }, i);
    } else if is_apostrophe(c) {
        out.push(b'\'', i);
    } else if c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c) {
        fold_letter(c, |b| out.push(b, i));
    } else if !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}') {
        out.push(b'"', i);
    }
    next
}

/// The folded form of a name, without a map; the same as that of a text.
pub(crate) fn fold_name(name: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(name.len() + 8);
    fold_into(name, &mut out);
    out
}

/// The folded form of a name, put into an empty buffer.
pub(crate) fn fold_into(name: &str, out: &mut Vec<u8>) {
    fold(name.trim(), out);
}

/// Lower case by Turkish rules where `turkish`, else by the usual ones; one character for one.
pub(crate) fn lower(c: char, turkish: bool) -> char {
    match c {
        'I' if turkish => 'ı',
        'İ' => 'i',
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// A character without its diacritic, lower case; `None` for what is no letter or digit.
pub(crate) fn base(c: char) -> Option<u8> {
    let mut out = None;
    if c.is_ascii_alphanumeric() {
        return Some(c.to_ascii_lowercase() as u8);
    }
    if c.is_alphanumeric() {
        fold_letter(c, |b| out = out.or(Some(b)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(s: &str) -> String {
        String::from_utf8_lossy(&fold_name(s)).into_owned()
    }

    #[test]
    fn one_form_for_all_spellings() {
        assert_eq!(folded("İRAN"), folded("iran"));
        assert_eq!(folded("Kırgızistan"), "kirgizistan");
        assert_eq!(folded("Choe Son-hui"), "choe son hui");
        assert_eq!(folded("Côte d’Ivoire"), "cote d'ivoire");
        assert_eq!(folded("Rusya - Çin"), "rusya \n cin");
    }

    proptest! {
        #[test]
        fn the_map_leads_back(text in "\\PC{0,60}") {
            let f = Folded::new(&text);
            prop_assert_eq!(f.at.len(), f.bytes.len() + 1);
            prop_assert!(f.at.windows(2).all(|w| w[0] <= w[1]));
            prop_assert!(f.at.iter().all(|&i| text.is_char_boundary(i as usize)));
        }
    }
}
