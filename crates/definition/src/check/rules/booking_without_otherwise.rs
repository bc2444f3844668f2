//! An end that books, that a case can come to while nobody is there, and that does not say what happens if the accounts refuse.
//!
//! What an end books is decided on the accounts as they stand at that moment, and they may have changed since the application: what was there is gone. A person whose act
//! leads to such an end is told so, and can do something else; who paid gets their money back. But a deadline that passes, a waiting time that is over, a lot that
//! falls, or an appeal that succeeds has nobody to tell. The case would stand at its deadline for ever.
//!
//! Its applicant would get no answer, and nobody would have one to give.
//!
//! To mend it, write `otherwise: STAGE` at the end: where the case goes instead, with the reason on record.

use std::collections::BTreeSet;

use crate::check::context::Context;
use crate::check::flow::{Cause, Edge, Graph};
use crate::model::{End, StageKind};
use crate::problem::{Code, Problem};

/// This rule.
pub const CODE: Code = Code { id: "P208", name: "booking-without-otherwise" };

/// Looks at every end that books.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for graph in &context.graphs {
        let unattended = unattended(graph);
        for (number, stage) in graph.stages() {
            let StageKind::End(End { book: Some(_), otherwise: None, .. }) = &stage.kind else { continue };
            let Some(edge) = graph.live().find(|edge| edge.to == number && brings_alone(graph, &unattended, edge)) else {
                continue;
            };
            let at = context.stage_key(graph.service, graph.name(edge.from), &edge.key);
            problems.push(Problem {
                code: CODE,
                span: context.stage_key(graph.service, &stage.name, "book"),
                message: format!("a case can come to `{}` while nobody is there, and its booking may be refused", stage.name),
                related: vec![(at, "it comes here by this".to_owned())],
                why: "the case would stand at its deadline for ever, and nobody gets an answer".to_owned(),
                help: "add `otherwise: STAGE`: where the case goes when the accounts refuse".to_owned(),
            });
        }
    }
}

/// The stages that a case can come to by something else than a person's act.
fn unattended(graph: &Graph<'_>) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    // Every round finds a stage, or is the last.
    loop {
        let next = graph.live().find(|edge| !found.contains(&edge.to) && brings_alone(graph, &found, edge));
        match next {
            Some(edge) => found.insert(edge.to),
            None => return found,
        };
    }
}

/// Whether a case can go this way without a person's act, where those stages are come to without one.
fn brings_alone(graph: &Graph<'_>, unattended: &BTreeSet<usize>, edge: &Edge<'_>) -> bool {
    match edge.cause {
        Cause::Silence | Cause::Unanswered | Cause::Time | Cause::Lot(_) | Cause::Appeal | Cause::Unbooked => true,
        // A table goes on at once, and so does a fee of which nothing is due.
        Cause::Table(_) | Cause::Applicant => {
            let stage = graph.stage(edge.from).map(|stage| &stage.kind);
            let at_once = matches!(stage, Some(StageKind::Decide { .. } | StageKind::Pay { .. }));
            at_once && unattended.contains(&edge.from)
        }
        // Of several authorities the last may be silent, whatever the others said.
        Cause::Officer(_) => {
            matches!(graph.stage(edge.from).map(|stage| &stage.kind), Some(StageKind::Consult { .. }))
        }
    }
}
