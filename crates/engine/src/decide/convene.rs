//! Looking at a case again. An officer of the authority says why; who looks is drawn by lot, from the role that decides or decided: nobody chooses who
//! mends or revokes, and whoever asks for it is not among them.

use definition::model::{Name, StageKind};

use super::run::Run;
use super::{correct, text, together};
use crate::act::Actor;
use crate::case::{AGAIN, OfficerId};
use crate::event::What;
use crate::lot::Candidate;
use crate::refusal::Refusal;

/// Has officers drawn, or further ones for those who left.
pub(super) fn convene(run: &mut Run<'_>, actor: &Actor, reason: &str) -> Result<(), Refusal> {
    let officer = run.colleague(actor)?;
    text::required("reason", reason)?;
    if !anything_to_do(run) {
        return Err(Refusal::NoCertificate);
    }
    let there = run.case.drawn(AGAIN).iter().filter(|drawn| run.serves(drawn)).count();
    let missing = together::people(run).saturating_sub(u32::try_from(there).unwrap_or(u32::MAX));
    if missing == 0 {
        return Err(Refusal::ConvenedAlready);
    }
    run.record(What::Convened { officer: officer.clone(), reason: reason.to_owned() })?;
    let (role, free) = candidates(run, &officer);
    run.lot(AGAIN, &role, free, missing)
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

/// Those who may be drawn, and the role to name when they are too few: of the desk that decided, or at which the case stands; where rules or others
/// decided, of every role of the authority.
fn candidates(run: &Run<'_>, convener: &OfficerId) -> (Name, Vec<Candidate>) {
    let decided = run.case.decision.as_ref().filter(|_| run.case.ended.is_some()).map(|decision| &decision.stage);
    let stage = run.service.stage(decided.unwrap_or(&run.case.stage));
    let roles: Vec<&Name> = match stage.map(|stage| &stage.kind) {
        Some(StageKind::Officer(desk) | StageKind::Inspect(desk)) => vec![&desk.role],
        _ => {
            let of_authority = run.zone.roles.iter().filter(|(_, role)| role.authority == run.service.authority);
            of_authority.map(|(name, _)| name).collect()
        }
    };
    let free = roles.iter().flat_map(|role| run.free(AGAIN, role));
    let free = free.filter(|one| one.officer != *convener && !run.is_one_person(&one.officer, convener));
    (roles.first().map(|role| (*role).clone()).unwrap_or_default(), free.collect())
}
