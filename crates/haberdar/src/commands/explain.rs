//! `haberdar explain`: why a row was coded.

use std::io::{self, Write};

use anyhow::{Result, bail};
use haberdar_model::{
    Article, ArticleMeta, Language, OffsetMap, Reading,
    reading::{Event, Mention},
};
use haberdar_store::Found;

use super::{query, read::person};
use crate::{cli::Explain, engine, output::grammar};

pub(crate) fn run(args: &Explain) -> Result<bool> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    if args.what.split_whitespace().count() > 1 {
        // One sentence may be too little for the detector: then its letters decide.
        let turkish = args.what.contains(['ı', 'ğ', 'ş', 'İ', 'Ğ', 'Ş', 'ç', 'ö', 'ü']);
        let guess = || if turkish { Language::Tr } else { Language::En };
        let language = args.lang.0.or_else(|| haberdar_lang::detect(&args.what)).unwrap_or_else(guess);
        let meta = ArticleMeta { source_id: "sentence".into(), language: Some(language), ..ArticleMeta::default() };
        let article = Article { meta, text: args.what.clone() };
        let reading = engine::reader()?.read(&article)?;
        if reading.events.is_empty() {
            writeln!(out, "No event was found.")?;
            for s in &reading.skipped {
                writeln!(out, "sentence {}: {}", s.sentence + 1, s.reason)?;
            }
        }
        for e in &reading.events {
            row(&mut out, &reading, &article.text, e)?;
        }
        let sentences = 0..reading.sentences.len();
        sentences.into_iter().try_for_each(|s| analysis(&mut out, &reading, &article.text, s))?;
        out.flush()?;
        return Ok(true);
    }
    let store = query::open(&args.store)?;
    let id = match &store.find(&args.what)?[..] {
        [Found::Event(id)] => id.clone(),
        [] => bail!("nothing in {} has the id {:?}: take one from `haberdar events`", args.store.store.display(), args.what),
        [_] => bail!("{:?} is no event: `haberdar explain` takes the id of an event", args.what),
        many => bail!("{:?} is the beginning of {} ids: write some more of it", args.what, many.len()),
    };
    for x in store.explain(&id)? {
        let Some(reading) = store.reading(&x.article.id)? else { continue };
        let text = reading.text.clone().unwrap_or_default();
        writeln!(out, "{}, {}", x.article.publisher.as_deref().unwrap_or("unknown outlet"), x.article.source_id)?;
        row(&mut out, &reading, &text, &x.event)?;
        analysis(&mut out, &reading, &text, x.event.sentence)?;
    }
    out.flush()?;
    Ok(true)
}

/// The decisions behind one event.
fn row(out: &mut impl Write, r: &Reading, text: &str, e: &Event) -> Result<()> {
    let sentence = r.sentences.get(e.sentence).and_then(|s| s.slice(text)).unwrap_or_default();
    let name = |ids: &[String]| {
        let found: Vec<String> = ids.iter().filter_map(|id| r.mentions.iter().find(|m| m.id == *id)).map(described).collect();
        if found.is_empty() { "-".to_owned() } else { found.join("; ") }
    };
    writeln!(out, "{} {} {}", e.id, e.kind, e.mode.as_deref().unwrap_or_default())?;
    writeln!(out, "  sentence    {}", sentence.split_whitespace().collect::<Vec<_>>().join(" "))?;
    writeln!(out, "  trigger     “{}” at {}..{}", e.trigger.text, e.trigger.span.start, e.trigger.span.end)?;
    writeln!(out, "  rule        {}", e.why)?;
    writeln!(out, "  actor       {}", name(&e.actor))?;
    writeln!(out, "  recipient   {}", name(&e.recipient))?;
    let goldstein = e.goldstein.map(|g| format!(", Goldstein {g}")).unwrap_or_default();
    writeln!(out, "  code        CAMEO {}, quad class {}{goldstein}", e.cameo.as_deref().unwrap_or("-"), e.quad)?;
    writeln!(out, "  status      {} ({})", e.status, e.polarity)?;
    writeln!(
        out,
        "  reported by {}",
        e.reported_by.as_ref().map_or_else(|| "the article itself".to_owned(), |id| name(std::slice::from_ref(id)))
    )?;
    let date = e.date.span.as_ref().map(|s| format!(" “{}”", s.text)).unwrap_or_default();
    let day = |d: Option<jiff::civil::Date>| d.map_or_else(|| "?".to_owned(), |d| d.to_string());
    writeln!(out, "  date        {} .. {} ({}{date})", day(e.date.start), day(e.date.end), e.date.basis)?;
    writeln!(out, "  confidence  {:.2}\n", e.confidence)?;
    Ok(())
}

fn described(m: &Mention) -> String {
    let role = m.role.as_ref().map(|r| format!(", {}", r.office)).unwrap_or_default();
    let entity = m.entity.as_ref().map(|e| format!(", {e}")).unwrap_or_default();
    format!("“{}” = {}{role}{entity}", m.at.text, person(m))
}

/// The grammatical analysis of a sentence.
fn analysis(out: &mut impl Write, r: &Reading, text: &str, sentence: usize) -> Result<()> {
    let language = r.article.language.unwrap_or(Language::Tr);
    let Some(span) = r.sentences.get(sentence) else { return Ok(()) };
    let map = OffsetMap::new(text);
    let analysed = engine::reader()?.analyzer(language).analyze(text);
    let Some(s) = analysed.sentences.iter().find(|s| map.span(text, s.start, s.end) == *span) else { return Ok(()) };
    writeln!(out, "{}\n", grammar(s))?;
    Ok(())
}
