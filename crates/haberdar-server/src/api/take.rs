//! What is sent to the interface: a text to read, articles to add.

use haberdar_model::{Article, ArticleMeta, Language, PartialDate};
use serde_json::{Value, json};

use super::ok;
use crate::{Answer, Ask, Room, decide, problem::Problem};

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

pub(super) fn read(room: &Room, body: &[u8]) -> Result<Answer, Problem> {
    let article = article(body)?;
    let reading = room.desk.read(&article).map_err(|e| Problem { status: 422, title: "The text cannot be read", detail: e })?;
    ok(&reading)
}

/// Whether the request carries the token.
fn allowed(room: &Room, ask: &Ask) -> Result<(), Problem> {
    if room.settings.token.is_none() {
        return Err(Problem {
            status: 403,
            title: "Read-only",
            detail: "this server takes nothing over the interface; start it with --token to allow it".to_owned(),
        });
    }
    if ask.authorization.strip_prefix("Bearer ").is_some_and(|t| room.knows(t)) {
        return Ok(());
    }
    let detail = "send the token as Authorization: Bearer …".to_owned();
    Err(Problem { status: 401, title: "Not allowed", detail })
}

/// Says which value of a conflict holds: `{"value", "because", "by"}`; the conflict as it stands now.
pub(super) fn resolve(room: &Room, ask: &Ask, id: &str) -> Result<Answer, Problem> {
    allowed(room, ask)?;
    let sent: Value = serde_json::from_slice(&ask.body).map_err(|e| Problem::bad(format!("the body is no JSON object: {e}")))?;
    let field = |name: &str| sent[name].as_str().unwrap_or_default().to_owned();
    decide::resolve(room, id, &decide::Wish { value: field("value"), because: field("because"), by: field("by") })?;
    super::one(room.with_store(|s| s.conflict(id))?, "conflict", id)
}

pub(super) fn add(room: &Room, ask: &Ask) -> Result<Answer, Problem> {
    allowed(room, ask)?;
    let lines = std::str::from_utf8(&ask.body).map_err(|_| Problem::bad("the body is no UTF-8"))?;
    let articles = lines
        .lines()
        .enumerate()
        .filter(|(_, l)| !l.trim().is_empty())
        .map(|(i, l)| article(l.as_bytes()).map_err(|p| Problem::bad(format!("line {}: {}", i + 1, p.detail))));
    let articles = articles.collect::<Result<Vec<_>, _>>()?;
    let added = room.desk.add(articles).map_err(|e| Problem { status: 422, title: "Not added", detail: e })?;
    let mut a = ok(&json!({ "added": added }))?;
    a.status = 201;
    Ok(a)
}
