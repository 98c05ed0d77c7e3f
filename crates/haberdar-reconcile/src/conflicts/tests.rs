use haberdar_model::{EventType, Status, record::Conflict};

use crate::{
    testing::Draft,
    tests::{meeting, record},
};

fn slots(conflicts: &[Conflict]) -> Vec<(&str, &str)> {
    conflicts.iter().map(|c| (c.slot.as_str(), c.relation.as_str())).collect()
}

#[test]
fn two_ministers_in_one_meeting_without_dates_stay_open() {
    let r = record(&[meeting(0, "Ri Son-gwon", "Q1").source("first"), meeting(1, "Choe Son-hui", "Q2").source("second")]);
    assert_eq!((r.stories.len(), r.events.len()), (1, 1));
    let [c] = &r.conflicts[..] else { panic!("{:#?}", r.conflicts) };
    assert_eq!((c.slot.as_str(), c.state.as_str(), &c.verdict), ("participant", "open", &None));
    assert_eq!(c.event.as_ref(), Some(&r.events[0].id));
    assert_eq!(r.events[0].conflicts, std::slice::from_ref(&c.id));
    let told: Vec<_> =
        c.values.iter().map(|v| (v.value.as_str(), v.reports[0].span.text.as_str(), v.independent_sources)).collect();
    assert_eq!(told, [("Choe Son-hui", "Choe Son-hui", 1), ("Ri Son-gwon", "Ri Son-gwon", 1)]);
    let office = c.record.as_ref().expect("the tables know the office");
    assert_eq!(office.office, "foreign_minister PRK");
    let holders: Vec<_> = office.holders.iter().map(|h| (h.name.as_str(), h.to.is_some())).collect();
    assert_eq!(holders, [("Ri Son-gwon", true), ("Choe Son-hui", false)]);
    let contested = &r.events[0].recipient[0];
    assert_eq!((contested.name.as_str(), &contested.entity), ("Choe Son-hui / Ri Son-gwon", &None));
}

#[test]
fn a_date_lets_the_record_speak() {
    let r = record(&[
        meeting(0, "Ri Son-gwon", "Q1").source("first").published("2023-11-01"),
        meeting(1, "Choe Son-hui", "Q2").source("second").published("2023-11-01").flag(
            2,
            "foreign_minister",
            "PRK",
            Some("2023-11-01"),
        ),
    ]);
    let [c] = &r.conflicts[..] else { panic!("{:#?}", r.conflicts) };
    assert_eq!(c.state, "explained");
    let want = "on 2023-11-01 the record has Choe Son-hui (since 2022-06-11); ‘Ri Son-gwon’ in first differs from the record";
    assert_eq!(c.verdict.as_deref(), Some(want));
}

#[test]
fn a_day_of_handover_decides_nothing() {
    let r = record(&[
        meeting(0, "Ri Son-gwon", "Q1").published("2022-06-11"),
        meeting(1, "Choe Son-hui", "Q2").published("2022-06-11"),
    ]);
    assert_eq!((r.conflicts[0].state.as_str(), &r.conflicts[0].verdict), ("open", &None));
}

#[test]
fn spellings_are_no_conflict() {
    let r = record(&[meeting(0, "Choe Son-hui", "b3:1"), meeting(1, "Choe Son Hui", "b3:2"), meeting(2, "Çoe Son-hui", "")]);
    assert_eq!((r.events.len(), &r.conflicts[..]), (1, &[][..]));
}

#[test]
fn a_flagged_holder_stands_alone_only_where_no_participant_conflict_has_it() {
    let alone = meeting(0, "Ri Son-gwon", "Q1").published("2023-11-01").flag(2, "foreign_minister", "PRK", Some("2023-11-01"));
    let r = record(std::slice::from_ref(&alone));
    let [c] = &r.conflicts[..] else { panic!("{:#?}", r.conflicts) };
    assert_eq!((c.slot.as_str(), c.state.as_str(), c.values.len()), ("office_holder", "explained", 1));
    let r = record(&[alone, meeting(1, "Choe Son-hui", "Q2").published("2023-11-01")]);
    assert_eq!(slots(&r.conflicts), [("participant", "contradiction")]);
}

#[test]
fn former_holders_and_handovers_are_no_conflict() {
    let former = Draft::new("Eski bakan Ri Son-gwon törende Sergey Lavrov ile görüştü. Pyongyang ile Moskova enerji konuştu.")
        .person("Sergey Lavrov", "Q3", "RUS")
        .person("Ri Son-gwon", "Q1", "PRK")
        .office("foreign_minister")
        .tenure("former");
    let r = record(&[former, meeting(0, "Choe Son-hui", "Q2")]);
    assert_eq!(r.conflicts, []);
}

fn toll(text: &str, words: &str, value: f64, modifier: &str) -> Draft {
    Draft::new(text).country("İsrail", "ISR").country("Lübnan", "LBN").act(EventType::Assault, "saldır", &[1], &[2]).quantity(
        words,
        value,
        modifier,
        "dead",
        Some(1),
    )
}

fn tolls(modifier: &str, first: &str, later: &str) -> Vec<(String, String)> {
    let a = toll("İsrail Lübnan'ın güneyine saldırdı. Saldırıda 3 kişi öldü, köprü yıkıldı.", "3 kişi", 3.0, modifier)
        .published(first);
    let b = toll(
        "İsrail ordusu Lübnan'a hava saldırısı düzenledi. Köprü yıkıldı; saldırıda 5 kişi can verdi.",
        "5 kişi",
        5.0,
        "exactly",
    )
    .published(later);
    record(&[a, b]).conflicts.into_iter().map(|c| (c.slot, c.relation)).collect()
}

#[test]
fn numbers_contradict_are_updated_or_less_exact() {
    let number = |relation: &str| vec![("number".to_owned(), relation.to_owned())];
    assert_eq!(tolls("exactly", "2024-10-01", "2024-10-01"), number("contradiction"));
    assert_eq!(tolls("exactly", "2024-10-01", "2024-10-02"), number("update"));
    assert_eq!(tolls("exactly", "2024-10-02", "2024-10-01"), number("contradiction"));
    assert_eq!(tolls("at_least", "2024-10-01", "2024-10-01"), number("precision"));
}

#[test]
fn a_denial_is_held_against_the_act() {
    let denial = meeting(1, "Choe Son-hui", "Q2").status(Status::Denied);
    let r = record(&[meeting(0, "Choe Son-hui", "Q2"), denial.clone()]);
    assert_eq!(slots(&r.conflicts), [("polarity", "contradiction")]);
    assert!(r.events.iter().all(|e| e.conflicts.len() == 1));
    let r = record(&[meeting(0, "Choe Son-hui", "Q2"), denial.reported_by(1)]);
    assert_eq!(slots(&r.conflicts), [("polarity", "attribution")]);
}

#[test]
fn what_was_signed_by_one_report_and_not_by_another_is_a_slot_of_its_own() {
    let act = |d: Draft| d.cameo("057");
    let r = record(&[act(meeting(0, "Choe Son-hui", "Q2")), act(meeting(1, "Choe Son-hui", "Q2").status(Status::Denied))]);
    assert_eq!(slots(&r.conflicts), [("signed", "contradiction")]);
}

#[test]
fn host_and_guest_are_not_turned_around_unseen() {
    let visit = |style, cameo: &str| meeting(style, "Choe Son-hui", "Q2").mode("visit").cameo(cameo);
    let r = record(&[visit(0, "042"), visit(1, "043")]);
    assert_eq!(slots(&r.conflicts), [("host", "contradiction")]);
    assert_eq!(r.conflicts[0].values.iter().map(|v| v.value.as_str()).collect::<Vec<_>>(), ["PRK", "RUS"]);
    assert_eq!(record(&[visit(0, "042"), visit(1, "042")]).conflicts, []);
}

#[test]
fn a_version_that_says_otherwise_is_an_update() {
    let a = meeting(0, "Ri Son-gwon", "Q1").publisher("A").source("7").published("2023-11-01");
    let b = meeting(0, "Choe Son-hui", "Q2").publisher("A").source("7").published("2023-11-02");
    let r = record(&[a, b]);
    assert!(r.stories[0].articles[1].version_of.is_some());
    assert_eq!((r.conflicts[0].relation.as_str(), r.conflicts[0].state.as_str()), ("update", "explained"));
    assert_eq!(r.events[0].independent_sources, 1);
}

#[test]
fn days_and_places_of_one_meeting_differ() {
    let told = |day: &str, iso: &str, place: &str| {
        Draft::new(&format!("Sergey Lavrov ile Choe Son-hui {day} {place} kentinde görüştü. Enerji ve ticaret ele alındı."))
            .person("Sergey Lavrov", "Q3", "RUS")
            .person("Choe Son-hui", "Q2", "PRK")
            .place(place)
            .act(EventType::Consult, "görüştü", &[1], &[2])
            .on(iso, day)
            .at_place(3)
    };
    let r = record(&[told("1 Kasım", "2023-11-01", "Soçi"), told("2 Kasım", "2023-11-02", "Moskova")]);
    let mut got = slots(&r.conflicts);
    got.sort_unstable();
    assert_eq!(got, [("date", "contradiction"), ("place", "contradiction")]);
    let date = r.conflicts.iter().find(|c| c.slot == "date").expect("the dates");
    assert_eq!(date.values.iter().map(|v| v.reports[0].span.text.as_str()).collect::<Vec<_>>(), ["1 Kasım", "2 Kasım"]);
}

#[test]
fn conflict_spans_are_verbatim() {
    let drafts = [meeting(0, "Ri Son-gwon", "Q1"), meeting(2, "Choe Son-hui", "Q2")];
    let (readings, texts) = Draft::build_all(&drafts);
    for c in record(&drafts).conflicts {
        for r in c.values.iter().flat_map(|v| &v.reports) {
            let i = readings.iter().position(|x| x.article.id == r.article).expect("its article");
            assert_eq!(r.span.span.slice(&texts[i]), Some(r.span.text.as_str()));
        }
    }
}

#[test]
fn the_figure_an_article_is_about_is_compared_across_languages() {
    let minister = |d: Draft| d.person("Sergey Lavrov", "Q3", "RUS").country("Ankara", "TUR").country("Moskova", "RUS");
    let tr = Draft::new(
        "Ankara havalimanında 26 kişi takas edildi. Sergey Lavrov, takası Moskova için önemli saydı. İki ülke 120 gün görüştü.",
    );
    let tr = minister(tr).act(EventType::Retreat, "takas", &[3], &[2]).quantity("26", 26.0, "exactly", "people", None);
    let en = Draft::new("Ankara hosted a swap of 24 people. Sergey Lavrov called it important for Moskova. Talks took 30 days.")
        .english();
    let en = minister(en).act(EventType::Retreat, "swap", &[3], &[2]).quantity("24", 24.0, "exactly", "people", None);
    let days = |d: Draft, words: &str, n: f64| d.quantity(words, n, "exactly", "days", None);
    let r = record(&[days(tr, "120", 120.0), days(en, "30 days", 30.0)]);
    assert_eq!(slots(&r.conflicts), [("number", "contradiction")]);
    assert_eq!(r.conflicts[0].values.iter().map(|v| v.value.as_str()).collect::<Vec<_>>(), ["24 people", "26 people"]);
}
