//! What lots between stages came to in the cases of a matter, made again from the record.
//!
//! Must not know of: how the application keeps it. The rule is told here a second time on purpose: a slip in one telling shows against the other.
//!
//! While a case is open, the way that it went by lot binds the other applications in the matter. If it ends undecided (withdrawn, lapsed), the way is
//! owed: it binds until a case of the matter that went that way, or one that stands before it in the definition, is decided. A decided case leaves
//! nothing. The way that stands last in a lot binds to nothing, and is not noted.

use std::collections::BTreeMap;

use definition::model::{Name, Outcome, Service, Share};
use engine::CaseId;
use engine::case::Case;
use engine::lot::Bound;
use serde::{Deserialize, Serialize};

/// By stage.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Ways(BTreeMap<Name, Noted>);

/// In the order in which they came about: cases that are open or owe what they came to, and whether they owe it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Noted(Vec<(CaseId, Name, bool)>);

/// Whether an act drew or decided by lot, or ended a case in which one had, or opened that again.
pub(super) fn concerns(before: Option<&Case>, after: &Case) -> bool {
    let over = |case: &Case| case.ended.is_some();
    match before {
        None => !after.ways.is_empty(),
        Some(before) => before.ways != after.ways || (!after.ways.is_empty() && over(before) != over(after)),
    }
}

impl Ways {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn bounds(&self) -> BTreeMap<Name, Vec<Bound>> {
        let bounds = |Noted(all): &Noted| {
            all.iter().map(|(case, route, _)| Bound { route: route.clone(), case: *case }).collect()
        };
        self.0.iter().map(|(stage, noted)| (stage.clone(), bounds(noted))).collect()
    }

    pub(super) fn follow(&mut self, service: &Service, before: Option<&Case>, after: &Case) {
        if !concerns(before, after) {
            return;
        }
        for (stage, way) in &after.ways {
            if let Some(routes) = service.lot(stage) {
                self.0.entry(stage.clone()).or_default().take(routes, after, &way.route);
            }
        }
        self.0.retain(|_, Noted(all)| !all.is_empty());
    }
}

impl Noted {
    fn take(&mut self, routes: &[Share], case: &Case, route: &Name) {
        let rank = |route: &Name| routes.iter().position(|share| share.route == *route);
        let Some(own) = rank(route) else { return };
        self.0.retain(|(other, ..)| *other != case.id);
        let is_decided = match &case.ended {
            Some(ended) => !matches!(ended.outcome, Outcome::Withdrawn | Outcome::Lapsed),
            None => false,
        };
        if is_decided {
            // What is owed, and was gone with this one or with more, is owed no longer; nor what no lot knows any more.
            self.0.retain(|(_, route, owed)| !owed || rank(route).is_some_and(|other| other < own));
        } else if own.saturating_add(1) < routes.len() {
            self.0.push((case.id, route.clone(), case.ended.is_some()));
        }
    }
}
