//! A deadline is said to have run out before it had, or it was no deadline of the case.
//!
//! A lapse takes place at its due time or later, names a clock that runs and the deadline that the case had. The silence of an officer who
//! still had time decides nothing.

use engine::event::What;
use engine::refusal::Refusal;
use log::Leaf;
use log::value::Value;

use crate::checks::Act;
use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A405",
    name: "lapse-too-early",
    weight: Weight::Fault,
    en: "A deadline ran out before its time, or was none.",
    fa: "مهلتی پیش از وقت سرآمده، یا اصلاً مهلتی نبوده است.",
};

/// Looks at a lapse that the engine refuses.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    let refused = matches!(act.refusal(), Some(Refusal::NotDue | Refusal::NotNow { .. } | Refusal::Ended));
    if refused && matches!(act.recorded(), Some(What::Lapsed { .. })) {
        act.report(&CODE, findings);
    }
}

/// The same of what the log alone shows: when it was due and when it happened.
pub(crate) fn check_leaf(index: u64, leaf: &Leaf, findings: &mut Findings) {
    if let (true, Some(Value::Int(due_ms))) = (leaf.kind == "lapsed", leaf.public.get("due"))
        && *due_ms > leaf.time_ms
    {
        let at = At::index(index);
        findings.add(&CODE, at, format!("at {} ms since 1970", leaf.time_ms), format!("not before {due_ms} ms"));
    }
}
