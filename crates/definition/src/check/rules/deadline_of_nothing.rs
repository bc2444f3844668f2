//! A deadline that leaves no time to act, or a certificate that is not valid for a day.
//!
//! A period such as `0 workdays` ends at midnight of the day on which it begins. Nobody can be expected to act before that, so the deadline's
//! consequence is all that ever happens.
//!
//! What looks like a person's decision would be the clock's.
//!
//! To mend it, give the period a length, or leave the person out.

use crate::check::context::Context;
use crate::model::{Period, Stage, StageKind};
use crate::places::Part;
use crate::problem::{Code, Problem};
use crate::span::Span;

/// This rule.
pub const CODE: Code = Code { id: "P306", name: "deadline-of-nothing" };

/// Looks at every deadline for a person or a draw, and at how long certificates are valid.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for service in context.services {
        let within =
            [("within", Some(service.within)), ("answer", service.answer.as_ref().map(|answer| answer.within))];
        for (key, _) in within.iter().filter(|(_, period)| period.is_some_and(|period| period.count == 0)) {
            let span = context.places.find(&Part::Service(service.name.clone(), Some((*key).to_owned())));
            problems.push(problem(span, key));
        }
        for stage in &service.stages {
            for (key, _) in deadlines(stage).iter().filter(|(_, period)| period.count == 0) {
                problems.push(problem(context.stage_key(service, &stage.name, key), &stage.name));
            }
            let StageKind::End(end) = &stage.kind else { continue };
            let appeal = end.appeal.as_ref().map(|appeal| appeal.within);
            let periods = [("appeal", appeal), ("valid", end.valid)];
            for (key, _) in periods.iter().filter(|(_, period)| period.is_some_and(|period| period.count == 0)) {
                problems.push(problem(context.stage_key(service, &stage.name, key), key));
            }
        }
    }
}

/// The deadlines in a stage, for people and for draws, with the keys under which they stand.
pub(super) fn deadlines(stage: &Stage) -> Vec<(String, Period)> {
    match &stage.kind {
        StageKind::Officer(desk) | StageKind::Inspect(desk) => vec![("within".to_owned(), desk.wait.within)],
        StageKind::Applicant { wait, .. } | StageKind::Pay { wait, .. } => vec![("within".to_owned(), wait.within)],
        StageKind::Consult { branches, .. } => {
            branches.iter().map(|branch| (format!("consult.{}.within", branch.name), branch.within)).collect()
        }
        StageKind::Lot { within, .. } => vec![("within".to_owned(), *within)],
        StageKind::Decide { .. } | StageKind::Wait { .. } | StageKind::End(_) => Vec::new(),
    }
}

fn problem(span: Span, place: &str) -> Problem {
    Problem {
        code: CODE,
        span,
        message: format!("the period of `{place}` leaves no time at all"),
        related: Vec::new(),
        why: "nobody could act, or use what they were given, before the period is over".to_owned(),
        help: "give the period a length, such as `5 workdays`".to_owned(),
    }
}
