//! Cases of which something was erased or cannot be read: they are not followed any further, but by their leaves.
//!
//! Must not know of: what leaves mean.

use definition::Checked;
use definition::model::Service;
use engine::CaseId;
use engine::case::{Case, Digest};
use jiff::Timestamp;
use log::Leaf;

use super::begun::named_by_leaf;
use super::{Shard, View, step};
use crate::definitions::Definitions;
use crate::kept::Kept;
use crate::unfollowed::{AtMost, Unfollowed};

impl Shard {
    /// A case is not followed any further from an event that cannot be read.
    pub(super) fn lose(&mut self, case: CaseId, view: &View<'_>, definitions: &Definitions) {
        let erased = view.part.body(view.item).is_none();
        let count = if erased { &mut self.counts.erased } else { &mut self.counts.not_followed };
        *count = count.saturating_add(1);
        let hash = named_by_leaf(view).unwrap_or(Digest([0; 32]));
        let mut kept = self.cases.remove(&case).unwrap_or_else(|| Kept::new(hash, view.item.index));
        let lost = kept.case.take();
        let service = definitions.get(&kept.definition).map(|service| &**service);
        self.at_most.leaves = self.at_most.leaves.saturating_add(1);
        self.by_leaf(&mut kept, lost.as_ref(), view, service);
        self.unseen(case, lost.as_ref(), view);
        if let Some(case) = lost {
            self.matters.cloud(&case.applicant);
            self.leave_desks(&case, kept.first, view.item.index);
        }
        self.cases.insert(case, kept);
    }

    /// Takes a case forward by a leaf alone; `lost` is the case up to where it could be followed.
    pub(super) fn by_leaf(
        &mut self,
        kept: &mut Kept,
        lost: Option<&Case>,
        view: &View<'_>,
        service: Option<&Checked<Service>>,
    ) {
        let index = view.item.index;
        let known = kept.unfollowed.take();
        let (mut unfollowed, most) = match known {
            Some(unfollowed) => (unfollowed, AtMost::default()),
            None => Unfollowed::since(lost, kept.issuing.last().copied(), &kept.course, service.map(|own| &**own)),
        };
        self.at_most.join(most);
        // A leaf that cannot be read has a finding of its own.
        let Ok(leaf) = Leaf::decode(view.part.entry(view.item)) else {
            self.at_most.unknown = true;
            kept.unfollowed = Some(unfollowed);
            return step(kept, index, None);
        };
        self.at_most.join(unfollowed.take(index, &leaf, service));
        kept.issuing.extend(unfollowed.issued.contains_key(&index).then_some(index));
        kept.unfollowed = Some(unfollowed);
        step(kept, index, Timestamp::from_millisecond(leaf.time_ms).ok());
    }
}
