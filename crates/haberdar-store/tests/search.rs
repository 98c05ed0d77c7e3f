//! Searching and filtering, by words, pairs, sources and arrival.

mod sample;

use std::collections::BTreeSet;

use haberdar_model::{Article, Country, Language, Reading};
use haberdar_store::{Arrived, Filter, Hits, Pair, Store};
use sample::{article, filled};

fn text(query: &str) -> Filter {
    Filter { text: Some(query.parse().expect("a query")), ..Filter::default() }
}

/// An article of which nothing is known but its words.
fn plain(id: &str, lang: Language, title: &str, words: &str) -> (Article, Reading) {
    let (mut a, mut r) = article("Gazete", "2024-01-05");
    a.meta.source_id = id.into();
    a.meta.title = Some(title.into());
    a.meta.language = Some(lang);
    a.text = words.into();
    r.article.id = a.id();
    (r.article.source_id, r.article.title, r.article.language) = (id.into(), Some(title.into()), Some(lang));
    r.sentences.clear();
    (r.mentions, r.events, r.quotes, r.flags) = Default::default();
    (a, r)
}

fn found(store: &Store, f: &Filter) -> String {
    let hits = store.search(f).expect("hits");
    assert_eq!(hits.found, hits.articles.len());
    hits.articles.iter().map(|a| a.source_id.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_word_is_found_in_all_its_forms_and_spellings() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut store = Store::open(dir.path().join("s.db")).expect("a store");
    use Language::{En, Tr};
    for (a, r) in [
        plain("lower", Tr, "", "Toplantı kıbrıs konusunda yapıldı."),
        plain("upper", Tr, "", "KIBRIS GÖRÜŞMELERİ BAŞLADI."),
        plain("suffix", Tr, "", "Bakan, Kıbrıs'ın geleceğini görüştü; enerji ihracatını da."),
        plain("igdir", Tr, "IĞDIR'DA DEPREM", "Enerji ihracatı ve ihracatın geleceği."),
        plain("en", En, "", "Ministers met in Cyprus. Energy exports were imposed on Kibris."),
    ] {
        assert!(store.add_reading(&a, &r).expect("room"));
    }
    for query in ["kıbrıs", "KIBRIS", "Kıbrıs'ın", "kibris", "Kıbrıs’ta", "kıbr*", "\"KIBRIS\""] {
        let mut all: Vec<&str> = Vec::new();
        let answer = found(&store, &text(query));
        all.extend(answer.split(' '));
        all.sort_unstable();
        assert_eq!(all, ["en", "lower", "suffix", "upper"], "{query}");
    }
    for (query, answer) in [
        ("ığdır", "igdir"),
        ("Iğdır", "igdir"),
        ("görüşmek", "suffix upper"),
        ("görüşme", "suffix upper"),
        ("meeting", "en"),
        ("impose", "en"),
        ("\"enerji ihracatı\"", "igdir"),
        ("\"enerji ihracatını\"", "suffix"),
        ("enerji -ihracat", ""),
        ("deprem OR cyprus", "igdir en"),
        ("deprem cyprus", ""),
        ("balık", ""),
    ] {
        let mut got: Vec<String> = found(&store, &text(query)).split_whitespace().map(str::to_owned).collect();
        let mut want: Vec<&str> = answer.split_whitespace().collect();
        got.sort();
        want.sort_unstable();
        assert_eq!(got, want, "{query}");
    }
    // The article that has both words more often, and one of them in its headline, comes first.
    assert!(found(&store, &text("ihracat")).starts_with("igdir"));
    let hits = store.search(&text("deprem geleceği")).expect("hits");
    let hit = &hits.articles[0];
    let marks = |text: &str, spans: &[haberdar_model::Span]| {
        spans.iter().map(|s| s.slice(text).unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(marks("IĞDIR'DA DEPREM", &hit.title_marks), ["DEPREM"]);
    assert_eq!(marks("Enerji ihracatı ve ihracatın geleceği.", &hit.snippet.marks), ["geleceği"]);
    let only = Filter { language: Some(En), ..text("kıbrıs") };
    assert_eq!(found(&store, &only), "en");
}

#[test]
fn events_and_quotations_are_found_by_their_words() {
    let dir = tempfile::tempdir().expect("a folder");
    let (store, _) = filled(&dir.path().join("s.db"));
    let search = |f: &Filter| -> Hits { store.search(f).expect("hits") };
    let hits = search(&text("dışişleri görüşmek"));
    assert_eq!(hits.articles.len(), 2);
    assert_eq!(hits.events.len(), 3);
    let hit = &hits.events[0];
    assert_eq!(hit.snippet.text, "İrlanda Dışişleri Bakanı Ada Şen, Ankara'da görüştü.");
    assert_eq!(
        hit.snippet.marks.iter().map(|m| m.slice(sample::TEXT).unwrap_or_default()).collect::<Vec<_>>(),
        ["Dışişleri", "görüştü"]
    );
    assert!(hits.quotes.is_empty() && hits.articles[0].story.is_some());
    let hits = search(&Filter { limit: Some(1), ..text("memnun*") });
    assert_eq!((hits.found, hits.articles.len(), hits.quotes.len(), hits.events.len()), (2, 1, 1, 0));
    assert_eq!(hits.quotes[0].snippet.marks, [hits.quotes[0].quote.at.span]);
    // A filter on events keeps the articles that have such events.
    let dyad = Filter { dyad: "TUR:FRA".parse().ok(), ..text("dışişleri") };
    let hits = search(&dyad);
    assert_eq!((hits.articles.len(), hits.events.len()), (1, 1));
    assert_eq!(search(&Filter { publisher: Some("sample".into()), ..text("dışişleri") }).articles.len(), 1);
    assert!(store.search(&Filter::default()).is_err());
}

#[test]
fn every_query_takes_every_filter() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut store, record) = filled(&dir.path().join("s.db"));
    let counts = |store: &Store, f: Filter| {
        [
            store.events(&f).expect("events").len(),
            store.quotes(&f).expect("quotes").len(),
            store.stories(&f).expect("stories").len(),
            store.conflicts(&f).expect("conflicts").len(),
        ]
    };
    let none = Filter::default;
    let dyad = |s: &str| Filter { dyad: Some(s.parse::<Pair>().expect("a pair")), ..none() };
    assert_eq!(counts(&store, none()), [3, 2, 1, 1]);
    assert_eq!(counts(&store, dyad("IRL:TUR")), [1, 0, 1, 1]);
    assert_eq!(counts(&store, dyad("TUR:DEU")), [1, 0, 0, 0]);
    assert_eq!(counts(&store, dyad("sen:turkiye")), [1, 0, 1, 1]);
    assert_eq!(counts(&store, dyad("IRL:FRA")), [0, 0, 0, 0]);
    assert_eq!(counts(&store, dyad("IRL:IRL")), [0, 0, 0, 0]);
    // What is counted, with whom, and how many: all from the same table.
    let code = |c: &str| c.parse::<Country>().expect("a code");
    let acts = |a: &str, b: &str, f: Filter| store.acts_between(code(a), code(b), &f).expect("acts").len();
    let all = |a: &str, b: &str| store.events(&dyad(&format!("{a}:{b}"))).expect("events");
    for (a, b) in [("IRL", "TUR"), ("TUR", "DEU"), ("TUR", "FRA"), ("IRL", "FRA")] {
        let events = all(a, b);
        assert_eq!(store.count_events(&dyad(&format!("{a}:{b}"))).expect("a count"), events.len());
        assert_eq!(acts(a, b, none()), events.iter().filter(|e| e.is_act()).count(), "{a} {b}");
        for e in &events {
            let one = Filter { kind: Some(e.kind), ..none() };
            assert_eq!(acts(a, b, one), events.iter().filter(|x| x.is_act() && x.kind == e.kind).count(), "{a} {b} {}", e.kind);
        }
    }
    let with: Vec<String> = store.counterparts(code("TUR")).expect("codes").iter().map(Country::to_string).collect();
    let listed: BTreeSet<String> = store
        .events(&none())
        .expect("events")
        .iter()
        .flat_map(|e| e.pairs())
        .flat_map(|(a, b)| [(a, b), (b, a)].into_iter().filter(|(x, _)| x.as_str() == "TUR").map(|(_, y)| y.to_string()))
        .collect();
    assert_eq!(with, listed.into_iter().collect::<Vec<_>>());
    assert_eq!(store.count_events(&none()).expect("a count"), 3);
    assert_eq!(store.count_events(&text("görüşmek")).expect("a count"), 3);
    assert_eq!(counts(&store, Filter { min_sources: Some(2), ..none() }), [1, 2, 1, 1]);
    assert_eq!(counts(&store, Filter { min_confidence: Some(0.6), ..none() }), [0, 2, 0, 0]);
    assert_eq!(counts(&store, text("görüşmek")), [3, 0, 1, 1]);
    assert_eq!(counts(&store, text("memnunuz")), [0, 2, 1, 1]);
    assert_eq!(counts(&store, text("balık")), [0, 0, 0, 0]);
    // Nothing is new behind what is there; then a third article comes with a record in which it reports one event alone.
    let behind = Filter { new_since: Some(Arrived::Behind(store.arrivals().expect("arrivals"))), ..none() };
    assert_eq!(counts(&store, behind.clone()), [0, 0, 0, 0]);
    assert_eq!(counts(&store, Filter { new_since: Some(Arrived::Behind(0)), ..none() }), [3, 2, 1, 1]);
    assert_eq!(counts(&store, Filter { new_since: Some(Arrived::Since(1)), ..none() }), [3, 2, 1, 1]);
    assert_eq!(counts(&store, Filter { new_since: Some(Arrived::Since(i64::MAX)), ..none() }), [0, 0, 0, 0]);
    let (a, r) = article("Üçüncü", "2024-03-09");
    store.add_reading(&a, &r).expect("room");
    let mut record = record;
    let mut new = record.events[1].clone();
    new.id = "b3:e9".into();
    new.reports[0].article.clone_from(&r.article.id);
    record.events[0].reports.push(new.reports[0].clone());
    record.events.push(new);
    store.replace_record(&record).expect("room");
    assert_eq!(counts(&store, behind), [1, 1, 0, 0]);
}

#[test]
fn a_filter_is_the_same_after_it_was_written_down() {
    let filter = Filter {
        actor: Some("TUR".into()),
        dyad: "RUS:PRK".parse().ok(),
        kind: "AID".parse().ok(),
        since: "2024-01-02".parse().ok(),
        new_since: Some(Arrived::Since(5)),
        language: Some(Language::Tr),
        min_sources: Some(2),
        ..text("\"enerji ihracatı\" -gaz")
    };
    let json = serde_json::to_string(&filter).expect("JSON");
    assert_eq!(
        json,
        r#"{"actor":"TUR","dyad":"RUS:PRK","type":"AID","since":"2024-01-02","language":"tr","min_sources":2,"new_since":{"since":5},"text":"\"enerji ihracatı\" -gaz"}"#
    );
    assert_eq!(serde_json::from_str::<Filter>(&json).ok(), Some(filter));
    assert!(serde_json::from_str::<Filter>(r#"{"actr":"TUR"}"#).is_err(), "a misspelt field is not passed over");
    for bad in ["RUS", "RUS:", ":PRK", ""] {
        assert!(bad.parse::<Pair>().is_err(), "{bad}");
    }
}
