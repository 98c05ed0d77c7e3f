//! Reported speech in Turkish: the nominalised or finite clause before a word of saying, and "X'e göre".

use haberdar_model::QuoteKind;

use super::{
    CueAt, Said, bytes,
    source::{self, Source},
};
use crate::{
    clauses,
    events::Scene,
    lexicon::pattern::Slot,
    tree::{Case, Rel, Tree},
    turkish::VerbForm,
};

/// The content of a cue with its speaker.
pub(super) fn find(scene: &Scene<'_>, c: &CueAt) -> Option<Said> {
    match c.cue.pos {
        'p' => by_adposition(scene, c),
        'v' => complement(scene, c).or_else(|| stripped(scene, c)).or_else(|| object(scene, c)),
        _ => None,
    }
}

fn complement(scene: &Scene<'_>, c: &CueAt) -> Option<Said> {
    let tree = scene.tree;
    let slots = &scene.lexicon.names.slots;
    let mut content = clauses::fill(tree, slots, c.word, Slot::COMP);
    content.retain(|w| {
        let n = &tree.nodes[*w];
        *w < c.first
            && is_content(n.rel)
            && n.verb.is_some_and(|m| match m.form {
                VerbForm::Participle => !m.subject_participle || n.case != Case::None,
                VerbForm::VerbalNoun => matches!(c.cue.class, "ask" | "promise" | "announce" | "claim" | "say"),
                VerbForm::Finite => true,
                VerbForm::Converb => false,
            })
    });
    // The nominalised predicate nearest to the cue is the content's, whatever the parse says.
    let nearest = c.first.checked_sub(1).filter(|&q| tree.nodes[q].verb.is_some_and(|m| m.is_object_participle()));
    let head = content.iter().copied().chain(nearest).max()?;
    let source = source::in_turkish(scene, c.word);
    let mut from = content_start(scene, head, &source)?;
    // "Bakan, mevkidaşına … söyledi": whom it is said to stands before what is said.
    let addressee = tree
        .kids(c.word)
        .filter(|&k| from <= k && k < head && tree.nodes[k].case == Case::Dat)
        .find_map(|k| scene.words.at(k).filter(|&m| scene.drafts[m].first == from && source::speaks(&scene.drafts[m])));
    if let Some(m) = addressee {
        from = scene.drafts[m].last + 1;
    }
    (from < head).then(|| Said { addressee, ..Said::indirect(scene, c, bytes(tree, from, head), source) })
}

/// "X, … ifadelerini kullandı": a cue of words in marks whose marks the site has lost; the topic and its comma say where they
/// begin, or the head of the sentence where the speaker follows ("… dedi X").
fn stripped(scene: &Scene<'_>, c: &CueAt) -> Option<Said> {
    let tree = scene.tree;
    let finite = tree.nodes[c.word].verb.is_some_and(|m| m.is_finite());
    let end = c.first.checked_sub(1)?;
    // "gelin çağrısında bulundu", but "halka çağrıda bulundu": whose words they are the noun's possessive says.
    let named = c.first < c.word && tree.may_be_owned(c.first);
    let spoken = named || tree.nodes[end].verb.is_some_and(|m| m.is_finite());
    if !c.cue.takes.has("quote") || !finite || !spoken {
        return None;
    }
    let source = source::of(scene, c.word);
    let from = match source.words {
        Some((_, b)) if b + 1 < end && tree.lower(b + 1) == "," => b + 2,
        Some((a, _)) if a > c.word => 0,
        None if c.word + 1 < tree.len() && scene.words.at(c.word + 1).is_some() => 0,
        _ => return None,
    };
    let (start, stop) = bytes(tree, from, end);
    let marked = tree.text[start..stop].contains(['"', '“', '”', '«', '‘', '„']);
    let clause = (from..=end).any(|w| tree.nodes[w].verb.is_some());
    if marked || !clause || end < from + 3 {
        return None;
    }
    let mut said = Said::indirect(scene, c, (start, stop), source);
    said.kind = QuoteKind::Direct;
    Some(said)
}

/// "… iddialarını reddetti", "… haberleri yalanladı": what a denial denies is the noun that names it.
fn object(scene: &Scene<'_>, c: &CueAt) -> Option<Said> {
    let tree = scene.tree;
    if c.cue.class != "deny" || !c.cue.takes.has("acc") && !c.cue.takes.has("comp") {
        return None;
    }
    let o = c.first.checked_sub(1).filter(|&o| tree.nodes[o].case == Case::Acc || tree.nodes[o].maybe_acc)?;
    let source = source::of(scene, c.word);
    let from = content_start(scene, o, &source)?;
    (from + 1 < o).then(|| Said::indirect(scene, c, bytes(tree, from, o), source))
}

/// First word of the content that ends in `head`: behind the speaker and its comma, or behind a clause that came before.
fn content_start(scene: &Scene<'_>, head: usize, source: &Source) -> Option<usize> {
    let tree = scene.tree;
    let mut from = source.words.filter(|w| w.1 < head).map_or(0, |w| w.1 + 1);
    // Another cue's clause before ("… belirterek, …") ends where its converb stands.
    for w in (from..head).rev() {
        let node = &tree.nodes[w];
        let cue_before = node.verb.is_some_and(|m| matches!(m.form, VerbForm::Converb | VerbForm::Finite))
            && node.lemmas.iter().chain(&node.verb_lemma).any(|l| scene.lexicon.cues.contains_key(l));
        if cue_before {
            from = w + 1;
            break;
        }
    }
    while from < head && (tree.nodes[from].rel == Rel::Punct || matches!(tree.lower(from), "ve" | "ama" | "ancak" | "fakat")) {
        from += 1;
    }
    Some(from)
}

/// "X'e göre …": the rest of the clause is the content.
fn by_adposition(scene: &Scene<'_>, c: &CueAt) -> Option<Said> {
    let tree = scene.tree;
    // An adposition is not inflected: "şekillenmesi" is no "şeklinde".
    let lemmas = &scene.lexicon.names.lemmas;
    let plain = tree.nodes[c.word].lemmas.iter().any(|l| lemmas.name(*l) == tree.lower(c.word));
    if !plain || c.word - c.first > 3 || !tree.is_any(c.word, scene.lexicon.list("speaker_adposition")) {
        return None;
    }
    let noun = match tree.nodes[c.word].rel {
        Rel::Case | Rel::Fixed => {
            let h = tree.nodes[c.word].head?;
            if tree.nodes[h].rel == Rel::Case { tree.nodes[h].head? } else { h }
        }
        _ => tree.kids_by(c.word, &[Rel::Obl, Rel::Nmod, Rel::NmodPoss]).next().or_else(|| c.word.checked_sub(1))?,
    };
    let speaker = scene.words.at(noun).or_else(|| {
        // "açıklamasına göre": who made the statement.
        tree.kids(noun).find_map(|k| scene.words.at(k))
    })?;
    let own = tree.subtree(noun);
    let (low, high) = (*own.first()?.min(&c.word.min(c.first)), *own.last()?.max(&c.word));
    // Content is what lies before or behind the phrase, whichever is longer.
    let n = tree.len();
    let words: Vec<usize> = if low > n - 1 - high { (0..low).collect() } else { (high + 1..n).collect() };
    span_of(tree, &words).map(|span| Said::indirect(scene, c, span, source::mentioned(scene, speaker)))
}

/// The span of words without punctuation at its ends.
fn span_of(tree: &Tree<'_>, words: &[usize]) -> Option<(usize, usize)> {
    let real = |w: &&usize| tree.nodes[**w].rel != Rel::Punct;
    let (first, last) = (*words.iter().find(real)?, *words.iter().rev().find(real)?);
    (last > first).then(|| bytes(tree, first, last))
}

/// True for relations that a quotation's clause has to its cue.
fn is_content(rel: Rel) -> bool {
    matches!(
        rel,
        Rel::Ccomp
            | Rel::Xcomp
            | Rel::Obj
            | Rel::Csubj
            | Rel::Nsubj
            | Rel::NsubjPass
            | Rel::Parataxis
            | Rel::Obl
            | Rel::Advcl
            | Rel::Compound
    )
}
