//! Which blocks of a page are its article. Three witnesses: the text that the page gives to machines (JSON-LD), the element
//! that calls itself the body, and the general extractor.

use std::collections::{HashMap, HashSet, VecDeque};

use trafilatura::dom::{Document, NodeId};

use super::{
    blocks::{Block, above, called_body, one_line},
    day_text::{Order, days_in},
    tables::{DateRole, LineRule, lower, tables},
};

/// Words in a row that have to be the same for two texts to share a passage.
const SHINGLE: usize = 3;

/// The words of a text in lower case; scripts without spaces give a character each.
pub(crate) fn words(text: &str) -> Vec<String> {
    let (mut out, mut word) = (Vec::new(), String::new());
    for c in lower(text).chars() {
        let alone = matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}');
        if c.is_alphanumeric() && !alone {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            out.push(std::mem::take(&mut word));
        }
        if alone {
            out.push(c.to_string());
        }
    }
    if !word.is_empty() {
        out.push(word);
    }
    out
}

/// Passages of a text, for asking whether another text says the same.
pub(crate) struct Passages(HashSet<Vec<String>>);

impl Passages {
    pub(crate) fn of(text: &str) -> Self {
        let mut set = HashSet::new();
        for line in text.lines() {
            let words = words(line);
            for n in 1..=SHINGLE {
                set.extend(words.windows(n).map(<[String]>::to_vec));
            }
        }
        Passages(set)
    }

    /// The share of a text's passages that are here too.
    pub(crate) fn share(&self, text: &str) -> f64 {
        let words = words(text);
        if words.is_empty() {
            return 0.0;
        }
        let n = words.len().min(SHINGLE);
        let all = words.windows(n).count();
        words.windows(n).filter(|w| self.0.contains(*w)).count() as f64 / all as f64
    }
}

/// What is known of the article apart from its body.
pub(crate) struct Known<'a> {
    pub(crate) title: Option<&'a str>,
    pub(crate) description: Option<&'a str>,
    pub(crate) authors: &'a [String],
    /// The body as JSON-LD has it.
    pub(crate) body: Option<&'a str>,
}

/// The article's paragraphs, one a line. `extracted` is what the general extractor found.
pub(crate) fn choose(doc: &Document, blocks: &[Block], known: &Known<'_>, extracted: Option<String>) -> String {
    let extracted =
        extracted.map(|t| in_page_order(blocks, &without_links(blocks, &in_paragraphs(blocks, t)))).unwrap_or_default();
    let own = own_body(doc, blocks, &extracted);
    let mut text = own.unwrap_or(extracted);
    if let Some(given) = known.body {
        let (given_len, text_len) = (words(given).len(), words(&text).len());
        if (given_len >= 20 || text_len < 12) && given_len * 10 >= text_len * 6 {
            text = aligned(doc, blocks, given, &text).unwrap_or_else(|| {
                // The paragraphs are nowhere in the page: behind a paywall, or put there by a script.
                if given_len * 10 >= text_len * 9 || Passages::of(&text).share(given) < 0.5 {
                    given.to_owned()
                } else {
                    text.clone()
                }
            });
        }
    }
    let text = with_lead(blocks, &text, known);
    clean(&text, known)
}

/// Without the lines that are no more than a link to another article.
fn without_links(blocks: &[Block], text: &str) -> String {
    let links: HashSet<&str> = blocks.iter().filter(|b| b.is_links() && b.tag != "h1").map(|b| b.text.as_str()).collect();
    let kept: Vec<&str> = text.lines().filter(|l| !links.contains(l.trim())).collect();
    // A text that is all links is what it is.
    if kept.is_empty() { text.to_owned() } else { kept.join("\n") }
}

/// The lines of a text in the order of the page: the extractor puts what it finds late behind the rest. A line that is no block stays
/// with the one before it.
fn in_page_order(blocks: &[Block], text: &str) -> String {
    let mut places: HashMap<&str, VecDeque<usize>> = HashMap::new();
    for (i, b) in blocks.iter().enumerate() {
        places.entry(&b.text).or_default().push_back(i);
    }
    let mut last = 0;
    let mut lines: Vec<(usize, &str)> = text
        .lines()
        .map(|line| {
            last = places.get_mut(line.trim()).and_then(VecDeque::pop_front).unwrap_or(last);
            (last, line)
        })
        .collect();
    lines.sort_by_key(|&(place, _)| place);
    lines.into_iter().map(|(_, line)| line).collect::<Vec<_>>().join("\n")
}

/// A text that lost its paragraphs, with them.
fn in_paragraphs(blocks: &[Block], text: String) -> String {
    if text.lines().count() > 3 || text.len() < 300 {
        return text;
    }
    let again = |line: &str| {
        let passages = Passages::of(line);
        let found: Vec<&Block> = blocks.iter().filter(|b| b.text.len() < line.len() && passages.share(&b.text) >= 0.95).collect();
        let parts = lines(&found);
        let whole = found.len() > 1 && (line.len() * 95 / 100..=line.len() * 110 / 100).contains(&parts.len());
        if whole { parts } else { line.to_owned() }
    };
    text.lines().map(again).collect::<Vec<_>>().join("\n")
}

/// The blocks of the element that calls itself the body, where the extractor agrees that the article is there. Some pages cut
/// the body into several elements of one name side by side.
fn own_body(doc: &Document, blocks: &[Block], extracted: &str) -> Option<String> {
    let body = called_body(doc, blocks)?;
    let parts = parts_of_body(doc, body);
    let within = |b: &&Block| above(doc, b.element).any(|n| parts.contains(&n)) && !b.is_links();
    let text = lines(&blocks.iter().filter(within).collect::<Vec<_>>());
    let (own, other) = (words(&text).len(), words(extracted).len());
    if own < 20 {
        return None;
    }
    let said = doc.get_attribute(body, "itemprop").is_some();
    // A body by class name that holds much more than the extractor found holds teasers and comments, too.
    if !said && other >= 120 && own > 2 * other {
        return None;
    }
    let agree = Passages::of(&text).share(extracted);
    (agree >= 0.7 || own >= other).then_some(text)
}

/// The element, and those beside it that have its tag and its class.
fn parts_of_body(doc: &Document, body: NodeId) -> HashSet<NodeId> {
    let class = doc.class_name(body);
    let Some(parent) = doc.parent(body).filter(|_| !class.is_empty()) else { return [body].into() };
    let alike = |&n: &NodeId| n == body || (doc.tag_name(n) == doc.tag_name(body) && doc.class_name(n) == class);
    doc.children(parent).into_iter().filter(alike).collect()
}

fn lines(blocks: &[&Block]) -> String {
    blocks.iter().map(|b| b.text.as_str()).collect::<Vec<_>>().join("\n")
}

/// The blocks of the page that say what JSON-LD says, with the headings between them; `None` where most of it is missing.
fn aligned(doc: &Document, blocks: &[Block], given: &str, extracted: &str) -> Option<String> {
    let passages = Passages::of(&one_line(given));
    let found = Passages::of(extracted);
    let matches: Vec<bool> = blocks
        .iter()
        .map(|b| {
            let n = words(&b.text).len();
            n >= SHINGLE && passages.share(&b.text) >= if n < 8 { 0.99 } else { 0.6 }
        })
        .collect();
    let long = |i: &usize| matches[*i] && blocks[*i].text.len() >= 40;
    let (first, last) = ((0..blocks.len()).find(long)?, (0..blocks.len()).rev().find(long)?);
    let parent = |i: usize| doc.parent(blocks[i].element);
    let siblings: HashSet<NodeId> = (first..=last).filter(long).filter_map(parent).collect();
    let mut chosen: Vec<&Block> = Vec::new();
    let mut seen = HashSet::new();
    for i in first..=last {
        let b = &blocks[i];
        let beside = parent(i).is_some_and(|p| siblings.contains(&p)) || matches!(b.tag.as_str(), "li" | "blockquote");
        let between = !b.is_links() && !b.framed && beside && (b.is_heading() || found.share(&b.text) >= 0.9);
        if (matches[i] || between) && seen.insert(b.text.as_str()) {
            chosen.push(b);
        }
    }
    let text = lines(&chosen);
    (Passages::of(&one_line(&text)).share(given) >= 0.7).then_some(text)
}

/// The text with the standfirst before it, where the page shows one between headline and text.
fn with_lead(blocks: &[Block], text: &str, known: &Known<'_>) -> String {
    let passages = Passages::of(text);
    let Some(first) = blocks.iter().position(|b| b.text.len() >= 40 && passages.share(&b.text) >= 0.8) else {
        return text.to_owned();
    };
    let headline = blocks[..first].iter().rposition(|b| b.tag == "h1").map(|i| i + 1);
    let from = headline.unwrap_or_else(|| first.saturating_sub(6));
    let description = known.description.map(Passages::of);
    let mut leads: Vec<&str> = Vec::new();
    for b in &blocks[from..first] {
        let described = description.as_ref().is_some_and(|d| words(&b.text).len() >= 6 && d.share(&b.text) >= 0.8);
        let called = b.marks.lead || (headline.is_some() && b.tag == "h2");
        let fits = b.text.chars().count() >= 30 && words(&b.text).len() >= 5
            || b.text.chars().count() >= 30 && words(&b.text).len() > 15;
        if fits && (described || called) && !b.is_links() && !b.framed && passages.share(&b.text) < 0.6 && !is_date_line(&b.text)
        {
            leads.push(&b.text);
        }
    }
    leads.dedup();
    leads.truncate(3);
    leads.push(text);
    leads.join("\n")
}

/// Without boilerplate, without the headline, the authors and the day, and without a line said twice.
fn clean(text: &str, known: &Known<'_>) -> String {
    let title = known.title.map(lower);
    let authors: Vec<String> = known.authors.iter().map(|a| lower(a)).collect();
    let lines: Vec<String> = text.lines().map(one_line).filter(|l| !l.is_empty()).collect();
    let all: usize = lines.iter().map(String::len).sum();
    let (mut out, mut before): (Vec<&str>, usize) = (Vec::new(), 0);
    let mut seen = HashSet::new();
    for (i, line) in lines.iter().enumerate() {
        let folded = lower(line);
        if before * 2 >= all && ends_the_article(&folded) {
            break;
        }
        before += line.len();
        let near_edge = i < 4 || i + 3 > lines.len();
        let is_title = i < 4 && title.as_deref().is_some_and(|t| t == folded);
        let is_author = near_edge && authors.iter().any(|a| folded.trim_start_matches("by ").trim() == a.as_str());
        let is_day = near_edge && is_date_line(line);
        // Numbers of pages at the end have no letters.
        let empty = !line.chars().any(if near_edge { char::is_alphabetic } else { char::is_alphanumeric });
        if is_title || is_author || is_day || empty || is_boilerplate(line) {
            continue;
        }
        // A long line that comes again was shown twice, such as a quotation in a box.
        if line.chars().count() > 60 && !seen.insert(folded) {
            continue;
        }
        out.push(line);
    }
    out.join("\n")
}

/// A line that holds a day and little else, or no more than the word before one whose day was an element of its own.
fn is_date_line(line: &str) -> bool {
    let (chars, n) = (line.chars().count(), words(line).len());
    if chars > 160 || line.ends_with('.') && n > 6 {
        return false;
    }
    let opens = opens_with_date_word(line);
    (chars <= 70 && n <= 12 || opens && n <= 24) && !days_in(line, None, Order::DayFirst).is_empty()
        || opens && n <= 2 && !line.ends_with(['.', '?', '!'])
}

/// True where a line begins with the word before a day of publication or change.
fn opens_with_date_word(line: &str) -> bool {
    let folded = lower(line);
    let start = from_first_word(&folded);
    tables().date_words.iter().any(|(role, word)| *role != DateRole::Other && start.starts_with(word))
}

/// A line without the marks in front of its first word.
fn from_first_word(line: &str) -> &str {
    line.trim_start_matches(|c: char| !c.is_alphanumeric())
}

/// True for a line, in small letters, behind which the page is about something else, such as the offer of a subscription.
fn ends_the_article(folded: &str) -> bool {
    let start = from_first_word(folded);
    folded.len() <= 300 && tables().lines.iter().any(|(rule, words)| *rule == LineRule::End && start.starts_with(words.as_str()))
}

/// True for a line that is no part of an article, wherever it stands.
pub(crate) fn is_boilerplate(line: &str) -> bool {
    let n = line.chars().count();
    if n > 300 {
        return false;
    }
    let folded = lower(line);
    let start = folded.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '('));
    let bare = start.trim_end_matches(|c: char| !c.is_alphanumeric());
    tables().lines.iter().any(|(rule, words)| match rule {
        LineRule::Whole => bare == words.trim_end_matches('.'),
        LineRule::Starts | LineRule::End => n <= 200 && start.starts_with(words.as_str()),
        LineRule::Inside => folded.contains(words.as_str()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_without_spaces_have_a_word_a_character() {
        assert_eq!(words("Bakan, Ankara'da 3 kez."), ["bakan", "ankara", "da", "3", "kez"]);
        for text in ["外相会談", "รัฐมนตรี", "ລັດຖະມົນຕີ", "ဝန်ကြီး", "រដ្ឋមន្ត្រី"]
        {
            assert!(words(text).len() >= 4, "{text}: {:?}", words(text));
        }
    }
}
