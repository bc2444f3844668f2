//! Somebody decided, asked or answered who was not drawn for that seat.
//!
//! Nobody chooses who decides: an officer acts in a case because the draw, or the matter, brought them there. Here an act stands in the
//! name of an officer who did not sit in that seat.

use engine::refusal::Refusal;

use crate::checks::Act;
use crate::finding::{Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A413",
    name: "not-drawn",
    weight: Weight::Fault,
    en: "An officer acted who was not drawn.",
    fa: "کارشناسی اقدام کرده که قرعه به نامش نیفتاده است.",
};

/// Looks at an act that was not the actor's.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    if matches!(act.refusal(), Some(Refusal::NotYours)) {
        act.report(&CODE, findings);
    }
}
