//! WARC: the pages of a crawl, record by record.

use std::io::{self, BufRead, Read};

use crate::{
    Item, MAX_ARTICLE_BYTES, ReadOptions, SourceError,
    decode::decode_page,
    items::{Records, page_article},
};

/// Lines of a header beyond this are an attack or an accident.
const MAX_HEADER: usize = 64 * 1024;

/// The records of an archive that is already unpacked.
pub(crate) struct Warc<R> {
    name: String,
    reader: R,
    opts: ReadOptions,
    /// Bytes read so far.
    at: u64,
    record: u64,
    done: bool,
}

impl<R: BufRead> Warc<R> {
    pub(crate) fn new(name: String, reader: R, opts: ReadOptions) -> Self {
        Warc { name, reader, opts, at: 0, record: 0, done: false }
    }

    /// A line without its end; `None` at the end of the archive.
    fn line(&mut self, line: &mut Vec<u8>) -> Result<bool, SourceError> {
        line.clear();
        let n = (&mut self.reader).take(MAX_HEADER as u64).read_until(b'\n', line).map_err(|e| SourceError::io(&self.name, e))?;
        self.at += n as u64;
        if n == MAX_HEADER {
            return Err(self.broken("a line of a header is longer than 64 KB"));
        }
        while line.last().is_some_and(|b| b"\r\n".contains(b)) {
            line.pop();
        }
        Ok(n > 0)
    }

    fn broken(&self, reason: &str) -> SourceError {
        SourceError::Broken { name: self.name.clone(), at: self.at, reason: reason.to_owned() }
    }

    /// The next record with a page in it.
    fn next_page(&mut self) -> Result<Option<Record>, SourceError> {
        let mut line = Vec::new();
        loop {
            // Records are two empty lines apart.
            loop {
                if !self.line(&mut line)? {
                    return Ok(None);
                }
                if !line.is_empty() {
                    break;
                }
            }
            if !line.starts_with(b"WARC/") {
                return Err(self.broken("no WARC record begins here"));
            }
            self.record += 1;
            let mut record = Record::default();
            let (mut length, mut kind, mut header) = (None, String::new(), 0);
            while self.line(&mut line)? && !line.is_empty() {
                header += line.len();
                if header > MAX_HEADER {
                    return Err(self.broken("a header is longer than 64 KB"));
                }
                let text = String::from_utf8_lossy(&line);
                let Some((key, value)) = text.split_once(':') else { continue };
                let value = value.trim();
                match key.trim().to_ascii_lowercase().as_str() {
                    "content-length" => length = value.parse::<u64>().ok(),
                    "warc-type" => kind = value.to_ascii_lowercase(),
                    "warc-target-uri" => record.url = Some(value.trim_matches(['<', '>']).to_owned()),
                    "content-type" => record.media = value.to_ascii_lowercase(),
                    _ => {}
                }
            }
            let length = length.ok_or_else(|| self.broken("a record does not say its length"))?;
            let wanted = matches!(kind.as_str(), "response" | "resource" | "conversion") && length <= MAX_ARTICLE_BYTES as u64;
            let http = record.media.starts_with("application/http");
            record.number = self.record;
            let mut left = (&mut self.reader).take(length);
            let mut body = Vec::new();
            let mut copied = 0;
            if wanted {
                // Most responses of a crawl that are no page are told by their first bytes.
                let mut buffer = [0; 16 * 1024];
                loop {
                    let n = left.read(&mut buffer).map_err(|e| SourceError::io(&self.name, e))?;
                    copied += n as u64;
                    if n == 0 {
                        break;
                    }
                    body.extend_from_slice(&buffer[..n]);
                }
            }
            let rest = io::copy(&mut left, &mut io::sink()).map_err(|e| SourceError::io(&self.name, e))?;
            copied += rest;
            self.at += copied;
            if copied < length {
                return Err(self.broken(&format!("a record claims {length} bytes, and the file ends after {copied} of them")));
            }
            if !wanted {
                if length > MAX_ARTICLE_BYTES as u64 && kind == "response" {
                    record.too_large = true;
                    return Ok(Some(record));
                }
                continue;
            }
            if http && !record.unwrap_http(&mut body) {
                continue;
            }
            let text = record.media.starts_with("text/html")
                || record.media.starts_with("application/xhtml")
                || record.media.starts_with("text/plain");
            if !text || record.url.as_deref().is_some_and(|u| u.ends_with("/robots.txt")) {
                continue;
            }
            record.body = body;
            return Ok(Some(record));
        }
    }

    fn item(&self, record: Record) -> Item {
        let source_id = format!("{}:{}", self.name, record.number);
        let name = match &record.url {
            Some(url) => format!("{}, record {} ({url})", self.name, record.number),
            None => format!("{}, record {}", self.name, record.number),
        };
        if record.too_large {
            return Item::Error { source_id, error: SourceError::TooLarge { name } };
        }
        let opts = ReadOptions { url: record.url.clone().or_else(|| self.opts.url.clone()), ..self.opts.clone() };
        let read = || {
            let html =
                decode_page(&record.body, None, opts.tld()).map_err(|what| SourceError::Binary { name: name.clone(), what })?;
            if record.media.starts_with("text/plain") {
                let meta = haberdar_model::ArticleMeta { source_id: source_id.clone(), ..Default::default() };
                if html.trim().is_empty() {
                    return Err(SourceError::Empty { name: name.clone() });
                }
                return Ok(haberdar_model::Article { meta: opts.fill(meta), text: html });
            }
            page_article(name.clone(), &html, &opts)
        };
        match read() {
            Ok(mut a) => {
                a.meta.source_id = source_id;
                Item::Article(a)
            }
            Err(error) => Item::Error { source_id, error },
        }
    }
}

#[derive(Default)]
struct Record {
    number: u64,
    url: Option<String>,
    media: String,
    body: Vec<u8>,
    too_large: bool,
}

impl Record {
    /// Takes the header of the HTTP answer off; false where the answer is no page.
    fn unwrap_http(&mut self, body: &mut Vec<u8>) -> bool {
        let end = body
            .windows(4)
            .position(|w| w == b"\r\n\r\n")
            .map(|i| (i, 4))
            .or_else(|| body.windows(2).position(|w| w == b"\n\n").map(|i| (i, 2)));
        let Some((at, gap)) = end.filter(|(at, _)| *at <= MAX_HEADER) else { return false };
        let head = String::from_utf8_lossy(&body[..at]).into_owned();
        let mut lines = head.lines();
        let ok = lines.next().and_then(|l| l.split(' ').nth(1)).is_some_and(|code| code.starts_with('2'));
        let (mut chunked, mut packed) = (false, false);
        for line in lines {
            let Some((key, value)) = line.split_once(':') else { continue };
            match key.trim().to_ascii_lowercase().as_str() {
                "content-type" => self.media = value.trim().to_ascii_lowercase(),
                "transfer-encoding" => chunked = value.to_ascii_lowercase().contains("chunked"),
                "content-encoding" => packed = value.to_ascii_lowercase().contains("gzip"),
                _ => {}
            }
        }
        body.drain(..at + gap);
        if chunked && let Some(whole) = dechunk(body) {
            *body = whole;
        }
        if packed && body.starts_with(&[0x1F, 0x8B]) {
            let mut out = Vec::new();
            let limit = MAX_ARTICLE_BYTES as u64 + 1;
            if flate2::read::MultiGzDecoder::new(&body[..]).take(limit).read_to_end(&mut out).is_ok() {
                *body = out;
            }
            if body.len() > MAX_ARTICLE_BYTES {
                self.too_large = ok;
                *body = Vec::new();
            }
        }
        ok
    }
}

/// The body of an answer that was sent in chunks; `None` where it is none, as crawlers often store it put together.
fn dechunk(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    loop {
        let end = body.windows(2).position(|w| w == b"\r\n").filter(|e| *e <= 16)?;
        let size = std::str::from_utf8(&body[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        if size == 0 {
            return Some(out);
        }
        let start = end + 2;
        out.extend_from_slice(body.get(start..start.checked_add(size)?)?);
        body = body.get(start + size..)?.strip_prefix(b"\r\n")?;
    }
}

impl<R: BufRead + Send> Records for Warc<R> {
    fn pass(&mut self) -> bool {
        if self.done {
            return false;
        }
        match self.next_page() {
            Ok(found) => found.is_some(),
            Err(_) => {
                self.done = true;
                true
            }
        }
    }
}

impl<R: BufRead> Iterator for Warc<R> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if self.done {
            return None;
        }
        match self.next_page() {
            Ok(Some(record)) => Some(self.item(record)),
            Ok(None) => {
                self.done = true;
                None
            }
            Err(error) => {
                self.done = true;
                Some(Item::Error { source_id: format!("{}:{}", self.name, self.record), error })
            }
        }
    }
}
