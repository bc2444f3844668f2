//! A certificate was revoked by too few officers, on no ground in force, or there was none.
//!
//! Nobody revokes alone: as many agree as decided the case, and two at least, on one ground of the zone's law that is in force.

use engine::case::Proposal;
use engine::event::What;

use crate::checks::Act;
use crate::finding::{Code, Findings, Weight};
use crate::replay::Again;

/// This check.
pub static CODE: Code = Code {
    id: "A422",
    name: "revoked-wrongly",
    weight: Weight::Fault,
    en: "A certificate was revoked in a way that is not allowed.",
    fa: "گواهی به شیوه‌ای باطل شده که مجاز نیست.",
};

/// Looks at a revocation that does not come out.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    if is_about_revoking(act) && !matches!(act.again, Again::NoAct) {
        act.report(&CODE, findings);
    }
}

pub(super) fn is_about_revoking(act: &Act<'_>) -> bool {
    matches!(act.recorded(), Some(What::Revoked { .. } | What::Proposed { proposal: Proposal::Revoke { .. }, .. }))
}
