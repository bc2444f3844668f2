//! A case ended otherwise than its definition says: another outcome, another certificate, another validity, another record in a register.
//!
//! What an end means is written in the definition: whether it grants or refuses, which certificate it issues and for how long, which
//! register the case enters and with which facts, whether it overturns the appealed decision.

use engine::event::What;

use crate::checks::Act;
use crate::finding::{Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A419",
    name: "end-wrong",
    weight: Weight::Fault,
    en: "A case ended otherwise than its definition says.",
    fa: "پرونده به گونه‌ای جز آنچه تعریف می‌گوید پایان یافته است.",
};

/// Looks at an end.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    let ends = |what: Option<&What>| matches!(what, Some(What::Ended { .. }));
    let (recorded, expected) = (act.recorded(), act.expected());
    let wrong = match (recorded, expected) {
        (
            Some(What::Ended { outcome, certificate, enter, overturn, .. }),
            Some(What::Ended { outcome: outcome_again, certificate: issued, enter: entering, overturn: falls, .. }),
        ) => outcome != outcome_again || certificate != issued || enter != entering || overturn != falls,
        _ => ends(recorded) && expected.is_some(),
    };
    if wrong {
        act.report(&CODE, findings);
    }
}
