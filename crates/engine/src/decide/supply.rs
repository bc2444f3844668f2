//! The applicant supplies what was asked, or what the stage needs.

use std::collections::BTreeMap;

use definition::model::{Fact, Name, StageKind, Unit};
use definition::value::Value;
use jiff::Timestamp;

use super::open;
use super::run::Run;
use crate::act::Actor;
use crate::case::Turn;
use crate::clock;
use crate::event::What;
use crate::reading;
use crate::refusal::Refusal;
use crate::rules;

pub(super) fn supply(run: &mut Run<'_>, actor: &Actor, facts: &BTreeMap<Name, Value>) -> Result<(), Refusal> {
    run.applicant(actor)?;
    match (&run.case.turn, &run.stage()?.kind) {
        (Turn::Answer { items, asked_at, officers_due, .. }, _) => {
            let names: Vec<Name> = items.iter().map(|item| item.fact.clone()).collect();
            let (asked_at, officers_due) = (*asked_at, *officers_due);
            no_strangers(run, actor, facts)?;
            let read = examine(run, &names, true, facts)?;
            let due = moved(run, officers_due, asked_at)?;
            supplied(run, facts, What::Supplied { facts: facts.clone(), read, due: Some(due) })?;
            match overruled(run) {
                Some(stage) => run.enter(&stage),
                None => Ok(()),
            }
        }
        (Turn::Applicant { .. }, StageKind::Applicant { facts: names, then, .. }) => {
            no_strangers(run, actor, facts)?;
            let read = examine(run, names, false, facts)?;
            supplied(run, facts, What::Supplied { facts: facts.clone(), read, due: None })?;
            run.enter(then)
        }
        _ => Err(run.not_now()),
    }
}

/// Records what was supplied, and works out what follows. What was kept for the case by it is kept by what stands now.
fn supplied(run: &mut Run<'_>, facts: &BTreeMap<Name, Value>, what: What) -> Result<(), Refusal> {
    let is_kept_by_it = run.is_reserved_by(facts);
    run.record(what)?;
    if is_kept_by_it {
        run.unreserve()?;
    }
    run.compute_from(facts)?;
    if is_kept_by_it { run.reserve() } else { Ok(()) }
}

/// That an agent names no other record of the holder's than that for which they act.
fn no_strangers(run: &Run<'_>, actor: &Actor, facts: &BTreeMap<Name, Value>) -> Result<(), Refusal> {
    let Actor::Agent(agency) = actor else { return Ok(()) };
    let problems = open::not_the_principals(run.service, facts, &agency.principal);
    if problems.is_empty() { Ok(()) } else { Err(Refusal::Facts(problems)) }
}

/// The first stage whose rule decided on what has changed, and would now decide otherwise: from there the case goes on again, so that nobody gets by an
/// answer what the rules refuse, or refuse to whom they grant.
fn overruled(run: &Run<'_>) -> Option<Name> {
    run.service.stages.iter().find_map(|stage| {
        let StageKind::Decide { table, .. } = &stage.kind else { return None };
        let output = |path: &str| path.strip_prefix(table.as_str())?.strip_prefix('.').map(str::to_owned);
        let decided: BTreeMap<Name, &Value> =
            run.case.facts.iter().filter_map(|(path, value)| Some((output(path)?, value))).collect();
        if decided.is_empty() {
            return None;
        }
        let ruled = rules::apply(run.zone, &run.case.facts, run.service.tables.get(table)?);
        let stands =
            ruled.is_some_and(|ruled| ruled.outputs.iter().eq(decided.iter().map(|(name, value)| (name, *value))));
        (!stands).then(|| stage.name.clone())
    })
}

/// What registers say about the facts, if nothing is wrong with them. What an officer asked for must all be given.
fn examine(
    run: &Run<'_>,
    names: &[Name],
    asked: bool,
    given: &BTreeMap<Name, Value>,
) -> Result<BTreeMap<String, Value>, Refusal> {
    let due: Vec<&Fact> = run.service.facts.iter().filter(|fact| names.contains(&fact.name)).collect();
    let mut problems = open::against(run.zone, run.service, &due, given, None);
    if asked {
        let missing = due.iter().filter(|fact| !given.contains_key(&fact.name));
        let missing = missing.filter(|fact| !problems.iter().any(|problem| problem.fact == fact.name));
        let missing: Vec<_> = missing.map(|fact| open::missing(&fact.name)).collect();
        problems.extend(missing);
    }
    let mut all = run.case.facts.clone();
    all.extend(given.clone());
    let (read, wrong) = reading::registers(run.service, &all, &run.case.applicant, run.world);
    problems.extend(wrong.into_iter().filter(|problem| given.contains_key(&problem.fact)));
    if problems.is_empty() { Ok(read) } else { Err(Refusal::Facts(problems)) }
}

fn moved(run: &Run<'_>, officers_due: Timestamp, asked_at: Timestamp) -> Result<Timestamp, Refusal> {
    let unit = run.desk().map_or(Unit::Workdays, |desk| desk.wait.within.unit);
    clock::moved(run.zone, officers_due, unit, asked_at, run.world.now).ok_or_else(|| run.undecidable("calendar"))
}
