//! `haberdar follow`: the articles of feeds into the record. What a feed names is kept in the store before anything of it is
//! fetched, and an article is written together with what became of its entry: a run that is killed goes on where it was.

mod address;
mod fetch;
mod robots;

use std::{
    collections::{BTreeMap, VecDeque},
    fs,
    time::Duration,
};

use anyhow::{Context, Result, bail};
use haberdar_model::{Article, id::content_id};
use haberdar_sources::{Entry, ReadOptions, entries, opml_feeds, read_page};
use haberdar_store::{Feed, FeedEntry, Store};
use serde::Serialize;

use self::fetch::{Client, Got, Known, Limits};
use super::add::renew_record;
use crate::{cli::Follow, engine, output};

/// Entries of one feed that are looked at; a feed that never ends has more.
const MAX_ENTRIES: usize = 1000;

/// Attempts at one article.
const MAX_TRIES: u32 = 5;

/// A text of fewer words is a summary.
const WHOLE_TEXT: usize = 80;

const DAY: i64 = 86_400;

/// What became of a feed or of an entry, for people.
#[derive(Debug, Serialize)]
struct Row {
    what: &'static str,
    state: String,
    why: String,
    url: String,
    title: String,
}

pub(crate) fn run(args: &Follow) -> Result<bool> {
    if args.status {
        let all = Store::open_read_only(&args.store.store)?.feed_entries()?;
        let rows: Vec<Row> = all.into_iter().map(|e| row(&e)).collect();
        print(args, &rows, "No feed was followed into this store yet.")?;
        return Ok(true);
    }
    let mut feeds = args.feeds.clone();
    if let Some(path) = &args.opml {
        let bytes = fs::read(path).with_context(|| format!("{}: the list of feeds cannot be read", path.display()))?;
        let listed = opml_feeds(&bytes);
        if listed.is_empty() {
            bail!("{}: no feed is listed (no outline has an xmlUrl); export the list as OPML", path.display());
        }
        feeds.extend(listed);
    }
    feeds.sort();
    feeds.dedup();
    if let Some(bad) = feeds.iter().find(|f| fetch::origin(f).is_none()) {
        bail!("{bad}: no http or https address; write the feed's whole address");
    }
    let mut store = Store::open(&args.store.store)?;
    let limits = Limits { pause: args.pause, timeout: args.timeout, allow_private: args.allow_private };
    let mut client = Client::new(limits);
    loop {
        let (rows, well) = round(&mut store, &mut client, &feeds, args.every)?;
        let counts = renew_record(&mut store)?;
        print(args, &rows, "Nothing new.")?;
        eprintln!("the record in {} now has {} articles, {} events", args.store.store.display(), counts.articles, counts.events);
        if args.once {
            return Ok(well);
        }
        std::thread::sleep(args.every);
    }
}

fn print(args: &Follow, rows: &[Row], none: &str) -> Result<()> {
    let cells = |r: &Row| vec![r.what.to_owned(), r.state.clone(), r.why.clone(), output::cut(&r.title, 60), r.url.clone()];
    output::rows(args.format, rows, &["what", "state", "why", "title", "url"], cells, none)
}

fn row(e: &FeedEntry) -> Row {
    let url = e.url.clone().unwrap_or_else(|| e.key.clone());
    Row { what: "article", state: e.state.clone(), why: e.reason.clone(), url, title: e.title.clone().unwrap_or_default() }
}

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// Asks all feeds that are due, then fetches all entries that wait.
fn round(store: &mut Store, client: &mut Client, feeds: &[String], every: Duration) -> Result<(Vec<Row>, bool)> {
    let (mut rows, mut well) = (Vec::new(), true);
    for url in feeds {
        let (state, why) = ask_feed(store, client, url, every)?;
        well &= state != "failed";
        rows.push(Row { what: "feed", state: state.to_owned(), why, url: url.clone(), title: String::new() });
    }
    // While one host is left in peace, another is asked.
    let mut hosts: BTreeMap<String, VecDeque<FeedEntry>> = BTreeMap::new();
    for entry in store.waiting_entries(now())? {
        hosts.entry(entry.url.as_deref().and_then(fetch::origin).unwrap_or_default()).or_default().push_back(entry);
    }
    while let Some(host) = hosts.keys().min_by_key(|h| client.wait(h)).cloned() {
        let Some(mut entry) = hosts.get_mut(&host).and_then(VecDeque::pop_front) else {
            hosts.remove(&host);
            continue;
        };
        fetch_entry(store, client, &mut entry, every)?;
        well &= entry.state != "failed";
        rows.push(row(&entry));
    }
    for (host, asked, kept) in client.pauses() {
        let asked = asked.as_secs_f64();
        let why = if kept.as_secs_f64() < asked {
            format!("robots.txt asks for {asked} s between requests; {} s are kept, the longest pause there is", kept.as_secs())
        } else {
            format!("robots.txt asks for {asked} s between requests, which are kept")
        };
        rows.push(Row { what: "host", state: "slowed".to_owned(), why, url: host, title: String::new() });
    }
    Ok((rows, well))
}

/// Seconds to wait after so many failures.
fn back_off(every: Duration, failures: u32) -> i64 {
    let every = i64::try_from(every.as_secs()).unwrap_or(DAY).max(1);
    every.saturating_mul(1 << failures.min(10)).min(DAY)
}

/// True where a response in which nothing can be fetched is a feed all the same: it says so at its beginning.
fn names_a_feed(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    ["<rss", "<feed", "<rdf", "<urlset", "<sitemapindex", "jsonfeed.org", "\"items\""].iter().any(|mark| head.contains(mark))
}

fn ask_feed(store: &mut Store, client: &mut Client, url: &str, every: Duration) -> Result<(&'static str, String)> {
    let mut feed = store.feed(url)?.unwrap_or_else(|| Feed { url: url.to_owned(), ..Feed::default() });
    let wait = feed.next_at - now();
    if wait > 0 {
        return Ok(("waiting", format!("{}; again in {wait} s", feed.status)));
    }
    let known = Known { etag: feed.etag.as_deref(), last_modified: feed.last_modified.as_deref() };
    let accept = "application/rss+xml, application/atom+xml, application/feed+json, application/xml, text/xml, application/json;q=0.9, */*;q=0.1";
    let got = client.get(url, known, accept);
    let mut seen = Vec::new();
    let state = match got {
        Got::Unchanged => {
            (feed.failures, feed.status) = (0, "unchanged since last time".to_owned());
            "unchanged"
        }
        Got::Body { bytes, etag, last_modified, media, .. } => {
            let (mut found, error) = entries(url, &bytes);
            let named = found.len();
            found.truncate(MAX_ENTRIES);
            let nowhere = found.iter().all(|e| e.url.is_none());
            if found.is_empty() && error.is_some() || nowhere && !names_a_feed(&bytes) {
                feed.failures += 1;
                feed.next_at = now() + back_off(every, feed.failures);
                feed.status = match error {
                    Some(e) => e.to_string(),
                    None => format!("no feed but {}", if media.is_empty() { "something else" } else { &media }),
                };
                "failed"
            } else {
                // A feed that breaks off is asked again in whole.
                if error.is_none() {
                    (feed.etag, feed.last_modified) = (etag, last_modified);
                }
                feed.failures = 0;
                let cut =
                    if named > found.len() { format!(", of which the first {} are taken", found.len()) } else { String::new() };
                feed.status = match error {
                    Some(e) => format!("{named} entries{cut}, then {e}"),
                    None => format!("{named} entries{cut}"),
                };
                seen = found;
                "fetched"
            }
        }
        Got::Refused(why) => {
            feed.failures += 1;
            feed.next_at = now() + back_off(every, feed.failures);
            feed.status = why;
            "failed"
        }
        Got::Later(why, after) => {
            feed.failures += 1;
            feed.next_at = now() + after.unwrap_or(0).max(if after.is_some() { 0 } else { back_off(every, feed.failures) });
            feed.status = why;
            "failed"
        }
    };
    let batch = store.begin()?;
    let mut new = 0;
    for entry in &seen {
        let Some(e) = entry_row(url, entry)? else { continue };
        new += usize::from(batch.see_entry(&e)?);
    }
    if state == "fetched" {
        feed.status = format!("{}, {new} new or changed", feed.status);
    }
    batch.set_feed(&feed)?;
    batch.commit()?;
    Ok((state, feed.status))
}

/// An entry as the store keeps it; `None` for one with neither address nor text.
fn entry_row(feed: &str, entry: &Entry) -> Result<Option<FeedEntry>> {
    let key = match &entry.url {
        Some(url) => url.split('#').next().unwrap_or(url).to_owned(),
        None if entry.text.is_empty() => return Ok(None),
        None => format!("{feed}#{}", if entry.id.is_empty() { content_id(["entry", &entry.text]) } else { entry.id.clone() }),
    };
    let title = entry.title.clone().unwrap_or_default();
    let date = entry.updated.as_deref().or(entry.published.as_deref());
    let mark = content_id(["entry", &title, date.unwrap_or(&entry.text)]);
    let json = serde_json::to_string(entry)?;
    Ok(Some(FeedEntry {
        key,
        feed: feed.to_owned(),
        url: entry.url.clone(),
        title: entry.title.clone(),
        mark,
        entry: json,
        ..FeedEntry::default()
    }))
}

fn fetch_entry(store: &mut Store, client: &mut Client, e: &mut FeedEntry, every: Duration) -> Result<()> {
    let entry: Entry = serde_json::from_str(&e.entry)?;
    e.tries += 1;
    let fetched = match &e.url {
        Some(url) => fetch_page(client, url, &entry),
        None => Err(Missed { why: "without an address".to_owned(), after: None, later: false }),
    };
    let (article, note) = match fetched {
        Ok(article) => (Some(article), String::new()),
        Err(missed) => {
            let again = missed.later && e.tries < MAX_TRIES;
            let whole = entry.text.split_whitespace().count() >= WHOLE_TEXT || e.url.is_none();
            if again {
                e.state = "waiting".to_owned();
                e.next_at = now() + missed.after.unwrap_or_else(|| back_off(every, e.tries));
                e.reason = missed.why;
                (None, String::new())
            } else if whole {
                (
                    Some(entry.clone().into_article(e.key.clone(), &ReadOptions::default())),
                    format!("text of the feed; {}", missed.why),
                )
            } else {
                e.state = if missed.later { "failed" } else { "skipped" }.to_owned();
                e.reason = missed.why;
                (None, String::new())
            }
        }
    };
    let read = article.map(|a| {
        let reading = engine::reader()?.read(&a).map_err(|e| e.to_string());
        Ok::<_, anyhow::Error>((a, reading))
    });
    let batch = store.begin()?;
    match read.transpose()? {
        Some((article, Ok(reading))) => {
            let new = batch.add(&article, &reading)?;
            e.state = "fetched".to_owned();
            e.article = Some(reading.article.id);
            e.reason = if new { note } else { "already there".to_owned() };
        }
        Some((_, Err(why))) => (e.state, e.reason) = ("skipped".to_owned(), why),
        None => {}
    }
    batch.set_entry(e)?;
    batch.commit()?;
    Ok(())
}

/// Why there is no article.
struct Missed {
    why: String,
    after: Option<i64>,
    later: bool,
}

fn fetch_page(client: &mut Client, url: &str, entry: &Entry) -> Result<Article, Missed> {
    let never = |why: String| Missed { why, after: None, later: false };
    match client.get(url, Known::default(), "text/html, application/xhtml+xml") {
        Got::Body { bytes, media, charset, url: at, .. } => {
            if !media.is_empty() && !media.contains("html") {
                return Err(never(format!("no page but {media}")));
            }
            let said = entry.clone().into_article(String::new(), &ReadOptions::default()).meta;
            let opts = ReadOptions {
                url: Some(at),
                published: said.published,
                title: said.title,
                publisher: said.publisher,
                ..ReadOptions::default()
            };
            let mut article = read_page(url, &bytes, charset.as_deref(), &opts).map_err(|e| never(e.to_string()))?;
            let from_feed = article.meta.origin.published_from.is_none();
            if from_feed {
                article.meta.origin.published_from = said.origin.published_from;
                article.meta.origin.published_at = said.origin.published_at;
            }
            Ok(article)
        }
        Got::Unchanged => Err(never("unchanged".to_owned())),
        Got::Refused(why) => Err(never(why)),
        Got::Later(why, after) => Err(Missed { why, after, later: true }),
    }
}
