//! Where an act begins and ends in a run, as far as its events say so themselves.
//!
//! Must not know of: what comes of an act.

use engine::CaseId;
use engine::case::Digest;
use engine::event::{Event, What};
use log::Leaf;

use super::{Shard, View};
use crate::checks::event_malformed;
use crate::definitions::Definitions;
use crate::finding::At;
use crate::part::Begins;
use crate::replay;

/// An act in a run: its first event, how many events it may have, those of them that fill seats, and what functions said, with how many events of the act stand
/// before.
pub(super) struct Begun {
    pub(super) first: Event,
    pub(super) extent: usize,
    pub(super) draws: Vec<Event>,
    pub(super) computed: Vec<(usize, Event)>,
}

impl Shard {
    /// Reads the event with which an act begins, and looks ahead to where the next one does.
    pub(super) fn begun(
        &mut self,
        case: CaseId,
        events: &[View<'_>],
        first: &View<'_>,
        definitions: &Definitions,
    ) -> Option<Begun> {
        let Some(head) = &first.told.head else {
            self.lose(case, first, definitions);
            return None;
        };
        let Some(event) = self.event(first) else {
            self.lose(case, first, definitions);
            return None;
        };
        let (at, mut extent, mut draws, mut computed) = (head.at, 1, Vec::new(), Vec::new());
        for view in events.iter().skip(1) {
            let Some(head) = view.told.head.as_ref().filter(|head| head.at == at) else { break };
            match head.begins {
                Begins::Always => break,
                Begins::Never => {}
                Begins::Perhaps => match self.event(view) {
                    None => break,
                    Some(next) if replay::begins(&next.what) && !goes_with(&event.what, &next.what) => break,
                    Some(next) => draws.extend(Some(next).filter(|next| replay::is_by_matter(&next.what))),
                },
                Begins::Draws => match self.event(view) {
                    Some(event) if replay::begins(&event.what) => break,
                    event => draws.extend(event),
                },
                Begins::Computes => computed.extend(self.event(view).map(|event| (extent, event))),
            }
            extent += 1;
        }
        Some(Begun { first: event, extent, draws, computed })
    }

    pub(super) fn event(&mut self, view: &View<'_>) -> Option<Event> {
        match serde_json::from_slice(view.part.body(view.item)?) {
            Ok(event) => Some(event),
            Err(error) => {
                let at = At::leaf(view.item.index, view.told.case);
                event_malformed::check(at, &error, &mut self.findings);
                None
            }
        }
    }
}

/// Whether an officer gives up one more seat in the same act.
fn goes_with(first: &What, next: &What) -> bool {
    matches!((first, next), (What::Vacated { officer, .. }, What::Vacated { officer: same, .. }) if officer == same)
}

/// The definition that the leaf names, where nothing else does.
pub(super) fn named_by_leaf(view: &View<'_>) -> Option<Digest> {
    Leaf::decode(view.part.entry(view.item)).ok().map(|leaf| Digest(leaf.definition))
}
