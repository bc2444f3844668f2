//! A fact was corrected by too few officers, or it is one that decides something.
//!
//! Only a text that no rule reads can be a clerical error, and nobody mends it alone: as many agree as decided the case, and two at least.

use engine::case::Proposal;
use engine::event::What;

use crate::checks::Act;
use crate::finding::{Code, Findings, Weight};
use crate::replay::Again;

/// This check.
pub static CODE: Code = Code {
    id: "A421",
    name: "corrected-wrongly",
    weight: Weight::Fault,
    en: "A fact was corrected in a way that is not allowed.",
    fa: "داده‌ای به شیوه‌ای اصلاح شده که مجاز نیست.",
};

/// Looks at a correction that does not come out.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    let about = matches!(
        act.recorded(),
        Some(What::Corrected { .. } | What::Proposed { proposal: Proposal::Correct { .. }, .. })
    );
    if about && !matches!(act.again, Again::NoAct) {
        act.report(&CODE, findings);
    }
}
