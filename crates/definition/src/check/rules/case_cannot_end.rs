//! Stages that a case can come to, and from which it can never come to an end.
//!
//! From every stage that a case can reach, some way must lead to a stage of the kind `end`, by routes that can really be taken.
//!
//! A person in such a case waits for ever: there is no answer, no certificate, no refusal to appeal against.
//!
//! To mend it, give one of the stages a route, a consequence of its deadline, or a `then` that leads to an end.

use crate::check::context::Context;
use crate::check::flow::Graph;
use crate::model::StageKind;
use crate::problem::{Code, Problem};

/// This rule.
pub const CODE: Code = Code { id: "P202", name: "case-cannot-end" };

/// Looks at every service; what traps its cases is one problem.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for graph in &context.graphs {
        // A circle that nothing interrupts is told as that.
        if !super::loop_uninterrupted::found(graph).is_empty() {
            continue;
        }
        let trapped = trapped(graph);
        let Some((first, further)) = trapped.split_first() else { continue };
        let related = further.iter().map(|name| (context.stage(graph.service, name), "nor does this".to_owned()));
        problems.push(Problem {
            code: CODE,
            span: context.stage(graph.service, first),
            message: format!("no way leads from the stage `{first}` to an end"),
            related: related.collect(),
            why: "a person whose case comes here never gets an answer".to_owned(),
            help: "lead one of these stages to an `end`".to_owned(),
        });
    }
}

/// The stages that are reached and cannot end, in the author's order.
pub(super) fn trapped<'a>(graph: &Graph<'a>) -> Vec<&'a str> {
    let mut ends: Vec<bool> = graph.stages().map(|(_, stage)| matches!(stage.kind, StageKind::End(_))).collect();
    let mut before = vec![Vec::new(); ends.len()];
    for edge in graph.live() {
        if let Some(list) = before.get_mut(edge.to) {
            list.push(edge.from);
        }
    }
    let mut ahead: Vec<usize> = ends.iter().enumerate().filter(|(_, ends)| **ends).map(|(number, _)| number).collect();
    while let Some(number) = ahead.pop() {
        for &from in before.get(number).into_iter().flatten() {
            if let Some(mark) = ends.get_mut(from).filter(|mark| !**mark) {
                *mark = true;
                ahead.push(from);
            }
        }
    }
    let stuck = ends.iter().enumerate().filter(|(number, ends)| !**ends && graph.is_reached(*number));
    stuck.map(|(number, _)| graph.name(number)).collect()
}
