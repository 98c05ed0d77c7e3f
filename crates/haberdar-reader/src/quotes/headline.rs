//! "Lavrov: We shall see": a name and a colon at the head of a line, as headlines quote.

use haberdar_model::{MentionKind, QuoteKind};
use smallvec::SmallVec;

use super::{Said, source};
use crate::{events::Scene, tree::Rel};

/// The quotation of a sentence that begins with its source and a colon, unless marks follow.
pub(super) fn find(text: &str, scene: &Scene<'_>) -> Option<Said> {
    let tree = scene.tree;
    let colon = (1..tree.len().min(14)).find(|&w| tree.lower(w).ends_with(':'))?;
    let first = tree.nodes[0].start;
    let opens_line = text[..first].trim_end_matches(' ').chars().next_back().is_none_or(|c| c == '\n');
    let last = if tree.lower(colon) == ":" { colon - 1 } else { colon };
    let source = source::of_word(scene, last)?;
    let m = source.mention?;
    let d = &scene.drafts[m];
    let named = !matches!(d.kind, MentionKind::Place | MentionKind::Country) && d.last == last && d.first <= 3;
    let verbs = (0..colon).any(|w| tree.is_verbal(w));
    let from = colon + 1;
    if !opens_line || !named || verbs || tree.len() < from + 3 {
        return None;
    }
    let end = (from..tree.len()).rev().find(|&w| tree.nodes[w].rel != Rel::Punct)?;
    let (start, stop) = (tree.nodes[from].start, tree.nodes[end].end);
    let marked = text[start..stop].starts_with(['"', '“', '”', '«', '‘', '„', '\'', '`']);
    (!marked && end > from + 1 && !text[start..stop].starts_with("http")).then(|| Said {
        start,
        end: stop,
        parts: SmallVec::new(),
        verbatim: SmallVec::new(),
        kind: QuoteKind::Indirect,
        speaker: source.mention,
        source: source.bytes(scene),
        cue: None,
        class: None,
        addressee: None,
    })
}
