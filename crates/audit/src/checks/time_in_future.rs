//! An act is recorded at a time that has not come yet.
//!
//! Either the zone's clock runs ahead, so that deadlines pass too early, or yours is slow.

use jiff::Timestamp;

use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A107",
    name: "time-in-future",
    weight: Weight::Fault,
    en: "An act is dated in the future.",
    fa: "تاریخ یک اقدام در آینده است.",
};

/// An event's time beside the present moment.
pub(crate) fn check(
    index: u64,
    case: Option<[u8; 16]>,
    at: Timestamp,
    now_ms: Option<i64>,
    tolerance_ms: i64,
    findings: &mut Findings,
) {
    let Some(now_ms) = now_ms else { return };
    if at.as_millisecond().saturating_sub(now_ms) > tolerance_ms {
        let now = Timestamp::from_millisecond(now_ms).unwrap_or(at);
        findings.add(&CODE, At { case, ..At::index(index) }, format!("at {at}"), format!("not after {now}, the time of this audit"));
    }
}
