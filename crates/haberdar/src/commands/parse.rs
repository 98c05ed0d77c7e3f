//! `haberdar parse`: Universal Dependencies for raw text.

use std::{
    fs,
    io::{self, Read, Write},
    path::Path,
};

use anyhow::{Context, Result, bail};
use haberdar_lang::{Analyzer, detect};
use haberdar_sources::decode;

use crate::{
    cli::{Parse, ParseFormat},
    output::grammar,
};

pub(crate) fn run(args: &Parse) -> Result<bool> {
    let mut bytes = Vec::new();
    let name = args.path.display();
    if args.path == Path::new("-") {
        io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
    } else {
        bytes = fs::read(&args.path)
            .with_context(|| format!("cannot read {name}: give a file of raw text, or - for standard input"))?;
    }
    let Some(decoded) = decode(&bytes, None, Some(b"tr")) else {
        bail!("{name} is no text in a known encoding: save it as UTF-8");
    };
    let text = decoded.text;
    let Some(language) = args.lang.0.or_else(|| detect(&text)) else {
        bail!("the language of {name} was not recognised: give it with --lang tr or --lang en");
    };
    let analysis = Analyzer::new(language)?;
    let analysis = analysis.analyze(&text);
    let mut out = io::BufWriter::new(io::stdout().lock());
    match args.format {
        ParseFormat::Conllu => out.write_all(analysis.to_conllu().as_bytes())?,
        ParseFormat::Table => {
            for (i, s) in analysis.sentences.iter().enumerate() {
                let shown = text[s.start..s.end].split_whitespace().collect::<Vec<_>>().join(" ");
                writeln!(out, "{}. {shown}\n{}\n", i + 1, grammar(s))?;
            }
        }
    }
    out.flush()?;
    Ok(true)
}
