//! Prints what is wrong with the tables, and how fast they are: `check [TEXT]`.
#![allow(clippy::print_stdout)]

use std::time::Instant;

use haberdar_model::Language;
use haberdar_world::World;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let start = Instant::now();
    let world = World::shipped();
    println!("loaded in {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    for f in world.check() {
        println!("{:?}\t{}\t{}", f.severity, f.table, f.message);
    }
    if let Some(path) = std::env::args().nth(1) {
        let text = std::fs::read_to_string(path)?;
        let start = Instant::now();
        let hits = world.scan(&text, Language::Tr).len();
        let s = start.elapsed().as_secs_f64();
        println!("{hits} names in {:.1} MB: {:.1} MB/s", text.len() as f64 / 1e6, text.len() as f64 / 1e6 / s);
    }
    let names = [
        "Choi Sun-hee",
        "Zelenskiy",
        "Şi Cinping",
        "Lavrov",
        "Hüseyin Emir Abdullahiyan",
        "Ivanov",
        "Recep T. Erdoğan",
        "Muhammed bin Selman",
    ];
    let start = Instant::now();
    let n = if std::env::args().nth(2).is_some() { 0 } else { 1000 };
    let found: usize = (0..n).flat_map(|_| names).map(|q| world.find_person(q).len()).sum();
    println!(
        "{} look-ups, {found} persons: {:.1} µs each",
        n * names.len(),
        start.elapsed().as_secs_f64() * 1e6 / (n * names.len()) as f64
    );
    Ok(())
}
