//! A stage needs more people than hold its role.
//!
//! Officers are drawn by lot from those who hold the stage's role; `people` in `zone.yaml` says how many they are at least. A stage for which several
//! must agree needs that many different people, and a consult or an inspection needs one.
//!
//! Nobody could ever end such a wait by deciding: only the deadline would, and its consequence would be the rule instead of the exception.
//!
//! To mend it, let more people hold the role, or ask for fewer of them.

use crate::check::context::Context;
use crate::model::{Service, Stage, StageKind};
use crate::places::Part;
use crate::problem::{Code, Problem};

/// This rule.
pub const CODE: Code = Code { id: "P303", name: "too-few-people" };

/// Looks at every stage that people are drawn for.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for service in context.services {
        for stage in &service.stages {
            match &stage.kind {
                StageKind::Officer(desk) | StageKind::Inspect(desk) => {
                    compare(context, service, stage, &desk.role, desk.people, "people", problems);
                }
                StageKind::Consult { branches, .. } => {
                    for branch in branches {
                        let key = format!("consult.{}.role", branch.name);
                        compare(context, service, stage, &branch.role, 1, &key, problems);
                    }
                }
                _ => {}
            }
        }
    }
}

fn compare(
    context: &Context<'_>,
    service: &Service,
    stage: &Stage,
    role: &str,
    needed: u32,
    key: &str,
    problems: &mut Vec<Problem>,
) {
    let Some(held) = context.zone.roles.get(role).map(|role| role.people) else { return };
    if held >= needed {
        return;
    }
    problems.push(Problem {
        code: CODE,
        span: context.stage_key(service, &stage.name, key),
        message: format!("the stage `{}` needs {needed} who are `{role}`, and the zone has {held}", stage.name),
        related: vec![(context.places.find(&Part::Role(role.to_owned())), "the role".to_owned())],
        why: "nobody could decide in time, whatever they do, and only the deadline's consequence would ever follow"
            .to_owned(),
        help: "let more people hold the role, or ask for fewer".to_owned(),
    });
}
