//! A certificate is not signed with the zone's key, or is no certificate.
//!
//! Whoever is shown it at a gate will refuse it; or it was made by somebody else in the zone's name.

use std::fmt::Display;

use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A504",
    name: "certificate-not-signed",
    weight: Weight::Fault,
    en: "A certificate is not signed with the zone's key.",
    fa: "گواهی با کلید منطقه امضا نشده است.",
};

/// A certificate that does not hold as a message.
pub(crate) fn check(at: At, why: &dyn Display, findings: &mut Findings) {
    findings.add(&CODE, at, why.to_string(), "a certificate that the zone's key signed");
}
