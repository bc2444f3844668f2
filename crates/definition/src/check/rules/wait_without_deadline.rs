//! A wait for a person that nothing ends.
//!
//! Wherever a case waits for a person, there is a deadline, and its passing has a consequence. Where officers may ask (`ask: once`), the case waits
//! for the applicant, so the service needs `answer`, with its deadline and consequence. A deadline of nothing (`0 workdays`) gives nobody the time
//! to act: its consequence is all that ever happens.
//!
//! Without a deadline a case can be left lying for ever, by either side, and nobody has done anything wrong.
//!
//! To mend it, add `answer: { within: ..., overdue: ... }` to the service, or give the deadline a length.

use crate::check::context::Context;
use crate::model::{Period, Service, Stage, StageKind};
use crate::places::Part;
use crate::problem::{Code, Problem};
use crate::span::Span;

/// This rule.
pub const CODE: Code = Code { id: "P301", name: "wait-without-deadline" };

/// Looks at every stage in which somebody is waited for.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for service in context.services {
        for stage in &service.stages {
            if let (StageKind::Officer(desk) | StageKind::Inspect(desk), None) = (&stage.kind, &service.answer) {
                if desk.ask {
                    problems.push(unanswered(context, service, stage));
                }
            }
            for (key, period) in deadlines(stage) {
                if period.count == 0 {
                    problems.push(no_time(context.stage_key(service, &stage.name, &key), &stage.name));
                }
            }
        }
        if service.answer.as_ref().is_some_and(|answer| answer.within.count == 0) {
            let span = context.places.find(&Part::Service(service.name.clone(), Some("answer".to_owned())));
            problems.push(no_time(span, "answer"));
        }
    }
}

/// The deadlines for people in a stage, with the keys under which they stand.
pub(super) fn deadlines(stage: &Stage) -> Vec<(String, Period)> {
    match &stage.kind {
        StageKind::Officer(desk) | StageKind::Inspect(desk) => vec![("within".to_owned(), desk.wait.within)],
        StageKind::Applicant { wait, .. } | StageKind::Pay { wait, .. } => vec![("within".to_owned(), wait.within)],
        StageKind::Consult { branches, .. } => {
            branches.iter().map(|branch| (format!("consult.{}.within", branch.name), branch.within)).collect()
        }
        StageKind::Decide { .. } | StageKind::Wait { .. } | StageKind::End(_) => Vec::new(),
    }
}

fn unanswered(context: &Context<'_>, service: &Service, stage: &Stage) -> Problem {
    Problem {
        code: CODE,
        span: context.stage_key(service, &stage.name, "may.ask"),
        message: format!("officers may ask in the stage `{}`, and nothing says how long the applicant has to answer", stage.name),
        related: Vec::new(),
        why: "an applicant who is asked would not know by when to answer, and the case could lie for ever".to_owned(),
        help: "add `answer: { within: 10 workdays, overdue: STAGE }` to the service, with its own period and stage".to_owned(),
    }
}

fn no_time(span: Span, place: &str) -> Problem {
    Problem {
        code: CODE,
        span,
        message: format!("the deadline of `{place}` leaves no time at all"),
        related: Vec::new(),
        why: "nobody could act before the deadline's consequence follows".to_owned(),
        help: "give the deadline a length, such as `5 workdays`".to_owned(),
    }
}
