//! Officers sit in a case whom the draw does not give.
//!
//! A draw is a function of its candidates, of the matter's name and of its randomness. Drawn again from what is recorded, other officers
//! come out, or the same in another order.

use engine::event::What;
use engine::lot;

use crate::checks::Act;
use crate::finding::{Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A408",
    name: "draw-steered",
    weight: Weight::Fault,
    en: "A draw does not give the officers who are recorded.",
    fa: "قرعه به کسانی که ثبت شده‌اند نمی‌رسد.",
};

/// Draws again.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    for (place, event) in act.events.iter().enumerate() {
        let What::Drawn { draw, .. } = &event.what else { continue };
        let people = u32::try_from(draw.drawn.len()).unwrap_or(u32::MAX);
        let again = lot::draw(draw.candidates.clone(), &draw.matter, draw.randomness.0, people);
        let right = again.map(|again| again.drawn).unwrap_or_default();
        if right != draw.drawn {
            findings.add(&CODE, act.place(place), draw.drawn.join(", "), right.join(", "));
        }
    }
}
