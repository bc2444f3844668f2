//! A stage with two officers: both must choose the same route; when they do not, one more is drawn; with nobody left, the deadline decides.

use engine::case::{Decider, Turn};
use engine::event::What;
use engine::refusal::Refusal;

use definition::CheckedZone;

use crate::act::{agree, ask, decide, inspect, object, refuse, supply};
use crate::consulting::opinions;
use crate::scene::{Scene, Who, checked, given_in};

const FIRST: Who = Who::Drawn("judged", 0);
const SECOND: Who = Who::Drawn("judged", 1);
const THIRD: Who = Who::Drawn("judged", 2);

/// Until 13 May.
pub fn judged() -> Scene {
    let scene = opinions().and(Who::Drawn("opinions/water", 0), agree("water"));
    scene.and(Who::Drawn("opinions/fire", 0), object("fire", Some("unsafe")))
}

#[test]
fn two_must_agree() {
    let scene = judged().when(FIRST, decide("grant")).then("signed grant");
    assert_eq!(scene.case().holders(), [scene.case().drawn("judged")[1].clone()]);
    let scene = scene.when(SECOND, decide("grant")).then(
        "signed grant
         decided judged grant by 2 officers
         entered permit
         ended granted, issued permit",
    );
    let mut both = scene.case().drawn("judged").to_vec();
    let Decider::Officers(mut by) = scene.case().decision.clone().unwrap().by else { panic!("not by officers") };
    both.sort();
    by.sort();
    assert_eq!(by, both);
}

#[test]
fn nobody_signs_twice() {
    let scene = judged().and(FIRST, decide("grant"));
    scene.when(FIRST, decide("grant")).then_refused(&Refusal::SignedAlready);
}

#[test]
fn each_refusal_cites_its_ground() {
    let scene = judged().and(FIRST, refuse("unfit"));
    let scene = scene.when(SECOND, decide("refuse"));
    let scene = scene.then_refused(&Refusal::GroundNeeded { grounds: vec!["unfit".to_owned(), "unsafe".to_owned()] });
    scene.when(SECOND, refuse("unsafe")).then(
        "signed refuse (unsafe)
         decided judged refuse (unfit, unsafe) by 2 officers
         entered refused
         ended refused",
    );
}

#[test]
fn when_two_disagree_a_third_is_drawn_and_settles_it() {
    let scene = judged().and(FIRST, decide("grant")).when(SECOND, refuse("unsafe")).then(
        "signed refuse (unsafe)
         drawn 1 for judged",
    );
    scene.when(THIRD, refuse("unsafe")).then(
        "signed refuse (unsafe)
         decided judged refuse (unsafe) by 2 officers
         entered refused
         ended refused",
    );
}

#[test]
fn with_nobody_left_to_draw_the_deadline_decides() {
    let scene = judged();
    let drawn = scene.case().drawn("judged").to_vec();
    let serves = |officer: &String| officer.starts_with('s') || drawn.contains(officer);
    let scene = scene.with_roster(|seats| seats.retain(|seat| serves(&seat.officer)));
    let scene = scene.and(FIRST, decide("grant")).when(SECOND, refuse("unsafe")).then("signed refuse (unsafe)");
    assert!(scene.case().holders().is_empty());
    scene.when_lapsed("judged").then(
        "lapsed judged, 0 silent
         entered elders, elders until 2026-05-18
         drawn 1 for elders",
    );
}

/// Two of the office's examiners judge; where they do not agree, a senior does, and silence grants.
fn arbitrated() -> Scene {
    let judged = "    overdue: elders\n    may: { grant: permit, refuse: refused, ask: once }";
    let text = include_str!("zone.txt");
    assert!(text.contains(judged));
    let zone = checked(&text.replace(judged, &judged.replace("elders", "grant\n    divided: elders")));
    let scene = at_the_site(&zone).and(Who::Drawn("site", 0), inspect("state ready"));
    assert_eq!(scene.case().stage, "judged");
    scene
}

#[test]
fn those_who_disagree_with_nobody_left_to_draw_go_to_whom_the_definition_names() {
    let scene = arbitrated();
    let drawn = scene.case().drawn("judged").to_vec();
    let serves = |officer: &String| !officer.starts_with('e') || drawn.contains(officer);
    let scene = scene.with_roster(|seats| seats.retain(|seat| serves(&seat.officer)));
    let scene = scene.and(FIRST, decide("grant")).when(SECOND, refuse("unsafe")).then(
        "signed refuse (unsafe)
         entered elders, elders until 2026-05-11
         drawn 1 for elders",
    );
    scene.when(Who::Drawn("elders", 0), refuse("unsafe")).then(
        "decided elders refuse (unsafe) by 1 officers
         entered refused
         ended refused",
    );
}

#[test]
fn the_silence_of_the_third_does_not_decide_for_those_who_disagree() {
    let scene = arbitrated().and(FIRST, decide("grant")).when(SECOND, refuse("unsafe")).then(
        "signed refuse (unsafe)
         drawn 1 for judged",
    );
    scene.when_lapsed("judged").then(
        "lapsed judged, 1 silent
         entered elders, elders until 2026-05-18
         drawn 1 for elders",
    );
    // The third settles it in time: nobody else is needed.
    let scene = arbitrated().and(FIRST, decide("grant")).and(SECOND, refuse("unsafe"));
    assert_eq!(scene.and(THIRD, decide("grant")).case().stage, "permit");
}

#[test]
fn silence_decides_where_fewer_signed_than_must_agree() {
    arbitrated().and(FIRST, refuse("unsafe")).when_lapsed("judged").then(
        "lapsed judged, 1 silent
         decided judged grant by the silence of 1
         entered permit
         ended granted, issued permit",
    );
}

#[test]
fn one_signature_is_no_decision_when_time_runs_out() {
    let scene = judged().and(FIRST, decide("grant"));
    let second = scene.case().drawn("judged")[1].clone();
    let scene = scene.when_lapsed("judged").then(
        "lapsed judged, 1 silent
         entered elders, elders until 2026-05-18
         drawn 1 for elders",
    );
    let silent = scene.events.iter().rev().find_map(|event| match &event.what {
        What::Lapsed { silent, .. } => Some(silent.clone()),
        _ => None,
    });
    assert_eq!(silent, Some(vec![second]), "the one who signed was not silent");
}

#[test]
fn an_answer_makes_both_sign_again() {
    let scene = judged().and(FIRST, decide("grant")).and(SECOND, ask(&[("size", "unfit")]));
    let scene = scene.and(Who::Applicant, supply("build", "size 6"));
    assert!(matches!(&scene.case().turn, Turn::Officers { signed, .. } if signed.is_empty()));
    assert_eq!(scene.case().holders().len(), 2);
    scene.when(FIRST, ask(&[("size", "unfit")])).then_refused(&Refusal::AskUsed);
}

#[test]
fn what_each_of_two_inspectors_saw_stays_in_the_record() {
    let zone = checked(&two_inspectors());
    let scene = at_the_site(&zone).and(Who::Drawn("site", 0), inspect("state waste"));
    let scene = scene.and(Who::Drawn("site", 1), inspect("state ready"));
    assert_eq!(scene.case().stage, "judged");
    let seen = scene.events.iter().filter_map(|event| match &event.what {
        What::Signed { facts, .. } => Some(facts.clone()),
        _ => None,
    });
    let of = |text| crate::scene::facts(&zone.services()["build"], text);
    assert_eq!(seen.collect::<Vec<_>>(), [of("state waste"), of("state ready")]);
}

/// The little zone's text with two inspectors.
fn two_inspectors() -> String {
    include_str!("zone.txt").replace("    record: [state]\n", "    people: 2\n    record: [state]\n")
}

fn at_the_site(zone: &CheckedZone) -> Scene {
    let scene = given_in(zone, "build", "2026-05-03T09:00").opened("size 5");
    let scene = scene.and(Who::Applicant, supply("build", "plan here")).lapsed("rest");
    let scene = scene.and(Who::Drawn("opinions/water", 0), agree("water"));
    scene.and(Who::Drawn("opinions/fire", 0), agree("fire"))
}

#[test]
fn inspectors_agree_only_when_they_saw_the_same_of_what_rules_read() {
    let table = "in:state,out:route\nready,judge\nwaste,judge\n";
    let words = "stage-seen = Seen\ntable-sight = Sight\noutput-sight-route = Next\n";
    let text = two_inspectors()
        .replace(
            "    may: { done: judged }\n  judged:\n",
            "    may: { done: seen }\n  seen: { decide: sight, judge: judged }\n  judged:\n",
        )
        .replace(
            "--- services/build/fees.csv\n",
            &format!("--- services/build/sight.csv\n{table}--- services/build/fees.csv\n"),
        )
        .replace("stage-opinions = Opinions\n", &format!("{words}stage-opinions = Opinions\n"));
    let zone = checked(&text);
    let scene = at_the_site(&zone).and(Who::Drawn("site", 0), inspect("state waste"));
    // Two inspectors are all there are: with nobody to settle it, the deadline decides.
    let scene = scene.when(Who::Drawn("site", 1), inspect("state ready")).then("signed done");
    assert_eq!(scene.case().stage, "site");
    let scene = at_the_site(&zone).and(Who::Drawn("site", 0), inspect("state waste"));
    scene.when(Who::Drawn("site", 1), inspect("state waste")).then(
        "signed done
         decided site done by 2 officers
         entered seen
         ruled sight [2]
         decided seen judge by a rule
         entered judged, judged until 2026-05-13
         drawn 2 for judged",
    );
}
