//! A case came to a stage that what was decided does not lead to, or took a route that is not there.
//!
//! The definition says where each route leads, and which routes a desk has.

use engine::event::What;
use engine::refusal::Refusal;

use crate::checks::Act;
use crate::finding::{Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A418",
    name: "stage-wrong",
    weight: Weight::Fault,
    en: "A case came to a stage that the decision does not lead to.",
    fa: "پرونده به مرحله‌ای رفته که تصمیم به آن نمی‌رسد.",
};

/// Looks at where a case went.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    let elsewhere = match (act.recorded(), act.expected()) {
        (Some(What::Entered { stage, .. }), Some(What::Entered { stage: other, .. })) => stage != other,
        (Some(recorded), Some(What::Entered { .. })) => !matches!(recorded, What::Drawn { .. } | What::Seated { .. }),
        _ => false,
    };
    let no_route = matches!(act.refusal(), Some(Refusal::NoSuchRoute { .. }));
    if (elsewhere && !act.after_lapse()) || no_route {
        act.report(&CODE, findings);
    }
}
