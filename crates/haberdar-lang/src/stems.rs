//! Stems of single words, for searching: what `görüştü`, `görüşecek` and `görüşmek`, or `met` and `meeting`, have in common.
//!
//! No sentence is looked at and no model is asked, so that a word of a query gives what the same word of a text gives.
//! Turkish stems come from the morphology; English ones are what is left without the ending, which need not be a word.

use std::sync::LazyLock;

use haberdar_model::Language;
use rustc_hash::FxHashMap;

use crate::{
    casing,
    tokenize::is_apostrophe,
    turkish::{Morphology, Reading},
    word::normal_chars,
};

static TURKISH: LazyLock<Morphology> = LazyLock::new(Morphology::new);

/// Lemmas of irregular English forms.
static IRREGULAR: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
    let rows = include_str!("../../../data/lang/en/irregular.tsv").lines().filter(|l| !l.starts_with('#'));
    let rows = rows.filter_map(|l| l.split_once('\t'));
    rows.flat_map(|(lemma, forms)| forms.trim_end().split('|').map(move |f| (f, lemma))).collect()
});

/// English words that only look as if they had an ending.
const WHOLE: &[&str] =
    &["news", "this", "his", "its", "was", "has", "does", "yes", "us", "as", "is", "united", "during", "morning"];

/// What is known of a word for searching.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stems {
    /// Bytes of the word that are its name without a suffix behind an apostrophe; the whole word where there is none.
    pub name: usize,
    /// Its stems in lower case, the likeliest first; none where the word is not known. A second one is the verb below a
    /// noun that could also be a form of it (`görüşme`, `görüş`).
    pub stems: Vec<String>,
}

/// The stems of a word as it is written.
pub fn stems(word: &str, lang: Language) -> Stems {
    match lang {
        Language::Tr => turkish(word),
        Language::En => english(word),
    }
}

fn whole(word: &str, stems: Vec<String>) -> Stems {
    Stems { name: word.len(), stems }
}

fn turkish(word: &str) -> Stems {
    if word.bytes().any(|b| b.is_ascii_digit()) && !word.contains(is_apostrophe) {
        return whole(word, Vec::new());
    }
    let mut normal = Vec::new();
    normal_chars(word, Language::Tr, &mut normal);
    let readings = TURKISH.readings(&normal);
    if let Some(at) = word.rfind(is_apostrophe).filter(|at| *at > 0) {
        return if readings.is_empty() { whole(word, Vec::new()) } else { Stems { name: at, stems: Vec::new() } };
    }
    let lemma = |r: &Reading| normal[..normal.len() - r.cut].iter().collect::<String>() + &r.add;
    let mut known = readings.iter().filter(|r| !matches!(r.class, b'?' | b'!'));
    let Some(first) = known.next() else { return whole(word, Vec::new()) };
    let mut stems = vec![lemma(first)];
    stems.extend(known.filter(|r| r.class == b'v').map(lemma).find(|s| *s != stems[0]));
    whole(word, stems)
}

fn english(word: &str) -> Stems {
    let mut name = word.len();
    if let Some(at) = word.rfind(is_apostrophe).filter(|at| *at > 0) {
        let rest: String = word[at..].chars().skip(1).collect();
        if rest.is_empty() || rest.eq_ignore_ascii_case("s") {
            name = at;
        } else {
            return whole(word, Vec::new());
        }
    }
    let low = casing::lower(&word[..name], Language::En);
    if low.len() < 3 || !low.bytes().all(|b| b.is_ascii_lowercase()) || WHOLE.contains(&low.as_str()) {
        return Stems { name, stems: Vec::new() };
    }
    let base = IRREGULAR.get(low.as_str()).copied().unwrap_or(&low);
    Stems { name, stems: vec![ending_off(base)] }
}

/// Verbs in -ee, whose past is theirs with a d.
const EE: [&str; 6] = ["agree", "disagree", "guarantee", "free", "decree", "referee"];

/// A regular English form without its ending: `-s`, `-ed`, `-ing`, the doubled consonant and the mute `e` before them, `y` as `i`.
fn ending_off(word: &str) -> String {
    let vowel = |s: &str| s.bytes().any(|b| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y'));
    let long = |s: &&str| s.len() > 2 && vowel(s);
    let word = word.strip_suffix('s').filter(|s| s.ends_with("ing")).unwrap_or(word);
    // "agreed" is agree + d, "need" is no form of "nee".
    let word = word.strip_suffix('d').filter(|s| EE.contains(s)).unwrap_or(word);
    let mut stem = word;
    if let Some(s) = word.strip_suffix("ies").or_else(|| word.strip_suffix("ied")).filter(long) {
        return format!("{s}i");
    }
    let mut verb = false;
    if let Some(s) = word.strip_suffix("ing").or_else(|| word.strip_suffix("ed")).filter(|s| s.len() > 1 && vowel(s)) {
        (stem, verb) = (s, true);
    } else if let Some(s) =
        ["sses", "shes", "ches", "xes", "zes"].iter().find_map(|e| word.ends_with(e).then(|| &word[..word.len() - 2]))
    {
        stem = s;
    } else if let Some(s) = word.strip_suffix('s').filter(|s| long(s) && !s.ends_with(['s', 'u', 'i'])) {
        stem = s;
    }
    let b = stem.as_bytes();
    let doubled =
        b.len() > 3 && b[b.len() - 1] == b[b.len() - 2] && !matches!(b[b.len() - 1], b'l' | b's' | b'z' | b'e' | b'o' | b'f');
    if verb && doubled {
        stem = &stem[..stem.len() - 1];
    }
    if stem.len() > 3 {
        stem = stem.strip_suffix('e').unwrap_or(stem);
    }
    match stem.strip_suffix('y') {
        Some(s) if s.len() > 2 && !s.ends_with(['a', 'e', 'o', 'u']) => format!("{s}i"),
        _ => stem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn share(words: &[&str], lang: Language) {
        let first = stems(words[0], lang).stems;
        for w in words {
            let s = stems(w, lang).stems;
            assert!(first.first().is_some_and(|f| s.contains(f)), "{} {first:?}, {w} {s:?}", words[0]);
        }
    }

    #[test]
    fn forms_of_a_word_have_a_stem_in_common() {
        share(&["görüştü", "görüşecek", "görüşmek", "GÖRÜŞTÜLER", "görüşmeler"], Language::Tr);
        share(&["ihracatı", "ihracat", "ihracatının"], Language::Tr);
        share(&["kitap", "kitabını", "kitapları"], Language::Tr);
        share(&["yaptırım", "yaptırımlar", "yaptırımların"], Language::Tr);
        share(&["meet", "met", "meets", "meeting", "meetings"], Language::En);
        share(&["country", "countries", "country's"], Language::En);
        share(&["impose", "imposed", "imposing", "imposes"], Language::En);
        share(&["agree", "agreed", "agrees"], Language::En);
        share(&["sanction", "sanctions", "sanctioned"], Language::En);
        share(&["ban", "bans", "banned", "banning"], Language::En);
    }

    #[test]
    fn words_that_only_look_alike_stay_apart() {
        let first = |w: &str, l| stems(w, l).stems.first().cloned().unwrap_or_else(|| w.to_owned());
        for (a, b, lang) in [
            ("yardım", "yardı", Language::Tr),
            ("savaş", "savunma", Language::Tr),
            ("thing", "the", Language::En),
            ("business", "busy", Language::En),
            ("news", "new", Language::En),
            ("crisis", "cris", Language::En),
        ] {
            assert_ne!(first(a, lang), first(b, lang), "{a} {b}");
        }
    }

    #[test]
    fn a_suffix_behind_an_apostrophe_is_no_part_of_the_name() {
        for (word, lang, name) in [
            ("Kıbrıs'ın", Language::Tr, "Kıbrıs"),
            ("NATO’nun", Language::Tr, "NATO"),
            ("2024'te", Language::Tr, "2024"),
            ("Kur'an", Language::Tr, "Kur'an"),
            ("Russia's", Language::En, "Russia"),
            ("O'Brien", Language::En, "O'Brien"),
        ] {
            assert_eq!(&word[..stems(word, lang).name], name);
        }
    }

    proptest! {
        #[test]
        fn any_word_has_a_name(word in "\\PC{1,20}") {
            for lang in Language::ALL {
                let s = stems(&word, lang);
                prop_assert!(s.name > 0 && word.is_char_boundary(s.name));
            }
        }
    }
}
