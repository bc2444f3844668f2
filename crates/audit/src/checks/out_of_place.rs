//! An event stands where nothing can have brought it about.
//!
//! Events follow from acts: a case is opened before anything else, moves when somebody acts or a deadline passes, and an act has its place
//! in the stage where the case stands. Here an event has no act that it could follow from, or the act had no place there: something before
//! it was removed, or it was put in.

use engine::event::What;
use engine::refusal::Refusal;

use crate::checks::Act;
use crate::finding::{Code, Findings, Weight};
use crate::replay::Again;

/// This check.
pub static CODE: Code = Code {
    id: "A402",
    name: "out-of-place",
    weight: Weight::Fault,
    en: "An event stands where nothing can have brought it about.",
    fa: "رویدادی در جایی است که هیچ اقدامی نمی‌توانسته پدیدش آورد.",
};

/// Looks at an act that cannot have begun here.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    let out_of_place = match act.again {
        // What only silence brings about has a check of its own.
        Again::NoAct => !matches!(
            act.recorded(),
            Some(What::Consulted { officer: None, .. } | What::Decided { .. } | What::Ruled { .. })
        ),
        Again::Refused(Refusal::Ended | Refusal::NotNow { .. } | Refusal::NoSuchBranch { .. }) => {
            !matches!(act.recorded(), Some(What::Lapsed { .. }))
        }
        _ => false,
    };
    if out_of_place {
        act.report(&CODE, findings);
    }
}
