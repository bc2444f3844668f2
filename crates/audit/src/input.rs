//! What an audit is given: readers, a key, workers, the present moment.
//!
//! Must not know of: where they come from.

use credential::TrustedKeys;
use log::{TileReader, VerifierKey};

/// A piece of work that others need not wait for.
pub type Task<'t> = Box<dyn FnOnce() + Send + 't>;

/// Whoever does independent pieces of work, side by side or one after the other.
pub trait Workers {
    /// Does all of them and comes back when they are done.
    fn run(&self, tasks: Vec<Task<'_>>);
}

/// Does one after the other.
pub struct OneByOne;

impl Workers for OneByOne {
    fn run(&self, tasks: Vec<Task<'_>>) {
        tasks.into_iter().for_each(|task| task());
    }
}

/// What is audited, and with what.
pub struct Input<'a> {
    /// The log's files.
    pub log: &'a dyn TileReader,
    /// The key that must have signed its checkpoint.
    pub key: &'a VerifierKey,
    /// The disclosure's files; without them only what is public is checked.
    pub disclosure: Option<&'a dyn TileReader>,
    /// The keys of certificates; those that the disclosure names when there are none.
    pub certificate_keys: Option<TrustedKeys>,
    /// The present moment, in milliseconds since 1970 UTC, so that acts of the future are found.
    pub now_ms: Option<i64>,
    /// How far times may run back in log order, in milliseconds: acts that are under way at once are recorded in the order in which they were made
    /// durable.
    pub tolerance_ms: i64,
    /// Who works.
    pub workers: &'a dyn Workers,
    /// Is told how many events of how many are done.
    pub progress: &'a dyn Fn(u64, u64),
}

/// A minute: an act that waits longer than that between being decided and being durable is one to look at.
pub const TOLERANCE_MS: i64 = 60_000;

/// Why an audit could not be done. It says nothing about the record.
#[derive(Debug, thiserror::Error)]
pub enum CouldNot {
    /// A file could not be read.
    #[error("{path} could not be read: {why}")]
    Read {
        /// Which.
        path: String,
        /// Why not.
        why: String,
    },
    /// The disclosure is none.
    #[error("the disclosure cannot be used: {0}")]
    Disclosure(String),
    /// The state is of another log.
    #[error("{0}")]
    State(#[from] crate::state::StateError),
}
