use haberdar_model::{EventType, Status, record::Conflict};

use crate::{testing::Draft, tests::record};

/// What stands around the sentence in question, in both articles.
const REST: &str =
    "The delegations talked about grain, rail and the price of gas for two hours. No statement was issued afterwards.";

/// An article that begins with a sentence.
fn article(sentence: &str) -> Draft {
    Draft::new(&format!("{sentence} {REST}")).english()
}

fn told(drafts: [Draft; 2]) -> Vec<(String, String, Vec<String>)> {
    let [a, b] = drafts;
    let row = |c: Conflict| (c.slot, c.relation, c.values.into_iter().map(|v| v.value).collect());
    record(&[a.publisher("A"), b.publisher("B")]).conflicts.into_iter().map(row).collect()
}

fn contradiction(slot: &str, values: [&str; 2]) -> Vec<(String, String, Vec<String>)> {
    vec![(slot.into(), "contradiction".into(), values.map(str::to_owned).into())]
}

#[test]
fn an_act_without_known_participants_is_denied_in_the_same_words() {
    let told_as = |denied: bool, kind| {
        let d = article(if denied {
            "The crews never settled the long dispute over the port."
        } else {
            "The crews settled the long dispute over the port."
        });
        d.act(kind, "settled", &[], &[])
    };
    let yes = told_as(false, EventType::Agree);
    let no = told_as(true, EventType::Agree).status(Status::Denied);
    assert_eq!(told([yes.clone(), no]), contradiction("polarity", ["denied", "happened"]));
    // What is never agreed is coded as a refusal.
    assert_eq!(told([yes.clone(), told_as(true, EventType::Reject)]), contradiction("polarity", ["denied", "happened"]));
    assert_eq!(told([yes.clone(), yes.clone()]), []);
    // Far from the verb another word is no denial of it, whatever was read.
    let far = article("The crews settled the long dispute over the harbour.").act(EventType::Agree, "settled", &[], &[]);
    assert_eq!(told([yes, far.status(Status::Denied)]), []);
}

fn raid(place: &str) -> Draft {
    let d = article(&format!("Masked men attacked a convoy of lorries outside {place} at dawn."));
    d.act(EventType::Assault, "attacked", &[], &[]).place(place)
}

#[test]
fn a_place_takes_the_place_of_another() {
    assert_eq!(told([raid("Lyon"), raid("Tulsa")]), contradiction("place", ["Lyon", "Tulsa"]));
    // Two days later it may be another attack.
    let later = [raid("Lyon").published("2024-03-01"), raid("Tulsa").published("2024-03-03")];
    assert_eq!(told(later), []);
    // Where something else differs, too, it may be told of something else.
    let other = article("Masked men attacked a convoy of buses outside Tulsa at dawn.");
    assert_eq!(told([raid("Lyon"), other.act(EventType::Assault, "attacked", &[], &[]).place("Tulsa")]), []);
}

#[test]
fn the_rows_of_a_list_are_no_conflict() {
    let list = |place: &str| {
        let row = |place: &str| format!("Masked men attacked a convoy of lorries outside {place} at dawn.");
        let d = Draft::new(&format!("{} {} {REST}", row(place), row("Nantes"))).english();
        d.act(EventType::Assault, "attacked", &[], &[]).place(place)
    };
    assert_eq!(told([list("Lyon"), list("Tulsa")]), []);
}

#[test]
fn a_day_takes_the_place_of_another() {
    let vote = |day: u8| {
        let words = format!("{day} May");
        let d = article(&format!("Members of the assembly will elect a new speaker on {words} in the capital."));
        d.date(&words, &format!("2024-05-{day:02}"))
    };
    assert_eq!(told([vote(12), vote(14)]), contradiction("date", ["2024-05-12", "2024-05-14"]));
    assert_eq!(told([vote(12), vote(12)]), []);
}

#[test]
fn a_holder_of_whose_state_nothing_is_said_takes_that_of_the_other() {
    let named = |name: &str, entity: &str, country: &str| {
        let d = article(&format!("The documents were handed over by Foreign Minister {name} in the old town hall."));
        d.person(name, entity, country).office("foreign_minister")
    };
    let conflict = told([named("Hakan Fidan", "Q6", "TUR"), named("Luca Varelli", "", "")]);
    assert_eq!(conflict, contradiction("office_holder", ["Hakan Fidan", "Luca Varelli"]));
    assert_eq!(told([named("Hakan Fidan", "Q6", "TUR"), named("Hakan Fidan", "", "")]), []);
    // In other words it may be the minister of another state.
    let other =
        article("Luca Varelli, the foreign minister, came late.").person("Luca Varelli", "", "").office("foreign_minister");
    assert_eq!(told([named("Hakan Fidan", "Q6", "TUR"), other]), []);
}
