//! Turkish genitives: whose a possessed noun is, and who the subject of a nominal verb.

use haberdar_lang::{Upos, casing};
use haberdar_model::Language;

use crate::{
    lexicon::classes::Classes,
    tree::{Case, Rel, Tree},
    turkish::{self, Morph, VerbForm},
};

/// "Washington'ın Tayvan'a güvenlik taahhüdü": the genitive that a possessed noun or nominal verb needs, whatever the parse hangs it on.
/// Going back from it, each possessed word in between needs a genitive of its own and each genitive serves the last that needs one.
pub(super) fn genitive_before(tree: &Tree<'_>, p: usize) -> Option<usize> {
    let mut open = 1;
    let mut compound = false;
    for k in back(tree, p) {
        if tree.nodes[k].case == Case::Gen {
            open -= 1;
            if open == 0 {
                let owner = if compound && !is_shared(tree, p) { further(tree, k).unwrap_or(k) } else { k };
                return (!tree.nodes[owner + 1].is(Classes::ADJUNCT) && agrees(tree, owner, p)).then_some(owner);
            }
        }
        match need(tree, k) {
            Need::Owner => open += i32::from(!shares_owner(tree, k, p) && !is_asked(tree, k, p)),
            Need::Compound => compound = true,
            Need::Nothing => {}
        }
    }
    // "AB, Moldova'nın attığı adımları karşıladığını bildirdi": who judges what another does is who says so.
    let judged = tree.nodes[p].is(Classes::JUDGES) && matrix(tree, p).is_some_and(|h| has_speaker(tree, h, p));
    (is_complement(tree, p) && !judged).then(|| first_of_clause(tree, p)).flatten()
}

/// The verb that only tells what the complement says.
fn matrix(tree: &Tree<'_>, p: usize) -> Option<usize> {
    tree.nodes[p].head.filter(|&h| is_complement(tree, p) && h > p && tree.nodes[h].is(Classes::TELLS))
}

/// Somebody who tells it stands in front of the word, as the subject of that verb or set apart by a comma.
fn has_speaker(tree: &Tree<'_>, h: usize, before: usize) -> bool {
    let set_apart = |s: usize| s < before && tree.nodes[s].case == Case::Nom && tree.nodes[s].verb.is_none();
    let topic = |c: usize| tree.lower(c) == "," && set_apart(c - 1) && tree.nodes[c - 1].upos != Upos::Punct;
    tree.kids_by(h, &[Rel::Nsubj]).any(set_apart) || (1..before).any(topic)
}

/// The words in front of one, backwards as far as its clause can reach.
fn back<'t>(tree: &'t Tree<'_>, p: usize) -> impl Iterator<Item = usize> + 't {
    let ends = |k: usize| {
        let n = &tree.nodes[k];
        n.verb.is_some_and(|m| m.is_finite()) && !n.as_noun || matches!(tree.lower(k), ";" | ":" | "“" | "”" | "\"")
    };
    (p.saturating_sub(30)..p).rev().take_while(move |&k| !ends(k))
}

/// "Kremlin'in Ukrayna'nın enerji şebekesini vurduğu": where a compound in between may have an owner too, the nearer genitive is its, and
/// one in front of that, with nothing that ends a phrase between, acts.
fn further(tree: &Tree<'_>, k: usize) -> Option<usize> {
    let inside = |&w: &usize| tree.nodes[w].upos != Upos::Punct && tree.nodes[w].verb.is_none();
    let mut open = 1 + i32::from(need(tree, k) == Need::Owner);
    back(tree, k).take_while(inside).find(|&w| {
        open -= i32::from(tree.nodes[w].case == Case::Gen);
        let found = open == 0;
        open += i32::from(need(tree, w) == Need::Owner);
        found
    })
}

/// "uçağın … girmesine izin vermediğini": the genitive in front is for the next nominal verb, which has none behind this one.
fn is_shared(tree: &Tree<'_>, p: usize) -> bool {
    let clause = (p + 1..tree.len()).take_while(|&k| tree.nodes[k].verb.is_none_or(|m| !m.is_finite()));
    let next =
        clause.into_iter().find(|&k| tree.nodes[k].case == Case::Gen || tree.nodes[k].possessed && tree.nodes[k].verb.is_some());
    next.is_some_and(|k| tree.nodes[k].case != Case::Gen)
}

/// "Mısır'ın sunduğu öneriyi": who makes an offer, as the subject of the participle in front of it.
pub(super) fn maker(tree: &Tree<'_>, p: usize) -> Option<usize> {
    if !tree.nodes[p].is(Classes::OFFER) && !tree.nodes[p].is(Classes::DEED) {
        return None;
    }
    let made = |v: &usize| {
        let n = &tree.nodes[*v];
        // "üç kişinin öldüğü saldırı" is nobody's of these.
        let active = n.verb.is_some_and(|m| m.is_object_participle() && !m.passive);
        n.possessed && active && n.is(Classes::MAKES)
    };
    let near = |w: &usize| tree.nodes[*w].upos != Upos::Punct && (tree.nodes[*w].verb.is_none() || made(w));
    let v = (p.saturating_sub(4)..p).rev().take_while(near).find(made)?;
    genitive_before(tree, v)
}

/// True for "bıraktığını bildirdi", "bırakmasını istedi" and the like: a nominal verb that describes no noun.
fn is_complement(tree: &Tree<'_>, p: usize) -> bool {
    let n = &tree.nodes[p];
    let nominal = |m: Morph| m.form == VerbForm::VerbalNoun || m.is_object_participle();
    n.verb.is_some_and(nominal) && !n.as_noun && n.possessed && n.case == Case::Acc
}

/// "Boko Haram'ın alıkoyduğu öğrencileri serbest bıraktığını": the subject of a participle in the clause is that of the clause.
pub(super) fn first_of_clause(tree: &Tree<'_>, p: usize) -> Option<usize> {
    let acts = |&g: &usize| {
        let owned = (g + 1..p).find(|&w| tree.nodes[w].possessed && need(tree, w) != Need::Nothing);
        tree.nodes[g].case == Case::Gen
            && owned.is_some_and(|w| {
                let n = &tree.nodes[w];
                let participle = n.verb.is_some_and(|m| m.is_object_participle());
                participle && matches!(n.case, Case::Nom | Case::None)
            })
    };
    // Who is set apart by a comma stands above the clause.
    let topic =
        |k: usize| tree.lower(k) == "," && k > 0 && tree.nodes[k - 1].case == Case::Nom && tree.nodes[k - 1].upos != Upos::Punct;
    back(tree, p).take_while(|&k| !topic(k)).filter(acts).last().filter(|&g| agrees(tree, g, p))
}

/// A genitive whose verbal noun stands in the dative before the predicate ("girişine", "dönmesine izin verdi").
pub(super) fn enters(tree: &Tree<'_>, k: usize, p: usize) -> bool {
    let owned = |w: &usize| {
        let n = &tree.nodes[*w];
        n.possessed && n.case == Case::Dat && n.verb.is_some_and(|m| m.form == VerbForm::VerbalNoun)
    };
    let Some(w) = (k + 1..p).find(owned) else { return false };
    genitive_before(tree, w) == Some(k) && genitive_before(tree, p).is_none()
}

/// "Suriye, Abhazya'nın bağımsızlığını tanıyacağını açıkladı", "Fransa, Rusya'nın kararını kınadığını bildirdi": whose offer or right it is
/// that somebody says he acts on, or whose doing he judges.
pub(super) fn owns_object(tree: &Tree<'_>, k: usize, p: usize) -> bool {
    let node = &tree.nodes[p];
    // "savunma hakkını": a bare verbal noun is part of the phrase.
    let bare = |i: usize| tree.nodes[i].verb.is_none_or(|m| m.form == VerbForm::VerbalNoun && !tree.nodes[i].possessed);
    let next = |w: usize| (k + 1..w).all(|i| tree.nodes[i].case != Case::Gen && bare(i));
    let judged = node.is(Classes::JUDGES);
    let object = |w: &usize| {
        let n = &tree.nodes[*w];
        let need = need(tree, *w);
        let deed = judged && (n.is(Classes::DEED) || need == Need::Owner && n.verb.is_none());
        n.possessed && (deed || n.is(Classes::OFFER)) && need != Need::Nothing && next(*w)
    };
    // "Ukrayna'nın attığı adımı reddettiğini": it acts in the participle.
    let acts_in = |v: usize| {
        let n = &tree.nodes[v];
        let participle = n.verb.is_some_and(|m| m.is_object_participle());
        participle && n.possessed && matches!(n.case, Case::Nom | Case::None) && genitive_before(tree, v) == Some(k)
    };
    // "Guaido'yu Venezuela'nın başkanı olarak tanıdığını": behind the object a genitive is no subject.
    let behind = judged
        && (k.saturating_sub(8)..k)
            .rev()
            .take_while(|&w| tree.nodes[w].upos != Upos::Punct)
            .any(|w| tree.nodes[w].case == Case::Acc);
    node.verb.is_some_and(|m| !m.passive)
        && matrix(tree, p).is_some_and(|h| has_speaker(tree, h, k))
        && (behind || (k + 1..p).any(|w| object(&w) || judged && acts_in(w)))
}

/// "Gürcistan, Rusya'nın birliklerini sınıra yığdığını bildirdi": who moves forces moves his own, so that the genitive in front of them is
/// the subject too.
pub(super) fn mover(tree: &Tree<'_>, p: usize) -> Option<usize> {
    let nominal = tree.nodes[p].verb.is_some_and(|m| !m.is_finite());
    genitive_before(tree, moved(tree, p).filter(|_| nominal)?)
}

/// The forces that a verb moves.
pub(super) fn moved(tree: &Tree<'_>, p: usize) -> Option<usize> {
    let node = &tree.nodes[p];
    let nominal = node.possessed && !node.as_noun;
    let moves = node.is(Classes::MOVES) && node.verb.is_some_and(|m| !m.passive && (m.is_finite() || nominal));
    let forces = |w: &usize| tree.nodes[*w].is(Classes::FORCE) && tree.nodes[*w].possessed && need(tree, *w) != Need::Nothing;
    (p.saturating_sub(8)..p).rev().take_while(|&w| tree.nodes[w].verb.is_none()).find(forces).filter(|_| moves)
}

/// "kişinin tutuklandığı saldırılar": the genitive is the subject of a participle in front of the noun.
pub(super) fn acts_before(tree: &Tree<'_>, k: usize, p: usize) -> bool {
    let acts = |w: &usize| tree.nodes[*w].possessed && tree.nodes[*w].verb.is_some_and(|m| m.is_object_participle());
    let v = (k + 1..p).find(acts);
    // What somebody's light verb makes is his ("şirketin açtığı dava").
    v.is_some_and(|v| !tree.nodes[v].is(Classes::LIGHT) && !(k + 1..v).any(|w| tree.nodes[w].case == Case::Gen))
}

/// "edeceklerini": only several are the subject of a nominal verb that says so.
fn agrees(tree: &Tree<'_>, owner: usize, p: usize) -> bool {
    let several = |w: usize| {
        tree.words[w].feats.is("Number", "Plur") || (owner.saturating_sub(4)..w).any(|k| tree.nodes[k].upos == Upos::Num)
    };
    !(tree.is_verbal(p) && tree.words[p].feats.is("Number[psor]", "Plur")) || several(owner)
}

/// "hükümetin güvenliği sağlaması ve hizmet sunması": a nominal verb in front of "and" has the subject of the one behind.
fn shares_owner(tree: &Tree<'_>, k: usize, p: usize) -> bool {
    let form = |w: usize| tree.nodes[w].verb.filter(|m| !m.is_finite() && !m.subject_participle).map(|m| m.form);
    let joined = matches!(tree.nodes[k + 1].upos, Upos::Cconj) || tree.lower(k + 1) == ",";
    joined && tree.is_verbal(p) && form(k).is_some() && form(k) == form(p) && tree.nodes[k].case == tree.nodes[p].case
}

/// "Ankara'dan esirleri bırakmasını istediğini": who is to do what is asked stands in the ablative.
fn is_asked(tree: &Tree<'_>, k: usize, p: usize) -> bool {
    // "milisleri dizginlemesi için Bağdat'a baskı yaptığını": who is to do it stands in the dative.
    let purpose = tree.nodes[k].verb.is_some_and(|m| m.form == VerbForm::VerbalNoun) && tree.lower(k + 1) == "için";
    if purpose && (k + 2..p).any(|w| tree.nodes[w].case == Case::Dat && tree.nodes[w].verb.is_none()) {
        return true;
    }
    let verbal = tree.nodes[k].verb.is_some_and(|m| m.form == VerbForm::VerbalNoun) && tree.nodes[k].case == Case::Acc;
    let asks = tree.nodes[p].is(Classes::ASKS) || p > 0 && tree.nodes[p - 1].is(Classes::ASKS);
    verbal && asks && back(tree, k).take_while(|&w| tree.nodes[w].case != Case::Gen).any(|w| tree.nodes[w].case == Case::Abl)
}

/// What a possessed word needs in front of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    /// It is not possessed, or its owner stands right in front of it ("çekileceği iddiası").
    Nothing,
    /// It is owned by a bare noun, and may have a genitive besides ("enerji şebekesini").
    Compound,
    /// A genitive.
    Owner,
}

fn need(tree: &Tree<'_>, k: usize) -> Need {
    let n = &tree.nodes[k];
    if !n.possessed || tree.lower(k) == casing::lower(tree.lemma(k), Language::Tr) {
        return Need::Nothing;
    }
    // "Güvenlik Konseyi (BMGK) toplantısında"
    let opening = |k: usize| (k.saturating_sub(4)..k).rev().find(|&o| tree.lower(o) == "(").unwrap_or(k);
    let from = if k > 0 && tree.lower(k - 1) == ")" { opening(k) } else { k };
    let Some(before) = from.checked_sub(1).map(|b| &tree.nodes[b]) else { return Need::Owner };
    // "tutukluları salıvermesi": the object of the verb behind; "görevi" is no accusative of something owned, that is "görevini".
    let plain = n.case == Case::Acc && !turkish::has_owned_accusative(tree.lower(k));
    let object = plain || n.maybe_acc && tree.nodes.get(k + 1).is_some_and(|next| next.verb.is_some());
    let nominal = n.verb.is_none() || n.as_noun;
    let compound = matches!(before.upos, Upos::Noun | Upos::Propn) && matches!(before.case, Case::Nom | Case::None);
    let clause = before.verb.is_some_and(|m| !m.is_finite() && m.form != VerbForm::Converb);
    match () {
        () if object || nominal && clause => Need::Nothing,
        // "salı günü" is nobody's.
        () if nominal && compound && n.case == Case::Nom => Need::Nothing,
        () if nominal && compound => Need::Compound,
        () => Need::Owner,
    }
}
