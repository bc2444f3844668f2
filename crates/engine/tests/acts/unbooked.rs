//! An end that books, and accounts that refuse: a person who acts is told, and where nobody does the case goes elsewhere, with the reason on record.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use definition::CheckedZone;
use definition::model::{Booking, Fact};
use definition::value::{Money, Value};
use engine::act::Act;
use engine::case::{Awaited, Case, Digest};
use engine::event::What;
use engine::fold;
use engine::lot::{Evidence, Proof, Source, VrfProof};
use engine::refusal::{FactProblem, Refusal, Wrong};
use engine::world::{Coming, Computed, Fault, Functions, NoFunctions};
use jiff::Timestamp;
use proptest::prelude::*;

use crate::act::decide;
use crate::scene::{Scene, Who, checked, given_in};

const OPENED: &str = "2026-05-03T09:00";

fn zone() -> &'static CheckedZone {
    static ZONE: OnceLock<CheckedZone> = OnceLock::new();
    ZONE.get_or_init(|| checked(include_str!("unbooked.txt")))
}

/// Accounts that take everything, or nothing.
#[derive(Debug)]
struct Store {
    is_full: bool,
}

impl Functions for Store {
    fn compute(&self, _: &Fact, _: &[&Value], _: &Case, _: Timestamp) -> Result<Computed, Vec<Fault>> {
        Err(Vec::new())
    }

    fn book(&self, _: &Booking, of: &[&Value], _: &Case, _: Timestamp) -> Result<String, Vec<Fault>> {
        if self.is_full { Err(vec![full()]) } else { Ok(format!("{of:?}")) }
    }
}

fn full() -> Fault {
    Fault { of: 0, place: String::new(), words: BTreeMap::from([("en".to_owned(), "the store is full".to_owned())]) }
}

fn told() -> Refusal {
    Refusal::Facts(vec![FactProblem { fact: "weight".to_owned(), wrong: Wrong::Function(Box::new(full())) }])
}

fn given(is_full: bool) -> Scene {
    Scene { functions: Arc::new(Store { is_full }), ..given_in(zone(), "storing", OPENED) }
}

#[test]
fn what_the_accounts_take_is_booked_where_the_case_ends() {
    given(false).when_opened("weight 400, fee 0").then(
        "opened
         entered way
         ruled way [5]
         decided way now by a rule
         entered stored
         booked test.store
         ended granted",
    );
}

#[test]
fn whoever_acts_is_told_and_nothing_changes() {
    given(true).when_opened("weight 400, fee 0").then_refused(&told());
    let seen = given(true).opened("weight 1, fee 0");
    seen.when(Who::Drawn("look", 0), decide("store")).then_refused(&told());
    // Something else is open to them.
    let seen = given(true).opened("weight 1, fee 0").when(Who::Drawn("look", 0), decide("drop"));
    seen.then("decided look drop by 1 officers\nentered dropped\nended closed");
    let due = given(true).opened("weight 300, fee 7");
    let amount = Money::from_amount(7.into(), "IRR").unwrap();
    // What is not taken is not paid: the money is to be given back.
    due.when(Who::Treasury, Act::Pay { receipt: "R".to_owned(), amount }).then_refused(&told());
}

#[test]
fn where_time_alone_leads_to_it_the_case_goes_elsewhere() {
    let scene = given(true).opened("weight 200, fee 0").when_lapsed("later").then(
        "lapsed later, 0 silent
         unbooked stored, 1 faults
         entered dropped
         ended closed",
    );
    let why = scene.events.iter().find_map(|event| match &event.what {
        What::Unbooked { faults, .. } => Some(faults.clone()),
        _ => None,
    });
    assert_eq!(why, Some(vec![full()]));
    // The record alone says the same, also once it was written down and read.
    let written = serde_json::to_string(&scene.events).unwrap();
    let read: Vec<engine::event::Event> = serde_json::from_str(&written).unwrap();
    assert_eq!(fold::fold(&scene.service, &read).unwrap().as_ref(), scene.case.as_ref());
}

#[test]
fn silence_leads_on_over_a_table_and_a_fee_of_nothing() {
    given(true).opened("weight 1, fee 0").when_lapsed("look").then(
        "lapsed look, 1 silent
         entered late
         ruled way [1]
         decided late look by a rule
         unbooked stored, 1 faults
         entered dropped
         ended closed",
    );
}

#[test]
fn an_act_after_the_deadline_does_not_bring_its_consequence_about() {
    let scene = given(true).opened("weight 1, fee 0").at("2026-05-20T09:00");
    let late = scene.when(Who::Drawn("look", 0), decide("store"));
    assert!(matches!(late.refusal(), Refusal::TimeRanOut { .. } | Refusal::Facts(_)));
}

#[test]
fn a_lot_that_falls_on_it_has_nobody_to_tell() {
    let mut scene = given(true);
    let source = Source::Vrf { keys: [Digest([1; 32]), Digest([2; 32])] };
    scene.lots.coming = Some(Coming { source, due: scene.now });
    let scene = scene.opened("weight 100, fee 0");
    let waiting = &scene.case().lots["chance"];
    let Awaited::Lot(lot) = &waiting.awaited else { panic!() };
    let vrf = |key| VrfProof { key: Digest([key; 32]), proof: Vec::new() };
    let proof = Proof { leaf: Digest([1; 32]), evidence: Evidence::Vrf { proofs: [vrf(1), vrf(2)] } };
    let draw = |byte| lot.draw(Digest([byte; 32]), proof.clone()).unwrap().route;
    let byte = (0..=u8::MAX).find(|byte| draw(*byte).as_deref() == Some("stored")).unwrap();
    let act = Act::Draw {
        seat: "chance".to_owned(),
        lot: waiting.seq,
        randomness: Digest([byte; 32]),
        proof: Box::new(proof),
    };
    scene.when(Who::Beacon, act).then(
        "drawn stored for chance
         decided chance stored by lot
         unbooked stored, 1 faults
         entered dropped
         ended closed",
    );
}

#[test]
fn accounts_that_cannot_be_asked_move_nothing_and_lead_nowhere() {
    let scene = Scene { functions: Arc::new(NoFunctions), ..given_in(zone(), "storing", OPENED) };
    let lapsed = scene.opened("weight 200, fee 0").when_lapsed("later");
    assert!(matches!(lapsed.refusal(), Refusal::Undecidable { .. }));
}

proptest! {
    /// However a case goes, the clock always brings it to an end, and it ends as granted only where the accounts took something.
    #[test]
    fn the_clock_always_leads_to_an_end(weight in 1..400_u32, fee in 0..3_u32, is_full: bool) {
        let Ok((case, events)) = given(is_full).when_opened(&format!("weight {weight}, fee {fee}")).result() else {
            // Who opened it was told.
            prop_assert!(is_full);
            return Ok(());
        };
        let mut scene = given(is_full).take((case, events));
        for _ in 0..8 {
            let Some(clock) = scene.case().clocks().into_iter().min_by_key(|clock| clock.due) else { break };
            scene = scene.lapsed(&clock.name);
        }
        let booked = scene.events.iter().any(|event| matches!(event.what, What::Booked { .. }));
        let ended = scene.case().ended.clone();
        prop_assert!(ended.is_some());
        prop_assert_eq!(ended.unwrap().outcome == definition::model::Outcome::Granted, booked);
        prop_assert!(!(booked && is_full));
    }
}
