//! How fast the tables load, names are looked up and found in text: `cargo bench -p haberdar-world --bench lookup`.
//!
//! A plain clock and the best of many rounds: what disturbs a round on a shared machine only ever makes it slower.
#![allow(clippy::print_stdout, reason = "a program for people at a terminal")]

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use haberdar_model::Language;
use haberdar_world::World;

/// Names as the tables write them.
const EXACT: &[&str] = &["Sergey Lavrov", "Choe Son-hui", "Recep Tayyip Erdoğan", "Xi Jinping", "António Guterres"];
/// Names in other spellings, with suffixes, surnames alone, and names of nobody.
const FUZZY: &[&str] = &[
    "Choi Sun-hee",
    "Zelenskiy'nin",
    "Şi Cinping",
    "Lavrov",
    "Hüseyin Emir Abdullahiyan",
    "Ivanov",
    "Recep T. Erdoğan",
    "Muhammed bin Selman",
    "Kim",
    "John Q. Nobody",
    "Abdülfettah es-Sisi",
    "Mohammed Ahmed",
];

const TEXT: &str = "Rusya Dışişleri Bakanı Sergey Lavrov, Kuzey Koreli mevkidaşı Choe Son-hui ile Pyongyang'da görüştü. \
                    BM Güvenlik Konseyi'nin kararını eleştiren iki bakan, ABD yönetimini ve Güney Kore ordusunu uyardı. ";

/// Every name that is the first of a person, with words behind it that nobody bears: the slowest look-ups there are.
fn slowest(world: &World) -> Vec<(Duration, String)> {
    let firsts: std::collections::BTreeSet<&str> =
        world.persons().iter().filter_map(|p| p.name.split([' ', '-']).next()).filter(|w| w.len() > 1).collect();
    let mut out = Vec::new();
    for first in firsts {
        for rest in ["", " Nobody", " Q. Nobody", " Nobody Mohammed", " al-Masri", " Abdulrahman Karimov", "-Mohammed Masri's"] {
            let name = format!("{first}{rest}");
            out.push((best(7, || world.find_person(black_box(&name)).len()), name));
        }
    }
    out.sort_by(|a, b| b.cmp(a));
    out
}

fn best(rounds: u32, mut run: impl FnMut() -> usize) -> Duration {
    let once = |_| {
        let clock = Instant::now();
        black_box(run());
        clock.elapsed()
    };
    (0..rounds).map(once).min().unwrap_or_default()
}

fn main() {
    let clock = Instant::now();
    let world = World::shipped();
    println!("all tables loaded in {:.1} ms", clock.elapsed().as_secs_f64() * 1e3);
    let clock = Instant::now();
    black_box(world.find_person("Lavrov"));
    println!("names of persons indexed in {:.1} ms, at the first question", clock.elapsed().as_secs_f64() * 1e3);
    for (what, names) in [("exact", EXACT), ("fuzzy", FUZZY)] {
        let all = best(300, || names.iter().map(|n| world.find_person(black_box(n)).len()).sum());
        println!("{what} look-up: {:.1} µs a name", all.as_secs_f64() * 1e6 / names.len() as f64);
        for n in names {
            let one = best(100, || world.find_person(black_box(n)).len());
            println!("  {:>6.1} µs  {n}", one.as_secs_f64() * 1e6);
        }
    }
    let all = slowest(world);
    println!("slowest of {} names, common first names with unknown words among them:", all.len());
    for (time, name) in all.iter().take(5) {
        let again = best(100, || world.find_person(black_box(name)).len()).min(*time);
        println!("  {:>6.1} µs  {name}", again.as_secs_f64() * 1e6);
    }
    let text = TEXT.repeat(500);
    let scan = best(10, || world.scan(&text, Language::Tr).len());
    println!("names in text: {:.1} MB/s", text.len() as f64 / 1e6 / scan.as_secs_f64());
}
