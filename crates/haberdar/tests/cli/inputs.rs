//! Everything that can be wrong with an input: a clear message, an `error` row, the others still read, exit code 1.

use std::fmt::Write;

use rusqlite::Connection;
use serde_json::Value;

use crate::folder::{Answer, Folder, text};

const GOOD: &str = "Fransa Cumhurbaşkanı Emmanuel Macron, Ankara'da Türkiye Cumhurbaşkanı ile bir araya geldi.\n";

/// Reads a bad input between two good ones: they are read, it gives an `error` row in its place, with the same words on stderr.
#[track_caller]
fn bad(folder: &Folder, name: &str, words: &[&str]) -> Answer {
    folder.file("first.txt", GOOD);
    folder.file("last.txt", GOOD);
    let answer = folder.run(&["read", "first.txt", name, "last.txt", "--format", "json"]).exits(1);
    let rows = answer.lines();
    assert_eq!(rows.len(), 3, "{}", answer.out);
    assert_eq!(rows.iter().map(|r| text(r, "/article/source_id")).collect::<Vec<_>>(), ["first.txt", name, "last.txt"]);
    assert!(rows[0].get("error").is_none() && rows[2].get("error").is_none(), "{rows:?}");
    for word in words {
        assert!(text(&rows[1], "/error").contains(word), "no {word:?} in {}", rows[1]);
    }
    answer.complains(words);
    // In the record the others are kept, too.
    let added = folder.run(&["add", "first.txt", name, "last.txt"]).exits(1);
    added.complains(words);
    added.complains(&[" 1 failed; the record in haberdar.db now has 1 article,"]);
    answer
}

#[test]
fn an_empty_file() {
    let folder = Folder::with("empty.txt", "");
    bad(&folder, "empty.txt", &["empty.txt", "empty; nothing to read"]);
    folder.file("blank.txt", " \n\t\n");
    bad(&folder, "blank.txt", &["blank.txt", "empty"]);
}

#[test]
fn a_missing_file() {
    bad(&Folder::new(), "missing.txt", &["missing.txt: no such file or folder", "check the spelling"]);
}

#[test]
fn a_folder_without_articles() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path().join("bare")).expect("a folder");
    std::fs::write(folder.path().join("bare/picture.png"), b"\x89PNG\r\n").expect("a file");
    bad(&folder, "bare", &["bare: the folder holds no articles", ".jsonl"]);
}

#[test]
fn a_binary_file() {
    let bytes: Vec<u8> = [&b"\x7fELF\x02\x01\x01\0"[..], &(0..=255).collect::<Vec<u8>>().repeat(20)].concat();
    let folder = Folder::with("program.txt", &bytes);
    bad(&folder, "program.txt", &["program.txt: not a text file"]);
    folder.file("report.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n");
    bad(&folder, "report.pdf", &["report.pdf: not a text file", "extract its text"]);
}

#[test]
fn windows_1254_is_read() {
    // The letters in which the Turkish code page differs from Latin 1, and those which both have.
    let content = "Dışişleri Bakanı, İngiliz mevkidaşıyla Ağrı'da görüştü. Çoğu üye anlaşmayı onayladı.\n";
    let bytes: Vec<u8> = content
        .chars()
        .map(|c| match c {
            'ğ' => 0xF0,
            'ı' => 0xFD,
            'ş' => 0xFE,
            'İ' => 0xDD,
            c => u8::try_from(u32::from(c)).expect("in Latin 1"),
        })
        .collect();
    let folder = Folder::with("eski.txt", bytes);
    let r = folder.run(&["read", "eski.txt", "--format", "json", "--with-text"]).exits(0).lines().remove(0);
    assert_eq!(text(&r, "/text"), content);
    assert_eq!(text(&r, "/article/language"), "tr");
    let parsed = folder.run(&["parse", "eski.txt", "--lang", "tr"]).exits(0);
    assert!(parsed.out.contains("# text = Dışişleri Bakanı, İngiliz"), "{}", parsed.out);
}

#[test]
fn broken_lines_in_the_middle() {
    let good = r#"{"id": "a", "text": "Fransa ile Almanya anlaştı.", "lang": "tr"}"#;
    let rows = [
        good,
        r#"{"id": "b", "text": "Fran"#,
        "[]",
        r#"{"id": "c"}"#,
        r#"{"id":"d","text":7}"#,
        r#"{"id":"e","text":"x y","lang":"xx"}"#,
        r#"{"id":"f","text":"x y","published":"soon"}"#,
        "",
        good,
    ];
    let folder = Folder::with("rows.jsonl", rows.join("\n"));
    let answer = folder.run(&["read", "rows.jsonl", "--format", "json"]).exits(1);
    let found = answer.lines();
    let errors: Vec<bool> = found.iter().map(|r| r.get("error").is_some()).collect();
    assert_eq!(errors, [false, true, true, true, true, true, true, false], "{found:?}");
    for (row, words) in
        found[1..7].iter().zip(["line 2", "line 3", "no \"text\"", "\"text\" is", "unknown language \"xx\"", "published"])
    {
        assert!(text(row, "/error").contains(words), "no {words:?} in {row}");
        assert!(text(row, "/error").starts_with("rows.jsonl, line "), "{row}");
    }
    assert_eq!(text(&found[3], "/article/source_id"), "c");
    assert_eq!(answer.err.lines().count(), 6, "{}", answer.err);
}

#[test]
fn bytes_that_are_no_text_in_the_middle() {
    let mut rows = br#"{"id": "a", "text": "Fransa ile Almanya bir araya geldi.", "lang": "tr"}"#.to_vec();
    rows.extend(b"\n\xff\xfe\xd8 {\n\x80\x81\n");
    rows.extend(r#"{"id": "z", "text": "Fransa ile Almanya anlaştı.", "lang": "tr"}"#.as_bytes());
    let answer = Folder::with("rows.jsonl", rows).run(&["read", "rows.jsonl", "--format", "json"]).exits(1);
    let found = answer.lines();
    assert_eq!((text(&found[0], "/article/source_id"), found[0].get("error")), ("a", None));
    let last = found.last().expect("rows");
    assert_eq!((text(last, "/article/source_id"), last.get("error")), ("z", None));
    assert!(found[1..found.len() - 1].iter().all(|r| r.get("error").is_some()), "{found:?}");
}

#[test]
fn an_unknown_language_tag() {
    let folder = Folder::with("good.txt", GOOD);
    for command in ["read", "add", "parse"] {
        let answer = folder.run(&[command, "good.txt", "--lang", "xx"]).exits(2);
        answer.complains(&["unknown language \"xx\"", "tr or en"]);
        assert!(answer.out.is_empty(), "{}", answer.out);
    }
}

#[test]
fn a_text_in_another_language_is_said_to_be_one() {
    for (name, content) in [
        ("ru.txt", "Министр иностранных дел России встретился вчера в Москве с коллегой из Северной Кореи."),
        ("ar.txt", "التقى وزير الخارجية الروسي نظيره الكوري الشمالي في موسكو يوم أمس"),
        ("ja.txt", "日本の外務大臣は昨日、東京で韓国の外相と会談した。"),
        (
            "it.txt",
            "Il ministro degli Esteri italiano ha incontrato ieri a Roma il suo omologo francese per discutere della situazione.",
        ),
        (
            "fr.txt",
            "Le ministre des Affaires étrangères de la France a rencontré hier son homologue allemand à Berlin pour discuter de la situation.",
        ),
        (
            "de.txt",
            "Der deutsche Außenminister hat gestern in Berlin seinen französischen Amtskollegen getroffen und über die Lage gesprochen.",
        ),
        (
            "es.txt",
            "El ministro de Exteriores de España se reunió ayer en Madrid con su homólogo francés para hablar de la situación.",
        ),
        (
            "az.txt",
            "Azərbaycanın xarici işlər naziri dünən Bakıda Türkiyənin xarici işlər naziri ilə görüşüb və məsələləri müzakirə edib.",
        ),
    ] {
        bad(&Folder::with(name, content), name, &["language", "--lang tr or --lang en"]);
    }
}

#[test]
fn a_line_of_fifty_megabytes() {
    let folder = Folder::new();
    let mut rows = String::with_capacity(51 << 20);
    let good = |id: &str| format!("{{\"id\": \"{id}\", \"text\": \"Fransa ile Almanya anlaştı.\", \"lang\": \"tr\"}}\n");
    let _ = write!(rows, "{}{{\"id\": \"big\", \"text\": \"", good("a"));
    rows.extend(std::iter::repeat_n("Fransa ile Almanya anlaştı. ", 50_000_000 / 29));
    rows.push_str("\"}\n");
    rows.push_str(&good("z"));
    folder.file("big.jsonl", rows);
    let answer = folder.run(&["read", "big.jsonl", "--format", "json"]).exits(1);
    let found = answer.lines();
    assert_eq!(found.len(), 3);
    assert!(found[0].get("error").is_none() && found[2].get("error").is_none());
    assert!(text(&found[1], "/error").contains("big.jsonl, line 2: the line has"), "{}", found[1]);
    assert!(text(&found[1], "/error").contains("Give one article a line"), "{}", found[1]);
    assert_eq!(text(&found[2], "/article/source_id"), "z");
}

#[test]
fn a_text_without_sentences_or_with_one_endless_word() {
    let folder = Folder::with("marks.txt", "?! … — ,, ;; ((((");
    folder.file("word.txt", format!("Türkiye {} bir", "ş".repeat(200_000)));
    folder.file("deep.txt", format!("Bakan {} dedi ve bir", "(“".repeat(5_000)));
    for name in ["marks.txt", "word.txt", "deep.txt"] {
        let answer = folder.run(&["read", name, "--lang", "tr", "--format", "json"]);
        assert!(matches!(answer.code, Some(0 | 1)) && !answer.err.contains("panicked"), "{name}: {}", answer.err);
        assert_eq!(answer.lines().len(), 1, "{name}");
        let parsed = folder.run(&["parse", name, "--lang", "tr"]);
        assert!(matches!(parsed.code, Some(0 | 1)) && !parsed.err.contains("panicked"), "{name}: {}", parsed.err);
    }
}

#[test]
fn a_page_without_an_article() {
    bad(&Folder::with("page.html", "<!doctype html><html><body></body></html>"), "page.html", &["page.html"]);
}

#[test]
fn a_foreign_store_is_left_alone() {
    let folder = Folder::with("good.txt", GOOD);
    let path = folder.path().join("shop.db");
    Connection::open(&path).and_then(|db| db.execute_batch("CREATE TABLE shop(x)")).expect("an SQLite file");
    folder.file("notes.db", "these are no tables, but some notes of mine");
    for (name, words) in [("shop.db", "another program"), ("notes.db", "not an SQLite file")] {
        let before = std::fs::read(folder.path().join(name)).expect("the file");
        for args in [&["add", "good.txt", "--store", name][..], &["events", "--store", name]] {
            let answer = folder.run(args).exits(1);
            answer.complains(&[name, words, "--store"]);
            assert!(answer.out.is_empty(), "{}", answer.out);
        }
        assert_eq!(std::fs::read(folder.path().join(name)).expect("the file"), before, "{name} was changed");
    }
}

#[test]
fn a_locked_store_is_said_to_be_locked() {
    let folder = Folder::with("good.txt", GOOD);
    folder.file("more.txt", "Almanya Dışişleri Bakanı Paris'te Fransız mevkidaşıyla görüştü.");
    folder.run(&["add", "good.txt"]).exits(0);
    let before = folder.run(&["events", "--format", "json"]).exits(0).out;
    let other = Connection::open(folder.path().join("haberdar.db")).expect("the store");
    other.execute_batch("BEGIN IMMEDIATE").expect("a lock");
    folder.run(&["add", "more.txt"]).exits(1).complains(&["haberdar.db: locked by another program"]);
    assert_eq!(folder.run(&["events", "--format", "json"]).exits(0).out, before, "readers are not kept waiting");
    other.execute_batch("ROLLBACK").expect("the lock is given back");
    folder.run(&["add", "more.txt"]).exits(0);
}

#[test]
fn a_store_that_is_not_there() {
    let folder = Folder::with("good.txt", GOOD);
    for query in ["events", "quotes", "stories", "conflicts"] {
        folder.run(&[query, "--store", "none.db"]).exits(1).complains(&["none.db", "haberdar add"]);
        assert!(!folder.path().join("none.db").exists(), "{query} made a store");
    }
    folder.run(&["add", "good.txt", "--store", "no/such/folder.db"]).exits(1).complains(&["no/such"]);
    folder.run(&["add", "good.txt", "--store", "."]).exits(1).complains(&["folder"]);
}

#[test]
fn wrong_arguments_are_told_from_wrong_inputs() {
    let folder = Folder::with("good.txt", GOOD);
    for args in [
        &["read"][..],
        &["read", "good.txt", "--published", "tomorrow"],
        &["read", "good.txt", "--format", "xml"],
        &["events", "--min-confidence", "much"],
        &["frobnicate"],
    ] {
        let answer = folder.run(args).exits(2);
        assert!(answer.out.is_empty() && !answer.err.is_empty(), "{args:?}");
    }
    folder.run(&["parse", "missing.txt"]).exits(1).complains(&["missing.txt"]);
    let empty = folder.file("empty.txt", "");
    folder.run(&["parse", &empty.to_string_lossy()]).exits(1).complains(&["empty.txt"]);
}

#[test]
fn rows_and_pages_give_their_own_origin() {
    let row = r#"{"id": 7, "title": "Görüşme", "publisher": "Örnek", "published": "2024-03-01", "url": "https://example.org/7", "text": "Fransa ile Almanya anlaştı.", "lang": "tr"}"#;
    let folder = Folder::with("rows.jsonl", row);
    let r: Value =
        folder.run(&["read", "rows.jsonl", "--format", "json", "--published", "1999-01-01"]).exits(0).lines().remove(0);
    for (field, value) in [("source_id", "7"), ("title", "Görüşme"), ("publisher", "Örnek"), ("published", "2024-03-01")] {
        assert_eq!(r["article"][field], value, "{r}");
    }
}
