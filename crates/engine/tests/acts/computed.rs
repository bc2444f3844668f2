//! Facts that a function works out: with the application, again when what they rest on changes, and not at all when the function refuses.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use definition::CheckedZone;
use definition::model::Fact;
use definition::value::{Decimal, Value};
use engine::act::Act;
use engine::case::Case;
use engine::refusal::{FactProblem, Refusal, Wrong};
use engine::world::{Computed, Fault, Functions, NoFunctions};
use jiff::Timestamp;

use crate::act::decide;
use crate::scene::{Scene, Who, checked, facts, given_in};

const OPENED: &str = "2026-05-03T09:00";

fn zone() -> &'static CheckedZone {
    static ZONE: OnceLock<CheckedZone> = OnceLock::new();
    ZONE.get_or_init(|| checked(include_str!("computed.txt")))
}

/// Says of a load twice its weight and whether that is even, and refuses 13.
#[derive(Debug)]
struct Doubling;

impl Functions for Doubling {
    fn compute(&self, _: &Fact, of: &[&Value], _: &Case, _: Timestamp) -> Result<Computed, Vec<Fault>> {
        let [Value::Decimal(given)] = of else { return Err(Vec::new()) };
        if *given == Decimal::from(13) {
            return Err(vec![unlucky()]);
        }
        let double = given.checked_add(*given).unwrap();
        let values = BTreeMap::from([("load.odd".to_owned(), Value::Bool(*given % Decimal::TWO != Decimal::ZERO))]);
        Ok(Computed { value: Value::Decimal(double), values })
    }
}

fn unlucky() -> Fault {
    Fault { of: 0, place: "1:1".to_owned(), words: BTreeMap::from([("en".to_owned(), "13 is unlucky".to_owned())]) }
}

fn weighed(found: &str) -> Act {
    let facts = facts(&zone().services()["weighing"], &format!("found {found}"));
    Act::Decide { route: "done".to_owned(), ground: None, note: String::new(), facts }
}

fn given(functions: impl Functions + 'static) -> Scene {
    Scene { functions: Arc::new(functions), ..given_in(zone(), "weighing", OPENED) }
}

#[test]
fn what_is_asked_for_is_worked_out_and_decided_on() {
    let scene = given(Doubling).when_opened("weight 4").then(
        "opened
         computed double double.odd
         entered sorting
         ruled sorting [1]
         decided sorting small by a rule
         entered done
         ended granted",
    );
    assert_eq!(scene.case().facts["double"], Value::Decimal(8.into()));
    assert_eq!(scene.case().facts["double.odd"], Value::Bool(false));
}

#[test]
fn what_an_officer_records_is_worked_out_again() {
    let inspected = given(Doubling).opened("weight 60").when(Who::Drawn("weighed", 0), weighed("7"));
    let scene = inspected.then(
        "decided weighed done by 1 officers
         computed twice twice.odd
         entered done
         ended granted",
    );
    assert_eq!(scene.case().facts["twice"], Value::Decimal(14.into()));
}

#[test]
fn what_the_applicant_answers_is_worked_out_again_and_decided_again() {
    let asked = given(Doubling)
        .opened("weight 70")
        .and(Who::Drawn("looked-at", 0), crate::act::ask(&[("weight", "incomplete")]));
    let supply = Act::Supply { facts: facts(&asked.service, "weight 3") };
    asked.when(Who::Applicant, supply).then(
        "supplied weight, officers until 2026-05-05
         computed double double.odd
         entered sorting
         ruled sorting [1]
         decided sorting small by a rule
         entered done
         ended granted",
    );
}

#[test]
fn what_the_function_refuses_changes_nothing() {
    let problem = FactProblem { fact: "weight".to_owned(), wrong: Wrong::Function(Box::new(unlucky())) };
    given(Doubling).when_opened("weight 13").then_refused(&Refusal::Facts(vec![problem.clone()]));
    let found = FactProblem { fact: "found".to_owned(), ..problem };
    let scene = given(Doubling).opened("weight 60");
    scene.when(Who::Drawn("weighed", 0), weighed("13")).then_refused(&Refusal::Facts(vec![found]));
}

#[test]
fn nobody_gives_what_a_function_works_out() {
    let not_asked = FactProblem { fact: "double".to_owned(), wrong: Wrong::NotAsked };
    given(Doubling).when_opened("weight 4, double 9").then_refused(&Refusal::Facts(vec![not_asked]));
}

#[test]
fn without_the_function_nothing_is_decided() {
    assert!(matches!(given(NoFunctions).when_opened("weight 4").refusal(), Refusal::Undecidable { .. }));
}

/// Says too little, too much, or something of another type.
#[derive(Debug)]
struct Wayward(&'static str, Value);

impl Functions for Wayward {
    fn compute(&self, _: &Fact, _: &[&Value], _: &Case, _: Timestamp) -> Result<Computed, Vec<Fault>> {
        let mut values = BTreeMap::from([("load.odd".to_owned(), Value::Bool(true))]);
        if self.0.is_empty() {
            values.clear();
        } else {
            values.insert(self.0.to_owned(), Value::Bool(true));
        }
        Ok(Computed { value: self.1.clone(), values })
    }
}

#[test]
fn a_function_that_says_something_else_than_the_definition_decides_nothing() {
    let two = || Value::Decimal(2.into());
    for wayward in [Wayward("", two()), Wayward("load.weight", two()), Wayward("load.odd", Value::Bool(true))] {
        assert!(matches!(given(wayward).when_opened("weight 4").refusal(), Refusal::Undecidable { .. }));
    }
    let refused = given(Doubling).opened("weight 70").when(Who::Drawn("looked-at", 0), decide("grant"));
    refused.then("decided looked-at grant by 1 officers\nentered done\nended granted");
}
