//! Invariants of every reading, whatever the text: spans are verbatim, ids resolve, every sentence is accounted for, and the
//! same text gives the same reading.

use std::{collections::BTreeSet, sync::LazyLock};

use haberdar_model::{Article, ArticleMeta, Language, Reading, reading::TextSpan};
use haberdar_reader::Reader;
use proptest::prelude::*;

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new().expect("the shipped models and tables load"));

fn read(text: &str, language: Language) -> Reading {
    let meta = ArticleMeta {
        source_id: "test".into(),
        language: Some(language),
        published: "2024-03-01".parse().ok(),
        ..Default::default()
    };
    READER.read(&Article { meta, text: text.to_owned() }).expect("a language is given")
}

fn verbatim(text: &str, at: &TextSpan) {
    assert_eq!(at.span.slice(text), Some(at.text.as_str()), "{at:?}");
}

fn holds(text: &str, r: &Reading) {
    let ids: BTreeSet<&str> = r.mentions.iter().map(|m| m.id.as_str()).collect();
    let events: BTreeSet<&str> = r.events.iter().map(|e| e.id.as_str()).collect();
    r.mentions.iter().for_each(|m| verbatim(text, &m.at));
    for e in &r.events {
        verbatim(text, &e.trigger);
        e.date.span.iter().for_each(|s| verbatim(text, s));
        let named = e.actor.iter().chain(&e.recipient).chain(&e.reported_by).chain(&e.place);
        named.for_each(|m| assert!(ids.contains(m.as_str()), "{m}"));
        assert!(e.sentence < r.sentences.len());
        assert!((0.0..=1.0).contains(&e.confidence));
    }
    for q in &r.quotes {
        verbatim(text, &q.at);
        q.cue.iter().for_each(|c| verbatim(text, c));
        q.speaker.iter().for_each(|m| assert!(ids.contains(m.as_str())));
        q.events.iter().for_each(|e| assert!(events.contains(e.as_str())));
    }
    r.dates.iter().for_each(|d| verbatim(text, &d.at));
    r.quantities.iter().for_each(|q| verbatim(text, &q.at));
    for s in 0..r.sentences.len() {
        let coded = r.events.iter().any(|e| e.sentence == s);
        let skipped = r.skipped.iter().any(|k| k.sentence == s);
        assert!(coded != skipped, "sentence {s} is neither coded nor skipped, or both");
    }
}

const PIECES: &[&str] = &[
    "Rusya Dışişleri Bakanı Sergey Lavrov",
    "Kuzey Koreli mevkidaşı",
    "ile görüştü",
    ".",
    "\n\n",
    "“",
    "”",
    "\"",
    "'",
    "’nin",
    "iki ülke",
    "yaptırım uyguladı",
    "3 Mart 2024'te",
    "en az 12 kişi öldü",
    "dedi",
    "The United States",
    "imposed sanctions on",
    "Iran",
    "said",
    "two weeks ago",
    "İSTANBUL (AA) -",
    "🙂",
    "\u{301}",
    "a\u{307}",
    " ",
    ",",
    "U.S.",
    "%",
    "ABD'nin",
    "—",
    "\t",
    "her",
    "talks with",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_text_keeps_the_invariants(text in "\\PC{0,200}", turkish in any::<bool>()) {
        let language = if turkish { Language::Tr } else { Language::En };
        holds(&text, &read(&text, language));
    }

    #[test]
    fn news_like_rubble_keeps_the_invariants(picks in prop::collection::vec(0..PIECES.len(), 0..40), turkish in any::<bool>()) {
        let text = picks.iter().map(|&i| PIECES[i]).collect::<Vec<_>>().join(" ");
        let language = if turkish { Language::Tr } else { Language::En };
        let r = read(&text, language);
        holds(&text, &r);
        prop_assert_eq!(r, read(&text, language));
    }
}

#[test]
fn an_article_names_its_people_once() {
    let text = "Türkiye Dışişleri Bakanı Hakan Fidan, pazartesi günü Bakü'de Azerbaycanlı mevkidaşı Ceyhun Bayramov ile görüştü. \
                Fidan, iki ülkenin enerji alanında birlikte çalışacağını söyledi. “Kardeşliğimiz güçlü” diyen Bayramov, Ankara'ya teşekkür etti.";
    let r = read(text, Language::Tr);
    holds(text, &r);
    let fidan: Vec<_> = r.mentions.iter().filter(|m| m.name == "Hakan Fidan").collect();
    assert_eq!(fidan.len(), 2, "{fidan:#?}");
    assert!(fidan.iter().all(|m| m.entity == fidan[0].entity && m.country.is_some_and(|c| c.as_str() == "TUR")));
    let met = r.events.iter().find(|e| e.kind == haberdar_model::EventType::Consult).expect("they met");
    let names: BTreeSet<_> = met
        .actor
        .iter()
        .chain(&met.recipient)
        .filter_map(|id| r.mentions.iter().find(|m| m.id == *id))
        .map(|m| m.name.as_str())
        .collect();
    assert_eq!(names, BTreeSet::from(["Ceyhun Bayramov", "Hakan Fidan"]));
    let two: BTreeSet<_> = r
        .mentions
        .iter()
        .filter(|m| m.at.text.starts_with("iki ülke"))
        .filter_map(|m| m.country)
        .map(|c| c.to_string())
        .collect();
    assert_eq!(two, BTreeSet::from(["AZE".to_owned(), "TUR".to_owned()]));
    let said = r.quotes.iter().find(|q| q.at.text.contains("Kardeşliğimiz")).expect("a quotation");
    let speaker = r.mentions.iter().find(|m| Some(&m.id) == said.speaker.as_ref()).expect("a speaker");
    assert_eq!(speaker.name, "Ceyhun Bayramov");
}
