//! Counts, for the tables of common words, in what share of the texts a stem stands (per mille).
//!
//! `cargo run -p haberdar-reconcile --example common_words < texts.txt > common.xx.tsv`, one text a line.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, BufRead, Write},
};

fn main() -> io::Result<()> {
    let mut texts = 0_usize;
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for line in io::stdin().lock().lines() {
        texts += 1;
        for stem in haberdar_reconcile::stems(&line?).into_iter().collect::<BTreeSet<_>>() {
            *count.entry(stem).or_default() += 1;
        }
    }
    let mut rows: Vec<(usize, String)> =
        count.into_iter().map(|(w, n)| (n * 1000 / texts.max(1), w)).filter(|r| r.0 >= 12).collect();
    rows.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut out = io::stdout().lock();
    for (share, word) in rows {
        writeln!(out, "{word}\t{share}")?;
    }
    Ok(())
}
