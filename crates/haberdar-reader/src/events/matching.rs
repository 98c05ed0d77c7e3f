//! Whether a frame holds at a predicate: its conditions, asked of what fills its slots.

use haberdar_lang::Upos;
use haberdar_model::{EventType, Language, MentionKind};

use super::Scene;
use crate::{
    clauses::{self, Fillers},
    lexicon::{
        classes::Classes,
        frames::Frame,
        pattern::{LemmaId, Path, Slot, Test, Words},
    },
    status,
    tree::{Case, Rel, Tree},
    turkish::VerbForm,
};

pub(super) fn matches(scene: &Scene<'_>, p: usize, frame: &Frame) -> bool {
    let tree = scene.tree;
    let node = &tree.nodes[p];
    // The trigger has a second part only in some alternatives.
    let second =
        frame.pattern.triggers.iter().filter(|(head, _)| node.lemmas.contains(head) || node.verb_lemma == Some(*head)).any(
            |(_, part)| match part {
                None => true,
                Some(part) => has_part(scene, p, *part),
            },
        );
    second
        && !wants_to_do(tree, p, frame)
        && frame.pattern.conditions.iter().all(|c| {
            if c.path[..] == [Slot::NEG] {
                return status::is_negative(tree, scene.lexicon, p) != c.negated;
            }
            let mut fillers = slot_fillers(scene, p, frame, &c.path);
            if tree.language == Language::Tr {
                meant(scene, p, &mut fillers);
            }
            let holds = match &c.test {
                Test::Present => !fillers.is_empty(),
                Test::Head(words) => fillers
                    .iter()
                    .any(|&w| head_is(scene, w, words) || c.path[..] == [Slot::SUBJ] && !c.negated && is_titled(scene, w, words)),
                Test::Inside(words) => fillers.iter().any(|&w| {
                    let inside = |q: usize| q != p && head_is(scene, q, words);
                    // A modifier stands right before its noun, also where the parse misses that.
                    let before =
                        tree.language == Language::Tr && (1..=2).any(|d| w >= d && plain(tree, w - d, w) && inside(w - d));
                    head_is(scene, w, words) || before || tree.subtree(w).into_iter().any(inside)
                }),
            };
            holds != c.negated
        })
}

/// "çekilmek istiyor": who wants to do something asks nobody for it.
fn wants_to_do(tree: &Tree<'_>, p: usize, frame: &Frame) -> bool {
    let infinitive = |w: usize| {
        let plain = tree.nodes[w].verb.is_some_and(|m| m.form == VerbForm::VerbalNoun);
        plain && (tree.lower(w).ends_with("mak") || tree.lower(w).ends_with("mek"))
    };
    frame.kind == EventType::Request
        && tree.language == Language::Tr
        && frame.pattern.conditions.iter().any(|c| c.path.first() == Some(&Slot::COMP))
        && p > 0
        && infinitive(p - 1)
}

/// True where the words from one to the other belong to one noun phrase.
fn plain(tree: &Tree<'_>, from: usize, to: usize) -> bool {
    (from..to).all(|k| {
        let n = &tree.nodes[k];
        matches!(n.upos, Upos::Noun | Upos::Adj | Upos::Propn | Upos::Num)
            && n.verb.is_none()
            && matches!(n.case, Case::Nom | Case::None)
    })
}

/// Adds what Turkish fillers stand for: the members of a list, and the noun before a relational one ("soruşturma altına").
fn meant(scene: &Scene<'_>, p: usize, fillers: &mut Fillers) {
    let tree = scene.tree;
    for i in 0..fillers.len() {
        let w = fillers[i];
        for c in clauses::with_conjuncts(tree, w) {
            if c != p && !fillers.contains(&c) {
                fillers.push(c);
            }
        }
        // "soruşturma kapsamında": what looks like a verbal noun, too.
        let noun = |k: usize| {
            let n = &tree.nodes[k];
            plain(tree, k, w) || n.verb.is_some_and(|m| m.form == VerbForm::VerbalNoun) && n.case == Case::Nom
        };
        if w > 0 && tree.is_any(w, scene.lexicon.list("relational")) && noun(w - 1) && !fillers.contains(&(w - 1)) {
            fillers.push(w - 1);
        }
    }
}

/// True where the alternative that holds has two parts ("call off"), which says more than one.
pub(super) fn matched_part(scene: &Scene<'_>, p: usize, frame: &Frame) -> bool {
    let node = &scene.tree.nodes[p];
    let own = |head| node.lemmas.contains(head) || node.verb_lemma == Some(*head);
    frame.pattern.triggers.iter().any(|(head, part)| own(head) && part.is_some_and(|part| has_part(scene, p, part)))
}

/// In "call for talks" the frame's object stands behind its particle.
pub(super) fn slot_fillers(scene: &Scene<'_>, p: usize, frame: &Frame, path: &Path) -> Fillers {
    let slots = &scene.lexicon.names.slots;
    let mut fillers = clauses::follow(scene.tree, slots, p, path);
    if path.first() == Some(&Slot::OBJ) {
        for (_, part) in &frame.pattern.triggers {
            if let Some(slot) = part.and_then(|part| slots.get(scene.lexicon.names.lemmas.name(part))) {
                let mut path = path.clone();
                path[0] = slot;
                fillers.extend(clauses::follow(scene.tree, slots, p, &path));
            }
        }
    }
    with_counted(scene, &mut fillers);
    fillers
}

/// "thousands of tents": what is counted fills the slot too.
fn with_counted(scene: &Scene<'_>, fillers: &mut Fillers) {
    let tree = scene.tree;
    if tree.language != Language::En {
        return;
    }
    let list = scene.lexicon.list("quantity_head");
    let mut i = 0;
    while i < fillers.len() && i < 8 {
        let w = fillers[i];
        i += 1;
        if !tree.is_any(w, list) {
            continue;
        }
        let of = |k: &usize| *k > w || tree.kids_by(*k, &[Rel::Case]).any(|c| tree.lower(c) == "of");
        for k in tree.kids_by(w, &[Rel::Nmod]).filter(of) {
            if !fillers.contains(&k) {
                fillers.push(k);
            }
        }
    }
}

fn has_part(scene: &Scene<'_>, p: usize, part: LemmaId) -> bool {
    let tree = scene.tree;
    // "took 14 men into custody on Saturday" takes on nobody.
    let day = |k: usize| tree.nodes[k].upos == Upos::Num || tree.is_any(k, scene.lexicon.list("time_noun"));
    let is = |w: usize| tree.nodes[w].lemmas.contains(&part);
    match tree.language {
        Language::En => {
            tree.kids_by(p, &[Rel::Prt, Rel::Advmod, Rel::Xcomp, Rel::Obj, Rel::Compound]).any(|k| k > p && is(k))
                || tree.kids(p).any(|k| k > p && !day(k) && tree.kids_by(k, &[Rel::Case, Rel::Mark]).any(is))
                || p + 1 < tree.len() && is(p + 1)
        }
        Language::Tr => tree.kids(p).any(|k| k < p && is(k)) || (1..=2).any(|d| p >= d && is(p - d)),
    }
}

pub(super) fn head_is(scene: &Scene<'_>, w: usize, words: &Words) -> bool {
    let tree = scene.tree;
    let has = |w: usize| tree.nodes[w].lemmas.iter().any(|l| words.has(*l));
    // What a light verb does its noun says ("müdahale ettiğini").
    if has(w)
        || tree.language == Language::Tr
            && tree.nodes[w].is(Classes::LIGHT)
            && tree.kids_by(w, &[Rel::Lvc, Rel::Obj]).any(|k| k + 1 == w && has(k))
    {
        return true;
    }
    let kind = || scene.words.at(w).map(|m| scene.drafts[m].kind);
    words.actor && (kind().is_some_and(acts) || is_personal(tree, w) || is_speaker(scene, w))
        || words.place && kind().is_some_and(|k| matches!(k, MentionKind::Place | MentionKind::Country))
}

/// English: "Finnish President Martti Ahtisaari": the title says what he is as much as the word that carries the name.
fn is_titled(scene: &Scene<'_>, w: usize, words: &Words) -> bool {
    let tree = scene.tree;
    let draft = scene.words.at(w).filter(|&m| tree.language == Language::En && scene.is_here(m)).map(|m| &scene.drafts[m]);
    draft.is_some_and(|d| {
        let role = d.role.as_ref().map(|r| (r.start, r.end));
        let inside = |k: &usize| role.is_some_and(|(a, b)| a <= tree.nodes[*k].start && tree.nodes[*k].end <= b);
        (d.first..=d.last).filter(inside).any(|k| tree.nodes[k].lemmas.iter().any(|l| words.has(*l)))
    })
}

/// English: a pronoun for somebody.
fn is_personal(tree: &Tree<'_>, w: usize) -> bool {
    tree.language == Language::En
        && tree.nodes[w].upos == Upos::Pron
        && matches!(tree.lower(w), "he" | "she" | "him" | "her" | "they" | "them" | "we" | "us" | "i" | "me" | "who" | "whom")
}

/// English: "Iran said it would …": who says so.
fn is_speaker(scene: &Scene<'_>, w: usize) -> bool {
    let tree = scene.tree;
    let n = &tree.nodes[w];
    if tree.language != Language::En || tree.lower(w) != "it" || n.rel != Rel::Nsubj {
        return false;
    }
    let said = n.head.filter(|&v| tree.nodes[v].rel == Rel::Ccomp).and_then(|v| tree.nodes[v].head);
    let named = |s: usize| scene.words.at(s).is_some_and(|m| acts(scene.drafts[m].kind));
    said.is_some_and(|h| tree.kids_by(h, &[Rel::Nsubj]).any(named))
}

/// Kinds of mentions that can act.
pub fn acts(kind: MentionKind) -> bool {
    !matches!(kind, MentionKind::Place)
}

/// The words of the trigger: the head and, where they stand next to it, its light noun or particle.
pub(super) fn trigger_span(scene: &Scene<'_>, p: usize, frame: &Frame) -> (usize, usize) {
    let tree = scene.tree;
    let node = &tree.nodes[p];
    let (mut start, mut end) = (node.start, node.end);
    let slots = &scene.lexicon.names.slots;
    for c in frame.pattern.conditions.iter().filter(|c| !c.negated && matches!(c.test, Test::Head(_)) && c.path.len() == 1) {
        for w in clauses::follow(tree, slots, p, &c.path) {
            let near = w.abs_diff(p) <= 3 && scene.words.at(w).is_none();
            if near
                && let Test::Head(words) = &c.test
                && head_is(scene, w, words)
            {
                start = start.min(tree.nodes[w].start);
                end = end.max(tree.nodes[w].end);
            }
        }
    }
    if frame.pattern.triggers.iter().any(|t| t.1.is_some()) {
        match tree.language {
            Language::Tr if p > 0 => start = start.min(tree.nodes[p - 1].start),
            Language::En if p + 1 < tree.len() => end = end.max(tree.nodes[p + 1].end),
            _ => {}
        }
    }
    (start, end)
}
