//! An officer decides: who may, when, on what ground.

use definition::value::{Lines, ValueError};
use engine::case::Decider;
use engine::refusal::Refusal;

use crate::act::{agree, ask, decide, refuse, supply};
use crate::scene::{APPLICANT, Scene, Who, checked, given, given_in};

const DRAWN: Who = Who::Drawn("review", 0);

fn review() -> Scene {
    given("licence", "2026-05-03T09:00").opened("kind smith, size 90")
}

#[test]
fn the_drawn_officer_grants() {
    let scene = review().at("2026-05-05T12:00").when(DRAWN, decide("grant")).then(
        "decided review grant by 1 officers
         entered permit
         ended granted, issued licence until 2028-05-04, entered into stalls",
    );
    let decision = scene.case().decision.clone().unwrap();
    assert_eq!(decision.by, Decider::Officers(scene.case().drawn("review").to_vec()));
}

#[test]
fn the_drawn_officer_refuses_on_a_ground() {
    review().when(DRAWN, refuse("unfit")).then(
        "decided review refuse (unfit) by 1 officers
         entered refused
         ended refused, appeal until 2026-05-24",
    );
}

#[test]
fn a_refusal_needs_a_ground_of_this_stage() {
    let grounds = vec!["unfit".to_owned(), "incomplete".to_owned()];
    let scene = review().when(DRAWN, decide("refuse"));
    let scene = scene.then_refused(&Refusal::GroundNeeded { grounds: grounds.clone() });
    let wrong = Refusal::WrongGround { ground: "unsafe".to_owned(), grounds };
    scene.when(DRAWN, refuse("unsafe")).then_refused(&wrong);
}

/// The little zone, in whose law a ground is repealed after 10 May, with more time for the review.
fn repealed(ground: &str) -> definition::CheckedZone {
    let mut text = include_str!("zone.txt").to_owned();
    for act in ["Trade act", "Fees act"] {
        text = text.replacen(&format!("{ground},{act},,,,"), &format!("{ground},{act},,,2026-05-10,"), 1);
    }
    let review = "workdays\n    overdue: grant\n    may: { grant: permit, refuse: refused, ask: once }";
    checked(&text.replacen(&format!("5 {review}"), &format!("9 {review}"), 1))
}

#[test]
fn nobody_cites_what_is_not_in_force_that_day() {
    let zone = repealed("unfit");
    let review = given_in(&zone, "licence", "2026-05-03T09:00").opened("kind smith, size 90");
    let last_day = review.clone().at("2026-05-10T23:59").when(DRAWN, refuse("unfit"));
    assert!(last_day.result().is_ok());
    let refusal = Refusal::GroundNotInForce { ground: "unfit".to_owned(), grounds: vec!["incomplete".to_owned()] };
    let after = review.at("2026-05-11T00:00").when(DRAWN, refuse("unfit")).then_refused(&refusal);
    let after = after.when(DRAWN, ask(&[("kind", "unfit")])).then_refused(&refusal);
    let needed = Refusal::GroundNeeded { grounds: vec!["incomplete".to_owned()] };
    let after = after.when(DRAWN, decide("refuse")).then_refused(&needed);
    assert!(after.when(DRAWN, refuse("incomplete")).result().is_ok());
}

#[test]
fn a_row_and_a_fee_that_rest_on_nothing_in_force_decide_nothing() {
    let zone = repealed("unfit");
    let opened = |now: &str, facts: &str| given_in(&zone, "licence", now).when_opened(facts).result();
    assert!(opened("2026-05-10T09:00", "kind smith, size 950").is_ok());
    let refused = opened("2026-05-11T09:00", "kind smith, size 950");
    let lapsed =
        |place: &str, ground: &str| Err(Refusal::GroundLapsed { place: place.to_owned(), ground: ground.to_owned() });
    assert_eq!(refused.map(drop), lapsed("licence: screening", "unfit"));
    assert!(opened("2026-05-11T09:00", "kind baker, size 9").is_ok(), "the other rows rest on other law");
    let zone = repealed("fee-law");
    let refused = given_in(&zone, "build", "2026-05-11T09:00").when_opened("size 20").result();
    assert_eq!(refused.map(drop), lapsed("build: fee", "fee-law"));
    assert!(
        given_in(&zone, "build", "2026-05-11T09:00").when_opened("size 5").result().is_ok(),
        "who owes nothing needs no law for it"
    );
}

#[test]
fn nobody_else_decides() {
    let mut scene = review();
    for who in [
        Who::Undrawn("examiner", "review"),
        Who::Officer("s1"),
        Who::Officer("nobody"),
        Who::Applicant,
        Who::Treasury,
        Who::Clock,
        Who::Appeal(1),
    ] {
        scene = scene.when(who, decide("grant")).then_refused(&Refusal::NotYours);
    }
}

#[test]
fn nobody_decides_their_own_case_even_when_drawn_before_that_was_known() {
    let scene = review();
    let drawn = scene.case().drawn("review")[0].clone();
    let scene = scene.with_roster(|seats| {
        let seat = seats.iter_mut().find(|seat| seat.officer == drawn).unwrap();
        seat.person = Some(APPLICANT.to_owned());
    });
    scene.when(DRAWN, decide("grant")).then_refused(&Refusal::OwnCase);
}

#[test]
fn only_the_routes_of_the_stage_are_open() {
    let routes = vec!["grant".to_owned(), "refuse".to_owned()];
    let none = Refusal::NoSuchRoute { route: "ask".to_owned(), routes };
    review().when(DRAWN, decide("ask")).then_refused(&none);
}

#[test]
fn what_belongs_to_another_stage_has_no_place() {
    let not_now = Refusal::NotNow { stage: "review".to_owned() };
    let scene = review().when(Who::Applicant, supply("licence", "size 10")).then_refused(&not_now);
    let scene = scene.when(DRAWN, agree("fire")).then_refused(&not_now);
    scene.when(Who::Treasury, crate::act::pay("r1")).then_refused(&not_now);
}

#[test]
fn a_closed_case_takes_no_decision() {
    let scene = review().and(DRAWN, decide("grant"));
    let scene = scene.when(DRAWN, decide("grant")).then_refused(&Refusal::Ended);
    let scene = scene.when(DRAWN, ask(&[("size", "incomplete")])).then_refused(&Refusal::Ended);
    let scene = scene.when(Who::Applicant, supply("licence", "size 1")).then_refused(&Refusal::Ended);
    let scene = scene.when(Who::Applicant, crate::act::withdraw()).then_refused(&Refusal::Ended);
    scene.when(Who::Treasury, crate::act::pay("r1")).then_refused(&Refusal::Ended);
}

#[test]
fn words_have_a_bound() {
    let note = "x".repeat(2001);
    let act = engine::act::Act::Decide { route: "grant".to_owned(), ground: None, note, facts: [].into() };
    review().when(DRAWN, act).then_refused(&Refusal::BadText { field: "note", max_chars: 2000 });
}

#[test]
fn words_turn_no_direction_and_have_no_control_characters() {
    let decided = |note: &str| engine::act::Act::Decide {
        route: "grant".to_owned(),
        ground: None,
        note: note.to_owned(),
        facts: [].into(),
    };
    for (note, why) in [
        ("\u{202e}abc", ValueError::TurnsDirection),
        ("a\u{1b}[31m", ValueError::Control { lines: Lines::Several }),
        ("a\0", ValueError::Control { lines: Lines::Several }),
    ] {
        review().when(DRAWN, decided(note)).then_refused(&Refusal::BadCharacters { field: "note", why });
    }
    // A note may have several lines.
    drop(review().and(DRAWN, decided("first\r\nsecond")));
}

#[test]
fn the_applicant_may_withdraw_until_the_end() {
    let scene = review().when(Who::Stranger, crate::act::withdraw()).then_refused(&Refusal::NotYours);
    let scene = scene.when(DRAWN, crate::act::withdraw()).then_refused(&Refusal::NotYours);
    scene.when(Who::Applicant, crate::act::withdraw()).then(
        "withdrawn
         ended withdrawn",
    );
}
