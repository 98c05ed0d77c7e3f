//! The objects of Turkish verbs, definite and bare, also where the tags or the parse hide them.

use haberdar_lang::Upos;

use super::{
    Fillers, is_passive,
    turkish::{cased, goes_on, left_neighbour, surface_subject},
};
use crate::{
    lexicon::classes::Classes,
    tree::{Case, Rel, Tree},
    turkish::{Tense, VerbForm},
};

pub(super) fn nominative(tree: &Tree<'_>, p: usize, out: &mut Fillers) {
    let passive = is_passive(tree, p);
    for k in tree.kids(p) {
        let n = &tree.nodes[k];
        if n.rel == Rel::Lvc
            || n.case == Case::Nom && matches!(n.rel, Rel::Obj | Rel::Compound | Rel::Xcomp | Rel::Obl | Rel::Advmod | Rel::Amod)
            || passive && n.rel == Rel::Nsubj
        {
            out.push(k);
        }
    }
    if let Some(q) = left_neighbour(tree, p) {
        // "istenmeyen kişi ilan etti": what somebody is declared stands before the noun of the light verb.
        let declared = tree.nodes[p].is(Classes::LIGHT) && tree.nodes[q].rel == Rel::Lvc;
        if let Some(k) = q.checked_sub(1).filter(|_| declared)
            && tree.nodes[k].case == Case::Nom
            && tree.nodes[k].verb.is_none()
            && !tree.nodes[k].capital
        {
            out.push(k);
        }
        let n = &tree.nodes[q];
        let own_clause = n.verb.is_some_and(|m| !matches!(m.form, VerbForm::VerbalNoun));
        if (matches!(n.case, Case::Nom | Case::None | Case::Acc) || n.upos == Upos::Adj) && !own_clause {
            out.push(q);
        }
    }
    // What is asked of an indefinite object holds of a definite one too ("yardımı gönderdi").
    out.extend(tree.kids(p).filter(|&k| tree.nodes[k].case == Case::Acc && tree.nodes[k].verb.is_none()));
    // A participle's object is the noun it modifies: "uygulanan yaptırımlar", "yaptığı görüşme".
    out.extend(gap(tree, p));
}

/// "Mısır'ı gazetecileri bırakmaya davet etti": of several accusatives in front of a verb those behind the first are objects of the
/// verbal nouns that stand right behind them.
fn drop_inner_objects(tree: &Tree<'_>, p: usize, out: &mut Fillers) {
    if out.len() < 2 {
        return;
    }
    let inner = |w: usize| {
        let mut behind = (w + 1..p).take_while(|&k| tree.nodes[k].case != Case::Acc);
        let verb = behind.find(|&k| tree.nodes[k].verb.is_some());
        verb.is_some_and(|v| {
            tree.nodes[v].verb.is_some_and(|m| m.form == VerbForm::VerbalNoun && !m.passive) && !tree.nodes[v].as_noun
        })
    };
    let first = out.iter().copied().min().unwrap_or_default();
    out.retain(|w| *w == first || !inner(*w));
}

pub(super) fn accusative(tree: &Tree<'_>, p: usize, out: &mut Fillers) {
    if !tree.is_verbal(p) {
        cased(tree, p, Case::Acc, out);
        return;
    }
    if is_passive(tree, p) {
        out.extend(surface_subject(tree, p, 0));
    }
    cased(tree, p, Case::Acc, out);
    drop_inner_objects(tree, p, out);
    if out.is_empty() && !is_passive(tree, p) {
        out.extend(hidden_accusative(tree, p));
    }
    if out.is_empty() && !is_passive(tree, p) {
        out.extend(shared_object(tree, p));
    }
    if out.is_empty() && !is_passive(tree, p) {
        // "mülteci kabul etti": what is not definite stays bare.
        out.extend(tree.kids_by(p, &[Rel::Obj]).filter(|&k| k < p && tree.nodes[k].case == Case::Nom && !tree.nodes[k].capital));
    }
    out.extend(gap(tree, p));
}

/// "köylüleri evlerinden toplayarak kampa kapattı", "iki bakanı sorgulanmak üzere gözaltına aldı": the object in front of a clause that
/// says how or what for is that of the main verb too.
fn shared_object(tree: &Tree<'_>, p: usize) -> Option<usize> {
    let finite = tree.nodes[p].verb.is_some_and(|m| m.is_finite());
    let manner = |v: &usize| {
        let n = &tree.nodes[*v];
        *v < p
            && n.verb.is_some_and(|m| {
                m.form == VerbForm::Converb
                    && m.tense == Tense::None
                    && !m.passive
                    && !matches!(tree.lower(*v + 1), "önce" | "evvel" | "sonra")
                    || m.form == VerbForm::VerbalNoun && m.passive && *v + 1 < p && tree.lower(*v + 1) == "üzere"
            })
    };
    let clause = tree.kids(p).rfind(manner).filter(|_| finite)?;
    let object = |k: &usize| {
        let n = &tree.nodes[*k];
        let definite = n.case == Case::Acc || n.maybe_acc && n.rel == Rel::Obj || n.rel == Rel::Obj && n.plural && n.possessed;
        *k < clause && definite && n.verb.is_none()
    };
    tree.kids(clause).find(object)
}

/// "120 göçmeni kurtardı" with the noun tagged as nominative: the form can be an accusative and a subject stands before it,
/// or it stands next to the verb.
pub(super) fn hidden_accusative(tree: &Tree<'_>, p: usize) -> Option<usize> {
    let nominal = |k: &usize| {
        *k < p && matches!(tree.nodes[*k].rel, Rel::Nsubj | Rel::Obj | Rel::Obl | Rel::Compound | Rel::Nmod | Rel::NmodPoss)
    };
    let objects = || tree.kids(p).filter(nominal).filter(|&k| tree.nodes[k].maybe_acc);
    // "ABD Başkanı ile İran Dışişleri Bakanı": who stands before "ile" is no subject.
    let subject_before = |object: usize| {
        tree.kids(p).any(|k| {
            let n = &tree.nodes[k];
            k < object && n.case == Case::Nom && n.verb.is_none() && n.upos != Upos::Punct && tree.with(k).is_none()
        })
    };
    let last = objects().next_back()?;
    // "diplomatı sınır dışı etti": not the noun of the light verb.
    let apart = |k: usize| tree.kids_by(p, &[Rel::Nsubj]).any(|s| s + 1 < k && tree.nodes[s].case == Case::Nom);
    let owned = |k: usize| ["sı", "si", "su", "sü"].iter().any(|s| tree.lower(k).ends_with(s));
    let further = || objects().rfind(|&k| k < last && apart(k) && !owned(k) && !tree.is_verbal(k + 1));
    let object = if tree.nodes[p].is(Classes::LIGHT) && last + 1 == p { further().unwrap_or(last) } else { last };
    let first_phrase = tree.subtree(object).first() == Some(&0);
    // "yasak sürüyor": what goes on is no object.
    (subject_before(object) || object + 1 == p && !first_phrase && !goes_on(tree, p)).then_some(object)
}

/// The noun modified by an object participle, or by a passive subject participle.
fn gap(tree: &Tree<'_>, p: usize) -> Option<usize> {
    let node = &tree.nodes[p];
    let m = node.verb?;
    let attributive = matches!(node.rel, Rel::Acl | Rel::Amod | Rel::AclRelcl) && node.head.is_some_and(|h| h > p);
    (m.form == VerbForm::Participle && attributive && (!m.subject_participle || m.passive)).then_some(node.head).flatten()
}
