//! Reported speech: the complement of a word of saying.

use haberdar_model::{Language, QuoteKind};

use super::{CueAt, Said, bytes, direct::Marked, direct::is_content, speaker_of, unnamed_subject};
use crate::{
    clauses,
    events::Scene,
    lexicon::pattern::Slot,
    tree::{Case, Rel, Tree},
    turkish::VerbForm,
};

pub(super) fn find(scenes: &[Scene<'_>], s: usize, cues: &[CueAt], marks: &[Marked], out: &mut Vec<Said>) {
    let scene = &scenes[s];
    for c in cues {
        // Inside a quotation the speaker's own "we said" is no attribution of the article's.
        let at = scene.tree.nodes[c.word].start;
        let inside = marks.iter().any(|m| m.start <= at && at < m.end);
        let said = match (c.cue.pos, scene.tree.language) {
            ('p', _) => by_adposition(scene, c),
            ('v', Language::En) => english(scene, c),
            ('v', Language::Tr) => turkish(scene, c),
            _ => None,
        };
        if let Some(mut q) = said.filter(|_| !inside) {
            if q.speaker.is_none() {
                q.speaker = unnamed_subject(scenes, s, c.word);
            }
            if marks.iter().any(|m| q.start <= m.start && m.end <= q.end) {
                q.kind = QuoteKind::Mixed;
            }
            // Where the marks enclose nearly all of it, it is the direct quotation, found by its marks.
            let quoted: usize = marks.iter().map(|m| m.end.min(q.end).saturating_sub(m.start.max(q.start))).sum();
            let ends_in_marks = marks.iter().any(|m| m.start > q.start && m.end <= q.end && m.end + 4 >= q.end);
            if quoted * 10 < (q.end - q.start) * if ends_in_marks { 5 } else { 8 } {
                out.push(q);
            }
        }
    }
}

fn said(scene: &Scene<'_>, c: &CueAt, span: (usize, usize), speaker: Option<usize>) -> Said {
    let cue = bytes(scene.tree, c.first, c.word);
    Said { start: span.0, end: span.1, kind: QuoteKind::Indirect, speaker, cue: Some(cue), class: Some(c.cue), addressee: None }
}

fn english(scene: &Scene<'_>, c: &CueAt) -> Option<Said> {
    let tree = scene.tree;
    let speaker = speaker_of(scene, c.word);
    // "The talks, she said, would go on": the cue hangs on the content.
    if matches!(tree.nodes[c.word].rel, Rel::Parataxis)
        && let Some(h) = tree.nodes[c.word].head
    {
        let own = tree.subtree(c.word);
        let words: Vec<usize> = tree.subtree(h).into_iter().filter(|w| !own.contains(w)).collect();
        return span_of(tree, &words).map(|s| said(scene, c, s, speaker));
    }
    let content = tree.kids_by(c.word, &[Rel::Ccomp]).next().or_else(|| {
        let to = tree.kids_by(c.word, &[Rel::Xcomp]).next()?;
        matches!(c.cue.class, "promise" | "claim" | "ask" | "deny").then_some(to)
    });
    let content = content.or_else(|| {
        // "denied the accusation", "announced a plan"
        let o = tree.kids_by(c.word, &[Rel::Obj]).next()?;
        matches!(c.cue.class, "deny" | "announce" | "claim" | "promise").then_some(o).filter(|_| speaker.is_some())
    })?;
    let words = tree.subtree(content);
    span_of(tree, &words).map(|s| said(scene, c, s, speaker))
}

/// The span of words without punctuation at its ends.
fn span_of(tree: &Tree<'_>, words: &[usize]) -> Option<(usize, usize)> {
    let real = |w: &&usize| tree.nodes[**w].rel != Rel::Punct;
    let (first, last) = (*words.iter().find(real)?, *words.iter().rev().find(real)?);
    (last > first).then(|| bytes(tree, first, last))
}

fn turkish(scene: &Scene<'_>, c: &CueAt) -> Option<Said> {
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
    let nearest = c
        .first
        .checked_sub(1)
        .filter(|&q| tree.nodes[q].verb.is_some_and(|m| m.form == VerbForm::Participle && !m.subject_participle));
    let head = content.iter().copied().chain(nearest).max()?;
    let speaker = speaker_of(scene, c.word);
    let from = content_start(scene, head, speaker)?;
    (from < head).then(|| said(scene, c, bytes(tree, from, head), speaker))
}

/// First word of the content that ends in `head`: behind the speaker and its comma, or behind a clause that came before.
fn content_start(scene: &Scene<'_>, head: usize, speaker: Option<usize>) -> Option<usize> {
    let tree = scene.tree;
    let mut from = 0;
    if let Some(m) = speaker.map(|m| &scene.drafts[m]).filter(|d| d.last < head && d.start >= tree.nodes[0].start) {
        from = m.last + 1;
    }
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
    while from < head && tree.nodes[from].rel == Rel::Punct {
        from += 1;
    }
    Some(from)
}

/// "According to X, …", "X'e göre …": the rest of the clause is the content.
fn by_adposition(scene: &Scene<'_>, c: &CueAt) -> Option<Said> {
    let tree = scene.tree;
    // An adposition is not inflected: "şekillenmesi" is no "şeklinde".
    let lemmas = &scene.lexicon.names.lemmas;
    let plain = tree.nodes[c.word].lemmas.iter().any(|l| lemmas.name(*l) == tree.lower(c.word));
    let contiguous = c.word - c.first <= 3 && (c.first < c.word || tree.language == Language::Tr || tree.lower(c.word).len() > 2);
    if !plain || !contiguous || !tree.is_any(c.word, scene.lexicon.list("speaker_adposition")) {
        return None;
    }
    let noun = match tree.nodes[c.word].rel {
        Rel::Case | Rel::Fixed => {
            let h = tree.nodes[c.word].head?;
            if tree.nodes[h].rel == Rel::Case { tree.nodes[h].head? } else { h }
        }
        _ => tree
            .kids_by(c.word, &[Rel::Obl, Rel::Nmod, Rel::NmodPoss])
            .next()
            .or_else(|| (tree.language == Language::Tr).then(|| c.word.checked_sub(1)).flatten())?,
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
    span_of(tree, &words).map(|s| said(scene, c, s, Some(speaker)))
}
