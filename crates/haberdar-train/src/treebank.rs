//! Treebanks in CoNLL-U.

use std::{fs, path::Path};

use haberdar_lang::{Deprel, Feats, Upos};

use crate::TrainError;

/// A sentence with its gold analysis.
#[derive(Clone, Debug, Default)]
pub struct Gold {
    /// The text, rebuilt from the tokens.
    pub text: String,
    /// The tokens.
    pub tokens: Vec<GoldToken>,
    /// The words.
    pub words: Vec<GoldWord>,
    /// Number of the treebank's annotation style; 0 is the one that is aimed at.
    pub scheme: u32,
    /// A paragraph starts here.
    pub paragraph: bool,
}

/// A surface token.
#[derive(Clone, Debug)]
pub struct GoldToken {
    /// First byte in the text.
    pub start: usize,
    /// Byte behind the last.
    pub end: usize,
    /// Index of its first word.
    pub word: usize,
    /// Number of its words.
    pub words: usize,
}

/// A word.
#[derive(Clone, Debug)]
pub struct GoldWord {
    /// As it is written.
    pub form: String,
    /// Dictionary form.
    pub lemma: String,
    /// Part of speech.
    pub upos: Upos,
    /// Features.
    pub feats: Feats,
    /// Index of the head; the number of words for the root.
    pub head: u32,
    /// Relation.
    pub rel: Deprel,
}

/// Features that carry no morphology and would only multiply the labels.
const LEFT_OUT: [&str; 4] = ["ExtPos", "Style", "NumForm", "CorrectForm"];

fn features(s: &str) -> Feats {
    let kept: Vec<&str> = s.split('|').filter(|f| !LEFT_OUT.iter().any(|l| f.split('=').next() == Some(*l))).collect();
    Feats::new(&kept.join("|"))
}

/// Reads a treebank.
pub fn read(path: &Path, scheme: u32) -> Result<Vec<Gold>, TrainError> {
    let content = fs::read_to_string(path).map_err(|e| TrainError::Io(path.to_owned(), e))?;
    let mut out = Vec::new();
    let mut s = Gold { scheme, ..Gold::default() };
    let mut inside = 0usize;
    let mut space = false;
    for (n, line) in content.lines().chain([""]).enumerate() {
        let bad = || TrainError::Line(path.to_owned(), n + 1);
        if line.is_empty() {
            if !s.words.is_empty() {
                out.push(std::mem::replace(&mut s, Gold { scheme, ..Gold::default() }));
            }
            (inside, space) = (0, false);
            continue;
        }
        if line.starts_with('#') {
            s.paragraph |= line.starts_with("# newpar") || line.starts_with("# newdoc");
            continue;
        }
        let c: Vec<&str> = line.split('\t').collect();
        if c.len() != 10 {
            return Err(bad());
        }
        if c[0].contains('.') {
            continue;
        }
        let mut token = |s: &mut Gold, words: usize| {
            if space {
                s.text.push(' ');
            }
            let start = s.text.len();
            s.text.push_str(c[1]);
            s.tokens.push(GoldToken { start, end: s.text.len(), word: s.words.len(), words });
            space = !c[9].split('|').any(|m| m == "SpaceAfter=No");
        };
        if let Some((a, b)) = c[0].split_once('-') {
            let (a, b): (usize, usize) = (a.parse().map_err(|_| bad())?, b.parse().map_err(|_| bad())?);
            inside = b + 1 - a;
            token(&mut s, inside);
            continue;
        }
        if inside > 0 {
            inside -= 1;
        } else {
            token(&mut s, 1);
        }
        let head: u32 = c[6].parse().map_err(|_| bad())?;
        s.words.push(GoldWord {
            form: c[1].to_owned(),
            lemma: c[2].to_owned(),
            upos: Upos::parse(c[3]).unwrap_or(Upos::X),
            feats: features(c[5]),
            head: head.wrapping_sub(1),
            rel: Deprel::new(c[7]),
        });
    }
    for s in &mut out {
        let n = s.words.len() as u32;
        for w in &mut s.words {
            w.head = w.head.min(n);
        }
    }
    Ok(out)
}

impl Gold {
    /// The sentence as CoNLL-U again, for scoring.
    pub fn to_conllu(&self) -> String {
        let mut out = format!("# text = {}\n", self.text);
        for (k, t) in self.tokens.iter().enumerate() {
            let glued = self.tokens.get(k + 1).is_some_and(|n| n.start == t.end);
            let misc = if glued { "SpaceAfter=No" } else { "_" };
            if t.words > 1 {
                let surface = &self.text[t.start..t.end];
                out += &format!("{}-{}\t{surface}\t_\t_\t_\t_\t_\t_\t_\t{misc}\n", t.word + 1, t.word + t.words);
            }
            for i in t.word..t.word + t.words {
                let w = &self.words[i];
                let head = if w.head as usize >= self.words.len() { 0 } else { w.head + 1 };
                let misc = if t.words > 1 { "_" } else { misc };
                out += &format!("{}\t{}\t{}\t{}\t_\t{}\t{head}\t{}\t_\t{misc}\n", i + 1, w.form, w.lemma, w.upos, w.feats, w.rel);
            }
        }
        out + "\n"
    }
}
