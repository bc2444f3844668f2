//! A decision that a table made is not the one that the table gives.
//!
//! The definition's table was applied again to the facts of the case. Other rows fire, or another route comes out: the decision was
//! changed, the facts were, or a rule was passed over.

use engine::case::Decider;
use engine::event::What;

use crate::checks::Act;
use crate::finding::{Code, Findings, Weight};
use crate::replay::Again;

/// This check.
pub static CODE: Code = Code {
    id: "A403",
    name: "decision-changed",
    weight: Weight::Fault,
    en: "A table's decision is not what the table gives.",
    fa: "تصمیم جدول آن نیست که جدول می‌دهد.",
};

/// Looks at what a rule decided.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    let by_rule = |what: &What| matches!(what, What::Ruled { .. } | What::Decided { by: Decider::Rule, .. });
    let recorded = act.recorded().is_some_and(by_rule);
    let differs = match act.again {
        Again::Done(..) => recorded || act.expected().is_some_and(by_rule),
        Again::NoAct => recorded,
        Again::Refused(_) => false,
    };
    if differs {
        act.report(&CODE, findings);
    }
}
