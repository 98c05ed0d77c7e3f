//! Every format, plain and compressed, one test a format: what comes out, in a line an item.

use std::{
    fs,
    io::{Cursor, Read, Write},
};

use flate2::{Compression, write::GzEncoder};
use haberdar_sources::{Format, Item, ReadOptions, read_path, read_reader};

fn lines(items: impl Iterator<Item = Item>) -> Vec<String> {
    let show = |item| match item {
        Item::Article(a) => {
            let m = a.meta;
            let day = m.published.map(|d| d.to_string()).unwrap_or_default();
            let [title, url, publisher] = [m.title, m.url, m.publisher].map(Option::unwrap_or_default);
            format!("{}|{title}|{url}|{publisher}|{day}|{}", m.source_id, a.text.replace('\n', "/"))
        }
        Item::Error { source_id, error } => format!("{source_id}|!{}", error.code()),
    };
    items.map(show).collect()
}

fn read(name: &str, bytes: impl Into<Vec<u8>>) -> Vec<String> {
    lines(read_reader(name, Cursor::new(bytes.into()), None, &ReadOptions::default()))
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    out.write_all(bytes).expect("in memory");
    out.finish().expect("in memory")
}

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="m"><channel>
<title>Örnek Haber</title><language>tr</language><image><title>logo</title></image>
<item><title>Zirve &amp; sonrası</title><link>https://ornek.example/1</link><guid isPermaLink="false">g1</guid><pubDate>Thu, 26 Nov 2026 23:30:00 +0300</pubDate>
<description>Kısa.</description><content:encoded><![CDATA[<p>Bakanlar görüştü.</p><p>Açıklama&nbsp;yapıldı.</p>]]></content:encoded><media:title>foto</media:title></item>
<item><title>Yalnız adres</title><link>https://ornek.example/2</link></item></channel></rss>"#;

#[test]
fn rss() {
    let want = [
        "g1|Zirve & sonrası|https://ornek.example/1|Örnek Haber|2026-11-26|Bakanlar görüştü./Açıklama yapıldı.",
        "https://ornek.example/2|!no_text",
    ];
    assert_eq!(read("f.xml", RSS), want);
    let (old, _, _) = encoding_rs::WINDOWS_1254.encode(RSS);
    let old = String::from_utf8_lossy(&old).replace('\u{FFFD}', "");
    assert!(old.contains("UTF-8"));
    let turkish = RSS.replace("UTF-8", "iso-8859-9");
    assert_eq!(read("f.xml", encoding_rs::WINDOWS_1254.encode(&turkish).0.into_owned()), want);
}

#[test]
fn atom() {
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title type="text">Courier</title><entry><id>urn:1</id><title>Summit</title>
        <link rel="self" href="https://c.example/self"/><link href="https://c.example/1"/><published>2026-03-05T00:10:00+03:00</published><updated>2026-03-09T00:00:00Z</updated>
        <author><name>Jane Doe</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Ministers <b>met</b>.</p><p>They left.</p></div></content></entry></feed>"#;
    assert_eq!(read("a.atom", atom), ["urn:1|Summit|https://c.example/1|Courier|2026-03-05|Ministers met./They left."]);
}

#[test]
fn sitemaps_name_addresses() {
    let map = r#"<urlset xmlns:news="n"><url><loc>https://c.example/1</loc><news:news><news:publication><news:name>Courier</news:name><news:language>en</news:language></news:publication>
        <news:publication_date>2026-03-05</news:publication_date><news:title>Summit</news:title></news:news></url></urlset>"#;
    assert_eq!(read("s.xml", map), ["https://c.example/1|!no_text"]);
    let (entries, error) = haberdar_sources::entries("s.xml", map.as_bytes());
    assert!(error.is_none());
    assert_eq!(entries[0].title.as_deref(), Some("Summit"));
    assert_eq!((entries[0].published.as_deref(), entries[0].publisher.as_deref()), (Some("2026-03-05"), Some("Courier")));
}

#[test]
fn newsml_and_nitf() {
    let nitf = r#"<nitf><head><title>t</title><docdata><doc-id id-string="d9"/><date.issue norm="20260305T101500+0300"/></docdata></head><body><body.head><hedline><hl1>Zirve</hl1></hedline></body.head><body.content><p>Bakanlar görüştü.</p><p>Gittiler.</p></body.content></body></nitf>"#;
    assert_eq!(read("n.xml", nitf), ["d9|Zirve|||2026-03-05|Bakanlar görüştü./Gittiler."]);
    let g2 = format!(
        r#"<?xml version="1.0"?><newsMessage><itemSet><newsItem guid="urn:g2" xml:lang="tr"><itemMeta><provider literal="AA"/><versionCreated>2026-03-06T10:00:00+03:00</versionCreated><firstCreated>2026-03-05T10:00:00+03:00</firstCreated></itemMeta><contentMeta><headline>Zirve</headline></contentMeta><contentSet><inlineXML contenttype="application/nitf+xml">{nitf}</inlineXML></contentSet></newsItem>
        <newsItem guid="urn:h"><contentMeta><headline>H</headline></contentMeta><contentSet><inlineXML><html><body><p>Bir.</p><p>İki.</p></body></html></inlineXML></contentSet></newsItem></itemSet></newsMessage>"#
    );
    assert_eq!(read("g2.xml", g2), ["urn:g2|Zirve||AA|2026-03-05|Bakanlar görüştü./Gittiler.", "urn:h|H||||Bir./İki."]);
}

#[test]
fn ninjs_of_all_versions_and_json_feed() {
    let one = r#"{"uri":"urn:1","headline":"Zirve","versioncreated":"2026-03-05T10:00:00Z","language":"tr","body_text":"Bakanlar görüştü."}"#;
    assert_eq!(read("1.json", one), ["urn:1|Zirve|||2026-03-05|Bakanlar görüştü."]);
    let three = "{\n\"uri\":\"urn:3\",\"headlines\":[{\"role\":\"main\",\"value\":\"Summit\"}],\"versionCreated\":\"2026-03-05T10:00:00Z\",\"bodies\":[{\"role\":\"main\",\"contentType\":\"text/html\",\"value\":\"<p>They met.</p><p>They left.</p>\"}],\"infoSources\":[{\"name\":\"Reuters\"}]\n}";
    assert_eq!(read("3.json", three), ["urn:3|Summit||Reuters|2026-03-05|They met./They left."]);
    let feed = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Courier","items":[{"id":"a","url":"https://c.example/a","title":"A","content_html":"<p>One.</p>","date_published":"2026-03-05T10:00:00+03:00"},{"id":"b","content_text":"Two."}]}"#;
    assert_eq!(read("feed.json", feed), ["a|A|https://c.example/a|Courier|2026-03-05|One.", "b|||Courier||Two."]);
    let list = lines(read_reader(
        "l.json",
        Cursor::new(r#"[{"id":1,"text":"x"},{"id":2},3]"#),
        Some(Format::Json),
        &ReadOptions::default(),
    ));
    assert_eq!(list, ["1|||||x", "2|!row_without_text", "l.json:3|!bad_row"]);
}

#[test]
fn tables() {
    let dir = tempfile::tempdir().expect("a folder");
    let table = |name: &str, bytes: &[u8], columns: &[(&str, &str)]| {
        let path = dir.path().join(name);
        fs::write(&path, bytes).expect("a file");
        let columns = columns.iter().map(|(f, c)| ((*f).to_owned(), (*c).to_owned())).collect();
        let shown = lines(read_path(&path, &ReadOptions { columns, ..Default::default() }));
        shown.into_iter().map(|l| l.replace(&format!("{}/", dir.path().display()), "")).collect::<Vec<_>>()
    };
    let csv = "id,headline,body,date\n1,Zirve,\"Bakanlar, görüştü.\nGittiler.\",26.11.2026\n2,,,\n";
    assert_eq!(table("a.csv", csv.as_bytes(), &[]), ["1|Zirve|||2026-11-26|Bakanlar, görüştü./Gittiler.", "a.csv:2|!no_text"]);
    let turkish = "\u{FEFF}başlık;metin;kaynak;tarih\nZirve;Görüştüler.;Gazete;2026-11-26\n";
    assert_eq!(table("b.csv", turkish.as_bytes(), &[]), ["b.csv:1|Zirve||Gazete|2026-11-26|Görüştüler."]);
    let legacy = encoding_rs::WINDOWS_1254
        .encode("baslik\tmetin\nGörüşme\tDışişleri Bakanı görüştü, ilişkiler güçleniyor.\n")
        .0
        .into_owned();
    assert_eq!(table("c.tsv", &legacy, &[]), ["c.tsv:1|Görüşme||||Dışişleri Bakanı görüştü, ilişkiler güçleniyor."]);
    assert_eq!(table("d.csv", b"x,y\n1,2\n", &[]), ["d.csv|!no_text_column"]);
    assert_eq!(table("d.csv", b"x,y\n1,2\n", &[("text", "y")]), ["d.csv:1|||||2"]);
    assert_eq!(table("e.csv", b"", &[]), ["e.csv|!empty"]);
}

fn record(kind: &str, url: &str, body: &str) -> String {
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n",
        body.len()
    )
}

fn page(n: usize) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html lang=tr><head><title>Zirve {n}</title></head><body><article><p>Bakanlar Ankara'da {n}. kez bir araya geldi ve iki ülke arasındaki ilişkileri ele aldı.</p></article></body></html>"
    )
}

fn warc(n: usize) -> Vec<u8> {
    let mut out = gz(b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 2\r\n\r\nok\r\n\r\n");
    for i in 0..n {
        out.extend(gz(record("request", "https://o.example/", "GET / HTTP/1.1").as_bytes()));
        out.extend(gz(record("response", &format!("https://o.example/2026/11/26/{i}"), &page(i)).as_bytes()));
    }
    out.extend(gz(
        record("response", "https://o.example/x", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>no").as_bytes()
    ));
    out
}

#[test]
fn warc_archives_and_where_to_go_on() {
    let all = read("w.warc.gz", warc(5));
    assert_eq!(all.len(), 5);
    assert!(
        all[2].starts_with("w.warc.gz:7|Zirve 2|https://o.example/2026/11/26/2||2026-11-26|Bakanlar Ankara'da 2. kez"),
        "{}",
        all[2]
    );
    let rest = read_reader("w.warc.gz", Cursor::new(warc(5)), None, &ReadOptions::default()).pass_over(3);
    assert_eq!(lines(rest), all[3..]);
    let chunked = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n1a\r\n<p>Bakanlar Ankara'da bir \r\n15\r\naraya geldi yine.</p>\r\n0\r\n\r\n";
    assert_eq!(
        read("c.warc", record("response", "https://o.example/", chunked)),
        ["c.warc:1||https://o.example/|||Bakanlar Ankara'da bir araya geldi yine."]
    );
}

#[test]
fn compressed_files_archives_and_patterns() {
    let dir = tempfile::tempdir().expect("a folder");
    let put = |name: &str, bytes: &[u8]| fs::write(dir.path().join(name), bytes).expect("a file");
    put("a.txt.gz", &gz("Görüştü.".as_bytes()));
    put("b.jsonl.zst", &zstd::encode_all(&b"{\"id\":1,\"text\":\"x\"}\n{\"id\":2,\"text\":\"y\"}\n"[..], 3).expect("in memory"));
    let shown = |path: &str| {
        let all = lines(read_path(&dir.path().join(path), &ReadOptions::default()));
        all.into_iter().map(|l| l.replace(&format!("{}/", dir.path().display()), "")).collect::<Vec<_>>()
    };
    assert_eq!(shown(""), ["a.txt.gz|||||Görüştü.", "1|||||x", "2|||||y"]);
    assert_eq!(shown("*.gz"), ["a.txt.gz|||||Görüştü."]);
    assert_eq!(read("-", gz(&gz(b"Met."))), ["-|||||Met."]);
    put(
        "z.zip",
        &zip_of(&[
            ("b/2.txt", b"Two."),
            ("a.html", b"<p>One met the other."),
            ("b/photo.png", b"x"),
            ("__MACOSX/b.txt", b"no"),
            ("c.jsonl", b"{\"id\":3,\"text\":\"z\"}"),
        ]),
    );
    assert_eq!(shown("z.zip"), ["z.zip/a.html|||||One met the other.", "z.zip/b/2.txt|||||Two.", "3|||||z"]);
}

/// A ZIP archive with deflated entries, written by hand as the crate that reads is built without a writer.
fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let mut packed = Vec::new();
        flate2::read::DeflateEncoder::new(*bytes, Compression::fast()).read_to_end(&mut packed).expect("in memory");
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        let mut shared = vec![20, 0, 0, 0, 8, 0, 0, 0, 0, 0];
        shared.extend(crc.sum().to_le_bytes());
        shared.extend((packed.len() as u32).to_le_bytes());
        shared.extend((bytes.len() as u32).to_le_bytes());
        shared.extend((name.len() as u16).to_le_bytes());
        shared.extend([0, 0]);
        let at = out.len() as u32;
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&shared);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&shared);
        out.extend(name.as_bytes());
        out.extend(packed);
    }
    let at = out.len() as u32;
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend((files.len() as u16).to_le_bytes());
    out.extend((files.len() as u16).to_le_bytes());
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0, 0]);
    out
}

/// So many bytes of one kind, without holding them.
struct Zeros(u64, u8);

impl Read for Zeros {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        let n = self.0.min(buf.len() as u64) as usize;
        buf[..n].fill(self.1);
        self.0 -= n as u64;
        Ok(n)
    }
}

fn bomb(prefix: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::best());
    out.write_all(prefix).expect("in memory");
    std::io::copy(&mut Zeros(300 << 20, b' '), &mut out).expect("in memory");
    out.finish().expect("in memory")
}

#[test]
fn bombs_are_stopped() {
    assert_eq!(read("b.jsonl.gz", bomb(b"{\"id\":1,\"text\":\"x\"}\n")).last().map(String::as_str), Some("b.jsonl.gz:1|!bomb"));
    assert_eq!(read("b.txt.gz", bomb(b"Met.")), ["b.txt.gz|!too_large"]);
    let small = zstd::encode_all(Zeros(300 << 20, b'a'), 3).expect("in memory");
    assert_eq!(read("b.zst", small), ["b.zst|!too_large"]);
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("z.zip");
    fs::write(&path, zip_of(&[("a.txt", &vec![b'a'; 40 << 20]), ("b.txt", b"Met.")])).expect("a file");
    let codes: Vec<String> = lines(read_path(&path, &ReadOptions::default()))
        .iter()
        .map(|l| l.rsplit('|').next().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(codes, ["!too_large", "Met."]);
}

#[test]
fn broken_archives_say_where() {
    let mut cut = warc(3);
    cut.truncate(cut.len() / 2);
    let items = read("w.warc.gz", cut);
    assert!(items.len() >= 2 && items.last().is_some_and(|l| l.ends_with("!broken")), "{items:?}");
    let claim = "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 10000000000\r\n\r\nHTTP/1.1 200 OK\r\n";
    let items: Vec<Item> = read_reader("w.warc", Cursor::new(claim), None, &ReadOptions::default()).collect();
    let [Item::Error { error, .. }] = &items[..] else { panic!("{items:?}") };
    assert!(error.to_string().contains("a record claims 10000000000 bytes, and the file ends after 17"), "{error}");
    assert!(read("w.warc", "WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\nnonsense\r\n")[0].ends_with("!broken"));
    assert!(read("f.xml", "<rss><channel><item><title>x</title>")[0].ends_with("!broken"));
    assert!(read("f.xml", "<rss><channel>".to_owned() + &"<item>".repeat(100_000))[0].ends_with("!broken"));
    assert_eq!(read("f.xml", "<rss><channel></channel></rss>"), ["f.xml|!no_text"]);
}

#[test]
fn records_that_never_end_are_bounded() {
    let quote = Cursor::new(b"text\n\"".to_vec()).chain(Zeros(60 << 20, b'a'));
    let codes = lines(read_reader("t.csv", quote, Some(Format::Csv), &ReadOptions::default()));
    assert_eq!(codes, ["t.csv:1|!too_large"]);
    let entry = Cursor::new(b"<rss><channel><item><title>".to_vec()).chain(Zeros(60 << 20, b'a'));
    assert_eq!(lines(read_reader("t.xml", entry, Some(Format::Xml), &ReadOptions::default())), ["t.xml:1|!too_large"]);
    let header = Cursor::new(b"WARC/1.0\r\nX: ".to_vec()).chain(Zeros(60 << 20, b'a'));
    assert_eq!(lines(read_reader("t.warc", header, None, &ReadOptions::default())), ["t.warc:1|!broken"]);
    let line = Cursor::new(b"{\"text\":\"".to_vec()).chain(Zeros(10 << 20, b'a')).chain(Cursor::new(b"\"}\n{\"text\":\"y\"}\n"));
    let lines = lines(read_reader("t.jsonl", line, None, &ReadOptions::default()));
    assert_eq!(lines.len(), 2);
}

#[test]
fn hostile_pages_are_bounded() {
    let text = "Bakanlar Ankara'da bir araya geldi ve iki ülke arasındaki ilişkileri ele aldı.";
    let deep = format!("<html><body>{}<p>{text}</p>", "<div>".repeat(100_000));
    assert_eq!(read("deep.html", deep), ["deep.html|!tangled"]);
    let nul = format!("<html><head><title>Zir\0ve</title></head><body><article><p>{text}\0</p></article></body></html>");
    assert!(read("nul.html", nul)[0].contains(text));
    let script = format!(
        "<html><head><title>&lt;script&gt;alert(1)&lt;/script&gt; Zirve</title></head><body><article><p>{text}</p></article></body></html>"
    );
    assert!(read("script.html", script)[0].contains("<script>alert(1)</script> Zirve"));
    let wide = format!("<html><body><article><p>{}</p></article></body></html>", "a ".repeat(5 << 20));
    assert_eq!(read("wide.html", wide).len(), 1);
    let many = format!("<html><body>{}</body></html>", "<b>x</b>".repeat(900_000));
    assert_eq!(read("many.html", many), ["many.html|!tangled"]);
}
