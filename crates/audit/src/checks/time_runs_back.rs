//! An act is recorded at a time before one that stands earlier in the log.
//!
//! Order in the log is the order in which acts became durable, and the zone's clock never goes back. Acts under way at once may overtake
//! each other by moments (`--tolerance`, a minute unless you say otherwise). A larger step back is an act with a false date, such as one
//! that keeps a deadline after the fact, or a clock that ran ahead for a while.

use jiff::Timestamp;

use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A106",
    name: "time-runs-back",
    weight: Weight::Fault,
    en: "An act is dated before one that was recorded earlier.",
    fa: "تاریخ یک اقدام پیش از اقدامی است که زودتر ثبت شده است.",
};

/// An event's time beside the latest time of those before it. Gives the latest with this one.
pub(crate) fn check(
    index: u64,
    case: Option<[u8; 16]>,
    at: Timestamp,
    latest: Option<Timestamp>,
    tolerance_ms: i64,
    findings: &mut Findings,
) -> Timestamp {
    let Some(latest) = latest else { return at };
    let back_ms = latest.as_millisecond().saturating_sub(at.as_millisecond());
    if back_ms > tolerance_ms {
        let place = At { case, ..At::index(index) };
        findings.add(&CODE, place, format!("at {at}"), format!("not before {latest}, when an earlier leaf was recorded"));
    }
    latest.max(at)
}
