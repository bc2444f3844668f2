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

mod agents;
mod forge;
mod further;
mod history;
mod manipulations;
mod people;
mod suite;

#[test]
fn a_clean_record_is_silent_and_every_manipulation_is_named() {
    let suite = suite::shared();
    let clean = suite.clean();
    assert!(clean.findings.is_empty(), "{:#?}", clean.findings.iter().take(5).collect::<Vec<_>>());
    assert!(clean.clean);
    assert_eq!(clean.counts.leaves, clean.counts.leaves_recomputed);
    let outcomes = suite.run();
    for one in &outcomes {
        println!("{} {} {:?}", one.expected, one.name, one.codes);
    }
    let missed: Vec<String> = outcomes.iter().filter(|one| !one.found).map(|one| format!("{one:?}")).collect();
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    assert!(outcomes.len() >= 30);
}
