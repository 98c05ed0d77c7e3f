//! Lists of names and of words that names are made of.

use haberdar_lang::{
    linear::hash_chars,
    namer::features::{Lists, PHRASE, base, phrase},
    rows::KEY,
    word::normal_chars,
};
use haberdar_model::Language;

/// Bits of the lists.
const NAMES: [&str; 16] = [
    "town", "last", "first", "region", "short", "body", "state", "people", "water", "title", "org", "place", "unit", "work",
    "event", "field",
];

fn bit(name: &str) -> u16 {
    NAMES.iter().position(|n| *n == name).map_or(0, |i| 1 << i)
}

/// Builds the lists: those of the world's tables and our own.
pub fn build() -> Lists {
    let mut out = Lists::default();
    let mut buffer = Vec::new();
    let mut put = |text: &str, bits: u16| {
        let mut words = Vec::new();
        for w in text.trim_start_matches('^').split_whitespace() {
            normal_chars(base(w), Language::Tr, &mut buffer);
            words.push(hash_chars(buffer.iter().copied()));
        }
        if !words.is_empty() && words.len() <= PHRASE {
            *out.of.entry(phrase(words.into_iter()) >> (32 - KEY)).or_default() |= bits;
        }
    };
    let rows = |table: &'static str| table.lines().skip(1).map(|l| l.split('\t').collect::<Vec<_>>());
    let column = |row: &[&'static str], i: usize| row.get(i).copied().unwrap_or_default();
    for row in rows(include_str!("../../../../data/world/countries.tsv")) {
        for (i, list) in [(2, "state"), (3, "state"), (5, "state"), (7, "state"), (9, "people"), (11, "people"), (13, "town")] {
            column(&row, i).split('|').for_each(|n| put(n, bit(list)));
        }
    }
    for row in rows(include_str!("../../../../data/world/places.tsv")) {
        let list = match column(&row, 3) {
            "city" => "town",
            "region" | "place" => "region",
            "sea" => "water",
            _ => continue,
        };
        column(&row, 4).split('|').chain(column(&row, 5).split('|')).for_each(|n| put(n, bit(list)));
    }
    for row in rows(include_str!("../../../../data/world/organizations.tsv")) {
        for n in column(&row, 4).split('|').chain(column(&row, 5).split('|')) {
            put(n, bit(if n.contains(' ') { "body" } else { "short" }));
        }
    }
    for row in rows(include_str!("../../../../data/world/offices.tsv")) {
        column(&row, 7).split('|').chain(column(&row, 5).split('|')).for_each(|n| put(n, bit("title")));
    }
    for row in rows(include_str!("../../../../data/world/persons.tsv")) {
        let words: Vec<&str> = column(&row, 1).split(' ').collect();
        for (i, w) in words.iter().enumerate().filter(|(_, w)| w.chars().count() > 2) {
            put(w, bit(if i + 1 == words.len() && i > 0 { "last" } else { "first" }));
        }
    }
    for line in include_str!("../../data/tr.names.tsv").lines().filter(|l| !l.starts_with('#')) {
        if let Some((list, words)) = line.split_once('\t') {
            words.split('|').for_each(|w| put(w, bit(list)));
        }
    }
    out
}
