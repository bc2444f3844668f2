//! Facts that a function works out of what a register holds: that is on record with the application.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use definition::CheckedZone;
use definition::model::Fact;
use definition::value::{Decimal, Value};
use engine::case::Case;
use engine::refusal::{FactProblem, Refusal, Wrong};
use engine::world::{Computed, Fault, Functions};
use jiff::Timestamp;

use crate::scene::{APPLICANT, Scene, checked, given_in};

const OPENED: &str = "2026-05-03T09:00";

fn zone() -> &'static CheckedZone {
    static ZONE: OnceLock<CheckedZone> = OnceLock::new();
    ZONE.get_or_init(|| checked(include_str!("of_records.txt")))
}

/// Says of a weight twice as much, and of that again; refuses 13.
#[derive(Debug)]
struct Doubling;

impl Functions for Doubling {
    fn compute(&self, fact: &Fact, of: &[&Value], _: &Case, _: Timestamp) -> Result<Computed, Vec<Fault>> {
        let [.., Value::Decimal(given)] = of else { return Err(Vec::new()) };
        assert_eq!(of.len(), if fact.name == "double" { 2 } else { 1 }, "of {}", fact.name);
        if *given == Decimal::from(13) {
            return Err(vec![unlucky()]);
        }
        let double = Value::Decimal(given.checked_add(*given).unwrap());
        Ok(Computed { value: double.clone(), values: BTreeMap::from([("load.again".to_owned(), double)]) })
    }
}

/// Against what was given second.
fn unlucky() -> Fault {
    Fault { of: 1, place: String::new(), words: BTreeMap::from([("en".to_owned(), "13 is unlucky".to_owned())]) }
}

/// Somebody's load of this weight; of none that the register knows, where it says nothing.
fn holding(weight: Option<u32>) -> Scene {
    let scene = Scene { functions: Arc::new(Doubling), ..given_in(zone(), "weighing", OPENED) };
    let values = weight.map(|weight| ("load.weight", Value::Decimal(weight.into())));
    scene.with_record("load", APPLICANT, values.as_slice())
}

#[test]
fn what_the_register_holds_is_given_and_kept() {
    let scene = holding(Some(4)).when_opened("load L-1").then(
        "opened
         computed double double.again
         computed twice twice.again
         entered sorting
         ruled sorting [1]
         decided sorting small by a rule
         entered done
         ended granted",
    );
    assert_eq!(scene.case().facts["load.weight"], Value::Decimal(4.into()), "an audit asks the function the same");
    assert_eq!(scene.case().facts["twice"], Value::Decimal(16.into()), "of what another function said");
}

#[test]
fn what_is_against_what_the_register_holds_is_told_at_the_fact_that_names_the_record() {
    let problem = FactProblem { fact: "load".to_owned(), wrong: Wrong::Function(Box::new(unlucky())) };
    holding(Some(13)).when_opened("load L-1").then_refused(&Refusal::Facts(vec![problem]));
}

#[test]
fn where_the_register_does_not_say_nothing_is_decided() {
    assert!(matches!(holding(None).when_opened("load L-1").refusal(), Refusal::Undecidable { .. }));
}
