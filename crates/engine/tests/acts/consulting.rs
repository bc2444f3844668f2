//! Several authorities at once, each with its own deadline and its own rule of silence.

use engine::refusal::Refusal;

use crate::act::{agree, decide, object, supply};
use crate::scene::{Scene, Who, given};

const FIRE: Who = Who::Drawn("opinions/fire", 0);
const WATER: Who = Who::Drawn("opinions/water", 0);

/// Fire has until 12 May and objects by silence; water until 10 May and agrees by silence.
pub fn opinions() -> Scene {
    let scene = given("build", "2026-05-03T09:00").opened("size 5");
    scene.and(Who::Applicant, supply("build", "plan here")).lapsed("rest")
}

#[test]
fn all_agree() {
    let scene = opinions().when(WATER, agree("water")).then("water agrees");
    assert_eq!(scene.case().holders(), scene.case().drawn("opinions/fire"));
    scene.when(FIRE, agree("fire")).then(
        "fire agrees
         entered site, site until 2026-05-13
         drawn 1 for site",
    );
}

#[test]
fn one_objection_is_enough_but_all_are_heard() {
    let scene = opinions().when(FIRE, object("fire", Some("unsafe"))).then("fire objects (unsafe)");
    scene.when(WATER, agree("water")).then(
        "water agrees
         entered judged, judged until 2026-05-13
         drawn 2 for judged",
    );
}

#[test]
fn an_objection_needs_a_ground_and_agreement_none() {
    let grounds = vec!["unsafe".to_owned()];
    let scene = opinions().when(FIRE, object("fire", None));
    let scene = scene.then_refused(&Refusal::GroundNeeded { grounds: grounds.clone() });
    let scene = scene.when(FIRE, object("fire", Some("unfit")));
    scene.then_refused(&Refusal::WrongGround { ground: "unfit".to_owned(), grounds });
}

#[test]
fn each_answers_once_and_only_for_their_own() {
    let scene = opinions().when(WATER, agree("fire")).then_refused(&Refusal::NotYours);
    let scene = scene.when(Who::Undrawn("fireman", "opinions/fire"), agree("fire")).then_refused(&Refusal::NotYours);
    let scene = scene.when(Who::Applicant, agree("fire")).then_refused(&Refusal::NotYours);
    let not_now = Refusal::NotNow { stage: "opinions".to_owned() };
    let branches = vec!["fire".to_owned(), "water".to_owned()];
    let no_such = Refusal::NoSuchBranch { branch: "air".to_owned(), branches };
    let scene = scene.when(FIRE, agree("air")).then_refused(&no_such);
    let scene = scene.when(FIRE, decide("grant")).then_refused(&not_now);
    let scene = scene.and(FIRE, agree("fire"));
    scene.when(FIRE, object("fire", Some("unsafe"))).then_refused(&Refusal::SignedAlready);
}

#[test]
fn silence_agrees_where_the_definition_says_so() {
    let scene = opinions().and(FIRE, agree("fire"));
    scene.when_lapsed("water").then(
        "lapsed water, 1 silent
         water agrees by silence
         entered site, site until 2026-05-18
         drawn 1 for site",
    );
}

#[test]
fn silence_objects_where_the_definition_says_so() {
    let scene = opinions().and(WATER, agree("water"));
    scene.when_lapsed("fire").then(
        "lapsed fire, 1 silent
         fire objects by silence
         entered judged, judged until 2026-05-20
         drawn 2 for judged",
    );
}

#[test]
fn one_silence_does_not_speak_for_the_others() {
    let scene = opinions().when_lapsed("water").then(
        "lapsed water, 1 silent
         water agrees by silence",
    );
    let scene = scene.when(WATER, object("water", Some("unsafe"))).then_refused(&Refusal::SignedAlready);
    scene.when(FIRE, agree("fire")).then(
        "fire agrees
         entered site, site until 2026-05-18
         drawn 1 for site",
    );
}
