//! What a case forgets, what is left of its events, and that the two are the same.

use definition::value::Value;
use engine::act::Act;
use engine::case::AGAIN;
use engine::event::{Event, What};
use engine::refusal::Refusal;
use engine::{erasure, fold};

use crate::act::decide;
use crate::scene::{Scene, Who, given, moment};

const DRAWN: Who = Who::Drawn("review", 0);

fn granted() -> Scene {
    given("licence", "2026-05-03T09:00").opened("kind smith, size 90, remark thanx").and(DRAWN, decide("grant"))
}

fn erase(ground: Option<&str>) -> Act {
    Act::Erase { ground: ground.map(str::to_owned) }
}

/// The events as they are kept once what the last one says is erased.
fn left(scene: &Scene) -> Vec<Event> {
    let Some(What::Erased { concepts, applicant, .. }) = scene.events.last().map(|event| event.what.clone()) else {
        panic!("nothing was erased last");
    };
    scene.events.iter().map(|event| erasure::without(&scene.service, event, &concepts, applicant)).collect()
}

/// What is left folds to what stands, and is left alone by a second erasure of the same.
fn holds(scene: &Scene, gone: &[&str]) -> Vec<Event> {
    let left = left(scene);
    let folded = fold::fold(&scene.service, &left).unwrap().unwrap();
    assert_eq!(&folded, scene.case(), "a rebuild would find something to mend");
    let told = format!("{left:?}{:?}", scene.case());
    for text in gone {
        assert!(!told.contains(text), "{text} is left: {told}");
    }
    left
}

#[test]
fn the_clock_takes_what_may_be_kept_no_longer_and_leaves_the_rest() {
    let due = erasure::due(&granted().service, granted().service.zone(), granted().case());
    assert_eq!(due, [(moment("2027-05-04T00:00"), "trade.remark".to_owned())]);
    let scene = granted().at("2027-05-03T23:59");
    let scene = scene.when(Who::Clock, erase(None)).then_refused(&Refusal::NotDue);
    let scene = scene.at("2027-05-04T00:00").when(Who::Clock, erase(None));
    let scene = scene.then("erased trade.remark by Retention");
    let left = holds(&scene, &["thanx"]);
    assert_eq!(scene.case().applicant, "ali");
    assert_eq!(scene.case().facts["size"], Value::Decimal(90.into()));
    let What::Opened(opened) = &left[0].what else { panic!() };
    assert_eq!(opened.facts.keys().collect::<Vec<_>>(), ["kind", "size"]);
    // The record that entered the register says it no more in the event; how the case went is all there.
    let kinds = |events: &[Event]| events.iter().map(|event| event.what.kind()).collect::<Vec<_>>();
    assert_eq!(kinds(&left), kinds(&scene.events));
    assert!(erasure::due(&scene.service, scene.service.zone(), scene.case()).is_empty());
    let scene = scene.when(Who::Clock, erase(None)).then_refused(&Refusal::NotDue);
    let scene = scene.when(Who::Operator, erase(Some("unfit")));
    let scene = scene.then("erased person.id by Ground(\"unfit\"), and whose it was");
    holds(&scene, &["\"ali\""]);
}

#[test]
fn on_a_ground_all_of_it_goes_with_what_people_wrote() {
    let note = "in words of their own";
    let act = Act::Decide {
        route: "grant".to_owned(),
        ground: None,
        note: note.to_owned(),
        facts: std::collections::BTreeMap::new(),
    };
    let scene = given("licence", "2026-05-03T09:00").opened("kind smith, size 90, remark thanx").and(DRAWN, act);
    let correct = || Act::Correct {
        fact: "remark".to_owned(),
        value: Value::Text("thanks".to_owned()),
        reason: "a slip".to_owned(),
    };
    let convene = Act::Convene { reason: "a complaint".to_owned() };
    let (one, other) = (Who::Drawn(AGAIN, 0), Who::Drawn(AGAIN, 1));
    let scene = scene.and(Who::Officer("s1"), convene).and(one, correct()).and(other, correct());
    let scene = scene.when(Who::Operator, erase(Some("unfit")));
    let scene = scene.then("erased person.id trade.remark by Ground(\"unfit\"), and whose it was");
    holds(&scene, &["thanx", "thanks", note, "a slip", "a complaint", "\"ali\""]);
    let scene = scene.when(Who::Operator, erase(Some("unfit"))).then_refused(&Refusal::NothingToErase);
    // What is gone cannot be mended; what was issued can be revoked.
    assert!(matches!(scene.decide(&scene.actor(one), &correct()), Err(Refusal::Facts(_))));
    let revoke = || Act::Revoke { ground: "unfit".to_owned(), note: String::new() };
    scene.and(one, revoke()).when(other, revoke()).then("revoked (unfit)");
}

#[test]
fn nothing_goes_while_the_case_is_not_over_and_nobody_else_takes_it() {
    let open = given("licence", "2026-05-03T09:00").opened("kind smith, size 90, remark thanx");
    let not_over = Refusal::NotOver { until: None };
    let open = open.when(Who::Operator, erase(Some("unfit"))).then_refused(&not_over);
    let open = open.when(Who::Clock, erase(None)).then_refused(&not_over);
    let refuse = Act::Decide {
        route: "refuse".to_owned(),
        ground: Some("unfit".to_owned()),
        note: String::new(),
        facts: std::collections::BTreeMap::new(),
    };
    let refused = open.and(DRAWN, refuse);
    let until = refused.case().ended.as_ref().unwrap().appeal_until;
    let refused = refused.when(Who::Operator, erase(Some("unfit"))).then_refused(&Refusal::NotOver { until });
    let refused = refused.at("2026-07-01T09:00");
    let refused = refused.when(Who::Officer("s1"), erase(Some("unfit"))).then_refused(&Refusal::NotYours);
    let refused = refused.when(Who::Applicant, erase(Some("unfit"))).then_refused(&Refusal::NotYours);
    let wrong = refused.decide(&refused.actor(Who::Operator), &erase(Some("whatever")));
    assert!(matches!(wrong, Err(Refusal::WrongGround { .. })), "{wrong:?}");
    let none = refused.decide(&refused.actor(Who::Operator), &erase(None));
    assert!(matches!(none, Err(Refusal::GroundNeeded { .. })), "{none:?}");
}
