//! Measures how text is cut into sentences, tokens and words, without the steps behind.

use std::time::Instant;

use haberdar_lang::{
    lexicon::Lexicon,
    linear::Linear,
    sentences,
    split::Splitter,
    tokenize::{Abbreviations, Token, tokenize},
    word::{WordInfo, normal_chars},
};

use crate::{cutting::Line, recipe, treebank::Gold};

/// How many spans of a kind are in the gold, were found, and are both.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
    gold: usize,
    found: usize,
    right: usize,
}

impl Count {
    fn of<T: Ord>(mut gold: Vec<T>, mut found: Vec<T>) -> Count {
        gold.sort();
        found.sort();
        let right = found.iter().filter(|f| gold.binary_search(f).is_ok()).count();
        Count { gold: gold.len(), found: found.len(), right }
    }

    fn add(&mut self, other: Count) {
        self.gold += other.gold;
        self.found += other.found;
        self.right += other.right;
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let part = |of: usize| 100.0 * self.right as f64 / of.max(1) as f64;
        let both = 200.0 * self.right as f64 / (self.gold + self.found).max(1) as f64;
        write!(f, "F1 {both:.2} (P {:.2} R {:.2} of {})", part(self.found), part(self.gold), self.gold)
    }
}

/// The figures of a text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Figures {
    tokens: Count,
    words: Count,
    sentences: Count,
}

impl Figures {
    /// Sums up.
    pub fn add(&mut self, other: Figures) {
        self.tokens.add(other.tokens);
        self.words.add(other.words);
        self.sentences.add(other.sentences);
    }
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "tokens {}\nwords {}\nsentences {}", self.tokens, self.words, self.sentences)
    }
}

/// The trained steps that cut.
pub struct Cutter<'l> {
    lexicon: &'l Lexicon,
    abbreviations: Abbreviations,
    sentences: Linear,
    splitter: Splitter,
}

/// A word: its token's span, and its form where the token holds several.
type WordSpan = (usize, usize, String);

impl<'l> Cutter<'l> {
    /// Trains on sentences.
    pub fn train(gold: &[&Gold], more: &[Line], lexicon: &'l Lexicon) -> Cutter<'l> {
        let (sentences, (endings, weights)) = recipe::cutting(gold, more, lexicon);
        let mut bytes = Vec::new();
        Splitter::write(&endings, &weights, &mut bytes);
        let splitter = Splitter::read(&mut haberdar_lang::bytes::Reader::new(&bytes)).unwrap_or_else(|| unreachable!());
        let abbreviations = Abbreviations::new(lexicon.language());
        Cutter { lexicon, abbreviations, sentences: Linear::from_rows(&sentences), splitter }
    }

    /// Cuts a text into tokens and sentences.
    pub fn cut(&self, text: &str) -> (Vec<Token>, Vec<usize>) {
        let tokens = tokenize(text, self.lexicon.language(), &self.abbreviations);
        let ends = sentences::sentences(text, &tokens, self.lexicon, &self.abbreviations, &self.sentences);
        (tokens, ends)
    }

    fn words(&self, text: &str, tokens: &[Token], ends: &[usize]) -> Vec<WordSpan> {
        let lang = self.lexicon.language();
        let (mut normal, mut features) = (Vec::new(), Vec::new());
        let mut out = Vec::new();
        let mut from = 0;
        for &to in ends {
            let form = |t: &Token| &text[t.start as usize..t.end as usize];
            let infos: Vec<WordInfo> =
                tokens[from..to].iter().map(|t| WordInfo::new(form(t), self.lexicon, &mut normal)).collect();
            for (i, t) in tokens[from..to].iter().enumerate() {
                normal_chars(form(t), lang, &mut normal);
                let cut = self.splitter.cut(&infos, i, &normal, lang, &mut features);
                let at = cut.and_then(|k| form(t).char_indices().rev().nth(k - 1)).map(|(b, _)| b);
                let span = (t.start as usize, t.end as usize);
                match at {
                    Some(at) if at > 0 => {
                        out.push((span.0, span.1, form(t)[..at].to_owned()));
                        out.push((span.0, span.1, form(t)[at..].to_owned()));
                    }
                    _ => out.push((span.0, span.1, String::new())),
                }
            }
            from = to;
        }
        out
    }

    /// Cuts the joined sentences again; says what differs, at most `show` places of a kind.
    pub fn score(&self, gold: &[&Gold], text: &str, show: usize, say: &dyn Fn(&str)) -> Figures {
        let clock = Instant::now();
        let (tokens, ends) = self.cut(text);
        let cut = clock.elapsed().as_secs_f64();
        let words = self.words(text, &tokens, &ends);
        let all = clock.elapsed().as_secs_f64();
        let speed = |s: f64| tokens.len() as f64 / s / 1000.0;
        say(&format!("{:.0} k tokens/s to sentences, {:.0} k to words", speed(cut), speed(all)));
        let mut at = 0;
        let (mut gold_tokens, mut gold_words, mut gold_ends) = (Vec::new(), Vec::new(), Vec::new());
        for g in gold {
            // Sentences follow one another in the text, with white space between.
            at += text[at..].find(g.text.as_str()).unwrap_or(0);
            for t in &g.tokens {
                let span = (at + t.start, at + t.end);
                gold_tokens.push(span);
                let forms = g.words[t.word..t.word + t.words].iter();
                gold_words.extend(forms.map(|w| (span.0, span.1, if t.words > 1 { w.form.clone() } else { String::new() })));
            }
            gold_ends.push((at, at + g.text.len()));
            at += g.text.len();
        }
        let spans: Vec<(usize, usize)> = tokens.iter().map(|t| (t.start as usize, t.end as usize)).collect();
        let mut from = 0;
        let found_ends: Vec<(usize, usize)> = ends
            .iter()
            .map(|&to| {
                let span = (spans[from].0, spans[to - 1].1);
                from = to;
                span
            })
            .collect();
        if show > 0 {
            differences(text, "token", &gold_tokens, &spans, show, say);
            let form = |w: &[WordSpan]| -> Vec<(usize, usize, String)> { w.to_vec() };
            let (g, f) = (form(&gold_words), form(&words));
            let missing = g.iter().filter(|w| !w.2.is_empty() && f.binary_search(w).is_err() && !f.contains(w));
            missing.take(show).for_each(|w| say(&format!("missing word {} of {}", w.2, &text[w.0..w.1])));
            let wrong = f.iter().filter(|w| !w.2.is_empty() && !g.contains(w));
            wrong.take(show).for_each(|w| say(&format!("wrong word {} of {}", w.2, &text[w.0..w.1])));
            let end = |s: &[(usize, usize)]| -> Vec<(usize, usize)> { s.iter().map(|&(_, e)| (e, e)).collect() };
            differences(text, "end", &end(&gold_ends), &end(&found_ends), show, say);
        }
        Figures {
            tokens: Count::of(gold_tokens, spans),
            words: Count::of(gold_words, words),
            sentences: Count::of(gold_ends, found_ends),
        }
    }
}

fn differences(text: &str, what: &str, gold: &[(usize, usize)], found: &[(usize, usize)], show: usize, say: &dyn Fn(&str)) {
    let place = |&(a, b): &(usize, usize)| {
        let from = text[..a].char_indices().rev().nth(45).map_or(0, |(i, _)| i);
        let to = text[b..].char_indices().nth(35).map_or(text.len(), |(i, _)| b + i);
        format!("{}⟦{}⟧{}", &text[from..a], &text[a..b], &text[b..to]).replace('\n', "⏎")
    };
    gold.iter().filter(|g| !found.contains(g)).take(show).for_each(|g| say(&format!("missing {what}: {}", place(g))));
    found.iter().filter(|f| !gold.contains(f)).take(show).for_each(|f| say(&format!("wrong {what}: {}", place(f))));
}
