//! Waiting for the applicant's facts, for days to pass, and for a date.

use engine::refusal::{FactProblem, Refusal, Wrong};

use crate::act::{decide, supply, withdraw};
use crate::scene::{APPLICANT, Scene, Who, given};
use definition::value::Value;

fn details() -> Scene {
    given("build", "2026-05-03T09:00").opened("size 5")
}

#[test]
fn the_applicant_supplies_what_the_stage_needs() {
    details().when(Who::Applicant, supply("build", "plan here")).then(
        "supplied plan
         entered rest, rest until 2026-05-06",
    );
}

#[test]
fn only_the_applicant_and_only_that() {
    let wrong = |fact: &str, wrong| Refusal::Facts(vec![FactProblem { fact: fact.to_owned(), wrong }]);
    let scene = details().when(Who::Stranger, supply("build", "plan here")).then_refused(&Refusal::NotYours);
    let scene = scene.when(Who::Officer("e1"), supply("build", "plan here")).then_refused(&Refusal::NotYours);
    let scene = scene.when(Who::Applicant, supply("build", "")).then_refused(&wrong("plan", Wrong::Missing));
    let scene = scene.when(Who::Applicant, supply("build", "size 7, plan here"));
    let scene = scene.then_refused(&wrong("size", Wrong::NotAsked));
    scene.when(Who::Officer("e1"), decide("grant")).then_refused(&Refusal::NotNow { stage: "details".to_owned() });
}

#[test]
fn what_is_not_supplied_in_time_ends_the_case() {
    details().when_lapsed("details").then(
        "lapsed details, 0 silent
         entered lapsed
         ended lapsed",
    );
}

#[test]
fn days_pass_and_the_case_goes_on_by_itself() {
    let scene = details().and(Who::Applicant, supply("build", "plan here"));
    assert!(!scene.case().applicants_turn() && scene.case().holders().is_empty());
    // Three days, though the third is followed by a weekend: `days` count every day.
    scene.when_lapsed("rest").then(
        "lapsed rest, 0 silent
         entered opinions, fire until 2026-05-12, water until 2026-05-10
         drawn 1 for opinions/fire
         drawn 1 for opinions/water",
    );
}

fn market() -> Scene {
    let debt = [("shop.debt", Value::Decimal(0.into()))];
    given("market", "2026-05-03T09:00").with_record("shop", APPLICANT, &debt).opened("shop S1")
}

#[test]
fn working_days_pass() {
    market().when_lapsed("pause").then(
        "lapsed pause, 0 silent
         entered opening, opening until 2026-05-13
         drawn 1 for opening",
    );
}

#[test]
fn one_may_withdraw_while_time_passes() {
    market().when(Who::Applicant, withdraw()).then(
        "withdrawn
         ended withdrawn",
    );
}

fn fair(opens: &str) -> Scene {
    given("fair", "2026-05-03T09:00").opened(&format!("opens {opens}"))
}

#[test]
fn a_wait_for_a_day_ends_as_the_day_begins() {
    let scene = fair("2026-08-20");
    let midnight = crate::scene::moment("2026-08-20T00:00");
    assert_eq!(scene.case().clocks().first().map(|clock| clock.due), Some(midnight));
    scene.when_lapsed("until").then(
        "lapsed until, 0 silent
         entered open
         ended closed",
    );
}

#[test]
fn a_day_that_is_past_is_waited_for_no_longer() {
    let scene = fair("2020-01-01");
    assert!(scene.case().clocks().iter().all(|clock| clock.due < scene.now), "the clock finds it at its next beat");
    scene.when_lapsed("until").then(
        "lapsed until, 0 silent
         entered open
         ended closed",
    );
}
