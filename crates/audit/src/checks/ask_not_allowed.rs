//! The applicant was asked a second time, for nothing, without a ground, or for what is not theirs to give.
//!
//! A person is asked once in a stage, for all that is missing, in one list, each item on a ground. A query that names no missing item has
//! no effect: it must not stop the officers' clock.

use engine::event::What;
use engine::refusal::Refusal;

use crate::checks::Act;
use crate::finding::{Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A416",
    name: "ask-not-allowed",
    weight: Weight::Fault,
    en: "The applicant was asked in a way that is not allowed.",
    fa: "از متقاضی به شیوه‌ای پرسیده شده که مجاز نیست.",
};

/// Looks at an ask that the engine refuses.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    let refused = matches!(
        act.refusal(),
        Some(
            Refusal::AskUsed
                | Refusal::EmptyAsk
                | Refusal::Facts(_)
                | Refusal::GroundNeeded { .. }
                | Refusal::WrongGround { .. }
                | Refusal::BadText { .. }
        )
    );
    if refused && is_an_ask(act) {
        act.report(&CODE, findings);
    }
}

pub(super) fn is_an_ask(act: &Act<'_>) -> bool {
    matches!(act.recorded(), Some(What::Asked { .. }))
}
