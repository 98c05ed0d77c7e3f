//! Who says what, measured on 160 passages of our own (`quotes.tr.txt`): the figures may grow and must not fall.
//!
//! A passage is a line `# NUMBER kind`, then text with marks: `{s1 …}` the source of attribution 1, `{c1 …}` its cue, `{q1 …}` its
//! content. A quotation counts where its content shares at least half of the shorter one's characters; the speaker is
//! right where a word of the source is among those of the mention or its name. `HABERDAR_SHOW=1 cargo test -p haberdar-reader
//! --test quotes -- --nocapture` shows the figures and the wrong speakers.

use std::collections::{BTreeMap, BTreeSet};

use haberdar_model::{Article, ArticleMeta, Language};
use haberdar_reader::Reader;

struct Passage {
    kind: String,
    text: String,
    /// Characters of each attribution's content, and its source.
    said: BTreeMap<String, (BTreeSet<usize>, String)>,
}

fn parse(block: &str) -> Passage {
    let (head, body) = block.split_once('\n').expect("a head and a text");
    let kind = head.split_whitespace().nth(2).expect("a kind").to_owned();
    let mut p = Passage { kind, text: String::new(), said: BTreeMap::new() };
    let mut open: Vec<(char, String)> = Vec::new();
    let mut rest = body.chars().peekable();
    let mut at = 0;
    while let Some(c) = rest.next() {
        match c {
            '{' => {
                let tag: String = std::iter::from_fn(|| rest.next_if(|c| *c != ' ')).collect();
                rest.next();
                open.push((tag.chars().next().unwrap_or('?'), tag[1..].to_owned()));
            }
            '}' => drop(open.pop().expect("an open mark")),
            c => {
                for (mark, number) in &open {
                    let said = p.said.entry(number.clone()).or_default();
                    match mark {
                        'q' => drop(said.0.insert(at)),
                        's' => said.1.push(c),
                        _ => {}
                    }
                }
                p.text.push(c);
                at += 1;
            }
        }
    }
    assert!(open.is_empty(), "{head}");
    p
}

fn words(text: &str) -> BTreeSet<String> {
    let word = |w: &str| haberdar_lang::casing::fold_tr(w.split(['\'', '’']).next().unwrap_or_default());
    text.split_whitespace().map(word).filter(|w| w.chars().count() > 2).collect()
}

#[test]
#[allow(clippy::print_stdout)] // what is measured is to be seen
fn turkish_attributions_are_found_with_their_speakers() {
    let reader = Reader::new().expect("the shipped models and tables load");
    let (mut hit, mut found, mut wanted, mut right, mut named) = (0, 0, 0, 0, 0);
    let mut missed = String::new();
    let mut kinds: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let passages: Vec<Passage> = include_str!("quotes.tr.txt").trim().split("\n\n").map(parse).collect();
    assert!(passages.len() >= 150);
    for p in &passages {
        let meta = ArticleMeta { source_id: "passage".into(), language: Some(Language::Tr), ..Default::default() };
        let reading = reader.read(&Article { meta, text: p.text.clone() }).expect("a language is given");
        let mut free: BTreeSet<usize> = (0..reading.quotes.len()).collect();
        found += reading.quotes.len();
        for (content, source) in p.said.values().filter(|s| !s.0.is_empty()) {
            wanted += 1;
            let kind = kinds.entry(p.kind.clone()).or_default();
            kind.1 += 1;
            let shared = |i: &usize| {
                (reading.quotes[*i].at.span.start..reading.quotes[*i].at.span.end).filter(|k| content.contains(k)).count()
            };
            let Some(best) = free.iter().copied().max_by_key(shared) else { continue };
            let q = &reading.quotes[best];
            if shared(&best) * 2 < content.len().min(q.at.span.end - q.at.span.start) {
                continue;
            }
            free.remove(&best);
            hit += 1;
            kind.0 += 1;
            if source.is_empty() {
                continue;
            }
            named += 1;
            let speaker = reading.mentions.iter().find(|m| Some(&m.id) == q.speaker.as_ref());
            let said = speaker.map_or(BTreeSet::new(), |m| words(&format!("{} {}", m.at.text, m.name)));
            let fits = words(source).iter().any(|w| said.contains(w));
            right += usize::from(fits);
            if !fits {
                missed += &format!("{}\n  {:?} is to be said by {source:?}, but is by {said:?}\n", p.text, q.at.text);
            }
        }
    }
    if std::env::var_os("HABERDAR_SHOW").is_some() {
        println!("{missed}");
    }
    let f1 = 2.0 * hit as f64 / (found + wanted) as f64;
    let speakers = right as f64 / named as f64;
    let told =
        format!("content F1 {f1:.3} ({hit} of {wanted}, {found} found), speaker right {speakers:.3} of {named}; {kinds:?}");
    assert!(f1 >= 0.84 && speakers >= 0.85, "{told}");
    println!("{told}");
}
