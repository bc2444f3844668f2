//! Any bytes as a history in CSV: rehearsed, or refused with a place and a remedy. It must not know how a history is read.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::rehearse(fuzz::MAP.as_bytes(), bytes));
