//! Words of somebody else: direct, indirect and mixed quotations with their speaker and cue.
//!
//! [`direct`] pairs quotation marks over the whole text and looks for the words of saying around them; [`indirect`] finds
//! complements of such words within a sentence. Cues are in `data/lang/*/cues.tsv`.

mod direct;
mod indirect;

use haberdar_model::{MentionKind, QuoteKind};

use crate::{
    clauses,
    events::{self, Scene},
    lexicon::Cue,
    mentions::Draft,
    salience,
    tree::{Case, Rel, Tree},
};

/// A quotation while the article is being read.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// First byte of the content.
    pub start: usize,
    /// Byte behind it.
    pub end: usize,
    /// Direct, indirect, mixed.
    pub kind: QuoteKind,
    /// Mention of the speaker.
    pub speaker: Option<usize>,
    /// Bytes of the cue.
    pub cue: Option<(usize, usize)>,
    /// What kind of saying it is.
    pub class: Option<Cue>,
    /// Mention of the addressee.
    pub addressee: Option<usize>,
}

/// All quotations of an article in order.
pub fn find(text: &str, scenes: &[Scene<'_>]) -> Vec<Said> {
    let marks = direct::pairs(text);
    let mut out = Vec::new();
    let cues: Vec<Vec<CueAt>> = scenes.iter().map(cues).collect();
    for (s, cues) in cues.iter().enumerate() {
        indirect::find(scenes, s, cues, &marks, &mut out);
    }
    direct::find(text, scenes, &cues, &marks, &mut out);
    out.sort_by_key(|q| (q.start, q.end));
    out.dedup_by(|b, a| a.start == b.start && a.end == b.end);
    out
}

/// A word of saying in a sentence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CueAt {
    /// The verb (or noun, or adposition).
    pub(crate) word: usize,
    /// First word of the cue.
    pub(crate) first: usize,
    /// What it is.
    pub(crate) cue: Cue,
}

/// The cues of a sentence, longest where several end in one word.
fn cues(scene: &Scene<'_>) -> Vec<CueAt> {
    let tree = scene.tree;
    let mut out = Vec::new();
    for w in 0..tree.len() {
        let node = &tree.nodes[w];
        let mut best: Option<(usize, CueAt)> = None;
        for lemma in node.lemmas.iter().chain(&node.verb_lemma) {
            for (others, cue) in scene.lexicon.cues.get(lemma).into_iter().flatten() {
                let fits_pos = match cue.pos {
                    'v' => node.verb.is_some() && node.verb_lemma == Some(*lemma),
                    'n' => node.verb.is_none(),
                    _ => true,
                };
                if !fits_pos || best.as_ref().is_some_and(|(n, _)| *n > others.len()) {
                    continue;
                }
                // The other words stand near, in any order of dependency.
                let near = |l: &crate::lexicon::pattern::LemmaId| {
                    let range = w.saturating_sub(5)..(w + 4).min(tree.len());
                    range.into_iter().find(|&k| k != w && tree.nodes[k].lemmas.contains(l))
                };
                let found: Option<Vec<usize>> = others.iter().map(near).collect();
                if let Some(found) = found {
                    let first = found.into_iter().chain([w]).min().unwrap_or(w);
                    best = Some((others.len() + 1, CueAt { word: w, first: first.min(w), cue: *cue }));
                }
            }
        }
        out.extend(best.map(|b| b.1));
    }
    out
}

/// Who speaks at a verb of saying.
pub(crate) fn speaker_of(scene: &Scene<'_>, cue: usize) -> Option<usize> {
    let tree = scene.tree;
    if clauses::is_passive(tree, cue) {
        // Agentless passives have no speaker, whatever stands in the nominative; "tarafından" and "by" name one.
        return clauses::fill(tree, &scene.lexicon.names.slots, cue, crate::lexicon::pattern::Slot::SUBJ)
            .iter()
            .find_map(|&w| speaking(scene, w))
            .or_else(|| stated_by(scene, cue));
    }
    if let Some(m) = events::topic(scene, cue) {
        return Some(m);
    }
    let subjects = clauses::surface_subject(tree, cue);
    subjects.iter().find_map(|&w| speaking(scene, w)).or_else(|| {
        // The parse gives no usable subject: the nearest nominative mention that can speak, before the cue.
        if !subjects.is_empty() {
            return None;
        }
        (0..cue).rev().find_map(|w| {
            let m = scene.words.headed(w)?;
            let case = tree.nodes[scene.drafts[m].last].case;
            (speaks(&scene.drafts[m])
                && matches!(case, Case::Nom | Case::None)
                && matches!(tree.nodes[w].rel, Rel::Nsubj | Rel::Root | Rel::Conj))
            .then_some(m)
        })
    })
}

/// "Bakanlıktan yapılan açıklamada … bildirildi": whose statement it is.
fn stated_by(scene: &Scene<'_>, cue: usize) -> Option<usize> {
    let (tree, nouns) = (scene.tree, scene.lexicon.list("statement"));
    let statement = (0..cue).find(|&w| tree.nodes[w].case == Case::Loc && tree.is_any(w, nouns))?;
    (statement.saturating_sub(6)..statement).rev().find_map(|w| {
        let m = scene.words.at(w).filter(|&m| speaks(&scene.drafts[m]))?;
        let last = scene.drafts[m].last;
        let by = tree.nodes.get(last + 1).is_some() && tree.lower(last + 1) == "tarafından";
        (by || matches!(tree.nodes[last].case, Case::Gen | Case::Abl)).then_some(m)
    })
}

/// "he told reporters", "… dedi": the subject that the text goes on with.
pub(crate) fn unnamed_subject(scenes: &[Scene<'_>], s: usize, cue: usize) -> Option<usize> {
    let scene = &scenes[s];
    let unnamed = scene.tree.is_verbal(cue)
        && !clauses::is_passive(scene.tree, cue)
        && (salience::pronoun_subject(scene, cue) || salience::dropped_subject(scene, cue));
    unnamed.then(|| salience::last_subject(scenes, s)).flatten()
}

fn speaking(scene: &Scene<'_>, w: usize) -> Option<usize> {
    let m = scene.words.at(w)?;
    speaks(&scene.drafts[m]).then_some(m)
}

fn speaks(d: &Draft) -> bool {
    d.kind != MentionKind::Place
}

/// Byte span of a run of words.
pub(crate) fn bytes(tree: &Tree<'_>, first: usize, last: usize) -> (usize, usize) {
    (tree.nodes[first].start, tree.nodes[last].end)
}
