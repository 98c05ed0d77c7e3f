//! Makes and measures the models of `haberdar-lang`.
//!
//! ```text
//! haberdar-train lang --lang tr --data TREEBANKS --raw RAW --out models/tr.hbm
//! haberdar-train eval --lang tr --data TREEBANKS --raw RAW --out FOLDER
//! ```
#![forbid(unsafe_code)]
#![allow(clippy::print_stderr)] // a tool for development says on stderr how far it is

mod options;

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    time::Instant,
};

use clap::Parser;
use haberdar_lang::{
    Analyzer, LangError,
    lexicon::Lexicon,
    model::{self, Second},
};
use haberdar_model::Language;
use haberdar_train::{
    TrainError, data, namer, net,
    recipe::{self, Classes},
    segment::{Cutter, Figures},
    silver, stems, tagger,
    treebank::{self, Gold},
};
use options::{Cli, Command, Source, Steps};

fn main() {
    if let Err(e) = run(Cli::parse()) {
        eprintln!("haberdar-train: {e}");
        std::process::exit(1);
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), TrainError> {
    fs::write(path, bytes).map_err(|e| TrainError::Io(path.to_owned(), e))
}

fn read(path: &Path) -> Result<Vec<u8>, TrainError> {
    fs::read(path).map_err(|e| TrainError::Io(path.to_owned(), e))
}

fn run(cli: Cli) -> Result<(), TrainError> {
    let start = Instant::now();
    let say = |what: &str| eprintln!("{:7.1} s  {what}", start.elapsed().as_secs_f32());
    match cli.command {
        Command::Lang { source, steps, net, out } => {
            let gold = data::treebanks(source.lang, &source.data, false)?;
            let all: Vec<&Gold> = gold.iter().collect();
            let maker = Maker::new(&source, &steps, &gold, &say)?;
            let bytes = maker.model(&all, net.as_deref().map(read).transpose()?, &say)?;
            write(&out, &bytes)?;
            say(&format!("{} bytes", bytes.len()));
        }
        Command::Net { source, steps, part, out } => {
            let gold = data::treebanks(source.lang, &source.data, false)?;
            let dev = data::dev(source.lang, &source.data)?;
            let maker = Maker::new(&source, &steps, &gold, &say)?;
            let (mut train, test) = data::parts(&gold, &dev).swap_remove(part.unwrap_or(0));
            if part.is_none() {
                train = gold.iter().collect();
            }
            let bytes = maker.net(&train, &say);
            write(&out, &bytes)?;
            let names = data::tagged_names(source.lang, &source.data, true)?;
            let figures = net::measure(&bytes, &test, &names, &maker.lexicon).ok_or(TrainError::NoData(source.lang, out))?;
            say(&format!("{} bytes; {figures}", bytes.len()));
        }
        Command::Score { lang, data, model, join, out } => {
            let analyzer = Analyzer::from_bytes(lang, &read(&model)?)?;
            let mut gold = data::dev(lang, &data)?;
            if gold.is_empty() {
                gold = data::treebanks(lang, &data, false)?;
            }
            let gold: Vec<&Gold> = gold.iter().filter(|g| g.scheme == 0).collect();
            let text = data::join(&gold, &join);
            // Once for what is remembered of words, once for the clock.
            analyzer.analyze(&text);
            let clock = Instant::now();
            let analysis = analyzer.analyze(&text);
            say(&format!("{:.0} words/s", analysis.words() as f32 / clock.elapsed().as_secs_f32()));
            fs::create_dir_all(&out).map_err(|e| TrainError::Io(out.clone(), e))?;
            write(&out.join("gold.conllu"), gold.iter().map(|g| g.to_conllu()).collect::<String>().as_bytes())?;
            write(&out.join("system.conllu"), analysis.to_conllu().as_bytes())?;
        }
        Command::Eval { source, steps, folds, nets, join, out } => {
            let gold = data::treebanks(source.lang, &source.data, false)?;
            let dev = data::dev(source.lang, &source.data)?;
            let maker = Maker::new(&source, &steps, &gold, &say)?;
            fs::create_dir_all(&out).map_err(|e| TrainError::Io(out.clone(), e))?;
            let (mut want, mut got) = (String::new(), String::new());
            for (i, (train, test)) in data::parts(&gold, &dev).iter().enumerate().take(folds) {
                let bytes = maker.model(train, nets.get(i).map(|p| read(p)).transpose()?, &say)?;
                let analyzer = Analyzer::from_bytes(source.lang, &bytes)?;
                want.extend(test.iter().map(|g| g.to_conllu()));
                got.push_str(&analyzer.analyze(&data::join(test, &join)).to_conllu());
                // What is known is written after every part: a cross-validation takes a while.
                write(&out.join("gold.conllu"), want.as_bytes())?;
                write(&out.join("system.conllu"), got.as_bytes())?;
                say(&format!("part {i}: {} bytes", bytes.len()));
            }
        }
        Command::Silver { lang, models, frames, out } => {
            let load = |p: &PathBuf| Ok(Analyzer::from_bytes(lang, &read(p)?)?);
            let models = models.iter().map(load).collect::<Result<Vec<_>, TrainError>>()?;
            let examples = silver::examples(&frames)?;
            let text = silver::agreed(&models, &examples);
            say(&format!("{} of {} sentences", text.matches("# text").count(), examples.len()));
            write(&out, text.as_bytes())?;
        }
        Command::Names { data, model, steps, errors, out } => names(&data, &model, &steps.plan(), errors, &out, &say)?,
        Command::Tags { data, model, silver, steps, out } => {
            let lang = Language::En;
            let bad = |why| LangError::BadModel(lang, why);
            let bytes = model::with_second(lang, &read(&model)?, None).map_err(bad)?;
            let mut gold = data::treebanks(lang, &data, false)?;
            if let Some(path) = silver {
                gold.extend(treebank::read(&path, 0)?);
            }
            let examples = tagger::examples(&Analyzer::from_bytes(lang, &bytes)?, &gold);
            let tags = tagger::make(&examples, &steps.plan(), &say);
            let bytes = model::with_second(lang, &bytes, Some(Second::Tags(&tags))).map_err(bad)?;
            write(&out, &bytes)?;
            say(&format!("{} bytes", bytes.len()));
        }
        Command::Stems { lexicons, out } => write(&out, stems::build(&lexicons)?.as_bytes())?,
        Command::Segment { lang, data, show, text, raw } => match text {
            Some(text) => cut(lang, &data, raw.as_deref(), &text)?,
            None => segment(lang, &data, raw.as_deref(), show, &say)?,
        },
    }
    Ok(())
}

/// What all parts of the data share.
struct Maker<'a> {
    source: &'a Source,
    plan: net::Plan,
    lexicon: Lexicon,
    classes: Classes,
    raw: Vec<Vec<String>>,
    silver: Vec<Gold>,
    names: Vec<haberdar_train::names::Tagged>,
}

impl<'a> Maker<'a> {
    fn new(source: &'a Source, steps: &Steps, gold: &[Gold], say: &dyn Fn(&str)) -> Result<Maker<'a>, TrainError> {
        let (lang, folder) = (source.lang, source.data.as_path());
        let (lexicon, classes) = data::lexicon(lang, folder, source.raw.as_deref(), gold)?;
        say(&format!("{} words in distributional classes", classes.len()));
        let silver = source.silver.as_deref().map_or(Ok(Vec::new()), |p| treebank::read(p, 0))?;
        let names = data::tagged_names(lang, folder, false)?;
        let raw = match source.raw.as_deref().filter(|_| steps.raw_rounds > 0 || steps.raw_weight > 0.0) {
            Some(folder) => {
                let mut raw = net::raw_sentences(folder, lang)?;
                raw.extend(names.iter().map(|s| s.iter().map(|(w, _)| w.clone()).collect()));
                raw
            }
            None => Vec::new(),
        };
        let plan = steps.plan(silver.len());
        Ok(Maker { source, plan, lexicon, classes, raw, silver, names })
    }

    /// A network, trained on the sentences.
    fn net(&self, train: &[&Gold], say: &(dyn Fn(&str) + Sync)) -> Vec<u8> {
        let train: Vec<&Gold> = train.iter().copied().chain(&self.silver).collect();
        let data = net::Data::new(&train, &self.names, &self.raw, &self.lexicon, &self.plan);
        say(&format!("{:?}, vectors {:?}", data.dims, data.vocabulary.iter().map(Vec::len).collect::<Vec<_>>()));
        let params = data.train(&self.plan, say);
        let mut bytes = Vec::new();
        data.pack(&params, &mut bytes);
        bytes
    }

    /// A model, trained on the sentences; a network that was trained on the same is taken as it is.
    fn model(&self, train: &[&Gold], net: Option<Vec<u8>>, say: &(dyn Fn(&str) + Sync)) -> Result<Vec<u8>, TrainError> {
        let lang = self.source.lang;
        let lines = data::lines(lang, &self.source.data, self.source.raw.as_deref())?;
        let linears = recipe::linears(lang, train, &lines, &self.lexicon);
        say("sentences, split words, lemmas");
        let net = net.unwrap_or_else(|| self.net(train, say));
        let bytes = recipe::pack(lang, &linears, self.classes.clone(), net);
        Analyzer::from_bytes(lang, &bytes)?;
        Ok(bytes)
    }
}

/// Trains the second look at names and writes the model with it.
fn names(
    folder: &Path,
    model: &Path,
    plan: &namer::Plan,
    errors: bool,
    out: &Path,
    say: &dyn Fn(&str),
) -> Result<(), TrainError> {
    let lang = Language::Tr;
    let bad = |why| LangError::BadModel(lang, why);
    let bytes = model::with_second(lang, &read(model)?, None).map_err(bad)?;
    let analyzer = Analyzer::from_bytes(lang, &bytes)?;
    let lists = namer::lists::build();
    let mut train = data::tagged_names(lang, folder, false)?;
    namer::tidy::tidy(&mut train);
    let dev = namer::cases(&analyzer, &data::tagged_names(lang, folder, true)?, &lists, false);
    say(&format!("the network alone: {}", namer::measure(&analyzer, &dev)));
    let train = namer::cases(&analyzer, &train, &lists, false);
    let examples: Vec<_> = train.into_iter().flat_map(|c| c.examples).collect();
    say(&format!("{} sentences, {} phrases in lists", examples.len(), lists.of.len()));
    let bytes = model::with_second(lang, &bytes, Some(Second::Names(&namer::make(&examples, &lists, plan, say)))).map_err(bad)?;
    write(out, &bytes)?;
    let analyzer = Analyzer::from_bytes(lang, &bytes)?;
    say(&format!("{} bytes; {}", bytes.len(), namer::measure(&analyzer, &dev)));
    let apart = namer::cases(&analyzer, &data::tagged_names(lang, folder, true)?, &lists, true);
    say(&format!("tokens apart: {}", namer::measure(&analyzer, &apart)));
    if errors {
        std::io::stdout().write_all(namer::errors(&analyzer, &dev).as_bytes()).map_err(|e| TrainError::Io("-".into(), e))?;
    }
    Ok(())
}

/// Cuts a file and prints a sentence a line, its tokens apart.
fn cut(lang: Language, folder: &Path, raw: Option<&Path>, path: &Path) -> Result<(), TrainError> {
    let text = fs::read_to_string(path).map_err(|e| TrainError::Io(path.to_owned(), e))?;
    let gold = data::treebanks(lang, folder, false)?;
    let more = data::lines(lang, folder, raw)?;
    let (tokens, ends) = Cutter::train(&gold.iter().collect::<Vec<_>>(), &more, &Lexicon::new(lang)).cut(&text);
    let (mut from, mut out) = (0, String::new());
    for end in ends {
        let forms: Vec<&str> = tokens[from..end].iter().map(|t| &text[t.start as usize..t.end as usize]).collect();
        out += &forms.join(" ");
        out.push('\n');
        from = end;
    }
    std::io::stdout().write_all(out.as_bytes()).map_err(|e| TrainError::Io("-".into(), e))
}

/// Measures how text is cut.
fn segment(lang: Language, folder: &Path, raw: Option<&Path>, show: usize, say: &dyn Fn(&str)) -> Result<(), TrainError> {
    let (gold, dev) = (data::treebanks(lang, folder, false)?, data::dev(lang, folder)?);
    let more = data::lines(lang, folder, raw)?;
    let lexicon = Lexicon::new(lang);
    let mut figures = [Figures::default(); 3];
    for (train, part) in data::parts(&gold, &dev) {
        let cutter = Cutter::train(&train, &more, &lexicon);
        say("trained");
        for (how, figures) in ["space", "line", "blank"].into_iter().zip(&mut figures) {
            let show = if how == "space" { show } else { 0 };
            figures.add(cutter.score(&part, &data::join(&part, how), show, &say));
        }
    }
    say(&format!("joined by blanks, paragraphs kept:\n{}", figures[0]));
    say(&format!("joined by lines:\n{}", figures[1]));
    say(&format!("joined by blanks, also at paragraphs:\n{}", figures[2]));
    Ok(())
}
