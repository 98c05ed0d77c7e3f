//! The page as a sequence of blocks of text, and without the parts that its own marks call something else.

use std::collections::HashMap;

use trafilatura::dom::{Document, NodeId};

use super::tables::{Marks, tables};

/// A paragraph, headline or line of a page.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// Its text; runs of white space are one space.
    pub(crate) text: String,
    /// The element that it is the text of.
    pub(crate) element: NodeId,
    /// Tag of that element.
    pub(crate) tag: String,
    /// What the class names of its element, and of those around it, say.
    pub(crate) marks: Marks,
    /// Bytes of its text that are links.
    pub(crate) linked: usize,
    /// Within the frame of the page: navigation, foot, margin.
    pub(crate) framed: bool,
    /// Within something that is called no part of the article, and not the line of the day.
    pub(crate) beside: bool,
}

impl Block {
    pub(crate) fn is_heading(&self) -> bool {
        matches!(self.tag.as_str(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
    }

    /// True where most of it is links: a menu, a list of other articles.
    pub(crate) fn is_links(&self) -> bool {
        self.linked * 3 > self.text.len() * 2
    }
}

/// Elements that hold the frame of a page, not its article.
const FRAME: &[&str] = &[
    "nav",
    "aside",
    "footer",
    "form",
    "dialog",
    "amp-ad",
    "amp-consent",
    "amp-embed",
    "amp-sidebar",
    "amp-social-share",
    "amp-sticky-ad",
    "amp-user-notification",
];

/// Elements whose text is not shown.
const UNSEEN: &[&str] =
    &["script", "style", "template", "head", "noscript", "svg", "iframe", "object", "button", "select", "textarea", "canvas"];

/// Elements that end a line.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "lb",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "ul",
];

/// Elements that are never taken away, whatever they are called.
const PILLARS: &[&str] = &["html", "body", "main", "article", "h1"];

/// Deeper elements are passed over.
const MAX_DEPTH: usize = 600;

struct Walk<'d> {
    doc: &'d Document,
    blocks: Vec<Block>,
    text: String,
    linked: usize,
    apart: bool,
}

/// The blocks of a tree, in order.
pub(crate) fn blocks(doc: &Document, root: NodeId) -> Vec<Block> {
    walk(doc, root, false)
}

/// The same with a space around every inline element: labels and dates stand in elements of their own, which a style sheet sets
/// apart.
pub(crate) fn labels(doc: &Document, root: NodeId) -> Vec<Block> {
    walk(doc, root, true)
}

fn walk(doc: &Document, root: NodeId, apart: bool) -> Vec<Block> {
    let mut walk = Walk { doc, blocks: Vec::new(), text: String::new(), linked: 0, apart };
    let around = Around { element: root, marks: Marks::default(), framed: false, beside: false, link: false };
    walk.node(root, around, 0);
    walk.end(around);
    walk.blocks
}

#[derive(Clone, Copy)]
struct Around {
    element: NodeId,
    marks: Marks,
    framed: bool,
    beside: bool,
    link: bool,
}

impl Walk<'_> {
    fn node(&mut self, node: NodeId, around: Around, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        for child in self.doc.child_nodes(node) {
            if self.doc.is_text(child) {
                let text = self.doc.text_content(child);
                if around.link {
                    self.linked += text.trim().len();
                }
                self.text.push_str(&text);
                continue;
            }
            let tag = self.doc.tag_name(child);
            if UNSEEN.contains(&tag) {
                continue;
            }
            let block = BLOCKS.contains(&tag);
            let mut inner = Around { link: around.link || tag == "a", ..around };
            if block {
                self.end(around);
                let own = marks_of(self.doc, child);
                inner.element = child;
                inner.framed |= FRAME.contains(&tag) && tag != "form";
                inner.beside |= own.drop && !own.date;
                inner.marks = Marks {
                    drop: around.marks.drop || own.drop,
                    comments: around.marks.comments || own.comments,
                    lead: around.marks.lead || own.lead,
                    date: around.marks.date || own.date,
                    body: around.marks.body || own.body,
                };
            }
            if self.apart {
                self.text.push(' ');
            }
            self.node(child, inner, depth + 1);
            if self.apart {
                self.text.push(' ');
            }
            if block {
                self.end(inner);
            }
        }
    }

    fn end(&mut self, around: Around) {
        let text = one_line(&self.text);
        self.text.clear();
        let linked = std::mem::take(&mut self.linked);
        if !text.is_empty() {
            let Around { element, marks, framed, beside, .. } = around;
            let tag = self.doc.tag_name(element).to_owned();
            self.blocks.push(Block { text, element, tag, marks, linked, framed, beside });
        }
    }
}

/// Runs of white space become one space.
pub(crate) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().filter(|c| !matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{AD}')));
    }
    out
}

fn marks_of(doc: &Document, element: NodeId) -> Marks {
    let mut names = doc.class_name(element);
    if let Some(id) = doc.get_attribute(element, "id") {
        names.push(' ');
        names.push_str(&id);
    }
    let mut marks = if names.is_empty() { Marks::default() } else { tables().marks(&names) };
    match doc.get_attribute(element, "itemprop").as_deref() {
        Some("articleBody") => marks.body = true,
        Some("datePublished") => marks.date = true,
        _ => {}
    }
    marks
}

/// What a subtree holds.
#[derive(Clone, Copy, Default)]
struct Holds {
    /// Characters of running text: words of paragraphs that are no links.
    weight: usize,
    headline: bool,
    body: bool,
    comments: bool,
}

/// Characters of running text that a report has at least.
const MIN_REPORT: usize = 200;

/// Takes away what is no part of the article by tag, by class name, or because it is not shown. An element that holds the
/// headline or half of the page's running text stays, whatever it is called; what readers wrote goes even if it is more than that.
pub(crate) fn prune(doc: &mut Document, figures: bool) {
    let root = doc.root();
    let mut doomed = Vec::new();
    let all = weigh(doc, root, &mut doomed, figures, false, 0);
    // Readers may write more than the report has, but not where next to nothing would be left.
    let others = |h: &Holds| h.comments && !h.headline && !h.body;
    let comments = doomed.iter().filter(|(_, h)| others(h)).map(|(_, h)| h.weight).max().unwrap_or_default();
    let rest = if all.weight >= comments + MIN_REPORT { all.weight - comments } else { all.weight };
    for (node, holds) in doomed {
        let most = if others(&holds) { all.weight } else { rest } < holds.weight * 2;
        let readers = others(&holds) && rest < all.weight;
        if !holds.headline && !holds.body && (readers || !most) {
            doc.remove(node, true);
        }
    }
}

fn weigh(doc: &Document, node: NodeId, doomed: &mut Vec<(NodeId, Holds)>, figures: bool, link: bool, depth: usize) -> Holds {
    let mut holds = Holds::default();
    if depth > MAX_DEPTH {
        return holds;
    }
    for child in doc.child_nodes(node) {
        if doc.is_text(child) {
            if !link {
                let text = doc.text_content(child);
                let text = text.trim();
                // Menus and labels are no running text.
                if text.len() > 30 {
                    holds.weight += text.len();
                }
            }
            continue;
        }
        let tag = doc.tag_name(child);
        if UNSEEN.contains(&tag) {
            continue;
        }
        let marks = marks_of(doc, child);
        let mut inner = weigh(doc, child, doomed, figures, link || tag == "a", depth + 1);
        let drop = (marks.drop && !marks.body)
            || FRAME.contains(&tag)
            || (figures && matches!(tag, "figure" | "figcaption"))
            || is_hidden(doc, child);
        if drop && !PILLARS.contains(&tag) {
            inner.comments = marks.comments && !marks.body;
            doomed.push((child, inner));
        }
        holds.weight += inner.weight;
        holds.headline |= inner.headline || tag == "h1";
        holds.body |= inner.body || doc.get_attribute(child, "itemprop").as_deref() == Some("articleBody");
    }
    holds
}

fn is_hidden(doc: &Document, element: NodeId) -> bool {
    doc.get_attribute(element, "hidden").is_some()
        || doc.get_attribute(element, "style").is_some_and(|s| {
            let s: String = s.chars().filter(|c| !c.is_whitespace()).collect();
            s.contains("display:none") || s.contains("visibility:hidden")
        })
}

/// The element that calls itself the article's body and holds the most text, with its blocks.
pub(crate) fn called_body(doc: &Document, blocks: &[Block]) -> Option<NodeId> {
    let mut best: Option<(usize, NodeId)> = None;
    // How much each holds, in the order in which they come; `None` for an element of another name.
    let mut seen: HashMap<NodeId, Option<usize>> = HashMap::new();
    let mut bodies = Vec::new();
    for block in blocks.iter().filter(|b| b.marks.body && !b.is_links()) {
        for n in above(doc, block.element) {
            let weight = seen.entry(n).or_insert_with(|| {
                let called = marks_of(doc, n).body;
                bodies.extend(called.then_some(n));
                called.then_some(0)
            });
            *weight = weight.map(|w| w + block.text.len());
        }
    }
    for node in bodies {
        let weight = seen.get(&node).copied().flatten().unwrap_or_default();
        // Of nested ones the inner one that holds nearly all.
        let better = best.is_none_or(|(w, b)| {
            if is_within(doc, node, b) {
                weight * 10 >= w * 9
            } else if is_within(doc, b, node) {
                w * 10 < weight * 9
            } else {
                weight > w
            }
        });
        if better {
            best = Some((weight, node));
        }
    }
    best.map(|(_, n)| n)
}

/// True where `node` is `outer` or stands somewhere below it.
fn is_within(doc: &Document, node: NodeId, outer: NodeId) -> bool {
    above(doc, node).any(|n| n == outer)
}

/// An element and those around it, the innermost first.
pub(crate) fn above(doc: &Document, node: NodeId) -> impl Iterator<Item = NodeId> + '_ {
    std::iter::successors(Some(node), |&n| doc.parent(n))
}
