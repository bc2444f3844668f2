//! What follows a deadline is not what the definition says, or silence decided where no deadline ran out.
//!
//! When a deadline passes, the definition says what follows: a deemed decision, a deemed opinion, another stage. Silence decides only after
//! a recorded lapse, names those who were silent, and has this one consequence.

use engine::case::Decider;
use engine::event::What;

use crate::checks::Act;
use crate::finding::{Code, Findings, Weight};
use crate::replay::Again;

/// This check.
pub static CODE: Code = Code {
    id: "A406",
    name: "silence-misused",
    weight: Weight::Fault,
    en: "Silence had another consequence than the definition says.",
    fa: "خاموشی پیامدی جز آنچه تعریف می‌گوید داشته است.",
};

/// Looks at what followed a lapse, and at silence without one.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    let by_silence = |what: &What| {
        matches!(what, What::Consulted { officer: None, .. } | What::Decided { by: Decider::Silence(_) | Decider::Consult, .. })
    };
    let misused = match act.again {
        Again::NoAct => act.recorded().is_some_and(by_silence),
        Again::Done(..) => act.after_lapse() && !act.is_about_a_draw(),
        Again::Refused(_) => false,
    };
    if misused {
        act.report(&CODE, findings);
    }
}
