//! Seats that fall free: by recusal, by leaving, by an absence; what keeps officers from cases; and what an officer signs stands with their event.

use engine::act::Act;
use engine::event::{Event, Vacancy};
use engine::refusal::Refusal;
use engine::signed::Signed;
use engine::world::Relation;

use crate::act::{ask, decide, refuse};
use crate::scene::{APPLICANT, Scene, Who, given};
use crate::two_officers::judged;

const DRAWN: Who = Who::Drawn("review", 0);

fn review() -> Scene {
    given("licence", "2026-05-03T09:00").opened("kind smith, size 90")
}

fn recuse() -> Act {
    Act::Recuse { reason: "a neighbour".to_owned() }
}

fn vacate(officer: &str, why: Vacancy) -> Act {
    Act::Vacate { officer: officer.to_owned(), why }
}

fn drawn(scene: &Scene, seat: &str) -> String {
    scene.case().drawn(seat)[0].clone()
}

#[test]
fn who_recuses_themselves_is_followed_by_lot_and_does_not_come_back() {
    let mut scene = review();
    let mut gone = Vec::new();
    for _ in 0..2 {
        gone.push(drawn(&scene, "review"));
        scene = scene.when(DRAWN, recuse()).then(
            "vacated review, recused
             drawn 1 for review",
        );
        assert!(!gone.contains(&drawn(&scene, "review")), "{gone:?} and again");
    }
    // Of three the third has nobody after them: the case is not left without an officer.
    let few = Refusal::TooFewOfficers { role: "examiner".to_owned(), needed: 1, there: 0 };
    let scene = scene.when(DRAWN, recuse()).then_refused(&few);
    scene.when(DRAWN, decide("grant")).result().unwrap();
}

#[test]
fn a_recusal_is_an_officers_own_has_a_reason_and_its_time() {
    let scene = review();
    let bad = Refusal::BadText { field: "reason", max_chars: 2000 };
    let scene = scene.when(DRAWN, Act::Recuse { reason: " ".to_owned() }).then_refused(&bad);
    let mut scene = scene;
    for who in [Who::Undrawn("examiner", "review"), Who::Applicant, Who::Clock, Who::Treasury] {
        scene = scene.when(who, recuse()).then_refused(&Refusal::NotYours);
    }
    let officer = drawn(&scene, "review");
    let decided = scene.and(DRAWN, refuse("unfit"));
    assert_eq!(decided.decide(&engine::act::Actor::Officer(officer), &recuse()).unwrap_err(), Refusal::Ended);
}

#[test]
fn who_signed_keeps_their_seat_and_the_other_goes() {
    let scene = judged().and(Who::Drawn("judged", 0), decide("grant"));
    let scene =
        scene.when(Who::Drawn("judged", 0), recuse()).then_refused(&Refusal::NotNow { stage: "judged".to_owned() });
    let scene = scene.when(Who::Drawn("judged", 1), recuse()).then(
        "vacated judged, recused
         drawn 1 for judged",
    );
    scene.when(Who::Drawn("judged", 1), decide("grant")).result().unwrap();
}

#[test]
fn the_clock_gives_over_the_cases_of_who_left_and_of_nobody_else() {
    let scene = review();
    let officer = drawn(&scene, "review");
    for why in [Vacancy::Left, Vacancy::Absent, Vacancy::Recused] {
        assert_eq!(scene.clone().when(Who::Clock, vacate(&officer, why)).refusal(), Refusal::NotDue, "{why:?}");
    }
    let gone = scene.with_roster(|seats| seats.retain(|seat| seat.officer != officer));
    let gone = gone.when(DRAWN, vacate(&officer, Vacancy::Left)).then_refused(&Refusal::NotYours);
    let gone = gone.when(Who::Clock, vacate(&officer, Vacancy::Left)).then(
        "vacated review, left
         drawn 1 for review",
    );
    gone.when(Who::Clock, vacate(&officer, Vacancy::Left)).then_refused(&Refusal::NotDue);
}

#[test]
fn an_absence_gives_over_only_where_it_says_so() {
    let mut scene = review();
    let officer = drawn(&scene, "review");
    scene.roster.away.insert(officer.clone());
    let mut scene = scene.when(Who::Clock, vacate(&officer, Vacancy::Absent)).then_refused(&Refusal::NotDue);
    scene.roster.replaced.insert(officer.clone());
    let scene = scene.when(Who::Clock, vacate(&officer, Vacancy::Absent)).then(
        "vacated review, absent
         drawn 1 for review",
    );
    assert_ne!(drawn(&scene, "review"), officer);
}

#[test]
fn a_seat_given_up_while_the_applicant_answers_is_drawn_for_at_once() {
    let scene = review();
    let officer = drawn(&scene, "review");
    let scene = scene.and(DRAWN, ask(&[("size", "incomplete")]));
    let gone = scene.with_roster(|seats| seats.retain(|seat| seat.officer != officer));
    gone.when(Who::Clock, vacate(&officer, Vacancy::Left)).then(
        "vacated review, left
         drawn 1 for review",
    );
}

fn at_hand(change: impl Fn(&mut engine::world::Roster)) -> Scene {
    let mut scene = given("licence", "2026-05-03T09:00");
    change(&mut scene.roster);
    scene
}

#[test]
fn who_is_absent_or_related_is_not_drawn() {
    for seed in 0..8 {
        let related = |with: &str| Relation {
            officer: "e2".to_owned(),
            with: with.to_owned(),
            holds: seed % 2 == 0,
            acts: false,
        };
        let scene = at_hand(|roster| {
            roster.away.insert("e1".to_owned());
            roster.relations = vec![related(APPLICANT)];
        });
        assert_eq!(scene.opened("kind smith, size 90").case().drawn("review"), ["e3"]);
    }
}

#[test]
fn a_relation_declared_later_keeps_the_officer_from_the_case() {
    let mut scene = review();
    let officer = drawn(&scene, "review");
    let with = APPLICANT.to_owned();
    scene.roster.relations = vec![Relation { officer: officer.clone(), with: with.clone(), holds: false, acts: false }];
    let scene = scene.when(DRAWN, decide("grant")).then_refused(&Refusal::Related { with });
    scene.when(DRAWN, recuse()).then(
        "vacated review, recused
         drawn 1 for review",
    );
}

fn signature() -> Signed {
    Signed {
        act: "{}".to_owned(),
        credential: vec![1],
        authenticator_data: vec![2],
        client_data: "{}".to_owned(),
        signature: vec![3],
    }
}

fn signed(events: &[Event]) -> Vec<&'static str> {
    events.iter().filter(|event| event.signed.is_some()).map(|event| event.what.kind()).collect()
}

#[test]
fn the_signature_stands_with_the_officers_own_event_and_no_other() {
    let mut scene = review();
    scene.signed = Some(signature());
    let alone = scene.decide(&scene.actor(DRAWN), &decide("grant")).unwrap().1;
    assert_eq!(signed(&alone), ["decided"]);
    let asked = scene.decide(&scene.actor(DRAWN), &ask(&[("size", "incomplete")])).unwrap().1;
    assert_eq!(signed(&asked), ["asked"]);
    let recused = scene.decide(&scene.actor(DRAWN), &recuse()).unwrap().1;
    assert_eq!(signed(&recused), ["vacated"]);
    let mut two = judged().and(Who::Drawn("judged", 0), decide("grant"));
    two.signed = Some(signature());
    let last = two.decide(&two.actor(Who::Drawn("judged", 1)), &decide("grant")).unwrap().1;
    assert_eq!(signed(&last), ["signed"], "the decision stands by what each signed");
}

#[test]
fn an_event_from_before_signatures_still_reads() {
    let text = r#"{"at":"2026-05-03T05:30:00Z","kind":"appealed","by":"c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8"}"#;
    let event: Event = serde_json::from_str(text).unwrap();
    assert_eq!(event.signed, None);
    assert_eq!(serde_json::to_string(&event).unwrap(), text);
}
