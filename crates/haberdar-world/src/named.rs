//! The user's own organisations and places: CSV with the columns `kind`, `names_en`, `names_tr` and, where wanted, `id`,
//! `country`, `sector`, `source`. Names are separated by `|`, the usual one first; `kind` tells organisations from places.

use std::io;

use haberdar_model::{Language, vocabulary::SECTORS};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    fold::fold_name,
    gazetteer::Entry,
    import::{ImportFault, Imported, keep},
    organization::Organization,
    own::quoted,
    records::{Record, Records},
    table::list,
    world::{EntityKind, World},
};

/// The columns.
pub(crate) const COLUMNS: &[&str] = &["id", "kind", "country", "sector", "names_en", "names_tr", "source"];

/// A row of theirs.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) row: Organization,
    pub(crate) place: bool,
    /// As the user gives it.
    source: &'static str,
    pub(crate) line: usize,
}

/// A name as the gazetteer compares it, in a language.
type Key = (Vec<u8>, Language);

impl Named {
    fn keys(&self) -> Vec<Key> {
        let of = |names: &[&str], lang| names.iter().map(|n| (key(n), lang)).collect::<Vec<_>>();
        [of(&self.row.names_en, Language::En), of(&self.row.names_tr, Language::Tr)].concat()
    }

    fn columns(&self) -> [String; 7] {
        let o = &self.row;
        let country = o.country.map(|c| c.to_string()).unwrap_or_default();
        [o.id, o.kind, &country, o.sector, &o.names_en.join("|"), &o.names_tr.join("|"), self.source].map(quoted)
    }

    /// True where both say the same.
    fn same(&self, other: &Named) -> bool {
        self.columns() == other.columns()
    }
}

fn key(name: &str) -> Vec<u8> {
    fold_name(name.trim_start_matches('?'))
}

/// What the user's rows take from the shipped ones: their ids, and the names that mean theirs alone.
#[derive(Default)]
pub(crate) struct Taken {
    ids: FxHashSet<&'static str>,
    names: FxHashSet<Key>,
}

impl Taken {
    pub(crate) fn by(named: &[Named]) -> Self {
        Taken { ids: named.iter().map(|n| n.row.id).collect(), names: named.iter().flat_map(Named::keys).collect() }
    }

    /// Puts their rows in the place of those of the same id, and the new ones behind.
    pub(crate) fn rows(&self, mut shipped: Vec<Organization>, named: &[Named], place: bool) -> Vec<Organization> {
        shipped.retain(|o| !self.ids.contains(o.id));
        shipped.extend(named.iter().filter(|n| n.place == place).map(|n| n.row.clone()));
        shipped
    }

    /// Leaves of the names those that are not taken.
    pub(crate) fn leave(&self, names: &mut Vec<Entry>) {
        if self.names.is_empty() {
            return;
        }
        let taken = |e: &Entry| {
            let folded = fold_name(e.name);
            Language::ALL.into_iter().any(|l| e.lang.is_none_or(|x| x == l) && self.names.contains(&(folded.clone(), l)))
        };
        names.retain(|e| self.ids.contains(e.entity) || !taken(e));
    }
}

impl World {
    /// Reads the user's organisations and places.
    pub(crate) fn read_named(&self, file: Records) -> Result<Imported, Vec<ImportFault>> {
        let (mut faults, mut out) = (file.faults, Imported::default());
        let kinds = [&self.places, &self.organizations].map(|rows| kinds(rows));
        for r in &file.rows {
            match self.named_row(r, &kinds) {
                Ok(row) => out.named.push(row),
                Err(of_row) => faults.extend(of_row.into_iter().map(|fault| ImportFault { line: r.line, fault })),
            }
        }
        faults.extend(twice(&out.named));
        faults.sort_by(|a, b| (a.line, &a.fault).cmp(&(b.line, &b.fault)));
        if faults.is_empty() { Ok(out) } else { Err(faults) }
    }

    /// `of_places` and `of_organizations` are the kinds that the tables know.
    fn named_row(&self, r: &Record, [of_places, of_organizations]: &[Vec<&'static str>; 2]) -> Result<Named, Vec<String>> {
        let mut faults = Vec::new();
        let given = r.get(&["kind"]);
        let place = of_places.contains(&given);
        if !place && !of_organizations.contains(&given) {
            let (places, bodies) = (of_places.join(", "), of_organizations.join(", "));
            faults.push(format!("the kind {given:?} is not known: a place is one of {places}, an organisation one of {bodies}"));
        }
        let state = r.get(&["country"]);
        let country = self.country_of(state);
        if country.is_none() && !state.is_empty() {
            faults.push(format!("{state:?} is no country: use a code such as TUR, or a name"));
        }
        let sector = r.get(&["sector"]);
        if place && !sector.is_empty() {
            faults.push(format!("a place has no sector: leave {sector:?} out"));
        } else if !sector.is_empty() && !SECTORS.contains(&sector) {
            faults.push(format!("the sector {sector:?} is not known: use one of {}", SECTORS.join(", ")));
        }
        let [names_en, names_tr] = ["names_en", "names_tr"].map(|c| list(keep(r.get(&[c]))));
        let Some(first) = names_en.first().or(names_tr.first()) else {
            faults.push("no name: give one in names_en or names_tr".to_owned());
            return Err(faults);
        };
        let letters = |n: &&&str| key(n).iter().filter(|b| crate::fold::is_word(**b)).count();
        if let Some(short) = names_en.iter().chain(&names_tr).find(|n| letters(n) < 2) {
            faults.push(format!("the name {short:?} has less than two letters"));
        }
        let id = match r.get(&["id"]) {
            "" => format!("u:{}", crate::sound::words(first).join("-")),
            id => id.to_owned(),
        };
        let what = if place { EntityKind::Place } else { EntityKind::Organization };
        if let Some(other) = self.entity(&id).filter(|e| e.kind != what && faults.is_empty()) {
            faults.push(format!("the id {id} stands for {:?}, which is none of this kind", other.name(Language::En)));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let row = Organization { id: keep(&id), country, sector: keep(sector), kind: keep(given), names_en, names_tr };
        Ok(Named { row, place, source: keep(r.get(&["source"])), line: r.line })
    }
}

fn kinds(rows: &[Organization]) -> Vec<&'static str> {
    let mut kinds: Vec<&'static str> = rows.iter().map(|o| o.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// Ids and names that stand for two of the rows.
fn twice(rows: &[Named]) -> Vec<ImportFault> {
    let (mut ids, mut names) = (FxHashMap::default(), FxHashMap::default());
    let mut out = Vec::new();
    for n in rows {
        let line = n.line;
        if let Some(other) = ids.insert(n.row.id, line) {
            out.push(ImportFault { line, fault: format!("the id {} stands in line {other} as well", n.row.id) });
            continue;
        }
        for (name, lang) in n.keys() {
            let text = String::from_utf8_lossy(&name).into_owned();
            if let Some(other) = names.insert((name, lang), line).filter(|other| *other != line) {
                out.push(ImportFault { line, fault: format!("the name {text:?} stands in line {other} as well") });
            }
        }
    }
    out
}

/// Where the rows of a table contradict those of another, which goes by that name.
pub(crate) fn against(rows: &[Named], others: &[Named], name: &str) -> Vec<ImportFault> {
    let taken = Taken::by(others);
    let new = rows.iter().filter(|n| !others.iter().any(|o| o.same(n)));
    let fault = |n: &Named| {
        let id = taken.ids.contains(n.row.id).then(|| format!("the id {}", n.row.id));
        let names = || n.keys().into_iter().find(|k| taken.names.contains(k));
        let what = id.or_else(|| names().map(|k| format!("the name {:?}", String::from_utf8_lossy(&k.0))));
        what.map(|what| ImportFault { line: n.line, fault: format!("{what} stands in {name} as well") })
    };
    new.filter_map(fault).collect()
}

/// Joins the rows of another table.
pub(crate) fn add(rows: &mut Vec<Named>, others: Vec<Named>) {
    for n in others {
        if !rows.iter().any(|o| o.row.id == n.row.id) {
            rows.push(n);
        }
    }
}

/// The rows as CSV with our columns.
pub(crate) fn write(rows: &[Named], out: &mut impl io::Write) -> io::Result<()> {
    writeln!(out, "{}", COLUMNS.join(","))?;
    rows.iter().try_for_each(|n| writeln!(out, "{}", n.columns().join(",")))
}
