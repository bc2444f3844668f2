//! The transparency log that a replay would write, as its root: the same leaves as the sequencer's, in the same tree.
//!
//! Must not know of: where a log is kept, how events come about.

use definition::Checked;
use definition::model::Service;
use engine::CaseId;
use engine::case::Digest;
use engine::event::Event;
use log::hash::leaf_hash;
use log::tree::Tree;
use sha2::{Digest as _, Sha256};
use store::EventRow;

use super::mistake::{Source, Unreadable, Wrong};
use crate::{commit, leaf};

/// The log as far as it is written.
pub(super) struct Leaves<'a> {
    service: &'a Checked<Service>,
    tree: Tree,
}

/// Where a case stands in the log.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    /// How many events it has.
    seq: u64,
    /// Position of the last.
    previous: Option<u64>,
    stage: Option<String>,
}

impl<'a> Leaves<'a> {
    pub(super) fn new(service: &'a Checked<Service>) -> Self {
        Self { service, tree: Tree::new() }
    }

    /// Appends a case's next event.
    pub(super) fn push(&mut self, case: CaseId, place: &mut Place, event: &Event) -> Result<(), Unreadable> {
        let entry = self.entry(case, place, event);
        let entry = entry.map_err(|why| Unreadable::one(Source::Service, None, Wrong::Record { why }))?;
        self.tree.push(leaf_hash(&entry), &mut |_| {});
        Ok(())
    }

    fn entry(&self, case: CaseId, place: &mut Place, event: &Event) -> Result<Vec<u8>, String> {
        let seq = place.seq.saturating_add(1);
        let event_row =
            commit::new_event(event, &mut place.stage, salt(case, seq)).map_err(|error| error.to_string())?;
        let position = self.tree.size();
        let row = EventRow { position, case, seq, previous: place.previous, event: event_row, remains: None };
        (place.seq, place.previous) = (seq, Some(position));
        let leaf = leaf::of(&row, event, self.service, Digest(self.service.hash()));
        leaf.map_err(|error| error.to_string())?.encode().map_err(|error| error.to_string())
    }

    pub(super) fn size(&self) -> u64 {
        self.tree.size()
    }

    /// The root, in hexadecimal.
    pub(super) fn root(&self) -> String {
        hex::encode(self.tree.root().as_bytes())
    }
}

/// A salt that is the same in every run: SHA-256("panjereh rehearsal salt v1" || case || seq, 8 bytes big-endian). It hides nothing, and there is
/// nothing to hide: the log of a rehearsal is not published.
fn salt(case: CaseId, seq: u64) -> [u8; 32] {
    let digest = Sha256::new_with_prefix(b"panjereh rehearsal salt v1").chain_update(case.0);
    digest.chain_update(seq.to_be_bytes()).finalize().into()
}
