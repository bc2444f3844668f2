//! Any bytes as a verification pack: no panic, no more memory than its lists may take. It must not know how a pack is made.
#![no_main]

use credential::{PackRefused, SignedPack, TrustedKeys};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let refused = SignedPack::verify(bytes, &TrustedKeys::new());
    assert!(matches!(refused, Err(PackRefused::Malformed(_) | PackRefused::NotSigned { .. })));
});
