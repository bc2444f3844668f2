//! A case carried forward by the events that are being recorded, and the checks that several acts share.
//!
//! Must not know of: any one act.

use definition::model::{Desk, Name, Service, Stage, StageKind, Zone};

use crate::act::Actor;
use crate::case::{Case, OfficerId};
use crate::clock;
use crate::event::{Event, What};
use crate::fold;
use crate::mandate::{self, Agency, Principal};
use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::world::{Conflict, World};

pub(super) struct Run<'a> {
    pub(super) zone: &'a Zone,
    pub(super) service: &'a Service,
    pub(super) world: &'a World<'a>,
    pub(super) case: Case,
    events: Vec<Event>,
    /// What the actor signed, until the event that is theirs has it.
    signed: Option<Signed>,
    /// Who acts for the applicant, until the event that is theirs has it.
    under: Option<Agency>,
    /// Whether the case is carried forward by something else than a person's act: nobody is there who could be told that it cannot be.
    pub(super) unattended: bool,
}

impl<'a> Run<'a> {
    pub(super) fn new(zone: &'a Zone, service: &'a Service, world: &'a World<'a>, case: Case) -> Self {
        Self {
            zone,
            service,
            world,
            case,
            events: Vec::new(),
            signed: world.signed.cloned(),
            under: None,
            unattended: false,
        }
    }

    /// What is the applicant's is done by this actor.
    pub(super) fn by(mut self, actor: &Actor) -> Self {
        if let Actor::Agent(agency) = actor {
            self.under = Some((**agency).clone());
        }
        self
    }

    /// Records an event and folds it at once, so that what follows sees it.
    pub(super) fn record(&mut self, what: What) -> Result<(), Refusal> {
        let signed = if what.is_an_officers() { self.signed.take().map(Box::new) } else { None };
        let under = if what.is_an_applicants() { self.under.take().map(Box::new) } else { None };
        let event = Event { at: self.world.now, what, signed, under };
        fold::follow(self.service, &mut self.case, &event)
            .map_err(|misfit| Refusal::Undecidable { place: misfit.to_string() })?;
        self.events.push(event);
        Ok(())
    }

    /// Whether what was recorded so far brought the case to a stage.
    pub(super) fn moved_on(&self) -> bool {
        self.events.iter().any(|event| matches!(event.what, What::Entered { .. }))
    }

    pub(super) fn finish(self) -> (Case, Vec<Event>) {
        (self.case, self.events)
    }

    /// The first event, which the fold has no case for yet.
    pub(super) fn prepend(&mut self, event: Event) {
        self.events.insert(0, event);
    }

    /// The stage it stands in.
    pub(super) fn stage(&self) -> Result<&'a Stage, Refusal> {
        self.service.stage(&self.case.stage).ok_or_else(|| self.undecidable("stage"))
    }

    pub(super) fn not_now(&self) -> Refusal {
        if self.case.ended.is_some() { Refusal::Ended } else { Refusal::NotNow { stage: self.case.stage.clone() } }
    }

    pub(super) fn undecidable(&self, place: &str) -> Refusal {
        Refusal::Undecidable { place: format!("{}: {place}", self.place()) }
    }

    /// Where the case stands, as a definition's author looks for it.
    pub(super) fn place(&self) -> String {
        format!("{}: {}", self.service.name, self.case.stage)
    }

    /// The desk of the stage it stands in.
    pub(super) fn desk(&self) -> Result<&'a Desk, Refusal> {
        match &self.stage()?.kind {
            StageKind::Officer(desk) | StageKind::Inspect(desk) => Ok(desk),
            _ => Err(self.not_now()),
        }
    }

    /// The applicant, if that is who acts, or somebody for them in a service that an agent can use. In an appeal it is the appealed case that names the
    /// principal, and whoever says that somebody acts for it has looked there.
    pub(super) fn applicant(&self, actor: &Actor) -> Result<(), Refusal> {
        match actor {
            Actor::Person(person) if *person == self.case.applicant => Ok(()),
            Actor::Agent(agency) if self.is_for(&agency.principal) => Ok(()),
            _ => Err(Refusal::NotYours),
        }
    }

    fn is_for(&self, principal: &Principal) -> bool {
        match self.case.appeals {
            Some(_) => mandate::can_appeal(self.service, &principal.register),
            None => mandate::is_about(self.service, &self.case.facts, principal),
        }
    }

    /// The officer, if one acts who was drawn for this seat and does not decide their own case.
    pub(super) fn officer(&self, actor: &Actor, seat: &str) -> Result<OfficerId, Refusal> {
        let Actor::Officer(officer) = actor else { return Err(Refusal::NotYours) };
        // Whoever has left the roster has left the case, too.
        if !self.serves(officer) || !self.case.drawn(seat).contains(officer) {
            return Err(Refusal::NotYours);
        }
        match self.conflict(officer) {
            Some(conflict) => Err(conflict.into()),
            None => Ok(officer.clone()),
        }
    }

    /// Whether an officer is on the roster.
    pub(super) fn serves(&self, officer: &str) -> bool {
        self.world.roster.serves(officer)
    }

    /// The officer, if one acts who holds a role of the service's authority.
    pub(super) fn colleague(&self, actor: &Actor) -> Result<OfficerId, Refusal> {
        let Actor::Officer(officer) = actor else { return Err(Refusal::NotYours) };
        let seated = self.world.roster.serves_in(officer, self.zone, &self.service.authority);
        match (seated, self.conflict(officer)) {
            (false, _) => Err(Refusal::NotYours),
            (true, Some(conflict)) => Err(conflict.into()),
            (true, None) => Ok(officer.clone()),
        }
    }

    /// Whether two officers are the same person under two names.
    pub(super) fn is_one_person(&self, one: &str, other: &str) -> bool {
        self.world.roster.is_one_person(one, other)
    }

    /// Whether a ground may be cited today.
    pub(super) fn is_in_force(&self, ground: &str) -> bool {
        clock::is_in_force(self.zone, ground, self.world.now)
    }

    /// A ground that stands among those that may be cited, and is in force; needed when `needed`.
    pub(super) fn ground<'n>(
        &self,
        given: Option<&Name>,
        allowed: impl IntoIterator<Item = &'n Name>,
        needed: bool,
    ) -> Result<Option<Name>, Refusal> {
        let (grounds, past): (Vec<&Name>, Vec<&Name>) =
            allowed.into_iter().partition(|ground| self.is_in_force(ground));
        let citable = || grounds.iter().map(|ground| (*ground).clone()).collect();
        match given {
            Some(ground) if grounds.contains(&ground) => Ok(Some(ground.clone())),
            Some(ground) if past.contains(&ground) => {
                Err(Refusal::GroundNotInForce { ground: ground.clone(), grounds: citable() })
            }
            Some(ground) => Err(Refusal::WrongGround { ground: ground.clone(), grounds: citable() }),
            None if needed => Err(Refusal::GroundNeeded { grounds: citable() }),
            None => Ok(None),
        }
    }

    /// What keeps an officer from this case.
    pub(super) fn conflict(&self, officer: &str) -> Option<Conflict> {
        self.world.roster.conflict(officer, self.service, &self.case)
    }
}
