//! Any bytes as a branch of a log's tree: read strictly or refused; what is read is written back the same.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(branch) = log::Branch::decode(bytes) {
        assert_eq!(branch.encode(), bytes);
    }
});
