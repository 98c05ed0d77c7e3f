//! What can go wrong with a store: each message says what, where, and what to do.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Something that stands between the user and the store. Unless it says otherwise, the file was not changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Nothing is there to be read.
    #[error("{path}: there is no store; make one with `haberdar add PATH... --store {path}`", path = path.display())]
    Missing {
        /// The store.
        path: PathBuf,
    },
    /// A folder is in the place of the file.
    #[error("{path}: this is a folder; name a file, such as {path}/haberdar.db", path = path.display())]
    Folder {
        /// The store.
        path: PathBuf,
    },
    /// The folder of a new store does not exist.
    #[error("{path}: cannot make the store, because the folder {folder} does not exist; make it first", path = path.display(), folder = folder.display())]
    NoFolder {
        /// The store.
        path: PathBuf,
        /// The folder.
        folder: PathBuf,
    },
    /// The file is something else.
    #[error("{path}: not an SQLite file, so not a store; it was left as it is; name another file with --store", path = path.display())]
    NotSqlite {
        /// The store.
        path: PathBuf,
    },
    /// An SQLite file of another program.
    #[error("{path}: an SQLite file of another program; it was left as it is; name another file with --store", path = path.display())]
    Foreign {
        /// The store.
        path: PathBuf,
    },
    /// Written by a later version.
    #[error(
        "{path}: written by a newer version (schema {found}, this version knows up to {known}); it was left as it is; update haberdar, \
         or start another store with --store", path = path.display()
    )]
    Newer {
        /// The store.
        path: PathBuf,
        /// The file's schema.
        found: i32,
        /// The latest that is known.
        known: i32,
    },
    /// Somebody else writes.
    #[error("{path}: locked by another program; wait until it is done, or stop it, and try again", path = path.display())]
    Locked {
        /// The store.
        path: PathBuf,
    },
    /// The file, or its folder, may not be written.
    #[error("{path}: cannot be written; check the permissions of the file and of its folder", path = path.display())]
    ReadOnly {
        /// The store.
        path: PathBuf,
    },
    /// A decision about a row makes no sense.
    #[error("{path}: nothing was decided about {row}: {reason}", path = path.display())]
    Decision {
        /// The store.
        path: PathBuf,
        /// The row.
        row: String,
        /// Why not.
        reason: String,
    },
    /// The disk is full.
    #[error("{path}: the disk is full; make room and try again; what was stored before is safe", path = path.display())]
    Full {
        /// The store.
        path: PathBuf,
    },
    /// The disk does not take or give what is asked of it.
    #[error("{path}: the disk cannot be written or read ({reason}); look at the disk and at limits for files, then try again; what was stored before is safe", path = path.display())]
    Disk {
        /// The store.
        path: PathBuf,
        /// What SQLite says.
        reason: String,
    },
    /// The file is damaged.
    #[error("{path}: the file is damaged ({reason}); restore a copy of it, or add the articles to a new store", path = path.display())]
    Damaged {
        /// The store.
        path: PathBuf,
        /// What SQLite says.
        reason: String,
    },
    /// The system refuses.
    #[error("{path}: cannot be opened ({source}); check the path and its permissions", path = path.display())]
    Io {
        /// The store.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// A reading that is not of the article it was handed in with.
    #[error("{path}: the reading of article {reading} was handed in with article {article}; this is a bug, please report it", path = path.display())]
    Mismatch {
        /// The store.
        path: PathBuf,
        /// Id of the article.
        article: String,
        /// Id in the reading.
        reading: String,
    },
    /// A query that says nothing that could be searched.
    #[error("cannot search for {query:?}: {reason}")]
    Query {
        /// The query.
        query: String,
        /// Why, and what to write instead.
        reason: &'static str,
    },
    /// Anything else that SQLite says.
    #[error("{path}: {source}; if this happens again, please report it", path = path.display())]
    Sql {
        /// The store.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
}

impl StoreError {
    /// Sorts what SQLite says into what the user can do about it.
    pub(crate) fn from_sql(path: &Path, source: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Locked { path },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => StoreError::ReadOnly { path },
            Some(ErrorCode::NotADatabase) => StoreError::NotSqlite { path },
            Some(ErrorCode::DiskFull) => StoreError::Full { path },
            Some(ErrorCode::SystemIoFailure) => StoreError::Disk { path, reason: source.to_string() },
            Some(ErrorCode::DatabaseCorrupt) => StoreError::Damaged { path, reason: source.to_string() },
            _ => StoreError::Sql { path, source },
        }
    }

    /// JSON in the store that is not what was put there.
    pub(crate) fn json(path: &Path, source: serde_json::Error) -> Self {
        StoreError::Damaged { path: path.to_owned(), reason: source.to_string() }
    }
}

/// Hangs the store's path on what SQLite says.
pub(crate) trait AtPath<T> {
    fn at(self, path: &Path) -> Result<T, StoreError>;
}

impl<T> AtPath<T> for rusqlite::Result<T> {
    fn at(self, path: &Path) -> Result<T, StoreError> {
        self.map_err(|e| StoreError::from_sql(path, e))
    }
}

/// What can go wrong with a row that is kept as JSON.
pub(crate) enum Trouble {
    Sql(rusqlite::Error),
    Json(serde_json::Error),
}

impl From<rusqlite::Error> for Trouble {
    fn from(e: rusqlite::Error) -> Self {
        Trouble::Sql(e)
    }
}

impl From<serde_json::Error> for Trouble {
    fn from(e: serde_json::Error) -> Self {
        Trouble::Json(e)
    }
}

impl Trouble {
    pub(crate) fn at(self, path: &Path) -> StoreError {
        match self {
            Trouble::Sql(e) => StoreError::from_sql(path, e),
            Trouble::Json(e) => StoreError::json(path, e),
        }
    }
}
