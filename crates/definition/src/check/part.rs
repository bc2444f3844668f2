//! The part of a zone that a service uses, so that its hash changes when that part does and not otherwise.
//!
//! Must not know of: hashing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::model::{Service, Source, StageKind, Zone};
use crate::value::Type;

/// The register that every service uses: its applicants.
static PEOPLE: LazyLock<String> = LazyLock::new(|| "people".to_owned());

/// `zone` without its words, and with only those authorities, portals, roles, grounds, registers, concepts and code lists that `service` names,
/// directly or through one another, and the roles of its authority.
pub(super) fn used(zone: &Zone, service: &Service) -> Zone {
    let (roles, grounds) = desks(service);
    let registers = registers(service);
    let kept_functions = keep(&zone.functions, &functions(service));
    let kept_registers = keep(
        &zone.registers,
        &registers.into_iter().chain(kept_functions.values().flat_map(|one| one.books.values())).collect(),
    );
    let held = kept_registers
        .values()
        .flat_map(|register| register.holds.iter().chain([&register.key]).chain(&register.held_by));
    let worked_out = kept_functions.values().flat_map(|function| &function.gives);
    let concepts: BTreeSet<&String> =
        service.facts.iter().map(|fact| &fact.concept).chain(held).chain(worked_out).collect();
    let kept_concepts = keep(&zone.concepts, &concepts);
    // Whoever holds a role of the authority may correct and revoke, also in a service that is decided by rules alone.
    let own = zone.roles.iter().filter(|(_, role)| role.authority == service.authority).map(|(name, _)| name);
    let kept_roles = keep(&zone.roles, &roles.into_iter().chain(own).collect());
    let authorities: BTreeSet<&String> = kept_roles
        .values()
        .map(|role| &role.authority)
        .chain(kept_registers.values().map(|register| &register.authority))
        .chain([&service.authority])
        .collect();
    let types = kept_concepts.values().map(|concept| &concept.type_);
    let types = types.chain(service.tables.values().flat_map(|table| table.outputs.iter().map(|output| &output.type_)));
    let lists = lists(zone, types);
    Zone {
        authorities: zone.authorities.iter().filter(|name| authorities.contains(name)).cloned().collect(),
        portals: zone.portals.iter().filter(|name| **name == service.portal).cloned().collect(),
        roles: kept_roles,
        grounds: keep(&zone.grounds, &grounds),
        concepts: kept_concepts.clone(),
        lists: keep(&zone.lists, &lists),
        registers: kept_registers,
        functions: kept_functions,
        gate_tolerance_percent: zone.gate_tolerance_percent,
        words: BTreeMap::new(),
        name: zone.name.clone(),
        languages: zone.languages.clone(),
        timezone: zone.timezone.clone(),
        currency: zone.currency.clone(),
        issuer: zone.issuer.clone(),
        calendar: zone.calendar.clone(),
    }
}

fn keep<T: Clone>(all: &BTreeMap<String, T>, names: &BTreeSet<&String>) -> BTreeMap<String, T> {
    all.iter().filter(|(name, _)| names.contains(name)).map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// The roles that are drawn from and the grounds that may be cited.
fn desks(service: &Service) -> (BTreeSet<&String>, BTreeSet<&String>) {
    let mut roles = BTreeSet::new();
    let mut grounds: BTreeSet<&String> =
        service.tables.values().flat_map(|table| table.grounds.iter().flatten()).collect();
    for stage in &service.stages {
        match &stage.kind {
            StageKind::Officer(desk) | StageKind::Inspect(desk) => {
                roles.insert(&desk.role);
                grounds.extend(desk.cited());
            }
            StageKind::Consult { branches, .. } => {
                roles.extend(branches.iter().map(|branch| &branch.role));
                grounds.extend(branches.iter().flat_map(|branch| &branch.grounds));
            }
            StageKind::Pay { ground, .. } => {
                grounds.insert(ground);
            }
            StageKind::Decide { .. }
            | StageKind::Applicant { .. }
            | StageKind::Wait { .. }
            | StageKind::Lot { .. }
            | StageKind::End(_) => {}
        }
    }
    (roles, grounds)
}

fn registers(service: &Service) -> BTreeSet<&String> {
    let read = service.facts.iter().filter_map(|fact| match &fact.source {
        Source::Register { register, .. } => Some(register),
        Source::Ask { .. } | Source::Record { .. } | Source::Function { .. } => None,
    });
    let entered = service.stages.iter().filter_map(|stage| match &stage.kind {
        StageKind::End(end) => end.enter.as_ref(),
        _ => None,
    });
    read.chain(entered).chain([&*PEOPLE]).collect()
}

fn functions(service: &Service) -> BTreeSet<&String> {
    let functions = service.facts.iter().filter_map(|fact| match &fact.source {
        Source::Function { function, .. } => Some(function),
        Source::Ask { .. } | Source::Register { .. } | Source::Record { .. } => None,
    });
    functions.chain(service.bookings().map(|booking| &booking.function)).collect()
}

/// The lists of these types, and those that their attributes are from.
fn lists<'a>(zone: &'a Zone, types: impl Iterator<Item = &'a Type>) -> BTreeSet<&'a String> {
    let code = |type_: &'a Type| if let Type::Code(list) = type_ { Some(list) } else { None };
    let mut ahead: Vec<&String> = types.filter_map(code).collect();
    let mut found = BTreeSet::new();
    while let Some(list) = ahead.pop() {
        if found.insert(list) {
            ahead.extend(zone.lists.get(list).into_iter().flat_map(|list| list.attributes.values()));
        }
    }
    found
}
