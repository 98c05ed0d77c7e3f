//! `haberdar resolve|accept|reject|amend|decisions`: what people decide about rows of the record.

use std::{
    env,
    io::{self, Write},
};

use anyhow::{Result, anyhow, bail};
use haberdar_model::record::{Action, Decision};
use haberdar_store::{Found, Overlay, Store};

use super::query::open;
use crate::{
    cli::{Amend, Decide, Decisions, Format, Reason, Resolve},
    output::{cut, rows, short},
};

pub(crate) fn resolve(args: &Resolve) -> Result<bool> {
    decide(&args.row, &args.reason, Action::Resolve, std::slice::from_ref(&args.value))
}

pub(crate) fn accept(args: &Decide) -> Result<bool> {
    decide(&args.row, &args.reason, Action::Accept, &[])
}

pub(crate) fn reject(args: &Decide) -> Result<bool> {
    decide(&args.row, &args.reason, Action::Reject, &[])
}

pub(crate) fn amend(args: &Amend) -> Result<bool> {
    decide(&args.row, &args.reason, Action::Amend, &args.set)
}

/// Keeps one decision for every value, or one without a value.
fn decide(row: &str, reason: &Reason, action: Action, values: &[String]) -> Result<bool> {
    // A store that is not there is not made.
    drop(open(&reason.store)?);
    let mut store = Store::open(&reason.store.store)?;
    let found = find(&store, row, action)?;
    let values: Vec<Option<String>> = if values.is_empty() { vec![None] } else { values.iter().cloned().map(Some).collect() };
    let author = author(reason)?;
    let at = jiff::Timestamp::now().round(jiff::Unit::Second)?.to_string();
    let batch = store.begin()?;
    for value in values {
        let (because, author, at) = (reason.because.clone(), author.clone(), at.clone());
        batch.decide(&found, &Decision { action, value, because, author, at })?;
    }
    batch.commit()?;
    let (what, id) = match &found {
        Found::Event(id) => ("event", id),
        Found::Conflict(id) => ("conflict", id),
        Found::Article(id) => ("article", id),
        Found::Story(id) => ("story", id),
    };
    writeln!(io::stdout().lock(), "{what} {}: {} by {author}", short(id), past(action))?;
    Ok(true)
}

fn find(store: &Store, row: &str, action: Action) -> Result<Found> {
    let (only, from) = match action {
        Action::Resolve => ("a conflict", "`haberdar conflicts`"),
        Action::Amend => ("an event", "`haberdar events`"),
        Action::Accept | Action::Reject => ("an event or a conflict", "`haberdar events` or `haberdar conflicts`"),
    };
    let found = store.find(row)?;
    match &found[..] {
        [f @ Found::Event(_)] if action != Action::Resolve => Ok(f.clone()),
        [f @ Found::Conflict(_)] if action != Action::Amend => Ok(f.clone()),
        [] => bail!("nothing in {} has the id {row:?}: take one from {from}", store.path().display()),
        [_] => bail!("{row:?} is not {only}: `haberdar {}` takes an id from {from}", action.as_str()),
        many => bail!("{row:?} is the beginning of {} ids: write some more of it", many.len()),
    }
}

fn author(reason: &Reason) -> Result<String> {
    let login = || ["USER", "LOGNAME", "USERNAME"].iter().find_map(|v| env::var(v).ok().filter(|n| !n.trim().is_empty()));
    reason.by.clone().or_else(login).ok_or_else(|| anyhow!("it is not known who decides: say it with --by NAME"))
}

fn past(action: Action) -> &'static str {
    match action {
        Action::Accept => "accepted",
        Action::Reject => "rejected",
        Action::Amend => "amended",
        Action::Resolve => "resolved",
    }
}

pub(crate) fn list(args: &Decisions) -> Result<bool> {
    let found = open(&args.store)?.overlays()?;
    let header = ["at", "author", "action", "row", "about", "value", "because", "words"];
    let table = args.format == Format::Table;
    let cells = |o: &Overlay| {
        let today = if o.rows.is_empty() {
            "nothing today".to_owned()
        } else {
            o.rows.iter().map(|r| short(r)).collect::<Vec<_>>().join(" ")
        };
        let words: Vec<&str> = o.places.iter().map(|p| p.text.as_str()).collect();
        let words = words.join(" | ");
        vec![
            o.decision.at.clone(),
            o.decision.author.clone(),
            o.decision.action.as_str().to_owned(),
            today,
            format!("{} {}", o.target, o.about),
            o.decision.value.clone().unwrap_or_default(),
            o.decision.because.clone(),
            if table { cut(&words, 80) } else { words },
        ]
    };
    rows(args.format, &found, &header, cells, "Nothing was decided yet.")?;
    Ok(true)
}
