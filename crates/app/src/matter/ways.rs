//! What lots between stages came to in the cases of a matter, and how long that binds the others.
//!
//! A way that a case went by lot binds the applications in the matter that are filed while it is open, so that filing several at once is no second
//! chance. It binds them further if the case ends undecided (withdrawn, lapsed), so that withdrawing is none either, until a case of the matter that
//! went the same way, or one that stands before it, is decided. A case that is decided leaves nothing behind. What stands last in a lot binds to
//! nothing: whoever was drawn for it is drawn for again.
//!
//! Must not know of: how a draw is done, what a way that binds does (`engine` says that).

use std::collections::BTreeMap;

use definition::model::{Name, Outcome, Service};
use engine::CaseId;
use engine::case::Case;
use engine::lot::{self, Bound};
use serde::{Deserialize, Serialize};

/// By stage, in the order in which they came about.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ways(BTreeMap<Name, Vec<One>>);

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct One {
    case: CaseId,
    route: Name,
    /// Whether the case is open; else it ended undecided.
    open: bool,
}

/// Whether something was drawn or decided by lot in a case, or one in which it was ended or was opened again.
pub(super) fn are_touched(before: Option<&Case>, case: &Case) -> bool {
    let nothing = BTreeMap::new();
    let ended = |case: &Case| case.ended.is_some();
    before.map_or(&nothing, |before| &before.ways) != &case.ways
        || (!case.ways.is_empty() && before.is_some_and(ended) != ended(case))
}

impl Ways {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn has(&self, stage: &str) -> bool {
        self.0.contains_key(stage)
    }

    pub(super) fn bind_an_open_case(&self) -> bool {
        self.0.values().flatten().any(|one| one.open)
    }

    pub(super) fn bounds(&self) -> BTreeMap<Name, Vec<Bound>> {
        let bound = |one: &One| Bound { route: one.route.clone(), case: one.case };
        self.0.iter().map(|(stage, all)| (stage.clone(), all.iter().map(bound).collect())).collect()
    }

    /// Takes up what was done in a case of the matter.
    pub(super) fn follow(&mut self, service: &Service, before: Option<&Case>, case: &Case) {
        if !are_touched(before, case) {
            return;
        }
        let outcome = case.ended.as_ref().map(|ended| ended.outcome);
        let undecided = |outcome| matches!(outcome, Outcome::Withdrawn | Outcome::Lapsed);
        for (stage, way) in &case.ways {
            let Some(routes) = service.lot(stage) else { continue };
            let Some(own) = lot::place(routes, &way.route) else { continue };
            let all = self.0.entry(stage.clone()).or_default();
            all.retain(|one| one.case != case.id);
            if outcome.is_none_or(undecided) {
                let is_last = own.saturating_add(1) == routes.len();
                let one = One { case: case.id, route: way.route.clone(), open: outcome.is_none() };
                all.extend((!is_last).then_some(one));
            } else {
                all.retain(|one| one.open || lot::place(routes, &one.route).is_some_and(|other| other < own));
            }
        }
        self.0.retain(|_, all| !all.is_empty());
    }
}
