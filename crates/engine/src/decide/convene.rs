//! Looking at a case again. An officer of the authority says why; who looks is drawn by lot, from the role that decides or decided: nobody chooses who
//! mends or revokes, and whoever asks for it is not among them.

use definition::model::{Name, StageKind};

use super::run::Run;
use super::{correct, text, together};
use crate::act::Actor;
use crate::case::AGAIN;
use crate::event::What;
use crate::refusal::Refusal;

/// Has officers drawn, or further ones for those who left.
pub(super) fn convene(run: &mut Run<'_>, actor: &Actor, reason: &str) -> Result<(), Refusal> {
    let officer = run.colleague(actor)?;
    text::required("reason", reason)?;
    if !anything_to_do(run) {
        return Err(Refusal::NoCertificate);
    }
    let there = run.case.drawn(AGAIN).iter().filter(|drawn| run.serves(drawn)).count();
    let coming = run.case.lots.get(AGAIN).map_or(0, |waiting| waiting.people);
    let there = u32::try_from(there).unwrap_or(u32::MAX).saturating_add(coming);
    let missing = together::people(run).saturating_sub(there);
    if missing == 0 {
        return Err(Refusal::ConvenedAlready);
    }
    run.record(What::Convened { officer: officer.clone(), reason: reason.to_owned() })?;
    let roles = roles(run);
    let roles: Vec<&str> = roles.iter().map(String::as_str).collect();
    let free = run.free(AGAIN, &roles, missing, Some(&officer));
    run.lot(AGAIN, roles.first().copied().unwrap_or_default(), free, missing)
}

/// An officer who looks again leaves the case as it stands.
pub(super) fn keep(run: &mut Run<'_>, actor: &Actor, note: &str) -> Result<(), Refusal> {
    let officer = run.officer(actor, AGAIN)?;
    text::optional("note", note)?;
    if !run.case.called.contains(&officer) {
        return Err(Refusal::SignedAlready);
    }
    run.record(What::Kept { officer, note: note.to_owned() })
}

/// Whether a certificate could be revoked or an error mended.
fn anything_to_do(run: &Run<'_>) -> bool {
    let revoked = run.case.ended.as_ref().is_some_and(|ended| ended.revoked.is_some());
    let issued = run.case.ended.as_ref().is_some_and(|ended| ended.certificate.is_some());
    let known = |fact: &&definition::model::Fact| run.case.facts.contains_key(&fact.name);
    let mendable = run.service.facts.iter().filter(known).any(|fact| correct::correctable(run.service, fact));
    !revoked && (issued || mendable)
}

/// The roles that are drawn from: of the desk that decided, or at which the case stands; where rules or others decided, every role of the authority.
fn roles(run: &Run<'_>) -> Vec<Name> {
    let decided = run.case.decision.as_ref().filter(|_| run.case.ended.is_some()).map(|decision| &decision.stage);
    let stage = run.service.stage(decided.unwrap_or(&run.case.stage));
    match stage.map(|stage| &stage.kind) {
        Some(StageKind::Officer(desk) | StageKind::Inspect(desk)) => vec![desk.role.clone()],
        _ => {
            let of_authority = run.zone.roles.iter().filter(|(_, role)| role.authority == run.service.authority);
            of_authority.map(|(name, _)| name.clone()).collect()
        }
    }
}
