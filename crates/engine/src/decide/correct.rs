//! An officer of the authority mends a clerical error: a fact on which nothing was decided. What decides something is not clerical.

use definition::model::{Fact, Name, Service, Source};
use definition::value::Value;

use super::run::Run;
use super::{open, text};
use crate::act::Actor;
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
    let officer = run.colleague(actor)?;
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
    let said = fact.type_.accepts(value, &run.zone.lists).and_then(|()| open::is_sayable(value));
    said.map_err(|wrong| problem(Wrong::Value(wrong)))?;
    let (fact, value, reason) = (name.clone(), value.clone(), reason.to_owned());
    run.record(What::Corrected { fact, was, value, officer, reason })
}

/// Whether an error in a fact can be clerical: no rule, fee or clock reads it, no register owns it, and it is no evidence that an inspector recorded.
pub fn correctable(service: &Service, fact: &Fact) -> bool {
    matches!(fact.source, Source::Ask { .. }) && !reading::is_read(service, &fact.name)
}
