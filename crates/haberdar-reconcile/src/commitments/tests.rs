use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::testing_rows::event;

fn fates(lines: &[&str], on: Date) -> Vec<(String, Fate)> {
    let events: Vec<MergedEvent> = lines.iter().map(|l| event(l)).collect();
    commitments(&events, &[], on).into_iter().map(|c| (c.id, c.fate)).collect()
}

#[test]
fn a_promise_has_the_fate_that_later_acts_give_it() {
    let promise = "p RUS>TUR AID 7 planned 2024-01-10 2024-02-01";
    let on = date(2024, 3, 1);
    for (later, fate) in [
        ("x RUS>TUR AID 7 happened 2024-02-02 2024-01-31", Fate::Overdue),
        ("x RUS>TUR AID 7 happened 2024-02-02 2024-02-01", Fate::Fulfilled),
        ("x RUS>TUR AID 7 happened 2024-02-12 2024-02-11", Fate::Fulfilled),
        ("x RUS>TUR AID 7 denied 2024-02-02 -", Fate::Contradicted),
        // Another side, another direction, another type, before it was said, only forecast, background.
        ("x RUS>IRN AID 7 happened 2024-02-02 2024-02-01", Fate::Overdue),
        ("x TUR>RUS AID 7 happened 2024-02-02 2024-02-01", Fate::Overdue),
        ("x RUS>TUR SUPPORT 7 happened 2024-02-02 2024-02-01", Fate::Overdue),
        ("x RUS>TUR AID 7 happened 2024-01-10 2024-01-09", Fate::Overdue),
        ("x RUS>TUR AID 7 hypothetical 2024-02-02 2024-02-01", Fate::Overdue),
        ("x RUS>TUR AID 7 historical 2024-02-02 2024-02-01", Fate::Overdue),
    ] {
        assert_eq!(fates(&[promise, later], on), [("p".to_owned(), fate)], "{later}");
    }
    let kept = [event(promise), event("x RUS>TUR AID 7 happened 2024-02-12 2024-02-11")];
    assert!(commitments(&kept, &[], on)[0].late);
}

#[test]
fn the_day_of_the_question_decides() {
    let rows = ["p RUS>TUR AID 7 planned 2024-01-10 2024-02-01", "x RUS>TUR AID 7 happened 2024-02-12 2024-02-11"];
    for (on, fate) in [
        (date(2024, 1, 9), None),
        (date(2024, 2, 1), Some(Fate::Open)),
        (date(2024, 2, 2), Some(Fate::Overdue)),
        (date(2024, 2, 11), Some(Fate::Fulfilled)),
    ] {
        assert_eq!(fates(&rows, on).first().map(|f| f.1), fate, "{on}");
    }
}

#[test]
fn an_agreement_to_give_is_kept_by_giving_and_a_meeting_by_either_side() {
    let mut agreed = event("p RUS>TUR AGREE 4 happened 2024-01-10 2024-01-10");
    agreed.cameo = Some("033".to_owned());
    let given = event("x RUS>TUR AID 7 happened 2024-02-12 2024-02-11");
    let found = commitments(&[given, agreed], &[], date(2025, 1, 1));
    assert_eq!((found[0].manner, found[0].fate, found[0].due_until), (Manner::Promised, Fate::Fulfilled, None));
    // Another agreement carries nothing out; its denial takes it back.
    let mut planned = event("p RUS>TUR AGREE 4 planned 2024-01-10 2024-02-01");
    planned.cameo = Some("036".to_owned());
    for (later, fate) in [
        ("x RUS>TUR AGREE 4 happened 2024-02-02 2024-02-01", Fate::Overdue),
        ("x RUS>TUR AGREE 4 denied 2024-01-20 -", Fate::Contradicted),
        ("x TUR>RUS CONSULT 1 happened 2024-02-02 2024-02-01", Fate::Fulfilled),
    ] {
        let found = commitments(&[planned.clone(), event(later)], &[], date(2024, 3, 1));
        assert_eq!((found[0].manner, found[0].fate), (Manner::Announced, fate), "{later}");
    }
    let meeting = ["p RUS>TUR CONSULT 1 planned 2024-01-10 2024-02-01", "x TUR>RUS CONSULT 1 happened 2024-02-02 2024-02-01"];
    assert_eq!(fates(&meeting, date(2024, 3, 1)), [("p".to_owned(), Fate::Fulfilled)]);
}

#[test]
fn what_is_to_be_left_undone_is_contradicted_by_doing_it() {
    let mut never = event("p RUS>TUR SANCTION -5 planned 2024-01-10 2024-02-01");
    never.polarity = Polarity::Negative;
    let done = event("x RUS>TUR SANCTION -5 happened 2024-01-21 2024-01-20");
    let on = date(2024, 3, 1);
    assert_eq!(commitments(&[never.clone(), done], &[], on)[0].fate, Fate::Contradicted);
    assert_eq!(commitments(&[never], &[], on)[0].fate, Fate::Open);
}

fn rows() -> impl Strategy<Value = Vec<MergedEvent>> {
    let row = (0..3usize, 0..3usize, 0..3usize, 0..6usize, 1..28u8, 1..28u8);
    prop::collection::vec(row, 1..24).prop_map(|rows| {
        let line = |(i, (a, b, k, s, p, d)): (usize, (usize, usize, usize, usize, u8, u8))| {
            let states = ["RUS", "TUR", "IRN"];
            let kind = ["AID", "CONSULT", "ASSAULT"][k];
            let status = ["happened", "planned", "forecast", "denied", "demanded", "historical"][s];
            event(&format!("e{i:02} {}>{} {kind} 1 {status} 2024-01-{p:02} 2024-02-{d:02}", states[a], states[b]))
        };
        rows.into_iter().enumerate().map(line).collect()
    })
}

proptest! {
    #[test]
    fn the_order_of_the_events_changes_nothing(
        (sorted, shuffled) in rows().prop_flat_map(|r| (Just(r.clone()), Just(r).prop_shuffle())), day in 1..28i8
    ) {
        let on = date(2024, 2, day);
        prop_assert_eq!(commitments(&sorted, &[], on), commitments(&shuffled, &[], on));
    }

    #[test]
    fn a_fate_has_its_evidence(rows in rows()) {
        for c in commitments(&rows, &[], date(2024, 3, 1)) {
            prop_assert_eq!(c.fate == Fate::Fulfilled, c.fulfilled_by.is_some());
            prop_assert!(c.fate != Fate::Contradicted || c.contradicted_by.is_some());
            prop_assert!(c.fate != Fate::Overdue || c.due_until.is_some());
        }
    }
}
