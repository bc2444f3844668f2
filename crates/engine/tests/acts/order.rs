//! Order at a desk: a case that is not first is dealt with only once it was taken out of turn, on a ground.

use engine::CaseId;
use engine::act::Act;
use engine::refusal::Refusal;

use crate::act::{ask, decide, refuse, supply};
use crate::scene::{Scene, Who, given};

const DRAWN: Who = Who::Drawn("review", 0);
const FIRST: CaseId = CaseId([7; 16]);

fn overtake(ground: &str) -> Act {
    Act::Overtake { ground: ground.to_owned() }
}

fn not_first() -> Refusal {
    Refusal::NotFirst { first: FIRST, grounds: vec!["urgent".to_owned()] }
}

/// A case at a desk that promises an order, behind another.
fn second() -> Scene {
    given("pitch", "2026-05-03T09:00").opened("reasons bread").behind(Some(FIRST))
}

#[test]
fn a_case_that_is_not_first_is_not_dealt_with() {
    let scene = second().when(DRAWN, decide("grant")).then_refused(&not_first());
    let scene = scene.when(DRAWN, refuse("unfit")).then_refused(&not_first());
    let scene = scene.when(DRAWN, ask(&[("reasons", "incomplete")])).then_refused(&not_first());
    scene.behind(None).when(DRAWN, decide("grant")).result().unwrap();
}

#[test]
fn out_of_turn_on_a_ground_that_the_record_has() {
    let scene = second().when(DRAWN, overtake("urgent")).then("overtook (urgent)");
    scene.when(DRAWN, decide("grant")).result().unwrap();
}

#[test]
fn the_ground_must_be_one_that_allows_it() {
    let wrong = |ground: &str| Refusal::WrongGround { ground: ground.to_owned(), grounds: vec!["urgent".to_owned()] };
    let scene = second().when(DRAWN, overtake("unfit")).then_refused(&wrong("unfit"));
    scene.when(DRAWN, overtake("")).then_refused(&wrong(""));
}

#[test]
fn there_must_be_something_to_overtake() {
    let scene = second().behind(None).when(DRAWN, overtake("urgent")).then_refused(&Refusal::NothingToOvertake);
    let scene = scene.behind(Some(FIRST)).and(DRAWN, overtake("urgent"));
    scene.when(DRAWN, overtake("urgent")).then_refused(&Refusal::NothingToOvertake);
    let board = given("board", "2026-05-03T09:00").opened("reasons none").behind(Some(FIRST));
    board.when(Who::Drawn("hearing", 0), overtake("urgent")).then_refused(&Refusal::NothingToOvertake);
}

#[test]
fn only_the_officer_who_was_drawn_takes_it() {
    let scene = second().when(Who::Applicant, overtake("urgent")).then_refused(&Refusal::NotYours);
    scene.when(Who::Undrawn("examiner", "review"), overtake("urgent")).then_refused(&Refusal::NotYours);
}

/// While it is the applicant's turn nobody deals with it; what was recorded holds when it comes back to the same desk.
#[test]
fn it_holds_for_the_stage() {
    let scene = second().and(DRAWN, overtake("urgent")).and(DRAWN, ask(&[("reasons", "incomplete")]));
    let scene = scene.when(DRAWN, overtake("urgent")).then_refused(&Refusal::NotNow { stage: "review".to_owned() });
    let scene = scene.and(Who::Applicant, supply("pitch", "reasons cakes"));
    scene.when(DRAWN, decide("grant")).result().unwrap();
}

#[test]
fn silence_keeps_no_order() {
    let scene = second();
    scene.when_lapsed("review").result().unwrap();
}
