//! Leaves, made again from their events and held against the log's.
//!
//! Must not know of: whether an event should be there.

use definition::Checked;
use definition::model::Service;
use engine::CaseId;
use engine::event::Event;
use log::Leaf;
use record::leaf;
use record::row::Row;

use super::{Shard, View};
use crate::checks::{chain_broken, entry_malformed, leaf_differs};
use crate::finding::At;
use crate::kept::Kept;

impl Shard {
    /// Holds the log's leaf against the one that the event gives.
    pub(super) fn compare_leaf(
        &mut self,
        view: &View<'_>,
        event: &Event,
        service: &Checked<Service>,
        kept: &Kept,
        stage: Option<&str>,
    ) {
        let Some(body) = view.part.body(view.item) else { return };
        let entry = view.part.entry(view.item);
        let (seq, previous) = (kept.seq.saturating_add(1), (kept.seq > 0).then_some(kept.last));
        // Where a case is not followed any further its stage is not known, and is taken from the log.
        let logged = if kept.case.is_none() { Leaf::decode(entry).ok() } else { None };
        let stage = stage.or_else(|| logged.as_ref().and_then(|leaf| leaf.stage.as_deref()));
        let (index, case) = (view.item.index, CaseId(view.told.case));
        let row = Row { case, seq, previous, stage, body, salt: &view.told.salt };
        let Ok(again) = leaf::of(&row, event, service, kept.definition) else { return };
        self.counts.leaves_recomputed = self.counts.leaves_recomputed.saturating_add(1);
        if again.encode().is_ok_and(|bytes| bytes == entry) {
            return;
        }
        if let Some(logged) = entry_malformed::check(index, entry, &mut self.findings) {
            chain_broken::check(index, &logged, seq, previous, &mut self.findings);
            leaf_differs::check(At::leaf(index, case.0), &logged, &again, &mut self.findings);
        }
    }
}
