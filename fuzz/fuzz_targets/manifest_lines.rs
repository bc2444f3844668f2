//! Any text as a cargo manifest: no panic, and every fault has its words in both languages.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Err(faults) = customs::functions::read_manifest(text) {
        assert!(!faults.is_empty() && faults.iter().all(|fault| fault.words.len() == 2));
    }
});
