//! Somebody acts for the applicant under a mandate: what is recorded, what they may not name, and that an officer among them keeps out.

use std::collections::{BTreeMap, BTreeSet};

use definition::value::Value;
use engine::CaseId;
use engine::act::{Act, Actor, Application};
use engine::erasure;
use engine::fold;
use engine::mandate::{self, Agency, Principal};
use engine::refusal::{FactProblem, Refusal, Wrong};
use engine::world::Conflict;

use crate::act::withdraw;
use crate::scene::{APPLICANT, Scene, given};

fn agency(register: &str, key: &str) -> Agency {
    let principal = Principal { register: register.to_owned(), key: key.to_owned() };
    Agency { mandate: mandate::stream(&[1; 32]), agent: "omar".to_owned(), principal }
}

fn market() -> Scene {
    given("market", "2026-05-03T09:00").with_record("shop", APPLICANT, &[("shop.debt", Value::Decimal(0.into()))])
}

fn applied(scene: &Scene, under: Agency, shop: &str) -> Result<Scene, Refusal> {
    let facts = BTreeMap::from([("shop".to_owned(), Value::Text(shop.to_owned()))]);
    let applicant = APPLICANT.to_owned();
    let application = Application { case: CaseId([200; 16]), applicant, under: Some(under), appeals: None, facts };
    scene.open_as(&application).map(|opened| scene.clone().take(opened))
}

#[test]
fn each_of_the_applicants_events_says_who_did_it_and_no_other_does() {
    let own = agency("shops", "S1");
    let scene = applied(&market(), own.clone(), "S1").unwrap_or_else(|refusal| panic!("{refusal:?}"));
    let done = scene.decide(&Actor::Agent(Box::new(own.clone())), &withdraw()).unwrap();
    let scene = scene.take(done);
    for event in &scene.events {
        let said = event.under.as_deref();
        assert_eq!(said, event.what.is_an_applicants().then_some(&own), "{}", event.what.kind());
    }
    let case = scene.case.unwrap();
    assert_eq!((case.applicant.as_str(), &case.agents), (APPLICANT, &BTreeSet::from(["omar".to_owned()])));
}

#[test]
fn an_agent_names_only_the_principal_and_acts_only_in_its_cases() {
    let problem = Refusal::Facts(vec![FactProblem { fact: "shop".to_owned(), wrong: Wrong::NoRecord }]);
    assert_eq!(applied(&market(), agency("shops", "S2"), "S1").map(|_| ()).unwrap_err(), problem);
    // A register from which the service takes nothing is no principal's of it.
    assert_eq!(applied(&market(), agency("stalls", "S1"), "S1").map(|_| ()).unwrap_err(), Refusal::NotYours);
    let scene = market().opened("shop S1");
    for other in [agency("shops", "S2"), agency("stalls", "S1")] {
        let refused = scene.decide(&Actor::Agent(Box::new(other)), &withdraw()).unwrap_err();
        assert_eq!(refused, Refusal::NotYours);
    }
    // What is not for companies has no agents, and what is an officer's is none of theirs.
    let licence = given("licence", "2026-05-03T09:00").opened("kind smith, size 90");
    let own = Actor::Agent(Box::new(agency("shops", "S1")));
    assert_eq!(licence.decide(&own, &withdraw()).unwrap_err(), Refusal::NotYours);
    let convene = Act::Convene { reason: "look".to_owned() };
    assert_eq!(scene.decide(&own, &convene).unwrap_err(), Refusal::NotYours);
}

#[test]
fn what_also_takes_something_of_the_holders_own_is_no_agents_to_act_in() {
    let own = [("shop.debt", Value::Decimal(0.into()))];
    let stand =
        given("stand", "2026-05-03T09:00").with_record("shop", APPLICANT, &own).with_record("stall", APPLICANT, &[]);
    let scene = stand.opened("shop S1, stall ST-1");
    for principal in [agency("shops", "S1"), agency("stalls", "ST-1")] {
        let refused = scene.decide(&Actor::Agent(Box::new(principal)), &withdraw()).unwrap_err();
        assert_eq!(refused, Refusal::NotYours);
    }
}

#[test]
fn an_officer_who_acted_in_a_case_keeps_out_of_it() {
    let scene = applied(&market(), agency("shops", "S1"), "S1").unwrap_or_else(|refusal| panic!("{refusal:?}"));
    let mut roster = scene.roster.clone();
    let officer = roster.seats[0].officer.clone();
    let case = scene.case.as_ref().unwrap();
    assert_eq!(roster.conflict(&officer, &scene.service, case), None);
    roster
        .seats
        .iter_mut()
        .filter(|seat| seat.officer == officer)
        .for_each(|seat| seat.person = Some("omar".to_owned()));
    assert_eq!(roster.conflict(&officer, &scene.service, case), Some(Conflict::ActsFor));
}

#[test]
fn a_case_that_forgets_its_applicant_forgets_its_agents() {
    let own = agency("shops", "S1");
    let scene = applied(&market(), own.clone(), "S1").unwrap_or_else(|refusal| panic!("{refusal:?}"));
    let done = scene.decide(&Actor::Agent(Box::new(own)), &withdraw()).unwrap();
    let scene = scene.take(done);
    let concepts = ["person.id".to_owned()];
    let left: Vec<_> =
        scene.events.iter().map(|event| erasure::without(&scene.service, event, &concepts, true)).collect();
    assert!(left.iter().all(|event| event.under.is_none()));
    let mut case = scene.case.clone().unwrap();
    erasure::forget(&scene.service, &mut case, &concepts, true);
    assert_eq!(fold::fold(&scene.service, &left).unwrap().unwrap(), case, "what is left folds to what was forgotten");
    assert!(case.agents.is_empty());
}
