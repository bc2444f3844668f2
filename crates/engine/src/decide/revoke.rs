//! Officers of the authority revoke the certificate that the case issued, on a ground of the zone's law. Nobody does it alone: what one proposes has
//! its effect when as many agree on the ground as had to agree on the grant, and two at least.

use definition::model::{Name, StageKind};

use super::run::{self, Run};
use super::text;
use crate::act::Actor;
use crate::case::OfficerId;
use crate::event::What;
use crate::refusal::Refusal;

const PEOPLE_MIN: u32 = 2;

pub(super) fn revoke(run: &mut Run<'_>, actor: &Actor, ground: &Name, note: &str) -> Result<(), Refusal> {
    let officer = run.colleague(actor)?;
    text::optional("note", note)?;
    let ended = run.case.ended.as_ref().ok_or(Refusal::NoCertificate)?;
    if ended.certificate.is_none() || ended.revoked.is_some() {
        return Err(Refusal::NoCertificate);
    }
    let grounds: Vec<Name> = run.zone.grounds.keys().cloned().collect();
    run::ground(Some(ground), &grounds, true)?;
    if ended.proposed.get(&officer) == Some(ground) {
        return Err(Refusal::SignedAlready);
    }
    let agree = ended.proposed.iter().filter(|(other, on)| **other != officer && *on == ground);
    let officers: Vec<OfficerId> = agree.map(|(other, _)| other.clone()).chain([officer.clone()]).collect();
    let (ground, note) = (ground.clone(), note.to_owned());
    if officers.len() < people(run) as usize {
        return run.record(What::Proposed { ground, officer, note });
    }
    run.record(What::Revoked { ground, officers, note })
}

/// How many must agree: as many as decided in the stage of the decision that stands.
fn people(run: &Run<'_>) -> u32 {
    let decided = run.case.decision.as_ref().and_then(|decision| run.service.stage(&decision.stage));
    let desk = match decided.map(|stage| &stage.kind) {
        Some(StageKind::Officer(desk) | StageKind::Inspect(desk)) => desk.people,
        _ => PEOPLE_MIN,
    };
    desk.max(PEOPLE_MIN)
}
