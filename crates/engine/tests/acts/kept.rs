//! One matter has one draw: who sits in one of its cases sits in the others, filed at the same time or later.

use engine::CaseId;
use engine::event::What;
use engine::world::{Sitter, Sitting};

use crate::act::{agree, decide, object, refuse, supply, withdraw};
use crate::scene::{APPLICANT, Scene, Who, given};

const OTHER: CaseId = CaseId([9; 16]);

fn sitting(officers: &[(&str, &[&str])]) -> Sitting {
    let sitter = |officer: &&str| Sitter { officer: (*officer).to_owned(), case: OTHER };
    officers.iter().map(|(seat, officers)| ((*seat).to_owned(), officers.iter().map(sitter).collect())).collect()
}

fn again(officers: &[(&str, &[&str])]) -> Scene {
    Scene { sitting: sitting(officers), ..given("licence", "2026-05-03T09:00") }
}

#[test]
fn the_same_officer_decides_whoever_the_lot_would_have_been() {
    for officer in ["e1", "e2", "e3"] {
        let scene = again(&[("review", &[officer])]).when_opened("kind smith, size 90").then(&format!(
            "opened
             entered screening
             ruled rules [3]
             decided screening unclear by a rule
             entered review, review until 2026-05-10
             seated {officer} for review"
        ));
        assert_eq!(scene.case().holders(), [officer]);
        let of_the_other = |what: &What| matches!(what, What::Seated { case, .. } if *case == OTHER);
        assert!(scene.events.iter().any(|event| of_the_other(&event.what)));
        scene.and(Who::Officer(officer), decide("grant"));
    }
}

#[test]
fn what_was_withdrawn_leaves_its_officers_to_the_next() {
    let first = given("licence", "2026-05-03T09:00").opened("kind smith, size 90");
    let first = first.and(Who::Applicant, withdraw());
    let officers = &first.case().officers;
    let sat = |officers: &Vec<String>| {
        officers.iter().map(|officer| Sitter { officer: officer.clone(), case: first.case().id }).collect()
    };
    let sitting = officers.iter().map(|(seat, officers)| (seat.clone(), sat(officers))).collect();
    let second = Scene { sitting, ..given("licence", "2026-05-04T09:00") }.opened("kind smith, size 80");
    assert_eq!(second.case().officers, *officers);
    let drawn = second.events.iter().any(|event| matches!(event.what, What::Drawn { .. }));
    assert!(!drawn, "a draw took place");
}

#[test]
fn who_may_no_longer_sit_is_replaced_by_lot() {
    let gone = again(&[("review", &["e1"])]).with_roster(|seats| seats.retain(|seat| seat.officer != "e1"));
    let scene = gone.opened("kind smith, size 90");
    assert!(["e2", "e3"].contains(&scene.case().holders()[0].as_str()));
    let own = again(&[("review", &["e1"])]).with_roster(|seats| seats[0].person = Some(APPLICANT.to_owned()));
    assert_ne!(own.opened("kind smith, size 90").case().holders(), ["e1"]);
    let recused = again(&[("review", &["e1"])]).with_roster(|seats| seats[0].weight = 0);
    assert_ne!(recused.opened("kind smith, size 90").case().holders(), ["e1"]);
    // A seat of another role is none of this one's, and a seat that is no longer in the definition is nobody's.
    let other = again(&[("review", &["s1"]), ("tribunal", &["e1"])]).opened("kind smith, size 90");
    assert_ne!(other.case().holders(), ["s1"]);
    assert!(!other.case().officers.contains_key("tribunal"));
}

#[test]
fn seats_of_a_consult_and_of_two_officers_stay_too() {
    let kept: &[(&str, &[&str])] = &[("opinions/fire", &["f2"]), ("judged", &["e3"])];
    let scene = Scene { sitting: sitting(kept), ..given("build", "2026-05-03T09:00") }.opened("size 5");
    let scene = scene.and(Who::Applicant, supply("build", "plan here")).lapsed("rest");
    assert_eq!(scene.case().drawn("opinions/fire"), ["f2"]);
    let scene = scene.and(Who::Drawn("opinions/water", 0), agree("water"));
    let scene = scene.when(Who::Officer("f2"), object("fire", Some("unsafe"))).then(
        "fire objects (unsafe)
         entered judged, judged until 2026-05-13
         seated e3 for judged
         drawn 1 for judged",
    );
    assert_eq!(scene.case().drawn("judged").len(), 2);
    assert_eq!(scene.case().drawn("judged")[0], "e3");
    scene.and(Who::Officer("e3"), refuse("unfit"));
}
