//! An appeal is a case of its own, linked to the one whose decision it attacks; these acts are how the two speak, by way of the outbox.

use definition::model::{Appeal, StageKind};
use jiff::Timestamp;

use super::run::Run;
use crate::CaseId;
use crate::act::Actor;
use crate::event::What;
use crate::refusal::Refusal;

/// An appeal was opened against this case. Word of it may arrive late; the appeal is in time if it was opened in time.
pub(super) fn appeal(run: &mut Run<'_>, actor: &Actor, by: CaseId, opened: Timestamp) -> Result<(), Refusal> {
    spoken_by(actor, by)?;
    way(run)?;
    let ended = run.case.ended.as_ref().ok_or_else(|| run.not_now())?;
    let in_time = ended.at <= opened && ended.appeal_until.is_some_and(|until| opened < until);
    if ended.appealed_by.is_some() {
        return Err(Refusal::AppealOpened);
    }
    if !in_time {
        return Err(Refusal::NoAppeal { until: ended.appeal_until });
    }
    run.record(What::Appealed { by })
}

/// The appeal succeeded: the decision falls, and the case goes on where the definition says.
pub(super) fn overturn(run: &mut Run<'_>, actor: &Actor, by: CaseId) -> Result<(), Refusal> {
    spoken_by(actor, by)?;
    let target = way(run)?.overturned.clone();
    let ended = run.case.ended.as_ref().ok_or_else(|| run.not_now())?;
    if ended.appealed_by != Some(by) {
        return Err(Refusal::NoAppeal { until: ended.appeal_until });
    }
    let target = target.ok_or(Refusal::NoAppeal { until: ended.appeal_until })?;
    run.record(What::Overturned { by })?;
    // Whoever decided on the appeal acted in another case.
    run.unattended = true;
    run.enter(&target)
}

fn spoken_by(actor: &Actor, by: CaseId) -> Result<(), Refusal> {
    if *actor == Actor::Case(by) { Ok(()) } else { Err(Refusal::NotYours) }
}

/// The way to an appeal from the end at which the case stands.
fn way<'a>(run: &Run<'a>) -> Result<&'a Appeal, Refusal> {
    match &run.stage()?.kind {
        StageKind::End(end) => end.appeal.as_ref().ok_or(Refusal::NoAppeal { until: None }),
        _ => Err(run.not_now()),
    }
}
