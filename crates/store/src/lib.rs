//! The store's contract: what the application may ask of a database, in fifteen verbs, and the rows that pass.
//!
//! Must not know of: drivers, SQL, what is inside an event's body.
//!
//! The one commit point is [`Store::append`]: events, the case's current row, its deadlines, the outbox, register records and log positions
//! are durable together or not at all. It is also where events of a case lose what they said: an erasure is an event, and what it erases goes in the same
//! transaction. Positions have no gaps and are in commit order, so a reader of [`Store::feed`] that remembers the last
//! position it saw misses nothing.

mod check;
#[cfg(feature = "conformance")]
pub mod conformance;
pub mod pack;
mod rows;
mod work;

pub use check::*;
pub use rows::*;
pub use work::Work;

use async_trait::async_trait;
pub use engine::CaseId;

/// What a database must do for Panjereh.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// Makes events durable with everything that follows from them, in one transaction shared with other appends that arrive meanwhile.
    ///
    /// Returns the log position of the first event; the others follow it without a gap.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the case is not at `expected_seq`; [`StoreError::Replayed`] with the first answer when the idempotency
    /// key was used before; [`StoreError::Stale`] when an entry is not at the version expected; looked for in the order replayed, conflict,
    /// stale. Each leaves everything as it was. [`StoreError::Invalid`] when it goes beyond the limits of [`Work::check`].
    async fn append(&self, append: Append) -> Result<u64, StoreError>;

    /// What was answered to a request with this idempotency key; none when there was none, or it was forgotten.
    async fn answer(&self, key: &str) -> Result<Option<Idempotency>, StoreError>;

    /// The current row of a case.
    async fn case(&self, case: CaseId) -> Result<Option<CaseRow>, StoreError>;

    /// A case's events in order, from `after` (a sequence number; 0 for all), at most `limit` (and never more than [`MAX_ROWS`]).
    async fn history(&self, case: CaseId, after: u64, limit: u32) -> Result<Vec<EventRow>, StoreError>;

    /// Events of all cases in log order, from position `from` (inclusive), at most `limit` (and never more than [`MAX_ROWS`]).
    async fn feed(&self, from: u64, limit: u32) -> Result<Vec<EventRow>, StoreError>;

    /// Cases that fit a query, in the order in which they were opened. A row without a service is no case but another stream, such as the roster's:
    /// it is in no list and no queue, only under its own id and in the feed.
    async fn cases(&self, query: CaseQuery) -> Result<Vec<CaseRow>, StoreError>;

    /// How many cases stand in each stage, and since when the oldest: for supervisors and statistics.
    async fn queues(&self, authority: Option<&str>) -> Result<Vec<Queue>, StoreError>;

    /// Deadlines that have passed by `now_ms`, the earliest first, cases with the same one in the order in which they were opened. With `after`,
    /// those that follow that one in this order; it need not stand any more, but its case must be there.
    async fn due(&self, now_ms: i64, after: Option<&Due>, limit: u32) -> Result<Vec<Due>, StoreError>;

    /// Messages not yet settled, the oldest first; with `after`, only those with a higher number.
    async fn outbox(&self, after: Option<u64>, limit: u32) -> Result<Vec<Message>, StoreError>;

    /// Strikes messages that were delivered. A message that is gone already is no error.
    async fn settle(&self, ids: &[u64]) -> Result<(), StoreError>;

    /// Entries of one kind: a register's records, accounts, sessions, drafts, definitions, certificates, the zone's own state.
    async fn entries(&self, query: EntryQuery) -> Result<Vec<Entry>, StoreError>;

    /// Writes entries together.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when one is not at the version expected; then none is written.
    async fn put(&self, puts: Vec<Put>) -> Result<(), StoreError>;

    /// Writes a case's row and deadlines again as they follow from its events; part of rebuilding views.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the case has moved on from `row.seq`.
    async fn restate(&self, row: CaseRow, due: Vec<NewDue>) -> Result<(), StoreError>;

    /// Leaves nothing in the database's files of what was erased and deleted, as far as the database can: read what the backend says of its limits.
    /// Takes as long as there is much to write over, and may be done again.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when something holds the files; what was written over stays so.
    async fn scrub(&self) -> Result<(), StoreError>;

    /// Takes a task that one process at a time may do, such as signing checkpoints, until what is returned is dropped; none while another has it.
    /// `name` is of lower-case letters.
    async fn take(&self, name: &'static str) -> Result<Option<Box<dyn Task>>, StoreError>;
}

/// A task that was taken, [`Store::take`].
#[async_trait]
pub trait Task: Send + Sync {
    /// Whether it is still this process's: a connection that broke has given it up.
    async fn is_held(&self) -> bool;
}

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else acted on the case first.
    #[error("the case is at {actual}, not at {expected}")]
    Conflict {
        /// The sequence number that the caller had seen.
        expected: u64,
        /// The sequence number that stands.
        actual: u64,
    },
    /// The idempotency key was used before.
    #[error("this request was answered before")]
    Replayed {
        /// SHA-256 of the first request, to tell a repeat from a different request under the same key.
        request: [u8; 32],
        /// The first answer.
        answer: Vec<u8>,
    },
    /// An entry is not at the version expected.
    #[error("{kind}/{key} has changed")]
    Stale {
        /// The entry's kind.
        kind: String,
        /// The entry's key.
        key: String,
    },
    /// The caller asked for what no store may keep: a defect of the caller, and nothing was written.
    #[error("the store was asked for something it must not do: {0}")]
    Invalid(String),
    /// The connection broke while the database was committing and could not be asked since: written wholly or not at all, but nobody can say.
    /// Look at the case, or send the same request with the same idempotency key.
    #[error("whether this was written is not known, because the database went away in the middle of it: {0}")]
    Unknown(String),
    /// The disk is full, the database is away, or the like: nothing was written, and trying again may help.
    #[error("the database cannot be reached or written: {0}")]
    Unavailable(String),
    /// What was read is not what was written: a defect or a damaged file.
    #[error("the database holds something unexpected: {0}")]
    Corrupt(String),
}
