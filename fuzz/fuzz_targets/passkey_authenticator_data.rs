//! Any bytes as what an authenticator says of itself: no panic.
#![no_main]

use credential::passkey::AuthenticatorData;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    assert_eq!(AuthenticatorData::read(bytes), AuthenticatorData::read(bytes));
});
