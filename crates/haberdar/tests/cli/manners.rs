//! Pipes, colours, threads.

use std::{
    fmt::Write,
    io::{BufRead, BufReader},
    process::Stdio,
};

use crate::folder::Folder;

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/reports");

#[test]
fn the_number_of_threads_changes_nothing() {
    let folder = Folder::new();
    let read = |threads: &str| {
        let args = ["read", SAMPLES, "--format", "json", "--with-text"];
        let output = folder.command(&args).env("RAYON_NUM_THREADS", threads).output().expect("the binary starts");
        assert!(output.status.success());
        output.stdout
    };
    let record = |threads: &str, store: &str| {
        let status =
            folder.command(&["add", SAMPLES, "--store", store]).env("RAYON_NUM_THREADS", threads).output().map(|o| o.status);
        assert!(status.is_ok_and(|s| s.success()));
        ["events", "quotes", "stories", "conflicts"].map(|q| folder.run(&[q, "--store", store, "--format", "json"]).exits(0).out)
    };
    let one = read("1");
    assert!(one == read("2") && one == read("5"), "readings depend on the number of threads");
    assert!(record("1", "one.db") == record("2", "two.db"), "the record depends on the number of threads");
}

#[test]
fn locale_and_time_zone_change_nothing() {
    let folder = Folder::new();
    let read = |locale: &str, zone: &str| {
        let args = ["read", SAMPLES, "--format", "json"];
        folder
            .command(&args)
            .env("LC_ALL", locale)
            .env("LANG", locale)
            .env("TZ", zone)
            .output()
            .expect("the binary starts")
            .stdout
    };
    assert!(read("C", "UTC") == read("tr_TR.UTF-8", "Pacific/Kiritimati"), "readings depend on the surroundings");
}

#[test]
fn nothing_is_coloured_in_a_pipe() {
    let folder = Folder::with("report.txt", include_str!("data/tr-ri.txt"));
    folder.run(&["add", "report.txt"]).exits(0).is_plain();
    for args in [
        &["read", "report.txt"][..],
        &["events"],
        &["who", "Lavrov"],
        &["demo"],
        &["--help"],
        &["read"],
        &["read", "missing.txt"],
    ] {
        folder.run(args).is_plain();
        let output = folder.command(args).env("NO_COLOR", "1").env("CLICOLOR_FORCE", "0").output().expect("the binary starts");
        crate::folder::Answer::new(args, output).is_plain();
    }
}

#[test]
fn a_reader_who_leaves_early_is_no_failure() {
    let folder = Folder::new();
    let mut rows = String::new();
    for i in 0..300 {
        let _ =
            writeln!(rows, "{{\"id\": {i}, \"text\": \"Fransa Cumhurbaşkanı {i}. kez Almanya ile görüştü.\", \"lang\": \"tr\"}}");
    }
    folder.file("rows.jsonl", rows);
    folder.run(&["add", "rows.jsonl"]).exits(0);
    for args in [
        &["read", "rows.jsonl", "--format", "json"][..],
        &["read", "rows.jsonl"],
        &["read", "rows.jsonl", "--format", "csv"],
        &["events", "--format", "json"],
        &["events", "--format", "csv"],
        &["parse", "rows.jsonl", "--lang", "tr"],
        &["--help"],
    ] {
        let mut child = folder.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary starts");
        let mut line = String::new();
        // The pipe closes as soon as one line was read, as `head -1` does.
        BufReader::with_capacity(64, child.stdout.take().expect("a pipe")).read_line(&mut line).expect("a line");
        let output = child.wait_with_output().expect("it ends");
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && err.is_empty(), "{args:?}: {} {err}", output.status);
    }
}
