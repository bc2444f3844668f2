//! What can still be done when a case has ended, and the mending of clerical errors.

use definition::value::{Kind, Value, ValueError};
use engine::act::Act;
use engine::refusal::{FactProblem, Refusal, Wrong};

use crate::act::decide;
use crate::scene::{APPLICANT, Scene, Who, given};

const DRAWN: Who = Who::Drawn("review", 0);

fn review() -> Scene {
    given("licence", "2026-05-03T09:00").opened("kind smith, size 90, remark thanx")
}

fn granted() -> Scene {
    review().and(DRAWN, decide("grant"))
}

fn correct(fact: &str, value: Value, reason: &str) -> Act {
    Act::Correct { fact: fact.to_owned(), value, reason: reason.to_owned() }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn revoke(ground: &str) -> Act {
    Act::Revoke { ground: ground.to_owned(), note: "see the file".to_owned() }
}

#[test]
fn two_officers_of_the_authority_mend_a_clerical_error_before_and_after_the_end() {
    for scene in [review(), granted()] {
        // Any colleague may: a senior of the same office.
        let mend = || correct("remark", text("thanks"), "misspelt");
        let scene = scene.when(Who::Officer("s1"), mend()).then("proposed to correct remark");
        assert_eq!(scene.case().facts["remark"], text("thanx"));
        let scene = scene.when(Who::Officer("s1"), mend()).then_refused(&Refusal::SignedAlready);
        let scene = scene.when(Who::Officer("s2"), correct("remark", text("thank you"), "misspelt"));
        let scene = scene.then("proposed to correct remark");
        let scene = scene.when(Who::Officer("s2"), mend()).then("corrected remark");
        assert_eq!(scene.case().facts["remark"], text("thanks"));
        assert!(scene.case().proposed.is_empty());
        let unchanged = Refusal::Facts(vec![FactProblem { fact: "remark".to_owned(), wrong: Wrong::Unchanged }]);
        scene.when(Who::Officer("s1"), mend()).then_refused(&unchanged);
    }
}

#[test]
fn one_person_under_two_names_is_not_two() {
    let one = |seats: &mut Vec<engine::world::Seat>| {
        for seat in seats.iter_mut().filter(|seat| seat.role == "senior") {
            seat.person = Some("the same".to_owned());
        }
    };
    let scene = granted().with_roster(one);
    let scene = scene.and(Who::Officer("s1"), revoke("unfit"));
    let scene = scene.when(Who::Officer("s2"), revoke("unfit")).then_refused(&Refusal::SignedAlready);
    scene.when(Who::Officer("e1"), revoke("unfit")).then("revoked (unfit)");
}

#[test]
fn whoever_has_left_the_roster_signs_no_more() {
    let scene = review();
    let drawn = scene.case().holders()[0].clone();
    let left = scene.with_roster(|seats| seats.retain(|seat| seat.officer != drawn));
    left.when(DRAWN, decide("grant")).then_refused(&Refusal::NotYours);
}

#[test]
fn what_decides_something_is_not_clerical() {
    let decides = |fact: &str| Refusal::DecidesSomething { fact: fact.to_owned() };
    let scene = review().when(DRAWN, correct("size", Value::Decimal(80.into()), "typo")).then_refused(&decides("size"));
    let kind = Value::Code("baker".to_owned());
    scene.when(DRAWN, correct("kind", kind, "typo")).then_refused(&decides("kind"));
    // Nor is the key of a record that a register owns.
    let debt = [("shop.debt", Value::Decimal(0.into()))];
    let market = given("market", "2026-05-03T09:00").with_record("shop", APPLICANT, &debt);
    let market = market.opened("shop S1");
    market.when(Who::Officer("s1"), correct("shop", text("S2"), "typo")).then_refused(&decides("shop"));
}

#[test]
fn a_correction_is_by_a_colleague_for_a_reason_and_of_the_type() {
    let problem = |fact: &str, wrong| Refusal::Facts(vec![FactProblem { fact: fact.to_owned(), wrong }]);
    let mend = || correct("remark", text("thanks"), "misspelt");
    let mut scene = granted();
    for who in [Who::Applicant, Who::Officer("f1"), Who::Officer("nobody"), Who::Treasury, Who::Clock] {
        scene = scene.when(who, mend()).then_refused(&Refusal::NotYours);
    }
    let scene = scene.when(DRAWN, correct("remark", text("thanks"), " "));
    let scene = scene.then_refused(&Refusal::BadText { field: "reason", max_chars: 2000 });
    let scene =
        scene.when(DRAWN, correct("colour", text("red"), "x")).then_refused(&problem("colour", Wrong::NotAsked));
    let wrong = ValueError::WrongKind { expected: Kind::Text, found: Kind::Bool };
    let scene = scene.when(DRAWN, correct("remark", Value::Bool(true), "x"));
    let scene = scene.then_refused(&problem("remark", Wrong::Value(wrong)));
    let own = scene.with_roster(|seats| seats[3].person = Some(APPLICANT.to_owned()));
    own.when(Who::Officer("s1"), mend()).then_refused(&Refusal::OwnCase);
    // What was never said cannot be misspelt.
    let silent = given("licence", "2026-05-03T09:00").opened("kind smith, size 90");
    silent.when(DRAWN, mend()).then_refused(&problem("remark", Wrong::Missing));
}

#[test]
fn two_revoke_a_certificate_once_on_one_ground_of_the_law() {
    let scene = granted().when(Who::Officer("s2"), revoke("unfit")).then("proposed to revoke (unfit)");
    assert_eq!(scene.case().ended.clone().unwrap().revoked, None);
    let scene = scene.when(Who::Officer("s2"), revoke("unfit")).then_refused(&Refusal::SignedAlready);
    // Another ground is another proposal, whoever makes it.
    let scene = scene.when(Who::Officer("s1"), revoke("incomplete")).then("proposed to revoke (incomplete)");
    let scene = scene.when(Who::Officer("s1"), revoke("unfit")).then("revoked (unfit)");
    assert_eq!(scene.case().ended.clone().unwrap().revoked.as_deref(), Some("unfit"));
    scene.when(Who::Officer("s2"), revoke("unfit")).then_refused(&Refusal::NoCertificate);
}

#[test]
fn as_many_revoke_as_granted() {
    let text = include_str!("zone.txt").replacen(
        "    within: 5 workdays\n    overdue: grant\n",
        "    within: 5 workdays\n    people: 3\n    overdue: grant\n",
        1,
    );
    let zone = crate::scene::checked(&text);
    let scene = crate::scene::given_in(&zone, "licence", "2026-05-03T09:00").opened("kind smith, size 90");
    let scene =
        ["e1", "e2", "e3"].iter().fold(scene, |scene, officer| scene.and(Who::Officer(officer), decide("grant")));
    let scene = scene.when(Who::Officer("s1"), revoke("unfit")).then("proposed to revoke (unfit)");
    let scene = scene.when(Who::Officer("s2"), revoke("unfit")).then("proposed to revoke (unfit)");
    scene.when(Who::Officer("e1"), revoke("unfit")).then("revoked (unfit)");
}

#[test]
fn only_a_colleague_revokes_and_only_what_was_issued() {
    let mut scene = granted();
    for who in [Who::Applicant, Who::Officer("f1"), Who::Treasury, Who::Appeal(1)] {
        scene = scene.when(who, revoke("unfit")).then_refused(&Refusal::NotYours);
    }
    let unknown = scene.when(Who::Officer("s1"), revoke("whim"));
    let Err(Refusal::WrongGround { .. }) = unknown.result() else { panic!("a whim revokes") };
    review().when(Who::Officer("s1"), revoke("unfit")).then_refused(&Refusal::NoCertificate);
    let refused = review().and(DRAWN, crate::act::refuse("unfit"));
    refused.when(Who::Officer("s1"), revoke("unfit")).then_refused(&Refusal::NoCertificate);
}

#[test]
fn evidence_of_an_inspection_is_no_clerical_error_and_a_revoked_certificate_is_not_mended() {
    let site = given("build", "2026-05-03T09:00")
        .opened("size 5")
        .and(Who::Applicant, crate::act::supply("build", "plan here"));
    let site = site.lapsed("rest").and(Who::Drawn("opinions/water", 0), crate::act::agree("water"));
    let site = site.and(Who::Drawn("opinions/fire", 0), crate::act::agree("fire"));
    let seen = site.and(Who::Drawn("site", 0), crate::act::inspect("state waste"));
    let ready = Value::Code("ready".to_owned());
    let refusal = seen.when(Who::Officer("s1"), correct("state", ready, "typo")).refusal();
    assert_eq!(refusal, Refusal::DecidesSomething { fact: "state".to_owned() });
    let revoked = granted().and(DRAWN, revoke("unfit")).and(Who::Officer("s1"), revoke("unfit"));
    revoked.when(DRAWN, correct("remark", text("thanks"), "misspelt")).then_refused(&Refusal::NoCertificate);
}
