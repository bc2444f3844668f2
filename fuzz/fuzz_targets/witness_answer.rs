//! Any bytes as a witness's answer: no panic, and no cosignature is found in what the witness did not sign.
#![no_main]

use libfuzzer_sys::fuzz_target;
use log::key::Algorithm;
use log::witness::read_answer;
use log::{Note, SignerKey};

fuzz_target!(|bytes: &[u8]| {
    let note = Note::new("log.example/zone\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n").unwrap();
    let witness = SignerKey::from_seed("witness.example/w1", Algorithm::CosignatureV1, &[9; 32]).unwrap();
    assert!(read_answer(&note, bytes, witness.verifier()).is_err());
});
