//! The word of saying that words in marks belong to.

use haberdar_lang::Upos;
use haberdar_model::Language;

use super::{CueAt, marks::Marked};
use crate::events::Scene;

/// The cue outside the marks with the fewest words between, in the sentences that the quotation touches and the next one.
pub(super) fn nearest_cue(
    text: &str,
    scenes: &[Scene<'_>],
    cues: &[Vec<CueAt>],
    marks: &[Marked],
    home: usize,
    m: &Marked,
) -> Option<(usize, CueAt, usize)> {
    let mut best: Option<(usize, CueAt, usize)> = None;
    let first = scenes.iter().position(|s| s.tree.nodes.last().is_some_and(|n| n.end > m.start)).unwrap_or(home);
    let before = first.saturating_sub(usize::from(starts_at(scenes, first, m)));
    let next = usize::from(ends_at(scenes, home, m));
    for (s, scene) in scenes.iter().enumerate().take(home + next + 1).skip(before) {
        let tree = scene.tree;
        for &c in &cues[s] {
            let english_preposition = c.cue.pos == 'p' && tree.language == Language::En;
            let at = tree.nodes[c.word].start;
            if c.cue.pos == 'n'
                || english_preposition
                || tree.language == Language::En && !c.cue.takes.has("quote") && !c.cue.takes.has("comp")
                || marks.iter().any(|o| o.start <= at && at < o.end)
                || !matches!(c.cue.class, "say" | "claim" | "announce" | "quote" | "promise" | "ask" | "deny" | "think")
            {
                continue;
            }
            let node = &tree.nodes[c.word];
            let distance = if node.start >= m.end {
                // Behind a full stop or in the next paragraph another sentence speaks.
                let ended = tree.language == Language::En && s > home && text[m.start..m.end].trim_end().ends_with('.');
                if ended || text[m.end..node.start].contains("\n\n") {
                    continue;
                }
                tree.nodes.iter().filter(|n| n.start >= m.end && n.end <= node.start && n.upos != Upos::Punct).count()
            } else if node.end <= m.start {
                // In an earlier sentence of the paragraph a cue governs words that end as a sentence does ("…," is followed by
                // its own); in an earlier paragraph only with a colon.
                let gap = &text[node.end..m.start];
                let colon = gap.trim_end_matches(['“', '"', '„', '«', '‘', '\'', '`']).trim_end().ends_with(':');
                if !colon && (gap.contains("\n\n") || s < first && text[m.start..m.end].trim_end().ends_with(',')) {
                    continue;
                }
                // Before the marks a cue needs a colon or a comma: "said: “…", "şunları söyledi: “…".
                let between = tree.nodes.iter().filter(|n| n.start >= node.end && n.end <= m.start);
                let words = between.clone().filter(|n| n.upos != Upos::Punct).count();
                words + 1
            } else {
                continue;
            };
            // "“…,” Robert Klein, chairman of the institute that the state has set up, said": a comma in the marks waits for its cue.
            let waits = tree.language == Language::En && c.cue.class == "say" && ends_in_comma(&text[m.start..m.end]);
            let limit = match node.start >= m.end {
                true if waits => 24,
                true => 9,
                false => 6,
            };
            if distance <= limit && best.as_ref().is_none_or(|b| distance < b.2) {
                best = Some((s, c, distance));
            }
        }
    }
    best
}

/// "…,", also where a quotation within ends there ("… ‘miracles,’").
fn ends_in_comma(content: &str) -> bool {
    content.trim_end_matches(|c: char| c.is_whitespace() || "'’”\"".contains(c)).ends_with(',')
}

fn starts_at(scenes: &[Scene<'_>], s: usize, m: &Marked) -> bool {
    scenes[s].tree.nodes.first().is_some_and(|n| n.start + 3 >= m.start)
}

fn ends_at(scenes: &[Scene<'_>], s: usize, m: &Marked) -> bool {
    scenes[s].tree.nodes.last().is_some_and(|n| n.end <= m.end + 3)
}
