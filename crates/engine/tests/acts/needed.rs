//! What is recorded is needed with some decisions of a desk and may be left empty with the others; several who decide together need not have filled in the same.

use engine::act::Act;
use engine::event::What;
use engine::refusal::{FactProblem, Refusal, Wrong};

use definition::CheckedZone;
use definition::value::Value;

use crate::act::{agree, supply};
use crate::scene::{Scene, Who, checked, facts, given_in};

const FIRST: Who = Who::Drawn("site", 0);
const SECOND: Who = Who::Drawn("site", 1);
const THIRD: Who = Who::Drawn("site", 2);

/// The little zone, where whoever finds a site shut writes a remark, and may write one otherwise.
fn zone(people: u32) -> CheckedZone {
    checked(&text(people))
}

fn text(people: u32) -> String {
    let state = "  state: { concept: site.state, record: site, public: true }\n";
    let remark = "  remark: { concept: trade.plan, record: site, needed: [shut] }\n  beside: { concept: trade.plan, record: site, needed: [] }\n";
    let recorded = format!("    people: {people}\n    record: [state, remark, beside]\n");
    include_str!("zone.txt")
        .replace(state, &format!("{state}{remark}"))
        .replace("    record: [state]\n", &recorded)
        .replace("    may: { done: judged }\n", "    may: { done: judged, shut: judged }\n")
        .replace(
            "route-site-done = Visited\n",
            "route-site-done = Visited\nroute-site-shut = Shut\nfact-remark = Remark\nfact-beside = Beside\n",
        )
}

fn at_the_site(zone: &CheckedZone) -> Scene {
    let scene = given_in(zone, "build", "2026-05-03T09:00").opened("size 5");
    let scene = scene.and(Who::Applicant, supply("build", "plan here")).lapsed("rest");
    let scene = scene.and(Who::Drawn("opinions/water", 0), agree("water"));
    scene.and(Who::Drawn("opinions/fire", 0), agree("fire"))
}

fn chose(zone: &CheckedZone, route: &str, given: &str) -> Act {
    let facts = facts(&zone.services()["build"], given);
    Act::Decide { route: route.to_owned(), ground: None, note: String::new(), facts }
}

fn missing(fact: &str) -> Refusal {
    Refusal::Facts(vec![FactProblem { fact: fact.to_owned(), wrong: Wrong::Missing }])
}

fn written(text: &str) -> Option<Value> {
    Some(Value::Text(text.to_owned()))
}

#[test]
fn it_is_needed_with_the_decisions_that_the_definition_names_and_with_no_other() {
    let zone = zone(1);
    let scene = at_the_site(&zone).when(FIRST, chose(&zone, "shut", "state ready")).then_refused(&missing("remark"));
    let scene = scene.when(FIRST, chose(&zone, "done", "remark a dog")).then_refused(&missing("state"));
    let blank = scene.clone().when(FIRST, chose(&zone, "done", "state ready, beside  ")).refusal();
    assert!(
        matches!(&blank, Refusal::Facts(wrong) if wrong[0].fact == "beside"),
        "what is given must be right: {blank:?}"
    );
    let shut = scene.clone().and(FIRST, chose(&zone, "shut", "state ready, remark a dog"));
    assert_eq!(shut.case().facts.get("remark").cloned(), written("a dog"));
    let done = scene.clone().and(FIRST, chose(&zone, "done", "state ready"));
    assert_eq!((done.case().stage.as_str(), done.case().facts.get("remark")), ("judged", None));
    let told = scene.and(FIRST, chose(&zone, "done", "state ready, remark a cat, beside a cart"));
    let known = ["remark", "beside"].map(|fact| told.case().facts.get(fact).cloned());
    assert_eq!(known, [written("a cat"), written("a cart")]);
}

#[test]
fn what_one_of_two_wrote_and_the_other_left_empty_is_known() {
    let zone = zone(2);
    for (first, second, known) in [
        ("", "", None),
        (", beside a cart", "", written("a cart")),
        ("", ", beside a cart", written("a cart")),
        (", beside a cart", ", beside two carts", written("two carts")),
    ] {
        let scene = at_the_site(&zone).and(FIRST, chose(&zone, "done", &format!("state ready{first}")));
        let scene = scene.and(SECOND, chose(&zone, "done", &format!("state ready{second}")));
        assert_eq!((scene.case().stage.as_str(), scene.case().facts.get("beside").cloned()), ("judged", known));
        let each = scene.events.iter().filter_map(|event| match &event.what {
            What::Signed { facts, .. } => Some(facts.contains_key("beside")),
            _ => None,
        });
        assert_eq!(each.collect::<Vec<_>>(), [!first.is_empty(), !second.is_empty()], "the record has each one's own");
    }
}

#[test]
fn what_was_written_for_another_decision_is_not_known_by_this_one() {
    let zone = zone(2);
    let mut scene = at_the_site(&zone).with_roster(|seats| {
        let mut third = seats.iter().find(|seat| seat.role == "inspector").unwrap().clone();
        third.officer = "i3".to_owned();
        third.person = None;
        seats.push(third);
    });
    for (who, route, given) in [
        (FIRST, "shut", "state ready, remark a dog"),
        (SECOND, "done", "state ready, beside a cart"),
        (THIRD, "done", "state ready"),
    ] {
        scene = scene.and(who, chose(&zone, route, given));
    }
    let known = ["remark", "beside"].map(|fact| scene.case().facts.get(fact).cloned());
    assert_eq!((scene.case().stage.as_str(), known), ("judged", [None, written("a cart")]));
}

/// A rule would go by what the one wrote and could not go by what the other left empty: that is not the same.
#[test]
fn two_do_not_agree_where_only_one_records_what_rules_read() {
    let table = "in:state,out:route\nready,judge\nwaste,judge\n";
    let words = "stage-seen = Seen\ntable-sight = Sight\noutput-sight-route = Next\n";
    let text = text(2)
        .replace("record: site, public: true }", "record: site, public: true, needed: [done] }")
        .replace(
            "may: { done: judged, shut: judged }\n",
            "may: { done: seen, shut: judged }\n  seen: { decide: sight, judge: judged }\n",
        )
        .replace(
            "--- services/build/fees.csv\n",
            &format!("--- services/build/sight.csv\n{table}--- services/build/fees.csv\n"),
        )
        .replace("stage-opinions = Opinions\n", &format!("{words}stage-opinions = Opinions\n"));
    let zone = checked(&text);
    let first = at_the_site(&zone).and(FIRST, chose(&zone, "shut", "state ready, remark a dog"));
    let divided = first.clone().when(SECOND, chose(&zone, "shut", "remark a dog")).then("signed shut");
    assert_eq!(divided.case().stage, "site");
    let agreed = first.and(SECOND, chose(&zone, "shut", "state ready, remark nobody"));
    assert_eq!(agreed.case().stage, "judged");
    let neither = at_the_site(&zone).and(FIRST, chose(&zone, "shut", "remark a dog"));
    assert_eq!(neither.and(SECOND, chose(&zone, "shut", "remark a dog")).case().stage, "judged");
}
