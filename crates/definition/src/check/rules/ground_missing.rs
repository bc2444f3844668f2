//! A refusal, an ask, an objection or a fee that rests on no ground.
//!
//! Whoever is refused, asked for more, objected to or made to pay is told the article of law it rests on. So a row of a table with the route `refuse`
//! cites a ground; a stage in which officers may refuse or ask lists the grounds they may cite; so does a consult, in which an authority may object;
//! and a fee names its ground. Whatever else ends a case as refused would cite none, and is told as well: a choice under another name than `refuse`,
//! silence, also that of an applicant who was asked, a deadline, time alone, chance. Nor may an appeal that succeeds lead straight to such an end, or to one
//! that is lapsed: whoever won would be refused again.
//!
//! Without a ground a person cannot know whether the refusal is lawful, nor appeal against it.
//!
//! To mend it, cite the ground: in the table's `ground` column, in the stage's `grounds`, or as the `ground` of the payment.

use std::collections::BTreeMap;

use crate::check::context::Context;
use crate::check::tables::ROUTE;
use crate::model::{Appeal, DecisionTable, Desk, End, Name, Opinion, Outcome, Overdue, Service, Stage, StageKind};
use crate::places::Part;
use crate::problem::{Code, Problem};
use crate::span::Span;
use crate::value::Value;

/// This rule.
pub const CODE: Code = Code { id: "P401", name: "ground-missing" };

/// The route that refuses.
const REFUSE: &str = "refuse";

/// What to do about an end that nobody gives a ground for.
const OTHERWISE: &str =
    "let a table or a person refuse by a route named `refuse`, which cites a ground, or end it another way";

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
        problems.extend(unanswered(context, service));
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

/// The silence of somebody who was asked, when it refuses.
fn unanswered(context: &Context<'_>, service: &Service) -> Option<Problem> {
    let answer = service.answer.as_ref().filter(|answer| ends(service, &answer.overdue) == Some(Outcome::Refused))?;
    let span = context.places.find(&Part::Service(service.name.clone(), Some("answer.overdue".to_owned())));
    let message = format!("an answer that does not come ends the case as refused, in `{}`, and cites no ground", answer.overdue);
    Some(problem(span, message, OTHERWISE))
}

/// How a case ends in the stage of that name, if it does.
fn ends(service: &Service, stage: &str) -> Option<Outcome> {
    match &service.stage(stage)?.kind {
        StageKind::End(end) => Some(end.outcome),
        _ => None,
    }
}

fn look_at(context: &Context<'_>, service: &Service, stage: &Stage, problems: &mut Vec<Problem>) {
    let name = &stage.name;
    let at = |key: &str| context.stage_key(service, name, key);
    for (key, what) in unfounded(service, &stage.kind) {
        let message = format!("{what} ends the case as refused, and cites no ground");
        problems.push(problem(at(&key), message, OTHERWISE));
    }
    match &stage.kind {
        StageKind::Officer(desk) | StageKind::Inspect(desk) => {
            if let (Some((key, act)), true) = (needs_ground(desk), desk.grounds.is_empty()) {
                let message = format!("officers may {act} in the stage `{name}`, and it lists no grounds");
                problems.push(problem(at(key), message, "list the grounds that may be cited: `grounds: [...]`"));
            }
        }
        StageKind::Consult { branches, .. } => {
            for branch in branches.iter().filter(|branch| branch.grounds.is_empty()) {
                let message = format!("`{}` may object in the stage `{name}`, and has no grounds to cite", branch.name);
                let help = "list the grounds that may be cited: `grounds: [...]`, in the branch or in the stage";
                problems.push(problem(at(&format!("consult.{}", branch.name)), message, help));
            }
        }
        StageKind::End(End { appeal: Some(Appeal { overturned: Some(target), .. }), .. })
            if matches!(ends(service, target), Some(Outcome::Refused | Outcome::Lapsed)) =>
        {
            let message = format!("an appeal that succeeds ends the case in `{target}`, on no ground");
            let help = "let `overturned` lead to what the applicant asked for, or to where it is decided again";
            problems.push(problem(at("overturned"), message, help));
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

/// The ways from a stage to an end that refuses, on which nobody cites a ground: what key they stand under, and what happens there.
fn unfounded(service: &Service, kind: &StageKind) -> Vec<(String, String)> {
    let refuses = |target: &Name| ends(service, target) == Some(Outcome::Refused);
    let way = |target: &Name, key: &str, what: &str| refuses(target).then(|| (key.to_owned(), what.to_owned()));
    let named = |routes: &BTreeMap<Name, Name>, prefix: &str| -> Vec<(String, String)> {
        let other = routes.iter().filter(|(route, target)| *route != REFUSE && refuses(target));
        other.map(|(route, _)| (format!("{prefix}{route}"), format!("the route `{route}`"))).collect()
    };
    let overdue = |overdue: &Overdue, may: &BTreeMap<Name, Name>| match overdue {
        Overdue::Stage(target) => way(target, "overdue", "the deadline"),
        Overdue::Deemed { to, .. } => way(to, "overdue", "silence"),
        Overdue::Route(route) => may.get(route).and_then(|target| way(target, "overdue", "silence")),
    };
    match kind {
        StageKind::Decide { routes, .. } => named(routes, ""),
        StageKind::Officer(desk) | StageKind::Inspect(desk) => {
            let silent = overdue(&desk.wait.overdue, &desk.may);
            let divided = desk.divided.as_ref();
            let divided = divided.and_then(|target| way(target, "divided", "officers who do not agree"));
            named(&desk.may, "may.").into_iter().chain(silent).chain(divided).collect()
        }
        StageKind::Consult { branches, agree, object, .. } => {
            let silence = branches.iter().filter(|branch| branch.silent == Opinion::Object);
            let silence = silence.filter_map(|branch| {
                way(object, &format!("consult.{}.silent", branch.name), "the silence of an authority")
            });
            way(agree, "agree", "the authorities' agreement").into_iter().chain(silence).collect()
        }
        StageKind::Applicant { wait, then, .. } | StageKind::Pay { wait, then, .. } => {
            let late = overdue(&wait.overdue, &BTreeMap::new());
            late.into_iter().chain(way(then, "then", "what the applicant does")).collect()
        }
        StageKind::Wait { then, .. } => way(then, "then", "time alone").into_iter().collect(),
        StageKind::Lot { routes, .. } => {
            let by_lot = routes.iter().filter(|share| refuses(&share.route));
            by_lot.map(|share| (format!("lot.{}", share.route), "chance".to_owned())).collect()
        }
        StageKind::End(end) => {
            let otherwise = end.otherwise.as_ref();
            otherwise.and_then(|target| way(target, "otherwise", "a booking that is refused")).into_iter().collect()
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
