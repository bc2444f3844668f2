//! An officer acted in their own case, or in one that they have to do with.
//!
//! Nobody decides their own case. The roster says which person an officer is, and whom and what they declared a relation with; an act says who did it for
//! the applicant. Here an officer acted who is the applicant, who acted for them, or who has a relation with the applicant or with what the case is about.
//! Another process may not have known what was recorded in the last minute, so such a relation does not count.
//!
//! What officers hold in registers is not in the record: whether they hold what the case is about cannot be seen. Of an officer of whom the roster does
//! not say who they are, only an id that is the applicant's is seen.

use engine::event::What;
use engine::refusal::Refusal;

use crate::checks::Act;
use crate::finding::{Code, Findings, Weight};
use crate::replay;

/// This check.
pub static CODE: Code = Code {
    id: "A425",
    name: "own-case",
    weight: Weight::Fault,
    en: "An officer acted in their own case, or in one that they have to do with.",
    fa: "کارشناسی در پروندهٔ خودش، یا در پرونده‌ای که با آن ارتباط دارد، اقدام کرده است.",
};

/// Looks at who acted.
pub(crate) fn check(act: &Act<'_>, findings: &mut Findings) {
    let refused = act.refusal();
    if matches!(
        refused,
        Some(Refusal::OwnCase | Refusal::Related { .. } | Refusal::Shared { .. } | Refusal::ActsFor)
    ) {
        act.report(&CODE, findings);
        return;
    }
    let Some(applicant) = act.before.map(|case| &case.applicant) else { return };
    for (place, event) in act.events.iter().enumerate() {
        // Whoever gives the seat up does what they should.
        let acted = !matches!(event.what, What::Vacated { .. }) && replay::is_officers_act(&event.what);
        if acted && replay::officers_act(&event.what).is_some_and(|(officer, _)| officer == *applicant) {
            findings.add(&CODE, act.place(place), format!("an act of {applicant}"), "somebody else's act");
        }
    }
}
