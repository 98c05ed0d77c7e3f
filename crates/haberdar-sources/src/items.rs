//! The iterator over everything that a path or a stream holds.

use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

use haberdar_model::{Article, ArticleMeta};

use crate::{
    Format, Item, MAX_ARTICLE_BYTES, ReadOptions, SourceError,
    csv_rows::Table,
    decode::{NoText, decode_page, magic, try_decode},
    feeds::{XmlArticles, json_articles},
    jsonl::{Rows, row_of},
    page::{extract_page_at, is_monstrous},
    place::{Before, Input, Place},
    unpack::Packing,
    warc::Warc,
    zipped::{self, ZipEntry},
};

/// Bytes that are looked at to tell what a stream holds.
const HEAD: u64 = 8192;

/// A compressed file in a compressed file in …: this deep and no deeper.
const MAX_PACKINGS: usize = 2;

/// The articles of one stream that holds many.
pub(crate) trait Records: Iterator<Item = Item> + Send {
    /// Passes over one without taking it apart; false where there is none.
    fn pass(&mut self) -> bool {
        self.next().is_some()
    }
}

impl<R: BufRead + Send> Records for Table<R> {}
impl<R: BufRead + Send> Records for XmlArticles<R> {}
impl Records for std::vec::IntoIter<Item> {}

/// Articles and errors in input order: a folder's in the sorted order of their names, whatever the file system says.
pub struct Items {
    opts: ReadOptions,
    /// What is still to be visited, the next one last.
    todo: Vec<Todo>,
    records: Option<Box<dyn Records>>,
    /// The folder that was asked for, until it turns out to hold an article.
    barren: Option<String>,
    left_out: usize,
    /// Records that are still to be passed over.
    pass: u64,
    /// The file that is read, and how many of its records were taken.
    input: Option<Arc<Input>>,
    record: u64,
    whole: bool,
    /// Files of records that came to their end, and were not asked for yet.
    ended: Vec<Place>,
}

/// Asked for each file before it is opened.
type Asked<'a> = &'a mut dyn FnMut(&Input) -> Before;

enum Todo {
    /// A path that the user named.
    Named(PathBuf),
    /// A path found in a folder.
    Found(PathBuf),
    /// A file within an archive.
    Zipped(Input, ZipEntry),
    Stream(String, Box<dyn Read + Send>, Option<Format>),
}

/// Reads a file, a folder with all its folders, an archive, or the files that a pattern such as `2024/*.html` stands for.
pub fn read_path(path: &Path, opts: &ReadOptions) -> Items {
    let pattern = path.to_str().filter(|p| p.contains(['*', '?', '[']) && !path.exists());
    let Some(mut found) =
        pattern.and_then(|p| glob::glob(p).ok()).map(|g| g.flatten().collect::<Vec<_>>()).filter(|f| !f.is_empty())
    else {
        return Items::new(Todo::Named(path.to_owned()), opts);
    };
    found.sort_unstable_by(|a, b| b.cmp(a));
    let mut items = Items::new(Todo::Found(PathBuf::new()), opts);
    items.todo = found.into_iter().map(Todo::Named).collect();
    items
}

/// Reads a stream that goes by `name`; without a format, its first bytes decide.
pub fn read_reader(name: &str, reader: impl Read + Send + 'static, format: Option<Format>, opts: &ReadOptions) -> Items {
    Items::new(Todo::Stream(name.to_owned(), Box::new(reader), format), opts)
}

/// Reads standard input, which goes by `-`.
pub fn read_stdin(format: Option<Format>, opts: &ReadOptions) -> Items {
    read_reader("-", io::stdin(), format, opts)
}

impl Items {
    fn new(todo: Todo, opts: &ReadOptions) -> Self {
        Items {
            opts: opts.clone(),
            todo: vec![todo],
            records: None,
            barren: None,
            left_out: 0,
            pass: 0,
            input: None,
            record: 0,
            whole: false,
            ended: Vec::new(),
        }
    }

    /// Files (and links to folders) in folders that were passed over so far, because they are of no kind that is read, or a README.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// Passes over the first `n` items of a stream of records (an archive, a table, rows), at the speed of unpacking it: so a
    /// run that was stopped goes on where it stopped. Items that are files of their own are not passed over.
    pub fn pass_over(mut self, n: u64) -> Self {
        self.pass = n;
        self
    }

    /// Where the item that came last stands; `None` for streams, and for what is wrong with a folder.
    pub fn place(&self) -> Option<Place> {
        let input = self.input.clone()?;
        Some(Place { input, record: self.record, whole: self.whole })
    }

    /// The files of records (archives, tables, rows …) that came to their end since this was asked last, each with the number
    /// of its records.
    pub fn ended(&mut self) -> Vec<Place> {
        std::mem::take(&mut self.ended)
    }

    /// The next item, where `before` says what an earlier run did with each file: files that it took in whole are not opened,
    /// and the records that it took of others are passed over.
    pub fn next_after(&mut self, before: &mut dyn FnMut(&Input) -> Before) -> Option<Item> {
        self.advance(Some(before))
    }

    /// True where a file is done already.
    fn enter(&mut self, input: Input, before: Option<Asked<'_>>) -> bool {
        (self.record, self.whole) = (0, false);
        let known = before.map_or(Before::Nothing, |ask| ask(&input));
        match known {
            Before::All => {
                self.input = None;
                return true;
            }
            Before::Records(n) => (self.pass, self.record) = (n, n),
            Before::Nothing => {}
        }
        self.input = Some(Arc::new(input));
        false
    }

    fn visit(&mut self, path: PathBuf, named: bool, before: Option<Asked<'_>>) -> Result<Option<Item>, SourceError> {
        let name = path.display().to_string();
        // A link that was found is followed to a file but not into a folder, where it could lead round in a circle.
        let is_link = !named && fs::symlink_metadata(&path).is_ok_and(|m| m.is_symlink());
        let meta = fs::metadata(&path).map_err(|e| SourceError::io(&name, e))?;
        if meta.is_dir() {
            if named {
                self.barren = Some(name.clone());
            }
            if is_link {
                self.left_out += 1;
            } else {
                self.open_folder(&path, &name)?;
            }
            return Ok(None);
        }
        let format = Format::of(&path);
        let zipped = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("zip"));
        if !named && ((format.is_none() && !zipped) || !meta.is_file() || is_about_the_folder(&path)) {
            self.left_out += 1;
            return Ok(None);
        }
        self.barren = None;
        let input = meta.is_file().then(|| Input::new(&path, &name, &meta));
        if let Some(archive) = input.as_ref().filter(|_| zipped) {
            self.open_archive(&path, archive)?;
            return Ok(None);
        }
        if let Some(input) = input.clone()
            && self.enter(input, before)
        {
            return Ok(None);
        }
        let mut file = File::open(&path).map_err(|e| SourceError::io(&name, e))?;
        if let Some(archive) = input.filter(|i| i.size > 4) {
            let mut start = [0; 4];
            file.read_exact(&mut start).map_err(|e| SourceError::io(&name, e))?;
            io::Seek::rewind(&mut file).map_err(|e| SourceError::io(&name, e))?;
            // An archive by another name; an office document is one, too, but holds nothing to read.
            if &start == b"PK\x03\x04"
                && format.is_none()
                && zipped::entries(&path, &name).is_ok_and(|all| all.iter().any(|e| is_read(&e.name)))
            {
                self.input = None;
                self.open_archive(&path, &archive)?;
                return Ok(None);
            }
        }
        self.open_stream(name, Box::new(file), format, 0)
    }

    fn open_archive(&mut self, path: &Path, archive: &Input) -> Result<(), SourceError> {
        let all = zipped::entries(path, &archive.name)?;
        let before = all.len();
        let mut found: Vec<Todo> =
            all.into_iter().filter(|e| is_read(&e.name)).map(|e| Todo::Zipped(archive.within(&e.name), e)).collect();
        self.left_out += before - found.len();
        if found.is_empty() {
            return Err(SourceError::FolderWithoutArticles { name: archive.name.clone() });
        }
        found.reverse();
        self.todo.append(&mut found);
        Ok(())
    }

    fn open_folder(&mut self, path: &Path, name: &str) -> Result<(), SourceError> {
        let mut found = Vec::new();
        for entry in fs::read_dir(path).map_err(|e| SourceError::io(name, e))? {
            let entry = entry.map_err(|e| SourceError::io(name, e))?;
            if !entry.file_name().as_encoded_bytes().starts_with(b".") {
                found.push(entry.path());
            }
        }
        found.sort_unstable_by(|a, b| b.file_name().cmp(&a.file_name()));
        self.todo.extend(found.into_iter().map(Todo::Found));
        Ok(())
    }

    fn open_stream(
        &mut self,
        name: String,
        reader: Box<dyn Read + Send>,
        format: Option<Format>,
        packings: usize,
    ) -> Result<Option<Item>, SourceError> {
        let mut reader = BufReader::with_capacity(64 * 1024, reader);
        let head = head(&mut reader).map_err(|e| SourceError::io(&name, e))?;
        if let Some(packing) = Packing::of(&head).filter(|_| packings < MAX_PACKINGS) {
            let unpacked = packing.unpack(io::Cursor::new(head).chain(reader)).map_err(|e| SourceError::io(&name, e))?;
            return self.open_stream(name, unpacked, format, packings + 1);
        }
        if let Some(what) = magic(&head) {
            return Err(SourceError::Binary { name, what });
        }
        let format = format.unwrap_or_else(|| Format::guess(&head));
        let reader = io::Cursor::new(head).chain(reader);
        let mut buffered = BufReader::with_capacity(128 * 1024, reader);
        match format {
            Format::Jsonl => {
                check_rows(&mut buffered, &name)?;
                self.records = Some(Box::new(Rows::new(name, Box::new(buffered), self.opts.clone())));
                return Ok(None);
            }
            Format::Csv => {
                check_rows(&mut buffered, &name)?;
                self.records = Some(Box::new(Table::new(name, buffered, self.opts.clone())));
                return Ok(None);
            }
            Format::Xml => {
                self.records = Some(Box::new(XmlArticles::new(name, buffered, self.opts.clone())));
                return Ok(None);
            }
            Format::Warc => {
                self.records = Some(Box::new(Warc::new(name, buffered, self.opts.clone())));
                return Ok(None);
            }
            Format::Text | Format::Html | Format::Json => {}
        }
        let mut bytes = Vec::new();
        buffered.take(MAX_ARTICLE_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|e| SourceError::io(&name, e))?;
        if bytes.len() > MAX_ARTICLE_BYTES {
            return Err(SourceError::TooLarge { name });
        }
        if format == Format::Json {
            return self.json(name, bytes).map(|()| None);
        }
        let article = self.whole(name, &bytes, format)?;
        (self.record, self.whole) = (1, true);
        Ok(Some(Item::Article(article)))
    }

    /// A JSON document: ninjs, a JSON Feed, one row or a list of rows; what is none of these is read as lines.
    fn json(&mut self, name: String, bytes: Vec<u8>) -> Result<(), SourceError> {
        let text = match try_decode(&bytes, None, self.opts.tld()) {
            Ok(decoded) => decoded.text,
            Err(NoText::Binary(what)) => return Err(SourceError::Binary { name, what }),
            Err(NoText::Broken { encoding, at }) => return Err(SourceError::Undecodable { name, encoding, at }),
        };
        if text.trim().is_empty() {
            return Err(SourceError::Empty { name });
        }
        let items = match serde_json::from_str(&text) {
            Ok(serde_json::Value::Object(o)) => json_articles(&o, &name, &self.opts)
                .unwrap_or_else(|| vec![row_of(serde_json::Value::Object(o), name.clone(), 1, &self.opts)]),
            Ok(serde_json::Value::Array(all)) => (1..)
                .zip(all)
                .flat_map(|(n, v)| {
                    let of = v.as_object().and_then(|o| json_articles(o, &format!("{name}:{n}"), &self.opts));
                    of.unwrap_or_else(|| vec![row_of(v, name.clone(), n, &self.opts)])
                })
                .collect(),
            _ => {
                let reader = Box::new(io::Cursor::new(text.into_bytes()));
                self.records = Some(Box::new(Rows::new(name, reader, self.opts.clone())));
                return Ok(());
            }
        };
        self.records = Some(Box::new(items.into_iter()));
        Ok(())
    }

    /// An article that is a whole file.
    fn whole(&self, name: String, bytes: &[u8], format: Format) -> Result<Article, SourceError> {
        if format == Format::Html {
            return self.page(name, bytes);
        }
        let text = match try_decode(bytes, None, self.opts.tld()) {
            Ok(decoded) => decoded.text,
            Err(NoText::Binary(what)) => return Err(SourceError::Binary { name, what }),
            Err(NoText::Broken { encoding, at }) => return Err(SourceError::Undecodable { name, encoding, at }),
        };
        if text.trim().is_empty() {
            return Err(SourceError::Empty { name });
        }
        let meta = ArticleMeta { source_id: name.clone(), ..Default::default() };
        Ok(Article { meta: self.opts.fill(meta), text })
    }

    fn page(&self, name: String, bytes: &[u8]) -> Result<Article, SourceError> {
        read_page(&name, bytes, None, &self.opts)
    }
}

/// The article of a page that was fetched; `charset` is what the server says of it.
pub fn read_page(name: &str, bytes: &[u8], charset: Option<&str>, opts: &ReadOptions) -> Result<Article, SourceError> {
    let html = decode_page(bytes, charset, opts.tld()).map_err(|what| SourceError::Binary { name: name.to_owned(), what })?;
    page_article(name.to_owned(), &html, opts)
}

/// The article of a page in text, with what the user says filled in.
pub(crate) fn page_article(name: String, html: &str, opts: &ReadOptions) -> Result<Article, SourceError> {
    if html.trim().is_empty() {
        return Err(SourceError::Empty { name });
    }
    let page = extract_page_at(html, opts.url.as_deref()).ok_or_else(|| match is_monstrous(html) {
        true => SourceError::Tangled { name: name.clone() },
        false => SourceError::NoArticle { name: name.clone() },
    })?;
    Ok(Article { text: page.text.clone(), meta: opts.fill(page.meta(name)) })
}

impl Items {
    fn advance(&mut self, mut before: Option<Asked<'_>>) -> Option<Item> {
        loop {
            if let Some(records) = &mut self.records {
                while self.pass > 0 && records.pass() {
                    self.pass -= 1;
                }
                match records.next() {
                    Some(item) => {
                        self.record += 1;
                        return Some(item);
                    }
                    None => {
                        self.records = None;
                        self.ended.extend(self.place());
                        // A file that gave fewer records than were said to be known takes none of the next one.
                        if before.is_some() {
                            self.pass = 0;
                        }
                    }
                }
            }
            self.input = None;
            let before = before.as_mut().map(|ask| &mut **ask as Asked<'_>);
            let (source_id, result) = match self.todo.pop() {
                Some(Todo::Named(p)) => (p.display().to_string(), self.visit(p, true, before)),
                Some(Todo::Found(p)) => (p.display().to_string(), self.visit(p, false, before)),
                Some(Todo::Zipped(input, entry)) => {
                    let name = input.name.clone();
                    if self.enter(input, before) {
                        continue;
                    }
                    let opened = entry.open().map_err(|e| SourceError::io(&name, e));
                    let format = Format::of(Path::new(&entry.name));
                    (name.clone(), opened.and_then(|r| self.open_stream(name, r, format, 0)))
                }
                Some(Todo::Stream(name, reader, format)) => (name.clone(), self.open_stream(name, reader, format, 0)),
                None => {
                    let name = self.barren.take()?;
                    return Some(Item::Error { source_id: name.clone(), error: SourceError::FolderWithoutArticles { name } });
                }
            };
            match result {
                Ok(Some(item)) => return Some(item),
                Ok(None) => {}
                Err(error) => {
                    self.barren = None;
                    self.record = 0;
                    return Some(Item::Error { source_id, error });
                }
            }
        }
    }
}

impl Iterator for Items {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        self.advance(None)
    }
}

/// True for a file within an archive that is read: of a known kind, and no leftover of the system that packed it.
fn is_read(name: &str) -> bool {
    let path = Path::new(name);
    let hidden = path.components().any(|c| c.as_os_str().as_encoded_bytes().starts_with(b".") || c.as_os_str() == "__MACOSX");
    !hidden && Format::of(path).is_some() && !is_about_the_folder(path)
}

/// A README tells of the folder that it lies in; it is no report.
fn is_about_the_folder(path: &Path) -> bool {
    path.file_stem().is_some_and(|s| s.eq_ignore_ascii_case("readme"))
}

/// The first bytes, which are handed on again.
fn head(reader: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    match reader.take(HEAD).read_to_end(&mut head) {
        // What can be read is read; the error comes again behind it.
        Err(e) if head.is_empty() => Err(e),
        _ => Ok(head),
    }
}

/// Refuses a file as a whole where every line of it would be an error.
fn check_rows(reader: &mut impl BufRead, name: &str) -> Result<(), SourceError> {
    let head = reader.fill_buf().map_err(|e| SourceError::io(name, e))?;
    if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        return Err(SourceError::Undecodable { name: name.to_owned(), encoding: "UTF-8", at: 0 });
    }
    if head.contains(&0) {
        return Err(SourceError::Binary { name: name.to_owned(), what: "it holds zero bytes" });
    }
    Ok(())
}
