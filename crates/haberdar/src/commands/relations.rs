//! `haberdar dyad|balance`: how states stand to each other.

use std::io::{self, Write};

use anyhow::{Result, bail};
use haberdar_model::{
    Country,
    record::{DyadAct, MergedEvent},
};
use haberdar_reconcile::{self as reconcile, Dyad, Month, Network, Period, Shift, Ties, Triad};
use haberdar_store::{Filter, Store};
use jiff::civil::Date;
use serde::Serialize;

use super::query::{open, show_events};
use crate::{
    cli::{BalanceArgs, By, DyadArgs, Format},
    output::{rows, short},
};

/// A dyad with its newest acts.
#[derive(Serialize)]
struct DyadRow<'a> {
    #[serde(flatten)]
    dyad: &'a Dyad,
    newest: &'a [MergedEvent],
}

pub(crate) fn dyad(args: &DyadArgs) -> Result<bool> {
    if args.a == args.b {
        bail!("{} twice: a dyad has two sides; name another state", args.a);
    }
    if let Some(dyad) = &args.filters.dyad {
        bail!("--dyad {dyad} beside {} {}: the two sides are said already; leave --dyad out", args.a, args.b);
    }
    let store = open(&args.store)?;
    // Which acts are of a day is a question for the relations: an act counts on its first day.
    let filter = Filter { since: None, until: None, ..args.filters.filter() };
    let (since, until) = (args.filters.first(), args.filters.last());
    let (found, newest) = of_pair(&store, (args.a, args.b), &filter, since, until, args.limit)?;
    let newest = &newest[..];
    let acts = found.undated + found.months.iter().map(Month::acts).sum::<usize>();
    if matches!(args.format, Format::Json | Format::Jsonl) {
        rows(args.format, &[DyadRow { dyad: &found, newest }], &[], |_| Vec::new(), "")?;
        return Ok(true);
    }
    if args.format == Format::Table && acts > 0 {
        let day = |d: Option<jiff::civil::Date>| d.map_or_else(|| "?".to_owned(), |d| d.to_string());
        let undated = if found.undated > 0 { format!(", {} without a day", found.undated) } else { String::new() };
        let (a, b, n) = (found.a, found.b, acts);
        writeln!(io::stdout().lock(), "{a} and {b}: {n} acts{undated}; first {}, last {}", day(found.first), day(found.last))?;
    }
    let header =
        ["month", "verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict", "goldstein", "sources"];
    let cells = |m: &Month| {
        vec![
            m.month.clone(),
            m.verbal_cooperation.to_string(),
            m.material_cooperation.to_string(),
            m.verbal_conflict.to_string(),
            m.material_conflict.to_string(),
            format!("{:.1}", m.goldstein),
            m.independent_sources.to_string(),
        ]
    };
    rows(args.format, &found.months, &header, cells, "No dated act between the two is known.")?;
    if args.format == Format::Table && !newest.is_empty() {
        writeln!(io::stdout().lock(), "\nNewest acts")?;
        show_events(newest, Format::Table)?;
    }
    Ok(true)
}

/// From the table of dyads alone, with nothing read but the newest acts.
fn of_pair(
    store: &Store,
    (a, b): (Country, Country),
    filter: &Filter,
    since: Option<Date>,
    until: Option<Date>,
    limit: usize,
) -> Result<(Dyad, Vec<MergedEvent>)> {
    let acts = store.acts_between(a, b, filter)?;
    let found = reconcile::series(&acts, (a, b), since, until);
    let mut shown: Vec<&DyadAct> = acts.iter().filter(|x| reconcile::in_question(x.day, since, until)).collect();
    shown.sort_by(|x, y| y.day.cmp(&x.day).then_with(|| x.event.cmp(&y.event)));
    let newest = shown.into_iter().take(limit).filter_map(|x| store.event(&x.event).transpose()).collect::<Result<_, _>>()?;
    Ok((found, newest))
}

pub(crate) fn balance(args: &BalanceArgs) -> Result<bool> {
    let by = match args.by {
        By::Month => Period::Month,
        By::Year => Period::Year,
    };
    // Nothing is read of the acts but who they are between, when, and what they weigh.
    let filter = Filter { since: None, until: None, ..args.filters.filter() };
    let mut ties = Ties::new(args.filters.first(), args.filters.last(), by);
    open(&args.store)?.each_pair_act(&filter, |x| ties.add((x.a, x.b), x.day, x.goldstein, x.event))?;
    let found = ties.networks();
    if args.format != Format::Csv {
        let header = ["period", "ties", "positive", "negative", "balanced", "unbalanced", "shifted"];
        let cells = |n: &Network| {
            let ties = |sign: i8| n.ties.iter().filter(|t| t.sign == sign).count().to_string();
            let triads = |of: &dyn Fn(&&Triad) -> bool| n.triads.iter().filter(of).count().to_string();
            let counts = [triads(&|t| t.balanced), triads(&|t| !t.balanced), triads(&|t| t.shift.is_some())];
            [n.period.clone(), n.ties.len().to_string(), ties(1), ties(-1)].into_iter().chain(counts).collect()
        };
        rows(args.format, &found, &header, cells, "No act between states is known.")?;
    }
    let triads: Vec<(&Network, &Triad)> = found.iter().flat_map(|n| n.triads.iter().map(move |t| (n, t))).collect();
    match args.format {
        Format::Json | Format::Jsonl => return Ok(true),
        Format::Table if found.is_empty() => return Ok(true),
        Format::Table => writeln!(io::stdout().lock(), "\nTriads: three states with signed ties in one period")?,
        Format::Csv => {}
    }
    let header = ["period", "states", "ties", "balanced", "shifted_since", "by"];
    let cells = |(n, t): &(&Network, &Triad)| {
        let [a, b, c] = t.states;
        let sign = |i: usize| if t.signs[i] > 0 { '+' } else { '-' };
        vec![
            n.period.clone(),
            format!("{a} {b} {c}"),
            format!("{a}{}{b} {a}{}{c} {b}{}{c}", sign(0), sign(1), sign(2)),
            if t.balanced { "yes" } else { "no" }.to_owned(),
            t.shift.as_ref().map(|s| s.since.clone()).unwrap_or_default(),
            t.shift.as_ref().map(shifted_by).unwrap_or_default(),
        ]
    };
    rows(args.format, &triads, &header, cells, "No three states have signed ties in one period.")?;
    Ok(true)
}

fn shifted_by(shift: &Shift) -> String {
    let tie = |t: &reconcile::Tie| {
        let events: Vec<&str> = t.events.iter().map(|e| short(e)).collect();
        format!("{} {} {:+.1}: {}", t.a, t.b, t.goldstein, events.join(" "))
    };
    shift.by.iter().map(tie).collect::<Vec<_>>().join("; ")
}
