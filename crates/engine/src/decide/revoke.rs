//! An officer of the authority revokes the certificate that the case issued, on a ground of the zone's law.

use definition::model::Name;

use super::run::{self, Run};
use super::text;
use crate::act::Actor;
use crate::event::What;
use crate::refusal::Refusal;

pub(super) fn revoke(run: &mut Run<'_>, actor: &Actor, ground: &Name, note: &str) -> Result<(), Refusal> {
    let officer = run.colleague(actor)?;
    text::optional("note", note)?;
    let ended = run.case.ended.as_ref().ok_or(Refusal::NoCertificate)?;
    if ended.certificate.is_none() || ended.revoked.is_some() {
        return Err(Refusal::NoCertificate);
    }
    let grounds: Vec<Name> = run.zone.grounds.keys().cloned().collect();
    run::ground(Some(ground), &grounds, true)?;
    run.record(What::Revoked { ground: ground.clone(), officer, note: note.to_owned() })
}
