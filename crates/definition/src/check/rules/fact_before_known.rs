//! A stage reads a fact that on some path to it is not known.
//!
//! A case begins with what registers say and with the answers that are required. An `applicant` stage brings its facts when the applicant supplies
//! them, an inspection when it is done (not when its deadline passes), a table its outputs once it has decided. An optional answer is never sure.
//! Nor is what is recorded, after a decision with which it is not `needed`. Whatever a table, a fee, a waiting time, a proposal or a register reads must be known on every path; what is kept for a case from its opening
//! (`reserve`) is decided by what is known with the application.
//!
//! A case that comes to such a stage without the fact can neither be decided nor go on.
//!
//! To mend it, ask for the fact in time, make it required or `needed`, or lead the path on which it is missing elsewhere.

use std::collections::BTreeSet;

use crate::check::context::Context;
use crate::check::flow::{Graph, Known, at_the_start, known};
use crate::model::{DecisionTable, End, FactPath, Name, Register, Service, Source, Stage, StageKind, Until};
use crate::places::Part;
use crate::problem::{Code, Problem};

/// This rule.
pub const CODE: Code = Code { id: "P601", name: "fact-before-known" };

/// Looks at everything that a stage reads.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for graph in &context.graphs {
        for ((_, stage), known) in graph.stages().zip(known(graph)) {
            let Some(known) = known else { continue };
            let mut told: Vec<String> = Vec::new();
            for (key, path) in reads(context, graph, stage) {
                if known.has(&path) || told.contains(&path.key()) {
                    continue;
                }
                told.push(path.key());
                problems.push(problem(context, graph, stage, key, &path, &known));
            }
        }
        let (service, known) = (graph.service, at_the_start(graph.service));
        let reserved = service.reserve.iter().flat_map(|reserve| &reserve.book.of);
        problems.extend(reserved.filter(|fact| !known.has_fact(fact)).map(|fact| at_opening(context, service, fact)));
    }
}

fn problem(
    context: &Context<'_>,
    graph: &Graph<'_>,
    stage: &Stage,
    key: &str,
    path: &FactPath,
    known: &Known,
) -> Problem {
    let fact = path.fact().filter(|fact| !known.has_fact(fact)).and_then(|fact| graph.service.fact(fact));
    let how = match fact.map(|fact| &fact.source) {
        Some(Source::Ask { required: false }) => "which the applicant may leave out",
        Some(Source::Record { needed: Some(_), .. }) => "which on some path to it nobody needs to record",
        _ => "which some path to it does not bring",
    };
    let part = fact.map(|fact| Part::Fact(graph.service.name.clone(), fact.name.clone()));
    Problem {
        code: CODE,
        span: context.stage_key(graph.service, &stage.name, key),
        message: format!("the stage `{}` reads `{}`, {how}", stage.name, path.key()),
        related: part.map(|part| (context.places.find(&part), "the fact".to_owned())).into_iter().collect(),
        why: "a case that comes here without it can neither be decided nor go on".to_owned(),
        help: "ask for it or decide it before, make it required or needed, or lead the path that lacks it elsewhere".to_owned(),
    }
}

fn is_never_needed(source: &Source) -> bool {
    match source {
        Source::Ask { required } => !required,
        Source::Record { needed, .. } => needed.as_ref().is_some_and(BTreeSet::is_empty),
        Source::Register { .. } | Source::Function { .. } => false,
    }
}

fn at_opening(context: &Context<'_>, service: &Service, fact: &Name) -> Problem {
    let part = Part::Fact(service.name.clone(), fact.clone());
    Problem {
        code: CODE,
        span: context.places.find(&Part::Service(service.name.clone(), Some("reserve".to_owned()))),
        message: format!("`reserve` reads `{fact}`, which is not sure to be known when a case is opened"),
        related: vec![(context.places.find(&part), "the fact".to_owned())],
        why: "nothing could be kept for the case, and no application would be accepted".to_owned(),
        help: "name facts that every application has, or that functions work out of such".to_owned(),
    }
}

/// What a stage reads, with the key that says so.
fn reads<'a>(context: &Context<'_>, graph: &Graph<'a>, stage: &Stage) -> Vec<(&'static str, FactPath)> {
    let table = |name: &Name| graph.service.tables.get(name);
    match &stage.kind {
        StageKind::Decide { table: name, .. } => inputs("decide", table(name)),
        StageKind::Officer(desk) | StageKind::Inspect(desk) => {
            inputs("proposal", desk.proposal.as_ref().and_then(table))
        }
        StageKind::Pay { amount, .. } => vec![("pay", amount.clone())],
        StageKind::Wait { until: Until::Date(path), .. } => vec![("wait", path.clone())],
        StageKind::End(end) => entered(context, graph, end),
        _ => Vec::new(),
    }
}

fn inputs(key: &'static str, table: Option<&DecisionTable>) -> Vec<(&'static str, FactPath)> {
    table.into_iter().flat_map(|table| table.inputs.iter().map(move |path| (key, path.clone()))).collect()
}

/// The facts that a register takes over; what may always be left out, the record may lack.
fn entered(context: &Context<'_>, graph: &Graph<'_>, end: &End) -> Vec<(&'static str, FactPath)> {
    let register: Option<&Register> = end.enter.as_ref().and_then(|name| context.zone.registers.get(name));
    let booked = end.book.iter().flat_map(|booking| &booking.of).map(|fact| ("book", FactPath::Fact(fact.clone())));
    let booked: Vec<_> = booked.collect();
    let Some(register) = register else { return booked };
    let sure = graph.service.facts.iter().filter(|fact| !is_never_needed(&fact.source));
    let held = sure.filter(|fact| register.holds.contains(&fact.concept) || register.key == fact.concept);
    held.map(|fact| ("enter", FactPath::Fact(fact.name.clone()))).chain(booked).collect()
}
