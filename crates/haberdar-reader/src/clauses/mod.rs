//! Who does what to whom in one sentence: the logical arguments of a predicate.
//!
//! A predicate is a word that some frame can be triggered by. Its arguments are asked for by slot ([`Slot`]): the subject,
//! an object, a case or an adposition. Passives are undone, shared and controlled subjects are found, arguments of a light
//! verb are those of its noun. Nothing here knows of politics.

mod agents;
mod english;
mod objects;
mod owners;
mod turkish;

use haberdar_model::Language;
use smallvec::SmallVec;

use haberdar_lang::Upos;

use crate::{
    lexicon::pattern::{Slot, Slots},
    tree::{Case, Rel, Tree},
    turkish as turkish_forms,
};

/// Word indices that fill a slot, in order of preference.
pub type Fillers = SmallVec<[usize; 4]>;

/// The fillers of one slot of a predicate.
pub fn fill(tree: &Tree<'_>, slots: &Slots, predicate: usize, slot: Slot) -> Fillers {
    let mut out = Fillers::new();
    match tree.language {
        Language::En => english::fill(tree, slots, predicate, slot, &mut out),
        Language::Tr => turkish::fill(tree, slots, predicate, slot, &mut out),
    }
    let mut seen = Fillers::new();
    out.retain(|w| {
        let new = *w != predicate && !seen.contains(w);
        seen.push(*w);
        new
    });
    out
}

/// The fillers at the end of a path such as `obj.of`.
pub fn follow(tree: &Tree<'_>, slots: &Slots, predicate: usize, path: &[Slot]) -> Fillers {
    let mut at: Fillers = SmallVec::from_slice(&[predicate]);
    for &slot in path {
        let mut next = Fillers::new();
        for &w in &at {
            next.extend(fill(tree, slots, w, slot));
        }
        at = next;
    }
    at
}

/// The subject that a reader would name for the predicate, whatever its voice: what `X` is in "X was praised".
pub fn surface_subject(tree: &Tree<'_>, predicate: usize) -> Fillers {
    match tree.language {
        Language::En => english::surface_subject(tree, predicate, 0),
        Language::Tr => turkish::surface_subject(tree, predicate, 0),
    }
}

/// The Turkish case that a slot asks for.
pub fn case_of(slot: Slot) -> Option<Case> {
    Some(match slot {
        Slot::ACC => Case::Acc,
        Slot::DAT => Case::Dat,
        Slot::LOC => Case::Loc,
        Slot::ABL => Case::Abl,
        Slot::INS => Case::Ins,
        Slot::GEN => Case::Gen,
        _ => return None,
    })
}

/// A word and those coordinated with it.
pub fn with_conjuncts(tree: &Tree<'_>, w: usize) -> Fillers {
    let mut out: Fillers = SmallVec::from_slice(&[w]);
    let mut i = 0;
    while i < out.len() && i < 12 {
        let at = out[i];
        for k in tree.kids_by(at, &[Rel::Conj]) {
            // "Müdür, Başkan'ın talebini …": the last of a list carries the case of all, where "and" joins it.
            let bare = tree.language == Language::Tr && tree.nodes[at].case == Case::Nom;
            if bare && !matches!(tree.nodes[k].case, Case::Nom | Case::None) && tree.kids_by(k, &[Rel::Cc]).next().is_none() {
                continue;
            }
            // A conjunct that is a clause of its own is no further participant.
            if tree.nodes[k].verb.is_none_or(|m| !m.is_finite()) && !out.contains(&k) {
                out.push(k);
            }
        }
        i += 1;
    }
    out
}

/// Turkish: the genitive that a possessed word needs, wherever the parse hangs it.
pub fn owner(tree: &Tree<'_>, w: usize) -> Option<usize> {
    owners::genitive_before(tree, w).or_else(|| owners::mover(tree, w))
}

/// Turkish: true for a genitive that is the subject of a participle in front of the noun ("kişinin tutuklandığı saldırılar").
pub fn acts_before(tree: &Tree<'_>, genitive: usize, noun: usize) -> bool {
    owners::acts_before(tree, genitive, noun)
}

/// Turkish: "göstericilerin hükümeti kınadığı": the noun right in front of a nominal verb whose subject stands in the genitive is its
/// object, where the form is no accusative of something owned.
pub fn is_object_of_nominal(tree: &Tree<'_>, w: usize) -> bool {
    let n = &tree.nodes[w];
    let accusative =
        n.case == Case::Acc && !turkish_forms::has_owned_accusative(tree.lower(w)) || n.maybe_acc && n.case == Case::Nom;
    let nominal = tree.nodes.get(w + 1).is_some_and(|v| {
        v.possessed && !v.as_noun && v.verb.is_some_and(|m| !m.is_finite() && !m.passive && !m.subject_participle)
    });
    accusative && nominal
}

/// Turkish: true for forces that who owns them moves ("Rusya'nın birliklerini sınıra yığdığı", "Rusya birliklerini sınıra yığdı").
pub fn is_moved_by_owner(tree: &Tree<'_>, (first, owner): (usize, usize), w: usize) -> bool {
    let verb = (w + 1..tree.len().min(w + 8)).find(|&v| tree.nodes[v].verb.is_some() || tree.nodes[v].upos == Upos::Punct);
    verb.is_some_and(|v| {
        let finite = tree.nodes[v].verb.is_some_and(|m| m.is_finite());
        let subject = |s: usize| tree.nodes[s].case == Case::Nom && tree.nodes[s].capital && tree.nodes[s].upos == Upos::Propn;
        let bare = tree.nodes[owner].case == Case::Nom;
        owners::moved(tree, v) == Some(w) && finite == bare && !(finite && (0..first).any(subject))
    })
}

/// Turkish: true for a body by which something is done ("Başsavcılığınca").
pub fn is_agentive(tree: &Tree<'_>, w: usize) -> bool {
    tree.language == Language::Tr && agents::is_agentive(tree, w)
}

/// True where the clause of the predicate is passive.
pub fn is_passive(tree: &Tree<'_>, v: usize) -> bool {
    tree.nodes[v].verb.is_some_and(|m| m.passive) || tree.kids_by(v, &[Rel::AuxPass, Rel::NsubjPass]).next().is_some()
}
