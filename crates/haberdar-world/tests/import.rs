//! The user's own tables: what is read, what is refused, what wins, what is kept.

use haberdar_world::{At, Imported, World};

const HEADER: &str = "country,office,person,from,to\n";

fn faults(text: &str) -> Vec<(usize, String)> {
    World::shipped().read_import(text).expect_err("faults").into_iter().map(|f| (f.line, f.fault)).collect()
}

fn sound(text: &str) -> Imported {
    World::shipped().read_import(text).unwrap_or_else(|f| panic!("{f:#?}"))
}

fn rows(body: &str) -> String {
    format!("{HEADER}{body}")
}

/// Who is recorded, and which tables say so.
fn holder(world: &World, office: &str, on: &str) -> Option<(String, String)> {
    let answer = world.who(office, on.parse().ok());
    let row = answer.rows.iter().find(|r| r.at == At::Holder)?;
    Some((row.person.name.to_owned(), row.holding.source.to_owned()))
}

#[test]
fn their_rows_win() {
    let world = World::with_import(sound(&rows("Kuzey Kore,Dışişleri Bakanı,Jane Doe,2023-01-01,2023-06-30\n")));
    let minister = |on| holder(&world, "Kuzey Kore Dışişleri Bakanı", on).map(|h| h.0);
    assert_eq!(minister("2023-03-01").as_deref(), Some("Jane Doe"));
    // What their row leaves of the shipped one stays.
    assert_eq!(minister("2022-09-01").as_deref(), Some("Choe Son-hui"));
    assert_eq!(minister("2023-11-01").as_deref(), Some("Choe Son-hui"));
    assert_eq!(minister("2021-03-01").as_deref(), Some("Ri Son-gwon"));
    assert!(holder(&world, "Kuzey Kore Dışişleri Bakanı", "2023-11-01").is_some_and(|h| h.1.contains("cut by the user")));
    assert_eq!(holder(&world, "Rusya Dışişleri Bakanı", "2023-03-01").map(|h| h.0).as_deref(), Some("Sergey Lavrov"));
    assert_eq!(world.find_person("Jane Doe").len(), 1);
    assert!(world.check().iter().all(|f| f.severity < haberdar_world::Severity::Error));
    // The verdict tells by which tables it was given.
    assert_ne!(world.version(), World::shipped().version());
    assert!(world.version().starts_with(&World::shipped().version()));
}

#[test]
fn the_same_person_with_other_days_takes_the_place_of_the_shipped_row() {
    let world = World::with_import(sound(&rows("PRK,foreign_minister,Choe Son-hui,2022-06-15,\n")));
    let answer = world.who("Kuzey Kore Dışişleri Bakanı", None);
    let of_choe = answer.rows.iter().filter(|r| r.person.name == "Choe Son-hui").count();
    assert_eq!(of_choe, 1);
    assert_eq!(holder(&world, "Kuzey Kore Dışişleri Bakanı", "2023-01-01").map(|h| h.1).as_deref(), Some("user"));
}

#[test]
fn a_query_result_is_read_as_it_is() {
    let csv = "item,itemLabel,position,positionLabel,countryPopulation,start,end\n\
               http://www.wikidata.org/entity/Q1234567,\"Doe, John\",http://www.wikidata.org/entity/Q1,Minister of Foreign Affairs of Fiji,9,2001-02-03T00:00:00Z,\n\
               http://www.wikidata.org/entity/Q1234567,\"Doe, John\",http://www.wikidata.org/entity/Q1,Minister of Foreign Affairs of Fiji,9,2001-02-03T00:00:00Z,\n\
               http://www.wikidata.org/entity/Q1234568,Jane Roe,http://www.wikidata.org/entity/Q1,Minister of Foreign Affairs of Fiji,9,,\n\
               http://www.wikidata.org/entity/Q1234569,Jim Roe,http://www.wikidata.org/entity/Q2,court jester,9,1901-01-01T00:00:00Z,\n";
    let got = sound(csv);
    assert_eq!(got.len(), 1);
    assert_eq!(got.left_out.iter().map(|l| l.line).collect::<Vec<_>>(), [4, 5], "{:?}", got.left_out);
    let world = World::with_import(got);
    let answer = world.who("foreign minister of Fiji", "2001-06-01".parse().ok());
    assert!(answer.rows.iter().any(|r| r.person.id == "Q1234567" && r.holding.country.as_str() == "FJI"));
    // Dates in it may be years.
    assert_eq!(answer.rows.first().map(|r| r.holding.source), Some("user: wikidata"));
    let json = "{\"head\":{\"vars\":[\"person\"]},\"results\":{\"bindings\":[\n{\"person\":{\"type\":\"uri\",\"value\":\"http://www.wikidata.org/entity/Q7654321\"},\n\
                \"personLabel\":{\"value\":\"Ann Lee\"},\"positionLabel\":{\"value\":\"Prime Minister\"},\"countryLabel\":{\"value\":\"Fiji\"},\"start\":{\"value\":\"2011-01-01T00:00:00Z\"}}]}}";
    let world = World::with_import(sound(json));
    let on = |day: &str| {
        world.who("prime minister of Fiji", day.parse().ok()).rows.iter().find(|r| r.person.id == "Q7654321").map(|r| r.at)
    };
    assert_eq!((on("2011-06-01"), on("2012-06-01")), (Some(At::Perhaps), Some(At::Holder)));
    let array = "[\n {\"personLabel\": \"Ann Lee\", \"positionLabel\": \"Prime Minister\", \"country\": \"FJI\", \"start\": \"2011\"},\n {\"personLabel\": \"Bo Lee\", \"positionLabel\": \"Prime Minister\", \"country\": \"FJI\", \"start\": \"2011-40\"}]";
    assert_eq!(faults(array).iter().map(|f| f.0).collect::<Vec<_>>(), [3]);
}

#[test]
fn every_fault_is_named_with_its_line() {
    let got = faults(&rows(
        "TUR,foreign_minister,A B,2020-13-01,\nTUR,juggler,A B,2020,\nTUR,foreign_minister,C D,2021,2020\nTUR,foreign_minister,E F\nXQX,mayor,,2020,\nTUR,mayor,G H,,\n",
    ));
    assert_eq!(got.iter().map(|f| f.0).collect::<Vec<_>>(), [2, 3, 4, 5, 6, 6, 7], "{got:#?}");
    for (fault, word) in got.iter().zip(["2020-13-01", "juggler", "before it begins", "3 fields", "", "", "no date"]) {
        assert!(fault.1.contains(word), "{fault:?} {word}");
    }
}

#[test]
fn two_at_a_time_are_refused_with_both_lines() {
    let got = faults(&rows("TUR,foreign_minister,A B,2020,2022\nTUR,foreign_minister,C D,2021,2023\nTUR,juggler,E F,2020,\n"));
    assert_eq!(got.iter().map(|f| f.0).collect::<Vec<_>>(), [3, 4]);
    assert!(got[0].1.contains("line 2"), "{got:?}");
    // A hand-over of some days is none, and several may speak for a state.
    sound(&rows("TUR,foreign_minister,A B,2020-01-01,2022-03-05\nTUR,foreign_minister,C D,2022-03-01,2023\n"));
    sound(&rows("TUR,spokesperson,A B,2020,2022\nTUR,spokesperson,C D,2021,2023\n"));
}

#[test]
fn an_id_means_one_person() {
    let got = faults(
        "country,office,person_id,person,from,to\nTUR,mayor,Q5,A B,2020,\nTUR,mayor,Q5,C D,2021,\nTUR,mayor,Q5,A B,2023,\n",
    );
    assert_eq!(got.iter().map(|f| f.0).collect::<Vec<_>>(), [3], "{got:?}");
    assert!(got[0].1.contains("Q5"), "{got:?}");
}

#[test]
fn wrong_columns_are_named() {
    for (text, words) in [
        ("a,b\n1,2\n", &["office", "person", "from or to", "\"a\""][..]),
        ("country,office,person,form,to\nTUR,mayor,A B,2020,\n", &["\"form\"", "not known"]),
        ("country,office,person,from,from\nTUR,mayor,A B,2020,\n", &["twice"]),
        ("", &["empty"]),
        ("{\"x\":", &["JSON"]),
        ("{\"x\":1}", &["results"]),
        ("[]", &["no rows"]),
    ] {
        let got = faults(text);
        assert_eq!((got.len(), got[0].0), (1, 1), "{text}: {got:?}");
        assert!(words.iter().all(|w| got[0].1.contains(w)), "{got:?}");
    }
}

#[test]
fn quotes_and_separators_are_read() {
    let text = "\u{feff}country;office;person;from;to;source\r\nTUR;mayor;\"Doe; \"\"Jo\"\"\nJohn\";2020;;\"my; list\"\r\nTUR;mayor;A B;2020x;;\r\n";
    let got = faults(text);
    assert_eq!(got.iter().map(|f| f.0).collect::<Vec<_>>(), [4], "{got:?}");
}

#[test]
fn what_is_written_is_read_as_the_same() {
    let text = "country,office,person,aliases,from,to,tenure,source\n\
                FJI,foreign_minister,\"Doe, Jane\",Jenny Doe|J. Doe,2001,2002-03,acting,my list\nFJI,mayor,A B,,2001,2002,,\n";
    let world = World::with_import(sound(text));
    let found = world.find_person("Jenny Doe");
    assert_eq!(found.first().map(|m| m.person.name), Some("Doe, Jane"));
    let held = world.holdings_of(found[0].person.id);
    assert_eq!(
        (held[0].tenure, held[0].source, held[0].to.map(|d| d.to_string()).as_deref()),
        ("acting", "user: my list", Some("2002-03"))
    );
    let mut written = Vec::new();
    sound(text).write(&mut written).expect("written");
    let again = World::with_import(sound(&String::from_utf8(written).expect("UTF-8")));
    assert_eq!(again.version(), world.version());
    assert_eq!(again.find_person("Jenny Doe").len(), found.len());
}

#[test]
fn two_tables_may_not_contradict_each_other() {
    let one = sound(&rows("FJI,foreign_minister,X Y,2001,2002\n"));
    let other = sound(&rows("FJI,mayor,V W,2001,2002\nFJI,foreign_minister,V W,2001-02,2001-08\n"));
    let faults = other.against(&one, "mine.csv");
    assert_eq!(faults.iter().map(|f| f.line).collect::<Vec<_>>(), [3]);
    assert!(faults[0].fault.contains("mine.csv"), "{faults:?}");
    let mut both = one;
    both.add(sound(&rows("FJI,foreign_minister,V W,2003,2004\n")));
    assert_eq!(both.len(), 2);
}

fn export(world: &World) -> String {
    let mut out = Vec::new();
    world.export_holders(&mut out).expect("written");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn an_export_is_read_back_and_says_nothing_new() {
    let text = export(World::shipped());
    assert!(text.lines().count() > 8000);
    let all = sound(&text);
    assert_eq!((all.len(), all.built_in + 1), (0, text.lines().count()));
    assert!(all.is_empty());
}

#[test]
fn what_was_changed_in_an_export_is_taken_and_wins() {
    let text = export(World::shipped());
    let line = text.lines().find(|l| l.starts_with("RUS,foreign_minister") && l.contains("Lavrov")).expect("a row").to_owned();
    let from = line.split(',').nth(5).expect("a date");
    let all = sound(&text.replace(&line, &line.replace(from, "2004-03-05")));
    assert_eq!((all.len(), all.built_in + 2), (1, text.lines().count()));
    let world = World::with_import(all);
    let answer = world.who("Russian foreign minister", "2010-01-01".parse().ok());
    assert_eq!(
        answer.rows.iter().map(|r| r.holding.from.map(|d| d.to_string())).collect::<Vec<_>>(),
        [Some("2004-03-05".into())]
    );
    // A row that contradicts another of the user's is still refused.
    let two = rows("FJI,foreign_minister,A B,2001,2004\nFJI,foreign_minister,C D,2002,2003\n");
    assert_eq!(faults(&two).iter().map(|f| f.0).collect::<Vec<_>>(), [3]);
}

#[test]
fn an_export_with_their_rows_gives_the_same_tables_again() {
    let mine = "KWT,foreign_minister,Jane Doe,2001-02-01,2001-06-30\nTUR,mayor,A B,1999,2001\nFRA,head_of_government,C D,2020-08-01,2020-10-01\n";
    let world = World::with_import(sound(&rows(mine)));
    let again = sound(&export(&world));
    assert_eq!(again.len(), 3);
    assert!(again.against(&sound(&rows(mine)), "mine.csv").is_empty());
    let mut both = sound(&rows(mine));
    both.add(again.clone());
    assert_eq!(both.len(), 3);
    let again = World::with_import(again);
    assert_eq!(again.version(), world.version());
    assert_eq!(export(&again), export(&world));
}
