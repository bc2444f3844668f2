//! Any bytes as a certificate, as text and as a message: no panic, and what is read is what was
//! written. It must not know how a certificate is made.
#![no_main]

use credential::{Certificate, Input, TrustedKeys, Verdict, verify};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let nobody = TrustedKeys::new();
    let packed = format!("PJ1:{}", base45::encode(bytes));
    for input in [Input::from_file(bytes), Input::Message(bytes), Input::Text(&packed)] {
        let verdict = verify(input, &nobody, 1_800_000_000, None);
        assert!(matches!(verdict, Verdict::UnknownKey { .. } | Verdict::Malformed(_)));
    }
    if let Ok(certificate) = Certificate::read(bytes) {
        assert_eq!(certificate.to_cose_bytes(), bytes);
        assert_eq!(Certificate::read_text(&certificate.to_text()), Ok(certificate));
    }
    if let Ok(certificate) = Certificate::read_text(&packed) {
        assert_eq!(Certificate::read(&certificate.to_cose_bytes()), Ok(certificate));
    }
});
