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
use crate::check::flow::{Cause, Edge, circles};
use crate::problem::{Code, Problem};

/// This rule.
pub const CODE: Code = Code { id: "P304", name: "escalation-circle" };

/// Looks for circles that a case can run through while everybody is silent.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for graph in &context.graphs {
        let unacted: Vec<&Edge<'_>> = graph.live().filter(|edge| is_unacted(edge.cause)).collect();
        let pairs: Vec<(usize, usize)> = unacted.iter().map(|edge| (edge.from, edge.to)).collect();
        for circle in circles(graph.service.stages.len(), &pairs) {
            let inside = |edge: &&&Edge<'_>| circle.contains(&edge.from) && circle.contains(&edge.to);
            let mut deadlines = unacted.iter().filter(inside).filter(|edge| edge.cause == Cause::Silence);
            let Some(first) = deadlines.next() else { continue };
            let at = |edge: &Edge<'_>| context.stage_key(graph.service, graph.name(edge.from), &edge.key);
            let names: Vec<&str> = circle.iter().map(|number| graph.name(*number)).collect();
            problems.push(Problem {
                code: CODE,
                span: at(first),
                message: format!("the deadlines lead in a circle through {}", super::quoted(&names)),
                related: deadlines.map(|edge| (at(edge), "and this one".to_owned())).collect(),
                why: "while everybody is silent, the clock hands the case round, and its applicant never gets an answer".to_owned(),
                help: "let one of these deadlines end the matter, by a route such as `grant` or a stage that ends".to_owned(),
            });
        }
    }
}

const fn is_unacted(cause: Cause<'_>) -> bool {
    matches!(cause, Cause::Silence | Cause::Table(_) | Cause::Time)
}
