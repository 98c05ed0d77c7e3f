//! Any bytes, read as a page: never a panic, and bounded time.
#![no_main]

use haberdar_sources::{ReadOptions, read_page};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = read_page("page", bytes, None, &ReadOptions::default());
});
