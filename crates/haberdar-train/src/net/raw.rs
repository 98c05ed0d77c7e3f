//! Sentences of raw text, as far as guessing hidden words needs them.

use std::path::Path;

use haberdar_lang::tokenize::{Abbreviations, Gap, tokenize};
use haberdar_model::Language;

use crate::{TrainError, clusters::each_text};

/// Longest run of tokens.
const LONGEST: usize = 60;

/// Tokens of the raw texts of a folder, cut at line breaks and at marks that mostly end a sentence.
pub fn raw_sentences(folder: &Path, lang: Language) -> Result<Vec<Vec<String>>, TrainError> {
    let abbreviations = Abbreviations::new(lang);
    let mut out: Vec<Vec<String>> = Vec::new();
    each_text(folder, lang, &mut |text| {
        let mut run: Vec<String> = Vec::new();
        for t in tokenize(text, lang, &abbreviations) {
            let form = &text[t.start as usize..t.end as usize];
            let full = run.len() >= LONGEST || run.last().is_some_and(|w| matches!(w.as_str(), "." | "!" | "?" | "…"));
            if full || t.before >= Gap::Line {
                out.push(std::mem::take(&mut run));
            }
            run.push(form.to_owned());
        }
        out.push(run);
    })?;
    out.retain(|s| s.len() > 3);
    Ok(out)
}
