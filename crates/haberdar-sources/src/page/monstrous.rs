//! Pages that are attacks or accidents, told from their tags before a parser of trees meets them.
//!
//! A parser that keeps to the standard can be made to work for hours or to fill the memory with a page of a few megabytes: by deep
//! nesting, by thousands of attributes in one tag (each is compared with all before it), by formatting that is never closed (it is
//! begun again in every paragraph), or by closing it in the wrong order. What is counted here is judged roughly, and the limits
//! are far from what pages of news do.

use std::collections::HashMap;

/// Nesting beyond this; parsers of trees overflow their stacks on it.
const MAX_DEPTH: usize = 512;

/// Tags beyond this, opening and closing ones. A long page of news has some twenty thousand.
const MAX_TAGS: usize = 400_000;

/// Attributes of one tag.
const MAX_ATTRIBUTES: usize = 256;

/// Elements that a parser would add on its own account, and elements that it would look through to mend the order.
const MAX_TOIL: usize = 2_000_000;

/// Elements without a closing tag.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements that the next one of their kind closes.
const CLOSE_THEMSELVES: &[&str] = &["p", "li", "td", "tr", "th", "dd", "dt", "option"];

/// Elements that are begun again where they were left open.
const FORMATTING: &[&str] = &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements that hold text alone, whatever looks like a tag in it.
const RAW: &[&str] = &["script", "style"];

/// As many of the same formatting, with the same attributes, are begun again; no more.
const ALIKE: usize = 3;

/// True for a page that is not given to a parser.
pub(crate) fn is_monstrous(html: &str) -> bool {
    has_crowded_tag(html) || is_tangled(html)
}

/// True where one tag has too many attributes. Every place at which a tag can begin is looked at, also within what seems to be the
/// value of an attribute, so that no quotation mark hides one; where that takes too long, it was meant to.
fn has_crowded_tag(html: &str) -> bool {
    let bytes = html.as_bytes();
    let mut left = bytes.len().saturating_mul(8) + 4096;
    let mut from = 0;
    while let Some(at) = html[from..].find('<').map(|i| from + i + 1) {
        from = at;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let Some(read) = attributes(&bytes[at..], left) else { return true };
        left -= read;
    }
    false
}

/// The bytes of a tag; `None` where it has too many attributes or is longer than what may be read.
fn attributes(tag: &[u8], limit: usize) -> Option<usize> {
    let (mut count, mut apart, mut quote, mut equals) = (0, false, None, false);
    for (i, &b) in tag.iter().enumerate() {
        if i >= limit {
            return None;
        }
        match (quote, b) {
            (Some(q), _) if b == q => (quote, apart) = (None, true),
            (Some(_), _) => {}
            (None, b'>') => return Some(i),
            (None, b'"' | b'\'') if equals => (quote, equals) = (Some(b), false),
            (None, b'=') => equals = true,
            (None, b'/') => (apart, equals) = (true, false),
            (None, b) if b.is_ascii_whitespace() => apart = true,
            (None, _) => {
                if apart && !equals {
                    count += 1;
                }
                if count > MAX_ATTRIBUTES {
                    return None;
                }
                (apart, equals) = (false, false);
            }
        }
    }
    Some(tag.len())
}

/// What a parser would hold open at one place of a page, roughly: an element that is never closed counts as open until one
/// around it is closed.
#[derive(Default)]
struct Open<'h> {
    /// By name, with how many paragraphs and their like were open before.
    elements: Vec<(String, i64)>,
    paragraphs: i64,
    /// Formatting with its attributes; closing what is around it does not end it.
    formatting: Vec<(String, &'h str)>,
    alike: HashMap<&'h str, usize>,
}

impl<'h> Open<'h> {
    fn format(&mut self, name: String, tag: &'h str) {
        let alike = self.alike.entry(tag).or_default();
        *alike += 1;
        if *alike <= ALIKE {
            self.formatting.push((name, tag));
        }
    }

    fn unformat(&mut self, name: &str) {
        if let Some(at) = self.formatting.iter().rposition(|(n, _)| n == name) {
            let (_, tag) = self.formatting.remove(at);
            if let Some(alike) = self.alike.get_mut(tag) {
                *alike = (*alike).min(ALIKE) - 1;
            }
        }
    }
}

fn starts_with(text: &str, name: &str) -> bool {
    let bytes = text.as_bytes();
    let ends = bytes.get(name.len()).is_none_or(|b| !b.is_ascii_alphanumeric());
    ends && bytes.get(..name.len()).is_some_and(|b| b.eq_ignore_ascii_case(name.as_bytes()))
}

/// What comes behind the text of such an element, from its closing tag on.
fn behind_raw<'h>(text: &'h str, name: &str) -> &'h str {
    let close = text.match_indices("</").find(|(i, _)| starts_with(&text[i + 2..], name));
    close.map_or("", |(i, _)| &text[i + 2..])
}

/// True where elements are nested too deep, are too many, or are closed in an order that takes too long to mend.
fn is_tangled(html: &str) -> bool {
    let mut open = Open::default();
    let (mut toil, mut tags) = (0, 0);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        tags += 1;
        if tags > MAX_TAGS || toil > MAX_TOIL {
            return true;
        }
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end..]);
            continue;
        }
        if let Some(raw) = RAW.iter().find(|raw| starts_with(rest, raw)) {
            rest = behind_raw(rest, raw);
            continue;
        }
        let part = rest.split('<').next().unwrap_or(rest);
        let name = part.trim_start_matches('/');
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let name = name[..end].to_ascii_lowercase();
        if name.is_empty() || VOID.contains(&name.as_str()) {
            continue;
        }
        let formats = FORMATTING.contains(&name.as_str());
        let closes = part.starts_with('/');
        // Formatting that is still open is begun again behind every element that closed.
        toil += if formats { 0 } else { open.formatting.len() };
        if CLOSE_THEMSELVES.contains(&name.as_str()) {
            open.paragraphs += if closes { -1 } else { 1 };
            continue;
        }
        if closes {
            // An element that was left open long ago does not take the search with it.
            if let Some(at) = open.elements.iter().rposition(|(n, _)| *n == name) {
                if formats && (at + 1 < open.elements.len() || open.elements[at].1 < open.paragraphs) {
                    toil += open.elements.len();
                }
                open.elements.truncate(at);
            }
            if formats {
                open.unformat(&name);
            }
        } else if !part.split('>').next().is_some_and(|tag| tag.ends_with('/')) {
            if formats {
                open.format(name.clone(), part.split('>').next().unwrap_or(part));
            }
            open.elements.push((name, open.paragraphs));
            if open.elements.len() > MAX_DEPTH {
                return true;
            }
        }
    }
    toil > MAX_TOIL
}

#[cfg(test)]
mod tests {
    use super::*;

    fn many(n: usize, part: impl Fn(usize) -> String) -> String {
        (0..n).map(part).collect()
    }

    #[test]
    fn what_would_take_hours_is_told() {
        let open = |n| many(n, |i| format!("<b id={i}>"));
        let monsters = [
            ("deep", "<div>".repeat(100_000)),
            ("deep, closed wrongly", "<div></b>".repeat(100_000)),
            ("many", "</p>".repeat(500_000)),
            ("attributes", format!("<p {}>", many(300, |i| format!("a{i} ")))),
            ("attributes with values", format!("<p {}>", many(300, |i| format!("a{i}=\"<\"")))),
            ("attributes behind a quotation mark", format!("<!-- \" --><p {}>", many(300, |i| format!("a{i}/")))),
            ("attributes never closed", many(20_000, |i| format!("<a b{i}=\"x "))),
            ("formatting begun again", open(400) + &"<p>x</p>".repeat(5_000)),
            (
                "formatting of elements that were closed",
                many(4_000, |i| format!("<div><b id={i}></div>")) + &"<p>x</p>".repeat(1_000),
            ),
            ("order", "<a><b><i><div>".repeat(120) + &"<a><p></a></p>".repeat(50_000)),
        ];
        for (what, html) in monsters {
            assert!(is_monstrous(&html), "{what}");
        }
    }

    #[test]
    fn what_pages_do_is_no_attack() {
        let fine = [
            ("many paragraphs", "<p>x <b>y</b> <a href=z>z</a></p>".repeat(30_000)),
            ("never closed, of one kind", "<p><b>x<b>".repeat(200) + &"<p>x</p>".repeat(90_000)),
            ("never closed, of twenty kinds", many(20, |i| format!("<font size={i}>")) + &"<p>x</p>".repeat(20_000)),
            ("a long value", format!("<div data-props='{}'>x</div>", "{\"a b\": 1, <i>x</i>} ".repeat(50_000))),
            ("wrong order", "<div><a><b>x</a></b></div>".repeat(10_000)),
            ("a script", format!("<script>{}</script>", "if (a<b && c > d) x = \"<div>\";\n".repeat(400))),
        ];
        for (what, html) in fine {
            assert!(!is_monstrous(&html), "{what}");
        }
    }
}
