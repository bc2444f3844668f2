//! Deadlines that pass a case on in a circle.
//!
//! When a deadline passes, its consequence takes the case on: to another stage, to a table, after some time. If from there the next deadlines lead
//! back to where the case was, without any person having acted, silence answers silence. Choices of people break such a circle; tables and waiting
//! times do not.
//!
//! A person whose case is handed from desk to desk by the clock never gets an answer, and each desk can say that it was not theirs.
//!
//! To mend it, let the last of these deadlines end the matter: a deemed grant, or an end.

use crate::check::context::Context;
use crate::check::flow::{Cause, Edge, Graph, circles};
use crate::check::rules::case_cannot_end::trapped;
use crate::model::StageKind;
use crate::problem::{Code, Problem};

/// This rule.
pub const CODE: Code = Code { id: "P304", name: "escalation-circle" };

/// Looks for circles that a case can run through while everybody is silent.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for graph in &context.graphs {
        for circle in found(graph) {
            let mut deadlines = silences(graph, &circle);
            let Some(first) = deadlines.next() else { continue };
            let at = |edge: &Edge<'_>| context.stage_key(graph.service, graph.name(edge.from), &edge.key);
            let names: Vec<&str> = circle.iter().map(|number| graph.name(*number)).collect();
            problems.push(Problem {
                code: CODE,
                span: at(first),
                message: format!("the deadlines lead in a circle through {}", super::quoted(&names)),
                related: deadlines.map(|edge| (at(edge), "and this one".to_owned())).collect(),
                why:
                    "while everybody is silent, the clock hands the case round, and its applicant never gets an answer"
                        .to_owned(),
                help: "let one of these deadlines end the matter, by a route such as `grant` or a stage that ends"
                    .to_owned(),
            });
        }
    }
}

/// The circles through deadlines that nobody interrupts. Where no end can be reached at all, that is told instead.
pub(super) fn found(graph: &Graph<'_>) -> Vec<Vec<usize>> {
    let unacted = graph.live().filter(|edge| is_unacted(edge.cause));
    let pairs: Vec<(usize, usize)> = unacted.map(|edge| (edge.from, edge.to)).collect();
    let trapped = trapped(graph);
    let mut found = circles(graph.service.stages.len(), &pairs);
    found.retain(|circle| {
        silences(graph, circle).next().is_some() && !circle.iter().any(|number| trapped.contains(&graph.name(*number)))
    });
    found
}

/// The deadlines within a circle, but for those of lots: a draw that does not take place goes where chance may lead, too.
fn silences<'g, 'a>(graph: &'g Graph<'a>, circle: &'g [usize]) -> impl Iterator<Item = &'g Edge<'a>> {
    let inside = |edge: &&Edge<'_>| circle.contains(&edge.from) && circle.contains(&edge.to);
    graph.live().filter(inside).filter(|edge| {
        let is_lots = matches!(graph.stage(edge.from).map(|stage| &stage.kind), Some(StageKind::Lot { .. }));
        edge.cause == Cause::Silence && !is_lots
    })
}

const fn is_unacted(cause: Cause<'_>) -> bool {
    matches!(cause, Cause::Silence | Cause::Table(_) | Cause::Time | Cause::Lot(_) | Cause::Unbooked)
}
