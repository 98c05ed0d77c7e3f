//! Analyses standard input: `cargo run --release -p haberdar-lang --example parse -- tr < text`.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::io::{Read, Write};

use haberdar_lang::Analyzer;
use haberdar_model::Language;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let lang: Language = std::env::args().nth(1).as_deref().unwrap_or("tr").parse()?;
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let analyzer = Analyzer::new(lang)?;
    let analysis = analyzer.analyze(&text);
    for s in &analysis.sentences {
        for n in &s.names {
            let words: Vec<&str> = s.words[n.first_word..n.last_word].iter().map(|w| w.form()).collect();
            eprintln!("{}\t{}", n.class.as_str(), words.join(" "));
        }
    }
    std::io::stdout().write_all(analysis.to_conllu().as_bytes())?;
    Ok(())
}
