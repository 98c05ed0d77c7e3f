//! JSONL: an object a line, read lazily and with flat memory.

use std::{
    collections::VecDeque,
    io::{self, BufRead},
};

use haberdar_model::{Article, ArticleMeta, Language, Origin, PartialDate, time::BadDate};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    Item, MAX_ARTICLE_BYTES, ReadOptions, SourceError,
    decode::{LineDecoder, NoText, looks_binary},
    feeds::json_articles,
    items::Records,
};

/// The rows of one stream.
pub(crate) struct Rows {
    name: String,
    reader: Box<dyn BufRead + Send>,
    decoder: LineDecoder,
    opts: ReadOptions,
    line: u64,
    any: bool,
    done: bool,
    /// Further articles of the last line, where it held a feed.
    queue: VecDeque<Item>,
}

/// A line, or what came of it.
enum Line {
    Whole(Vec<u8>),
    TooLong(u64),
    End,
}

/// The fields that are looked at; others are passed over.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Row {
    id: Value,
    text: Value,
    title: Value,
    url: Value,
    publisher: Value,
    published: Value,
    lang: Value,
    /// Another usual name of `lang`, which goes before it.
    language: Value,
}

impl Rows {
    pub(crate) fn new(name: String, reader: Box<dyn BufRead + Send>, opts: ReadOptions) -> Self {
        let decoder = LineDecoder::new(opts.tld());
        Rows { name, reader, decoder, opts, line: 0, any: false, done: false, queue: VecDeque::new() }
    }

    /// Reads up to the next line end; a line beyond `limit` bytes is counted and thrown away.
    fn next_line(&mut self, limit: usize) -> io::Result<Line> {
        let (mut line, mut total, mut started) = (Vec::new(), 0, false);
        loop {
            let chunk = match self.reader.fill_buf() {
                Ok(c) => c,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => return Err(e),
            };
            if chunk.is_empty() && !started {
                return Ok(Line::End);
            }
            started = true;
            let end = chunk.iter().position(|&b| b == b'\n');
            let part = &chunk[..end.unwrap_or(chunk.len())];
            total += part.len();
            if total <= limit {
                line.extend_from_slice(part);
            } else {
                line = Vec::new();
            }
            let (used, last) = (part.len() + usize::from(end.is_some()), end.is_some() || chunk.is_empty());
            self.reader.consume(used);
            if last {
                return Ok(if total > limit { Line::TooLong(total as u64) } else { Line::Whole(line) });
            }
        }
    }

    fn fail(&self, error: SourceError) -> Item {
        Item::Error { source_id: format!("{}:{}", self.name, self.line), error }
    }

    fn row(&mut self, line: Vec<u8>) -> Item {
        let (name, at) = (self.name.clone(), self.line);
        let text = match self.decoder.decode(line) {
            Ok(t) => t,
            Err(NoText::Broken { encoding, at: byte }) => {
                let name = format!("{name}, line {at}");
                return self.fail(SourceError::Undecodable { name, encoding, at: byte });
            }
            Err(NoText::Binary(what)) => return self.fail(SourceError::Binary { name, what }),
        };
        let value = match parse(&text) {
            Ok(v) => v,
            Err((column, reason)) => return self.fail(SourceError::BadRow { name, line: at, column, reason }),
        };
        if let Some(items) = value.as_object().and_then(|o| json_articles(o, &format!("{name}:{at}"), &self.opts)) {
            self.queue.extend(items);
            if let Some(first) = self.queue.pop_front() {
                return first;
            }
        }
        row_of(value, name, at, &self.opts)
    }
}

/// The article of one row.
pub(crate) fn row_of(value: Value, name: String, at: u64, opts: &ReadOptions) -> Item {
    let fallback = format!("{name}:{at}");
    if !value.is_object() {
        let reason = "it is no object".to_owned();
        return Item::Error { source_id: fallback, error: SourceError::BadRow { name, line: at, column: 1, reason } };
    }
    let row: Row = match serde_json::from_value(value) {
        Ok(r) => r,
        Err(e) => {
            return Item::Error {
                source_id: fallback,
                error: SourceError::BadRow { name, line: at, column: 1, reason: e.to_string() },
            };
        }
    };
    let id = match &row.id {
        Value::Null => None,
        Value::String(s) if s.trim().is_empty() => None,
        Value::String(s) => Some(s.clone()),
        Value::Number(n) => Some(n.to_string()),
        other => {
            let error = bad_field(&name, at, "id", other, "a string or a number");
            return Item::Error { source_id: fallback, error };
        }
    };
    let source_id = id.unwrap_or(fallback);
    match article(row, source_id.clone(), &name, at) {
        Ok(mut a) => {
            a.meta = opts.fill(a.meta);
            Item::Article(a)
        }
        Err(error) => Item::Error { source_id, error },
    }
}

impl Records for Rows {}

impl Iterator for Rows {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if let Some(item) = self.queue.pop_front() {
            return Some(item);
        }
        while !self.done {
            match self.next_line(MAX_ARTICLE_BYTES) {
                Err(e) => {
                    self.done = true;
                    let error = SourceError::io(&self.name, e);
                    return Some(self.fail(error));
                }
                Ok(Line::End) => {
                    self.done = true;
                    if !self.any {
                        let error = SourceError::Empty { name: self.name.clone() };
                        return Some(Item::Error { source_id: self.name.clone(), error });
                    }
                }
                Ok(Line::TooLong(bytes)) => {
                    self.line += 1;
                    self.any = true;
                    let error = SourceError::LineTooLong { name: self.name.clone(), line: self.line, bytes };
                    return Some(self.fail(error));
                }
                Ok(Line::Whole(mut line)) => {
                    self.line += 1;
                    if self.line == 1 && line.starts_with(b"\xEF\xBB\xBF") {
                        line.drain(..3);
                    }
                    if line.iter().all(u8::is_ascii_whitespace) {
                        continue;
                    }
                    self.any = true;
                    return Some(self.row(line));
                }
            }
        }
        None
    }
}

fn parse(line: &str) -> Result<Value, (usize, String)> {
    if !line.trim_start().starts_with('{') {
        let hint = if line.trim_start().starts_with('[') {
            "it opens a list; jq -c '.[]' makes rows of one"
        } else {
            "it does not open with {"
        };
        return Err((1, hint.to_owned()));
    }
    serde_json::from_str(line).map_err(|e| {
        let text = e.to_string();
        let reason = text.rfind(" at line ").map_or(text.as_str(), |i| &text[..i]).to_owned();
        (e.column().max(1), reason)
    })
}

fn article(row: Row, source_id: String, name: &str, line: u64) -> Result<Article, SourceError> {
    let string = |value: Value, field: &'static str| match value {
        Value::Null => Ok(None),
        Value::String(s) if s.trim().is_empty() => Ok(None),
        Value::String(s) => Ok(Some(s)),
        other => Err(bad_field(name, line, field, &other, "a string")),
    };
    let text = string(row.text, "text")?.ok_or_else(|| SourceError::RowWithoutText { name: name.to_owned(), line })?;
    if looks_binary(&text) {
        return Err(SourceError::Binary {
            name: format!("{name}, line {line}"),
            what: "the row's text holds control characters",
        });
    }
    let written = string(row.published, "published")?;
    let published_time = written.as_deref().and_then(time_of_day);
    let published = written.map(|s| parse_published(&s)).transpose().map_err(|source| SourceError::BadPublished {
        name: name.to_owned(),
        line,
        source,
    })?;
    let language = string(if row.lang.is_null() { row.language } else { row.lang }, "lang")?
        .filter(|s| !s.eq_ignore_ascii_case("auto"))
        .map(|s| s.parse::<Language>())
        .transpose()
        .map_err(|source| SourceError::BadLanguage { name: name.to_owned(), line, source })?;
    let meta = ArticleMeta {
        source_id,
        title: string(row.title, "title")?,
        url: string(row.url, "url")?,
        publisher: string(row.publisher, "publisher")?,
        published,
        published_time,
        language,
        origin: Origin::default(),
    };
    Ok(Article { meta, text })
}

/// A day, a month or a year, or a date with a time of day (RFC 3339), of which the day counts as it stands there.
pub(crate) fn parse_published(s: &str) -> Result<PartialDate, BadDate> {
    let s = s.trim();
    let date: PartialDate = s.parse()?;
    let has_time = s.len() > 10;
    let valid_time = || {
        let t = s.replacen(' ', "T", 1);
        t.parse::<jiff::Timestamp>().is_ok() || t.parse::<jiff::civil::DateTime>().is_ok()
    };
    if has_time && !(date.is_day() && valid_time()) {
        return Err(BadDate(s.to_owned()));
    }
    Ok(date)
}

/// The time of day of a date as it stands there, whatever its zone.
pub(crate) fn time_of_day(s: &str) -> Option<jiff::civil::Time> {
    let clock = s.trim().get(11..)?;
    clock.get(..8).and_then(|c| c.parse().ok()).or_else(|| clock.get(..5)?.parse().ok())
}

fn bad_field(name: &str, line: u64, field: &'static str, found: &Value, expected: &'static str) -> SourceError {
    let found = match found {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    SourceError::BadField { name: name.to_owned(), line, field, found, expected }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn rows(bytes: &[u8]) -> Vec<Item> {
        Rows::new(
            "r.jsonl".into(),
            Box::new(BufReader::with_capacity(8, std::io::Cursor::new(bytes.to_vec()))),
            ReadOptions::default(),
        )
        .collect()
    }

    fn error(bytes: &[u8]) -> (String, &'static str, String) {
        match rows(bytes).pop() {
            Some(Item::Error { source_id, error }) => (source_id, error.code(), error.to_string()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_row_brings_its_own_fields() {
        let items = rows(
            "\u{FEFF}{\"id\":12,\"text\":\"Görüştü.\\nBitti.\",\"lang\":\"tr-TR\",\"published\":\"2022-07-22T10:00:00+03:00\",\"events\":[1]}\r\n\n"
                .as_bytes(),
        );
        let [Item::Article(a)] = &items[..] else { panic!("{items:?}") };
        assert_eq!((a.meta.source_id.as_str(), a.text.as_str()), ("12", "Görüştü.\nBitti."));
        assert_eq!(a.meta.published.map(|d| d.to_string()).as_deref(), Some("2022-07-22"));
        assert_eq!(a.meta.language, Some(Language::Tr));
    }

    #[test]
    fn a_broken_line_in_the_middle_is_named_and_the_others_are_read() {
        let items = rows(b"{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"b\",\"text\":\n{\"id\":\"c\",\"text\":\"y\"}");
        let [Item::Article(a), Item::Error { source_id, error }, Item::Article(c)] = &items[..] else { panic!("{items:?}") };
        assert_eq!((a.meta.source_id.as_str(), c.meta.source_id.as_str(), source_id.as_str()), ("a", "c", "r.jsonl:2"));
        assert!(error.to_string().starts_with("r.jsonl, line 2, column 17: not a JSON object (EOF while parsing"), "{error}");
    }

    #[test]
    fn rows_say_what_is_wrong_with_them() {
        assert_eq!(error(b"{\"id\":\"a\"}").1, "row_without_text");
        assert_eq!(error(b"{\"id\":\"a\",\"text\":\" \"}").0, "a");
        assert_eq!(
            error(b"{\"id\":1.5,\"text\":[\"x\"]}").2,
            "r.jsonl, line 1: field \"text\" is a list, but has to be a string"
        );
        assert_eq!(error(b"{\"id\":[],\"text\":\"x\"}").1, "bad_field");
        assert_eq!(error(b"{\"text\":\"x\",\"lang\":\"xx\"}").1, "bad_language");
        assert!(error(b"{\"text\":\"x\",\"published\":\"2023-02-30\"}").2.contains("\"2023-02-30\" is no date"));
        assert_eq!(error(b"{\"text\":\"x\",\"published\":\"2023-02-03Tea\"}").1, "bad_published");
        assert_eq!(rows(b"{\"text\":\"x\",\"lang\":\"en\",\"language\":\"English\"}").len(), 1);
        assert_eq!(error(b"{\"text\":\"x\",\"language\":\"English\"}").1, "bad_language");
        assert_eq!(error(b"[{\"text\":\"x\"}]").1, "bad_row");
        assert_eq!(error(b"{\"text\":\"\\u0000\"}").1, "binary");
        assert_eq!(error(b"\n \n").1, "empty");
        assert_eq!(error(b"").0, "r.jsonl");
    }

    #[test]
    fn a_line_beyond_the_limit_is_thrown_away_as_it_is_read() {
        let bytes = b"{\"text\":\"x\"}\n0123456789012345678901234567890123456789\n\n{\"text\":\"y\"}";
        let mut r = Rows::new("r".into(), Box::new(BufReader::with_capacity(4, &bytes[..])), ReadOptions::default());
        let lines: Vec<_> = std::iter::from_fn(|| match r.next_line(20) {
            Ok(Line::Whole(l)) => Some(format!("{} bytes", l.len())),
            Ok(Line::TooLong(n)) => Some(format!("{n} bytes, too long")),
            _ => None,
        })
        .collect();
        assert_eq!(lines, ["12 bytes", "40 bytes, too long", "0 bytes", "12 bytes"]);
    }

    #[test]
    fn legacy_lines_are_decoded() {
        let (line, _, _) =
            encoding_rs::WINDOWS_1254.encode("{\"id\":\"eski\",\"text\":\"Dışişleri Bakanı görüştü, ilişkiler güçleniyor.\"}");
        let items = rows(&line);
        assert!(matches!(&items[..], [Item::Article(a)] if a.text.starts_with("Dışişleri Bakanı görüştü")), "{items:?}");
    }

    #[test]
    fn times_of_day_are_checked_and_left_out() {
        for good in ["2022", "2022-07", "2022-07-22", "2022-07-22T10:00:00Z", "2022-07-22T10:00+03:00", "2022-07-22 10:00:00"] {
            assert!(parse_published(good).is_ok(), "{good}");
        }
        for bad in ["2022-07-22T99:00:00Z", "22.07.2022", "2022-07Tmorning-tea", "soon"] {
            assert!(parse_published(bad).is_err(), "{bad}");
        }
    }
}
