//! Runs the reader over files: in parallel, in input order, with flat memory.

use std::{path::Path, sync::OnceLock};

use anyhow::{Result, bail};
use haberdar_model::{Article, Reading};
use haberdar_reader::Reader;
use haberdar_sources::{Item, Items, ReadOptions, read_path, read_stdin};
use haberdar_world::World;
use rayon::prelude::*;

use crate::{cli::Origin, tables};

/// What became of one input.
pub(crate) enum Outcome {
    /// An article and what was understood of it.
    Read(Box<(Article, Reading)>),
    /// Something that could not be read.
    Failed { source_id: String, why: String, code: &'static str },
}

/// Who is who: the tables that are built in, and the user's own.
pub(crate) fn world() -> Result<&'static World> {
    static OWN: OnceLock<Result<Option<World>, String>> = OnceLock::new();
    match OWN.get_or_init(|| tables::load().map_err(|e| format!("{e:#}"))) {
        Ok(own) => Ok(own.as_ref().unwrap_or_else(|| World::shipped())),
        Err(e) => bail!("your tables of the world cannot be read: {e}"),
    }
}

/// The reader, loaded once.
pub(crate) fn reader() -> Result<&'static Reader> {
    static READER: OnceLock<Result<Reader, String>> = OnceLock::new();
    // A linguist tries a change to the tables without a build.
    let folder = std::env::var_os("HABERDAR_TABLES").map(std::path::PathBuf::from);
    let world = world()?;
    READER
        .get_or_init(|| Reader::with_tables(folder.as_deref()).map(|r| r.with_world(world)).map_err(|e| e.to_string()))
        .as_ref()
        .map_err(|e| anyhow::anyhow!("{e}"))
}

impl Origin {
    /// The same for the sources.
    pub(crate) fn options(&self) -> ReadOptions {
        ReadOptions {
            language: self.lang.0,
            published: self.published,
            publisher: self.publisher.clone(),
            url: self.url.clone(),
            title: self.title.clone(),
            columns: self.columns.clone(),
        }
    }
}

/// Articles that are read at once; and bytes of text, so that large articles do not pile up.
const BATCH: usize = 64;
const BATCH_BYTES: usize = 8 << 20;

/// What the paths hold, `-` for standard input.
pub(crate) fn items<'a>(paths: &'a [impl AsRef<Path>], options: &'a ReadOptions) -> impl Iterator<Item = Item> + 'a {
    paths.iter().flat_map(|p| open(p.as_ref(), options))
}

/// What one path holds.
pub(crate) fn open(path: &Path, options: &ReadOptions) -> Items {
    if path == Path::new("-") { read_stdin(None, options) } else { read_path(path, options) }
}

/// Reads every article and hands the outcomes on in input order, each with what came along with its item.
pub(crate) fn each<M: Send>(
    items: impl Iterator<Item = (Item, M)>,
    mut then: impl FnMut(Outcome, M) -> Result<()>,
) -> Result<()> {
    let reader = reader()?;
    let mut batch = Vec::new();
    let mut bytes = 0;
    for (item, mark) in items {
        if let Item::Article(a) = &item {
            bytes += a.text.len();
        }
        batch.push((item, mark));
        if batch.len() >= BATCH || bytes >= BATCH_BYTES {
            flush(reader, &mut batch, &mut then)?;
            bytes = 0;
        }
    }
    flush(reader, &mut batch, &mut then)
}

fn flush<M: Send>(reader: &Reader, batch: &mut Vec<(Item, M)>, then: &mut impl FnMut(Outcome, M) -> Result<()>) -> Result<()> {
    let outcomes: Vec<(Outcome, M)> = batch.par_drain(..).map(|(item, mark)| (one(reader, item), mark)).collect();
    outcomes.into_iter().try_for_each(|(outcome, mark)| then(outcome, mark))
}

fn one(reader: &Reader, item: Item) -> Outcome {
    match item {
        Item::Error { source_id, error } => Outcome::Failed { source_id, code: error.code(), why: error.to_string() },
        Item::Article(article) => match reader.read(&article) {
            Ok(reading) => Outcome::Read(Box::new((article, reading))),
            Err(e) => Outcome::Failed { source_id: article.meta.source_id, why: e.to_string(), code: "unknown_language" },
        },
    }
}
