//! Runs that were stopped: what an earlier run took is not read again, in files, folders, patterns and archives.

use std::{fs, process::Stdio, thread, time::Duration};

use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

use crate::folder::{Folder, text};

/// Reports that have little in common, so that the record stays quick.
fn report(n: usize) -> String {
    const WHO: &[&str] =
        &["Balıkçılar", "Öğretmenler", "Çiftçiler", "Gençler", "Ustalar", "Kadınlar", "Yazarlar", "Şoförler", "Müzisyenler"];
    const WHAT: &[&str] =
        &["köprüyü", "okulu", "tarlayı", "yolu", "kütüphaneyi", "pazarı", "limanı", "çeşmeyi", "ormanı", "bahçeyi", "değirmeni"];
    const HOW: &[&str] = &[
        "onardı",
        "boyadı",
        "gezdi",
        "temizledi",
        "anlattı",
        "çizdi",
        "özledi",
        "aradı",
        "gördü",
        "sattı",
        "sevdi",
        "ölçtü",
        "kapattı",
    ];
    let pick = |list: &[&'static str], step: usize| list[n / step % list.len()];
    format!("{} bu yıl {} {}; kayıt numarası {n}.\n", pick(WHO, 1), pick(WHAT, 9), pick(HOW, 99))
}

fn row(n: usize) -> String {
    serde_json::json!({"id": n, "text": report(n)}).to_string() + "\n"
}

/// A ZIP archive without compression.
fn zip_of(files: &[(String, String)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let size = (content.len() as u32).to_le_bytes();
        let mut shared = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        shared.extend(size);
        shared.extend(size);
        shared.extend((name.len() as u16).to_le_bytes());
        shared.extend([0, 0]);
        let at = (out.len() as u32).to_le_bytes();
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&shared);
        directory.extend([0; 10]);
        directory.extend(at);
        directory.extend(name.as_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&shared);
        out.extend(name.as_bytes());
        out.extend(content.as_bytes());
    }
    let (at, size) = ((out.len() as u32).to_le_bytes(), (directory.len() as u32).to_le_bytes());
    let count = (files.len() as u16).to_le_bytes();
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count);
    out.extend(count);
    out.extend(size);
    out.extend(at);
    out.extend([0, 0]);
    out
}

fn articles(folder: &Folder) -> usize {
    let path = folder.path().join("haberdar.db");
    let count = || -> rusqlite::Result<i64> {
        let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        db.query_row("SELECT count(*) FROM articles", [], |r| r.get(0))
    };
    count().unwrap_or(0) as usize
}

/// The lines of the report of `add`: the outcome, and what is said of it.
fn outcomes(folder: &Folder) -> Vec<(String, String)> {
    let written = fs::read_to_string(folder.path().join("report.jsonl")).expect("a report");
    let line = |l: &str| {
        let v: Value = serde_json::from_str(l).expect("JSON");
        (text(&v, "/outcome").to_owned(), text(&v, "/why").to_owned())
    };
    written.lines().map(line).collect()
}

fn records(why: &str) -> usize {
    why.split_once(" record").filter(|(_, rest)| rest.ends_with("earlier run")).map_or(0, |(n, _)| n.parse().expect("a number"))
}

#[test]
fn a_folder_with_everything_in_it_goes_on_after_every_kill() {
    const FILES: usize = 700;
    let folder = Folder::new();
    let inside = folder.path().join("in");
    fs::create_dir_all(inside.join("sub")).expect("folders");
    for n in 0..FILES {
        let name = if n % 2 == 0 { format!("{n:04}.txt") } else { format!("sub/{n:04}.txt") };
        fs::write(inside.join(name), report(n)).expect("a file");
    }
    let rows = |from: usize| (from..from + 700).map(row).collect::<String>();
    fs::write(inside.join("m.jsonl"), rows(10_000)).expect("a file");
    let zipped: Vec<_> = (0..300).map(|n| (format!("{n:03}.txt"), report(20_000 + n))).collect();
    let zipped = [zipped, vec![("rows.jsonl".to_owned(), rows(30_000))]].concat();
    fs::write(inside.join("p.zip"), zip_of(&zipped)).expect("a file");
    let all = FILES + 700 + 300 + 700;
    let mut kills = 0;
    loop {
        let before = articles(&folder);
        let mut child =
            folder.command(&["add", "in"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the binary starts");
        // As soon as something more is in the store.
        let ended = loop {
            if articles(&folder) > before {
                break false;
            }
            if child.try_wait().expect("a child").is_some() {
                break true;
            }
            thread::sleep(Duration::from_millis(2));
        };
        if ended || kills == 6 || articles(&folder) == all {
            let _ = child.kill();
            let _ = child.wait();
            break;
        }
        let _ = child.kill();
        child.wait().expect("the end");
        kills += 1;
    }
    assert!(kills >= 3, "killed only {kills} times");
    let before = articles(&folder);
    let last = folder.run(&["add", "in", "--report", "report.jsonl"]).exits(0);
    assert_eq!(articles(&folder), all);
    last.complains(&[
        "are in the record from an earlier run",
        &format!("{} new articles, {before} already there, 0 failed", all - before),
    ]);
    // Nothing was read that was there: an article that is read and known has an id and no explanation.
    let told = outcomes(&folder);
    assert!(told.iter().all(|(outcome, why)| outcome != "already there" || records(why) > 0), "{told:?}");
    assert_eq!(told.iter().map(|(_, why)| records(why)).sum::<usize>(), before);
    let third = folder.run(&["add", "in/*", "--report", "report.jsonl"]).exits(0);
    third.complains(&[&format!("{all} records in {} files are in the record", FILES + 1 + 301), "0 new articles"]);
    folder.run(&["check"]).exits(0);
}

#[test]
fn what_changed_or_failed_is_read_again() {
    let folder = Folder::new();
    fs::create_dir(folder.path().join("in")).expect("a folder");
    for n in 0..3 {
        folder.file(&format!("in/{n}.txt"), report(n));
    }
    folder.file("in/odd.txt", "Görüşme.\n");
    folder.file("in/rows.jsonl", row(10) + &row(11));
    folder.file("in/table.csv", format!("text\n\"{}\"\n", report(12).trim()));
    let first = folder.run(&["add", "in"]);
    let failed = usize::from(first.code == Some(1));
    assert_eq!(articles(&folder), 7 - failed);
    folder.file("in/1.txt", report(71));
    folder.file("in/new.txt", report(72));
    folder.file("in/rows.jsonl", row(10) + &row(11) + &row(73));
    let second = folder.run(&["add", "in", "--report", "report.jsonl"]);
    assert!(second.err.contains("3 new articles"), "{}", second.err);
    // Of the rows of a file that grew, those that were there are known by their text.
    let known = outcomes(&folder).into_iter().filter(|(outcome, why)| outcome == "already there" && why.is_empty()).count();
    assert_eq!(known, 2);
    // What the user says makes other articles of the same files.
    let again = folder.run(&["add", "in", "--lang", "tr", "--report", "report.jsonl"]).exits(0);
    assert!(outcomes(&folder).iter().all(|(_, why)| why.is_empty()), "{}", again.err);
    folder.run(&["add", "in", "--lang", "tr"]).exits(0).complains(&["9 records in 7 files are in the record", "0 new articles"]);
}

#[test]
fn a_record_that_breaks_off_is_not_taken_for_the_end() {
    let folder = Folder::new();
    // The second file ends within a row; when the rest has come, it is another file and read from the beginning.
    folder.file("a.jsonl", row(1) + &row(2));
    folder.file("b.jsonl", row(3) + &row(4)[..20]);
    folder.run(&["add", "a.jsonl", "b.jsonl"]).exits(1).complains(&["3 new articles, 0 already there, 1 failed"]);
    folder.file("b.jsonl", row(3) + &row(4) + &row(5));
    folder
        .run(&["add", "a.jsonl", "b.jsonl"])
        .exits(0)
        .complains(&["a.jsonl: 2 records are", "2 new articles, 3 already there, 0 failed"]);
}
