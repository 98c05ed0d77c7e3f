//! What of a quotation stands in marks, and what kind of quotation that makes it.

use haberdar_model::QuoteKind;

use super::{Said, marks::Marked};

/// Notes the pieces in marks. Words that begin in marks and go on outside are mixed; what the article begins to tell in its own
/// words is indirect, whatever of it stands in marks.
pub(super) fn note(text: &str, marks: &[Marked], q: &mut Said) {
    if q.kind == QuoteKind::Direct {
        return;
    }
    let words = |a: usize, b: usize| text[a..b].contains(char::is_alphanumeric);
    q.verbatim = marks
        .iter()
        .filter(|m| m.start < q.end && q.start < m.end)
        .map(|m| (m.start.max(q.start), m.end.min(q.end)))
        .filter(|&(a, b)| words(a, b))
        .collect();
    let begins = marks.iter().any(|m| q.start <= m.start && m.start < q.end && !words(q.start, m.start));
    q.kind = if begins { QuoteKind::Mixed } else { QuoteKind::Indirect };
}
