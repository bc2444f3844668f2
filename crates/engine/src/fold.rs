//! A case is the fold of its events: the only place where a case's state comes about.
//!
//! Must not know of: why an event happened. An event that does not fit (a record that was tampered with) is an error, not a guess.

use std::collections::{BTreeMap, BTreeSet};

use definition::model::{Name, Opinion, Reserve, Service, StageKind};
use definition::value::{Money, Value};
use jiff::Timestamp;

use crate::case::{
    AGAIN, Awaited, BranchTurn, Case, Cause, Decider, Decision, Ended, Erased, OfficerId, Proposal, Proposed,
    Signature, Turn, Waiting, Way,
};
use crate::erasure;
use crate::event::{Event, Opened, What};
use crate::lot::Draw;

mod ways;

/// An event that cannot follow the events before it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("event {seq} ({kind}) cannot follow what came before: {why}")]
pub struct Misfit {
    /// Its place in the case, from 1.
    pub seq: u64,
    /// Its kind.
    pub kind: &'static str,
    /// What does not fit.
    pub why: &'static str,
}

/// The state after all these events.
///
/// # Errors
/// [`Misfit`] at the first event that cannot follow.
pub fn fold<'a>(service: &Service, events: impl IntoIterator<Item = &'a Event>) -> Result<Option<Case>, Misfit> {
    events.into_iter().try_fold(None, |case, event| apply(service, case, event).map(Some))
}

/// The state after one more event.
///
/// # Errors
/// [`Misfit`] when it cannot follow.
pub fn apply(service: &Service, case: Option<Case>, event: &Event) -> Result<Case, Misfit> {
    match (case, &event.what) {
        (None, What::Opened(opened)) => {
            let mut case = open(opened, event.at);
            acted(&mut case, event);
            Ok(case)
        }
        (None, what) => Err(Misfit { seq: 1, kind: what.kind(), why: "the case is not open yet" }),
        (Some(mut case), _) => {
            follow(service, &mut case, event)?;
            Ok(case)
        }
    }
}

/// Brings an open case to the state after one more event, where it lies.
///
/// # Errors
/// [`Misfit`] when it cannot follow; the case is then no longer to be used.
pub fn follow(service: &Service, case: &mut Case, event: &Event) -> Result<(), Misfit> {
    case.seq = case.seq.saturating_add(1);
    let seq = case.seq;
    step(service, case, &event.what, event.at).map_err(|why| Misfit { seq, kind: event.what.kind(), why })?;
    acted(case, event);
    Ok(())
}

/// Who acted for the applicant.
fn acted(case: &mut Case, event: &Event) {
    case.agents.extend(event.under.iter().map(|under| under.agent.clone()));
}

fn open(opened: &Opened, at: Timestamp) -> Case {
    let mut facts: BTreeMap<_, _> = opened.read.clone();
    facts.extend(opened.facts.clone());
    Case {
        id: opened.case,
        service: opened.service.clone(),
        definition: opened.definition,
        applicant: opened.applicant.clone(),
        appeals: opened.appeals,
        seq: 1,
        opened: at,
        facts,
        stage: Name::new(),
        stage_since: at,
        turn: Turn::Rules,
        agents: BTreeSet::new(),
        asked: BTreeSet::new(),
        overtaking: BTreeSet::new(),
        receipts: BTreeSet::new(),
        paid: BTreeMap::new(),
        officers: BTreeMap::new(),
        lots: BTreeMap::new(),
        ways: BTreeMap::new(),
        called: BTreeSet::new(),
        proposals: 0,
        vacated: BTreeMap::new(),
        silent: BTreeSet::new(),
        proposed: Vec::new(),
        reserved: None,
        decision: None,
        ended: None,
        erased: Vec::new(),
    }
}

fn step(service: &Service, case: &mut Case, what: &What, at: Timestamp) -> Result<(), &'static str> {
    match what {
        What::Opened(_) => return Err("the case is open already"),
        What::Entered { stage, due, amount } => {
            case.turn = turn(service, stage, due, amount.as_ref())?;
            case.stage.clone_from(stage);
            case.stage_since = at;
            case.overtaking.clear();
        }
        What::Lot { .. } | What::Shared { .. } => wait(service, case, what)?,
        What::Drawn { seat, draw } => drawn(service, case, seat, draw)?,
        What::Seated { seat, officer, .. } => seated(case, seat, officer),
        What::Vacated { seat, officer, .. } => vacate(case, seat, officer)?,
        What::Ruled { table, outputs, .. } => {
            case.facts.extend(outputs.iter().map(|(name, value)| (format!("{table}.{name}"), value.clone())));
        }
        What::Computed { facts, .. } => case.facts.extend(facts.clone()),
        What::Signed { officer, route, ground, facts, .. } => {
            let Turn::Officers { signed, .. } = &mut case.turn else { return Err("it is not an officer's turn") };
            signed.insert(
                officer.clone(),
                Signature { route: route.clone(), ground: ground.clone(), facts: facts.clone() },
            );
        }
        What::Decided { stage, route, grounds, by, facts, .. } => {
            case.facts.extend(facts.clone());
            if service.lot(stage).is_some() {
                ways::decided(case, stage, Way { route: route.clone(), by: by.clone() });
            }
            case.decision =
                Some(Decision { stage: stage.clone(), route: route.clone(), grounds: grounds.clone(), by: by.clone() });
        }
        What::Asked { items, due, .. } => {
            let Turn::Officers { due: officers_due, .. } = case.turn else { return Err("it is not an officer's turn") };
            case.turn = Turn::Answer { due: *due, items: items.clone(), asked_at: at, officers_due };
            case.asked.insert(case.stage.clone());
        }
        What::Supplied { facts, read, due } => {
            case.facts.extend(read.clone());
            case.facts.extend(facts.clone());
            if let (Turn::Answer { .. }, Some(due)) = (&case.turn, due) {
                case.turn = Turn::Officers { due: *due, signed: BTreeMap::new() };
            }
        }
        What::Consulted { branch, opinion, ground, .. } => answer(case, branch, *opinion, ground.as_ref())?,
        What::Paid { receipt, amount } => pay(case, receipt, amount),
        What::Booked { function, .. } => booked(service, case, function)?,
        What::Lapsed { silent, .. } => case.silent.extend(silent.iter().cloned()),
        What::Unbooked { .. } => {}
        What::Withdrawn { .. } => case.decision = None,
        What::Ended { outcome, certificate, appeal_until, .. } => {
            case.turn = Turn::Ended;
            // Its own lots are drawn nevertheless: whoever could stop a draw could choose among draws.
            case.lots.retain(|_, waiting| matches!(waiting.awaited, Awaited::Lot(_)));
            case.ended = Some(Ended {
                outcome: *outcome,
                at,
                seq: case.seq,
                certificate: certificate.clone(),
                appeal_until: *appeal_until,
                appealed_by: None,
                revoked: None,
            });
        }
        What::Overtook { officer, .. } => drop(case.overtaking.insert(officer.clone())),
        _ => again(service, case, what, at)?,
    }
    Ok(())
}

/// What comes of looking at a case again: by those who hear an appeal, or who were drawn to mend or to revoke.
fn again(service: &Service, case: &mut Case, what: &What, at: Timestamp) -> Result<(), &'static str> {
    match what {
        What::Appealed { by } => ended(case)?.appealed_by = Some(*by),
        What::Overturned { .. } => {
            // The decision falls, and its grounds with it.
            case.decision = None;
            case.ended = None;
            case.turn = Turn::Rules;
        }
        What::Corrected { fact, value, .. } => correct(case, fact, value),
        What::Proposed { officer, proposal, .. } => propose(case, officer, proposal),
        What::Kept { officer, .. } => drop(case.called.remove(officer)),
        What::Revoked { ground, .. } => revoke(case, ground)?,
        What::Erased { concepts, applicant, cause } => erase(service, case, (concepts, *applicant), cause, at)?,
        _ => {}
    }
    Ok(())
}

/// A seat, or a stage in which chance decides, begins to wait: for its own lot at most once at a time.
fn wait(service: &Service, case: &mut Case, what: &What) -> Result<(), &'static str> {
    let seq = case.seq;
    let (seat, waiting) = match what {
        What::Lot { seat, lot } => {
            if service.lot(seat).is_some() == lot.routes.is_empty() {
                return Err("the lot is not of the kind that the stage has");
            }
            (seat, Waiting { seq, people: lot.people, due: lot.due, awaited: Awaited::Lot(lot.clone()) })
        }
        What::Shared { seat, people, case: other, due } => {
            (seat, Waiting { seq, people: *people, due: *due, awaited: Awaited::Case(*other) })
        }
        _ => return Err("nothing is waited for"),
    };
    match case.lots.insert(seat.clone(), waiting).map(|former| former.awaited) {
        Some(Awaited::Lot(_)) => Err("the seat waits for a lot already"),
        Some(Awaited::Case(_)) | None => Ok(()),
    }
}

/// Officers come to a seat, or chance decides: by a lot that was fixed before, or by one that was drawn at once.
fn drawn(service: &Service, case: &mut Case, seat: &str, draw: &Draw) -> Result<(), &'static str> {
    let bound = match (case.lots.remove(seat).map(|waiting| waiting.awaited), &draw.proof) {
        (Some(Awaited::Lot(lot)), Some(_)) if lot.is_of(draw) => lot.bound,
        (None | Some(Awaited::Case(_)), None) => None,
        _ => return Err("the draw is not of the lot that waits"),
    };
    match (service.lot(seat), &draw.route) {
        (Some(routes), Some(route)) => return ways::drawn(case, seat, routes, route, bound),
        (None, None) => {}
        _ => return Err("the draw is not of the kind that the stage has"),
    }
    if seat == AGAIN {
        case.called.extend(draw.drawn.clone());
    }
    case.officers.entry(seat.to_owned()).or_default().extend(draw.drawn.clone());
    Ok(())
}

fn seated(case: &mut Case, seat: &str, officer: &OfficerId) {
    case.officers.entry(seat.to_owned()).or_default().push(officer.clone());
    let Some(waiting) = case.lots.get_mut(seat).filter(|waiting| matches!(waiting.awaited, Awaited::Case(_))) else {
        return;
    };
    waiting.people = waiting.people.saturating_sub(1);
    if waiting.people == 0 {
        case.lots.remove(seat);
    }
}

fn vacate(case: &mut Case, seat: &str, officer: &OfficerId) -> Result<(), &'static str> {
    let seated = case.officers.get_mut(seat).ok_or("nobody sits there")?;
    seated.retain(|one| one != officer);
    if seat == AGAIN {
        case.called.remove(officer);
    }
    case.vacated.entry(seat.to_owned()).or_default().push(officer.clone());
    Ok(())
}

/// Of an officer's proposals that rival each other, the last counts.
fn propose(case: &mut Case, officer: &OfficerId, proposal: &Proposal) {
    case.called.remove(officer);
    case.proposals = case.proposals.saturating_add(1);
    case.proposed.retain(|former| former.officer != *officer || !former.proposal.rivals(proposal));
    case.proposed.push(Proposed { officer: officer.clone(), proposal: proposal.clone() });
}

fn revoke(case: &mut Case, ground: &Name) -> Result<(), &'static str> {
    ended(case)?.revoked = Some(ground.clone());
    settled(case);
    case.proposed.retain(|proposed| !matches!(proposed.proposal, Proposal::Revoke { .. }));
    Ok(())
}

/// What those who looked again agreed on is done.
fn settled(case: &mut Case) {
    case.called.clear();
    case.proposals = 0;
}

fn erase(
    service: &Service,
    case: &mut Case,
    (concepts, applicant): (&[String], bool),
    cause: &Cause,
    at: Timestamp,
) -> Result<(), &'static str> {
    ended(case)?;
    erasure::forget(service, case, concepts, applicant);
    case.erased.push(Erased { at, concepts: concepts.to_vec(), cause: cause.clone() });
    Ok(())
}

fn correct(case: &mut Case, fact: &Name, value: &Value) {
    case.facts.insert(fact.clone(), value.clone());
    settled(case);
    case.proposed
        .retain(|proposed| !matches!(&proposed.proposal, Proposal::Correct { fact: other, .. } if other == fact));
    // Nobody has signed for what stands now.
    if let Turn::Officers { signed, .. } = &mut case.turn {
        signed.clear();
    }
}

/// Whether something is kept for the case from now on, or no more.
fn booked(service: &Service, case: &mut Case, function: &str) -> Result<(), &'static str> {
    let Some(Reserve { book, free }) = &service.reserve else { return Ok(()) };
    if function == book.function {
        let by: Option<Vec<Value>> = book.of.iter().map(|fact| case.facts.get(fact).cloned()).collect();
        let by = by.ok_or("what something is kept by is not known")?;
        return match case.reserved.replace(by) {
            Some(_) => Err("something is kept for the case already"),
            None => Ok(()),
        };
    }
    if function == free.function && case.reserved.take().is_none() {
        return Err("nothing is kept for the case");
    }
    Ok(())
}

fn pay(case: &mut Case, receipt: &str, amount: &Money) {
    case.receipts.insert(receipt.to_owned());
    let nothing = || Money { minor: 0, currency: amount.currency.clone() };
    let paid = case.paid.entry(case.stage.clone()).or_insert_with(nothing);
    paid.minor = paid.minor.saturating_add(amount.minor);
}

fn ended(case: &mut Case) -> Result<&mut Ended, &'static str> {
    case.ended.as_mut().ok_or("the case has not ended")
}

fn answer(case: &mut Case, branch: &str, opinion: Opinion, ground: Option<&Name>) -> Result<(), &'static str> {
    let Turn::Consult { branches } = &mut case.turn else { return Err("nobody is being consulted") };
    let turn = branches.get_mut(branch).ok_or("there is no such branch")?;
    turn.opinion = Some(opinion);
    turn.ground = ground.cloned();
    if branches.values().all(|turn| turn.opinion.is_some()) {
        let objected = branches.values().any(|turn| turn.opinion == Some(Opinion::Object));
        let route = if objected { "object" } else { "agree" }.to_owned();
        let grounds: BTreeSet<&Name> = branches.values().filter_map(|turn| turn.ground.as_ref()).collect();
        let grounds = grounds.into_iter().cloned().collect();
        case.decision = Some(Decision { stage: case.stage.clone(), route, grounds, by: Decider::Consult });
    }
    Ok(())
}

fn turn(
    service: &Service,
    stage: &str,
    due: &BTreeMap<Name, Timestamp>,
    amount: Option<&Money>,
) -> Result<Turn, &'static str> {
    let stage = service.stage(stage).ok_or("the definition has no such stage")?;
    let own_due = due.get(&stage.name).copied().ok_or("the stage's deadline is missing");
    Ok(match &stage.kind {
        StageKind::Decide { .. } | StageKind::End(_) => Turn::Rules,
        StageKind::Officer(_) | StageKind::Inspect(_) => Turn::Officers { due: own_due?, signed: BTreeMap::new() },
        StageKind::Consult { .. } => {
            let turn = |(name, due): (&Name, &Timestamp)| {
                (name.clone(), BranchTurn { due: *due, opinion: None, ground: None })
            };
            Turn::Consult { branches: due.iter().map(turn).collect() }
        }
        StageKind::Applicant { .. } => Turn::Applicant { due: own_due? },
        StageKind::Pay { .. } => {
            Turn::Payment { due: own_due?, amount: amount.cloned().ok_or("the amount is missing")? }
        }
        StageKind::Wait { .. } | StageKind::Lot { .. } => Turn::Waiting { due: own_due? },
    })
}
