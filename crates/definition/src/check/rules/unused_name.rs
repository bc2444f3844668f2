//! Something is defined and never used.
//!
//! A ground that nothing cites, a code list that no concept has, a concept that no fact is about and no register holds, a role that no stage draws from,
//! a register that nothing reads or enters, a table that no stage decides or proposes by, and a fact that is asked and that no rule, register or
//! public record uses. Texts, documents and places are read by people, so they count as used.
//!
//! Its author believes that it does something; a person who is asked for what nobody uses is asked for nothing.
//!
//! To mend it, use it or remove it. A name that was meant elsewhere is often misspelt there.

use std::collections::BTreeSet;

use crate::check::context::Context;
use crate::model::{Desk, FactPath, Register, Service, Source, Stage, StageKind, Until};
use crate::places::Part;
use crate::problem::{Code, Problem};
use crate::value::Type;

/// This rule.
pub const CODE: Code = Code { id: "P111", name: "unused-name" };

/// The register that accounts come from; the zone itself uses it.
const PEOPLE: &str = "people";

/// Looks at everything that has a name.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    let mut tell = |part: Part, what: &str, name: &str| problems.push(problem(context, &part, what, name));
    let zone = context.zone;
    let grounds: BTreeSet<&str> = context.services.iter().flat_map(cited).map(|(ground, _)| ground).collect();
    for name in zone.grounds.keys().filter(|name| !grounds.contains(name.as_str())) {
        tell(Part::Ground(name.clone()), "ground", name);
    }
    let lists = lists(context);
    for name in zone.lists.keys().filter(|name| !lists.contains(name.as_str())) {
        tell(Part::List(name.clone()), "code list", name);
    }
    let concepts = concepts(context);
    for name in zone.concepts.keys().filter(|name| !concepts.contains(name.as_str())) {
        tell(Part::Concept(name.clone()), "concept", name);
    }
    let roles: BTreeSet<&str> = stages(context).flat_map(|(_, stage)| roles(stage)).collect();
    for name in zone.roles.keys().filter(|name| !roles.contains(name.as_str())) {
        tell(Part::Role(name.clone()), "role", name);
    }
    let registers: BTreeSet<&str> = context.services.iter().flat_map(registers).collect();
    for name in zone.registers.keys().filter(|name| *name != PEOPLE && !registers.contains(name.as_str())) {
        tell(Part::Register(name.clone()), "register", name);
    }
    for service in context.services {
        let tables: BTreeSet<&str> = service.stages.iter().filter_map(table).collect();
        for name in service.tables.keys().filter(|name| !tables.contains(name.as_str())) {
            tell(Part::Table(service.name.clone(), name.clone()), "table", name);
        }
        for name in unused_facts(context, service) {
            tell(Part::Fact(service.name.clone(), name.to_owned()), "fact", name);
        }
    }
}

fn problem(context: &Context<'_>, part: &Part, what: &str, name: &str) -> Problem {
    Problem {
        code: CODE,
        span: context.places.find(part),
        message: format!("the {what} `{name}` is never used"),
        related: Vec::new(),
        why: "its author believes that it does something, and it does nothing for anyone".to_owned(),
        help: "use it or remove it; where it was meant, another name may stand".to_owned(),
    }
}

fn stages<'a>(context: &Context<'a>) -> impl Iterator<Item = (&'a Service, &'a Stage)> {
    context.services.iter().flat_map(|service| service.stages.iter().map(move |stage| (service, stage)))
}

/// Every ground that a service cites, and where.
pub(super) fn cited(service: &Service) -> impl Iterator<Item = (&str, Part)> {
    let rows = service.tables.iter().flat_map(move |(name, table)| {
        let each = table.grounds.iter().enumerate();
        each.filter_map(move |(row, ground)| {
            Some((ground.as_deref()?, Part::TableRow(service.name.clone(), name.clone(), row)))
        })
    });
    let at = |stage: &Stage, key: &str| Part::StageKey(service.name.clone(), stage.name.clone(), key.to_owned());
    let stages = service.stages.iter().flat_map(move |stage| {
        let (key, grounds): (&str, Vec<&str>) = match &stage.kind {
            StageKind::Officer(Desk { grounds, .. })
            | StageKind::Inspect(Desk { grounds, .. })
            | StageKind::Consult { grounds, .. } => ("grounds", grounds.iter().map(String::as_str).collect()),
            StageKind::Pay { ground, .. } => ("ground", vec![ground]),
            _ => ("", Vec::new()),
        };
        grounds.into_iter().map(move |ground| (ground, at(stage, key)))
    });
    rows.chain(stages)
}

/// The lists that types name, and those that their attributes are from.
fn lists<'a>(context: &'a Context<'_>) -> BTreeSet<&'a str> {
    let of = |type_: &'a Type| if let Type::Code(list) = type_ { Some(list.as_str()) } else { None };
    let concepts = context.zone.concepts.values().filter_map(|concept| of(&concept.type_));
    let tables = context.services.iter().flat_map(|service| service.tables.values());
    let outputs = tables.flat_map(|table| &table.outputs).filter_map(|output| of(&output.type_));
    let mut ahead: Vec<&str> = concepts.chain(outputs).collect();
    let mut used = BTreeSet::new();
    while let Some(list) = ahead.pop() {
        if used.insert(list) {
            let attributes = context.zone.lists.get(list).map(|list| list.attributes.values());
            ahead.extend(attributes.into_iter().flatten().map(String::as_str));
        }
    }
    used
}

fn concepts<'a>(context: &'a Context<'_>) -> BTreeSet<&'a str> {
    let facts = context.services.iter().flat_map(|service| &service.facts).map(|fact| &fact.concept);
    let held = context.zone.registers.values().flat_map(|register: &Register| {
        register.holds.iter().chain([&register.key]).chain(&register.held_by)
    });
    facts.chain(held).map(String::as_str).collect()
}

fn roles(stage: &Stage) -> Vec<&str> {
    match &stage.kind {
        StageKind::Officer(desk) | StageKind::Inspect(desk) => vec![&desk.role],
        StageKind::Consult { branches, .. } => branches.iter().map(|branch| branch.role.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// The registers that a service reads or enters.
fn registers(service: &Service) -> impl Iterator<Item = &str> {
    let read = service.facts.iter().filter_map(|fact| match &fact.source {
        Source::Register { register, .. } => Some(register.as_str()),
        _ => None,
    });
    read.chain(super::fact_held_by_register::entered(service).into_iter().map(String::as_str))
}

fn table(stage: &Stage) -> Option<&str> {
    match &stage.kind {
        StageKind::Decide { table, .. } => Some(table),
        StageKind::Officer(desk) | StageKind::Inspect(desk) => desk.proposal.as_deref(),
        _ => None,
    }
}

fn unused_facts<'a>(context: &Context<'_>, service: &'a Service) -> Vec<&'a str> {
    let mut used: BTreeSet<&str> = BTreeSet::new();
    used.extend(service.tables.values().flat_map(|table| &table.inputs).filter_map(fact));
    for stage in &service.stages {
        match &stage.kind {
            StageKind::Pay { amount, .. } => used.extend(fact(amount)),
            StageKind::Wait { until: Until::Date(path), .. } => used.extend(fact(path)),
            _ => {}
        }
    }
    let entered = super::fact_held_by_register::entered(service);
    let held = |concept: &String| {
        let registers = entered.iter().filter_map(|name| context.zone.registers.get(*name));
        registers.into_iter().any(|register| register.holds.contains(concept) || register.key == *concept)
    };
    let asked = service.facts.iter().filter(|fact| matches!(fact.source, Source::Ask { .. }));
    let for_people = |type_: &Type| matches!(type_, Type::Text { .. } | Type::Document | Type::Place);
    let unused = asked.filter(|fact| {
        !fact.public && !for_people(&fact.type_) && !used.contains(fact.name.as_str()) && !held(&fact.concept)
    });
    unused.map(|fact| fact.name.as_str()).collect()
}

fn fact(path: &FactPath) -> Option<&str> {
    match path {
        FactPath::Fact(fact) | FactPath::Attribute { fact, .. } | FactPath::Record { fact, .. } => Some(fact),
        FactPath::Output { .. } | FactPath::Applicant { .. } => None,
    }
}
