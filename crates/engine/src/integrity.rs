//! What is published of how the zone works: figures that follow from the record alone, so that anyone who has it counts the same.
//!
//! Must not know of: storage, pages, what is good or bad. A case counts once it has ended, with everything that happened in it; one that was overturned
//! counts again at its next end, with what happened since.

pub mod chance;

use std::collections::{BTreeMap, BTreeSet};

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
    /// Cases that no officer was drawn for.
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

impl Figures {
    /// Counts what happened in a case between its last end, if it ended before, and the event that ends it now: the last of `events`, which are all
    /// of the case up to there.
    pub fn add(&mut self, zone: &Zone, service: &Service, events: &[Event]) {
        let ends = |event: &Event| matches!(event.what, What::Ended { .. });
        let before = events.split_last().map_or(&[][..], |(_, before)| before);
        let since = before.iter().rposition(ends).map_or(0, |end| end.saturating_add(1));
        let News { case, opened, applicant, facts } = News::of(events);
        let mut facts: BTreeSet<Name> = facts;
        let Some(recent) = events.get(since..) else { return };
        let mut count = OfService::default();
        for event in recent {
            count.touches = count.touches.saturating_add(u64::from(is_touch(&event.what)));
            self.add_event(zone, service, (case, applicant), &mut facts, event);
        }
        self.add_deadlines(zone, service, recent);
        self.add_handovers(recent);
        let drawn = recent.iter().any(|event| matches!(event.what, What::Drawn { .. } | What::Seated { .. }));
        count.straight_through.add(!drawn);
        let due = opened.and_then(|opened| clock::due(zone, opened, service.within));
        let at = events.last().map(|event| event.at);
        count.promise_kept.add(due.zip(at).is_some_and(|(due, at)| at < due));
        if let Some(What::Ended { outcome, .. }) = events.last().map(|event| &event.what) {
            count.ended.insert(outcome_name(*outcome).to_owned(), 1);
        }
        self.services.entry(service.name.clone()).or_default().join(count);
    }

    fn add_event(
        &mut self,
        zone: &Zone,
        service: &Service,
        (case, applicant): (CaseId, &str),
        facts: &mut BTreeSet<Name>,
        event: &Event,
    ) {
        match &event.what {
            What::Opened(opened) => self.asked_twice.of = self.asked_twice.of.saturating_add(opened.facts.len() as u64),
            What::Supplied { facts: supplied, .. } => {
                self.asked_twice.of = self.asked_twice.of.saturating_add(supplied.len() as u64);
                facts.extend(supplied.keys().cloned());
            }
            What::Asked { items, .. } => {
                for item in items {
                    bump(&mut self.asks, &item.ground);
                    if facts.contains(&item.fact) {
                        self.asked_twice.count = self.asked_twice.count.saturating_add(1);
                    }
                }
            }
            What::Decided { stage, route, grounds, by, .. } => {
                if route == "refuse" {
                    grounds.iter().for_each(|ground| bump(&mut self.refusals, ground));
                }
                if let (Decider::Silence(_), Some(authority)) = (by, authority(zone, service, stage, stage)) {
                    bump(&mut self.deemed, authority);
                }
            }
            What::Consulted { branch, officer: None, .. } => {
                let stage = service.stages.iter().find(|stage| clock_role(&stage.kind, &stage.name, branch).is_some());
                if let Some(authority) = stage.and_then(|stage| authority(zone, service, &stage.name, branch)) {
                    bump(&mut self.deemed, authority);
                }
            }
            What::Overtook { ground, .. } => bump(&mut self.overtakings, ground),
            What::Drawn { draw, .. } => {
                self.draws = self.draws.saturating_add(1);
                self.lots.add(case, applicant, draw);
            }
            _ => {}
        }
    }

    /// A deadline of officers is kept when the case leaves the stage, or the branch answers, without its clock having run out.
    fn add_deadlines(&mut self, zone: &Zone, service: &Service, events: &[Event]) {
        let mut running: BTreeMap<&str, &Name> = BTreeMap::new();
        let mut kept =
            |authority: &Name, is_kept| self.deadlines_kept.entry(authority.clone()).or_default().add(is_kept);
        for event in events {
            match &event.what {
                What::Entered { stage, due, .. } => {
                    std::mem::take(&mut running).into_values().for_each(|authority| kept(authority, true));
                    let of = |clock: &'_ Name| authority(zone, service, stage, clock);
                    running = due.keys().filter_map(|clock| Some((clock.as_str(), of(clock)?))).collect();
                }
                What::Lapsed { clock, .. } => {
                    running.remove(clock.as_str()).into_iter().for_each(|authority| kept(authority, false));
                }
                What::Consulted { branch, .. } => {
                    running.remove(branch.as_str()).into_iter().for_each(|authority| kept(authority, true));
                }
                _ => {}
            }
        }
    }

    fn add_handovers(&mut self, events: &[Event]) {
        let mut last: Option<(Timestamp, Option<&str>)> = None;
        for event in events {
            let who = actor(&event.what);
            if let Some((at, before)) = last {
                let ms = event.at.as_millisecond().saturating_sub(at.as_millisecond());
                let ms = u64::try_from(ms).unwrap_or(0);
                let changed = who.is_some() && before.is_some() && who != before;
                self.handover_ms.join(Share { of: ms, count: if changed { ms } else { 0 } });
            }
            last = Some((event.at, who.or_else(|| last.and_then(|(_, before)| before))));
        }
    }

    /// Of all services: acts of officers, and cases that ended.
    pub fn touches(&self) -> Share {
        let mut all = Share::default();
        for service in self.services.values() {
            all.join(Share { of: service.straight_through.of, count: service.touches });
        }
        all
    }

    /// Of all services: cases that no officer was drawn for.
    pub fn straight_through(&self) -> Share {
        self.services.values().fold(Share::default(), |mut all, service| {
            all.join(service.straight_through);
            all
        })
    }
}

impl OfService {
    fn join(&mut self, other: Self) {
        for (outcome, count) in other.ended {
            let own = self.ended.entry(outcome).or_default();
            *own = own.saturating_add(count);
        }
        self.touches = self.touches.saturating_add(other.touches);
        self.straight_through.join(other.straight_through);
        self.promise_kept.join(other.promise_kept);
    }
}

/// What the opening of a case says.
struct News<'e> {
    case: CaseId,
    opened: Option<Timestamp>,
    applicant: &'e str,
    facts: BTreeSet<Name>,
}

impl<'e> News<'e> {
    fn of(events: &'e [Event]) -> Self {
        match events.first().map(|event| (event.at, &event.what)) {
            Some((at, What::Opened(opened))) => {
                let facts = opened.facts.keys().cloned().collect();
                Self { case: opened.case, opened: Some(at), applicant: &opened.applicant, facts }
            }
            _ => Self { case: CaseId([0; 16]), opened: None, applicant: "", facts: BTreeSet::new() },
        }
    }
}

fn bump(counts: &mut BTreeMap<Name, u64>, name: &str) {
    let count = counts.entry(name.to_owned()).or_default();
    *count = count.saturating_add(1);
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
fn authority<'z>(zone: &'z Zone, service: &Service, stage: &str, clock: &str) -> Option<&'z Name> {
    let stage = service.stage(stage)?;
    let role = clock_role(&stage.kind, &stage.name, clock)?;
    zone.roles.get(role).map(|role| &role.authority)
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
