//! Reported speech: what a word of saying governs, language by language, and what of it stands in marks.

use haberdar_model::Language;

use super::{CueAt, Said, english, marks::Marked, source::unnamed_subject, turkish};
use crate::{events::Scene, tree::Node};

pub(super) fn find(
    text: &str,
    scenes: &[Scene<'_>],
    s: usize,
    cues: &[CueAt],
    marks: &[Marked],
    out: &mut Vec<Said>,
    enclosed: &mut Vec<Said>,
) {
    let scene = &scenes[s];
    let before = out.len();
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
        if scene.tree.language == Language::En {
            behind_colon(text, marks, &mut q);
            settle_edges(marks, &mut q);
        }
        if q.speaker.is_none() && scene.tree.language == Language::Tr {
            q.speaker = unnamed_subject(scenes, s, c.word);
        }
        let touched = || marks.iter().filter(|m| m.start < q.end && q.start < m.end);
        let quoted: usize = touched().map(|m| m.end.min(q.end) - m.start.max(q.start)).sum();
        let whole = q.end - q.start;
        let nearly_all = match scene.tree.language {
            Language::En => {
                let first = touched().map(|m| m.start).min().unwrap_or(q.end).max(q.start);
                !text[q.start..first].contains(char::is_alphanumeric) && quoted * 10 >= whole * 6
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
        out.push(q);
    }
    if scene.tree.language == Language::En {
        let own = out.split_off(before);
        out.extend(own.iter().filter(|q| !is_part(scene, q, &own)).cloned());
    }
}

/// "said that she hopes to sign": what the words of another say of plans and opinions, or name with a noun alone, is a part of
/// these words. What somebody else is said to have said is a quotation of its own.
fn is_part(scene: &Scene<'_>, q: &Said, all: &[Said]) -> bool {
    let Some(outer) = all.iter().find(|o| o.start <= q.start && q.end <= o.end && q.end - q.start < o.end - o.start) else {
        return false;
    };
    let said =
        q.class.is_some_and(|c| matches!(c.class, "say" | "claim" | "announce" | "deny" | "quote" | "ask" | "promise" | "think"));
    let own = |n: &Node| q.start <= n.start && n.end <= q.end;
    let clause = scene.tree.nodes.iter().filter(|n| own(n)).any(|n| n.verb.is_some_and(|v| v.is_finite()));
    let other = q.speaker.is_some_and(|m| outer.speaker != Some(m));
    !(clause && other && said)
}

/// "“… You winning?” she said, but …": what begins inside of marks in front of its cue ends with them.
fn settle_edges(marks: &[Marked], q: &mut Said) {
    let torn = |m: &&Marked| m.start < q.start && q.start < m.end && m.end < q.end;
    let end = marks.iter().find(torn).map(|m| m.end).filter(|&end| q.cue.is_none_or(|(at, _)| at >= end));
    q.end = end.unwrap_or(q.end);
}

/// "… scolded him: “…,” she said": what the marks behind a colon enclose is what she said.
fn behind_colon(text: &str, marks: &[Marked], q: &mut Said) {
    let follows = q.cue.is_some_and(|(at, _)| at >= q.end);
    let last = marks.iter().find(|m| q.start < m.start && m.start < q.end && m.end + 4 >= q.end);
    let Some(m) = last.filter(|_| follows) else { return };
    let before = text[q.start..m.start].trim_end_matches(|c: char| c.is_whitespace() || "“\"„«‘'`".contains(c));
    if before.ends_with(':') {
        q.start = m.start;
    }
}
