//! Reading values: what a case knows under a fact path, and what registers must be asked before an act.
//!
//! Must not know of: stores; it only says what is to be read.

use std::collections::BTreeMap;

use definition::model::{Fact, FactPath, Name, Service, Source, StageKind, Until, Zone};
use definition::value::Value;

use crate::refusal::{FactProblem, Wrong};
use crate::world::{Record, World};

/// What a path gives, if it is known.
pub fn read(zone: &Zone, facts: &BTreeMap<String, Value>, path: &FactPath) -> Option<Value> {
    let FactPath::Attribute { fact, list, attribute } = path else { return facts.get(&path.key()).cloned() };
    let Some(Value::Code(code)) = facts.get(fact) else { return None };
    let attributes = zone.lists.get(list)?.values.get(code)?;
    attributes.get(attribute).map(|value| Value::Code(value.clone()))
}

/// Every path that the service reads anywhere, in order and each once.
pub fn paths(service: &Service) -> Vec<&FactPath> {
    let mut paths: Vec<&FactPath> = each_path(service).collect();
    paths.sort();
    paths.dedup();
    paths
}

/// Every path that the service reads anywhere, as often as it does.
pub fn each_path(service: &Service) -> impl Iterator<Item = &FactPath> {
    let tables = service.tables.values().flat_map(|table| &table.inputs);
    let stages = service.stages.iter().filter_map(|stage| match &stage.kind {
        StageKind::Pay { amount, .. } => Some(amount),
        StageKind::Wait { until: Until::Date(path), .. } => Some(path),
        _ => None,
    });
    let functions = service.facts.iter().filter_map(|fact| match &fact.source {
        Source::Function { of, .. } => Some(of),
        _ => None,
    });
    tables.chain(stages).chain(functions.flatten())
}

/// What the registers say about these facts, by path, and everything that is wrong with them.
pub fn registers(
    service: &Service,
    facts: &BTreeMap<Name, Value>,
    applicant: &str,
    world: &World<'_>,
) -> (BTreeMap<String, Value>, Vec<FactProblem>) {
    let mut said = BTreeMap::new();
    let mut problems = Vec::new();
    for fact in service.facts.iter().filter(|fact| facts.contains_key(&fact.name)) {
        let Source::Register { held_by, .. } = &fact.source else { continue };
        // Of what is whose nobody said, there is nothing to say; that it was not said is told.
        if held_by.as_ref().is_some_and(|holder| !facts.contains_key(holder)) {
            continue;
        }
        match world.records.get(&fact.name).filter(|_| is_theirs(service, fact, facts, applicant, world)) {
            Some(record) => said.extend(of_record(service, &fact.name, record)),
            None => problems.push(FactProblem { fact: fact.name.clone(), wrong: Wrong::NoRecord }),
        }
    }
    for path in paths(service) {
        if let FactPath::Applicant { concept } = path {
            said.extend(world.applicant.get(concept).map(|value| (path.key(), value.clone())));
        }
    }
    (said, problems)
}

/// Whether the record that a fact names is there and the applicant's, or held by what is theirs all the way up: of what another's company holds nothing is
/// told, and neither whether it holds it.
fn is_theirs(
    service: &Service,
    fact: &Fact,
    facts: &BTreeMap<Name, Value>,
    applicant: &str,
    world: &World<'_>,
) -> bool {
    let mut fact = fact;
    // A definition has no circle of holders; if it had, nobody would hold anything.
    for _ in 0..service.facts.len() {
        let Source::Register { held_by, .. } = &fact.source else { return true };
        let Some(record) = world.records.get(&fact.name) else { return false };
        let Some(holder) = held_by else { return record.held_by.as_deref() == Some(applicant) };
        if record.held_by != facts.get(holder).and_then(record_key) {
            return false;
        }
        let Some(next) = service.fact(holder) else { return true };
        fact = next;
    }
    false
}

/// Whether anything that a rule, a fee, a clock, a function or accounts decide depends on a fact.
pub fn is_read(service: &Service, fact: &str) -> bool {
    let is_booked = service.bookings().flat_map(|booking| &booking.of).any(|given| given == fact);
    is_booked || each_path(service).any(|path| path.fact().is_some_and(|name| name == fact))
}

/// The key of a register's record that a fact's value names.
pub fn record_key(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) | Value::Code(text) => Some(text.clone()),
        Value::Decimal(number) => Some(number.normalize().to_string()),
        _ => None,
    }
}

fn of_record(service: &Service, name: &str, record: &Record) -> Vec<(String, Value)> {
    paths(service)
        .into_iter()
        .filter_map(|path| match path {
            FactPath::Record { fact, concept, .. } if fact == name => {
                record.values.get(concept).map(|value| (path.key(), value.clone()))
            }
            _ => None,
        })
        .collect()
}
