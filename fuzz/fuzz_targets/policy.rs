//! Any bytes as a C2SP tlog-policy: read strictly or refused with a line; more witnesses never break a quorum.
#![no_main]

use libfuzzer_sys::fuzz_target;
use log::Policy;

fuzz_target!(|bytes: &[u8]| match Policy::parse(bytes) {
    Ok(policy) => {
        let (none, all) = (policy.is_met(|_| false), policy.is_met(|_| true));
        assert!(all && (!none || policy.is_met(|witness| witness.url().is_some())));
    }
    Err(error) => assert!(error.line > 0 && error.line <= bytes.len().max(1) && !error.to_string().is_empty()),
});
