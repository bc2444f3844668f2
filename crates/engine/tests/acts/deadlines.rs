//! Deadlines: working days over weekends and Nowruz, silence that decides and names who was silent, and clocks that only the clock lets run out.

use engine::act::Act;
use engine::case::Decider;
use engine::refusal::Refusal;

use crate::act::decide;
use crate::scene::{Who, given, moment};

#[test]
fn silence_decides_and_names_who_was_silent() {
    let scene = given("licence", "2026-05-03T09:00").opened("kind smith, size 90").when_lapsed("review").then(
        "lapsed review, 1 silent
         decided review grant by the silence of 1
         entered permit
         ended granted, issued licence until 2028-05-10, entered into stalls",
    );
    let silent = scene.case().drawn("review").to_vec();
    assert_eq!(scene.case().decision.clone().unwrap().by, Decider::Silence(silent));
}

#[test]
fn five_working_days_over_nowruz() {
    // Tue 17, Wed 18, weekend, Sat 21 to Tue 24 Nowruz, Wed 25, weekend, Sat 28, Sun 29 March.
    given("licence", "2026-03-16T09:00").when_opened("kind smith, size 90").then(
        "opened
         entered screening
         ruled rules [3]
         decided screening unclear by a rule
         entered review, review until 2026-03-29
         drawn 1 for review",
    );
}

#[test]
fn a_day_begins_at_midnight_in_the_zone() {
    // 23:59 in Tehran is still Sunday; a minute later it is Monday, and the deadline a working day later.
    let until = |at: &str| {
        let scene = given("licence", at).opened("kind smith, size 90");
        scene.case().clocks()[0].due
    };
    assert_eq!(until("2026-05-03T23:59"), moment("2026-05-11T00:00"));
    assert_eq!(until("2026-05-04T00:00"), moment("2026-05-12T00:00"));
    // On the weekend the first working day is the first that counts.
    assert_eq!(until("2026-05-07T09:00"), moment("2026-05-14T00:00"));
    assert_eq!(until("2026-05-08T09:00"), moment("2026-05-14T00:00"));
}

#[test]
fn a_clock_runs_out_when_the_day_is_over_and_not_before() {
    let scene = given("licence", "2026-05-03T09:00").opened("kind smith, size 90");
    let lapse = Act::Lapse { clock: "review".to_owned(), due: moment("2026-05-11T00:00") };
    let scene = scene.at("2026-05-10T23:59:59.999");
    let scene = scene.when(Who::Clock, lapse.clone()).then_refused(&Refusal::NotDue);
    scene.at("2026-05-11T00:00").and(Who::Clock, lapse);
}

#[test]
fn only_the_clock_lets_a_clock_run_out_and_only_the_one_that_stands() {
    let scene = given("licence", "2026-05-03T09:00").opened("kind smith, size 90").at("2026-06-01T09:00");
    let due = moment("2026-05-11T00:00");
    let lapse = |clock: &str, due| Act::Lapse { clock: clock.to_owned(), due };
    let mut scene = scene;
    for who in [Who::Applicant, Who::Drawn("review", 0), Who::Treasury, Who::Appeal(1)] {
        scene = scene.when(who, lapse("review", due)).then_refused(&Refusal::NotYours);
    }
    let scene = scene.when(Who::Clock, lapse("screening", due)).then_refused(&Refusal::NotDue);
    let scene = scene.when(Who::Clock, lapse("review", moment("2026-05-10T00:00"))).then_refused(&Refusal::NotDue);
    // Once it has run out it does not run out again.
    let scene = scene.and(Who::Clock, lapse("review", due));
    scene.when(Who::Clock, lapse("review", due)).then_refused(&Refusal::NotDue);
}

#[test]
fn a_decision_in_the_last_moment_stands() {
    let scene = given("licence", "2026-05-03T09:00").opened("kind smith, size 90").at("2026-05-10T23:59:59.999");
    scene.when(Who::Drawn("review", 0), decide("grant")).then(
        "decided review grant by 1 officers
         entered permit
         ended granted, issued licence until 2028-05-09, entered into stalls",
    );
}
