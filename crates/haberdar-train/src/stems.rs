//! The table of Turkish stems, from Zemberek's dictionaries.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use haberdar_lang::casing;

use crate::TrainError;

/// Files and the class of their words where the file gives none; `n` lets the word's own form decide.
const FILES: [(&str, char); 7] = [
    ("zemberek-master-dictionary.dict", 'n'),
    ("zemberek-non-tdk.dict", 'n'),
    ("zemberek-proper.dict", 'p'),
    ("zemberek-proper-from-corpus.dict", 'p'),
    ("zemberek-person-names.dict", 'p'),
    ("zemberek-locations-tr.dict", 'p'),
    ("zemberek-abbreviations.dict", 'y'),
];

/// Builds the table: word in lower case, class, flags (see `haberdar_lang::turkish`).
pub fn build(folder: &Path) -> Result<String, TrainError> {
    let mut rows: BTreeMap<(String, char), BTreeSet<char>> = BTreeMap::new();
    for (file, default) in FILES {
        let path = folder.join("tr").join(file);
        let content = fs::read_to_string(&path).map_err(|e| TrainError::Io(path.clone(), e))?;
        for line in content.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()) {
            let (word, rest) = line.split_once('[').unwrap_or((line, ""));
            let word = word.trim();
            if word.is_empty() || word.contains(char::is_whitespace) || !word.chars().any(char::is_alphabetic) {
                continue;
            }
            let field = |name: &str| {
                let value = rest.trim_end_matches(']').split(';').find_map(|f| f.trim().strip_prefix(name));
                value.map(|v| v.split(',').map(str::trim).collect::<Vec<_>>()).unwrap_or_default()
            };
            let (pos, attributes) = (field("P:"), field("A:"));
            if pos.contains(&"Punc") {
                continue;
            }
            let (mut word, mut class) = (casing::lower_tr(word), default);
            if pos.contains(&"Prop") {
                class = 'p';
            } else if let Some(p) = pos.first() {
                class = match *p {
                    "Adj" => 'a',
                    "Verb" => 'v',
                    "Adv" => 'd',
                    "Postp" => 't',
                    "Conj" => 'c',
                    "Pron" => 'o',
                    "Interj" => 'i',
                    "Num" => 'u',
                    "Det" => 'e',
                    "Ques" => 'q',
                    "Abbrv" => 'y',
                    "Dup" => 'x',
                    _ => class,
                };
            } else if class == 'n' && word.chars().count() > 4 - 1 && (word.ends_with("mak") || word.ends_with("mek")) {
                class = 'v';
            }
            if class == 'v'
                && let Some(stem) = word.strip_suffix("mak").or(word.strip_suffix("mek"))
            {
                word = stem.to_owned();
            }
            // Words are looked up without circumflex.
            let word: String = word
                .chars()
                .map(|c| match c {
                    'â' => 'a',
                    'î' => 'i',
                    'û' => 'u',
                    c => c,
                })
                .collect();
            let flags = rows.entry((word, class)).or_default();
            // The lists of persons and of places tell what a name is the name of.
            match file {
                "zemberek-person-names.dict" => flags.insert('F'),
                "zemberek-locations-tr.dict" => flags.insert('L'),
                _ => false,
            };
            for a in attributes {
                match a {
                    "Voicing" => flags.insert('v'),
                    "NoVoicing" => flags.insert('n'),
                    "LastVowelDrop" => flags.insert('d'),
                    "InverseHarmony" => flags.insert('i'),
                    "Doubling" => flags.insert('g'),
                    _ => false,
                };
            }
        }
    }
    let mut out = String::new();
    for ((word, class), flags) in rows {
        let flags: String = flags.into_iter().collect();
        let row = format!("{word}\t{class}\t{flags}");
        out.push_str(row.trim_end());
        out.push('\n');
    }
    Ok(out)
}
