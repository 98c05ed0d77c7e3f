//! What the fuzzer found worth keeping (`fuzz/corpus`) is read without it, too: each file by the check of its target.

#![allow(clippy::print_stdout, reason = "shown only where a check fails: the name of the file")]

use std::{
    fs,
    path::{Path, PathBuf},
};

#[path = "../../../fuzz/checks/feed.rs"]
mod feed;
#[path = "../../../fuzz/checks/page.rs"]
mod page;
#[path = "../../../fuzz/checks/warc.rs"]
mod warc;

fn replay(target: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let mut files: Vec<PathBuf> = fs::read_dir(folder).expect("a corpus").map(|f| f.expect("a file").path()).collect();
    files.sort();
    assert!(files.len() >= 20, "{} files", files.len());
    for file in files {
        println!("{}", file.display());
        check(&fs::read(&file).expect("a file that can be read"));
    }
}

#[test]
fn pages() {
    replay("page", page::check);
}

#[test]
fn archives() {
    replay("warc", warc::check);
}

#[test]
fn feeds() {
    replay("feed", feed::check);
}
