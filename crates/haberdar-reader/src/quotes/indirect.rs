//! Reported speech: what a word of saying governs, language by language, and what of it stands in marks.

use haberdar_model::{Language, QuoteKind};

use super::{CueAt, Said, english, marks::Marked, source::unnamed_subject, turkish};
use crate::events::Scene;

pub(super) fn find(
    scenes: &[Scene<'_>],
    s: usize,
    cues: &[CueAt],
    marks: &[Marked],
    out: &mut Vec<Said>,
    enclosed: &mut Vec<Said>,
) {
    let scene = &scenes[s];
    for c in cues {
        // Inside a quotation the speaker's own "we said" is no attribution of the article's.
        let at = scene.tree.nodes[c.word].start;
        if marks.iter().any(|m| m.start <= at && at < m.end) {
            continue;
        }
        let said = match scene.tree.language {
            Language::En => english::find(scene, c),
            Language::Tr => turkish::find(scene, c),
        };
        let Some(mut q) = said else { continue };
        if q.speaker.is_none() && scene.tree.language == Language::Tr {
            q.speaker = unnamed_subject(scenes, s, c.word);
        }
        let touched = || marks.iter().filter(|m| m.start < q.end && q.start < m.end);
        let quoted: usize = touched().map(|m| m.end.min(q.end) - m.start.max(q.start)).sum();
        let whole = q.end - q.start;
        let nearly_all = match scene.tree.language {
            Language::En => {
                let lead = touched().map(|m| m.start).min().unwrap_or(q.end).saturating_sub(q.start);
                lead <= 5 && quoted * 10 >= whole * 6
            }
            Language::Tr => {
                let ends_in_marks = marks.iter().any(|m| m.start > q.start && m.end <= q.end && m.end + 4 >= q.end);
                quoted * 10 >= whole * if ends_in_marks { 5 } else { 8 }
            }
        };
        if quoted > 0 && nearly_all {
            enclosed.push(q);
            continue;
        }
        let is_mixed = quoted * 2 > whole;
        if is_mixed {
            q.kind = QuoteKind::Mixed;
        }
        out.push(q);
    }
}
