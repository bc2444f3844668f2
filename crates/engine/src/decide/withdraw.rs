//! The applicant takes the application back, at any time before the end.

use definition::model::Outcome;

use super::run::Run;
use super::text;
use crate::act::Actor;
use crate::event::What;
use crate::refusal::Refusal;

pub(super) fn withdraw(run: &mut Run<'_>, actor: &Actor, reason: &str) -> Result<(), Refusal> {
    run.applicant(actor)?;
    if run.case.ended.is_some() {
        return Err(Refusal::Ended);
    }
    text::optional("reason", reason)?;
    run.record(What::Withdrawn { reason: reason.to_owned() })?;
    let outcome = Outcome::Withdrawn;
    run.record(What::Ended { outcome, certificate: None, enter: None, appeal_until: None, overturn: false })
}
