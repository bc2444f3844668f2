//! A seat was filled without a draw, or drawn for once too often.
//!
//! Coming to a desk means a draw for its seat, unless officers sit there already: then it means none. A desk without a draw is one that
//! somebody chose; a second draw is a second chance.

use engine::event::What;
use engine::refusal::Refusal;

use crate::checks::Act;
use crate::finding::{Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A411",
    name: "draw-missing",
    weight: Weight::Fault,
    en: "A draw is missing, or is one too many.",
    fa: "قرعه‌ای انجام نشده، یا یکی زیادی است.",
};

/// Looks for a draw that is recorded and not due, or due and not recorded.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    let fills = |what: Option<&What>| matches!(what, Some(What::Drawn { .. } | What::Seated { .. }));
    let drawn = |what: Option<&What>| matches!(what, Some(What::Drawn { .. }));
    let (recorded, expected) = (act.recorded(), act.expected());
    let missing = matches!(act.refusal(), Some(Refusal::TooFewOfficers { .. }));
    let further = matches!(act.refusal(), Some(Refusal::ConvenedAlready));
    let one_too_many = drawn(recorded) && !fills(expected);
    let one_too_few = drawn(expected) && !fills(recorded);
    if missing || further || ((one_too_many || one_too_few) && act.is_done()) {
        act.report(&CODE, findings);
    }
}
