//! Pages into articles: what the page says to machines, what it calls its body, and a general extractor, in one answer.

mod blocks;
mod body;
mod calendar;
mod day_text;
mod json_ld;
mod meta;
mod monstrous;
mod published;
mod scripts;
mod tables;
mod wire;

use std::panic::{AssertUnwindSafe, catch_unwind};

use haberdar_model::{ArticleMeta, Language, Origin, PartialDate};
use trafilatura::{Config, Options, dom::Document, extract_document};

pub(crate) use monstrous::is_monstrous;
pub use published::Published;

use crate::jsonl::time_of_day;

use blocks::{blocks, labels, one_line, prune};
use body::Known;
use meta::{MetaTags, canonical, element_text, heading_in, without_outlet};
use published::Hints;

/// An article taken out of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Its paragraphs, one a line.
    pub text: String,
    /// Headline.
    pub title: Option<String>,
    /// Address: the one that the page calls canonical, else the one that it names.
    pub url: Option<String>,
    /// Outlet.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The agency that it is credited to.
    pub wire: Option<&'static str>,
    /// When it was published, and what that was taken from.
    pub published: Option<Published>,
    /// Language as declared, where it is one that is read.
    pub language: Option<Language>,
    /// Language tag as declared, such as `de-AT`.
    pub declared_language: Option<String>,
}

impl Page {
    /// What is known of the article's origin, under the source's id.
    pub(crate) fn meta(self, source_id: String) -> ArticleMeta {
        let origin = Origin {
            authors: self.authors,
            wire: self.wire.map(str::to_owned),
            published_at: self.published.as_ref().and_then(|p| p.time.clone()),
            published_from: self.published.as_ref().map(|p| p.evidence.to_owned()),
            declared_language: self.declared_language,
        };
        ArticleMeta {
            source_id,
            title: self.title,
            url: self.url,
            publisher: self.publisher,
            published_time: origin.published_at.as_deref().and_then(time_of_day),
            published: self.published.map(|p| p.day),
            language: self.language,
            origin,
        }
    }
}

const STACK_BYTES: usize = 256 * 1024 * 1024;

/// A body of fewer characters is looked for once more, by coarser means. A brief report has one sentence.
const SHORT: usize = 40;

/// Takes the article out of a page; `None` where it holds no running text.
pub fn extract_page(html: &str) -> Option<Page> {
    extract_page_at(html, None)
}

/// Like [`extract_page`], for a page that was found at an address.
pub fn extract_page_at(html: &str, url: Option<&str>) -> Option<Page> {
    if is_monstrous(html) {
        return None;
    }
    // The parser is not ours and pages are hostile: a page that breaks it is a page without an article, and the stack (of
    // which only what is used takes memory) bears what the rough check of the nesting lets through.
    std::thread::scope(|scope| {
        let worker = std::thread::Builder::new().stack_size(STACK_BYTES);
        let run = || catch_unwind(AssertUnwindSafe(|| extract(html, url))).ok().flatten();
        worker.spawn_scoped(scope, run).ok()?.join().ok().flatten()
    })
}

fn extract(html: &str, given_url: Option<&str>) -> Option<Page> {
    let mut doc = Document::parse(html);
    let tags = MetaTags::of(&doc);
    let headline = element_text(&doc, "h1");
    let social = tags.first(&["og:title", "twitter:title"]);
    let canonical = canonical(&doc);
    let own_url = canonical.clone().or_else(|| tags.first(&["og:url"]).filter(|u| u.starts_with("http")));
    let scripts: Vec<String> = doc
        .get_elements_by_tag_name(doc.root(), "script")
        .into_iter()
        .filter(|&id| doc.get_attribute(id, "type").is_some_and(|t| t.to_ascii_lowercase().contains("ld+json")))
        .map(|id| doc.text_content(id))
        .collect();
    let about = json_ld::Page { headline: headline.as_deref().or(social.as_deref()), url: own_url.as_deref() };
    let data = json_ld::collect(scripts.iter().map(String::as_str), &about);
    let url = own_url.or_else(|| data.url.clone()).or_else(|| given_url.map(str::to_owned));

    let html_lang = doc.get_elements_by_tag_name(doc.root(), "html").first().and_then(|&id| doc.get_attribute(id, "lang"));
    let locale = tags.first(&["og:locale", "content-language", "dc.language", "language"]);
    let tag = [&html_lang, &data.language, &locale]
        .into_iter()
        .flatten()
        .map(|t| t.trim().replace('_', "-"))
        .filter(|t| is_tag(t))
        .max_by_key(|t| (t.contains('-'), t.len() < 9));
    let language = [&data.language, &locale, &html_lang].into_iter().flatten().find_map(|l| l.trim().parse().ok());

    let all = labels(&doc, doc.root());
    let hints = Hints::new(tag.as_deref(), url.as_deref());
    let published = published::published(&doc, &all, &data, &tags, url.as_deref(), &hints);

    let title =
        data.title.clone().or_else(|| social.map(|t| without_outlet(&t, headline.as_deref()))).or_else(|| headline.clone());
    let title =
        title.or_else(|| element_text(&doc, "title").map(|t| heading_in(&t, &all).unwrap_or_else(|| without_outlet(&t, None))));
    let description = data.description.clone().or_else(|| tags.first(&["og:description", "description", "twitter:description"]));
    let authors = if data.authors.is_empty() { tags.authors() } else { data.authors.clone() };
    let known =
        Known { title: title.as_deref(), description: description.as_deref(), authors: &authors, body: data.body.as_deref() };

    let whole = doc.clone_document();
    prune(&mut doc, true);
    let mut text = body_of(doc, &known);
    if words_in(&text) < 12 {
        // A gallery has its text in captions, and some pages call everything by the wrong name.
        let mut gentle = whole.clone_document();
        prune(&mut gentle, false);
        let second = body_of(gentle, &known);
        if words_in(&second) > words_in(&text) + 8 {
            text = second;
        }
    }
    if text.is_empty() {
        text = paragraphs(&whole);
    }
    if text.is_empty() {
        return None;
    }
    Some(Page {
        wire: wire::of(&authors, &text, &all),
        text,
        url,
        publisher: data.publisher.or_else(|| tags.first(&["og:site_name", "application-name", "publisher", "dc.publisher"])),
        authors,
        published,
        language,
        declared_language: tag,
        title,
    })
}

fn words_in(text: &str) -> usize {
    body::words(text).len()
}

fn is_tag(tag: &str) -> bool {
    let primary = tag.split('-').next().unwrap_or_default();
    (2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_alphabetic())
}

/// The article's text out of a page that was pruned.
fn body_of(doc: Document, known: &Known<'_>) -> String {
    let all = blocks(&doc, doc.root());
    let page_bytes: usize = all.iter().map(|b| b.text.len() + 1).sum();
    let loose = paragraphs(&doc);
    let config = Config::default().with_min_extracted_size(SHORT);
    let options =
        Options::default().with_config(config).with_fallback(true).with_exclude_comments(true).with_exclude_tables(false);
    let extracted =
        extract_document(doc.clone_document(), &options).ok().map(|e| render(&e.content_html)).filter(|t| !t.is_empty());
    // Where it finds no body it hands out all words of the page in one line, menus included.
    let extracted = extracted.map(|t| {
        let all = !t.contains('\n') && t.len() * 10 >= page_bytes * 8;
        if all && loose.len() * 4 >= t.len() { loose } else { t }
    });
    body::choose(&doc, &all, known, extracted)
}

/// All paragraphs of the page but those of its frame, one a line.
fn paragraphs(doc: &Document) -> String {
    let all = blocks(doc, doc.root());
    let lines: Vec<String> = all.into_iter().filter(|b| b.tag == "p" && !b.framed && !b.is_links()).map(|b| b.text).collect();
    lines.join("\n")
}

/// The text of a cleaned page: runs of white space become one space, blocks and breaks end a line.
fn render(html: &str) -> String {
    let doc = Document::parse(html);
    let lines: Vec<String> = doc.body().map(|b| blocks(&doc, b)).unwrap_or_default().into_iter().map(|b| b.text).collect();
    lines.join("\n")
}

/// The day that a field of a table names.
pub(crate) fn written_day(value: &str, language: Option<&str>) -> Option<PartialDate> {
    written_time(value, language).map(|(day, _)| PartialDate::day(day))
}

/// Day and time that a field of a feed names.
pub(crate) fn written_time(value: &str, language: Option<&str>) -> Option<(jiff::civil::Date, Option<String>)> {
    let (day, time) = published::stamp(value, &Hints::new(language, None))?;
    let zone = time.is_some().then(|| zone_of(value)).flatten();
    Some((day, time.map(|t| if t.len() == 19 { t + zone.as_deref().unwrap_or_default() } else { t })))
}

/// The zone at the end of `Fri, 10 Mar 2023 12:00:00 +0300`.
fn zone_of(value: &str) -> Option<String> {
    let last = value.trim().rsplit(' ').next()?;
    match last {
        "GMT" | "UT" | "UTC" | "Z" => Some("Z".to_owned()),
        z if z.len() == 5 && z.starts_with(['+', '-']) && z[1..].bytes().all(|b| b.is_ascii_digit()) => {
            Some(format!("{}:{}", &z[..3], &z[3..]))
        }
        _ => None,
    }
}

/// The text of a piece of markup, such as an entry of a feed: paragraphs, one a line.
pub(crate) fn text_of_markup(html: &str) -> String {
    if is_monstrous(html) {
        return String::new();
    }
    if !html.contains(['<', '&']) {
        return html.lines().map(one_line).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n");
    }
    render(html)
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
        assert_eq!(page.published.map(|p| p.day), "2023-03-10".parse().ok());
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
