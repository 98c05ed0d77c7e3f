//! The user's own organisations and places: what is read, what is refused, what wins.

use haberdar_model::Language;
use haberdar_world::{EntityKind, HitKind, Imported, World};

const HEADER: &str = "id,kind,country,sector,names_en,names_tr\n";

fn sound(rows: &str) -> Imported {
    World::shipped().read_import(&format!("{HEADER}{rows}")).unwrap_or_else(|f| panic!("{f:#?}"))
}

fn faults(text: &str) -> Vec<(usize, String)> {
    World::shipped().read_import(text).expect_err("faults").into_iter().map(|f| (f.line, f.fault)).collect()
}

fn names(world: &World, text: &str, lang: Language) -> Vec<(HitKind, &'static str, Option<String>)> {
    world.scan(text, lang).into_iter().map(|h| (h.kind, h.entity, h.country.map(|c| c.to_string()))).collect()
}

#[test]
fn their_organisations_and_places_are_found() {
    let world = World::with_import(sound(
        "q:yellow,party,Fiji,PTY,Yellow Dawn Party|YDPX,Sarı Şafak Partisi|YDPX\n,city,FJI,,Xandoria,Zandorya\n,ngo,,,Quiet Rivers Watch,\n",
    ));
    let (en, tr) = (Language::En, Language::Tr);
    let party = (HitKind::Organization, "q:yellow", Some("FJI".to_owned()));
    assert_eq!(names(&world, "The Yellow Dawn Party won in Xandoria.", en)[0], party);
    assert_eq!(names(&world, "YDPX kazandı, Sarı Şafak Partisi'nin üyeleri sevindi.", tr), [party.clone(), party.clone()]);
    assert_eq!(
        names(&world, "Sarı Şafak Partisinin Zandorya'daki binası", tr)[..],
        [party, (HitKind::Place, "u:xandoria", Some("FJI".to_owned()))]
    );
    assert_eq!(names(&world, "said Quiet Rivers Watch", en), [(HitKind::Organization, "u:quiet-rivers-watch", None)]);
    let entity = world.entity("q:yellow").expect("the party");
    assert_eq!((entity.kind, entity.name(tr), entity.sector), (EntityKind::Organization, "Sarı Şafak Partisi", Some("PTY")));
    // Nothing else has changed but the version.
    assert_eq!(world.resolve("Yellow Dawn Party", en, None).sector, Some("PTY"));
    assert_ne!(world.version(), World::shipped().version());
    assert!(world.check().iter().all(|f| f.severity < haberdar_world::Severity::Error));
    assert!(names(World::shipped(), "YDPX Xandoria", en).is_empty());
}

#[test]
fn their_rows_win() {
    let id = names(World::shipped(), "Hamas", Language::En)[0].1;
    // By the id: their names and their sector take the place of the shipped ones.
    let world = World::with_import(sound(&format!("{id},party,PSE,PTY,Hamas|Islamic Resistance,Hamas\n")));
    let got = world.entity(id).expect("still there");
    assert_eq!((got.sector, got.class), (Some("PTY"), Some("party")));
    assert_eq!(names(&world, "Islamic Resistance", Language::En)[0].1, id);
    // By the name: it means theirs alone.
    let world = World::with_import(sound(",company,USA,BUS,Hamas,\n"));
    assert_eq!(names(&world, "Hamas", Language::En)[0].1, "u:hamas");
    assert_eq!(names(&world, "Hamas", Language::Tr)[0].1, "u:hamas");
    assert_eq!(names(&world, "Rafah", Language::En), names(World::shipped(), "Rafah", Language::En));
}

#[test]
fn every_fault_is_named_with_its_line() {
    let got = faults(&format!(
        "{HEADER},temple,TUR,,Some Temple,\n,party,XQX,,Some Party,\n,party,TUR,ABC,Other Party,\n,city,TUR,GOV,Some City,\n,city,TUR,,,\n,city,TUR,,X,\nUSA,party,,,My Party,\n,party,TUR,,short\nTUR,party,XQX,ABC,Y,\n"
    ));
    assert_eq!(got.iter().map(|f| f.0).collect::<Vec<_>>(), [2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10], "{got:#?}");
    let words = ["\"temple\"", "\"XQX\"", "\"ABC\"", "no sector", "no name", "two letters", "United States", "5 fields"];
    for (fault, word) in got.iter().zip(words) {
        assert!(fault.1.contains(word), "{fault:?} {word}");
    }
    // The kinds and sectors that there are, are named.
    assert!(got[0].1.contains("city") && got[0].1.contains("armed_group") && got[2].1.contains("GOV"), "{got:?}");
}

#[test]
fn an_id_or_a_name_that_stands_twice_is_refused() {
    let got = faults(&format!("{HEADER}a,party,,,Aa,\na,party,,,Bb,\nc,party,,,Cc,Dd\nd,party,,,Ee,Dd\ne,party,,,Dd,\n"));
    assert_eq!(got.iter().map(|f| f.0).collect::<Vec<_>>(), [3, 5], "{got:?}");
    assert!(got[0].1.contains("line 2") && got[1].1.contains("line 4"), "{got:?}");
}

#[test]
fn wrong_columns_are_named() {
    for (text, words) in [
        ("names_en,country\nX,TUR\n", &["kind is missing"][..]),
        ("kind,names_en,person\nparty,X,Y\n", &["\"person\"", "names_tr"]),
        ("kind,names_en,names_en\nparty,X,Y\n", &["twice"]),
    ] {
        let got = faults(text);
        assert_eq!((got.len(), got[0].0), (1, 1), "{text}: {got:?}");
        assert!(words.iter().all(|w| got[0].1.contains(w)), "{got:?}");
    }
}

#[test]
fn what_is_written_is_read_as_the_same_and_tables_do_not_contradict_each_other() {
    let mine = sound("q:a,party,Fiji,PTY,\"Peace, Bread\"|PBX,Barış\n,city,FJI,,Xandoria,\n");
    let mut written = Vec::new();
    mine.write(&mut written).expect("written");
    let again = World::shipped().read_import(&String::from_utf8(written).expect("UTF-8")).expect("sound");
    assert_eq!(World::with_import(again.clone()).version(), World::with_import(mine.clone()).version());
    assert!(again.against(&mine, "mine.csv").is_empty());
    let other = sound("q:z,party,,,Zzz,\nq:a,party,,,Aaa,\nq:b,city,,,Xandoria,\n").against(&mine, "mine.csv");
    assert_eq!(other.iter().map(|f| f.line).collect::<Vec<_>>(), [3, 4]);
    assert!(other.iter().all(|f| f.fault.contains("mine.csv")));
    let mut both = mine;
    both.add(again);
    assert_eq!(both.named(), 2);
}
