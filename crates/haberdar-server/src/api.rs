//! `/api/v1`: the record as JSON and CSV.

mod sheet;
mod take;

use haberdar_model::record::MergedEvent;
use haberdar_reconcile::Period;
use haberdar_store::Filter;
use serde::Serialize;
use serde_json::json;

use crate::{
    Answer, Ask, Room, derived,
    problem::Problem,
    query::{Query, cut},
};
use sheet::Row;

pub(crate) use take::made;

/// Rows and where the next ones begin.
#[derive(Serialize)]
struct Page<T> {
    rows: Vec<T>,
    /// Cursor of the next page.
    next: Option<String>,
}

pub(crate) fn answer(room: &Room, ask: &Ask, parts: &[&str]) -> Result<Answer, Problem> {
    if let ("POST", ["conflicts", id, "resolve"]) = (ask.method.as_str(), parts) {
        return take::resolve(room, ask, id);
    }
    let q = Query::parse(&ask.query);
    // `events.csv`, or `Accept: text/csv`; the suffix stands at the end, `dyads/RUS:UKR.csv`.
    let last = parts.last().copied().unwrap_or_default();
    let (stem, csv) = match last.rsplit_once('.') {
        Some((stem, "csv")) => (stem, true),
        Some((stem, "json")) => (stem, false),
        Some(_) if parts.len() == 1 => return Err(Problem::missing("form", last)),
        _ => (last, ask.accept.contains("text/csv")),
    };
    let (name, id) = match parts.len() {
        0 | 1 => (stem, None),
        2 => (parts[0], Some(stem)),
        _ => return Err(Problem::missing("address", &ask.path)),
    };
    if ask.method == "POST" {
        return match (name, id) {
            ("read", None) => take::read(room, &ask.body),
            ("articles", None) => take::add(room, ask),
            _ => Err(Problem::missing("address for POST", &ask.path)),
        };
    }
    match id {
        None => list(room, ask, name, &q, csv),
        Some(id) => single(room, ask, name, id, &q, csv),
    }
}

fn list(room: &Room, ask: &Ask, name: &str, q: &Query, csv: bool) -> Result<Answer, Problem> {
    let page = q.page()?;
    let filter = Filter { limit: Some(page.0 + page.1 + 1), ..q.filter()? };
    match name {
        "" => {
            let lists: Vec<&str> = crate::openapi::LISTS.iter().map(|l| l.0).collect();
            ok(&json!({"openapi": "/api/v1/openapi.json", "lists": lists}))
        }
        "events" => rows(csv, room.with_store(|s| s.events(&filter))?, page),
        "quotes" => rows(csv, room.with_store(|s| s.quotes(&filter))?, page),
        "stories" => rows(csv, room.with_store(|s| s.stories(&filter))?, page),
        "conflicts" => rows(csv, room.with_store(|s| s.conflicts(&filter))?, page),
        "articles" => {
            let stories = room.with_store(|s| s.stories(&filter))?;
            rows(csv, stories.into_iter().flat_map(|s| s.articles).collect(), page)
        }
        "promises" => rows(csv, derived::promises(room, q)?, page),
        "dyads" => rows(csv, upto(&derived::dyads(room, q)?, page), page),
        "states" => rows(csv, upto(&derived::states(room, q)?, page), page),
        "balance" => {
            let by = match q.get("by") {
                None | Some("month") => Period::Month,
                Some("year") => Period::Year,
                Some(other) => return Err(Problem::bad(format!("by={other:?}: write month or year"))),
            };
            let all = derived::networks(room, q, by)?;
            if csv { sheet(sheet::ties(&all), page) } else { paged(upto(&all, page), page) }
        }
        "search" => {
            let found = room.with_store(|s| s.search(&Filter { limit: Some(page.1), ..filter }))?;
            if csv { sheet(sheet::hits(&found), (0, usize::MAX)) } else { ok(&found) }
        }
        "who" => {
            let none = || Problem::bad("who?q=… asks for an office (“foreign minister of Japan”) or a name");
            let found = derived::who(room, q.get("q").ok_or_else(none)?, q)?;
            if csv { sheet(sheet::terms(&found), page) } else { paged(found, page) }
        }
        "counts" => ok(&*derived::counts(room)?),
        _ => Err(Problem::missing("address", &ask.path)),
    }
}

fn single(room: &Room, ask: &Ask, name: &str, id: &str, q: &Query, csv: bool) -> Result<Answer, Problem> {
    match name {
        "events" => one(room.with_store(|s| s.event(id))?, "event", id),
        "stories" => one(room.with_store(|s| s.story(id))?, "story", id),
        "conflicts" => one(room.with_store(|s| s.conflict(id))?, "conflict", id),
        "articles" => one(room.with_store(|s| s.reading(id))?, "article", id),
        "dyads" => {
            let page = q.page()?;
            let found = derived::one_dyad(room, q, id)?;
            if csv {
                return sheet::csv(&found.dyad.months, None);
            }
            let newest: Vec<&MergedEvent> = found.acts.iter().take(page.1).collect();
            ok(&json!({"dyad": found.dyad, "newest": newest}))
        }
        _ => Err(Problem::missing("address", &ask.path)),
    }
}

/// The rows up to the end of the page and one more, out of those that are kept.
fn upto<T: Clone>(all: &[T], (from, n): (usize, usize)) -> Vec<T> {
    all[..all.len().min(from + n + 1)].to_vec()
}

pub(super) fn ok<T: Serialize>(value: &T) -> Result<Answer, Problem> {
    let body =
        serde_json::to_vec(value).map_err(|e| Problem { status: 500, title: "A fault of the program", detail: e.to_string() })?;
    Ok(Answer::new(200, "application/json", body))
}

fn one<T: Serialize>(found: Option<T>, what: &str, id: &str) -> Result<Answer, Problem> {
    found.map_or_else(|| Err(Problem::missing(what, id)), |v| ok(&v))
}

fn rows<T: Serialize + Row>(csv: bool, rows: Vec<T>, page: (usize, usize)) -> Result<Answer, Problem> {
    if csv { sheet(rows, page) } else { paged(rows, page) }
}

fn paged<T: Serialize>(rows: Vec<T>, page: (usize, usize)) -> Result<Answer, Problem> {
    let (rows, next) = cut(rows, page);
    ok(&Page { rows, next })
}

fn sheet<T: Row>(rows: Vec<T>, page: (usize, usize)) -> Result<Answer, Problem> {
    let (rows, next) = cut(rows, page);
    sheet::csv(&rows, next)
}
