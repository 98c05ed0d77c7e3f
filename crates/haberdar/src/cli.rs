//! The command line.

mod filters;
mod show;

use std::{path::PathBuf, time::Duration};

use clap::{Args, Parser, Subcommand, ValueEnum};
use haberdar_model::{Country, EventType, Language, PartialDate};

use haberdar_store::TextQuery;
use serde::Serialize;

pub(crate) use filters::Filters;
pub(crate) use show::{Demo, DossierArgs, Export, Serve};

/// Reads reports on international affairs and keeps an auditable record of them.
#[derive(Parser)]
#[command(name = "haberdar", version, about, long_about = LONG, after_help = AFTER)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const LONG: &str = "Reads reports on international affairs in Turkish and English and keeps an auditable record of them: who did, \
said or promised what to whom, when; who says so, in which words; where reports of one event disagree; and what was only forecast.";

const AFTER: &str = "Start with `haberdar demo`, then `haberdar read FILE` for a file of your own.";

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Read files and show what each article says
    Read(Read),
    /// Analyse raw text into Universal Dependencies, as CoNLL-U or as a table
    Parse(Parse),
    /// Read files into the record
    Add(Add),
    /// Fetch the articles of feeds into the record, once or again and again
    Follow(Follow),
    /// Take the articles out of files, of any language, and print them as JSONL for `read` and `add`
    Extract(Extract),
    /// Find articles, events and quotations by their words
    ///
    /// The best come first (BM25; the headline counts most). Where more than 2,000 rows fit, those that came in last are ranked; a
    /// word that more than 20,000 articles hold has to be there but does not count for the rank. docs/store.md says more.
    Search(Search),
    /// List the events of the record
    Events(Query),
    /// List the quotations of the record
    Quotes(Query),
    /// List the stories of the record
    Stories(Query),
    /// List where reports disagree, or differ from the dated record of office-holders
    Conflicts(Query),
    /// List what was announced, promised, demanded or forecast, and what became of it
    Promises(Promises),
    /// Say which value of a conflict holds, and why
    Resolve(Resolve),
    /// Say that an event or a conflict is right, and why
    Accept(Decide),
    /// Say that an event or a conflict is wrong, and why: it is shown as rejected and counts no more
    Reject(Decide),
    /// Put a field of an event right, and say why
    Amend(Amend),
    /// List what was decided with `resolve`, `accept`, `reject` and `amend`
    Decisions(Decisions),
    /// Show what two stores code differently: articles, events and conflicts that only one has, fields that differ
    Diff(Diff),
    /// Show how two states stand to each other: acts by month, first and last contact, the newest acts
    Dyad(DyadArgs),
    /// Show the signed network of states: balanced and unbalanced triads, and what shifted them
    Balance(BalanceArgs),
    /// Write the events of the record for other tools
    Export(Export),
    /// Write a page on two states, an actor, a story or an office, every sentence cited
    Dossier(DossierArgs),
    /// Keep questions and print what is new to them
    Watch(WatchArgs),
    /// Say who held an office, or which offices a person held
    Who(Who),
    /// Check the tables of who is who, bring in your own, write them out
    World(WorldArgs),
    /// Search and check the frames: which words code which act
    Lexicon(LexiconArgs),
    /// Show why an event was coded: sentence, analysis, rule
    Explain(Explain),
    /// Score your own annotated sentences: precision, recall, intervals, errors
    Eval(Eval),
    /// Look at every span, hash and key of the record
    Check(Check),
    /// Make the record's file smaller and quicker
    Compact(Compact),
    /// Take the articles of other records into one
    Merge(Merge),
    /// Open the reading room: the record as web pages and as an HTTP interface
    Serve(Serve),
    /// Read the sample reports and show what the record says of them
    Demo(Demo),
}

/// How an answer is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A table for people
    #[default]
    Table,
    /// One JSON array (for `read`: one object a line)
    Json,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values with a header
    Csv,
}

/// What is known of the input.
#[derive(Args, Clone)]
pub(crate) struct Origin {
    /// Language of the text: tr, en, or auto to have it detected
    #[arg(long, default_value = "auto", value_parser = language)]
    pub(crate) lang: LanguageChoice,
    /// Day of publication (YYYY-MM-DD), for articles that do not say
    #[arg(long, value_name = "DATE")]
    pub(crate) published: Option<PartialDate>,
    /// Name of the outlet, for articles that do not say
    #[arg(long, value_name = "NAME")]
    pub(crate) publisher: Option<String>,
    /// Address, for articles that do not say
    #[arg(long)]
    pub(crate) url: Option<String>,
    /// Headline, for articles that do not say
    #[arg(long, value_name = "T")]
    pub(crate) title: Option<String>,
    /// Columns of CSV and TSV files under names of their own: text=body,title=head (also url, publisher, published, lang, id, authors)
    #[arg(long, value_name = "FIELD=COLUMN", value_delimiter = ',', value_parser = column)]
    pub(crate) columns: Vec<(String, String)>,
}

fn column(s: &str) -> Result<(String, String), String> {
    const FIELDS: [&str; 8] = ["text", "title", "url", "publisher", "published", "lang", "id", "authors"];
    match s.split_once('=') {
        Some((field, column)) if FIELDS.contains(&field) => Ok((field.to_owned(), column.to_owned())),
        _ => Err(format!("write FIELD=COLUMN with one of the fields {}", FIELDS.join(", "))),
    }
}

/// `None` asks for detection.
pub(crate) type LanguageChoice = Choice<Language>;

/// A value or `auto`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choice<T>(pub(crate) Option<T>);

fn language(s: &str) -> Result<LanguageChoice, String> {
    if s == "auto" {
        Ok(Choice(None))
    } else {
        s.parse().map(|l| Choice(Some(l))).map_err(|e: haberdar_model::language::UnknownLanguage| e.to_string())
    }
}

#[derive(Args)]
pub(crate) struct Read {
    /// Files (see docs/sources.md), folders, archives, patterns, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) paths: Vec<PathBuf>,
    /// How to print the readings; csv gives the events
    #[arg(long, default_value = "table")]
    pub(crate) format: Format,
    /// Put the text into the JSON too
    #[arg(long)]
    pub(crate) with_text: bool,
    #[command(flatten)]
    pub(crate) origin: Origin,
}

#[derive(Args)]
pub(crate) struct Parse {
    /// A file of raw text, or - for standard input
    #[arg(default_value = "-", value_name = "FILE")]
    pub(crate) path: PathBuf,
    /// Language of the text: tr, en, or auto to have it detected
    #[arg(long, default_value = "auto", value_parser = language)]
    pub(crate) lang: LanguageChoice,
    /// How to print the analysis
    #[arg(long, default_value = "conllu")]
    pub(crate) format: ParseFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ParseFormat {
    /// CoNLL-U, for programs
    Conllu,
    /// For people: sentence by sentence, a line a word, with the number and form of its head
    Table,
}

#[derive(Args)]
pub(crate) struct Add {
    /// Files (see docs/sources.md), folders, archives, patterns, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Write what became of each input to this file: CSV where it ends in .csv, else JSONL; - for standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) store: StorePath,
    #[command(flatten)]
    pub(crate) origin: Origin,
}

#[derive(Args)]
pub(crate) struct Extract {
    /// Files (see docs/sources.md), folders, archives, patterns, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) origin: Origin,
}

#[derive(Args)]
pub(crate) struct Follow {
    /// Addresses of feeds (RSS, Atom, JSON Feed) and of news sitemaps
    #[arg(value_name = "FEED", required_unless_present_any = ["opml", "status"])]
    pub(crate) feeds: Vec<String>,
    /// A list of feeds, as feed readers export it
    #[arg(long, value_name = "FILE")]
    pub(crate) opml: Option<PathBuf>,
    /// How often to ask a feed: 90s, 15m, 2h
    #[arg(long, value_name = "TIME", default_value = "15m", value_parser = duration)]
    pub(crate) every: Duration,
    /// Ask once and stop
    #[arg(long)]
    pub(crate) once: bool,
    /// Fetch nothing: list what became of all entries so far
    #[arg(long)]
    pub(crate) status: bool,
    /// Time between two requests to one host
    #[arg(long, value_name = "TIME", default_value = "1s", value_parser = duration)]
    pub(crate) pause: Duration,
    /// Longest time for one request
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = duration)]
    pub(crate) timeout: Duration,
    /// Fetch from addresses of this machine and its network, too
    #[arg(long)]
    pub(crate) allow_private: bool,
    /// How to print what became of the entries
    #[arg(long, default_value = "table")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) store: StorePath,
}

/// `90s`, `15m`, `2h`, `1d`, `500ms`.
fn duration(s: &str) -> Result<Duration, String> {
    let at = s.find(|c: char| !c.is_ascii_digit()).unwrap_or(s.len());
    let scale = match &s[at..] {
        "ms" => 1,
        "" | "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return Err("write a number and a unit: 90s, 15m, 2h".to_owned()),
    };
    let n: u64 = s[..at].parse().map_err(|_| "write a number and a unit: 90s, 15m, 2h".to_owned())?;
    n.checked_mul(scale)
        .filter(|ms| *ms < 400 * 86_400_000)
        .map(Duration::from_millis)
        .ok_or_else(|| "more than a year".to_owned())
}

#[derive(Args, Clone)]
pub(crate) struct StorePath {
    /// The record's file
    #[arg(long, default_value = "haberdar.db", value_name = "FILE")]
    pub(crate) store: PathBuf,
}

#[derive(Args)]
pub(crate) struct Query {
    #[command(flatten)]
    pub(crate) store: StorePath,
    /// How to print the answer
    #[arg(long, default_value = "table")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) filters: Filters,
    /// Words of the sentence or quotation, of the articles of a story or conflict; written as for `search`
    #[arg(long, value_name = "QUERY")]
    pub(crate) text: Option<TextQuery>,
    /// At most so many rows; a table of events, quotations or stories has at most 500 where nothing is said
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
}

#[derive(Args)]
#[command(after_help = "Words are found in all their forms, case and marks do not count: `kıbrıs` finds Kıbrıs'ın and KIBRIS. \
\"A phrase\" stands in this form, ihrac* is the beginning of a word, OR (VEYA) gives a choice, -word leaves out.")]
pub(crate) struct Search {
    /// What to look for
    #[arg(value_name = "QUERY")]
    pub(crate) query: TextQuery,
    /// Only rows of this kind
    #[arg(long, value_name = "KIND")]
    pub(crate) only: Option<HitKind>,
    #[command(flatten)]
    pub(crate) store: StorePath,
    /// How to print the answer
    #[arg(long, default_value = "table")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) filters: Filters,
    /// At most so many rows of each kind
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,
}

/// What a search finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum HitKind {
    /// Whole articles
    Article,
    /// Events by the words of a report's sentence
    Event,
    /// Quotations by their words
    Quote,
}

#[derive(Args)]
pub(crate) struct Promises {
    #[command(flatten)]
    pub(crate) query: Query,
    /// Only what is past its day, of whose fate nothing is known
    #[arg(long)]
    pub(crate) overdue: bool,
    /// Only what is due on this day or before it (YYYY, YYYY-MM, YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    pub(crate) due_until: Option<PartialDate>,
    /// The day on which the fate is asked for; later reports and acts are not looked at [default: today]
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<PartialDate>,
}

/// What every decision says.
#[derive(Args)]
pub(crate) struct Reason {
    /// Why; shown with the row for ever
    #[arg(long, value_name = "TEXT", value_parser = said)]
    pub(crate) because: String,
    /// Who decides [default: the name under which you are logged in]
    #[arg(long, value_name = "NAME", value_parser = said)]
    pub(crate) by: Option<String>,
    #[command(flatten)]
    pub(crate) store: StorePath,
}

fn said(s: &str) -> Result<String, String> {
    let s = s.trim();
    if s.is_empty() { Err("write something".to_owned()) } else { Ok(s.to_owned()) }
}

#[derive(Args)]
pub(crate) struct Resolve {
    /// Id of a conflict, or its beginning
    #[arg(value_name = "ID")]
    pub(crate) row: String,
    /// The value that holds: one of the conflict's, or another
    #[arg(long = "as", value_name = "VALUE", value_parser = said)]
    pub(crate) value: String,
    #[command(flatten)]
    pub(crate) reason: Reason,
}

#[derive(Args)]
pub(crate) struct Decide {
    /// Id of an event or a conflict, or its beginning
    #[arg(value_name = "ROW")]
    pub(crate) row: String,
    #[command(flatten)]
    pub(crate) reason: Reason,
}

#[derive(Args)]
pub(crate) struct Amend {
    /// Id of an event, or its beginning
    #[arg(value_name = "ROW")]
    pub(crate) row: String,
    /// The field and what it has to be: type=CONSULT, mode=visit, status=planned, polarity=negative, date=2024-03-01 or
    /// date=FROM..TO, place=Moscow
    #[arg(long = "set", value_name = "FIELD=VALUE", required = true, value_parser = said)]
    pub(crate) set: Vec<String>,
    #[command(flatten)]
    pub(crate) reason: Reason,
}

#[derive(Args)]
pub(crate) struct Decisions {
    #[command(flatten)]
    pub(crate) store: StorePath,
    /// How to print them
    #[arg(long, default_value = "table")]
    pub(crate) format: Format,
}

#[derive(Args)]
pub(crate) struct Diff {
    /// A store
    #[arg(value_name = "A.db")]
    pub(crate) a: PathBuf,
    /// Another one, of another version or with other tables
    #[arg(value_name = "B.db")]
    pub(crate) b: PathBuf,
    /// How to print the differences
    #[arg(long, default_value = "table")]
    pub(crate) format: Format,
}

#[derive(Args)]
pub(crate) struct DyadArgs {
    /// Country code, such as RUS, or the code of a body, such as NAT
    #[arg(value_name = "CODE")]
    pub(crate) a: Country,
    /// The other one
    #[arg(value_name = "CODE")]
    pub(crate) b: Country,
    #[command(flatten)]
    pub(crate) store: StorePath,
    #[command(flatten)]
    pub(crate) filters: Filters,
    /// At most so many of the newest acts
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,
    /// How to print the answer; csv gives the months
    #[arg(long, default_value = "table")]
    pub(crate) format: Format,
}

#[derive(Args)]
pub(crate) struct BalanceArgs {
    #[command(flatten)]
    pub(crate) store: StorePath,
    #[command(flatten)]
    pub(crate) filters: Filters,
    /// Period over which the acts of two states are added up
    #[arg(long, value_name = "PERIOD", default_value = "month")]
    pub(crate) by: By,
    /// How to print the answer; csv gives the triads
    #[arg(long, default_value = "table")]
    pub(crate) format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum By {
    /// Month by month
    Month,
    /// Year by year
    Year,
}

#[derive(Args)]
pub(crate) struct Who {
    /// An office of a state ("Kuzey Kore Dışişleri Bakanı", "foreign minister of North Korea"), or a person
    #[arg(required = true, value_name = "NAME|OFFICE")]
    pub(crate) query: Vec<String>,
    /// The day that the question is about (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<PartialDate>,
    /// How to print the answer
    #[arg(long, default_value = "table")]
    pub(crate) format: Format,
}

#[derive(Args)]
pub(crate) struct WorldArgs {
    #[command(subcommand)]
    pub(crate) what: WorldCommand,
}

#[derive(Subcommand)]
pub(crate) enum WorldCommand {
    /// Say what is wrong with the tables: overlapping holders, gaps, names of two meanings, rows that refer to nothing
    Check {
        /// Offices in which nobody is recorded for a time, too
        #[arg(long)]
        gaps: bool,
        /// How to print the findings
        #[arg(long, default_value = "table")]
        format: Format,
    },
    /// Keep a file of holders of offices, or of organisations and places, beside the tables that are built in, and let it win
    /// over them
    Import {
        /// Holders: CSV with the columns country, office, person, from, to, and more (see docs/world.md), or a Wikidata query's
        /// result in CSV or JSON, or what `world export` wrote. Organisations and places: CSV with the columns kind, names_en,
        /// names_tr, and where wanted id, country, sector, source. - for standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// What the table is to be called; a table of this name is replaced (the file's name, where none is given)
        #[arg(long)]
        name: Option<String>,
    },
    /// Write all holders of offices as CSV to standard output
    Export,
}

#[derive(Args)]
pub(crate) struct LexiconArgs {
    #[command(subcommand)]
    pub(crate) what: LexiconCommand,
}

#[derive(Subcommand)]
pub(crate) enum LexiconCommand {
    /// List the frames that have all the words in their rule, mode, code or examples
    Search {
        /// Words, in any case: `görüş`, `embargo`, `visit`, `043`
        #[arg(value_name = "WORD")]
        words: Vec<String>,
        /// Only this language: tr or en
        #[arg(long)]
        lang: Option<Language>,
        /// Only frames of this type (CONSULT, SANCTION, …)
        #[arg(long = "type", value_name = "TYPE")]
        kind: Option<EventType>,
        /// Tables laid out as data/lang, instead of those that are built in
        #[arg(long, value_name = "FOLDER")]
        tables: Option<PathBuf>,
        /// At most so many rows
        #[arg(long, value_name = "N")]
        limit: Option<usize>,
        /// How to print the frames
        #[arg(long, default_value = "table")]
        format: Format,
    },
    /// Say what is wrong with the tables, and which of their examples are not coded with their type
    Check {
        /// Only this language: tr or en
        #[arg(long)]
        lang: Option<Language>,
        /// Tables laid out as data/lang, instead of those that are built in
        #[arg(long, value_name = "FOLDER")]
        tables: Option<PathBuf>,
        /// How to print the findings
        #[arg(long, default_value = "table")]
        format: Format,
    },
}

#[derive(Args)]
pub(crate) struct WatchArgs {
    #[command(subcommand)]
    pub(crate) what: WatchCommand,
}

#[derive(Subcommand)]
pub(crate) enum WatchCommand {
    /// Keep a question under a name; new to it is what comes into the record from now on
    Add {
        /// Its name
        name: String,
        #[command(flatten)]
        store: StorePath,
        #[command(flatten)]
        filters: Box<Filters>,
        /// Words, written as for `search`
        #[arg(long, value_name = "QUERY")]
        text: Option<TextQuery>,
        /// What is there already is new, too
        #[arg(long)]
        all: bool,
    },
    /// List the watches
    List {
        #[command(flatten)]
        store: StorePath,
        /// How to print them
        #[arg(long, default_value = "table")]
        format: Format,
    },
    /// Forget a watch
    Remove {
        /// Its name
        name: String,
        #[command(flatten)]
        store: StorePath,
    },
    /// Print the events, quotations and conflicts that are new since the last run
    Run {
        /// Only these watches
        names: Vec<String>,
        #[command(flatten)]
        store: StorePath,
        /// How to print them
        #[arg(long, default_value = "table")]
        format: Format,
        /// It all stays new for the next run
        #[arg(long)]
        keep: bool,
    },
}

#[derive(Args)]
pub(crate) struct Eval {
    /// A JSON object a line: {"id", "text", "lang"?, "published"?, "events": [{"type", "actor", "recipient", "status"?}]}
    #[arg(value_name = "GOLD.jsonl")]
    pub(crate) gold: PathBuf,
    /// List what is coded otherwise than annotated (with a format other than table: nothing else)
    #[arg(long)]
    pub(crate) errors: bool,
    /// How to print the answer
    #[arg(long, default_value = "table")]
    pub(crate) format: Format,
}

#[derive(Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) store: StorePath,
    /// How to print the faults
    #[arg(long, default_value = "table")]
    pub(crate) format: Format,
}

#[derive(Args)]
pub(crate) struct Compact {
    #[command(flatten)]
    pub(crate) store: StorePath,
}

#[derive(Args)]
pub(crate) struct Merge {
    /// The record that takes the others in
    #[arg(value_name = "INTO.db")]
    pub(crate) into: PathBuf,
    /// Records that are taken in; they stay as they are
    #[arg(required = true, value_name = "FROM.db")]
    pub(crate) from: Vec<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Explain {
    /// Id of an event of the record (or its beginning), or a sentence in quotes to be read and explained
    #[arg(value_name = "ID|TEXT")]
    pub(crate) what: String,
    #[command(flatten)]
    pub(crate) store: StorePath,
    /// Language of the sentence
    #[arg(long, default_value = "auto", value_parser = language)]
    pub(crate) lang: LanguageChoice,
}
