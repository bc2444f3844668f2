//! What was done to a mandate was not allowed.
//!
//! Only the agent accepts a mandate, declines it or gives it up; it begins once, with its giving, for a time that has an end; and what is over stays
//! over. An act in a mandate's own stream breaks one of these rules. Whether whoever gave or revoked it held the company then is told by its register,
//! which is not part of the log.

use engine::mandate::MandateEvent;

use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A441",
    name: "mandate-misused",
    weight: Weight::Fault,
    en: "What was done to a mandate was not allowed.",
    fa: "کاری که با یک وکالت شده مجاز نبوده است.",
};

/// An act on a mandate, and whether it was allowed.
pub(crate) fn check(at: At, allowed: Result<(), String>, event: &MandateEvent, findings: &mut Findings) {
    if let Err(why) = allowed {
        findings.add(&CODE, at, format!("{} by {}", event.act.kind(), event.by), why);
    }
}
