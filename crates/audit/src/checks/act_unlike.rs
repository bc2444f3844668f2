//! What is recorded is not what the engine makes of the act.
//!
//! The act was done again with `engine::decide`, under the definition's hash, from the case as it stood. Other events came out, or a
//! refusal, and no other check has a name for the difference.

use crate::checks::Act;
use crate::finding::{Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A401",
    name: "act-unlike",
    weight: Weight::Fault,
    en: "What is recorded is not what comes of the act.",
    fa: "آنچه ثبت شده آن نیست که از اقدام به دست می‌آید.",
};

/// Whatever no other check has named.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    act.report(&CODE, findings);
}
