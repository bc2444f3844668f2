//! The end of an act is missing.
//!
//! An act's events become durable together or not at all, one after the other in the log. Here it stops before everything that follows from
//! it is recorded: the rest was removed.

use crate::checks::Act;
use crate::finding::{Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A424",
    name: "act-cut-short",
    weight: Weight::Fault,
    en: "The last events of an act are missing.",
    fa: "رویدادهای پایانی یک اقدام ثبت نشده‌اند.",
};

/// Looks at an act of which fewer events are recorded than come out.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    if act.is_done() && act.recorded().is_none() && act.expected().is_some() {
        let last = act.events.len().saturating_sub(1);
        let recorded = act.events.last().map(|event| format!("nothing after `{}`", event.what.kind()));
        findings.add(&CODE, act.place(last), recorded.unwrap_or_default(), act.expected_in_words());
    }
}
