//! Any text as a C2SP tlog-proof: read strictly or refused; what is read is written back the same.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(proof) = log::TlogProof::parse(bytes) {
        assert_eq!(proof.to_string().as_bytes(), bytes);
    }
});
