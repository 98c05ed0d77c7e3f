//! Fills a store with made-up articles and measures how long questions take.
//!
//! ```text
//! cargo run --release -p haberdar-store --example fill_and_ask -- 100000 big.db
//! ```
//!
//! A store that is there is only asked. Articles have a dozen sentences of made-up Turkish words whose frequencies fall as those
//! of a language do, six events between states, two quotations; every second event has two reports.
#![allow(clippy::print_stdout, reason = "a program for people at a terminal")]

use std::{env, fs, path::Path, time::Instant};

use haberdar_model::{
    Article, ArticleMeta, DateBasis, EventType, Language, MentionKind, PartialDate, Polarity, QuoteKind, READING_SCHEMA, Reading,
    Span, Status,
    reading::{ArticleHead, Event, EventDate, Mention, Quote, TextSpan},
    record::{MergedDate, MergedEvent, Party, Record, Report, Story, StoryArticle},
};
use haberdar_store::{Filter, Pair, Store, StoreError};

/// Articles of one transaction.
const BATCH: usize = 1000;

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

/// The events of a pair of articles become one story; those of the same number become one event.
fn record_of(pair: &[Reading], record: &mut Record) {
    let [a, ..] = pair else { return };
    let mut ids = Vec::new();
    for (i, e) in a.events.iter().enumerate() {
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
        let id = format!("{}{i}", a.article.id);
        ids.push(id.clone());
        record.events.push(MergedEvent {
            decisions: Vec::new(),
            id,
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
        });
    }
    let articles = pair.iter().map(|r| StoryArticle {
        version_of: None,
        id: r.article.id.clone(),
        source_id: r.article.source_id.clone(),
        publisher: r.article.publisher.clone(),
        published: r.article.published,
        copy_of: None,
    });
    let day = a.article.published;
    record.stories.push(Story {
        id: format!("{}s", a.article.id),
        title: a.article.title.clone().unwrap_or_default(),
        articles: articles.collect(),
        events: ids,
        from: day,
        to: day,
    });
}

fn fill(n: usize, path: &Path) -> Result<(), StoreError> {
    let words = words();
    let mut dice = Dice(42);
    let mut store = Store::open(path)?;
    let mut record = Record::default();
    let begun = Instant::now();
    let mut done = 0;
    while done < n {
        let pairs: Vec<(Article, Reading)> = (0..BATCH.min(n - done)).map(|i| made_up(done + i, &mut dice, &words)).collect();
        let batch = store.begin()?;
        for (a, r) in &pairs {
            batch.add(a, r)?;
        }
        batch.commit()?;
        done += pairs.len();
        let readings: Vec<Reading> = pairs.into_iter().map(|p| p.1).collect();
        readings.chunks(2).for_each(|pair| record_of(pair, &mut record));
    }
    let added = begun.elapsed();
    println!("{n} articles added in {:.1} s ({:.0} a second)", added.as_secs_f64(), n as f64 / added.as_secs_f64());
    record.events.sort_by(|a, b| a.id.cmp(&b.id));
    store.replace_record(&record)?;
    println!("{} events of the record written in {:.1} s", record.events.len(), (begun.elapsed() - added).as_secs_f64());
    Ok(())
}

fn measure(what: &str, mut ask: impl FnMut(&mut Dice) -> Result<usize, StoreError>) -> Result<(), StoreError> {
    let mut dice = Dice(99);
    let (mut times, mut rows) = (Vec::new(), 0);
    for _ in 0..QUESTIONS {
        let begun = Instant::now();
        rows += ask(&mut dice)?;
        times.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!("{what:<42} median {:8.2} ms   p95 {:8.2} ms   {:.0} rows", at(0.5), at(0.95), rows as f64 / QUESTIONS as f64);
    Ok(())
}

fn main() -> Result<(), StoreError> {
    let mut args = env::args().skip(1);
    let (Some(n), Some(path)) = (args.next().and_then(|n| n.parse::<usize>().ok()), args.next()) else {
        println!("usage: fill_and_ask ARTICLES FILE");
        return Ok(());
    };
    let path = Path::new(&path);
    if !path.exists() {
        fill(n, path)?;
    }
    let bytes = fs::metadata(path).map_or(0, |m| m.len());
    let store = Store::open_read_only(path)?;
    let articles = store.counts()?.articles;
    println!("{bytes} bytes, {} an article", bytes / articles.max(1) as u64);
    let words = words();
    let pair = |d: &mut Dice| Some(Pair { a: STATES[d.skewed(40)].into(), b: STATES[d.skewed(40)].into() });
    measure("open", |_| Store::open_read_only(path).map(|_| 1))?;
    measure("events --dyad", |d| Ok(store.events(&Filter { dyad: pair(d), ..Filter::default() })?.len()))?;
    measure("events --dyad --limit 100", |d| {
        Ok(store.events(&Filter { dyad: pair(d), limit: Some(100), ..Filter::default() })?.len())
    })?;
    measure("dyad: what counts of its acts", |d| {
        let code = |d: &mut Dice| STATES[d.skewed(40)].parse().ok();
        let (Some(a), Some(b)) = (code(d), code(d)) else { return Ok(0) };
        Ok(store.acts_between(a, b)?.len())
    })?;
    measure("dyad with filters: its events and stories", |d| {
        let f = Filter { dyad: pair(d), ..Filter::default() };
        Ok(store.events(&f)?.len() + store.stories(&f)?.len())
    })?;
    let text =
        |d: &mut Dice, n: usize| (0..n).map(|_| words[d.skewed(words.len())].as_str()).collect::<Vec<_>>().join(" ").parse().ok();
    measure("search, one word", |d| Ok(store.search(&Filter { text: text(d, 1), limit: Some(10), ..Filter::default() })?.found))?;
    measure("search, two words", |d| {
        Ok(store.search(&Filter { text: text(d, 2), limit: Some(10), ..Filter::default() })?.found)
    })?;
    measure("search, two words --dyad", |d| {
        Ok(store.search(&Filter { text: text(d, 2), dyad: pair(d), limit: Some(10), ..Filter::default() })?.found)
    })?;
    measure("quotes --text --limit 100", |d| {
        Ok(store.quotes(&Filter { text: text(d, 1), limit: Some(100), ..Filter::default() })?.len())
    })
}
