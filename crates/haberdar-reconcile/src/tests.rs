use haberdar_model::{EventType, Status, record::Record};
use proptest::prelude::*;

use crate::{
    Input, New,
    archive::Memory,
    reconcile_with,
    testing::{Draft, Tables, inputs},
    update,
};

pub(crate) fn record(drafts: &[Draft]) -> Record {
    let (readings, texts) = Draft::build_all(drafts);
    reconcile_with(&inputs(&readings, &texts), &Tables)
}

/// A report of a meeting of two foreign ministers; its text differs with `style`.
pub(crate) fn meeting(style: usize, minister: &str, entity: &str) -> Draft {
    let text = match style {
        0 => format!(
            "Rusya Dışişleri Bakanı Sergey Lavrov, Kuzey Koreli mevkidaşı {minister} ile görüştü. Bakanlar iki ülkenin enerji ve \
             ticaret ilişkilerini ele aldı. Bu görüşme Pyongyang ile Moskova arasında yeni bir dönem sayılıyor."
        ),
        1 => format!(
            "Sergey Lavrov geçtiğimiz günlerde Kuzey Kore Dışişleri Bakanı {minister} ile bir araya geldi. Buluşma, Pyongyang ile \
             Moskova arasındaki stratejik ilişkiler için önemli. Uzmanlar temasların süreceğini, enerji ve ticaretin artacağını söylüyor."
        ),
        _ => format!(
            "Russian Foreign Minister Sergey Lavrov held talks with North Korea's Foreign Minister {minister}. Energy and trade \
             between Moscow and Pyongyang were on the agenda. No joint statement was issued."
        ),
    };
    let verb = ["görüştü", "bir araya geldi", "held talks"][style.min(2)];
    let d = Draft::new(&text)
        .person("Sergey Lavrov", "Q3", "RUS")
        .office("foreign_minister")
        .person(minister, entity, "PRK")
        .office("foreign_minister");
    let d = if style >= 2 { d.english() } else { d };
    d.act(EventType::Consult, verb, &[1], &[2])
}

fn of(record: &Record, kind: EventType) -> Vec<&haberdar_model::record::MergedEvent> {
    record.events.iter().filter(|e| e.kind == kind).collect()
}

#[test]
fn reports_in_two_languages_are_one_story_and_one_meeting() {
    let r = record(&[
        meeting(0, "Choe Son-hui", "Q2").publisher("A"),
        meeting(1, "Choe Son-hui", "Q2").publisher("B"),
        meeting(2, "Choe Son Hui", "Q2").publisher("C"),
    ]);
    assert_eq!(r.stories.len(), 1);
    let [e] = of(&r, EventType::Consult)[..] else { panic!("{:#?}", r.events) };
    assert_eq!((e.reports.len(), e.independent_sources), (3, 3));
    assert_eq!((e.actor[0].name.as_str(), e.recipient[0].name.as_str()), ("Sergey Lavrov", "Choe Son-hui"));
    assert!((e.confidence - 0.99).abs() < 0.003, "{}", e.confidence);
    assert_eq!(r.conflicts, []);
    assert_eq!(r.stories[0].events, std::slice::from_ref(&e.id));
}

#[test]
fn meetings_of_the_same_ministers_months_apart_stay_apart() {
    let r = record(&[
        meeting(0, "Choe Son-hui", "Q2").published("2023-10-19"),
        meeting(1, "Choe Son-hui", "Q2").published("2024-01-16"),
        meeting(2, "Choe Son-hui", "Q2").published("2024-01-17"),
    ]);
    assert_eq!(r.stories.len(), 2);
    assert_eq!(of(&r, EventType::Consult).len(), 2);
}

#[test]
fn an_undated_report_makes_no_bridge() {
    let r = record(&[
        meeting(0, "Choe Son-hui", "Q2").published("2023-10-19"),
        meeting(1, "Choe Son-hui", "Q2"),
        meeting(2, "Choe Son-hui", "Q2").published("2024-01-17"),
    ]);
    assert_eq!(r.stories.len(), 2);
}

#[test]
fn copies_count_once() {
    let r = record(&[
        meeting(0, "Choe Son-hui", "Q2").publisher("A").published("2023-10-19"),
        meeting(0, "Choe Son-hui", "Q2").publisher("B").published("2023-10-20"),
        meeting(1, "Choe Son-hui", "Q2").publisher("C").published("2023-10-20"),
    ]);
    let articles = &r.stories[0].articles;
    assert_eq!(articles[1].copy_of.as_ref(), Some(&articles[0].id));
    assert_eq!((r.events[0].reports.len(), r.events[0].independent_sources), (3, 2));
}

#[test]
fn one_article_tells_an_act_twice_but_says_two_things() {
    let text = "Lavrov, Choe ile Moskova'da görüştü. Bakan Lavrov enerji anlaşmasının hazır olduğunu açıkladı. Lavrov ile Choe \
                arasındaki görüşme iki saat sürdü. Lavrov uçuşların mayısta başlayacağını duyurdu.";
    let r = record(&[Draft::new(text)
        .person("Lavrov", "Q3", "RUS")
        .person("Choe", "Q2", "PRK")
        .act(EventType::Consult, "görüştü", &[1], &[2])
        .act(EventType::Statement, "açıkladı", &[1], &[])
        .act(EventType::Consult, "görüşme ", &[1, 2], &[])
        .act(EventType::Statement, "duyurdu", &[1], &[])]);
    assert_eq!(of(&r, EventType::Consult).len(), 1);
    assert_eq!(of(&r, EventType::Consult)[0].reports.len(), 2);
    assert_eq!(of(&r, EventType::Statement).len(), 2);
}

/// Each telling compared with each other would take minutes.
#[test]
fn one_article_says_the_same_thousands_of_times() {
    let once = meeting(0, "Choe Son-hui", "Q2");
    let often = (1..10_000).fold(once, |d, _| d.act(EventType::Consult, "görüştü", &[1], &[2]));
    let begun = std::time::Instant::now();
    let r = record(&[often]);
    let [e] = of(&r, EventType::Consult)[..] else { panic!("{} events", r.events.len()) };
    assert_eq!((e.reports.len(), e.independent_sources), (10_000, 1));
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}

#[test]
fn a_forecast_or_background_is_not_the_act() {
    let r = record(&[
        meeting(0, "Choe Son-hui", "Q2"),
        meeting(1, "Choe Son-hui", "Q2").status(Status::Forecast),
        meeting(2, "Choe Son-hui", "Q2").status(Status::Historical),
    ]);
    assert_eq!((r.stories.len(), r.events.len()), (1, 3));
}

#[test]
fn a_phone_call_is_not_the_visit() {
    let r = record(&[meeting(0, "Choe Son-hui", "Q2").mode("phone"), meeting(1, "Choe Son-hui", "Q2").mode("visit")]);
    assert_eq!(r.events.len(), 2);
}

#[test]
fn ministers_of_one_state_act_for_it_but_not_for_each_other() {
    let visit = |who: &str, id: &str, office: &str, text: &str| {
        let d = Draft::new(text).person(who, id, "TUR").office(office).person("Sergey Lavrov", "Q3", "RUS");
        d.act(EventType::Consult, "görüştü", &[1], &[2])
    };
    let fidan = visit("Hakan Fidan", "Q6", "foreign_minister", "Hakan Fidan bugün Sergey Lavrov ile görüştü. Suriye ele alındı.");
    let guler = visit("Yaşar Güler", "Q7", "defence_minister", "Yaşar Güler de Sergey Lavrov ile görüştü. Suriye ele alındı.");
    let state = Draft::new("Türkiye bugün Suriye için Sergey Lavrov ile görüştü. Suriye ele alındı.")
        .country("Türkiye", "TUR")
        .person("Sergey Lavrov", "Q3", "RUS")
        .act(EventType::Consult, "görüştü", &[1], &[2]);
    assert_eq!(of(&record(&[fidan.clone(), guler]), EventType::Consult).len(), 2);
    let r = record(&[fidan, state]);
    let [e] = of(&r, EventType::Consult)[..] else { panic!("{:#?}", r.events) };
    assert_eq!(e.actor.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), ["Hakan Fidan"]);
}

#[test]
fn an_inferred_country_makes_no_state_a_party() {
    let text = "Ali Demir bugün Sergey Lavrov ile görüştü. Suriye ele alındı.";
    let visit = |d: Draft| d.person("Sergey Lavrov", "Q3", "RUS").act(EventType::Consult, "görüştü", &[1], &[2]);
    let inferred = record(&[visit(Draft::new(text).person("Ali Demir", "", "TUR").inferred())]);
    assert_eq!(inferred, record(&[visit(Draft::new(text).person("Ali Demir", "", ""))]));
    assert_eq!(inferred.events[0].actor[0].country, None);
}

#[test]
fn an_article_given_twice_changes_nothing() {
    let a = meeting(0, "Choe Son-hui", "Q2");
    assert_eq!(record(&[a.clone(), a.clone()]), record(&[a]));
}

#[test]
fn nothing_in_nothing_out() {
    assert_eq!(record(&[]), Record::default());
    let r = record(&[Draft::new("")]);
    assert_eq!((r.stories.len(), r.events.len()), (1, 0));
}

fn any_draft() -> impl Strategy<Value = Draft> {
    let minister = prop::sample::select(vec![("Choe Son-hui", "Q2"), ("Ri Son-gwon", "Q1"), ("Ri Song Gwon", "b3:1")]);
    let day = prop::option::of(prop::sample::select(vec!["2023-10-19", "2023-10-20", "2023-10-28", "2024-01-17"]));
    let outlet = prop::option::of(prop::sample::select(vec!["A", "B", "C"]));
    let status = prop::sample::select(vec![Status::Happened, Status::Denied, Status::Planned]);
    (0..3usize, minister, day, outlet, status).prop_map(|(style, (name, id), day, outlet, status)| {
        let mut d = meeting(style, name, id).status(status).flag(2, "foreign_minister", "PRK", day);
        if let Some(day) = day {
            d = d.published(day);
        }
        if let Some(o) = outlet {
            d = d.publisher(o);
        }
        d
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_articles_changes_nothing(
        (drafts, shuffled) in prop::collection::vec(any_draft(), 0..9).prop_flat_map(|d| (Just(d.clone()), Just(d).prop_shuffle()))
    ) {
        let (a, b) = (record(&drafts), record(&shuffled));
        prop_assert_eq!(serde_json::to_string(&a).ok(), serde_json::to_string(&b).ok());
    }

    #[test]
    fn every_article_and_event_is_in_the_record_once(drafts in prop::collection::vec(any_draft(), 0..9)) {
        let r = record(&drafts);
        let (readings, _) = Draft::build_all(&drafts);
        let mut want: Vec<&str> = readings.iter().map(|r| r.article.id.as_str()).collect();
        want.sort_unstable();
        want.dedup();
        let mut got: Vec<&str> = r.stories.iter().flat_map(|s| s.articles.iter().map(|a| a.id.as_str())).collect();
        got.sort_unstable();
        prop_assert_eq!(&got, &want);
        prop_assert_eq!(r.events.iter().map(|e| e.reports.len()).sum::<usize>(), want.len());
        for c in &r.conflicts {
            prop_assert!(r.stories.iter().any(|s| Some(&s.id) == c.story.as_ref()));
            prop_assert!(c.event.is_none() || r.events.iter().any(|e| Some(&e.id) == c.event.as_ref() && e.conflicts.contains(&c.id)));
        }
    }
}

/// Articles on two matters and on both, day after day for two months: stories that end because they are long enough, with links
/// beyond that, and that come apart or together when an article arrives.
fn any_mixture() -> impl Strategy<Value = Draft> {
    let word = |n: usize| ["karaca", "zeytin", "mermer", "yelken", "tokmak", "pirinç"][n % 6].to_owned() + ["", "lik"][n / 6];
    let words = (0..2_usize, prop::collection::vec((0..10_usize, 0..6_usize, 0..12_usize), 6..12));
    let day = prop::option::weighted(0.95, (5..7_u8, 1..29_u8));
    (words, day, 0..4_usize).prop_map(move |((matter, words), day, outlet)| {
        let told: Vec<String> = words.into_iter().map(|(own, n, any)| word(if own < 6 { matter * 6 + n } else { any })).collect();
        let d = Draft::new(&told.join(" ")).publisher(["A", "B", "C", "D"][outlet]);
        match day {
            Some((month, day)) => d.published(&format!("2024-{month:02}-{day:02}")),
            None => d,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn batches_in_any_order_give_the_record_of_all_at_once(
        drafts in prop_oneof![prop::collection::vec(any_draft(), 0..12), prop::collection::vec(any_mixture(), 0..40)].prop_shuffle(),
        cuts in prop::collection::vec(1..4_usize, 40..41),
    ) {
        let (readings, texts) = Draft::build_all(&drafts);
        let all = inputs(&readings, &texts);
        let mut seen = std::collections::BTreeSet::new();
        let once: Vec<&Input<'_>> = all.iter().filter(|i| seen.insert(&i.reading.article.id)).collect();
        let at_once: Vec<Input<'_>> = once.iter().map(|i| **i).collect();
        let new: Vec<New<'_>> = once.iter().enumerate().map(|(n, i)| New { number: n as i64, input: **i }).collect();
        let mut memory = Memory::new(once);
        let mut rest = &new[..];
        for cut in cuts {
            let (batch, after) = rest.split_at(cut.min(rest.len()));
            update(&mut memory, batch, &Tables).expect("memory never fails");
            rest = after;
        }
        prop_assert!(rest.is_empty());
        let (a, b) = (memory.record(), reconcile_with(&at_once, &Tables));
        prop_assert_eq!(serde_json::to_string(&a).ok(), serde_json::to_string(&b).ok());
    }
}
