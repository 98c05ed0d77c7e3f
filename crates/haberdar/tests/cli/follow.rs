//! Feeds followed against a server of the test's own: asked politely, fetched once, lost never.

use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use rusqlite::Connection;
use serde_json::Value;

use crate::folder::{Answer, Folder, text};

/// What a path answers: status line and headers, then the body.
type Answers = Arc<Mutex<HashMap<String, (String, Vec<u8>)>>>;

type Asked = Arc<Mutex<Vec<(String, String, Instant)>>>;

/// A server that counts what it is asked for.
struct Server {
    port: u16,
    answers: Answers,
    /// Path, the value of `If-None-Match` or `If-Modified-Since`, and when.
    asked: Asked,
}

impl Server {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let server = Server { port, answers: Answers::default(), asked: Arc::default() };
        let (answers, asked) = (server.answers.clone(), server.asked.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answers, asked) = (answers.clone(), asked.clone());
                thread::spawn(move || answer(stream, &answers, &asked));
            }
        });
        server
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn put(&self, path: &str, head: &str, body: impl Into<Vec<u8>>) {
        self.answers.lock().expect("a lock").insert(path.to_owned(), (head.to_owned(), body.into()));
    }

    fn page(&self, path: &str, n: usize) {
        self.put(path, "200 OK\r\nContent-Type: text/html; charset=utf-8", article(n));
    }

    fn feed(&self, path: &str, items: &[(String, String)]) {
        let items: String = items
            .iter()
            .map(|(url, title)| format!("<item><title>{title}</title><link>{url}</link><guid>same</guid><pubDate>Thu, 26 Nov 2026 10:00:00 +0300</pubDate></item>"))
            .collect();
        let body = format!("<rss><channel><title>Örnek Haber</title>{items}</channel></rss>");
        self.put(path, "200 OK\r\nContent-Type: application/rss+xml\r\nETag: \"v1\"", body);
    }

    fn asked(&self, path: &str) -> usize {
        self.asked.lock().expect("a lock").iter().filter(|(p, ..)| p == path).count()
    }
}

fn article(n: usize) -> String {
    format!(
        "<html lang=tr><head><title>Zirve {n}</title></head><body><article><h1>Zirve {n}</h1><p>Fransa Cumhurbaşkanı Emmanuel Macron, Ankara'da {n}. kez Türkiye Cumhurbaşkanı ile bir araya geldi.</p><p>Görüşmede iki ülke arasındaki ilişkiler ele alındı.</p></article></body></html>"
    )
}

fn answer(mut stream: TcpStream, answers: &Answers, asked: &Asked) {
    let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
        let mut mark = String::new();
        loop {
            line.clear();
            if reader.read_line(&mut line).unwrap_or(0) == 0 || line.trim().is_empty() {
                break;
            }
            if let Some((_, value)) = line
                .split_once(':')
                .filter(|(k, _)| ["if-none-match", "if-modified-since"].contains(&k.to_ascii_lowercase().as_str()))
            {
                mark = value.trim().to_owned();
            }
        }
        asked.lock().expect("a lock").push((path.clone(), mark.clone(), Instant::now()));
        let found = answers.lock().expect("a lock").get(&path).cloned();
        let (head, body) = found.unwrap_or_else(|| ("404 Not Found".to_owned(), Vec::new()));
        let sent = if head == "slow" {
            let _ = write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n");
            (0..100).try_for_each(|_| {
                thread::sleep(Duration::from_millis(100));
                stream.write_all(b"x")
            })
        } else if head == "endless" {
            let _ =
                write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nConnection: close\r\n\r\n<rss><channel>");
            (0..u64::MAX).try_for_each(|i| write!(stream, "<item><title>{i}</title></item>{}", " ".repeat(4000)))
        } else if !mark.is_empty()
            && (head.contains(&format!("ETag: {mark}")) || head.contains(&format!("Last-Modified: {mark}")))
        {
            write!(stream, "HTTP/1.1 304 Not Modified\r\n\r\n")
        } else {
            let end = format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\n\r\n", body.len());
            stream.write_all(end.as_bytes()).and_then(|()| stream.write_all(&body))
        };
        if sent.is_err() || head == "slow" || head == "endless" {
            return;
        }
    }
}

fn follow(folder: &Folder, feeds: &[&str], more: &[&str]) -> Answer {
    let mut args = vec!["follow", "--once", "--allow-private", "--pause", "0", "--format", "jsonl"];
    args.extend(more);
    args.extend(feeds);
    folder.run(&args)
}

fn said(answer: &Answer, path: &str) -> (String, String) {
    let row = answer.lines().into_iter().find(|r| text(r, "/url").ends_with(path));
    let row: Value = row.unwrap_or_else(|| panic!("no {path} in {}", answer.out));
    (text(&row, "/state").to_owned(), text(&row, "/why").to_owned())
}

#[track_caller]
fn says(answer: &Answer, path: &str, state: &str, words: &str) {
    let (s, why) = said(answer, path);
    assert!(s == state && why.contains(words), "{path}: {s}, {why}");
}

fn articles(folder: &Folder) -> usize {
    let db = Connection::open(folder.path().join("haberdar.db")).expect("a store");
    db.query_row("SELECT count(*) FROM articles", [], |r| r.get::<_, i64>(0)).expect("a count") as usize
}

#[test]
fn what_is_known_is_not_fetched_again_and_what_changed_is() {
    let (server, folder) = (Server::new(), Folder::new());
    let links: Vec<_> = (0..3).map(|i| (server.url(&format!("/{i}")), format!("Zirve {i}"))).collect();
    (0..3).for_each(|i| server.page(&format!("/{i}"), i));
    server.feed("/rss", &[links.clone(), links[..1].to_vec()].concat());
    let feed = server.url("/rss");
    let first = follow(&folder, &[&feed], &[]).exits(0);
    assert_eq!(said(&first, "/rss"), ("fetched".to_owned(), "4 entries, 3 new or changed".to_owned()));
    assert_eq!(said(&first, "/1").0, "fetched");
    assert_eq!(articles(&folder), 3);
    let second = follow(&folder, &[&feed], &[]).exits(0);
    assert_eq!((said(&second, "/rss").0.as_str(), second.lines().len()), ("unchanged", 1));
    let mut changed = links.clone();
    changed[1].1 = "Zirve 1 (güncellendi)".to_owned();
    server.feed("/rss", &changed);
    server.put("/rss", "200 OK\r\nContent-Type: application/rss+xml\r\nETag: \"v2\"", {
        let all = server.answers.lock().expect("a lock");
        all["/rss"].1.clone()
    });
    server.page("/1", 71);
    let third = follow(&folder, &[&feed], &[]).exits(0);
    assert_eq!(third.lines().len(), 2, "{}", third.out);
    assert_eq!((server.asked("/0"), server.asked("/1"), server.asked("/2"), server.asked("/robots.txt")), (1, 2, 1, 3));
    assert_eq!(articles(&folder), 4);
    let status = folder.run(&["follow", "--status", "--format", "jsonl"]).exits(0);
    assert_eq!(status.lines().len(), 3);
}

#[test]
fn every_refusal_is_explained() {
    let (server, folder) = (Server::new(), Folder::new());
    let names = ["busy", "loop", "photo", "slow", "private/x", "gone", "fine", "menu"];
    let links: Vec<_> = names.iter().map(|n| (server.url(&format!("/{n}")), (*n).to_owned())).collect();
    server.feed("/rss", &links);
    server.put("/robots.txt", "200 OK\r\nContent-Type: text/plain", "User-agent: *\nDisallow: /private/\n");
    server.put("/busy", "429 Too Many Requests\r\nRetry-After: 3600", "");
    server.put("/loop", "302 Found\r\nLocation: /loop", "");
    server.put("/photo", "200 OK\r\nContent-Type: image/png", b"\x89PNG".to_vec());
    server.put("/slow", "slow", "");
    server.put("/menu", "200 OK\r\nContent-Type: text/html", "<html><body></body></html>");
    server.page("/moved", 3);
    server.put("/fine", "301 Moved Permanently\r\nLocation: moved", "");
    let feed = server.url("/rss");
    let start = Instant::now();
    let answer = follow(&folder, &[&feed], &["--timeout", "1s"]).exits(0);
    assert!(start.elapsed() < Duration::from_secs(30));
    let expect = |path: &str, state: &str, words: &str| says(&answer, path, state, words);
    expect("/busy", "waiting", "HTTP 429");
    expect("/loop", "skipped", "more than 5 redirects");
    expect("/photo", "skipped", "no page but image/png");
    expect("/slow", "waiting", "timeout");
    expect("/private/x", "skipped", "robots.txt does not allow it");
    expect("/gone", "skipped", "HTTP 404");
    expect("/fine", "fetched", "");
    expect("/menu", "skipped", "no article found");
    assert_eq!(server.asked("/private/x"), 0);
    // The server asked for an hour.
    let again = follow(&folder, &[&feed], &["--timeout", "1s"]).exits(0);
    assert_eq!((server.asked("/busy"), again.lines().len()), (1, 1), "{}", again.out);
}

#[test]
fn bad_feeds_fail_alone() {
    let (server, folder) = (Server::new(), Folder::new());
    server.put("/endless", "endless", "");
    server.put("/busy", "503 Service Unavailable\r\nRetry-After: 600", "");
    server.put("/page", "200 OK\r\nContent-Type: text/html", "<html><body>No feed.</body></html>");
    server.put(
        "/cut",
        "200 OK\r\nContent-Type: text/xml",
        format!("<rss><channel><item><link>{}</link></item><item><ti", server.url("/1")),
    );
    server.page("/1", 1);
    let urls: Vec<String> = ["/endless", "/busy", "/page", "/cut", "/none"].iter().map(|p| server.url(p)).collect();
    let outlines: String = urls.iter().map(|u| format!("<outline xmlUrl=\"{u}\"/>")).collect();
    folder.file("feeds.opml", format!("<opml><body><outline text=\"News\">{outlines}</outline></body></opml>"));
    let answer = follow(&folder, &[], &["--opml", "feeds.opml", "--timeout", "20s"]).exits(1);
    let expect = |path: &str, state: &str, words: &str| says(&answer, path, state, words);
    expect("/endless", "failed", "larger than 10 MB");
    expect("/busy", "failed", "HTTP 503");
    expect("/page", "failed", "no feed but text/html");
    expect("/cut", "fetched", "1 entries, then");
    expect("/none", "failed", "HTTP 404");
    expect("/1", "fetched", "");
    // Those that failed are left in peace for a while.
    let again = follow(&folder, &[], &["--opml", "feeds.opml"]).exits(0);
    assert_eq!(said(&again, "/busy").0, "waiting");
    assert_eq!(server.asked("/busy"), 1);
}

#[test]
fn machines_of_ones_own_network_are_left_alone() {
    let (server, folder) = (Server::new(), Folder::new());
    server.feed("/rss", &[]);
    let mut command = folder.command(&["follow", "--once", &server.url("/rss"), "--format", "jsonl"]);
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"] {
        command.env_remove(name);
    }
    let answer = Answer::new(&["follow"], command.output().expect("the binary starts")).exits(1);
    assert!(said(&answer, "/rss").1.contains("--allow-private"), "{}", answer.out);
    assert!(server.asked.lock().expect("a lock").is_empty());
    folder.run(&["follow", "--once", "file:///etc/passwd"]).exits(1).complains(&["no http or https address"]);
}

#[test]
fn killed_twenty_times_nothing_is_lost_and_nothing_is_there_twice() {
    const N: usize = 60;
    let (server, folder) = (Server::new(), Folder::new());
    let links: Vec<_> = (0..N).map(|i| (server.url(&format!("/{i}")), format!("Zirve {i}"))).collect();
    (0..N).for_each(|i| server.page(&format!("/{i}"), i));
    server.feed("/rss", &links);
    let feed = server.url("/rss");
    let args = ["follow", "--once", "--allow-private", "--pause", "5ms", &feed];
    let mut kills = 0;
    while kills < 20 {
        let before = server.asked.lock().expect("a lock").len();
        let mut child = folder
            .command(&args)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("the binary starts");
        // Some requests further, wherever that is.
        let start = Instant::now();
        while server.asked.lock().expect("a lock").len() < before + 3 + kills % 3 && start.elapsed() < Duration::from_secs(20) {
            thread::sleep(Duration::from_millis(1));
        }
        let _ = child.kill();
        child.wait().expect("the end");
        kills += 1;
    }
    follow(&folder, &[&feed], &[]).exits(0);
    assert_eq!(articles(&folder), N);
    let fetched: Vec<usize> = (0..N).map(|i| server.asked(&format!("/{i}"))).collect();
    assert!(fetched.iter().all(|n| *n >= 1), "{fetched:?}");
    // A kill between an answer and its place in the store costs one request, and no more.
    assert!(fetched.iter().sum::<usize>() <= N + 20, "{fetched:?}");
    let before = server.asked.lock().expect("a lock").iter().filter(|(p, ..)| p != "/rss" && p != "/robots.txt").count();
    follow(&folder, &[&feed], &[]).exits(0);
    let after = server.asked.lock().expect("a lock").iter().filter(|(p, ..)| p != "/rss" && p != "/robots.txt").count();
    assert_eq!(before, after);
}

#[test]
fn a_day_of_change_alone_is_enough() {
    let (server, folder) = (Server::new(), Folder::new());
    server.page("/1", 1);
    let item = format!("<rss><channel><item><title>Zirve</title><link>{}</link></item></channel></rss>", server.url("/1"));
    server.put("/rss", "200 OK\r\nContent-Type: text/xml\r\nLast-Modified: Thu, 26 Nov 2026 10:00:00 GMT", item);
    let feed = server.url("/rss");
    assert_eq!(said(&follow(&folder, &[&feed], &[]).exits(0), "/rss").0, "fetched");
    let second = follow(&folder, &[&feed], &[]).exits(0);
    assert_eq!((said(&second, "/rss").0.as_str(), second.lines().len()), ("unchanged", 1));
    let sent: Vec<String> =
        server.asked.lock().expect("a lock").iter().filter(|(p, ..)| p == "/rss").map(|(_, mark, _)| mark.clone()).collect();
    assert_eq!(sent, ["", "Thu, 26 Nov 2026 10:00:00 GMT"]);
}

#[test]
fn the_pause_that_a_site_asks_for_is_kept() {
    let (server, folder) = (Server::new(), Folder::new());
    let links: Vec<_> = (0..3).map(|i| (server.url(&format!("/{i}")), format!("Zirve {i}"))).collect();
    (0..3).for_each(|i| server.page(&format!("/{i}"), i));
    server.feed("/rss", &links);
    server.put("/robots.txt", "200 OK\r\nContent-Type: text/plain", "User-agent: *\nCrawl-delay: 0.4\n");
    let answer = follow(&folder, &[&server.url("/rss")], &[]).exits(0);
    assert_eq!(articles(&folder), 3);
    let row = answer.lines().into_iter().find(|r| text(r, "/what") == "host").expect("a row");
    assert_eq!(
        (text(&row, "/state"), text(&row, "/why")),
        ("slowed", "robots.txt asks for 0.4 s between requests, which are kept")
    );
    let times: Vec<Instant> = server.asked.lock().expect("a lock").iter().map(|(_, _, at)| *at).collect();
    assert_eq!(times.len(), 5);
    let gaps: Vec<Duration> = times.windows(2).map(|w| w[1] - w[0]).collect();
    assert!(gaps.iter().all(|g| *g >= Duration::from_millis(390)), "{gaps:?}");
}

/// Nobody waits any longer.
fn due(folder: &Folder) {
    let db = Connection::open(folder.path().join("haberdar.db")).expect("a store");
    db.execute_batch("UPDATE feeds SET next_at = 0; UPDATE feed_entries SET next_at = 0").expect("a store");
}

#[test]
fn without_an_answer_about_robots_nothing_is_fetched() {
    let (server, folder) = (Server::new(), Folder::new());
    server.page("/1", 1);
    server.feed("/rss", &[(server.url("/1"), "Zirve".to_owned())]);
    server.put("/robots.txt", "503 Service Unavailable", "");
    let feed = server.url("/rss");
    says(&follow(&folder, &[&feed], &[]).exits(1), "/rss", "failed", "robots.txt: HTTP 503");
    assert_eq!(server.asked("/rss"), 0);
    says(&follow(&folder, &[&feed], &[]).exits(0), "/rss", "waiting", "robots.txt: HTTP 503; again in");
    assert_eq!(server.asked("/robots.txt"), 1);
    // It answers again; then a page fails for the same reason, and is not given up.
    server.put("/robots.txt", "200 OK\r\nContent-Type: text/plain", "User-agent: *\nDisallow:\n");
    let other = Server::new();
    other.page("/2", 2);
    other.put("/robots.txt", "500 Internal Server Error", "");
    server.feed("/rss", &[(server.url("/1"), "Zirve".to_owned()), (other.url("/2"), "Görüşme".to_owned())]);
    due(&folder);
    let answer = follow(&folder, &[&feed], &[]).exits(0);
    says(&answer, "/1", "fetched", "");
    says(&answer, "/2", "waiting", "robots.txt: HTTP 500");
    assert_eq!(other.asked("/2"), 0);
    other.put("/robots.txt", "404 Not Found", "");
    due(&folder);
    says(&follow(&folder, &[&feed], &[]).exits(0), "/2", "fetched", "");
    assert_eq!((server.asked("/1"), articles(&folder)), (1, 2));
}

#[test]
fn of_a_robots_txt_without_end_the_beginning_counts() {
    let (server, folder) = (Server::new(), Folder::new());
    server.page("/no/1", 1);
    server.feed("/rss", &[(server.url("/no/1"), "Zirve".to_owned())]);
    let rules = format!("User-agent: *\nDisallow: /no/\n{}", "# and so on\n".repeat(80_000));
    server.put("/robots.txt", "200 OK\r\nContent-Type: text/plain", rules);
    says(&follow(&folder, &[&server.url("/rss")], &[]).exits(0), "/no/1", "skipped", "robots.txt does not allow it");
    assert_eq!(server.asked("/no/1"), 0);
}

#[test]
fn feeds_that_go_round_stand_still_or_swell() {
    let (server, folder) = (Server::new(), Folder::new());
    server.page("/1", 1);
    server.feed("/rss", &[(server.url("/1"), "Zirve".to_owned())]);
    server.put("/moved", "301 Moved Permanently\r\nLocation: rss", "");
    server.put("/a", "302 Found\r\nLocation: /b", "");
    server.put("/b", "302 Found\r\nLocation: /a", "");
    server.put("/slow", "slow", "");
    server.put("/busy", "429 Too Many Requests\r\nRetry-After: 3600", "");
    server.put("/photo", "200 OK\r\nContent-Type: image/png", b"\x89PNG\r\n\x1a\n".to_vec());
    server.put("/json", "200 OK\r\nContent-Type: application/json", "{\"error\":\"none here\"}");
    let packed = super::hostile::packed_feed();
    server.put("/bomb", "200 OK\r\nContent-Type: application/rss+xml\r\nContent-Encoding: gzip", packed.clone());
    server.put("/packed.xml.gz", "200 OK\r\nContent-Type: application/gzip", packed);
    let many: String = (0..1200).map(|i| format!("<item><title>{i}</title></item>")).collect();
    server.put("/many", "200 OK\r\nContent-Type: text/xml", format!("<rss><channel>{many}</channel></rss>"));
    let paths = ["/moved", "/a", "/slow", "/busy", "/photo", "/json", "/bomb", "/packed.xml.gz", "/many"];
    let urls: Vec<String> = paths.iter().map(|p| server.url(p)).collect();
    let mut args = vec!["follow", "--once", "--allow-private", "--pause", "0", "--format", "jsonl", "--timeout", "2s"];
    args.extend(urls.iter().map(String::as_str));
    let answer = super::hostile::bounded(&folder, &args).exits(1);
    let expect = |path: &str, state: &str, words: &str| says(&answer, path, state, words);
    expect("/moved", "fetched", "1 entries, 1 new or changed");
    expect("/1", "fetched", "");
    expect("/a", "failed", "more than 5 redirects");
    expect("/slow", "failed", "timeout");
    expect("/busy", "failed", "HTTP 429");
    expect("/photo", "failed", "");
    expect("/json", "failed", "");
    expect("/bomb", "failed", "larger than 10 MB");
    expect("/packed.xml.gz", "failed", "");
    expect("/many", "fetched", "1200 entries, of which the first 1000 are taken");
    assert_eq!(server.asked("/a") + server.asked("/b"), 6);
    // The hour that the server asked for is kept.
    let again = follow(&folder, &[&urls[3]], &[]).exits(0);
    assert!(
        said(&again, "/busy").1.contains("again in 35") || said(&again, "/busy").1.contains("again in 3600"),
        "{}",
        again.out
    );
    assert_eq!(server.asked("/busy"), 1);
}
