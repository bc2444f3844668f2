//! A real record that is audited: nothing is found in it as it is, and every manipulation in it is found and called by its name.
//!
//! Must not know of: how a check finds something.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]
#![allow(dead_code, reason = "the measurement uses what the tests do not, and the other way round")]

mod forge;
mod history;
mod suite;

use std::path::Path;

use audit::State;

#[test]
fn a_clean_record_is_silent_and_every_manipulation_is_named() {
    let zone = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones/maku");
    let suite = suite::Suite::new(&zone, 45);
    let clean = suite.clean();
    assert!(clean.findings.is_empty(), "{:#?}", clean.findings.iter().take(5).collect::<Vec<_>>());
    assert!(clean.clean);
    println!("{:#?}", clean.counts);
    assert_eq!(clean.counts.leaves, clean.counts.leaves_recomputed);
    let outcomes = suite.run();
    let missed: Vec<String> = outcomes.iter().filter(|one| !one.found).map(|one| format!("{one:?}")).collect();
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    assert!(outcomes.len() >= 30);
    drop(State::default());
}
