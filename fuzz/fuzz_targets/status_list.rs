//! Any bytes as a signed status list: no panic, no more memory than a list may take. It must not
//! know how a list is made.
#![no_main]

use credential::{SignedStatusList, StatusListRefused, TrustedKeys};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let refused = SignedStatusList::verify(bytes, &TrustedKeys::new());
    assert!(matches!(refused, Err(StatusListRefused::Malformed(_) | StatusListRefused::UnknownKey { .. })));
});
