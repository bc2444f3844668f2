//! Who sits in a case does not follow from its matter.
//!
//! One matter has one draw, in however many cases it is filed, at once or one after the other: those who were drawn in one of its cases sit
//! in the others. Here somebody was drawn although others of the matter were to sit, or was seated who does not sit in it: a way to look
//! for a better officer by filing again.

use engine::event::What;

use crate::checks::Act;
use crate::finding::{Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A410",
    name: "matter-drawn-again",
    weight: Weight::Fault,
    en: "Who sits in a case does not follow from its matter.",
    fa: "ترکیب رسیدگی‌کنندگان از موضوع پرونده برنمی‌آید.",
};

/// Looks at a seat that was filled in another way than the matter says.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    let fills = |what: Option<&What>| matches!(what, Some(What::Drawn { .. } | What::Seated { .. }));
    let seats = |what: Option<&What>| matches!(what, Some(What::Seated { .. }));
    let (recorded, expected) = (act.recorded(), act.expected());
    if (seats(recorded) && (fills(expected) || act.expected_nothing())) || (fills(recorded) && seats(expected)) {
        act.report(&CODE, findings);
    }
}
