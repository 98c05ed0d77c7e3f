//! Words of saying in a sentence, by `data/lang/*/cues.tsv`.

use haberdar_lang::Upos;
use haberdar_model::Language;

use crate::{events::Scene, lexicon::Cue, lexicon::pattern::LemmaId, tree::Tree};

/// A word of saying in a sentence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CueAt {
    /// The verb (or noun, or adposition).
    pub(crate) word: usize,
    /// First word of the cue.
    pub(crate) first: usize,
    /// Last word of the cue.
    pub(crate) last: usize,
    /// What it is.
    pub(crate) cue: Cue,
}

/// The cues of a sentence, longest where several end in one word.
pub(super) fn cues(scene: &Scene<'_>) -> Vec<CueAt> {
    let tree = scene.tree;
    let mut out = Vec::new();
    for w in 0..tree.len() {
        let node = &tree.nodes[w];
        let mut best: Option<(usize, CueAt)> = None;
        for lemma in node.lemmas.iter().chain(&node.verb_lemma) {
            for (others, cue) in scene.lexicon.cues.get(lemma).into_iter().flatten() {
                let fits_pos = match cue.pos {
                    'v' => node.verb.is_some() && node.verb_lemma == Some(*lemma) || behind_marks(tree, w),
                    'n' => node.verb.is_none(),
                    _ => true,
                };
                if !fits_pos || best.as_ref().is_some_and(|(n, _)| *n > others.len()) {
                    continue;
                }
                // The other words stand near, in any order of dependency; in English behind the verb.
                let behind = tree.language == Language::En && cue.pos == 'v';
                let near = |l: &LemmaId| {
                    let from = if behind { w + 1 } else { w.saturating_sub(5) };
                    let names = &scene.lexicon.names.lemmas;
                    (from..(w + 4).min(tree.len())).find(|&k| {
                        k != w && (tree.nodes[k].lemmas.contains(l) || cue.pos == 'p' && tree.lower(k) == names.name(*l))
                    })
                };
                let mut all = Some((w, w));
                for l in others {
                    all = all.zip(near(l)).map(|((a, b), k)| (a.min(k), b.max(k)));
                }
                // "the so-called rebels": nobody calls them so.
                let so = w > 1 && tree.lower(w - 1) == "-" && tree.lower(w - 2) == "so";
                // "“It was rude,” said Ann.": a phrase does not begin in somebody's words and end outside.
                let torn = |&(a, b): &(usize, usize)| tree.language == Language::En && (a..b).any(|k| is_mark(tree, k));
                if let Some((first, last)) = all.filter(|all| !so && !torn(all)) {
                    // "is adamant", "is believed to": the copula or auxiliary stands for the word that it goes with.
                    let word = match node.head {
                        Some(h) if node.upos == Upos::Aux && behind && (first..=last).contains(&h) => h,
                        _ => w,
                    };
                    best = Some((others.len() + 1, CueAt { word, first, last, cue: *cue }));
                }
            }
        }
        out.extend(best.map(|b| b.1));
    }
    out
}

/// "“…,” Bozell answers.": what stands between a name behind the marks and the end of its phrase is a verb, though it reads like a
/// noun.
fn behind_marks(tree: &Tree<'_>, w: usize) -> bool {
    let node = &tree.nodes[w];
    let name = |k: usize| tree.nodes[k].upos == Upos::Propn || matches!(tree.lower(k), "he" | "she" | "they" | "one");
    if tree.language != Language::En || node.upos != Upos::Noun || w == 0 || !name(w - 1) {
        return false;
    }
    let closes = |k: usize| is_mark(tree, k) && !matches!(tree.lower(k), "“" | "``");
    let ends = tree.nodes.get(w + 1).is_none_or(|n| matches!(n.upos, Upos::Punct | Upos::Adp | Upos::Adv | Upos::Part));
    let before = (0..w).rev().find(|&k| !name(k));
    ends && before.is_some_and(closes)
}

fn is_mark(tree: &Tree<'_>, k: usize) -> bool {
    tree.nodes[k].upos == Upos::Punct && matches!(tree.lower(k), "“" | "”" | "\"" | "''" | "``" | "’" | "'")
}
