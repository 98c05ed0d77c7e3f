use haberdar_sources::{ReadOptions, read_page};

/// Any bytes, read as a page: never a panic, and bounded time.
pub(crate) fn check(bytes: &[u8]) {
    let _ = read_page("page", bytes, None, &ReadOptions::default());
}
