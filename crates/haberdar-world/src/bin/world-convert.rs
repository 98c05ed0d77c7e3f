//! Builds `persons.tsv` and `holdings.tsv` from lists of office-holders in their own, untidy words.
//!
//! ```text
//! cargo run -p haberdar-world --features convert --bin world-convert -- LISTS data/world
//! ```
//!
//! `LISTS` is a folder with `office_holders.tsv` (country, position, person, qid, start, end, source) and
//! `leaders_current.tsv`. Positions become offices by `position_map.tsv`; the rows of `holdings_manual.tsv` win over
//! those of the lists. Names in capitals, titles before names, dates in words, double entries and ends that were never
//! written are put right here, so that the tables that the library loads need no repair.
#![allow(clippy::print_stdout, clippy::print_stderr)]

#[path = "convert/merge.rs"]
mod merge;
#[path = "convert/names.rs"]
mod names;
#[path = "convert/rows.rs"]
mod rows;

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
};

use merge::Merger;
use rows::{Mapping, Skip, read_holders, read_leaders, read_manual};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(lists), Some(tables), None) = (args.next(), args.next(), args.next()) else {
        return Err("usage: world-convert LISTS data/world".into());
    };
    let read =
        |dir: &Path, name: &str| fs::read_to_string(dir.join(name)).map_err(|e| format!("{}: {e}", dir.join(name).display()));
    let mapping = Mapping::parse(&read(&tables, "position_map.tsv")?)?;
    let countries = rows::Countries::parse(&read(&tables, "countries.tsv")?)?;

    let mut merger = Merger::default();
    let (manual, report) = read_manual(&read(&tables, "holdings_manual.tsv")?)?;
    eprintln!("{report}");
    let (listed, report) = read_holders(&read(&lists, "office_holders.tsv")?, &mapping, &countries)?;
    eprintln!("{report}");
    let (leaders, report) = read_leaders(&read(&lists, "leaders_current.tsv")?, &countries)?;
    eprintln!("{report}");
    let skip = Skip::parse(&read(&tables, "skip_holders.tsv")?);
    let (mut listed, mut leaders) = (listed, leaders);
    skip.apply(&mut listed);
    skip.apply(&mut leaders);
    merger.add(listed);
    merger.add(leaders);
    merger.add(manual);
    let (persons, holdings) = merger.finish();
    eprintln!("{} persons, {} holdings", persons.len(), holdings.len());

    let mut out = String::from("id\tname\tcountry\tsource\n");
    for p in &persons {
        out.push_str(&format!("{}\t{}\t{}\t{}\n", p.id, p.name, p.country, p.source));
    }
    fs::write(tables.join("persons.tsv"), out)?;
    let mut out = String::from("country\toffice\tperson\tfrom\tto\tknown_until\ttenure\tsource\ttrust\n");
    for h in &holdings {
        let fields = [&h.country, &h.office, &h.person, &h.from, &h.to, &h.known_until, &h.tenure, &h.source];
        out.push_str(&format!("{}\t{}\n", fields.map(String::as_str).join("\t"), h.trust));
    }
    fs::write(tables.join("holdings.tsv"), out)?;
    Ok(())
}
