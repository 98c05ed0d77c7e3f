//! Cuts each line of stdin into tokens: `cut LANG`.
#![allow(clippy::print_stdout)] // an example prints

use std::io::Read;

use haberdar_lang::tokenize::{Abbreviations, tokenize};
use haberdar_model::Language;

fn main() {
    let lang = if std::env::args().nth(1).as_deref() == Some("en") { Language::En } else { Language::Tr };
    let mut text = String::new();
    let _ = std::io::stdin().read_to_string(&mut text);
    let abbreviations = Abbreviations::new(lang);
    for line in text.lines() {
        let tokens = tokenize(line, lang, &abbreviations);
        println!("{}", tokens.iter().map(|t| &line[t.start as usize..t.end as usize]).collect::<Vec<_>>().join(" | "));
    }
}
