//! Whole inputs: folders, encodings, and everything that can be wrong with a file.

use std::{
    fs,
    io::{self, Read, Write},
    path::Path,
};

use haberdar_sources::{Format, Item, ReadOptions, read_path, read_reader};

/// What came out, an entry an item: the id and the text, or the id and the error's code.
fn read(path: &Path) -> Vec<String> {
    show(path, read_path(path, &ReadOptions::default()))
}

fn show(root: &Path, items: impl Iterator<Item = Item>) -> Vec<String> {
    let short = |id: &str| id.replace(&root.display().to_string(), "").trim_start_matches('/').to_owned();
    let line = |item| match item {
        Item::Article(a) => format!("{}: {}", short(&a.meta.source_id), a.text),
        Item::Error { source_id, error } => format!("{}: !{}", short(&source_id), error.code()),
    };
    items.map(line).collect()
}

#[test]
fn a_folder_is_read_in_order_and_nothing_stops_it() {
    let dir = tempfile::tempdir().expect("a folder");
    let put = |name: &str, bytes: &[u8]| {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, bytes).expect("a file");
    };
    put("b.txt", "Görüştü.".as_bytes());
    put("a.txt", b"");
    put("c/z.md", b"\xEF\xBB\xBFNot");
    put("c/y.txt", b"\x00\x01\x02");
    put("rows.jsonl", b"{\"id\":\"1\",\"text\":\"x\"}\nnonsense\n{\"id\":3,\"text\":\"y\"}\n");
    put("photo.png", b"\x89PNG");
    put(".hidden.txt", b"no");
    put(".git/config.txt", b"no");
    put("eski.txt", b"D\xFD\xFEi\xFEleri Bakan\xFD g\xF6r\xFC\xFEt\xFC.");
    let mut items = read_path(dir.path(), &ReadOptions::default());
    let shown = show(dir.path(), items.by_ref());
    let want = [
        "a.txt: !empty",
        "b.txt: Görüştü.",
        "c/y.txt: !binary",
        "c/z.md: Not",
        "eski.txt: Dışişleri Bakanı görüştü.",
        "1: x",
        "rows.jsonl:2: !bad_row",
        "3: y",
    ];
    assert_eq!(shown, want);
    assert_eq!(items.left_out(), 1);
}

#[test]
fn what_is_not_there_is_said() {
    let dir = tempfile::tempdir().expect("a folder");
    assert_eq!(read(&dir.path().join("yok.txt")), [": !missing"]);
    assert_eq!(read(dir.path()), [": !folder_without_articles"]);
    fs::create_dir(dir.path().join("in")).expect("a folder");
    fs::write(dir.path().join("in/table.xlsx"), "a,b").expect("a file");
    assert_eq!(read(dir.path()), [": !folder_without_articles"]);
    let Some(Item::Error { error, .. }) = read_path(&dir.path().join("yok.txt"), &ReadOptions::default()).next() else {
        panic!()
    };
    assert!(error.to_string().contains("yok.txt: no such file"), "{error}");
}

#[test]
fn a_named_file_of_another_kind_is_told_by_its_content() {
    let dir = tempfile::tempdir().expect("a folder");
    let put = |name: &str, bytes: &[u8]| fs::write(dir.path().join(name), bytes).expect("a file");
    put("report", b"Met.");
    put("rows.log", b"{\"id\":\"7\",\"text\":\"x\"}");
    put("a.pdf", b"%PDF-1.4 ...");
    assert_eq!(read(&dir.path().join("report")), [": Met."]);
    assert_eq!(read(&dir.path().join("rows.log")), ["7: x"]);
    assert_eq!(read(&dir.path().join("a.pdf")), [": !binary"]);
}

#[test]
fn what_the_user_says_fills_the_gaps() {
    let rows = "{\"id\":1,\"text\":\"x\",\"publisher\":\"Kendi\",\"lang\":\"en\"}\n{\"id\":2,\"text\":\"y\",\"published\":\"2020-01-01\"}";
    let opts = ReadOptions {
        language: Some(haberdar_model::Language::Tr),
        published: "2024-03-01".parse().ok(),
        publisher: Some("Öbür".into()),
        url: None,
        title: Some("Başlık".into()),
        columns: Vec::new(),
    };
    let metas: Vec<_> = read_reader("-", rows.as_bytes(), None, &opts)
        .filter_map(Item::article)
        .map(|a| {
            let m = a.meta;
            format!("{:?} {:?} {:?} {:?}", m.publisher, m.language, m.published.map(|d| d.to_string()), m.title)
        })
        .collect();
    assert_eq!(
        metas,
        [
            r#"Some("Kendi") Some(En) Some("2024-03-01") Some("Başlık")"#,
            r#"Some("Öbür") Some(Tr) Some("2020-01-01") Some("Başlık")"#,
        ]
    );
}

#[test]
fn a_page_is_an_article() {
    let page = "<html lang=en><head><meta charset=windows-1254><title>T</title></head><body><article><p>The ministers met in \
                Ankara on Friday and discussed trade, energy and regional questions at length.</p></article></body></html>";
    let items: Vec<_> = read_reader("p", page.as_bytes(), None, &ReadOptions::default()).collect();
    let [Item::Article(a)] = &items[..] else { panic!("{items:?}") };
    assert!(a.text.starts_with("The ministers met in Ankara"), "{}", a.text);
    assert_eq!(a.meta.language, Some(haberdar_model::Language::En));
}

/// Fifty megabytes without a line end, between two good rows.
struct Flood {
    head: io::Cursor<Vec<u8>>,
    left: usize,
    tail: io::Cursor<Vec<u8>>,
}

impl Read for Flood {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        match self.head.read(buf)? {
            0 if self.left > 0 => {
                let n = buf.len().min(self.left);
                buf[..n].fill(b'a');
                self.left -= n;
                Ok(n)
            }
            0 => self.tail.read(buf),
            n => Ok(n),
        }
    }
}

#[test]
fn a_line_of_fifty_megabytes_is_left_out() {
    let flood = Flood {
        head: io::Cursor::new(b"{\"id\":\"1\",\"text\":\"x\"}\n{\"id\":\"2\",\"text\":\"".to_vec()),
        left: 50 << 20,
        tail: io::Cursor::new(b"\"}\n{\"id\":\"3\",\"text\":\"z\"}\n".to_vec()),
    };
    let items = read_reader("flood", flood, Some(Format::Jsonl), &ReadOptions::default());
    assert_eq!(show(Path::new("-"), items), ["1: x", "flood:2: !line_too_long", "3: z"]);
    let mut file = tempfile::Builder::new().suffix(".txt").tempfile().expect("a file");
    file.write_all(&vec![b'a'; (16 << 20) + 1]).expect("room");
    assert_eq!(read(file.path()), [": !too_large"]);
}
