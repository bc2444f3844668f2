//! Any bytes as what a browser gives for a new passkey: no panic, and what is taken has a key that reads.
#![no_main]

use credential::passkey::{PasskeyKey, RelyingParty, registered};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let party = RelyingParty { id: "a.example".to_owned(), origin: "https://a.example".to_owned() };
    // The challenge is empty, so that the client data is a text that can be guessed.
    let client_data = br#"{"type":"webauthn.create","challenge":"","origin":"https://a.example"}"#;
    if let Ok(made) = registered(&party, b"", client_data, bytes) {
        assert!(PasskeyKey::read(&made.key).is_ok());
    }
});
