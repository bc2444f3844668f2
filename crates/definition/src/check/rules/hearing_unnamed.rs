//! A service that hears appeals, which no appeal names.
//!
//! An end with `overturn: yes` makes an appealed decision fall. Such a service is opened by an appeal, and by nothing else; so some end of another
//! service must name it: `appeal: SERVICE within PERIOD`.
//!
//! A board that nobody can come before is a promise of justice that is not kept: whoever reads the list of services counts on it.
//!
//! To mend it, let the ends that may be appealed against name it, or remove `overturn: yes`.

use crate::check::context::Context;
use crate::check::rules::appeal_unheard::hears;
use crate::model::{Service, StageKind};
use crate::problem::{Code, Problem};

/// This rule.
pub const CODE: Code = Code { id: "P206", name: "hearing-unnamed" };

/// Looks at every service that hears appeals. Where a service could not be read to its end it is not known whom it names.
pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>) {
    if !context.complete {
        return;
    }
    let hearing = context.services.iter().filter(|service| hears(service));
    for service in hearing.filter(|service| !is_named(context.services, &service.name)) {
        let overturning = |kind: &StageKind| matches!(kind, StageKind::End(end) if end.overturn);
        for stage in service.stages.iter().filter(|stage| overturning(&stage.kind)) {
            problems.push(Problem {
                code: CODE,
                span: context.stage_key(service, &stage.name, "overturn"),
                message: format!("`{}` hears appeals, and no service names it in an `appeal`", service.name),
                related: Vec::new(),
                why: "people would count on a board that nobody can come before".to_owned(),
                help: format!("write `appeal: {} within PERIOD` at an end of another service, or remove `overturn`", service.name),
            });
        }
    }
}

fn is_named(services: &[Service], name: &str) -> bool {
    let ends = services.iter().flat_map(|service| &service.stages);
    ends.into_iter().any(|stage| {
        matches!(&stage.kind, StageKind::End(end) if end.appeal.as_ref().is_some_and(|appeal| appeal.service == name))
    })
}
