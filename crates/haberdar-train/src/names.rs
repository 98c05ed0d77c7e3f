//! Names from BIO files: a word and its tag a line, an empty line between sentences.

use std::{fs, path::Path};

use crate::TrainError;

/// A sentence with the tag of each word.
pub type Tagged = Vec<(String, String)>;

/// Reads a BIO file. Tags without B (IO) are turned into BIO. With `capital` mentions that are no names (`a new prime
/// minister`) are left out: a name has a capital.
pub fn read(path: &Path, capital: bool) -> Result<Vec<Tagged>, TrainError> {
    let content = fs::read_to_string(path).map_err(|e| TrainError::Io(path.to_owned(), e))?;
    let mut out = Vec::new();
    let mut s: Tagged = Vec::new();
    for line in content.lines().chain([""]) {
        match line.rsplit_once(['\t', ' ']) {
            Some((word, tag)) => s.push((word.trim().to_owned(), tag.trim().to_owned())),
            None if !s.is_empty() => out.push(std::mem::take(&mut s)),
            None => {}
        }
    }
    for s in &mut out {
        let mut last = String::new();
        for (_, tag) in s.iter_mut() {
            let kind = tag.split_once('-').map_or(String::new(), |(_, k)| k.to_owned());
            if tag.starts_with("I-") && kind != last {
                *tag = format!("B-{kind}");
            }
            last = kind;
        }
        let mut i = 0;
        while i < s.len() {
            let mut end = i + 1;
            if s[i].1.starts_with("B-") {
                while end < s.len() && s[end].1.starts_with("I-") {
                    end += 1;
                }
                if capital && !s[i..end].iter().any(|(w, _)| w.chars().any(|c| c.is_uppercase() || c.is_ascii_digit())) {
                    s[i..end].iter_mut().for_each(|(_, t)| *t = "O".to_owned());
                }
            }
            i = end;
        }
    }
    Ok(out)
}
