//! Officers who were drawn to look at the case again revoke the certificate that the case issued, on a ground of the zone's law that is in force.

use definition::model::Name;

use super::run::Run;
use super::{text, together};
use crate::act::Actor;
use crate::case::{AGAIN, Proposal};
use crate::event::What;
use crate::refusal::Refusal;

pub(super) fn revoke(run: &mut Run<'_>, actor: &Actor, ground: &Name, note: &str) -> Result<(), Refusal> {
    let officer = run.officer(actor, AGAIN)?;
    text::optional("note", note)?;
    let ended = run.case.ended.as_ref().ok_or(Refusal::NoCertificate)?;
    if ended.certificate.is_none() || ended.revoked.is_some() {
        return Err(Refusal::NoCertificate);
    }
    run.ground(Some(ground), run.zone.grounds.keys(), true)?;
    let ground = ground.clone();
    let agreed = together::agree(run, officer, Proposal::Revoke { ground: ground.clone() }, note)?;
    let Some(officers) = agreed else { return Ok(()) };
    run.record(What::Revoked { ground, officers, note: note.to_owned() })
}
