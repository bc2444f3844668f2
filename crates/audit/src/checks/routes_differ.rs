//! A lot was drawn between other routes, or with other shares, than the definition has.
//!
//! Where chance decides, the definition says between which stages and with which shares: of a hundred declarations ten are inspected, say. A lot, or a
//! draw with the zone's own randomness, names them once more, so that anybody can do it again. Here it names others: a route that was left out or put
//! in, or a share that was made larger or smaller, in one case or in all.

use definition::model::Share;
use engine::event::What;
use engine::lot::in_words;

use crate::checks::Act;
use crate::finding::{Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A435",
    name: "routes-differ",
    weight: Weight::Fault,
    en: "A lot was drawn between other routes, or with other shares, than the definition has.",
    fa: "قرعه میان مسیرهایی جز مسیرهای تعریف، یا با سهم‌هایی جز آن، کشیده شده است.",
};

/// Holds the routes of each draw against those of its stage.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    for (place, event) in act.events.iter().enumerate() {
        let (seat, routes): (&String, &[Share]) = match &event.what {
            What::Lot { seat, lot } => (seat, &lot.routes),
            What::Drawn { seat, draw } => (seat, &draw.routes),
            _ => continue,
        };
        let right = act.service.lot(seat).unwrap_or_default();
        if routes != right {
            let told = |routes: &[Share]| format!("between {}", if routes.is_empty() { "officers".to_owned() } else { in_words(routes) });
            findings.add(&CODE, act.place(place), told(routes), told(right));
        }
    }
}
