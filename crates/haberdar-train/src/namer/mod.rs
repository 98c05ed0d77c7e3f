//! The second look at names: what it learns from, and how good it is.

pub mod lists;
pub mod tidy;

use haberdar_lang::{
    Analyzer, NameClass,
    namer::{
        CLASSES, TAGS, Trained,
        features::{Context, Lists, look},
        given, tag,
    },
    rows::{KEY, STRIDE},
};
use haberdar_model::Language;

use crate::{
    crf::{self, Example},
    cutting,
    names::Tagged,
};

/// How the shares of the network's scores, by class, are to one another: of titles it has seen too few.
const SHARES: [f32; 7] = [1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 1.0];

/// How the second look is made.
#[derive(Clone, Debug)]
pub struct Plan {
    /// How weights are learned.
    pub learning: crf::Plan,
    /// How many features are kept.
    pub features: usize,
    /// How much the network's scores count in reading; first, what is added for no name.
    pub reading: crf::Row,
}

/// So much of the network's scores for each tag, and so little for no name.
pub fn shares(share: f32, bias: f32) -> crf::Row {
    let mut out = [0.0; STRIDE];
    out[0] = -bias;
    for (t, o) in out.iter_mut().enumerate().take(TAGS).skip(1) {
        *o = share * SHARES[(t - 1) / 2];
    }
    out
}

/// Learns from all features, then from those that mattered.
pub fn make(examples: &[Example], lists: &Lists, plan: &Plan, say: &dyn Fn(&str)) -> Trained {
    let w = crf::twice(examples, TAGS, &plan.learning, plan.features, say);
    let mut lists: Vec<(u32, u16)> = lists.of.iter().map(|(k, b)| (*k, *b)).collect();
    lists.sort_unstable();
    Trained { rows: w.stored(), moves: w.moves.map(|r| crf::whole(&r)), given: crf::whole(&plan.reading), lists }
}

/// The class of a tag of the corpus, by its number.
fn class(kind: &str) -> usize {
    CLASSES.iter().position(|c| *c == kind).unwrap_or(CLASSES.len() - 1)
}

/// A name: first byte, byte behind it, class.
pub type Span = (usize, usize, usize);

/// A text with its names and what the analyzer made of it.
pub struct Case {
    /// The text.
    pub text: String,
    /// Names that count, by bytes of the text.
    pub gold: Vec<Span>,
    /// What is seen of its sentences.
    pub examples: Vec<Example>,
}

/// Reads the tagged sentences with the analyzer. `spaced`: tokens apart instead of as they are usually written.
pub fn cases(analyzer: &Analyzer, tagged: &[Tagged], lists: &Lists, spaced: bool) -> Vec<Case> {
    tagged.iter().map(|s| case(analyzer, s, lists, spaced)).collect()
}

fn case(analyzer: &Analyzer, tagged: &Tagged, lists: &Lists, spaced: bool) -> Case {
    let words = tagged.iter().map(|(w, _)| w.as_str());
    let text = if spaced { words.clone().collect::<Vec<_>>().join(" ") } else { cutting::glue(words.clone()) };
    let mut at = 0;
    let mut places = Vec::new();
    for w in words {
        let from = text[at..].find(w).map_or(at, |p| at + p);
        places.push((from, from + w.len()));
        at = from + w.len();
    }
    let mut gold: Vec<Span> = Vec::new();
    let mut maybe: Vec<(usize, usize, bool)> = Vec::new();
    for (place, (_, t)) in places.iter().zip(tagged) {
        match (t.split_once('-'), gold.last_mut()) {
            (Some(_), _) if tag(t) == 0 && !t.starts_with(['?', '!']) => {}
            (Some(("I", _)), Some(last)) => last.1 = place.1,
            (Some((sure @ ("?" | "!"), _)), _) => maybe.push((place.0, place.1, sure == "!")),
            (Some((_, kind)), _) => gold.push((place.0, place.1, class(kind))),
            _ => {}
        }
    }
    let tags: Vec<u8> = analyzer.model().net.name_tags.iter().map(|t| tag(t)).collect();
    let mut examples = Vec::new();
    let mut buffer = Vec::new();
    analyzer.show(&text, &mut |sentence, infos, scores| {
        let mut e = Example { features: Vec::new(), ends: Vec::new(), given: Vec::new(), allowed: Vec::new() };
        let mut atoms = Vec::new();
        let mut all = Vec::new();
        let mut seen = Vec::new();
        let mut spans = Vec::new();
        for (w, info) in sentence.words.iter().zip(infos) {
            seen.push(look(w, info, lists, Language::Tr, &mut buffer, &mut atoms));
            all.push(atoms.clone());
            let span = (w.from as usize, w.from as usize + w.form.len());
            spans.push(span);
            let of = gold.iter().find(|g| g.0 < span.1 && span.0 < g.1);
            let inside = of.is_some_and(|g| spans.iter().rev().nth(1).is_some_and(|s| g.0 < s.1 && s.0 < g.1));
            let tag = of.map_or(0, |g| 1 + 2 * g.2 as u8 + inside as u8);
            let open = maybe.iter().find(|m| m.0 < span.1 && span.0 < m.1);
            e.allowed.push(open.map_or(1 << tag, |m| !m.2 as u16 | 3 << (1 + 2 * class("TITLE"))));
        }
        let context = Context::new(sentence, seen.iter().collect(), lists);
        for i in 0..seen.len() {
            e.reach(&all, i);
            context.features(i, &mut e.features);
            e.ends.push(e.features.len() as u32);
        }
        e.features.iter_mut().for_each(|f| *f >>= 32 - KEY);
        e.given.extend(scores.names.chunks_exact(tags.len().max(1)).map(|row| given(&tags, row)));
        examples.push(e);
    });
    gold.retain(|g| g.2 + 1 < CLASSES.len());
    Case { text, gold, examples }
}

/// Names that are both, that were found, that are in the gold.
#[derive(Clone, Copy, Debug, Default)]
pub struct Figures {
    counts: [[usize; 3]; CLASSES.len()],
}

impl Figures {
    /// Counts the names of a text.
    pub fn add(&mut self, gold: &[Span], found: &[Span]) {
        for f in found {
            self.counts[f.2][0] += gold.contains(f) as usize;
            self.counts[f.2][1] += 1;
        }
        gold.iter().for_each(|g| self.counts[g.2][2] += 1);
    }

    /// F1 over all classes.
    pub fn f1(&self) -> f64 {
        let sum = |i: usize| self.counts.iter().map(|c| c[i]).sum::<usize>();
        2.0 * sum(0) as f64 / (sum(1) + sum(2)).max(1) as f64
    }
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "F1 {:.4}", self.f1())?;
        for (c, [both, found, gold]) in CLASSES.iter().zip(&self.counts).take(CLASSES.len() - 1) {
            let part = |of: usize| *both as f64 / of.max(1) as f64;
            let f1 = 2.0 * *both as f64 / (found + gold).max(1) as f64;
            write!(f, "  {c} {f1:.3} (P {:.2} R {:.2} of {gold})", part(*found), part(*gold))?;
        }
        Ok(())
    }
}

/// The names that the analyzer finds in a text.
fn found(analyzer: &Analyzer, text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    for s in &analyzer.analyze(text).sentences {
        for n in &s.names {
            let (first, last) = (&s.words[n.first_word], &s.words[n.last_word - 1]);
            let kind = if n.class == NameClass::Per { "PERSON" } else { n.class.as_str() };
            out.push((first.from as usize, last.from as usize + last.form.len(), class(kind)));
        }
    }
    out
}

/// Measures an analyzer over the texts of cases.
pub fn measure(analyzer: &Analyzer, cases: &[Case]) -> Figures {
    let mut figures = Figures::default();
    cases.iter().for_each(|c| figures.add(&c.gold, &found(analyzer, &c.text)));
    figures
}

/// The texts with names that are missed (-) or found in addition (+).
pub fn errors(analyzer: &Analyzer, cases: &[Case]) -> String {
    let mut out = String::new();
    for c in cases {
        let found = found(analyzer, &c.text);
        let say = |s: &Span| format!("{} [{}]", &c.text[s.0..s.1], CLASSES[s.2]);
        let list = |a: &[Span], b: &[Span]| a.iter().filter(|s| !b.contains(s)).map(say).collect::<Vec<_>>().join("; ");
        let (missed, wrong) = (list(&c.gold, &found), list(&found, &c.gold));
        if !missed.is_empty() || !wrong.is_empty() {
            out += &format!("{}\n   - {missed}\n   + {wrong}\n", c.text);
        }
    }
    out
}
