//! The look-up without any short cut: every spelling of the rarest word is compared to the end. The quick one must say
//! the same.

use std::sync::OnceLock;

use proptest::prelude::*;
use rustc_hash::FxHashMap;

use super::{
    FLOOR, crowd,
    index::{NameIndex, family_first},
};
use crate::{fold::fold_name, sound, world::World};

struct Word {
    text: String,
    normal: Vec<u8>,
    particle: bool,
}

struct Spelling {
    person: u32,
    short: bool,
    words: Vec<Word>,
}

#[derive(Default)]
struct Plain {
    spellings: Vec<Spelling>,
    by_key: FxHashMap<u64, Vec<u32>>,
    by_fold: FxHashMap<Vec<u8>, Vec<u32>>,
}

fn pieces(name: &str) -> Vec<Word> {
    let word = |text: String| Word { normal: sound::normal(&text), particle: sound::is_particle(&text), text };
    sound::words(name).into_iter().map(word).collect()
}

impl Plain {
    fn of(world: &World) -> Self {
        let mut out = Plain::default();
        for (i, p) in world.persons.iter().enumerate() {
            let full = std::iter::once(p.name).chain(p.name_tr).chain(p.aliases.iter().copied()).map(|n| (n, false));
            for (name, short) in full.chain(p.short.iter().map(|n| (*n, true))) {
                let (at, words) = (out.spellings.len() as u32, pieces(name));
                let filed = words.iter().filter(|w| !w.particle || words.len() == 1).map(|w| w.text.clone());
                let pairs = words.windows(2).filter(|p| p[0].text.starts_with("abd")).map(|p| p[0].text.clone() + &p[1].text);
                for w in filed.chain(pairs) {
                    sound::keys(&w, |k| {
                        let list = out.by_key.entry(k).or_default();
                        if list.last() != Some(&at) {
                            list.push(at);
                        }
                    });
                }
                out.by_fold.entry(fold_name(name)).or_default().push(at);
                out.spellings.push(Spelling { person: i as u32, short, words });
            }
        }
        out
    }

    fn look_up(&self, world: &World, name: &str) -> Vec<(u32, f32)> {
        let mut out = Vec::new();
        for &s in self.by_fold.get(&fold_name(name)).into_iter().flatten() {
            let s = &self.spellings[s as usize];
            out.push((s.person, if s.short && s.words.len() == 1 { 0.95 } else { 1.0 }));
        }
        let query = pieces(name);
        if query.is_empty() || query.len() > 8 {
            return out;
        }
        let lists = query.iter().filter(|w| !w.particle && w.text.len() > 1).map(|w| {
            let mut list: Vec<u32> = Vec::new();
            sound::keys(&w.text, |k| list.extend(self.by_key.get(&k).into_iter().flatten()));
            list
        });
        let Some(list) = lists.filter(|l| !l.is_empty()).min_by_key(Vec::len) else { return out };
        for at in list {
            let s = &self.spellings[at as usize];
            let score = compare(&query, s, family_first(world.persons[s.person as usize].country));
            if score >= FLOOR {
                out.push((s.person, score.min(0.99)));
            }
        }
        crowd(query.iter().filter(|w| !w.particle).count(), &mut out);
        out
    }
}

fn compare(query: &[Word], s: &Spelling, family_first: bool) -> f32 {
    let mut used = [false; 16];
    let (mut sum, mut matched, mut asked, mut place) = (0.0, 0usize, 0usize, 0);
    let counted = || query.iter().filter(|q| !q.particle || query.len() == 1);
    let strange = usize::from(counted().count() > 2);
    for q in counted() {
        asked += 1;
        let mut best = (0.0, usize::MAX);
        for (j, w) in s.words.iter().enumerate().take(16).filter(|(j, _)| !used[*j]) {
            let like = if q.text.len() == 1 {
                if query.len() > 1 && q.text.as_bytes()[0] == w.text.as_bytes()[0] { 0.85 } else { 0.0 }
            } else {
                sound::likeness(&q.normal, &w.normal, 0.0)
            };
            let joined = s
                .words
                .get(j + 1)
                .filter(|n| q.text.len() > 5 && q.normal.len() + 2 >= w.normal.len() + n.normal.len())
                .map_or(0.0, |n| sound::likeness(&q.normal, &[w.normal.as_slice(), n.normal.as_slice()].concat(), 0.0) - 0.02);
            let like = like.max(joined);
            if like > best.0 {
                best = (like, j);
            }
        }
        if best.0 >= 0.55 {
            used[best.1] = true;
            sum += best.0;
            matched += 1;
            place = best.1;
        } else if asked - matched > strange {
            return 0.0;
        }
    }
    let like = sum / asked as f32;
    let names = s.words.iter().filter(|w| !w.particle).count().max(1);
    let last = s.words.len().saturating_sub(1);
    let family = if family_first { 0 } else { last };
    match matched {
        0 => 0.0,
        1 if last == 0 => like * 0.93,
        1 if like < 0.8 => 0.0,
        1 if place == family => like * 0.8,
        1 if place > 0 => like * 0.66,
        1 => 0.0,
        _ => (like - 0.5).max(0.0) * 2.0 * (0.85 + 0.15 * (matched as f32 / names as f32).min(1.0)),
    }
}

fn plain() -> &'static Plain {
    static PLAIN: OnceLock<Plain> = OnceLock::new();
    PLAIN.get_or_init(|| Plain::of(World::shipped()))
}

/// Names as they are asked for: words of the tables, some with a letter changed, shortened to an initial, or unknown.
fn name() -> impl Strategy<Value = String> {
    let words = || World::shipped().persons.len() * 3;
    let word = (0..words(), 0..10u8, 0..20usize, "[a-z]").prop_map(|(pick, change, at, letter)| {
        let p = &World::shipped().persons[pick / 3];
        let all = sound::words(p.name);
        let mut w = all.get(pick % 3).or(all.last()).cloned().unwrap_or_default();
        let at = at % w.len().max(1);
        match change {
            0 => w.truncate(1),
            1 => w.insert_str(at, &letter),
            2 if w.len() > 1 => drop(w.remove(at)),
            3 => w.replace_range(at..(at + 1).min(w.len()), &letter),
            4 => w = format!("{letter}obody"),
            5 => w += all.first().map_or("", String::as_str),
            _ => {}
        }
        w
    });
    proptest::collection::vec(word, 1..5).prop_map(|w| w.join(" "))
}

fn same(name: &str) -> Result<(), TestCaseError> {
    let world = World::shipped();
    let sorted = |mut found: Vec<(u32, f32)>| {
        found.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        found.dedup();
        found
    };
    prop_assert_eq!(sorted(world.look_up(name)), sorted(plain().look_up(world, name)), "{}", name);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn the_quick_look_up_says_the_same(name in name()) {
        same(&name)?;
    }
}

#[test]
fn names_of_the_tables_are_found_as_without_short_cuts() {
    let index: &NameIndex = World::shipped().names();
    assert_eq!(index.spellings.len(), plain().spellings.len());
    for p in World::shipped().persons.iter().step_by(17) {
        let words = sound::words(p.name);
        for n in [p.name.to_owned(), words[0].clone(), format!("{} Nobody", words[0]), format!("{} Q. Nobody", words[0])] {
            same(&n).unwrap_or_else(|e| panic!("{e}"));
        }
    }
}
