//! What is worked out from events and stories when it is asked for: commitments, dyads, states, the network. It depends on the
//! day or the filters of the question, so none of it is stored; it is kept in memory until the store changes.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, atomic::Ordering},
};

use haberdar_model::{Country, PartialDate, record::MergedEvent};
use haberdar_reconcile::{Commitment, Dyad, Fate, Network, Period, Ties, commitments, dyad};
use haberdar_store::{Counts, Filter, Order, Pair, QuoteRow, Store};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use crate::{Room, problem::Problem, query::Query};

/// Two states or bodies and how much there is between them.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct DyadRow {
    pub(crate) a: Country,
    pub(crate) b: Country,
    /// Acts; events of the status that was asked for, where one was.
    pub(crate) events: usize,
    /// Sum of their Goldstein values.
    pub(crate) goldstein: f64,
}

/// A state or body and what it takes part in.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct StateRow {
    pub(crate) country: Country,
    /// Acts in which it takes part.
    pub(crate) events: usize,
    /// Those of quad classes 1 and 2.
    pub(crate) cooperation: usize,
    /// Those of quad classes 3 and 4.
    pub(crate) conflict: usize,
    /// (cooperation − conflict) / events, from -1 to 1.
    pub(crate) balance: f64,
    /// Sum of the Goldstein values.
    pub(crate) goldstein: f64,
}

fn tenth(v: f64) -> f64 {
    (v * 10.0).round() / 10.0
}

/// How much the record holds.
pub(crate) fn counts(room: &Room) -> Result<Arc<Counts>, Problem> {
    room.kept("counts", || Ok(room.with_store(|s| s.counts())?))
}

/// False where the first page would have to wait for what is being worked out beside it.
pub(crate) fn is_ready(room: &Room) -> bool {
    let quick = || counts(room).is_ok_and(|c| c.events < room.many);
    let names = || [promises_name(jiff::Zoned::now().date()), dyads_name(&Query::default())];
    !room.warmed.load(Ordering::Relaxed) || quick() || names().iter().all(|n| room.is_kept(n))
}

fn promises_name(on: Date) -> String {
    format!("promises {on}")
}

fn dyads_name(q: &Query) -> String {
    format!("dyads {}", q.name())
}

/// Works out what the pages ask of the whole record, so that it is kept.
pub(crate) fn warm(room: &Room) -> Result<(), Problem> {
    let all = Query::default();
    counts(room)?;
    promises(room, &all)?;
    dyads(room, &all)?;
    states(room, &all)?;
    networks(room, &all, Period::Year)?;
    Ok(())
}

/// Who held an office.
pub(crate) fn who(room: &Room, what: &str, q: &Query) -> Result<Vec<Value>, Problem> {
    let found = room.desk.who(what, on(q)?).map_err(Problem::bad)?;
    Ok(found.as_array().cloned().unwrap_or_default())
}

fn on(q: &Query) -> Result<Option<PartialDate>, Problem> {
    let day = |d: &str| d.parse::<PartialDate>().map_err(|_| Problem::bad(format!("on={d:?}: write 2024-03-01")));
    q.get("on").map(day).transpose()
}

/// Commitments that fit, those that are overdue first; `fate` and `on` besides the filters.
pub(crate) fn promises(room: &Room, q: &Query) -> Result<Vec<Commitment>, Problem> {
    let filter = Filter { order: Order::Day, ..q.filter()? };
    let on: Date = on(q)?.map_or_else(|| jiff::Zoned::now().date(), PartialDate::last);
    let all = room.kept(&promises_name(on), || {
        let (events, stories) = room.with_store(|s| Ok((s.events(&Filter::default())?, s.stories(&Filter::default())?)))?;
        let mut all = commitments(&events, &stories, on);
        all.sort_by_key(|c| (c.fate != Fate::Overdue, c.due_until.is_none(), c.due_until, c.id.clone()));
        Ok(all)
    })?;
    let wanted: Option<BTreeSet<String>> = match filter == Filter::default() {
        true => None,
        false => Some(room.with_store(|s| s.events(&filter))?.into_iter().map(|e| e.id).collect()),
    };
    let fate = q.get("fate");
    let fits =
        |c: &&Commitment| wanted.as_ref().is_none_or(|w| w.contains(&c.id)) && fate.is_none_or(|f| c.fate.to_string() == f);
    Ok(all.iter().filter(fits).cloned().collect())
}

/// Events of a status that somebody asks for, whether or not they are acts.
fn of_status(room: &Room, filter: &Filter) -> Result<Vec<MergedEvent>, Problem> {
    let mut events = room.with_store(|s| s.events(&Filter { limit: None, order: Order::Day, ..filter.clone() }))?;
    events.retain(|e| !e.is_rejected());
    Ok(events)
}

/// Pairs of states with the number of their acts, the busiest first.
pub(crate) fn dyads(room: &Room, q: &Query) -> Result<Arc<Vec<DyadRow>>, Problem> {
    let filter = q.filter()?;
    room.kept(&dyads_name(q), || {
        let mut sums: BTreeMap<(Country, Country), (usize, f64)> = BTreeMap::new();
        let mut add = |pair, goldstein: Option<f32>| {
            let sum = sums.entry(pair).or_default();
            *sum = (sum.0 + 1, sum.1 + f64::from(goldstein.unwrap_or(0.0)));
        };
        if filter.status.is_some() {
            for e in of_status(room, &filter)? {
                e.pairs().into_iter().for_each(|pair| add(pair, e.goldstein));
            }
        } else {
            room.with_store(|s| s.each_pair_act(&filter, |x| add((x.a, x.b), x.goldstein)))?;
        }
        let row = |((a, b), (events, goldstein))| DyadRow { a, b, events, goldstein: tenth(goldstein) };
        let mut rows: Vec<DyadRow> = sums.into_iter().map(row).collect();
        rows.sort_by_key(|r| (std::cmp::Reverse(r.events), r.a, r.b));
        Ok(rows)
    })
}

/// States and bodies by the acts they take part in, the busiest first.
pub(crate) fn states(room: &Room, q: &Query) -> Result<Arc<Vec<StateRow>>, Problem> {
    let filter = q.filter()?;
    room.kept(&format!("states {}", q.name()), || {
        let mut sums: BTreeMap<Country, (usize, usize, f64)> = BTreeMap::new();
        let mut add = |country, quad, n, goldstein: f64| {
            let sum: &mut (usize, usize, f64) = sums.entry(country).or_default();
            let side = if quad <= 2 { &mut sum.0 } else { &mut sum.1 };
            *side += n;
            sum.2 += goldstein;
        };
        if filter.status.is_some() {
            for e in of_status(room, &filter)? {
                let sides: BTreeSet<Country> = e.actor.iter().chain(&e.recipient).filter_map(|p| p.country).collect();
                sides.into_iter().for_each(|c| add(c, e.quad, 1, f64::from(e.goldstein.unwrap_or(0.0))));
            }
        } else {
            for x in room.with_store(|s| s.acts_of_states(&filter))? {
                add(x.country, x.quad, x.acts, x.goldstein);
            }
        }
        let row = |(country, (cooperation, conflict, goldstein)): (Country, (usize, usize, f64))| {
            let events = cooperation + conflict;
            let balance = (cooperation as f64 - conflict as f64) / events as f64;
            StateRow {
                country,
                events,
                cooperation,
                conflict,
                balance: (balance * 100.0).round() / 100.0,
                goldstein: tenth(goldstein),
            }
        };
        let mut rows: Vec<StateRow> = sums.into_iter().map(row).collect();
        rows.sort_by_key(|r| (std::cmp::Reverse(r.events), r.country));
        Ok(rows)
    })
}

/// The signed network, month by month or (`by=year`) year by year.
pub(crate) fn networks(room: &Room, q: &Query, by: Period) -> Result<Arc<Vec<Network>>, Problem> {
    let filter = q.filter()?;
    let each = if by == Period::Year { "year" } else { "month" };
    room.kept(&format!("balance {each} {}", q.name()), || {
        let all = Filter { since: None, until: None, limit: None, order: Order::Day, ..filter.clone() };
        let mut ties = Ties::new(filter.since, filter.until, by);
        room.with_store(|s| s.each_pair_act(&all, |x| ties.add((x.a, x.b), x.day, x.goldstein, x.event)))?;
        Ok(ties.networks())
    })
}

/// One dyad with what its page shows.
pub(crate) struct OneDyad {
    pub(crate) dyad: Dyad,
    /// Its acts, the newest first.
    pub(crate) acts: Vec<MergedEvent>,
    /// Everything between the two, acts or not.
    pub(crate) all: Vec<MergedEvent>,
    /// The newest words of one to the other.
    pub(crate) quotes: Vec<QuoteRow>,
}

/// One dyad (`RUS:PRK`).
pub(crate) fn one_dyad(room: &Room, q: &Query, pair: &str) -> Result<Arc<OneDyad>, Problem> {
    let pair = pair.to_uppercase().replace('-', ":");
    let (a, b) = pair.split_once(':').ok_or_else(|| Problem::bad("a dyad is two codes, such as RUS:PRK"))?;
    let sides = (code(a)?, code(b)?);
    if sides.0 == sides.1 {
        return Err(Problem::bad("a dyad has two sides"));
    }
    let filter = q.filter()?;
    room.kept(&format!("dyad {}:{} {}", sides.0, sides.1, q.name()), || {
        let of = Filter { dyad: Some(Pair { a: sides.0.to_string(), b: sides.1.to_string() }), ..Filter::default() };
        let ours = Filter { dyad: of.dyad.clone(), since: None, until: None, limit: None, order: Order::Day, ..filter.clone() };
        let newest = Filter { order: Order::Newest, limit: Some(10), ..of.clone() };
        let (all, stories, quotes) = room.with_store(|s| Ok((s.events(&of)?, s.stories(&of)?, s.quotes(&newest)?)))?;
        // Days are asked for below: most often nothing else is, and then these are all.
        let some = if ours == of { None } else { Some(room.with_store(|s| s.events(&ours))?) };
        let mut dyad = dyad(some.as_ref().unwrap_or(&all), &stories, sides, filter.since, filter.until);
        let acts = std::mem::take(&mut dyad.acts);
        Ok(OneDyad { dyad, acts, all, quotes })
    })
}

/// What one state or body did and said and what was done to it, the newest first.
pub(crate) struct Actor {
    pub(crate) acts: Vec<MergedEvent>,
    pub(crate) suffers: Vec<MergedEvent>,
    pub(crate) quotes: Vec<QuoteRow>,
}

/// The newest rows about one state or body.
pub(crate) fn actor(room: &Room, who: Country, (events, quotes): (usize, usize)) -> Result<Arc<Actor>, Problem> {
    room.kept(&format!("actor {who} {events} {quotes}"), || {
        let (name, order) = (Some(who.to_string()), Order::Newest);
        let acts = Filter { actor: name.clone(), order, limit: Some(events), ..Filter::default() };
        let suffers = Filter { recipient: name.clone(), order, limit: Some(events), ..Filter::default() };
        let said = Filter { speaker: name.clone(), order, limit: Some(quotes), ..Filter::default() };
        let read = |s: &Store| Ok(Actor { acts: s.events(&acts)?, suffers: s.events(&suffers)?, quotes: s.quotes(&said)? });
        Ok(room.with_store(read)?)
    })
}

/// A code as somebody writes it.
pub(crate) fn code(c: &str) -> Result<Country, Problem> {
    let wrong = || Problem::bad(format!("{c:?} is no code of a state or body: write ISO 3166-1 alpha-3, such as RUS"));
    c.to_uppercase().parse::<Country>().map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use haberdar_model::{Article, Reading};

    use super::*;
    use crate::{Answer, Ask, Desk, Settings, answer};

    struct Nobody;

    impl Desk for Nobody {
        fn read(&self, _: &Article) -> Result<Reading, String> {
            Err("not here".to_owned())
        }

        fn add(&self, _: Vec<Article>) -> Result<usize, String> {
            Err("not here".to_owned())
        }

        fn who(&self, _: &str, _: Option<PartialDate>) -> Result<Value, String> {
            Err("not here".to_owned())
        }

        fn offices(&self, _: Country) -> Result<Value, String> {
            Err("not here".to_owned())
        }
    }

    #[test]
    fn the_first_page_does_not_wait_for_what_takes_long() {
        let dir = tempfile::tempdir().expect("a folder");
        let store = dir.path().join("s.db");
        Store::open(&store).expect("a store");
        let settings = Settings { store, token: None, decide: false, rate: 1000 };
        let mut room = Room::new(settings, Nobody);
        let first = |room: &Room| answer(room, &Ask { method: "GET".to_owned(), path: "/".to_owned(), ..Ask::default() });
        let passing = |a: &Answer| a.headers.iter().any(|h| h.0 == "refresh");
        // A small record, and one that nobody goes through beside the answers, is gone through at once.
        assert!(!passing(&first(&room)));
        room.many = 0;
        room.cache = crate::cache::Cache::default();
        room.answers = crate::cache::Cache::default();
        assert!(!passing(&first(&room)));
        room.cache = crate::cache::Cache::default();
        room.answers = crate::cache::Cache::default();
        room.warmed.store(true, Ordering::Relaxed);
        let before = first(&room);
        assert!(before.status == 200 && passing(&before));
        warm(&room).expect("an empty record is soon gone through");
        let after = first(&room);
        assert!(after.status == 200 && !passing(&after), "it is not kept as it was");
    }
}
