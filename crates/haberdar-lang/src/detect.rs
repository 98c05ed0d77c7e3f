//! Which language a text is written in.
//!
//! Every word votes: function words, letters and endings speak for Turkish or English, the function words and letters of
//! neighbours (Azerbaijani, Turkmen, Uzbek, Crimean Tatar, Kurdish) and of other languages in Latin script speak against
//! both. Turkish is compared without its special letters and in lower case, so that `TURKIYE ILE` and `Türkiye ile` vote
//! alike. A text whose words mostly say nothing (a table, a menu) is unknown.

use haberdar_model::Language;

use crate::casing;

/// Words that are read; the rest of a long text adds nothing.
const ENOUGH: usize = 1500;

const TURKISH: &[&str] = &[
    "ve",
    "bir",
    "bu",
    "da",
    "de",
    "ile",
    "icin",
    "olarak",
    "daha",
    "cok",
    "gibi",
    "olan",
    "sonra",
    "kadar",
    "dedi",
    "ise",
    "her",
    "ancak",
    "ama",
    "degil",
    "var",
    "yok",
    "oldu",
    "etti",
    "oldugu",
    "oldugunu",
    "gore",
    "ki",
    "mi",
    "ne",
    "o",
    "en",
    "ya",
    "hem",
    "veya",
    "diye",
    "uzere",
    "karsi",
    "tarafindan",
    "uzerinde",
    "yeni",
    "son",
    "turkiye",
    "turk",
    "baskani",
    "bakani",
    "hakkinda",
    "buyuk",
    "iki",
    "konusunda",
    "arasinda",
    "arasindaki",
    "soyledi",
    "belirtti",
    "acikladi",
    "etmek",
    "olacak",
    "ediyor",
    "bugun",
    "yil",
    "gun",
    "yapilan",
    "onun",
    "ben",
    "sen",
    "biz",
    "siz",
    "onlar",
    "nasil",
    "neden",
    "bile",
    "zaman",
    "milyon",
    "yuzde",
    "edildi",
    "oldugu",
    "olmak",
    "eden",
];

const TURKISH_ENDINGS: &[&str] = &[
    "lari", "leri", "larin", "lerin", "larini", "lerini", "lardan", "lerden", "larda", "lerde", "inda", "inde", "unda", "sinda",
    "sinde", "ndan", "nden", "nin", "nun", "iyor", "uyor", "acak", "ecek", "digi", "dugu", "tigi", "diginda", "masi", "mesi",
    "arak", "erek", "misti", "mistir", "mustu", "inin", "sinin", "larla", "lerle", "ligi", "lugu", "ildi", "landi", "lendi",
    "dilar", "diler", "anlar", "mak", "mek", "yle", "siz", "iyle", "yor",
];

const ENGLISH: &[&str] = &[
    "the", "of", "and", "to", "in", "a", "is", "that", "for", "on", "was", "with", "as", "by", "at", "he", "it", "from", "his",
    "are", "said", "has", "have", "be", "not", "this", "will", "they", "who", "an", "but", "its", "their", "were", "been", "had",
    "which", "would", "we", "i", "you", "she", "her", "or", "after", "over", "about", "new", "more", "us", "can", "there",
    "what", "when", "into", "than", "could",
];

const ENGLISH_ENDINGS: &[&str] = &["ing", "tion", "tions", "ment", "ments", "ness", "ally", "ously", "ould", "ight", "ts", "ed"];

/// Function words of other languages, folded like the text.
const FOREIGN: &[&str] = &[
    // Azerbaijani, Turkmen, Uzbek, Crimean Tatar, Tatar
    "və",
    "ucun",
    "ilə",
    "haqqinda",
    "bildirib",
    "edib",
    "olub",
    "deyil",
    "olunub",
    "nin",
    "uzrə",
    "prezidenti",
    "respublikasi",
    "bilen",
    "ucin",
    "we",
    "hem",
    "bolan",
    "yylda",
    "turkmenistanyn",
    "va",
    "bilan",
    "uchun",
    "ham",
    "uning",
    "bilan",
    "yilda",
    "ozbekiston",
    "boyicha",
    "edi",
    "emes",
    "kerek",
    "dlya",
    // Kurdish
    "ku",
    "li",
    "ji",
    "bi",
    "di",
    "ser",
    "jî",
    "ew",
    "wi",
    "wan",
    "kir",
    "hate",
    "kurdistane",
    "hatin",
    "xwe",
    "ket",
    "dike",
    // German, French, Spanish, Portuguese, Italian, Dutch, Romanian, Polish, Indonesian, Swedish, Albanian, Croatian
    "der",
    "die",
    "das",
    "und",
    "ist",
    "nicht",
    "mit",
    "von",
    "auf",
    "ein",
    "eine",
    "fur",
    "den",
    "dem",
    "le",
    "la",
    "les",
    "des",
    "du",
    "et",
    "est",
    "dans",
    "pour",
    "que",
    "qui",
    "une",
    "pas",
    "sur",
    "el",
    "los",
    "las",
    "del",
    "por",
    "con",
    "para",
    "una",
    "como",
    "do",
    "dos",
    "em",
    "um",
    "uma",
    "nao",
    "il",
    "di",
    "che",
    "non",
    "per",
    "della",
    "het",
    "een",
    "van",
    "niet",
    "zijn",
    "si",
    "cu",
    "din",
    "pe",
    "este",
    "nie",
    "jest",
    "sie",
    "na",
    "z",
    "w",
    "yang",
    "dan",
    "dengan",
    "untuk",
    "och",
    "att",
    "som",
    "det",
    "ar",
    "nje",
    "dhe",
    "te",
    "ne",
    "je",
    "i",
    "u",
];

/// The language of the text; `None` where it is neither Turkish nor English or cannot be told.
pub fn detect(text: &str) -> Option<Language> {
    let (mut tr, mut en, mut foreign, mut words) = (0.0f32, 0.0f32, 0.0f32, 0.0f32);
    let mut other_script = 0.0f32;
    for raw in text
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|w| w.chars().any(char::is_alphabetic))
        .take(ENOUGH)
    {
        words += 1.0;
        if !raw.chars().any(|c| c.is_ascii_alphabetic()) && !raw.chars().any(|c| ('\u{c0}'..'\u{250}').contains(&c)) {
            other_script += 1.0;
            continue;
        }
        let folded = casing::fold_tr(raw);
        let word = folded.split('\'').next().unwrap_or_default();
        // Letters of the neighbours that neither language has; i, I and w, q, x say nothing in names.
        if raw.contains([
            'ə', 'Ə', 'ň', 'Ň', 'ý', 'Ý', 'ñ', 'ê', 'Ê', 'ž', 'ä', 'ß', 'ø', 'å', 'æ', 'ł', 'ą', 'ę', 'ã', 'õ', 'ț', 'ă', 'ë',
        ]) {
            foreign += 1.5;
        }
        let turkish_word = TURKISH.contains(&word);
        let english_word = ENGLISH.contains(&word);
        if turkish_word {
            tr += 2.0;
        } else if word.len() > 4 && TURKISH_ENDINGS.iter().any(|e| word.ends_with(e)) {
            tr += 1.0;
        }
        if raw.contains(['ğ', 'Ğ', 'ı', 'İ', 'ş', 'Ş']) {
            tr += 1.0;
        }
        if english_word {
            en += 2.0;
        } else if word.len() > 4 && ENGLISH_ENDINGS.iter().any(|e| word.ends_with(e)) {
            en += 0.6;
        }
        if FOREIGN.contains(&word) && !english_word && !turkish_word {
            foreign += 2.0;
        }
    }
    let (best, other, lang) = if tr > en { (tr, en, Language::Tr) } else { (en, tr, Language::En) };
    let clear = best >= 2.0 && best >= words * 0.28 && best > other * 1.3 && foreign < best * 0.5;
    (clear && other_script * 2.0 < words).then_some(lang)
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
}
