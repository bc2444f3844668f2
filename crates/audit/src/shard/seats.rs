//! The matter that an act is about, and who sits in it as the act itself says.
//!
//! Must not know of: whether any of it is right.

use std::collections::BTreeMap;

use definition::model::Name;
use engine::CaseId;
use engine::case::{Case, Decider};
use engine::event::What;
use engine::lot::Bound;
use engine::world::{Elsewhere, Sitter, Sitting};

use super::Acting;
use super::begun::Begun;
use crate::matters;

/// Who sits in a matter, the lots that its seats wait for, and what lots between stages came to.
#[derive(Default)]
pub(super) struct Seats {
    pub(super) sitting: Sitting,
    pub(super) lots: BTreeMap<String, Elsewhere>,
    pub(super) ways: BTreeMap<Name, Vec<Bound>>,
}

impl Seats {
    /// The cases that it names.
    pub(super) fn named(&self) -> impl Iterator<Item = CaseId> {
        let sitters = self.sitting.values().flatten().map(|sitter| sitter.case);
        let bounds = self.ways.values().flatten().map(|bound| bound.case);
        sitters.chain(self.lots.values().map(|lot| lot.case)).chain(bounds)
    }
}

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
    let Seats { mut sitting, mut lots, mut ways } = Seats::default();
    for event in begun.draws.iter().chain([&begun.first]) {
        match &event.what {
            What::Seated { seat, officer, case } => {
                let sitter = Sitter { officer: officer.clone(), case: *case };
                sitting.entry(seat.clone()).or_default().push(sitter);
            }
            What::Shared { seat, case, due, .. } => {
                lots.insert(seat.clone(), Elsewhere { case: *case, due: *due });
            }
            What::Lot { seat, lot } => {
                ways.extend(lot.bound.clone().map(|bound| (seat.clone(), vec![bound])));
            }
            What::Decided { stage, route, by: Decider::Matter(case), .. } => {
                ways.insert(stage.clone(), vec![Bound { route: route.clone(), case: *case }]);
            }
            _ => {}
        }
    }
    Seats { sitting, lots, ways }
}
