//! A case went another way than the lot that was drawn for it fell.
//!
//! Where chance decides, the case goes the way that was drawn, or the one that stands before it in the definition where another application in the matter
//! came to that; where no draw took place in time, the way that stands first; and the same way again whenever it comes back. Here it went another way, or
//! before anything was drawn.

use engine::case::Decider;
use engine::event::What;

use crate::checks::Act;
use crate::finding::{Code, Findings, Weight};
use crate::replay::Again;

/// This check.
pub static CODE: Code = Code {
    id: "A436",
    name: "lot-disregarded",
    weight: Weight::Fault,
    en: "A case went another way than the lot fell.",
    fa: "پرونده به راهی جز آنکه قرعه گفته رفته است.",
};

/// Looks at what was decided where chance decides.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    let by_lot = |what: &What| {
        matches!(what, What::Decided { by: Decider::Lot | Decider::Matter(_) | Decider::Undrawn, .. })
            || matches!(what, What::Decided { stage, .. } if act.service.lot(stage).is_some())
    };
    let recorded = act.recorded().is_some_and(by_lot);
    let differs = match act.again {
        Again::Done(..) => recorded || act.expected().is_some_and(by_lot),
        Again::NoAct => recorded,
        Again::Refused(_) => false,
    };
    if differs {
        act.report(&CODE, findings);
    }
}
