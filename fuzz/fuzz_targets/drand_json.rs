//! Any bytes as what a drand relay answers, a chain's description or a round: read or refused, and never taken for a signed round.
#![no_main]

use std::sync::LazyLock;

use beacon::{Chain, Round};

static QUICKNET: LazyLock<Chain> = LazyLock::new(|| Chain::quicknet().unwrap());

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(chain) = Chain::read(bytes) {
        assert_eq!(chain.round_from(chain.time_ms(7).unwrap_or(0)).is_some(), true);
    }
    if let Ok(round) = Round::read(bytes, 7) {
        // No round 7 is in the corpus, so whatever passes for it was forged.
        assert!(QUICKNET.verify(&round).is_err());
    }
});
