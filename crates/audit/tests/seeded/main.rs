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

mod accounts;
mod again;
mod agents;
mod chance;
mod erased;
mod forge;
mod further;
mod goods;
mod history;
mod lots;
mod manipulations;
mod moved;
mod needed;
mod people;
mod queues;
#[path = "../../../app/tests/running/relay.rs"]
mod relay;
mod reserved;
mod shown;
mod signers;
#[path = "../../../credential/tests/soft/mod.rs"]
mod soft;
mod suite;
#[path = "../../../app/tests/customs/truck.rs"]
mod truck;
mod unbooked;

#[test]
fn a_clean_record_is_silent_and_every_manipulation_is_named() {
    let suite = suite::shared();
    let clean = suite.clean();
    let found: Vec<&str> = clean.findings.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(found, ["A605"], "the zone stopped drawing with an institution: {:#?}", clean.findings);
    assert!(clean.clean);
    assert_eq!(clean.counts.leaves, clean.counts.leaves_recomputed);
    let outcomes = suite.outcomes();
    for one in outcomes {
        println!("{} {} {:?}", one.expected, one.name, one.codes);
    }
    let missed: Vec<String> = outcomes.iter().filter(|one| !one.found).map(|one| format!("{one:?}")).collect();
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    assert!(outcomes.len() >= 30);
}

/// Codes of which no manipulation can be made that yields them alone, and why.
const NEVER_ALONE: &[(&str, &str)] =
    &[("A602", "whoever leaves an officer out of a draw departs from the recorded roster, too, which A431 says")];

#[test]
fn every_code_has_a_manipulation_that_yields_it_and_nothing_else() {
    let alone = |code: &str| suite::shared().outcomes().iter().any(|one| one.expected == code && one.codes == [code]);
    let excused = |code: &str| NEVER_ALONE.iter().any(|(never, _)| *never == code);
    let codes = audit::checks::all().iter().map(|check| check.code.id);
    let (wrong, right): (Vec<&str>, Vec<&str>) = codes.partition(|code| alone(code) == excused(code));
    assert!(wrong.is_empty(), "no manipulation yields these alone, or one does and they are excused: {wrong:?}");
    assert!(right.len() > NEVER_ALONE.len());
}
