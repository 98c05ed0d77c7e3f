//! Which file an item comes from, so that a run that was stopped goes on where it was.

use std::{fs, path::Path, sync::Arc, time::UNIX_EPOCH};

/// A file, or a file within an archive, as it was when it was opened. As long as all three are the same, it gives the same items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The name under which errors speak of it.
    pub name: String,
    /// The whole path; of a file within an archive, the archive's and the name within.
    pub path: String,
    /// Bytes, of the archive where it lies in one.
    pub size: u64,
    /// The last change, in nanoseconds since 1970.
    pub modified: i64,
}

/// What an earlier run did with an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// Nothing.
    Nothing,
    /// It took so many of its records.
    Records(u64),
    /// It took all that is in it.
    All,
}

/// Where an item stands.
#[derive(Clone, Debug)]
pub struct Place {
    /// The file.
    pub input: Arc<Input>,
    /// Its number within the file, from 1; 0 for what is wrong with the file itself.
    pub record: u64,
    /// True for an article that is the whole file.
    pub whole: bool,
}

impl Input {
    pub(crate) fn new(path: &Path, name: &str, meta: &fs::Metadata) -> Self {
        let whole = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let modified = meta.modified().ok().and_then(|t| t.duration_since(UNIX_EPOCH).ok());
        Input {
            name: name.to_owned(),
            path: whole.display().to_string(),
            size: meta.len(),
            modified: modified.map_or(0, |d| d.as_nanos() as i64),
        }
    }

    /// A file within this archive.
    pub(crate) fn within(&self, entry: &str) -> Self {
        Input { name: format!("{}/{entry}", self.name), path: format!("{}/{entry}", self.path), ..self.clone() }
    }
}
