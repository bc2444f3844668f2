//! What was due or paid is not what the fee table gives.
//!
//! The amount of a fee is what the definition's table gave for the case, less what was paid before. A payment is of exactly that amount,
//! and its receipt was not used in the case before.

use engine::event::What;
use engine::refusal::Refusal;

use crate::checks::Act;
use crate::finding::{Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A417",
    name: "fee-wrong",
    weight: Weight::Fault,
    en: "A fee is not what its table gives.",
    fa: "کارمزد آن نیست که جدول می‌دهد.",
};

/// Looks at what was due and what was paid.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    let amount = match (act.recorded(), act.expected()) {
        (Some(What::Entered { stage, amount, .. }), Some(What::Entered { stage: same, amount: other, .. })) => {
            stage == same && amount != other
        }
        _ => false,
    };
    if amount || matches!(act.refusal(), Some(Refusal::WrongAmount { .. } | Refusal::ReceiptUsed)) {
        act.report(&CODE, findings);
    }
}
