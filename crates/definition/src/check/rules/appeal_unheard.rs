//! An appeal to a service that hears none.
//!
//! `appeal: SERVICE within PERIOD` at an end says who hears an appeal against it. That must be another service, one with an end that says
//! `overturn: yes`: in it the appealed decision falls. A service cannot hear appeals against itself, and one without such an end could only ever leave
//! the decision as it is.
//!
//! Whoever is refused would be told that they may appeal, would wait for an answer, and whatever it is, nothing would change. What is more, a service
//! that an appeal names is opened only by an appeal: if it is an ordinary service, nobody could apply for it any more.
//!
//! To mend it, name the service that hears appeals, or let one of the ends of the named service say `overturn: yes`.

use crate::check::context::Context;
use crate::model::{Service, Stage, StageKind};
use crate::places::Part;
use crate::problem::{Code, Problem};

/// This rule.
pub const CODE: Code = Code { id: "P205", name: "appeal-unheard" };

/// Looks at every end with an appeal.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for service in context.services {
        for stage in &service.stages {
            problems.extend(unheard(context, service, stage));
        }
    }
}

/// Whether one of a service's ends makes an appealed decision fall.
pub(super) fn hears(service: &Service) -> bool {
    service.stages.iter().any(|stage| matches!(&stage.kind, StageKind::End(end) if end.overturn))
}

fn unheard(context: &Context<'_>, service: &Service, stage: &Stage) -> Option<Problem> {
    let StageKind::End(end) = &stage.kind else { return None };
    let named = &end.appeal.as_ref()?.service;
    // One that could not be read to its end was told of, and is not known here.
    let heard_by = context.services.iter().find(|other| other.name == *named)?;
    let message = if *named == service.name {
        format!("an appeal against `{}` would be heard by `{named}` itself", stage.name)
    } else if hears(heard_by) {
        return None;
    } else {
        format!("the service `{named}` hears no appeals: none of its ends says `overturn: yes`")
    };
    let place = context.places.find(&Part::Service(named.clone(), None));
    Some(Problem {
        code: CODE,
        span: context.stage_key(service, &stage.name, "appeal"),
        message,
        related: vec![(place, "the service that is named".to_owned())],
        why: "people would appeal in vain, and nobody could apply for the named service any more".to_owned(),
        help: "name another service, with an end that says `overturn: yes`".to_owned(),
    })
}
