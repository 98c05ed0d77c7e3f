//! Polite requests: one at a time with a pause for each host, robots.txt kept, and limits on size, time and redirects.

use std::{
    collections::HashMap,
    io::Read,
    time::{Duration, Instant},
};

use ureq::{
    Agent,
    http::{HeaderMap, Uri},
    unversioned::{resolver::DefaultResolver, transport::DefaultConnector},
};

use super::{address::Guard, robots::Rules};

/// What we call ourselves.
const AGENT: &str = concat!("haberdar/", env!("CARGO_PKG_VERSION"), " (+https://github.com/haberdar/haberdar)");

/// The largest page or feed.
const MAX_BYTES: u64 = 10 << 20;

const MAX_ROBOTS_BYTES: u64 = 512 << 10;

const MAX_REDIRECTS: usize = 5;

/// How long a robots.txt counts.
const ROBOTS_FOR: Duration = Duration::from_secs(24 * 3600);

/// How long one that could not be asked for is taken to be so.
const UNKNOWN_FOR: Duration = Duration::from_secs(120);

/// What came of a request.
#[derive(Debug)]
pub(super) enum Got {
    /// A body with what the header says of it.
    Body {
        bytes: Vec<u8>,
        media: String,
        charset: Option<String>,
        etag: Option<String>,
        last_modified: Option<String>,
        url: String,
    },
    /// The same as last time.
    Unchanged,
    /// Never: asking again would give the same.
    Refused(String),
    /// Not now; after so many seconds, where the server says so.
    Later(String, Option<i64>),
}

/// Conditions of a request: `ETag` and `Last-Modified` of the last answer.
#[derive(Clone, Copy, Default)]
pub(super) struct Known<'a> {
    pub(super) etag: Option<&'a str>,
    pub(super) last_modified: Option<&'a str>,
}

/// Limits that the user sets.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    pub(super) pause: Duration,
    pub(super) timeout: Duration,
    pub(super) allow_private: bool,
}

/// What a site's robots.txt says.
#[derive(Clone)]
enum Robots {
    Rules(Rules),
    /// It could not be asked for; nothing is fetched until it can.
    Unknown(String),
}

pub(super) struct Client {
    agent: Agent,
    limits: Limits,
    last: HashMap<String, Instant>,
    robots: HashMap<String, (Instant, Robots)>,
    /// Sites whose robots.txt asks for a pause.
    slowed: Vec<(String, Duration, Duration)>,
}

impl Client {
    pub(super) fn new(limits: Limits) -> Self {
        let mut config = Agent::config_builder()
            .user_agent(AGENT)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(limits.timeout))
            .max_response_header_size(64 << 10);
        if limits.allow_private {
            // Machines of one's own network are not behind the proxy.
            config = config.proxy(None);
        }
        let guard = Guard { inner: DefaultResolver::default(), allow_private: limits.allow_private };
        let agent = Agent::with_parts(config.build(), DefaultConnector::default(), guard);
        Client { agent, limits, last: HashMap::new(), robots: HashMap::new(), slowed: Vec::new() }
    }

    /// Asks for an address, where the site lets robots do so.
    pub(super) fn get(&mut self, url: &str, known: Known<'_>, accept: &str) -> Got {
        let mut url = url.to_owned();
        for _ in 0..=MAX_REDIRECTS {
            let Some(origin) = origin(&url) else { return Got::Refused(format!("{url} is no http or https address")) };
            match self.robots(&origin) {
                Robots::Rules(rules) if !rules.allow(&url) => return Got::Refused("robots.txt does not allow it".to_owned()),
                Robots::Rules(_) => {}
                Robots::Unknown(why) => return Got::Later(format!("robots.txt: {why}"), None),
            }
            match self.ask(&url, known, accept, Limit::Whole(MAX_BYTES)) {
                Answer::Moved(to) => match join(&url, &to) {
                    Some(next) => url = next,
                    None => return Got::Refused(format!("it leads to {to}, which is no address")),
                },
                Answer::Got(got) => return got,
            }
        }
        Got::Refused(format!("more than {MAX_REDIRECTS} redirects"))
    }

    fn robots(&mut self, origin: &str) -> Robots {
        if let Some((at, robots)) = self.robots.get(origin) {
            let keep = if matches!(robots, Robots::Rules(_)) { ROBOTS_FOR } else { UNKNOWN_FOR };
            if at.elapsed() < keep {
                return robots.clone();
            }
        }
        let mut url = format!("{origin}/robots.txt");
        let mut robots = Robots::Rules(Rules::default());
        for _ in 0..=MAX_REDIRECTS {
            match self.ask(&url, Known::default(), "text/plain", Limit::Beginning(MAX_ROBOTS_BYTES)) {
                Answer::Moved(to) => match join(&url, &to) {
                    Some(next) => url = next,
                    None => break,
                },
                // The parser counts in bytes; what is no ASCII matches nothing that we ask for, as addresses are escaped.
                Answer::Got(Got::Body { bytes, .. }) => {
                    let ascii = bytes.iter().map(|&b| if b.is_ascii() { char::from(b) } else { '?' });
                    robots = Robots::Rules(Rules::new(ascii.collect()));
                    break;
                }
                Answer::Got(Got::Later(why, _)) => {
                    robots = Robots::Unknown(why);
                    break;
                }
                // No robots.txt: everything is allowed.
                Answer::Got(_) => break,
            }
        }
        if let Robots::Rules(rules) = &robots
            && let Some(asked) = rules.asked
        {
            self.slowed.push((origin.to_owned(), asked, rules.pause()));
        }
        self.robots.insert(origin.to_owned(), (Instant::now(), robots.clone()));
        robots
    }

    /// How long a host is still to be left in peace: as long as the user says, or longer where its robots.txt asks for it.
    pub(super) fn wait(&self, origin: &str) -> Duration {
        let Some(last) = self.last.get(origin) else { return Duration::ZERO };
        let asked = match self.robots.get(origin) {
            Some((_, Robots::Rules(rules))) => rules.pause(),
            _ => Duration::ZERO,
        };
        self.limits.pause.max(asked).saturating_sub(last.elapsed())
    }

    /// The pauses that robots.txt asked for since this was asked last: host, what it asks for, what is kept.
    pub(super) fn pauses(&mut self) -> Vec<(String, Duration, Duration)> {
        let mut all: Vec<_> = self.slowed.drain(..).filter(|(_, asked, _)| *asked > self.limits.pause).collect();
        all.sort();
        all
    }

    fn ask(&mut self, url: &str, known: Known<'_>, accept: &str, limit: Limit) -> Answer {
        let host = origin(url).unwrap_or_default();
        std::thread::sleep(self.wait(&host));
        let answer = self.ask_now(url, known, accept, limit);
        self.last.insert(host, Instant::now());
        answer
    }

    fn ask_now(&self, url: &str, known: Known<'_>, accept: &str, limit: Limit) -> Answer {
        let mut request = self.agent.get(url).header("Accept", accept);
        if let Some(etag) = known.etag {
            request = request.header("If-None-Match", etag);
        }
        if let Some(day) = known.last_modified {
            request = request.header("If-Modified-Since", day);
        }
        let mut response = match request.call() {
            Ok(r) => r,
            Err(e) => return Answer::Got(failed(&e)),
        };
        let status = response.status().as_u16();
        let header = |headers: &HeaderMap, name: &str| headers.get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        let after = header(response.headers(), "retry-after").and_then(|v| seconds(&v));
        Answer::Got(match status {
            304 => Got::Unchanged,
            301 | 302 | 303 | 307 | 308 => match header(response.headers(), "location") {
                Some(to) => return Answer::Moved(to),
                None => Got::Refused(format!("HTTP {status} without a Location")),
            },
            200..=299 => {
                let media = response.body().mime_type().unwrap_or_default().to_ascii_lowercase();
                let charset = response.body().charset().map(str::to_owned);
                let etag = header(response.headers(), "etag");
                let last_modified = header(response.headers(), "last-modified");
                let read = match limit {
                    Limit::Whole(most) => response.body_mut().with_config().limit(most).read_to_vec(),
                    Limit::Beginning(most) => {
                        let mut bytes = Vec::new();
                        let read = response.body_mut().as_reader().take(most).read_to_end(&mut bytes);
                        read.map(|_| bytes).map_err(ureq::Error::from)
                    }
                };
                match read {
                    Ok(bytes) => Got::Body { bytes, media, charset, etag, last_modified, url: url.to_owned() },
                    Err(ureq::Error::BodyExceedsLimit(_)) => Got::Refused(format!("larger than {} MB", MAX_BYTES >> 20)),
                    Err(e) => failed(&e),
                }
            }
            429 | 408 | 425 | 500..=599 => Got::Later(format!("HTTP {status}"), after),
            _ => Got::Refused(format!("HTTP {status}")),
        })
    }
}

/// The most that is read of a body.
#[derive(Clone, Copy)]
enum Limit {
    /// A larger one is refused.
    Whole(u64),
    /// A larger one is cut off: of a robots.txt, what comes first counts.
    Beginning(u64),
}

enum Answer {
    Got(Got),
    Moved(String),
}

fn failed(e: &ureq::Error) -> Got {
    match e {
        ureq::Error::BadUri(_) | ureq::Error::Http(_) => Got::Refused(e.to_string()),
        ureq::Error::Other(e) if e.is::<super::address::PrivateAddress>() => Got::Refused(e.to_string()),
        e => Got::Later(e.to_string(), None),
    }
}

/// Scheme, host and port.
pub(super) fn origin(url: &str) -> Option<String> {
    let uri: Uri = url.parse().ok()?;
    let scheme = uri.scheme_str().filter(|s| matches!(*s, "http" | "https"))?;
    let authority = uri.authority()?;
    let port = authority.port().map(|p| format!(":{p}")).unwrap_or_default();
    Some(format!("{scheme}://{}{port}", authority.host().to_ascii_lowercase()))
}

/// The address that a `Location` leads to.
fn join(base: &str, to: &str) -> Option<String> {
    let to = to.trim().split('#').next()?;
    let origin_of = origin(base)?;
    let joined = if to.contains("://") {
        to.to_owned()
    } else if let Some(rest) = to.strip_prefix("//") {
        format!("{}://{rest}", origin_of.split("://").next()?)
    } else if to.starts_with('/') {
        format!("{origin_of}{to}")
    } else {
        let path = base.split(['?', '#']).next()?;
        let folder =
            path.rfind('/').filter(|at| *at >= origin_of.len()).map_or(format!("{origin_of}/"), |at| path[..=at].to_owned());
        format!("{folder}{to}")
    };
    origin(&joined).map(|_| joined)
}

/// `Retry-After`: seconds, or a day and time.
fn seconds(value: &str) -> Option<i64> {
    let value = value.trim();
    if let Ok(n) = value.parse::<i64>() {
        return Some(n.clamp(0, 7 * 86_400));
    }
    let at = jiff::fmt::rfc2822::parse(value).ok()?.timestamp();
    Some((at.as_second() - jiff::Timestamp::now().as_second()).clamp(0, 7 * 86_400))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locations_are_joined() {
        let to = |l: &str| join("https://O.example:81/a/b?c", l).unwrap_or_default();
        assert_eq!(to("/x"), "https://o.example:81/x");
        assert_eq!(to("x"), "https://O.example:81/a/x");
        assert_eq!(to("//p.example/x#y"), "https://p.example/x");
        assert_eq!(to("http://p.example/"), "http://p.example/");
        assert_eq!(to("file:///etc/passwd"), "");
        assert_eq!(join("https://o.example", "x").as_deref(), Some("https://o.example/x"));
    }

    #[test]
    fn waits_are_read() {
        assert_eq!(seconds("120"), Some(120));
        assert_eq!(seconds("Wed, 21 Oct 2015 07:28:00 GMT"), Some(0));
        assert_eq!(seconds("soon"), None);
    }
}
