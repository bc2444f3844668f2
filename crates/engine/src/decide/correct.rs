//! An officer of the authority mends a clerical error: a fact on which nothing was decided. What decides something is not clerical.

use definition::model::{Fact, FactPath, Name, Service, Source};
use definition::value::Value;

use super::run::Run;
use super::text;
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
    let problem = |wrong| Refusal::Facts(vec![FactProblem { fact: name.clone(), wrong }]);
    let fact = run.service.fact(name).ok_or_else(|| problem(Wrong::NotAsked))?;
    if !run.case.facts.contains_key(name) {
        return Err(problem(Wrong::Missing));
    }
    if !correctable(run.service, fact) {
        return Err(Refusal::DecidesSomething { fact: name.clone() });
    }
    fact.type_.accepts(value, &run.zone.lists).map_err(|wrong| problem(Wrong::Value(wrong)))?;
    run.record(What::Corrected { fact: name.clone(), value: value.clone(), officer, reason: reason.to_owned() })
}

/// Whether an error in a fact can be clerical: no rule, fee or clock reads it, and no register owns it.
pub fn correctable(service: &Service, fact: &Fact) -> bool {
    let reads = |path: &FactPath| match path {
        FactPath::Fact(name) | FactPath::Attribute { fact: name, .. } | FactPath::Record { fact: name, .. } => {
            *name == fact.name
        }
        FactPath::Output { .. } | FactPath::Applicant { .. } => false,
    };
    !matches!(fact.source, Source::Register { .. }) && !reading::paths(service).into_iter().any(reads)
}
