//! What an analysis holds.

use std::{ops::Range, sync::Arc};

use crate::{Deprel, Feats, NameSpan, Upos};

/// A text with its sentences.
#[derive(Clone, Debug)]
pub struct Analysis<'t> {
    /// The text as it was given.
    pub text: &'t str,
    /// Its sentences in order.
    pub sentences: Vec<Sentence<'t>>,
}

/// A sentence.
#[derive(Clone, Debug, Default)]
pub struct Sentence<'t> {
    /// First byte.
    pub start: usize,
    /// Byte behind the last.
    pub end: usize,
    /// Its words in order.
    pub words: Vec<Word<'t>>,
    /// The names in it, in order and without overlap.
    pub names: Vec<NameSpan>,
}

/// A syntactic word. Most are a token of the text; a token such as `evdeki` or `don't` holds several.
#[derive(Clone, Debug)]
pub struct Word<'t> {
    /// First byte of the surface token in the text.
    pub start: u32,
    /// Byte behind the token. The words of a split token share its span.
    pub end: u32,
    /// 0 for a whole token, else 1, 2, … for the parts of a split token.
    pub part: u8,
    /// First byte of the word itself: `start`, but for the later parts of a split token.
    pub from: u32,
    /// The word as it is written, a slice of the text.
    pub form: &'t str,
    /// Its dictionary form, shared between the occurrences of a word.
    pub lemma: Arc<str>,
    /// Part of speech.
    pub upos: Upos,
    /// Morphological features.
    pub feats: Feats,
    /// Index of the head among the sentence's words; `None` for the root.
    pub head: Option<u32>,
    /// Relation to the head.
    pub deprel: Deprel,
    /// True if white space follows in the text.
    pub space_after: bool,
}

impl<'t> Word<'t> {
    /// The word as it is written.
    pub fn form(&self) -> &'t str {
        self.form
    }

    /// Its dictionary form.
    pub fn lemma(&self) -> &str {
        &self.lemma
    }

    /// Byte span of the surface token in the text.
    pub fn span(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Byte span of the word itself in the text: of a split token, its own part alone.
    pub fn part_span(&self) -> Range<usize> {
        self.from as usize..self.from as usize + self.form.len()
    }
}

impl Sentence<'_> {
    /// Index of the root, if the sentence has words.
    pub fn root(&self) -> Option<usize> {
        self.words.iter().position(|w| w.head.is_none())
    }

    /// Indices of the words whose head is `head`, in order.
    pub fn children(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().filter(move |(_, w)| w.head == Some(head as u32)).map(|(i, _)| i)
    }
}

impl Analysis<'_> {
    /// Number of words.
    pub fn words(&self) -> usize {
        self.sentences.iter().map(|s| s.words.len()).sum()
    }

    /// The analysis in CoNLL-U, with `# text = …` for every sentence, a range line for every split token and
    /// `SpaceAfter=No`.
    pub fn to_conllu(&self) -> String {
        let mut out = String::with_capacity(self.text.len() * 8);
        for (i, s) in self.sentences.iter().enumerate() {
            self.sentence_to_conllu(i, s, &mut out);
        }
        out
    }

    fn sentence_to_conllu(&self, index: usize, s: &Sentence<'_>, out: &mut String) {
        use std::fmt::Write;
        // Writing into a String cannot fail.
        let _ = write!(out, "# sent_id = {}\n# text = ", index + 1);
        for (i, part) in self.text.get(s.start..s.end).unwrap_or_default().split_whitespace().enumerate() {
            if i > 0 {
                out.push(' ');
            }
            out.push_str(part);
        }
        out.push('\n');
        for (i, w) in s.words.iter().enumerate() {
            let tail = s.words[i + 1..].iter().take_while(|v| v.part > 1 && v.span() == w.span()).count();
            let misc = if w.space_after { "_" } else { "SpaceAfter=No" };
            if w.part == 1 && tail > 0 {
                let surface = self.text.get(w.span()).unwrap_or_default();
                let misc = if s.words[i + tail].space_after { "_" } else { "SpaceAfter=No" };
                let _ = writeln!(out, "{}-{}\t{surface}\t_\t_\t_\t_\t_\t_\t_\t{misc}", i + 1, i + 1 + tail);
            }
            let misc = if w.part == 0 { misc } else { "_" };
            let _ = writeln!(
                out,
                "{}\t{}\t{}\t{}\t_\t{}\t{}\t{}\t_\t{misc}",
                i + 1,
                w.form,
                w.lemma,
                w.upos,
                w.feats,
                w.head.map_or(0, |h| h + 1),
                w.deprel
            );
        }
        out.push('\n');
    }
}
