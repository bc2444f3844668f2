//! An inspection: the drawn inspector records facts, and only those that belong to it.

use engine::refusal::{FactProblem, Refusal, Wrong};

use crate::act::{agree, decide, inspect};
use crate::consulting::opinions;
use crate::scene::{Scene, Who, facts};

const INSPECTOR: Who = Who::Drawn("site", 0);

fn site() -> Scene {
    opinions().and(Who::Drawn("opinions/water", 0), agree("water")).and(Who::Drawn("opinions/fire", 0), agree("fire"))
}

#[test]
fn the_inspector_records_what_was_seen() {
    let scene = site().when(INSPECTOR, inspect("state ready")).then(
        "decided site done by 1 officers
         entered judged, judged until 2026-05-13
         drawn 2 for judged",
    );
    assert_eq!(scene.case().facts["state"], facts(&scene.service, "state ready")["state"]);
}

#[test]
fn everything_is_recorded_and_nothing_else() {
    let wrong = |fact: &str, wrong| FactProblem { fact: fact.to_owned(), wrong };
    let scene = site().when(INSPECTOR, inspect(""));
    let scene = scene.then_refused(&Refusal::Facts(vec![wrong("state", Wrong::Missing)]));
    let scene = scene.when(INSPECTOR, inspect("state ready, size 7"));
    let scene = scene.then_refused(&Refusal::Facts(vec![wrong("size", Wrong::NotAsked)]));
    let other = Who::Undrawn("inspector", "site");
    let scene = scene.when(other, inspect("state ready")).then_refused(&Refusal::NotYours);
    let none = Refusal::NoSuchRoute { route: "grant".to_owned(), routes: vec!["done".to_owned()] };
    scene.when(INSPECTOR, decide("grant")).then_refused(&none);
}

#[test]
fn a_visit_that_does_not_take_place_holds_nobody_up() {
    site().when_lapsed("site").then(
        "lapsed site, 1 silent
         entered judged, judged until 2026-05-20
         drawn 2 for judged",
    );
}
