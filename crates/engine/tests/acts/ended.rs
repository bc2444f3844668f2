//! What can still be done when a case has ended, and the mending of clerical errors.

use definition::value::{Kind, Value, ValueError};
use engine::act::Act;
use engine::case::AGAIN;
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

const ONE: Who = Who::Drawn(AGAIN, 0);
const OTHER: Who = Who::Drawn(AGAIN, 1);

fn convene(reason: &str) -> Act {
    Act::Convene { reason: reason.to_owned() }
}

/// Two officers were drawn to look at it again.
fn again(scene: Scene) -> Scene {
    scene.when(Who::Officer("s1"), convene("a complaint")).then("convened\ndrawn 2 for /again")
}

#[test]
fn two_who_were_drawn_mend_a_clerical_error_before_and_after_the_end() {
    for scene in [review(), granted()] {
        let mend = || correct("remark", text("thanks"), "misspelt");
        let scene = again(scene).when(ONE, mend()).then("proposed to correct remark");
        assert_eq!(scene.case().facts["remark"], text("thanx"));
        let scene = scene.when(ONE, mend()).then_refused(&Refusal::SignedAlready);
        let scene = scene.when(OTHER, correct("remark", text("thank you"), "misspelt"));
        let scene = scene.then("proposed to correct remark");
        let scene = scene.when(OTHER, mend()).then("corrected remark");
        assert_eq!(scene.case().facts["remark"], text("thanks"));
        assert!(scene.case().proposed.is_empty() && scene.case().called.is_empty());
        let unchanged = Refusal::Facts(vec![FactProblem { fact: "remark".to_owned(), wrong: Wrong::Unchanged }]);
        scene.when(ONE, mend()).then_refused(&unchanged);
    }
}

/// Nobody chooses who looks again: an officer of the authority says why, and is not among those who are drawn.
#[test]
fn whoever_asks_is_not_drawn_and_the_role_that_decided_is() {
    for officer in ["e1", "e2", "e3"] {
        let scene = granted().when(Who::Officer(officer), convene("a complaint")).then("convened\ndrawn 2 for /again");
        let drawn = scene.case().drawn(AGAIN);
        assert!(drawn.iter().all(|one| one.starts_with('e') && one != officer), "{drawn:?}");
        assert_eq!(scene.case().called.iter().collect::<Vec<_>>().len(), 2);
        scene.when(Who::Officer("s1"), convene("again")).then_refused(&Refusal::ConvenedAlready);
    }
    let mut scene = granted();
    for who in [Who::Applicant, Who::Officer("f1"), Who::Officer("nobody"), Who::Treasury, Who::Clock] {
        scene = scene.when(who, convene("a complaint")).then_refused(&Refusal::NotYours);
    }
    let scene = scene.when(Who::Officer("s1"), convene(" "));
    scene.then_refused(&Refusal::BadText { field: "reason", max_chars: 2000 });
    let refused =
        given("licence", "2026-05-03T09:00").opened("kind smith, size 90").and(DRAWN, crate::act::refuse("unfit"));
    refused.when(Who::Officer("s1"), convene("a complaint")).then_refused(&Refusal::NoCertificate);
}

/// Where rules decided, all roles of the authority are drawn from; who has left is replaced, and the others stay.
#[test]
fn where_rules_decided_the_authority_looks_and_who_left_is_replaced() {
    let by_rules = given("licence", "2026-05-03T09:00").opened("kind baker, size 90");
    let scene = again(by_rules);
    let drawn = scene.case().drawn(AGAIN).to_vec();
    assert!(drawn.iter().all(|one| one != "s1" && !one.starts_with(['f', 'w', 'j'])), "{drawn:?}");
    let gone = drawn[0].clone();
    let scene = scene.with_roster(|seats| seats.retain(|seat| seat.officer != gone));
    let scene = scene.when(Who::Officer("s1"), convene("one left")).then("convened\ndrawn 1 for /again");
    assert_eq!(scene.case().drawn(AGAIN)[..2], drawn[..]);
    let few = granted().with_roster(|seats| seats.retain(|seat| !["e2", "e3"].contains(&seat.officer.as_str())));
    let refusal = few.when(Who::Officer("s1"), convene("a complaint")).refusal();
    assert!(matches!(refusal, Refusal::TooFewOfficers { needed: 2, .. }), "{refusal:?}");
}

/// Who was drawn for the case, and not to look again, neither mends nor revokes: they would choose themselves.
#[test]
fn nobody_mends_or_revokes_of_their_own_choice() {
    let scene = granted().when(DRAWN, revoke("unfit")).then_refused(&Refusal::NotYours);
    let scene = scene.when(Who::Officer("s1"), revoke("unfit")).then_refused(&Refusal::NotYours);
    let mend = correct("remark", text("thanks"), "misspelt");
    let scene = scene.when(Who::Officer("s2"), mend.clone()).then_refused(&Refusal::NotYours);
    again(scene).when(Who::Undrawn("examiner", AGAIN), mend).then_refused(&Refusal::NotYours);
}

#[test]
fn they_may_leave_it_as_it_stands_and_still_agree_later() {
    let keep = || Act::Keep { note: "all in order".to_owned() };
    let scene = again(granted()).when(ONE, keep()).then("kept");
    let scene = scene.when(ONE, keep()).then_refused(&Refusal::SignedAlready);
    assert_eq!(scene.case().called.len(), 1);
    let scene = scene.when(Who::Officer("s1"), keep()).then_refused(&Refusal::NotYours);
    let scene = scene.and(OTHER, revoke("unfit"));
    assert!(scene.case().called.is_empty());
    scene.when(ONE, revoke("unfit")).then("revoked (unfit)");
}

/// What is proposed stays in the record for ever, so it has an end.
#[test]
fn proposals_without_end_are_refused() {
    let scene = (0..32).fold(again(granted()), |scene, number| {
        scene.and(ONE, correct("remark", text(&format!("text {number}")), "misspelt"))
    });
    let more = correct("remark", text("one more"), "misspelt");
    let scene = scene.when(ONE, more).then_refused(&Refusal::TooManyProposals);
    scene.when(OTHER, correct("remark", text("text 31"), "misspelt")).then("corrected remark");
}

#[test]
fn one_person_under_two_names_is_not_two() {
    let one = |seats: &mut Vec<engine::world::Seat>| {
        for seat in seats.iter_mut().filter(|seat| seat.role == "examiner") {
            seat.person = Some("the same".to_owned());
        }
    };
    let scene = again(granted()).with_roster(one);
    let scene = scene.and(ONE, revoke("unfit"));
    scene.when(OTHER, revoke("unfit")).then_refused(&Refusal::SignedAlready);
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
    let scene = again(review());
    let scene = scene.when(ONE, correct("size", Value::Decimal(80.into()), "typo")).then_refused(&decides("size"));
    let kind = Value::Code("baker".to_owned());
    scene.when(ONE, correct("kind", kind, "typo")).then_refused(&decides("kind"));
    // Nor is the key of a record that a register owns.
    let debt = [("shop.debt", Value::Decimal(0.into()))];
    let market = given("market", "2026-05-03T09:00").with_record("shop", APPLICANT, &debt);
    let market = market.opened("shop S1");
    let shop = market.service.fact("shop").unwrap();
    assert!(!engine::decide::correctable(&market.service, shop));
    market.when(Who::Officer("s1"), convene("a complaint")).then_refused(&Refusal::NoCertificate);
}

#[test]
fn a_correction_is_for_a_reason_and_of_the_type() {
    let problem = |fact: &str, wrong| Refusal::Facts(vec![FactProblem { fact: fact.to_owned(), wrong }]);
    let mend = || correct("remark", text("thanks"), "misspelt");
    let scene = again(granted());
    let scene = scene.when(ONE, correct("remark", text("thanks"), " "));
    let scene = scene.then_refused(&Refusal::BadText { field: "reason", max_chars: 2000 });
    let scene = scene.when(ONE, correct("colour", text("red"), "x")).then_refused(&problem("colour", Wrong::NotAsked));
    let wrong = ValueError::WrongKind { expected: Kind::Text, found: Kind::Bool };
    let scene = scene.when(ONE, correct("remark", Value::Bool(true), "x"));
    let scene = scene.then_refused(&problem("remark", Wrong::Value(wrong)));
    let drawn = scene.case().drawn(AGAIN)[0].clone();
    let own = scene.with_roster(|seats| {
        seats.iter_mut().filter(|seat| seat.officer == drawn).for_each(|seat| seat.person = Some(APPLICANT.to_owned()));
    });
    own.when(ONE, mend()).then_refused(&Refusal::OwnCase);
    // What was never said cannot be misspelt.
    let silent = given("licence", "2026-05-03T09:00").opened("kind smith, size 90").and(DRAWN, decide("grant"));
    again(silent).when(ONE, mend()).then_refused(&problem("remark", Wrong::Missing));
}

#[test]
fn two_revoke_a_certificate_once_on_one_ground_of_the_law() {
    let scene = again(granted()).when(OTHER, revoke("unfit")).then("proposed to revoke (unfit)");
    assert_eq!(scene.case().ended.clone().unwrap().revoked, None);
    let scene = scene.when(OTHER, revoke("unfit")).then_refused(&Refusal::SignedAlready);
    // Another ground is another proposal, whoever makes it.
    let scene = scene.when(ONE, revoke("incomplete")).then("proposed to revoke (incomplete)");
    let scene = scene.when(ONE, revoke("unfit")).then("revoked (unfit)");
    assert_eq!(scene.case().ended.clone().unwrap().revoked.as_deref(), Some("unfit"));
    let scene = scene.when(OTHER, revoke("unfit")).then_refused(&Refusal::NoCertificate);
    scene.when(Who::Officer("s1"), convene("once more")).then_refused(&Refusal::NoCertificate);
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
    let scene = scene.when(Who::Officer("s1"), convene("a complaint")).then("convened\ndrawn 3 for /again");
    let scene = scene.when(ONE, revoke("unfit")).then("proposed to revoke (unfit)");
    let scene = scene.when(OTHER, revoke("unfit")).then("proposed to revoke (unfit)");
    scene.when(Who::Drawn(AGAIN, 2), revoke("unfit")).then("revoked (unfit)");
}

#[test]
fn only_what_was_issued_is_revoked_and_on_a_ground() {
    let unknown = again(granted()).when(ONE, revoke("whim"));
    let Err(Refusal::WrongGround { .. }) = unknown.result() else { panic!("a whim revokes") };
    again(review()).when(ONE, revoke("unfit")).then_refused(&Refusal::NoCertificate);
    let refused = review().and(DRAWN, crate::act::refuse("unfit"));
    again(refused).when(ONE, revoke("unfit")).then_refused(&Refusal::NoCertificate);
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
    let seen = seen.and(Who::Officer("s1"), convene("a complaint"));
    let refusal = seen.when(ONE, correct("state", ready, "typo")).refusal();
    assert_eq!(refusal, Refusal::DecidesSomething { fact: "state".to_owned() });
    let revoked = again(granted()).and(ONE, revoke("unfit")).and(OTHER, revoke("unfit"));
    revoked.when(ONE, correct("remark", text("thanks"), "misspelt")).then_refused(&Refusal::NoCertificate);
}
