//! A decision stands on fewer officers than the definition wants, or on one who signed twice.
//!
//! Where the definition says that two or three officers decide, each signs for themselves, nobody twice under whatever id, and the decision stands when as
//! many have signed for the same.

use definition::model::StageKind;
use engine::case::Decider;
use engine::event::What;
use engine::refusal::Refusal;

use crate::checks::Act;
use crate::finding::{Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A412",
    name: "decided-alone",
    weight: Weight::Fault,
    en: "Fewer officers decided than the definition wants.",
    fa: "شمار امضاکنندگان تصمیم کمتر از آن است که تعریف می‌خواهد.",
};

/// Looks at a decision of several officers.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    let twice = matches!(act.refusal(), Some(Refusal::SignedAlready));
    let decided = match act.recorded() {
        Some(What::Decided { by: Decider::Officers(officers), stage, .. }) => Some((officers, stage)),
        _ => None,
    };
    let too_few = decided.is_some_and(|(officers, stage)| match act.service.stage(stage).map(|stage| &stage.kind) {
        Some(StageKind::Officer(desk) | StageKind::Inspect(desk)) => {
            desk.people > 1 && (!matches!(act.expected(), Some(What::Decided { .. })) || officers.len() != desk.people as usize)
        }
        _ => false,
    });
    let concerns_signing = matches!(act.recorded(), Some(What::Signed { .. } | What::Decided { .. } | What::Consulted { .. }));
    if (twice && concerns_signing) || too_few {
        act.report(&CODE, findings);
    }
}
