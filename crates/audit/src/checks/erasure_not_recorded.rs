//! The content of an event is gone, and no act says that it was erased.
//!
//! Personal data is erased by an act of its own: an event that says of what kinds it was, when and why. What is gone without one was taken out of the
//! record, or withheld from the auditor and called erased. Nor is anything erased of events in which nothing personal can stand, such as draws, rules
//! and deadlines: they stay whatever is erased, so that how a case was decided can always be seen.
//!
//! Where the zone went on while it was disclosed, an erasure may have come in between; then nothing is said, and the next audit sees the act.

use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A109",
    name: "erasure-not-recorded",
    weight: Weight::Fault,
    en: "The content of an event is gone, and no act says that it was erased.",
    fa: "محتوای رویدادی از میان رفته و هیچ اقدامی از پاک‌کردن آن خبر نمی‌دهد.",
};

/// Says that nothing accounts for what is gone from this leaf on.
pub(crate) fn check(at: At, findings: &mut Findings) {
    findings.add(&CODE, at, "an event without its content", "an act later in the case that says that it was erased");
}

/// Says that nothing can be erased of an event of this kind.
pub(crate) fn check_kind(at: At, kind: &str, findings: &mut Findings) {
    findings.add(&CODE, at, format!("`{kind}` without its content"), "its content: nothing personal stands in such an event");
}
