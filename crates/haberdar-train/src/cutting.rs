//! Training of what cuts text: ends of sentences, tokens of several words.

use haberdar_lang::{
    lexicon::Lexicon,
    linear::Rows,
    sentences::{self, Around, Mark, Place, Readings},
    split,
    tokenize::{Abbreviations, Gap, Token, tokenize},
    word::{WordInfo, normal_chars},
};
use haberdar_model::Language;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::{
    perceptron::{self, Perceptron, Random},
    treebank::Gold,
};

/// Largest packed weight.
const LARGEST: i32 = 2000;
/// Orders in which the ends of sentences are learned.
const ORDERS: u64 = 2;

/// A sentence for learning where sentences end.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its text.
    pub text: String,
    /// Annotation style, as a treebank has it.
    pub scheme: u32,
    /// Where the sentences before belong to the same text: no paragraph starts here.
    pub follows: bool,
    /// Raw text: a line that may hold several sentences. Only what has no mark is learned from.
    pub raw: bool,
}

impl Line {
    /// The sentences of treebanks. Those that mark paragraphs have texts in order, the others single sentences.
    pub fn of(gold: &[&Gold]) -> Vec<Line> {
        let ordered = |scheme: u32| gold.iter().any(|g| g.scheme == scheme && g.paragraph);
        let schemes: Vec<u32> = (0..16).filter(|&s| ordered(s)).collect();
        let line = |g: &&Gold| Line {
            // Treebanks without real spacing have every token apart.
            text: if g.scheme < 3 { g.text.clone() } else { glue(g.tokens.iter().map(|t| &g.text[t.start..t.end])) },
            scheme: g.scheme,
            follows: schemes.contains(&g.scheme) && !g.paragraph,
            raw: false,
        };
        gold.iter().map(line).collect()
    }
}

/// Tokens as a text, with the usual spacing.
pub fn glue<'t>(tokens: impl Iterator<Item = &'t str>) -> String {
    let mut out = String::new();
    let (mut open, mut quoted) = (true, false);
    for t in tokens {
        let quote = t == "\"";
        let closes = matches!(t, "." | "," | ";" | ":" | "!" | "?" | "..." | "…" | ")" | "]" | "”" | "»") || quote && quoted;
        if !open && !closes {
            out.push(' ');
        }
        out.push_str(t);
        quoted ^= quote;
        open = matches!(t, "(" | "[" | "“" | "«") || quote && quoted;
    }
    out
}

/// A place to learn from.
struct Case {
    at: usize,
    place: Place,
    end: bool,
    scheme: u32,
}

/// Sentences joined by blanks, as the tokenizer sees them.
struct Joined {
    text: String,
    tokens: Vec<Token>,
    cases: Vec<Case>,
    /// Whether each token is a sentence's last.
    ends: Vec<bool>,
}

impl Joined {
    fn new(lines: &[&Line], lang: Language, abbreviations: &Abbreviations) -> Joined {
        let mut text = String::new();
        let mut borders: Vec<(usize, &Line)> = Vec::with_capacity(lines.len());
        for line in lines {
            text.push_str(&line.text);
            borders.push((text.len(), line));
            text.push(' ');
        }
        let tokens = tokenize(&text, lang, abbreviations);
        let form = |i: usize| &text[tokens[i].start as usize..tokens[i].end as usize];
        let mut border = borders.iter().peekable();
        let (mut cases, mut ends) = (Vec::new(), Vec::with_capacity(tokens.len()));
        for i in 0..tokens.len() {
            while border.peek().is_some_and(|(b, _)| *b < tokens[i].end as usize) {
                border.next();
            }
            let Some((b, line)) = border.peek() else { break };
            let end = *b == tokens[i].end as usize;
            ends.push(end);
            let Some(next) = tokens.get(i + 1) else { break };
            let mark = sentences::mark(form(i), lang, abbreviations);
            if let Some(place) = sentences::place(form(i), mark, next.before, form(i + 1))
                && (!line.raw || place == Place::Bare)
            {
                cases.push(Case { at: i, place, end, scheme: line.scheme });
            }
        }
        Joined { text, tokens, cases, ends }
    }

    fn form(&self, i: usize) -> &str {
        &self.text[self.tokens[i].start as usize..self.tokens[i].end as usize]
    }
}

/// How sure the model has to be: averaged weights are small for what is rare, and a wrong end without a mark does more
/// harm than a missing one.
fn margin(place: Place, end: bool) -> i32 {
    if place == Place::Bare && !end { 30 } else { 5 }
}

/// Ends of sentences, from sentences joined by blanks, the texts in another order each round.
pub fn sentence_ends(lines: &[Line], lexicon: &Lexicon, epochs: usize) -> Rows {
    let abbreviations = Abbreviations::new(lexicon.language());
    let mut texts: Vec<Vec<&Line>> = Vec::new();
    for line in lines {
        match texts.last_mut() {
            Some(t) if line.follows && t[0].scheme == line.scheme => t.push(line),
            _ => texts.push(vec![line]),
        }
    }
    let learn = |seed: u64| one_order(&texts, lexicon, &abbreviations, epochs, seed);
    // Linear models that were trained in different orders are one model when they are added: the order of texts matters
    // more than most features.
    perceptron::sum(&(5..5 + ORDERS).into_par_iter().map(learn).collect::<Vec<Rows>>())
}

fn one_order(texts: &[Vec<&Line>], lexicon: &Lexicon, abbreviations: &Abbreviations, epochs: usize, seed: u64) -> Rows {
    let lang = lexicon.language();
    let mut readings = Readings::new(lexicon);
    let mut p = Perceptron::new(lang == Language::Tr);
    let mut features = Vec::new();
    let mut random = Random(seed);
    for _ in 0..epochs {
        let order: Vec<&Line> = random.order(texts.len()).into_iter().flat_map(|t| texts[t].iter().copied()).collect();
        let joined = Joined::new(&order, lang, abbreviations);
        let marks: Vec<Mark> = (0..joined.tokens.len()).map(|i| sentences::mark(joined.form(i), lang, abbreviations)).collect();
        let (mut from, mut seen, mut quotes, mut brackets) = (0, 0, false, 0);
        for case in &joined.cases {
            for i in seen..=case.at {
                if i > 0 && joined.ends[i - 1] {
                    (from, quotes, brackets) = (i, false, 0);
                }
                sentences::follow(joined.form(i), &mut quotes, &mut brackets);
            }
            seen = case.at + 1;
            let gap = joined.tokens.get(seen).map_or(Gap::Paragraph, |t| t.before);
            let word = |i: usize| (joined.form(i), marks[i]);
            let around = Around {
                marks: &marks,
                at: case.at,
                gap,
                since: case.at - from,
                quotes,
                brackets: brackets > 0,
                readings: readings.around(case.place, [word(case.at), word(seen)]),
            };
            around.features(case.place, &mut features);
            p.expand(&mut features, case.scheme, usize::MAX);
            let mut s = [0];
            p.score(&features, &mut s);
            let gold = if case.end { 1 } else { -1 };
            if s[0] * gold <= margin(case.place, case.end) {
                p.update(&features, 0, gold);
            }
            p.tick();
        }
    }
    p.average(0, LARGEST, 1)
}

/// Tokens of several words: endings and weights.
pub fn splits(gold: &[&Gold], lexicon: &Lexicon, epochs: usize) -> (Vec<String>, Rows) {
    let pooled = lexicon.language() == Language::Tr;
    let lang = lexicon.language();
    let mut buffer = Vec::new();
    let mut endings: FxHashMap<String, ()> = FxHashMap::default();
    let cut_of = |g: &Gold, t: &crate::treebank::GoldToken| -> Option<usize> {
        (t.words == 2)
            .then(|| g.words[t.word + 1].form.chars().count())
            .filter(|_| format!("{}{}", g.words[t.word].form, g.words[t.word + 1].form) == g.text[t.start..t.end])
    };
    for g in gold.iter().filter(|g| g.scheme == 0) {
        for t in &g.tokens {
            if let Some(k) = cut_of(g, t) {
                normal_chars(&g.text[t.start..t.end], lang, &mut buffer);
                if buffer.len() > k {
                    endings.insert(split::harmonic_ending(&buffer[buffer.len() - k..]), ());
                }
            }
        }
    }
    let longest = endings.keys().map(|e| e.chars().count()).max().unwrap_or(0);
    let mut p = Perceptron::new(pooled);
    let mut features = Vec::new();
    let mut random = Random(11);
    let infos: Vec<Vec<WordInfo>> = gold
        .iter()
        .map(|g| g.tokens.iter().map(|t| WordInfo::new(&g.text[t.start..t.end], lexicon, &mut buffer)).collect())
        .collect();
    for _ in 0..epochs {
        for gi in random.order(gold.len()) {
            let g = gold[gi];
            for (i, t) in g.tokens.iter().enumerate() {
                normal_chars(&g.text[t.start..t.end], lang, &mut buffer);
                let want = cut_of(g, t);
                for k in split::candidates(&buffer, &endings, longest) {
                    split::features(&infos[gi], i, &buffer, k, lang, &mut features);
                    p.expand(&mut features, g.scheme, usize::MAX);
                    let mut s = [0];
                    p.score(&features, &mut s);
                    let sign = if want == Some(k) { 1 } else { -1 };
                    if s[0] * sign <= 4 {
                        p.update(&features, 0, sign);
                    }
                    p.tick();
                }
            }
        }
    }
    let mut endings: Vec<String> = endings.into_keys().collect();
    endings.sort();
    (endings, p.average(0, LARGEST, 1))
}
