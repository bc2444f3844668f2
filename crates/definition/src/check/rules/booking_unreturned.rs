//! What an end books stays booked though the decision falls.
//!
//! An end that says `book` moves something in accounts: goods are held, say. Where it can be appealed against, the decision may fall, and the case goes on at the
//! stage that `overturned` names. That has to be an end that books as well, so that what was moved can be moved back there.
//!
//! Whoever wins the appeal would find that nothing came of it: their goods would be held for ever, and no case could free them.
//!
//! To mend it, let `overturned` lead to an end with a `book` of its own that takes back what this one moved, or remove the `appeal`.

use crate::check::context::Context;
use crate::model::{End, Service, Stage, StageKind};
use crate::problem::{Code, Problem};

/// This rule.
pub const CODE: Code = Code { id: "P207", name: "booking-unreturned" };

/// Looks at every end that books and can be appealed against.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for service in context.services {
        for stage in &service.stages {
            problems.extend(unreturned(context, service, stage));
        }
    }
}

fn unreturned(context: &Context<'_>, service: &Service, stage: &Stage) -> Option<Problem> {
    let StageKind::End(End { book: Some(_), appeal: Some(appeal), .. }) = &stage.kind else { return None };
    let next = service.stage(appeal.overturned.as_ref()?)?;
    if matches!(&next.kind, StageKind::End(End { book: Some(_), .. })) {
        return None;
    }
    Some(Problem {
        code: CODE,
        span: context.stage_key(service, &stage.name, "book"),
        message: format!("what `{}` books stays booked when the decision falls", stage.name),
        related: vec![(
            context.stage_key(service, &stage.name, "overturned"),
            "where the case goes on then books nothing".to_owned(),
        )],
        why: "whoever wins the appeal would find that nothing came of it".to_owned(),
        help: "let `overturned` lead to an end that books what takes this back, or remove `appeal`".to_owned(),
    })
}
