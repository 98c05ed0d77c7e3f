//! Whom phrases mean: the phrases and what they resolve to stand in `data/resolve.tsv`.

use std::collections::BTreeMap;

use haberdar_model::{DateInterval, Language};
use haberdar_world::{EntityKind, World};

/// Columns: language, phrase, day, states (several, the likeliest first, where it is ambiguous), sector, entity (a person by
/// name), office; `-` for none.
const PHRASES: &str = include_str!("data/resolve.tsv");

#[test]
fn phrases_are_resolved() {
    let world = World::shipped();
    let (mut wrong, mut asked, mut open) = (Vec::new(), BTreeMap::<&str, usize>::new(), 0);
    for line in PHRASES.lines().skip(1) {
        let [lang, phrase, on, want @ ..] = &line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let on = (*on != "-").then(|| DateInterval::day(on.parse().expect("a day")));
        let got = world.resolve(phrase, lang.parse().expect("a language"), on);
        let states: Vec<String> = got.countries.iter().map(ToString::to_string).collect();
        let named = |id: &'static str| match world.entity(id) {
            Some(e) if e.kind == EntityKind::Person => e.name(Language::En),
            Some(e) => e.id,
            None => panic!("{phrase}: {id} is no entity"),
        };
        let is = [Some(states.join("|")).filter(|s| !s.is_empty()), None, None, None];
        let rest = [got.sector, got.entity.map(named), got.office].map(|f| f.map(str::to_owned));
        let is: Vec<String> = is.into_iter().take(1).chain(rest).map(|f| f.unwrap_or("-".to_owned())).collect();
        if is != *want {
            wrong.push(format!("{phrase} ({lang}): {want:?} expected, got {is:?}"));
        }
        assert_eq!(got.is_ambiguous(), want[0].contains('|'), "{phrase}");
        assert!((0.0..=1.0).contains(&got.score), "{phrase}: {}", got.score);
        *asked.entry(lang).or_default() += 1;
        open += usize::from(got.is_ambiguous());
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(asked["tr"] >= 40 && asked["en"] >= 40 && open >= 10, "{asked:?}, {open} of them ambiguous");
}
