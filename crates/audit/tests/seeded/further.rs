//! Going on where an audit stopped, states that do not do, the log alone.
//!
//! Must not know of: any one check.

use audit::{State, StateError};

use crate::forge::{Forge, codes};
use crate::suite;

#[test]
fn an_audit_goes_on_where_the_last_one_stopped_wherever_that_was() {
    let suite = suite::shared();
    let whole = suite.published().audit(State::default(), None);
    let forge = Forge::of(suite.published());
    let mut state = State::default();
    let size = forge.rows.len();
    // Wherever it stops: also in the middle of an act, and of a bundle.
    for at in [
        0,
        1,
        2,
        3,
        4,
        5,
        255,
        256,
        257,
        300,
        301,
        302,
        303,
        304,
        305,
        306,
        307,
        308,
        1000,
        1001,
        1002,
        1003,
        2047,
        size - 1,
    ] {
        let (report, after) = forge.clone().at_size(at).publish().audit(state, None);
        let found = codes(&report.findings);
        assert!(report.clean && found.iter().all(|code| *code == "A605"), "{at}: {:?}", report.findings.first());
        // As if it had been kept in a file meanwhile.
        state = State::read(&after.write().unwrap()).unwrap();
        assert_eq!(state.size(), at as u64);
    }
    let (report, state) = suite.published().audit(state, None);
    assert!(report.continued_from > 2000);
    assert_eq!(report.counts, whole.0.counts);
    assert_eq!(state, whole.1);
}

#[test]
fn a_state_that_is_damaged_foreign_or_of_another_kind_is_refused_by_name() {
    let suite = suite::shared();
    let (_, state) = suite.published().audit(State::default(), None);
    let bytes = state.write().unwrap();
    let mut damaged = bytes.clone();
    let last = damaged.len() - 10;
    damaged[last] ^= 1;
    assert!(matches!(State::read(&damaged), Err(StateError::Damaged)));
    assert!(matches!(State::read(&bytes[..200]), Err(StateError::Damaged)));
    assert!(matches!(State::read(b"something else"), Err(StateError::Unknown)));
    assert!(matches!(State::read(b""), Err(StateError::Unknown)));
    let alone = suite.published().try_audit(state, None, false).unwrap_err();
    assert!(alone.to_string().contains("with a disclosure"), "{alone}");
    let text = String::from_utf8(bytes).unwrap();
    let json = text.split_once('\n').unwrap().1.replacen("audited.invalid/log", "other.invalid/log", 1);
    let hash = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(&json));
    let foreign = State::read(format!("panjereh-audit-state 3 {hash}\n{json}").as_bytes()).unwrap();
    let foreign = suite.published().try_audit(foreign, None, true).unwrap_err();
    assert!(foreign.to_string().contains("other.invalid/log"), "{foreign}");
}

#[test]
fn of_the_log_alone_what_is_public_is_checked_and_the_rest_is_said_not_to_be() {
    let suite = suite::shared();
    let (report, _) = suite.published().audit_with(State::default(), None, false);
    assert!(report.clean && report.findings.is_empty(), "{:?}", report.findings.first());
    assert!(report.counts.leaves > 2000 && report.counts.acts == 0);
    assert!(report.not_checked.concat().contains("panjereh disclose"), "{:?}", report.not_checked);
    for (expected, name) in [
        ("A101", "the checkpoint is signed with another key"),
        ("A102", "a byte of an entry is changed after it was signed"),
        ("A105", "an event is left out of a case and the leaves stay as they were"),
        ("A106", "an ask is dated three days back"),
        ("A303", "a rule is changed for one case and never published"),
        ("A405", "a deadline runs out a day before its time"),
    ] {
        let manipulation = crate::manipulations::all().into_iter().find(|one| one.name == name).unwrap();
        let mut forge = Forge::of(suite.published());
        (manipulation.make)(&mut forge);
        let (report, _) = forge.publish().audit_with(State::default(), None, false);
        assert!(codes(&report.findings).contains(&expected), "{name}: {:?}", codes(&report.findings));
    }
}
