//! Pages into articles. Extraction is trafilatura's; what the page says of itself is taken from JSON-LD first.

use std::panic::{AssertUnwindSafe, catch_unwind};

use haberdar_model::{Language, PartialDate};
use trafilatura::{
    Config, Options,
    dom::{Document, NodeId},
    extract_document,
};

use crate::json_ld::{self, LinkedData};

/// An article taken out of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Its paragraphs, one a line.
    pub text: String,
    /// Headline.
    pub title: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Outlet.
    pub publisher: Option<String>,
    /// Day of publication.
    pub published: Option<PartialDate>,
    /// Language as declared, where it is one that is read.
    pub language: Option<Language>,
}

/// Nesting beyond this is an attack or an accident; parsers of trees overflow their stacks on it.
const MAX_DEPTH: usize = 512;

const STACK_BYTES: usize = 256 * 1024 * 1024;

/// A body of fewer characters is looked for once more, by coarser means. A brief report has one sentence.
const SHORT: usize = 40;

/// Elements that hold the frame of a page, not its article.
const FRAME: &[&str] = &["nav", "aside", "footer", "form", "header", "figure", "noscript", "template"];

/// Elements whose text is not shown.
const UNSEEN: &[&str] = &["script", "style", "template", "head", "noscript"];

/// Elements that end a line.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
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
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];

/// Elements without a closing tag.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements that the next one of their kind closes.
const CLOSE_THEMSELVES: &[&str] = &["p", "li", "td", "tr", "th", "dd", "dt", "option"];

/// Takes the article out of a page; `None` where it holds no running text.
pub fn extract_page(html: &str) -> Option<Page> {
    if too_deep(html) {
        return None;
    }
    // The parser is not ours and pages are hostile: a page that breaks it is a page without an article, and the stack (of
    // which only what is used takes memory) bears what the rough check of the nesting lets through.
    std::thread::scope(|scope| {
        let worker = std::thread::Builder::new().stack_size(STACK_BYTES);
        worker.spawn_scoped(scope, || catch_unwind(AssertUnwindSafe(|| extract(html))).ok().flatten()).ok()?.join().ok().flatten()
    })
}

fn extract(html: &str) -> Option<Page> {
    let doc = Document::parse(html);
    let scripts: Vec<String> =
        doc.scripts_with_type(&["application/ld+json"]).into_iter().map(|id| doc.text_content(id)).collect();
    let data = json_ld::collect(scripts.iter().map(String::as_str));
    let tags = meta_tags(&doc);
    let declared = declared_language(&doc);
    let (paragraphs, mut page) = (paragraphs(&doc), String::new());
    render_node(&doc, doc.root(), &mut page);
    let page_bytes = tidy_lines(&page).len();
    let config = Config::default().with_min_extracted_size(SHORT);
    let options =
        Options::default().with_config(config).with_fallback(true).with_exclude_comments(true).with_exclude_tables(false);
    let extracted = extract_document(doc, &options).ok();
    let text = extracted
        .map(|e| render(&e.content_html))
        .filter(|t| !t.is_empty())
        // Where it finds no body it hands out all words of the page in one line, menus included.
        .map(|t| {
            let all = !t.contains('\n') && t.len() * 10 >= page_bytes * 8;
            if all && paragraphs.len() * 4 >= t.len() { paragraphs } else { t }
        })
        .or_else(|| data.body.as_deref().map(tidy_lines))
        .filter(|t| !t.is_empty())?;
    let LinkedData { title, url, publisher, published, language, .. } = data;
    let title = title.or(tags.title);
    let text = without_headline(text, title.as_deref());
    (!text.is_empty()).then(|| Page {
        text,
        url: url.or(tags.url),
        publisher: publisher.or(tags.publisher),
        published: published.or(tags.published),
        language: language.or(tags.language).or(declared),
        title,
    })
}

/// All paragraphs of the page but those of its frame, one a line.
fn paragraphs(doc: &Document) -> String {
    let framed = |id: NodeId| std::iter::successors(doc.parent(id), |&p| doc.parent(p)).any(|p| FRAME.contains(&doc.tag_name(p)));
    let mut out = String::new();
    for id in doc.get_elements_by_tag_name(doc.root(), "p").into_iter().filter(|&id| !framed(id)) {
        render_node(doc, id, &mut out);
        out.push('\n');
    }
    tidy_lines(&out)
}

/// What `<meta>` and its like say, for what JSON-LD leaves open.
fn meta_tags(doc: &Document) -> LinkedData {
    let root = doc.root();
    let mut metas = Vec::new();
    for id in doc.get_elements_by_tag_name(root, "meta") {
        let key = ["property", "name", "itemprop"].iter().find_map(|a| doc.get_attribute(id, a));
        if let (Some(key), Some(value)) = (key, doc.get_attribute(id, "content")) {
            let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            if !value.is_empty() {
                metas.push((key.to_ascii_lowercase(), value));
            }
        }
    }
    let get = |keys: &[&str]| keys.iter().find_map(|k| metas.iter().find(|(key, _)| key == k).map(|(_, v)| v.clone()));
    let element = |tag: &str| {
        let id = *doc.get_elements_by_tag_name(root, tag).first()?;
        let text = doc.text_content(id).split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(text)
    };
    let canonical = || {
        doc.get_elements_by_tag_name(root, "link")
            .into_iter()
            .find(|&id| doc.get_attribute(id, "rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")))
            .and_then(|id| doc.get_attribute(id, "href"))
    };
    let days = ["article:published_time", "datepublished", "date", "dc.date", "dcterms.created", "pubdate", "publishdate"];
    LinkedData {
        title: get(&["og:title", "twitter:title"]).or_else(|| element("h1")).or_else(|| element("title")),
        url: get(&["og:url"]).or_else(canonical).filter(|u| u.starts_with("http")),
        publisher: get(&["og:site_name", "application-name"]),
        published: days.iter().find_map(|d| json_ld::published(&get(&[d])?)),
        language: get(&["og:locale", "content-language"]).and_then(|l| l.parse().ok()),
        body: None,
    }
}

fn declared_language(doc: &Document) -> Option<Language> {
    let id = *doc.get_elements_by_tag_name(doc.root(), "html").first()?;
    doc.get_attribute(id, "lang")?.parse().ok()
}

/// The text of a cleaned page: runs of white space become one space, blocks and breaks end a line.
fn render(html: &str) -> String {
    let doc = Document::parse(html);
    let mut out = String::new();
    if let Some(body) = doc.body() {
        render_node(&doc, body, &mut out);
    }
    tidy_lines(&out)
}

fn render_node(doc: &Document, node: NodeId, out: &mut String) {
    for child in doc.child_nodes(node) {
        if doc.is_text(child) {
            for c in doc.text_content(child).chars() {
                out.push(if c.is_whitespace() && c != '\u{A0}' { ' ' } else { c });
            }
            continue;
        }
        let tag = doc.tag_name(child);
        if UNSEEN.contains(&tag) {
            continue;
        }
        let block = BLOCKS.contains(&tag);
        if block || tag == "br" || tag == "lb" {
            out.push('\n');
        }
        render_node(doc, child, out);
        if block {
            out.push('\n');
        }
    }
}

fn tidy_lines(text: &str) -> String {
    let lines = text.lines().map(|l| l.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|l| !l.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// The headline is known apart from the text; where the text repeats it as its first line, it is left out.
fn without_headline(text: String, title: Option<&str>) -> String {
    match (text.split_once('\n'), title) {
        (Some((first, rest)), Some(title)) if first.trim() == title.trim() => rest.to_owned(),
        _ => text,
    }
}

/// True where elements are nested beyond [`MAX_DEPTH`], judged roughly from the tags: an element that is never closed counts
/// as open until one around it is closed.
fn too_deep(html: &str) -> bool {
    let mut open: Vec<String> = Vec::new();
    for part in html.split('<').skip(1) {
        let name = part.trim_start_matches('/');
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let name = name[..end].to_ascii_lowercase();
        if name.is_empty() || VOID.contains(&name.as_str()) || CLOSE_THEMSELVES.contains(&name.as_str()) {
            continue;
        }
        if part.starts_with('/') {
            if let Some(at) = open.iter().rposition(|n| *n == name) {
                open.truncate(at);
            }
        } else if !part.split('>').next().is_some_and(|tag| tag.ends_with('/')) {
            open.push(name);
            if open.len() > MAX_DEPTH {
                return true;
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PAGE: &str = r#"<!doctype html><html lang="tr"><head><title>Zirve | Örnek</title>
        <meta property="og:site_name" content="Örnek Haber"><meta property="article:published_time" content="2023-03-11T08:00:00Z">
        <script type="application/ld+json">{"@type":"NewsArticle","headline":"Zirve Ankara'da yapıldı","datePublished":"2023-03-10"}</script></head>
        <body><nav><a href="/">Ana sayfa</a> <a href="/dunya">Dünya</a></nav>
        <article><h1>Zirve Ankara'da yapıldı</h1>
        <p>İki ülkenin dışişleri bakanları Ankara'da bir araya geldi ve <b>ikili ilişkileri</b>
           ele aldı. Görüşmede bölgesel gelişmeler de masaya yatırıldı.</p>
        <p>Bakan, “Diyalog sürecek” dedi. Görüşmenin ardından ortak bir açıklama yayımlandı ve heyetler ayrıca görüştü.</p>
        </article><footer>Tüm hakları saklıdır. Çerez politikası</footer></body></html>"#;

    #[test]
    fn the_article_and_its_origin_are_taken_out() {
        let page = extract_page(PAGE).expect("an article");
        assert_eq!(
            page.text,
            "İki ülkenin dışişleri bakanları Ankara'da bir araya geldi ve ikili ilişkileri ele aldı. Görüşmede bölgesel gelişmeler de \
             masaya yatırıldı.\nBakan, “Diyalog sürecek” dedi. Görüşmenin ardından ortak bir açıklama yayımlandı ve heyetler ayrıca \
             görüştü."
        );
        assert_eq!(page.title.as_deref(), Some("Zirve Ankara'da yapıldı"));
        assert_eq!(page.publisher.as_deref(), Some("Örnek Haber"));
        assert_eq!(page.published, "2023-03-10".parse().ok());
        assert_eq!(page.language, Some(Language::Tr));
    }

    #[test]
    fn pages_without_an_article_give_none() {
        assert_eq!(extract_page("<html><body></body></html>"), None);
        assert_eq!(extract_page(&"<div>".repeat(100_000)), None);
        assert_eq!(extract_page(&"<div></b>".repeat(100_000)), None);
    }

    #[test]
    fn deep_but_allowed_nesting_is_read() {
        let html = format!("<body>{}<p>Bakan görüştü.</p>{}</body>", "<div>".repeat(400), "</div>".repeat(400));
        let _ = extract_page(&html);
        let revived: String = (0..1500).map(|i| format!("<p><b id={i}>x</p>")).collect();
        let _ = extract_page(&revived);
    }

    #[test]
    fn brief_reports_come_without_the_menu() {
        let html = "<html><body><div class=menu><a href=x>Gündem</a><a href=y>Dünya</a></div><h1>Görüşme yapıldı</h1><div class=detay>\
                    <p>Dışişleri Bakanı Ankara'da mevkidaşıyla görüştü.</p><p>Şu an için değişiklik yok.</p></div>\
                    <div class=ilgili><h3>İlgili haberler</h3><a href=1>Başka haber</a></div><footer><p>Künye</p></footer></body></html>";
        let page = extract_page(html).expect("an article");
        assert_eq!(page.text, "Dışişleri Bakanı Ankara'da mevkidaşıyla görüştü.\nŞu an için değişiklik yok.");
        let div =
            format!("<body><div>{}</div><p>Çerez kullanıyoruz.</p></body>", "Bakan Ankara'da mevkidaşıyla görüştü. ".repeat(9));
        assert!(extract_page(&div).is_some_and(|p| p.text.starts_with("Bakan Ankara'da mevkidaşıyla")));
        let one = "<p>Bakan Ankara&#39;da g&ouml;r&uuml;şt&uuml;.</p>";
        assert_eq!(extract_page(one).map(|p| p.text).as_deref(), Some("Bakan Ankara'da görüştü."));
    }

    #[test]
    fn the_body_in_json_ld_stands_in() {
        let html = r#"<body><script type="application/ld+json">{"@type":"NewsArticle","articleBody":"Bakan görüştü.\n\nSonra döndü."}</script></body>"#;
        assert_eq!(extract_page(html).map(|p| p.text).as_deref(), Some("Bakan görüştü.\nSonra döndü."));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_page_breaks_it(parts in proptest::collection::vec("(<[/]?(p|div|a|b|script|table|html|body|article|br)[ >]|[a-zı ]{0,9}|&amp;|<!--|\")", 0..40)) {
            let _ = extract_page(&parts.concat());
        }
    }
}
