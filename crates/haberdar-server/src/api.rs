//! `/api/v1`: the record as JSON and CSV.

use haberdar_model::{Article, ArticleMeta, Language, PartialDate, record::MergedEvent};
use haberdar_reconcile::{Fate, Period, balance, commitments, dyad};
use haberdar_store::{Filter, Pair};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    Answer, Ask, Room,
    problem::Problem,
    query::{Query, cut},
};

/// Rows and where the next ones begin.
#[derive(Serialize)]
struct Page<T> {
    rows: Vec<T>,
    /// Cursor of the next page.
    next: Option<String>,
}

pub(crate) fn answer(room: &Room, ask: &Ask, parts: &[&str]) -> Result<Answer, Problem> {
    let q = Query::parse(&ask.query);
    // `events.csv`, or `Accept: text/csv`.
    let (name, csv) = match parts.first().copied().unwrap_or_default().split_once('.') {
        Some((name, "csv")) => (name, true),
        Some((name, "json")) => (name, false),
        Some(_) => return Err(Problem::missing("form", parts[0])),
        None => (parts.first().copied().unwrap_or_default(), ask.accept.contains("text/csv")),
    };
    let id = parts.get(1).copied();
    if parts.len() > 2 {
        return Err(Problem::missing("address", &ask.path));
    }
    let page = q.page()?;
    let upto = |f: Filter| Filter { limit: Some(page.0 + page.1 + 1), ..f };
    if ask.method == "POST" {
        return match name {
            "read" => read(room, &ask.body),
            "articles" => add(room, ask),
            _ => Err(Problem::missing("address for POST", &ask.path)),
        };
    }
    match (name, id) {
        ("", None) => ok(
            &json!({"openapi": "/api/v1/openapi.json", "lists": crate::openapi::LISTS.iter().map(|l| l.0).collect::<Vec<_>>()}),
        ),
        ("events", None) => {
            let filter = upto(q.filter()?);
            let rows = room.with_store(|s| s.events(&filter))?;
            rows_or_csv(csv, rows, page, EVENT_COLUMNS, event_cells)
        }
        ("events", Some(id)) => one(room.with_store(|s| s.event(id))?, "event", id),
        ("quotes", None) => {
            let filter = upto(q.filter()?);
            let rows = room.with_store(|s| s.quotes(&filter))?;
            rows_or_csv(csv, rows, page, &["article", "publisher", "published", "kind", "speaker", "text", "start", "end"], |r| {
                vec![
                    r.article.clone(),
                    r.publisher.clone().unwrap_or_default(),
                    r.published.map(|d| d.to_string()).unwrap_or_default(),
                    r.kind.to_string(),
                    r.speaker.clone().unwrap_or_default(),
                    r.at.text.clone(),
                    r.at.span.start.to_string(),
                    r.at.span.end.to_string(),
                ]
            })
        }
        ("stories", None) => {
            let filter = upto(q.filter()?);
            let rows = room.with_store(|s| s.stories(&filter))?;
            rows_or_csv(csv, rows, page, &["id", "title", "from", "to", "articles", "events"], |s| {
                let day = |d: Option<PartialDate>| d.map(|d| d.to_string()).unwrap_or_default();
                vec![
                    s.id.clone(),
                    s.title.clone(),
                    day(s.from),
                    day(s.to),
                    s.articles.len().to_string(),
                    s.events.len().to_string(),
                ]
            })
        }
        ("stories", Some(id)) => one(room.with_store(|s| s.story(id))?, "story", id),
        ("conflicts", None) => {
            let filter = upto(q.filter()?);
            let rows = room.with_store(|s| s.conflicts(&filter))?;
            rows_or_csv(csv, rows, page, &["id", "slot", "relation", "state", "values", "verdict"], |c| {
                let values = c.values.iter().map(|v| v.value.as_str()).collect::<Vec<_>>().join(" | ");
                vec![
                    c.id.clone(),
                    c.slot.clone(),
                    c.relation.clone(),
                    c.state.clone(),
                    values,
                    c.verdict.clone().unwrap_or_default(),
                ]
            })
        }
        ("conflicts", Some(id)) => one(room.with_store(|s| s.conflict(id))?, "conflict", id),
        ("articles", Some(id)) => {
            let reading = room.with_store(|s| s.reading(id))?;
            one(reading, "article", id)
        }
        ("articles", None) => {
            let filter = upto(q.filter()?);
            let rows = room.with_store(|s| s.stories(&filter))?;
            let rows: Vec<_> = rows.into_iter().flat_map(|s| s.articles).collect();
            rows_or_csv(csv, rows, page, &["id", "source_id", "publisher", "published", "copy_of"], |a| {
                let or = |s: &Option<String>| s.clone().unwrap_or_default();
                vec![
                    a.id.clone(),
                    a.source_id.clone(),
                    or(&a.publisher),
                    a.published.map(|d| d.to_string()).unwrap_or_default(),
                    or(&a.copy_of),
                ]
            })
        }
        ("search", None) => {
            let filter = q.filter()?;
            ok(&room.with_store(|s| s.search(&Filter { limit: Some(page.1), ..filter.clone() }))?)
        }
        ("promises", None) => {
            let rows = promises(room, &q)?;
            let (rows, next) = cut(rows, page);
            ok(&Page { rows, next })
        }
        ("dyads", None) => ok(&dyads(room, &q)?),
        ("dyads", Some(pair)) => {
            let (d, acts) = one_dyad(room, &q, pair)?;
            let newest: Vec<&MergedEvent> = acts.iter().take(page.1).collect();
            ok(&json!({"dyad": d, "newest": newest}))
        }
        ("balance", None) => {
            let filter = q.filter()?;
            let (since, until) = (filter.since, filter.until);
            let events = room.with_store(|s| s.events(&Filter { since: None, until: None, ..filter.clone() }))?;
            let by = if q.get("by") == Some("year") { Period::Year } else { Period::Month };
            ok(&balance(&events, since, until, by))
        }
        ("who", None) => {
            let what =
                q.get("q").ok_or_else(|| Problem::bad("who?q=… asks for an office (“foreign minister of Japan”) or a name"))?;
            ok(&who(room, what, &q)?)
        }
        ("counts", None) => {
            let c = room.with_store(|s| s.counts())?;
            ok(&json!({"articles": c.articles, "stories": c.stories, "events": c.events, "conflicts": c.conflicts}))
        }
        _ => Err(Problem::missing("address", &ask.path)),
    }
}

/// Who held an office.
pub(crate) fn who(room: &Room, what: &str, q: &Query) -> Result<Value, Problem> {
    let on = q.get("on").map(|d| d.parse::<PartialDate>().map_err(|_| Problem::bad(format!("on={d:?}: write 2024-03-01"))));
    room.desk.who(what, on.transpose()?).map_err(Problem::bad)
}

/// Commitments that fit; `fate` and `on` besides the filters.
pub(crate) fn promises(room: &Room, q: &Query) -> Result<Vec<haberdar_reconcile::Commitment>, Problem> {
    let filter = q.filter()?;
    let on: Date = match q.get("on") {
        Some(d) => d.parse::<PartialDate>().map_err(|_| Problem::bad(format!("on={d:?}: write 2024-03-01")))?.last(),
        None => jiff::Zoned::now().date(),
    };
    let (wanted, events, stories) = room.with_store(|s| {
        let wanted = s.events(&Filter { limit: None, ..filter.clone() })?;
        Ok((wanted, s.events(&Filter::default())?, s.stories(&Filter::default())?))
    })?;
    let wanted: std::collections::BTreeSet<&str> = wanted.iter().map(|e| e.id.as_str()).collect();
    let mut found = commitments(&events, &stories, on);
    let fate = q.get("fate");
    found.retain(|c| wanted.contains(c.id.as_str()) && fate.is_none_or(|f| c.fate.to_string() == f));
    found.sort_by_key(|c| (c.fate != Fate::Overdue, c.due_until.is_none(), c.due_until, c.id.clone()));
    Ok(found)
}

/// Pairs of states with the number of their acts, the busiest first.
pub(crate) fn dyads(room: &Room, q: &Query) -> Result<Vec<Value>, Problem> {
    let filter = q.filter()?;
    let events = room.with_store(|s| s.events(&Filter { limit: None, ..filter.clone() }))?;
    let mut counts = std::collections::BTreeMap::new();
    for e in &events {
        for pair in e.pairs() {
            let c = counts.entry(pair).or_insert((0usize, 0f64));
            c.0 += 1;
            c.1 += f64::from(e.goldstein.unwrap_or(0.0));
        }
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by(|a, b| b.1.0.cmp(&a.1.0).then(a.0.cmp(&b.0)));
    rows.truncate(200);
    let round = |v: f64| (v * 10.0).round() / 10.0;
    Ok(rows.into_iter().map(|((a, b), (n, g))| json!({"a": a, "b": b, "events": n, "goldstein": round(g)})).collect())
}

/// One dyad (`RUS:PRK`) with its acts, the newest first.
pub(crate) fn one_dyad(room: &Room, q: &Query, pair: &str) -> Result<(haberdar_reconcile::Dyad, Vec<MergedEvent>), Problem> {
    let pair = pair.to_uppercase().replace('-', ":");
    let (a, b) = pair.split_once(':').ok_or_else(|| Problem::bad("a dyad is two codes, such as RUS:PRK"))?;
    let code = |c: &str| {
        c.parse::<haberdar_model::Country>()
            .map_err(|_| Problem::bad(format!("{c:?} is no code of a state or body: write ISO 3166-1 alpha-3, such as RUS")))
    };
    let sides = (code(a)?, code(b)?);
    if sides.0 == sides.1 {
        return Err(Problem::bad("a dyad has two sides"));
    }
    let filter = q.filter()?;
    let of = Some(Pair { a: sides.0.to_string(), b: sides.1.to_string() });
    let (events, stories) = room.with_store(|s| {
        let events = s.events(&Filter { dyad: of.clone(), since: None, until: None, limit: None, ..filter.clone() })?;
        Ok((events, s.stories(&Filter { dyad: of.clone(), ..Filter::default() })?))
    })?;
    let mut d = dyad(&events, &stories, sides, filter.since, filter.until);
    let acts = std::mem::take(&mut d.acts);
    Ok((d, acts))
}

/// The article that a request describes: `{"text", "title"?, "lang"?, "published"?, "publisher"?, "url"?, "id"?}` or plain text.
pub(crate) fn article(body: &[u8]) -> Result<Article, Problem> {
    let text =
        std::str::from_utf8(body).map_err(|e| Problem::bad(format!("the body is no UTF-8 from byte {} on", e.valid_up_to())))?;
    if !text.trim_start().starts_with('{') {
        return made(json!({ "text": text }));
    }
    made(serde_json::from_str(text).map_err(|e| Problem::bad(format!("the body is no JSON object: {e}")))?)
}

pub(crate) fn made(v: Value) -> Result<Article, Problem> {
    let field = |name: &str| v.get(name).and_then(Value::as_str).map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned);
    let text = field("text").ok_or_else(|| Problem::bad("there is no text: send {\"text\": \"…\"} or the text itself"))?;
    let published = field("published")
        .map(|d| d.parse::<PartialDate>().map_err(|_| Problem::bad(format!("published={d:?} is no date: write 2024-03-01"))))
        .transpose()?;
    let language = match field("lang").as_deref() {
        None | Some("auto") => None,
        Some(l) => Some(l.parse::<Language>().map_err(|_| Problem::bad(format!("lang={l:?}: write tr, en or auto")))?),
    };
    let meta = ArticleMeta {
        source_id: field("id").unwrap_or_default(),
        title: field("title"),
        url: field("url"),
        publisher: field("publisher"),
        published,
        published_time: None,
        language,
        origin: haberdar_model::Origin::default(),
    };
    Ok(Article { meta, text })
}

fn read(room: &Room, body: &[u8]) -> Result<Answer, Problem> {
    let article = article(body)?;
    let reading = room.desk.read(&article).map_err(|e| Problem { status: 422, title: "The text cannot be read", detail: e })?;
    ok(&reading)
}

fn add(room: &Room, ask: &Ask) -> Result<Answer, Problem> {
    let Some(token) = &room.settings.token else {
        return Err(Problem {
            status: 403,
            title: "Read-only",
            detail: "this server takes no articles; start it with --token to allow it".to_owned(),
        });
    };
    let given = ask.authorization.strip_prefix("Bearer ").unwrap_or_default();
    // Compared by their hashes, so that the time taken tells nothing.
    if blake3::hash(given.as_bytes()) != blake3::hash(token.as_bytes()) {
        let detail = "send the token as Authorization: Bearer …".to_owned();
        return Err(Problem { status: 401, title: "Not allowed", detail });
    }
    let lines = std::str::from_utf8(&ask.body).map_err(|_| Problem::bad("the body is no UTF-8"))?;
    let articles = lines
        .lines()
        .filter(|l| !l.trim().is_empty())
        .enumerate()
        .map(|(i, l)| article(l.as_bytes()).map_err(|p| Problem::bad(format!("line {}: {}", i + 1, p.detail))));
    let articles = articles.collect::<Result<Vec<_>, _>>()?;
    let added = room.desk.add(articles).map_err(|e| Problem { status: 422, title: "Not added", detail: e })?;
    let mut a = ok(&json!({ "added": added }))?;
    a.status = 201;
    Ok(a)
}

fn ok<T: Serialize>(value: &T) -> Result<Answer, Problem> {
    let body =
        serde_json::to_vec(value).map_err(|e| Problem { status: 500, title: "A fault of the program", detail: e.to_string() })?;
    Ok(Answer::new(200, "application/json", body))
}

fn one<T: Serialize>(found: Option<T>, what: &str, id: &str) -> Result<Answer, Problem> {
    found.map_or_else(|| Err(Problem::missing(what, id)), |v| ok(&v))
}

const EVENT_COLUMNS: &[&str] = &[
    "id",
    "type",
    "mode",
    "status",
    "polarity",
    "from",
    "to",
    "basis",
    "actor",
    "actor_country",
    "recipient",
    "recipient_country",
    "place",
    "cameo",
    "goldstein",
    "independent_sources",
    "confidence",
];

fn event_cells(e: &MergedEvent) -> Vec<String> {
    let day = |d: Option<PartialDate>| d.map(|d| d.to_string()).unwrap_or_default();
    let names = |l: &[haberdar_model::record::Party]| l.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join("; ");
    let codes = |l: &[haberdar_model::record::Party]| {
        l.iter().filter_map(|p| p.country).map(|c| c.to_string()).collect::<Vec<_>>().join("; ")
    };
    vec![
        e.id.clone(),
        e.kind.to_string(),
        e.mode.clone().unwrap_or_default(),
        e.status.to_string(),
        e.polarity.to_string(),
        day(e.date.from),
        day(e.date.to),
        e.date.basis.to_string(),
        names(&e.actor),
        codes(&e.actor),
        names(&e.recipient),
        codes(&e.recipient),
        e.place.clone().unwrap_or_default(),
        e.cameo.clone().unwrap_or_default(),
        e.goldstein.map(|g| g.to_string()).unwrap_or_default(),
        e.independent_sources.to_string(),
        format!("{:.2}", e.confidence),
    ]
}

fn rows_or_csv<T: Serialize>(
    csv: bool,
    rows: Vec<T>,
    page: (usize, usize),
    columns: &[&str],
    cells: impl Fn(&T) -> Vec<String>,
) -> Result<Answer, Problem> {
    let (rows, next) = cut(rows, page);
    if !csv {
        return ok(&Page { rows, next });
    }
    let mut out = columns.join(",");
    out.push_str("\r\n");
    for row in &rows {
        out.push_str(&cells(row).iter().map(|c| csv_cell(c)).collect::<Vec<_>>().join(","));
        out.push_str("\r\n");
    }
    let mut a = Answer::new(200, "text/csv; charset=utf-8", out);
    a.headers.extend(next.map(|n| ("x-next-cursor", n)));
    Ok(a)
}

/// RFC 4180; a cell that a spreadsheet would take for a formula gets an apostrophe in front.
fn csv_cell(c: &str) -> String {
    let c = if c.starts_with(['=', '+', '@', '\t']) { format!("'{c}") } else { c.to_owned() };
    if c.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", c.replace('"', "\"\"")) } else { c }
}
