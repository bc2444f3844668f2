//! A refusal, an ask, an objection or a fee that rests on no ground.
//!
//! Whoever is refused, asked for more, objected to or made to pay is told the article of law it rests on. So a row of a table with the route `refuse`
//! cites a ground; a stage in which officers may refuse or ask lists the grounds they may cite; so does a consult, in which an authority may object;
//! and a fee names its ground. A choice that ends a case as refused under another name than `refuse` would cite none, and is told as well.
//!
//! Without a ground a person cannot know whether the refusal is lawful, nor appeal against it.
//!
//! To mend it, cite the ground: in the table's `ground` column, in the stage's `grounds`, or as the `ground` of the payment.

use crate::check::context::Context;
use crate::check::tables::ROUTE;
use crate::model::{DecisionTable, Desk, Name, Outcome, Service, Stage, StageKind};
use crate::places::Part;
use crate::problem::{Code, Problem};
use crate::span::Span;
use crate::value::Value;

/// This rule.
pub const CODE: Code = Code { id: "P401", name: "ground-missing" };

/// The route that refuses.
const REFUSE: &str = "refuse";

/// Looks at every table and stage.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for service in context.services {
        for (name, decision) in &service.tables {
            for row in rows_without(decision) {
                let span = context.places.find(&Part::TableRow(service.name.clone(), name.clone(), row));
                problems.push(problem(
                    span,
                    "this row refuses without a ground".to_owned(),
                    "cite a ground in the column `ground`",
                ));
            }
        }
        for stage in &service.stages {
            look_at(context, service, stage, problems);
        }
    }
}

fn rows_without(decision: &DecisionTable) -> impl Iterator<Item = usize> {
    let column = decision.outputs.iter().position(|output| output.name == ROUTE);
    let rows = decision.table.rules().rows.iter().enumerate().filter(move |(_, rule)| {
        let route = column.and_then(|column| rule.outputs.get(column)).and_then(Option::as_ref);
        matches!(route, Some(Value::Code(route)) if route == REFUSE)
    });
    rows.map(|(row, _)| row).filter(|row| !matches!(decision.grounds.get(*row), Some(Some(_))))
}

fn look_at(context: &Context<'_>, service: &Service, stage: &Stage, problems: &mut Vec<Problem>) {
    let name = &stage.name;
    let at = |key: &str| context.stage_key(service, name, key);
    match &stage.kind {
        StageKind::Officer(desk) | StageKind::Inspect(desk) => {
            if let (Some((key, act)), true) = (needs_ground(desk), desk.grounds.is_empty()) {
                let message = format!("officers may {act} in the stage `{name}`, and it lists no grounds");
                problems.push(problem(at(key), message, "list the grounds that may be cited: `grounds: [...]`"));
            }
            refused_as_another(service, &desk.may, "may.", &at, problems);
        }
        StageKind::Decide { routes, .. } => refused_as_another(service, routes, "", &at, problems),
        StageKind::Consult { branches, .. } => {
            for branch in branches.iter().filter(|branch| branch.grounds.is_empty()) {
                let message = format!("`{}` may object in the stage `{name}`, and has no grounds to cite", branch.name);
                let help = "list the grounds that may be cited: `grounds: [...]`, in the branch or in the stage";
                problems.push(problem(at(&format!("consult.{}", branch.name)), message, help));
            }
        }
        StageKind::Pay { ground, .. } if ground.is_empty() => {
            problems.push(problem(
                at("pay"),
                format!("the fee of the stage `{name}` rests on no ground"),
                "name it: `ground: ...`",
            ));
        }
        _ => {}
    }
}

fn needs_ground(desk: &Desk) -> Option<(&'static str, &'static str)> {
    if desk.may.contains_key(REFUSE) {
        return Some(("may.refuse", REFUSE));
    }
    desk.ask.then_some(("may.ask", "ask"))
}

fn refused_as_another(
    service: &Service,
    routes: &std::collections::BTreeMap<Name, Name>,
    prefix: &str,
    at: &impl Fn(&str) -> Span,
    problems: &mut Vec<Problem>,
) {
    for (route, target) in routes.iter().filter(|(route, _)| *route != REFUSE) {
        let ends = service.stage(target).map(|stage| &stage.kind);
        if matches!(ends, Some(StageKind::End(end)) if end.outcome == Outcome::Refused) {
            let message =
                format!("the route `{route}` ends the case as refused, and only a route named `refuse` cites a ground");
            problems.push(problem(
                at(&format!("{prefix}{route}")),
                message,
                "name the route `refuse`, and cite a ground with it",
            ));
        }
    }
}

fn problem(span: Span, message: String, help: &str) -> Problem {
    Problem {
        code: CODE,
        span,
        message,
        related: Vec::new(),
        why: "who is refused, asked or charged could not know by what right, nor appeal".to_owned(),
        help: help.to_owned(),
    }
}
