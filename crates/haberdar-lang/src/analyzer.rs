//! The analyzer: all steps in a row.

use std::{
    borrow::Borrow,
    cell::RefCell,
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
};

use haberdar_model::Language;

use crate::{
    Analysis, Deprel, Sentence, Word, lemma,
    linear::hash_str,
    memory::{Memory, remembered},
    model::{self, Model},
    namer::{self, Look},
    names,
    net::{
        self,
        forward::{AT_A_TIME, best_tags},
    },
    rows::Sums,
    sentences,
    tagger::{self, Sight},
    tokenize::{Abbreviations, Gap, Token, tokenize},
    word::{WordInfo, normal_chars},
};

/// A model that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LangError {
    /// The bytes are no model of this version, or are damaged.
    #[error("the {0} model cannot be used ({1}): make it again with haberdar-train")]
    BadModel(Language, &'static str),
}

struct Inner {
    lang: Language,
    abbreviations: Abbreviations,
    model: Model,
    words: Memory<Known>,
    /// Tells the models of a program apart.
    id: u64,
}

/// Reads text of one language. Cheap to clone; may be used from many threads at once.
#[derive(Clone)]
pub struct Analyzer(Arc<Inner>);

/// The network's scores of the words of a sentence, a row for each.
#[derive(Clone, Copy, Debug)]
pub struct Scores<'a> {
    /// Of the parts of speech, then of the components of labels.
    pub tags: &'a [f32],
    /// Of the tags of names.
    pub names: &'a [f32],
    /// English: how each word is written elsewhere, see [`tagger::around`].
    pub around: &'a [u8],
}

/// What is shown of a sentence: its words, what they look like, how the network scores them.
type Showing<'a> = dyn FnMut(&Sentence<'_>, &[&WordInfo], Scores<'_>) + 'a;

/// The same, within.
type Visit<'a, 't> = dyn FnMut(&Sentence<'t>, &[Arc<Known>], Scores<'_>) + 'a;

/// A word before it is analysed.
struct RawWord {
    /// Span of its surface token.
    start: u32,
    /// Byte behind it.
    end: u32,
    /// Number of the part, 0 for a whole token.
    part: u8,
    /// First byte of the part itself.
    from: u32,
    /// Byte behind the part itself.
    to: u32,
}

impl Analyzer {
    /// The analyzer of the language, with the model that is built in. It is decoded once for all analyzers.
    pub fn new(lang: Language) -> Result<Analyzer, LangError> {
        static BUILT_IN: [OnceLock<Result<Analyzer, LangError>>; 2] = [OnceLock::new(), OnceLock::new()];
        let bytes: &[u8] = match lang {
            Language::Tr => include_bytes!("../../../models/tr.hbm"),
            Language::En => include_bytes!("../../../models/en.hbm"),
        };
        BUILT_IN[lang as usize].get_or_init(|| Analyzer::from_bytes(lang, bytes)).clone()
    }

    /// An analyzer with a model of one's own.
    pub fn from_bytes(lang: Language, bytes: &[u8]) -> Result<Analyzer, LangError> {
        let model = model::read(lang, bytes).map_err(|why| LangError::BadModel(lang, why))?;
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        Ok(Analyzer(Arc::new(Inner { lang, abbreviations: Abbreviations::new(lang), model, words: Memory::new(REMEMBERED), id })))
    }

    /// Its language.
    pub fn language(&self) -> Language {
        self.0.lang
    }

    /// Reads a text. Text beyond 4 GiB is left out.
    pub fn analyze<'t>(&self, text: &'t str) -> Analysis<'t> {
        Analysis { text, sentences: self.visited(text, &mut |_, _, _| {}) }
    }

    /// Shows each sentence with what is known of its words and the network's scores of their name tags; for training.
    pub fn show(&self, text: &str, act: &mut Showing<'_>) {
        self.visited(text, &mut |s, known, scores| act(s, &known.iter().map(|k| &k.info).collect::<Vec<_>>(), scores));
    }

    /// The sentences of a text, each visited on its way.
    fn visited<'t>(&self, text: &'t str, visit: &mut Visit<'_, 't>) -> Vec<Sentence<'t>> {
        let mut limit = text.len().min(u32::MAX as usize);
        while !text.is_char_boundary(limit) {
            limit -= 1;
        }
        let inner = &*self.0;
        let tokens = tokenize(&text[..limit], inner.lang, &inner.abbreviations);
        let ends = sentences::sentences(text, &tokens, &inner.model.lexicon, &inner.abbreviations, &inner.model.sentences);
        let mut out = Vec::with_capacity(ends.len());
        let mut scratch = Scratch::of(inner.id);
        self.read(text, &tokens, &ends, &mut scratch, &mut out, visit);
        scratch.keep();
        out
    }

    /// Its model.
    pub fn model(&self) -> &Model {
        &self.0.model
    }

    /// Reads sentences with the network, some at a time.
    fn read<'t>(
        &self,
        text: &'t str,
        tokens: &[Token],
        ends: &[usize],
        s: &mut Scratch,
        out: &mut Vec<Sentence<'t>>,
        visit: &mut Visit<'_, 't>,
    ) {
        let net = &self.0.model.net;
        let mut waiting: Vec<(std::ops::Range<usize>, Vec<RawWord>)> = Vec::new();
        let mut known: Vec<Arc<Known>> = Vec::new();
        let mut word_ends: Vec<usize> = Vec::new();
        let mut from = 0;
        for (i, &end) in ends.iter().enumerate() {
            let (raw, infos) = self.split(text, &tokens[from..end], s);
            known.extend(infos);
            word_ends.push(known.len());
            waiting.push((from..end, raw));
            from = end;
            if known.len() < AT_A_TIME && i + 1 < ends.len() {
                continue;
            }
            for k in &known {
                k.vector.get_or_init(|| net.vector(&k.info, &mut s.net));
            }
            net.read(known.iter().filter_map(|k| k.vector.get()).map(|v| &v[..]), &word_ends, &mut s.net);
            s.correct(&self.0.model, &known, &word_ends);
            let mut at = 0;
            for (range, raw) in waiting.drain(..) {
                let behind = tokens.get(range.end).map_or(Gap::Paragraph, |t| t.before);
                let n = raw.len();
                let lemmas = raw.iter().enumerate().map(|(k, w)| {
                    let form = &text[w.from as usize..w.to as usize];
                    s.lemma(&self.0.model, form, &known[at + k], k == 0, s.net.labels[at + k])
                });
                let lemmas: Vec<Arc<str>> = lemmas.collect();
                let said = (&s.net.labels[at..at + n], &s.net.heads[at..at + n]);
                let relation = |k: usize| net.relations[s.net.relations[at + k] as usize];
                let mut sentence =
                    assemble(text, &tokens[range], behind, raw, lemmas, &net.labels.labels, said.0, said.1, &relation);
                let tags = net.name_tags.len();
                let scores = &s.net.names[at * tags..(at + n) * tags];
                let found = match &self.0.model.namer {
                    Some(namer) => {
                        let look = |(k, w): (usize, &Word<'_>)| {
                            let known: &Known = &known[at + k];
                            known.look(s.net.labels[at + k], k == 0, || namer.look(w, &known.info, &mut s.namer))
                        };
                        let looks: Vec<Arc<Look>> = sentence.words.iter().enumerate().map(look).collect();
                        namer.names(&sentence, &looks, scores, &mut s.namer)
                    }
                    None if tags > 0 => {
                        s.tags.clear();
                        best_tags(scores, &net.name_tags, &mut s.tags);
                        names::spans(&net.name_tags, &s.tags)
                    }
                    None => Vec::new(),
                };
                sentence.names = names::plausible(found, &sentence);
                let columns = s.net.tags.len() / known.len().max(1);
                let tags = &s.net.tags[at * columns..(at + n) * columns];
                visit(
                    &sentence,
                    &known[at..at + n],
                    Scores { tags, names: scores, around: s.around.get(at..at + n).unwrap_or_default() },
                );
                out.push(sentence);
                at += n;
            }
            known.clear();
            word_ends.clear();
        }
    }

    /// What is known of a word.
    fn info(&self, form: &str, normal: &mut Vec<char>) -> Arc<Known> {
        self.0.words.get(form, || Known {
            info: WordInfo::new(form, &self.0.model.lexicon, normal),
            vector: OnceLock::new(),
            lemmas: Mutex::default(),
            sums: OnceLock::new(),
            looks: Mutex::default(),
        })
    }

    /// The words of the tokens, with those tokens cut that hold several.
    fn split(&self, text: &str, tokens: &[Token], s: &mut Scratch) -> (Vec<RawWord>, Vec<Arc<Known>>) {
        let model = &self.0.model;
        let form = |t: &Token| &text[t.start as usize..t.end as usize];
        let whole: Vec<Arc<Known>> = tokens.iter().map(|t| self.info(form(t), &mut s.normal)).collect();
        let mut raw = Vec::with_capacity(tokens.len() + 4);
        let mut cuts = Vec::new();
        for (i, t) in tokens.iter().enumerate() {
            normal_chars(form(t), self.0.lang, &mut s.normal);
            let cut = model.splitter.cut(&whole, i, &s.normal, self.0.lang, &mut s.features);
            // Counted in characters from the end; marks that the normal form leaves out stay with the first part.
            let at = cut.and_then(|k| form(t).char_indices().rev().nth(k - 1)).map(|(b, _)| t.start + b as u32);
            match at {
                Some(at) if at > t.start => {
                    raw.push(RawWord { start: t.start, end: t.end, part: 1, from: t.start, to: at });
                    raw.push(RawWord { start: t.start, end: t.end, part: 2, from: at, to: t.end });
                    cuts.push(i);
                }
                _ => raw.push(RawWord { start: t.start, end: t.end, part: 0, from: t.start, to: t.end }),
            }
        }
        if cuts.is_empty() {
            return (raw, whole);
        }
        let mut infos = Vec::with_capacity(raw.len());
        let mut whole = whole.into_iter();
        for w in &raw {
            let info = if w.part < 2 { whole.next() } else { None };
            match info {
                Some(info) if w.part == 0 => infos.push(info),
                _ => infos.push(self.info(&text[w.from as usize..w.to as usize], &mut s.normal)),
            }
        }
        (raw, infos)
    }
}

/// A sentence from what was read of its words.
#[allow(clippy::too_many_arguments)]
fn assemble<'t>(
    text: &'t str,
    tokens: &[Token],
    behind: Gap,
    raw: Vec<RawWord>,
    lemmas: Vec<Arc<str>>,
    inventory: &[(crate::Upos, crate::Feats)],
    labels: &[u16],
    heads: &[u32],
    rel: &dyn Fn(usize) -> Deprel,
) -> Sentence<'t> {
    let n = raw.len() as u32;
    let space = |i: usize| {
        let end = raw[i].end;
        let next = tokens.partition_point(|t| t.start < end);
        tokens.get(next).map_or(behind, |t| t.before) != Gap::None
    };
    let words = lemmas.into_iter().enumerate().map(|(i, lemma)| {
        let (upos, feats) = inventory[labels[i] as usize];
        let root = heads[i] >= n;
        Word {
            start: raw[i].start,
            end: raw[i].end,
            part: raw[i].part,
            from: raw[i].from,
            form: &text[raw[i].from as usize..raw[i].to as usize],
            lemma,
            upos,
            feats,
            head: (!root).then_some(heads[i]),
            deprel: relation(heads[i], raw.len(), rel(i)),
            space_after: space(i),
        }
    });
    Sentence {
        words: words.collect(),
        start: tokens.first().map_or(0, |t| t.start as usize),
        end: tokens.last().map_or(0, |t| t.end as usize),
        names: Vec::new(),
    }
}

/// The relation of a word with this head in a sentence of `n` words. Only one word is the root; a relation that says so elsewhere
/// cannot be right.
fn relation(head: u32, n: usize, rel: Deprel) -> Deprel {
    match rel {
        _ if head as usize >= n => Deprel::ROOT,
        Deprel::ROOT => Deprel::DEP,
        rel => rel,
    }
}

/// Words whose looks and lemmas are remembered in a language, at most: some 1,200 bytes each.
const REMEMBERED: usize = 30_000;

/// Buffers, kept by each thread from text to text.
#[derive(Default)]
struct Scratch {
    id: u64,
    normal: Vec<char>,
    features: Vec<u32>,
    tags: Vec<u8>,
    namer: namer::Scratch,
    tagger: tagger::Scratch,
    around: Vec<u8>,
    lemma: lemma::Scratch,
    net: net::Scratch,
}

/// What was found out about a word. All of it depends on the word and the model alone, so that results do not depend on what was read
/// before.
struct Known {
    info: WordInfo,
    /// What the network's encoder sees of it.
    vector: OnceLock<Box<[f32]>>,
    /// Lemmas by label and whether the word came first.
    lemmas: Mutex<Vec<(u32, Arc<str>)>>,
    /// What the second look at parts of speech sees.
    sums: OnceLock<Box<Sums>>,
    /// What the second look at names sees, by the same.
    looks: Mutex<Vec<(u32, Arc<Look>)>>,
}

impl Known {
    /// What the second look at names sees of the word with a label.
    fn look(&self, label: u16, first: bool, make: impl FnOnce() -> Look) -> Arc<Look> {
        remembered(&self.looks, Self::key(label, first), || Arc::new(make()))
    }

    /// Under a label, first in its sentence or not.
    fn key(label: u16, first: bool) -> u32 {
        (label as u32) << 1 | first as u32
    }
}

impl Borrow<WordInfo> for Arc<Known> {
    fn borrow(&self) -> &WordInfo {
        &self.info
    }
}

thread_local! {
    static KEPT: RefCell<Vec<Scratch>> = const { RefCell::new(Vec::new()) };
    /// The network's buffers, by far the largest, are those of all models: nothing in them outlives a text.
    static NET: RefCell<net::Scratch> = RefCell::default();
}

impl Scratch {
    /// What this thread has kept for the model.
    fn of(id: u64) -> Scratch {
        let kept = KEPT.with_borrow_mut(|k| k.iter().position(|s| s.id == id).map(|i| k.swap_remove(i)));
        Scratch { net: NET.take(), ..kept.unwrap_or_else(|| Scratch { id, ..Scratch::default() }) }
    }

    /// Keeps it for the next text; of several models only the last few.
    fn keep(mut self) {
        NET.set(std::mem::take(&mut self.net));
        KEPT.with_borrow_mut(|k| {
            if k.len() >= Language::ALL.len() {
                k.remove(0);
            }
            k.push(self);
        });
    }

    /// Corrects the labels that the network has just read, where there is a second look at them.
    fn correct(&mut self, model: &Model, known: &[Arc<Known>], ends: &[usize]) {
        // Only English is looked at again; there the model that a second look is made for has none yet.
        if model.lang == Language::En {
            tagger::around(known, ends, &mut self.around);
        }
        let Some(tagger) = &model.tagger else { return };
        let columns = self.net.tags.len() / known.len().max(1);
        let mut seen: Vec<&Sums> = Vec::new();
        let mut relations = Vec::new();
        let mut from = 0;
        for &end in ends {
            let words = &known[from..end];
            seen.clear();
            relations.clear();
            for (k, w) in words.iter().enumerate() {
                seen.push(w.sums.get_or_init(|| Box::new(tagger.look(&w.info, &mut self.tagger))));
                let rel = model.net.relations[self.net.relations[from + k] as usize];
                relations.push(hash_str(relation(self.net.heads[from + k], words.len(), rel).as_str()));
            }
            let sight = Sight { words, around: &self.around[from..end], relations: &relations };
            let (scores, labels) = (&self.net.tags[from * columns..end * columns], &mut self.net.labels[from..end]);
            tagger.tag(sight, &seen, scores, &model.net.labels, labels, &mut self.tagger);
            from = end;
        }
    }

    /// The lemma of a word with a label.
    fn lemma(&mut self, model: &Model, form: &str, known: &Known, first: bool, label: u16) -> Arc<str> {
        remembered(&known.lemmas, Known::key(label, first), || {
            let (upos, _) = model.net.labels.labels[label as usize];
            let label = model.label_hashes[label as usize];
            let readings = &known.info.readings;
            model.lemmatizer.lemma(form, readings, first, upos, label, &model.lexicon, &mut self.lemma).into()
        })
    }
}
