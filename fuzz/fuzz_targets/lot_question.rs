//! Any bytes as the question for a lot, or as the sheet of a draw: read or refused, and never answered or believed by chance.
#![no_main]

use beacon::institution::{Question, Seen, answer};
use beacon::vrf::SecretKey;
use beacon::{Sheet, Trust};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(question) = Question::read(bytes) {
        let signer = log::SignerKey::from_seed("zone.example/log", log::key::Algorithm::Ed25519, &[1; 32]).unwrap();
        assert!(answer(&question, signer.verifier(), &Seen::default(), &SecretKey::from_seed(&[2; 32])).is_err());
    }
    if let Ok(sheet) = Sheet::read(bytes) {
        drop(sheet.verify(&Trust::default()));
        drop(sheet.draw.tickets());
    }
});
