//! Any bytes as the map of a rehearsal: a sound history is rehearsed by it, or it is refused with a place and a remedy.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::rehearse(bytes, fuzz::LOG.as_bytes()));
