//! The iterator over everything that a path or a stream holds.

use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

use haberdar_model::{Article, ArticleMeta};

use crate::{
    Format, Item, MAX_ARTICLE_BYTES, ReadOptions, SourceError,
    decode::{NoText, decode_page, magic, try_decode},
    jsonl::Rows,
    page::extract_page_at,
};

/// Bytes that are looked at to tell what a stream holds.
const HEAD: u64 = 8192;

/// Articles and errors in input order: a folder's in the sorted order of their names, whatever the file system says.
pub struct Items {
    opts: ReadOptions,
    /// What is still to be visited, the next one last.
    todo: Vec<Todo>,
    rows: Option<Rows>,
    /// The folder that was asked for, until it turns out to hold an article.
    barren: Option<String>,
    left_out: usize,
}

enum Todo {
    /// A path that the user named.
    Named(PathBuf),
    /// A path found in a folder.
    Found(PathBuf),
    Stream(String, Box<dyn Read + Send>, Option<Format>),
}

/// Reads a file, or a folder with all its folders.
pub fn read_path(path: &Path, opts: &ReadOptions) -> Items {
    Items::new(Todo::Named(path.to_owned()), opts)
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
        Items { opts: opts.clone(), todo: vec![todo], rows: None, barren: None, left_out: 0 }
    }

    /// Files (and links to folders) in folders that were passed over so far, because they are of no kind that is read, or a README.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    fn visit(&mut self, path: PathBuf, named: bool) -> Result<Option<Item>, SourceError> {
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
        if !named && (format.is_none() || !meta.is_file() || is_about_the_folder(&path)) {
            self.left_out += 1;
            return Ok(None);
        }
        self.barren = None;
        let file = File::open(&path).map_err(|e| SourceError::io(&name, e))?;
        self.open_stream(name, Box::new(file), format)
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
    ) -> Result<Option<Item>, SourceError> {
        let mut reader = BufReader::with_capacity(64 * 1024, reader);
        let head = head(&mut reader).map_err(|e| SourceError::io(&name, e))?;
        if let Some(what) = magic(&head) {
            return Err(SourceError::Binary { name, what });
        }
        let format = format.unwrap_or_else(|| Format::guess(&head));
        let reader = io::Cursor::new(head).chain(reader);
        if format == Format::Jsonl {
            let mut reader = BufReader::with_capacity(64 * 1024, reader);
            check_rows(&mut reader, &name)?;
            self.rows = Some(Rows::new(name, Box::new(reader), self.opts.clone()));
            return Ok(None);
        }
        let mut bytes = Vec::new();
        reader.take(MAX_ARTICLE_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|e| SourceError::io(&name, e))?;
        if bytes.len() > MAX_ARTICLE_BYTES {
            return Err(SourceError::TooLarge { name });
        }
        self.whole(name, &bytes, format).map(|a| Some(Item::Article(a)))
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
        let html = decode_page(bytes, self.opts.tld()).map_err(|what| SourceError::Binary { name: name.clone(), what })?;
        page_article(name, &html, &self.opts)
    }
}

/// The article of a page in text, with what the user says filled in.
pub(crate) fn page_article(name: String, html: &str, opts: &ReadOptions) -> Result<Article, SourceError> {
    if html.trim().is_empty() {
        return Err(SourceError::Empty { name });
    }
    let page = extract_page_at(html, opts.url.as_deref()).ok_or(SourceError::NoArticle { name: name.clone() })?;
    Ok(Article { text: page.text.clone(), meta: opts.fill(page.meta(name)) })
}

impl Iterator for Items {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(rows) = &mut self.rows {
                match rows.next() {
                    Some(item) => return Some(item),
                    None => self.rows = None,
                }
            }
            let (source_id, result) = match self.todo.pop() {
                Some(Todo::Named(p)) => (p.display().to_string(), self.visit(p, true)),
                Some(Todo::Found(p)) => (p.display().to_string(), self.visit(p, false)),
                Some(Todo::Stream(name, reader, format)) => (name.clone(), self.open_stream(name, reader, format)),
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
                    return Some(Item::Error { source_id, error });
                }
            }
        }
    }
}

/// A README tells of the folder that it lies in; it is no report.
fn is_about_the_folder(path: &Path) -> bool {
    path.file_stem().is_some_and(|s| s.eq_ignore_ascii_case("readme"))
}

/// The first bytes, which are handed on again.
fn head(reader: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    reader.take(HEAD).read_to_end(&mut head)?;
    Ok(head)
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
