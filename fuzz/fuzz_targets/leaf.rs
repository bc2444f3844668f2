//! Any bytes as a leaf: no panic, and a leaf has one encoding only.
#![no_main]

use libfuzzer_sys::fuzz_target;
use log::Leaf;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(leaf) = Leaf::decode(bytes) {
        assert_eq!(leaf.encode().unwrap(), bytes);
    }
});
