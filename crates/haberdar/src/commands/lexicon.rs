//! `haberdar lexicon`: the frames, searched and checked.

use std::path::Path;

use anyhow::{Context, Result};
use haberdar_lang::casing;
use haberdar_model::{Article, ArticleMeta, EventType, Language};
use haberdar_reader::{
    Reader,
    lexicon::{Lexicon, LexiconError, frames::Frame},
};
use rayon::prelude::*;
use serde::Serialize;

use crate::{
    cli::{Format, LexiconCommand},
    output::rows,
};

pub(crate) fn run(what: &LexiconCommand) -> Result<bool> {
    match what {
        LexiconCommand::Search { words, lang, kind, tables, limit, format } => {
            let asked = Asked { words, kind: *kind, limit: limit.unwrap_or(usize::MAX) };
            search(&asked, *lang, tables.as_deref(), *format)
        }
        LexiconCommand::Check { lang, tables, format } => check(*lang, tables.as_deref(), *format),
    }
}

fn languages(lang: Option<Language>) -> impl Iterator<Item = Language> {
    Language::ALL.into_iter().filter(move |l| lang.is_none_or(|x| x == *l))
}

fn load(language: Language, tables: Option<&Path>) -> Result<(Lexicon, Vec<LexiconError>)> {
    match tables {
        Some(folder) => Lexicon::load_folder(language, folder).with_context(|| {
            format!("{}: a folder laid out as data/lang, with {language}/frames, is asked for", folder.display())
        }),
        None => Ok(Lexicon::load(language)),
    }
}

#[derive(Serialize)]
struct Row {
    language: Language,
    #[serde(rename = "type")]
    kind: EventType,
    mode: Option<String>,
    cameo: String,
    rule: String,
    examples: Vec<String>,
}

struct Asked<'a> {
    words: &'a [String],
    kind: Option<EventType>,
    limit: usize,
}

fn search(asked: &Asked<'_>, lang: Option<Language>, tables: Option<&Path>, format: Format) -> Result<bool> {
    let words: Vec<String> = asked.words.iter().map(|w| casing::fold_tr(w)).collect();
    let mut found = Vec::new();
    for language in languages(lang) {
        let (lexicon, _) = load(language, tables)?;
        for frame in lexicon.frames.iter().filter(|f| asked.kind.is_none_or(|k| k == f.kind)) {
            let row = row(language, frame);
            let hay = [row.rule.as_str(), row.mode.as_deref().unwrap_or_default(), &row.cameo, &row.examples.join(" ")].join(" ");
            let hay = casing::fold_tr(&hay);
            if words.iter().all(|w| hay.contains(w.as_str())) {
                found.push(row);
            }
        }
    }
    let all = found.len();
    found.truncate(asked.limit);
    let cells = |r: &Row| {
        vec![
            r.language.to_string(),
            r.kind.to_string(),
            r.mode.clone().unwrap_or_default(),
            r.cameo.clone(),
            r.rule.clone(),
            r.examples.first().cloned().unwrap_or_default(),
        ]
    };
    rows(format, &found, &["language", "type", "mode", "cameo", "rule", "example"], cells, "no frame has these words")?;
    if found.len() < all {
        eprintln!("{} of {all} frames; --limit shows more", found.len());
    }
    Ok(true)
}

fn row(language: Language, frame: &Frame) -> Row {
    Row {
        language,
        kind: frame.kind,
        mode: frame.mode.map(str::to_owned),
        cameo: frame.cameo.to_string(),
        rule: frame.text.to_string(),
        examples: frame.plain_examples().collect(),
    }
}

#[derive(Serialize)]
struct Found {
    severity: &'static str,
    place: String,
    finding: String,
}

/// Fails on faults in the tables; an example that is read otherwise is something to look at.
fn check(lang: Option<Language>, tables: Option<&Path>, format: Format) -> Result<bool> {
    let mut found = Vec::new();
    let (mut faults, mut examples) = (0, 0);
    // The reader needs the tables of both, whichever is asked for.
    for language in Language::ALL {
        let (_, errors) = load(language, tables)?;
        faults += errors.len();
        let error = |e: LexiconError| Found { severity: "error", place: format!("{}:{}", e.file, e.line), finding: e.what };
        found.extend(errors.into_iter().map(error));
    }
    // Only sound tables can read.
    if faults == 0 {
        let reader = Reader::with_tables(tables)?;
        for language in languages(lang) {
            let pairs: Vec<(&Frame, String)> =
                reader.lexicon(language).frames.iter().flat_map(|f| f.plain_examples().map(move |e| (f, e))).collect();
            examples += pairs.len();
            let wrong: Vec<Result<Option<Found>>> =
                pairs.par_iter().map(|(f, text)| misread(&reader, language, f, text)).collect();
            for w in wrong {
                found.extend(w?);
            }
        }
    }
    let cells = |f: &Found| vec![f.severity.to_owned(), f.place.clone(), f.finding.clone()];
    rows(format, &found, &["severity", "place", "finding"], cells, "nothing is wrong with the tables")?;
    eprintln!("{faults} faults; {} of {examples} examples read otherwise than their file says", found.len() - faults);
    Ok(faults == 0)
}

/// `None` where the example is coded with its type.
fn misread(reader: &Reader, language: Language, frame: &Frame, text: &str) -> Result<Option<Found>> {
    let meta = ArticleMeta { source_id: "example".into(), language: Some(language), ..Default::default() };
    let reading = reader.read(&Article { meta, text: text.to_owned() })?;
    if reading.events.iter().any(|e| frame.fits(e.kind)) {
        return Ok(None);
    }
    let kinds: Vec<String> = reading.events.iter().map(|e| e.kind.to_string()).collect();
    let coded = if kinds.is_empty() { "nothing".to_owned() } else { kinds.join(", ") };
    let place = format!("{language}/{}/{}", frame.kind.to_string().to_lowercase(), frame.text);
    Ok(Some(Found { severity: "example", place, finding: format!("{text} ({coded})") }))
}
