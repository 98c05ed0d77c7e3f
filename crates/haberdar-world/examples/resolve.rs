//! Whom phrases mean: `cargo run -p haberdar-world --example resolve < FILE`, a language, a phrase and a day (or `-`) a line,
//! with tabs between, as in `tests/data/resolve.tsv`.
#![allow(clippy::print_stdout, reason = "a program for people at a terminal")]

use haberdar_model::DateInterval;
use haberdar_world::World;

fn main() {
    let world = World::shipped();
    for line in std::io::stdin().lines().map_while(Result::ok) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [lang, phrase, on, ..] = fields[..] else { continue };
        let Ok(lang) = lang.parse() else { continue };
        let r = world.resolve(phrase, lang, on.parse().ok().map(DateInterval::day));
        let countries: Vec<String> = r.countries.iter().map(ToString::to_string).collect();
        let person = r.entity.map(|e| world.person(e).map_or(e, |p| p.name));
        let countries = Some(countries.join("|")).filter(|c| !c.is_empty());
        let rest = [countries.as_deref(), r.sector, person, r.office].map(|f| f.unwrap_or("-")).join("\t");
        println!("{lang}\t{phrase}\t{on}\t{rest}");
    }
}
