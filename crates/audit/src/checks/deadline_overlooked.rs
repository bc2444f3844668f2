//! An act was taken after a deadline that had passed, as if it had not.
//!
//! What is overdue lapses first, before anything else can be done in the case. Here the consequence of the deadline is missing, and
//! somebody acted in the place of those whose time was over.

use engine::event::What;
use engine::refusal::Refusal;

use crate::checks::Act;
use crate::finding::{Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A407",
    name: "deadline-overlooked",
    weight: Weight::Fault,
    en: "An act overtook a deadline that had passed.",
    fa: "اقدامی از مهلت سرآمده پیشی گرفته است.",
};

/// Looks at an act before which something should have lapsed.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    let lapses = |what: Option<&What>| matches!(what, Some(What::Lapsed { .. }));
    let overlooked = matches!(act.refusal(), Some(Refusal::TimeRanOut { .. }));
    if overlooked || (lapses(act.expected()) && !lapses(act.recorded())) {
        act.report(&CODE, findings);
    }
}
