//! English sentences of which the marks enclose only the end: "The plan “is dead,” she said", "But, he said, “it was late.”"

use haberdar_lang::Upos;

use haberdar_model::{Language, QuoteKind};
use smallvec::smallvec;

use super::{CueAt, Said, marks::Marked, source::Source};
use crate::{events::Scene, tree::Rel};

/// Where the words begin of which the marks enclose the end: behind the cue before them, or at the head of the sentence where
/// the cue follows.
pub(super) fn clause_start(scenes: &[Scene<'_>], s: usize, c: CueAt, source: &Source, m: &Marked) -> Option<usize> {
    let nodes = &scenes[s].tree.nodes;
    let real = |w: &usize| nodes[*w].upos != Upos::Punct;
    if nodes[c.word].start >= m.end {
        let first = (0..nodes.len()).find(real)?;
        return (nodes[first].start < m.start).then_some(nodes[first].start);
    }
    let behind = source.words.map_or(c.word, |(_, b)| b.max(c.word)).max(c.last);
    let from = (behind + 1..nodes.len()).find(real).filter(|&w| nodes[w].start < m.start)?;
    Some(nodes[from].start)
}

/// What is in the marks goes on with a sentence that began outside of them.
fn goes_on_within(content: &str) -> bool {
    let first = content.trim_start_matches(|c: char| c == '[' || c == '…' || c == '.' || c.is_whitespace());
    first.starts_with(char::is_lowercase) || ["I ", "I'", "I’"].iter().any(|i| first.starts_with(i))
}

/// "In 2009, when states were poor, “they needed it,” she said": the head of the sentence whose cue stands behind the marks.
pub(super) fn head_before(text: &str, scenes: &[Scene<'_>], cues: &[Vec<CueAt>], m: &Marked) -> Option<usize> {
    let s = scenes.iter().position(|s| s.tree.nodes.last().is_some_and(|n| n.end > m.start))?;
    let tree = scenes[s].tree;
    let first = tree.nodes.iter().find(|n| n.upos != Upos::Punct).filter(|n| n.start < m.start)?.start;
    let outside = text[first..m.start].trim_end_matches(|c: char| "“\"„«‘'`".contains(c));
    let spoken = cues[s].iter().any(|c| c.cue.pos == 'v' && tree.nodes[c.word].start < m.start);
    let plain = !spoken && !outside.contains(['“', '”', '"', ':', '\n', ';']) && !outside.contains("''");
    (plain && outside.contains(char::is_alphanumeric)).then_some(first)
}

/// "Instead, she said, “it was a wall.”": the words in front of the cue and its source, where the marks go on with them. What
/// only says when or where it was said ("In May, she said, “…”") is none of them.
fn before_cue(scene: &Scene<'_>, c: CueAt, source: &Source, m: &Marked) -> Option<(usize, usize)> {
    let tree = scene.tree;
    let punct = |w: usize| tree.nodes[w].upos == Upos::Punct || tree.nodes[w].rel == Rel::Punct;
    let (from, to) = source.words.map_or((c.word, c.word), |(a, b)| (a.min(c.word), b.max(c.word)));
    if tree.nodes[to].end > m.start {
        return None;
    }
    // Between the cue and the marks stands an addressee at most.
    let between = (to + 1..tree.len()).take_while(|&w| tree.nodes[w].end <= m.start).filter(|&w| !punct(w));
    if between.clone().count() > 2 || between.clone().any(|w| tree.is_verbal(w)) {
        return None;
    }
    let comma = (0..from).rev().find(|&w| tree.lower(w) == ",")?;
    let close =
        (comma + 1..from).all(|w| matches!(tree.nodes[w].upos, Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Punct));
    let first = (0..comma).find(|&w| !punct(w))?;
    let finite = |w: usize| tree.nodes[w].verb.is_some_and(|v| v.is_finite()) || tree.nodes[w].upos == Upos::Aux;
    let predicate = tree.nodes.iter().position(|n| n.start >= m.start && n.upos != Upos::Punct).is_some_and(finite);
    let head = tree.lower(first);
    let opens = match tree.nodes[first].upos {
        Upos::Cconj | Upos::Adv => {
            comma - first <= 4 && !matches!(head, "when" | "then" | "earlier" | "later" | "afterward" | "afterwards")
        }
        Upos::Sconj => !matches!(head, "when" | "as" | "after" | "before" | "since"),
        Upos::Adp => false,
        _ => (first..comma).any(finite),
    };
    let asked = matches!(head, "asked" | "when" | "as" | "speaking" | "pressed" | "responding");
    // "The plan, he said, is “dead”" has its verb outside; several sentences before are no part of it.
    let whole = (first..comma).all(|w| !matches!(tree.lower(w), "“" | "”" | "\"" | "''" | "``" | "." | "?" | "!" | ":" | ";"));
    (close && whole && !asked && (predicate || opens)).then(|| (tree.nodes[first].start, tree.nodes[comma - 1].end))
}

/// A sentence that began outside of the marks begins there.
pub(super) fn rejoin(
    text: &str,
    (scenes, cues): (&[Scene<'_>], &[Vec<CueAt>]),
    (s, c): (usize, CueAt),
    source: &Source,
    m: &Marked,
    said: &mut Said,
    out: &mut Vec<Said>,
) {
    let english = scenes[s].tree.language == Language::En;
    if !english || said.start != m.start || !goes_on_within(&text[m.start..m.end]) {
        return;
    }
    if scenes[s].tree.nodes[c.word].start >= m.end {
        let Some(start) = head_before(text, scenes, cues, m) else { return };
        (said.start, said.kind) = (start, QuoteKind::Indirect);
    } else {
        let Some((start, end)) = before_cue(&scenes[s], c, source, m) else { return };
        (said.start, said.kind, said.parts) = (start, QuoteKind::Indirect, smallvec![(start, end), (m.start, m.end)]);
    }
    out.retain(|q| q.cue != said.cue || q.end <= said.start || q.start >= m.end);
}
