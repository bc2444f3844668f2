//! Officers sit in a case whom the draw does not give, or it went a way that the draw does not give.
//!
//! A draw is a function of its candidates or routes, of the matter's name and of its randomness. Drawn again from what is recorded, other officers
//! come out, or the same in another order, or another route.

use engine::event::What;
use engine::lot::Draw;

use crate::checks::Act;
use crate::finding::{Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A408",
    name: "draw-steered",
    weight: Weight::Fault,
    en: "A draw does not give the officers, or the route, that are recorded.",
    fa: "قرعه به کسانی، یا به مسیری، که ثبت شده است نمی‌رسد.",
};

/// Draws again.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    for (place, event) in act.events.iter().enumerate() {
        let What::Drawn { draw, .. } = &event.what else { continue };
        let names = |draw: &Draw| draw.names().cloned().collect::<Vec<_>>().join(", ");
        let right = draw.again().map(|again| names(&again)).unwrap_or_default();
        if right != names(draw) {
            findings.add(&CODE, act.place(place), names(draw), right);
        }
    }
}
