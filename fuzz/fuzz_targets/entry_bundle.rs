//! Any bytes as an entry bundle: no panic, and the entries, packed again, are the same bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use log::bundle;

fuzz_target!(|bytes: &[u8]| {
    let Ok(entries) = bundle::parse(bytes) else { return };
    let mut again = Vec::new();
    entries.iter().for_each(|entry| bundle::push(&mut again, entry).unwrap());
    assert_eq!(again, bytes);
    assert!(entries.len() <= 256);
});
