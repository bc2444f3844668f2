//! Doing an act again: which act the record shows, and what `decide` makes of it.
//!
//! Must not know of: what it means when something else comes out.

use definition::Checked;
use definition::model::Service;
use engine::CaseId;
use engine::act::{Act, Actor, Application};
use engine::case::{Awaited, Case, Cause, Decider, OfficerId, Proposal};
use engine::decide;
use engine::event::{Event, Vacancy, What};
use engine::refusal::Refusal;
use jiff::Timestamp;

use crate::surroundings::Surroundings;

/// What came of doing it again.
#[derive(Debug)]
pub enum Again {
    /// These events, after which the case stands so.
    Done(Box<Case>, Vec<Event>),
    /// The engine refuses it.
    Refused(Refusal),
    /// With this event no act begins: it only ever follows from another.
    NoAct,
}

/// Whether an act can begin with an event of this kind: whoever decides or answers is named in it. A decision of several follows the last one's
/// signature.
pub(crate) fn begins(what: &What) -> bool {
    match what {
        What::Decided { by: Decider::Officers(officers), .. } => officers.len() == 1,
        What::Opened(_)
        | What::Signed { .. }
        | What::Asked { .. }
        | What::Supplied { .. }
        | What::Paid { .. }
        | What::Lapsed { .. }
        | What::Withdrawn { .. }
        | What::Corrected { .. }
        | What::Appealed { .. }
        | What::Overturned { .. }
        | What::Overtook { .. }
        | What::Convened { .. }
        | What::Kept { .. }
        | What::Vacated { .. }
        | What::Proposed { .. }
        | What::Revoked { .. }
        | What::Erased { .. }
        | What::Consulted { officer: Some(_), .. } => true,
        // With its proof it was brought by the beacon; without, it follows from coming to a desk.
        What::Drawn { draw, .. } => draw.proof.is_some(),
        What::Decided { .. }
        | What::Consulted { officer: None, .. }
        | What::Entered { .. }
        | What::Lot { .. }
        | What::Shared { .. }
        | What::Seated { .. }
        | What::Ruled { .. }
        | What::Computed { .. }
        | What::Booked { .. }
        | What::Unbooked { .. }
        | What::Ended { .. } => false,
    }
}

/// Whether another application in the matter says where the case goes.
pub(crate) fn is_by_matter(what: &What) -> bool {
    matches!(what, What::Decided { by: Decider::Matter(_), .. })
}

/// Does the act again that `first` begins.
pub(crate) fn again(
    service: &Checked<Service>,
    id: CaseId,
    case: Option<&Case>,
    first: &Event,
    around: &Surroundings,
    appeal_opened: Option<Timestamp>,
) -> Again {
    let world = around.world(first.at);
    let done = match (case, &first.what) {
        (None, What::Opened(opened)) => {
            let application = Application {
                case: id,
                applicant: opened.applicant.clone(),
                under: first.under.as_deref().cloned(),
                appeals: opened.appeals,
                facts: opened.facts.clone(),
            };
            decide::open(service, &application, &world)
        }
        (Some(case), _) => match act(case, first, appeal_opened) {
            Some((actor, act)) => decide::decide(service, case, &actor, &act, &world),
            None => return Again::NoAct,
        },
        (None, _) => return Again::NoAct,
    };
    match done {
        Ok((case, events)) => Again::Done(Box::new(case), events),
        Err(refusal) => Again::Refused(refusal),
    }
}

/// The act that an event shows, and who did it. What applicants do themselves is recorded without their name: only they, or somebody whom they gave a
/// mandate, may do it.
fn act(case: &Case, first: &Event, appeal_opened: Option<Timestamp>) -> Option<(Actor, Act)> {
    let (what, at) = (&first.what, first.at);
    let applicants = || match &first.under {
        Some(under) => Actor::Agent(under.clone()),
        None => Actor::Person(case.applicant.clone()),
    };
    if let Some((officer, act)) = officers_act(what) {
        return Some((Actor::Officer(officer), act));
    }
    Some(match what {
        What::Paid { amount, receipt } => {
            (Actor::Treasury, Act::Pay { receipt: receipt.clone(), amount: amount.clone() })
        }
        What::Lapsed { clock, due, .. } => (Actor::Clock, Act::Lapse { clock: clock.clone(), due: *due }),
        What::Appealed { by } => (Actor::Case(*by), Act::Appeal { by: *by, opened: appeal_opened.unwrap_or(at) }),
        What::Overturned { by } => (Actor::Case(*by), Act::Overturn { by: *by }),
        What::Drawn { seat, draw } => {
            let (lot, proof) = (case.lots.get(seat)?.seq, Box::new(draw.proof.clone()?));
            (Actor::Beacon, Act::Draw { seat: seat.clone(), lot, randomness: draw.randomness, proof })
        }
        // What a seat waited for, another case's lot, was drawn.
        What::Seated { seat, .. }
        | What::Lot { seat, .. }
        | What::Shared { seat, .. }
        | What::Decided { stage: seat, by: Decider::Matter(_), .. } => {
            let waiting = case.lots.get(seat).filter(|waiting| matches!(waiting.awaited, Awaited::Case(_)))?;
            (Actor::Beacon, Act::Share { seat: seat.clone(), lot: waiting.seq })
        }
        What::Vacated { officer, why, .. } => (Actor::Clock, Act::Vacate { officer: officer.clone(), why: *why }),
        What::Supplied { facts, .. } => (applicants(), Act::Supply { facts: facts.clone() }),
        What::Withdrawn { reason } => (applicants(), Act::Withdraw { reason: reason.clone() }),
        What::Erased { cause: Cause::Retention, .. } => (Actor::Clock, Act::Erase { ground: None }),
        What::Erased { cause: Cause::Ground(ground), .. } => {
            (Actor::Operator, Act::Erase { ground: Some(ground.clone()) })
        }
        _ => return None,
    })
}

/// Whether an event is one officer's own act. A decision of several follows the last one's.
pub(crate) fn is_officers_act(what: &What) -> bool {
    match what {
        What::Decided { by: Decider::Officers(officers), .. } => officers.len() == 1,
        _ => what.is_an_officers(),
    }
}

/// The act of an officer that an event shows.
pub(crate) fn officers_act(what: &What) -> Option<(OfficerId, Act)> {
    Some(match what {
        What::Signed { officer: by, route, ground, note, facts } => {
            let (route, ground) = (route.clone(), ground.clone());
            (by.clone(), Act::Decide { route, ground, note: note.clone(), facts: facts.clone() })
        }
        What::Decided { by: Decider::Officers(by), route, grounds, note, facts, .. } if by.len() == 1 => {
            let (route, ground) = (route.clone(), grounds.first().cloned());
            (by.first()?.clone(), Act::Decide { route, ground, note: note.clone(), facts: facts.clone() })
        }
        What::Asked { officer: by, items, .. } => (by.clone(), Act::Ask { items: items.clone() }),
        What::Consulted { officer: Some(by), branch, opinion, ground, note } => {
            let (branch, ground) = (branch.clone(), ground.clone());
            (by.clone(), Act::Advise { branch, opinion: *opinion, ground, note: note.clone() })
        }
        What::Overtook { officer: by, ground } => (by.clone(), Act::Overtake { ground: ground.clone() }),
        What::Convened { officer: by, reason } => (by.clone(), Act::Convene { reason: reason.clone() }),
        What::Vacated { officer: by, why: Vacancy::Recused, note, .. } => {
            (by.clone(), Act::Recuse { reason: note.clone() })
        }
        What::Kept { officer: by, note } => (by.clone(), Act::Keep { note: note.clone() }),
        What::Proposed { proposal, officer: by, note } => (by.clone(), proposed(proposal, note)),
        What::Corrected { fact, value, officers, reason, .. } => {
            let (fact, value, reason) = (fact.clone(), value.clone(), reason.clone());
            (officers.last()?.clone(), Act::Correct { fact, value, reason })
        }
        What::Revoked { ground, officers, note } => {
            (officers.last()?.clone(), Act::Revoke { ground: ground.clone(), note: note.clone() })
        }
        _ => return None,
    })
}

fn proposed(proposal: &Proposal, note: &str) -> Act {
    match proposal {
        Proposal::Correct { fact, value } => {
            Act::Correct { fact: fact.clone(), value: value.clone(), reason: note.to_owned() }
        }
        Proposal::Revoke { ground } => Act::Revoke { ground: ground.clone(), note: note.to_owned() },
    }
}
