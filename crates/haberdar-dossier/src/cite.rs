//! Citations: outlet, day, offsets, and the way to the words; the full texts with a mark at every place that is cited.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use haberdar_model::{
    Language, Span,
    labels::{filled, label},
    reading::{ArticleHead, TextSpan},
};

use crate::Place;

/// Text as HTML.
pub(crate) fn text(s: &str) -> String {
    s.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Cites, and remembers what was cited.
pub(crate) struct Citer<'d> {
    articles: BTreeMap<&'d str, (usize, &'d ArticleHead, &'d str)>,
    cited: RefCell<BTreeSet<Place>>,
    lang: Language,
}

impl<'d> Citer<'d> {
    pub(crate) fn new(articles: &'d [(ArticleHead, String)], lang: Language) -> Self {
        let number = |(i, (head, text)): (usize, &'d (ArticleHead, String))| (head.id.as_str(), (i + 1, head, text.as_str()));
        Citer { articles: articles.iter().enumerate().map(number).collect(), cited: RefCell::default(), lang }
    }

    /// A quotation from an article with its citation. Words in another language than the page's say so.
    pub(crate) fn quote(&self, article: &str, words: &TextSpan) -> String {
        let lang = self.articles.get(article).and_then(|a| a.1.language).filter(|l| *l != self.lang);
        let lang = lang.map(|l| format!(" lang=\"{l}\"")).unwrap_or_default();
        format!("<q{lang}>{}</q> {}", text(&words.text), self.cite(article, words.span))
    }

    /// Where something stands.
    pub(crate) fn cite(&self, article: &str, span: Span) -> String {
        let Some((number, head, _)) = self.articles.get(article) else { return String::new() };
        self.cited.borrow_mut().insert((article.to_owned(), span));
        let outlet = head.publisher.as_deref().unwrap_or(&head.source_id);
        let day = head.published.map(|d| format!(", {d}")).unwrap_or_default();
        let at = filled("citation", &format!("{}–{}", span.start, span.end), self.lang);
        format!("<cite><a href=\"#{}\">[{number}] {}{day}, {at}</a></cite>", anchor(*number, span), text(outlet))
    }

    /// The articles in full, each cited place with its anchor.
    pub(crate) fn sources(&self) -> String {
        let mut all: Vec<_> = self.articles.values().collect();
        all.sort_unstable_by_key(|a| a.0);
        let cited = self.cited.borrow();
        let mut out = String::new();
        for (number, head, words) in all {
            let places = cited.range((head.id.clone(), Span::default())..).take_while(|p| p.0 == head.id);
            let places: Vec<Span> = places.map(|p| p.1).collect();
            if places.is_empty() {
                continue;
            }
            let outlet = head.publisher.as_deref().unwrap_or(&head.source_id);
            let facts = [Some(outlet.to_owned()), head.published.map(|d| d.to_string()), head.language.map(|l| l.to_string())];
            let facts: Vec<String> = facts.into_iter().flatten().collect();
            let title = head.title.as_ref().map(|t| format!(" · {t}")).unwrap_or_default();
            let url = head.url.as_deref().filter(|u| u.starts_with("http://") || u.starts_with("https://"));
            let url = url.map(|u| format!(" <a href=\"{0}\" rel=\"noreferrer\">{0}</a>", text(u))).unwrap_or_default();
            let lang = head.language.map(|l| format!(" lang=\"{l}\"")).unwrap_or_default();
            out.push_str(&format!(
                "<details class=\"source\"><summary>[{number}] {}{}</summary><p class=\"fine\">{url} SHA-256 {}</p><div class=\"full\"{lang}>{}</div></details>",
                text(&facts.join(", ")), text(&title), text(&head.text_sha256), marked(*number, words, &places)
            ));
        }
        if out.is_empty() { format!("<p>{}</p>", label("nothing", self.lang)) } else { out }
    }
}

fn anchor(number: usize, span: Span) -> String {
    format!("a{number}-{}-{}", span.start, span.end)
}

/// A text with an anchor around every place. Places may lie within and across each other: an outer one is a box, what
/// begins inside it an empty anchor at its beginning.
fn marked(number: usize, words: &str, places: &[Span]) -> String {
    let mut out = String::with_capacity(words.len() * 5 / 4);
    let mut open: Option<usize> = None;
    let chars: Vec<char> = words.chars().collect();
    let mut places = places.to_vec();
    // The longest first where several begin at one place.
    places.sort_by_key(|p| (p.start, std::cmp::Reverse(p.end)));
    let mut next = places.iter().peekable();
    for (i, c) in chars.iter().enumerate() {
        if open == Some(i) {
            out.push_str("</mark>");
            open = None;
        }
        while let Some(p) = next.next_if(|p| p.start == i) {
            if open.is_none() && p.end > p.start {
                out.push_str(&format!("<mark id=\"{}\">", anchor(number, *p)));
                open = Some(p.end);
            } else {
                out.push_str(&format!("<span id=\"{}\"></span>", anchor(number, *p)));
            }
        }
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            _ => out.push(*c),
        }
    }
    if open.is_some() {
        out.push_str("</mark>");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_has_its_anchor_once() {
        let places = [Span { start: 0, end: 3 }, Span { start: 1, end: 2 }, Span { start: 2, end: 5 }, Span { start: 5, end: 6 }];
        let html = marked(1, "ağ<deş", &places);
        assert_eq!(
            html,
            "<mark id=\"a1-0-3\">a<span id=\"a1-1-2\"></span>ğ<span id=\"a1-2-5\"></span>&lt;</mark>de<mark id=\"a1-5-6\">ş</mark>"
        );
    }
}
