//! Whoever was silent is not drawn again where others can be, and what silence alone decides is a decision that nobody can choose.

use std::sync::OnceLock;

use definition::CheckedZone;
use engine::act::Act;
use engine::case::Decider;
use engine::event::What;
use engine::lot::Why;
use engine::refusal::Refusal;

use crate::act::decide;
use crate::scene::{Scene, Who, checked, given_in};

/// The little zone, whose licences are looked at again by others of the same role.
fn zone(people: u32) -> CheckedZone {
    let again = format!(
        "overdue: again\n    may: {{ grant: permit, refuse: refused, ask: once }}\n    grounds: [unfit, incomplete]\n  again:\n    \
         officer: examiner\n    people: {people}\n    within: 2 workdays\n    overdue: {{ deemed: permit }}\n    \
         may: {{ refuse: refused }}\n    grounds: [unfit]\n"
    );
    let before =
        "overdue: grant\n    may: { grant: permit, refuse: refused, ask: once }\n    grounds: [unfit, incomplete]\n";
    let text = include_str!("zone.txt");
    assert!(text.contains(before));
    let words =
        "stage-review = Review\nstage-again = Again\nroute-again-refuse = Refuse\nroute-again-deemed = Deemed\n";
    checked(&text.replacen(before, &again, 1).replacen("stage-review = Review\n", words, 1))
}

fn two() -> &'static CheckedZone {
    static ZONE: OnceLock<CheckedZone> = OnceLock::new();
    ZONE.get_or_init(|| zone(2))
}

fn silent_once(zone: &CheckedZone, scene: impl FnOnce(Scene) -> Scene) -> Scene {
    let scene = scene(given_in(zone, "licence", "2026-05-03T09:00")).opened("kind smith, size 90");
    let due = scene.case().clocks()[0].due;
    let lapse = Act::Lapse { clock: "review".to_owned(), due };
    Scene { now: due, ..scene }.and(Who::Clock, lapse)
}

fn set_aside(scene: &Scene) -> Vec<(String, Why)> {
    let drawn = scene.events.iter().rev().find_map(|event| match &event.what {
        What::Drawn { draw, .. } => Some(draw.aside.iter().map(|one| (one.officer.clone(), one.why)).collect()),
        _ => None,
    });
    drawn.unwrap()
}

#[test]
fn others_are_drawn_after_who_was_silent_and_the_draw_says_so() {
    // Of three examiners one was silent, and two are needed.
    let scene = silent_once(two(), |scene| scene);
    let silent = scene.case().drawn("review")[0].clone();
    assert_eq!((scene.case().stage.as_str(), scene.case().drawn("again").len()), ("again", 2));
    assert!(!scene.case().drawn("again").contains(&silent));
    assert_eq!(set_aside(&scene), [(silent, Why::Silent)]);
}

#[test]
fn under_another_name_they_are_the_same() {
    let second_name = |scene: Scene| {
        scene.with_roster(|seats| {
            let role = "examiner".to_owned();
            let named = seats.iter().filter(|seat| seat.role == role).cloned().collect::<Vec<_>>();
            for seat in named {
                let officer = format!("{} again", seat.officer);
                seats.push(engine::world::Seat { officer, ..seat });
            }
        })
    };
    let scene = silent_once(two(), second_name);
    let silent = scene.case().drawn("review")[0].trim_end_matches(" again").to_owned();
    let drawn = scene.case().drawn("again");
    assert!(drawn.iter().all(|officer| officer.trim_end_matches(" again") != silent), "{silent} {drawn:?}");
}

#[test]
fn where_too_few_others_are_left_who_was_silent_can_be_drawn() {
    let three = zone(3);
    let scene = silent_once(&three, |scene| scene);
    assert_eq!(scene.case().drawn("again").len(), 3);
    assert_eq!(set_aside(&scene), []);
}

#[test]
fn what_silence_is_deemed_to_be_nobody_can_choose() {
    let scene = silent_once(two(), |scene| scene);
    let refused = Refusal::NoSuchRoute { route: "deemed".to_owned(), routes: vec!["refuse".to_owned()] };
    let scene = scene.when(Who::Drawn("again", 0), decide("deemed")).then_refused(&refused);
    let silent = scene.case().drawn("again").to_vec();
    let due = scene.case().clocks()[0].due;
    let lapse = Act::Lapse { clock: "again".to_owned(), due };
    let scene = Scene { now: due, ..scene }.and(Who::Clock, lapse);
    let decision = scene.case().decision.clone().unwrap();
    assert_eq!((decision.stage.as_str(), decision.route.as_str()), ("again", "deemed"));
    assert_eq!(decision.by, Decider::Silence(silent));
    assert_eq!(scene.case().stage, "permit");
}
