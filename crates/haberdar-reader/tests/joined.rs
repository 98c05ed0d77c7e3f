//! Quotations and the events in them: what somebody promises, demands, threatens or accuses others of is an event that stands
//! in that speaker's words, and the quotation names it.

use haberdar_model::{Article, ArticleMeta, EventType, Language, QuoteKind, Reading, Status};
use haberdar_reader::Reader;

fn read(reader: &Reader, language: Language, text: &str) -> Reading {
    let meta = ArticleMeta { source_id: "joined".into(), language: Some(language), ..Default::default() };
    reader.read(&Article { meta, text: text.to_owned() }).expect("a language is given")
}

#[test]
fn events_in_quotations_stand_in_the_speakers_words() {
    let reader = Reader::new().expect("the shipped models and tables load");
    for (language, text, speaker, kind, status) in [
        (
            Language::Tr,
            "Türkiye Cumhurbaşkanı Recep Tayyip Erdoğan, \"Suriye'ye insani yardım göndereceğiz\" dedi.",
            "Erdoğan",
            None,
            Some(Status::Planned),
        ),
        (
            Language::Tr,
            "Ukrayna Devlet Başkanı Vladimir Zelenskiy, Rusya'nın ateşkesi ihlal ettiğini söyledi.",
            "Zelenskiy",
            None,
            None,
        ),
        (
            Language::Tr,
            "İran Dışişleri Bakanı Abbas Arakçi, \"ABD'yi yaptırımları kaldırmaya çağırıyoruz\" ifadelerini kullandı.",
            "Arakçi",
            Some(EventType::Request),
            None,
        ),
        (
            Language::En,
            "\"We will send humanitarian aid to Syria,\" Turkish President Recep Tayyip Erdogan said.",
            "Erdogan",
            None,
            Some(Status::Planned),
        ),
        (
            Language::En,
            "Ukrainian President Volodymyr Zelensky said that Russia had bombed Kharkiv.",
            "Zelensky",
            Some(EventType::Assault),
            Some(Status::Happened),
        ),
        (
            Language::En,
            "\"We urge the United States to lift its sanctions,\" Iranian Foreign Minister Abbas Araghchi told reporters.",
            "Araghchi",
            Some(EventType::Request),
            None,
        ),
    ] {
        let r = read(&reader, language, text);
        let name = |id: &Option<String>| r.mentions.iter().find(|m| Some(&m.id) == id.as_ref()).map(|m| m.at.text.as_str());
        let q = r.quotes.iter().find(|q| name(&q.speaker).is_some_and(|n| n.contains(speaker)));
        let q = q.unwrap_or_else(|| panic!("no quotation of {speaker}: {text}: {:?}", r.quotes));
        let inside: Vec<_> = r.events.iter().filter(|e| q.events.contains(&e.id)).collect();
        let fits = inside.iter().any(|e| {
            name(&e.reported_by).is_some_and(|n| n.contains(speaker))
                && kind.is_none_or(|k| e.kind == k)
                && status.is_none_or(|s| e.status == s)
        });
        assert!(fits, "{text}: {:?}", r.events);
    }
}

#[test]
fn a_quotation_that_its_cue_interrupts_is_one_with_its_pieces() {
    let reader = Reader::new().expect("the shipped models and tables load");
    let r = read(&reader, Language::En, "“The talks are over,” Mr. Lavrov said on Monday. “We shall not return to them.”");
    assert_eq!(r.quotes.len(), 1, "{:?}", r.quotes);
    let pieces: Vec<&str> = r.quotes[0].parts.iter().map(|p| p.text.as_str()).collect();
    assert_eq!(pieces, ["The talks are over,", "We shall not return to them."]);
    assert_eq!(r.quotes[0].kind, QuoteKind::Direct);
    assert!(r.quotes[0].speaker_text.as_deref().is_some_and(|s| s.contains("Lavrov")), "{:?}", r.quotes[0]);
}

#[test]
fn sources_without_a_mention_are_named_by_their_words() {
    let reader = Reader::new().expect("the shipped models and tables load");
    for (text, words) in [
        ("A new poll shows that the gap is closing.", "poll"),
        ("According to the survey, half of the voters are undecided.", "survey"),
        ("He said that the road was closed.", "He"),
    ] {
        let r = read(&reader, Language::En, text);
        let named = r.quotes.iter().any(|q| q.speaker_text.as_deref().is_some_and(|s| s.contains(words)));
        assert!(named, "{text}: {:?}", r.quotes);
    }
}
