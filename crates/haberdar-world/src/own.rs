//! The user's tables beside the shipped ones: kept in a folder of their own, winning over what is built in.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use haberdar_model::{Country, DateInterval, PartialDate};
use jiff::{Span, civil::Date};
use rustc_hash::FxHashMap;

use crate::{
    check::shared,
    holding::{GRACE_DAYS, Holding},
    import::{ImportFault, Imported, keep},
    world::World,
};

/// Why the user's tables cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OwnError {
    /// The folder or a file cannot be read or written.
    #[error("{path}: {error}")]
    Io {
        /// The folder or file.
        path: PathBuf,
        /// The system's reason.
        error: io::Error,
    },
    /// A file has faults.
    #[error("{path}: {}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Faults {
        /// The file.
        path: PathBuf,
        /// Each of them.
        faults: Vec<ImportFault>,
    },
}

trait At<T> {
    fn at(self, path: &Path) -> Result<T, OwnError>;
}

impl<T> At<T> for io::Result<T> {
    fn at(self, path: &Path) -> Result<T, OwnError> {
        self.map_err(|error| OwnError::Io { path: path.to_owned(), error })
    }
}

/// Days that two intervals have in common; open ends reach far.
pub(crate) fn overlap(a: DateInterval, b: DateInterval) -> i32 {
    let from = a.from.max(b.from).unwrap_or(Date::constant(1900, 1, 1));
    let far = Date::constant(2100, 1, 1);
    let to = a.to.unwrap_or(far).min(b.to.unwrap_or(far));
    (to - from).get_days()
}

/// The tables of a folder, by name: `*.csv`.
fn files(folder: &Path) -> Result<Vec<PathBuf>, OwnError> {
    let entries = match fs::read_dir(folder) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.at(folder)?,
    };
    let mut out = Vec::new();
    for e in entries {
        let path = e.at(folder)?.path();
        if path.extension().is_some_and(|x| x == "csv") {
            out.push(path);
        }
    }
    out.sort();
    Ok(out)
}

impl World {
    /// The shipped tables with the user's tables of a folder, which win. A folder that does not exist holds none.
    pub fn with_folder(folder: &Path) -> Result<World, OwnError> {
        let mut all = Imported::default();
        for path in files(folder)? {
            let text = fs::read_to_string(&path).at(&path)?;
            let read = World::shipped().read_import(&text).map_err(|faults| OwnError::Faults { path, faults })?;
            all.add(read);
        }
        Ok(World::with_import(all))
    }

    /// Puts the user's file into the folder as a table of its own, in place of an earlier one of this name, and gives its
    /// path. With a fault, or where it contradicts another table of the folder, nothing is written.
    pub fn import_into(folder: &Path, name: &str, text: &str) -> Result<(PathBuf, Imported), OwnError> {
        let path = folder.join(format!("{name}.csv"));
        let faulty = |faults| OwnError::Faults { path: PathBuf::from(name), faults };
        let read = World::shipped().read_import(text).map_err(faulty)?;
        for other in files(folder)?.into_iter().filter(|p| *p != path) {
            let text = fs::read_to_string(&other).at(&other)?;
            let theirs =
                World::shipped().read_import(&text).map_err(|faults| OwnError::Faults { path: other.clone(), faults })?;
            let faults = read.against(&theirs, &other);
            if !faults.is_empty() {
                return Err(faulty(faults));
            }
        }
        let mut out = Vec::new();
        write_rows(
            &read.holdings,
            |h| read.persons.iter().find(|p| p.id == h.person).map(|p| (p.name, p.aliases.join("|"))),
            &mut out,
        )
        .at(&path)?;
        fs::create_dir_all(folder).at(folder)?;
        // A reader sees the old table or the new one, never a half.
        let new = folder.join(format!("{name}.csv.new"));
        fs::write(&new, out).at(&new)?;
        fs::rename(&new, &path).at(&path)?;
        Ok((path, read))
    }

    /// The holdings as CSV with the columns that [`World::read_import`] reads, in a fixed order.
    pub fn export_holders(&self, out: &mut impl io::Write) -> io::Result<()> {
        write_rows(&self.holdings, |_| None, out)
    }

    /// The shipped tables with the user's rows, which win: where one of theirs names another for the office, the shipped
    /// holding is cut to the days that are left; where it names the same person, it takes the shipped one's place.
    pub fn with_import(imported: Imported) -> World {
        World::load(imported).expect("the tables that are built in are sound")
    }
}

impl Imported {
    fn add(&mut self, other: Imported) {
        for p in other.persons {
            if !self.persons.iter().any(|q| q.id == p.id) {
                self.persons.push(p);
            }
        }
        self.holdings.extend(other.holdings);
        self.lines.extend(other.lines);
        self.left_out.extend(other.left_out);
    }

    /// Where its rows contradict those of another file.
    fn against(&self, other: &Imported, path: &Path) -> Vec<ImportFault> {
        let mut out = Vec::new();
        for (h, line) in self.holdings.iter().zip(&self.lines).filter(|(h, _)| !shared(h.office) && !h.is_rival()) {
            let same = |o: &&Holding| (o.country, o.office, o.tenure) == (h.country, h.office, h.tenure);
            if other.holdings.iter().filter(same).any(|o| overlap(h.span(), o.span()) > GRACE_DAYS) {
                let fault = format!("{} of {} is held at that time in {} as well", h.office, h.country, path.display());
                out.push(ImportFault { line: *line, fault });
            }
        }
        out
    }

    /// A short digest of the rows.
    pub(crate) fn digest(&self) -> String {
        let mut text = Vec::new();
        // Writing to memory does not fail.
        let _ = write_rows(&self.holdings, |_| None, &mut text);
        let text = String::from_utf8_lossy(&text);
        haberdar_model::id::content_id([text.as_ref()]).trim_start_matches("b3:").chars().take(12).collect()
    }

    /// Leaves of the shipped holdings what the user's rows leave.
    pub(crate) fn win(&self, shipped: Vec<Holding>) -> Vec<Holding> {
        if self.holdings.is_empty() {
            return shipped;
        }
        let mut seats: FxHashMap<(Country, &str), Vec<&Holding>> = FxHashMap::default();
        for h in &self.holdings {
            seats.entry((h.country, h.office)).or_default().push(h);
        }
        let mut out = Vec::with_capacity(shipped.len());
        for h in shipped {
            let mut pieces = vec![h];
            for theirs in seats.get(&(pieces[0].country, pieces[0].office)).into_iter().flatten() {
                pieces = pieces.into_iter().flat_map(|p| left(p, theirs)).collect();
            }
            out.extend(pieces);
        }
        out
    }
}

/// What one of the user's rows leaves of a shipped one.
fn left(h: Holding, theirs: &Holding) -> Vec<Holding> {
    let meets = overlap(h.span(), theirs.span()) >= 0;
    if !meets || h.is_rival() != theirs.is_rival() {
        return vec![h];
    }
    if h.person == theirs.person {
        return Vec::new();
    }
    if shared(h.office) || overlap(h.span(), theirs.span()) <= GRACE_DAYS {
        return vec![h];
    }
    let step = |d: Date, days: i32| d.saturating_add(Span::new().days(days));
    let source = keep(&format!("{}; cut by the user's tables", h.source));
    let mut out = Vec::new();
    if let Some(f) = theirs.first()
        && h.first().is_none_or(|a| a < f)
    {
        out.push(Holding { to: Some(PartialDate::day(step(f, -1))), known_until: None, source, ..h.clone() });
    }
    if let Some(t) = theirs.span().to
        && h.span().to.is_none_or(|b| t < b)
    {
        out.push(Holding { from: Some(PartialDate::day(step(t, 1))), source, ..h });
    }
    out
}

fn quoted(s: &str) -> String {
    if s.contains([',', '"', '\n', ';', '\t']) { format!("\"{}\"", s.replace('"', "\"\"")) } else { s.to_owned() }
}

/// Rows as CSV; `person` gives the name and the spellings of a person who is not of the shipped tables.
fn write_rows(
    rows: &[Holding],
    person: impl Fn(&Holding) -> Option<(&'static str, String)>,
    out: &mut impl io::Write,
) -> io::Result<()> {
    writeln!(out, "country,office,person_id,person,aliases,from,to,known_until,tenure,source,trust")?;
    for h in rows {
        let day = |d: Option<PartialDate>| d.map(|d| d.to_string()).unwrap_or_default();
        let known = h.known_until.map(|d| d.to_string()).unwrap_or_default();
        let (name, aliases) =
            person(h).unwrap_or_else(|| (World::shipped().person(h.person).map_or(h.person, |p| p.name), String::new()));
        let (id, name, aliases, source) = (quoted(h.person), quoted(name), quoted(&aliases), quoted(h.source));
        let (from, to) = (day(h.from), day(h.to));
        writeln!(out, "{},{},{id},{name},{aliases},{from},{to},{known},{},{source},{}", h.country, h.office, h.tenure, h.trust)?;
    }
    Ok(())
}
