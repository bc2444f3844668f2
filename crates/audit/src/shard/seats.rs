//! The matter that an act is about, and who sits in it as the act itself says.
//!
//! Must not know of: whether any of it is right.

use std::collections::BTreeMap;

use engine::case::Case;
use engine::event::What;
use engine::world::{Elsewhere, Sitter, Sitting};

use super::Acting;
use super::begun::Begun;
use crate::matters;

/// Who sits in a matter, and the lots that its seats wait for.
pub(super) type Seats = (Sitting, BTreeMap<String, Elsewhere>);

/// The applicant of an act's case, and the matter that it is about.
pub(super) fn matter_of<'a>(acting: &Acting<'a>, case: Option<&'a Case>) -> Option<(&'a String, String)> {
    let (applicant, appeals, facts) = match (case, &acting.begun.first.what) {
        (Some(case), _) => (&case.applicant, case.appeals, &case.facts),
        (None, What::Opened(opened)) => (&opened.applicant, opened.appeals, &opened.facts),
        (None, _) => return None,
    };
    Some((applicant, matters::key(acting.service, applicant, appeals, facts)))
}

/// Who sits in a matter, as the events of an act say.
pub(super) fn told_seats(begun: &Begun) -> Seats {
    let (mut sitting, mut lots) = Seats::default();
    for event in begun.draws.iter().chain([&begun.first]) {
        match &event.what {
            What::Seated { seat, officer, case } => {
                let sitter = Sitter { officer: officer.clone(), case: *case };
                sitting.entry(seat.clone()).or_default().push(sitter);
            }
            What::Shared { seat, case, due, .. } => {
                lots.insert(seat.clone(), Elsewhere { case: *case, due: *due });
            }
            _ => {}
        }
    }
    (sitting, lots)
}
