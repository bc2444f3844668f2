//! An officer decided a case in which they applied themselves.
//!
//! The record does not say which person an officer is, beyond their id. So this looks only at ids that are the same; who an officer is in
//! the registers is for the roster's own check.

use engine::case::Decider;
use engine::event::What;
use engine::refusal::Refusal;

use crate::checks::Act;
use crate::finding::{Code, Findings, Weight};

/// This check.
pub static CODE: Code = Code {
    id: "A425",
    name: "own-case",
    weight: Weight::Fault,
    en: "An officer decided their own case.",
    fa: "کارشناسی در پروندهٔ خودش تصمیم گرفته است.",
};

/// Looks at who acted.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    if matches!(act.refusal(), Some(Refusal::OwnCase)) {
        act.report(&CODE, findings);
        return;
    }
    let Some(applicant) = act.before.map(|case| case.applicant.as_str()) else { return };
    for (place, event) in act.events.iter().enumerate() {
        let own = match &event.what {
            What::Signed { officer, .. } | What::Asked { officer, .. } => officer == applicant,
            What::Consulted { officer: Some(officer), .. } => officer == applicant,
            What::Decided { by: Decider::Officers(officers), .. } => officers.iter().any(|one| one == applicant),
            _ => false,
        };
        if own {
            findings.add(&CODE, act.place(place), format!("an act of {applicant}"), "somebody else's act");
        }
    }
}
