use std::io::Cursor;

use haberdar_sources::{Format, ReadOptions, entries, opml_feeds, read_reader};

/// Any bytes, read as a feed, a list of feeds, a table and a JSON document: it comes to an end.
pub(crate) fn check(bytes: &[u8]) {
    let _ = (entries("feed", bytes), opml_feeds(bytes));
    for format in [Format::Xml, Format::Json, Format::Csv, Format::Jsonl] {
        let items = read_reader("a", Cursor::new(bytes.to_vec()), Some(format), &ReadOptions::default());
        assert!(items.count() <= bytes.len() + 2);
    }
}
