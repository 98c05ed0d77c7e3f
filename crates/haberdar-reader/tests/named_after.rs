//! A place or body named after somebody is no mention of that person; an administration named after its head is.

use haberdar_model::{Article, ArticleMeta, Language, MentionKind};
use haberdar_reader::Reader;

#[test]
fn what_is_named_after_somebody_is_one_mention_of_its_own() {
    let reader = Reader::new().expect("the shipped models and tables load");
    for (language, text, name, kind) in [
        (Language::Tr, "Cumhurbaşkanı dün Atatürk Havalimanı'na indi.", "Atatürk Havalimanı", MentionKind::Place),
        (
            Language::Tr,
            "Yaralıları taşıyan uçak dün sabah Adnan Menderes Havalimanı'na indi.",
            "Adnan Menderes Havalimanı",
            MentionKind::Place,
        ),
        (Language::En, "The Clinton Foundation gave money to Haiti.", "Clinton Foundation", MentionKind::Organization),
        (
            Language::En,
            "The visitors landed at Ronald Reagan National Airport late in the morning.",
            "Ronald Reagan National Airport",
            MentionKind::Place,
        ),
        (Language::Tr, "Dün Erdoğan Moskova'ya gitti.", "Erdoğan", MentionKind::Person),
    ] {
        let meta = ArticleMeta { source_id: "n".into(), language: Some(language), ..Default::default() };
        let r = reader.read(&Article { meta, text: text.to_owned() }).expect("a language is given");
        let found: Vec<_> = r.mentions.iter().map(|m| (m.name.as_str(), m.kind)).collect();
        assert!(found.contains(&(name, kind)), "{text}: {found:?}");
        let alone = kind == MentionKind::Person || !found.iter().any(|(_, k)| *k == MentionKind::Person);
        assert!(alone || found.iter().any(|(n, _)| n.contains("Cumhurbaşkanı")), "{text}: {found:?}");
    }
}
