//! Prints the names that the tables find in standard input: `scan tr|en < FILE`.
#![allow(clippy::print_stdout)]

use std::io::Read;

use haberdar_world::World;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let lang = std::env::args().nth(1).unwrap_or_else(|| "tr".into()).parse()?;
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    for h in World::shipped().scan(&text, lang) {
        let country = h.country.map(|c| c.to_string()).unwrap_or_default();
        println!(
            "{}\t{}\t{}\t{:?}\t{}\t{country}\t{}\t{:.2}",
            h.start,
            h.end,
            &text[h.start..h.end],
            h.kind,
            h.entity,
            h.sector.unwrap_or(""),
            h.score
        );
    }
    Ok(())
}
