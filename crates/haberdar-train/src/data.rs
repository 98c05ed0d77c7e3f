//! What is learned from: treebanks, names, raw text, in one folder by language.

use std::{
    fs,
    path::{Path, PathBuf},
};

use haberdar_lang::{lexicon::Lexicon, tokenize::Abbreviations};
use haberdar_model::Language;

use crate::{
    TrainError, clusters,
    cutting::{self, Line},
    names::{self, Tagged},
    recipe::Classes,
    treebank::{self, Gold},
};

/// The treebanks of a language: file, annotation style (0 is the target), whether it is a dev part with a train part.
fn files(lang: Language) -> &'static [(&'static str, u32, bool)] {
    match lang {
        Language::En => &[
            ("en/en_ewt-ud-train.conllu", 0, false),
            ("en/en_gum-ud-free-train.conllu", 1, false),
            ("en/en_ewt-ud-dev.conllu", 0, true),
            ("en/en_gum-ud-free-dev.conllu", 1, true),
        ],
        Language::Tr => &[
            ("tr/tr_boun-ud-dev.conllu", 0, false),
            ("tr/tr_gb-ud-test.conllu", 1, false),
            ("tr/tr_pud-ud-test.conllu", 2, false),
            ("tr/tr_kenet-ud-dev.conllu", 3, false),
            ("tr/tr_kenet-ud-test.conllu", 3, false),
            ("tr/tr_penn-ud-dev.conllu", 4, false),
            ("tr/tr_penn-ud-test.conllu", 4, false),
            ("tr/tr_framenet-ud-train.conllu", 5, false),
            ("tr/tr_framenet-ud-dev.conllu", 5, false),
            ("tr/tr_framenet-ud-test.conllu", 5, false),
        ],
    }
}

/// The treebanks of a language, or the dev parts of those that have a train part.
pub fn treebanks(lang: Language, data: &Path, dev: bool) -> Result<Vec<Gold>, TrainError> {
    let mut out = Vec::new();
    for &(file, scheme, is_dev) in files(lang) {
        let path = data.join(file);
        if is_dev == dev && path.exists() {
            out.extend(treebank::read(&path, scheme)?);
        }
    }
    if out.is_empty() && !dev { Err(TrainError::NoData(lang, data.to_owned())) } else { Ok(out) }
}

/// The dev part of the target treebank, if it has a train part.
pub fn dev(lang: Language, data: &Path) -> Result<Vec<Gold>, TrainError> {
    Ok(treebanks(lang, data, true)?.into_iter().filter(|g| g.scheme == 0).collect())
}

/// The lexicon with distributional classes from raw text, the treebanks' text and that of the names; without classes where
/// there is no raw text.
pub fn lexicon(lang: Language, data: &Path, raw: Option<&Path>, gold: &[Gold]) -> Result<(Lexicon, Classes), TrainError> {
    let mut lexicon = Lexicon::new(lang);
    let mut runs = match raw {
        Some(folder) => clusters::read(folder, lang)?,
        None => return Ok((lexicon, Vec::new())),
    };
    let abbreviations = Abbreviations::new(lang);
    gold.iter().for_each(|g| clusters::runs(&g.text, lang, &abbreviations, &mut runs));
    for s in tagged_names(lang, data, false)? {
        let text: Vec<String> = s.into_iter().map(|(w, _)| w).collect();
        clusters::runs(&text.join(" "), lang, &abbreviations, &mut runs);
    }
    let classes = clusters::classes(&runs, 4, [48, 256], 6);
    lexicon.set_clusters(classes.iter().copied().collect());
    Ok((lexicon, classes))
}

/// Sentences for learning where sentences end, beyond the treebanks: those of the names' data, of a treebank whose
/// analysis is not used, and lines of raw text.
pub fn lines(lang: Language, data: &Path, raw: Option<&Path>) -> Result<Vec<Line>, TrainError> {
    let text = |path: PathBuf| fs::read_to_string(&path).map_err(|e| TrainError::Io(path, e));
    let line = |text: &str, scheme, raw| Line { text: text.trim().to_owned(), scheme, follows: false, raw };
    let mut out = Vec::new();
    if lang == Language::En {
        // The English treebanks are large and have real paragraphs; more sentences without them do not help.
        return Ok(out);
    }
    for s in tagged_names(lang, data, false)? {
        out.push(line(&cutting::glue(s.iter().map(|(w, _)| w.as_str())), 6, false));
    }
    let web = data.join("tr/tr_twt-web.not-ud.conllu");
    if web.exists() {
        out.extend(text(web)?.lines().filter_map(|l| l.strip_prefix("# text = ")).map(|l| line(l, 7, false)));
    }
    if let Some(folder) = raw {
        let files = fs::read_dir(folder).map_err(|e| TrainError::Io(folder.to_owned(), e))?;
        let mut files: Vec<PathBuf> = files.filter_map(|e| Some(e.ok()?.path())).collect();
        files.retain(|p| p.to_string_lossy().ends_with(&format!(".{lang}.txt")));
        files.sort();
        for path in files {
            out.extend(text(path)?.lines().filter(|l| !l.trim().is_empty()).map(|l| line(l, 8, true)));
        }
    }
    Ok(out)
}

/// Sentences with names, or those that are held out.
pub fn tagged_names(lang: Language, data: &Path, dev: bool) -> Result<Vec<Tagged>, TrainError> {
    let files: &[&str] = match (lang, dev) {
        (Language::Tr, false) => &["tr/tr_wikiner-train.bio"],
        (Language::Tr, true) => &["tr/tr_wikiner-dev.bio"],
        (Language::En, false) => &["en/en_wikigold.bio", "en/en_re3d.bio"],
        (Language::En, true) => &[],
    };
    let mut out = Vec::new();
    for path in files.iter().map(|f| data.join(f)).filter(|p| p.exists()) {
        // The English sets mark what is meant, the Turkish one names and titles (`futbolcu`).
        out.extend(names::read(&path, lang == Language::En)?);
    }
    Ok(out)
}

/// What is trained on and what is measured: the dev part, or five parts of the target treebank in turn.
pub fn parts<'g>(gold: &'g [Gold], dev: &'g [Gold]) -> Vec<(Vec<&'g Gold>, Vec<&'g Gold>)> {
    if !dev.is_empty() {
        return vec![(gold.iter().collect(), dev.iter().collect())];
    }
    let target = |k: usize, same: bool| {
        let target = gold.iter().filter(|g| g.scheme == 0).enumerate();
        target.filter(move |(i, _)| (i % 5 == k) == same).map(|(_, g)| g)
    };
    let others = || gold.iter().filter(|g| g.scheme != 0);
    (0..5).map(|k| (target(k, false).chain(others()).collect(), target(k, true).collect())).collect()
}

/// One text of sentences; paragraphs stay apart, except where all are joined by a blank.
pub fn join(gold: &[&Gold], how: &str) -> String {
    let mut text = String::new();
    for (i, g) in gold.iter().enumerate() {
        if i > 0 {
            text.push_str(match (g.paragraph, how) {
                (_, "blank") => " ",
                (true, _) => "\n\n",
                (_, "line") => "\n",
                _ => " ",
            });
        }
        text.push_str(&g.text);
    }
    text
}
