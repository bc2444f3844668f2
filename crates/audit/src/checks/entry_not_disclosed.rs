//! A leaf stands in the log, and the event behind it was not disclosed.
//!
//! Whoever is entitled to the events gets one for each leaf, or is told that its content was erased. A segment is missing, shorter than its
//! bundle, or damaged.

use std::fmt::Display;

use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A108",
    name: "entry-not-disclosed",
    weight: Weight::Fault,
    en: "The event behind a leaf was not disclosed.",
    fa: "رویداد پشت یک برگ افشا نشده است.",
};

/// A segment that does not tell what it should.
pub(crate) fn check(path: &str, why: &dyn Display, findings: &mut Findings) {
    findings.add(&CODE, At::place(path), why.to_string(), "one event for each leaf of the bundle");
}
