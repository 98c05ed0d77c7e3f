//! `haberdar eval`: how well are a user's own annotated sentences coded?

use std::{
    fs,
    io::{self, Write},
};

use anyhow::{Context, Result, bail};
use haberdar_model::{Article, ArticleMeta, EventType, Language, PartialDate, Reading, Status, reading::Event};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    cli::{Eval, Format},
    engine,
    output::{cut, rows},
};

/// An annotated text.
#[derive(Deserialize)]
struct Gold {
    #[serde(default)]
    id: serde_json::Value,
    text: String,
    lang: Option<Language>,
    published: Option<PartialDate>,
    #[serde(default)]
    events: Vec<GoldEvent>,
    /// Events that may be coded or not.
    #[serde(default)]
    also: Vec<GoldEvent>,
}

#[derive(Deserialize)]
struct GoldEvent {
    #[serde(rename = "type")]
    kind: EventType,
    #[serde(default)]
    actor: Vec<Side>,
    #[serde(default)]
    recipient: Vec<Side>,
    status: Option<Status>,
}

#[derive(Deserialize)]
struct Side {
    #[serde(default)]
    text: String,
}

/// What was counted in one text.
#[derive(Clone, Copy, Default)]
struct Counts {
    gold: usize,
    coded: usize,
    /// Type right.
    kind: usize,
    /// Type, actor and recipient right.
    whole: usize,
    /// Status annotated on an event whose type is right.
    status_known: usize,
    status: usize,
}

/// Something that is coded otherwise than annotated.
#[derive(Serialize)]
struct Wrong {
    id: String,
    /// `missed`, `spurious`, `roles`, `status`.
    error: &'static str,
    annotated: Option<String>,
    coded: Option<String>,
    why: Option<String>,
    text: String,
}

/// A measure with its interval of 95 %.
#[derive(Serialize)]
struct Score {
    measure: &'static str,
    value: f64,
    low: f64,
    high: f64,
}

pub(crate) fn run(args: &Eval) -> Result<bool> {
    let name = args.gold.display();
    let file = fs::read_to_string(&args.gold).with_context(|| format!("{name}: cannot be read; check the path"))?;
    let lines = file.lines().enumerate().filter(|(_, l)| !l.trim().is_empty());
    let gold = lines.map(|(i, l)| {
        serde_json::from_str::<Gold>(l)
            .with_context(|| format!("{name}:{}: no annotated text; write {{\"id\", \"text\", \"events\": [{{\"type\", \"actor\", \"recipient\"}}]}} (see docs/eval.md)", i + 1))
    });
    let gold: Vec<Gold> = gold.collect::<Result<_>>()?;
    if gold.is_empty() {
        bail!("{name}: holds no annotated text");
    }
    let reader = engine::reader()?;
    let read = |g: &Gold| {
        let meta = ArticleMeta { language: g.lang, published: g.published, ..ArticleMeta::default() };
        reader.read(&Article { meta, text: g.text.clone() }).ok()
    };
    let readings: Vec<Option<Reading>> = gold.par_iter().map(read).collect();
    let mut wrong = Vec::new();
    let counts: Vec<Counts> = gold.iter().zip(&readings).map(|(g, r)| compare(g, r.as_ref(), &mut wrong)).collect();
    let unread = readings.iter().filter(|r| r.is_none()).count();
    if unread > 0 {
        eprintln!("haberdar: {unread} texts are in no language that is read; what is annotated in them counts as missed");
    }
    let scores = scores(&counts);
    let cells =
        |s: &Score| vec![s.measure.to_owned(), format!("{:.3}", s.value), format!("{:.3}", s.low), format!("{:.3}", s.high)];
    if !args.errors || args.format == Format::Table {
        rows(args.format, &scores, &["measure", "value", "low", "high"], cells, "")?;
    }
    if args.errors {
        if args.format == Format::Table {
            writeln!(io::stdout().lock(), "\nErrors")?;
        }
        let table = args.format == Format::Table;
        let cells = |w: &Wrong| {
            let text = if table { cut(&w.text, 160) } else { w.text.clone() };
            let or = |s: &Option<String>| s.clone().unwrap_or_default();
            vec![w.id.clone(), w.error.to_owned(), or(&w.annotated), or(&w.coded), or(&w.why), text]
        };
        rows(args.format, &wrong, &["id", "error", "annotated", "coded", "why", "text"], cells, "There is none.")?;
    }
    Ok(true)
}

/// Words in lower case without marks.
fn words(s: &str) -> Vec<String> {
    haberdar_store::search_key(s).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// A side that is not annotated is not judged; of one that is, some mention has to share a word.
fn fits(gold: &[Side], coded: &[&str]) -> bool {
    let mut annotated = gold.iter().filter(|s| !s.text.is_empty()).peekable();
    annotated.peek().is_none()
        || annotated.any(|s| {
            let own = words(&s.text);
            coded.iter().any(|c| words(c).iter().any(|w| own.contains(w)))
        })
}

fn compare(g: &Gold, reading: Option<&Reading>, wrong: &mut Vec<Wrong>) -> Counts {
    let id = g.id.as_str().map_or_else(|| g.id.to_string(), str::to_owned);
    let statements = g.events.iter().any(|e| e.kind == EventType::Statement);
    let coded = reading.map_or(&[][..], |r| &r.events).iter().filter(|e| statements || e.kind != EventType::Statement);
    let mut coded: Vec<&Event> = coded.collect();
    let names = |ids: &[String]| -> Vec<&str> {
        let mentions = reading.map_or(&[][..], |r| &r.mentions);
        mentions.iter().filter(|m| ids.contains(&m.id)).map(|m| m.at.text.as_str()).collect()
    };
    let roles = |gold: &GoldEvent, e: &Event| {
        let (actor, recipient) = (names(&e.actor), names(&e.recipient));
        let everybody: Vec<&str> = actor.iter().chain(&recipient).copied().collect();
        match gold.kind {
            // Either side may name who takes part.
            EventType::Consult => fits(&gold.actor, &everybody) && fits(&gold.recipient, &everybody),
            _ => fits(&gold.actor, &actor) && fits(&gold.recipient, &recipient),
        }
    };
    let say =
        |e: &Event| format!("{} {} → {} ({})", e.kind, names(&e.actor).join("; "), names(&e.recipient).join("; "), e.status);
    let said = |e: &GoldEvent| {
        let side = |s: &[Side]| s.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join("; ");
        let status = e.status.map(|s| format!(" ({s})")).unwrap_or_default();
        format!("{} {} → {}{status}", e.kind, side(&e.actor), side(&e.recipient))
    };
    let mut tell = |error, gold: Option<&GoldEvent>, e: Option<&Event>| {
        let (annotated, coded, why) = (gold.map(&said), e.map(&say), e.map(|e| e.why.clone()));
        wrong.push(Wrong { id: id.clone(), error, annotated, coded, why, text: g.text.clone() });
    };
    let mut c = Counts { gold: g.events.len(), ..Counts::default() };
    let mut used = vec![false; coded.len()];
    // Those whose roles fit first, so that one act of a type does not take the place of another.
    let mut matched: Vec<Option<(usize, bool)>> = vec![None; g.events.len()];
    for whole in [true, false] {
        for (gold, found) in g.events.iter().zip(&mut matched).filter(|(_, m)| m.is_none()) {
            let fitting = (0..coded.len()).find(|&i| !used[i] && coded[i].kind == gold.kind && (!whole || roles(gold, coded[i])));
            if let Some(i) = fitting {
                used[i] = true;
                *found = Some((i, whole));
            }
        }
    }
    for (gold, found) in g.events.iter().zip(&matched) {
        let Some((i, whole)) = *found else {
            tell("missed", Some(gold), None);
            continue;
        };
        c.kind += 1;
        c.whole += usize::from(whole);
        if !whole {
            tell("roles", Some(gold), Some(coded[i]));
        }
        if let Some(status) = gold.status {
            c.status_known += 1;
            c.status += usize::from(status == coded[i].status);
            if status != coded[i].status {
                tell("status", Some(gold), Some(coded[i]));
            }
        }
    }
    let mut also: Vec<EventType> = g.also.iter().map(|e| e.kind).collect();
    let mut left = used.into_iter();
    coded.retain(|_| !left.next().unwrap_or(false));
    coded.retain(|e| match also.iter().position(|k| *k == e.kind) {
        Some(i) => {
            also.remove(i);
            false
        }
        None => true,
    });
    coded.iter().for_each(|e| tell("spurious", None, Some(e)));
    c.coded = c.kind + coded.len();
    c
}

/// Samples of the bootstrap.
const SAMPLES: usize = 1000;

fn measures(counts: impl Iterator<Item = Counts>) -> [f64; 7] {
    let mut s = Counts::default();
    for c in counts {
        s.gold += c.gold;
        s.coded += c.coded;
        s.kind += c.kind;
        s.whole += c.whole;
        s.status_known += c.status_known;
        s.status += c.status;
    }
    let share = |n: usize, of: usize| if of == 0 { 0.0 } else { n as f64 / of as f64 };
    let f1 = |n: usize| share(2 * n, s.gold + s.coded);
    [
        share(s.kind, s.coded),
        share(s.kind, s.gold),
        f1(s.kind),
        share(s.whole, s.coded),
        share(s.whole, s.gold),
        f1(s.whole),
        share(s.status, s.status_known),
    ]
}

const MEASURES: [&str; 7] = [
    "type precision",
    "type recall",
    "type F1",
    "type and roles precision",
    "type and roles recall",
    "type and roles F1",
    "status of matched events",
];

/// Each measure with its interval: texts are drawn with replacement, always the same draws.
fn scores(counts: &[Counts]) -> Vec<Score> {
    let whole = measures(counts.iter().copied());
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut draw = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        counts[(state % counts.len() as u64) as usize]
    };
    let samples: Vec<[f64; 7]> = (0..SAMPLES).map(|_| measures((0..counts.len()).map(|_| draw()))).collect();
    let at = |i: usize, share: f64| {
        let mut all: Vec<f64> = samples.iter().map(|s| s[i]).collect();
        all.sort_by(f64::total_cmp);
        all[((SAMPLES - 1) as f64 * share).round() as usize]
    };
    MEASURES
        .iter()
        .enumerate()
        .map(|(i, m)| Score { measure: m, value: whole[i], low: at(i, 0.025), high: at(i, 0.975) })
        .collect()
}
