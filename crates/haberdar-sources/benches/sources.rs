//! Pages a second on one core, and a WARC against a plain read of the same gzip: `cargo bench -p haberdar-sources`.
//!
//! Times are of the processor, so that what else the machine does changes them little; where the system does not say them, of the clock.
//!
//! `cargo bench -p haberdar-sources -- warc 1000` makes a WARC.gz of about that many MB of pages in the temporary folder and says how
//! much memory reading it took.
#![allow(clippy::print_stdout, reason = "a benchmark tells what it measured")]

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    time::Instant,
};

use flate2::{Compression, read::MultiGzDecoder, write::GzEncoder};
use haberdar_sources::{ReadOptions, extract_page, read_path};

/// A page of the usual size, of which the article is a small part.
fn page(n: usize) -> String {
    let sentence = "Bakanlar, sabah saatlerinde başlayan görüşmede ikili ticaretin artırılması ve sınır kapılarının yenilenmesi konularını ele aldı. ";
    let paragraphs: String = (0..14).map(|i| format!("<p>{i}. {n}. {}</p>", sentence.repeat(2 + i % 3))).collect();
    let menu: String =
        (0..150).map(|i| format!("<li class=\"menu-item menu-item-{i}\"><a href=\"/bolum/{i}\">Bölüm {i}</a></li>")).collect();
    let teasers: String = (0..60).map(|i| format!("<div class=\"card card-{i}\"><a href=\"/haber/{i}\"><img src=\"/img/{i}.jpg\"><h3>Başka bir haberin başlığı {i}</h3></a></div>")).collect();
    let style = ".a{color:#fff;margin:0 auto}\n".repeat(700);
    let script = "window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments)}\n".repeat(500);
    format!(
        "<!doctype html><html lang=\"tr\"><head><meta charset=utf-8><title>Zirve {n}</title><style>{style}</style><script>{script}</script><script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"headline\":\"Zirve {n}\",\"datePublished\":\"2026-11-26T10:00:00+03:00\"}}</script></head><body><header><nav><ul>{menu}</ul></nav></header><main><article><h1>Zirve {n}</h1><div class=\"article-body\">{paragraphs}</div></article><section class=\"related\">{teasers}</section></main><footer>© 2026</footer></body></html>"
    )
}

fn main() -> io::Result<()> {
    let args: Vec<String> = std::env::args().filter(|a| a != "--bench").collect();
    if args.get(1).is_some_and(|a| a == "warc") {
        return warc(args.get(2).and_then(|m| m.parse().ok()).unwrap_or(100));
    }
    let clock = Clock(Instant::now());
    let pages: Vec<String> = (0..60).map(page).collect();
    let bytes: usize = pages.iter().map(String::len).sum();
    let mut best = f64::MAX;
    for _ in 0..4 {
        let start = clock.now();
        let found = pages.iter().filter(|p| extract_page(p).is_some()).count();
        assert_eq!(found, pages.len());
        best = best.min(clock.now() - start);
    }
    println!("pages: {:.0}/s on one core, {} KB a page", pages.len() as f64 / best, bytes / pages.len() / 1024);
    warc(60)
}

/// Seconds that the process has worked, in user and kernel mode; the clock's where the system does not say.
struct Clock(Instant);

impl Clock {
    fn now(&self) -> f64 {
        // Fields 14 and 15, counted behind the name in parentheses, in hundredths of a second.
        let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
        let fields = stat.rsplit_once(')').map(|s| s.1.split_whitespace().skip(11).take(2));
        let ticks: Option<Vec<f64>> = fields.and_then(|f| f.map(|t| t.parse().ok()).collect());
        ticks.filter(|t| t.len() == 2).map_or_else(|| self.0.elapsed().as_secs_f64(), |t| t.iter().sum::<f64>() / 100.0)
    }
}

/// Writes a WARC.gz, reads it as gzip and as WARC without its pages, and in whole.
fn warc(megabytes: usize) -> io::Result<()> {
    let path = std::env::temp_dir().join(format!("haberdar-bench-{megabytes}.warc.gz"));
    let mut out = BufWriter::new(File::create(&path)?);
    let mut random = 88172645463325252u64;
    let (mut written, mut n) = (0, 0);
    while written < megabytes << 20 {
        // Noise that does not pack, so that the file is about as large as asked.
        let noise: String = (0..60_000)
            .map(|_| {
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                char::from(b'!' + (random % 90) as u8)
            })
            .filter(|c| *c != '<' && *c != '&')
            .collect();
        let body = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}<!-- {} -->", page(n), noise.replace("--", ""));
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://ornek.example/{n}\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        let mut member = GzEncoder::new(Vec::new(), Compression::fast());
        member.write_all(head.as_bytes())?;
        member.write_all(body.as_bytes())?;
        member.write_all(b"\r\n\r\n")?;
        let packed = member.finish()?;
        written += packed.len();
        out.write_all(&packed)?;
        n += 1;
    }
    out.flush()?;
    let clock = Clock(Instant::now());
    // One after the other, several times: the best of each.
    let (mut gzip, mut passed, mut plain, mut none) = (f64::MAX, f64::MAX, 0, 0);
    for _ in 0..5 {
        let start = clock.now();
        let file = io::BufReader::with_capacity(128 * 1024, File::open(&path)?);
        plain = io::copy(&mut MultiGzDecoder::new(file), &mut io::sink())?;
        gzip = gzip.min(clock.now() - start);
        let start = clock.now();
        none = read_path(&path, &ReadOptions::default()).pass_over(u64::MAX).count();
        passed = passed.min(clock.now() - start);
    }
    println!(
        "warc: {n} pages in {written} bytes, {plain} unpacked; gzip alone {gzip:.2} s, records {passed:.2} s, ratio {:.2}",
        gzip / passed
    );
    assert_eq!(none, 0);
    if megabytes <= 100 {
        let start = clock.now();
        let read = read_path(&path, &ReadOptions::default()).take(200).count();
        println!("warc: {:.0} articles/s in whole", read as f64 / (clock.now() - start));
    }
    if let Some(peak) =
        fs::read_to_string("/proc/self/status").ok().and_then(|s| s.lines().find(|l| l.starts_with("VmHWM")).map(str::to_owned))
    {
        println!("memory: {peak}");
    }
    fs::remove_file(&path)
}
