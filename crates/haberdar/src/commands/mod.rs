//! One module a command. Each returns `true` where all went well, `false` where some input failed and was said so.

mod add;
mod decide;
mod demo;
mod diff;
mod dossier;
mod eval;
mod explain;
mod export;
mod extract;
mod follow;
mod lexicon;
mod parse;
mod promises;
mod query;
mod read;
mod relations;
mod search;
mod serve;
mod upkeep;
mod watch;
mod who;
mod world;

use anyhow::Result;

use crate::cli::{Cli, Command};

pub(crate) fn run(cli: Cli) -> Result<bool> {
    match cli.command {
        Command::Read(a) => read::run(&a),
        Command::Parse(a) => parse::run(&a),
        Command::Add(a) => add::run(&a),
        Command::Search(a) => search::run(&a),
        Command::Events(q) => query::events(&q),
        Command::Quotes(q) => query::quotes(&q),
        Command::Stories(q) => query::stories(&q),
        Command::Conflicts(q) => query::conflicts(&q),
        Command::Promises(a) => promises::run(&a),
        Command::Resolve(a) => decide::resolve(&a),
        Command::Accept(a) => decide::accept(&a),
        Command::Reject(a) => decide::reject(&a),
        Command::Amend(a) => decide::amend(&a),
        Command::Decisions(a) => decide::list(&a),
        Command::Diff(a) => diff::run(&a),
        Command::Dyad(a) => relations::dyad(&a),
        Command::Balance(a) => relations::balance(&a),
        Command::Export(a) => export::run(&a),
        Command::Dossier(a) => dossier::run(&a),
        Command::Eval(a) => eval::run(&a),
        Command::Watch(a) => watch::run(&a.what),
        Command::Check(a) => upkeep::check(&a),
        Command::Compact(a) => upkeep::compact(&a),
        Command::Merge(a) => upkeep::merge(&a),
        Command::Who(a) => who::run(&a),
        Command::World(a) => world::run(&a.what),
        Command::Lexicon(a) => lexicon::run(&a.what),
        Command::Explain(a) => explain::run(&a),
        Command::Extract(a) => extract::run(&a),
        Command::Follow(a) => follow::run(&a),
        Command::Serve(a) => serve::run(&a),
        Command::Demo(a) => demo::run(&a),
    }
}
