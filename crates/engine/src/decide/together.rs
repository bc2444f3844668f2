//! What officers who were drawn to look at a case again do together or not at all: what one proposes has its effect when as many agree as had to
//! agree on the decision, and two at least.

use definition::model::StageKind;

use super::run::Run;
use crate::case::{OfficerId, Proposal};
use crate::event::What;
use crate::refusal::Refusal;

const PEOPLE_MIN: u32 = 2;
/// Most proposals before anything comes of them: each is in the record for ever, and a few people can agree in fewer.
const PROPOSALS_MAX: u32 = 32;

/// Those who agree, this officer the last of them; none while more are needed, and then it is recorded as proposed.
pub(super) fn agree(
    run: &mut Run<'_>,
    officer: OfficerId,
    proposal: Proposal,
    note: &str,
) -> Result<Option<Vec<OfficerId>>, Refusal> {
    let same = run.case.proposed.iter().filter(|proposed| proposed.proposal == proposal);
    let mut officers: Vec<OfficerId> = same.map(|proposed| proposed.officer.clone()).collect();
    if officers.iter().any(|other| *other == officer || run.is_one_person(other, &officer)) {
        return Err(Refusal::SignedAlready);
    }
    officers.push(officer.clone());
    if officers.len() >= people(run) as usize {
        return Ok(Some(officers));
    }
    if run.case.proposals >= PROPOSALS_MAX {
        return Err(Refusal::TooManyProposals);
    }
    run.record(What::Proposed { proposal, officer, note: note.to_owned() })?;
    Ok(None)
}

/// How many must agree: as many as decided in the stage of the decision that stands.
pub(super) fn people(run: &Run<'_>) -> u32 {
    let decided = run.case.decision.as_ref().and_then(|decision| run.service.stage(&decision.stage));
    let desk = match decided.map(|stage| &stage.kind) {
        Some(StageKind::Officer(desk) | StageKind::Inspect(desk)) => desk.people,
        _ => PEOPLE_MIN,
    };
    desk.max(PEOPLE_MIN)
}
