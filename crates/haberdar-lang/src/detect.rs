//! Which language a text is written in.

use haberdar_model::Language;

use crate::casing;

/// The language of the text; `None` where it is neither Turkish nor English or cannot be told.
pub fn detect(text: &str) -> Option<Language> {
    const TR: &[&str] = &[
        "ve", "bir", "bu", "da", "de", "ile", "icin", "olarak", "daha", "cok", "gibi", "olan", "sonra", "kadar", "dedi", "en",
        "ise", "ne", "her", "ya", "ancak", "ama", "degil", "var", "yok", "oldu", "etti", "olduğu", "gore", "ki",
    ];
    const EN: &[&str] = &[
        "the", "of", "and", "to", "in", "a", "is", "that", "for", "on", "was", "with", "as", "by", "at", "he", "it", "from",
        "his", "are", "said", "has", "have", "be", "not", "this", "will", "they", "who", "an",
    ];
    let (mut tr, mut en, mut all) = (0usize, 0usize, 0usize);
    for w in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(2000) {
        let f = casing::fold_tr(w);
        all += 1;
        tr += TR.contains(&f.as_str()) as usize * 2 + w.contains(['ğ', 'ı', 'ş', 'İ', 'Ğ', 'Ş']) as usize;
        en += EN.contains(&f.as_str()) as usize * 2;
    }
    let (best, other, lang) = if tr > en { (tr, en, Language::Tr) } else { (en, tr, Language::En) };
    (best >= 2 && best * 8 >= all && best > other).then_some(lang)
}
