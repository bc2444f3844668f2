//! What an applicant or an inspector gave does not do: something is missing, of the wrong type, or was never asked.
//!
//! The engine takes nothing that the definition does not ask for, and nothing that does not fit its type. What registers are said to have
//! said must be what the definition reads.

use engine::event::What;
use engine::refusal::Refusal;

use crate::checks::Act;
use crate::finding::{Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A423",
    name: "facts-wrong",
    weight: Weight::Fault,
    en: "Facts are recorded that the definition does not take.",
    fa: "داده‌هایی ثبت شده که تعریف نمی‌پذیرد.",
};

/// Looks at facts that the engine refuses, or that come out otherwise.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    let refused = matches!(act.refusal(), Some(Refusal::Facts(_)));
    let takes = matches!(
        act.recorded(),
        Some(What::Opened(_) | What::Supplied { .. } | What::Signed { .. } | What::Decided { .. })
    );
    let otherwise = match (act.recorded(), act.expected()) {
        (Some(What::Opened(one)), Some(What::Opened(other))) => one != other,
        (Some(What::Supplied { read, .. }), Some(What::Supplied { read: other, .. })) => read != other,
        _ => false,
    };
    if (refused && takes) || otherwise {
        act.report(&CODE, findings);
    }
}
