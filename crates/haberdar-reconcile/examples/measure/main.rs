//! How well stories, similarity and merged events agree with gold files.
//!
//! * `measure stories GOLD.jsonl [READINGS.jsonl]`: B-cubed of stories; gold rows `{"id","text","title"?,"story"}`.
//! * `measure pairs GOLD.jsonl`: Pearson of the similarity of two texts; gold rows `{"lang1","lang2","text1","text2","overall"}`,
//!   where a higher `overall` is less similar. Odd and even rows are given apart, too.
//! * `measure events GOLD.jsonl READINGS.jsonl`: MUC, B-cubed, CEAF-e and their mean (CoNLL) of merged events beside the
//!   baseline that joins mentions of one word; gold rows of ECB+ (`event_mentions`) or MEANTIME (`events`).
//!
//! Readings are as `haberdar read` prints them; their `source_id` is the row's `id`. Those of ECB+ are of the title and the
//! text, with a line break between them. Nothing here is read by the program itself.

mod coreference;

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    io::Write,
};

use haberdar_model::{Article, ArticleMeta, Language, Reading};
use haberdar_reconcile::{Input, NoRecord, Text, reconcile_with, similarity};
use serde_json::{Value, json};

type Outcome = Result<(), Box<dyn Error>>;

fn main() -> Outcome {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let gold = |i: usize| -> Result<Vec<Value>, Box<dyn Error>> {
        let text = std::fs::read_to_string(args.get(i).ok_or("a gold file is missing")?)?;
        Ok(text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
    };
    match args.first().map(String::as_str) {
        Some("stories") => stories(&gold(1)?, &readings(args.get(2))?),
        Some("pairs") => pairs(&gold(1)?),
        Some("events") => coreference::measure(&gold(1)?, &readings(args.get(2))?),
        _ => Err("usage: measure stories|pairs|events GOLD.jsonl [READINGS.jsonl]".into()),
    }
}

fn readings(path: Option<&String>) -> Result<BTreeMap<String, Reading>, Box<dyn Error>> {
    let Some(path) = path else { return Ok(BTreeMap::new()) };
    let text = std::fs::read_to_string(path)?;
    let all = text.lines().filter_map(|l| serde_json::from_str::<Reading>(l).ok());
    Ok(all.map(|r| (r.article.source_id.clone(), r)).collect())
}

fn stories(gold: &[Value], given: &BTreeMap<String, Reading>) -> Outcome {
    let (mut rows, mut want) = (Vec::new(), BTreeMap::new());
    for row in gold {
        let get = |k: &str| row[k].as_str().unwrap_or_default().to_owned();
        let mut reading = match given.get(&get("id")) {
            Some(r) => r.clone(),
            None => bare(&get("id"), &get("text"))?,
        };
        reading.article.title = Some(get("title"));
        want.insert(reading.article.id.clone(), get("story"));
        rows.push((reading, get("text")));
    }
    let inputs: Vec<Input<'_>> = rows.iter().map(|(reading, text)| Input { reading, text }).collect();
    let started = std::time::Instant::now();
    let record = reconcile_with(&inputs, &NoRecord);
    let seconds = started.elapsed().as_secs_f64();
    let got: BTreeMap<String, String> =
        record.stories.iter().flat_map(|s| s.articles.iter().map(|a| (a.id.clone(), s.id.clone()))).collect();
    let (p, r) = (b_cubed(&got, &want), b_cubed(&want, &got));
    let f1 = 2.0 * p * r / (p + r);
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{} articles, {} stories of {}; P {p:.3} R {r:.3} F1 {f1:.3}; {seconds:.1} s",
        want.len(),
        record.stories.len(),
        want.values().collect::<BTreeSet<_>>().len()
    )?;
    writeln!(out, "{} events, {} conflicts", record.events.len(), record.conflicts.len())?;
    Ok(())
}

/// Mean share of an article's group in `a` that is also in its group in `b`.
fn b_cubed(a: &BTreeMap<String, String>, b: &BTreeMap<String, String>) -> f64 {
    let mut groups: BTreeMap<&String, Vec<&String>> = BTreeMap::new();
    for (id, g) in a {
        groups.entry(g).or_default().push(id);
    }
    let share = |id: &String| {
        let group = &groups[&a[id]];
        group.iter().filter(|k| b.get(**k) == b.get(id)).count() as f64 / group.len() as f64
    };
    a.keys().map(share).sum::<f64>() / a.len() as f64
}

/// A reading of an article in which nothing was understood.
fn bare(id: &str, text: &str) -> Result<Reading, serde_json::Error> {
    let article = Article { meta: ArticleMeta::default(), text: format!("{id} {text}") };
    serde_json::from_value(json!({
        "schema": haberdar_model::READING_SCHEMA, "sentences": [], "mentions": [], "events": [], "quotes": [], "dates": [],
        "quantities": [], "flags": [], "skipped": [],
        "article": { "id": article.id(), "source_id": id, "title": null, "url": null, "publisher": null, "published": null,
            "language": "en", "words": 0, "text_sha256": "" },
    }))
}

fn pairs(gold: &[Value]) -> Outcome {
    /// Similarity by us, dissimilarity by people.
    type Judged = (f64, f64);
    let mut groups: BTreeMap<String, Vec<Judged>> = BTreeMap::new();
    for row in gold {
        let get = |k: &str| row[k].as_str().unwrap_or_default();
        let text = |k: &str, l: &str| Text::new(None, get(k), get(l).parse::<Language>().ok());
        let mut langs = [get("lang1"), get("lang2")];
        langs.sort_unstable();
        let judged = row["overall"].as_f64().ok_or("a row without `overall`")?;
        let ours = similarity(&text("text1", "lang1"), &text("text2", "lang2"));
        groups.entry(langs.join("-")).or_default().push((ours, judged));
    }
    let mut out = std::io::stdout().lock();
    for (langs, rows) in groups {
        let half = |odd: usize| pearson(rows.iter().skip(odd).step_by(2).copied());
        let all = pearson(rows.iter().copied());
        writeln!(out, "{langs}: {} pairs, Pearson {all:.3}; halves {:.3} and {:.3}", rows.len(), half(0), half(1))?;
    }
    Ok(())
}

fn pearson(rows: impl Iterator<Item = (f64, f64)> + Clone) -> f64 {
    let n = rows.clone().count() as f64;
    let mean = |f: fn((f64, f64)) -> f64| rows.clone().map(f).sum::<f64>() / n;
    let (mx, my) = (mean(|r| r.0), mean(|r| r.1));
    let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
    for (x, y) in rows {
        xy += (x - mx) * (y - my);
        xx += (x - mx) * (x - mx);
        yy += (y - my) * (y - my);
    }
    // Gold counts what differs.
    -xy / (xx * yy).sqrt()
}
