//! Officers who were drawn to look at the case again mend a clerical error: in a text that the applicant wrote, and that no rule reads. What decides something is not clerical,
//! and a document, a number or a choice is no slip of the pen.

use definition::model::{Fact, Name, Service, Source};
use definition::value::{Kind, Value};

use super::run::Run;
use super::{open, text, together};
use crate::act::Actor;
use crate::case::{AGAIN, Proposal};
use crate::event::What;
use crate::reading;
use crate::refusal::{FactProblem, Refusal, Wrong};

pub(super) fn correct(
    run: &mut Run<'_>,
    actor: &Actor,
    name: &Name,
    value: &Value,
    reason: &str,
) -> Result<(), Refusal> {
    let officer = run.officer(actor, AGAIN)?;
    text::required("reason", reason)?;
    if run.case.ended.as_ref().is_some_and(|ended| ended.revoked.is_some()) {
        return Err(Refusal::NoCertificate);
    }
    let problem = |wrong| Refusal::Facts(vec![FactProblem { fact: name.clone(), wrong }]);
    let fact = run.service.fact(name).ok_or_else(|| problem(Wrong::NotAsked))?;
    let was = run.case.facts.get(name).cloned().ok_or_else(|| problem(Wrong::Missing))?;
    if !correctable(run.service, fact) {
        return Err(Refusal::DecidesSomething { fact: name.clone() });
    }
    let said = fact.type_.accepts(value, &run.zone.lists).and_then(|()| open::is_sayable(&fact.type_, value));
    said.map_err(|wrong| problem(Wrong::Value(wrong)))?;
    if was == *value {
        return Err(problem(Wrong::Unchanged));
    }
    let (fact, value) = (name.clone(), value.clone());
    let agreed = together::agree(run, officer, Proposal::Correct { fact: fact.clone(), value: value.clone() }, reason)?;
    let Some(officers) = agreed else { return Ok(()) };
    run.record(What::Corrected { fact, was, value, officers, reason: reason.to_owned() })
}

/// Whether an error in a fact can be clerical: it is a text that the applicant was asked for, and no rule, fee or clock reads it.
pub fn correctable(service: &Service, fact: &Fact) -> bool {
    matches!(fact.source, Source::Ask { .. })
        && fact.type_.kind() == Kind::Text
        && !reading::is_read(service, &fact.name)
}
