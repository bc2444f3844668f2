//! Who sits in a case, or the way that a lot gave it, does not follow from its matter.
//!
//! One matter has one draw, in however many cases it is filed, at once or one after the other: those who were drawn in one of its cases sit
//! in the others. Here somebody was drawn although others of the matter were to sit, or was seated who does not sit in it: a way to look
//! for a better officer by filing again. Where chance decides between stages, what another application in the matter came to binds: here it was drawn for
//! as if nothing bound it, or bound by what no application came to.

use engine::case::Decider;
use engine::event::What;
use engine::lot::Bound;

use crate::checks::Act;
use crate::finding::{Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A410",
    name: "matter-drawn-again",
    weight: Weight::Fault,
    en: "Who sits in a case, or the way that a lot gave it, does not follow from its matter.",
    fa: "ترکیب رسیدگی‌کنندگان، یا مسیری که قرعه تعیین کرده، از موضوع پرونده برنمی‌آید.",
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

/// Looks at a lot between stages that is bound in another way than the matter says.
pub(crate) fn of_routes(act: &Act<'_>, findings: &mut Findings) {
    let (recorded, expected) = (act.recorded(), act.expected());
    if recorded.is_some() && expected.is_some() && bound(recorded) != bound(expected) {
        act.report(&CODE, findings);
    }
}

/// What an event says of another application in the matter that binds: by a lot's fixing, or where the case goes.
fn bound(what: Option<&What>) -> Option<Bound> {
    match what? {
        What::Lot { lot, .. } => lot.bound.clone(),
        What::Decided { route, by: Decider::Matter(case), .. } => Some(Bound { route: route.clone(), case: *case }),
        _ => None,
    }
}
