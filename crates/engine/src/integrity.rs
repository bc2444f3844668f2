//! What is published of how the zone works: figures that follow from the record alone, so that anyone who has it counts the same.
//!
//! Must not know of: storage, pages, what is good or bad. A case counts once it has ended, with everything that happened in it; one that was overturned
//! counts again at its next end, with what happened since. What officers do in a case that is over (they look at it again) counts as it happens.

pub mod chance;

use std::collections::{BTreeMap, BTreeSet};

use definition::Checked;
use definition::model::{Desk, Name, Outcome, Service, StageKind, Zone};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::CaseId;
use crate::case::Decider;
use crate::clock;
use crate::event::{Event, What};
use chance::Draws;

/// Something counted, and of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Of which.
    pub of: u64,
    /// How many.
    pub count: u64,
}

impl Share {
    fn add(&mut self, counts: bool) {
        self.of = self.of.saturating_add(1);
        self.count = self.count.saturating_add(u64::from(counts));
    }

    fn join(&mut self, other: Self) {
        self.of = self.of.saturating_add(other.of);
        self.count = self.count.saturating_add(other.count);
    }

    /// In parts of ten thousand, rounded half up; none of nothing.
    pub fn per_10_000(self) -> Option<u64> {
        let of = u128::from(self.of);
        let twice = u128::from(self.count).saturating_mul(20_000).checked_add(of)?;
        u64::try_from(twice.checked_div(of.saturating_mul(2))?).ok()
    }
}

/// Figures of one service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfService {
    /// Ends by outcome.
    pub ended: BTreeMap<Name, u64>,
    /// Acts of officers.
    pub touches: u64,
    /// Ends that say yes or no, and of these those of cases that no officer was ever drawn for. A case that was withdrawn or ran out of time was decided
    /// by nobody.
    pub straight_through: Share,
    /// Cases that ended within the promise of their service, counted from their opening.
    pub promise_kept: Share,
}

/// The figures of the zone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// By service.
    pub services: BTreeMap<Name, OfService>,
    /// By authority: the deadlines of its officers that were kept.
    pub deadlines_kept: BTreeMap<Name, Share>,
    /// By authority: decisions and answers that its silence gave.
    pub deemed: BTreeMap<Name, u64>,
    /// By ground: refusals that cite it.
    pub refusals: BTreeMap<Name, u64>,
    /// By ground: things asked for on it.
    pub asks: BTreeMap<Name, u64>,
    /// Facts that the applicant had given and was asked for again, of all facts that applicants gave.
    pub asked_twice: Share,
    /// By ground: cases taken out of turn on it.
    pub overtakings: BTreeMap<Name, u64>,
    /// Draws.
    pub draws: u64,
    /// Milliseconds between an event and the next in a case, and of these those where somebody else did the next.
    pub handover_ms: Share,
    /// The last draws, for seeing whether officers and applicants meet by chance.
    pub lots: Draws,
}

/// What happened in a case and is not counted yet: up to its end it waits, and what is done again after an end counts at once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    applicant: String,
    opened: Option<Timestamp>,
    /// Facts that the applicant gave, from the opening on.
    facts: BTreeSet<Name>,
    /// By clock that runs: the authority whose officers it is set for.
    running: BTreeMap<Name, Name>,
    /// The last event, and who acted last.
    last: Option<(Timestamp, Option<String>)>,
    is_drawn: bool,
    is_over: bool,
    touches: u64,
    /// What waits for the case's end to count.
    figures: Figures,
}

impl Course {
    /// Takes up the case's next event. Gives what it adds to the figures: when it ends the case everything since the last end, after that what it is itself.
    pub fn take(&mut self, case: CaseId, service: &Checked<Service>, event: &Event) -> Option<Figures> {
        let zone = service.zone();
        if let What::Opened(opened) = &event.what {
            self.opened = Some(event.at);
            self.applicant.clone_from(&opened.applicant);
        }
        self.touches = self.touches.saturating_add(u64::from(is_touch(&event.what)));
        self.count(case, service, &event.what);
        match &event.what {
            What::Overturned { .. } => {
                self.is_over = false;
                None
            }
            _ if self.is_over => self.again(service),
            what => {
                self.deadlines(zone, service, what);
                self.handover(event);
                let What::Ended { outcome, .. } = what else { return None };
                Some(self.end(zone, service, *outcome, event.at))
            }
        }
    }

    /// What happened and does not count yet, as much as it can come to, and when something happened last: for whoever cannot take up the events to come.
    pub fn pending(&self, service: &Service) -> (Figures, Option<Timestamp>) {
        let mut figures = Figures { lots: Draws::default(), ..self.figures.clone() };
        for authority in self.running.values() {
            figures.deadlines_kept.entry(authority.clone()).or_default().add(true);
        }
        if self.touches > 0 {
            figures.services.insert(service.name.clone(), OfService { touches: self.touches, ..OfService::default() });
        }
        (figures, self.last.as_ref().map(|(at, _)| *at))
    }

    /// What an event after the end adds by itself, if anything.
    fn again(&mut self, service: &Service) -> Option<Figures> {
        let mut figures = std::mem::take(&mut self.figures);
        let touches = std::mem::take(&mut self.touches);
        if touches > 0 {
            figures.services.insert(service.name.clone(), OfService { touches, ..OfService::default() });
        }
        (figures != Figures::default()).then_some(figures)
    }

    fn count(&mut self, case: CaseId, service: &Checked<Service>, what: &What) {
        let (zone, figures) = (service.zone(), &mut self.figures);
        match what {
            What::Opened(opened) => {
                figures.asked_twice.of = figures.asked_twice.of.saturating_add(opened.facts.len() as u64);
                self.facts.extend(opened.facts.keys().cloned());
            }
            What::Supplied { facts: supplied, .. } => {
                figures.asked_twice.of = figures.asked_twice.of.saturating_add(supplied.len() as u64);
                self.facts.extend(supplied.keys().cloned());
            }
            What::Asked { items, .. } => {
                for item in items {
                    bump(&mut figures.asks, &item.ground);
                    if self.facts.contains(&item.fact) {
                        figures.asked_twice.count = figures.asked_twice.count.saturating_add(1);
                    }
                }
            }
            What::Decided { stage, route, grounds, by, .. } => {
                if route == "refuse" {
                    grounds.iter().for_each(|ground| bump(&mut figures.refusals, ground));
                }
                if let (Decider::Silence(_), Some(authority)) = (by, authority(zone, service, stage, stage)) {
                    bump(&mut figures.deemed, authority);
                }
            }
            What::Consulted { branch, officer: None, .. } => {
                let stage = service.stages.iter().find(|stage| clock_role(&stage.kind, &stage.name, branch).is_some());
                if let Some(authority) = stage.and_then(|stage| authority(zone, service, &stage.name, branch)) {
                    bump(&mut figures.deemed, authority);
                }
            }
            What::Overtook { ground, .. } => bump(&mut figures.overtakings, ground),
            // A draw between routes brings nobody to the case.
            What::Drawn { draw, .. } if draw.is_of_routes() => {}
            What::Drawn { draw, .. } => {
                self.is_drawn = true;
                figures.draws = figures.draws.saturating_add(1);
                figures.lots.add(case, &self.applicant, draw);
            }
            What::Seated { .. } => self.is_drawn = true,
            _ => {}
        }
    }

    /// A deadline of officers is kept when the case leaves the stage, or the branch answers, without its clock having run out.
    fn deadlines(&mut self, zone: &Zone, service: &Service, what: &What) {
        let kept = &mut self.figures.deadlines_kept;
        let mut kept = |authority: Name, is_kept| kept.entry(authority).or_default().add(is_kept);
        match what {
            What::Entered { stage, due, .. } => {
                std::mem::take(&mut self.running).into_values().for_each(|authority| kept(authority, true));
                let of = |clock: &Name| authority(zone, service, stage, clock).cloned();
                self.running = due.keys().filter_map(|clock| Some((clock.clone(), of(clock)?))).collect();
            }
            What::Lapsed { clock, .. } => {
                self.running.remove(clock).into_iter().for_each(|authority| kept(authority, false));
            }
            What::Consulted { branch, .. } => {
                self.running.remove(branch).into_iter().for_each(|authority| kept(authority, true));
            }
            _ => {}
        }
    }

    fn handover(&mut self, event: &Event) {
        let who = actor(&event.what);
        let last = self.last.take();
        let before = last.as_ref().and_then(|(_, before)| before.as_deref());
        if let Some((at, _)) = &last {
            let ms = event.at.as_millisecond().saturating_sub(at.as_millisecond());
            let ms = u64::try_from(ms).unwrap_or(0);
            let is_changed = who.is_some() && before.is_some() && who != before;
            self.figures.handover_ms.join(Share { of: ms, count: if is_changed { ms } else { 0 } });
        }
        let who = who.map(str::to_owned).or_else(|| last.and_then(|(_, before)| before));
        self.last = Some((event.at, who));
    }

    /// What is counted of the case now, and from here on anew.
    fn end(&mut self, zone: &Zone, service: &Service, outcome: Outcome, at: Timestamp) -> Figures {
        let mut own = OfService { touches: std::mem::take(&mut self.touches), ..OfService::default() };
        own.ended.insert(outcome_name(outcome).to_owned(), 1);
        if matches!(outcome, Outcome::Granted | Outcome::Refused) {
            own.straight_through.add(!self.is_drawn);
        }
        let due = self.opened.and_then(|opened| clock::due(zone, opened, service.within));
        own.promise_kept.add(due.is_some_and(|due| at < due));
        self.running.clear();
        self.last = None;
        self.is_over = true;
        let mut figures = std::mem::take(&mut self.figures);
        figures.services.insert(service.name.clone(), own);
        figures
    }
}

impl Figures {
    /// Counts what a case adds, in the order in which cases end.
    pub fn join(&mut self, other: Self) {
        for (service, count) in other.services {
            self.services.entry(service).or_default().join(count);
        }
        for (authority, share) in other.deadlines_kept {
            self.deadlines_kept.entry(authority).or_default().join(share);
        }
        add_all(&mut self.deemed, other.deemed);
        add_all(&mut self.refusals, other.refusals);
        add_all(&mut self.asks, other.asks);
        add_all(&mut self.overtakings, other.overtakings);
        self.asked_twice.join(other.asked_twice);
        self.draws = self.draws.saturating_add(other.draws);
        self.handover_ms.join(other.handover_ms);
        self.lots.join(other.lots);
    }

    /// What is shown of them: all but the single draws.
    #[must_use]
    pub fn shown(&self) -> Self {
        Self { lots: Draws::default(), ..self.clone() }
    }

    /// Of all services: acts of officers, and cases that ended.
    pub fn touches(&self) -> Share {
        let mut all = Share::default();
        for service in self.services.values() {
            all.join(Share { of: service.ends(), count: service.touches });
        }
        all
    }

    /// Of all services: decisions that no officer was drawn for.
    pub fn straight_through(&self) -> Share {
        self.services.values().fold(Share::default(), |mut all, service| {
            all.join(service.straight_through);
            all
        })
    }
}

impl OfService {
    /// How often cases ended.
    pub fn ends(&self) -> u64 {
        self.ended.values().fold(0, |all, count| all.saturating_add(*count))
    }

    fn join(&mut self, other: Self) {
        add_all(&mut self.ended, other.ended);
        self.touches = self.touches.saturating_add(other.touches);
        self.straight_through.join(other.straight_through);
        self.promise_kept.join(other.promise_kept);
    }
}

fn bump(counts: &mut BTreeMap<Name, u64>, name: &str) {
    let count = counts.entry(name.to_owned()).or_default();
    *count = count.saturating_add(1);
}

fn add_all(counts: &mut BTreeMap<Name, u64>, more: BTreeMap<Name, u64>) {
    for (name, more) in more {
        let count = counts.entry(name).or_default();
        *count = count.saturating_add(more);
    }
}

/// Whether an officer did it. A decision of several counts by its signatures.
fn is_touch(what: &What) -> bool {
    match what {
        What::Signed { .. }
        | What::Asked { .. }
        | What::Consulted { officer: Some(_), .. }
        | What::Overtook { .. }
        | What::Convened { .. }
        | What::Kept { .. }
        | What::Proposed { .. }
        | What::Corrected { .. }
        | What::Revoked { .. } => true,
        What::Decided { by: Decider::Officers(officers), .. } => officers.len() == 1,
        _ => false,
    }
}

/// Who did it; nobody where rules, the lot or the clock did.
fn actor(what: &What) -> Option<&str> {
    match what {
        What::Opened(_) | What::Supplied { .. } | What::Withdrawn { .. } | What::Paid { .. } => Some("applicant"),
        What::Signed { officer, .. }
        | What::Asked { officer, .. }
        | What::Consulted { officer: Some(officer), .. }
        | What::Overtook { officer, .. }
        | What::Convened { officer, .. }
        | What::Kept { officer, .. }
        | What::Proposed { officer, .. } => Some(officer),
        What::Decided { by: Decider::Officers(officers), .. }
        | What::Corrected { officers, .. }
        | What::Revoked { officers, .. } => officers.last().map(String::as_str),
        _ => None,
    }
}

/// The authority whose officers a clock is set for: the stage's, or a branch's.
pub fn authority<'z>(zone: &'z Zone, service: &Service, stage: &str, clock: &str) -> Option<&'z Name> {
    zone.roles.get(role(service, stage, clock)?).map(|role| &role.authority)
}

/// The role whose officers a clock is set for: the stage's, or a branch's; none where it is not set for officers.
pub fn role<'s>(service: &'s Service, stage: &str, clock: &str) -> Option<&'s Name> {
    let stage = service.stage(stage)?;
    clock_role(&stage.kind, &stage.name, clock)
}

fn clock_role<'s>(kind: &'s StageKind, stage: &str, clock: &str) -> Option<&'s Name> {
    let own = |desk: &'s Desk| (stage == clock).then_some(&desk.role);
    match kind {
        StageKind::Officer(desk) | StageKind::Inspect(desk) => own(desk),
        StageKind::Consult { branches, .. } => {
            branches.iter().find(|branch| branch.name == clock).map(|branch| &branch.role)
        }
        _ => None,
    }
}

fn outcome_name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Granted => "granted",
        Outcome::Refused => "refused",
        Outcome::Lapsed => "lapsed",
        Outcome::Withdrawn => "withdrawn",
        Outcome::Closed => "closed",
    }
}
