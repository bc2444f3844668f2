//! What was disclosed of an event is no event, or not in its one form.
//!
//! An event is written by the engine as JSON, in one form: read and written again it gives the same bytes. One that does not was not
//! written by the engine.

use std::fmt::Display;

use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A202",
    name: "event-malformed",
    weight: Weight::Fault,
    en: "An event is malformed.",
    fa: "یک رویداد نادرست نوشته شده است.",
};

/// A body that does not do.
pub(crate) fn check(at: At, why: &dyn Display, findings: &mut Findings) {
    findings.add(&CODE, at, why.to_string(), "an event as the engine writes it");
}
