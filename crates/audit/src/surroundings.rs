//! What the world said at an act, as far as the record shows it: enough for `decide` to come to the same events.
//!
//! Must not know of: what comes of the act.
//!
//! A draw records its candidates and its randomness, an opening and an answer what registers said. The roster beyond a draw's candidates and the
//! registers beyond what rules read are not in the record: whether they were used rightly is shown by the roster's own checks.

use std::collections::BTreeMap;

use definition::Checked;
use definition::model::{FactPath, Name, Service, Source, StageKind};
use definition::value::Value;
use engine::case::{Case, Decider};
use engine::event::{Event, What};
use engine::reading;
use engine::world::{Record, Roster, Seat, Sitting, World};
use jiff::Timestamp;

/// A world that can be lent to `decide`.
#[derive(Debug, Default)]
pub(crate) struct Surroundings {
    pub(crate) randomness: [u8; 32],
    pub(crate) roster: Roster,
    pub(crate) records: BTreeMap<Name, Record>,
    pub(crate) applicant: BTreeMap<String, Value>,
    pub(crate) sitting: Sitting,
}

impl Surroundings {
    /// What `events` of one act, the first of which began it, say about the world. `case` is where it stood before.
    pub(crate) fn of(service: &Checked<Service>, case: Option<&Case>, first: &Event, draws: &[Event]) -> Self {
        let mut world = Self::default();
        for event in draws {
            world.drawn(service, &event.what);
        }
        world.acting(service, &first.what);
        match &first.what {
            What::Opened(opened) => world.read(service, &opened.applicant, &opened.facts, &opened.facts, &opened.read),
            What::Supplied { facts, read, .. } => {
                if let Some(case) = case {
                    let mut all = case.facts.clone();
                    all.extend(facts.clone());
                    world.read(service, &case.applicant, &all, facts, read);
                }
            }
            _ => {}
        }
        world
    }

    /// The world at a moment.
    pub(crate) fn world(&self, now: Timestamp) -> World<'_> {
        World {
            now,
            randomness: self.randomness,
            roster: &self.roster,
            records: &self.records,
            applicant: &self.applicant,
            sitting: &self.sitting,
        }
    }

    fn drawn(&mut self, service: &Service, what: &What) {
        match what {
            What::Drawn { seat, draw } => {
                self.randomness = draw.randomness.0;
                for candidate in &draw.candidates {
                    self.seat(role(service, seat), &candidate.officer, candidate.weight);
                }
            }
            What::Seated { seat, officer, .. } => self.seat(role(service, seat), officer, 1),
            _ => {}
        }
    }

    fn seat(&mut self, role: Option<&str>, officer: &str, weight: u32) {
        let role = role.unwrap_or_default().to_owned();
        if !self.roster.seats.iter().any(|seat| seat.role == role && seat.officer == officer) {
            self.roster.seats.push(Seat { role, officer: officer.to_owned(), person: None, weight });
        }
    }

    /// Whoever acts is on the roster: in no role that anybody is drawn from, but where officers of the authority act together, in one of its roles.
    fn acting(&mut self, service: &Checked<Service>, what: &What) {
        match what {
            What::Signed { officer, .. }
            | What::Asked { officer, .. }
            | What::Consulted { officer: Some(officer), .. } => {
                self.seat(None, officer, 0);
            }
            What::Decided { by: Decider::Officers(officers), .. } => {
                officers.iter().for_each(|officer| self.seat(None, officer, 0));
            }
            What::Proposed { officer, .. } => self.colleague(service, officer),
            What::Corrected { officers, .. } | What::Revoked { officers, .. } => {
                officers.iter().for_each(|officer| self.colleague(service, officer));
            }
            _ => {}
        }
    }

    fn colleague(&mut self, service: &Checked<Service>, officer: &str) {
        let roles = &service.zone().roles;
        let role = roles.iter().find(|(_, role)| role.authority == service.authority).map(|(name, _)| name.clone());
        self.seat(role.as_deref(), officer, 0);
    }

    /// The register records that give what was read: for each fact that was given, and for the others of which something was read.
    fn read(
        &mut self,
        service: &Service,
        applicant: &str,
        all: &BTreeMap<String, Value>,
        given: &BTreeMap<Name, Value>,
        read: &BTreeMap<String, Value>,
    ) {
        let paths = reading::paths(service);
        for fact in &service.facts {
            let Source::Register { held_by, .. } = &fact.source else { continue };
            let mut values = BTreeMap::new();
            for path in &paths {
                if let FactPath::Record { fact: of, concept, .. } = path
                    && *of == fact.name
                    && let Some(value) = read.get(&reading::key(path))
                {
                    values.insert(concept.clone(), value.clone());
                }
            }
            if values.is_empty() && !given.contains_key(&fact.name) {
                continue;
            }
            let held_by = match held_by {
                None => Some(applicant.to_owned()),
                Some(holder) => all.get(holder).and_then(reading::record_key),
            };
            self.records.insert(fact.name.clone(), Record { held_by, values });
        }
        for path in &paths {
            if let FactPath::Applicant { concept } = path
                && let Some(value) = read.get(&reading::key(path))
            {
                self.applicant.insert(concept.clone(), value.clone());
            }
        }
    }
}

/// The role that a seat is drawn from: a stage's, or a branch's.
fn role<'a>(service: &'a Service, seat: &str) -> Option<&'a str> {
    let (stage, branch) = seat.split_once('/').map_or((seat, None), |(stage, branch)| (stage, Some(branch)));
    match (&service.stage(stage)?.kind, branch) {
        (StageKind::Officer(desk) | StageKind::Inspect(desk), None) => Some(&desk.role),
        (StageKind::Consult { branches, .. }, Some(name)) => {
            branches.iter().find(|branch| branch.name == name).map(|branch| branch.role.as_str())
        }
        _ => None,
    }
}
