//! What the world said at an act, as far as the record shows it: enough for `decide` to come to the same events.
//!
//! Must not know of: what comes of the act.
//!
//! A draw records its candidates and its randomness, an opening and an answer what registers said. Whoever acts is who the recorded roster says: there,
//! and with whom they have to do. Whether a draw's candidates are those of the roster is shown by a check of its own. What registers held beyond what
//! rules read is not in the record.

use std::collections::BTreeMap;

use definition::Checked;
use definition::model::{FactPath, Name, Service, Source, StageKind};
use definition::value::Value;
use engine::CaseId;
use engine::case::{AGAIN, Case, Turn};
use engine::event::{Event, Vacancy, What};
use engine::lot::{Aside, Candidate, Why};
use engine::reading;
use engine::roster::Register;
use engine::signed::Signed;
use engine::world::{Coming, Lots, Record, Recusal, Roster, Seat, Sitting, World};
use jiff::Timestamp;

use crate::computed::Told;
use crate::replay;

/// A world that can be lent to `decide`.
#[derive(Debug, Default)]
pub(crate) struct Surroundings {
    pub(crate) randomness: [u8; 32],
    pub(crate) roster: Roster,
    pub(crate) records: BTreeMap<Name, Record>,
    pub(crate) applicant: BTreeMap<String, Value>,
    pub(crate) sitting: Sitting,
    pub(crate) lots: Lots,
    /// What functions said.
    pub(crate) functions: Told,
    /// What the actor signed.
    signed: Option<Signed>,
    /// Some case that comes first, where an officer says that they overtake one: which it is, order itself shows.
    ahead: Option<CaseId>,
}

impl Surroundings {
    /// What `events` of one act, the first of which began it, say about the world. `case` is where it stood before, `register` the roster of that moment
    /// where an officer acts; without a recorded roster whoever acts is taken to be on it.
    pub(crate) fn of(
        service: &Checked<Service>,
        case: Option<&Case>,
        first: &Event,
        draws: &[Event],
        register: Option<&Register>,
    ) -> Self {
        let mut world = Self::default();
        for event in draws.iter().chain([first]) {
            world.drawn(service, case, &event.what, register);
        }
        // Whoever is kept away at the opening is kept away from the applicant whom it names.
        if let What::Opened(opened) = &first.what {
            world.lots.recusals.iter_mut().for_each(|one| one.from.clone_from(&opened.applicant));
        }
        world.signed = first.signed.as_deref().cloned();
        world.ahead = matches!(first.what, What::Overtook { .. }).then_some(CaseId([0; 16]));
        world.acting(service, case, first, register);
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
            lots: &self.lots,
            functions: &self.functions,
            ahead: self.ahead,
            signed: self.signed.as_ref(),
        }
    }

    fn drawn(&mut self, service: &Checked<Service>, case: Option<&Case>, what: &What, register: Option<&Register>) {
        match what {
            What::Drawn { seat, draw } if draw.proof.is_none() => {
                self.randomness = draw.randomness.0;
                self.candidates(service, case, seat, &draw.candidates);
                self.set_aside(service, case, seat, &draw.aside);
                self.serving(case, seat, draw.drawn.len(), register);
            }
            What::Lot { seat, lot } => {
                self.lots.coming = Some(Coming { source: lot.source.clone(), due: lot.due });
                self.candidates(service, case, seat, &lot.candidates);
                self.set_aside(service, case, seat, &lot.aside);
                self.serving(case, seat, lot.people as usize, register);
            }
            What::Seated { seat, officer, .. } => self.seat(role(service, case, seat).as_deref(), officer, 1),
            _ => {}
        }
    }

    fn candidates(&mut self, service: &Checked<Service>, case: Option<&Case>, seat: &str, all: &[Candidate]) {
        for candidate in all {
            self.seat(role(service, case, seat).as_deref(), &candidate.officer, candidate.weight);
        }
    }

    /// Officers of the role who were no candidates: they are on the roster, and recused or full.
    fn set_aside(&mut self, service: &Checked<Service>, case: Option<&Case>, seat: &str, aside: &[Aside]) {
        for Aside { officer, why } in aside {
            self.seat(role(service, case, seat).as_deref(), officer, 1);
            match why {
                Why::Recused => {
                    let from = case.map(|case| case.applicant.clone()).unwrap_or_default();
                    self.lots.recusals.push(Recusal { officer: officer.clone(), from });
                }
                // The case itself says who was silent.
                Why::Silent => {}
                Why::Absent => drop(self.roster.away.insert(officer.clone())),
                Why::Full => {
                    self.lots.load.insert(officer.clone(), 1);
                    let own = self.roster.seats.iter_mut().filter(|seat| seat.officer == *officer);
                    own.for_each(|seat| seat.most_open = Some(1));
                }
            }
        }
    }

    /// Of those who were drawn before to look at the case again, those whom the roster has serve still; without one, as many as were not drawn now.
    fn serving(&mut self, case: Option<&Case>, seat: &str, drawn: usize, register: Option<&Register>) {
        let before = case.filter(|_| seat == AGAIN).map_or(&[][..], |case| case.drawn(AGAIN));
        let serves =
            |officer: &str, register: &Register| register.of(officer).is_some_and(|entry| !entry.roles.is_empty());
        for (place, officer) in before.iter().enumerate() {
            let untold = place < before.len().saturating_sub(drawn);
            if register.map_or(untold, |register| serves(officer, register)) {
                self.seat(None, officer, 0);
            }
        }
    }

    fn seat(&mut self, role: Option<&str>, officer: &str, weight: u32) {
        let role = role.unwrap_or_default().to_owned();
        if !self.roster.seats.iter().any(|seat| seat.role == role && seat.officer == officer) {
            self.roster.seats.push(Seat { role, officer: officer.to_owned(), person: None, weight, most_open: None });
        }
    }

    /// Whoever acts is on the roster: in no role that anybody is drawn from, but where officers of the authority act together, in one of its roles.
    fn acting(&mut self, service: &Checked<Service>, case: Option<&Case>, first: &Event, register: Option<&Register>) {
        match &first.what {
            // Who has left is not on the roster, and whoever gives a seat up need not be.
            What::Vacated { officer, why: Vacancy::Absent, .. } => drop(self.roster.replaced.insert(officer.clone())),
            What::Vacated { officer, why: Vacancy::Recused, .. } => self.seat(None, officer, 0),
            what => match (replay::officers_act(what), register) {
                (None, _) => {}
                (Some((officer, _)), Some(register)) => self.recorded(case, &officer, first, register),
                (Some((officer, _)), None) if matches!(what, What::Convened { .. }) => {
                    self.colleague(service, &officer);
                }
                (Some((officer, _)), None) => self.seat(None, &officer, 0),
            },
        }
    }

    /// Whoever acts, as the roster has them, and as people those with whom they sign or propose.
    fn recorded(&mut self, case: Option<&Case>, officer: &str, first: &Event, register: &Register) {
        let signed = case.and_then(|case| match &case.turn {
            Turn::Officers { signed, .. } => Some(signed.keys()),
            _ => None,
        });
        let proposed = case.map_or(&[][..], |case| &case.proposed).iter().map(|proposed| &proposed.officer);
        let others = signed.into_iter().flatten().chain(proposed).map(String::as_str);
        let known = register.at_of(&others.chain([officer]).collect(), first.at);
        let is_colleague = matches!(first.what, What::Convened { .. });
        for seat in known.seats {
            // Who can be drawn says the draw, so whoever acts is in a role only where theirs is asked for.
            let role = if is_colleague && seat.officer == officer { seat.role } else { Name::new() };
            self.roster.seats.push(Seat { role, weight: 0, most_open: None, ..seat });
        }
        self.roster.relations.extend(known.relations.into_iter().filter(|relation| relation.officer == officer));
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
                    && let Some(value) = read.get(&path.key())
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
                && let Some(value) = read.get(&path.key())
            {
                self.applicant.insert(concept.clone(), value.clone());
            }
        }
    }
}

/// The role that a seat is drawn from: a stage's, or a branch's.
fn role(service: &Checked<Service>, case: Option<&Case>, seat: &str) -> Option<Name> {
    if seat == AGAIN { again(service, case) } else { of_stage(service, seat).map(str::to_owned) }
}

/// The role that those who look at a case again are drawn from: the desk's that decided or at which it stands, else the authority's first.
fn again(service: &Checked<Service>, case: Option<&Case>) -> Option<Name> {
    let case = case?;
    let decided = case.decision.as_ref().filter(|_| case.ended.is_some()).map(|decision| &decision.stage);
    match service.stage(decided.unwrap_or(&case.stage)).map(|stage| &stage.kind) {
        Some(StageKind::Officer(desk) | StageKind::Inspect(desk)) => Some(desk.role.clone()),
        _ => {
            let roles = &service.zone().roles;
            roles.iter().find(|(_, role)| role.authority == service.authority).map(|(name, _)| name.clone())
        }
    }
}

fn of_stage<'a>(service: &'a Service, seat: &str) -> Option<&'a str> {
    let (stage, branch) = seat.split_once('/').map_or((seat, None), |(stage, branch)| (stage, Some(branch)));
    match (&service.stage(stage)?.kind, branch) {
        (StageKind::Officer(desk) | StageKind::Inspect(desk), None) => Some(&desk.role),
        (StageKind::Consult { branches, .. }, Some(name)) => {
            branches.iter().find(|branch| branch.name == name).map(|branch| branch.role.as_str())
        }
        _ => None,
    }
}
