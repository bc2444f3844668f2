//! Acts by chance on services by chance: whatever is done, by whomever, the record stays whole.
//!
//! Must not know of: what any act should do. Most acts are such as the case might wait for; the others are wild.

use std::sync::LazyLock;

use definition::CheckedZone;
use definition::model::{Opinion, StageKind, Unit};
use definition::value::Value;
use engine::CaseId;
use engine::act::{Act, Actor};
use engine::case::{AGAIN, AskedItem, Digest, Turn};
use engine::event::What;
use engine::lot::{Evidence, Proof, Source, VrfProof};
use engine::refusal::Refusal;
use engine::world::Coming;
use jiff::SignedDuration;
use proptest::prelude::*;

use crate::act;
use crate::scene::{APPLICANT, Scene, Who, checked, facts, given_in};

/// The little zone, with other numbers of people, other periods and other silences.
static ZONES: LazyLock<Vec<CheckedZone>> = LazyLock::new(|| {
    let base = include_str!("zone.txt").replace("within: 40 workdays", "within: 200 workdays");
    let base = base.replace("within: 20 workdays", "within: 200 workdays");
    let other: [&[(&str, &str)]; 5] = [
        &[],
        &[("people: 2\n    within: 5", "people: 1\n    within: 1"), ("silent: object", "silent: agree")],
        &[
            ("people: 2\n    within: 5", "people: 3\n    within: 2"),
            ("within: 3 workdays\n    overdue: grant", "within: 3 workdays\n    overdue: lapsed"),
        ],
        &[("within: 5 workdays", "within: 1 months"), ("within: 10 days", "within: 1 workdays")],
        &[
            ("officer: examiner\n    within", "officer: examiner\n    people: 2\n    within"),
            ("wait: 3 days", "wait: 2 months"),
        ],
    ];
    let changed = |changes: &&[(&str, &str)]| {
        let text = changes.iter().fold(base.clone(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replace(from, to)
        });
        checked(&text)
    };
    other.iter().map(changed).collect()
});

#[derive(Clone, Copy, Debug)]
struct Step {
    likely: bool,
    pick: usize,
    other: usize,
    hours: i64,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (prop::bool::weighted(0.75), any::<u16>(), any::<u16>(), prop_oneof![3 => 0_i64..30, 1 => 0_i64..400]);
    let step =
        step.prop_map(|(likely, pick, other, hours)| Step { likely, pick: pick.into(), other: other.into(), hours });
    prop::collection::vec(step, 1..40)
}

/// An act that the case may wait for.
fn likely(scene: &Scene, step: Step) -> (Actor, Act) {
    let case = scene.case();
    if !case.lots.is_empty() && !step.pick.is_multiple_of(4) {
        return brought(scene, step);
    }
    let grounds: Vec<String> = scene.service.zone().grounds.keys().cloned().collect();
    let ground = || grounds.get(step.other % (grounds.len() + 1)).cloned();
    let kind = scene.service.stage(&case.stage).map(|stage| &stage.kind);
    match (&case.turn, kind) {
        (Turn::Officers { .. }, Some(StageKind::Officer(desk) | StageKind::Inspect(desk))) => {
            let holders = case.holders();
            let officer = Actor::Officer(holders.get(step.other % holders.len().max(1)).cloned().unwrap_or_default());
            let routes: Vec<&String> = desk.may.keys().collect();
            if step.pick.is_multiple_of(5) {
                let item =
                    AskedItem { fact: "size".to_owned(), ground: ground().unwrap_or_default(), note: String::new() };
                return (officer, Act::Ask { items: vec![item] });
            }
            let facts = if desk.record.is_empty() { "" } else { "state ready" };
            let facts = facts_of(scene, facts);
            let route = routes[step.pick % routes.len()].clone();
            let ground = ground().filter(|ground| desk.grounds.contains(ground)).or(desk.grounds.first().cloned());
            (officer, Act::Decide { route, ground, note: String::new(), facts })
        }
        (Turn::Consult { branches }, _) => {
            let names: Vec<&String> = branches.keys().collect();
            let branch = names[step.pick % names.len()].clone();
            let officer = case.drawn(&format!("{}/{branch}", case.stage)).first().cloned().unwrap_or_default();
            let opinion = if step.other.is_multiple_of(2) { Opinion::Agree } else { Opinion::Object };
            (
                Actor::Officer(officer),
                Act::Advise { branch, opinion, ground: Some("unsafe".to_owned()), note: String::new() },
            )
        }
        (Turn::Answer { .. }, _) => (applicant(), Act::Supply { facts: facts_of(scene, "size 70") }),
        (Turn::Applicant { .. }, _) => (applicant(), Act::Supply { facts: facts_of(scene, "plan here") }),
        (Turn::Payment { .. }, _) => (Actor::Treasury, act::pay("r-1")),
        (Turn::Ended, _) => {
            let by = CaseId([u8::try_from(step.pick % 3).unwrap(); 16]);
            let again = scene.case().drawn(AGAIN);
            match (step.other % 4, again.get(step.pick % again.len().max(1))) {
                (0, _) => (Actor::Case(by), Act::Appeal { by, opened: scene.now }),
                (1, _) => (Actor::Case(by), Act::Overturn { by }),
                (2, Some(officer)) => {
                    (Actor::Officer(officer.clone()), Act::Revoke { ground: "unfit".to_owned(), note: String::new() })
                }
                (_, Some(officer)) => (Actor::Officer(officer.clone()), Act::Keep { note: String::new() }),
                (_, None) => (Actor::Officer("s1".to_owned()), Act::Convene { reason: "a complaint".to_owned() }),
            }
        }
        (Turn::Waiting { .. } | Turn::Rules | Turn::Officers { .. }, _) => lapse(scene, step),
    }
}

/// The randomness of a lot that waits; now and then of one that does not.
fn brought(scene: &Scene, step: Step) -> (Actor, Act) {
    let place = step.other % scene.case().lots.len().max(1);
    let waiting = scene.case().lots.iter().nth(place);
    let (seat, lot) = waiting.map_or(("review".to_owned(), 3), |(seat, waiting)| (seat.clone(), waiting.seq));
    let vrf = |key| VrfProof { key: Digest([key; 32]), proof: Vec::new() };
    let proof = Proof { leaf: Digest([1; 32]), evidence: Evidence::Vrf { proofs: [vrf(1), vrf(2)] } };
    let randomness = Digest([u8::try_from(step.pick % 251).unwrap(); 32]);
    (Actor::Beacon, Act::Draw { seat, lot, randomness, proof: Box::new(proof) })
}

/// In a world whose randomness comes from elsewhere, some hours later.
fn comes(scene: &mut Scene, late_h: i64) {
    let source = Source::Vrf { keys: [Digest([1; 32]), Digest([2; 32])] };
    scene.lots.coming = Some(Coming { source, due: scene.now + SignedDuration::from_hours(late_h) });
}

fn applicant() -> Actor {
    Actor::Person(APPLICANT.to_owned())
}

fn facts_of(scene: &Scene, text: &str) -> std::collections::BTreeMap<String, Value> {
    facts(&scene.service, text)
}

fn lapse(scene: &Scene, step: Step) -> (Actor, Act) {
    let clocks = scene.case().clocks();
    let act = match clocks.get(step.other % clocks.len().max(1)) {
        Some(clock) => Act::Lapse { clock: clock.name.clone(), due: clock.due },
        None => Act::Lapse { clock: "review".to_owned(), due: scene.now },
    };
    (Actor::Clock, act)
}

/// Anybody does anything.
fn wild(scene: &Scene, step: Step) -> (Actor, Act) {
    let officers = ["e1", "e2", "e3", "s1", "s2", "i1", "f1", "w2", "j1", "nobody"];
    let actor = match step.other % 8 {
        0 | 1 => applicant(),
        2 => Actor::Person("zahra".to_owned()),
        3 => Actor::Treasury,
        4 => Actor::Clock,
        5 => Actor::Case(CaseId([1; 16])),
        _ => Actor::Officer(officers[step.pick % officers.len()].to_owned()),
    };
    let text = |n: usize| ["", "size 9", "plan x", "size 0, kind cook", "state waste", "remark y"][n % 6];
    let act = match step.pick % 15 {
        0 => act::decide(["grant", "refuse", "done", "none"][step.other % 4]),
        1 => act::refuse(["unfit", "unsafe", "whim"][step.other % 3]),
        2 => act::ask(&[(["size", "plan", "state"][step.other % 3], "incomplete")]),
        3 => Act::Supply { facts: facts_of(scene, text(step.other)) },
        4 => act::object(["fire", "water", "air"][step.other % 3], Some("unsafe")),
        5 => act::pay(["", "r-1", "r-2"][step.other % 3]),
        6 => act::withdraw(),
        7 => Act::Correct { fact: "remark".to_owned(), value: Value::Text(step.other.to_string()), reason: "r".into() },
        8 => return lapse(scene, step),
        9 => act::appeal(1, scene.now),
        10 => act::overturn(1),
        11 => Act::Convene { reason: "r".into() },
        12 => Act::Keep { note: String::new() },
        13 => return brought(scene, step),
        _ => Act::Revoke { ground: "unfit".to_owned(), note: String::new() },
    };
    (actor, act)
}

/// One act, and what must hold of it whatever it was. `Scene::take` holds the rest: the fold, the numbers, the clocks, the draws.
fn step(mut scene: Scene, step: Step) -> Scene {
    scene.now += SignedDuration::from_hours(step.hours);
    let (actor, act) = if step.likely { likely(&scene, step) } else { wild(&scene, step) };
    let overdue = scene.case().clocks().iter().any(|clock| clock.due <= scene.now);
    let before = scene.case().clone();
    let result = scene.decide(&actor, &act);
    assert_eq!(scene.decide(&actor, &act), result, "the same act came out differently");
    assert_eq!(*scene.case(), before);
    match result {
        Ok((case, events)) => {
            assert!(!events.is_empty(), "an act without an event");
            if overdue {
                assert!(matches!(events[0].what, What::Lapsed { .. }), "{act:?} overtook a deadline");
            }
            let ended = before.ended.is_some();
            let after_the_end = matches!(
                act,
                Act::Correct { .. }
                    | Act::Appeal { .. }
                    | Act::Overturn { .. }
                    | Act::Revoke { .. }
                    | Act::Convene { .. }
                    | Act::Keep { .. }
                    | Act::Draw { .. }
            );
            assert!(!ended || after_the_end, "{act:?} on a closed case");
            scene.take((case, events))
        }
        Err(refusal) => {
            let defect = matches!(refusal, Refusal::Undecidable { .. });
            assert!(!defect, "a checked definition could not be applied: {refusal:?}");
            scene
        }
    }
}

const OPENINGS: [(&str, &str); 6] = [
    ("parcel", "size 3"),
    ("licence", "kind smith, size 90, remark z"),
    ("licence", "kind baker, size 80"),
    ("build", "size 100"),
    ("build", "size 5"),
    ("board", "reasons none"),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_record_stays_whole(
        zone in 0_usize..5, opening in 0_usize..6, day in 0_i64..400, steps in steps(), late_h in prop::option::of(0_i64..3),
    ) {
        let (service, facts) = OPENINGS[opening];
        let mut scene = given_in(&ZONES[zone], service, "2026-02-01T09:00");
        scene.now += SignedDuration::from_hours(24 * day);
        late_h.into_iter().for_each(|late_h| comes(&mut scene, late_h));
        let mut scene = scene.opened(facts);
        for one in steps {
            late_h.into_iter().for_each(|late_h| comes(&mut scene, late_h));
            scene = step(scene, one);
        }
        // A record from which something was taken out does not fold to the same, and never panics.
        let gone = usize::try_from(day).unwrap() % scene.events.len();
        let events = scene.events.iter().enumerate().filter(|(place, _)| *place != gone).map(|(_, event)| event);
        prop_assert!(engine::fold::fold(&scene.service, events) != Ok(scene.case.clone()));
    }

    /// However late, the clock always brings a case to its end when nobody does anything.
    #[test]
    fn a_case_that_everybody_forgets_comes_to_its_end(
        zone in 0_usize..5, opening in 0_usize..6, day in 0_i64..400, waits: bool,
    ) {
        let (service, facts) = OPENINGS[opening];
        let mut scene = given_in(&ZONES[zone], service, "2026-02-01T09:00");
        scene.now += SignedDuration::from_hours(24 * day);
        // Also when no randomness ever comes.
        if waits {
            comes(&mut scene, 1);
        }
        let mut scene = scene.opened(facts);
        let mut lapses = 0;
        while let Some(clock) = scene.case().clocks().first().cloned() {
            scene.now = scene.now.max(clock.due);
            let act = Act::Lapse { clock: clock.name, due: clock.due };
            scene = scene.and(Who::Clock, act);
            lapses += 1;
            prop_assert!(lapses < 50);
        }
        prop_assert!(scene.case().ended.is_some());
    }
}

#[test]
fn the_zones_of_chance_differ() {
    let hashes: std::collections::BTreeSet<[u8; 32]> =
        ZONES.iter().flat_map(|zone| zone.services().values().map(|service| service.hash())).collect();
    assert!(hashes.len() > 8);
    let in_months = |zone: &CheckedZone| {
        zone.services()["build"].stages.iter().any(|stage| match &stage.kind {
            StageKind::Inspect(desk) => desk.wait.within.unit == Unit::Months,
            _ => false,
        })
    };
    assert!(ZONES.iter().any(in_months));
}
