//! B-cubed precision, recall and F1 of the stories of a gold file.
//!
//! `score_stories GOLD.jsonl [READINGS.jsonl]`: gold rows `{"id","text","title"?,"story"}`; readings as `haberdar read`
//! prints them (their `source_id` is the row's `id`). Without readings the texts alone are compared.

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    io::Write,
};

use haberdar_model::{Article, ArticleMeta, Reading};
use haberdar_reconcile::{Input, NoRecord, reconcile_with};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let gold = std::fs::read_to_string(args.next().ok_or("usage: score_stories GOLD.jsonl [READINGS.jsonl]")?)?;
    let mut given: BTreeMap<String, Reading> = BTreeMap::new();
    if let Some(path) = args.next() {
        for line in std::fs::read_to_string(path)?.lines() {
            if let Ok(r) = serde_json::from_str::<Reading>(line) {
                given.insert(r.article.source_id.clone(), r);
            }
        }
    }
    let (mut rows, mut want) = (Vec::new(), BTreeMap::new());
    for line in gold.lines() {
        let row: Value = serde_json::from_str(line)?;
        let get = |k: &str| row[k].as_str().unwrap_or_default().to_owned();
        let reading = given.remove(&get("id")).map_or_else(|| bare(&get("id"), &get("text"), &get("title")), Ok)?;
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
fn bare(id: &str, text: &str, title: &str) -> Result<Reading, serde_json::Error> {
    let article = Article { meta: ArticleMeta::default(), text: format!("{id} {text}") };
    serde_json::from_value(json!({
        "schema": haberdar_model::READING_SCHEMA, "sentences": [], "mentions": [], "events": [], "quotes": [], "dates": [],
        "quantities": [], "flags": [], "skipped": [],
        "article": { "id": article.id(), "source_id": id, "title": title, "url": null, "publisher": null, "published": null,
            "language": "en", "words": 0, "text_sha256": "" },
    }))
}
