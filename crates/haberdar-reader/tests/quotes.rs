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
    let kind = head.trim_start_matches("# ").split_whitespace().nth(1).expect("a kind").to_owned();
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

/// What was measured on a set of passages.
#[derive(Default)]
struct Measured {
    hit: usize,
    found: usize,
    wanted: usize,
    right: usize,
    named: usize,
    kinds: BTreeMap<String, (usize, usize)>,
    missed: String,
}

impl Measured {
    fn f1(&self) -> f64 {
        2.0 * self.hit as f64 / (self.found + self.wanted) as f64
    }

    fn speakers(&self) -> f64 {
        self.right as f64 / self.named as f64
    }

    fn told(&self) -> String {
        let Measured { hit, found, wanted, named, kinds, .. } = self;
        let (f1, speakers) = (self.f1(), self.speakers());
        format!("content F1 {f1:.3} ({hit} of {wanted}, {found} found), speaker right {speakers:.3} of {named}; {kinds:?}")
    }
}

fn measure(reader: &Reader, text: &str) -> Measured {
    let mut m = Measured::default();
    for p in text.trim().split("\n\n# ").map(parse) {
        let meta = ArticleMeta { source_id: "passage".into(), language: Some(Language::Tr), ..Default::default() };
        let reading = reader.read(&Article { meta, text: p.text.clone() }).expect("a language is given");
        let mut free: BTreeSet<usize> = (0..reading.quotes.len()).collect();
        m.found += reading.quotes.len();
        for (content, source) in p.said.values().filter(|s| !s.0.is_empty()) {
            m.wanted += 1;
            let kind = m.kinds.entry(p.kind.clone()).or_default();
            kind.1 += 1;
            let shared = |i: &usize| {
                (reading.quotes[*i].at.span.start..reading.quotes[*i].at.span.end).filter(|k| content.contains(k)).count()
            };
            let best = free.iter().copied().max_by_key(shared);
            let best = best.filter(|b| {
                let span = reading.quotes[*b].at.span;
                shared(b) * 2 >= content.len().min(span.end - span.start)
            });
            let Some(best) = best else {
                m.missed += &format!("{}\n  not found: what {source:?} says\n", p.text);
                continue;
            };
            let q = &reading.quotes[best];
            free.remove(&best);
            m.hit += 1;
            kind.0 += 1;
            if source.is_empty() {
                continue;
            }
            m.named += 1;
            let speaker = reading.mentions.iter().find(|m| Some(&m.id) == q.speaker.as_ref());
            let mut said = speaker.map_or(BTreeSet::new(), |m| words(&format!("{} {}", m.at.text, m.name)));
            said.extend(words(q.speaker_text.as_deref().unwrap_or_default()));
            let fits = words(source).iter().any(|w| said.contains(w));
            m.right += usize::from(fits);
            if !fits {
                m.missed += &format!("{}\n  {:?} is to be said by {source:?}, but is by {said:?}\n", p.text, q.at.text);
            }
        }
        for i in free {
            m.missed += &format!("{}\n  found too much: {:?}\n", p.text, reading.quotes[i].at.text);
        }
    }
    m
}

#[test]
#[allow(clippy::print_stdout)] // what is measured is to be seen
fn turkish_attributions_are_found_with_their_speakers() {
    let reader = Reader::new().expect("the shipped models and tables load");
    for (name, text, f1, speakers) in
        [("plain", include_str!("quotes.tr.txt"), 0.865, 0.89), ("hard", include_str!("quotes_hard.tr.txt"), 0.91, 0.915)]
    {
        let m = measure(&reader, text);
        if std::env::var_os("HABERDAR_SHOW").is_some() {
            println!("{}", m.missed);
        }
        println!("{name}: {}", m.told());
        assert!(m.f1() >= f1 && m.speakers() >= speakers, "{name}: {}", m.told());
    }
}
