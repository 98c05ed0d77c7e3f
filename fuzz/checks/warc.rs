use std::io::Cursor;

use haberdar_sources::{Format, ReadOptions, read_reader};

/// Any bytes, read as a web archive, packed or not: it comes to an end.
pub(crate) fn check(bytes: &[u8]) {
    let items = read_reader("a.warc", Cursor::new(bytes.to_vec()), Some(Format::Warc), &ReadOptions::default());
    assert!(items.count() <= bytes.len() + 1);
}
