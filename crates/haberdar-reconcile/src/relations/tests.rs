use haberdar_model::Country;
use proptest::prelude::*;

use super::*;
use crate::testing_rows::{event, story};

fn code(s: &str) -> Country {
    s.parse().expect("a code")
}

fn events(lines: &[&str]) -> Vec<MergedEvent> {
    lines.iter().map(|l| event(l)).collect()
}

#[test]
fn only_real_acts_count_and_copies_are_no_sources() {
    let rows = events(&[
        "a RUS>PRK AID 7 happened 2024-01-02 2024-01-01",
        "b PRK>RUS CONSULT 1 happened 2024-01-03 2024-01-03",
        "c RUS>PRK ACCUSE -2 happened 2024-02-03 2024-02-03",
        "d RUS>PRK AID 7 forecast 2024-01-02 2024-03-01",
        "e RUS>PRK AID 7 historical 2024-01-02 2020-01-01",
        "f RUS>PRK AID 7 denied 2024-01-02 2024-01-01",
        "g RUS>PRK AID 7 hypothetical 2024-01-02 2024-01-01",
        "h RUS>CHN AID 7 happened 2024-01-02 2024-01-01",
        "i RUS>PRK AID 7 happened - -",
        "j RUS+PRK>UKR ASSAULT -10 happened 2024-01-02 2024-01-01",
    ]);
    // The text of `b` is a copy of that of `a`, by another outlet.
    let stories = [story(&rows, &[("a", "A"), ("b", "B"), ("c", "A")], Some(("b", "a")))];
    let d = dyad(&rows, &stories, (code("RUS"), code("PRK")), None, None);
    let [january, february] = &d.months[..] else { panic!("{:?}", d.months) };
    assert_eq!((january.material_cooperation, january.verbal_cooperation, january.independent_sources), (1, 1, 1));
    assert!((january.goldstein - 8.0).abs() < 1e-9 && (february.goldstein + 2.0).abs() < 1e-9);
    assert_eq!(february.verbal_conflict, 1);
    assert_eq!((d.first.map(|d| d.to_string()).as_deref(), d.undated), (Some("2024-01-01"), 1));
    assert_eq!(d.acts.iter().map(|e| e.id.as_str()).collect::<Vec<_>>(), ["c", "b", "a", "i"]);
    let swapped = dyad(&rows, &stories, (code("PRK"), code("RUS")), None, None);
    assert_eq!((swapped.months, swapped.acts), (d.months, d.acts));
}

#[test]
fn a_triad_shifts_by_the_tie_that_changes_its_sign() {
    let rows = events(&[
        "a RUS>PRK AID 7 happened 2024-01-02 2024-01-01",
        "b RUS>CHN AID 7 happened 2024-01-02 2024-01-01",
        "c CHN>PRK AID 7 happened 2024-01-02 2024-01-01",
        "d RUS>PRK AID 7 happened 2024-03-02 2024-03-01",
        "e RUS>CHN AID 7 happened 2024-03-02 2024-03-01",
        "f CHN>PRK SANCTION -8 happened 2024-03-02 2024-03-01",
        "g CHN>NAT ACCUSE -2 happened 2024-03-02 2024-03-01",
    ]);
    let found = balance(&rows, None, None, Period::Month);
    assert_eq!(found.iter().map(|n| n.period.as_str()).collect::<Vec<_>>(), ["2024-01", "2024-03"]);
    assert!(found[0].triads[0].balanced && found[0].triads[0].shift.is_none());
    let t = &found[1].triads[0];
    assert!(!t.balanced && found[1].ties.len() == 3, "a body is no state");
    let shift = t.shift.as_ref().expect("a shift");
    assert_eq!((shift.since.as_str(), shift.by.len()), ("2024-01", 1));
    assert_eq!(shift.by[0].events, ["f"]);
    // Over the year, 7 - 8 is negative.
    let year = balance(&rows, None, None, Period::Year);
    assert_eq!((year.len(), year[0].triads[0].signs), (1, [-1, 1, 1]));
}

proptest! {
    #[test]
    fn the_order_of_the_events_changes_nothing(
        (sorted, shuffled) in prop::collection::vec((0..4usize, 0..4usize, -100..100i32, 1..4u8), 1..40).prop_map(|rows| {
            let states = ["RUS", "TUR", "IRN", "CHN"];
            rows.into_iter().enumerate().map(|(i, (a, b, g, m))| {
                let value = f64::from(g) / 10.0;
                event(&format!("e{i:02} {}>{} AID {value} happened 2024-0{m}-02 2024-0{m}-01", states[a], states[b]))
            }).collect::<Vec<_>>()
        }).prop_flat_map(|r| (Just(r.clone()), Just(r).prop_shuffle()))
    ) {
        prop_assert_eq!(balance(&sorted, None, None, Period::Month), balance(&shuffled, None, None, Period::Month));
        let pair = (code("RUS"), code("TUR"));
        prop_assert_eq!(dyad(&sorted, &[], pair, None, None), dyad(&shuffled, &[], pair, None, None));
    }
}
