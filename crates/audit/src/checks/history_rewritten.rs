//! The log is not the one that was verified before.
//!
//! A log only grows. The audit keeps the size and root that it verified; the log of today must have the same root at that size. It has
//! another, or it is shorter than it was: what was published was taken back or changed, and signed again.
//!
//! Keep the state file and the checkpoint of today: both are signed by the zone, and together they are the evidence. Ask witnesses and
//! other readers what they have seen.

use std::fmt::Display;

use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A104",
    name: "history-rewritten",
    weight: Weight::Fault,
    en: "The log is not the one that was verified before.",
    fa: "دفتر آن نیست که پیش‌تر وارسی شده بود.",
};

/// What was verified before, and what stands there now.
pub(crate) fn check(before: &dyn Display, now: &dyn Display, findings: &mut Findings) {
    findings.add(&CODE, At::place(log::checkpoint::PATH), now.to_string(), before.to_string());
}
