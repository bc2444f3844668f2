//! Work that could not be done: it is tried again after a while, counted for the operator, and never in the way of the rest.
//!
//! Must not know of: what the work is.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use parking_lot::Mutex;

/// How long work rests before it is tried again: what holds it up, such as a roster too small, is mended by people.
const RESTS: SignedDuration = SignedDuration::from_secs(60);

/// Work that is stuck, and when to try it again. Only in memory: after a start everything is tried anew.
#[derive(Debug)]
pub(crate) struct Stuck<K> {
    again: Mutex<BTreeMap<K, Timestamp>>,
}

impl<K> Default for Stuck<K> {
    fn default() -> Self {
        Self { again: Mutex::default() }
    }
}

impl<K: Ord> Stuck<K> {
    /// Whether this is stuck and not to be tried yet.
    pub(crate) fn rests(&self, key: &K, now: Timestamp) -> bool {
        self.again.lock().get(key).is_some_and(|again| now < *again)
    }

    /// Notes that this could not be done now.
    pub(crate) fn add(&self, key: K, now: Timestamp) {
        let again = now.checked_add(RESTS).unwrap_or(Timestamp::MAX);
        self.again.lock().insert(key, again);
    }

    /// Forgets what is not among `standing`: it was done, or there is nothing to do any more.
    pub(crate) fn keep_only(&self, standing: &BTreeSet<K>) {
        self.again.lock().retain(|key, _| standing.contains(key));
    }

    /// How much is stuck.
    pub(crate) fn len(&self) -> usize {
        self.again.lock().len()
    }
}
