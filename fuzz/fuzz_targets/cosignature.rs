//! Any bytes as a witness's cosignature: no panic, and what is read is written again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use log::cosignature::{Cosignature, MAX_POSIX_S};

fuzz_target!(|bytes: &[u8]| {
    if let Some(cosignature) = Cosignature::parse(bytes) {
        assert_eq!(cosignature.to_bytes(), bytes);
        assert!(cosignature.posix_s <= MAX_POSIX_S);
    }
});
