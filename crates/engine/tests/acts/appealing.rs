//! Appeals: one for each end, in time by the moment it was opened; when it succeeds, the decision falls and the case goes on.

use engine::refusal::Refusal;

use crate::act::{appeal, decide, overturn, refuse};
use crate::scene::{Scene, Who, given, moment};

const DRAWN: Who = Who::Drawn("review", 0);
const UNTIL: &str = "2026-05-25T00:00";

/// Refused on 3 May; an appeal may be lodged until the end of 24 May.
fn refused() -> Scene {
    given("licence", "2026-05-03T09:00").opened("kind smith, size 90").and(DRAWN, refuse("unfit"))
}

fn none(until: Option<&str>) -> Refusal {
    Refusal::NoAppeal { until: until.map(moment) }
}

#[test]
fn an_appeal_is_noted_and_overturns() {
    let scene = refused().at("2026-05-10T09:00").when(Who::Appeal(1), appeal(1, moment("2026-05-10T09:00")));
    let scene = scene.then("appealed").at("2026-05-20T09:00");
    let officer = scene.case().drawn("review").to_vec();
    let scene = scene.when(Who::Appeal(1), overturn(1)).then(
        "overturned
         entered review, review until 2026-05-27",
    );
    // Who was drawn stays drawn, also when the case comes back.
    assert_eq!(scene.case().drawn("review"), officer);
    assert_eq!(scene.case().holders(), officer);
}

#[test]
fn word_of_an_appeal_may_be_late_the_appeal_may_not() {
    let scene = refused().at("2026-06-30T09:00");
    let late = scene.clone().when(Who::Appeal(1), appeal(1, moment(UNTIL)));
    late.then_refused(&none(Some(UNTIL)));
    scene.when(Who::Appeal(1), appeal(1, moment("2026-05-24T23:59:59.999"))).then("appealed");
}

#[test]
fn a_second_appeal_against_the_same_end_is_kept_out() {
    let opened = moment("2026-05-10T09:00");
    let scene = refused().at("2026-05-10T09:00").and(Who::Appeal(1), appeal(1, opened));
    let scene = scene.when(Who::Appeal(2), appeal(2, opened)).then_refused(&Refusal::AppealOpened);
    let scene = scene.when(Who::Appeal(1), appeal(1, opened)).then_refused(&Refusal::AppealOpened);
    // And the second cannot overturn what only the first attacks.
    scene.when(Who::Appeal(2), overturn(2)).then_refused(&none(Some(UNTIL)));
}

#[test]
fn a_case_that_ends_again_may_be_appealed_again() {
    let scene = refused().at("2026-05-10T09:00").and(Who::Appeal(1), appeal(1, moment("2026-05-10T09:00")));
    let first = scene.case().ended.clone().unwrap().seq;
    let scene = scene.and(Who::Appeal(1), overturn(1)).at("2026-05-12T09:00").and(DRAWN, refuse("unfit"));
    assert_ne!(scene.case().ended.clone().unwrap().seq, first, "the two ends look the same");
    // What was opened against the first end does not attack the second.
    let until = "2026-06-03T00:00";
    let old = scene.clone().when(Who::Appeal(2), appeal(2, moment("2026-05-11T09:00")));
    old.then_refused(&none(Some(until)));
    let scene = scene.when(Who::Appeal(1), overturn(1)).then_refused(&none(Some(until)));
    scene.when(Who::Appeal(2), appeal(2, moment("2026-05-12T10:00"))).then("appealed");
}

#[test]
fn only_the_appeal_itself_speaks_for_itself() {
    let mut scene = refused();
    for who in [Who::Applicant, DRAWN, Who::Appeal(2), Who::Clock] {
        scene = scene.when(who, appeal(1, moment("2026-05-03T10:00"))).then_refused(&Refusal::NotYours);
        scene = scene.when(who, overturn(1)).then_refused(&Refusal::NotYours);
    }
}

#[test]
fn there_is_no_appeal_where_the_definition_has_none_or_the_case_is_open() {
    let opened = moment("2026-05-03T10:00");
    let granted = given("licence", "2026-05-03T09:00").opened("kind baker, size 80");
    granted.when(Who::Appeal(1), appeal(1, opened)).then_refused(&none(None));
    let open = given("licence", "2026-05-03T09:00").opened("kind smith, size 90");
    let not_now = Refusal::NotNow { stage: "review".to_owned() };
    open.when(Who::Appeal(1), appeal(1, opened)).then_refused(&not_now);
}

#[test]
fn the_board_hears_an_appeal_and_its_silence_overturns() {
    let board = given("board", "2026-05-03T09:00").opened("reasons none");
    board.when_lapsed("hearing").then(
        "lapsed hearing, 1 silent
         decided hearing grant by the silence of 1
         entered fallen
         ended granted, overturns",
    );
    let board = given("board", "2026-05-03T09:00").opened("reasons none");
    let upheld = board.clone().when(Who::Drawn("hearing", 0), refuse("unfounded"));
    upheld.then(
        "decided hearing refuse (unfounded) by 1 officers
         entered upheld
         ended refused",
    );
    board.and(Who::Drawn("hearing", 0), decide("grant"));
}
