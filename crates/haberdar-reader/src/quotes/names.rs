//! What stands in marks and is nobody's words: names of books, shows and programmes.

use haberdar_lang::Upos;

use super::{CueAt, marks::Marked};
use crate::events::Scene;

/// "in her book “The Long Way Home,” she writes": a title within a sentence that no word of saying announces.
pub(super) fn is_name(text: &str, scenes: &[Scene<'_>], cues: &[Vec<CueAt>], m: &Marked) -> bool {
    is_title(&text[m.start..m.end]) && is_named(text, scenes, cues, m)
}

/// "The Long Way Home": every word but the short ones has a capital, as in names of books and shows.
fn is_title(content: &str) -> bool {
    let content = content.trim_end_matches([',', '.', ' ']);
    let words = || content.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())).filter(|w| !w.is_empty());
    let small = |w: &str| w.starts_with(char::is_lowercase);
    let first = words().next().is_some_and(|w| !small(w));
    let capitals = words().filter(|w| w.starts_with(char::is_uppercase)).count();
    first
        && capitals >= 2
        && words().count() <= 8
        && !content.ends_with(['?', '!'])
        && words().all(|w| w.chars().count() < 4 || !small(w))
}

/// The marks stand within a sentence, and no word of saying right in front of them: "in her book “…,” she writes".
fn is_named(text: &str, scenes: &[Scene<'_>], cues: &[Vec<CueAt>], m: &Marked) -> bool {
    let Some(s) = scenes.iter().position(|s| s.tree.nodes.last().is_some_and(|n| n.end > m.start)) else { return false };
    let nodes = &scenes[s].tree.nodes;
    let Some(w) = nodes.iter().rposition(|n| n.end <= m.start && n.upos != Upos::Punct) else { return false };
    let before = text[nodes[w].end..m.start].trim_end_matches(|c: char| c.is_whitespace() || "“\"„«‘'`".contains(c));
    let says = cues[s].iter().any(|c| c.word.max(c.last) == w && c.cue.takes.has("quote"));
    !says && matches!(before, "" | "," | "’s" | "'s")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_have_capitals() {
        assert!(is_title("The Long Way Home,") && is_title("Morning in Ankara"));
        assert!(!is_title("Ankara will not wait,") && !is_title("Enough") && !is_title("Go Home!"));
    }
}
