//! Arguments in English, by relation and preposition.

use haberdar_lang::{NameClass, Upos};
use smallvec::SmallVec;

use super::{Fillers, is_passive};
use crate::{
    lexicon::pattern::{Slot, Slots},
    tree::{Rel, Tree},
    turkish::VerbForm,
};

pub(super) fn fill(tree: &Tree<'_>, slots: &Slots, p: usize, slot: Slot, out: &mut Fillers) {
    let verbal = tree.is_verbal(p);
    match slot {
        Slot::SUBJ if verbal && !is_passive(tree, p) => out.extend(surface_subject(tree, p, 0)),
        Slot::SUBJ | Slot::BY => {
            out.extend(tree.kids_by(p, &[Rel::OblAgent]));
            prepositional(tree, p, "by", out);
            if !verbal && out.is_empty() {
                // "the arrest of a reporter by the police": the phrase hangs on the of-noun.
                for k in tree.kids_by(p, &[Rel::Nmod]) {
                    prepositional(tree, k, "by", out);
                }
            }
            if verbal && out.is_empty() && is_passive(tree, p) {
                // "were released from captivity by the rebels": the agent hangs on what stands in front of it.
                for k in tree.kids_by(p, &[Rel::Obl]).filter(|&k| k > p) {
                    prepositional(tree, k, "by", out);
                }
            }
            if !verbal && out.is_empty() {
                of_participle(tree, p, "by", out);
                // "the sanctions that the union imposed"
                let relative = |k: &usize| tree.kids_by(*k, &[Rel::Nsubj]).all(|s| !is_relative(tree, s));
                for k in tree.kids_by(p, &[Rel::AclRelcl]).filter(relative) {
                    out.extend(tree.kids_by(k, &[Rel::Nsubj]));
                }
            }
            if slot == Slot::SUBJ && !verbal && out.is_empty() {
                out.extend(tree.kids_by(p, &[Rel::Nsubj]));
            }
        }
        Slot::OBJ if verbal && is_passive(tree, p) => {
            out.extend(surface_subject(tree, p, 0));
            out.extend(tree.kids_by(p, &[Rel::Obj]));
        }
        Slot::OBJ => {
            out.extend(tree.kids_by(p, &[Rel::Obj]));
            if out.is_empty() {
                out.extend(tree.kids_by(p, &[Rel::Iobj]));
            }
            if out.is_empty() && verbal {
                // "rolled back tariffs": the object hangs on the particle.
                for k in tree.kids_by(p, &[Rel::Prt, Rel::Advmod]) {
                    out.extend(tree.kids_by(k, &[Rel::Obj]));
                }
            }
            if out.is_empty() && verbal {
                // A bare noun read as a clause: "provide training".
                let bare = |k: &usize| {
                    *k > p
                        && matches!(tree.nodes[*k].upos, Upos::Noun | Upos::Propn)
                        && tree.kids_by(*k, &[Rel::Mark, Rel::Case, Rel::Cop]).next().is_none()
                };
                out.extend(tree.kids_by(p, &[Rel::Xcomp, Rel::Ccomp]).filter(bare));
            }
            if out.is_empty() && verbal {
                // "carried out two dozen strikes": read as a measure.
                let bare = |k: &usize| {
                    *k > p
                        && tree.nodes[*k].upos == Upos::Noun
                        && tree.kids_by(*k, &[Rel::Nummod]).next().is_some()
                        && tree.kids_by(*k, &[Rel::Mark, Rel::Case, Rel::Cop]).next().is_none()
                };
                out.extend(tree.kids_by(p, &[Rel::Obl]).filter(bare));
            }
            if out.is_empty() {
                out.extend(relative_object(tree, p));
            }
            if out.is_empty() && verbal && tree.nodes[p].rel == Rel::Conj {
                // "seized and destroyed the depot": a shared object stands with one of the conjuncts.
                if let Some(h) = tree.nodes[p].head
                    && tree.is_verbal(h)
                    && tree.kids_by(p, &[Rel::Obl, Rel::Xcomp, Rel::Ccomp]).next().is_none()
                {
                    out.extend(tree.kids_by(h, &[Rel::Obj]).filter(|&o| o > p));
                }
            }
            if out.is_empty() && verbal {
                for k in tree.kids_by(p, &[Rel::Conj]).filter(|&k| tree.is_verbal(k)) {
                    if is_bare_transitive(tree, p) {
                        out.extend(tree.kids_by(k, &[Rel::Obj]));
                    }
                }
            }
        }
        Slot::AUX => out.extend(tree.kids_by(p, &[Rel::Aux])),
        Slot::IOBJ => {
            out.extend(tree.kids_by(p, &[Rel::Iobj]));
            // "Reporters were refused permission."
            if verbal && out.is_empty() && is_passive(tree, p) && tree.kids_by(p, &[Rel::Obj]).next().is_some() {
                out.extend(surface_subject(tree, p, 0));
            }
        }
        Slot::COMP => {
            out.extend(tree.kids_by(p, &[Rel::Xcomp, Rel::Ccomp, Rel::Csubj]));
            let infinitive = |k: &usize| tree.kids_by(*k, &[Rel::Mark]).any(|m| tree.lower(m) == "to");
            out.extend(tree.kids_by(p, &[Rel::Advcl, Rel::Acl]).filter(infinitive));
            if verbal {
                // "plan to close …" where the infinitive hangs on the object noun.
                for o in tree.kids_by(p, &[Rel::Obj]) {
                    out.extend(tree.kids_by(o, &[Rel::Acl, Rel::Ccomp]));
                }
            }
        }
        Slot::POSS => {
            out.extend(tree.kids_by(p, &[Rel::NmodPoss]));
            out.extend(
                tree.kids_by(p, &[Rel::Amod, Rel::Compound, Rel::Nmod])
                    .filter(|&k| tree.nodes[k].capital && tree.kids_by(k, &[Rel::Case]).next().is_none()),
            );
        }
        Slot::MOD => out.extend(tree.kids_by(p, &[Rel::Compound, Rel::Amod, Rel::Nummod, Rel::Nmod]).filter(|&k| k < p)),
        Slot::HEAD => out.extend(tree.nodes[p].head.filter(|&h| h > p && matches!(tree.nodes[p].rel, Rel::Amod | Rel::Compound))),
        Slot::NONE => {}
        _ => {
            let name = slots.name(slot);
            prepositional(tree, p, name, out);
            if verbal && out.is_empty() {
                // Attachment of prepositional phrases is the parser's weakest point: look at the object too …
                for o in tree
                    .kids_by(p, &[Rel::Obj, Rel::NsubjPass, Rel::Nsubj])
                    .filter(|&o| o > p || tree.nodes[o].rel == Rel::NsubjPass)
                {
                    prepositional(tree, o, name, out);
                }
            } else if !verbal && out.is_empty() {
                // … and for a noun at the verb whose object it is.
                if let Some(h) = tree.nodes[p].head
                    && tree.is_verbal(h)
                {
                    prepositional(tree, h, name, out);
                    out.retain(|w| *w > p);
                }
            }
            if out.is_empty() && !verbal {
                of_participle(tree, p, name, out);
            }
            if out.is_empty() {
                chained(tree, p, name, out);
            }
        }
    }
}

/// "the petition filed by a senator", "the sanctions imposed on Ruritania": what a participle adds to its noun.
fn of_participle(tree: &Tree<'_>, p: usize, name: &str, out: &mut Fillers) {
    let participle = |k: &usize| *k > p && tree.nodes[*k].verb.is_some_and(|m| m.form == VerbForm::Participle && m.passive);
    for k in tree.kids_by(p, &[Rel::Acl, Rel::AclRelcl]).filter(participle) {
        if name == "by" {
            out.extend(tree.kids_by(k, &[Rel::OblAgent]));
        }
        prepositional(tree, k, name, out);
    }
}

/// A prepositional phrase that hangs on another one of the clause: "held talks in Moscow with the envoy".
fn chained(tree: &Tree<'_>, p: usize, name: &str, out: &mut Fillers) {
    if !matches!(name, "with" | "against" | "on" | "to" | "in" | "for" | "from" | "into") {
        return;
    }
    for k in tree.kids_by(p, &[Rel::Obl, Rel::Nmod, Rel::Obj]).filter(|&k| k > p) {
        let mut at = k;
        for _ in 0..3 {
            match tree.kids_by(at, &[Rel::Nmod]).filter(|&q| q > at).last() {
                Some(q) if tree.kids_by(q, &[Rel::Case]).any(|c| tree.lower(c) == name) => {
                    out.push(q);
                    return;
                }
                Some(q) => at = q,
                None => break,
            }
        }
    }
}

/// A transitive verb that stands directly before "and" and another verb: its object follows later.
fn is_bare_transitive(tree: &Tree<'_>, p: usize) -> bool {
    tree.lower(p + 1).eq("and") || tree.lower(p + 1).eq(",")
}

/// Dependents with that preposition; also gerunds ("from leaving") by their marker.
fn prepositional(tree: &Tree<'_>, p: usize, name: &str, out: &mut Fillers) {
    for k in tree.kids_by(p, &[Rel::Obl, Rel::Nmod, Rel::Advcl, Rel::Acl, Rel::Xcomp, Rel::OblAgent, Rel::OblTmod, Rel::NmodTmod])
    {
        if tree.kids_by(k, &[Rel::Case, Rel::Mark]).any(|c| tree.lower(c) == name) {
            out.push(k);
        }
    }
}

pub(super) fn surface_subject(tree: &Tree<'_>, p: usize, depth: u8) -> Fillers {
    let mut out = Fillers::new();
    if depth > 6 {
        return out;
    }
    let node = &tree.nodes[p];
    for k in tree.kids_by(p, &[Rel::Nsubj, Rel::NsubjPass, Rel::Csubj]) {
        if is_relative(tree, k) {
            if let Some(h) = person_before(tree, k).or_else(|| antecedent(tree, p)).or_else(|| noun_before(tree, k)) {
                out.extend(borne_by(tree, h));
            }
        } else {
            out.push(k);
        }
    }
    if !out.is_empty() {
        return out;
    }
    let Some(h) = node.head else { return out };
    match node.rel {
        Rel::Xcomp => {
            // "urged Russia to leave": the object controls; "wants to leave": the subject does.
            let object: Fillers = tree.kids_by(h, &[Rel::Obj, Rel::Iobj]).collect();
            if object.is_empty() || is_passive(tree, h) { surface_subject(tree, h, depth + 1) } else { object }
        }
        Rel::Acl | Rel::AclRelcl => {
            let mut out = Fillers::new();
            let infinitive = tree.kids_by(p, &[Rel::Mark]).any(|m| tree.lower(m) == "to");
            if infinitive {
                // "its decision to leave": who decides is who leaves.
                out.extend(tree.kids_by(h, &[Rel::NmodPoss]));
                if out.is_empty()
                    && let Some(v) = tree.nodes[h].head
                    && tree.is_verbal(v)
                {
                    return surface_subject(tree, v, depth + 1);
                }
            } else {
                out.extend(borne_by(tree, h));
            }
            out
        }
        // "protested the government for selling arms", "barred unions from striking": it is the object that does or did it.
        Rel::Advcl if is_blamed(tree, p, h) => tree.kids_by(h, &[Rel::Obj]).collect(),
        Rel::Conj | Rel::Advcl | Rel::Parataxis | Rel::Ccomp
            if (tree.is_verbal(h) || is_predicate_noun(tree, h)) && (node.rel != Rel::Ccomp || is_nonfinite(tree, p)) =>
        {
            surface_subject(tree, h, depth + 1)
        }
        _ => SmallVec::new(),
    }
}

fn is_blamed(tree: &Tree<'_>, p: usize, h: usize) -> bool {
    let marked = tree.kids_by(p, &[Rel::Mark]).any(|k| matches!(tree.lower(k), "for" | "from" | "of" | "into"));
    marked && !is_passive(tree, h) && tree.kids_by(h, &[Rel::Obj]).any(|o| o < p)
}

/// A noun that says what its subject is: "is a critic".
fn is_predicate_noun(tree: &Tree<'_>, w: usize) -> bool {
    !tree.is_verbal(w) && tree.kids_by(w, &[Rel::Cop]).next().is_some() && tree.kids_by(w, &[Rel::Nsubj]).next().is_some()
}

/// "Smith is a critic who has called for …": whom the noun describes does it. A noun that describes nobody stands for itself.
fn borne_by(tree: &Tree<'_>, w: usize) -> Fillers {
    let mut at = w;
    for _ in 0..4 {
        match tree.nodes[at].head {
            Some(h) if tree.nodes[at].rel == Rel::Conj && !tree.is_verbal(h) => at = h,
            _ => break,
        }
    }
    if is_predicate_noun(tree, at) {
        return tree.kids_by(at, &[Rel::Nsubj]).take(1).collect();
    }
    // "He shouts and is a liar who has promised …"
    let copula = tree.kids_by(at, &[Rel::Cop]).next().is_some();
    match tree.nodes[at].head.filter(|&h| copula && tree.nodes[at].rel == Rel::Conj && tree.is_verbal(h)) {
        Some(h) => tree.kids_by(h, &[Rel::Nsubj]).take(1).collect(),
        None => SmallVec::from_slice(&[w]),
    }
}

fn is_nonfinite(tree: &Tree<'_>, p: usize) -> bool {
    tree.nodes[p].verb.is_some_and(|m| m.form != VerbForm::Finite)
}

fn is_relative(tree: &Tree<'_>, k: usize) -> bool {
    matches!(tree.nodes[k].upos, Upos::Pron | Upos::Det) && matches!(tree.lower(k), "who" | "which" | "that" | "whom")
}

/// "Romney, who …": where the parse hangs the clause on something else, the pronoun means the noun right before it.
fn noun_before(tree: &Tree<'_>, k: usize) -> Option<usize> {
    let w = k.checked_sub(1).map(|w| if tree.lower(w) == "," { w.saturating_sub(1) } else { w })?;
    matches!(tree.nodes[w].upos, Upos::Noun | Upos::Propn).then_some(w)
}

/// "a meeting with Romney, who …": "who" means the person named right before it, whatever the clause hangs on.
fn person_before(tree: &Tree<'_>, k: usize) -> Option<usize> {
    let w = noun_before(tree, k).filter(|_| tree.lower(k) == "who")?;
    let name = tree.names.iter().find(|n| n.class == NameClass::Per && (n.first_word..=n.last_word).contains(&w))?;
    (name.first_word..=w).find(|&q| tree.nodes[q].head.is_none_or(|h| !(name.first_word..=w).contains(&h)))
}

/// The noun that a relative clause modifies.
fn antecedent(tree: &Tree<'_>, p: usize) -> Option<usize> {
    let mut at = p;
    for _ in 0..4 {
        match tree.nodes[at].rel {
            Rel::AclRelcl | Rel::Acl => return tree.nodes[at].head,
            Rel::Conj | Rel::Xcomp => at = tree.nodes[at].head?,
            _ => return None,
        }
    }
    None
}

/// The object of a relative clause whose own object is the noun it modifies: "the sanctions (that) it imposed".
fn relative_object(tree: &Tree<'_>, p: usize) -> Option<usize> {
    if tree.nodes[p].rel != Rel::AclRelcl {
        return None;
    }
    let subject = tree.kids_by(p, &[Rel::Nsubj]).next()?;
    if is_relative(tree, subject) { None } else { tree.nodes[p].head }
}
