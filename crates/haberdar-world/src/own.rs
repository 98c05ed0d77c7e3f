//! The user's tables beside the shipped ones: joined, held against each other, winning over what is built in.

use std::io;

use haberdar_model::{Country, DateInterval, PartialDate};
use jiff::{Span, civil::Date};
use rustc_hash::FxHashMap;

use crate::{
    check::shared,
    holding::{GRACE_DAYS, Holding},
    import::{ImportFault, Imported, USER, keep},
    named,
    world::World,
};

/// Days that two intervals have in common; open ends reach far.
pub(crate) fn overlap(a: DateInterval, b: DateInterval) -> i32 {
    let from = a.from.max(b.from).unwrap_or(Date::constant(1900, 1, 1));
    let far = Date::constant(2100, 1, 1);
    let to = a.to.unwrap_or(far).min(b.to.unwrap_or(far));
    (to - from).get_days()
}

/// What stands behind the source of a shipped row that a user's one has cut.
pub(crate) const CUT: &str = "; cut by the user's tables";

impl World {
    /// True for a row that is as it is built in, or what the user's tables have left of one.
    pub(crate) fn is_built_in(&self, h: &Holding) -> bool {
        let source = h.source.strip_prefix(USER).unwrap_or(h.source);
        let (source, cut) = source.strip_suffix(CUT).map_or((source, false), |s| (s, true));
        let rows = self.by_seat.get(&(h.country, h.office)).into_iter().flatten().map(|&i| &self.holdings[i as usize]);
        let theirs = rows.filter(|o| (o.person, o.tenure, o.trust, o.source) == (h.person, h.tenure, h.trust, source));
        let days = |h: &Holding| (h.from, h.to, h.known_until);
        let within = |o: &Holding| {
            let (a, b) = (h.span(), o.span());
            a.from >= b.from && b.to.is_none_or(|end| a.to.is_some_and(|t| t <= end))
        };
        theirs.into_iter().any(|o| days(o) == days(h) || cut && within(o))
    }

    /// The holdings as CSV with the columns that [`World::read_import`] reads, in a fixed order.
    pub fn export_holders(&self, out: &mut impl io::Write) -> io::Result<()> {
        let theirs = |h: &Holding| self.person(h.person).map(|p| (p.name, p.aliases.join("|")));
        write_rows(&self.holdings, |h| theirs(h).filter(|_| World::shipped().person(h.person).is_none()), out)
    }

    /// The shipped tables with the user's rows, which win: where one of theirs names another for the office, the shipped
    /// holding is cut to the days that are left; where it names the same person, it takes the shipped one's place.
    pub fn with_import(imported: Imported) -> World {
        World::load(imported).expect("the tables that are built in are sound")
    }
}

impl Imported {
    /// Adds the rows of another table.
    pub fn add(&mut self, other: Imported) {
        for p in other.persons {
            if !self.persons.iter().any(|q| q.id == p.id) {
                self.persons.push(p);
            }
        }
        for (h, line) in other.holdings.into_iter().zip(other.lines) {
            if !self.holdings.contains(&h) {
                self.holdings.push(h);
                self.lines.push(line);
            }
        }
        named::add(&mut self.named, other.named);
        self.built_in += other.built_in;
        self.left_out.extend(other.left_out);
    }

    /// Where its rows contradict those of another table, which goes by that name.
    pub fn against(&self, other: &Imported, name: &str) -> Vec<ImportFault> {
        let mut out = named::against(&self.named, &other.named, name);
        // A row of both tables is no contradiction.
        let new = self.holdings.iter().zip(&self.lines).filter(|(h, _)| !other.holdings.contains(h));
        for (h, line) in new.filter(|(h, _)| !shared(h.office) && !h.is_rival()) {
            let same = |o: &&Holding| (o.country, o.office, o.tenure) == (h.country, h.office, h.tenure);
            if other.holdings.iter().filter(same).any(|o| overlap(h.span(), o.span()) > GRACE_DAYS) {
                let fault = format!("{} of {} is held at that time in {name} as well", h.office, h.country);
                out.push(ImportFault { line: *line, fault });
            }
        }
        out
    }

    /// The rows as CSV with our columns: what [`World::read_import`] reads as the same again.
    pub fn write(&self, out: &mut impl io::Write) -> io::Result<()> {
        if !self.named.is_empty() {
            return named::write(&self.named, out);
        }
        let person = |h: &Holding| self.persons.iter().find(|p| p.id == h.person).map(|p| (p.name, p.aliases.join("|")));
        write_rows(&self.holdings, person, out)
    }

    /// A short digest of the rows, whatever their order.
    pub(crate) fn digest(&self) -> String {
        let mut text = Vec::new();
        // Writing to memory does not fail.
        let _ = write_rows(&self.holdings, |_| None, &mut text);
        if !self.named.is_empty() {
            let _ = named::write(&self.named, &mut text);
        }
        let text = String::from_utf8_lossy(&text);
        let mut lines: Vec<&str> = text.lines().collect();
        lines.sort_unstable();
        haberdar_model::id::content_id(lines).trim_start_matches("b3:").chars().take(12).collect()
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
    let source = keep(&format!("{}{CUT}", h.source));
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

pub(crate) fn quoted(s: &str) -> String {
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
