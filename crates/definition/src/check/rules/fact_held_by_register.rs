//! A person is asked for what a register already holds.
//!
//! Every concept has at most one register that owns it, and registers hold concepts about their records. A fact about such a concept is read from the
//! register, and not asked of anyone; only a service whose cases enter that register may ask, since that is how the fact comes into it.
//!
//! Asking again costs people time, and yields a second answer that differs from the first.
//!
//! To mend it, take the fact from the register (`from: REGISTER`), read it through the record that another fact names (`company.arrears`), or, for the
//! applicant's own data, through `applicant.FIELD`.

use std::collections::BTreeSet;

use crate::check::context::Context;
use crate::model::{Name, Service, Source, StageKind, Zone};
use crate::places::Part;
use crate::problem::{Code, Problem};

/// This rule.
pub const CODE: Code = Code { id: "P602", name: "fact-held-by-register" };

/// Looks at every fact that is asked.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for service in context.services {
        let entered = entered(service);
        for fact in service.facts.iter().filter(|fact| matches!(fact.source, Source::Ask { .. })) {
            let holders = holders(context.zone, &fact.concept);
            if holders.iter().any(|register| entered.contains(*register)) {
                continue;
            }
            let Some(register) = holders.first() else { continue };
            problems.push(Problem {
                code: CODE,
                span: context.places.find(&Part::Fact(service.name.clone(), fact.name.clone())),
                message: format!("`{}` is asked for, and the register `{register}` holds `{}`", fact.name, fact.concept),
                related: vec![(context.places.find(&Part::Register((*register).clone())), "the register".to_owned())],
                why: "people would be asked for what the administration knows, and could contradict it".to_owned(),
                help: format!("take the fact from the register: `from: {register}`, or read it through a fact that names the record"),
            });
        }
    }
}

/// The registers that hold a concept, its owner first.
fn holders<'a>(zone: &'a Zone, concept: &str) -> Vec<&'a Name> {
    let owner = zone.concepts.get(concept).and_then(|concept| concept.register.as_ref());
    let others = zone.registers.iter().filter(|(name, register)| {
        Some(*name) != owner && (register.key == concept || register.holds.iter().any(|held| held == concept))
    });
    owner.into_iter().chain(others.map(|(name, _)| name)).collect()
}

/// The registers that a service's cases enter.
pub(super) fn entered(service: &Service) -> BTreeSet<&Name> {
    let ends = service.stages.iter().filter_map(|stage| match &stage.kind {
        StageKind::End(end) => end.enter.as_ref(),
        _ => None,
    });
    ends.collect()
}
