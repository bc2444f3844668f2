//! What was written since the start, counted for whoever watches: appends by how they came out, events by kind.
//!
//! Must not know of: how it is shown.

use std::collections::BTreeMap;
use std::time::Duration;

use parking_lot::Mutex;
use store::StoreError;

use crate::App;

/// Counts since the start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Events that became durable, by their kind, such as `opened` or `decided`.
    pub events: BTreeMap<String, u64>,
    /// Appends by how they came out: `done`, `replayed`, `stale`, `unavailable` or `failed`.
    pub appends: BTreeMap<&'static str, u64>,
    /// How long the appends that were done took together, from asking to being durable.
    pub took: Duration,
}

/// The counts while they are kept.
pub(crate) type Counts = Mutex<Tally>;

impl App {
    /// What was written since the start.
    pub fn tally(&self) -> Tally {
        self.counts.lock().clone()
    }
}

impl Tally {
    /// Counts an append.
    pub(crate) fn count(&mut self, kinds: Vec<String>, outcome: &Result<u64, StoreError>, took: Duration) {
        let name = match outcome {
            Ok(_) => "done",
            Err(StoreError::Replayed { .. }) => "replayed",
            Err(StoreError::Conflict { .. } | StoreError::Stale { .. }) => "stale",
            Err(StoreError::Unavailable(_) | StoreError::Unknown(_)) => "unavailable",
            Err(_) => "failed",
        };
        add(self.appends.entry(name).or_default());
        if outcome.is_ok() {
            self.took = self.took.saturating_add(took);
            for kind in kinds {
                add(self.events.entry(kind).or_default());
            }
        }
    }
}

fn add(count: &mut u64) {
    *count = count.saturating_add(1);
}
