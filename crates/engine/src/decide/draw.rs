//! The randomness of a lot is there, or the other case for whose lot this one waited was drawn for. Both come from the beacon, which is an actor like
//! any other: it can only bring what was waited for.
//!
//! A lot that was fixed is drawn whatever became of the case: whoever could stop a draw by withdrawing could choose among draws.

use definition::model::{Name, StageKind};

use super::run::Run;
use super::vacate;
use crate::act::Actor;
use crate::case::{Awaited, Digest, branch_seat};
use crate::event::What;
use crate::lot::Proof;
use crate::refusal::Refusal;

pub(super) fn draw(
    run: &mut Run<'_>,
    actor: &Actor,
    seat: &str,
    number: u64,
    randomness: Digest,
    proof: &Proof,
) -> Result<(), Refusal> {
    from_the_beacon(actor)?;
    run.unattended = true;
    let Awaited::Lot(lot) = run.awaited(seat, number)? else { return Err(Refusal::NoLot) };
    if !proof.answers(&lot.source) {
        return Err(Refusal::NoLot);
    }
    let draw = lot.draw(randomness, proof.clone()).ok_or_else(|| run.undecidable("lot"))?;
    run.record(What::Drawn { seat: seat.to_owned(), draw })?;
    if run.routes(seat).is_some() { run.fell(seat) } else { vacate::fill(run, seat) }
}

pub(super) fn share(run: &mut Run<'_>, actor: &Actor, seat: &str, number: u64) -> Result<(), Refusal> {
    from_the_beacon(actor)?;
    run.unattended = true;
    let Awaited::Case(other) = run.awaited(seat, number)? else { return Err(Refusal::NoLot) };
    if run.world.lots.waiting.get(seat).is_some_and(|lot| lot.case == *other) {
        return Err(Refusal::NotDue);
    }
    if let Some(routes) = run.routes(seat) {
        return match run.falls(seat, routes)? {
            Some(next) => run.enter(&next),
            None => Ok(()),
        };
    }
    let role = role(run, seat)?;
    let people = run.case.lots.get(seat).map_or(0, |waiting| waiting.people);
    run.draw_more(seat, &role, people)
}

fn from_the_beacon(actor: &Actor) -> Result<(), Refusal> {
    if *actor == Actor::Beacon { Ok(()) } else { Err(Refusal::NotYours) }
}

/// The role that a seat is for.
fn role(run: &Run<'_>, seat: &str) -> Result<Name, Refusal> {
    let roles = run.service.stages.iter().find_map(|stage| match &stage.kind {
        StageKind::Officer(desk) | StageKind::Inspect(desk) => (stage.name == seat).then(|| desk.role.clone()),
        StageKind::Consult { branches, .. } => {
            let branch = branches.iter().find(|branch| branch_seat(&stage.name, &branch.name) == seat);
            branch.map(|branch| branch.role.clone())
        }
        _ => None,
    });
    roles.ok_or_else(|| run.undecidable(seat))
}
