//! A status list is not signed with the zone's key, or is none.
//!
//! Nobody can rely on what it says about revoked certificates.

use std::fmt::Display;

use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A509",
    name: "status-list-not-signed",
    weight: Weight::Fault,
    en: "A status list is not signed with the zone's key.",
    fa: "فهرست وضعیت با کلید منطقه امضا نشده است.",
};

/// A list that does not hold as a message.
pub(crate) fn check(path: &str, why: &dyn Display, findings: &mut Findings) {
    findings.add(&CODE, At::place(path), why.to_string(), "a status list that the zone's key signed");
}
