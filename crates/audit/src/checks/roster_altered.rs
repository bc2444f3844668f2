//! A draw's candidates are not those that its roster hash is of, or not those who could be drawn.
//!
//! The hash over the candidates is public, in the leaf of the draw. The candidates must have it, stand in order and once, and nobody among
//! them may sit in that seat already. The name of the matter that the numbers are made from follows from the case and the seat, and the
//! draws of one act have one randomness.

use engine::event::What;
use engine::lot;

use crate::checks::Act;
use crate::finding::{Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A409",
    name: "roster-altered",
    weight: Weight::Fault,
    en: "A draw's candidates are not those that its roster hash is of.",
    fa: "نامزدهای قرعه با درهم‌ساز فهرست نمی‌خوانند.",
};

/// Holds candidates against their hash, and against what the engine would have drawn from.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    for (place, event) in act.events.iter().enumerate() {
        let What::Drawn { draw, .. } = &event.what else { continue };
        let roster =
            if draw.is_of_routes() { lot::routes_hash(&draw.routes) } else { lot::roster_hash(&draw.candidates) };
        if roster != draw.roster {
            findings.add(&CODE, act.place(place), format!("roster {}", draw.roster), format!("roster {roster}"));
        }
    }
    if let (Some(What::Drawn { draw, seat }), Some(What::Drawn { draw: again, seat: same })) = (act.recorded(), act.expected())
        && seat == same
        && (draw.matter != again.matter || draw.candidates != again.candidates || draw.randomness != again.randomness)
    {
        let told = |draw: &lot::Draw| {
            let officers: Vec<&str> = draw.candidates.iter().map(|one| one.officer.as_str()).collect();
            format!("for {} from {} by {}", draw.matter, officers.join(", "), draw.randomness)
        };
        findings.add(&CODE, act.place(act.differs), told(draw), told(again));
    }
}
