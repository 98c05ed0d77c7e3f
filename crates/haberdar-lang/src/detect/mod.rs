//! Which language a text is written in.
//!
//! Every word votes for the languages it may belong to: words of grammar, words of the news, endings, what follows an
//! apostrophe, letters. The votes stand in tables under `data/lang/detect`, one a language: Turkish and English, the
//! neighbours of Turkish (Azerbaijani, Turkmen, Uzbek, Crimean Tatar, Gagauz, Kurdish) and other languages in Latin script.
//! Words are compared without the special letters of Turkish and in lower case, so that `TURKIYE ILE` and `Türkiye ile`
//! vote alike. The language with most votes wins if it has enough of them for the number of words and leads by enough; a
//! text whose words mostly say nothing (a table, a menu, names) is unknown.

mod tables;

use haberdar_model::Language;

use crate::casing;
use tables::{ENGLISH, LANGUAGES, LONGEST_ENDING, RELATIVES, TURKISH, Tables, VOICES, Votes, fold_char};

/// Words that are read; the rest of a long text adds nothing.
const ENOUGH: usize = 1500;
/// A line or cell with fewer words is no running text, unless a sentence ends there.
const SHORTEST_LINE: usize = 3;
/// Letters of a word whose ending is looked at, at least.
const SHORTEST_WORD: usize = 5;
/// Votes for each word that the language must have.
const SHARE: f32 = 0.45;
/// How far it must lead: times the votes of the next.
const LEAD: f32 = 1.12;
/// The same between Turkish and its relatives, which share most of its endings and are told by the rest.
const LEAD_OF_RELATIVES: f32 = 1.01;
/// Words that must vote for it by more than their letters.
const WITNESSES: u32 = 2;
/// What a number counts of a word.
const NUMBER: f32 = 0.3;

/// The language of the text; `None` where it is neither Turkish nor English or cannot be told.
pub fn detect(text: &str) -> Option<Language> {
    let mut count = Count::new(&VOICES);
    for line in text.split(['\n', '\t', '|', '•', '»', '›']) {
        if count.read >= ENOUGH {
            break;
        }
        count.line(line);
    }
    count.winner()
}

/// The votes so far.
struct Count<'a> {
    tables: &'a Tables,
    votes: [f32; LANGUAGES],
    witnesses: [u32; LANGUAGES],
    words: f32,
    read: usize,
    other_script: f32,
    /// The word at hand, folded; where each of its letters begins; its votes.
    folded: String,
    starts: Vec<usize>,
    here: [f32; LANGUAGES],
    spelt: [f32; LANGUAGES],
}

/// What a word looks like.
#[derive(Default)]
struct Shape {
    latin: bool,
    letters: bool,
    capital: bool,
    small: bool,
}

impl<'a> Count<'a> {
    fn new(tables: &'a Tables) -> Count<'a> {
        Count {
            tables,
            votes: [0.0; LANGUAGES],
            witnesses: [0; LANGUAGES],
            words: 0.0,
            read: 0,
            other_script: 0.0,
            folded: String::new(),
            starts: Vec::new(),
            here: [0.0; LANGUAGES],
            spelt: [0.0; LANGUAGES],
        }
    }

    /// The words of a line or cell vote.
    fn line(&mut self, line: &str) {
        let words = || line.split(|c: char| !c.is_alphanumeric() && !is_apostrophe(c)).filter(|w| !w.is_empty());
        let running = line.trim_end().ends_with(['.', '!', '?', '…', '"', '”'])
            || words().filter(|w| w.contains(char::is_alphabetic)).take(SHORTEST_LINE).count() == SHORTEST_LINE;
        let mut first = true;
        for word in words() {
            self.read += 1;
            if self.read > ENOUGH {
                break;
            }
            let shape = self.fold(word.trim_matches(is_apostrophe));
            if !shape.letters {
                self.words += NUMBER;
                continue;
            }
            self.words += 1.0;
            if !shape.latin {
                self.other_script += 1.0;
            } else if running {
                self.word(shape.capital && shape.small && !first);
            }
            first = false;
        }
    }

    /// Folds a word into the buffer; its letters vote.
    fn fold(&mut self, word: &str) -> Shape {
        self.folded.clear();
        self.starts.clear();
        self.here = [0.0; LANGUAGES];
        self.spelt = [0.0; LANGUAGES];
        let mut shape = Shape { capital: word.starts_with(char::is_uppercase), ..Shape::default() };
        let mut before = None;
        for c in word.chars().filter(|&c| c != '\u{307}') {
            let low = match c {
                'I' | 'İ' => 'i',
                c => casing::lower_char(c, Language::En),
            };
            let folded = fold_char(c);
            shape.letters |= c.is_alphabetic();
            shape.latin |= c.is_ascii_alphabetic() || ('\u{c0}'..'\u{250}').contains(&c) || ('\u{1e00}'..'\u{1f00}').contains(&c);
            shape.small |= c.is_lowercase();
            // A letter that English has too says nothing in a name.
            if c == 'İ' {
                most(&mut self.spelt, self.tables.letter.get(&(c, false)), 1.0);
            } else if !(c.is_ascii() && (shape.capital || !matches!(c, 'q' | 'w' | 'x' | 'j' | '\''))) {
                most(&mut self.spelt, self.tables.letter.get(&(low, false)), 1.0);
            }
            if folded == '\'' {
                most(&mut self.spelt, before.and_then(|b| self.tables.letter.get(&(b, true))), 1.0);
            }
            before = Some(folded);
            self.starts.push(self.folded.len());
            self.folded.push(folded);
        }
        shape
    }

    /// The word in the buffer votes; one that may be a name counts half.
    fn word(&mut self, name: bool) {
        let Count { tables, folded, starts, here, .. } = self;
        let part = if name { 0.5 } else { 1.0 };
        let (base, suffix) = folded.split_once('\'').map_or((&folded[..], None), |(b, s)| (b, Some(s)));
        most(here, tables.function.get(base), 1.0);
        most(here, tables.word.get(base), part);
        if let Some(suffix) = suffix {
            most(here, tables.suffix.get(suffix), 1.0);
            most(here, tables.function.get(&folded[..]), 1.0);
            most(here, tables.word.get(&folded[..]), part);
        } else if starts.len() >= SHORTEST_WORD {
            for &start in starts.iter().rev().take(LONGEST_ENDING.min(starts.len() - 2)) {
                most(here, tables.ending.get(&folded[start..]), part);
            }
        }
        for lang in 0..LANGUAGES {
            self.votes[lang] += self.here[lang] + self.spelt[lang];
            self.witnesses[lang] += u32::from(self.here[lang] >= 0.5);
        }
    }

    /// Who has won, if it is one of the two.
    fn winner(&self) -> Option<Language> {
        let (lang, language) =
            if self.votes[TURKISH] > self.votes[ENGLISH] { (TURKISH, Language::Tr) } else { (ENGLISH, Language::En) };
        let best = self.votes[lang];
        let beats = |other: usize| {
            let relatives = lang == TURKISH && RELATIVES.contains(&other);
            best > self.votes[other] * if relatives { LEAD_OF_RELATIVES } else { LEAD }
        };
        let leads = (0..LANGUAGES).filter(|&l| l != lang).all(beats);
        let clear = leads && best >= self.words * SHARE && self.witnesses[lang] >= WITNESSES;
        (clear && self.other_script * 2.0 < self.words).then_some(language)
    }
}

/// Raises the votes of a word to those of one thing that it shows.
fn most(here: &mut [f32; LANGUAGES], votes: Option<&Votes>, part: f32) {
    for &(lang, weight) in votes.into_iter().flatten() {
        let vote = &mut here[usize::from(lang)];
        *vote = vote.max(weight * part);
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '´' | '`')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, want: Option<Language>) {
        assert_eq!(detect(text), want, "{text}");
    }

    #[test]
    fn turkish_in_all_spellings() {
        for text in [
            "Dışişleri Bakanı, iki ülke arasındaki görüşmelerin sürdüğünü söyledi.",
            "DISISLERI BAKANI, IKI ULKE ARASINDAKI GORUSMELERIN SURDUGUNU SOYLEDI.",
            "Disisleri bakani iki ulke arasindaki gorusmelerin surdugunu soyledi",
            "MERKEZ BANKASI FAİZ KARARINI AÇIKLADI",
            "Cumhurbaşkanı Ankara'da heyeti kabul etti",
        ] {
            check(text, Some(Language::Tr));
        }
    }

    #[test]
    fn english() {
        check("The foreign minister said that talks between the two countries were going on.", Some(Language::En));
        check("US and China agree to resume trade talks", Some(Language::En));
    }

    #[test]
    fn neighbours_and_others_are_unknown() {
        for text in [
            "Azərbaycan Respublikasının Prezidenti ölkəyə rəsmi səfərə gəlib və danışıqlar aparıb.",
            "Türkmenistanyň Prezidenti bu gün döwlet baştutany bilen duşuşdy we gepleşik geçirdi.",
            "Serokê Kurdistanê li Hewlêrê bi şandeya biyanî re civiya û li ser pirsan axivî.",
            "O'zbekiston Prezidenti bugun xorijiy davlat rahbari bilan uchrashdi va muzokara o'tkazdi.",
            "Der Außenminister sagte, dass die Gespräche mit dem Nachbarland weitergehen und nicht enden.",
            "Le ministre a déclaré que les discussions dans la région se poursuivent pour la paix.",
            "Президент провёл переговоры с министром иностранных дел.",
            "12.05 14,50 EUR 3.200 USD 15.60",
            "",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn cells_and_names_say_nothing() {
        for text in [
            "Ana Sayfa | Gündem | Ekonomi | Spor | Yazarlar",
            "Home\nNews\nAbout us\nContact",
            "Ahmet Yılmaz, Mehmet Demir, Ayşe Kaya, Emre Yıldırım",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn the_bulk_of_a_mixed_text_decides() {
        let turkish = "Bakan, iki ülke arasındaki görüşmelerin sürdüğünü ve yakında sona ereceğini söyledi. ";
        let english = "The minister said that the talks between the two countries would soon come to an end. ";
        check(&format!("{}{english}", turkish.repeat(6)), Some(Language::Tr));
        check(&format!("{}{turkish}", english.repeat(6)), Some(Language::En));
        check(&format!("Ana Sayfa\nGündem\nSpor\n{turkish}"), Some(Language::Tr));
    }
}
