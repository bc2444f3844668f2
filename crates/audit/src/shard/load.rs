//! For whom open cases wait, and who was full in a draw.
//!
//! Must not know of: whether that is right.

use std::collections::{BTreeMap, BTreeSet};

use engine::CaseId;
use engine::case::{Case, OfficerId};
use engine::event::{Event, What};
use engine::lot::Why;
use log::Leaf;

use super::{Acting, Shard, View};
use crate::checks::candidates_differ::chosen;
use crate::finding::At;
use crate::loads::{self, Filled, Told};

impl Shard {
    /// For whom the case waits after an act and did not before, and the other way round; and the act's draws.
    pub(super) fn load(&mut self, acting: &Acting<'_>, before: Option<&Case>, after: &Case, events: &[Event]) {
        let Some(first) = events.first() else { return };
        let (index, at_ms) = (acting.first(), first.at.as_millisecond());
        for (number, event) in events.iter().enumerate() {
            let place = At::leaf(index.saturating_add(number as u64), acting.case.0);
            if let Some(filled) = filled(acting, event, place) {
                self.loads.push(Told { index, at_ms, what: loads::What::Fills(filled) });
            }
        }
        let (was, is) = (before.map(waits_for).unwrap_or_default(), waits_for(after));
        self.waits(index, at_ms, &was, &is);
    }

    fn waits(&mut self, index: u64, at_ms: i64, was: &BTreeSet<OfficerId>, is: &BTreeSet<OfficerId>) {
        if was != is {
            let no_longer = was.difference(is).cloned().collect();
            let now = is.difference(was).cloned().collect();
            self.loads.push(Told { index, at_ms, what: loads::What::Waits { no_longer, now } });
        }
    }

    /// A case that is not followed any further, from this leaf on: for whom it waits nobody can tell any more. `lost` is how it stood before.
    pub(super) fn unseen(&mut self, case: CaseId, lost: Option<&Case>, view: &View<'_>) {
        let index = view.item.index;
        let leaf = Leaf::decode(view.part.entry(view.item)).ok();
        let at_ms = leaf.as_ref().map_or(0, |leaf| leaf.time_ms);
        if let Some(lost) = lost {
            self.waits(index, at_ms, &waits_for(lost), &BTreeSet::new());
        }
        let open = match leaf.as_ref().map(|leaf| leaf.kind.as_str()) {
            Some("ended") => false,
            Some("opened" | "entered") => true,
            _ if lost.is_some_and(|lost| lost.ended.is_none()) => true,
            _ => return,
        };
        self.loads.push(Told { index, at_ms, what: loads::What::Unseen { case, open } });
    }
}

/// The officers on whose desks an open case lies, those who look again included: the same as the store counts.
fn waits_for(case: &Case) -> BTreeSet<OfficerId> {
    if case.ended.is_some() {
        return BTreeSet::new();
    }
    case.holders().into_iter().chain(case.called.iter().cloned()).collect()
}

/// What a draw says of who is full; none where nobody has a limit.
fn filled(acting: &Acting<'_>, event: &Event, place: At) -> Option<Filled> {
    let (candidates, aside) = chosen(&event.what)?;
    let (seat, people) = match &event.what {
        What::Drawn { seat, draw } => (seat, u32::try_from(draw.drawn.len()).unwrap_or(u32::MAX)),
        What::Lot { seat, lot } => (seat, lot.people),
        _ => return None,
    };
    let full: Vec<OfficerId> = aside.iter().filter(|one| one.why == Why::Full).map(|one| one.officer.clone()).collect();
    let rosters = acting.recorded_rosters(event.at);
    let mut limits: BTreeMap<OfficerId, BTreeSet<Option<u32>>> = BTreeMap::new();
    for officer in candidates.iter().map(|one| &one.officer).chain(&full) {
        let all = rosters.iter().filter_map(|register| register.of(officer)).map(|entry| entry.most_open);
        limits.insert(officer.clone(), all.collect());
    }
    limits.values().flatten().any(Option::is_some).then(|| Filled {
        place,
        seat: seat.clone(),
        people,
        candidates: candidates.iter().map(|one| (one.officer.clone(), one.weight > 0)).collect(),
        full,
        limits,
    })
}
