//! Names that are defined and never used.
//!
//! Must not know of: what becomes of a name that is used.

use std::collections::BTreeSet;

use super::context::Context;
use crate::codes;
use crate::model::{DecisionTable, Service, Source, StageKind, Zone};
use crate::places::Part;
use crate::value::Type;

/// What is used, by kind and name.
#[derive(Default)]
struct Used(BTreeSet<(&'static str, String)>);

impl Used {
    fn add(&mut self, what: &'static str, name: &str) {
        self.0.insert((what, name.to_owned()));
    }

    fn add_all<'n>(&mut self, what: &'static str, names: impl IntoIterator<Item = &'n String>) {
        names.into_iter().for_each(|name| self.add(what, name));
    }
}

/// Reports what no service and no register uses.
pub(super) fn find(cx: &mut Context<'_>, zone: &Zone, services: &[Service]) {
    let mut used = Used::default();
    by_zone(&mut used, zone);
    services.iter().for_each(|service| by_service(&mut used, service));
    report(cx, &used, defined(zone));
    for service in services {
        let tables = service.tables.keys();
        let part = |table: &String| Part::Table(service.name.clone(), table.clone());
        report(cx, &tables_of(service), tables.map(|table| ("table", table.clone(), part(table))).collect());
    }
}

type Defined = Vec<(&'static str, String, Part)>;

fn report(cx: &mut Context<'_>, used: &Used, defined: Defined) {
    for (what, name, part) in defined {
        if !used.0.contains(&(what, name.clone())) {
            let at = cx.places.find(&part);
            let help = format!("use the {what}, or remove it; where it was meant, another name may stand");
            cx.report(&codes::UNUSED_NAME, at, format!("nothing uses the {what} `{name}`"), help);
        }
    }
}

/// Everything that a zone defines and somebody should use.
fn defined(zone: &Zone) -> Defined {
    let key = |key: &str| Part::Zone(Some(key.to_owned()));
    let mut all = Defined::new();
    all.extend(zone.authorities.iter().map(|name| ("authority", name.clone(), key("authorities"))));
    all.extend(zone.portals.iter().map(|name| ("portal", name.clone(), key("portals"))));
    all.extend(zone.roles.keys().map(|name| ("role", name.clone(), Part::Role(name.clone()))));
    all.extend(zone.grounds.keys().map(|name| ("ground", name.clone(), Part::Ground(name.clone()))));
    all.extend(zone.concepts.keys().map(|name| ("concept", name.clone(), Part::Concept(name.clone()))));
    // A list with a dot is the values of an attribute, which its own list uses.
    let lists = zone.lists.keys().filter(|name| !name.contains('.'));
    all.extend(lists.map(|name| ("code list", name.clone(), Part::List(name.clone()))));
    // The zone itself uses the register of people.
    let registers = zone.registers.keys().filter(|name| *name != "people");
    all.extend(registers.map(|name| ("register", name.clone(), Part::Register(name.clone()))));
    all.extend(zone.functions.keys().map(|name| ("function", name.clone(), Part::Function(name.clone()))));
    all
}

fn by_zone(used: &mut Used, zone: &Zone) {
    used.add_all("authority", zone.roles.values().map(|role| &role.authority));
    used.add_all("authority", zone.registers.values().map(|register| &register.authority));
    used.add_all("concept", zone.registers.values().flat_map(|register| &register.holds));
    used.add_all("register", zone.functions.values().flat_map(|function| function.books.values()));
    used.add_all("concept", zone.functions.values().flat_map(|function| &function.gives));
    used.add_all("code list", zone.lists.values().flat_map(|list| list.attributes.values()));
    zone.concepts.values().for_each(|concept| by_type(used, &concept.type_));
}

fn by_type(used: &mut Used, type_: &Type) {
    if let Type::Code(list) = type_ {
        used.add("code list", list);
    }
}

fn by_service(used: &mut Used, service: &Service) {
    used.add("authority", &service.authority);
    used.add("portal", &service.portal);
    for fact in &service.facts {
        used.add("concept", &fact.concept);
        match &fact.source {
            Source::Register { register, .. } => used.add("register", register),
            Source::Function { function, .. } => used.add("function", function),
            Source::Ask { .. } | Source::Record { .. } => {}
        }
    }
    for DecisionTable { grounds, outputs, .. } in service.tables.values() {
        used.add_all("ground", grounds.iter().flatten());
        outputs.iter().for_each(|output| by_type(used, &output.type_));
    }
    used.add_all("function", service.bookings().map(|booking| &booking.function));
    service.stages.iter().for_each(|stage| by_stage(used, &stage.kind));
}

fn by_stage(used: &mut Used, stage: &StageKind) {
    match stage {
        StageKind::Officer(desk) | StageKind::Inspect(desk) => {
            used.add("role", &desk.role);
            used.add_all("ground", desk.cited());
        }
        StageKind::Consult { branches, .. } => {
            used.add_all("role", branches.iter().map(|branch| &branch.role));
            used.add_all("ground", branches.iter().flat_map(|branch| &branch.grounds));
        }
        StageKind::Pay { ground, .. } => used.add("ground", ground),
        StageKind::End(end) => {
            used.add_all("register", &end.enter);
        }
        StageKind::Decide { .. } | StageKind::Applicant { .. } | StageKind::Wait { .. } | StageKind::Lot { .. } => {}
    }
}

/// The tables that a service's stages decide or propose by. A table that is only read by others is never decided.
fn tables_of(service: &Service) -> Used {
    let mut used = Used::default();
    for stage in &service.stages {
        match &stage.kind {
            StageKind::Decide { table, .. } => used.add("table", table),
            StageKind::Officer(desk) | StageKind::Inspect(desk) => used.add_all("table", &desk.proposal),
            _ => {}
        }
    }
    used
}
