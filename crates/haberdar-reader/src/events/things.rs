//! What an act is done to where that is nobody: "condemned the attack", "referandumu reddetti".

use haberdar_lang::Upos;
use haberdar_model::{EventType, Language, MentionKind};

use super::{Act, Scene, head_is, none, roles::take, slot_fillers};
use crate::{
    clauses,
    lexicon::{
        classes::Classes,
        frames::Frame,
        pattern::{Path, Pos, Slot, Test},
    },
    mentions::Draft,
    tree::{Case, Rel, Tree},
};

/// Names what acts without a recipient are done to, by the words that stand where the frame looks for the recipient. Such a thing
/// is no party: it is looked for last, and no act counts because of it. New mentions go into `unnamed`, `base` are those before them.
pub(crate) fn name_things(scene: &Scene<'_>, acts: &mut [Act], base: usize, unnamed: &mut Vec<Draft>) {
    let tree = scene.tree;
    for act in acts.iter_mut() {
        let frame = &scene.lexicon.frames[act.frame as usize];
        let Some(head) = thing(scene, act.trigger, frame, act.kind) else { continue };
        if !act.recipient.is_empty() && !is_told_instead(scene, act, head, frame) {
            continue;
        }
        act.recipient.clear();
        let first = start_of_phrase(tree, head);
        let (start, end) = (tree.nodes[first].start, tree.nodes[head].end);
        let known = unnamed.iter().position(|d| (d.start, d.end) == (start, end));
        let m = known.unwrap_or_else(|| {
            unnamed.push(Draft::unnamed(tree, act.sentence, first, head, MentionKind::Thing));
            unnamed.len() - 1
        });
        act.recipient.push(base + m);
    }
}

/// "isyancıların … mevzilere saldırdığını": the thing stands right in front of the verb, and the recipient was only guessed from
/// another place of the sentence.
fn is_told_instead(scene: &Scene<'_>, act: &Act, head: usize, frame: &Frame) -> bool {
    let tree = scene.tree;
    let p = act.trigger;
    let free = |w: usize| tree.nodes[w].verb.is_none() && scene.words.at(w).is_none() && tree.nodes[w].upos != Upos::Punct;
    let near = tree.language == Language::Tr && head < p && p - head <= 5 && (head + 1..p).all(free);
    let paths = frame.pattern.recipient.as_deref().unwrap_or_default();
    let found = || take(scene, p, frame, paths);
    let elsewhere = |m: &usize| {
        let d = &scene.drafts[*m];
        // What owns or describes another word is the weakest of guesses.
        let dependent =
            || tree.nodes[d.last].case == Case::Gen || tree.nodes[d.last].rel == Rel::Amod || tree.lower(d.last).ends_with("ki");
        // "Somali'nin aldığı kararları" are its decisions.
        let made = |w: usize| {
            let attached = tree.nodes[w].head == Some(head) || w + 1 == head;
            attached && tree.nodes[w].is(Classes::LIGHT) && tree.nodes[w].verb.is_some_and(|v| !v.passive && !v.is_finite())
        };
        let by_it = |v: usize| clauses::surface_subject(tree, v).iter().any(|w| (d.first..=d.last).contains(w));
        let owner = || {
            clauses::owner(tree, head).is_some_and(|w| (d.first..=d.last).contains(&w))
                || (d.last..head).any(|v| made(v) && by_it(v))
        };
        let apart = || !tree.below(d.head, head) || clauses::acts_before(tree, d.last, head);
        scene.is_here(*m) && apart() && dependent() && !owner()
    };
    near && act.recipient.iter().all(elsewhere) && !found().iter().any(|m| act.recipient.contains(m))
}

/// Acts that only concern parties: who talks, agrees or works together does so with somebody.
fn takes_things(kind: EventType) -> bool {
    use EventType::*;
    !matches!(kind, Consult | Agree | Cooperate | Statement)
}

/// Head of the phrase that stands where the frame looks for a recipient, and names a thing.
fn thing(scene: &Scene<'_>, p: usize, frame: &Frame, kind: EventType) -> Option<usize> {
    let tree = scene.tree;
    if frame.pattern.pos != Pos::Verb || !takes_things(kind) {
        return None;
    }
    let default = [vec![Slot::OBJ]];
    let paths: &[Path] = match (&frame.pattern.recipient, tree.language) {
        (Some(paths), _) => paths,
        (None, Language::En) => &default,
        (None, Language::Tr) => &[],
    };
    let names = |&w: &usize| {
        let n = &tree.nodes[w];
        matches!(n.upos, Upos::Noun | Upos::Propn)
            && (n.verb.is_none() || n.as_noun)
            && w != p
            && n.rel != Rel::Lvc
            && scene.words.at(w).is_none()
            && !["time_noun", "relational", "no_actor"].iter().any(|list| tree.is_any(w, scene.lexicon.list(list)))
    };
    if none(paths) {
        return None;
    }
    // "askıya aldı": an oblique word that the frame asks for belongs to the trigger.
    let idiom = |path: &Path, w: usize| {
        tree.language == Language::Tr
            && path[..] != [Slot::ACC]
            && frame.pattern.conditions.iter().any(|c| {
                let words = match &c.test {
                    Test::Head(words) => words,
                    _ => return false,
                };
                !c.negated && c.path.last() == path.last() && head_is(scene, w, words)
            })
    };
    paths.iter().find_map(|path| slot_fillers(scene, p, frame, path).into_iter().find(|w| names(w) && !idiom(path, *w)))
}

/// First word of a noun's phrase, without articles and clauses.
fn start_of_phrase(tree: &Tree<'_>, head: usize) -> usize {
    let part = |k: usize| {
        let n = &tree.nodes[k];
        let fits = matches!(n.rel, Rel::Amod | Rel::NmodPoss | Rel::Nmod | Rel::Compound | Rel::Flat | Rel::Nummod | Rel::Det);
        fits && n.upos != Upos::Punct && n.verb.is_none() && tree.below(k, head)
    };
    let first = (0..head).rev().take_while(|&k| part(k)).last().unwrap_or(head);
    (first..head).find(|&k| tree.nodes[k].rel != Rel::Det).unwrap_or(head)
}
