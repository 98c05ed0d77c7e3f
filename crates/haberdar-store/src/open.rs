//! Opening: make a new store, recognise an old one, leave everything else alone.

use std::{
    cell::RefCell,
    fs::{self, File},
    io::Read,
    path::Path,
    time::Duration,
};

use rusqlite::{Connection, OpenFlags, TransactionBehavior, backup::Backup, functions::FunctionFlags, types::ValueRef};

use crate::{
    Store, StoreError,
    error::AtPath,
    facts::add_functions,
    migrate::{SCHEMA_VERSION, carry_over},
    turkish::{search_key, turkish_cmp},
};

/// `Habr` in ASCII: what SQLite's header calls the application.
const APPLICATION_ID: i32 = 0x4861_6272;

/// How long a writer waits for another.
const PATIENCE: Duration = Duration::from_secs(5);

/// What stands at a path.
enum State {
    /// Nothing, or an SQLite file without content.
    New,
    /// A store of this version of the schema.
    Ours(i32),
}

impl Store {
    /// Opens the store at `path` for reading and writing, and makes it where there is none.
    pub fn open(path: impl AsRef<Path>) -> Result<Store, StoreError> {
        Self::open_patiently(path, PATIENCE)
    }

    /// Like [`Store::open`], with another time to wait for another writer.
    pub fn open_patiently(path: impl AsRef<Path>, patience: Duration) -> Result<Store, StoreError> {
        let path = path.as_ref();
        look(path, patience)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut db = Connection::open_with_flags(path, flags).at(path)?;
        prepare(&db, patience).at(path)?;
        // SQLite opens a file that may not be written for reading, without a word.
        if db.is_readonly("main").at(path)? {
            return Err(StoreError::ReadOnly { path: path.to_owned() });
        }
        db.pragma_update(None, "synchronous", "FULL").at(path)?;
        // Ids are hashes, so rows go to pages all over the file: 64 MiB of these stay in memory, and the log is taken into the file
        // after as much, not after four.
        db.pragma_update(None, "cache_size", -65_536).at(path)?;
        db.pragma_update(None, "wal_autocheckpoint", 16_384).at(path)?;
        // Asking for the lock right away tells of another writer before hours of reading, and of two who make the file at once.
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate).at(path)?;
        match state(&tx, path)? {
            State::New => {
                carry_over(&tx, 0, path)?;
                tx.pragma_update(None, "application_id", APPLICATION_ID).at(path)?;
            }
            State::Ours(version) if version < SCHEMA_VERSION => carry_over(&tx, version, path)?,
            State::Ours(_) => {}
        }
        tx.commit().at(path)?;
        db.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())).at(path)?;
        Ok(Store { db, path: path.to_owned(), places: RefCell::default() })
    }

    /// Opens the store at `path` for reading; makes nothing, changes nothing, waits for nobody. A store of an older version of
    /// the schema is read through a copy that is carried over and goes away with the process.
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Store, StoreError> {
        let path = path.as_ref();
        let Some(db) = look(path, PATIENCE)? else { return Err(StoreError::Missing { path: path.to_owned() }) };
        let db = match state(&db, path)? {
            State::Ours(version) if version < SCHEMA_VERSION => copy_of_old(&db, version, path)?,
            _ => db,
        };
        // Pages that are read again and again stay in memory, 64 MiB of them.
        db.pragma_update(None, "cache_size", -65_536).at(path)?;
        Ok(Store { db, path: path.to_owned(), places: RefCell::default() })
    }
}

/// A copy of an older store in a file without a name, which SQLite keeps in memory while it is small.
fn copy_of_old(old: &Connection, version: i32, path: &Path) -> Result<Connection, StoreError> {
    let mut db = Connection::open("").at(path)?;
    Backup::new(old, &mut db).and_then(|b| b.run_to_completion(1 << 14, Duration::ZERO, None)).at(path)?;
    prepare(&db, PATIENCE).at(path)?;
    let tx = db.transaction().at(path)?;
    carry_over(&tx, version, path)?;
    tx.commit().at(path)?;
    Ok(db)
}

/// Looks at what stands at `path` without changing it: `None` where a store can be made, else the store, open for reading.
fn look(path: &Path, patience: Duration) -> Result<Option<Connection>, StoreError> {
    let io = |source| StoreError::Io { path: path.to_owned(), source };
    let meta = match fs::metadata(path) {
        Ok(m) => m,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            let folder = path.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
            if !folder.is_dir() {
                return Err(StoreError::NoFolder { path: path.to_owned(), folder: folder.to_owned() });
            }
            return Ok(None);
        }
        Err(e) => return Err(io(e)),
    };
    if meta.is_dir() {
        return Err(StoreError::Folder { path: path.to_owned() });
    }
    if meta.len() == 0 {
        return Ok(None);
    }
    let mut magic = [0; 16];
    let read = File::open(path).and_then(|mut f| f.read_exact(&mut magic));
    match read {
        Ok(()) if &magic == b"SQLite format 3\0" => {}
        Err(e) if e.kind() != std::io::ErrorKind::UnexpectedEof => return Err(io(e)),
        _ => return Err(StoreError::NotSqlite { path: path.to_owned() }),
    }
    let db = open_to_look(path, patience)?;
    match state(&db, path)? {
        State::New => Ok(None),
        State::Ours(_) => Ok(Some(db)),
    }
}

/// A file without a log beside it is opened as one that does not change, so that nothing at all is made beside it unless it
/// turns out to be a store.
fn open_to_look(path: &Path, patience: Duration) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let open = |immutable: bool| -> Result<Connection, StoreError> {
        let db = match immutable {
            true => Connection::open_with_flags(uri(path), flags),
            false => Connection::open_with_flags(path, flags.difference(OpenFlags::SQLITE_OPEN_URI)),
        };
        let db = db.at(path)?;
        prepare(&db, patience).at(path)?;
        Ok(db)
    };
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    if Path::new(&log).exists() {
        return open(false);
    }
    let db = open(true)?;
    if matches!(state(&db, path)?, State::New) {
        return Ok(db);
    }
    // A store: open it as one, so that a writer who comes later is seen. In a folder that may not be written that fails.
    match open(false) {
        Ok(shared) if state(&shared, path).is_ok() => Ok(shared),
        _ => Ok(db),
    }
}

fn uri(path: &Path) -> String {
    let mut uri = String::from("file:");
    for &b in path.as_os_str().as_encoded_bytes() {
        match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b':' => uri.push(b as char),
            _ => uri.push_str(&format!("%{b:02X}")),
        }
    }
    uri + "?immutable=1"
}

fn prepare(db: &Connection, patience: Duration) -> rusqlite::Result<()> {
    db.busy_timeout(patience)?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.set_prepared_statement_cache_capacity(64);
    db.create_collation("turkish", turkish_cmp)?;
    add_functions(db)?;
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    // name_has(name, key): the name in its form for searching holds the key.
    db.create_scalar_function("name_has", 2, flags, |ctx| match (ctx.get_raw(0), ctx.get_raw(1)) {
        (ValueRef::Text(name), ValueRef::Text(key)) => {
            Ok(search_key(&String::from_utf8_lossy(name)).contains(&*String::from_utf8_lossy(key)))
        }
        _ => Ok(false),
    })
}

fn state(db: &Connection, path: &Path) -> Result<State, StoreError> {
    let number = |name: &str| db.pragma_query_value(None, name, |row| row.get::<_, i32>(0)).at(path);
    let (application, version) = (number("application_id")?, number("user_version")?);
    match (application, version) {
        (APPLICATION_ID, version @ 1..=SCHEMA_VERSION) => Ok(State::Ours(version)),
        (APPLICATION_ID, found) if found > SCHEMA_VERSION => {
            Err(StoreError::Newer { path: path.to_owned(), found, known: SCHEMA_VERSION })
        }
        (0, 0) if db.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get::<_, i64>(0)).at(path)? == 0 => {
            Ok(State::New)
        }
        _ => Err(StoreError::Foreign { path: path.to_owned() }),
    }
}
