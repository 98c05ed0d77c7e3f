//! The whole analysis with the models that are built in.

use haberdar_lang::{Analyzer, Upos, tokenize::is_space};
use haberdar_model::Language;
use proptest::prelude::*;

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
fn a_sentence_has_one_root_and_no_cycle() {
    for (lang, text) in [
        (Language::Tr, "\"Bu konuda anlaştık\" diyen bakan, görüşmelerin 3. turunun mayısta yapılacağını söyledi."),
        (Language::En, "\"We agreed,\" said the minister, who expects a third round of talks in May."),
    ] {
        let a = analyzer(lang).analyze(text);
        assert_eq!(a.sentences.len(), 1, "{}", a.to_conllu());
        let s = &a.sentences[0];
        assert_eq!(s.words.iter().filter(|w| w.head.is_none()).count(), 1);
        for i in 0..s.words.len() {
            let mut at = i;
            let mut steps = 0;
            while let Some(h) = s.words[at].head {
                at = h as usize;
                steps += 1;
                assert!(steps <= s.words.len(), "cycle in {}", a.to_conllu());
            }
        }
    }
}

#[test]
fn long_lines_are_cut() {
    let text = "kelime ".repeat(5000) + &"x".repeat(100_000);
    let a = analyzer(Language::Tr).analyze(&text);
    assert!(a.sentences.iter().all(|s| s.words.len() <= 500));
    assert_eq!(a.words(), 5001);
}

#[test]
fn what_was_read_before_changes_nothing() {
    let text = "Kuzey Kore Dışişleri Bakanı Moskova'ya gitti.";
    let fresh = std::thread::spawn(move || analyzer(Language::Tr).analyze(text).to_conllu()).join().expect("no panic");
    analyzer(Language::Tr).analyze("Başka bir metin. Dışişleri Bakanı konuştu.");
    assert_eq!(analyzer(Language::Tr).analyze(text).to_conllu(), fresh);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn spans_tile_any_text(text in "(\\PC|[a-zğüşıöçİA-Z .,'\"’\\-\n\t0-9@:/?!]){0,120}") {
        for lang in Language::ALL {
            let a = analyzer(lang).analyze(&text);
            let mut last = 0;
            for s in &a.sentences {
                prop_assert!(s.start >= last && s.end >= s.start && s.end <= text.len());
                let n = s.words.len() as u32;
                prop_assert_eq!(s.words.iter().filter(|w| w.head.is_none()).count(), 1);
                for w in &s.words {
                    let span = w.span();
                    if w.part < 2 {
                        prop_assert!(span.start >= last, "words overlap");
                        prop_assert!(text[last..span.start].chars().all(is_space), "a character is lost");
                    }
                    prop_assert!(!w.form.is_empty() && !w.lemma.is_empty());
                    prop_assert!(w.head.is_none_or(|h| h < n));
                    prop_assert_eq!(&text[w.part_span()], w.form());
                    last = span.end;
                }
                for name in analyzer(lang).names(s) {
                    prop_assert!(name.first_word < name.last_word && name.last_word <= s.words.len());
                }
            }
            prop_assert!(text[last..].chars().all(is_space));
            a.to_conllu();
        }
    }
}
