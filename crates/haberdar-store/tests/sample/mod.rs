//! A small store, made by hand.
#![allow(dead_code, reason = "every test program uses a part of it")]

use std::path::Path;

use haberdar_model::{
    Article, ArticleMeta, DateBasis, EventType, Language, MentionKind, Origin, Polarity, QuoteKind, Reading, Span, Status,
    reading::{ArticleHead, Event, EventDate, Flag, HolderRecord, Mention, OfficeRef, Quote, Role, TextSpan},
    record::{
        Conflict, ConflictReport, ConflictValue, Holder, MergedDate, MergedEvent, OfficeRecord, Party, Record, Report, Story,
        StoryArticle,
    },
};
use haberdar_store::Store;

pub(crate) const TEXT: &str = "İrlanda Dışişleri Bakanı Ada Şen, Ankara'da görüştü. Şen, “Memnunuz” dedi.";

pub(crate) fn at(words: &str) -> TextSpan {
    let byte = TEXT.find(words).expect("the words stand in the text");
    let start = TEXT[..byte].chars().count();
    TextSpan { span: Span { start, end: start + words.chars().count() }, text: words.into() }
}

pub(crate) fn article(publisher: &str, published: &str) -> (Article, Reading) {
    let meta = ArticleMeta {
        source_id: format!("{publisher}-1"),
        title: Some("Başlık".into()),
        url: None,
        publisher: Some(publisher.into()),
        published: published.parse().ok(),
        published_time: None,
        language: Some(Language::Tr),
        origin: Origin { authors: vec!["Ayşe Kaya".into()], ..Origin::default() },
    };
    let article = Article { meta: meta.clone(), text: TEXT.into() };
    let head = ArticleHead {
        id: article.id(),
        source_id: meta.source_id,
        title: meta.title,
        url: None,
        publisher: meta.publisher,
        published: meta.published,
        language: meta.language,
        words: 9,
        text_sha256: "812a48a88f7702f4cb41a9157483c2dfaa4cfb0272716bcd6d4154e67a29913f".into(),
    };
    let person = Mention {
        id: "m1".into(),
        at: at("Ada Şen"),
        kind: MentionKind::Person,
        name: "Ada Şen".into(),
        entity: Some("Q1".into()),
        country: "IRL".parse().ok(),
        sector: Some("GOV".into()),
        role: Some(Role {
            office: "foreign_minister".into(),
            country: "IRL".parse().ok(),
            text: "Dışişleri Bakanı".into(),
            tenure: None,
        }),
        country_basis: None,
        candidates: Vec::new(),
    };
    let event = Event {
        id: "e1".into(),
        kind: EventType::Consult,
        mode: Some("visit".into()),
        contexts: vec!["diplomatic".into()],
        cameo: Some("042".into()),
        quad: 1,
        goldstein: Some(1.9),
        actor: vec!["m1".into()],
        recipient: vec![],
        trigger: at("görüştü"),
        sentence: 0,
        status: Status::Happened,
        polarity: Polarity::Positive,
        reported_by: None,
        date: EventDate { start: None, end: None, basis: DateBasis::None, span: None },
        place: None,
        confidence: 0.87,
        why: "tr/consult/görüş".into(),
    };
    let quote = Quote {
        id: "q1".into(),
        at: at("Memnunuz"),
        kind: QuoteKind::Direct,
        parts: Vec::new(),
        verbatim: Vec::new(),
        speaker: Some("m1".into()),
        speaker_text: Some("Şen".into()),
        cue: Some(at("dedi")),
        addressee: None,
        events: vec!["e1".into()],
    };
    let flag = Flag {
        kind: "office_holder".into(),
        mention: "m1".into(),
        office: OfficeRef { office: "foreign_minister".into(), country: "IRL".parse().expect("a code") },
        claimed: Some("Q1".into()),
        on: None,
        record: Some(HolderRecord {
            holder: "Q2".into(),
            name: "Öbürü".into(),
            from: "2022-06".parse().ok(),
            to: None,
            source: "x".into(),
            tables: String::new(),
        }),
        message: "differs".into(),
    };
    let cut = TEXT.chars().position(|c| c == '.').expect("a stop") + 1;
    let reading = Reading {
        schema: haberdar_model::READING_SCHEMA.into(),
        article: head,
        sentences: vec![Span { start: 0, end: cut }, Span { start: cut + 1, end: TEXT.chars().count() }],
        mentions: vec![person],
        events: vec![event],
        quotes: vec![quote],
        dates: vec![],
        quantities: vec![],
        flags: vec![flag],
        skipped: vec![],
        text: None,
    };
    (article, reading)
}

pub(crate) fn record(readings: &[&Reading]) -> Record {
    let event = |id: &str, day: Option<&str>, actor: &str, country: &str, reports: &[&Reading]| MergedEvent {
        id: id.into(),
        kind: EventType::Consult,
        mode: None,
        cameo: None,
        quad: 1,
        goldstein: None,
        actor: vec![
            Party { name: actor.into(), entity: None, country: country.parse().ok(), office: None },
            Party { name: "Türkiye".into(), entity: None, country: "TUR".parse().ok(), office: None },
        ],
        recipient: vec![],
        status: Status::Happened,
        polarity: Polarity::Positive,
        date: MergedDate {
            from: day.and_then(|d| d.parse().ok()),
            to: day.and_then(|d| d.parse().ok()),
            basis: DateBasis::Explicit,
        },
        place: None,
        reports: reports
            .iter()
            .map(|r| Report {
                article: r.article.id.clone(),
                event: "e1".into(),
                publisher: r.article.publisher.clone(),
                published: r.article.published,
                sentence: 0,
                span: at("görüştü").span,
                reported_by: None,
            })
            .collect(),
        independent_sources: reports.len(),
        conflicts: vec!["b3:c1".into()],
        confidence: 0.5,
        decisions: Vec::new(),
    };
    let events = vec![
        event("b3:e1", Some("2024-03"), "Şen", "IRL", readings),
        event("b3:e2", Some("2024-02-01"), "Zorlu", "FRA", &readings[..1]),
        event("b3:e3", None, "Işık", "DEU", &readings[..1]),
    ];
    let articles = readings
        .iter()
        .map(|r| StoryArticle {
            id: r.article.id.clone(),
            source_id: r.article.source_id.clone(),
            publisher: r.article.publisher.clone(),
            published: r.article.published,
            copy_of: None,
            version_of: None,
        })
        .collect();
    let story = Story {
        id: "b3:s1".into(),
        title: "Başlık".into(),
        articles,
        events: vec!["b3:e1".into(), "b3:e2".into()],
        from: "2024-02-01".parse().ok(),
        to: "2024-03-31".parse().ok(),
    };
    let value = |v: &str, r: &Reading| ConflictValue {
        value: v.into(),
        entity: None,
        reports: vec![ConflictReport { article: r.article.id.clone(), span: at("Ada Şen") }],
        independent_sources: 1,
    };
    let conflict = Conflict {
        id: "b3:c1".into(),
        slot: "participant".into(),
        relation: "contradiction".into(),
        event: Some("b3:e1".into()),
        story: Some("b3:s1".into()),
        values: vec![value("Ada Şen", readings[0]), value("Öbürü", readings[1])],
        record: Some(OfficeRecord {
            office: "foreign_minister IRL".into(),
            holders: vec![Holder { name: "Öbürü".into(), from: "2022-06".parse().ok(), to: None, source: "x".into() }],
        }),
        verdict: None,
        state: "open".into(),
        decisions: Vec::new(),
    };
    Record { stories: vec![story], events, conflicts: vec![conflict] }
}

/// A store with two readings and their record.
pub(crate) fn filled(path: &Path) -> (Store, Record) {
    let mut store = Store::open(path).expect("a new store");
    let pair = [article("Örnek Gazete", "2024-03-02"), article("Sample Post", "2024-03-03")];
    for (a, r) in &pair {
        assert!(store.add_reading(a, r).expect("room"));
    }
    let record = record(&[&pair[0].1, &pair[1].1]);
    store.replace_record(&record).expect("room");
    (store, record)
}
