//! A wait for a person without a deadline, or with one whose passing does nothing.
//!
//! Wherever a case waits for a person, `within` says how long and `overdue` what follows when the time is up; in a consult, `silent` says what a
//! branch's silence means. Where officers may ask (`ask: once`), the case waits for the applicant while the officers' clock stands still: the service
//! needs `answer`, with its deadline and the stage that follows silence.
//!
//! A lot waits for no person, but where its randomness comes from outside it may never come: `within` says how long it is waited for.
//!
//! Without these a case can be left lying for ever, by either side, and nobody has done anything wrong.
//!
//! To mend it, add `within: PERIOD` and `overdue: ROUTE-or-stage` to the stage, or `answer: { within: PERIOD, overdue: STAGE }` to the service, or
//! `within: PERIOD` to the lot.

use crate::check::context::Context;
use crate::model::StageKind;
use crate::problem::{Code, Problem};

/// This rule.
pub const CODE: Code = Code { id: "P301", name: "wait-without-deadline" };

/// Looks at every stage in which officers may ask; keys that are not there are found when the file is read.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for service in context.services.iter().filter(|service| service.answer.is_none()) {
        for stage in &service.stages {
            let (StageKind::Officer(desk) | StageKind::Inspect(desk)) = &stage.kind else { continue };
            if !desk.ask {
                continue;
            }
            problems.push(Problem {
                code: CODE,
                span: context.stage_key(service, &stage.name, "may.ask"),
                message: format!("officers may ask in the stage `{}`, and nothing says how long the applicant has to answer", stage.name),
                related: Vec::new(),
                why: "an applicant who is asked would not know by when to answer, and the case could lie for ever".to_owned(),
                help: "add `answer: { within: 10 workdays, overdue: STAGE }` to the service, with its own period and stage".to_owned(),
            });
        }
    }
}
