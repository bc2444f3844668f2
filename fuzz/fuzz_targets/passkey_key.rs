//! Any bytes as a passkey's public key: no panic.
#![no_main]

use credential::passkey::PasskeyKey;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    assert_eq!(PasskeyKey::read(bytes), PasskeyKey::read(bytes));
});
