//! A circle of stages that no person and no clock interrupts.
//!
//! A table decides at once. When tables lead only to each other in a circle, a case that enters it is decided again and again on the same facts,
//! without end. A `wait` for no time, or until a date (which may have passed), does not interrupt a circle either.
//! Nor does a lot: a case draws once in a stage, and goes the same way whenever it comes back to it.
//! Nor does an end whose booking is refused: what the accounts refused they refuse again.
//! Nor does a fee: what was paid in a stage is not asked for there again, so a case that comes back to it goes on at once.
//!
//! A person in such a case gets no answer, and the engine would work on it for ever.
//!
//! To mend it, lead one of the tables out of the circle, or put a stage between them in which somebody acts or time passes.

use crate::check::context::Context;
use crate::check::flow::{Cause, Edge, Graph, circles};
use crate::model::{StageKind, Until};
use crate::problem::{Code, Problem};

/// This rule.
pub const CODE: Code = Code { id: "P203", name: "loop-uninterrupted" };

/// Looks for circles among the stages that take no time.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for graph in &context.graphs {
        for circle in found(graph) {
            let names: Vec<&str> = circle.iter().map(|number| graph.name(*number)).collect();
            let Some((first, further)) = names.split_first() else { continue };
            let related = further.iter().map(|name| (context.stage(graph.service, name), "through here".to_owned()));
            problems.push(Problem {
                code: CODE,
                span: context.stage(graph.service, first),
                message: format!("nothing interrupts the circle {}", super::quoted(&names)),
                related: related.collect(),
                why: "a case that comes here is decided again and again, and nobody gets an answer".to_owned(),
                help: "lead out of the circle, or put a stage into it in which a person acts or time passes".to_owned(),
            });
        }
    }
}

/// The circles that take no time.
pub(super) fn found(graph: &Graph<'_>) -> Vec<Vec<usize>> {
    let edges: Vec<(usize, usize)> = graph.live().filter(|edge| at_once(graph, edge)).map(|e| (e.from, e.to)).collect();
    circles(graph.service.stages.len(), &edges)
}

fn at_once(graph: &Graph<'_>, edge: &Edge<'_>) -> bool {
    match graph.stage(edge.from).map(|stage| &stage.kind) {
        Some(StageKind::Decide { .. } | StageKind::Lot { .. }) => true,
        Some(StageKind::Wait { until: Until::After(period), .. }) => period.count == 0,
        Some(StageKind::Wait { until: Until::Date(_), .. }) => true,
        Some(StageKind::Pay { .. }) => edge.cause == Cause::Applicant,
        Some(StageKind::End(_)) => edge.cause == Cause::Unbooked,
        _ => false,
    }
}
