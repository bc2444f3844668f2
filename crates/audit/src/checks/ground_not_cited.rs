//! A refusal or an objection cites no ground, or one that the definition does not allow there.
//!
//! A refusal without a ground in law is void. The definition lists which grounds a desk or an authority may cite.

use engine::refusal::Refusal;

use crate::checks::Act;
use crate::finding::{Code, Findings, Weight};
use crate::checks::ask_not_allowed::is_an_ask;
use crate::checks::revoked_wrongly::is_about_revoking;

/// This check.
pub static CODE: Code = Code {
    id: "A414",
    name: "ground-not-cited",
    weight: Weight::Fault,
    en: "A ground is missing, or may not be cited there.",
    fa: "مستندی ذکر نشده، یا استناد به آن در آنجا مجاز نیست.",
};

/// Looks at an act that the engine refuses for its ground.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    let refused = matches!(act.refusal(), Some(Refusal::GroundNeeded { .. } | Refusal::WrongGround { .. }));
    if refused && !is_an_ask(act) && !is_about_revoking(act) {
        act.report(&CODE, findings);
    }
}
