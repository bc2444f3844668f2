//! The applicant takes the application back, at any time before the end but where a stage binds them.

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
    if run.service.stage(&run.case.stage).is_some_and(|stage| stage.binding) {
        return Err(Refusal::Bound { stage: run.case.stage.clone() });
    }
    text::optional("reason", reason)?;
    run.record(What::Withdrawn { reason: reason.to_owned() })?;
    run.unreserve()?;
    let outcome = Outcome::Withdrawn;
    run.record(What::Ended { outcome, certificate: None, enter: None, appeal_until: None, overturn: false })
}
