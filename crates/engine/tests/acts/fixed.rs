//! Lots that are fixed before their randomness is there: the seat waits, the draw comes, and nothing that anybody does meanwhile gives another draw.

use std::collections::BTreeMap;

use engine::CaseId;
use engine::act::{Act, Actor};
use engine::case::{Awaited, Decider, Digest};
use engine::event::What;
use engine::lot::{Aside, Candidate, Draw, Evidence, Lot, Proof, Source, VrfProof, Why, draw};
use engine::refusal::Refusal;
use engine::world::{Coming, Elsewhere, Recusal, Sitter};
use proptest::prelude::*;

use crate::act::{decide, withdraw};
use crate::scene::{APPLICANT, Scene, Who, given, moment};
use crate::two_officers::judged;

const CHAIN: Digest = Digest([7; 32]);

/// In a world whose randomness is a drand round, due at that moment.
pub fn comes(mut scene: Scene, round: u64, due: &str) -> Scene {
    let source = Source::Drand { chain: CHAIN, round };
    scene.lots.coming = Some(Coming { source, due: moment(due) });
    scene
}

/// A smith's licence waits at nine for its draw at ten.
fn waits() -> Scene {
    comes(given("licence", "2026-05-03T09:00"), 30, "2026-05-03T10:00").opened("kind smith, size 90")
}

fn proof(round: u64) -> Proof {
    let evidence = Evidence::Drand { chain: CHAIN, round, signature: vec![1, 2, 3], previous: Vec::new() };
    Proof { leaf: Digest([5; 32]), evidence }
}

/// What the beacon brings to a seat that waits.
fn brings(scene: &Scene, seat: &str, proof: Proof) -> Act {
    let lot = scene.case().lots.get(seat).map_or(0, |waiting| waiting.seq);
    Act::Draw { seat: seat.to_owned(), lot, randomness: Digest([9; 32]), proof: Box::new(proof) }
}

fn shares(scene: &Scene, seat: &str) -> Act {
    Act::Share { seat: seat.to_owned(), lot: scene.case().lots[seat].seq }
}

#[test]
fn a_seat_waits_for_its_draw_and_then_the_officer_decides() {
    let scene = comes(given("licence", "2026-05-03T09:00"), 30, "2026-05-03T10:00");
    let scene = scene.when_opened("kind smith, size 90").then(
        "opened
         entered screening
         ruled rules [3]
         decided screening unclear by a rule
         entered review, review until 2026-05-10
         lot of 1 for review among 3",
    );
    assert!(scene.case().holders().is_empty());
    // Nobody is drawn, so nobody may decide.
    for officer in ["e1", "e2", "e3", "s1"] {
        scene.clone().when(Who::Officer(officer), decide("grant")).then_refused(&Refusal::NotYours);
    }
    let act = brings(&scene, "review", proof(30));
    let scene = scene.at("2026-05-03T10:00").when(Who::Beacon, act).then("drawn 1 for review");
    assert!(scene.case().lots.is_empty());
    scene.when(Who::Drawn("review", 0), decide("grant")).then(
        "decided review grant by 1 officers
         entered permit
         ended granted, issued licence until 2028-05-02, entered into stalls",
    );
}

#[test]
fn only_the_beacon_brings_a_draw_and_only_the_one_that_was_named() {
    let scene = waits();
    let act = brings(&scene, "review", proof(30));
    // Before its time: whoever had it earlier could have known it earlier.
    let scene = scene.when(Who::Beacon, act.clone()).then_refused(&Refusal::NotDue).at("2026-05-03T10:01");
    for who in [Who::Applicant, Who::Officer("e1"), Who::Treasury, Who::Clock, Who::Appeal(1)] {
        scene.clone().when(who, act.clone()).then_refused(&Refusal::NotYours);
    }
    let another_round = brings(&scene, "review", proof(31));
    let vrf = |key| VrfProof { key: Digest([key; 32]), proof: Vec::new() };
    let another_source = Proof { leaf: Digest([5; 32]), evidence: Evidence::Vrf { proofs: [vrf(1), vrf(2)] } };
    let another_chain = Proof {
        evidence: Evidence::Drand { chain: Digest([8; 32]), round: 30, signature: Vec::new(), previous: Vec::new() },
        leaf: Digest([5; 32]),
    };
    let another_lot =
        Act::Draw { seat: "review".to_owned(), lot: 1, randomness: Digest([9; 32]), proof: Box::new(proof(30)) };
    let another_seat = brings(&scene, "hearing", proof(30));
    for act in [
        another_round,
        brings(&scene, "review", another_source),
        brings(&scene, "review", another_chain),
        another_lot,
        another_seat,
        shares(&scene, "review"),
    ] {
        scene.clone().when(Who::Beacon, act).then_refused(&Refusal::NoLot);
    }
    // What was brought once is not brought again.
    let scene = scene.and(Who::Beacon, act.clone());
    scene.when(Who::Beacon, act).then_refused(&Refusal::NoLot);
}

#[test]
fn a_deadline_that_lapses_meanwhile_has_its_consequence_and_nobody_was_silent() {
    let scene = waits().when_lapsed("review").then(
        "lapsed review, 0 silent
         decided review grant by the silence of 0
         entered permit
         ended granted, issued licence until 2028-05-10, entered into stalls",
    );
    assert_eq!(scene.case().decision.as_ref().unwrap().by, Decider::Silence(Vec::new()));
    // The lot is drawn nevertheless: it was fixed.
    let act = brings(&scene, "review", proof(30));
    let scene = scene.when(Who::Beacon, act).then("drawn 1 for review");
    assert!(scene.case().holders().is_empty());
}

#[test]
fn a_draw_that_comes_after_a_deadline_does_not_overtake_it() {
    let scene = waits().at("2026-06-03T10:00");
    let act = brings(&scene, "review", proof(30));
    scene.when(Who::Beacon, act).then(
        "lapsed review, 0 silent
         decided review grant by the silence of 0
         entered permit
         ended granted, issued licence until 2028-06-02, entered into stalls
         drawn 1 for review",
    );
}

#[test]
fn withdrawing_while_the_draw_is_awaited_does_not_stop_it() {
    let scene = waits().and(Who::Applicant, withdraw()).at("2026-05-03T11:00");
    assert!(matches!(scene.case().lots["review"].awaited, Awaited::Lot(_)));
    let act = brings(&scene, "review", proof(30));
    scene.when(Who::Beacon, act).then("drawn 1 for review");
}

#[test]
fn a_case_that_comes_back_while_its_lot_waits_gets_no_other() {
    // Silence grants, an appeal would overturn; here the review comes back by an overturned refusal while a lot waits.
    let scene = waits().at("2026-05-03T10:00");
    let act = brings(&scene, "review", proof(30));
    let refuse = crate::act::refuse("unfit");
    let scene = scene.and(Who::Beacon, act).and(Who::Drawn("review", 0), refuse);
    let drawn = scene.case().drawn("review").to_vec();
    let appeal = crate::act::appeal(1, scene.now);
    let scene = scene.and(Who::Appeal(1), appeal).when(Who::Appeal(1), crate::act::overturn(1)).then(
        "overturned
         entered review, review until 2026-05-10",
    );
    assert_eq!(scene.case().drawn("review"), drawn);
    assert!(scene.case().lots.is_empty());
}

#[test]
fn the_second_application_in_the_matter_waits_for_the_first_ones_lot() {
    let first = CaseId([3; 16]);
    let mut scene = comes(given("licence", "2026-05-03T09:30"), 40, "2026-05-03T11:00");
    scene.lots.waiting.insert("review".to_owned(), Elsewhere { case: first, due: moment("2026-05-03T10:00") });
    let scene = scene.when_opened("kind smith, size 91").then(
        "opened
         entered screening
         ruled rules [3]
         decided screening unclear by a rule
         entered review, review until 2026-05-10
         shares the lot of 1 for review",
    );
    let scene = scene.at("2026-05-03T10:00");
    // As long as the first lot is not drawn.
    let act = shares(&scene, "review");
    let mut scene = scene.when(Who::Beacon, act).then_refused(&Refusal::NotDue);
    // No randomness can be brought to a seat that waits for another case's.
    let act = brings(&scene, "review", proof(30));
    scene = scene.when(Who::Beacon, act).then_refused(&Refusal::NoLot);
    scene.lots.waiting.clear();
    scene.sitting.insert("review".to_owned(), vec![Sitter { officer: "e2".to_owned(), case: first }]);
    let act = shares(&scene, "review");
    let scene = scene.when(Who::Beacon, act).then("seated e2 for review");
    assert!(scene.case().lots.is_empty());
    assert_eq!(scene.case().drawn("review"), ["e2"]);
}

#[test]
fn when_nobody_of_the_first_lot_is_left_a_lot_of_its_own_is_fixed() {
    let first = CaseId([3; 16]);
    let mut scene = comes(given("licence", "2026-05-03T09:30"), 40, "2026-05-03T11:00");
    scene.lots.waiting.insert("review".to_owned(), Elsewhere { case: first, due: moment("2026-05-03T10:00") });
    let mut scene = scene.opened("kind smith, size 91").at("2026-05-03T10:00");
    scene.lots.waiting.clear();
    scene.sitting.insert("review".to_owned(), vec![Sitter { officer: "gone".to_owned(), case: first }]);
    let act = shares(&scene, "review");
    let scene = scene.when(Who::Beacon, act).then("lot of 1 for review among 3").at("2026-05-03T11:00");
    let act = brings(&scene, "review", proof(40));
    scene.when(Who::Beacon, act).then("drawn 1 for review");
}

#[test]
fn what_waited_for_another_case_is_forgotten_with_the_case() {
    let mut scene = comes(given("licence", "2026-05-03T09:30"), 40, "2026-05-03T11:00");
    scene
        .lots
        .waiting
        .insert("review".to_owned(), Elsewhere { case: CaseId([3; 16]), due: moment("2026-05-03T10:00") });
    let scene = scene.opened("kind smith, size 91");
    let act = shares(&scene, "review");
    let scene = scene.and(Who::Applicant, withdraw()).at("2026-05-03T10:00");
    assert!(scene.case().lots.is_empty());
    scene.when(Who::Beacon, act).then_refused(&Refusal::NoLot);
}

#[test]
fn a_tie_fixes_one_lot_and_no_second_while_it_waits() {
    let scene = comes(judged(), 50, "2026-05-20T09:00");
    let scene = scene.and(Who::Drawn("judged", 0), decide("grant"));
    let scene = scene.when(Who::Drawn("judged", 1), crate::act::refuse("unsafe"));
    let scene = scene.then(
        "signed refuse (unsafe)
         lot of 1 for judged among 1",
    );
    scene.clone().when(Who::Drawn("judged", 0), decide("grant")).then_refused(&Refusal::SignedAlready);
    assert_eq!(scene.case().lots["judged"].people, 1);
}

#[test]
fn several_seats_wait_side_by_side() {
    let scene = crate::consulting::opinions();
    let consult = scene.events.iter().filter(|event| matches!(event.what, What::Drawn { .. })).count();
    assert_eq!(consult, 2);
}

#[test]
fn whoever_recused_themselves_is_no_candidate_and_the_lot_says_so() {
    let mut scene = comes(given("licence", "2026-05-03T09:00"), 30, "2026-05-03T10:00");
    let recusal = |officer: &str, from: &str| Recusal { officer: officer.to_owned(), from: from.to_owned() };
    scene.lots.recusals = vec![recusal("e1", APPLICANT), recusal("e2", "zahra")];
    let scene = scene.opened("kind smith, size 90");
    let lot = lot(&scene);
    assert_eq!(names(&lot), ["e2", "e3"]);
    assert_eq!(lot.aside, [Aside { officer: "e1".to_owned(), why: Why::Recused }]);
}

#[test]
fn a_sitter_who_recused_themselves_does_not_sit_here() {
    let mut scene = given("licence", "2026-05-03T09:00");
    scene.lots.recusals = vec![Recusal { officer: "e1".to_owned(), from: APPLICANT.to_owned() }];
    let case = CaseId([3; 16]);
    scene.sitting.insert("review".to_owned(), vec![Sitter { officer: "e1".to_owned(), case }]);
    let scene = scene.opened("kind smith, size 90");
    assert_ne!(scene.case().drawn("review"), ["e1"]);
}

#[test]
fn whoever_is_full_is_no_candidate_while_there_is_something_left_to_draw() {
    let at_limit = |full: &[&str]| {
        let scene = comes(given("licence", "2026-05-03T09:00"), 30, "2026-05-03T10:00");
        let mut scene = scene.with_roster(|seats| seats.iter_mut().for_each(|seat| seat.most_open = Some(20)));
        let load =
            ["e1", "e2", "e3"].map(|officer| (officer.to_owned(), if full.contains(&officer) { 20 } else { 19 }));
        scene.lots.load = BTreeMap::from(load);
        lot(&scene.opened("kind smith, size 90"))
    };
    let one_full = at_limit(&["e3"]);
    assert_eq!(names(&one_full), ["e1", "e2"]);
    assert_eq!(one_full.aside, [Aside { officer: "e3".to_owned(), why: Why::Full }]);
    // With two full, one would be left: that is no draw, and whoever filled the two would have chosen the third.
    for full in [&["e1", "e2"][..], &["e1", "e2", "e3"]] {
        let eased = at_limit(full);
        assert_eq!(names(&eased), ["e1", "e2", "e3"], "{full:?}");
        assert!(eased.aside.is_empty());
    }
}

#[test]
fn too_few_on_the_roster_is_said_when_the_lot_is_fixed() {
    let scene = comes(given("licence", "2026-05-03T09:00"), 30, "2026-05-03T10:00");
    let scene = scene.with_roster(|seats| seats.retain(|seat| !seat.officer.starts_with('e')));
    let refusal = scene.when_opened("kind smith, size 90").refusal();
    assert_eq!(refusal, Refusal::TooFewOfficers { role: "examiner".to_owned(), needed: 1, there: 0 });
}

#[test]
fn a_record_with_another_draw_than_the_lot_does_not_fold() {
    let scene = waits().at("2026-05-03T10:00");
    let act = brings(&scene, "review", proof(30));
    let scene = scene.and(Who::Beacon, act);
    let place = scene.events.len() - 1;
    let change = |change: &dyn Fn(&mut Draw)| {
        let mut events = scene.events.clone();
        let What::Drawn { draw, .. } = &mut events[place].what else { panic!("no draw") };
        change(draw);
        engine::fold::fold(&scene.service, &events)
    };
    assert!(change(&|_| ()).is_ok());
    assert!(change(&|draw| drop(draw.candidates.pop())).is_err());
    assert!(change(&|draw| draw.roster = Digest([0; 32])).is_err());
    assert!(change(&|draw| draw.proof = None).is_err());
    assert!(change(&|draw| draw.proof = Some(proof(31))).is_err());
    assert!(change(&|draw| draw.matter.push('x')).is_err());
    assert!(change(&|draw| drawn_twice(draw)).is_err());
    // A draw without its lot.
    let mut events = scene.events.clone();
    events.remove(place - 1);
    assert!(engine::fold::fold(&scene.service, &events).is_err());
}

fn drawn_twice(draw: &mut Draw) {
    draw.drawn.push("e9".to_owned());
}

fn lot(scene: &Scene) -> Lot {
    let Awaited::Lot(lot) = &scene.case().lots["review"].awaited else { panic!("no lot of its own") };
    (**lot).clone()
}

fn names(lot: &Lot) -> Vec<&str> {
    lot.candidates.iter().map(|candidate| candidate.officer.as_str()).collect()
}

#[test]
fn the_beacon_may_do_nothing_else() {
    let scene = waits();
    for act in [decide("grant"), withdraw(), Act::Lapse { clock: "review".to_owned(), due: scene.now }] {
        assert_eq!(scene.decide(&Actor::Beacon, &act).unwrap_err(), Refusal::NotYours);
    }
}

fn candidates() -> impl Strategy<Value = Vec<Candidate>> {
    let candidate = ("[a-f]{1,2}", 0_u32..5).prop_map(|(officer, weight)| Candidate { officer, weight });
    proptest::collection::vec(candidate, 0..12)
}

proptest! {
    /// Who is drawn follows from the candidates, what is drawn for and the randomness, in whatever order the candidates stand; each once, and nobody
    /// without a weight.
    #[test]
    fn a_draw_is_a_function_of_what_is_recorded(
        list in candidates(), randomness: [u8; 32], people in 1_u32..4, shuffle in any::<proptest::sample::Index>(),
    ) {
        let lot = Lot::new("r", people, list.clone(), "seat/0", Source::Vrf { keys: [Digest([1; 32]), Digest([2; 32])] }, jiff::Timestamp::UNIX_EPOCH);
        let mut other = list.clone();
        if !other.is_empty() {
            let by = shuffle.index(other.len());
            other.rotate_left(by);
            other.reverse();
        }
        let (one, two) = (draw(list.clone(), "seat/0", randomness, people), draw(other, "seat/0", randomness, people));
        prop_assert_eq!(&one, &two);
        let Some(drawn) = one else { return Ok(()) };
        prop_assert!(drawn.is_right());
        let lot = lot.unwrap();
        let vrf = |key| VrfProof { key: Digest([key; 32]), proof: Vec::new() };
        let proof = Proof { leaf: Digest([5; 32]), evidence: Evidence::Vrf { proofs: [vrf(1), vrf(2)] } };
        let by_lot = lot.draw(Digest(randomness), proof).unwrap();
        prop_assert!(lot.is_of(&by_lot) && by_lot.is_right());
        prop_assert_eq!(&by_lot.drawn, &drawn.drawn);
        let mut single = drawn.drawn.clone();
        single.sort();
        single.dedup();
        prop_assert_eq!(single.len(), people as usize);
        for officer in &drawn.drawn {
            prop_assert!(list.iter().filter(|one| one.officer == *officer).all(|one| one.weight > 0));
        }
        let tickets = drawn.tickets();
        prop_assert_eq!(tickets.len(), people as usize);
        prop_assert!(tickets.iter().all(|ticket| ticket.ticket < ticket.total && ticket.number % ticket.total == ticket.ticket));
    }
}
