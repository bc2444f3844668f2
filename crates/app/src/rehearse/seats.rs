//! Who sits where. A draw gives the seat to whoever acted in the log, so that the past is judged as it happened; where nobody did, the lot falls
//! among all whom the log shows in that role.
//!
//! Must not know of: how draws are done, clocks.
//!
//! An act is decided once with everybody on the roster, which tells the seats that it draws for. Where the log shows who sat there, it is decided
//! again with a roster on which those stand alone for their role. Seats of one role that are drawn for at once share that roster: further
//! randomness is tried until each goes to its own, so the officers of the past keep their seats in all but strange cases.

use std::collections::{BTreeMap, BTreeSet};

use definition::model::{Name, Service, StageKind, Zone};
use engine::case::{Case, branch_seat};
use engine::event::{Event, What};
use engine::world::{Roster, Seat};

use super::map::Map;
use super::map_step::Step;
use super::past::{Past, PastAct};

/// Everybody who may be drawn, and how seats are called.
#[derive(Debug)]
pub(super) struct Seats<'a> {
    map: &'a Map,
    /// Role by seat.
    roles: BTreeMap<String, Name>,
    /// People by role.
    pools: BTreeMap<Name, BTreeSet<String>>,
    everybody: Roster,
}

impl<'a> Seats<'a> {
    /// The seats of a service, and whom the log shows in their roles. A role that fewer people hold in the log than the zone says gets stand-ins.
    pub(super) fn new(zone: &Zone, service: &Service, map: &'a Map, past: &Past) -> Self {
        let roles = roles(service);
        let mut pools: BTreeMap<Name, BTreeSet<String>> =
            roles.values().map(|role| (role.clone(), BTreeSet::new())).collect();
        for act in past.acts() {
            let role = seat_of(map, act).and_then(|seat| roles.get(&seat));
            let pool = role.and_then(|role| pools.get_mut(role));
            if let (Some(pool), Some(person)) = (pool, &act.person) {
                pool.insert(person.clone());
            }
        }
        for (role, pool) in &mut pools {
            let people = zone.roles.get(role).map_or(0, |role| role.people) as usize;
            let missing = people.saturating_sub(pool.len());
            pool.extend((1..=missing).map(|number| format!("{role} {number}")));
        }
        let everybody = roster(pools.iter());
        Self { map, roles, pools, everybody }
    }

    /// Everybody.
    pub(super) fn everybody(&self) -> &Roster {
        &self.everybody
    }

    /// Whether everyone who sat on a seat that was drawn for got it, if the log shows them among what is `to_come`; else the roster that leaves
    /// only them.
    pub(super) fn as_it_happened(
        &self,
        before: Option<&Case>,
        events: &[Event],
        to_come: &[PastAct],
    ) -> Option<Roster> {
        let mut pools: BTreeMap<Name, BTreeSet<String>> = BTreeMap::new();
        let mut fits = true;
        let mut shown = BTreeSet::new();
        for event in events {
            let What::Drawn { seat, draw } = &event.what else { continue };
            // A draw between stages has no seat.
            let Some(role) = self.roles.get(seat) else { continue };
            let sat = self.sat(seat, before, to_come, draw.drawn.len());
            fits &= sat.iter().all(|person| draw.drawn.contains(person));
            shown.extend((!sat.is_empty()).then_some(role));
            // The lot fills the places that the log leaves open.
            let others = draw.drawn.iter().filter(|person| !sat.contains(person));
            let open = draw.drawn.len().saturating_sub(sat.len());
            let together: Vec<String> = others.take(open).chain(&sat).cloned().collect();
            pools.entry(role.clone()).or_default().extend(together);
        }
        if fits {
            return None;
        }
        let narrowed = |(role, everyone)| {
            let alone = pools.get(role).filter(|_| shown.contains(role));
            (role, alone.unwrap_or(everyone))
        };
        Some(roster(self.pools.iter().map(narrowed)))
    }

    /// Who sat on a seat, as the log shows: those who acted there first, and were not drawn for it before.
    fn sat(&self, seat: &str, before: Option<&Case>, to_come: &[PastAct], places: usize) -> Vec<String> {
        let drawn = before.map(|case| case.drawn(seat)).unwrap_or_default();
        let mut sat: Vec<String> = Vec::new();
        for act in to_come.iter().filter(|act| seat_of(self.map, act).as_deref() == Some(seat)) {
            if let Some(person) = &act.person
                && sat.len() < places
                && !sat.contains(person)
                && !drawn.contains(person)
            {
                sat.push(person.clone());
            }
        }
        sat
    }
}

/// The seat on which an act of the past was done.
fn seat_of(map: &Map, act: &PastAct) -> Option<String> {
    map.activities.get(&act.activity).and_then(seat)
}

/// The seat that a step needs: a stage, or `stage/branch`.
pub(super) fn seat(step: &Step) -> Option<String> {
    match step {
        Step::Opine { stage, branch, .. } => Some(branch_seat(stage, branch)),
        step => step.stage().cloned(),
    }
}

fn roles(service: &Service) -> BTreeMap<String, Name> {
    let mut roles = BTreeMap::new();
    for stage in &service.stages {
        match &stage.kind {
            StageKind::Officer(desk) | StageKind::Inspect(desk) => {
                roles.insert(stage.name.clone(), desk.role.clone());
            }
            StageKind::Consult { branches, .. } => {
                let seat = |branch: &definition::model::Branch| branch_seat(&stage.name, &branch.name);
                roles.extend(branches.iter().map(|branch| (seat(branch), branch.role.clone())));
            }
            _ => {}
        }
    }
    roles
}

fn roster<'p>(pools: impl Iterator<Item = (&'p Name, &'p BTreeSet<String>)>) -> Roster {
    let seat = |role: &Name, officer: &String| Seat {
        role: role.clone(),
        officer: officer.clone(),
        person: None,
        weight: 1,
        most_open: None,
    };
    let seats = pools.flat_map(|(role, people)| people.iter().map(move |officer| seat(role, officer)));
    Roster { seats: seats.collect(), ..Roster::default() }
}
