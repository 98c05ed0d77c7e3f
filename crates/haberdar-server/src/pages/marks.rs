//! Text with marked words: of an article, of a sentence, of a snippet.

use haberdar_model::Span;
use maud::{Markup, html};

/// What covers a piece of text.
pub(super) struct Mark {
    /// Code points of the whole article.
    pub(super) span: Span,
    pub(super) class: &'static str,
    /// Where a link leads to; none within a sentence that stands there for itself.
    pub(super) anchor: Option<String>,
    pub(super) title: String,
}

impl Mark {
    /// A mark without anchor and title.
    pub(super) fn plain(span: Span, class: &'static str) -> Mark {
        Mark { span, class, anchor: None, title: String::new() }
    }
}

/// Text that begins at the code point `start` of its article, in pieces, so that marks may overlap. Text stays text.
pub(super) fn marked(text: &str, start: usize, marks: &[Mark]) -> Markup {
    let chars: Vec<char> = text.chars().collect();
    let end = start + chars.len();
    let mut edges = vec![start, end];
    for m in marks {
        edges.extend([m.span.start.clamp(start, end), m.span.end.clamp(start, end)]);
    }
    edges.sort_unstable();
    edges.dedup();
    html! {
        @for pair in edges.windows(2) {
            @let piece: String = chars[pair[0] - start..pair[1] - start].iter().collect();
            @let over: Vec<&Mark> = marks.iter().filter(|m| m.span.start <= pair[0] && pair[1] <= m.span.end).collect();
            @for m in over.iter().filter(|m| m.span.start == pair[0]) {
                @if let Some(anchor) = &m.anchor { span.anchor id=(anchor) tabindex="-1" {} }
            }
            @if over.is_empty() { (piece) } @else {
                @let classes = over.iter().map(|m| m.class).collect::<Vec<_>>().join(" ");
                @let titles = over.iter().map(|m| m.title.as_str()).filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" · ");
                mark class=(classes) title=[(!titles.is_empty()).then_some(titles)] data-start=(pair[0]) data-end=(pair[1]) { (piece) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_overlap_and_lie_partly_outside() {
        let mark = |start, end, class| Mark::plain(Span { start, end }, class);
        let html = marked("ığ<b>ü", 10, &[mark(8, 12, "a"), mark(11, 14, "b"), mark(15, 99, "c")]).into_string();
        assert_eq!(
            html,
            "<mark class=\"a\" data-start=\"10\" data-end=\"11\">ı</mark><mark class=\"a b\" data-start=\"11\" data-end=\"12\">ğ</mark>\
             <mark class=\"b\" data-start=\"12\" data-end=\"14\">&lt;b</mark>&gt;<mark class=\"c\" data-start=\"15\" data-end=\"16\">ü</mark>"
        );
    }
}
