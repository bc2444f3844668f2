//! An applicant is asked for something that nothing uses.
//!
//! An answer is used when a table, a fee or a waiting time reads it, when it enters a register with the case, or when it is public. Texts, documents
//! and places are there for people to read, so they count as used; what can be computed with is there for a rule.
//!
//! Every question costs people time and sends some of them home to look for a paper. A question that decides nothing costs it for nothing.
//!
//! To mend it, remove the fact, or let a table read it: an officer's `proposal` can show what follows from it.

use std::collections::BTreeSet;

use crate::check::context::Context;
use crate::check::rules::fact_held_by_register::entered;
use crate::model::{FactPath, Name, Service, Source, StageKind, Until};
use crate::places::Part;
use crate::problem::{Code, Problem};
use crate::value::{Kind, Type};

/// This rule.
pub const CODE: Code = Code { id: "P604", name: "asked-for-nothing" };

/// Looks at every fact that is asked.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for service in context.services {
        for name in unused_facts(context, service) {
            problems.push(Problem {
                code: CODE,
                span: context.places.find(&Part::Fact(service.name.clone(), name.to_owned())),
                message: format!("`{name}` is asked for, and nothing uses the answer"),
                related: Vec::new(),
                why: "every applicant would spend time on a question that decides nothing".to_owned(),
                help: "remove the fact, or let a table read it".to_owned(),
            });
        }
    }
}

fn unused_facts<'a>(context: &Context<'_>, service: &'a Service) -> Vec<&'a str> {
    let mut used: BTreeSet<&Name> = BTreeSet::new();
    used.extend(service.tables.values().flat_map(|table| &table.inputs).filter_map(FactPath::fact));
    for stage in &service.stages {
        match &stage.kind {
            StageKind::Pay { amount, .. } => used.extend(amount.fact()),
            StageKind::Wait { until: Until::Date(path), .. } => used.extend(path.fact()),
            _ => {}
        }
    }
    used.extend(service.bookings().flat_map(|booking| &booking.of));
    for fact in &service.facts {
        if let Source::Function { of, .. } = &fact.source {
            used.extend(of.iter().filter_map(FactPath::fact));
        }
    }
    let registers = entered(service);
    let held = |concept: &String| {
        let mut entered = registers.iter().filter_map(|name| context.zone.registers.get(*name));
        entered.any(|register| register.holds.contains(concept) || register.key == *concept)
    };
    let asked = service.facts.iter().filter(|fact| matches!(fact.source, Source::Ask { .. }));
    let for_people = |type_: &Type| matches!(type_.kind(), Kind::Text | Kind::Document | Kind::Place);
    let unused = asked.filter(|fact| {
        !fact.public && !for_people(&fact.type_) && !used.contains(&fact.name) && !held(&fact.concept)
    });
    unused.map(|fact| fact.name.as_str()).collect()
}
