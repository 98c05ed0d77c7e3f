//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use haberdar_lang::rows::STRIDE;
use haberdar_model::Language;
use haberdar_train::{
    crf, namer,
    net::{Plan, pass::Dropout},
    tagger,
};

#[derive(Parser)]
#[command(about = "Makes and measures language models")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Train a model on all data.
    Lang {
        #[command(flatten)]
        source: Source,
        #[command(flatten)]
        steps: Steps,
        /// A network that `net` trained on the same data; without it one is trained.
        #[arg(long)]
        net: Option<PathBuf>,
        /// The model file.
        #[arg(long)]
        out: PathBuf,
    },
    /// Train a network alone and measure it on given words.
    Net {
        #[command(flatten)]
        source: Source,
        #[command(flatten)]
        steps: Steps,
        /// Leave this part of five of the target treebank out and measure on it (with a dev part: that is measured on). Without
        /// it all is learned from, and what is measured says little in Turkish.
        #[arg(long)]
        part: Option<usize>,
        /// The network's file.
        #[arg(long)]
        out: PathBuf,
    },
    /// Analyse the target treebank's dev part (Turkish: the whole) with a model; writes gold.conllu and system.conllu.
    Score {
        /// Language.
        #[arg(long)]
        lang: Language,
        /// Folder with the treebanks in folders by language.
        #[arg(long)]
        data: PathBuf,
        /// The model.
        #[arg(long)]
        model: PathBuf,
        /// How sentences are joined to a text: space, line or blank (also between paragraphs).
        #[arg(long, default_value = "space")]
        join: String,
        /// Folder that is written to.
        #[arg(long)]
        out: PathBuf,
    },
    /// Measure: cross-validation on the target treebank, or its dev part where it has a train part; as `score`.
    Eval {
        #[command(flatten)]
        source: Source,
        #[command(flatten)]
        steps: Steps,
        /// Only this many parts of the cross-validation.
        #[arg(long, default_value_t = 5)]
        folds: usize,
        /// Networks that `net --part` trained, in the order of the parts.
        #[arg(long, value_delimiter = ',')]
        nets: Vec<PathBuf>,
        /// How sentences are joined to a text: space, line or blank (also between paragraphs).
        #[arg(long, default_value = "space")]
        join: String,
        /// Folder that is written to.
        #[arg(long)]
        out: PathBuf,
    },
    /// Measure tokens, words and sentences alone, as `eval` does.
    Segment {
        /// Language.
        #[arg(long)]
        lang: Language,
        /// Folder with the treebanks in folders by language.
        #[arg(long)]
        data: PathBuf,
        /// Say at most this many differences of a kind in each part.
        #[arg(long, default_value_t = 0)]
        show: usize,
        /// Write this file's text a sentence a line to stdout, with the tokens apart, instead of measuring.
        #[arg(long)]
        text: Option<PathBuf>,
        /// Folder with raw text.
        #[arg(long)]
        raw: Option<PathBuf>,
    },
    /// Write the frames' example sentences with the trees that two of several models agree on.
    Silver {
        /// Language.
        #[arg(long)]
        lang: Language,
        /// The models.
        #[arg(long, value_delimiter = ',')]
        models: Vec<PathBuf>,
        /// Folder of the frames.
        #[arg(long)]
        frames: PathBuf,
        /// The treebank that is written.
        #[arg(long)]
        out: PathBuf,
    },
    /// Train the second look at Turkish names and put it into a model; measure it on the dev part.
    Names {
        /// Folder with the treebanks in folders by language.
        #[arg(long)]
        data: PathBuf,
        /// The model that it is for; a second look that it has is left out.
        #[arg(long)]
        model: PathBuf,
        #[command(flatten)]
        steps: NameSteps,
        /// Print what is wrong on the dev part.
        #[arg(long)]
        errors: bool,
        /// The model that is written.
        #[arg(long)]
        out: PathBuf,
    },
    /// Train the second look at English parts of speech and put it into a model.
    Tags {
        /// Folder with the treebanks in folders by language.
        #[arg(long)]
        data: PathBuf,
        /// The model that it is for; a second look that it has is left out.
        #[arg(long)]
        model: PathBuf,
        /// A treebank of the target style whose trees were found and not drawn, see `silver`.
        #[arg(long)]
        silver: Option<PathBuf>,
        #[command(flatten)]
        steps: TagSteps,
        /// The model that is written.
        #[arg(long)]
        out: PathBuf,
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
}

/// How the second look at names learns.
#[derive(Args, Clone)]
pub(crate) struct NameSteps {
    /// Rounds.
    #[arg(long, default_value_t = 6)]
    rounds: usize,
    /// Rate at the start.
    #[arg(long, default_value_t = 0.02)]
    rate: f32,
    /// What is held against large weights.
    #[arg(long, default_value_t = 2.0)]
    decay: f32,
    /// How often a feature must occur.
    #[arg(long, default_value_t = 2)]
    occur: u32,
    /// Share of a word's features that are left out in learning.
    #[arg(long, default_value_t = 0.3)]
    dropout: f32,
    /// How many features are kept.
    #[arg(long, default_value_t = 85_000)]
    features: usize,
    /// Shares of the network's scores in learning and in reading.
    #[arg(long, value_delimiter = ',', default_value = "0.1,0.4")]
    given: Vec<f32>,
    /// What is taken from the score of no name in reading.
    #[arg(long, default_value_t = 0.8)]
    bias: f32,
}

impl NameSteps {
    /// The plan.
    pub(crate) fn plan(&self) -> namer::Plan {
        let share = |i: usize| self.given.get(i).copied().unwrap_or(0.0);
        namer::Plan {
            learning: crf::Plan {
                rounds: self.rounds,
                rate: self.rate,
                decay: self.decay,
                occur: self.occur,
                dropout: self.dropout,
                given: namer::shares(share(0), 0.0),
                may_follow: haberdar_lang::namer::may_follow,
            },
            features: self.features,
            reading: namer::shares(share(1), self.bias),
        }
    }
}

/// How the second look at parts of speech learns.
#[derive(Args, Clone)]
pub(crate) struct TagSteps {
    /// Rounds.
    #[arg(long, default_value_t = 10)]
    rounds: usize,
    /// Rate at the start.
    #[arg(long, default_value_t = 0.15)]
    rate: f32,
    /// What is held against large weights.
    #[arg(long, default_value_t = 1.0)]
    decay: f32,
    /// How often a feature must occur.
    #[arg(long, default_value_t = 2)]
    occur: u32,
    /// Share of a word's features that are left out in learning.
    #[arg(long, default_value_t = 0.4)]
    dropout: f32,
    /// How many features are kept.
    #[arg(long, default_value_t = 150_000)]
    features: usize,
    /// Share of the network's scores in learning.
    #[arg(long, default_value_t = 0.1)]
    given: f32,
    /// The same in reading.
    #[arg(long, default_value_t = 0.35)]
    share: f32,
}

impl TagSteps {
    /// The plan.
    pub(crate) fn plan(&self) -> tagger::Plan {
        tagger::Plan {
            learning: crf::Plan {
                rounds: self.rounds,
                rate: self.rate,
                decay: self.decay,
                occur: self.occur,
                dropout: self.dropout,
                given: [self.given; STRIDE],
                may_follow: |_, _| true,
            },
            features: self.features,
            share: self.share,
        }
    }
}

/// What is learned from.
#[derive(Args, Clone)]
pub(crate) struct Source {
    /// Language.
    #[arg(long)]
    pub(crate) lang: Language,
    /// Folder with the treebanks in folders by language.
    #[arg(long)]
    pub(crate) data: PathBuf,
    /// Folder with raw text: files `*.LANG.txt`, and `*.LANG.jsonl` with a `text` a line.
    #[arg(long)]
    pub(crate) raw: Option<PathBuf>,
    /// A treebank of the target style whose trees were found and not drawn, see `silver`.
    #[arg(long)]
    pub(crate) silver: Option<PathBuf>,
}

/// How the network learns.
#[derive(Args, Clone)]
pub(crate) struct Steps {
    /// Rounds.
    #[arg(long, default_value_t = 20)]
    rounds: usize,
    /// Rounds over raw text alone, before the others, in which hidden words are guessed.
    #[arg(long, default_value_t = 0)]
    pub(crate) raw_rounds: usize,
    /// How often sentences of raw text are seen in the other rounds.
    #[arg(long, default_value_t = 0.0)]
    pub(crate) raw_weight: f32,
    /// Units of a layer in each direction.
    #[arg(long, default_value_t = 128)]
    hidden: usize,
    /// Layers.
    #[arg(long, default_value_t = 3)]
    layers: usize,
    /// Rate at the start.
    #[arg(long, default_value_t = 2e-3)]
    rate: f32,
    /// How often sentences of each style are seen in a round.
    #[arg(long, value_delimiter = ',', default_value = "1")]
    weights: Vec<f32>,
    /// How often sentences with names are seen in a round.
    #[arg(long, default_value_t = 0.3)]
    name_weight: f32,
    /// How often sentences of the silver treebank are seen in a round.
    #[arg(long, default_value_t = 0.5)]
    silver_weight: f32,
    /// Shares that are left out in learning: between layers, in front of what is read off, groups of features, forms.
    #[arg(long, value_delimiter = ',', default_value = "0.25,0.3,0.05,0.5")]
    dropout: Vec<f32>,
    /// How often a form, an affix and what the lexicon says must occur to have a vector.
    #[arg(long, value_delimiter = ',', default_value = "2,3,3")]
    occur: Vec<u32>,
    /// Where chance starts.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

impl Steps {
    /// The plan, with so many silver trees.
    pub(crate) fn plan(&self, silver: usize) -> Plan {
        let last = self.weights.last().copied().unwrap_or(1.0);
        let share = |i: usize| self.dropout.get(i).copied().unwrap_or(0.0);
        let mut plan = Plan {
            rounds: self.rounds,
            rate: self.rate,
            dropout: Dropout { layer: share(0), head: share(1), group: share(2), form: share(3) },
            weights: (0..16).map(|i| self.weights.get(i).copied().unwrap_or(last)).collect(),
            names: self.name_weight,
            raw_rounds: self.raw_rounds,
            raw: self.raw_weight,
            occur: std::array::from_fn(|i| self.occur.get(i).copied().unwrap_or(1)),
            silver: (silver, self.silver_weight),
            seed: self.seed,
            ..Plan::default()
        };
        (plan.dims.hidden, plan.dims.layers) = (self.hidden, self.layers);
        plan
    }
}
