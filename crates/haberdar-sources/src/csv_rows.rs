//! CSV and TSV: a header names the columns, a row is an article.

use std::io::{BufRead, Read};

use csv::ByteRecord;
use haberdar_model::{Article, ArticleMeta, Origin};

use crate::{
    Item, ReadOptions, SourceError,
    decode::{LineDecoder, NoText, looks_binary},
    jsonl::{parse_published, time_of_day},
    page::written_day,
    unpack::{Budget, Budgeted},
};

/// Fields, and the names under which tables have them, the usual ones first.
const NAMES: &[(&str, &[&str])] = &[
    (
        "text",
        &[
            "text",
            "body",
            "content",
            "article",
            "full_text",
            "fulltext",
            "article_text",
            "maintext",
            "metin",
            "içerik",
            "icerik",
            "haber",
        ],
    ),
    ("id", &["id", "source_id", "uid", "guid", "article_id", "no"]),
    ("title", &["title", "headline", "başlık", "baslik"]),
    ("url", &["url", "link", "source_url", "address", "adres", "bağlantı"]),
    ("publisher", &["publisher", "outlet", "source", "publication", "site", "kaynak", "gazete"]),
    ("published", &["published", "date", "published_at", "publish_date", "publication_date", "pubdate", "datetime", "tarih"]),
    ("lang", &["lang", "language", "dil"]),
    ("authors", &["authors", "author", "byline", "yazar"]),
];

/// The rows of a table.
pub(crate) struct Table<R: BufRead> {
    name: String,
    reader: csv::Reader<Budgeted<R>>,
    budget: Budget,
    decoder: LineDecoder,
    opts: ReadOptions,
    /// Field to number of the column.
    columns: Vec<(&'static str, usize)>,
    row: u64,
    /// The header, or why there is none.
    failed: Option<SourceError>,
    done: bool,
}

impl<R: BufRead> Table<R> {
    pub(crate) fn new(name: String, mut inner: R, opts: ReadOptions) -> Self {
        let head = inner.fill_buf().map(<[u8]>::to_vec).unwrap_or_default();
        let first = head.split(|&b| b == b'\n').next().unwrap_or_default();
        let count = |c: u8| first.iter().filter(|&&b| b == c).count();
        let delimiter = [b',', b';', b'\t', b'|'].into_iter().max_by_key(|&c| count(c)).unwrap_or(b',');
        if head.starts_with(b"\xEF\xBB\xBF") {
            inner.consume(3);
        }
        let budget = Budget::default();
        let reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .from_reader(Budgeted { inner, budget: budget.clone() });
        let decoder = LineDecoder::new(opts.tld());
        let mut table = Table { name, reader, budget, decoder, opts, columns: Vec::new(), row: 0, failed: None, done: false };
        table.failed = table.header().err();
        table
    }

    fn header(&mut self) -> Result<(), SourceError> {
        let header = self.next_row()?.ok_or_else(|| SourceError::Empty { name: self.name.clone() })?;
        let names: Vec<String> = header.iter().map(|h| h.trim().to_lowercase()).collect();
        for (field, known) in NAMES {
            let mapped = self.opts.columns.iter().find(|(f, _)| f == field).map(|(_, c)| c.to_lowercase());
            let at = match &mapped {
                Some(column) => names.iter().position(|n| n == column),
                None => known.iter().find_map(|k| names.iter().position(|n| n == k)),
            };
            if let Some(at) = at {
                self.columns.push((field, at));
            }
        }
        if !self.columns.iter().any(|(f, _)| *f == "text") {
            return Err(SourceError::NoTextColumn { name: self.name.clone(), columns: names.join(", ") });
        }
        Ok(())
    }

    fn next_row(&mut self) -> Result<Option<Vec<String>>, SourceError> {
        let mut record = ByteRecord::new();
        self.budget.renew();
        let more = self.reader.read_byte_record(&mut record).map_err(|e| match e.into_kind() {
            csv::ErrorKind::Io(e) => SourceError::io(&self.name, e),
            other => {
                SourceError::Broken { name: self.name.clone(), at: self.reader.position().byte(), reason: format!("{other:?}") }
            }
        })?;
        if !more {
            return Ok(None);
        }
        let mut cells = Vec::with_capacity(record.len());
        for cell in &record {
            cells.push(self.decoder.decode(cell.to_vec()).map_err(|e| self.undecodable(e))?);
        }
        Ok(Some(cells))
    }

    fn undecodable(&self, e: NoText) -> SourceError {
        let name = format!("{}, row {}", self.name, self.row);
        match e {
            NoText::Broken { encoding, at } => SourceError::Undecodable { name, encoding, at },
            NoText::Binary(what) => SourceError::Binary { name, what },
        }
    }

    fn article(&self, cells: &[String]) -> Result<Article, SourceError> {
        let get = |field: &str| {
            let &(_, at) = self.columns.iter().find(|(f, _)| *f == field)?;
            cells.get(at).map(|c| c.trim()).filter(|c| !c.is_empty()).map(str::to_owned)
        };
        let place = || format!("row {}", self.row);
        let text = get("text").ok_or_else(|| SourceError::NoText {
            name: self.name.clone(),
            place: place(),
            what: "the cell of the text is empty",
        })?;
        if looks_binary(&text) {
            return Err(SourceError::Binary {
                name: format!("{}, {}", self.name, place()),
                what: "the cell holds control characters",
            });
        }
        let lang = get("lang");
        let published = get("published");
        let day = published.as_deref().and_then(|p| parse_published(p).ok().or_else(|| written_day(p, lang.as_deref())));
        let meta = ArticleMeta {
            source_id: get("id").unwrap_or_else(|| format!("{}:{}", self.name, self.row)),
            title: get("title"),
            url: get("url"),
            publisher: get("publisher"),
            published: day,
            published_time: published.as_deref().and_then(time_of_day),
            language: lang.as_deref().and_then(|l| l.parse().ok()),
            origin: Origin {
                authors: get("authors").map(|a| a.split(';').map(|a| a.trim().to_owned()).collect()).unwrap_or_default(),
                published_from: day.map(|_| "column".to_owned()),
                declared_language: lang,
                ..Origin::default()
            },
        };
        Ok(Article { meta: self.opts.fill(meta), text })
    }
}

impl<R: BufRead + Read> Iterator for Table<R> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if let Some(error) = self.failed.take() {
            self.done = true;
            return Some(Item::Error { source_id: self.name.clone(), error });
        }
        while !self.done {
            self.row += 1;
            let source_id = format!("{}:{}", self.name, self.row);
            match self.next_row() {
                Ok(None) => self.done = true,
                Ok(Some(cells)) if cells.iter().all(|c| c.trim().is_empty()) => {}
                Ok(Some(cells)) => {
                    return Some(match self.article(&cells) {
                        Ok(a) => Item::Article(a),
                        Err(error) => Item::Error { source_id, error },
                    });
                }
                Err(error) => {
                    // A cell in no encoding costs its row; a broken stream costs the rest.
                    self.done = !matches!(error, SourceError::Undecodable { .. } | SourceError::Binary { .. });
                    return Some(Item::Error { source_id, error });
                }
            }
        }
        None
    }
}
