//! `checks/feed.rs` over whatever the fuzzer thinks of.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../checks/feed.rs"]
mod checked;

fuzz_target!(|bytes: &[u8]| checked::check(bytes));
