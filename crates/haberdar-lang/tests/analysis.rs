//! The whole analysis with the models that are built in.

use haberdar_lang::{Analyzer, Upos};
use haberdar_model::Language;

fn analyzer(lang: Language) -> Analyzer {
    Analyzer::new(lang).expect("the built-in model loads")
}

/// `form/lemma/UPOS` of every word.
fn words(lang: Language, text: &str) -> Vec<(String, String, Upos)> {
    let a = analyzer(lang).analyze(text);
    a.sentences.iter().flat_map(|s| &s.words).map(|w| (w.form().to_owned(), w.lemma().to_owned(), w.upos)).collect()
}

#[track_caller]
fn lemma(lang: Language, text: &str, form: &str, lemma: &str) {
    let found = words(lang, text);
    let word = found.iter().find(|w| w.0 == form).unwrap_or_else(|| panic!("{form} is no word of {found:?}"));
    assert_eq!(word.1, lemma, "{form} in {text}");
}

#[test]
fn a_suffix_behind_an_apostrophe_is_no_part_of_the_lemma() {
    let text = "Lavrov'un NATO'nun kararına Ankara’da tepki gösterdiği bildirildi.";
    lemma(Language::Tr, text, "Lavrov'un", "Lavrov");
    lemma(Language::Tr, text, "NATO'nun", "NATO");
    lemma(Language::Tr, text, "Ankara’da", "Ankara");
}

#[test]
fn turkish_verbs_have_bare_stems() {
    let text = "Bakan dün Moskova'da mevkidaşıyla görüştü ve anlaşmayı imzaladı.";
    lemma(Language::Tr, text, "görüştü", "görüş");
    lemma(Language::Tr, text, "imzaladı", "imzala");
}

#[test]
fn split_tokens_share_their_span() {
    let text = "Masadaki rapor yayımlanmıştı.";
    let a = analyzer(Language::Tr).analyze(text);
    let parts: Vec<_> = a.sentences[0].words.iter().filter(|w| w.part > 0).collect();
    assert!(parts.len() >= 2, "{}", a.to_conllu());
    assert_eq!(parts[0].span(), parts[1].span());
    assert_eq!(parts[0].part_span().end, parts[1].part_span().start);
    assert!(parts.iter().all(|w| &text[w.part_span()] == w.form()));
    assert!(a.to_conllu().contains("1-2\tMasadaki\t_"));
    let a = analyzer(Language::En).analyze("They don't agree.");
    assert!(a.to_conllu().contains("2-3\tdon't\t_"), "{}", a.to_conllu());
}

#[test]
fn what_was_read_before_changes_nothing() {
    let text = "Kuzey Kore Dışişleri Bakanı Moskova'ya gitti.";
    let fresh = std::thread::spawn(move || analyzer(Language::Tr).analyze(text).to_conllu()).join().expect("no panic");
    analyzer(Language::Tr).analyze("Başka bir metin. Dışişleri Bakanı konuştu.");
    assert_eq!(analyzer(Language::Tr).analyze(text).to_conllu(), fresh);
}
