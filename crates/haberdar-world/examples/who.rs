//! Answers questions: `who "Kuzey Kore Dışişleri Bakanı" 2021-05-01`.
#![allow(clippy::print_stdout)]

use haberdar_world::World;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let query = args.next().unwrap_or_default();
    let on = args.next().map(|d| d.parse()).transpose()?;
    let world = World::shipped();
    let answer = world.who(&query, on);
    println!("{}", answer.summary());
    for p in answer.persons.iter().take(5) {
        println!("  person {:.2} {} {}", p.score, p.person.id, p.person.name);
    }
    for r in answer.rows.iter().take(10) {
        let day = |d: Option<haberdar_model::PartialDate>| d.map(|d| d.to_string()).unwrap_or_default();
        println!(
            "  {:?} {} {} {} {}..{} {}",
            r.at,
            r.person.name,
            r.office.id,
            r.holding.country,
            day(r.holding.from),
            day(r.holding.to),
            r.holding.source
        );
    }
    Ok(())
}
