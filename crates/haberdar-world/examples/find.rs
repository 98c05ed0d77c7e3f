//! Prints whom each name of standard input means: `find < NAMES`.
#![allow(clippy::print_stdout)]

use haberdar_world::World;

fn main() -> std::io::Result<()> {
    for line in std::io::stdin().lines() {
        let line = line?;
        if let Some(m) = World::shipped().find_person(&line).first() {
            println!("{:.2}\t{line}\t{}\t{}", m.score, m.person.id, m.person.name);
        }
    }
    Ok(())
}
