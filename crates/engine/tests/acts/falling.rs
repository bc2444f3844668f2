//! Where chance decides: at once, when the randomness comes, too late; and what other applications in the matter came to.

use definition::model::{Name, Share};
use engine::CaseId;
use engine::act::Act;
use engine::case::{Awaited, Decider, Digest, Turn};
use engine::event::What;
use engine::fold;
use engine::lot::{self, Bound, Evidence, Lot, Proof, Source, VrfProof};
use engine::refusal::Refusal;
use engine::world::{Coming, Elsewhere};
use proptest::prelude::*;

use crate::act::{decide, refuse, withdraw};
use crate::scene::{Scene, Who, given, moment};
use crate::tell;

const OTHER: CaseId = CaseId([9; 16]);
const THIRD: CaseId = CaseId([8; 16]);

fn parcel() -> Scene {
    given("parcel", "2026-05-03T09:00")
}

fn source() -> Source {
    Source::Vrf { keys: [Digest([1; 32]), Digest([2; 32])] }
}

/// In a world whose randomness comes from elsewhere.
fn from_outside(mut scene: Scene) -> Scene {
    scene.lots.coming = Some(Coming { source: source(), due: scene.now });
    scene
}

/// In a world in which other applications in the matter came to these routes.
fn bound(mut scene: Scene, ways: &[(&str, CaseId)]) -> Scene {
    let ways = ways.iter().map(|(route, case)| Bound { route: (*route).to_owned(), case: *case }).collect();
    scene.lots.ways.insert("sample".to_owned(), ways);
    scene
}

/// Randomness with which the lot that waits falls on that route.
fn falling_on(scene: &Scene, route: &str) -> Act {
    let waiting = &scene.case().lots["sample"];
    let Awaited::Lot(lot) = &waiting.awaited else { panic!("it waits for another case") };
    let vrf = |key| VrfProof { key: Digest([key; 32]), proof: Vec::new() };
    let proof = Proof { leaf: Digest([1; 32]), evidence: Evidence::Vrf { proofs: [vrf(1), vrf(2)] } };
    let mut draws =
        (0..=u8::MAX).map(|byte| Digest([byte; 32])).map(|one| (one, lot.draw(one, proof.clone()).unwrap()));
    let (randomness, _) = draws.find(|(_, draw)| draw.route.as_deref() == Some(route)).unwrap();
    Act::Draw { seat: "sample".to_owned(), lot: waiting.seq, randomness, proof: Box::new(proof) }
}

fn fallen(scene: Scene, route: &str) -> Scene {
    let act = falling_on(&scene, route);
    scene.and(Who::Beacon, act)
}

fn way(scene: &Scene) -> (&str, &Decider) {
    let way = &scene.case().ways["sample"];
    (&way.route, &way.by)
}

#[test]
fn with_the_worlds_own_randomness_it_goes_on_at_once() {
    let scene = parcel().opened("size 3");
    let told = tell::events(&scene.events);
    let route = scene.case().stage.clone();
    let expected = [
        "opened".to_owned(),
        "entered sample, sample until 2026-05-05".to_owned(),
        format!("drawn {route} for sample"),
        format!("decided sample {route} by lot"),
    ];
    assert_eq!(told[..4], expected);
    assert!(!scene.case().officers.contains_key("sample"), "a route is no officer");
    assert_eq!(way(&scene), (route.as_str(), &Decider::Lot));
}

#[test]
fn randomness_from_outside_is_waited_for_and_nobody_can_act_meanwhile() {
    let scene = from_outside(parcel()).when_opened("size 3").then(
        "opened
         entered sample, sample until 2026-05-05
         lot for sample between 3",
    );
    assert!(matches!(scene.case().turn, Turn::Waiting { .. }) && scene.case().holders().is_empty());
    let not_now = Refusal::NotNow { stage: "sample".to_owned() };
    let scene = scene.when(Who::Officer("s1"), decide("release")).then_refused(&not_now);
    let act = falling_on(&scene, "opening");
    let scene = scene.when(Who::Applicant, act.clone()).then_refused(&Refusal::NotYours);
    let scene = scene.when(Who::Beacon, act.clone()).then(
        "drawn opening for sample
         decided sample opening by lot
         entered opening, opening until 2026-05-10
         lot of 1 for opening among 2",
    );
    scene.when(Who::Beacon, act).then_refused(&Refusal::NoLot);
}

#[test]
fn each_route_can_be_drawn() {
    for route in ["opening", "papers", "release"] {
        let scene = fallen(from_outside(parcel()).opened("size 3"), route);
        assert_eq!((scene.case().stage.as_str(), way(&scene)), (route, (route, &Decider::Lot)));
    }
}

/// Nobody gains by keeping a draw from taking place; and what was fixed is drawn nevertheless.
#[test]
fn what_is_not_drawn_in_time_goes_the_first_way() {
    let scene = from_outside(parcel()).opened("size 3");
    let late = falling_on(&scene, "release");
    let scene = scene.when_lapsed("sample").then(
        "lapsed sample, 0 silent
         decided sample opening by a lot that was not drawn
         entered opening, opening until 2026-05-13
         lot of 1 for opening among 2",
    );
    let scene = scene.when(Who::Beacon, late).then("drawn release for sample");
    assert_eq!(scene.case().stage, "opening");
    assert_eq!(way(&scene), ("opening", &Decider::Undrawn));
}

#[test]
fn a_draw_that_comes_after_its_time_changes_nothing_either() {
    let scene = from_outside(parcel()).opened("size 3");
    let act = falling_on(&scene, "release");
    let scene = scene.at("2026-05-20T09:00").when(Who::Beacon, act).then(
        "lapsed sample, 0 silent
         decided sample opening by a lot that was not drawn
         entered opening, opening until 2026-05-27
         lot of 1 for opening among 2
         drawn release for sample",
    );
    assert_eq!(scene.case().stage, "opening");
}

#[test]
fn who_withdraws_before_the_draw_is_drawn_for_all_the_same() {
    let scene = from_outside(parcel()).opened("size 3");
    let act = falling_on(&scene, "opening");
    let scene = scene.and(Who::Applicant, withdraw());
    let scene = scene.when(Who::Beacon, act).then("drawn opening for sample");
    assert!(scene.case().ended.is_some());
    assert_eq!(way(&scene), ("opening", &Decider::Lot));
}

#[test]
fn what_stands_first_is_taken_over_without_a_draw() {
    for scene in [parcel(), from_outside(parcel())] {
        let scene = bound(scene, &[("release", THIRD), ("opening", OTHER)]).opened("size 3");
        let told = tell::events(&scene.events);
        assert_eq!(told[2], "decided sample opening by the matter's lot");
        assert_eq!(way(&scene), ("opening", &Decider::Matter(OTHER)));
        assert!(
            !scene.events.iter().any(|event| matches!(&event.what, What::Drawn { draw, .. } if draw.is_of_routes()))
        );
    }
}

/// Whoever knows that one application goes the way that they like cannot file another on it: that is drawn for anew, and only for the worse.
#[test]
fn of_what_binds_and_what_is_drawn_the_first_counts() {
    let cases = [("opening", "opening", Decider::Lot), ("papers", "papers", Decider::Lot)];
    let cases = cases.into_iter().chain([("release", "papers", Decider::Matter(OTHER))]);
    for (drawn, goes, by) in cases {
        let scene = bound(from_outside(parcel()), &[("papers", OTHER)]).when_opened("size 3").then(
            "opened
             entered sample, sample until 2026-05-05
             lot for sample between 3, bound to papers",
        );
        let scene = fallen(scene, drawn);
        assert_eq!((scene.case().stage.as_str(), way(&scene)), (goes, (goes, &by)));
    }
    // At once, by the world's own randomness: never behind what binds.
    for byte in 0..40 {
        let scene = opened_as(bound(parcel(), &[("papers", OTHER)]), CaseId([byte; 16]));
        assert!(["opening", "papers"].contains(&scene.case().stage.as_str()));
    }
}

/// Opened under this id, which the draw depends on.
fn opened_as(scene: Scene, case: CaseId) -> Scene {
    let application = engine::act::Application {
        case,
        applicant: crate::scene::APPLICANT.to_owned(),
        under: None,
        appeals: None,
        facts: crate::scene::facts(&scene.service, "size 3"),
    };
    let opened = scene.open_as(&application).unwrap();
    scene.take(opened)
}

#[test]
fn the_last_way_binds_to_nothing_nor_does_one_that_is_not_there() {
    let ways = [("release", OTHER), ("gone", THIRD)];
    let scene = bound(from_outside(parcel()), &ways).when_opened("size 3").then(
        "opened
         entered sample, sample until 2026-05-05
         lot for sample between 3",
    );
    assert_eq!(fallen(scene, "opening").case().stage, "opening");
}

fn after_another(due: &str) -> Scene {
    let mut scene = from_outside(parcel());
    scene.lots.waiting.insert("sample".to_owned(), Elsewhere { case: OTHER, due: moment(due) });
    scene
}

#[test]
fn an_application_waits_for_the_other_ones_lot_and_then_draws_itself() {
    let scene = after_another("2026-05-03T09:00").when_opened("size 3").then(
        "opened
         entered sample, sample until 2026-05-05
         shares the lot of 0 for sample",
    );
    let share = Act::Share { seat: "sample".to_owned(), lot: scene.case().lots["sample"].seq };
    let mut scene = scene.when(Who::Beacon, share.clone()).then_refused(&Refusal::NotDue);
    scene.lots.waiting.clear();
    let first = bound(scene.clone(), &[("opening", OTHER)]).when(Who::Beacon, share.clone()).then(
        "decided sample opening by the matter's lot
         entered opening, opening until 2026-05-10
         lot of 1 for opening among 2",
    );
    assert!(!first.case().lots.contains_key("sample"));
    let last = bound(scene, &[("release", OTHER)]).when(Who::Beacon, share).then("lot for sample between 3");
    assert_eq!(fallen(last, "papers").case().stage, "papers");
}

#[test]
fn the_others_lot_is_waited_for_no_longer_than_the_own() {
    let scene = after_another("2026-05-03T09:00").opened("size 3");
    let share = Act::Share { seat: "sample".to_owned(), lot: scene.case().lots["sample"].seq };
    let scene = scene.lapsed("sample");
    assert_eq!(way(&scene), ("opening", &Decider::Undrawn));
    scene.when(Who::Beacon, share).then_refused(&Refusal::NoLot);
}

/// An appeal that succeeds brings the case back to the lot, which is not drawn again.
#[test]
fn a_case_that_comes_back_goes_the_same_way() {
    let scene = fallen(from_outside(parcel()).opened("size 3"), "opening");
    let lot = scene.case().lots["opening"].seq;
    let vrf = |key| VrfProof { key: Digest([key; 32]), proof: Vec::new() };
    let proof = Box::new(Proof { leaf: Digest([1; 32]), evidence: Evidence::Vrf { proofs: [vrf(1), vrf(2)] } });
    let seat = "opening".to_owned();
    let scene = scene.and(Who::Beacon, Act::Draw { seat, lot, randomness: Digest([3; 32]), proof });
    let scene = scene.and(Who::Drawn("opening", 0), refuse("unfit"));
    let opened = scene.now;
    let scene = scene.and(Who::Appeal(4), crate::act::appeal(4, opened));
    scene.when(Who::Appeal(4), crate::act::overturn(4)).then(
        "overturned
         entered sample, sample until 2026-05-05
         decided sample opening by lot
         entered opening, opening until 2026-05-10",
    );
}

/// A record in which a lot is of another kind than the stage, or falls on what it does not have, is no record of a case.
#[test]
fn what_does_not_fit_the_stage_does_not_fold() {
    let scene = from_outside(parcel()).opened("size 3");
    let officers = Lot::new("senior", 0, Vec::new(), "sample/0", source(), scene.now).unwrap();
    let mut events = scene.events.clone();
    events[2].what = What::Lot { seat: "sample".to_owned(), lot: Box::new(officers) };
    assert!(fold::fold(&scene.service, &events).is_err());
    let scene = fallen(scene, "release");
    let mut events = scene.events.clone();
    let What::Drawn { draw, .. } = &mut events[3].what else { panic!("{:?}", events[3]) };
    draw.routes[0].weight += 1;
    assert!(fold::fold(&scene.service, &events).is_err(), "other shares than were fixed");
    let routes: Vec<Share> = vec![share("elsewhere", 1)];
    let other = parcel().opened("size 3");
    let mut events = other.events.clone();
    let draw = lot::draw_route(&routes, "m", [0; 32]).unwrap();
    events[2].what = What::Drawn { seat: "sample".to_owned(), draw };
    assert!(fold::fold(&other.service, &events).is_err(), "a way that is not there");
}

fn share(route: &str, weight: u32) -> Share {
    Share { route: route.to_owned(), weight }
}

/// Pearson's chi-squared of many draws against the shares. The draws are the same in every run, so the test never fails by chance.
fn chi_squared(routes: &[Share], rounds: u32) -> f64 {
    let total: u32 = routes.iter().map(|share| share.weight).sum();
    let mut counts = vec![0_u32; routes.len()];
    for round in 0..rounds {
        let mut randomness = [0_u8; 32];
        randomness[..4].copy_from_slice(&round.to_be_bytes());
        let draw = lot::draw_route(routes, "sample/0", randomness).unwrap();
        counts[lot::place(routes, &draw.route.unwrap()).unwrap()] += 1;
    }
    let term = |(share, count): (&Share, &u32)| {
        let expected = f64::from(rounds) * f64::from(share.weight) / f64::from(total);
        (f64::from(*count) - expected).powi(2) / expected
    };
    routes.iter().zip(&counts).map(term).sum()
}

/// The bounds are the chi-squared distribution's 0.999 quantiles (NIST/SEMATECH e-Handbook, 1.3.6.7.4).
#[test]
fn ten_of_a_hundred_are_ten_of_a_hundred() {
    assert!(chi_squared(&[share("inspection", 10), share("release", 90)], 50_000) < 10.828);
    assert!(chi_squared(&[share("red", 5), share("yellow", 15), share("green", 80)], 50_000) < 13.816);
    assert!(chi_squared(&[share("one", 1), share("rest", 999)], 200_000) < 10.828);
}

/// Some figures that anybody can make with a few lines of another language, so that the form does not change by mistake.
#[test]
fn a_draw_between_routes_is_made_as_it_is_written_down() {
    let routes = [share("inspection", 10), share("release", 90)];
    let hash = |bytes: &[u8]| <sha2::Sha256 as sha2::Digest>::digest(bytes);
    let mut form = b"panjereh routes v1".to_vec();
    for (name, weight) in [("inspection", 10_u32), ("release", 90)] {
        form.extend(u32::try_from(name.len()).unwrap().to_be_bytes());
        form.extend(name.as_bytes());
        form.extend(weight.to_be_bytes());
    }
    let draw = lot::draw_route(&routes, "sample/0", [7; 32]).unwrap();
    assert_eq!(draw.roster.0[..], hash(&form)[..]);
    let number = hash(&[&b"panjereh draw v1"[..], &[7; 32], b"sample/0", &[0; 8]].concat());
    let number = u64::from_be_bytes(number[..8].try_into().unwrap());
    let expected = if number % 100 < 10 { "inspection" } else { "release" };
    assert_eq!(draw.route.as_deref(), Some(expected));
    assert_eq!(lot::in_words(&routes), "inspection=10,release=90");
}

proptest! {
    /// A draw comes out again, and none of its parts can be another.
    #[test]
    fn a_draw_between_routes_can_be_done_again(
        weights in prop::collection::vec(1_u32..=1_000_000, 2..20), randomness: [u8; 32], place: prop::sample::Index,
    ) {
        let routes: Vec<Share> = weights.iter().enumerate().map(|(n, weight)| share(&format!("r{n}"), *weight)).collect();
        let draw = lot::draw_route(&routes, "m/0", randomness).unwrap();
        prop_assert!(draw.is_right() && draw.drawn.is_empty() && draw.candidates.is_empty());
        let ticket = draw.tickets();
        prop_assert_eq!(ticket.len(), 1);
        prop_assert_eq!(Some(&ticket[0].drawn), draw.route.as_ref());
        let place = place.index(routes.len());
        let mut heavier = draw.clone();
        heavier.routes[place].weight += 1;
        prop_assert!(!heavier.is_right());
        let other = routes.iter().map(|share| &share.route).find(|route| Some(*route) != draw.route.as_ref());
        let chosen = lot::Draw { route: other.cloned(), ..draw.clone() };
        prop_assert!(!chosen.is_right());
        let nobody = lot::Draw { route: None, ..draw.clone() };
        prop_assert!(!nobody.is_right());
        let officers = lot::Draw { drawn: vec!["e1".to_owned()], ..draw };
        prop_assert!(!officers.is_right());
    }

    /// What binds is the first of what is there, whatever the order in which it came about; the last never does.
    #[test]
    fn what_binds_is_the_first(ways in prop::collection::vec(0_usize..5, 0..8)) {
        let routes: Vec<Share> = (0..4).map(|n| share(&format!("r{n}"), 1)).collect();
        let all: Vec<Bound> = ways.iter().map(|n| Bound { route: format!("r{n}"), case: OTHER }).collect();
        let expected: Option<Name> = ways.iter().filter(|n| **n < 3).min().map(|n| format!("r{n}"));
        prop_assert_eq!(lot::bound_by(&routes, &all).map(|bound| bound.route), expected);
    }
}
