//! Opening a case: an application that is whole, or one list of all that is wrong with it.

use std::collections::BTreeMap;

use definition::Checked;
use definition::model::{Fact, Name, Service, Source, StageKind, Zone};
use definition::value::{Decimal, Kind, Lines, Type, Value, ValueError, is_blank, writable};

use super::run::Run;
use crate::act::Application;
use crate::case::{Case, Digest};
use crate::event::{Event, Opened, What};
use crate::fold;
use crate::mandate::{self, Agency, Principal};
use crate::reading;
use crate::refusal::{FactProblem, Refusal, Wrong};
use crate::world::World;

pub(super) fn open(
    service: &Checked<Service>,
    application: &Application,
    world: &World<'_>,
) -> Result<(Case, Vec<Event>), Refusal> {
    let zone = service.zone();
    let read = examine(zone, service, application, world)?;
    let opened = Opened {
        case: application.case,
        service: service.name.clone(),
        definition: Digest(service.hash()),
        applicant: application.applicant.clone(),
        appeals: application.appeals,
        facts: application.facts.clone(),
        read,
    };
    let under = application.under.clone().map(Box::new);
    let event = Event { at: world.now, what: What::Opened(Box::new(opened)), signed: None, under };
    let case =
        fold::apply(service, None, &event).map_err(|misfit| Refusal::Undecidable { place: misfit.to_string() })?;
    let mut run = Run::new(zone, service, world, case);
    let first = service.stages.first().ok_or_else(|| run.undecidable("stages"))?;
    run.compute_all()?;
    run.reserve()?;
    run.enter(&first.name)?;
    run.prepend(event);
    Ok(run.finish())
}

/// What registers say about a whole application.
fn examine(
    zone: &Zone,
    service: &Service,
    application: &Application,
    world: &World<'_>,
) -> Result<BTreeMap<String, Value>, Refusal> {
    let needed: Vec<&Fact> = service.facts.iter().filter(|fact| needed_at_start(service, fact)).collect();
    let mut problems = against(zone, service, &needed, &application.facts, None);
    let (read, wrong) = reading::registers(service, &application.facts, &application.applicant, world);
    problems.extend(wrong);
    if let Some(Agency { principal, .. }) = &application.under {
        // Whoever says that somebody appeals for it has looked at what is appealed against.
        let can = if application.appeals.is_some() { mandate::can_appeal } else { mandate::can_use };
        if !can(service, &principal.register) {
            return Err(Refusal::NotYours);
        }
        for stranger in not_the_principals(service, &application.facts, principal) {
            // What is not there and what is another's are told alike, and once.
            if !problems.contains(&stranger) {
                problems.push(stranger);
            }
        }
    }
    if problems.is_empty() { Ok(read) } else { Err(Refusal::Facts(problems)) }
}

/// Facts that an application has: asked or chosen from a register, and not left to a later stage of the applicant's.
pub fn needed_at_start(service: &Service, fact: &Fact) -> bool {
    let later = service.stages.iter().any(|stage| match &stage.kind {
        StageKind::Applicant { facts, .. } => facts.contains(&fact.name),
        _ => false,
    });
    !later && !matches!(fact.source, Source::Record { .. } | Source::Function { .. })
}

/// Facts that name a record other than that for which somebody acts, as if its holder had no other.
pub(super) fn not_the_principals(
    service: &Service,
    given: &BTreeMap<Name, Value>,
    principal: &Principal,
) -> Vec<FactProblem> {
    let problem = |fact: &Name| FactProblem { fact: fact.clone(), wrong: Wrong::NoRecord };
    mandate::strangers(service, given, principal).map(problem).collect()
}

/// A fact that is needed and was not given.
pub(super) fn missing(fact: &str) -> FactProblem {
    FactProblem { fact: fact.to_owned(), wrong: Wrong::Missing }
}

/// What a person may say besides being `of` the type: no amount below nothing, no text that is blank or has characters that may not stand in it.
///
/// # Errors
/// Says which of these it is.
pub fn is_sayable(of: &Type, value: &Value) -> Result<(), ValueError> {
    match value {
        Value::Money(money) if money.minor < 0 => Err(ValueError::BelowMin { min: Decimal::ZERO }),
        Value::Text(text) if is_blank(text) => {
            Err(ValueError::Malformed { expected: Kind::Text, text: text.escape_unicode().take(40).collect() })
        }
        Value::Text(text) => writable(text, Lines::of(of)),
        _ => Ok(()),
    }
}

/// Everything that is wrong with `given` against the facts that are due, some only with one `route` of a desk.
pub(super) fn against(
    zone: &Zone,
    service: &Service,
    due: &[&Fact],
    given: &BTreeMap<Name, Value>,
    route: Option<&str>,
) -> Vec<FactProblem> {
    let missing = due.iter().filter(|fact| fact.source.is_needed(route) && !given.contains_key(&fact.name));
    let mut problems: Vec<FactProblem> = missing.map(|fact| self::missing(&fact.name)).collect();
    for (name, value) in given {
        let wrong = match due.iter().find(|fact| fact.name == *name) {
            None => Some(Wrong::NotAsked),
            Some(fact) => fact
                .type_
                .accepts(value, &zone.lists)
                .and_then(|()| is_sayable(&fact.type_, value))
                .err()
                .map(Wrong::Value),
        };
        problems.extend(wrong.map(|wrong| FactProblem { fact: name.clone(), wrong }));
    }
    // In the order of the definition, which is the order in which a person meets them.
    let place = |problem: &FactProblem| service.facts.iter().position(|fact| fact.name == problem.fact);
    problems.sort_by_key(|problem| place(problem).unwrap_or(usize::MAX));
    problems
}
