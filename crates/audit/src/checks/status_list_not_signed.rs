//! A status list is not signed with the zone's key, is none, or is not there.
//!
//! Nobody can rely on what it says about revoked certificates. A log of a certain size needs so many lists, one for each 131,072 leaves, whether
//! anything on them is revoked or not.

use std::fmt::Display;

use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A509",
    name: "status-list-not-signed",
    weight: Weight::Fault,
    en: "A status list is missing, or not signed with the zone's key.",
    fa: "فهرست وضعیت نیست یا با کلید منطقه امضا نشده است.",
};

/// A list that does not hold as a message, or is not there.
pub(crate) fn check(path: &str, why: &dyn Display, findings: &mut Findings) {
    findings.add(&CODE, At::place(path), why.to_string(), "a status list that the zone's key signed");
}
