//! What feeds, sitemaps and the standards of agencies hold, as articles: RSS, Atom, JSON Feed, news sitemaps, NewsML-G2, NITF, ninjs.

use std::io::BufRead;

use haberdar_model::{Article, ArticleMeta, Origin, PartialDate};
use quick_xml::{XmlVersion, events::Event};
use serde_json::{Map, Value};

use crate::{
    Item, ReadOptions, SourceError,
    jsonl::time_of_day,
    page::{text_of_markup, written_time},
    xml::{Element, Records},
};

/// An entry of a feed or an address of a sitemap: what is known without fetching anything.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Entry {
    /// The id that the feed gives it; its address, where it gives none.
    pub id: String,
    /// Address of the article.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Date as it is written.
    pub published: Option<String>,
    /// Date of the last change as it is written.
    pub updated: Option<String>,
    /// Language tag.
    pub language: Option<String>,
    /// Outlet.
    pub publisher: Option<String>,
    /// Names of the authors.
    pub authors: Vec<String>,
    /// The agency that is credited.
    pub wire: Option<String>,
    /// Text, or a summary of it; paragraphs, one a line.
    pub text: String,
}

impl Entry {
    /// The article that the entry is by itself; `fallback_id` is its id where the feed gives none.
    pub fn into_article(self, fallback_id: String, opts: &ReadOptions) -> Article {
        let time = self.published.as_deref().or(self.updated.as_deref()).and_then(|d| written_time(d, self.language.as_deref()));
        let meta = ArticleMeta {
            source_id: if self.id.is_empty() { fallback_id } else { self.id },
            title: self.title,
            url: self.url,
            publisher: self.publisher,
            published: time.as_ref().map(|(day, _)| PartialDate::day(*day)),
            published_time: time.as_ref().and_then(|(_, at)| time_of_day(at.as_deref()?)),
            language: self.language.as_deref().and_then(|l| l.parse().ok()),
            origin: Origin {
                authors: self.authors,
                wire: self.wire,
                published_from: time
                    .as_ref()
                    .map(|_| if self.published.is_some() { "feed" } else { "feed, last change" }.to_owned()),
                published_at: time.and_then(|(_, at)| at),
                declared_language: self.language,
            },
        };
        Article { meta: opts.fill(meta), text: self.text }
    }
}

/// The articles of an XML document.
pub(crate) struct XmlArticles<R: BufRead> {
    name: String,
    records: Records<R>,
    opts: ReadOptions,
    number: u64,
    failed: bool,
}

impl<R: BufRead> XmlArticles<R> {
    pub(crate) fn new(name: String, reader: R, opts: ReadOptions) -> Self {
        XmlArticles { records: Records::new(name.clone(), reader), name, opts, number: 0, failed: false }
    }
}

impl<R: BufRead> Iterator for XmlArticles<R> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        let Some(record) = self.records.next() else {
            if self.number > 0 || self.failed {
                return None;
            }
            self.failed = true;
            let error = SourceError::NoText {
                name: self.name.clone(),
                place: "the document".to_owned(),
                what: "it holds no entry of a feed and no news item",
            };
            return Some(Item::Error { source_id: self.name.clone(), error });
        };
        self.number += 1;
        let fallback = format!("{}:{}", self.name, self.number);
        let record = match record {
            Ok(r) => r,
            Err(error) => {
                self.failed = true;
                return Some(Item::Error { source_id: fallback, error });
            }
        };
        let entry = entry_of(&record, &self.records.around);
        Some(item(entry, fallback, &self.name, self.number, &self.opts))
    }
}

fn item(entry: Entry, fallback: String, name: &str, number: u64, opts: &ReadOptions) -> Item {
    if entry.text.trim().is_empty() {
        let source_id = if entry.id.is_empty() { fallback } else { entry.id };
        let what =
            if entry.url.is_some() { "only an address; `haberdar follow` fetches articles" } else { "neither text nor address" };
        return Item::Error {
            source_id,
            error: SourceError::NoText { name: name.to_owned(), place: format!("entry {number}"), what },
        };
    }
    Item::Article(entry.into_article(fallback, opts))
}

/// What a record of any kind says.
fn entry_of(record: &Element, around: &Element) -> Entry {
    let mut entry = match record.name.as_str() {
        "newsItem" => news_item(record),
        "nitf" => nitf(record),
        "url" => sitemap(record),
        _ => feed_entry(record),
    };
    if entry.publisher.is_none() && matches!(record.name.as_str(), "item" | "entry") {
        entry.publisher = around.text_of(&["title"]).map(|t| text_of_markup(&t));
    }
    entry.language = entry.language.or_else(|| around.text_of(&["language"]));
    entry.title = entry.title.map(|t| text_of_markup(&t).replace('\n', " "));
    if entry.id.is_empty() {
        entry.id = entry.url.clone().unwrap_or_default();
    }
    entry
}

fn feed_entry(e: &Element) -> Entry {
    let link = e
        .children()
        .filter(|c| c.name == "link")
        .find(|c| c.attribute("rel").is_none_or(|r| r == "alternate"))
        .and_then(|c| c.attribute("href").map(str::to_owned).or_else(|| Some(c.text()).filter(|t| !t.is_empty())));
    let id = e.text_of(&["guid", "id"]).or_else(|| e.attribute("about").map(str::to_owned));
    let permalink = e.child("guid").filter(|g| g.attribute("isPermaLink") != Some("false")).map(Element::text);
    let url = link.or(permalink).filter(|u| u.starts_with("http"));
    let bodies = ["encoded", "content", "description", "summary"];
    let text = bodies
        .iter()
        .filter_map(|n| e.children().find(|c| c.name == *n && c.prefix != "media" && c.prefix != "itunes"))
        .map(|c| text_of_markup(&c.markup()));
    Entry {
        id: id.unwrap_or_default(),
        url,
        title: e.children().find(|c| c.name == "title" && c.prefix != "media").map(Element::text).filter(|t| !t.is_empty()),
        published: e.text_of(&["pubDate", "published", "issued", "date", "created"]),
        updated: e.text_of(&["updated", "modified"]),
        language: e.attribute("lang").map(str::to_owned).or_else(|| e.text_of(&["language"])),
        publisher: None,
        authors: e
            .children()
            .filter(|c| matches!(c.name.as_str(), "creator" | "author"))
            .map(|c| c.text_of(&["name"]).unwrap_or_else(|| c.text()))
            .filter(|a| !a.is_empty())
            .collect(),
        wire: None,
        text: text.max_by_key(String::len).unwrap_or_default(),
    }
}

fn sitemap(e: &Element) -> Entry {
    let news = e.child("news");
    let publication = news.and_then(|n| n.child("publication"));
    Entry {
        url: e.text_of(&["loc"]),
        title: news.and_then(|n| n.text_of(&["title"])),
        published: news.and_then(|n| n.text_of(&["publication_date"])),
        updated: e.text_of(&["lastmod"]),
        language: publication.and_then(|p| p.text_of(&["language"])),
        publisher: publication.and_then(|p| p.text_of(&["name"])),
        ..Entry::default()
    }
}

fn news_item(e: &Element) -> Entry {
    let empty = Element::default();
    let meta = e.child("itemMeta").unwrap_or(&empty);
    let content = e.child("contentMeta").unwrap_or(&empty);
    let set = e.child("contentSet").unwrap_or(&empty);
    let inner = set.find("nitf").map(nitf).unwrap_or_default();
    let body = set.find("body").or_else(|| set.find("inlineXML")).or_else(|| set.find("inlineData"));
    let text = if inner.text.is_empty() { body.map(|b| text_of_markup(&b.markup())).unwrap_or_default() } else { inner.text };
    let language = set
        .children()
        .find_map(|c| c.attribute("lang"))
        .or_else(|| content.child("language").and_then(|l| l.attribute("tag")))
        .or(e.attribute("lang"));
    Entry {
        id: e.attribute("guid").unwrap_or_default().to_owned(),
        url: None,
        title: content.text_of(&["headline"]).or(inner.title).or_else(|| meta.text_of(&["title"])),
        published: meta
            .text_of(&["firstCreated"])
            .or_else(|| content.text_of(&["contentCreated"]))
            .or_else(|| meta.text_of(&["versionCreated"]))
            .or(inner.published),
        updated: meta.text_of(&["versionCreated"]),
        language: language.map(str::to_owned),
        publisher: meta
            .child("provider")
            .and_then(|p| p.text_of(&["name"]).or_else(|| p.attribute("literal").map(str::to_owned))),
        authors: content.text_of(&["by"]).into_iter().collect(),
        wire: content.text_of(&["creditline"]),
        text,
    }
}

fn nitf(e: &Element) -> Entry {
    let norm = |name: &str| e.find(name).and_then(|d| d.attribute("norm")).map(str::to_owned);
    let body = e.find("body.content").or_else(|| e.find("body"));
    Entry {
        id: e.find("doc-id").and_then(|d| d.attribute("id-string")).unwrap_or_default().to_owned(),
        title: e.find("hl1").or_else(|| e.find("title")).map(Element::text).filter(|t| !t.is_empty()),
        published: norm("date.release").or_else(|| norm("date.issue")).or_else(|| norm("story.date")),
        authors: e.find("byttl").or_else(|| e.find("byline")).map(Element::text).filter(|t| !t.is_empty()).into_iter().collect(),
        text: body.map(|b| text_of_markup(&b.markup())).unwrap_or_default(),
        ..Entry::default()
    }
}

/// The entries of a feed in XML or JSON, as `follow` needs them; the second is what is wrong with the rest, where something is.
pub fn entries(name: &str, bytes: &[u8]) -> (Vec<Entry>, Option<SourceError>) {
    if bytes.trim_ascii_start().starts_with(b"{") {
        return match serde_json::from_slice::<Value>(bytes) {
            Ok(Value::Object(o)) => (json_entries(&o), None),
            Ok(_) => (Vec::new(), None),
            Err(e) => {
                (Vec::new(), Some(SourceError::Broken { name: name.to_owned(), at: e.column() as u64, reason: e.to_string() }))
            }
        };
    }
    let mut records = Records::new(name.to_owned(), bytes);
    let (mut found, mut error) = (Vec::new(), None);
    while let Some(record) = records.next() {
        match record {
            Ok(r) => found.push(entry_of(&r, &records.around)),
            Err(e) => error = Some(e),
        }
    }
    (found, error)
}

/// The addresses of the feeds that an OPML file lists.
pub fn opml_feeds(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let mut reader = quick_xml::Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    let mut found = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(e) | Event::Empty(e)) => {
                for a in e.attributes().with_checks(false).flatten() {
                    let key: &str = a.key.as_ref();
                    if key.eq_ignore_ascii_case("xmlUrl") {
                        let value = a.normalized_value(XmlVersion::Implicit1_0);
                        found.push(value.map_or_else(|_| a.value.to_string(), |v| v.into_owned()));
                    }
                }
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

/// The articles in a JSON object that is a JSON Feed or a ninjs document; `None` where it is neither.
pub(crate) fn json_articles(object: &Map<String, Value>, name: &str, opts: &ReadOptions) -> Option<Vec<Item>> {
    let is_feed = object.get("version").and_then(Value::as_str).is_some_and(|v| v.contains("jsonfeed.org"));
    let is_ninjs = object.contains_key("uri")
        && ["body_text", "body_xhtml", "body_html", "bodies", "headline", "headlines", "versioncreated", "versionCreated"]
            .iter()
            .any(|k| object.contains_key(*k));
    if !is_feed && !is_ninjs {
        return None;
    }
    let numbered = (1..).zip(json_entries(object));
    Some(numbered.map(|(n, e)| item(e, format!("{name}:{n}"), name, n, opts)).collect())
}

fn json_entries(object: &Map<String, Value>) -> Vec<Entry> {
    let string = |o: &Map<String, Value>, keys: &[&str]| {
        keys.iter().find_map(|k| match o.get(*k)? {
            Value::String(s) if !s.trim().is_empty() => Some(s.clone()),
            Value::Number(n) => Some(n.to_string()),
            _ => None,
        })
    };
    let Some(Value::Array(items)) = object.get("items") else { return vec![ninjs(object)] };
    let publisher = string(object, &["title"]);
    let language = string(object, &["language"]);
    let entry = |o: &Map<String, Value>| {
        let authors = o.get("authors").and_then(Value::as_array).into_iter().flatten().chain(o.get("author"));
        let body = string(o, &["content_text"]).or_else(|| string(o, &["content_html", "summary"]).map(|h| text_of_markup(&h)));
        let url = string(o, &["url", "external_url"]);
        Entry {
            id: string(o, &["id"]).or_else(|| url.clone()).unwrap_or_default(),
            url,
            title: string(o, &["title"]),
            published: string(o, &["date_published"]),
            updated: string(o, &["date_modified"]),
            language: string(o, &["language"]).or_else(|| language.clone()),
            publisher: publisher.clone(),
            authors: authors.filter_map(|a| string(a.as_object()?, &["name"])).collect(),
            wire: None,
            text: body.unwrap_or_default(),
        }
    };
    items.iter().filter_map(Value::as_object).map(entry).collect()
}

/// ninjs 1.x (`body_text`, `versioncreated`), 2.x (`versionCreated`, `bodies`) and 3.x.
fn ninjs(o: &Map<String, Value>) -> Entry {
    let get = |keys: &[&str]| keys.iter().find_map(|k| o.get(*k)?.as_str()).map(str::to_owned).filter(|s| !s.trim().is_empty());
    let listed = |key: &str, role: Option<&str>| {
        let all = o.get(key)?.as_array()?;
        let of = |v: &Value| {
            let value = v.get("value").or_else(|| v.get("name")).or_else(|| v.get("content"))?.as_str()?;
            let kind =
                v.get("contentType").or_else(|| v.get("contenttype")).and_then(Value::as_str).unwrap_or_default().to_owned();
            Some((value.to_owned(), kind))
        };
        let by_role =
            role.and_then(|r| all.iter().find(|v| v.get("role").and_then(Value::as_str).is_some_and(|x| x.ends_with(r))));
        by_role.or(all.first()).and_then(of)
    };
    let body = listed("bodies", Some("main")).map(|(text, _)| text);
    let text = get(&["body_text"]).or(body).or_else(|| get(&["body_xhtml", "body_html", "description_text"])).unwrap_or_default();
    let text = if text.contains('<') { text_of_markup(&text) } else { text };
    let source = listed("infoSources", None)
        .or_else(|| listed("infosources", None))
        .or_else(|| listed("infosource", None))
        .map(|(name, _)| name);
    let published =
        get(&["firstcreated", "firstCreated", "contentcreated", "contentCreated", "versioncreated", "versionCreated"]);
    let uri = get(&["uri"]).unwrap_or_default();
    Entry {
        url: get(&["canonicalurl", "canonicalUrl"]).or_else(|| Some(uri.clone()).filter(|u| u.starts_with("http"))),
        id: uri,
        title: get(&["headline", "title"]).or_else(|| listed("headlines", Some("main")).map(|(t, _)| t)),
        published,
        updated: get(&["versioncreated", "versionCreated"]),
        language: get(&["language"]),
        publisher: get(&["copyrightholder", "copyrightHolder"]).or_else(|| source.clone()),
        authors: get(&["byline", "by"]).into_iter().collect(),
        wire: source,
        text,
    }
}
