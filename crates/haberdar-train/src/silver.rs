//! Trees that several models agree on, of the project's own example sentences: what they share is mostly right, and it
//! brings the words of foreign news, which treebanks lack.

use std::{collections::BTreeMap, fs, path::Path};

use haberdar_lang::{Analyzer, Sentence};

use crate::TrainError;

/// The example sentences of the frames in a folder, without their marks, sorted.
pub fn examples(folder: &Path) -> Result<Vec<String>, TrainError> {
    let fail = |e| TrainError::Io(folder.to_owned(), e);
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).map_err(fail)? {
        let content = fs::read_to_string(entry.map_err(fail)?.path()).map_err(fail)?;
        let rows = content.lines().filter(|l| !l.starts_with(['#', '@']));
        let examples = rows.filter_map(|l| l.split('\t').nth(3)).flat_map(|c| c.split("||"));
        out.extend(examples.map(|e| plain(e.trim())).filter(|e| !e.is_empty()));
    }
    out.sort_unstable();
    out.dedup();
    Ok(out)
}

/// Without the brackets of actor and recipient.
fn plain(example: &str) -> String {
    example.replace("]A", "").replace("]R", "").replace('[', "")
}

/// CoNLL-U of the sentences that at least two of the models read alike: parts of speech, heads and relations.
pub fn agreed(models: &[Analyzer], sentences: &[String]) -> String {
    let mut out = String::new();
    for text in sentences {
        let mut votes: BTreeMap<String, usize> = BTreeMap::new();
        for model in models {
            let analysis = model.analyze(text);
            let [sentence] = &analysis.sentences[..] else { continue };
            let key = key(sentence);
            let n = votes.entry(key).or_default();
            *n += 1;
            if *n == 2 {
                out += &analysis.to_conllu();
                break;
            }
        }
    }
    out
}

fn key(s: &Sentence<'_>) -> String {
    s.words.iter().map(|w| format!("{} {} {:?} {}\n", w.form, w.upos, w.head, w.deprel.universal())).collect()
}
