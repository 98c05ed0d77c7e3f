//! Records out of XML: entries of RSS and Atom, addresses of news sitemaps, items of NewsML-G2, articles of NITF.

use std::io::{self, BufRead, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};
use quick_xml::{Reader, events::Event};

use crate::{
    SourceError,
    unpack::{Budget, Budgeted},
};

/// An element with all it holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Element {
    /// Name without its prefix.
    pub(crate) name: String,
    /// Prefix of the name, such as `news` of `news:title`.
    pub(crate) prefix: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) nodes: Vec<Node>,
}

#[derive(Clone, Debug)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

/// Deeper elements are folded into the one at this depth.
const MAX_DEPTH: usize = 120;

/// Elements that are an article, or the address of one.
const RECORDS: &[&str] = &["item", "entry", "url", "newsItem", "nitf"];

impl Element {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str()).filter(|v| !v.trim().is_empty())
    }

    /// Elements right within.
    pub(crate) fn children(&self) -> impl Iterator<Item = &Element> {
        self.nodes.iter().filter_map(|n| match n {
            Node::Element(e) => Some(e),
            Node::Text(_) => None,
        })
    }

    pub(crate) fn child(&self, name: &str) -> Option<&Element> {
        self.children().find(|e| e.name == name)
    }

    /// The first element of a name anywhere within, in order.
    pub(crate) fn find(&self, name: &str) -> Option<&Element> {
        self.children().find_map(|e| if e.name == name { Some(e) } else { e.find(name) })
    }

    /// All its text.
    pub(crate) fn text(&self) -> String {
        let mut out = String::new();
        self.collect(&mut out);
        out.trim().to_owned()
    }

    fn collect(&self, out: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Text(t) => out.push_str(t),
                Node::Element(e) => e.collect(out),
            }
        }
    }

    /// The text of the first of some children that has any.
    pub(crate) fn text_of(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|n| self.children().filter(|c| c.name == *n).map(Element::text).find(|t| !t.is_empty()))
    }

    /// What it holds as markup, for an element whose paragraphs are elements; plain text that is itself markup comes back as it is.
    pub(crate) fn markup(&self) -> String {
        if self.children().next().is_none() {
            return self.text();
        }
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Text(t) => out.push_str(&t.replace('&', "&amp;").replace('<', "&lt;")),
                Node::Element(e) => {
                    let name = e.name.to_ascii_lowercase();
                    out.push_str(&format!("<{name}>"));
                    e.write(out);
                    out.push_str(&format!("</{name}>"));
                }
            }
        }
    }
}

/// The records of a document, read one by one.
pub(crate) struct Records<R: BufRead> {
    name: String,
    reader: Reader<Budgeted<io::BufReader<Utf8<R>>>>,
    budget: Budget,
    /// Title and language of the feed around the records.
    pub(crate) around: Element,
    open: Vec<Element>,
    path: Vec<String>,
    done: bool,
}

impl<R: BufRead> Records<R> {
    pub(crate) fn new(name: String, mut inner: R) -> Self {
        let head = inner.fill_buf().map(|b| b[..b.len().min(512)].to_vec()).unwrap_or_default();
        let encoding = Encoding::for_bom(&head).map(|(e, _)| e).or_else(|| declared(&head)).unwrap_or(UTF_8);
        let decoder = encoding.new_decoder();
        let budget = Budget::default();
        let utf8 = io::BufReader::with_capacity(64 * 1024, Utf8 { inner, decoder, ready: Vec::new(), at: 0, end: false });
        let mut reader = Reader::from_reader(Budgeted { inner: utf8, budget: budget.clone() });
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.check_comments = false;
        Records { name, reader, budget, around: Element::default(), open: Vec::new(), path: Vec::new(), done: false }
    }

    fn push(&mut self, node: Node) {
        if let Some(top) = self.open.last_mut() {
            top.nodes.push(node);
        }
    }

    fn text(&mut self, text: &str) {
        match self.open.last_mut() {
            Some(top) => match top.nodes.last_mut() {
                Some(Node::Text(t)) => t.push_str(text),
                _ => top.nodes.push(Node::Text(text.to_owned())),
            },
            None => {
                let Some(name) =
                    self.path.last().filter(|n| matches!(n.as_str(), "title" | "language" | "name") && self.path.len() <= 3)
                else {
                    return;
                };
                let name = name.clone();
                if self.around.child(&name).is_none_or(|c| c.text().is_empty()) && !text.trim().is_empty() {
                    self.around.nodes.push(Node::Element(Element {
                        name,
                        nodes: vec![Node::Text(text.to_owned())],
                        ..Element::default()
                    }));
                }
            }
        }
    }

    fn step(&mut self, buffer: &mut Vec<u8>) -> Result<Option<Element>, SourceError> {
        buffer.clear();
        let event = match self.reader.read_event_into(buffer) {
            Ok(e) => e.into_owned(),
            Err(quick_xml::Error::Io(e)) => {
                let e = std::sync::Arc::try_unwrap(e).unwrap_or_else(|e| io::Error::new(e.kind(), e.to_string()));
                return Err(SourceError::io(&self.name, e));
            }
            Err(e) => {
                let at = self.reader.error_position();
                return Err(SourceError::Broken { name: self.name.clone(), at, reason: format!("it is no XML: {e}") });
            }
        };
        match event {
            Event::Start(start) | Event::Empty(start) if self.open.len() >= MAX_DEPTH || self.path.len() > 4 * MAX_DEPTH => {
                let _ = start;
                return Err(SourceError::Broken {
                    name: self.name.clone(),
                    at: self.reader.buffer_position(),
                    reason: "elements are nested more than a hundred deep".to_owned(),
                });
            }
            Event::Start(start) => self.start(&start),
            Event::Empty(start) => {
                self.start(&start);
                return Ok(self.end());
            }
            Event::End(_) => return Ok(self.end()),
            Event::Text(t) => self.text(&t.xml10_content()),
            Event::CData(t) => self.text(&t.xml10_content()),
            Event::GeneralRef(r) => match r.resolve_char_ref() {
                Ok(Some(c)) => self.text(&c.to_string()),
                _ => {
                    let name = r.into_inner();
                    match &*name {
                        "lt" => self.text("<"),
                        "gt" => self.text(">"),
                        "amp" => self.text("&"),
                        "quot" => self.text("\""),
                        "apos" => self.text("'"),
                        // An entity of HTML: the text is markup anyway.
                        other => self.text(&format!("&{other};")),
                    }
                }
            },
            Event::Eof => self.done = true,
            _ => {}
        }
        Ok(None)
    }

    fn start(&mut self, start: &quick_xml::events::BytesStart<'_>) {
        let full = start.name();
        let full: &str = full.as_ref();
        let (prefix, name) = full.rsplit_once(':').unwrap_or(("", full));
        self.path.push(name.to_owned());
        let inside = !self.open.is_empty();
        if !inside {
            self.budget.renew();
            for a in start.attributes().with_checks(false).flatten() {
                let key: &str = a.key.as_ref();
                if key == "xml:lang" && self.path.len() <= 2 {
                    let value = a.value.to_string();
                    self.around.nodes.push(Node::Element(Element {
                        name: "language".to_owned(),
                        nodes: vec![Node::Text(value)],
                        ..Element::default()
                    }));
                }
            }
        }
        if inside || RECORDS.contains(&name) {
            let mut element = Element { name: name.to_owned(), prefix: prefix.to_owned(), ..Element::default() };
            for a in start.attributes().with_checks(false).flatten() {
                let key: &str = a.key.as_ref();
                let key = key.rsplit(':').next().unwrap_or(key).to_owned();
                let value = a
                    .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                    .map_or_else(|_| a.value.to_string(), |v| v.into_owned());
                element.attributes.push((key, value));
            }
            self.open.push(element);
        }
    }

    fn end(&mut self) -> Option<Element> {
        self.path.pop();
        let done = self.open.pop()?;
        if self.open.is_empty() {
            return Some(done);
        }
        self.push(Node::Element(done));
        None
    }
}

impl<R: BufRead> Iterator for Records<R> {
    type Item = Result<Element, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut buffer = Vec::new();
        while !self.done {
            match self.step(&mut buffer) {
                Ok(Some(record)) => return Some(Ok(record)),
                Ok(None) => {}
                Err(error) => {
                    self.done = true;
                    self.open.clear();
                    return Some(Err(error));
                }
            }
        }
        // A document that breaks off within a record.
        let cut = self.open.drain(..).next()?;
        let reason = format!("it ends within a <{}>", cut.name);
        Some(Err(SourceError::Broken { name: self.name.clone(), at: self.reader.buffer_position(), reason }))
    }
}

/// The encoding in `<?xml version="1.0" encoding="…"?>`.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let text = String::from_utf8_lossy(head);
    let declaration = text.trim_start().strip_prefix("<?xml")?.split("?>").next()?.to_owned();
    let value = declaration.split("encoding").nth(1)?.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Encoding::for_label(value[1..].split(quote).next()?.as_bytes())
}

/// A stream of any encoding as UTF-8; what is broken becomes U+FFFD.
struct Utf8<R> {
    inner: R,
    decoder: Decoder,
    ready: Vec<u8>,
    at: usize,
    end: bool,
}

impl<R: BufRead> Read for Utf8<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while self.at == self.ready.len() && !self.end {
            let chunk = self.inner.fill_buf()?;
            let last = chunk.is_empty();
            self.ready.resize(self.decoder.max_utf8_buffer_length(chunk.len()).unwrap_or(chunk.len() * 4 + 16), 0);
            let (result, read, written, _) = self.decoder.decode_to_utf8(chunk, &mut self.ready, last);
            self.ready.truncate(written);
            self.at = 0;
            self.end = last && result == CoderResult::InputEmpty;
            self.inner.consume(read);
        }
        let n = buf.len().min(self.ready.len() - self.at);
        buf[..n].copy_from_slice(&self.ready[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}
