//! Any bytes as the client data of a passkey: no panic.
#![no_main]

use credential::passkey::ClientData;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    assert_eq!(ClientData::read(bytes), ClientData::read(bytes));
});
