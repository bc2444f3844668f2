//! Any bytes as an auditor's note: read strictly or refused; what is read is written back the same, and nobody signed it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use log::SignerKey;
use log::key::Algorithm;
use record::audited::AuditNote;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(note) = AuditNote::parse(bytes) {
        assert_eq!(note.encode(), bytes);
        let key = SignerKey::from_seed("maku.example/log", Algorithm::Ed25519, &[1; 32]).unwrap();
        assert!(!note.is_of(key.verifier()) && !note.is_of_log(key.verifier()));
    }
});
