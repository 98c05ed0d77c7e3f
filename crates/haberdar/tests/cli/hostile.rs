//! Inputs that were made to take all memory or all day: each is told in one message, in bounded time and memory, and what stands
//! beside it is read.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    process::Stdio,
    thread,
    time::{Duration, Instant},
};

use flate2::{Compression, write::GzEncoder};

use crate::folder::{Answer, Folder, text};

/// The most that any of them may take, without optimisation and beside other tests. Alone and optimised, each takes a few seconds.
const TIME: Duration = Duration::from_secs(240);

/// MB in memory. The models and tables of the program are some 150 of them.
const MEMORY: u64 = 900;

const GOOD: &str = "Fransa Cumhurbaşkanı Emmanuel Macron, Ankara'da Türkiye Cumhurbaşkanı ile bir araya geldi.\n";

/// Runs the binary and looks at how long it takes and at how much memory it holds at its worst (where the system tells).
#[track_caller]
pub(crate) fn bounded(folder: &Folder, args: &[&str]) -> Answer {
    let out = |name: &str| File::create(folder.path().join(name)).expect("room");
    let begun = Instant::now();
    let mut child =
        folder.command(args).stdout(Stdio::from(out("said"))).stderr(Stdio::from(out("complained"))).spawn().expect("it starts");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    let ended = loop {
        let told = fs::read_to_string(&status).unwrap_or_default();
        let high = told.lines().find_map(|l| l.strip_prefix("VmHWM:")).and_then(|l| l.trim().strip_suffix(" kB"));
        peak = high.and_then(|kb| kb.trim().parse::<u64>().ok()).map_or(peak, |kb| peak.max(kb / 1024));
        if let Some(status) = child.try_wait().expect("a process") {
            break status;
        }
        if begun.elapsed() > TIME || peak > MEMORY {
            child.kill().expect("a process");
            child.wait().expect("a process");
            panic!("haberdar {}: {:?} and {peak} MB, and no end", args.join(" "), begun.elapsed());
        }
        thread::sleep(Duration::from_millis(2));
    };
    let read = |name: &str| fs::read(folder.path().join(name)).expect("a file");
    Answer::new(args, std::process::Output { status: ended, stdout: read("said"), stderr: read("complained") })
}

/// The input, and a good one behind it: one message with the words, and the good one is read, both where articles are taken out and
/// where they go into the record.
#[track_caller]
fn refused(name: &str, content: &[u8], words: &[&str]) {
    let folder = Folder::with(name, content);
    folder.file("z.txt", GOOD);
    let taken = bounded(&folder, &["extract", name, "z.txt"]).exits(1);
    taken.complains(words);
    assert_eq!(taken.err.lines().count(), 1, "{}", taken.err);
    assert_eq!(text(taken.lines().last().expect("rows"), "/text"), GOOD, "{name}");
    let added = bounded(&folder, &["add", name, "z.txt"]).exits(1);
    added.complains(words);
    added.complains(&["1 new article, 0 already there, 1 failed"]);
}

/// The input is read, and this many articles come out of it.
#[track_caller]
fn read(name: &str, content: &[u8], articles: usize) -> Answer {
    let answer = bounded(&Folder::with(name, content), &["extract", name]);
    assert_eq!(answer.lines().iter().filter(|r| r.get("text").is_some()).count(), articles, "{name}: {}", answer.err);
    answer
}

/// So many bytes of one kind behind some others, packed.
fn bomb(head: &str, megabytes: u64, byte: u8) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::best());
    out.write_all(head.as_bytes()).expect("in memory");
    io::copy(&mut io::repeat(byte).take(megabytes << 20), &mut out).expect("in memory");
    out.finish().expect("in memory")
}

/// A small response of a feed that unpacks to more than anybody wants.
pub(crate) fn packed_feed() -> Vec<u8> {
    bomb("<rss><channel><item><title>", 300, b'a')
}

#[test]
fn packed_files_that_unpack_to_anything() {
    refused("a.jsonl.gz", &bomb("", 400, b'\n'), &["a.jsonl.gz", "unpacks to more than 500 times its size"]);
    refused("a.html.gz", &bomb("<p>Met.", 400, b' '), &["a.html.gz", "larger than 16 MB"]);
    refused("a.xml.gz", &packed_feed(), &["a.xml.gz", "larger than 16 MB"]);
    let twice = {
        let mut out = GzEncoder::new(Vec::new(), Compression::best());
        out.write_all(&bomb("", 1000, b'\n')).expect("in memory");
        out.finish().expect("in memory")
    };
    refused("b.jsonl.gz", &twice, &["b.jsonl.gz", "unpacks to more than 500 times its size"]);
}

/// A ZIP archive of one packed block under many names, as the most effective bombs are.
fn overlapping(names: usize) -> Vec<u8> {
    let mut packed = Vec::new();
    let mut deflate = flate2::read::DeflateEncoder::new(io::repeat(b'a').take(30 << 20), Compression::best());
    deflate.read_to_end(&mut packed).expect("in memory");
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    let shared = |name: &str| {
        let mut head = vec![20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        head.extend((packed.len() as u32).to_le_bytes());
        head.extend((30u32 << 20).to_le_bytes());
        head.extend((name.len() as u16).to_le_bytes());
        head.extend([0, 0]);
        head
    };
    out.extend(b"PK\x03\x04");
    out.extend(shared("00000.txt"));
    out.extend(b"00000.txt");
    out.extend(&packed);
    for i in 0..names {
        let name = format!("{i:05}.txt");
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(shared(&name));
        directory.extend([0; 10]);
        directory.extend([0; 4]);
        directory.extend(name.as_bytes());
    }
    let at = (out.len() as u32).to_le_bytes();
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend((names as u16).to_le_bytes());
    out.extend((names as u16).to_le_bytes());
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(at);
    out.extend([0, 0]);
    out
}

#[test]
fn an_archive_whose_entries_share_their_bytes() {
    let archive = overlapping(60_000);
    assert!(archive.len() < 4 << 20);
    refused("a.zip", &archive, &["a.zip", "00000.txt and 00001.txt share bytes, as in a compression bomb"]);
}

#[test]
fn web_archives_that_lie() {
    let record = |length: &str, body: &[u8]| {
        let head =
            format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {length}\r\n\r\n");
        [head.as_bytes(), body, b"\r\n\r\n"].concat()
    };
    let http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Met.";
    refused("a.warc", &record("10000000000", http), &["a record claims 10000000000 bytes, and the file ends after"]);
    refused("b.warc", &record("99999999999999999999999", http), &["b.warc", "a record does not say its length"]);
    // The answer of a server that is a bomb itself; what stands behind it is read.
    let packed = bomb("<p>Met.", 300, b' ');
    let body = [&b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"[..], &packed].concat();
    let page = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>{GOOD}");
    let archive = [record(&body.len().to_string(), &body), record(&page.len().to_string(), page.as_bytes())].concat();
    read("c.warc", &archive, 1).complains(&["c.warc, record 1", "larger than 16 MB"]);
}

#[test]
fn pages_that_tie_a_parser_up() {
    let many = |n: usize, part: fn(usize) -> String| (0..n).map(part).collect::<String>();
    let tangled: &[(&str, String)] = &[
        ("deep", "<div>".repeat(100_000)),
        ("attributes", format!("<p {}>", many(300_000, |i| format!("a{i} ")))),
        ("formatting", many(400, |i| format!("<b id={i}>")) + &"<p>x</p>".repeat(100_000)),
        ("order", "<a><b><i><div>".repeat(120) + &"<a><p></a></p>".repeat(50_000)),
        ("many", "<b>x</b>".repeat(900_000)),
    ];
    for (what, html) in tangled {
        let (name, page) = (format!("{what}.html"), format!("<html><body><h1>Zirve</h1>{html}<p>{GOOD}"));
        refused(&name, page.as_bytes(), &[&format!("{name}: the tags of the page are nested too deep"), "save its text as .txt"]);
    }
    let article = format!("<html><head>{{}}</head><body><article><h1>Zirve</h1><p>{GOOD}</p>{{}}</article></body></html>");
    let page = |head: &str, body: &str| article.replacen("{}", head, 1).replacen("{}", body, 1);
    let slow: &[(&str, String)] = &[
        ("times", page("", &format!("<div>{}</div>", "<time>x</time>".repeat(60_000)))),
        ("bodies", page("", &many(20_000, |i| format!("<div class=article-body><p>{i} {GOOD}</p></div>")))),
        ("nested bodies", page("", &("<div class=article-body>".repeat(400) + &many(5_000, |i| format!("<p>{i} {GOOD}</p>"))))),
        ("headline", page(&format!("<title>{}</title>", "a - ".repeat(1_000_000)), "")),
        (
            "broken JSON",
            page(
                &format!("<script type=application/ld+json>{{\"@type\":\"Article\" \"headline\":\"{}", "\\\"".repeat(2_000_000)),
                "",
            ) + "</script>",
        ),
        ("deep JSON", page(&format!("<script type=application/ld+json>{}</script>", "[".repeat(2_000_000)), "")),
    ];
    for (what, html) in slow {
        let answer = bounded(&Folder::with("a.html", html), &["extract", "a.html"]);
        assert!(matches!(answer.code, Some(0 | 1)) && !answer.err.contains("panicked"), "{what}: {}", answer.err);
        assert_eq!(answer.lines().len(), 1, "{what}");
    }
}

#[test]
fn rows_that_tie_a_parser_up() {
    let row = serde_json::json!({"id": "z", "text": GOOD}).to_string();
    let rows = |bad: String| format!("{bad}\n{row}\n").into_bytes();
    for bad in [
        "[".repeat(10 << 20),
        format!("{{\"text\":{}", "[".repeat(10 << 20)),
        format!("{{\"{}\":1}}", "k".repeat(10 << 20)),
        "x".repeat(20 << 20),
    ] {
        let answer = read("a.jsonl", &rows(bad), 1).exits(1);
        assert_eq!((answer.lines().len(), answer.err.lines().count()), (2, 1), "{}", answer.err);
    }
    // What begins with zero bytes is no text at all.
    read("a.jsonl", &rows("\0".repeat(10 << 20)), 0).exits(1).complains(&["not a text file (it holds zero bytes)"]);
    let long = serde_json::json!({"id": "long", "text": GOOD.repeat(110_000)}).to_string();
    assert!(long.len() > 10 << 20);
    read("a.jsonl", &rows(long), 2).exits(0);
    let laughs = |i: u8| format!("<!ENTITY {} \"{}\">", char::from(b'b' + i), format!("&{};", char::from(b'a' + i)).repeat(10));
    let entities: String = (0..20).map(laughs).collect();
    read("a.xml", format!("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\">{entities}]><rss><channel><item><title>&u;</title><description>{GOOD}&u;</description></item></channel></rss>").as_bytes(), 1);
    read("b.xml", "<a>".repeat(3_000_000).as_bytes(), 0).complains(&["nested more than a hundred deep"]);
    let columns = "c,".repeat(500_000);
    read("a.csv", format!("{columns}text\n{}{GOOD}", ",".repeat(500_000)).as_bytes(), 1);
}

#[test]
fn zero_bytes_and_scripts_in_what_is_said_of_a_report() {
    let row = serde_json::json!({
        "id": "a\0\u{1b}[31m", "title": "Zirve\0\u{1b}[2J <script>alert(1)</script>", "publisher": "\0Gazete\n", "url": "https://o.example/\0",
        "text": GOOD, "published": "2026-11-26",
    });
    let folder = Folder::with(
        "a.jsonl",
        row.to_string() + "\n" + &serde_json::json!({"id": "b", "text": format!("{GOOD}\0")}).to_string(),
    );
    let taken = bounded(&folder, &["extract", "a.jsonl"]).exits(1);
    taken.complains(&["a.jsonl, line 2: not a text file (the row's text holds control characters)"]);
    let rows = taken.lines();
    assert_eq!((text(&rows[0], "/id"), text(&rows[0], "/title")), ("a [31m", "Zirve [2J <script>alert(1)</script>"));
    assert_eq!((text(&rows[0], "/publisher"), text(&rows[0], "/url")), ("Gazete", "https://o.example/"));
    bounded(&folder, &["add", "a.jsonl"]).exits(1);
    for shown in [&["events"][..], &["stories"], &["events", "--format", "csv"], &["dossier", "FRA"]] {
        let answer = folder.run(shown).exits(0);
        assert!(!answer.out.contains(['\0', '\u{1b}']), "{shown:?}: {:?}", answer.out);
        assert!(shown[0] != "dossier" || !answer.out.contains("<script>alert"), "a title is no markup");
    }
}
