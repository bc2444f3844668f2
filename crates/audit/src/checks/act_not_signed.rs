//! An officer who has a passkey acted without signing.
//!
//! What officers do is signed by their passkeys where the zone demands it. Whether it did at that moment is not in the record, so this is counted and
//! shown, and does not make the record wrong: in a trial, or before a zone opens, officers may go on without signing. In a zone that says that its officers
//! sign, each of these is an act that anybody with the machine could have written.

use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A604",
    name: "act-not-signed",
    weight: Weight::Remark,
    en: "An officer who has a passkey acted without signing.",
    fa: "کارشناسی که کلید عبور دارد، بدون امضا اقدام کرده است.",
};

/// Says whose act it was.
pub(crate) fn check(at: At, officer: &str, findings: &mut Findings) {
    findings.add(&CODE, at, format!("an act of {officer} without a signature"), "their signature over it");
}
