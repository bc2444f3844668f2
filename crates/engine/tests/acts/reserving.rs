//! What a case is about is kept for it in accounts from its opening to its end, whichever way it ends, by what the case knows at the time.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use definition::CheckedZone;
use definition::model::{Booking, Fact};
use definition::value::{Decimal, Value};
use engine::act::Act;
use engine::case::Case;
use engine::event::{Event, What};
use engine::fold;
use engine::refusal::{FactProblem, Refusal, Wrong};
use engine::world::{Computed, Fault, Functions};
use jiff::Timestamp;
use proptest::prelude::*;

use crate::act::{appeal, ask, decide, overturn, refuse, withdraw};
use crate::scene::{Scene, Who, checked, facts, given_in, moment};

const OPENED: &str = "2026-05-03T09:00";
const LOOKS: Who = Who::Drawn("look", 0);

fn zone() -> &'static CheckedZone {
    static ZONE: OnceLock<CheckedZone> = OnceLock::new();
    ZONE.get_or_init(|| checked(include_str!("reserving.txt")))
}

/// Stores that have room for loads below `room`, and take them or not.
#[derive(Clone, Copy, Debug)]
struct Stores {
    room: u32,
    take: bool,
}

impl Functions for Stores {
    fn compute(&self, _: &Fact, of: &[&Value], _: &Case, _: Timestamp) -> Result<Computed, Vec<Fault>> {
        let [Value::Decimal(given)] = of else { return Err(Vec::new()) };
        Ok(Computed { value: Value::Decimal(given.checked_add(*given).unwrap()), values: BTreeMap::new() })
    }

    fn book(&self, booking: &Booking, of: &[&Value], _: &Case, _: Timestamp) -> Result<String, Vec<Fault>> {
        let [Value::Decimal(given)] = of else { return Err(Vec::new()) };
        let refused = match booking.function.as_str() {
            "test.keep" => *given > Decimal::from(self.room),
            "test.store" => !self.take,
            _ => false,
        };
        if refused { Err(vec![full()]) } else { Ok(given.to_string()) }
    }
}

fn full() -> Fault {
    Fault { of: 0, place: String::new(), words: BTreeMap::from([("en".to_owned(), "no room".to_owned())]) }
}

fn told(fact: &str) -> Refusal {
    Refusal::Facts(vec![FactProblem { fact: fact.to_owned(), wrong: Wrong::Function(Box::new(full())) }])
}

fn given(stores: Stores) -> Scene {
    Scene { functions: Arc::new(stores), ..given_in(zone(), "storing", OPENED) }
}

fn large() -> Scene {
    given(Stores { room: 1000, take: true })
}

fn supply(text: &str) -> Act {
    Act::Supply { facts: facts(&zone().services()["storing"], text) }
}

/// What was booked, and with what.
fn booked(events: &[Event]) -> Vec<String> {
    let told = |event: &Event| match &event.what {
        What::Booked { function, posted: Value::Text(posted) } => Some(format!("{function} {posted}")),
        _ => None,
    };
    events.iter().filter_map(told).collect()
}

#[test]
fn it_is_kept_when_all_is_worked_out_and_freed_before_what_the_end_books() {
    let scene = large().when_opened("weight 400, remark none").then(
        "opened
         computed double
         booked test.keep
         entered way
         ruled way [1]
         decided way look by a rule
         entered look, look until 2026-05-05
         drawn 1 for look",
    );
    assert_eq!(scene.case().reserved, Some(vec![Value::Decimal(800.into())]));
    let scene = scene.when(LOOKS, decide("store")).then(
        "decided look store by 1 officers
         booked test.free
         entered stored
         booked test.store
         ended granted",
    );
    assert_eq!(scene.case().reserved, None);
    assert_eq!(booked(&scene.events), ["test.keep 800", "test.free 800", "test.store 400"]);
}

#[test]
fn a_filing_for_which_there_is_no_room_is_refused() {
    given(Stores { room: 799, take: true }).when_opened("weight 400, remark none").then_refused(&told("double"));
}

#[test]
fn one_that_ends_at_once_keeps_and_frees() {
    let scene = given(Stores { room: 9999, take: true }).when_opened("weight 500, remark none").then(
        "opened
         computed double
         booked test.keep
         entered way
         ruled way [2]
         decided way now by a rule
         booked test.free
         entered stored
         booked test.store
         ended granted",
    );
    assert_eq!(scene.case().reserved, None);
}

#[test]
fn whoever_takes_it_back_or_lets_it_lapse_or_is_refused_frees_it() {
    let scene = large().opened("weight 400, remark none");
    scene.clone().when(Who::Applicant, withdraw()).then("withdrawn\nbooked test.free\nended withdrawn");
    let asked = scene.clone().and(LOOKS, ask(&[("weight", "incomplete")]));
    asked.when_lapsed("look").then("lapsed look, 0 silent\nbooked test.free\nentered lapsed\nended lapsed");
    let refused = scene.when(LOOKS, refuse("incomplete")).then(
        "decided look refuse (incomplete) by 1 officers
         booked test.free
         entered refused
         ended refused, appeal until 2026-05-24",
    );
    assert_eq!(refused.case().reserved, None);
}

#[test]
fn an_answer_that_changes_it_keeps_what_stands_now() {
    let asked = large().opened("weight 400, remark none").and(LOOKS, ask(&[("weight", "incomplete")]));
    let scene = asked.clone().when(Who::Applicant, supply("weight 300")).then(
        "supplied weight, officers until 2026-05-05
         booked test.free
         computed double
         booked test.keep",
    );
    assert_eq!(booked(&scene.events), ["test.keep 800", "test.free 800", "test.keep 600"]);
    let scene = scene.and(LOOKS, decide("store"));
    assert_eq!(booked(&scene.events)[3..], ["test.free 600", "test.store 300"]);
    // There is no room for that: whoever answers is told, and what was kept before is kept.
    let scene = asked.clone().when(Who::Applicant, supply("weight 501")).then_refused(&told("double"));
    assert_eq!(scene.case().reserved, Some(vec![Value::Decimal(800.into())]));
    // An answer that leads straight to the end frees twice.
    let now = asked.at("2026-05-03T10:00").when(Who::Applicant, supply("weight 500"));
    let now = now.then(
        "supplied weight, officers until 2026-05-05
         booked test.free
         computed double
         booked test.keep
         entered way
         ruled way [2]
         decided way now by a rule
         booked test.free
         entered stored
         booked test.store
         ended granted",
    );
    assert_eq!(booked(&now.events)[1..4], ["test.free 800", "test.keep 1000", "test.free 1000"]);
}

#[test]
fn an_answer_about_something_else_leaves_it() {
    let asked = large().opened("weight 400, remark none").and(LOOKS, ask(&[("remark", "incomplete")]));
    asked.when(Who::Applicant, supply("remark some")).then("supplied remark, officers until 2026-05-05");
}

#[test]
fn where_the_end_is_refused_while_nobody_is_there_it_is_freed_once() {
    let scene = given(Stores { room: 1000, take: false }).opened("weight 400, remark none");
    // A person is told, and it is kept as it was.
    let scene = scene.when(LOOKS, decide("store")).then_refused(&told("weight"));
    let scene = scene.when_lapsed("look").then(
        "lapsed look, 1 silent
         booked test.free
         unbooked stored, 1 faults
         entered again, again until 2026-05-10
         drawn 1 for again",
    );
    assert_eq!(scene.case().reserved, None);
    scene.when_lapsed("again").then("lapsed again, 1 silent\nentered dropped\nended closed");
}

#[test]
fn a_case_that_goes_on_after_an_appeal_has_nothing_kept_for_it() {
    let refused = large().opened("weight 400, remark none").and(LOOKS, refuse("incomplete")).at("2026-05-05T09:00");
    let scene = refused.and(Who::Appeal(1), appeal(1, moment("2026-05-05T09:00"))).and(Who::Appeal(1), overturn(1));
    assert_eq!((scene.case().stage.as_str(), &scene.case().reserved), ("back", &None));
    let scene = scene.and(Who::Drawn("back", 0), ask(&[("weight", "incomplete")]));
    let scene = scene.and(Who::Applicant, supply("weight 300"));
    assert_eq!(booked(&scene.events), ["test.keep 800", "test.free 800"]);
    let scene = scene.and(Who::Drawn("back", 0), decide("store"));
    assert_eq!(booked(&scene.events)[2..], ["test.store 300"]);
}

#[test]
fn a_record_that_keeps_twice_or_frees_what_is_not_kept_is_none() {
    let scene = large().opened("weight 400, remark none").and(Who::Applicant, withdraw());
    let place = |function: &str| {
        let is_it = |event: &Event| matches!(&event.what, What::Booked { function: own, .. } if own == function);
        scene.events.iter().position(is_it).unwrap()
    };
    let (keep, free) = (place("test.keep"), place("test.free"));
    for (at, twice) in [(keep, true), (keep, false), (free, true)] {
        let mut events = scene.events.clone();
        if twice {
            events.insert(at, events[at].clone());
        } else {
            events.remove(at);
        }
        assert!(fold::fold(&scene.service, &events).is_err(), "{at} {twice}");
    }
    // A state that was written down and read is the same.
    let case = scene.case();
    assert_eq!(&serde_json::from_str::<Case>(&serde_json::to_string(case).unwrap()).unwrap(), case);
}

proptest! {
    /// Whatever happens to a case, it is kept for exactly as long as the case is open, and at most once.
    #[test]
    fn it_is_kept_while_a_case_is_open_and_freed_at_its_end(
        weight in 1..600_u32,
        take: bool,
        acts in prop::collection::vec((0..6_u8, 1..600_u32), 0..8),
    ) {
        let stores = Stores { room: 1000, take };
        let Ok(opened) = given(stores).when_opened(&format!("weight {weight}, remark none")).result() else {
            prop_assert!(weight > 500 || !take);
            return Ok(());
        };
        let mut scene = given(stores).take(opened);
        for (what, weight) in acts {
            let officer = scene.case().holders().first().cloned().map(engine::act::Actor::Officer);
            let applicant = scene.actor(Who::Applicant);
            let clock = scene.case().clocks().into_iter().min_by_key(|clock| clock.due);
            let (actor, act) = match (what, officer, clock) {
                (0, Some(officer), _) => (officer, decide("store")),
                (1, Some(officer), _) => (officer, refuse("incomplete")),
                (2, Some(officer), _) => (officer, ask(&[("weight", "incomplete")])),
                (3, ..) => (applicant, supply(&format!("weight {weight}"))),
                (4, ..) => (applicant, withdraw()),
                (_, _, Some(clock)) => {
                    scene.now = scene.now.max(clock.due);
                    (engine::act::Actor::Clock, Act::Lapse { clock: clock.name, due: clock.due })
                }
                _ => continue,
            };
            if let Ok(done) = scene.decide(&actor, &act) {
                scene = scene.take(done);
            }
            let unbooked = scene.events.iter().any(|event| matches!(event.what, What::Unbooked { .. }));
            let is_kept = scene.case().ended.is_none() && !unbooked;
            prop_assert_eq!(scene.case().reserved.is_some(), is_kept);
            let all = booked(&scene.events);
            let count = |name: &str| all.iter().filter(|one| one.starts_with(name)).count();
            prop_assert_eq!(count("test.keep"), count("test.free") + usize::from(is_kept));
        }
    }
}
