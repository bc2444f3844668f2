//! Any bytes as the state of an audit, bare and behind a first line that fits them: no panic, and a state that is read can be written and read again.
#![no_main]

use audit::State;
use libfuzzer_sys::fuzz_target;
use sha2::{Digest, Sha256};

fuzz_target!(|bytes: &[u8]| {
    drop(State::read(bytes));
    let line = format!("panjereh-audit-state 3 {}\n", hex::encode(Sha256::digest(bytes)));
    if let Ok(state) = State::read(&[line.as_bytes(), bytes].concat()) {
        assert_eq!(State::read(&state.write().unwrap()).unwrap(), state);
    }
});
