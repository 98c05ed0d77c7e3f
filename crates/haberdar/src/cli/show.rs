//! Arguments of what hands the record on: exports, dossiers, the reading room, the demo.

use std::{net::SocketAddr, path::PathBuf};

use clap::Args;
use haberdar_model::{Language, PartialDate};
use haberdar_store::TextQuery;

use super::{Filters, StorePath};

#[derive(Args)]
pub(crate) struct Export {
    /// csv, csv-excel, tsv-excel, jsonl (PLOVER), parquet, gdelt, gdelt-mentions, polecat, geojson, graphml, jsonld, ics, jsonfeed, rss
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: haberdar_export::Format,
    /// Where to write it; - for standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub(crate) output: PathBuf,
    #[command(flatten)]
    pub(crate) store: StorePath,
    #[command(flatten)]
    pub(crate) filters: Filters,
    /// Words of the sentence, written as for `search`
    #[arg(long, value_name = "QUERY")]
    pub(crate) text: Option<TextQuery>,
    /// At most so many events
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
}

#[derive(Args)]
pub(crate) struct DossierArgs {
    /// Two country codes (RUS PRK), or one actor: a code, an entity id, or a name
    #[arg(value_name = "WHO", num_args = 0..=2, required_unless_present_any = ["about_story", "office"])]
    pub(crate) who: Vec<String>,
    /// A story: its id, or the beginning of it
    #[arg(long = "of-story", value_name = "ID", conflicts_with = "who")]
    pub(crate) about_story: Option<String>,
    /// An office, as for `who`: "Kuzey Kore Dışişleri Bakanı"
    #[arg(long, value_name = "OFFICE", conflicts_with_all = ["who", "about_story"])]
    pub(crate) office: Option<String>,
    /// Where to write the page; - for standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub(crate) output: PathBuf,
    /// Language of the page: tr or en
    #[arg(long, default_value = "en")]
    pub(crate) lang: Language,
    /// The day on which the fate of commitments is asked for [default: today]
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<PartialDate>,
    #[command(flatten)]
    pub(crate) store: StorePath,
    #[command(flatten)]
    pub(crate) filters: Filters,
}

#[derive(Args)]
pub(crate) struct Demo {
    /// Where to keep the demo's record
    #[arg(long, value_name = "FILE")]
    pub(crate) store: Option<PathBuf>,
    /// Then open the reading room on it
    #[arg(long)]
    pub(crate) serve: bool,
    /// Where the reading room listens
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4710", requires = "serve")]
    pub(crate) addr: SocketAddr,
}

#[derive(Args)]
pub(crate) struct Serve {
    /// The record
    #[arg(long, value_name = "FILE", default_value = "haberdar.db")]
    pub(crate) store: PathBuf,
    /// Where to listen; beyond this machine only where you say so (0.0.0.0:4710)
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4710")]
    pub(crate) addr: SocketAddr,
    /// Who sends this token may add articles (POST /api/v1/articles) and decide about conflicts; without it nothing can be changed
    #[arg(long, env = "HABERDAR_TOKEN", hide_env_values = true)]
    pub(crate) token: Option<String>,
    /// Let those who sit at this machine decide about conflicts on the pages, without a token
    #[arg(long)]
    pub(crate) decide: bool,
    /// Requests a second that one address may make, on average
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) rate: u32,
}
