//! What the head of a page says in `<meta>` and its like.

use std::collections::HashMap;

use trafilatura::dom::Document;

use super::blocks::{Block, one_line};

/// Names (`name`, `property`, `itemprop`, `http-equiv`, in lower case) and their values in order.
#[derive(Debug, Default)]
pub(crate) struct MetaTags(HashMap<String, Vec<String>>);

impl MetaTags {
    pub(crate) fn of(doc: &Document) -> Self {
        let mut tags: HashMap<String, Vec<String>> = HashMap::new();
        for id in doc.get_elements_by_tag_name(doc.root(), "meta") {
            let Some(value) = doc.get_attribute(id, "content").map(|v| one_line(&v)).filter(|v| !v.is_empty()) else { continue };
            for key in ["property", "name", "itemprop", "http-equiv"] {
                if let Some(key) = doc.get_attribute(id, key) {
                    tags.entry(key.trim().to_lowercase()).or_default().push(value.clone());
                }
            }
        }
        MetaTags(tags)
    }

    /// All values of a name.
    pub(crate) fn all(&self, key: &str) -> impl Iterator<Item = &str> {
        self.0.get(key).into_iter().flatten().map(String::as_str)
    }

    /// The first value of the first name that has one.
    pub(crate) fn first(&self, keys: &[&str]) -> Option<String> {
        keys.iter().find_map(|k| self.all(k).next()).map(str::to_owned)
    }

    /// Who wrote it: names, no addresses.
    pub(crate) fn authors(&self) -> Vec<String> {
        let keys = ["author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl", "cxenseparse:author"];
        let named = |k: &&str| self.all(k).any(|v| !v.contains("://"));
        let Some(key) = keys.iter().find(|k| named(k)) else { return Vec::new() };
        self.all(key).filter(|v| !v.contains("://")).map(str::to_owned).collect()
    }
}

/// The text of the first element of a tag.
pub(crate) fn element_text(doc: &Document, tag: &str) -> Option<String> {
    doc.get_elements_by_tag_name(doc.root(), tag).into_iter().map(|id| one_line(&doc.text_content(id))).find(|t| !t.is_empty())
}

/// The address that the page calls its own.
pub(crate) fn canonical(doc: &Document) -> Option<String> {
    doc.get_elements_by_tag_name(doc.root(), "link")
        .into_iter()
        .find(|&id| doc.get_attribute(id, "rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")))
        .and_then(|id| doc.get_attribute(id, "href"))
        .map(|h| h.trim().to_owned())
        .filter(|h| h.starts_with("http"))
}

/// A title without the name of the outlet behind it: `Zirve yapıldı - Örnek Haber`.
pub(crate) fn without_outlet(title: &str, headline: Option<&str>) -> String {
    let title = one_line(title);
    if let Some(h) = headline.filter(|h| h.chars().count() >= 10 && title.starts_with(*h)) {
        return h.to_owned();
    }
    for mark in [" | ", " – ", " — ", " - ", " :: ", " » "] {
        if let Some((head, tail)) = title.rsplit_once(mark)
            && tail.chars().count() <= 30
            && head.split_whitespace().count() >= 3
        {
            return head.trim().to_owned();
        }
    }
    title
}

/// The heading of the page that its title begins or ends with, where an outlet stands before or behind it.
pub(crate) fn heading_in(title: &str, blocks: &[Block]) -> Option<String> {
    let title = one_line(title);
    let headings = blocks.iter().filter(|b| b.is_heading() && b.text.len() >= 20);
    let said = headings.filter(|b| title.starts_with(&b.text) || title.ends_with(&b.text));
    said.map(|b| b.text.clone()).max_by_key(String::len)
}
