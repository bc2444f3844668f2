//! An officer dealt with a case out of turn, without a ground.
//!
//! The definition promises that each officer deals with the cases that wait for them in the order in which these were opened. Another case that was
//! opened earlier waited for the same officer at the same desk, and no ground was recorded on which this one was taken first. The zone refuses such an
//! act, and one that was under way while the earlier case came to the desk is not recorded but looks again. So somebody took a case out of turn and
//! wrote it into the record past the program, or took the ground or the order out of the record afterwards.
//!
//! A case that waits for its applicant, or for its lot, waits for no officer and is passed by rightly.

use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A601",
    name: "queue-overtaken",
    weight: Weight::Fault,
    en: "A case was dealt with before one that came first, against the promised order and without a ground.",
    fa: "پرونده‌ای بر خلاف نوبتی که وعده داده شده و بی هیچ مستندی، پیش از پرونده‌ای که نخست بوده رسیدگی شده است.",
};

/// Says who was overtaken: the case that was opened with this leaf.
pub(crate) fn check(at: At, officer: &str, desk: &str, opened: u64, findings: &mut Findings) {
    let recorded = format!("{officer} acted on it at {desk}");
    findings.add(&CODE, at, recorded, format!("first the case that was opened with leaf {opened}, and waited there"));
}
