//! Fills a store with made-up articles and measures how long questions take.
//!
//! ```text
//! cargo run --release -p haberdar-store --example fill_and_ask -- 100000 big.db
//! ```
//!
//! A store that is there is filled up to so many and asked. Articles have a dozen sentences of made-up Turkish words whose frequencies fall as those
//! of a language do, six events between states, two quotations; every second event has two reports.
#![allow(clippy::print_stdout, reason = "a program for people at a terminal")]

use std::{env, fs, path::Path, time::Instant};

use haberdar_model::{
    Article, ArticleMeta, DateBasis, EventType, Language, MentionKind, PartialDate, Polarity, QuoteKind, READING_SCHEMA, Reading,
    Span, Status,
    reading::{ArticleHead, Event, EventDate, Mention, Quote, TextSpan},
    record::{MergedDate, MergedEvent, Party, Report, Story, StoryArticle},
};
use haberdar_store::{Arrived, Filter, Order, Pair, Store, StoreError};

/// Articles of one transaction.
const BATCH: usize = 1000;

/// Articles between two lines of the report.
const STEP: usize = 20_000;

/// Questions of each kind.
const QUESTIONS: usize = 200;

/// A small generator of numbers; the same ones every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }

    /// Small numbers often, large ones seldom.
    fn skewed(&mut self, n: usize) -> usize {
        let x = self.roll(1 << 20) as f64 / f64::from(1 << 20);
        ((n as f64).powf(x) - 1.0) as usize
    }
}

const STATES: [&str; 40] = [
    "RUS", "USA", "UKR", "CHN", "TUR", "ISR", "IRN", "PRK", "KOR", "JPN", "DEU", "FRA", "GBR", "SYR", "IND", "PAK", "EGY", "SAU",
    "GRC", "POL", "ITA", "ESP", "BRA", "ARM", "AZE", "GEO", "IRQ", "LBN", "QAT", "ARE", "NOR", "SWE", "FIN", "HUN", "SRB", "CAN",
    "MEX", "AUS", "ZAF", "ETH",
];

fn words() -> Vec<String> {
    let syllables = [
        "ka", "le", "mi", "ru", "gö", "şe", "tı", "bu", "na", "dü", "va", "ce", "ğı", "ol", "ya", "sın", "de", "lar", "ik", "mek",
    ];
    let mut dice = Dice(7);
    (0..40_000).map(|_| (0..2 + dice.roll(3)).map(|_| syllables[dice.roll(syllables.len())]).collect()).collect()
}

fn made_up(n: usize, dice: &mut Dice, words: &[String]) -> (Article, Reading) {
    let mut text = String::new();
    let mut sentences = Vec::new();
    let mut at = 0;
    let mut spans: Vec<(Span, String)> = Vec::new();
    for _ in 0..12 {
        let begin = at;
        for i in 0..15 {
            let word = &words[dice.skewed(words.len())];
            let n = word.chars().count();
            if i == 3 {
                spans.push((Span { start: at, end: at + n }, word.clone()));
            }
            text.push_str(word);
            text.push(if i == 14 { '.' } else { ' ' });
            at += n + 1;
        }
        sentences.push(Span { start: begin, end: at });
        text.push(' ');
        at += 1;
    }
    let day = format!("20{:02}-{:02}-{:02}", 10 + dice.roll(15), 1 + dice.roll(12), 1 + dice.roll(28));
    let meta = ArticleMeta {
        source_id: format!("{n}"),
        title: Some(format!("{} {}", words[dice.skewed(words.len())], words[dice.skewed(words.len())])),
        publisher: Some(format!("Gazete {}", dice.skewed(300))),
        published: day.parse().ok(),
        language: Some(Language::Tr),
        ..ArticleMeta::default()
    };
    let article = Article { meta: meta.clone(), text };
    let head = ArticleHead {
        id: article.id(),
        source_id: meta.source_id,
        title: meta.title,
        url: None,
        publisher: meta.publisher,
        published: meta.published,
        language: meta.language,
        words: 180,
        text_sha256: String::new(),
    };
    let at = |i: usize| TextSpan { span: spans[i].0, text: spans[i].1.clone() };
    let mention = |i: usize, state: &str| Mention {
        id: format!("m{}", i + 1),
        at: at(i),
        kind: MentionKind::Country,
        name: state.to_owned(),
        entity: Some(state.to_owned()),
        country: state.parse().ok(),
        sector: None,
        role: None,
        country_basis: None,
        candidates: Vec::new(),
    };
    let states: Vec<&str> = (0..6).map(|_| STATES[dice.skewed(STATES.len())]).collect();
    let event = |i: usize| {
        let kind = EventType::ALL[(n + i) % EventType::ALL.len()];
        Event {
            id: format!("e{}", i + 1),
            kind,
            mode: None,
            contexts: vec!["diplomatic".into()],
            cameo: Some("042".into()),
            quad: kind.quad(),
            goldstein: Some(1.9),
            actor: vec![format!("m{}", i + 1)],
            recipient: vec![format!("m{}", (i + 1) % 6 + 1)],
            trigger: at(i),
            sentence: i,
            status: Status::Happened,
            polarity: Polarity::Positive,
            reported_by: None,
            date: EventDate { start: None, end: None, basis: DateBasis::Publication, span: None },
            place: None,
            confidence: 0.8,
            why: "tr/made/up".into(),
        }
    };
    let quote = |i: usize| Quote {
        id: format!("q{i}"),
        at: TextSpan { span: sentences[i], text: sentences[i].slice(&article.text).unwrap_or_default().to_owned() },
        kind: QuoteKind::Direct,
        parts: Vec::new(),
        verbatim: Vec::new(),
        speaker: Some("m1".into()),
        speaker_text: None,
        cue: None,
        addressee: None,
        events: Vec::new(),
    };
    let reading = Reading {
        schema: READING_SCHEMA.into(),
        article: head,
        mentions: states.iter().enumerate().map(|(i, s)| mention(i, s)).collect(),
        events: (0..6).map(event).collect(),
        quotes: vec![quote(7), quote(9)],
        sentences,
        dates: vec![],
        quantities: vec![],
        flags: vec![],
        skipped: vec![],
        text: None,
    };
    (article, reading)
}

/// A pair of articles becomes one story; their events of the same number become one event.
fn story_of(pair: &[Reading]) -> Option<(Story, Vec<MergedEvent>)> {
    let [a, ..] = pair else { return None };
    let event = |(i, e): (usize, &Event)| {
        let party = |id: &str| {
            let m = a.mentions.iter().find(|m| m.id == id);
            m.map(|m| Party { name: m.name.clone(), entity: m.entity.clone(), country: m.country, office: None })
        };
        let report = |r: &Reading| Report {
            article: r.article.id.clone(),
            event: e.id.clone(),
            publisher: r.article.publisher.clone(),
            published: r.article.published,
            sentence: i,
            span: r.events[i].trigger.span,
            reported_by: None,
        };
        let day: Option<PartialDate> = a.article.published;
        MergedEvent {
            decisions: Vec::new(),
            id: format!("{}{i}", a.article.id),
            kind: e.kind,
            mode: None,
            cameo: e.cameo.clone(),
            quad: e.quad,
            goldstein: e.goldstein,
            actor: e.actor.iter().filter_map(|m| party(m)).collect(),
            recipient: e.recipient.iter().filter_map(|m| party(m)).collect(),
            status: e.status,
            polarity: e.polarity,
            date: MergedDate { from: day, to: day, basis: DateBasis::Publication },
            place: None,
            reports: pair.iter().map(report).collect(),
            independent_sources: pair.len(),
            conflicts: vec![],
            confidence: e.confidence,
        }
    };
    let events: Vec<MergedEvent> = a.events.iter().enumerate().map(event).collect();
    let articles = pair.iter().map(|r| StoryArticle {
        version_of: None,
        id: r.article.id.clone(),
        source_id: r.article.source_id.clone(),
        publisher: r.article.publisher.clone(),
        published: r.article.published,
        copy_of: None,
    });
    let day = a.article.published;
    let story = Story {
        id: format!("{}s", a.article.id),
        title: a.article.title.clone().unwrap_or_default(),
        articles: articles.collect(),
        events: events.iter().map(|e| e.id.clone()).collect(),
        from: day,
        to: day,
    };
    Some((story, events))
}

/// Articles and record together, batch by batch, as `haberdar add` does; but nothing is compared here, so that it is the writing
/// that is measured.
fn fill(n: usize, path: &Path) -> Result<(), StoreError> {
    let words = words();
    let mut dice = Dice(42);
    let mut store = Store::open(path)?;
    let begun = Instant::now();
    let there = store.arrivals()? as usize;
    // The same articles as without a pause.
    (0..there.min(n)).for_each(|i| drop(made_up(i, &mut dice, &words)));
    let (mut done, mut last) = (there, Instant::now());
    while done < n {
        let made: Vec<(Article, Reading)> = (0..BATCH.min(n - done)).map(|i| made_up(done + i, &mut dice, &words)).collect();
        let batch = store.begin()?;
        for (a, r) in &made {
            batch.add(a, r)?;
        }
        let readings: Vec<Reading> = made.into_iter().map(|p| p.1).collect();
        for (story, events) in readings.chunks(2).filter_map(story_of) {
            batch.add_story(&story, &events, &[])?;
        }
        // Articles are numbered as they come.
        for i in 0..readings.len() {
            batch.reconciled((done + i + 1) as i64)?;
        }
        batch.commit()?;
        done += readings.len();
        if done % STEP == 0 || done == n {
            let pace = (done - ((done - 1) / STEP * STEP).max(there)) as f64 / last.elapsed().as_secs_f64();
            println!("{done:8} articles, the last at {pace:.0} a second, {} MiB in memory", memory());
            last = Instant::now();
        }
    }
    let took = begun.elapsed().as_secs_f64();
    let new = n.saturating_sub(there);
    println!("{new} articles added with their record in {took:.1} s ({:.0} a second)", new as f64 / took);
    Ok(())
}

/// The most memory that the process ever held, in MiB; 0 where the system does not say.
fn memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.and_then(|l| l.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or_default() / 1024
}

/// Prints how long questions take when they are asked for the first time, and when they are asked again, so that what they read is in
/// memory; then on a processor alone, which tells more on a machine that others use as well.
fn measure(what: &str, mut ask: impl FnMut(&mut Dice) -> Result<usize, StoreError>) -> Result<(), StoreError> {
    let mut rounds = Vec::new();
    let mut rows = 0;
    for _ in 0..2 {
        let mut dice = Dice(99);
        let (mut times, mut busy) = (Vec::new(), Vec::new());
        rows = 0;
        for _ in 0..QUESTIONS {
            let (begun, on) = (Instant::now(), processor_time());
            rows += ask(&mut dice)?;
            times.push(begun.elapsed().as_secs_f64() * 1e3);
            busy.push(processor_time() - on);
        }
        rounds.push((times, busy));
    }
    let at = |times: &mut Vec<f64>, share: f64| {
        times.sort_by(f64::total_cmp);
        times[((times.len() - 1) as f64 * share) as usize]
    };
    let [(first, _), (times, busy)] = &mut rounds[..] else { return Ok(()) };
    println!(
        "{what:<42} first {:8.2} p95 {:8.2} ms   again {:8.2} p95 {:8.2} ms   (on a processor {:8.2} p95 {:8.2})   {:.0} rows",
        at(first, 0.5),
        at(first, 0.95),
        at(times, 0.5),
        at(times, 0.95),
        at(busy, 0.5),
        at(busy, 0.95),
        rows as f64 / QUESTIONS as f64
    );
    Ok(())
}

/// Milliseconds for which this thread ran; 0 where the system does not say.
fn processor_time() -> f64 {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    stat.split_whitespace().next().and_then(|n| n.parse::<f64>().ok()).unwrap_or_default() / 1e6
}

fn main() -> Result<(), StoreError> {
    let mut args = env::args().skip(1);
    let (Some(n), Some(path)) = (args.next().and_then(|n| n.parse::<usize>().ok()), args.next()) else {
        println!("usage: fill_and_ask ARTICLES FILE [QUESTIONS]");
        return Ok(());
    };
    let path = Path::new(&path);
    if !path.exists() || (Store::open_read_only(path)?.arrivals()? as usize) < n {
        fill(n, path)?;
    }
    let bytes = fs::metadata(path).map_or(0, |m| m.len());
    let store = Store::open_read_only(path)?;
    let articles = store.counts()?.articles;
    println!("{bytes} bytes, {} an article", bytes / articles.max(1) as u64);
    // Only the questions whose names begin so.
    let only = args.next().unwrap_or_default();
    let measure = |what: &str, ask: &mut dyn FnMut(&mut Dice) -> Result<usize, StoreError>| {
        if what.starts_with(&only) { measure(what, ask) } else { Ok(()) }
    };
    let words = words();
    let pair = |d: &mut Dice| Some(Pair { a: STATES[d.skewed(40)].into(), b: STATES[d.skewed(40)].into() });
    measure("open", &mut |_| Store::open_read_only(path).map(|_| 1))?;
    // As the command does: what it shows, and how many there are.
    measure("events --dyad", &mut |d| {
        let f = Filter { dyad: pair(d), limit: Some(500), ..Filter::default() };
        store.count_events(&f)?;
        Ok(store.events(&f)?.len())
    })?;
    measure("events --dyad, all of them", &mut |d| Ok(store.events(&Filter { dyad: pair(d), ..Filter::default() })?.len()))?;
    measure("events --dyad --limit 100", &mut |d| {
        Ok(store.events(&Filter { dyad: pair(d), limit: Some(100), ..Filter::default() })?.len())
    })?;
    measure("dyad: what counts", &mut |d| {
        let code = |d: &mut Dice| STATES[d.skewed(40)].parse().ok();
        let (Some(a), Some(b)) = (code(d), code(d)) else { return Ok(0) };
        Ok(store.acts_between(a, b, &Filter::default())?.len())
    })?;
    measure("dyad --type CONSULT: what counts", &mut |d| {
        let code = |d: &mut Dice| STATES[d.skewed(40)].parse().ok();
        let (Some(a), Some(b)) = (code(d), code(d)) else { return Ok(0) };
        Ok(store.acts_between(a, b, &Filter { kind: Some(EventType::Consult), ..Filter::default() })?.len())
    })?;
    let text =
        |d: &mut Dice, n: usize| (0..n).map(|_| words[d.skewed(words.len())].as_str()).collect::<Vec<_>>().join(" ").parse().ok();
    measure("search, one word", &mut |d| {
        Ok(store.search(&Filter { text: text(d, 1), limit: Some(10), ..Filter::default() })?.found)
    })?;
    measure("search, two words", &mut |d| {
        Ok(store.search(&Filter { text: text(d, 2), limit: Some(10), ..Filter::default() })?.found)
    })?;
    let search = |what: &str, ask: &dyn Fn(&mut Dice) -> Filter| {
        measure(what, &mut |d| Ok(store.search(&Filter { limit: Some(20), ..ask(d) })?.articles.len()))
    };
    search("search, a phrase", &|d| {
        let word = |d: &mut Dice| words[d.skewed(words.len())].as_str();
        let text = format!("\"{} {}\"", word(d), word(d));
        Filter { text: text.parse().ok(), ..Filter::default() }
    })?;
    // As people type them: the first letters of a word of the text, four at least.
    search("search, the beginning of a word", &|d| {
        let letters: Vec<char> = words[d.skewed(words.len())].chars().collect();
        let n = letters.len().min(4 + d.roll(4));
        let begins: String = letters[..n].iter().collect();
        Filter { text: format!("{begins}*").parse().ok(), ..Filter::default() }
    })?;
    let two = |d: &mut Dice| Filter { text: text(d, 2), ..Filter::default() };
    search("search, two words --type", &|d| Filter { kind: Some(EventType::ALL[d.roll(16)]), ..two(d) })?;
    search("search, two words --actor CODE", &|d| Filter { actor: Some(STATES[d.skewed(40)].into()), ..two(d) })?;
    search("search, two words --actor NAME", &|d| Filter { actor: Some(STATES[d.skewed(40)].to_lowercase()), ..two(d) })?;
    search("search, two words --since, ten years back", &|d| Filter {
        since: format!("20{}-06-01", 14 + d.roll(11)).parse().ok(),
        ..two(d)
    })?;
    search("search, two words --since --until, a week", &|d| {
        let day = |d: usize| format!("20{}-06-{d:02}", 10 + d % 15).parse().ok();
        let n = d.roll(20);
        Filter { since: day(n + 1), until: day(n + 1), ..two(d) }
    })?;
    search("search, two words --publisher", &|d| Filter { publisher: Some(format!("gazete {}", d.skewed(300))), ..two(d) })?;
    search("search, two words --dyad --type --since", &|d| {
        let f = Filter { dyad: pair(d), kind: Some(EventType::ALL[d.roll(16)]), ..two(d) };
        Filter { since: "2020-01-01".parse().ok(), ..f }
    })?;
    search("search, two words --min-sources 2", &|d| Filter { min_sources: Some(2), ..two(d) })?;
    search("search, two words --speaker", &|d| Filter { speaker: Some(STATES[d.skewed(40)].into()), ..two(d) })?;
    let events = |what: &str, ask: &dyn Fn(&mut Dice) -> Filter| {
        measure(what, &mut |d| {
            let f = Filter { dyad: pair(d), limit: Some(500), ..ask(d) };
            store.count_events(&f)?;
            Ok(store.events(&f)?.len())
        })
    };
    events("events --dyad --type", &|d| Filter { kind: Some(EventType::ALL[d.roll(16)]), ..Filter::default() })?;
    events("events --dyad --actor", &|d| Filter { actor: Some(STATES[d.skewed(40)].into()), ..Filter::default() })?;
    events("events --dyad --since", &|_| Filter { since: "2020-01-01".parse().ok(), ..Filter::default() })?;
    events("events --dyad --publisher", &|d| Filter {
        publisher: Some(format!("gazete {}", d.skewed(300))),
        ..Filter::default()
    })?;
    events("events --dyad --min-confidence --language", &|_| Filter {
        min_confidence: Some(0.5),
        language: Some(Language::Tr),
        ..Filter::default()
    })?;
    events("events --dyad --text", &|d| Filter { text: text(d, 1), ..Filter::default() })?;
    measure("search, two words --dyad", &mut |d| {
        Ok(store.search(&Filter { text: text(d, 2), dyad: pair(d), limit: Some(10), ..Filter::default() })?.found)
    })?;
    measure("quotes --speaker --limit 100", &mut |d| {
        let speaker = Some(STATES[d.skewed(40)].into());
        Ok(store.quotes(&Filter { speaker, limit: Some(100), ..Filter::default() })?.len())
    })?;
    measure("quotes --limit 100", &mut |_| Ok(store.quotes(&Filter { limit: Some(100), ..Filter::default() })?.len()))?;
    measure("events, the newest 12", &mut |_| {
        Ok(store.events(&Filter { order: Order::Newest, limit: Some(12), ..Filter::default() })?.len())
    })?;
    measure("events, the most widely reported 12", &mut |_| {
        Ok(store.events(&Filter { order: Order::Sources, limit: Some(12), ..Filter::default() })?.len())
    })?;
    measure("events --actor, the newest 10", &mut |d| {
        let actor = Some(STATES[d.skewed(40)].into());
        Ok(store.events(&Filter { actor, order: Order::Newest, limit: Some(10), ..Filter::default() })?.len())
    })?;
    measure("events --dyad, the newest 10", &mut |d| {
        Ok(store.events(&Filter { dyad: pair(d), order: Order::Newest, limit: Some(10), ..Filter::default() })?.len())
    })?;
    measure("watch: events of a pair behind 99.9%", &mut |d| {
        let new_since = Some(Arrived::Behind(articles as i64 * 999 / 1000));
        Ok(store.events(&Filter { dyad: pair(d), new_since, ..Filter::default() })?.len())
    })?;
    measure("watch: events of a type behind 99.9%", &mut |d| {
        let new_since = Some(Arrived::Behind(articles as i64 * 999 / 1000));
        Ok(store.events(&Filter { kind: Some(EventType::ALL[d.roll(16)]), new_since, ..Filter::default() })?.len())
    })?;
    measure("quotes --text --limit 100", &mut |d| {
        Ok(store.quotes(&Filter { text: text(d, 1), limit: Some(100), ..Filter::default() })?.len())
    })
}
