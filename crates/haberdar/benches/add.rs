//! Articles a second from files into the record, by the binary itself: `cargo bench -p haberdar --bench add -- 200`, or with files
//! and folders of one's own (`-- reports.jsonl pages/`).
//!
//! Where none are given, the articles are made of the sentences of the sample reports, ten at a time in another order and on another
//! day, once as rows of JSONL and once as pages of HTML, a file each. They repeat each other far more than reports do, so they are
//! dear to reconcile. Everything is counted: the start with its models, finding the text of a page,
//! reading, writing, stories and conflicts. `RAYON_NUM_THREADS=1` says what one core does.
#![allow(clippy::print_stdout, reason = "a measurement for people")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Result, ensure};
use haberdar_model::{Article, Language};
use haberdar_sources::{Item, ReadOptions, read_path};

fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let given: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let inputs: Vec<PathBuf> = match &given[..] {
        [] => made_up(folder.path(), 200)?,
        [number] if number.parse::<usize>().is_ok() => made_up(folder.path(), number.parse()?)?,
        // Cargo runs benches in the folder of their package.
        paths => paths.iter().map(|p| Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(p)).collect(),
    };
    println!(
        "{:20} {:>8} {:>8} {:>12} {:>11} {:>21}",
        "", "articles", "clock s", "processor s", "articles/s", "articles/processor s"
    );
    for (i, input) in inputs.iter().enumerate() {
        let n = read_path(input, &ReadOptions::default()).filter_map(Item::article).count() as f64;
        let (clock, processor) = (Instant::now(), children());
        let mut command = Command::new(env!("CARGO_BIN_EXE_haberdar"));
        let store = folder.path().join(format!("{i}.db"));
        let quiet = command.args(["add", "--store"]).arg(store).arg(input).stdout(Stdio::null()).stderr(Stdio::null());
        // 1 says that some input was left out.
        ensure!(matches!(quiet.status()?.code(), Some(0 | 1)), "{}: it failed", input.display());
        let (clock, processor) = (clock.elapsed().as_secs_f64(), children() - processor);
        let name = input.file_name().unwrap_or_default().to_string_lossy();
        println!("{name:20} {n:8} {clock:8.1} {processor:12.1} {:11.0} {:21.0}", n / clock, n / processor);
    }
    Ok(())
}

/// Made-up articles as rows and as pages.
fn made_up(folder: &Path, total: usize) -> Result<Vec<PathBuf>> {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/reports");
    let reports: Vec<Article> = read_path(&samples, &ReadOptions::default()).filter_map(Item::article).collect();
    let (rows, pages) = (folder.join("rows.jsonl"), folder.join("pages"));
    fs::create_dir(&pages)?;
    let mut lines = String::new();
    for n in 0..total {
        let text = article(&reports, n);
        let row = serde_json::json!({"id": format!("{n}"), "title": format!("Haber {n}"), "text": text, "published": day(n)});
        lines += &format!("{row}\n");
        fs::write(pages.join(format!("{n:06}.html")), page(n, &text))?;
    }
    fs::write(&rows, lines)?;
    Ok(vec![rows, pages])
}

/// Ten sentences of reports in one language.
fn article(reports: &[Article], n: usize) -> String {
    let language = if n.is_multiple_of(2) { Language::Tr } else { Language::En };
    let of = reports.iter().filter(|a| a.meta.language == Some(language));
    let sentences: Vec<&str> = of.flat_map(|a| a.text.split_inclusive(". ")).map(str::trim).filter(|s| s.len() > 40).collect();
    // A step without a common divisor meets every sentence before one comes again.
    let step = (n % 89) * 2 + 1;
    let chosen = (0..10).map(|i| sentences[(n * 7 + i * step) % sentences.len()]);
    chosen.collect::<Vec<_>>().join(" ")
}

fn day(n: usize) -> String {
    format!("2023-{:02}-{:02}", n / 28 % 12 + 1, n % 28 + 1)
}

fn page(n: usize, text: &str) -> String {
    let menu: String = (0..100).map(|i| format!("<li class=\"menu-item\"><a href=\"/bolum/{i}\">Bölüm {i}</a></li>")).collect();
    let body: String = text.split_inclusive(". ").map(|s| format!("<p>{s}</p>")).collect();
    let others: String =
        (0..40).map(|i| format!("<div class=\"card\"><a href=\"/haber/{i}\"><h3>Başka bir haber {i}</h3></a></div>")).collect();
    format!(
        "<!doctype html><html><head><meta charset=\"utf-8\"><meta property=\"article:published_time\" content=\"{}\"><title>Haber {n}</title></head><body><nav><ul>{menu}</ul></nav><article><h1>Haber {n}</h1><div class=\"article-body\">{body}</div></article><section class=\"related\">{others}</section></body></html>",
        day(n)
    )
}

/// Seconds that the ended children of this process have worked; 0 where the system does not say.
fn children() -> f64 {
    // Fields 16 and 17, counted behind the name in parentheses, in hundredths of a second.
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit_once(')').map(|s| s.1.split_whitespace().skip(13).take(2));
    fields.map_or(0.0, |f| f.filter_map(|t| t.parse::<f64>().ok()).sum::<f64>() / 100.0)
}
