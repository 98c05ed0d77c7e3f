//! Casing by language: in Turkish the capital of `i` is `İ` and that of `ı` is `I`. The standard library knows no
//! language and turns `İ` into two code points, so this module is used wherever words are compared.

use haberdar_model::Language;

/// One character in lower case. A character whose lower case has several code points stays as it is, so that a text
/// keeps its number of characters.
#[inline]
pub fn lower_char(c: char, lang: Language) -> char {
    match c {
        'a'..='z' => c,
        'I' if lang == Language::Tr => 'ı',
        'İ' => 'i',
        'A'..='Z' => c.to_ascii_lowercase(),
        _ if c.is_ascii() => c,
        _ => {
            let mut l = c.to_lowercase();
            match (l.next(), l.next()) {
                (Some(one), None) => one,
                _ => c,
            }
        }
    }
}

/// One character in upper case; see [`lower_char`].
#[inline]
pub fn upper_char(c: char, lang: Language) -> char {
    match c {
        'i' if lang == Language::Tr => 'İ',
        'ı' => 'I',
        _ if c.is_ascii() => c.to_ascii_uppercase(),
        _ => {
            let mut u = c.to_uppercase();
            match (u.next(), u.next()) {
                (Some(one), None) => one,
                _ => c,
            }
        }
    }
}

/// Lower case by language.
pub fn lower(s: &str, lang: Language) -> String {
    let mut out = String::with_capacity(s.len());
    out.extend(s.chars().filter(|&c| c != '\u{307}').map(|c| lower_char(c, lang)));
    out
}

/// Turkish lower case: `IŞIK` gives `ışık`, `İZMİR` gives `izmir`. A combining dot (as in a decomposed `İ`) is left out.
pub fn lower_tr(s: &str) -> String {
    lower(s, Language::Tr)
}

/// Turkish upper case.
pub fn upper_tr(s: &str) -> String {
    s.chars().map(|c| upper_char(c, Language::Tr)).collect()
}

/// The first letter in upper case, the rest as it is.
pub fn capitalize(s: &str, lang: Language) -> String {
    let mut cs = s.chars();
    cs.next().map(|c| upper_char(c, lang)).into_iter().chain(cs).collect()
}

/// A key for comparing words whatever the case, the apostrophe, the circumflex or the keyboard: Turkish lower case, then
/// `ç ğ ı ö ş ü â î û` as ASCII. `DIŞİŞLERİ`, `Dışişleri` and `disisleri` share one.
pub fn fold_tr(s: &str) -> String {
    s.chars().filter(|&c| c != '\u{307}').map(fold_char).collect()
}

/// One character of [`fold_tr`].
#[inline]
pub fn fold_char(c: char) -> char {
    match lower_char(c, Language::Tr) {
        'ç' => 'c',
        'ğ' => 'g',
        'ı' | 'î' => 'i',
        'ö' => 'o',
        'ş' => 's',
        'ü' | 'û' => 'u',
        'â' => 'a',
        '’' | '‘' | 'ʼ' | '´' | '`' => '\'',
        other => other,
    }
}

/// True if the word begins with a capital letter.
pub fn is_capitalized(s: &str) -> bool {
    s.chars().next().is_some_and(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn turkish_letters() {
        assert_eq!(lower_tr("IŞIK İZMİR ĞÜÇÖ"), "ışık izmir ğüçö");
        assert_eq!(lower_tr("I\u{307}zmir"), "ızmir");
        assert_eq!(upper_tr("ışık izmir"), "IŞIK İZMİR");
        assert_eq!(lower("IRAQ", Language::En), "iraq");
        assert_eq!(capitalize("istanbul", Language::Tr), "İstanbul");
        assert_eq!(fold_tr("DIŞİŞLERİ"), "disisleri");
        assert_eq!(fold_tr("Dışişleri"), fold_tr("DISISLERI"));
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(s in "\\PC{0,40}") {
            let once = lower_tr(&s);
            prop_assert_eq!(&lower_tr(&once), &once);
            let f = fold_tr(&s);
            prop_assert_eq!(&fold_tr(&f), &f);
        }

        #[test]
        fn outside_the_letter_i_it_is_the_standard_lower_case(s in "[A-HJ-ZÇĞÖŞÜa-hj-zçğöşüА-Я0-9 ]{0,30}") {
            prop_assert_eq!(lower_tr(&s), s.to_lowercase());
        }
    }
}
