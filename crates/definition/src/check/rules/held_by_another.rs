//! A record that nobody could ever choose, since the definition names no holder of it whom an applicant could be.
//!
//! A register says whose its records are: `held by` is the key of another register, `person.id` in the end. A fact `from` a register whose records are
//! held by people is chosen from what the applicant holds. Where they are held by something else, `choose: held by FACT` names it: a fact from the
//! register whose key that is, which is chosen before. So there is a way from each record to the applicant, and no circle on it.
//!
//! Otherwise everybody who applies is told that the record is somebody else's, and nobody gets any further.
//!
//! To mend it, let `choose: held by FACT` name the fact of the holder, or correct `held by` in `registers.yaml`.

use std::collections::BTreeSet;

use crate::check::context::Context;
use crate::model::{Fact, Service, Source};
use crate::places::Part;
use crate::problem::{Code, Problem};
use crate::span::Span;

/// This rule.
pub const CODE: Code = Code { id: "P606", name: "held-by-another" };

/// The key of a person, whose records are the applicant's own.
const PERSON: &str = "person.id";

/// Looks at every register, and at every fact from one.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    let registers = &context.zone.registers;
    let keys: BTreeSet<&str> = registers.values().map(|register| register.key.as_str()).collect();
    for (name, register) in registers {
        let Some(holder) = register.held_by.as_deref().filter(|holder| *holder != PERSON) else { continue };
        if !keys.contains(holder) {
            let message = format!("the records of `{name}` are held by `{holder}`, which is the key of no register");
            let at = context.places.find(&Part::Register(name.clone()));
            problems.push(problem(at, message, "write the key of a register, such as `person.id`, in `held by`"));
        }
    }
    for service in context.services {
        for fact in &service.facts {
            if let Some((message, help)) = unheld(context, service, fact) {
                let at = context.places.find(&Part::Fact(service.name.clone(), fact.name.clone()));
                problems.push(problem(at, message, help));
            }
        }
    }
}

/// Why nobody could choose the record that a fact names, and what to do.
fn unheld(context: &Context<'_>, service: &Service, fact: &Fact) -> Option<(String, &'static str)> {
    let Source::Register { register, held_by } = &fact.source else { return None };
    let holder = context.zone.registers.get(register)?.held_by.as_deref();
    let Some(holder) = holder else {
        let message = format!("nobody holds the records of `{register}`, and applicants choose from what they hold");
        return Some((message, "say in registers.yaml whose they are: `held by: CONCEPT`"));
    };
    let Some(other) = held_by else {
        let help = "add `choose: held by FACT`, with the fact that names the holder";
        return (holder != PERSON).then(|| (format!("the records of `{register}` are held by `{holder}`"), help));
    };
    let help = "name the fact from the register whose key `held by` is";
    let named = service.fact(other)?;
    if !matches!(named.source, Source::Register { .. }) || named.concept != holder {
        let message = format!("the records of `{register}` are held by `{holder}`, and `{other}` is no such record");
        return Some((message, help));
    }
    is_in_circle(service, fact).then(|| (format!("`{}` is held by what it holds itself", fact.name), help))
}

/// Whether the holders of a fact's record lead back to it.
fn is_in_circle(service: &Service, fact: &Fact) -> bool {
    let mut at = fact;
    for _ in 0..service.facts.len() {
        let Source::Register { held_by: Some(other), .. } = &at.source else { return false };
        match service.fact(other) {
            Some(next) if next.name == fact.name => return true,
            Some(next) => at = next,
            None => return false,
        }
    }
    false
}

fn problem(span: Span, message: String, help: &str) -> Problem {
    Problem {
        code: CODE,
        span,
        message,
        related: Vec::new(),
        why: "everybody who applies would be told that the record is somebody else's".to_owned(),
        help: help.to_owned(),
    }
}
