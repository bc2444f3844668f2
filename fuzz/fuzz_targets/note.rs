//! Any bytes as a signed note: no panic, what is read is written again, and nobody's signature is believed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use log::{Note, VerifierKey};

/// The key of the documentation of Go's note package; whoever fuzzes here does not sign with it.
const KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

fuzz_target!(|bytes: &[u8]| {
    let Ok(note) = Note::parse(bytes) else { return };
    assert_eq!(note.encode(), bytes);
    assert!(note.text().ends_with('\n') && !note.signatures().is_empty());
    let key: VerifierKey = KEY.parse().unwrap();
    let _ = note.verify(&[key]);
});
