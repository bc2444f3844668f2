//! The log's files do not give the root that its checkpoint signs.
//!
//! Each entry is hashed and put into the tree again (RFC 6962 section 2.1); each tile is held against what it should hold, and the root
//! against the signed one. A file was changed after it was signed, or something was signed that is not there.

use std::fmt::Display;

use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A102",
    name: "tree-differs",
    weight: Weight::Fault,
    en: "The log's files do not give the signed root.",
    fa: "پرونده‌های دفتر به ریشهٔ امضاشده نمی‌رسند.",
};

/// A file that is not what the tree needs.
pub(crate) fn check(path: &str, why: &dyn Display, findings: &mut Findings) {
    findings.add(&CODE, At::place(path), why.to_string(), "the bytes that the signed root was made of");
}
