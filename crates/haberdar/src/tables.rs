//! The folder in which the user's own tables of the world are kept.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow};
use haberdar_world::{ImportFault, Imported, World};

/// Where the tables are kept.
pub(crate) fn folder() -> Option<PathBuf> {
    let set = |name: &str| env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    set("HABERDAR_WORLD")
        .or_else(|| set("XDG_DATA_HOME").map(|d| d.join("haberdar/world")))
        .or_else(|| set("HOME").map(|d| d.join(".local/share/haberdar/world")))
        .or_else(|| set("APPDATA").map(|d| d.join("haberdar/world")))
}

/// The world with the user's tables; `None` where there are none.
pub(crate) fn load() -> Result<Option<World>> {
    let Some(folder) = folder() else { return Ok(None) };
    let mut all = Imported::default();
    for path in files(&folder)? {
        all.add(read(&path)?);
    }
    Ok((!all.is_empty()).then(|| World::with_import(all)))
}

/// `*.csv` in the folder, by name. A folder that does not exist holds none.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let at = || folder.display().to_string();
    let entries = match fs::read_dir(folder) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.with_context(at)?,
    };
    let mut out = Vec::new();
    for e in entries {
        out.push(e.with_context(at)?.path());
    }
    out.retain(|p| p.extension().is_some_and(|x| x == "csv"));
    out.sort();
    Ok(out)
}

fn read(path: &Path) -> Result<Imported> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    World::shipped().read_import(&text).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        anyhow!("{}: {}", path.display(), faults.join("; "))
    })
}

/// What became of a file that was to be kept.
pub(crate) enum Kept {
    /// The table that was written, and its rows.
    Written(PathBuf, Imported),
    /// Its faults; nothing was written.
    Refused(Vec<ImportFault>),
}

/// Keeps a file as a table of this name, in place of an earlier one. With a fault, or where it contradicts another table of
/// the folder, nothing is written.
pub(crate) fn keep(folder: &Path, name: &str, text: &str) -> Result<Kept> {
    let path = folder.join(format!("{name}.csv"));
    let rows = match World::shipped().read_import(text) {
        Ok(rows) => rows,
        Err(faults) => return Ok(Kept::Refused(faults)),
    };
    let mut faults = Vec::new();
    for other in files(folder)?.into_iter().filter(|p| *p != path) {
        faults.extend(rows.against(&read(&other)?, &other.display().to_string()));
    }
    if !faults.is_empty() {
        return Ok(Kept::Refused(faults));
    }
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    // A reader sees the old table or the new one, never a half.
    let new = folder.join(format!("{name}.csv.new"));
    let mut out = Vec::new();
    rows.write(&mut out)?;
    fs::write(&new, out).with_context(|| new.display().to_string())?;
    fs::rename(&new, &path).with_context(|| path.display().to_string())?;
    Ok(Kept::Written(path, rows))
}
