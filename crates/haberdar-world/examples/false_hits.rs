//! How often the tables find a country in sentences of sport, cooking and the like, one a line of a file, that name none:
//! `false_hits tr SENTENCES`. Prints each hit for a person to judge.
//!
//! Names of national teams, clubs' towns and dishes are right where they stand ("Türk kahvesi", "Almanya'yı 2-1 yendi"):
//! what is wrong is a word that is no name at all ("mali", "sana", "çin çin").
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for people at a terminal")]

use haberdar_world::{HitKind, World};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(lang), Some(path)) = (args.next(), args.next()) else { return Err("false_hits tr|en FILE".into()) };
    let lang = lang.parse()?;
    let text = std::fs::read_to_string(path)?;
    let (mut sentences, mut with) = (0, 0);
    for line in text.lines().filter(|l| !l.trim().is_empty()) {
        sentences += 1;
        let hits = World::shipped().scan(line, lang);
        let states: Vec<_> = hits.iter().filter(|h| matches!(h.kind, HitKind::Country { .. })).collect();
        with += usize::from(!states.is_empty());
        for h in states {
            println!("{}\t{:.2}\t{}\t{line}", h.entity, h.score, &line[h.start..h.end]);
        }
    }
    eprintln!("{with} of {sentences} sentences with the name of a country");
    Ok(())
}
