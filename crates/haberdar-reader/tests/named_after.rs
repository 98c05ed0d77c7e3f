//! Names and what stands around them: a place or body named after somebody is no mention of that person, and what a body is
//! called in front of its name belongs to its mention.

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

#[test]
fn what_a_body_is_belongs_to_its_name() {
    let reader = Reader::new().expect("the shipped models and tables load");
    for (language, text, words, entity) in [
        (Language::Tr, "Dün terör örgütü PKK, sınırdaki karakola saldırdı.", "terör örgütü PKK", Some("o:pkk")),
        (Language::Tr, "Rus enerji şirketi Gazprom, Avrupa'ya gazı kesti.", "Rus enerji şirketi Gazprom", Some("o:gazprom")),
        (Language::En, "On Saturday the militant group Hamas attacked Israel.", "militant group Hamas", Some("o:hamas")),
        (Language::Tr, "Muhalefet partisi AKP'yi eleştirdi.", "AKP", Some("o:justice-and-development-party")),
        (Language::Tr, "Türk ordusu PKK hedeflerini vurdu.", "PKK", Some("o:pkk")),
    ] {
        let meta = ArticleMeta { source_id: "n".into(), language: Some(language), ..Default::default() };
        let r = reader.read(&Article { meta, text: text.to_owned() }).expect("a language is given");
        let found: Vec<_> = r.mentions.iter().map(|m| (m.at.text.as_str(), m.entity.as_deref())).collect();
        assert!(found.iter().any(|(t, e)| t.ends_with(words) && *e == entity), "{text}: {found:?}");
        let longer = words.contains(' ') || found.iter().any(|(t, _)| *t == words);
        assert!(longer, "{text}: {found:?}");
    }
}
