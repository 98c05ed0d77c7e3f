//! Who does what a Turkish passive tells: "tarafından", -CA, whose lead or meeting it is.

use haberdar_lang::Upos;

use super::{
    Fillers,
    owners::genitive_before,
    turkish::{before_postposition, dependents_with, left_neighbour},
};
use crate::{
    lexicon::classes::Classes,
    tree::{Case, Tree},
    turkish::{Tense, VerbForm},
};

pub(super) fn agents(tree: &Tree<'_>, p: usize, out: &mut Fillers) {
    // "polisçe", "mahkemece", "makamlarınca"
    let agentive = |k: usize| {
        let low = tree.lower(k);
        k < p
            && ["ca", "ce", "ça", "çe"].iter().any(|s| low.ends_with(s))
            && low.chars().count() > 5
            && tree.nodes[k].verb.is_none()
    };
    out.extend(tree.kids(p).filter(|&k| agentive(k)));
    // It stands next to its verb, whatever the parse hangs it on.
    if out.is_empty() {
        out.extend(left_neighbour(tree, p).filter(|&q| agentive(q) && tree.nodes[q].upos != Upos::Adv));
    }
    if out.is_empty() {
        out.extend(agentive_before(tree, p));
    }
    for by in ["tarafından", "tarafınca"] {
        let before = out.len();
        dependents_with(tree, p, by, out);
        if out.len() == before {
            // Who does it ends right there, wherever the parse begins the name.
            out.extend(before_postposition(tree, p, by));
        }
    }
    if out.is_empty() {
        out.extend(shared_agent(tree, p));
    }
    if out.is_empty() {
        out.extend(leader(tree, p));
    }
    if out.is_empty() {
        out.extend(holder(tree, p));
    }
}

/// "Erdoğan'ın Putin'le yaptığı görüşmede anlaşma imzalandı": whose meeting it is.
fn holder(tree: &Tree<'_>, p: usize) -> Option<usize> {
    tree.nodes[p].verb.filter(|m| m.is_finite())?;
    let held = |v: &usize| {
        let n = &tree.nodes[*v];
        let place =
            |h: usize| h > *v && h < p && tree.nodes[h].case == Case::Loc && (*v + 1..h).all(|w| tree.nodes[w].verb.is_none());
        let done = n.verb.is_some_and(|m| m.is_object_participle() && m.tense == Tense::Past && !m.passive);
        done && n.possessed && n.is(Classes::LIGHT) && n.head.is_some_and(place)
    };
    let plain = |k: &usize| tree.nodes[*k].verb.is_none_or(|m| !m.is_finite());
    let v = (p.saturating_sub(20)..p).rev().take_while(plain).find(held)?;
    genitive_before(tree, v)
}

/// "Ekipler tarafından başlatılan çalışmada … gözaltına alındı": who leads that in which something is done does it.
fn shared_agent(tree: &Tree<'_>, p: usize) -> Option<usize> {
    tree.nodes[p].verb.filter(|m| m.is_finite())?;
    let finite = |k: usize| tree.nodes[k].verb.is_some_and(|m| m.is_finite());
    let by = |k: usize| matches!(tree.lower(k), "tarafından" | "tarafınca");
    let k = (p.saturating_sub(25)..p).rev().take_while(|&k| !finite(k)).find(|&k| by(k) || is_agentive(tree, k))?;
    let v = (k + 1..p).find(|&w| tree.nodes[w].verb.is_some() && !tree.nodes[w].as_noun)?;
    let led = tree.nodes[v].verb.is_some_and(|m| m.form == VerbForm::Participle && m.passive);
    let within = |h: usize| h > v && h < p && matches!(tree.nodes[h].case, Case::Loc | Case::Ins);
    (led && tree.nodes[v].head.is_some_and(within)).then_some(if by(k) { k.checked_sub(1)? } else { k })
}

/// "Başsavcılığınca … yürütülen soruşturma": who does it may stand far in front, with no other passive between; a comma keeps
/// it for the main verb, too.
fn agentive_before(tree: &Tree<'_>, p: usize) -> Option<usize> {
    let main = tree.nodes[p].verb.is_some_and(|m| m.is_finite());
    let finite = |k: usize| tree.nodes[k].verb.is_some_and(|m| m.is_finite());
    let passive = |k: usize| tree.nodes[k].verb.is_some_and(|m| m.passive) && !tree.nodes[k].as_noun;
    let k = (p.saturating_sub(25)..p).rev().take_while(|&k| !finite(k)).find(|&k| is_agentive(tree, k))?;
    let apart = main && tree.lower(k + 1) == ",";
    (apart || !(k + 1..p).any(passive)).then_some(k)
}

/// A body with its possessive and -CA, by which it does something ("Başsavcılığınca", "ekiplerince"); "gereğince" says why.
pub(super) fn is_agentive(tree: &Tree<'_>, w: usize) -> bool {
    let n = &tree.nodes[w];
    let low = tree.lower(w);
    let ending = |s: &str| low.strip_suffix(s).is_some_and(|stem| stem.chars().count() > 4);
    // "yetkililerce", but "yıllarca", "binlerce"
    let number = |w: &str| {
        [
            "yüz", "bin", "on", "milyon", "milyar", "defa", "kere", "yıl", "ay", "hafta", "gün", "saat", "dakika", "asır",
            "yüzyıl", "kat", "ton",
        ]
        .contains(&w)
    };
    let several = || ["lerce", "larca"].iter().find_map(|s| low.strip_suffix(s)).is_some_and(|w| !number(w));
    let apart = || ["'nca", "'nce", "’nca", "’nce"].into_iter().any(|s| low.ends_with(s));
    n.verb.is_none()
        && !n.is(Classes::ADJUNCT)
        && (low.len() > 8 && ["ınca", "ince", "unca", "ünce"].into_iter().any(ending) || apart() || several())
}

/// "Rusya'nın garantörlüğünde sağlanan": under whose lead something is done.
fn leader(tree: &Tree<'_>, p: usize) -> Option<usize> {
    // A main verb shares it with what is done before it ("X'in arabuluculuğunda yapılan görüşmede … bırakıldı"), a clause does not.
    let main = tree.nodes[p].verb.is_some_and(|m| m.is_finite());
    let ends = |k: usize| tree.nodes[k].verb.is_some_and(|m| m.is_finite() || !main && !tree.nodes[k].as_noun);
    let noun = (0..p)
        .rev()
        .take_while(|&k| !ends(k))
        .find(|&k| tree.nodes[k].is(Classes::LEAD) && matches!(tree.nodes[k].case, Case::Loc | Case::Ins))?;
    let genitive = |&k: &usize| k < noun && tree.nodes[k].case == Case::Gen;
    tree.kids(noun).rfind(genitive).or_else(|| noun.checked_sub(1).filter(genitive))
}
