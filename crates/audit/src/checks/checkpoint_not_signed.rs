//! The log's checkpoint is not what its key signs.
//!
//! A checkpoint is a signed note (C2SP tlog-checkpoint): origin, size and root under the log's own signature. This one is malformed,
//! another log's, or not signed with the key that was given.
//!
//! Everything else rests on this signature, so nothing more was looked at. See first that the key is this log's, from a source that you
//! trust.

use std::fmt::Display;

use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A101",
    name: "checkpoint-not-signed",
    weight: Weight::Fault,
    en: "The log's checkpoint is not signed by its key.",
    fa: "نقطهٔ وارسی دفتر را کلید خود دفتر امضا نکرده است.",
};

/// A checkpoint that does not open.
pub(crate) fn check(error: &dyn Display, findings: &mut Findings) {
    findings.add(&CODE, At::place(log::checkpoint::PATH), error.to_string(), "a checkpoint that the log's key signed");
}
