//! From a request to an answer: routing, headers, counts.

use std::{
    net::IpAddr,
    sync::atomic::{AtomicU64, Ordering},
};

use haberdar_model::Language;

use crate::{
    Room, api, derived, openapi, pages,
    problem::Problem,
    query::{Query, step},
};

/// A request, taken in whole.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    /// `GET` or `POST`.
    pub method: String,
    /// Path as it was sent.
    pub path: String,
    /// What stands behind the question mark.
    pub query: String,
    /// Body, within the limits.
    pub body: Vec<u8>,
    /// `Accept`.
    pub accept: String,
    /// `Accept-Language`.
    pub accept_language: String,
    /// `Authorization`.
    pub authorization: String,
    /// `Cookie`.
    pub cookie: String,
    /// `If-None-Match`.
    pub if_none_match: String,
    /// `Host`.
    pub host: String,
    /// `Origin`.
    pub origin: String,
    /// `Sec-Fetch-Site`.
    pub fetch_site: String,
    /// Who asks.
    pub peer: Option<IpAddr>,
}

/// What goes back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// `Content-Type`.
    pub kind: &'static str,
    /// Body.
    pub body: Vec<u8>,
    /// Further headers.
    pub headers: Vec<(&'static str, String)>,
}

impl Answer {
    /// An answer without further headers.
    pub fn new(status: u16, kind: &'static str, body: impl Into<Vec<u8>>) -> Answer {
        Answer { status, kind, body: body.into(), headers: Vec::new() }
    }
}

/// What has happened since the start.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    answered: [AtomicU64; 6],
}

/// Everything comes from here; no script or style but those of `/static`.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const STYLE: &str = include_str!("../assets/room.css");
const SCRIPT: &str = include_str!("../assets/room.js");

/// Answers one request; never fails.
pub fn answer(room: &Room, ask: &Ask) -> Answer {
    let mut a = route(room, ask).unwrap_or_else(|p| failed(ask, &p));
    if a.status == 200 && ask.method == "GET" {
        let tag = format!("W/\"{}\"", &blake3::hash(&a.body).to_hex()[..24]);
        let same = ask.if_none_match.split(',').any(|t| t.trim().trim_start_matches("W/") == &tag[2..]);
        a.headers.push(("etag", tag));
        a.headers.push(("cache-control", "no-cache".to_owned()));
        if same {
            a.status = 304;
            a.body.clear();
        }
    }
    a.headers.push(("content-security-policy", POLICY.to_owned()));
    for (name, value) in
        [("x-content-type-options", "nosniff"), ("referrer-policy", "same-origin"), ("vary", "accept, accept-language, cookie")]
    {
        a.headers.push((name, value.to_owned()));
    }
    let class = usize::from(a.status / 100).min(5);
    room.counts.answered[class].fetch_add(1, Ordering::Relaxed);
    a
}

fn failed(ask: &Ask, problem: &Problem) -> Answer {
    if ask.path.starts_with("/api/") || ask.accept.contains("json") {
        return problem.answer();
    }
    pages::problem(&Look::of(ask), problem)
}

/// How a page looks.
#[derive(Clone)]
pub(crate) struct Look {
    pub(crate) lang: Language,
    /// `light` or `dark`, where somebody chose.
    pub(crate) theme: Option<&'static str>,
    pub(crate) path: String,
    pub(crate) query: Query,
}

impl Look {
    /// The same page with the newest rows first where no order was chosen.
    pub(crate) fn newest_first(&self) -> Look {
        Look { query: self.query.clone().newest_first(), ..self.clone() }
    }

    fn of(ask: &Ask) -> Look {
        let query = Query::parse(&ask.query);
        let cookie = |name: &str| ask.cookie.split(';').find_map(|c| c.trim().strip_prefix(name)?.strip_prefix('='));
        let lang = match query.get("lang").or(cookie("lang")) {
            Some("tr") => Language::Tr,
            Some("en") => Language::En,
            _ if ask.accept_language.trim_start().starts_with("tr") => Language::Tr,
            _ => Language::En,
        };
        let theme = match query.get("theme").or(cookie("theme")) {
            Some("light") => Some("light"),
            Some("dark") => Some("dark"),
            _ => None,
        };
        Look { lang, theme, path: ask.path.clone(), query }
    }
}

fn route(room: &Room, ask: &Ask) -> Result<Answer, Problem> {
    let parts: Vec<String> = ask.path.split('/').filter(|p| !p.is_empty()).map(step).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    match (ask.method.as_str(), &parts[..]) {
        ("GET", ["healthz"]) => Ok(Answer::new(200, "text/plain; charset=utf-8", "ok\n")),
        ("GET", ["metrics"]) => metrics(room),
        ("GET", ["static", "room.css"]) => Ok(Answer::new(200, "text/css; charset=utf-8", STYLE)),
        ("GET", ["static", "room.js"]) => Ok(Answer::new(200, "text/javascript; charset=utf-8", SCRIPT)),
        ("GET", ["api", "v1", "openapi.json"]) => Ok(Answer::new(200, "application/json", openapi::document().to_string())),
        ("GET", ["api", "v1", rest @ ..]) => {
            let csv = ask.accept.contains("text/csv");
            room.kept_answer(&format!("{} {csv} {}?{}", today(), ask.path, ask.query), || api::answer(room, ask, rest))
        }
        ("POST", ["api", "v1", rest @ ..]) => api::answer(room, ask, rest),
        ("GET", ["api", ..]) => Err(Problem::missing("version of the interface", &ask.path)),
        ("GET", _) => {
            let look = Look::of(ask);
            let name = format!("{} {} {:?} {}?{}", today(), look.lang, look.theme, ask.path, ask.query);
            let page = || pages::get(room, &look, &parts);
            // A first page that waits for some of its parts is not kept.
            let passing = parts.is_empty() && !derived::is_ready(room);
            let mut a = if passing { page()? } else { room.kept_answer(&name, page)? };
            for name in ["lang", "theme"] {
                if let Some(v) = look.query.get(name).filter(|v| ["tr", "en", "light", "dark"].contains(v)) {
                    a.headers.push(("set-cookie", format!("{name}={v}; Path=/; Max-Age=31536000; SameSite=Lax")));
                }
            }
            Ok(a)
        }
        ("POST", ["conflicts", id, "resolve"]) => pages::resolve(room, &Look::of(ask), ask, id),
        ("POST", ["paste"]) => pages::paste(room, &Look::of(ask), &ask.body),
        _ => Err(Problem {
            status: 405,
            title: "That cannot be done here",
            detail: format!("{} is not answered at this address", ask.method),
        }),
    }
}

/// Some answers depend on it.
fn today() -> jiff::civil::Date {
    jiff::Zoned::now().date()
}

/// What Prometheus collects.
fn metrics(room: &Room) -> Result<Answer, Problem> {
    use std::fmt::Write as _;
    let counts = room.with_store(|s| s.counts())?;
    let mut out = String::new();
    let mut gauge = |name: &str, value: u64| {
        let _ = writeln!(out, "# TYPE haberdar_{name} gauge\nhaberdar_{name} {value}");
    };
    gauge("articles", counts.articles as u64);
    gauge("stories", counts.stories as u64);
    gauge("events", counts.events as u64);
    gauge("conflicts", counts.conflicts as u64);
    let _ = writeln!(out, "# TYPE haberdar_answers_total counter");
    for (class, n) in room.counts.answered.iter().enumerate().skip(2) {
        let _ = writeln!(out, "haberdar_answers_total{{class=\"{class}xx\"}} {}", n.load(Ordering::Relaxed));
    }
    Ok(Answer::new(200, "text/plain; version=0.0.4; charset=utf-8", out))
}
