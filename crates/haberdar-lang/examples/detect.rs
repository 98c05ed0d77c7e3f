//! Prints the language of every line of standard input and the line: `tr`, `en` or `-`. In a line, `\n` and `\t` are breaks.

use std::io::{self, BufRead, Write};

fn main() -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line = line?;
        let lang = haberdar_lang::detect(&line.replace("\\n", "\n").replace("\\t", "\t"));
        writeln!(out, "{}\t{line}", lang.map_or_else(|| "-".into(), |l| l.to_string()))?;
    }
    out.flush()
}
