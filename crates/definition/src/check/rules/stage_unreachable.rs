//! A stage that no case can come to stand in.
//!
//! A case begins in the first stage. A stage is reached if some way leads to it from there: a choice that people may make, a deadline that
//! may pass, a route that a table can really give. A table's route counts only if one of its rows can fire with it, after all that the tables
//! before it have settled about the same facts. Corrections of clerical errors do not count as a way.
//!
//! Whoever reads the definition believes that such a stage protects them, or threatens them, and it never happens. Often a route was forgotten, or
//! a row that was to lead there can never fire.
//!
//! To mend it, let a stage lead there (`may`, `overdue`, `then`, or a row of a table), or remove the stage.

use crate::check::context::Context;
use crate::problem::{Code, Problem};

/// This rule.
pub const CODE: Code = Code { id: "P201", name: "stage-unreachable" };

/// Looks at every stage.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for graph in &context.graphs {
        for (number, stage) in graph.stages().filter(|(number, _)| !graph.is_reached(*number)) {
            let closed = graph.edges.iter().filter(|edge| edge.to == number && graph.is_reached(edge.from));
            let related = closed.map(|edge| {
                let from = graph.name(edge.from);
                (
                    context.stage_key(graph.service, from, &edge.key),
                    format!("no row of the table can give this route in `{from}`"),
                )
            });
            problems.push(Problem {
                code: CODE,
                span: context.stage(graph.service, &stage.name),
                message: format!("no case can reach the stage `{}`", stage.name),
                related: related.collect(),
                why: "people would count on a step that never happens".to_owned(),
                help: "let a stage or a row of a table lead there, or remove the stage".to_owned(),
            });
        }
    }
}
