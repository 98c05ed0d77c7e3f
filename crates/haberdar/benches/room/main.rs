//! How quickly the reading room answers: a record of made-up articles, served, and asked at an even rate.
//!
//! `cargo bench -p haberdar --bench room -- 35000 200 30` makes a record of 35,000 articles (21,000 events) and asks it 200 times a second for 30
//! seconds, one view after the other. Every request is a connection of its own; its time is counted from the moment at which it was
//! due, so that a server that falls behind cannot hide it. `first` is the first time a view is asked for, when nothing is kept yet.
#![allow(clippy::print_stdout, reason = "a measurement for people")]

#[path = "../record/synthetic.rs"]
mod synthetic;

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    path::Path,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use haberdar_model::{
    Article, Country, DateBasis, PartialDate, Polarity, QuoteKind, Reading, Status,
    reading::{Quote, TextSpan},
    record::{Conflict, ConflictReport, ConflictValue, MergedDate, MergedEvent, Party, Record, Report, Story, StoryArticle},
};
use haberdar_server::{Desk, Room, Settings};
use haberdar_store::{Filter, Order, Store};
use serde_json::Value;

/// Articles that are written together.
const BATCH: usize = 250;
/// Threads that ask.
const CLIENTS: usize = 32;

/// The bench asks for nothing that the binary would have to lend.
struct Nobody;

impl Desk for Nobody {
    fn read(&self, _: &Article) -> Result<Reading, String> {
        Err("not here".to_owned())
    }

    fn add(&self, _: Vec<Article>) -> Result<usize, String> {
        Err("not here".to_owned())
    }

    fn who(&self, _: &str, _: Option<PartialDate>) -> Result<Value, String> {
        Ok(Value::Array(Vec::new()))
    }

    fn offices(&self, _: Country) -> Result<Value, String> {
        Ok(Value::Array(Vec::new()))
    }
}

fn main() -> Result<()> {
    let numbers: Vec<usize> = std::env::args().skip(1).filter_map(|a| a.parse().ok()).collect();
    let number = |i: usize, otherwise: usize| numbers.get(i).copied().unwrap_or(otherwise);
    let (articles, rate, seconds) = (number(0, 35_000), number(1, 200).max(1), number(2, 30));
    let folder = std::env::var_os("HABERDAR_BENCH_FOLDER").map_or_else(std::env::temp_dir, Into::into);
    let path = folder.join(format!("haberdar-room-{}.db", std::process::id()));
    let outcome = measure(&path, articles, rate, seconds);
    for end in ["", "-wal", "-shm"] {
        let mut file = path.clone().into_os_string();
        file.push(end);
        let _ = std::fs::remove_file(file);
    }
    outcome
}

fn measure(path: &Path, articles: usize, rate: usize, seconds: usize) -> Result<()> {
    let begun = Instant::now();
    fill(path, articles)?;
    let store = Store::open_read_only(path)?;
    let c = store.counts()?;
    println!(
        "{} articles, {} stories, {} events, {} quotations, {} conflicts, {} MiB, made in {:.0} s",
        c.articles,
        c.stories,
        c.events,
        c.quotes,
        c.conflicts,
        std::fs::metadata(path)?.len() >> 20,
        begun.elapsed().as_secs_f64()
    );
    let views = views(&store)?;
    drop(store);
    let settings = Settings { store: path.to_owned(), token: None, decide: false, rate: 1_000_000 };
    let (told, at) = mpsc::channel();
    thread::spawn(move || {
        haberdar_server::serve(Room::new(settings, Nobody), SocketAddr::from(([127, 0, 0, 1], 0)), |at| {
            let _ = told.send(at);
        })
    });
    let at = at.recv().context("the server did not start")?;
    let mut first = Vec::new();
    for view in &views {
        let start = Instant::now();
        ask(at, view)?;
        first.push(start.elapsed());
    }
    let all = load(at, &views, rate, seconds)?;
    println!("\n{:>9} {:>8} {:>8} {:>8} {:>8}  view (ms)", "first", "p50", "p95", "p99", "KiB");
    let mut every: Vec<Duration> = Vec::new();
    for ((view, first), (mut times, size)) in views.iter().zip(first).zip(all) {
        every.extend(&times);
        line(&mut times, Some(first), size, view);
    }
    let asked = every.len();
    line(&mut every, None, 0, &format!("all: {asked} requests, {rate} a second"));
    Ok(())
}

fn line(times: &mut [Duration], first: Option<Duration>, size: usize, name: &str) {
    times.sort_unstable();
    let ms = |d: Duration| format!("{:.1}", d.as_secs_f64() * 1e3);
    let at =
        |q: f64| times.get(((times.len() as f64 * q) as usize).min(times.len().saturating_sub(1))).copied().unwrap_or_default();
    let first = first.map(ms).unwrap_or_default();
    println!("{first:>9} {:>8} {:>8} {:>8} {:>8}  {name}", ms(at(0.5)), ms(at(0.95)), ms(at(0.99)), size >> 10);
}

/// Writes made-up articles with a quotation each and a record of them that is made up as well: how it comes about is what the
/// bench `record` measures. Five articles are a story of three acts; every tenth act is planned, every twentieth disputed.
fn fill(path: &Path, articles: usize) -> Result<()> {
    let mut store = Store::open(path)?;
    let mut record = Record::default();
    let mut made = synthetic::Articles::new().take(articles);
    loop {
        let mut batch: Vec<(Article, Reading)> = made.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        let tx = store.begin()?;
        for (article, reading) in &mut batch {
            quote(article, reading);
            tx.add(article, reading)?;
        }
        tx.commit()?;
        for told in batch.chunks(5) {
            story(&mut record, told);
        }
    }
    store.replace_record(&record)?;
    store.compact()?;
    Ok(())
}

/// Puts the third sentence into somebody's mouth.
fn quote(article: &Article, reading: &mut Reading) {
    let Some(span) = reading.sentences.get(2).copied() else { return };
    let text = article.text.chars().skip(span.start).take(span.end - span.start).collect();
    reading.quotes.push(Quote {
        id: "q1".to_owned(),
        at: TextSpan { span, text },
        kind: QuoteKind::Direct,
        speaker: Some("m1".to_owned()),
        speaker_text: None,
        cue: None,
        addressee: None,
        parts: Vec::new(),
        verbatim: Vec::new(),
        events: Vec::new(),
    });
}

/// The story of some articles, with its acts.
fn story(record: &mut Record, told: &[(Article, Reading)]) {
    let id = |kind: &str, n: usize| format!("b3:{kind}{n:020x}");
    let day = told[0].0.meta.published;
    let story = id("5000", record.stories.len());
    let mut events = Vec::new();
    // Two reports, one, two.
    let parts = [(0, 2), (2, 3), (3, 5)].map(|(from, to)| &told[from.min(told.len())..to.min(told.len())]);
    for same in parts.into_iter().filter(|p| !p.is_empty()) {
        let n = record.events.len();
        let (_, first) = &same[0];
        let e = &first.events[0];
        let party = |m: &str| {
            let m = first.mentions.iter().find(|x| x.id == *m);
            m.map(|m| Party { name: m.name.clone(), entity: m.entity.clone(), country: m.country, office: None })
                .into_iter()
                .collect()
        };
        let reports: Vec<Report> = same
            .iter()
            .map(|(a, r)| Report {
                article: a.id(),
                event: "e1".to_owned(),
                publisher: a.meta.publisher.clone(),
                published: a.meta.published,
                sentence: 0,
                span: r.events[0].trigger.span,
                reported_by: None,
            })
            .collect();
        let disputed = n.is_multiple_of(20);
        let value = |r: &Report, v: &str| ConflictValue {
            value: v.to_owned(),
            entity: None,
            reports: vec![ConflictReport { article: r.article.clone(), span: same[0].1.events[0].trigger.clone() }],
            independent_sources: 1,
        };
        if disputed {
            record.conflicts.push(Conflict {
                id: id("c000", n),
                slot: "number".to_owned(),
                relation: "contradiction".to_owned(),
                event: Some(id("e000", n)),
                story: Some(story.clone()),
                values: vec![value(&reports[0], "20 people"), value(&reports[0], "26 people")],
                record: None,
                verdict: None,
                state: if n.is_multiple_of(40) { "open" } else { "explained" }.to_owned(),
                decisions: Vec::new(),
            });
        }
        record.events.push(MergedEvent {
            id: id("e000", n),
            kind: e.kind,
            mode: None,
            cameo: None,
            quad: e.quad,
            goldstein: Some(if e.quad <= 2 { 3.4 } else { -5.0 }),
            actor: party("m1"),
            recipient: party("m2"),
            status: if n.is_multiple_of(10) { Status::Planned } else { Status::Happened },
            polarity: Polarity::Positive,
            date: MergedDate { from: day, to: day, basis: DateBasis::Publication },
            place: None,
            independent_sources: reports.len(),
            reports,
            conflicts: disputed.then(|| id("c000", n)).into_iter().collect(),
            confidence: 0.8,
            decisions: Vec::new(),
        });
        events.push(id("e000", n));
    }
    let articles = told
        .iter()
        .map(|(a, _)| StoryArticle {
            id: a.id(),
            source_id: a.meta.source_id.clone(),
            publisher: a.meta.publisher.clone(),
            published: a.meta.published,
            copy_of: None,
            version_of: None,
        })
        .collect();
    record.stories.push(Story {
        title: format!("Story {}", record.stories.len()),
        id: story,
        articles,
        events,
        from: day,
        to: day,
    });
}

/// The addresses that are asked for, each as often as the others.
fn views(store: &Store) -> Result<Vec<String>> {
    let wide = store.events(&Filter { order: Order::Sources, limit: Some(40), ..Filter::default() })?;
    let (Some(event), Some(report)) = (wide.last(), wide.last().and_then(|e| e.reports.first())) else { bail!("no events") };
    let story = store.story_of(&report.article)?.unwrap_or_default();
    let text = store.article(&report.article)?.map(|a| a.text).unwrap_or_default();
    let word = text.split_whitespace().nth(7).unwrap_or("x").to_owned();
    let conflict = store.conflicts(&Filter { limit: Some(1), ..Filter::default() })?.first().map(|c| c.id.clone());
    let mut views: Vec<String> = [
        "/",
        "/events",
        "/events?actor=RUS&type=ACCUSE",
        "/events?since=2023-02&until=2023-02&min_sources=2",
        "/stories",
        "/quotes",
        "/conflicts",
        "/promises",
        "/dyads",
        "/dyads/RUS:TUR",
        "/network?centre=TUR",
        "/map",
        "/actors/TUR",
        "/api/v1/events?limit=100",
        "/api/v1/events.csv?actor=TUR&limit=500",
        "/api/v1/states",
    ]
    .map(str::to_owned)
    .into();
    views.extend([format!("/events/{}", event.id), format!("/articles/{}", report.article), format!("/stories/{story}")]);
    views.extend(conflict.map(|c| format!("/conflicts/{c}")));
    let plain = word.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    views.push(format!("/search?text={plain}"));
    Ok(views)
}

/// Asks once; the size of what came. Anything but an answer is an error.
fn ask(at: SocketAddr, view: &str) -> Result<usize> {
    let mut stream = TcpStream::connect(at)?;
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    write!(stream, "GET {view} HTTP/1.1\r\nHost: {at}\r\nAccept-Encoding: zstd, gzip\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    if !answer.starts_with(b"HTTP/1.1 200") {
        bail!("{view}: {}", String::from_utf8_lossy(&answer[..answer.len().min(60)]));
    }
    Ok(answer.len())
}

/// Times and size of every view.
fn load(at: SocketAddr, views: &[String], rate: usize, seconds: usize) -> Result<Vec<(Vec<Duration>, usize)>> {
    let all: Vec<Mutex<(Vec<Duration>, usize)>> = views.iter().map(|_| Mutex::default()).collect();
    let (next, start) = (AtomicUsize::new(0), Instant::now());
    let work = || -> Result<()> {
        loop {
            let i = next.fetch_add(1, Ordering::Relaxed);
            if i >= rate * seconds {
                return Ok(());
            }
            let due = start + Duration::from_secs_f64(i as f64 / rate as f64);
            thread::sleep(due.saturating_duration_since(Instant::now()));
            let size = ask(at, &views[i % views.len()])?;
            let mut seen = all[i % views.len()].lock().unwrap_or_else(PoisonError::into_inner);
            seen.0.push(due.elapsed());
            seen.1 = size;
        }
    };
    thread::scope(|s| {
        let clients: Vec<_> = (0..CLIENTS).map(|_| s.spawn(work)).collect();
        clients.into_iter().try_for_each(|c| c.join().unwrap_or_else(|_| bail!("a client broke")))
    })?;
    Ok(all.into_iter().map(|m| m.into_inner().unwrap_or_else(PoisonError::into_inner)).collect())
}
