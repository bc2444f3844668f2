//! A deadline is not the one that the zone's calendar gives.
//!
//! Periods count from the day of the act, in working days where the law says so, in the calendar that the definition carries. Counted
//! again, the deadline of a stage, of an answer, of an appeal or of the officers after an answer comes out on another day.

use engine::event::What;

use crate::checks::Act;
use crate::finding::{Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A404",
    name: "deadline-moved",
    weight: Weight::Fault,
    en: "A deadline is not the one that the calendar gives.",
    fa: "مهلت آن نیست که تقویم می‌دهد.",
};

/// Looks at two events that differ in when something is due.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    let moved = match (act.recorded(), act.expected()) {
        (Some(What::Entered { stage, due, .. }), Some(What::Entered { stage: same, due: other, .. })) => {
            stage == same && due != other
        }
        (Some(What::Asked { due, .. }), Some(What::Asked { due: other, .. })) => due != other,
        (Some(What::Supplied { due, .. }), Some(What::Supplied { due: other, .. })) => due != other,
        (Some(What::Ended { appeal_until, .. }), Some(What::Ended { appeal_until: other, .. })) => appeal_until != other,
        _ => false,
    };
    if moved {
        act.report(&CODE, findings);
    }
}
