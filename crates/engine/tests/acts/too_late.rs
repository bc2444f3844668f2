//! An act that comes after a deadline, before the clock was there: it meets the consequence first and cannot overtake it.

use engine::act::Act;
use engine::refusal::Refusal;

use crate::act::{agree, ask, decide, object, pay, refuse, supply, withdraw};
use crate::consulting::opinions;
use crate::scene::{Scene, Who, given, given_in, moment};
use crate::two_officers::judged;

const DRAWN: Who = Who::Drawn("review", 0);

fn ran_out(clock: &str, due: &str) -> Refusal {
    Refusal::TimeRanOut { clock: clock.to_owned(), due: moment(due) }
}

/// Until Sunday 10 May.
fn review() -> Scene {
    given("licence", "2026-05-03T09:00").opened("kind smith, size 90")
}

#[test]
fn an_officer_cannot_refuse_after_silence_has_granted() {
    let scene = review().at("2026-05-11T00:00");
    let late = ran_out("review", "2026-05-11T00:00");
    let scene = scene.when(DRAWN, refuse("unfit")).then_refused(&late);
    let scene = scene.when(DRAWN, decide("grant")).then_refused(&late);
    let scene = scene.when(DRAWN, ask(&[("size", "incomplete")])).then_refused(&late);
    // Nothing changed, and what the law says still comes.
    scene.when_lapsed("review").then(
        "lapsed review, 1 silent
         decided review grant by the silence of 1
         entered permit
         ended granted, issued licence until 2028-05-10, entered into stalls",
    );
}

#[test]
fn whoever_had_no_right_in_time_is_told_that_and_not_of_the_time() {
    let scene = review().at("2026-05-11T00:00");
    scene.when(Who::Undrawn("examiner", "review"), refuse("unfit")).then_refused(&Refusal::NotYours);
}

#[test]
fn an_answer_that_comes_too_late_is_none() {
    let scene = review().and(DRAWN, ask(&[("size", "incomplete")])).at("2026-06-30T09:00");
    let late = ran_out("review", "2026-05-18T00:00");
    scene.when(Who::Applicant, supply("licence", "size 70")).then_refused(&late);
}

#[test]
fn nobody_withdraws_from_what_silence_has_granted() {
    let late = ran_out("review", "2026-05-11T00:00");
    review().at("2026-05-11T00:00").when(Who::Applicant, withdraw()).then_refused(&late);
}

#[test]
fn a_payment_that_comes_too_late_does_not_revive_the_case() {
    let scene = given("build", "2026-05-03T09:00").opened("size 100").at("2026-05-09T00:00");
    scene.when(Who::Treasury, pay("r-1")).then_refused(&ran_out("payment", "2026-05-09T00:00"));
}

#[test]
fn facts_that_come_too_late_do_not_revive_the_case() {
    let scene = given("build", "2026-05-03T09:00").opened("size 5").at("2026-05-11T00:00");
    let late = ran_out("details", "2026-05-11T00:00");
    scene.when(Who::Applicant, supply("build", "plan here")).then_refused(&late);
}

#[test]
fn an_authority_in_time_is_heard_after_another_fell_silent() {
    // Water was due on 10 May, fire is on 12 May.
    let scene = opinions().at("2026-05-12T09:00");
    let late = scene.clone().when(Who::Drawn("opinions/water", 0), object("water", Some("unsafe")));
    late.then_refused(&ran_out("water", "2026-05-11T00:00"));
    scene.when(Who::Drawn("opinions/fire", 0), agree("fire")).then(
        "lapsed water, 1 silent
         water agrees by silence
         fire agrees
         entered site, site until 2026-05-19
         drawn 1 for site",
    );
}

#[test]
fn when_all_fell_silent_each_has_its_own_consequence() {
    let scene = opinions().at("2026-05-13T09:00");
    let late = scene.when(Who::Drawn("opinions/fire", 0), agree("fire"));
    late.then_refused(&ran_out("water", "2026-05-11T00:00"));
}

#[test]
fn what_was_meant_for_one_stage_is_not_taken_for_the_next() {
    // The elders are the same two people, who would sign in a stage that they have not seen.
    let text =
        include_str!("zone.txt").replace("    officer: examiner\n    people: 2", "    officer: senior\n    people: 2");
    let zone = crate::scene::checked(&text);
    let scene = given_in(&zone, "build", "2026-05-03T09:00").opened("size 5");
    let scene = scene.and(Who::Applicant, supply("build", "plan here")).lapsed("rest");
    let scene = scene.and(Who::Drawn("opinions/water", 0), agree("water"));
    let scene = scene.and(Who::Drawn("opinions/fire", 0), object("fire", Some("unsafe"))).at("2026-05-14T00:00");
    for officer in ["s1", "s2"] {
        let late = scene.clone().when(Who::Officer(officer), decide("grant"));
        late.then_refused(&ran_out("judged", "2026-05-14T00:00"));
    }
}

#[test]
fn the_applicant_may_withdraw_when_the_consequence_leaves_the_case_open() {
    judged().at("2026-05-14T00:00").when(Who::Applicant, withdraw()).then(
        "lapsed judged, 2 silent
         entered elders, elders until 2026-05-18
         drawn 1 for elders
         withdrawn
         ended withdrawn",
    );
}

#[test]
fn a_consequence_that_cannot_come_about_lets_nobody_slip_past() {
    let scene = judged().with_roster(|seats| seats.retain(|seat| seat.role != "senior")).at("2026-05-14T00:00");
    let too_few = Refusal::TooFewOfficers { role: "senior".to_owned(), needed: 1, there: 0 };
    let scene = scene.when(Who::Drawn("judged", 0), decide("grant")).then_refused(&too_few);
    let lapse = Act::Lapse { clock: "judged".to_owned(), due: moment("2026-05-14T00:00") };
    scene.when(Who::Clock, lapse).then_refused(&too_few);
}
