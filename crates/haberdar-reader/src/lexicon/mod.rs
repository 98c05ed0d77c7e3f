//! The tables of one language under `data/lang/`, loaded once: frames, acting nouns, cues of attribution, small word lists.

pub mod classes;
mod english;
pub mod frames;
mod homes;
pub mod pattern;

use std::{path::Path, sync::LazyLock};

use haberdar_model::{EventType, Language, vocabulary::CONTEXTS};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use crate::{dates::DateWords, quantities::QuantityWords, turkish::StemIndex};
use classes::Classes;
use frames::{Frame, Place};
pub(crate) use homes::HomeTerm;
use homes::Homes;
use pattern::{LemmaId, Names, Pos, Slot, Test};

include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// A fault in a table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("data/lang/{file}:{line}: {what}")]
pub struct LexiconError {
    /// File below `data/lang`.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong and how to mend it.
    pub what: String,
}

/// A noun that denotes acting people or bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActorNoun {
    /// PLOVER sector.
    pub sector: &'static str,
    /// `group`, `office`, `source`, `organization`.
    pub kind: &'static str,
}

/// A word of attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cue {
    /// `v`, `n` or `p` (adposition).
    pub pos: char,
    /// say, claim, deny, promise, think, announce, ask, quote, hear.
    pub class: &'static str,
    /// neutral, factive, distancing, committing, denying.
    pub stance: &'static str,
    /// What the cue can have as its content.
    pub takes: Takes,
}

/// The slots of a cue's content, from the fifth column of `cues.tsv`; several lines of one cue add up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Takes(u32);

impl Takes {
    const NAMES: &[&str] = &[
        "comp", "inf", "obj", "quote", "main", "of", "about", "to", "on", "for", "as", "against", "with", "at", "in", "over",
        "into", "by", "acc", "dat", "loc", "abl", "nom",
    ];

    fn parse(name: &str) -> Option<Takes> {
        Takes::NAMES.iter().position(|n| *n == name).map(|i| Takes(1 << i))
    }

    /// True where the cue takes the slot; false for a name that is no slot.
    pub fn has(self, name: &str) -> bool {
        Takes::parse(name).is_some_and(|t| self.0 & t.0 != 0)
    }
}

/// All tables of one language.
pub struct Lexicon {
    /// Language of the tables.
    pub language: Language,
    /// Names of slots and lemmas.
    pub names: Names,
    /// All frames.
    pub frames: Vec<Frame>,
    /// Trigger lemma to frames.
    index: FxHashMap<(Pos, LemmaId), Vec<u32>>,
    /// The same for entries that hold in somebody's words alone.
    said: FxHashMap<(Pos, LemmaId), Vec<u32>>,
    /// Acting nouns by lemma.
    pub actors: FxHashMap<LemmaId, ActorNoun>,
    /// Those of several words ("emniyet müdürlüğü", "rebel commander") by the first of them, with the others.
    pub(crate) actor_compounds: FxHashMap<&'static str, Vec<(Vec<&'static str>, ActorNoun)>>,
    /// Cues by head lemma: the other lemmas of the cue, and what it is.
    pub cues: FxHashMap<LemmaId, Vec<(Vec<LemmaId>, Cue)>>,
    /// Small word lists by name (`words.tsv`: list, then words).
    lists: FxHashMap<&'static str, FxHashSet<LemmaId>>,
    /// Which of the lists that every word is asked for it is in: see [`Classes`].
    pub(crate) classes: FxHashMap<LemmaId, Classes>,
    /// PLOVER contexts by lemma.
    pub contexts: FxHashMap<LemmaId, SmallVec<[&'static str; 2]>>,
    /// Words for what one state alone has.
    pub(crate) homes: Homes,
    /// Words of time.
    pub dates: DateWords,
    /// Words of counting.
    pub quantities: QuantityWords,
    /// English: inflected forms of the verbs that the tables ask for.
    pub forms: FxHashMap<Box<str>, LemmaId>,
    /// English: plurals of the nouns that the tables ask for.
    pub plurals: FxHashMap<Box<str>, LemmaId>,
    /// Turkish: the stems of all lemmas, found in inflected forms without the tagger's help.
    pub stems: StemIndex,
}

impl Lexicon {
    /// Loads the tables that are built in; faults in them are returned beside the lexicon, whose sound entries work.
    pub fn load(language: Language) -> (Lexicon, Vec<LexiconError>) {
        Lexicon::from_files(language, FILES)
    }

    /// Loads the tables of a folder laid out as `data/lang`, so that a change to them can be tried without a build. The
    /// content stays in memory for the life of the program.
    pub fn load_folder(language: Language, folder: &Path) -> std::io::Result<(Lexicon, Vec<LexiconError>)> {
        let mut files: Vec<(&'static str, &'static str)> = Vec::new();
        for below in ["", "frames"] {
            for entry in std::fs::read_dir(folder.join(language.code()).join(below))? {
                let path = entry?.path();
                if path.extension().is_some_and(|e| e == "tsv") && path.file_name().is_none_or(|f| f != "stems.tsv") {
                    let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                    files.push((name.leak(), std::fs::read_to_string(&path)?.leak()));
                }
            }
        }
        files.sort_unstable();
        Ok(Lexicon::from_files(language, &files))
    }

    fn from_files(language: Language, all: &[(&'static str, &'static str)]) -> (Lexicon, Vec<LexiconError>) {
        let mut errors = Vec::new();
        let prefix = format!("{}/", language.code());
        let files = || all.iter().filter(|(name, _)| name.starts_with(&prefix));
        let mut classes = FxHashMap::default();
        for (name, content) in files() {
            if name.contains("/frames/") {
                frames::collect_classes(content, &mut classes);
            }
        }
        frames::flatten_classes(&mut classes);
        let mut lexicon = Lexicon {
            language,
            names: Names::default(),
            frames: Vec::new(),
            index: FxHashMap::default(),
            said: FxHashMap::default(),
            actors: FxHashMap::default(),
            actor_compounds: FxHashMap::default(),
            cues: FxHashMap::default(),
            lists: FxHashMap::default(),
            classes: FxHashMap::default(),
            forms: FxHashMap::default(),
            plurals: FxHashMap::default(),
            stems: StemIndex::default(),
            contexts: FxHashMap::default(),
            homes: Homes::default(),
            dates: DateWords::default(),
            quantities: QuantityWords::default(),
        };
        let mut rules = None;
        for &(name, content) in files() {
            let file = &name[prefix.len()..];
            if let Some(kind) = file.strip_prefix("frames/").and_then(|f| f.strip_suffix(".tsv")) {
                let (place, kind) = Place::of(kind);
                match kind.parse::<EventType>() {
                    Ok(kind) => {
                        let mut sink = frames::Sink {
                            classes: &classes,
                            names: &mut lexicon.names,
                            frames: &mut lexicon.frames,
                            errors: &mut errors,
                        };
                        frames::parse_file(name, content, (place, kind), language == Language::Tr, &mut sink);
                    }
                    // Sentences without an act: for the statistical layer alone.
                    Err(_) if kind == "none" => {}
                    Err(e) => errors.push(LexiconError { file: name.to_owned(), line: 1, what: e.to_string() }),
                }
            } else if file == "actors.tsv" {
                lexicon.load_actors(content);
            } else if file == "cues.tsv" {
                lexicon.load_cues(name, content, &mut errors);
            } else if file == "words.tsv" {
                lexicon.load_words(content);
            } else if file == "contexts.tsv" {
                lexicon.load_contexts(name, content, &mut errors);
            } else if file == "homes.tsv" {
                lexicon.homes.load(name, content, &mut errors);
            } else if file == "dates.tsv" {
                lexicon.dates.load_words(content);
            } else if file == "date_rules.tsv" {
                rules = Some((name, content));
            } else if file == "quantities.tsv" {
                lexicon.quantities = QuantityWords::parse(content);
            }
        }
        // Rules speak of the words, so they come behind them whatever the files are called.
        if let Some((name, content)) = rules {
            let known = lexicon.dates.faults().len();
            lexicon.dates.load_rules(content);
            for (i, (line, what)) in lexicon.dates.faults().iter().enumerate() {
                let file = if i < known { format!("{prefix}dates.tsv") } else { name.to_owned() };
                errors.push(LexiconError { file, line: *line, what: what.clone() });
            }
        }
        for name in ["on", "with", "for", "to", "against", "from", "of", "between", "by", "in", "at", "ile", "tarafından"] {
            lexicon.names.slots.intern(name);
        }
        for (i, f) in lexicon.frames.iter().enumerate() {
            let index = if f.place == Place::Text { &mut lexicon.index } else { &mut lexicon.said };
            for (head, _) in &f.pattern.triggers {
                index.entry((f.pattern.pos, *head)).or_default().push(i as u32);
            }
        }
        lexicon.classes = Classes::of_lists(&lexicon.lists);
        let verbs = lexicon.verbs();
        match language {
            Language::Tr => {
                lexicon.stems = StemIndex::new(&lexicon.names.lemmas, &verbs, lexicon.list("drops_vowel"));
                // "seçimlerine … Rusya'ya karşı aldığı kararlar": a postposition says more than a case.
                let slots = &lexicon.names.slots;
                let explicit = |path: &pattern::Path| path.len() == 1 && slots.name(path[0]).chars().count() > 4;
                for paths in lexicon.frames.iter_mut().filter_map(|f| f.pattern.recipient.as_mut()) {
                    paths.sort_by_key(|path| !explicit(path));
                }
            }
            Language::En => {
                let irregular = files().find(|(n, _)| n.ends_with("/irregular.tsv")).map_or("", |f| f.1);
                lexicon.forms = english::forms(&lexicon.names.lemmas, &verbs, irregular);
                lexicon.plurals = english::plurals(&lexicon.names.lemmas);
            }
        }
        (lexicon, errors)
    }

    fn load_actors(&mut self, content: &'static str) {
        for line in rows(content) {
            let mut c = line.split('\t');
            if let (Some(lemma), Some(sector), Some(kind)) = (c.next(), c.next(), c.next()) {
                let noun = ActorNoun { sector, kind };
                match lemma.split_once(' ') {
                    None => {
                        let id = self.names.lemmas.intern(lemma);
                        self.actors.entry(id).or_insert(noun);
                    }
                    Some((first, rest)) => {
                        self.actor_compounds.entry(first).or_default().push((rest.split(' ').collect(), noun));
                    }
                }
            }
        }
    }

    fn load_cues(&mut self, file: &str, content: &'static str, errors: &mut Vec<LexiconError>) {
        for (i, line) in content.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
            let mut c = line.split('\t');
            let row = (c.next(), c.next().and_then(|p| p.chars().next()), c.next(), c.next(), c.next().and_then(Takes::parse));
            let (Some(lemma), Some(pos), Some(class), Some(stance), Some(takes)) = row else {
                let what =
                    format!("a cue needs lemma, part of speech, class, stance and slot; slots are {}", Takes::NAMES.join(", "));
                errors.push(LexiconError { file: file.to_owned(), line: i + 1, what });
                continue;
            };
            let mut words: Vec<&'static str> = lemma.split(' ').collect();
            // In Turkish the verb stands last, in English first.
            let head = if self.language == Language::Tr || pos == 'p' { words.pop() } else { Some(words.remove(0)) };
            let Some(head) = head else { continue };
            let head = self.names.lemmas.intern(head);
            let words: Vec<LemmaId> = words.into_iter().map(|w| self.names.lemmas.intern(w)).collect();
            let cues = self.cues.entry(head).or_default();
            match cues.iter_mut().find(|(w, c)| *w == words && c.pos == pos) {
                Some((_, cue)) => *cue = Cue { pos, class, stance, takes: Takes(cue.takes.0 | takes.0) },
                None => cues.push((words, Cue { pos, class, stance, takes })),
            }
        }
    }

    fn load_contexts(&mut self, file: &str, content: &'static str, errors: &mut Vec<LexiconError>) {
        for (i, line) in content.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
            let (name, words) = line.split_once('\t').unwrap_or((line, ""));
            let Some(&name) = CONTEXTS.iter().find(|c| **c == name) else {
                let what = format!("{name:?} is no PLOVER context: use one of {}", CONTEXTS.join(", "));
                errors.push(LexiconError { file: file.to_owned(), line: i + 1, what });
                continue;
            };
            for w in words.split('|').filter(|w| !w.is_empty()) {
                let id = self.names.lemmas.intern(w.trim());
                self.contexts.entry(id).or_default().push(name);
            }
        }
    }

    fn load_words(&mut self, content: &'static str) {
        for line in rows(content) {
            if let Some((name, words)) = line.split_once('\t') {
                let lemmas = &mut self.names.lemmas;
                self.lists.entry(name).or_default().extend(words.split('|').map(|w| lemmas.intern(w.trim())));
            }
        }
    }

    /// Lemmas that some table asks for as verbs.
    fn verbs(&self) -> FxHashSet<LemmaId> {
        let mut verbs = FxHashSet::default();
        let mut inside: Vec<LemmaId> = Vec::new();
        for f in &self.frames {
            if f.pattern.pos == Pos::Verb {
                verbs.extend(f.pattern.triggers.iter().map(|t| t.0));
            }
            for c in f.pattern.conditions.iter().filter(|c| c.path.last() == Some(&Slot::COMP)) {
                match &c.test {
                    Test::Head(w) => verbs.extend(w.lemmas.iter().copied()),
                    // Anywhere in the clause nouns are asked for as often as verbs.
                    Test::Inside(w) => inside.extend(w.lemmas.iter().copied()),
                    Test::Present => {}
                }
            }
        }
        let noun_trigger = |l: &LemmaId| self.index.contains_key(&(Pos::Noun, *l)) || self.actors.contains_key(l);
        const NOMINAL: [&str; 14] = ["ma", "me", "lık", "lik", "luk", "lük", "lı", "li", "lu", "lü", "sız", "siz", "suz", "süz"];
        let nominal = |l: &LemmaId| {
            let name = self.names.lemmas.name(*l);
            NOMINAL.iter().any(|e| name.strip_suffix(e).is_some_and(|stem| stem.len() > 1))
        };
        let verb_trigger = |l: &LemmaId| [&self.index, &self.said].iter().any(|i| i.contains_key(&(Pos::Verb, *l)));
        verbs.retain(|l| verb_trigger(l) || !noun_trigger(l));
        verbs.extend(inside.into_iter().filter(|l| !noun_trigger(l) && !nominal(l)));
        for (head, cues) in &self.cues {
            if cues.iter().any(|c| c.1.pos == 'v') {
                verbs.insert(*head);
            }
        }
        for (_, list) in self.lists.iter().filter(|(name, _)| name.starts_with("g_") || matches!(**name, "light" | "occurring")) {
            // The lists hold nouns too ("öngörü"); what the cues have as a noun alone is none.
            let noun = |l: &LemmaId| self.cues.get(l).is_some_and(|c| c.iter().all(|c| c.1.pos == 'n'));
            verbs.extend(list.iter().copied().filter(|l| !noun(l)));
        }
        verbs
    }

    /// Frames whose trigger has that lemma.
    pub fn frames_for(&self, pos: Pos, lemma: LemmaId) -> &[u32] {
        self.index.get(&(pos, lemma)).map_or(&[], Vec::as_slice)
    }

    /// What the tables have of a word with these lemmas as somebody who acts, best first.
    pub(crate) fn acting(&self, lemmas: &[LemmaId]) -> impl Iterator<Item = &ActorNoun> {
        lemmas.iter().filter_map(|l| self.actors.get(l))
    }

    /// Those that hold in somebody's words, of any trigger with that lemma.
    pub fn said_frames_for(&self, lemma: LemmaId) -> impl Iterator<Item = u32> + '_ {
        [Pos::Verb, Pos::Noun, Pos::Adj]
            .into_iter()
            .flat_map(move |pos| self.said.get(&(pos, lemma)).into_iter().flatten().copied())
    }

    /// True where some entry holds in somebody's words alone.
    pub fn has_said_frames(&self) -> bool {
        !self.said.is_empty()
    }

    /// The named list of `words.tsv`; empty where there is none of that name.
    pub fn list(&self, name: &str) -> &FxHashSet<LemmaId> {
        static EMPTY: LazyLock<FxHashSet<LemmaId>> = LazyLock::new(FxHashSet::default);
        self.lists.get(name).unwrap_or(&EMPTY)
    }
}

fn rows(content: &'static str) -> impl Iterator<Item = &'static str> {
    content.lines().filter(|l| !l.is_empty() && !l.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_tables_have_no_fault() {
        for language in Language::ALL {
            let (lexicon, errors) = Lexicon::load(language);
            assert!(errors.is_empty(), "{}", errors.iter().take(20).map(|e| format!("{e}\n")).collect::<String>());
            assert!(lexicon.frames.len() > 500, "{language}: only {} frames", lexicon.frames.len());
        }
    }
}
