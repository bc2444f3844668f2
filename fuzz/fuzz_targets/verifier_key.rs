//! Any text as a key: no panic, and what is read is written again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use log::{SignerKey, VerifierKey};

fuzz_target!(|text: &str| {
    if let Ok(key) = text.parse::<VerifierKey>() {
        assert_eq!(key.to_string(), text);
    }
    if let Ok(key) = text.parse::<SignerKey>() {
        assert_eq!(key.encode_secret(), text);
    }
});
