//! What a page says of itself in JSON-LD: headline, day, outlet, authors, language, body.

use serde_json::{Map, Value};
use trafilatura::dom::Document;

use super::{
    blocks::{blocks, one_line},
    tables::lower,
};

/// What was found; each field by itself, dates as they are written.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct LinkedData {
    pub(crate) title: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) description: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) created: Option<String>,
    pub(crate) modified: Option<String>,
    /// Of the page around the article.
    pub(crate) page_published: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) body: Option<String>,
}

/// What else is known of the page, to tell its article from those that it only lists.
pub(crate) struct Page<'a> {
    pub(crate) headline: Option<&'a str>,
    pub(crate) url: Option<&'a str>,
}

/// Types of schema.org that are a report. Their subtypes end in the same word.
const ARTICLE_ENDINGS: &[&str] = &["Article", "BlogPosting", "Report", "LiveBlogPosting"];

/// Types that hold an article's day and name but not its text.
const PAGES: &[&str] = &["WebPage", "ItemPage", "VideoObject", "ImageGallery", "MediaGallery"];

struct Found<'v> {
    score: i32,
    object: &'v Map<String, Value>,
}

/// Collects from the page's scripts: of several articles the one that the page is about, told by headline and address.
pub(crate) fn collect<'a>(scripts: impl IntoIterator<Item = &'a str>, page: &Page<'_>) -> LinkedData {
    let mut values = Vec::new();
    let mut scraped = LinkedData::default();
    for script in scripts {
        match parse(script) {
            Some(v) => values.push(v),
            None => scrape(script, &mut scraped),
        }
    }
    let mut articles = Vec::new();
    let mut pages = Vec::new();
    for value in &values {
        visit(value, page, 0, false, &mut articles, &mut pages);
    }
    // Stable: of equals, the first.
    articles.sort_by_key(|f| std::cmp::Reverse(f.score));
    let mut found = LinkedData::default();
    let best = articles.first().map_or(0, |f| f.score);
    for f in articles.iter().filter(|f| f.score + 3 > best) {
        fill(f.object, &mut found);
    }
    for object in pages {
        let text = |key: &str| object.get(key).and_then(name_of);
        or(&mut found.page_published, text("datePublished").or_else(|| text("uploadDate")));
        or(&mut found.modified, text("dateModified"));
        or(&mut found.description, text("description"));
        or(&mut found.language, text("inLanguage"));
    }
    or(&mut found.published, scraped.published);
    or(&mut found.title, scraped.title);
    or(&mut found.body, scraped.body);
    or(&mut found.modified, scraped.modified);
    for text in [&mut found.title, &mut found.publisher, &mut found.description].into_iter().flatten() {
        *text = one_line(&plain(text));
    }
    found.authors = found.authors.iter().map(|a| one_line(&plain(a))).collect();
    found.body = found.body.map(|b| plain(&b)).filter(|b| !b.is_empty());
    found
}

/// JSON as pages write it: with line ends within strings, a comma too many, or wrapped in comments.
fn parse(script: &str) -> Option<Value> {
    let script = script.trim().trim_start_matches("<!--").trim_end_matches("-->").trim();
    let script = script.trim_start_matches("//<![CDATA[").trim_start_matches("/*<![CDATA[*/").trim_start_matches("<![CDATA[");
    let script =
        script.trim_end_matches("//]]>").trim_end_matches("/*]]>*/").trim_end_matches("]]>").trim().trim_end_matches(';');
    if let Ok(v) = serde_json::from_str(script) {
        return Some(v);
    }
    let mut out = String::with_capacity(script.len());
    let (mut quoted, mut escaped) = (false, false);
    for c in script.chars() {
        if quoted {
            match c {
                _ if escaped => {
                    // An escape that JSON does not know stands for the character itself.
                    if !matches!(c, '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u') {
                        out.pop();
                    }
                    escaped = false;
                    out.push(c);
                    continue;
                }
                '\\' => escaped = true,
                '"' => quoted = false,
                '\n' => {
                    out.push_str("\\n");
                    continue;
                }
                c if c.is_control() => {
                    out.push(' ');
                    continue;
                }
                _ => {}
            }
        } else if c == '"' {
            quoted = true;
        } else if matches!(c, '}' | ']') {
            let kept = out.trim_end().trim_end_matches(',').len();
            out.truncate(kept);
        }
        out.push(c);
    }
    // Two values one after the other: the first.
    serde_json::Deserializer::from_str(&out).into_iter::<Value>().next()?.ok()
}

/// The strings that can be told in a script that is no JSON at all.
fn scrape(script: &str, found: &mut LinkedData) {
    let get = |key: &str| {
        let at = script.find(&format!("\"{key}\""))? + key.len() + 2;
        let rest = script[at..].trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
        let mut end = 0;
        loop {
            end += rest.get(end..)?.find('"')?;
            if !rest[..end].ends_with('\\') {
                break;
            }
            end += 1;
        }
        let value = rest[..end].replace(['\n', '\r', '\t'], " ");
        serde_json::from_str::<String>(&format!("\"{value}\"")).ok().filter(|v| !v.trim().is_empty())
    };
    if !script.contains("Article") && !script.contains("BlogPosting") {
        return;
    }
    or(&mut found.published, get("datePublished"));
    or(&mut found.modified, get("dateModified"));
    or(&mut found.title, get("headline"));
    or(&mut found.body, get("articleBody"));
}

fn visit<'v>(
    value: &'v Value,
    page: &Page<'_>,
    depth: usize,
    listed: bool,
    articles: &mut Vec<Found<'v>>,
    pages: &mut Vec<&'v Map<String, Value>>,
) {
    if depth > 8 {
        return;
    }
    match value {
        Value::Array(items) => items.iter().take(500).for_each(|v| visit(v, page, depth + 1, listed, articles, pages)),
        Value::Object(object) => {
            if is_a(object, ARTICLE_ENDINGS) {
                articles.push(Found { score: score(object, page, listed), object });
            } else if is_a(object, PAGES) && !listed {
                pages.push(object);
            }
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "hasPart", "subjectOf"] {
                if let Some(v) = object.get(key) {
                    visit(v, page, depth + 1, listed, articles, pages);
                }
            }
            for key in ["itemListElement", "item"] {
                if let Some(v) = object.get(key) {
                    visit(v, page, depth + 1, true, articles, pages);
                }
            }
        }
        _ => {}
    }
}

fn is_a(object: &Map<String, Value>, endings: &[&str]) -> bool {
    let named = |v: &Value| v.as_str().is_some_and(|t| endings.iter().any(|e| t.ends_with(e)));
    match object.get("@type") {
        Some(Value::Array(types)) => types.iter().any(named),
        Some(t) => named(t),
        None => false,
    }
}

fn score(object: &Map<String, Value>, page: &Page<'_>, listed: bool) -> i32 {
    let text = |key: &str| object.get(key).and_then(name_of);
    let same = |a: &str, b: &str| {
        let (a, b) = (lower(&one_line(a)), lower(&one_line(b)));
        !a.is_empty() && (a.starts_with(&b) || b.starts_with(&a))
    };
    let mut score = if listed { 0 } else { 3 };
    if let (Some(h), Some(t)) = (page.headline, text("headline").or_else(|| text("name"))) {
        score += if same(h, &plain(&t)) { 4 } else { 0 };
    }
    if let (Some(u), Some(own)) = (page.url, text("url").or_else(|| text("mainEntityOfPage"))) {
        score += if u.trim_end_matches('/') == own.trim_end_matches('/') { 4 } else { 0 };
    }
    score + i32::from(object.contains_key("datePublished")) + i32::from(object.contains_key("articleBody"))
}

fn or(slot: &mut Option<String>, value: Option<String>) {
    if slot.is_none() {
        *slot = value;
    }
}

fn fill(object: &Map<String, Value>, found: &mut LinkedData) {
    let text = |key: &str| object.get(key).and_then(name_of);
    or(&mut found.title, text("headline").or_else(|| text("name")));
    or(&mut found.url, text("url").or_else(|| text("mainEntityOfPage")).filter(|u| u.starts_with("http")));
    or(
        &mut found.publisher,
        text("publisher").or_else(|| text("sourceOrganization")).filter(|p| !p.starts_with("http") && !p.starts_with('#')),
    );
    or(&mut found.description, text("description"));
    or(&mut found.body, text("articleBody").or_else(|| text("text")));
    or(&mut found.published, text("datePublished"));
    or(&mut found.created, text("dateCreated"));
    or(&mut found.modified, text("dateModified"));
    or(&mut found.language, text("inLanguage"));
    if found.authors.is_empty() {
        let of = object.get("author").or_else(|| object.get("creator"));
        let names: Vec<String> = match of {
            Some(Value::Array(all)) => all.iter().filter_map(name_of).collect(),
            Some(one) => name_of(one).into_iter().collect(),
            None => Vec::new(),
        };
        found.authors = names.into_iter().filter(|n| !n.contains("://") && !n.starts_with('#')).collect();
    }
}

/// A string, or the name or id of an object, or the first of a list.
fn name_of(value: &Value) -> Option<String> {
    match value {
        Value::String(s) => Some(s.trim().to_owned()).filter(|s| !s.is_empty()),
        Value::Object(o) => ["name", "alternateName", "@value", "@id", "url"].iter().find_map(|k| match o.get(*k)? {
            Value::String(s) => Some(s.trim().to_owned()).filter(|s| !s.is_empty()),
            Value::Array(items) => items.iter().find_map(name_of),
            _ => None,
        }),
        Value::Array(items) => {
            // Some give the body a paragraph an entry.
            items.iter().find_map(name_of)
        }
        Value::Number(n) => Some(n.to_string()),
        _ => None,
    }
}

/// Text out of markup, which some pages put into their JSON-LD, once or even twice escaped; line ends are kept.
pub(crate) fn plain(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..2 {
        let entity = text.contains('&') && text.contains(';');
        let tag = text.contains('<') && text.contains('>');
        if !entity && !tag {
            break;
        }
        let marked = text.replace('\n', "<br>");
        let doc = Document::parse(&marked);
        let Some(body) = doc.body() else { break };
        text = blocks(&doc, body).into_iter().map(|b| b.text).collect::<Vec<_>>().join("\n");
    }
    text.lines().map(one_line).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOWHERE: Page<'static> = Page { headline: None, url: None };

    #[test]
    fn articles_are_found_in_graphs_and_lists() {
        let found = collect(
            [
                "{ broken",
                r#"{"@graph":[{"@type":"WebPage","name":"no","datePublished":"2023-03-09"},{"@type":["NewsArticle"],"headline":" Zirve ","datePublished":"2023-03-10T12:00:00+0300",
                "publisher":{"@type":"Organization","name":"Örnek"},"author":[{"name":"Ayşe Kaya"},{"name":"AA"}],"inLanguage":"tr-TR","mainEntityOfPage":{"@id":"https://ornek.example/1"}}]}"#,
                r#"[{"@type":"ReportageNewsArticle","headline":"second","articleBody":"Metin."}];"#,
            ],
            &NOWHERE,
        );
        let want = LinkedData {
            title: Some("Zirve".into()),
            url: Some("https://ornek.example/1".into()),
            publisher: Some("Örnek".into()),
            authors: vec!["Ayşe Kaya".into(), "AA".into()],
            published: Some("2023-03-10T12:00:00+0300".into()),
            page_published: Some("2023-03-09".into()),
            language: Some("tr-TR".into()),
            body: Some("Metin.".into()),
            ..Default::default()
        };
        assert_eq!(found, want);
    }

    #[test]
    fn the_article_of_the_page_goes_before_those_that_it_lists() {
        let list = r#"{"@type":"ItemList","itemListElement":[{"@type":"ListItem","item":{"@type":"NewsArticle","headline":"Başka","datePublished":"2020-01-01"}}]}"#;
        let own = r#"{"@type":"NewsArticle","headline":"Zirve &quot;yapıldı&quot;","datePublished":"2023-03-10"}"#;
        let found = collect([list, own], &Page { headline: Some("Zirve \"yapıldı\""), url: None });
        assert_eq!((found.title.as_deref(), found.published.as_deref()), (Some("Zirve \"yapıldı\""), Some("2023-03-10")));
    }

    #[test]
    fn what_is_nearly_json_is_read() {
        let body = |s: &str| collect([s], &NOWHERE).body.unwrap_or_default();
        assert_eq!(body("{\"@type\":\"NewsArticle\",\"articleBody\":\"Bir.\nİki.\",}"), "Bir.\nİki.");
        assert_eq!(body("//<![CDATA[\n{\"@type\":\"NewsArticle\",\"articleBody\":\"L\\'oubli\"}\n//]]>"), "L'oubli");
        assert_eq!(
            body(r#"{"@type":"NewsArticle","articleBody":"&lt;p&gt;Bir &amp;amp; iki.&lt;/p&gt;&lt;p&gt;Üç.&lt;/p&gt;"}"#),
            "Bir & iki.\nÜç."
        );
        let scraped = collect([r#"{"@type":"NewsArticle" "headline":"Zirve","datePublished":"2023-03-10","#], &NOWHERE);
        assert_eq!((scraped.title.as_deref(), scraped.published.as_deref()), (Some("Zirve"), Some("2023-03-10")));
    }
}
