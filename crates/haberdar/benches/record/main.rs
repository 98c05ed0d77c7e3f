//! How the record grows: made-up articles into a store, ten thousand after ten thousand.
//!
//! `cargo bench -p haberdar --bench record -- 200000` prints for each ten thousand articles how long writing their readings
//! and reconciling them took, how much memory the process holds, and what the record has come to; the last line compares
//! the last ten thousand with the first. A second number stands for the ten thousand. Times are of the processor, so that what else
//! the machine does changes them little; where the system does not say them, of the clock.
#![allow(clippy::print_stdout, reason = "a measurement for people")]

#[path = "../../src/shelf.rs"]
mod shelf;
mod synthetic;

use std::time::Instant;

use anyhow::Result;
use haberdar_store::Store;
use haberdar_world::World;

/// Articles that are timed together where nothing else is said, and those that are written and reconciled together.
const STEP: usize = 10_000;
const BATCH: usize = 250;

fn main() -> Result<()> {
    // Cargo gives `--bench` along.
    let mut numbers = std::env::args().skip(1).filter_map(|a| a.parse::<usize>().ok());
    let total = numbers.next().unwrap_or(2 * STEP);
    let step = numbers.next().unwrap_or(STEP).max(BATCH);
    let folder = std::env::var_os("HABERDAR_BENCH_FOLDER").map_or_else(std::env::temp_dir, Into::into);
    let path = folder.join(format!("haberdar-record-{}.db", std::process::id()));
    let outcome = measure(&path, total, step);
    for end in ["", "-wal", "-shm"] {
        let mut file = path.clone().into_os_string();
        file.push(end);
        let _ = std::fs::remove_file(file);
    }
    outcome
}

fn measure(path: &std::path::Path, total: usize, size: usize) -> Result<()> {
    let mut store = Store::open(path)?;
    let mut articles = synthetic::Articles::new();
    let mut times: Vec<f64> = Vec::new();
    let clock = Clock(Instant::now());
    println!("articles  write s  reconcile s  memory MiB  stories  events  conflicts");
    for step in 0..total.div_ceil(size) {
        let (mut write, mut reconcile) = (0.0, 0.0);
        for _ in 0..size / BATCH {
            let made: Vec<_> = articles.by_ref().take(BATCH).collect();
            let start = clock.now();
            let batch = store.begin()?;
            for (article, reading) in &made {
                batch.add(article, reading)?;
            }
            batch.commit()?;
            write += clock.now() - start;
            let start = clock.now();
            shelf::reconcile(&mut store, World::shipped(), |_| {})?;
            reconcile += clock.now() - start;
        }
        times.push(reconcile);
        let c = store.counts()?;
        println!(
            "{:8}  {write:7.1}  {reconcile:11.1}  {:10}  {:7}  {:6}  {:9}",
            (step + 1) * size,
            memory(),
            c.stories,
            c.events,
            c.conflicts
        );
    }
    if let [first, .., last] = times[..] {
        println!("the last {size} took {:.2} times the first", last / first);
    }
    Ok(())
}

/// Seconds that the process has worked, in user and kernel mode; the clock's where the system does not say.
struct Clock(Instant);

impl Clock {
    fn now(&self) -> f64 {
        // Fields 14 and 15, counted behind the name in parentheses, in hundredths of a second.
        let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
        let fields = stat.rsplit_once(')').map(|s| s.1.split_whitespace().skip(11).take(2));
        let ticks: Option<Vec<f64>> = fields.and_then(|f| f.map(|t| t.parse().ok()).collect());
        ticks.filter(|t| t.len() == 2).map_or_else(|| self.0.elapsed().as_secs_f64(), |t| t.iter().sum::<f64>() / 100.0)
    }
}

/// Resident memory in MiB, 0 where the system does not say.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"));
    line.and_then(|l| l.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or_default() / 1024
}
