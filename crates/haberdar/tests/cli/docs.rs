//! The documentation is true: examples are coded as it says, and nothing is left out of it.

use haberdar_model::{EventType, Status};
use serde_json::{Value, json};

use crate::folder::{Folder, list, text};

const CODEBOOK: &str = include_str!("../../../../docs/codebook.md");
const README: &str = include_str!("../../../../README.md");

/// A row `| tr | sentence | TYPE mode ACTOR → RECIPIENT, status |` of the codebook, perhaps with columns before it.
struct Example {
    language: String,
    sentence: String,
    coded: String,
}

fn examples() -> Vec<Example> {
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let at = cells.iter().position(|c| *c == "tr" || *c == "en")?;
        let [language, sentence, coded] = cells.get(at..at + 3)? else { return None };
        Some(Example { language: (*language).to_owned(), sentence: (*sentence).to_owned(), coded: (*coded).to_owned() })
    };
    CODEBOOK.lines().filter(|l| l.contains('→')).filter_map(row).collect()
}

/// The same form for an event of a reading, with the countries that it states.
fn coded(reading: &Value, event: &Value) -> String {
    let states = |field: &str| {
        let of = |id: &Value| {
            let mention = list(reading, "mentions").iter().find(|m| m["id"] == *id);
            let stated = mention.filter(|m| text(m, "/country_basis").is_empty());
            stated.map(|m| text(m, "/country")).filter(|c| !c.is_empty())
        };
        let mut states: Vec<&str> = list(event, field).iter().filter_map(of).collect();
        states.sort_unstable();
        states.dedup();
        if states.is_empty() { "-".to_owned() } else { states.join(", ") }
    };
    let mode = text(event, "/mode");
    let kind = [text(event, "/type"), mode].join(" ");
    format!("{} {} → {}, {}", kind.trim_end(), states("actor"), states("recipient"), text(event, "/status"))
}

#[test]
fn the_examples_of_the_codebook_are_coded_so() {
    let examples = examples();
    assert!(examples.len() > 50, "{}", examples.len());
    let rows = examples.iter().enumerate().map(|(i, e)| json!({"id": i, "text": e.sentence, "lang": e.language}).to_string());
    let folder = Folder::with("examples.jsonl", rows.collect::<Vec<_>>().join("\n"));
    let readings = folder.run(&["read", "examples.jsonl", "--format", "json"]).exits(0).lines();
    let mut wrong = Vec::new();
    for (example, reading) in examples.iter().zip(&readings) {
        let found: Vec<String> = list(reading, "events").iter().map(|e| coded(reading, e)).collect();
        if !found.contains(&example.coded) {
            wrong.push(format!("{}\n  is to be {}\n  but is    {}", example.sentence, example.coded, found.join(" + ")));
        }
    }
    assert!(wrong.is_empty(), "{} of {} examples:\n{}", wrong.len(), examples.len(), wrong.join("\n"));
}

#[test]
fn the_codebook_knows_every_type_mode_and_status() {
    for &kind in EventType::ALL {
        assert!(CODEBOOK.contains(&format!("# {kind}: ")), "{kind} has no chapter");
        let (_, rest) = CODEBOOK.split_once(&format!("# {kind}: ")).unwrap_or_default();
        let chapter = rest.split("\n##").next().unwrap_or_default();
        for language in ["tr", "en"] {
            assert!(chapter.contains(&format!("| {language} | ")), "{kind} has no example in {language}");
        }
        // A refusal is of the same kinds as a request.
        for mode in kind.modes().iter().filter(|_| kind != EventType::Reject) {
            assert!(chapter.contains(&format!("`{mode}`")), "{kind} {mode} is not explained");
        }
    }
    for status in Status::ALL {
        assert!(CODEBOOK.contains(&format!("\n| {status} | ")), "{status} is not explained");
    }
}

#[test]
fn the_readme_knows_every_command() {
    for command in crate::COMMANDS {
        assert!(README.contains(&format!("| `{command}")), "{command} is not in the table of commands");
    }
    for link in README.split("](").skip(1).filter_map(|rest| rest.split(')').next()).filter(|l| !l.contains("://")) {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../").to_owned() + link.split('#').next().unwrap_or_default();
        assert!(std::path::Path::new(&path).exists(), "{link} leads nowhere");
    }
}

/// The lines of the README's n-th sample of output.
fn sample(n: usize) -> Vec<&'static str> {
    let block = README.split("```text\n").nth(n).and_then(|b| b.split("```").next()).unwrap_or_default();
    block.lines().map(str::trim_end).filter(|l| !l.is_empty()).collect()
}

#[test]
fn the_readme_shows_what_is_printed() {
    let folder = Folder::with("report.txt", include_str!("data/readme-report.txt"));
    folder.file("rapor.txt", include_str!("data/readme-rapor.txt"));
    let read = folder.run(&["read", "report.txt", "--published", "2023-11-02"]).exits(0).out;
    let printed: Vec<&str> = read.lines().map(str::trim_end).collect();
    assert!(sample(1).len() > 8);
    for line in sample(1) {
        assert!(printed.contains(&line), "the README shows\n{line}\nbut this is printed:\n{read}");
    }
    folder.run(&["add", "report.txt", "rapor.txt", "--published", "2023-11-02"]).exits(0);
    let conflicts = folder.run(&["conflicts", "--format", "csv"]).exits(0).out;
    let verdict = sample(2).into_iter().find_map(|l| l.trim().strip_prefix("verdict: ")).expect("a verdict");
    assert!(conflicts.contains(verdict), "the README shows\n{verdict}\nbut this is printed:\n{conflicts}");
    for words in [
        "participant,contradiction",
        "“Kuzey Kore Dışişleri Bakanı Choe Son-hui”",
        "“North Korean counterpart Ri Son-gwon”",
        ",explained",
    ] {
        assert!(conflicts.contains(words), "no {words} in {conflicts}");
    }
}
