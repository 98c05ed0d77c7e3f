//! Merged events against chains of event mentions.

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    io::Write,
};

use haberdar_model::{Reading, Span};
use haberdar_reconcile::{Input, NoRecord, reconcile_with};
use serde_json::Value;

/// A gold mention.
struct Mention {
    article: String,
    topic: String,
    span: Span,
    text: String,
    chain: String,
}

/// Mentions by cluster.
type Clusters = BTreeMap<String, BTreeSet<usize>>;

pub(crate) fn measure(gold: &[Value], given: &BTreeMap<String, Reading>) -> Result<(), Box<dyn Error>> {
    let (mut rows, mut mentions) = (Vec::new(), Vec::new());
    for row in gold {
        let get = |k: &str| row[k].as_str().unwrap_or_default().to_owned();
        let Some(reading) = given.get(&get("id")) else { continue };
        let text = if row["title"].is_string() { format!("{}\n{}", get("title"), get("text")) } else { get("text") };
        mentions.extend(of_row(row, &reading.article.id, &text));
        rows.push((reading.clone(), text));
    }
    let inputs: Vec<Input<'_>> = rows.iter().map(|(reading, text)| Input { reading, text }).collect();
    let record = reconcile_with(&inputs, &NoRecord);
    // Our event whose trigger meets the mention; what we do not code stands alone.
    let mut coded: BTreeMap<&str, Vec<(Span, &str)>> = BTreeMap::new();
    for e in &record.events {
        for r in &e.reports {
            coded.entry(&r.article).or_default().push((r.span, &e.id));
        }
    }
    let ours = clusters(&mentions, |m| {
        let found = coded.get(m.article.as_str())?.iter().find(|c| c.0.start < m.span.end && m.span.start < c.0.end)?;
        Some(found.1.to_owned())
    });
    let found: BTreeSet<usize> = ours.iter().filter(|c| c.0.starts_with("b3:")).flat_map(|c| c.1.iter().copied()).collect();
    let lemma = clusters(&mentions, |m| Some(format!("{} {}", m.topic, stem(&m.text))));
    let chains = clusters(&mentions, |m| Some(m.chain.clone()));
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} mentions, {} of them coded", mentions.len(), found.len())?;
    for (name, got) in [("merged events", &ours), ("same lemma", &lemma)] {
        writeln!(out, "all mentions, {name}: {}", scores(got, &chains))?;
    }
    let only = |all: &Clusters| -> Clusters {
        let kept = all.iter().map(|(k, v)| (k.clone(), v.intersection(&found).copied().collect::<BTreeSet<_>>()));
        kept.filter(|c| !c.1.is_empty()).collect()
    };
    for (name, got) in [("merged events", &ours), ("same lemma", &lemma)] {
        writeln!(out, "coded mentions, {name}: {}", scores(&only(got), &only(&chains)))?;
    }
    Ok(())
}

fn of_row(row: &Value, article: &str, text: &str) -> Vec<Mention> {
    let get = |v: &Value, k: &str| v[k].as_str().unwrap_or_default().to_owned();
    let mention = |v: &Value, span: Span, chain: String| Mention {
        article: article.to_owned(),
        topic: get(row, "topic"),
        span,
        text: get(v, "text"),
        chain: format!("{} {chain}", get(row, "topic")),
    };
    let list = |k: &str| row[k].as_array().cloned().unwrap_or_default();
    let mut out: Vec<Mention> = list("events")
        .iter()
        .filter(|e| e["instance"].is_string())
        .map(|e| {
            let at = |k: &str| e[k].as_u64().unwrap_or_default() as usize;
            mention(e, Span { start: at("start"), end: at("end") }, get(e, "instance"))
        })
        .collect();
    // ECB+ gives the words alone: the n-th mention of a word is its n-th place in the text.
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    for e in list("event_mentions") {
        let words = get(&e, "text");
        let from = used.get(&words).copied().unwrap_or_default();
        if let Some(at) = text[from..].find(&words).map(|i| i + from) {
            used.insert(words.clone(), at + words.len());
            let start = text[..at].chars().count();
            out.push(mention(&e, Span { start, end: start + words.chars().count() }, get(&e, "chain")));
        }
    }
    out
}

/// A word without its English endings.
fn stem(text: &str) -> String {
    let word = text.to_lowercase();
    let cut = ["ing", "ed", "es", "s", "e"].iter().find_map(|end| word.strip_suffix(end).filter(|w| w.len() > 2));
    cut.unwrap_or(&word).to_owned()
}

fn clusters(mentions: &[Mention], of: impl Fn(&Mention) -> Option<String>) -> Clusters {
    let mut out = Clusters::new();
    for (i, m) in mentions.iter().enumerate() {
        out.entry(of(m).unwrap_or_else(|| format!("alone {i}"))).or_default().insert(i);
    }
    out
}

fn scores(got: &Clusters, want: &Clusters) -> String {
    let f = |p: f64, r: f64| if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
    let muc = f(muc(got, want), muc(want, got));
    let (p, r) = (b_cubed(got, want), b_cubed(want, got));
    let shared = ceaf_e(got, want);
    let ceaf = f(shared / got.len() as f64, shared / want.len() as f64);
    format!("MUC {muc:.3}, B3 P {p:.3} R {r:.3} F1 {:.3}, CEAF-e {ceaf:.3}, CoNLL {:.3}", f(p, r), (muc + f(p, r) + ceaf) / 3.0)
}

fn owner(of: &Clusters) -> BTreeMap<usize, &str> {
    of.iter().flat_map(|(k, v)| v.iter().map(move |&m| (m, k.as_str()))).collect()
}

/// Share of the links of `a` that stand in `b`.
fn muc(a: &Clusters, b: &Clusters) -> f64 {
    let owner = owner(b);
    let (mut kept, mut all) = (0, 0);
    for c in a.values() {
        let parts: BTreeSet<&str> = c.iter().map(|m| owner[m]).collect();
        kept += c.len() - parts.len();
        all += c.len() - 1;
    }
    if all == 0 { 0.0 } else { kept as f64 / all as f64 }
}

fn b_cubed(a: &Clusters, b: &Clusters) -> f64 {
    let owner = owner(b);
    let (mut sum, mut n) = (0.0, 0.0);
    for c in a.values() {
        for m in c {
            sum += c.intersection(&b[owner[m]]).count() as f64 / c.len() as f64;
            n += 1.0;
        }
    }
    sum / n
}

/// Similarity of a one-to-one alignment of clusters, found greedily: a lower bound of CEAF-e, for both sides alike.
fn ceaf_e(a: &Clusters, b: &Clusters) -> f64 {
    let owner = owner(b);
    let mut pairs: Vec<(f64, &str, &str)> = Vec::new();
    for (k, c) in a {
        let others: BTreeSet<&str> = c.iter().map(|m| owner[m]).collect();
        for o in others {
            let common = c.intersection(&b[o]).count() as f64;
            pairs.push((2.0 * common / (c.len() + b[o].len()) as f64, k, o));
        }
    }
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let (mut left, mut right) = (BTreeSet::new(), BTreeSet::new());
    let mut sum = 0.0;
    for (s, x, y) in pairs {
        if !left.contains(x) && !right.contains(y) {
            left.insert(x);
            right.insert(y);
            sum += s;
        }
    }
    sum
}
