//! Personal data was erased too early, or on no ground.
//!
//! Data of a case goes when the case is over and the definition's period has passed, by the clock; or before, on a ground of law that is in force, by the
//! operator's hand. Here the record says that it was erased although the case was open, could still be appealed against, the period had not passed, or
//! the ground is none. What is erased cannot be looked at any more, so an erasure that was not due may have been meant to hide something.

use engine::event::What;

use crate::checks::Act;
use crate::finding::{At, Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A429",
    name: "erased-wrongly",
    weight: Weight::Fault,
    en: "Personal data was erased too early, or on no ground.",
    fa: "دادهٔ شخصی پیش از موعد یا بی هیچ مستندی پاک شده است.",
};

/// Looks at an erasure that the engine refuses, or that comes out otherwise.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    if matches!(act.recorded(), Some(What::Erased { .. })) {
        act.report(&CODE, findings);
    }
}

/// Says what should have been erased, in a case that cannot be followed.
pub(crate) fn say(at: At, why: &str, findings: &mut Findings) {
    findings.add(&CODE, at, "an erasure", why);
}
