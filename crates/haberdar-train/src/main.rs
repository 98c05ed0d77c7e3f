//! Makes and measures the models of `haberdar-lang`.
//!
//! ```text
//! haberdar-train lang --lang tr --data TREEBANKS --out models/tr.hbm
//! haberdar-train eval --lang tr --data TREEBANKS --out FOLDER
//! ```
#![allow(clippy::print_stderr)] // a tool for development says on stderr how far it is

use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use clap::{Args, Parser, Subcommand};
use haberdar_lang::{Analyzer, lexicon::Lexicon};
use haberdar_model::Language;

use haberdar_train::{
    TrainError, clusters, names, net,
    recipe::{self, Classes, Least, Recipe},
    stems,
    treebank::{self, Gold},
};

#[derive(Parser)]
#[command(about = "Makes and measures language models")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Train a model on all data.
    Lang(Options),
    /// Measure the tagger of names on its dev part, in English on every fifth sentence.
    Names(Options),
    /// Analyse the target treebank's dev part (Turkish: the whole) with a model and write gold and system.
    Score {
        /// The model.
        #[arg(long)]
        model: PathBuf,
        #[command(flatten)]
        options: Options,
    },
    /// Leave more of a model's small weights out; `--least` in the model's own units.
    Repack {
        /// The model.
        #[arg(long)]
        model: PathBuf,
        #[command(flatten)]
        options: Options,
    },
    /// Build the table of Turkish stems.
    Stems {
        /// Folder with the dictionaries in folders by language.
        #[arg(long)]
        lexicons: PathBuf,
        /// The table.
        #[arg(long)]
        out: PathBuf,
    },
    /// Train the network alone and measure it on given words: the dev part, or in Turkish one fold of the target treebank.
    Net {
        /// Rounds.
        #[arg(long, default_value_t = 20)]
        rounds: usize,
        /// Units of a layer in each direction.
        #[arg(long, default_value_t = 128)]
        hidden: usize,
        /// Layers.
        #[arg(long, default_value_t = 3)]
        layers: usize,
        /// Rate at the start.
        #[arg(long, default_value_t = 2e-3)]
        rate: f32,
        /// How often sentences with names are seen in a round.
        #[arg(long, default_value_t = 0.5)]
        name_weight: f32,
        /// How often sentences of each style are seen in a round.
        #[arg(long, value_delimiter = ',', default_value = "1")]
        weights: Vec<f32>,
        #[command(flatten)]
        options: Options,
    },
    /// Put a network into a model in place of the linear steps.
    Graft {
        /// The model.
        #[arg(long)]
        model: PathBuf,
        /// The network, as `net` writes it.
        #[arg(long)]
        net: PathBuf,
        #[command(flatten)]
        options: Options,
    },
    /// Measure: cross-validation on the target treebank, or its dev part where it has a train part.
    Eval(Options),
}

#[derive(Args, Clone)]
struct Options {
    /// Language.
    #[arg(long)]
    lang: Language,
    /// Folder with the treebanks in folders by language.
    #[arg(long)]
    data: PathBuf,
    /// Model file, or for eval the folder for gold.conllu and system.conllu.
    #[arg(long)]
    out: PathBuf,
    /// Only this many folds of the cross-validation.
    #[arg(long, default_value_t = 5)]
    folds: usize,
    /// How sentences are joined to a text: space or line.
    #[arg(long, default_value = "space")]
    join: String,
    /// Rounds of the tagger.
    #[arg(long, default_value_t = 8)]
    tagger: usize,
    /// Rounds of the parser.
    #[arg(long, default_value_t = 10)]
    parser: usize,
    /// Styles whose trees are learned from.
    #[arg(long, value_delimiter = ',', default_value = "0,1,2,3,4,5,6,7")]
    trees: Vec<u32>,
    /// Styles that are read at all.
    #[arg(long, value_delimiter = ',', default_value = "0,1,2,3,4,5,6,7")]
    schemes: Vec<u32>,
    /// At most this many sentences of each treebank.
    #[arg(long, default_value_t = usize::MAX)]
    limit: usize,
    /// Parts into which the data are cut for learning from unseen predictions.
    #[arg(long, default_value_t = 4)]
    jack: usize,
    /// Least weights that are kept in the first look, second look, lemmatizer and parser.
    #[arg(long, value_delimiter = ',', default_value = "20,20,5,20,10")]
    least: Vec<i16>,
    /// Measure several of them.
    #[arg(long)]
    sweep: bool,
    /// Folder with raw text for distributional classes.
    #[arg(long)]
    raw: Option<PathBuf>,
    /// Orders in which the parser learns.
    #[arg(long, default_value_t = 1)]
    seeds: usize,
    /// Rounds of the tagger of names.
    #[arg(long, default_value_t = 6)]
    names: usize,
    /// Train on the dev parts too.
    #[arg(long)]
    with_dev: bool,
}

/// The treebanks of a language: file, annotation style (0 is the target), whether it is a dev part with a train part.
fn treebanks(lang: Language) -> &'static [(&'static str, u32, bool)] {
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

fn main() {
    if let Err(e) = run(Cli::parse()) {
        eprintln!("haberdar-train: {e}");
        std::process::exit(1);
    }
}

fn load(o: &Options, dev: bool) -> Result<Vec<Gold>, TrainError> {
    let mut out = Vec::new();
    for &(file, scheme, is_dev) in treebanks(o.lang) {
        let path = o.data.join(file);
        if is_dev == dev && o.schemes.contains(&scheme) && path.exists() {
            out.extend(treebank::read(&path, scheme)?.into_iter().take(o.limit));
        }
    }
    if out.is_empty() && !dev { Err(TrainError::NoData(o.lang, o.data.clone())) } else { Ok(out) }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), TrainError> {
    fs::write(path, bytes).map_err(|e| TrainError::Io(path.to_owned(), e))
}

fn run(cli: Cli) -> Result<(), TrainError> {
    let start = Instant::now();
    let say = |what: &str| eprintln!("{:7.1} s  {what}", start.elapsed().as_secs_f32());
    match cli.command {
        Command::Lang(o) => {
            let mut gold = load(&o, false)?;
            if o.with_dev {
                gold.extend(load(&o, true)?);
            }
            let refs: Vec<&Gold> = gold.iter().collect();
            let recipe = recipe(&o);
            let (lexicon, classes) = lexicon(&o, &gold)?;
            say(&format!("{} words in distributional classes", classes.len()));
            let mut trained = recipe::train(o.lang, &refs, &lexicon, &recipe, &say);
            let data = names_data(&o, false)?;
            if !data.is_empty() {
                trained.names = Some(names::train(&data, &lexicon, o.names));
                say("names");
            }
            trained.clusters = classes;
            let sweep = if o.sweep { &SWEEP[..] } else { &[] };
            for (i, least) in [least(&o)].iter().chain(sweep).enumerate() {
                let bytes = trained.pack(*least, &say);
                Analyzer::from_bytes(o.lang, &bytes)?;
                let path = if i == 0 { o.out.clone() } else { o.out.with_extension(format!("{i}.hbm")) };
                write(&path, &bytes)?;
                say(&format!("{} bytes, least {least:?}", bytes.len()));
            }
        }
        Command::Names(o) => {
            let (lexicon, _) = lexicon(&o, &[])?;
            let (mut data, mut dev) = (names_data(&o, false)?, names_data(&o, true)?);
            if dev.is_empty() {
                let (a, b) = data.into_iter().enumerate().partition::<Vec<_>, _>(|(i, _)| i % 5 != 0);
                (data, dev) = (a.into_iter().map(|x| x.1).collect(), b.into_iter().map(|x| x.1).collect());
            }
            let (tags, rows) = names::train(&data, &lexicon, o.names);
            say("names");
            for least in [1, 5, 10, 20, 40] {
                let rows = recipe::prune(&rows, least);
                let model =
                    haberdar_lang::names::Names { tags: tags.clone(), weights: haberdar_lang::linear::Linear::from_rows(&rows) };
                let weights = rows.iter().map(|r| r.1.len()).sum::<usize>();
                say(&format!("least {least}: {} rows, {weights} weights: {}", rows.len(), names::score(&model, &dev, &lexicon)));
            }
        }
        Command::Score { model, options: o } => {
            let bytes = fs::read(&model).map_err(|e| TrainError::Io(model, e))?;
            let analyzer = Analyzer::from_bytes(o.lang, &bytes)?;
            let mut gold = load(&o, true)?;
            if gold.is_empty() {
                gold = load(&o, false)?;
            }
            let gold: Vec<&Gold> = gold.iter().filter(|g| g.scheme == 0).collect();
            let text = join(&gold, &o.join);
            let clock = Instant::now();
            let analysis = analyzer.analyze(&text);
            say(&format!("{:.0} words/s", analysis.words() as f32 / clock.elapsed().as_secs_f32()));
            fs::create_dir_all(&o.out).map_err(|e| TrainError::Io(o.out.clone(), e))?;
            write(&o.out.join("gold.conllu"), gold.iter().map(|g| g.to_conllu()).collect::<String>().as_bytes())?;
            write(&o.out.join("system0.conllu"), analysis.to_conllu().as_bytes())?;
        }
        Command::Repack { model, options: o } => {
            let bytes = fs::read(&model).map_err(|e| TrainError::Io(model.clone(), e))?;
            let m = haberdar_lang::model::read(o.lang, &bytes).map_err(|why| haberdar_lang::LangError::BadModel(o.lang, why))?;
            let bytes = recipe::repack(&m, m.lexicon.clusters(), least(&o), &say);
            if let (Some(n), dev) = (&m.names, names_data(&o, true)?) {
                let weights = recipe::prune_stored(&n.weights.rows(), least(&o)[4]);
                let n = haberdar_lang::names::Names {
                    tags: n.tags.clone(),
                    weights: haberdar_lang::linear::Linear::from_rows(&weights),
                };
                say(&names::score(&n, &dev, &m.lexicon));
            }
            write(&o.out, &bytes)?;
            say(&format!("{} bytes", bytes.len()));
        }
        Command::Net { rounds, hidden, layers, rate, name_weight, weights, options: o } => {
            let gold = load(&o, false)?;
            let dev: Vec<Gold> = load(&o, true)?.into_iter().filter(|g| g.scheme == 0).collect();
            let (lexicon, _) = lexicon(&o, &gold)?;
            let held = |i: usize, g: &Gold| dev.is_empty() && g.scheme == 0 && i.is_multiple_of(5);
            let train: Vec<&Gold> = gold.iter().enumerate().filter(|(i, g)| !held(*i, g)).map(|(_, g)| g).collect();
            let test: Vec<&Gold> = match dev.is_empty() {
                true => gold.iter().enumerate().filter(|(i, g)| held(*i, g)).map(|(_, g)| g).collect(),
                false => dev.iter().collect(),
            };
            let mut plan = net::Plan { rounds, rate, names: name_weight, ..net::Plan::default() };
            (plan.dims.hidden, plan.dims.layers) = (hidden, layers);
            let last = weights.last().copied().unwrap_or(1.0);
            plan.weights = (0..16).map(|i| weights.get(i).copied().unwrap_or(last)).collect();
            let data = net::Data::new(&train, &names_data(&o, false)?, &lexicon, &plan);
            say(&format!("{:?}, vectors {:?}", data.dims, data.vocabulary.iter().map(Vec::len).collect::<Vec<_>>()));
            let params = data.train(&plan, &say);
            let mut bytes = Vec::new();
            data.pack(&params, &mut bytes);
            write(&o.out, &bytes)?;
            let figures =
                net::measure(&bytes, &test, &names_data(&o, true)?, &lexicon).ok_or(TrainError::NoData(o.lang, o.out))?;
            say(&format!("{} bytes; {figures}", bytes.len()));
        }
        Command::Graft { model, net, options: o } => {
            let bytes = fs::read(&model).map_err(|e| TrainError::Io(model.clone(), e))?;
            let m = haberdar_lang::model::read(o.lang, &bytes).map_err(|why| haberdar_lang::LangError::BadModel(o.lang, why))?;
            let net = fs::read(&net).map_err(|e| TrainError::Io(net.clone(), e))?;
            let bytes = recipe::graft(&m, net);
            Analyzer::from_bytes(o.lang, &bytes)?;
            write(&o.out, &bytes)?;
            say(&format!("{} bytes", bytes.len()));
        }
        Command::Stems { lexicons, out } => write(&out, stems::build(&lexicons)?.as_bytes())?,
        Command::Eval(o) => {
            let gold = load(&o, false)?;
            let dev: Vec<Gold> = load(&o, true)?.into_iter().filter(|g| g.scheme == 0).collect();
            let (lexicon, classes) = lexicon(&o, &gold)?;
            say(&format!("{} words in distributional classes", classes.len()));
            let sweep: Vec<Least> = if o.sweep { SWEEP.to_vec() } else { vec![least(&o)] };
            let mut want = String::new();
            let mut got = vec![String::new(); sweep.len()];
            let mut test = |train: &[&Gold], test: &[&Gold]| -> Result<(), TrainError> {
                let mut trained = recipe::train(o.lang, train, &lexicon, &recipe(&o), &say);
                trained.clusters = classes.clone();
                for (least, got) in sweep.iter().zip(&mut got) {
                    let bytes = trained.pack(*least, &say);
                    let analyzer = Analyzer::from_bytes(o.lang, &bytes)?;
                    let text = join(test, &o.join);
                    let clock = Instant::now();
                    let analysis = analyzer.analyze(&text);
                    let speed = analysis.words() as f32 / clock.elapsed().as_secs_f32();
                    say(&format!("{least:?}: {} words, {speed:.0} words/s, model {} bytes", analysis.words(), bytes.len()));
                    got.push_str(&analysis.to_conllu());
                }
                test.iter().for_each(|g| want.push_str(&g.to_conllu()));
                // What is known is written after every part: a cross-validation takes a while.
                fs::create_dir_all(&o.out).map_err(|e| TrainError::Io(o.out.clone(), e))?;
                write(&o.out.join("gold.conllu"), want.as_bytes())?;
                got.iter().enumerate().try_for_each(|(i, got)| write(&o.out.join(format!("system{i}.conllu")), got.as_bytes()))
            };
            if dev.is_empty() {
                let target: Vec<&Gold> = gold.iter().filter(|g| g.scheme == 0).collect();
                let others: Vec<&Gold> = gold.iter().filter(|g| g.scheme != 0).collect();
                for k in 0..o.folds.min(5) {
                    let of = |same: bool| target.iter().enumerate().filter(move |(i, _)| (i % 5 == k) == same).map(|(_, g)| *g);
                    let train: Vec<&Gold> = of(false).chain(others.iter().copied()).collect();
                    test(&train, &of(true).collect::<Vec<_>>())?;
                }
            } else {
                test(&gold.iter().collect::<Vec<_>>(), &dev.iter().collect::<Vec<_>>())?;
            }
        }
    }
    Ok(())
}

/// The lexicon with distributional classes from raw text, the treebanks' text and that of the names.
fn lexicon(o: &Options, gold: &[Gold]) -> Result<(Lexicon, Classes), TrainError> {
    let mut lexicon = Lexicon::new(o.lang);
    let mut runs = match &o.raw {
        Some(folder) => clusters::read(folder, o.lang)?,
        None => return Ok((lexicon, Vec::new())),
    };
    let abbreviations = haberdar_lang::tokenize::Abbreviations::new(o.lang);
    gold.iter().for_each(|g| clusters::runs(&g.text, o.lang, &abbreviations, &mut runs));
    for s in names_data(o, false)? {
        let text: Vec<String> = s.into_iter().map(|(w, _)| w).collect();
        clusters::runs(&text.join(" "), o.lang, &abbreviations, &mut runs);
    }
    let classes = clusters::classes(&runs, 4, [48, 256], 6);
    lexicon.set_clusters(classes.iter().copied().collect());
    Ok((lexicon, classes))
}

fn names_data(o: &Options, dev: bool) -> Result<Vec<names::Tagged>, TrainError> {
    let files: &[&str] = match (o.lang, dev) {
        (Language::Tr, false) => &["tr/tr_wikiner-train.bio"],
        (Language::Tr, true) => &["tr/tr_wikiner-dev.bio"],
        (Language::En, false) => &["en/en_wikigold.bio", "en/en_re3d.bio"],
        (Language::En, true) => &[],
    };
    let mut out = Vec::new();
    for path in files.iter().map(|f| o.data.join(f)).filter(|p| p.exists()) {
        out.extend(names::read(&path)?);
    }
    Ok(out)
}

const SWEEP: [Least; 4] = [[20, 20, 5, 20, 20], [40, 40, 10, 30, 20], [40, 50, 10, 40, 20], [60, 60, 20, 50, 20]];

fn least(o: &Options) -> Least {
    std::array::from_fn(|i| o.least.get(i).copied().unwrap_or(20))
}

fn recipe(o: &Options) -> Recipe {
    Recipe {
        tagger: o.tagger,
        parser: o.parser,
        tree_schemes: o.trees.clone(),
        folds: o.jack,
        seeds: o.seeds,
        ..Recipe::default()
    }
}

/// One text of sentences; paragraphs stay apart.
fn join(gold: &[&Gold], how: &str) -> String {
    let mut text = String::new();
    for (i, g) in gold.iter().enumerate() {
        if i > 0 {
            text.push_str(match (g.paragraph, how) {
                (true, _) => "\n\n",
                (_, "line") => "\n",
                _ => " ",
            });
        }
        text.push_str(&g.text);
    }
    text
}
